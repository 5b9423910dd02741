//! How dates, half-days and counts are worded on paper.

use chrono::{Datelike, NaiveDate};
use std::fmt::Write as _;
use xiaxiangzhi_core::posting::Half;

/// 2026年1月5日
pub(crate) fn long_date(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// 1月5日
pub(crate) fn short_date(date: NaiveDate) -> String {
    format!("{}月{}日", date.month(), date.day())
}

/// Names dates one after the other, leaving out the year and the month that the one before already said.
#[derive(Default)]
pub(crate) struct Dates {
    last: Option<NaiveDate>,
    with_years: bool,
}

impl Dates {
    /// Dates of a posting in two calendar years say their year when it changes.
    pub(crate) fn within(start: NaiveDate, end: NaiveDate) -> Self {
        Self {
            last: None,
            with_years: start.year() != end.year(),
        }
    }

    /// The next date, its month said again: the first of a span.
    fn first(&mut self, date: NaiveDate) -> String {
        let same_year = self
            .last
            .replace(date)
            .is_some_and(|last| last.year() == date.year());
        if self.with_years && !same_year {
            long_date(date)
        } else {
            short_date(date)
        }
    }

    /// The next date, as short as it can be said.
    pub(crate) fn next(&mut self, date: NaiveDate) -> String {
        let last = self.last.replace(date);
        let same_year = last.is_some_and(|last| last.year() == date.year());
        let same_month = same_year && last.is_some_and(|last| last.month() == date.month());
        match (same_month, self.with_years && !same_year) {
            (true, _) => format!("{}日", date.day()),
            (false, true) => long_date(date),
            (false, false) => short_date(date),
        }
    }
}

/// Half-days as days: 半天, 2天, 2天半.
pub(crate) fn days(half_days: u32) -> String {
    match (half_days / 2, half_days % 2) {
        (0, 1) => "半天".to_owned(),
        (days, 0) => format!("{days}天"),
        (days, _) => format!("{days}天半"),
    }
}

/// 2月3日至4日, 3月5日下午, 3月5日下午至6日上午.
pub(crate) fn span(from: (NaiveDate, Half), to: (NaiveDate, Half), dates: &mut Dates) -> String {
    let whole = from.1 == Half::Morning && to.1 == Half::Afternoon;
    let half = |half| if half == Half::Morning { "上午" } else { "下午" };
    if from.0 == to.0 {
        let day = dates.first(from.0);
        return if whole {
            day
        } else {
            format!("{day}{}", half(from.1))
        };
    }
    let mut text = dates.first(from.0);
    if !whole {
        text.push_str(half(from.1));
    }
    // Writing to a string cannot fail.
    let _ = write!(text, "至{}", dates.next(to.0));
    if !whole {
        text.push_str(half(to.1));
    }
    text
}

/// 1,290
pub(crate) fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "-" } else { "" });
    for (nth, digit) in digits.chars().enumerate() {
        if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
