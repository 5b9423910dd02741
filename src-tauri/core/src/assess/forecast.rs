//! What can still be done: the next date that is allowed, and the last that is safe.

use super::cadence::{self, Window};
use super::duty::{required, sort_out_until};
use super::ground::Ground;
use crate::calendar::{Calendar, CalendarError};
use crate::posting::Records;
use crate::scheme::{Duty, Scheme, ShortGap};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

pub(super) struct Forecast {
    pub(super) next_allowed_date: Option<NaiveDate>,
    pub(super) last_safe_date: Option<NaiveDate>,
    /// Whether a required window still waits for one.
    pub(super) window_open: bool,
}

impl Forecast {
    pub(super) fn new(ground: &Ground<'_>, duty: &Duty, counted: &[NaiveDate], still_needed: u32) -> Self {
        let open = open_dates(ground, duty, counted);
        let mut wanted = cadence::open(ground, duty, counted);
        wanted.retain(|_| required(duty));
        let last_safe_date = if wanted.is_empty() {
            (still_needed > 0)
                .then(|| last_safe(duty, &open, still_needed))
                .flatten()
        } else {
            last_safe_for_windows(duty, &open, still_needed, &wanted)
        };
        Self {
            next_allowed_date: open.first().map(|(date, _)| *date),
            last_safe_date,
            window_open: !wanted.is_empty(),
        }
    }
}

/// The dates from `as_of` on on which one more would count without breaking a gap, each with how many would.
pub(super) fn open_dates(ground: &Ground<'_>, duty: &Duty, counted: &[NaiveDate]) -> Vec<(NaiveDate, u32)> {
    let gap = i64::from(duty.minimum_gap_days);
    ground
        .as_of
        .max(ground.start())
        .iter_days()
        .take_while(|date| *date <= ground.end())
        .filter(|date| !ground.wholly_on_leave(*date))
        .filter(|date| {
            counted
                .iter()
                .all(|other| (*date - *other).num_days().abs() >= gap)
        })
        .filter_map(|date| {
            let done = counted.iter().filter(|other| **other == date).count();
            let most = if gap > 0 {
                1
            } else {
                duty.max_per_day.unwrap_or(u32::MAX)
            };
            let room = most.saturating_sub(u32::try_from(done).unwrap_or(u32::MAX));
            (room > 0).then_some((date, room))
        })
        .collect()
}

/// The latest date on which the next one can be done so that `needed` fit.
///
/// From the end backwards each takes the latest date that is left: no other choice puts the first one later.
fn last_safe(duty: &Duty, open: &[(NaiveDate, u32)], needed: u32) -> Option<NaiveDate> {
    let gap = i64::from(duty.minimum_gap_days);
    let mut needed = needed;
    let mut later: Option<NaiveDate> = None;
    for &(date, room) in open.iter().rev() {
        if gap > 0 && later.is_some_and(|later| (later - date).num_days() < gap) {
            continue;
        }
        needed = needed.saturating_sub(room);
        if needed == 0 {
            return Some(date);
        }
        later = Some(date);
    }
    None
}

/// The latest date on which the next one can be done so that `needed` fit and each of these windows, which are in date order
/// and do not overlap, has one.
///
/// The latest dates will not always do: with one on the last day of a window, the next may come too soon after it.
fn last_safe_for_windows(
    duty: &Duty,
    open: &[(NaiveDate, u32)],
    needed: u32,
    wanted: &[Window],
) -> Option<NaiveDate> {
    let apart = i64::from(duty.minimum_gap_days).max(1);
    // The most that fit from an open date on, with one on it and in every window that begins after it; none if one of those
    // windows must go without.
    let mut most: Vec<Option<u64>> = vec![None; open.len()];
    for (index, &(date, room)) in open.iter().enumerate().rev() {
        let next = wanted.iter().find(|window| date < window.from);
        let from = open.partition_point(|(other, _)| (*other - date).num_days() < apart);
        let until = next.map_or(open.len(), |next| {
            open.partition_point(|(other, _)| *other <= next.to)
        });
        let later = (from..until).filter_map(|index| most[index]).max();
        most[index] = match (later, next) {
            (None, Some(_)) => None,
            (later, _) => Some(later.unwrap_or(0) + u64::from(room)),
        };
    }
    let first_ends = wanted.first()?.to;
    let mut latest = open.iter().zip(&most).rev();
    latest
        .find(|((date, _), most)| *date <= first_ends && most.is_some_and(|most| most >= u64::from(needed)))
        .map(|((date, _), _)| *date)
}

