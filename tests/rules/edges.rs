//! Rare mixtures of rules that random schemes brought up, each in its smallest form.

use crate::build::{Build, date, requirement};
use serde_json::{Value, json};
use xiaxiangzhi_core::assess::{
    Assessment, FindingCode, PlanState, Status, assess, first_allowed, plan, time_lines,
};
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::scheme::{CadenceRule, DutyOf, Scheme, SchemeError, ShortGap, built_in};

fn rotation() -> Scheme {
    built_in("rotation_3m").unwrap().clone()
}

fn assessed(scheme: &Scheme, build: &Build, as_of: &str) -> Assessment {
    assess(scheme, &build.records(), Calendar::built_in(), date(as_of)).unwrap()
}

#[test]
fn one_that_is_too_short_to_count_keeps_no_date_from_another() {
    let mut scheme = rotation();
    scheme.duties[0].minimum_minutes = Some(45);
    let mut build = Build::q1();
    let lecture = json!({"kind": "lecture", "date": "2026-01-20", "minutes": 20});
    build.document["activities"].as_array_mut().unwrap().push(lecture);
    let (records, calendar) = (build.records(), Calendar::built_in());
    let typed = first_allowed(&scheme, &records, calendar, "teaching", date("2026-01-22"), None);
    let typed = typed.unwrap().unwrap();
    assert!(typed.allowed && typed.neighbour.is_none(), "{typed:?}");
    let lines = time_lines(&scheme, &records, calendar, date("2026-01-10")).unwrap();
    assert_eq!((lines[0].planned.len(), lines[0].blocked.len()), (0, 0));
}

#[test]
fn one_left_out_for_a_short_gap_keeps_no_date_from_another() {
    let mut scheme = rotation();
    scheme.duties[0].short_gap = ShortGap::NotCounted;
    let build = Build::q1().lectures(&["2026-01-10", "2026-01-14"]);
    let typed = first_allowed(
        &scheme,
        &build.records(),
        Calendar::built_in(),
        "teaching",
        date("2026-01-17"),
        None,
    );
    let typed = typed.unwrap().unwrap();
    assert!(typed.allowed, "a week after the one that counts: {typed:?}");
    assert_eq!(typed.neighbour, Some(date("2026-01-10")));
}

#[test]
fn a_duty_that_is_not_judged_here_needs_no_plan() {
    let mut scheme = rotation();
    scheme.duties[0].duty_of = DutyOf::Team;
    scheme.duties[1].judged = false;
    let plan = plan(
        &scheme,
        &Build::q1().records(),
        Calendar::built_in(),
        date("2026-01-05"),
        &[],
    );
    for duty in plan.unwrap().duties {
        assert_eq!(duty.state, PlanState::NothingNeeded, "{}", duty.requirement);
        assert!(duty.dates.is_empty());
    }
}

#[test]
fn a_duty_with_a_least_length_can_be_planned() {
    let mut scheme = rotation();
    scheme.duties[0].minimum_minutes = Some(45);
    let plan = plan(
        &scheme,
        &Build::q1().records(),
        Calendar::built_in(),
        date("2026-01-05"),
        &[],
    );
    let teaching = &plan.unwrap().duties[0];
    assert_eq!((teaching.state, teaching.dates.len()), (PlanState::Planned, 4));
}

/// A sheet of one item of 100 points that comes from a requirement.
fn with_points(mut scheme: Scheme, requirement: &str, partial: bool) -> Scheme {
    let clause = json!({"number": "一", "quote": "百分制"});
    let title = json!({"zh": "得分", "en": "Points"});
    let sheet: Value = json!({
        "id": "points", "title": title, "pass_mark": 60, "grades": [], "judged": true, "clause": clause,
        "items": [{"id": "only", "title": title, "weight": 100, "from": {"requirement": requirement},
                   "partial": partial}],
    });
    scheme.points = Some(serde_json::from_value(sheet).unwrap());
    scheme
}

#[test]
fn an_item_in_parts_asks_for_the_number_alone_an_item_as_a_whole_for_all_of_the_duty() {
    // Two lectures lie too close together: the duty fails whatever number is asked.
    let build = Build::new("2026-03-02", "2026-03-29").lectures(&["2026-03-15", "2026-03-16"]);
    for (minimum, partial, points) in [(2, true, 100), (2, false, 0), (4, true, 50), (4, false, 0)] {
        let mut scheme = with_points(rotation(), "teaching", partial);
        scheme.duties[0].minimum = minimum;
        let answer = assessed(&scheme, &build, "2026-03-30");
        assert_eq!(requirement(&answer, "teaching").status, Status::NotMet);
        assert_eq!(
            answer.points.unwrap().total,
            points,
            "{minimum} asked, in parts: {partial}"
        );
    }
    // The same where windows are asked for and both have one.
    for (partial, points) in [(true, 100), (false, 0)] {
        let mut scheme = with_points(rotation(), "teaching", partial);
        scheme.duties[0].minimum = 0;
        scheme.duties[0].cadence.as_mut().unwrap().rule = CadenceRule::Required;
        let answer = assessed(&scheme, &build, "2026-03-30");
        assert_eq!(requirement(&answer, "teaching").status, Status::NotMet);
        assert_eq!(
            answer.points.unwrap().total,
            points,
            "windows, in parts: {partial}"
        );
    }
}

#[test]
fn attendance_that_cannot_be_assessed_gives_no_points() {
    let mut build = Build::new("2026-03-07", "2026-03-08");
    build.document["days"] = json!([]);
    for partial in [true, false] {
        let answer = assessed(
            &with_points(rotation(), "attendance", partial),
            &build,
            "2026-03-09",
        );
        assert_eq!(requirement(&answer, "attendance").status, Status::NotAssessable);
        assert_eq!(answer.points.unwrap().total, 0);
    }
}

#[test]
fn a_subsidy_beyond_all_measure_is_refused() {
    for (field, most) in [
        ("days_per_month", 31),
        ("fen_per_day", 100_000_000),
        ("months", 120),
    ] {
        let mut document = serde_json::to_value(rotation()).unwrap();
        let place = format!("/consequences/subsidy/{field}");
        let ends = [(most, true), (most + 1, false), (i64::from(u32::MAX), false)];
        for (value, holds) in ends {
            *document.pointer_mut(&place).unwrap() = json!(value);
            let refused = match Scheme::from_value(document.clone()) {
                Err(SchemeError::Value { place, allowed, .. }) => Some((place, allowed.en)),
                other => {
                    assert!(other.is_ok());
                    None
                }
            };
            let expected = (!holds).then(|| (place.clone(), format!("0 to {most}")));
            assert_eq!(refused, expected, "{value}");
        }
    }
}

#[test]
fn a_paper_due_after_the_posting_is_asked_for_at_its_end() {
    let mut scheme = rotation();
    scheme.documents.truncate(1);
    for (days, as_of, found) in [
        (30, "2026-02-04", None),
        (30, "2026-02-05", Some(Some(date("2026-02-04")))),
        (200, "2026-04-05", None),
        // Not with a date to come.
        (200, "2026-04-06", Some(None)),
    ] {
        scheme.documents[0].due_days_after_start = Some(days);
        let answer = assessed(&scheme, &Build::q1(), as_of);
        let mut missing = answer.findings.iter();
        let missing = missing.find(|finding| finding.code == FindingCode::DocumentMissing);
        assert_eq!(
            missing.map(|finding| finding.from),
            found,
            "{days} days, as of {as_of}"
        );
    }
}
