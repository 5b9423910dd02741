//! What every part of an assessment stands on: the posting's days, what was recorded, and what is under leave.

use super::answer::Phase;
use crate::calendar::{Calendar, CalendarError, Override, Workdays};
use crate::posting::{Day, Half, HalfDayStatus, Kind, LeaveKind, OverrideKind, Records, Station};
use crate::scheme::Scheme;
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};

pub(super) struct Ground<'a> {
    pub(super) scheme: &'a Scheme,
    pub(super) records: &'a Records,
    pub(super) workdays: Workdays,
    pub(super) as_of: NaiveDate,
    /// Activities up to this date are taken as done: `as_of`, or the last day where what lies ahead is taken as done too.
    pub(super) done_until: NaiveDate,
    pub(super) phase: Phase,
    entries: HashMap<NaiveDate, &'a Day>,
    activity_dates: HashSet<NaiveDate>,
    on_leave: HashMap<(NaiveDate, Half), LeaveKind>,
}

/// The posting's days: the calendar, with the posting's own overrides on top.
///
/// # Errors
/// [`CalendarError::OutOfRange`] if the posting leaves the years the calendar knows.
pub fn workdays_of(calendar: &Calendar, records: &Records) -> Result<Workdays, CalendarError> {
    let overrides = records.calendar_overrides.iter().map(|one| Override {
        date: one.date,
        workday: one.kind == OverrideKind::Workday,
        holiday: one.holiday.as_deref(),
        arrangement_year: one.arrangement_year.and_then(|year| i32::try_from(year).ok()),
    });
    let posting = &records.posting;
    Workdays::with(calendar, posting.start, posting.end, overrides)
}

impl<'a> Ground<'a> {
    pub(super) fn new(
        scheme: &'a Scheme,
        records: &'a Records,
        calendar: &Calendar,
        as_of: NaiveDate,
    ) -> Result<Self, CalendarError> {
        let (start, end) = (records.posting.start, records.posting.end);
        let workdays = workdays_of(calendar, records)?;
        let mut on_leave = HashMap::new();
        for leave in &records.leaves {
            // A leave may reach years beyond the posting: only the posting's own half-days are of interest.
            for date in leave
                .from
                .max(start)
                .iter_days()
                .take_while(|date| *date <= leave.to.min(end))
            {
                on_leave.extend(
                    Half::ALL
                        .iter()
                        .filter(|half| leave.covers(date, **half))
                        .map(|half| ((date, *half), leave.kind)),
                );
            }
        }
        let phase = if as_of < start {
            Phase::Before
        } else if as_of <= end {
            Phase::InProgress
        } else {
            Phase::Ended
        };
        Ok(Self {
            scheme,
            records,
            workdays,
            as_of,
            done_until: as_of,
            phase,
            entries: records.days.iter().map(|day| (day.date, day)).collect(),
            activity_dates: records.activities.iter().map(|activity| activity.date).collect(),
            on_leave,
        })
    }

    /// The same ground, with the activities that are dated ahead taken as done.
    pub(super) fn looking_ahead(mut self) -> Self {
        self.done_until = self.as_of.max(self.end());
        self
    }

    /// Whether a rule is for those who are stationed otherwise. A posting that does not say how is judged by all.
    pub(super) fn elsewhere(&self, station: Option<Station>) -> bool {
        let own = self.records.posting.station;
        station.is_some() && own.is_some() && station != own
    }

    pub(super) fn start(&self) -> NaiveDate {
        self.records.posting.start
    }

    pub(super) fn end(&self) -> NaiveDate {
        self.records.posting.end
    }

    pub(super) fn within(&self, date: NaiveDate) -> bool {
        (self.start()..=self.end()).contains(&date)
    }

    /// Whether a half-day of the posting is under leave.
    pub(super) fn on_leave(&self, date: NaiveDate, half: Half) -> bool {
        self.on_leave.contains_key(&(date, half))
    }

    /// The kind of the leave over a half-day of the posting.
    pub(super) fn leave_kind(&self, date: NaiveDate, half: Half) -> Option<LeaveKind> {
        self.on_leave.get(&(date, half)).copied()
    }

    pub(super) fn wholly_on_leave(&self, date: NaiveDate) -> bool {
        Half::ALL.iter().all(|half| self.on_leave(date, *half))
    }

    /// What was entered for a half-day; entries dated after `as_of` are not looked at.
    pub(super) fn entered(&self, date: NaiveDate, half: Half) -> Option<HalfDayStatus> {
        if date > self.as_of {
            return None;
        }
        self.entries.get(&date).and_then(|day| day.half(half))
    }

    /// What a half-day was: nothing if it is under leave, for leave goes before the day's entry.
    pub(super) fn status(&self, date: NaiveDate, half: Half) -> Option<HalfDayStatus> {
        if self.on_leave(date, half) {
            None
        } else {
            self.entered(date, half)
        }
    }

    /// 简单记录当日工作情况: a note, a tally above zero, or an activity on the date.
    pub(super) fn has_work_record(&self, date: NaiveDate) -> bool {
        let entry = self.entries.get(&date);
        entry.is_some_and(|day| day.note.as_deref().is_some_and(|note| !note.trim().is_empty()))
            || entry.is_some_and(|day| day.tallies.values().any(|count| *count > 0))
            || self.activity_dates.contains(&date)
    }

    /// Whether a half-day of the date was absent or recalled.
    pub(super) fn absent_or_recalled(&self, date: NaiveDate) -> bool {
        Half::ALL.iter().any(|half| {
            matches!(
                self.status(date, *half),
                Some(HalfDayStatus::Absent | HalfDayStatus::Recalled)
            )
        })
    }
}
