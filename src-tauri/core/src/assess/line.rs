//! A duty along the posting: where one more would count, where it would come too soon, and how far apart they are.

use super::cadence;
use super::duty::counted_dates;
use super::forecast::{Placed, open_dates};
use super::ground::Ground;
use crate::calendar::{Calendar, CalendarError};
use crate::posting::Records;
use crate::scheme::{Duty, Scheme};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

/// A duty along the posting, as of a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct TimeLine {
    /// The requirement's id.
    pub requirement: String,
    /// The posting from its first day to its last, parted as the duty is: by its windows; whole where it has none.
    pub cells: Vec<LineCell>,
    /// Where one more would come too soon before or after another; none where there is no least gap.
    pub blocked: Vec<DateSpan>,
    /// From `as_of` on, where one more would count; none where there is no least gap.
    pub allowed: Vec<DateSpan>,
    /// Recorded ahead: after `as_of`, in date order.
    pub planned: Vec<NaiveDate>,
    /// From each that counts or is recorded ahead to the next, in date order; none where there is no least gap.
    pub gaps: Vec<LineGap>,
}

/// From one date to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct DateSpan {
    /// The first date.
    pub from: NaiveDate,
    /// The last date.
    pub to: NaiveDate,
}

/// A part of the posting in which a duty is due once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct LineCell {
    /// The first date.
    pub from: NaiveDate,
    /// The last date.
    pub to: NaiveDate,
    /// Whether it is over and had none though one was due.
    pub missed: bool,
}

/// The distance between two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct LineGap {
    /// The earlier date.
    pub from: NaiveDate,
    /// The later date.
    pub to: NaiveDate,
    /// Days between the two.
    #[ts(type = "number")]
    pub days: i64,
    /// Whether that is less than the least.
    pub short: bool,
    /// How many windows between the two had none though one was due.
    pub missed: usize,
}

/// The lines of all duties, in the scheme's order.
///
/// # Errors
/// [`CalendarError`] as [`super::assess`].
pub fn time_lines(
    scheme: &Scheme,
    records: &Records,
    calendar: &Calendar,
    as_of: NaiveDate,
) -> Result<Vec<TimeLine>, CalendarError> {
    let ground = Ground::new(scheme, records, calendar, as_of)?;
    Ok(scheme.duties.iter().map(|duty| line(&ground, duty)).collect())
}

fn line(ground: &Ground<'_>, duty: &Duty) -> TimeLine {
    let counted = counted_dates(ground, duty);
    let placed = Placed::new(ground, duty, None);
    let mut planned: Vec<NaiveDate> = placed.dates().filter(|date| *date > ground.as_of).collect();
    planned.sort_unstable();
    let missed = cadence::missed(ground, duty, &counted);
    let mut line = TimeLine {
        requirement: duty.id.clone(),
        cells: cells(ground, duty)
            .into_iter()
            .map(|DateSpan { from, to }| LineCell {
                from,
                to,
                missed: missed.iter().any(|window| window.from == from && window.to == to),
            })
            .collect(),
        blocked: Vec::new(),
        allowed: Vec::new(),
        planned,
        gaps: Vec::new(),
    };
    if duty.minimum_gap_days == 0 {
        return line;
    }
    let all_days = ground
        .start()
        .iter_days()
        .take_while(|date| *date <= ground.end());
    line.blocked = spans(all_days.filter(|date| placed.too_close(*date)));
    let mut dates: Vec<NaiveDate> = counted.into_iter().chain(line.planned.iter().copied()).collect();
    dates.sort_unstable();
    line.allowed = spans(open_dates(ground, duty, &dates).into_iter().map(|(date, _)| date));
    let least = i64::from(duty.minimum_gap_days);
    line.gaps = dates
        .windows(2)
        .map(|pair| {
            let (from, to) = (pair[0], pair[1]);
            let days = (to - from).num_days();
            LineGap {
                from,
                to,
                days,
                short: days < least,
                missed: missed
                    .iter()
                    .filter(|window| from < window.from && window.to < to)
                    .count(),
            }
        })
        .collect();
    line
}

/// The posting cut where a window of the cadence begins; windows that it cuts short at its ends are cells too.
fn cells(ground: &Ground<'_>, duty: &Duty) -> Vec<DateSpan> {
    let (start, end) = (ground.start(), ground.end());
    let begins = duty.cadence.as_ref().map(|cadence| {
        (0..)
            .map_while(|index| cadence::nth(start, cadence.window, index))
            .map(|window| window.from)
            .skip_while(|from| *from <= start)
            .take_while(|from| *from <= end)
    });
    let begins: Vec<NaiveDate> = std::iter::once(start)
        .chain(begins.into_iter().flatten())
        .collect();
    let ends = begins[1..].iter().filter_map(NaiveDate::pred_opt).chain([end]);
    begins
        .iter()
        .zip(ends)
        .map(|(&from, to)| DateSpan { from, to })
        .collect()
}

/// Dates next to each other, in rising order, as spans.
fn spans(dates: impl Iterator<Item = NaiveDate>) -> Vec<DateSpan> {
    let mut spans: Vec<DateSpan> = Vec::new();
    for date in dates {
        match spans.last_mut() {
            Some(last) if last.to.succ_opt() == Some(date) => last.to = date,
            _ => spans.push(DateSpan { from: date, to: date }),
        }
    }
    spans
}
