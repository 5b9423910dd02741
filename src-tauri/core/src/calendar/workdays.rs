//! The workdays of one period: the calendar with the posting's own overrides on top.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::{Calendar, CalendarDay, CalendarError};

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
        // Both ends first, so that a period of a million years is refused at once.
        calendar.day(first)?;
        calendar.day(last)?;
        let mut days = BTreeMap::new();
        for date in first.iter_days().take_while(|date| *date <= last) {
            days.insert(date, calendar.day(date)?);
        }
        for (date, workday) in overrides {
            if let Some(day) = days.get_mut(&date) {
                *day = CalendarDay {
                    workday,
                    holiday: day.holiday && !workday,
                    makeup_workday: day.makeup_workday && workday,
                    overridden: true,
                    ..*day
                };
            }
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
