//! Dates as people write them in workbooks: 2026.3.2, 3月2日, 20260302, 周一 behind them, a bare serial number.

use crate::Cell;
use crate::fault::Problem;
use crate::text::{is_nothing, plain, unusable};
use chrono::{Datelike as _, Days, NaiveDate};
use xiaxiangzhi_core::posting::Half;

/// What a date without a year or month is completed by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    /// The posting's first day.
    pub(crate) start: NaiveDate,
    /// The posting's last day.
    pub(crate) end: NaiveDate,
    /// The month that the sheet is about.
    pub(crate) month: Option<(i32, u32)>,
    /// Bare numbers count from 1904.
    pub(crate) from_1904: bool,
}

/// Serial numbers that can be meant as dates: 2004 to 2100 in either counting.
const SERIALS: std::ops::RangeInclusive<u32> = 36_000..=73_500;

/// The date in a cell; none where nothing stands there.
pub(crate) fn date(cell: &Cell, frame: &Frame) -> Result<Option<NaiveDate>, Problem> {
    if let Some(problem) = unusable(cell) {
        return Err(problem);
    }
    match cell {
        Cell::Date(date) => in_range(*date).map(Some),
        Cell::Number(number) => of_number(*number, frame).map(Some),
        Cell::Text(text) => of_text(text, frame),
        _ => Ok(None),
    }
}

/// First and last day of a leave, each with its half where that is said.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    pub(crate) from: (NaiveDate, Option<Half>),
    pub(crate) to: (NaiveDate, Option<Half>),
}

/// First and last date of a text such as 2.3—2.4, 2026年2月3日至4日 or 2月3日下午至2月4日上午; one date is both.
pub(crate) fn span(cell: &Cell, frame: &Frame) -> Result<Option<Span>, Problem> {
    let Cell::Text(text) = cell else {
        let one = date(cell, frame)?.map(|date| (date, None));
        return Ok(one.map(|one| Span { from: one, to: one }));
    };
    let text = plain(text);
    let parts: Vec<&str> = text.split(['至', '到', '~', '～', '—', '–', '―']).collect();
    let parts: Vec<&str> = match parts.as_slice() {
        // A hyphen stands between dates only where it does not stand within them.
        [whole] if whole.matches('-').count() == 1 && whole.contains(['.', '月', '/']) => {
            whole.split('-').collect()
        }
        _ => parts.into_iter().filter(|part| !part.is_empty()).collect(),
    };
    let [first, last] = parts.as_slice() else {
        let (day, half) = with_half(&text);
        let one = of_text(day, frame)?.map(|date| (date, half));
        return Ok(one.map(|one| Span { from: one, to: one }));
    };
    let ((first, from_half), (last, to_half)) = (with_half(first), with_half(last));
    let from = of_text(first, frame)?.ok_or(Problem::NotADate)?;
    let frame = Frame {
        month: Some((from.year(), from.month())),
        ..*frame
    };
    let days = last.trim_end_matches(['日', '号']);
    let to = if days.len() <= 2 && days.bytes().all(|byte| byte.is_ascii_digit()) {
        day_of_month(days.parse().unwrap_or_default(), &frame)?
    } else {
        of_text(last, &frame)?.ok_or(Problem::NotADate)?
    };
    Ok(Some(Span {
        from: (from, from_half),
        to: (to, to_half),
    }))
}

/// A date and the half that is said behind it.
fn with_half(text: &str) -> (&str, Option<Half>) {
    let halves = [("上午", Half::Morning), ("下午", Half::Afternoon)];
    let said = halves
        .into_iter()
        .find_map(|(word, half)| Some((text.strip_suffix(word)?, Some(half))));
    said.unwrap_or((text, None))
}

