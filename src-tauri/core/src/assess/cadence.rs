//! How often a duty should be done: windows of days from the first day, or calendar weeks.

use super::answer::{Finding, FindingCode, Severity};
use super::ground::Ground;
use super::words::short_date;
use crate::scheme::{CadenceRule, CadenceWindow, Duty};
use chrono::NaiveDate;

/// A window that lies wholly in the posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
}

impl Window {
    pub(super) fn holds(self, date: NaiveDate) -> bool {
        self.from <= date && date <= self.to
    }
}

/// The full windows of a duty that want one, in date order.
pub(super) fn windows(ground: &Ground<'_>, duty: &Duty) -> Vec<Window> {
    let Some(cadence) = &duty.cadence else {
        return Vec::new();
    };
    (0..)
        .map_while(|index| nth(ground.start(), cadence.window, index))
        .take_while(|window| window.to <= ground.end())
        .filter(|window| {
            let mut workdays = ground.workdays.workdays();
            !cadence.skip_without_workday || workdays.any(|date| window.holds(date))
        })
        .collect()
}

/// The nth window, from 0, of a posting that starts on a day; none beyond the end of time.
pub(super) fn nth(start: NaiveDate, window: CadenceWindow, index: u32) -> Option<Window> {
    window.nth(start, index).map(|(from, to)| Window { from, to })
}

/// The windows that ended before `as_of` without a counted one.
pub(super) fn missed(ground: &Ground<'_>, duty: &Duty, counted: &[NaiveDate]) -> Vec<Window> {
    let mut windows = windows(ground, duty);
    windows.retain(|window| window.to < ground.as_of && !counted.iter().any(|date| window.holds(*date)));
    windows
}

/// The window that runs on `as_of`, if it has no counted one.
pub(super) fn running(ground: &Ground<'_>, duty: &Duty, counted: &[NaiveDate]) -> Option<Window> {
    let mut open = open(ground, duty, counted).into_iter();
    open.find(|window| window.holds(ground.as_of))
}

/// The windows not yet over that have no counted one.
pub(super) fn open(ground: &Ground<'_>, duty: &Duty, counted: &[NaiveDate]) -> Vec<Window> {
    let mut windows = windows(ground, duty);
    windows.retain(|window| window.to >= ground.as_of && !counted.iter().any(|date| window.holds(*date)));
    windows
}

pub(super) fn finding(duty: &Duty, window: Window, judged: bool) -> Finding {
    let required = duty
        .cadence
        .as_ref()
        .is_some_and(|cadence| cadence.rule == CadenceRule::Required);
    let (effect, severity) = match (judged, required) {
        (false, _) => ("只记录，不评定", Severity::Info),
        (true, true) => ("这一项因此不达标", Severity::Error),
        (true, false) => ("不影响达标", Severity::Warning),
    };
    Finding {
        code: FindingCode::CadenceMissed,
        severity,
        requirement: Some(duty.id.clone()),
        from: Some(window.from),
        to: Some(window.to),
        message: format!(
            "{}—{} 没有{}，{effect}。",
            short_date(window.from),
            short_date(window.to),
            duty.title.zh
        ),
    }
}
