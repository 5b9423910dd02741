//! 请假: which leaves, how long, and by which papers.

use crate::paper::Ground;
use crate::wording::{Dates, days, short_date, span};
use chrono::NaiveDate;
use xiaxiangzhi_core::assess::{Finding, FindingCode, GroupedLeave, LeaveGroup};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::{Kind as _, Leave};

pub(crate) fn summary(ground: &Ground<'_>) -> String {
    let groups = &ground.assessment.leave_groups;
    let count: usize = groups.iter().map(|group| group.leaves.len()).sum();
    if count == 0 {
        return "无".to_owned();
    }
    let half_days = ground.assessment.attendance.leave_half_days;
    let (start, end) = (ground.records.posting.start, ground.records.posting.end);
    let mut dates = Dates::within(start, end);
    let allowed = |leave: &GroupedLeave| {
        let mut rules = ground.scheme.allowances.iter();
        rules.any(|rule| rule.leave == leave.kind)
    };
    let all = groups
        .iter()
        .flat_map(|group| group.leaves.iter().map(move |leave| (group, leave)));
    let (taken, others): (Vec<_>, Vec<_>) = all.partition(|(_, leave)| allowed(leave));
    let mut said: Vec<String> = others
        .into_iter()
        .filter_map(|(group, leave)| one(ground, group, leave, &mut dates))
        .collect();
    said.extend(trips(ground, &taken));
    format!("共{count}次{half_days}个半天：{}。", said.join("；"))
}

/// 探亲假20次20个半天（原则上每月2次，逐次见请假单）: what may be had is told in one, for there are many of them.
fn trips(ground: &Ground<'_>, taken: &[(&LeaveGroup, &GroupedLeave)]) -> Vec<String> {
    let rules = ground.scheme.allowances.iter();
    rules
        .filter_map(|rule| {
            let of_kind: Vec<u32> = taken
                .iter()
                .filter(|(_, leave)| leave.kind == rule.leave)
                .map(|(_, leave)| leave.half_days)
                .collect();
            let (times, half_days) = (of_kind.len(), of_kind.iter().sum::<u32>());
            let (kind, most) = (rule.leave.label(Language::Chinese), rule.per_posting_month);
            (times > 0)
                .then(|| format!("{kind}{times}次{half_days}个半天（原则上每月{most}次，逐次见请假单）"))
        })
        .collect()
}

/// 2月3日至4日事假2天（电话告知2月2日）
fn one(ground: &Ground<'_>, group: &LeaveGroup, grouped: &GroupedLeave, dates: &mut Dates) -> Option<String> {
    let leave = ground
        .records
        .leaves
        .iter()
        .find(|leave| leave.id == grouped.id)?;
    let when = span(leave.first(), leave.last(), dates);
    let length = if grouped.half_days == 0 {
        "（均在休息日）".to_owned()
    } else {
        days(grouped.half_days)
    };
    let kind = leave.kind.label(Language::Chinese);
    Some(format!(
        "{when}{kind}{length}（{}）",
        papers(ground, group, leave)
    ))
}

/// The papers that are there, and those that the assessment finds missing.
pub(crate) fn papers(ground: &Ground<'_>, group: &LeaveGroup, leave: &Leave) -> String {
    let found = |code: FindingCode, from: NaiveDate, to: NaiveDate| {
        let same = |finding: &&Finding| finding.from == Some(from) && finding.to == Some(to);
        ground
            .assessment
            .findings
            .iter()
            .filter(same)
            .any(|finding| finding.code == code)
    };
    let of_leave = |code: FindingCode| found(code, leave.from, leave.to);
    let dated =
        |what: &str, on: Option<NaiveDate>| format!("{what}{}", on.map(short_date).unwrap_or_default());
    let named = |name: Option<&String>| name.is_some_and(|name| !name.trim().is_empty());

    let mut said: Vec<String> = Vec::new();
    // Two leaves may share their dates, a half-day each: what a leave itself holds comes before a finding.
    match &leave.recipient_approval {
        Some(approval) if approval.on.is_some() || named(approval.by.as_ref()) => {
            let late = approval.on > Some(leave.from);
            said.push(dated(if late { "补批" } else { "批准" }, approval.on));
        }
        _ if of_leave(FindingCode::LeaveUnapproved) => said.push("未记批准".to_owned()),
        _ => {}
    }
    match &leave.written_explanation {
        Some(written) => said.push(dated("书面说明", Some(written.on))),
        None if found(FindingCode::LeaveWithoutWrittenExplanation, group.from, group.to) => {
            said.push("未记书面说明".to_owned());
        }
        None => {}
    }
    match &leave.notification {
        Some(notice) if notice.on.is_some() || named(notice.to.as_ref()) => {
            said.push(dated("电话告知", notice.on));
        }
        _ if of_leave(FindingCode::LeaveNotNotified) => said.push("未记电话告知".to_owned()),
        _ => {}
    }
    if let Some(returned) = leave.returned_on {
        said.push(dated("销假", Some(returned)));
    }
    if said.is_empty() {
        "无须手续".to_owned()
    } else {
        said.join("，")
    }
}
