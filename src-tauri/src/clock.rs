//! The time: China's date, whatever the PC's time zone.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::time::{Instant, SystemTime};
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
    /// What somebody said the time was because the computer's date is wrong, and when that was said.
    by_hand: Option<(DateTime<Utc>, Instant)>,
}

/// The time where it was said to be `said`, `since` ago, and the system's clock now shows `system`. That clock is believed again
/// once it is right, as it is when a time service has found it: what was wrong before must not be added to what is right.
pub fn time_by_hand(said: DateTime<Utc>, since: TimeDelta, system: DateTime<Utc>) -> DateTime<Utc> {
    // Only a date was said, and a computer that slept meanwhile has not counted the hours.
    let near = TimeDelta::days(2);
    let ours = said + since;
    if (system - ours).abs() <= near {
        system
    } else {
        ours
    }
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
            by_hand: None,
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
        let system = DateTime::from(SystemTime::now());
        match (self.fixed, self.by_hand) {
            (Some(fixed), _) => fixed,
            (None, Some((said, when))) => {
                let since = TimeDelta::from_std(when.elapsed()).unwrap_or_default();
                time_by_hand(said, since, system)
            }
            (None, None) => system,
        }
    }

    /// A clock that goes like this one but shows another date today, for a computer that has forgotten the date.
    pub(crate) fn on(self, date: NaiveDate) -> Self {
        let said = self.now() + (date - self.today());
        match self.fixed {
            Some(_) => Self::fixed(said),
            None => Self {
                fixed: None,
                by_hand: Some((said, Instant::now())),
            },
        }
    }

    /// Today in China.
    pub fn today(&self) -> NaiveDate {
        china_date(self.now())
    }
}
