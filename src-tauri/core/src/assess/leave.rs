//! 请假: how long, which route, and what of the route is missing.

use super::answer::{Finding, FindingCode, GroupedLeave, LeaveGroup, Severity};
use super::ground::Ground;
use super::words::short_date;
use crate::posting::{Approval, Half, Kind, Leave, Notification};
use chrono::NaiveDate;

/// Leaves in date order, those with no scheduled half-day between them together.
pub(super) fn groups(ground: &Ground<'_>, findings: &mut Vec<Finding>) -> Vec<LeaveGroup> {
    let mut leaves: Vec<&Leave> = ground.records.leaves.iter().collect();
    leaves.sort_by_key(|leave| leave.first());
    let mut grouped: Vec<Vec<&Leave>> = Vec::new();
    for leave in leaves {
        match grouped.last_mut() {
            Some(group)
                if ground.scheme.leave.group_adjacent
                    && group.last().is_some_and(|last| adjacent(ground, last, leave)) =>
            {
                group.push(leave);
            }
            _ => grouped.push(vec![leave]),
        }
    }
    grouped
        .into_iter()
        .filter_map(|leaves| judge(ground, &leaves, findings))
        .collect()
}

/// Whether no scheduled half-day of the posting lies between two leaves.
fn adjacent(ground: &Ground<'_>, earlier: &Leave, later: &Leave) -> bool {
    let between = |date: NaiveDate, half: Half| earlier.last() < (date, half) && (date, half) < later.first();
    !scheduled_halves(ground).any(|(date, half)| between(date, half))
}

fn scheduled_halves(ground: &Ground<'_>) -> impl Iterator<Item = (NaiveDate, Half)> {
    ground
        .workdays
        .workdays()
        .flat_map(|date| Half::ALL.iter().map(move |half| (date, *half)))
}

fn length(ground: &Ground<'_>, leave: &Leave) -> u32 {
    scheduled_halves(ground)
        .filter(|(date, half)| leave.covers(*date, *half))
        .map(|_| 1)
        .sum()
}

fn judge(ground: &Ground<'_>, leaves: &[&Leave], findings: &mut Vec<Finding>) -> Option<LeaveGroup> {
    let (first, last) = (leaves.first()?, leaves.last()?);
    let members: Vec<GroupedLeave> = leaves
        .iter()
        .map(|leave| GroupedLeave {
            id: leave.id,
            kind: leave.kind,
            half_days: length(ground, leave),
        })
        .collect();
    let half_days = members.iter().map(|leave| leave.half_days).sum();
    let written = half_days >= ground.scheme.leave.written_from_half_days;
    let group = LeaveGroup {
        from: first.from,
        to: last.to,
        half_days,
        written,
        leaves: members,
    };
    // A leave over rest days only takes nobody from work: it needs nothing.
    if half_days == 0 {
        return Some(group);
    }
    for leave in leaves {
        approval(leave, findings);
        if !written && !notified(leave.notification.as_ref()) {
            let message = format!("{}的请假没有电话告知医务部的记录。", span(leave.from, leave.to));
            findings.push(finding(
                FindingCode::LeaveNotNotified,
                leave.from,
                leave.to,
                message,
            ));
        }
    }
    if written && !leaves.iter().any(|leave| leave.written_explanation.is_some()) {
        let days = half_days_in_words(half_days);
        let message = format!(
            "{}共请假 {days}，没有书面说明的记录。",
            span(group.from, group.to)
        );
        findings.push(finding(
            FindingCode::LeaveWithoutWrittenExplanation,
            group.from,
            group.to,
            message,
        ));
    }
    Some(group)
}

fn approval(leave: &Leave, findings: &mut Vec<Finding>) {
    let (from, to) = (leave.from, leave.to);
    match leave
        .recipient_approval
        .as_ref()
        .filter(|approval| approved(approval))
    {
        None => {
            let message = format!(
                "{}的{}没有受援单位负责人批准的记录。",
                span(from, to),
                kind(leave)
            );
            findings.push(finding(FindingCode::LeaveUnapproved, from, to, message));
        }
        Some(approval) => {
            if let Some(on) = approval.on.filter(|on| *on > from) {
                let message = format!(
                    "{}的{}到 {} 才批准。",
                    span(from, to),
                    kind(leave),
                    short_date(on)
                );
                findings.push(finding(FindingCode::LeaveApprovedLate, from, to, message));
            }
        }
    }
}

fn kind(leave: &Leave) -> &'static str {
    leave.kind.label(crate::language::Language::Chinese)
}

fn approved(approval: &Approval) -> bool {
    approval.on.is_some() || !blank(approval.by.as_deref())
}

/// 电话通知医务部备案 is on record once it says whom and when.
fn notified(notification: Option<&Notification>) -> bool {
    notification.is_some_and(|notice| notice.on.is_some() && !blank(notice.to.as_deref()))
}

fn blank(text: Option<&str>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}

fn span(from: NaiveDate, to: NaiveDate) -> String {
    if from == to {
        format!("{} ", short_date(from))
    } else {
        format!("{}—{} ", short_date(from), short_date(to))
    }
}

fn half_days_in_words(half_days: u32) -> String {
    if half_days.is_multiple_of(2) {
        format!("{} 天", half_days / 2)
    } else {
        format!("{}.5 天", half_days / 2)
    }
}

fn finding(code: FindingCode, from: NaiveDate, to: NaiveDate, message: String) -> Finding {
    Finding {
        code,
        severity: Severity::Warning,
        requirement: None,
        from: Some(from),
        to: Some(to),
        message,
    }
}