/// Year and month in a title: 2026年3月, 2026-03, 三月 is not read; the year may be missing.
pub(crate) fn month_in(text: &str) -> Option<(Option<i32>, u32)> {
    let text = plain(text);
    let characters: Vec<char> = text.chars().collect();
    let number = |from: usize| {
        let digits: String = characters[from..]
            .iter()
            .take_while(|c| c.is_ascii_digit())
            .collect();
        (digits.parse::<u32>().ok(), from + digits.len())
    };
    for at in 0..characters.len() {
        if at > 0 && characters[at - 1].is_ascii_digit() || !characters[at].is_ascii_digit() {
            continue;
        }
        let (Some(first), next) = number(at) else { continue };
        let separator = characters.get(next).copied();
        if (2004..=2100).contains(&first) && matches!(separator, Some('年' | '-' | '.' | '/')) {
            let (month, after) = if next + 1 < characters.len() {
                number(next + 1)
            } else {
                (None, next)
            };
            let month = month.filter(|month| (1..=12).contains(month));
            let ends = !characters.get(after).is_some_and(char::is_ascii_digit);
            if let (Some(month), true) = (month, ends) {
                return Some((i32::try_from(first).ok(), month));
            }
        }
        if (200_401..=210_012).contains(&first) && (1..=12).contains(&(first % 100)) {
            return Some((i32::try_from(first / 100).ok(), first % 100));
        }
        let alone = at == 0 || characters[at - 1] != '年';
        if (1..=12).contains(&first) && separator == Some('月') && alone {
            return Some((None, first));
        }
    }
    None
}

/// The month with its year: the one of the posting that has it.
pub(crate) fn completed(month: (Option<i32>, u32), start: NaiveDate, end: NaiveDate) -> Option<(i32, u32)> {
    let (year, month) = month;
    if let Some(year) = year {
        return Some((year, month));
    }
    let within = (start.year()..=end.year()).filter(|year| {
        (*year, month) >= (start.year(), start.month()) && (*year, month) <= (end.year(), end.month())
    });
    let years: Vec<i32> = within.collect();
    match years.as_slice() {
        [only] => Some((*only, month)),
        _ => None,
    }
}

fn in_range(date: NaiveDate) -> Result<NaiveDate, Problem> {
    if (1990..=2100).contains(&date.year()) {
        Ok(date)
    } else {
        Err(Problem::NotADate)
    }
}

fn of_number(number: f64, frame: &Frame) -> Result<NaiveDate, Problem> {
    if !(0.0..100_000_000.0).contains(&number) {
        return Err(Problem::NotADate);
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and a hundred million"
    )]
    let whole = number.trunc() as u32;
    if SERIALS.contains(&whole) {
        return serial(whole, frame);
    }
    if number.fract() == 0.0 {
        return of_digits(&whole.to_string(), frame);
    }
    // 3.2 as a number: 3.20 was stored the same, so days that could be either are asked for.
    let shown = number.to_string();
    let Some((month, day)) = shown.split_once('.') else {
        return Err(Problem::NotADate);
    };
    if day.len() == 1 && matches!(day, "1" | "2" | "3") {
        return Err(Problem::AmbiguousDate);
    }
    match (month.parse(), day.parse()) {
        (Ok(month), Ok(day)) if day <= 31 && month <= 12 => without_year(month, day, frame),
        _ => Err(Problem::NotADate),
    }
}

fn serial(number: u32, frame: &Frame) -> Result<NaiveDate, Problem> {
    let base = if frame.from_1904 {
        NaiveDate::from_ymd_opt(1904, 1, 1)
    } else {
        NaiveDate::from_ymd_opt(1899, 12, 30)
    };
    let date = base.and_then(|base| base.checked_add_days(Days::new(u64::from(number))));
    date.ok_or(Problem::NotADate).and_then(in_range)
}

