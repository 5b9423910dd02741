//! The advice on what can still be done: it is followed to the letter, and then overstepped by one.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::generator::{Case, cases, end_of, list_of, sparse_cases, start_of};
use super::{check, duties_of, half_days, naive, real, requirement, text};

fn date(value: &Value) -> Option<NaiveDate> {
    value.as_str().map(|text| text.parse().expect("a date"))
}

/// The case with nothing entered for the time after `as_of`, but for leave.
fn nothing_done_ahead(mut case: Case) -> Case {
    let as_of = case.as_of;
    let activities = list_of(&mut case.document, "activities");
    activities.retain(|activity| date(&activity["date"]).is_some_and(|on| on <= as_of));
    case
}

fn at(case: &Case, as_of: NaiveDate) -> Value {
    real::assess(&Case {
        as_of,
        ..case.clone()
    })
}

/// One more of a duty, long enough for any.
fn one_more(case: &mut Case, duty: &Value, on: NaiveDate) {
    let activity = json!({"kind": duty["kinds"][0], "date": on, "minutes": 600});
    list_of(&mut case.document, "activities").push(activity);
}

#[test]
fn the_last_safe_date_is_safe_and_the_last() {
    check(1_500, &cases(), |case| {
        let case = nothing_done_ahead(case);
        let assessment = real::assess(&case);
        for duty in &duties_of(&case) {
            let id = text(&duty["id"]);
            let verdict = requirement(&assessment, id);
            let reachable = verdict["status"] == "reachable";
            let last_safe = date(&verdict["last_safe_date"]);
            prop_assert_eq!(reachable, last_safe.is_some());
            let Some(last_safe) = last_safe else { continue };
            prop_assert!(case.as_of <= last_safe && last_safe <= end_of(&case.document));

            // Each on the very last date that the assessment calls safe.
            let mut done = case.clone();
            let mut next = Some(last_safe);
            while let Some(on) = next {
                one_more(&mut done, duty, on);
                let after = at(&done, on);
                let verdict = requirement(&after, id);
                if verdict["status"] == "met" {
                    break;
                }
                prop_assert!(
                    verdict["status"] == "reachable",
                    "{} after one on {}: {}",
                    id,
                    on,
                    verdict
                );
                next = date(&verdict["last_safe_date"]);
                prop_assert!(next.is_some(), "{} after one on {}: {}", id, on, verdict);
            }

            // Nothing done until the day after is too late.
            let late = at(&case, last_safe + Days::new(1));
            let status = &requirement(&late, id)["status"];
            prop_assert!(
                status == "unreachable" || status == "not_met",
                "{} is {} later",
                id,
                status
            );
        }
        Ok(())
    });
}

#[test]
fn the_next_allowed_date_is_allowed_and_the_first() {
    check(1_000, &cases(), |case| {
        let case = nothing_done_ahead(case);
        let assessment = real::assess(&case);
        for duty in &duties_of(&case) {
            let id = text(&duty["id"]);
            let verdict = requirement(&assessment, id);
            let open = verdict["status"] == "met" || verdict["status"] == "reachable";
            let Some(next) = date(&verdict["next_allowed_date"]) else {
                continue;
            };
            prop_assert!(open && case.as_of <= end_of(&case.document));
            let first = case.as_of.max(start_of(&case.document));
            for on in first.iter_days().take_while(|on| *on <= next) {
                let mut done = case.clone();
                one_more(&mut done, duty, on);
                let after = at(&done, on);
                let after = requirement(&after, id);
                let counts = after["counted"].as_array().map(Vec::len)
                    == verdict["counted"].as_array().map(|counted| counted.len() + 1);
                let mut gaps = after["gaps"].as_array().expect("a list").iter();
                let apart = gaps.all(|gap| gap["days"].as_u64() >= duty["minimum_gap_days"].as_u64());
                prop_assert!((counts && apart) == (on == next), "{} on {}: {}", id, on, after);
            }
        }
        Ok(())
    });
}

#[test]
fn forecasts_are_those_that_trying_every_choice_of_dates_finds() {
    check(2_500, &sparse_cases(), |case| {
        let case = nothing_done_ahead(case);
        let calendar = real::plain_calendar();
        let tried = naive::tried(&case.document, &case.scheme, &calendar, case.as_of);
        prop_assume!(tried.is_some() && case.as_of <= end_of(&case.document));
        let assessment = real::assess(&case);
        for tried in tried.into_iter().flatten() {
            let verdict = requirement(&assessment, &tried.id);
            if verdict["status"] == "recorded" {
                continue;
            }
            let expected = match (tried.met, tried.last_safe) {
                (true, _) => "met",
                (false, Some(_)) => "reachable",
                (false, None) => "unreachable",
            };
            prop_assert_eq!(text(&verdict["status"]), expected, "{}", verdict);
            let last_safe = tried.last_safe.filter(|_| !tried.met);
            prop_assert_eq!(date(&verdict["last_safe_date"]), last_safe, "{}", verdict);
            let next = tried.next_allowed.filter(|_| expected != "unreachable");
            prop_assert_eq!(date(&verdict["next_allowed_date"]), next, "{}", verdict);
        }
        Ok(())
    });
}

#[test]
fn as_many_half_days_may_be_lost_as_it_says_and_no_more() {
    check(25, &cases(), |case| {
        let assessment = real::assess(&case);
        let verdict = requirement(&assessment, "attendance");
        let Some(left) = verdict["absence_left_half_days"].as_i64() else {
            return Ok(());
        };
        prop_assert_eq!(left < 0, verdict["status"] == "unreachable");

        // Each half-day that remains is lost to a leave of its own, one after the other.
        let mut losing = case.clone();
        let mut remaining = half_days(&assessment, "remaining_half_days");
        let mut lost = 0;
        let last = end_of(&case.document);
        let first = case.as_of.max(start_of(&case.document));
        for on in first.iter_days().take_while(|on| *on <= last) {
            for half in ["morning", "afternoon"] {
                let mut trial = losing.clone();
                let leaves = list_of(&mut trial.document, "leaves");
                if leaves.iter().any(|leave| covers(leave, on, half)) {
                    continue;
                }
                leaves.push(json!({
                    "id": format!("0199a1c2-3333-7000-8000-{lost:012}"),
                    "kind": "other_leave",
                    "from": on,
                    "from_half": half,
                    "to": on,
                    "to_half": half,
                }));
                let after = real::assess(&trial);
                let still_remaining = half_days(&after, "remaining_half_days");
                if still_remaining == remaining {
                    continue;
                }
                remaining = still_remaining;
                lost += 1;
                losing = trial;
                let unreachable = requirement(&after, "attendance")["status"] == "unreachable";
                prop_assert_eq!(unreachable, lost > left, "{} lost, {} allowed", lost, left);
                if unreachable {
                    return Ok(());
                }
            }
        }
        Ok(())
    });
}

fn covers(leave: &Value, on: NaiveDate, half: &str) -> bool {
    let at = |name: &str, half: &str| (date(&leave[name]), leave[half] == "afternoon");
    let asked = (Some(on), half == "afternoon");
    at("from", "from_half") <= asked && asked <= at("to", "to_half")
}
