//! The time: China's date, whatever the PC's time zone.

use chrono::{DateTime, NaiveDate, Utc};
use std::time::SystemTime;
use xiaxiangzhi_core::log::china_date;

/// Where the time comes from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    fixed: Option<DateTime<Utc>>,
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that stands still, for tests and pictures.
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self { fixed: Some(at) }
    }

    /// The system's clock; in debug builds `XIAXIANGZHI_NOW=2026-03-19T09:32:08Z` stops it. Released programs have no
    /// such door: a record's time of entry must be the real one.
    pub fn from_environment() -> Self {
        #[cfg(debug_assertions)]
        if let Some(at) = std::env::var("XIAXIANGZHI_NOW")
            .ok()
            .and_then(|text| xiaxiangzhi_core::log::parse_instant(&text))
        {
            return Self::fixed(at);
        }
        Self::system()
    }

    /// Now.
    pub fn now(&self) -> DateTime<Utc> {
        self.fixed.unwrap_or_else(|| DateTime::from(SystemTime::now()))
    }

    /// Today in China.
    pub fn today(&self) -> NaiveDate {
        china_date(self.now())
    }
}
