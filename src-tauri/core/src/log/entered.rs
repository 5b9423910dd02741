//! When a record was entered, and how late.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::Entity;

/// An instant as logs hold it: RFC 3339, UTC, whole seconds.
pub fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Reads [`instant`]'s form, and no other. By hand: a log of ten years has twenty thousand of them, and it is opened at
/// every start.
pub fn parse_instant(text: &str) -> Option<DateTime<Utc>> {
    let bytes = text.as_bytes();
    if bytes.len() != 20 || [bytes[10], bytes[13], bytes[16], bytes[19]] != *b"T::Z" {
        return None;
    }
    let part = |from: usize| number(&bytes[from..from + 2]);
    let time = NaiveTime::from_hms_opt(part(11)?, part(14)?, part(17)?)?;
    Some(parse_date(text.get(..10)?)?.and_time(time).and_utc())
}

/// Reads a date as records write it, such as `2026-01-05`, and no other spelling.
pub(super) fn parse_date(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let year = i32::try_from(number(&bytes[..4])?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&bytes[5..7])?, number(&bytes[8..])?)
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |sum, digit| {
        digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0'))
    })
}

/// The date in China (UTC+8) at an instant, whatever time zone the PC is set to.
pub fn china_date(at: DateTime<Utc>) -> NaiveDate {
    const SECONDS_EAST: i32 = 8 * 3600;
    FixedOffset::east_opt(SECONDS_EAST)
        .map_or_else(|| at.date_naive(), |china| at.with_timezone(&china).date_naive())
}

/// When a record was entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entered {
    /// When it first had a value.
    pub first_at: DateTime<Utc>,
    /// When it last changed.
    pub last_at: DateTime<Utc>,
    /// Since when it has stood, without a break, for the day it is for now.
    pub dated_at: DateTime<Utc>,
    /// The day it is for, where it is for one (a leave's first day).
    pub date: Option<NaiveDate>,
}

impl Entered {
    /// First entered at an instant, for no day in particular.
    pub(super) fn at(at: DateTime<Utc>) -> Self {
        Self {
            first_at: at,
            last_at: at,
            dated_at: at,
            date: None,
        }
    }

    /// Days between the day it is for and the day it was entered, in China's dates; 0 when in time or ahead.
    pub fn late_days(&self) -> i64 {
        self.date
            .map_or(0, |date| (china_date(self.dated_at) - date).num_days().max(0))
    }
}

/// [`Entered`] with the record it is about, for screens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnteredRecord {
    /// The kind of record.
    pub entity: Entity,
    /// Its key.
    pub key: String,
    /// When it first had a value.
    pub first_at: String,
    /// When it last changed.
    pub last_at: String,
    /// Days it was entered after the day it is for (补记); 0 when in time.
    pub late_days: i64,
}

/// The day that a record with this key and value is for.
pub(super) fn record_date(entity: Entity, key: &str, value: &str) -> Option<NaiveDate> {
    #[derive(Deserialize)]
    struct Dated {
        #[serde(default)]
        date: Option<String>,
        #[serde(default)]
        from: Option<String>,
    }
    let field = entity.date_field()?;
    if entity.key_field() == Some(field) {
        return parse_date(key);
    }
    let dated: Dated = serde_json::from_str(value).ok()?;
    let text = if field == "from" { dated.from } else { dated.date };
    parse_date(&text?)
}
