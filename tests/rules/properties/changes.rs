//! What a change of the records may and may not do to the verdict.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::generator::{Case, cases, end_of, list_of, shuffled, start_of};
use super::{check, duties_of, half_days, real, requirement, text};

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

/// An activity long enough for any duty.
fn activity(kind: &Value, date: Option<NaiveDate>) -> Value {
    json!({"kind": kind, "date": date, "minutes": 600})
}

#[test]
fn one_more_never_hurts_where_no_distance_is_asked_for() {
    check(2_000, &(cases(), 0..1_000_usize), |(case, number)| {
        let date = pick(&case, case.as_of.min(end_of(&case.document)), number);
        prop_assume!(date.is_some());
        let duties = duties_of(&case);
        prop_assume!(!duties.is_empty());
        let kind = &duties[number % duties.len()]["kinds"][0];

        let mut more = case.clone();
        list_of(&mut more.document, "activities").push(activity(kind, date));
        let (before, after) = (real::assess(&case), real::assess(&more));
        for duty in &duties {
            let id = text(&duty["id"]);
            let (before, after) = (requirement(&before, id), requirement(&after, id));
            let serves = duty["kinds"].as_array().is_some_and(|kinds| kinds.contains(kind));
            if !serves {
                prop_assert_eq!(before, after, "a {} on {:?} is none of its business", kind, date);
                continue;
            }
            let counted = |verdict: &Value| verdict["counted"].as_array().map(Vec::len);
            prop_assert!(
                counted(after) >= counted(before),
                "a {} on {:?} hurts",
                kind,
                date
            );
            prop_assert!(after["still_needed"].as_u64() <= before["still_needed"].as_u64());
            // Where they must keep a distance, one too many may hurt by rule.
            if duty["minimum_gap_days"] == 0 {
                prop_assert!(
                    rank(&after["status"]) >= rank(&before["status"]),
                    "a {} on {:?} hurts",
                    kind,
                    date
                );
            }
        }
        prop_assert!(
            half_days(&after, "attended_half_days") >= half_days(&before, "attended_half_days"),
            "a {} on {:?} takes attendance away",
            kind,
            date
        );
        Ok(())
    });
}

#[test]
fn a_half_day_filled_in_takes_no_attendance_away() {
    let statuses = [
        "present",
        "official_duty",
        "compensatory_rest",
        "absent",
        "recalled",
    ];
    check(1_000, &(cases(), 0..1_000_usize), |(case, number)| {
        let date = pick(&case, end_of(&case.document), number).expect("a posting has a date");
        let mut more = case.clone();
        let days = list_of(&mut more.document, "days");
        let name = date.to_string();
        if !days.iter().any(|day| day["date"] == *name) {
            days.push(
                json!({"date": date, "morning": null, "afternoon": null, "note": "门诊", "tallies": {}}),
            );
        }
        let day = days
            .iter_mut()
            .find(|day| day["date"] == *name)
            .expect("it is there");
        let half = ["morning", "afternoon"][number / 7 % 2];
        prop_assume!(day[half].is_null());
        day[half] = json!(statuses[number % statuses.len()]);
        let (before, after) = (real::assess(&case), real::assess(&more));
        let figures = ["scheduled_half_days", "needed_half_days", "leave_half_days"];
        for figure in figures {
            prop_assert_eq!(half_days(&before, figure), half_days(&after, figure));
        }
        let attended = |assessment: &Value| half_days(assessment, "attended_half_days");
        prop_assert!(
            attended(&after) >= attended(&before),
            "{} of {} hurts",
            half,
            date
        );
        Ok(())
    });
}

#[test]
fn more_of_a_statistic_lowers_neither_quotas_nor_points() {
    check(1_000, &(cases(), 0..1_000_usize), |(case, number)| {
        let asked =
            case.scheme["quotas"].as_array().map_or(0, Vec::len) > 0 || !case.scheme["points"].is_null();
        prop_assume!(asked);
        let date = pick(&case, end_of(&case.document), number).expect("a posting has a date");
        let key = [
            "outpatient_visits",
            "referrals_up",
            "leaflets",
            "health_education_audience",
        ][number % 4];
        let mut more = case.clone();
        // Of a kind that no duty counts.
        let counted = json!({"kind": "other", "date": date, "tallies": {key: number}});
        list_of(&mut more.document, "activities").push(counted);
        let (before, after) = (real::assess(&case), real::assess(&more));
        let pairs = before["requirements"].as_array().into_iter().flatten();
        for before in pairs.filter(|one| one["kind"] == "tally" || one["kind"] == "points") {
            let after = requirement(&after, text(&before["id"]));
            prop_assert!(after["amount"].as_u64() >= before["amount"].as_u64());
            // What the office has yet to say is recorded, not judged: between failed and met.
            let rank = |status: &Value| if status == "recorded" { 1 } else { rank(status) };
            prop_assert!(rank(&after["status"]) >= rank(&before["status"]));
        }
        Ok(())
    });
}

#[test]
fn what_cannot_be_met_any_more_stays_so_and_what_is_over_does_not_change() {
    check(1_500, &(cases(), 1..200_u64), |(case, days)| {
        let later = Case {
            as_of: case.as_of + Days::new(days),
            ..case.clone()
        };
        let (now, then) = (real::assess(&case), real::assess(&later));
        for before in now["requirements"].as_array().expect("a list") {
            let after = requirement(&then, text(&before["id"]));
            let status = text(&after["status"]);
            if before["status"] == "unreachable" {
                prop_assert!(
                    status == "unreachable" || status == "not_met",
                    "{} then: {}",
                    before,
                    after
                );
            }
            if before["status"] == "met" && before["kind"] != "activities" {
                prop_assert_eq!(status, "met");
            }
            // Papers may still come in.
            if now["phase"] == "ended" && before["kind"] != "points" {
                prop_assert_eq!(before, after);
            }
        }
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
                "kind": "home_leave",
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
