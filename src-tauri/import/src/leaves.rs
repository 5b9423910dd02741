//! Leaves out of the marks of an attendance sheet: as long as the marks of one kind run.

use crate::Means;
use crate::gather::{DayPart, LeavePart, Place};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use xiaxiangzhi_core::calendar::Workdays;
use xiaxiangzhi_core::posting::{Half, LeaveKind};

/// The days of the import, by date.
pub(crate) type Days = BTreeMap<NaiveDate, (DayPart, Place)>;

pub(crate) const HALVES: [Half; 2] = [Half::Morning, Half::Afternoon];

impl DayPart {
    pub(crate) fn of(&self, half: Half) -> Option<Means> {
        match half {
            Half::Morning => self.morning,
            Half::Afternoon => self.afternoon,
        }
    }
}

/// Runs of one kind of leave. Rest days between do not end a run, unless something was entered on them.
pub(crate) fn marked(days: &Days, workdays: &Workdays) -> Vec<(LeavePart, Place)> {
    let mut leaves: Vec<(LeavePart, Place)> = Vec::new();
    for (date, (day, place)) in days {
        for half in HALVES {
            let Some(Means::Leave(kind)) = day.of(half) else {
                continue;
            };
            let runs_on = leaves.last().is_some_and(|(last, _)| {
                last.kind == kind && free_between(days, workdays, (last.to, last.to_half), (*date, half))
            });
            match leaves.last_mut() {
                Some((last, _)) if runs_on => (last.to, last.to_half) = (*date, half),
                _ => leaves.push((one(kind, *date, half), *place)),
            }
        }
    }
    leaves
}

fn one(kind: LeaveKind, date: NaiveDate, half: Half) -> LeavePart {
    LeavePart {
        kind,
        from: date,
        from_half: half,
        to: date,
        to_half: half,
        reason: None,
        approved_by: None,
        approved_on: None,
        notified_to: None,
        notified_on: None,
        returned_on: None,
        marked: true,
    }
}

/// Whether no half-day of work lies strictly between two.
fn free_between(days: &Days, workdays: &Workdays, last: (NaiveDate, Half), next: (NaiveDate, Half)) -> bool {
    let between = last.0.iter_days().take_while(|date| *date <= next.0);
    between
        .flat_map(|date| HALVES.map(|half| (date, half)))
        .filter(|at| last < *at && *at < next)
        .all(|(date, half)| {
            let said = days.get(&date).and_then(|(day, _)| day.of(half));
            !workdays.is_workday(date) && !matches!(said, Some(Means::Status(_)))
        })
}
