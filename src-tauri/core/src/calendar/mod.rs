//! China's workdays and rest days.
//!
//! 2004-2026 are the State Council's published arrangements, amendments included (`calendars/published.json`, one
//! line a clause of the notice). Later years are not published yet: they are weekends plus the 13 statutory days in
//! force since 2025 (`calendars/festivals.json` gives the lunar ones) and every answer about them says `provisional`.

mod data;
mod notice;
mod quarter;
mod workdays;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate, Weekday};
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

pub use notice::{DoubtCode, NoticeDay, NoticeDoubt, NoticeReading, Standing, read_notice};
pub use quarter::{default_period, handover_date, quarter_start};
pub use workdays::{Override, Workdays};

/// The first year the calendar knows.
pub const FIRST_YEAR: i32 = 2004;
/// The last year the calendar knows; years after [`LAST_PUBLISHED_YEAR`] are provisional.
pub const LAST_YEAR: i32 = 2100;
/// The last year whose arrangement is built in as published.
pub const LAST_PUBLISHED_YEAR: i32 = 2026;

/// Why the calendar cannot answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// A date or year outside [`FIRST_YEAR`]..=[`LAST_YEAR`].
    #[error("{value} is outside the calendar: allowed are {FIRST_YEAR}-01-01 to {LAST_YEAR}-12-31")]
    OutOfRange {
        /// The date or year that was asked for.
        value: String,
    },
    /// A quarter other than 1, 2, 3 or 4.
    #[error("there is no quarter {quarter}: allowed are 1, 2, 3 and 4")]
    NoSuchQuarter {
        /// The quarter that was asked for.
        quarter: u32,
    },
}

impl CalendarError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::OutOfRange { .. } => "date_out_of_range",
            Self::NoSuchQuarter { .. } => "no_such_quarter",
        }
    }
}

/// What one date is.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts that the screens show side by side"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct CalendarDay {
    /// The date.
    pub date: NaiveDate,
    /// Whether it is worked; otherwise it is a rest day.
    pub workday: bool,
    /// A day off by notice or by statute (weekends inside a holiday's span included).
    pub holiday: bool,
    /// 调休上班日: a weekend day that is worked.
    pub makeup_workday: bool,
    /// The holiday it belongs to, in Chinese (春节), also on make-up workdays.
    #[ts(type = "string | null")]
    pub name: Option<&'static str>,
    /// The year's arrangement is not published; the statutory rule was applied.
    pub provisional: bool,
    /// The posting itself says so (duty roster, a loaded arrangement), not the calendar.
    pub overridden: bool,
}

/// Whether a special date rests or works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// A day off.
    Rest,
    /// A make-up workday.
    Work,
}

/// A date on which the plain week does not tell the whole story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct SpecialDay {
    /// The date.
    pub date: NaiveDate,
    /// Rest or work.
    pub kind: DayKind,
    /// One of the statutory days of 《全国年节及纪念日放假办法》 as in force that year.
    pub statutory: bool,
    /// The holiday, in Chinese.
    #[ts(type = "string")]
    pub name: &'static str,
}

/// The State Council notice an arrangement comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Its title.
    #[ts(type = "string")]
    pub title: &'static str,
    /// Its number (国办发明电〔2025〕7号), where it is certain.
    #[ts(type = "string | null")]
    pub number: Option<&'static str>,
}

/// A whole year, for people and for `xxz calendar`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct YearInfo {
    /// The year.
    pub year: i32,
    /// Not published: the statutory rule was applied.
    pub provisional: bool,
    /// The notices, amendments last; empty for a provisional year.
    pub notices: Vec<Notice>,
    /// What a reader should know about the year's data.
    #[ts(type = "string | null")]
    pub note: Option<&'static str>,
    /// Number of workdays.
    pub workdays: u32,
    /// Number of rest days.
    pub rest_days: u32,
    /// The special dates of the year, in date order.
    pub days: Vec<SpecialDay>,
}

/// Published and provisional years, without any posting's overrides.
#[derive(Debug)]
pub struct Calendar {
    special: BTreeMap<NaiveDate, SpecialDay>,
    years: BTreeMap<i32, data::YearSource>,
}

impl Calendar {
    /// The calendar built into the program.
    ///
    /// # Panics
    /// If the embedded data were damaged, which the tests rule out.
    pub fn built_in() -> &'static Self {
        static BUILT_IN: OnceLock<Calendar> = OnceLock::new();
        BUILT_IN.get_or_init(|| match data::load() {
            Ok(calendar) => calendar,
            Err(fault) => panic!("the built-in calendar is damaged: {fault}"),
        })
    }

    /// Whether the year's arrangement is built in as the State Council published it.
    pub fn is_published(year: i32) -> bool {
        (FIRST_YEAR..=LAST_PUBLISHED_YEAR).contains(&year)
    }

    /// What `date` is.
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`] before 2004-01-01 and after 2100-12-31.
    pub fn day(&self, date: NaiveDate) -> Result<CalendarDay, CalendarError> {
        if !(FIRST_YEAR..=LAST_YEAR).contains(&date.year()) {
            return Err(CalendarError::OutOfRange {
                value: date.to_string(),
            });
        }
        let special = self.special.get(&date);
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        let workday = special.map_or(!weekend, |day| day.kind == DayKind::Work);
        Ok(CalendarDay {
            date,
            workday,
            holiday: special.is_some_and(|day| day.kind == DayKind::Rest),
            makeup_workday: special.is_some_and(|day| day.kind == DayKind::Work),
            name: special.map(|day| day.name),
            provisional: !Self::is_published(date.year()),
            overridden: false,
        })
    }

    /// The calendar's own copy of a holiday's name; `None` if no year has a holiday of that name.
    pub(crate) fn known_name(&self, name: &str) -> Option<&'static str> {
        self.special
            .values()
            .map(|day| day.name)
            .find(|known| *known == name)
    }

    /// Whether `date` is worked.
    ///
    /// # Errors
    /// As [`Calendar::day`].
    pub fn is_workday(&self, date: NaiveDate) -> Result<bool, CalendarError> {
        self.day(date).map(|day| day.workday)
    }

    /// The year with its notices and special dates.
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`] for a year outside 2004-2100.
    pub fn year(&self, year: i32) -> Result<YearInfo, CalendarError> {
        let out_of_range = || CalendarError::OutOfRange {
            value: year.to_string(),
        };
        if !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
            return Err(out_of_range());
        }
        let first = NaiveDate::from_ymd_opt(year, 1, 1).ok_or_else(out_of_range)?;
        let last = NaiveDate::from_ymd_opt(year, 12, 31).ok_or_else(out_of_range)?;
        let (mut workdays, mut rest_days) = (0, 0);
        for date in first.iter_days().take_while(|date| *date <= last) {
            if self.is_workday(date)? {
                workdays += 1;
            } else {
                rest_days += 1;
            }
        }
        let source = self.years.get(&year);
        Ok(YearInfo {
            year,
            provisional: !Self::is_published(year),
            notices: source.map(|source| source.notices.clone()).unwrap_or_default(),
            note: source.and_then(|source| source.note),
            workdays,
            rest_days,
            days: self.special.range(first..=last).map(|(_, day)| *day).collect(),
        })
    }
}
