//! 授课, 查房 and other duties that are counted.

use super::answer::{
    Excluded, ExcludedReason, Finding, FindingCode, Gap, OpenWindow, Phase, Requirement, RequirementKind,
    Severity, Status,
};
use super::cadence;
use super::forecast::Forecast;
use super::ground::Ground;
use super::words::short_date;
use super::years;
use crate::language::Language;
use crate::posting::{Activity, Kind};
use crate::scheme::{CadenceRule, Duty, DutyOf, ShortGap};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use uuid::Uuid;

/// The verdict on one duty.
pub(super) fn judge(ground: &Ground<'_>, duty: &Duty, findings: &mut Vec<Finding>) -> Requirement {
    let (counted, excluded) = sort_out(ground, duty);
    let gaps: Vec<Gap> = counted
        .windows(2)
        .map(|pair| Gap {
            from: pair[0],
            to: pair[1],
            days: (pair[1] - pair[0]).num_days(),
        })
        .collect();
    let least = i64::from(duty.minimum_gap_days);
    let broken: Vec<&Gap> = match duty.short_gap {
        ShortGap::Fail => gaps.iter().filter(|gap| gap.days < least).collect(),
        ShortGap::NotCounted => Vec::new(),
    };
    let missed = cadence::missed(ground, duty, &counted);
    let judged = judged(ground, duty);
    findings.extend(broken.iter().map(|gap| short_gap(duty, gap, judged)));
    findings.extend(
        missed
            .iter()
            .map(|window| cadence::finding(duty, *window, judged)),
    );
    findings.extend(while_absent(ground, duty, &counted));

    let required = required(duty);
    let lost = !broken.is_empty() || (required && !missed.is_empty());
    let still_needed = duty
        .minimum
        .saturating_sub(u32::try_from(counted.len()).unwrap_or(u32::MAX));
    let forecast = Forecast::new(ground, duty, &counted, still_needed);
    let done = still_needed == 0 && !(required && forecast.window_open);
    let status = match ground.phase {
        _ if !judged => Status::Recorded,
        Phase::Ended if !lost && still_needed == 0 => Status::Met,
        Phase::Ended => Status::NotMet,
        _ if lost => Status::Unreachable,
        _ if done => Status::Met,
        _ if forecast.last_safe_date.is_some() => Status::Reachable,
        _ => Status::Unreachable,
    };
    let open = matches!(status, Status::Met | Status::Reachable) && ground.phase != Phase::Ended;
    let open_window = cadence::running(ground, duty, &counted);
    let arithmetic = if duty.minimum == 0 && required {
        by_windows(cadence::windows(ground, duty).len(), missed.len(), counted.len())
    } else {
        arithmetic(duty, &counted, &gaps)
    };
    let years = years::of_duty(ground, duty, &counted);
    Requirement {
        id: duty.id.clone(),
        kind: RequirementKind::Activities,
        status,
        clause: duty.clause.clone(),
        minimum: duty.minimum,
        amount: None,
        minimum_gap_days: Some(duty.minimum_gap_days),
        counted: Some(counted),
        excluded: Some(excluded),
        gaps: Some(gaps),
        still_needed: Some(still_needed),
        next_allowed_date: forecast.next_allowed_date.filter(|_| open),
        last_safe_date: forecast.last_safe_date.filter(|_| status == Status::Reachable),
        open_window: open_window.map(|window| OpenWindow {
            from: window.from,
            to: window.to,
        }),
        years,
        absence_left_half_days: None,
        arithmetic,
    }
}

/// Whether a duty is judged in this posting: the scheme says so, it is the physician's own, and it is for those who are
/// stationed as the posting says.
pub(super) fn judged(ground: &Ground<'_>, duty: &Duty) -> bool {
    duty.judged && duty.duty_of == DutyOf::Person && !ground.elsewhere(duty.station)
}

/// Whether each window of the cadence must have one.
pub(super) fn required(duty: &Duty) -> bool {
    duty.cadence
        .as_ref()
        .is_some_and(|cadence| cadence.rule == CadenceRule::Required)
}

/// The dates of the activities that count, in order.
pub(super) fn counted_dates(ground: &Ground<'_>, duty: &Duty) -> Vec<NaiveDate> {
    sort_out(ground, duty).0
}

/// The dates of the activities that count, and those that do not with the first reason of the fixed order.
pub(super) fn sort_out(ground: &Ground<'_>, duty: &Duty) -> (Vec<NaiveDate>, Vec<Excluded>) {
    sort_out_until(ground, duty, ground.done_until, None)
}

/// The same with what is dated up to a day taken as done, and an activity left aside that is being moved.
pub(super) fn sort_out_until(
    ground: &Ground<'_>,
    duty: &Duty,
    until: NaiveDate,
    except: Option<Uuid>,
) -> (Vec<NaiveDate>, Vec<Excluded>) {
    let mut named: Vec<&Activity> = ground
        .records
        .activities
        .iter()
        .filter(|activity| duty.kinds.contains(&activity.kind))
        .filter(|activity| except.is_none() || activity.id != except)
        .collect();
    // By date; of several on one date the first in the file comes first, for the sort is stable.
    named.sort_by_key(|activity| activity.date);
    let mut counted: Vec<NaiveDate> = Vec::new();
    let mut excluded = Vec::new();
    for activity in named {
        match reason(ground, duty, activity, until, &counted) {
            None => counted.push(activity.date),
            Some(reason) => excluded.push(Excluded {
                id: activity.id,
                date: activity.date,
                reason,
            }),
        }
    }
    (counted, excluded)
}

