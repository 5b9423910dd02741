//! 请假: which leaves, how long, and by which papers.

use super::Ground;
use crate::wording::{Dates, days, short_date, span};
use chrono::NaiveDate;
use xiaxiangzhi_core::assess::{FindingCode, GroupedLeave, LeaveGroup};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::{Kind as _, Leave};

pub(super) fn summary(ground: &Ground<'_>) -> String {
    let groups = &ground.assessment.leave_groups;
    let count: usize = groups.iter().map(|group| group.leaves.len()).sum();
    if count == 0 {
        return "无".to_owned();
    }
    let half_days = ground.assessment.attendance.leave_half_days;
    let (start, end) = (ground.records.posting.start, ground.records.posting.end);
    let mut dates = Dates::within(start, end);
    let said: Vec<String> = groups
        .iter()
        .flat_map(|group| group.leaves.iter().map(move |leave| (group, leave)))
        .filter_map(|(group, leave)| one(ground, group, leave, &mut dates))
        .collect();
    format!("共{count}次{half_days}个半天：{}。", said.join("；"))
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
fn papers(ground: &Ground<'_>, group: &LeaveGroup, leave: &Leave) -> String {
    let found = |code: FindingCode, from: NaiveDate| {
        ground
            .assessment
            .findings
            .iter()
            .any(|finding| finding.code == code && finding.from == Some(from))
    };
    let on = |date: Option<NaiveDate>| date.map(short_date).unwrap_or_default();
    let mut said: Vec<String> = Vec::new();
    if found(FindingCode::LeaveUnapproved, leave.from) {
        said.push("未记批准".to_owned());
    } else if let Some(approval) = &leave.recipient_approval {
        said.push(format!("批准{}", on(approval.on)));
    }
    if let Some(written) = &leave.written_explanation {
        said.push(format!("书面说明{}", short_date(written.on)));
    } else if group.written && found(FindingCode::LeaveWithoutWrittenExplanation, group.from) {
        said.push("未记书面说明".to_owned());
    }
    if let Some(notice) = &leave.notification {
        said.push(format!("电话告知{}", on(notice.on)));
    } else if found(FindingCode::LeaveNotNotified, leave.from) {
        said.push("未记电话告知".to_owned());
    }
    if let Some(returned) = leave.returned_on {
        said.push(format!("销假{}", short_date(returned)));
    }
    if said.is_empty() {
        "无须手续".to_owned()
    } else {
        said.join("，")
    }
}
