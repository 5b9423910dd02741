//! The workdays of one period: the calendar with the posting's own overrides on top.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::{Calendar, CalendarDay, CalendarError};

/// A date on which a posting differs from the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Override<'a> {
    /// The date.
    pub date: NaiveDate,
    /// Whether it is worked.
    pub workday: bool,
    /// The public holiday it belongs to, also on make-up workdays; `None` for a roster of the unit's own.
    pub holiday: Option<&'a str>,
    /// The year whose published arrangement says so; `None` for a roster of the unit's own.
    pub arrangement_year: Option<i32>,
}

/// The days of a period, `first` to `last` included, each answered once and for all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workdays {
    days: BTreeMap<NaiveDate, CalendarDay>,
}

impl Workdays {
    /// The period's days by the calendar, then by `overrides`: `(date, true)` makes a date a workday, `(date, false)`
    /// a rest day. Overrides outside the period change nothing; of two on one date the later in the list wins.
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`] if the period leaves the years the calendar knows.
    pub fn new(
        calendar: &Calendar,
        first: NaiveDate,
        last: NaiveDate,
        overrides: impl IntoIterator<Item = (NaiveDate, bool)>,
    ) -> Result<Self, CalendarError> {
        let overrides = overrides.into_iter().map(|(date, workday)| Override {
            date,
            workday,
            holiday: None,
            arrangement_year: None,
        });
        Self::with(calendar, first, last, overrides)
    }

    /// As [`Workdays::new`], with overrides that know more: those of a loaded arrangement name their holiday, and their
    /// year is provisional no more.
    ///
    /// # Errors
    /// As [`Workdays::new`].
    pub fn with<'a>(
        calendar: &Calendar,
        first: NaiveDate,
        last: NaiveDate,
        overrides: impl IntoIterator<Item = Override<'a>>,
    ) -> Result<Self, CalendarError> {
        // Both ends first, so that a period of a million years is refused at once.
        calendar.day(first)?;
        calendar.day(last)?;
        let mut days = BTreeMap::new();
        for date in first.iter_days().take_while(|date| *date <= last) {
            days.insert(date, calendar.day(date)?);
        }
        let mut arranged = BTreeSet::new();
        for change in overrides {
            arranged.extend(change.arrangement_year);
            let workday = change.workday;
            if let Some(day) = days.get_mut(&change.date) {
                let named = change.holiday.is_some();
                *day = CalendarDay {
                    workday,
                    holiday: !workday && (named || day.holiday),
                    makeup_workday: workday && (named || day.makeup_workday),
                    name: change
                        .holiday
                        .and_then(|name| calendar.known_name(name))
                        .or(day.name),
                    overridden: true,
                    ..*day
                };
            }
        }
        for day in days.values_mut() {
            day.provisional = day.provisional && !arranged.contains(&day.date.year());
        }
        Ok(Self { days })
    }

    /// Whether `date` is a workday of the period; false outside it.
    pub fn is_workday(&self, date: NaiveDate) -> bool {
        self.days.get(&date).is_some_and(|day| day.workday)
    }

    /// What `date` is; `None` outside the period.
    pub fn day(&self, date: NaiveDate) -> Option<&CalendarDay> {
        self.days.get(&date)
    }

    /// Every day of the period, in date order.
    pub fn days(&self) -> impl DoubleEndedIterator<Item = &CalendarDay> {
        self.days.values()
    }

    /// The workdays of the period, in date order.
    pub fn workdays(&self) -> impl DoubleEndedIterator<Item = NaiveDate> {
        self.days.values().filter(|day| day.workday).map(|day| day.date)
    }

    /// The years of the period whose arrangement is not published, in order.
    pub fn provisional_years(&self) -> Vec<i32> {
        let mut years: Vec<i32> = self
            .days
            .values()
            .filter(|day| day.provisional)
            .map(|day| day.date.year())
            .collect();
        years.dedup();
        years
    }
}
