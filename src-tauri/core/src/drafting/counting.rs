//! Figures with the records they count.

use super::{Counted, Run};
use crate::assess::{Assessment, DayCounted, Phase};
use crate::language::Language;
use crate::posting::{Activity, ActivityKind, Leave, Problem, Records, tally_of};
use chrono::NaiveDate;

/// What the drafts are made from.
pub(super) struct Ground<'a> {
    pub(super) records: &'a Records,
    pub(super) assessment: &'a Assessment,
    pub(super) days: &'a [DayCounted],
}

/// A number of things, with the records that say so.
pub(super) struct Amount {
    pub(super) count: u64,
    pub(super) records: Vec<Counted>,
}

impl<'a> Ground<'a> {
    /// Whether a date is taken as done: within the posting, and not after the date of the assessment.
    fn done(&self, date: NaiveDate) -> bool {
        let posting = &self.records.posting;
        (posting.start..=posting.end).contains(&date) && date <= self.assessment.as_of
    }

    pub(super) fn ended(&self) -> bool {
        self.assessment.phase == Phase::Ended
    }

    /// The sum of a tally: the assessment's own, over the same records.
    pub(super) fn tally(&self, key: &str) -> Amount {
        let has = |count: Option<&u32>| count.is_some_and(|count| *count > 0);
        let days = self.records.days.iter();
        let mut records: Vec<Counted> = days
            .filter(|day| self.done(day.date) && has(day.tallies.get(key)))
            .map(|day| of_day(day.date))
            .collect();
        let activities = self.records.activities.iter();
        records.extend(
            activities
                .filter(|one| self.done(one.date) && has(one.tallies.get(key)))
                .map(of_activity),
        );
        sorted(&mut records);
        Amount {
            count: self.assessment.tallies.get(key).copied().unwrap_or(0),
            records,
        }
    }

    /// The activities of some kinds, in date order.
    pub(super) fn activities(&self, kinds: &[ActivityKind]) -> Vec<&'a Activity> {
        let all = self.records.activities.iter();
        let mut chosen: Vec<&Activity> = all
            .filter(|one| kinds.contains(&one.kind) && self.done(one.date))
            .collect();
        chosen.sort_by_key(|one| one.date);
        chosen
    }

    pub(super) fn problems(&self) -> Vec<&'a Problem> {
        let shown = |one: &&Problem| one.date.is_none_or(|date| self.done(date));
        self.records.problems.iter().filter(shown).collect()
    }

    /// The leaves that take the physician from work, begun by the date of the assessment.
    pub(super) fn leaves(&self) -> Vec<(&'a Leave, u32)> {
        let grouped = self
            .assessment
            .leave_groups
            .iter()
            .flat_map(|group| &group.leaves);
        grouped
            .filter(|one| one.half_days > 0)
            .filter_map(|one| {
                let leave = self.records.leaves.iter().find(|leave| leave.id == one.id)?;
                (leave.from <= self.assessment.as_of).then_some((leave, one.half_days))
            })
            .collect()
    }

    /// Label and unit of a tally, built in or the posting's own.
    pub(super) fn name_of(&self, key: &str) -> Option<(String, String)> {
        if let Some(tally) = tally_of(key) {
            let unit = tally.unit(Language::Chinese).to_owned();
            return Some((tally.label(Language::Chinese).to_owned(), unit));
        }
        let item = self.records.tally_items.iter().find(|item| item.key == key)?;
        Some((item.label.clone(), item.unit.clone().unwrap_or_default()))
    }
}

impl Amount {
    pub(super) fn of_activities(activities: &[&Activity]) -> Self {
        Self {
            count: u64::try_from(activities.len()).unwrap_or(u64::MAX),
            records: activities.iter().map(|one| of_activity(one)).collect(),
        }
    }

    pub(super) fn of_problems(problems: &[&Problem]) -> Self {
        Self {
            count: u64::try_from(problems.len()).unwrap_or(u64::MAX),
            records: problems.iter().map(|one| of_problem(one)).collect(),
        }
    }

    /// How many took part in activities, where it was recorded.
    pub(super) fn participants(activities: &[&Activity]) -> Self {
        let counted: Vec<&&Activity> = activities
            .iter()
            .filter(|one| one.participants.is_some_and(|count| count > 0))
            .collect();
        Self {
            count: counted
                .iter()
                .filter_map(|one| one.participants)
                .map(u64::from)
                .sum(),
            records: counted.iter().map(|one| of_activity(one)).collect(),
        }
    }

    pub(super) fn figure(self, of: &str) -> Run {
        Run::Figure {
            text: grouped(self.count),
            of: of.to_owned(),
            records: self.records,
        }
    }
}

pub(super) fn of_leave(leave: &Leave) -> Counted {
    Counted {
        entity: "leave".to_owned(),
        key: Some(leave.id.to_string()),
        date: Some(leave.from),
    }
}

pub(super) fn of_day(date: NaiveDate) -> Counted {
    Counted {
        entity: "day".to_owned(),
        key: Some(date.to_string()),
        date: Some(date),
    }
}

fn of_activity(activity: &Activity) -> Counted {
    Counted {
        entity: "activity".to_owned(),
        key: activity.id.map(|id| id.to_string()),
        date: Some(activity.date),
    }
}

fn of_problem(problem: &Problem) -> Counted {
    Counted {
        entity: "problem".to_owned(),
        key: problem.id.map(|id| id.to_string()),
        date: problem.date,
    }
}

fn sorted(records: &mut [Counted]) {
    records.sort_by(|a, b| (a.date, &a.entity, &a.key).cmp(&(b.date, &b.entity, &b.key)));
}

/// 1,290
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (nth, digit) in digits.chars().enumerate() {
        if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