fn of_text(text: &str, frame: &Frame) -> Result<Option<NaiveDate>, Problem> {
    // A time of day behind the date says nothing here.
    let text = text.trim();
    let text = match text.split_once([' ', 'T', '\u{3000}']) {
        Some((date, time)) if time.contains(':') => date,
        _ => text,
    };
    let text = plain(text);
    if is_nothing(&text) {
        return Ok(None);
    }
    let text = without_weekday(&text);
    let has_day_word = text.ends_with(['日', '号']);
    let dotted: String = text
        .trim_end_matches(['日', '号'])
        .chars()
        .map(|c| match c {
            '年' | '月' | '-' | '/' | '\\' | '、' | '。' | ',' | '·' => '.',
            other => other,
        })
        .collect();
    let parts: Vec<&str> = dotted.split('.').collect();
    let digits =
        |part: &&str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !parts.iter().all(digits) {
        return Err(Problem::NotADate);
    }
    let number = |part: &str| part.parse::<u32>().map_err(|_| Problem::NotADate);
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 || year.len() == 2 => {
            let year = number(year)? + if year.len() == 2 { 2000 } else { 0 };
            of_parts(year, number(month)?, number(day)?)
        }
        [month, day] if month.len() <= 2 && day.len() <= 2 => {
            without_year(number(month)?, number(day)?, frame)
        }
        [day] if has_day_word && day.len() <= 2 => day_of_month(number(day)?, frame),
        [whole] if !has_day_word => of_digits(whole, frame),
        _ => Err(Problem::NotADate),
    }
    .map(Some)
}

fn without_weekday(text: &str) -> &str {
    let text = text.trim_end_matches([')', ']', '】']);
    let text = ["星期", "礼拜", "周"]
        .iter()
        .find_map(|word| {
            let (before, day) = text.rsplit_once(word)?;
            let is_day =
                day.chars().count() == 1 && day.contains(['一', '二', '三', '四', '五', '六', '日', '天']);
            is_day.then_some(before)
        })
        .unwrap_or(text);
    text.trim_end_matches(['(', '[', '【', ',', '，'])
}

/// Digits alone: 20260302, 260302, 0302, a day of the month, a serial number.
fn of_digits(digits: &str, frame: &Frame) -> Result<NaiveDate, Problem> {
    let number: u32 = digits.parse().map_err(|_| Problem::NotADate)?;
    match digits.len() {
        8 => of_parts(number / 10_000, number / 100 % 100, number % 100),
        6 => of_parts(2000 + number / 10_000, number / 100 % 100, number % 100),
        5 if SERIALS.contains(&number) => serial(number, frame),
        3 | 4 => without_year(number / 100, number % 100, frame),
        1 | 2 => day_of_month(number, frame),
        _ => Err(Problem::NotADate),
    }
}

fn of_parts(year: u32, month: u32, day: u32) -> Result<NaiveDate, Problem> {
    let year = i32::try_from(year).map_err(|_| Problem::NotADate)?;
    if !(1990..=2100).contains(&year) {
        return Err(Problem::NotADate);
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or(Problem::ImpossibleDate)
}

/// The day of a month without a year: the one that lies in the posting.
fn without_year(month: u32, day: u32, frame: &Frame) -> Result<NaiveDate, Problem> {
    let of_year = |year| NaiveDate::from_ymd_opt(year, month, day);
    let years = frame.start.year()..=frame.end.year();
    let dates: Vec<NaiveDate> = years.filter_map(of_year).collect();
    let within = |date: &&NaiveDate| (frame.start..=frame.end).contains(*date);
    match dates.iter().filter(within).collect::<Vec<_>>().as_slice() {
        [only] => Ok(**only),
        [_, _, ..] => match frame.month {
            Some((year, of)) if of == month => of_year(year).ok_or(Problem::ImpossibleDate),
            _ => Err(Problem::AmbiguousDate),
        },
        [] => {
            let year = frame.month.map_or(frame.start.year(), |(year, _)| year);
            of_year(year)
                .or(dates.first().copied())
                .ok_or(Problem::ImpossibleDate)
        }
    }
}

pub(crate) fn day_of_month(day: u32, frame: &Frame) -> Result<NaiveDate, Problem> {
    if !(1..=31).contains(&day) {
        return Err(Problem::NotADate);
    }
    let (year, month) = frame.month.ok_or(Problem::NoMonth)?;
    NaiveDate::from_ymd_opt(year, month, day).ok_or(Problem::ImpossibleDate)
}
