//! Dates and shares as sentences show them.

use chrono::{Datelike, NaiveDate};

/// `3月2日`
pub(super) fn short_date(date: NaiveDate) -> String {
    format!("{}月{}日", date.month(), date.day())
}

/// A share with one decimal, truncated: 79.84 % is never shown as 80 %.
pub fn percent_shown(part: u32, whole: u32) -> String {
    if whole == 0 {
        return "—".into();
    }
    let per_mille = u64::from(part) * 1000 / u64::from(whole);
    format!("{}.{}%", per_mille / 10, per_mille % 10)
}
