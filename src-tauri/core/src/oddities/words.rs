//! Dates and instants as a question says them, and what stands between them.

use crate::language::{Label, MONTHS};
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Utc};

/// How dates are said in one posting: without a year where it is that in which the posting began.
#[derive(Clone, Copy)]
pub(super) struct Said {
    pub(super) year: i32,
}

impl Said {
    pub(super) fn zh(self, date: NaiveDate) -> String {
        if date.year() == self.year {
            format!("{}月{}日", date.month(), date.day())
        } else {
            format!("{}年{}月{}日", date.year(), date.month(), date.day())
        }
    }

    pub(super) fn en(self, date: NaiveDate) -> String {
        let month = MONTHS[date.month0() as usize % 12];
        if date.year() == self.year {
            format!("{} {month}", date.day())
        } else {
            format!("{} {month} {}", date.day(), date.year())
        }
    }

    /// From one date to another, both included.
    pub(super) fn span(self, from: NaiveDate, to: NaiveDate) -> Label {
        if from == to {
            return self.label(from);
        }
        let same_month = (from.year(), from.month()) == (to.year(), to.month());
        let zh = if same_month {
            format!("{}—{}日", self.zh(from), to.day())
        } else {
            format!("{}—{}", self.zh(from), self.zh(to))
        };
        let en = if same_month {
            format!("{}–{}", from.day(), self.en(to))
        } else {
            format!("{} – {}", self.en(from), self.en(to))
        };
        both(zh, en)
    }

    pub(super) fn label(self, date: NaiveDate) -> Label {
        both(self.zh(date), self.en(date))
    }

    /// Some dates, each; of many only the first and how many there are.
    pub(super) fn list(self, dates: &[NaiveDate]) -> Label {
        const MOST: usize = 4;
        let zh: Vec<_> = dates.iter().take(MOST).map(|date| self.zh(*date)).collect();
        let en: Vec<_> = dates.iter().take(MOST).map(|date| self.en(*date)).collect();
        if dates.len() > MOST {
            let count = dates.len();
            both(
                format!("{}等 {count} 天", zh.join("、")),
                format!("{} and others, {count} days", en.join(", ")),
            )
        } else {
            both(zh.join("、"), en.join(", "))
        }
    }

    /// An instant by China's clocks.
    pub(super) fn at(self, at: DateTime<Utc>) -> Label {
        let at = in_china(at);
        let date = self.label(at.date_naive());
        let time = at.format("%H:%M");
        both(format!("{} {time}", date.zh), format!("{} {time}", date.en))
    }

    /// From one instant to another; the second without its date where that is the same.
    pub(super) fn sitting(self, from: DateTime<Utc>, to: DateTime<Utc>) -> Label {
        let (first, last) = (self.at(from), self.at(to));
        if first == last {
            return first;
        }
        if in_china(from).date_naive() == in_china(to).date_naive() {
            let time = in_china(to).format("%H:%M");
            return both(format!("{}—{time}", first.zh), format!("{}–{time}", first.en));
        }
        both(
            format!("{}—{}", first.zh, last.zh),
            format!("{} – {}", first.en, last.en),
        )
    }
}

fn in_china(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    const SECONDS_EAST: i32 = 8 * 3600;
    FixedOffset::east_opt(SECONDS_EAST).map_or_else(|| at.fixed_offset(), |china| at.with_timezone(&china))
}

pub(super) fn both(zh: impl Into<String>, en: impl Into<String>) -> Label {
    Label {
        zh: zh.into(),
        en: en.into(),
    }
}
