//! 累计天数 over several postings: a table of cases, and a count of dates one by one.

use crate::build::date;
use crate::properties::check;
use chrono::{Days, NaiveDate};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeSet;
use xiaxiangzhi_core::posting::days_in_all;

/// First and last days of postings.
type Spans = &'static [(&'static str, &'static str)];

#[test]
fn ended_ones_count_whole_running_ones_up_to_today_and_overlaps_once() {
    let quarters: Spans = &[("2025-01-06", "2025-04-06"), ("2026-01-05", "2026-04-05")];
    let touching: Spans = &[("2025-01-06", "2025-04-06"), ("2025-04-07", "2025-07-06")];
    let overlapping: Spans = &[("2025-01-06", "2025-04-06"), ("2025-04-01", "2025-06-30")];
    let within: Spans = &[("2025-01-06", "2025-12-31"), ("2025-03-01", "2025-03-31")];
    for (spans, as_of, postings, days, overlapping) in [
        (quarters, "2026-04-06", 2, 182, 0),
        (quarters, "2026-01-05", 2, 92, 0),
        (quarters, "2026-01-04", 1, 91, 0),
        (touching, "2025-12-31", 2, 182, 0),
        (overlapping, "2025-12-31", 2, 176, 6),
        (overlapping, "2025-04-02", 2, 87, 2),
        (within, "2026-01-01", 2, 360, 31),
    ] {
        let read = spans.iter().map(|(start, end)| (date(start), date(end)));
        let sum = days_in_all(read, date(as_of)).unwrap();
        assert_eq!(
            (sum.postings, sum.days, sum.overlapping_days),
            (postings, days, overlapping),
            "{spans:?} as of {as_of}"
        );
        assert_eq!(sum.from, date(spans[0].0));
    }
    assert_eq!(
        days_in_all([(date("2026-01-05"), date("2026-04-05"))], date("2026-01-04")),
        None
    );
    assert_eq!(days_in_all([], date("2026-01-04")), None);
}

#[test]
fn days_in_all_are_the_dates_counted_one_by_one_in_any_order() {
    let first = NaiveDate::from_ymd_opt(2024, 12, 1).unwrap();
    let spans = vec((0..400_u64, 0..200_u64), 0..6);
    check(500, &(spans, 0..600_u64), |(spans, as_of)| {
        let mut spans: Vec<(NaiveDate, NaiveDate)> = spans
            .into_iter()
            .map(|(start, more)| (first + Days::new(start), first + Days::new(start + more)))
            .collect();
        let as_of = first + Days::new(as_of);
        let sum = days_in_all(spans.clone(), as_of);
        let mut dates = BTreeSet::new();
        for (start, end) in &spans {
            dates.extend(start.iter_days().take_while(|date| date <= end && *date <= as_of));
        }
        prop_assert_eq!(sum.map_or(0, |sum| sum.days as usize), dates.len());
        prop_assert_eq!(sum.map(|sum| sum.from), dates.first().copied());
        prop_assert_eq!(sum.map(|sum| sum.until), dates.last().copied());
        spans.reverse();
        prop_assert_eq!(days_in_all(spans, as_of), sum);
        Ok(())
    });
}
