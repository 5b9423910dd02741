//! How often a duty should be done.

use super::Clause;
use chrono::{Datelike, Days, Months, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How often a duty should be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Cadence {
    /// The windows, one of which wants one.
    pub window: CadenceWindow,
    /// Whether a window without a workday is let off.
    pub skip_without_workday: bool,
    /// What a missed window does.
    pub rule: CadenceRule,
    /// The clause.
    pub clause: Clause,
}

/// The windows of a cadence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum CadenceWindow {
    /// So many days, counted from the first day of the posting.
    Days(u32),
    /// Monday to Sunday.
    CalendarWeek,
    /// So many months of the posting: each begins on the day of the month on which the posting began, or on the month's last.
    PostingMonths(u32),
    /// So many years of the posting, as months of it are counted.
    PostingYears(u32),
    /// So many months of the calendar, from the first that lies wholly in the posting.
    CalendarMonths(u32),
}

impl CadenceWindow {
    /// The first and last day of the nth window, from 0, of a posting that starts on a day; none beyond the end of time.
    pub fn nth(self, start: NaiveDate, index: u32) -> Option<(NaiveDate, NaiveDate)> {
        let days = |first: NaiveDate, length: u64| {
            let from = first.checked_add_days(Days::new(length.checked_mul(u64::from(index))?))?;
            Some((from, from.checked_add_days(Days::new(length.checked_sub(1)?))?))
        };
        let months = |first: NaiveDate, length: u32| {
            // Each from the first, so that a 31st that fell on a shorter month comes back to the 31st.
            length.checked_sub(1)?;
            let begin = |index: u32| first.checked_add_months(Months::new(length.checked_mul(index)?));
            Some((begin(index)?, begin(index.checked_add(1)?)?.pred_opt()?))
        };
        match self {
            Self::Days(length) => days(start, u64::from(length)),
            Self::CalendarWeek => {
                let to_monday = (7 - u64::from(start.weekday().num_days_from_monday())) % 7;
                days(start.checked_add_days(Days::new(to_monday))?, 7)
            }
            Self::PostingMonths(length) => months(start, length),
            Self::PostingYears(length) => months(start, length.checked_mul(12)?),
            Self::CalendarMonths(length) if start.day() == 1 => months(start, length),
            Self::CalendarMonths(length) => {
                months(start.with_day(1)?.checked_add_months(Months::new(1))?, length)
            }
        }
    }
}

/// What a missed window does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum CadenceRule {
    /// It is pointed out.
    Finding,
    /// It fails the duty.
    Required,
}
