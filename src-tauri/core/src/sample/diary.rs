//! The support diary of a sample, and the papers handed in.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use super::random::Random;
use super::{last_of, seconds, words};
use crate::calendar::Workdays;
use crate::posting::{DocumentKind, Kind};
use crate::scheme::{DocumentDuty, Scheme};

/// From so many days before the end on, a paper belongs to the beginning of a posting.
const EARLY: u32 = 60;

pub(super) fn problems(random: &mut Random, start: NaiveDate, head: &str) -> Vec<Value> {
    let first = random.between(0, last_of(words::PROBLEMS)) as usize;
    let at = |days: u32| start.checked_add_days(Days::new(u64::from(days)));
    let mut rows = Vec::new();
    for (row, days) in [(first, 15), (first + 1, 44)] {
        let (problem, guidance, action) = words::PROBLEMS[row % words::PROBLEMS.len()];
        let open = days > 30 && random.chance(50);
        rows.push(json!({
            "id": random.id(seconds(start) + i64::from(days) * 86_400),
            "date": at(days),
            "problem": problem,
            "guidance": guidance,
            "corrective_action": action,
            "responsible": head,
            "due": at(days + 21),
            "status": if open { "corrected" } else { "closed" },
            "rechecked_on": if open { None } else { at(days + 22) },
            "result": (!open).then_some("复查合格"),
        }));
    }
    rows
}

/// One problem a visit, rechecked at the next one; the last is still to be rechecked.
pub(super) fn problems_of_visits(random: &mut Random, visits: &[NaiveDate]) -> Vec<Value> {
    let mut rows = Vec::new();
    for (row, date) in visits.iter().enumerate().take(words::FOUND.len() * 2) {
        let (problem, guidance, action, lead) = words::FOUND[row % words::FOUND.len()];
        let next = visits.get(row + 1);
        rows.push(json!({
            "id": random.id(seconds(*date)),
            "date": date,
            "problem": problem,
            "guidance": guidance,
            "corrective_action": action,
            "responsible": lead,
            "due": date.checked_add_days(Days::new(14)),
            "status": if next.is_some() { "closed" } else { "corrected" },
            "rechecked_on": next,
            "result": next.map(|_| "复查合格，带头人考核合格"),
        }));
    }
    rows
}

pub(super) fn documents(
    random: &mut Random,
    scheme: &Scheme,
    workdays: &Workdays,
    end: NaiveDate,
    activities: &[Value],
) -> Vec<Value> {
    let handed_in = workdays.workdays().rev().nth(random.between(1, 3) as usize);
    let asked = |duty: &&DocumentDuty| {
        duty.only_with
            .is_none_or(|kind| activities.iter().any(|one| one["kind"] == json!(kind.name())))
    };
    let kinds: BTreeMap<DocumentKind, &DocumentDuty> = scheme
        .documents
        .iter()
        .filter(asked)
        .map(|duty| (duty.kind, duty))
        .collect();
    kinds
        .into_iter()
        .map(|(kind, duty)| {
            let opens = end.checked_sub_days(Days::new(u64::from(duty.opens_days_before_end)));
            let early = duty.due_days_after_start.is_some() || duty.opens_days_before_end >= EARLY;
            let on = if early {
                workdays.workdays().find(|date| Some(*date) >= opens)
            } else {
                handed_in.max(opens)
            };
            json!({"kind": kind.name(), "submitted_on": on})
        })
        .collect()
}
