//! The time: China's date, whatever the PC's time zone.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::time::SystemTime;
use xiaxiangzhi_core::log::china_date;

/// This program did not exist before: a computer that shows an earlier date has lost it, as one does whose battery is flat.
/// Set at each release.
pub(crate) const RELEASED: NaiveDate = match NaiveDate::from_ymd_opt(2026, 1, 1) {
    Some(date) => date,
    None => NaiveDate::MIN,
};

/// Where the time comes from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    fixed: Option<DateTime<Utc>>,
    /// What is added because the computer's date is wrong.
    shift: TimeDelta,
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that stands still, for tests and pictures.
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self {
            fixed: Some(at),
            shift: TimeDelta::zero(),
        }
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
        self.fixed.unwrap_or_else(|| DateTime::from(SystemTime::now())) + self.shift
    }

    /// A clock that goes like this one but shows another date today, for a computer that has forgotten the date.
    pub(crate) fn on(self, date: NaiveDate) -> Self {
        Self {
            shift: self.shift + (date - self.today()),
            ..self
        }
    }

    /// Today in China.
    pub fn today(&self) -> NaiveDate {
        china_date(self.now())
    }
}
