//! The only place that asks what day it is.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

/// Now, to the second.
pub(crate) fn now() -> DateTime<Utc> {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |passed| passed.as_secs());
    DateTime::from_timestamp(i64::try_from(seconds).unwrap_or(0), 0).unwrap_or_default()
}

/// Today in China (UTC+8), whatever this computer's time zone.
pub(crate) fn today_in_china() -> NaiveDate {
    let china = FixedOffset::east_opt(8 * 3_600);
    china.map_or_else(
        || now().date_naive(),
        |zone| now().with_timezone(&zone).date_naive(),
    )
}
