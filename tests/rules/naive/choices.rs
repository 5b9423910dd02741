//! What can still be done, by trying every choice of dates there is. Only for postings with few dates left.

use chrono::NaiveDate;
use serde_json::Value;

use super::PlainCalendar;
use super::duties::{broken_gaps, sort_out};
use super::records::Posting;
use super::scheme::{Duty, Scheme};
use super::windows::windows;

/// More dates than this are not tried: their choices would be too many.
const MOST_DATES: usize = 11;

/// What trying every choice says of a duty.
pub(crate) struct Tried {
    pub(crate) id: String,
    /// Nothing more is needed.
    pub(crate) met: bool,
    /// The latest date on which the next one can be done so that the duty is met in the end; none if it cannot be met.
    pub(crate) last_safe: Option<NaiveDate>,
    /// The first date on which one more counts and breaks no gap.
    pub(crate) next_allowed: Option<NaiveDate>,
}

/// Tries all duties of a posting that has not ended; none where too many dates are left.
pub(crate) fn tried(
    document: &Value,
    scheme: &Value,
    calendar: &PlainCalendar<'_>,
    as_of: NaiveDate,
) -> Option<Vec<Tried>> {
    let posting = Posting::read(document);
    let scheme = Scheme::read(scheme);
    let dates: Vec<NaiveDate> = posting
        .dates()
        .into_iter()
        .filter(|date| *date >= as_of && !posting.wholly_on_leave(*date))
        .collect();
    if dates.len() > MOST_DATES {
        return None;
    }
    let workday = |date: NaiveDate| match posting.overrides.iter().find(|one| one.date == date) {
        Some(one) => one.workday,
        None => (calendar.workday)(date),
    };
    let of = |duty| try_every_choice(duty, &posting, &workday, as_of, &dates);
    Some(scheme.duties.iter().map(of).collect())
}

fn try_every_choice(
    duty: &Duty,
    posting: &Posting,
    workday: &dyn Fn(NaiveDate) -> bool,
    as_of: NaiveDate,
    dates: &[NaiveDate],
) -> Tried {
    let (counted, _) = sort_out(duty, posting, as_of);
    let wanted = match duty.cadence {
        Some(cadence) if cadence.required => windows(cadence, posting, workday),
        _ => Vec::new(),
    };
    let with = |chosen: &[NaiveDate]| {
        // As often on each date as can be of use.
        let mut all = counted.clone();
        for date in chosen {
            let times = match duty.max_per_day {
                _ if duty.gap_days > 0 => 1,
                Some(most) => most.saturating_sub(counted.iter().filter(|other| *other == date).count()),
                None => duty.minimum.max(1),
            };
            all.extend(std::iter::repeat_n(*date, times));
        }
        all.sort_unstable();
        all
    };
    // Each chosen one counts, and no gap is broken.
    let holds = |chosen: &[NaiveDate]| {
        let all = with(chosen);
        let of = |dates: &[NaiveDate], date: &NaiveDate| dates.iter().filter(|other| *other == date).count();
        broken_gaps(duty, &all).is_empty() && chosen.iter().all(|date| of(&all, date) > of(&counted, date))
    };
    let meets = |chosen: &[NaiveDate]| {
        let all = with(chosen);
        let has_one =
            |window: &(NaiveDate, NaiveDate)| all.iter().any(|date| window.0 <= *date && *date <= window.1);
        all.len() >= duty.minimum && wanted.iter().all(has_one)
    };
    let mut last_safe = None;
    for choice in 1..1_u32 << dates.len() {
        let chosen: Vec<NaiveDate> = dates
            .iter()
            .enumerate()
            .filter(|(place, _)| choice >> place & 1 == 1)
            .map(|(_, date)| *date)
            .collect();
        if last_safe.is_none_or(|last| last < chosen[0]) && holds(&chosen) && meets(&chosen) {
            last_safe = Some(chosen[0]);
        }
    }
    Tried {
        id: duty.id.clone(),
        met: holds(&[]) && meets(&[]),
        last_safe,
        next_allowed: dates.iter().copied().find(|date| holds(&[*date])),
    }
}