/// What a date that is being typed would do to the gaps of a duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct FirstAllowed {
    /// Whether the date keeps every gap and is free.
    pub allowed: bool,
    /// The counted date nearest to it.
    pub neighbour: Option<NaiveDate>,
    /// Days between the two.
    #[ts(type = "number | null")]
    pub gap_days: Option<i64>,
    /// The least days between two.
    pub minimum_gap_days: u32,
    /// Whether it lies closer to that neighbour than the least.
    pub too_close: bool,
    /// Whether, counted all the same, it would cost the requirement.
    pub fails: bool,
    /// The way from the last counted date before it.
    pub since: Option<SinceLast>,
    /// The first date from the one typed on that is allowed; null if none is left in the posting.
    pub first_allowed: Option<NaiveDate>,
}

/// The way from the one before to a date that is being typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct SinceLast {
    /// The date of the one before.
    pub from: NaiveDate,
    /// Days between the two.
    #[ts(type = "number")]
    pub days: i64,
    /// Whether that is less than the least.
    pub short: bool,
}

/// Whether a duty may be done on `date`, looked at from all that is recorded, before and after it; `except` is the
/// activity that is being moved. Null if the scheme has no such requirement or no rule that a date could break.
///
/// # Errors
/// [`CalendarError`] as [`super::assess`].
pub fn first_allowed(
    scheme: &Scheme,
    records: &Records,
    calendar: &Calendar,
    requirement: &str,
    date: NaiveDate,
    except: Option<Uuid>,
) -> Result<Option<FirstAllowed>, CalendarError> {
    let ground = Ground::new(scheme, records, calendar, records.posting.end)?;
    let Some(duty) = scheme.duties.iter().find(|duty| duty.id == requirement) else {
        return Ok(None);
    };
    let placed = Placed::new(&ground, duty, except);
    let free = |date: NaiveDate| {
        let same_day = placed.dates().filter(|other| *other == date).count();
        ground.within(date)
            && !ground.wholly_on_leave(date)
            && !placed.too_close(date)
            && duty.max_per_day.is_none_or(|most| same_day < most as usize)
    };
    let neighbour = placed
        .dates()
        .min_by_key(|other| (date - *other).num_days().abs());
    let before = placed.dates().filter(|other| *other < date).max();
    let from = date.max(ground.start());
    Ok(Some(FirstAllowed {
        allowed: free(date),
        neighbour,
        gap_days: neighbour.map(|other| (date - other).num_days().abs()),
        minimum_gap_days: duty.minimum_gap_days,
        too_close: placed.too_close(date),
        fails: placed.too_close(date) && duty.short_gap == ShortGap::Fail,
        since: before.map(|from| {
            let days = (date - from).num_days();
            SinceLast {
                from,
                days,
                short: days < i64::from(duty.minimum_gap_days),
            }
        }),
        first_allowed: from
            .iter_days()
            .take_while(|date| *date <= ground.end())
            .find(|date| free(*date)),
    }))
}

/// The dates of a duty that are taken, past and ahead: of those that count, or will once their date has come.
pub(super) struct Placed {
    dates: Vec<NaiveDate>,
    least: i64,
}

impl Placed {
    /// `except` is an activity that is being moved.
    pub(super) fn new(ground: &Ground<'_>, duty: &Duty, except: Option<Uuid>) -> Self {
        Self {
            dates: sort_out_until(ground, duty, ground.end(), except).0,
            least: i64::from(duty.minimum_gap_days),
        }
    }

    pub(super) fn dates(&self) -> impl Iterator<Item = NaiveDate> {
        self.dates.iter().copied()
    }

    /// Whether a date lies closer to one of them than the least gap.
    pub(super) fn too_close(&self, date: NaiveDate) -> bool {
        self.dates()
            .any(|other| (date - other).num_days().abs() < self.least)
    }
}
