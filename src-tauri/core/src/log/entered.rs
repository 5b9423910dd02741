//! When a record was entered, and how late.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Entity;

/// An instant as logs hold it: RFC 3339, UTC, whole seconds.
pub fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Reads [`instant`]'s form, and no other.
pub fn parse_instant(text: &str) -> Option<DateTime<Utc>> {
    if text.len() != 20 {
        return None;
    }
    let at = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%SZ")
        .ok()?
        .and_utc();
    (instant(at) == text).then_some(at)
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
    let text = if entity.key_field() == Some(field) {
        key.to_owned()
    } else {
        let dated: Dated = serde_json::from_str(value).ok()?;
        if field == "from" { dated.from? } else { dated.date? }
    };
    NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok()
}
