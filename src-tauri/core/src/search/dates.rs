//! What a word of a query says of a date.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::language::MONTHS;

/// A date, or as much of one as was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateTerm {
    /// One day; of any year where none was typed.
    Day { year: Option<i32>, month: u32, day: u32 },
    /// A month; of any year where none was typed.
    Month { year: Option<i32>, month: u32 },
    /// A day of the week.
    Weekday(Weekday),
}

/// A leave of a year is looked through day by day; none is longer.
const LONGEST: usize = 400;

impl DateTerm {
    /// Whether it says any day from `first` to `last`.
    pub(super) fn says_any_of(self, first: NaiveDate, last: NaiveDate) -> bool {
        first
            .iter_days()
            .take(LONGEST)
            .take_while(|date| *date <= last)
            .any(|date| self.says(date))
    }

    fn says(self, date: NaiveDate) -> bool {
        let in_year = |year: Option<i32>| year.is_none_or(|year| year == date.year());
        match self {
            Self::Day { year, month, day } => in_year(year) && (date.month(), date.day()) == (month, day),
            Self::Month { year, month } => in_year(year) && date.month() == month,
            Self::Weekday(weekday) => date.weekday() == weekday,
        }
    }
}

/// Reads a word in half-width lower case: `2026-03-02`, `20260302`, `3.2`, `0302`, `3月2日`, `3月`, `今天`, `周三`, `march`.
pub(super) fn read(word: &str, today: NaiveDate) -> Option<DateTerm> {
    if let Some(back) = RELATIVE.iter().find(|(name, _)| *name == word) {
        let date = today.checked_sub_days(Days::new(back.1))?;
        return Some(DateTerm::Day {
            year: Some(date.year()),
            month: date.month(),
            day: date.day(),
        });
    }
    if let Some(weekday) = weekday(word) {
        return Some(DateTerm::Weekday(weekday));
    }
    if let Some(month) = MONTHS
        .iter()
        .position(|name| name.eq_ignore_ascii_case(word) || name[..3].eq_ignore_ascii_case(word))
    {
        let month = u32::try_from(month).ok()? + 1;
        return Some(DateTerm::Month { year: None, month });
    }
    numbers(word)
}

const RELATIVE: &[(&str, u64)] = &[
    ("今天", 0),
    ("今日", 0),
    ("today", 0),
    ("昨天", 1),
    ("昨日", 1),
    ("yesterday", 1),
    ("前天", 2),
    ("大前天", 3),
];

fn weekday(word: &str) -> Option<Weekday> {
    let chinese = ["周", "星期", "礼拜"]
        .iter()
        .find_map(|before| word.strip_prefix(before));
    Some(match chinese.unwrap_or(word) {
        "一" if chinese.is_some() => Weekday::Mon,
        "二" if chinese.is_some() => Weekday::Tue,
        "三" if chinese.is_some() => Weekday::Wed,
        "四" if chinese.is_some() => Weekday::Thu,
        "五" if chinese.is_some() => Weekday::Fri,
        "六" if chinese.is_some() => Weekday::Sat,
        "日" | "天" if chinese.is_some() => Weekday::Sun,
        "monday" => Weekday::Mon,
        "tuesday" => Weekday::Tue,
        "wednesday" => Weekday::Wed,
        "thursday" => Weekday::Thu,
        "friday" => Weekday::Fri,
        "saturday" => Weekday::Sat,
        "sunday" => Weekday::Sun,
        _ => return None,
    })
}

fn numbers(word: &str) -> Option<DateTerm> {
    let by_month = word.contains('月');
    let parts: Vec<&str> = word.split(['-', '.', '/', '年', '月', '日', '号']).collect();
    let given: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    let digits = given
        .iter()
        .all(|part| part.len() <= 8 && part.bytes().all(|b| b.is_ascii_digit()));
    if !digits || given.is_empty() || parts.len() > given.len() + 1 {
        return None;
    }
    let number = |part: &str| part.parse::<u32>().ok();
    let year = |part: &str| (part.len() == 4).then(|| part.parse::<i32>().ok()).flatten();
    match given.as_slice() {
        [y, m, d] => day(Some(year(y)?), number(m)?, number(d)?),
        [y, m] if y.len() == 4 => month(Some(year(y)?), number(m)?),
        [m, d] if m.len() <= 2 && d.len() <= 2 => day(None, number(m)?, number(d)?),
        [m] if by_month && m.len() <= 2 => month(None, number(m)?),
        [whole] if whole.len() == word.len() && whole.len() == 8 => {
            let (y, rest) = whole.split_at(4);
            let (m, d) = rest.split_at(2);
            day(Some(year(y)?), number(m)?, number(d)?)
        }
        [short] if short.len() == word.len() && short.len() == 4 => {
            let (m, d) = short.split_at(2);
            day(None, number(m)?, number(d)?)
        }
        _ => None,
    }
}

fn day(year: Option<i32>, month: u32, day: u32) -> Option<DateTerm> {
    // In a leap year where none was typed: 29 February is a day of some year.
    NaiveDate::from_ymd_opt(year.unwrap_or(2024), month, day)?;
    Some(DateTerm::Day { year, month, day })
}

fn month(year: Option<i32>, month: u32) -> Option<DateTerm> {
    (1..=12)
        .contains(&month)
        .then_some(DateTerm::Month { year, month })
}
