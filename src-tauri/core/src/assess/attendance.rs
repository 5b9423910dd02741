//! 考勤: half-day by half-day.

use super::answer::{
    Assessment, Attendance, ExcludedHalf, Finding, FindingCode, Phase, Requirement, RequirementKind,
    Severity, Status,
};
use super::asked::bare;
use super::ground::Ground;
use super::half_day::{HalfCounted, counted};
use super::words::{percent_shown, short_date};
use crate::posting::{Half, HalfDayStatus, Kind, Records, Station};
use chrono::NaiveDate;

/// Counts every half-day of the posting; also how many workdays have a recalled half-day.
pub(super) fn count(ground: &Ground<'_>, findings: &mut Vec<Finding>) -> (Attendance, u32) {
    let mut sum = Attendance::default();
    let mut recalled_workdays = 0;
    for day in counted(ground) {
        let date = day.day.date;
        present_during_leave(ground, date, findings);
        for &half in Half::ALL {
            add(&mut sum, date, half, day.half(half));
        }
        recalled_workdays += u32::from(
            Half::ALL
                .iter()
                .any(|half| day.half(*half) == HalfCounted::Recalled),
        );
    }
    // The smallest number n with n * 100 >= percent * scheduled.
    sum.needed_half_days = (ground.scheme.attendance.minimum_percent * sum.scheduled_half_days).div_ceil(100);
    (sum, recalled_workdays)
}

fn add(sum: &mut Attendance, date: NaiveDate, half: Half, counted: HalfCounted) {
    if matches!(counted, HalfCounted::Rest(_)) {
        return;
    }
    sum.scheduled_half_days += 1;
    match counted {
        HalfCounted::Rest(_) => {}
        HalfCounted::Present => sum.attended_half_days += 1,
        HalfCounted::OfficialDuty => {
            sum.official_duty_half_days += 1;
            sum.attended_half_days += 1;
        }
        HalfCounted::CompensatoryRest => {
            sum.compensatory_rest_half_days += 1;
            sum.attended_half_days += 1;
        }
        HalfCounted::Leave(_) => sum.leave_half_days += 1,
        HalfCounted::Excluded(reason) => sum.excluded.push(ExcludedHalf { date, half, reason }),
        HalfCounted::Absent => sum.absent_half_days += 1,
        HalfCounted::Recalled => sum.recalled_half_days += 1,
        HalfCounted::Unrecorded => sum.unrecorded_half_days += 1,
        HalfCounted::Remaining => sum.remaining_half_days += 1,
    }
}

fn present_during_leave(ground: &Ground<'_>, date: NaiveDate, findings: &mut Vec<Finding>) {
    let contradicts = |half: &Half| {
        ground.on_leave(date, *half) && ground.entered(date, *half) == Some(HalfDayStatus::Present)
    };
    if Half::ALL.iter().any(contradicts) {
        findings.push(Finding {
            code: FindingCode::PresentDuringLeave,
            severity: Severity::Warning,
            requirement: Some(ground.scheme.attendance.id.clone()),
            from: Some(date),
            to: Some(date),
            message: format!(
                "{} 在请假，又记了出勤；按请假计。当天回来上班了吗？",
                short_date(date)
            ),
        });
    }
}

/// The verdict on attendance.
pub(super) fn judge(ground: &Ground<'_>, sum: &Attendance, findings: &mut Vec<Finding>) -> Requirement {
    let rule = &ground.scheme.attendance;
    let (attended, needed) = (i64::from(sum.attended_half_days), i64::from(sum.needed_half_days));
    let left = attended + i64::from(sum.remaining_half_days) - needed;
    let ended = ground.phase == Phase::Ended;
    let status = if !rule.judged || ground.elsewhere(rule.station) {
        Status::Recorded
    } else if sum.scheduled_half_days == 0 {
        Status::NotAssessable
    } else if attended >= needed {
        Status::Met
    } else if ended {
        Status::NotMet
    } else if left < 0 {
        Status::Unreachable
    } else {
        Status::Reachable
    };
    if status == Status::NotAssessable {
        findings.push(Finding {
            code: FindingCode::NotAssessable,
            severity: Severity::Warning,
            requirement: Some(rule.id.clone()),
            from: None,
            to: None,
            message: "派驻期内没有工作日，考勤不能评定。".into(),
        });
    }
    let (scheduled, percent) = (
        i64::from(sum.scheduled_half_days),
        i64::from(rule.minimum_percent),
    );
    let shown = percent_shown(sum.attended_half_days, sum.scheduled_half_days);
    let arithmetic = if scheduled == 0 {
        "应出勤 0".to_owned()
    } else if status == Status::Recorded && ground.records.posting.station == Some(Station::Visiting) {
        format!("到岗 {attended} 个半天")
    } else if status == Status::Recorded {
        format!("{attended} ÷ {scheduled} ＝ {shown}")
    } else if ended {
        let sign = if attended * 100 >= percent * scheduled {
            "≥"
        } else {
            "＜"
        };
        format!(
            "{attended} × 100 ＝ {} {sign} {percent} × {scheduled} ＝ {}；{attended} ÷ {scheduled} ＝ {shown}",
            attended * 100,
            percent * scheduled
        )
    } else {
        format!(
            "已出勤 {attended} ＋ 剩余 {} － 必须 {needed} ＝ {left}",
            sum.remaining_half_days
        )
    };
    Requirement {
        minimum: sum.needed_half_days,
        absence_left_half_days: (!ended && scheduled > 0 && status != Status::Recorded).then_some(left),
        arithmetic,
        ..bare(&rule.id, RequirementKind::Attendance, status, &rule.clause)
    }
}

/// Whether the physician comes for the day and attendance is only recorded: then what was attended is told, and no rate, for
/// the other workdays are spent at home.
pub fn comes_for_the_day(records: &Records, assessment: &Assessment) -> bool {
    let mut requirements = assessment.requirements.iter();
    records.posting.station == Some(Station::Visiting)
        && requirements.any(|one| one.kind == RequirementKind::Attendance && one.status == Status::Recorded)
}
