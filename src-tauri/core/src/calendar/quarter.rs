//! The rotation's quarters: 交接日 is the first Monday of a quarter.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::{Calendar, CalendarError, FIRST_YEAR, LAST_YEAR};

/// The first Monday of a quarter (1-4), where a `rotation_3m` posting starts by default.
///
/// # Errors
/// [`CalendarError::NoSuchQuarter`], or [`CalendarError::OutOfRange`] for a year outside 2004-2100.
pub fn quarter_start(year: i32, quarter: u32) -> Result<NaiveDate, CalendarError> {
    if !(1..=4).contains(&quarter) {
        return Err(CalendarError::NoSuchQuarter { quarter });
    }
    if !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
        return Err(CalendarError::OutOfRange {
            value: year.to_string(),
        });
    }
    first_monday(year, quarter)
}

/// The default period of a posting that starts in a quarter: from its first Monday to the day before the next
/// quarter's first Monday, both included. 91 days as a rule, at times 84 or 98.
///
/// # Errors
/// As [`quarter_start`].
pub fn default_period(year: i32, quarter: u32) -> Result<(NaiveDate, NaiveDate), CalendarError> {
    let start = quarter_start(year, quarter)?;
    let next = if quarter == 4 {
        first_monday(year + 1, 1)?
    } else {
        first_monday(year, quarter + 1)?
    };
    let end = next
        .checked_sub_days(Days::new(1))
        .ok_or_else(|| out_of_range(year))?;
    // The last quarter of 2100 would end in a year the calendar does not know.
    if end.year() > LAST_YEAR {
        return Err(CalendarError::OutOfRange {
            value: end.to_string(),
        });
    }
    Ok((start, end))
}

/// The day of the handover: `start`, or the next workday if `start` is a rest day. The period itself stays.
///
/// # Errors
/// [`CalendarError::OutOfRange`] if the search leaves the known years.
pub fn handover_date(calendar: &Calendar, start: NaiveDate) -> Result<NaiveDate, CalendarError> {
    let mut date = start;
    while !calendar.is_workday(date)? {
        date = date
            .checked_add_days(Days::new(1))
            .ok_or_else(|| CalendarError::OutOfRange {
                value: date.to_string(),
            })?;
    }
    Ok(date)
}

fn first_monday(year: i32, quarter: u32) -> Result<NaiveDate, CalendarError> {
    NaiveDate::from_weekday_of_month_opt(year, quarter * 3 - 2, Weekday::Mon, 1)
        .ok_or_else(|| out_of_range(year))
}

fn out_of_range(year: i32) -> CalendarError {
    CalendarError::OutOfRange {
        value: year.to_string(),
    }
}
