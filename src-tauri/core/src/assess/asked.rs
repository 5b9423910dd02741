//! What is asked besides counted activities and attendance: numbers of a statistic, a least duration, papers; and what may
//! be had, such as trips home.

use super::answer::{
    AllowanceMonth, AllowanceTaken, Finding, FindingCode, Phase, Requirement, RequirementKind, Severity,
    Status,
};
use super::cadence::{self, Window};
use super::ground::Ground;
use super::words::short_date;
use super::years;
use crate::language::Language;
use crate::posting::Kind;
use crate::scheme::{Allowance, CadenceWindow, Clause, DocumentDuty, Duration, DutyOf, Quota, QuotaPer};
use chrono::{Months, NaiveDate};
use std::collections::BTreeMap;

/// A requirement without anything that its kind does not have.
pub(super) fn bare(id: &str, kind: RequirementKind, status: Status, clause: &Clause) -> Requirement {
    Requirement {
        id: id.to_owned(),
        kind,
        status,
        clause: clause.clone(),
        minimum: 0,
        amount: None,
        minimum_gap_days: None,
        counted: None,
        excluded: None,
        gaps: None,
        still_needed: None,
        next_allowed_date: None,
        last_safe_date: None,
        open_window: None,
        years: None,
        absence_left_half_days: None,
        arithmetic: String::new(),
    }
}

/// The verdict on a statistic. What is missing can be made good until the last day.
pub(super) fn quota(
    ground: &Ground<'_>,
    quota: &Quota,
    tallies: &BTreeMap<String, u64>,
    findings: &mut Vec<Finding>,
) -> Requirement {
    if quota.per == QuotaPer::PostingYear {
        return years::quota(ground, quota, findings);
    }
    let amount = tallies.get(&quota.tally).copied().unwrap_or(0);
    let minimum = u64::from(quota.minimum);
    let still_needed = u32::try_from(minimum.saturating_sub(amount)).unwrap_or(u32::MAX);
    let status = if !quota.judged || quota.duty_of == DutyOf::Team {
        Status::Recorded
    } else if still_needed == 0 {
        Status::Met
    } else if ground.phase == Phase::Ended {
        Status::NotMet
    } else {
        Status::Reachable
    };
    let sign = if still_needed == 0 { "≥" } else { "＜" };
    Requirement {
        minimum: quota.minimum,
        amount: Some(amount),
        still_needed: Some(still_needed),
        last_safe_date: (status == Status::Reachable).then(|| ground.end()),
        arithmetic: if minimum == 0 {
            amount.to_string()
        } else {
            format!("{amount} {sign} {minimum}")
        },
        ..bare(&quota.id, RequirementKind::Tally, status, &quota.clause)
    }
}

/// The verdict on how long the posting lasts: its own dates decide, met once it has ended.
pub(super) fn duration(ground: &Ground<'_>, rule: &Duration) -> Requirement {
    let whole = |until: NaiveDate| {
        // The day after the last closes a month.
        let after = until.succ_opt().unwrap_or(NaiveDate::MAX);
        (1..)
            .map_while(|months| ground.start().checked_add_months(Months::new(months)))
            .take_while(|end| *end <= after)
            .count()
    };
    let long_enough = ground
        .start()
        .checked_add_months(Months::new(rule.months))
        .is_some_and(|least| Some(least) <= ground.end().succ_opt());
    let status = match (rule.judged, long_enough, ground.phase) {
        (false, ..) => Status::Recorded,
        (_, true, Phase::Ended) => Status::Met,
        (_, true, _) => Status::Reachable,
        (_, false, Phase::Ended) => Status::NotMet,
        (_, false, _) => Status::Unreachable,
    };
    let served = whole(ground.as_of.min(ground.end()));
    let sign = if long_enough { "≥" } else { "＜" };
    Requirement {
        minimum: rule.months,
        amount: u64::try_from(served).ok(),
        still_needed: Some(
            rule.months
                .saturating_sub(u32::try_from(served).unwrap_or(u32::MAX)),
        ),
        arithmetic: format!(
            "{}—{} 满 {} 个月 {sign} {} 个月",
            ground.start(),
            ground.end(),
            whole(ground.end()),
            rule.months
        ),
        ..bare(&rule.id, RequirementKind::Duration, status, &rule.clause)
    }
}

/// What was taken of an allowance in each month of the posting that has begun.
pub(super) fn allowance(
    ground: &Ground<'_>,
    rule: &Allowance,
    findings: &mut Vec<Finding>,
) -> AllowanceTaken {
    let months: Vec<AllowanceMonth> = (0..)
        .map_while(|index| cadence::nth(ground.start(), CadenceWindow::PostingMonths(1), index))
        .take_while(|month| month.from <= ground.end().min(ground.as_of))
        .map(|month| {
            let month = Window {
                to: month.to.min(ground.end()),
                ..month
            };
            let began = |from| month.holds(from);
            let leaves = ground.records.leaves.iter();
            let taken = leaves
                .filter(|leave| leave.kind == rule.leave && began(leave.from))
                .count();
            AllowanceMonth {
                from: month.from,
                to: month.to,
                taken: u32::try_from(taken).unwrap_or(u32::MAX),
            }
        })
        .collect();
    let over = months.iter().filter(|month| month.taken > rule.per_posting_month);
    findings.extend(over.map(|month| Finding {
        code: FindingCode::AllowanceExceeded,
        severity: Severity::Info,
        requirement: None,
        from: Some(month.from),
        to: Some(month.to),
        message: format!(
            "{}—{} {} {} 次，原则上每月 {} 次。",
            short_date(month.from),
            short_date(month.to),
            rule.title.zh,
            month.taken,
            rule.per_posting_month
        ),
    }));
    AllowanceTaken {
        id: rule.id.clone(),
        months,
        per_posting_month: rule.per_posting_month,
    }
}

/// Papers that are due and were not handed in.
pub(super) fn documents(ground: &Ground<'_>, findings: &mut Vec<Finding>) {
    for duty in &ground.scheme.documents {
        let due = duty.due(&ground.records.posting);
        let over = ground.phase == Phase::Ended || due.is_some_and(|due| due < ground.as_of);
        if over && duty.is_asked(ground.records) && !handed_in(ground, duty) {
            let title = duty.kind.label(Language::Chinese);
            let by = due.map_or_else(String::new, |due| format!("应在 {} 前上交，", short_date(due)));
            findings.push(Finding {
                code: FindingCode::DocumentMissing,
                severity: Severity::Warning,
                requirement: None,
                from: due,
                to: due,
                message: format!("{title}{by}还没有上交。"),
            });
        }
    }
}

pub(super) fn handed_in(ground: &Ground<'_>, duty: &DocumentDuty) -> bool {
    ground.records.documents.iter().any(|document| {
        document.kind == duty.kind && document.submitted_on.is_some_and(|on| on <= ground.as_of)
    })
}
