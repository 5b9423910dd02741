//! What each half-day of a posting counted as: the attendance and the monthly sheets are sums over the same answers.

use super::answer::HalfReason;
use super::ground::Ground;
use crate::calendar::{Calendar, CalendarDay, CalendarError};
use crate::posting::{Half, HalfDayStatus, LeaveKind, Records};
use crate::scheme::Scheme;
use chrono::NaiveDate;

/// A day of the posting, and what its two halves counted as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCounted {
    /// What the date is by the calendar and the posting's own roster.
    pub day: CalendarDay,
    /// What the morning counted as.
    pub morning: HalfCounted,
    /// What the afternoon counted as.
    pub afternoon: HalfCounted,
}

impl DayCounted {
    /// What one half counted as.
    pub fn half(&self, half: Half) -> HalfCounted {
        match half {
            Half::Morning => self.morning,
            Half::Afternoon => self.afternoon,
        }
    }
}

/// What a half-day counted as. Those of workdays are scheduled and fall under exactly one part of the attendance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HalfCounted {
    /// Of a rest day: in no sum. Holds what was entered, nothing if it is under leave.
    Rest(Option<HalfDayStatus>),
    /// 出勤
    Present,
    /// 公差, attended.
    OfficialDuty,
    /// 补休 with rest-day work to set against it, attended.
    CompensatoryRest,
    /// Under leave of this kind.
    Leave(LeaveKind),
    /// Recorded as attended, and not counted.
    Excluded(HalfReason),
    /// 旷工
    Absent,
    /// 擅自调回
    Recalled,
    /// 未填: before the date of the assessment, nothing recorded.
    Unrecorded,
    /// From the date of the assessment on, nothing recorded.
    Remaining,
}

/// What every half-day of the posting counts as, as of a date; in date order.
///
/// # Errors
/// As [`super::assess`].
pub fn half_days(
    scheme: &Scheme,
    records: &Records,
    calendar: &Calendar,
    as_of: NaiveDate,
) -> Result<Vec<DayCounted>, CalendarError> {
    Ok(counted(&Ground::new(scheme, records, calendar, as_of)?))
}

pub(super) fn counted(ground: &Ground<'_>) -> Vec<DayCounted> {
    // Rest-day half-days worked so far and not yet set against a compensatory rest. The oldest is used first, and
    // which one is used makes no difference to any figure, so a number is enough.
    let mut rest_days_worked = 0_u32;
    ground
        .workdays
        .days()
        .map(|day| {
            let mut one = |half| half_counted(ground, day, half, &mut rest_days_worked);
            DayCounted {
                day: *day,
                morning: one(Half::Morning),
                afternoon: one(Half::Afternoon),
            }
        })
        .collect()
}

fn half_counted(
    ground: &Ground<'_>,
    day: &CalendarDay,
    half: Half,
    rest_days_worked: &mut u32,
) -> HalfCounted {
    let date = day.date;
    if !day.workday {
        let status = ground.status(date, half);
        if status == Some(HalfDayStatus::Present) {
            *rest_days_worked += 1;
        }
        return HalfCounted::Rest(status);
    }
    if let Some(kind) = ground.leave_kind(date, half) {
        return HalfCounted::Leave(kind);
    }
    match ground.entered(date, half) {
        None if date < ground.as_of => HalfCounted::Unrecorded,
        None => HalfCounted::Remaining,
        Some(HalfDayStatus::Present) => {
            if ground.scheme.attendance.work_note_required && !ground.has_work_record(date) {
                HalfCounted::Excluded(HalfReason::NoWorkRecorded)
            } else {
                HalfCounted::Present
            }
        }
        Some(HalfDayStatus::OfficialDuty) => HalfCounted::OfficialDuty,
        Some(HalfDayStatus::CompensatoryRest) => {
            if *rest_days_worked > 0 {
                *rest_days_worked -= 1;
                HalfCounted::CompensatoryRest
            } else {
                HalfCounted::Excluded(HalfReason::NoRestDayWork)
            }
        }
        Some(HalfDayStatus::Absent) => HalfCounted::Absent,
        Some(HalfDayStatus::Recalled) => HalfCounted::Recalled,
    }
}
