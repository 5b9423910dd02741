//! The windows of a cadence, and the months of a posting.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::records::Posting;
use super::scheme::{Cadence, Window};

/// The day of the month on which something began, so many months later; the month's last day where it has no such day.
pub(super) fn months_after(start: NaiveDate, months: u32) -> NaiveDate {
    let month = start.month0() + months;
    let year = start.year() + i32::try_from(month / 12).expect("a few years");
    (1..=start.day())
        .rev()
        .find_map(|day| NaiveDate::from_ymd_opt(year, month % 12 + 1, day))
        .expect("every month has a first")
}

/// The windows that lie wholly in the posting and want one.
pub(super) fn windows(
    cadence: Cadence,
    posting: &Posting,
    workday: &dyn Fn(NaiveDate) -> bool,
) -> Vec<(NaiveDate, NaiveDate)> {
    let mut all = Vec::new();
    match cadence.window {
        Window::Days(length) => {
            let mut from = posting.start;
            while posting.has(from) {
                let next = from + Days::new(length);
                all.push((from, next - Days::new(1)));
                from = next;
            }
        }
        Window::Weeks => {
            for date in posting.dates() {
                if date.weekday() == Weekday::Mon {
                    all.push((date, date + Days::new(6)));
                }
            }
        }
        Window::PostingMonths(length) => all = of_months(posting, posting.start, length),
        Window::PostingYears(length) => all = of_months(posting, posting.start, length * 12),
        Window::CalendarMonths(length) => {
            if let Some(first) = posting.dates().into_iter().find(|date| date.day() == 1) {
                all = of_months(posting, first, length);
            }
        }
    }
    all.retain(|(from, to)| {
        let works = from.iter_days().take_while(|date| date <= to).any(workday);
        posting.has(*to) && (works || !cadence.skip_without_workday)
    });
    all
}

/// The posting, cut after every so many years.
pub(super) fn years(posting: &Posting, length: u32) -> Vec<(NaiveDate, NaiveDate)> {
    let mut all = of_months(posting, posting.start, length * 12);
    for (_, to) in &mut all {
        *to = (*to).min(posting.end);
    }
    all
}

fn of_months(posting: &Posting, first: NaiveDate, length: u32) -> Vec<(NaiveDate, NaiveDate)> {
    let mut all = Vec::new();
    let mut begun = 0;
    while posting.has(months_after(first, begun)) {
        let next = months_after(first, begun + length);
        all.push((months_after(first, begun), next - Days::new(1)));
        begun += length;
    }
    all
}
