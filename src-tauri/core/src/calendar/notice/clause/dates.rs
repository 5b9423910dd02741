//! Dates as notices write them: 2026年2月15日, 2月15日, 15日, each with a weekday in brackets, and spans of them.

use chrono::{Datelike, NaiveDate};

/// Reads the dates of one sentence; what a date leaves out it has from the one before.
pub(super) struct Reader {
    year: i32,
    /// In the clause of 元旦, December is the year before's.
    new_year: bool,
    last: Option<(i32, u32)>,
    /// The days off that are being spoken of.
    pub(super) span: Option<(NaiveDate, NaiveDate)>,
}

pub(super) enum Read {
    /// No date: 70周年.
    None,
    /// 2月30日
    Impossible(String),
    /// The first and the last date; one and the same for a single date.
    Span(Written, Written),
}

/// A date with the weekday that is written beside it.
#[derive(Clone)]
pub(super) struct Written {
    pub(super) date: NaiveDate,
    weekday: Option<char>,
}

impl Written {
    /// The weekday that is written and the one that is, where they differ.
    pub(super) fn weekday_fault(&self) -> Option<(String, String)> {
        let is = "一二三四五六日"
            .chars()
            .nth(self.date.weekday().num_days_from_monday() as usize)?;
        let said = self.weekday.map(|sign| if sign == '天' { '日' } else { sign })?;
        (said != is).then(|| (format!("星期{said}"), format!("星期{is}")))
    }
}

struct Parts {
    year: Option<i32>,
    month: Option<u32>,
    day: u32,
    weekday: Option<char>,
    length: usize,
}

impl Reader {
    pub(super) fn new(year: i32, new_year: bool) -> Self {
        Self {
            year,
            new_year,
            last: None,
            span: None,
        }
    }

    /// Reads at a digit. Answers also how many signs were read, at least one.
    pub(super) fn read(&mut self, text: &[char]) -> (Read, usize) {
        let Some(first) = parts(text, true) else {
            let digits = text.iter().take_while(|sign| sign.is_ascii_digit()).count();
            return (Read::None, digits.max(1));
        };
        let mut length = first.length;
        let Some(start) = self.date(&first, None) else {
            return (Read::Impossible(said(&text[..length])), length);
        };
        let Some(dash) = separator(&text[length..]) else {
            return (Read::Span(start.clone(), start), length);
        };
        let Some(second) = parts(&text[length + dash..], false) else {
            return (Read::Span(start.clone(), start), length);
        };
        length += dash + second.length;
        match self.date(&second, Some(start.date)) {
            Some(end) => (Read::Span(start, end), length),
            None => (Read::Impossible(said(&text[..length])), length),
        }
    }

    /// The month a bare day means: that of the day off with this number, else the one in which the days off begin.
    fn month_of(&self, day: u32) -> Option<(i32, u32)> {
        let (first, last) = self.span?;
        let one = first
            .iter_days()
            .take_while(|date| *date <= last)
            .find(|date| date.day() == day)
            .unwrap_or(first);
        Some((one.year(), one.month()))
    }

    /// The date; `after` is the first day where it is the last of a span.
    fn date(&mut self, parts: &Parts, after: Option<NaiveDate>) -> Option<Written> {
        if parts.month.is_none() && self.last.is_none() {
            self.last = self.month_of(parts.day);
        }
        let month = parts.month.or(self.last.map(|(_, month)| month))?;
        let year = match (parts.year, parts.month, self.last) {
            (Some(year), ..) | (None, None, Some((year, _))) => year,
            _ if after.is_some_and(|first| month < first.month()) => after.map(|first| first.year() + 1)?,
            _ if after.is_some() => after.map(|first| first.year())?,
            _ if self.new_year && month == 12 => self.year - 1,
            _ => self.year,
        };
        let date = NaiveDate::from_ymd_opt(year, month, parts.day)?;
        self.last = Some((year, month));
        Some(Written {
            date,
            weekday: parts.weekday,
        })
    }
}

/// A single date needs its 日; the first of a span can do without (1月1至3日).
fn parts(text: &[char], first: bool) -> Option<Parts> {
    let (mut at, mut year, mut month) = (0, None, None);
    let (mut number, mut length) = digits(text)?;
    if text.get(length) == Some(&'年') && length == 4 {
        year = i32::try_from(number).ok();
        at = length + 1;
        (number, length) = digits(&text[at..])?;
    }
    if text.get(at + length) == Some(&'月') {
        month = Some(number);
        at += length + 1;
        (number, length) = digits(&text[at..])?;
    } else if year.is_some() {
        return None;
    }
    at += length;
    // 5月1号 is a date; 〔2015〕1号 is the number of a document.
    let marked = text.get(at) == Some(&'日') || (month.is_some() && text.get(at) == Some(&'号'));
    let bare_start = first && month.is_some() && separator(&text[at..]).is_some();
    if !(marked || bare_start) {
        return None;
    }
    at += usize::from(marked);
    let mut weekday = weekday_in(text.get(at..at + 3).unwrap_or_default(), true);
    if weekday.is_some() {
        at += if text[at] == '星' { 3 } else { 2 };
    }
    if let Some(inside) = bracket(&text[at..]) {
        weekday = weekday.or_else(|| weekday_in(inside, false));
        at += inside.len() + 2;
    }
    Some(Parts {
        year,
        month,
        day: number,
        weekday,
        length: at,
    })
}

/// The number at the start, at most four digits, and its length.
fn digits(text: &[char]) -> Option<(u32, usize)> {
    let length = text.iter().take_while(|sign| sign.is_ascii_digit()).count();
    let number: String = text[..length].iter().collect();
    ((1..=4).contains(&length)).then(|| number.parse().ok().map(|number| (number, length)))?
}

fn separator(text: &[char]) -> Option<usize> {
    matches!(text.first(), Some('至' | '到' | '—')).then_some(1)
}

/// 星期六 or 周六, at the start or anywhere.
fn weekday_in(text: &[char], at_start: bool) -> Option<char> {
    let found = |rest: &[char]| match rest {
        ['星', '期', day, ..] | ['周', day, ..] => {
            Some(*day).filter(|day| "一二三四五六日天".contains(*day))
        }
        _ => None,
    };
    if at_start {
        return found(text);
    }
    (0..text.len()).find_map(|at| found(&text[at..]))
}

/// What stands in the bracket that opens here.
pub(super) fn bracket(text: &[char]) -> Option<&[char]> {
    if text.first() != Some(&'（') {
        return None;
    }
    let end = text.iter().take(60).position(|sign| *sign == '）')?;
    Some(&text[1..end])
}

/// 8天 or 八天
pub(super) fn count(text: &[char]) -> Option<u64> {
    let (number, length) = if let Some((number, length)) = digits(text) {
        (u64::from(number), length)
    } else {
        let at = "一二三四五六七八九十"
            .chars()
            .position(|sign| Some(&sign) == text.first())?;
        (u64::try_from(at).ok()? + 1, 1)
    };
    (text.get(length) == Some(&'天')).then_some(number)
}

fn said(text: &[char]) -> String {
    text.iter().collect()
}
