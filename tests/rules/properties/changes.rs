//! What a change of the records may and may not do to the verdict.

use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::generator::{Case, cases, end_of, list_of, shuffled, start_of};
use super::super::naive::ShortGap;
use super::{check, half_days, real, requirement};

fn rank(status: &Value) -> u8 {
    match status.as_str() {
        Some("met") => 2,
        Some("reachable") => 1,
        _ => 0,
    }
}

/// One of the dates of the posting up to `last`, if there is any.
fn pick(case: &Case, last: NaiveDate, number: usize) -> Option<NaiveDate> {
    let dates: Vec<_> = start_of(&case.document)
        .iter_days()
        .take_while(|date| *date <= last)
        .collect();
    (!dates.is_empty()).then(|| dates[number % dates.len()])
}

#[test]
fn one_more_round_never_hurts() {
    check(1_000, &(cases(), 0..1_000_usize), |(case, number)| {
        // Where rounds must keep a distance and a short one fails, a round too many may hurt by rule.
        let rounds = &case.params.duties[1];
        prop_assume!(rounds.gap_days == 0 || rounds.short_gap == ShortGap::NotCounted);
        let date = pick(&case, case.as_of.min(end_of(&case.document)), number);
        prop_assume!(date.is_some());

        let mut more = case.clone();
        list_of(&mut more.document, "activities").push(json!({"kind": "ward_round", "date": date}));
        let (before, after) = (real::assess(&case), real::assess(&more));
        let status = |assessment: &Value| rank(&requirement(assessment, "rounds")["status"]);
        let needed = |assessment: &Value| requirement(assessment, "rounds")["still_needed"].as_u64();
        prop_assert!(status(&after) >= status(&before), "a round on {:?} hurts", date);
        prop_assert!(needed(&after) <= needed(&before), "a round on {:?} hurts", date);
        prop_assert_eq!(requirement(&after, "teaching"), requirement(&before, "teaching"));
        Ok(())
    });
}

#[test]
fn one_more_leave_never_raises_the_attendance_rate() {
    check(
        1_000,
        &(cases(), 0..1_000_usize, 1..12_usize),
        |(case, number, length)| {
            let date = pick(&case, end_of(&case.document), number).expect("a posting has a date");
            let on_leave = |date: NaiveDate, afternoon: bool| {
                let half = (date, afternoon);
                case.document["leaves"]
                    .as_array()
                    .expect("a list")
                    .iter()
                    .any(|leave| {
                        let at = |name: &str, half: &str| -> (NaiveDate, bool) {
                            let date = leave[name].as_str().expect("a date").parse().expect("a date");
                            (date, leave[half] == "afternoon")
                        };
                        at("from", "from_half") <= half && half <= at("to", "to_half")
                    })
            };
            let free: Vec<_> = date
                .iter_days()
                .flat_map(|date| [(date, false), (date, true)])
                .skip(number % 2)
                .take(length)
                .take_while(|(date, afternoon)| !on_leave(*date, *afternoon))
                .collect();
            prop_assume!(!free.is_empty());
            let (from, to) = (free[0], free[free.len() - 1]);
            let half = |afternoon: bool| if afternoon { "afternoon" } else { "morning" };

            let mut more = case.clone();
            list_of(&mut more.document, "leaves").push(json!({
                "id": "0199a1c2-2222-7000-8000-000000000000",
                "kind": "sick_leave",
                "from": from.0,
                "from_half": half(from.1),
                "to": to.0,
                "to_half": half(to.1),
            }));
            let (before, after) = (real::assess(&case), real::assess(&more));
            let figure = |name: &str| (half_days(&before, name), half_days(&after, name));
            let (scheduled_before, scheduled_after) = figure("scheduled_half_days");
            let (attended_before, attended_after) = figure("attended_half_days");
            prop_assert_eq!(scheduled_before, scheduled_after);
            prop_assert!(
                attended_after <= attended_before,
                "a leave from {:?} to {:?} raises attendance from {} to {}",
                from,
                to,
                attended_before,
                attended_after
            );
            Ok(())
        },
    );
}

/// The list in another order, but those of one date among themselves in the order they had.
fn shuffled_between_dates(list: Vec<Value>, order: u32) -> Vec<Value> {
    let mut by_date = list.clone();
    by_date.reverse();
    shuffled(list, order)
        .into_iter()
        .map(|one| {
            let place = by_date.iter().rposition(|other| other["date"] == one["date"]);
            by_date.remove(place.expect("as many of each date as before"))
        })
        .collect()
}

#[test]
fn the_order_of_the_records_does_not_matter() {
    check(1_000, &(cases(), any::<u32>()), |(case, order)| {
        let mut other = case.clone();
        for name in ["days", "leaves", "calendar_overrides", "documents"] {
            let list = list_of(&mut other.document, name);
            *list = shuffled(std::mem::take(list), order);
        }
        // Of several activities on one day the first in the file counts, so that their order does matter.
        let activities = list_of(&mut other.document, "activities");
        *activities = shuffled_between_dates(std::mem::take(activities), order);
        prop_assert_eq!(real::assess(&case), real::assess(&other));
        Ok(())
    });
}