fn reason(
    ground: &Ground<'_>,
    duty: &Duty,
    activity: &Activity,
    until: NaiveDate,
    counted: &[NaiveDate],
) -> Option<ExcludedReason> {
    let date = activity.date;
    let same_day = counted.iter().rev().take_while(|other| **other == date).count();
    let too_close = |last: &NaiveDate| (date - *last).num_days() < i64::from(duty.minimum_gap_days);
    if !activity.counts_toward_assessment {
        Some(ExcludedReason::MarkedNotCounted)
    } else if !ground.within(date) {
        Some(ExcludedReason::OutsidePosting)
    } else if date > until {
        Some(ExcludedReason::AfterAsOf)
    } else if ground.wholly_on_leave(date) {
        Some(ExcludedReason::OnLeave)
    } else if duty.max_per_day.is_some_and(|most| same_day >= most as usize) {
        Some(ExcludedReason::SameDay)
    } else if duty.short_gap == ShortGap::NotCounted && counted.last().is_some_and(too_close) {
        Some(ExcludedReason::ShortGap)
    } else if too_short(duty, activity) {
        Some(ExcludedReason::TooShort)
    } else {
        None
    }
}

/// Whether an activity is shorter than one of the duty must be, or of no known length.
fn too_short(duty: &Duty, activity: &Activity) -> bool {
    duty.minimum_minutes
        .is_some_and(|least| activity.minutes.unwrap_or(0) < least)
}

fn short_gap(duty: &Duty, gap: &Gap, judged: bool) -> Finding {
    Finding {
        code: FindingCode::ShortGap,
        severity: if judged { Severity::Error } else { Severity::Info },
        requirement: Some(duty.id.clone()),
        from: Some(gap.from),
        to: Some(gap.to),
        message: format!(
            "{}：{} 离 {} 只有 {} 天，不足 {} 天。",
            duty.title.zh,
            short_date(gap.to),
            short_date(gap.from),
            gap.days,
            duty.minimum_gap_days
        ),
    }
}

fn while_absent(ground: &Ground<'_>, duty: &Duty, counted: &[NaiveDate]) -> Vec<Finding> {
    let dates: BTreeSet<NaiveDate> = counted
        .iter()
        .copied()
        .filter(|date| ground.absent_or_recalled(*date))
        .collect();
    dates
        .into_iter()
        .map(|date| activity_while_absent(date, &duty.title.zh, Some(duty.id.clone())))
        .collect()
}

/// The same question for activities that no requirement names.
pub(super) fn unnamed_while_absent(ground: &Ground<'_>, findings: &mut Vec<Finding>) {
    let named = |activity: &Activity| {
        ground
            .scheme
            .duties
            .iter()
            .any(|duty| duty.kinds.contains(&activity.kind))
    };
    let mut seen = BTreeSet::new();
    for activity in ground
        .records
        .activities
        .iter()
        .filter(|activity| !named(activity))
    {
        let date = activity.date;
        if ground.within(date) && date <= ground.as_of && ground.absent_or_recalled(date) && seen.insert(date)
        {
            findings.push(activity_while_absent(
                date,
                activity.kind.label(Language::Chinese),
                None,
            ));
        }
    }
}

fn activity_while_absent(date: NaiveDate, what: &str, requirement: Option<String>) -> Finding {
    Finding {
        code: FindingCode::ActivityWhileAbsent,
        severity: Severity::Warning,
        requirement,
        from: Some(date),
        to: Some(date),
        message: format!(
            "{} 记了旷工或擅自调回，又有{what}。当天在岗吗？",
            short_date(date)
        ),
    }
}

/// The sum where each window wants one and no number is asked besides.
fn by_windows(windows: usize, missed: usize, counted: usize) -> String {
    format!("{counted} 次；{windows} 个时段，缺 {missed} 个")
}

fn arithmetic(duty: &Duty, counted: &[NaiveDate], gaps: &[Gap]) -> String {
    let (count, minimum) = (counted.len(), duty.minimum);
    if minimum == 0 && duty.minimum_gap_days == 0 {
        return format!("{count} 次");
    }
    let sign = if count >= minimum as usize { "≥" } else { "＜" };
    let mut sum = format!("{count} {sign} {minimum}");
    if let Some(least) = gaps
        .iter()
        .map(|gap| gap.days)
        .min()
        .filter(|_| duty.minimum_gap_days > 0)
    {
        let wanted = i64::from(duty.minimum_gap_days);
        let sign = if least >= wanted { "≥" } else { "＜" };
        sum = format!("{sum}；最短间隔 {least} {sign} {wanted} 天");
    }
    sum
}
