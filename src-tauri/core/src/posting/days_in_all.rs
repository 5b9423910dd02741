//! 累计天数: how long somebody was posted in all. Days are counted, and nothing is concluded from them: whether they suffice
//! for a promotion is the office's to say.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

/// The days of several postings together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct DaysInAll {
    /// Postings that had begun.
    pub postings: u32,
    /// Calendar days on which at least one of them ran, up to `until`; a day of two counts once.
    pub days: u32,
    /// How many more it would be if days of two postings counted twice.
    pub overlapping_days: u32,
    /// The first day of the first.
    pub from: NaiveDate,
    /// The last day that was counted.
    pub until: NaiveDate,
}

/// The days of postings, each from its first day to its last, as of a date: ended ones count whole, running ones up to that
/// date, and those not begun not at all. None if none has begun.
pub fn days_in_all(
    postings: impl IntoIterator<Item = (NaiveDate, NaiveDate)>,
    as_of: NaiveDate,
) -> Option<DaysInAll> {
    let mut spans: Vec<(NaiveDate, NaiveDate)> = postings
        .into_iter()
        .map(|(start, end)| (start, end.min(as_of)))
        .filter(|(start, end)| start <= end)
        .collect();
    spans.sort_unstable();
    let from = spans.first()?.0;
    let length = |start: NaiveDate, end: NaiveDate| u32::try_from((end - start).num_days() + 1).unwrap_or(0);
    let (mut days, mut each) = (0, 0);
    let mut until: Option<NaiveDate> = None;
    for &(start, end) in &spans {
        each += length(start, end);
        // Only what lies after all that was counted so far is new.
        let fresh = until
            .and_then(|until| until.succ_opt())
            .map_or(start, |next| start.max(next));
        if fresh <= end {
            days += length(fresh, end);
            until = Some(end);
        }
    }
    Some(DaysInAll {
        postings: u32::try_from(spans.len()).unwrap_or(u32::MAX),
        days,
        overlapping_days: each - days,
        from,
        until: until?,
    })
}
