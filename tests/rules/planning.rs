//! Plans: whatever any dates could do the planner does, and what it proposes the engine accepts.

use crate::build::{Build, date, requirement};
use crate::generator::cases;
use crate::properties::{check, scheme_of};
use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::{Value, json};
use xiaxiangzhi_core::assess::{
    FixedDate, Plan, PlanState, Status, WhyRefused, assess, assess_looking_ahead, plan,
};
use xiaxiangzhi_core::calendar::{Calendar, Workdays};
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::scheme::{CadenceRule, CadenceWindow, Scheme, ShortGap, built_in};

fn rotation() -> &'static Scheme {
    built_in("rotation_3m").unwrap()
}

fn planned(build: &Build, as_of: &str, fixed: &[(&str, &str)]) -> Plan {
    let fixed: Vec<FixedDate> = fixed
        .iter()
        .map(|(requirement, on)| FixedDate {
            requirement: (*requirement).into(),
            date: date(on),
        })
        .collect();
    plan(
        rotation(),
        &build.records(),
        Calendar::built_in(),
        date(as_of),
        &fixed,
    )
    .unwrap()
}

fn dates(plan: &Plan, id: &str) -> Vec<String> {
    let duty = plan.duties.iter().find(|duty| duty.requirement == id).unwrap();
    duty.dates
        .iter()
        .map(|planned| planned.date.to_string())
        .collect()
}

/// The records with everything planned done.
fn followed(document: &Value, plan: &Plan) -> Records {
    let mut document = document.clone();
    for duty in &plan.duties {
        for planned in &duty.dates {
            for _ in 0..planned.times {
                let activity = json!({"kind": duty.kind, "date": planned.date, "minutes": 600});
                document["activities"].as_array_mut().unwrap().push(activity);
            }
        }
    }
    Records::from_value(document).unwrap()
}

fn after(records: &Records) -> NaiveDate {
    records.posting.end.succ_opt().unwrap()
}

/// The posting of the pictures: three lectures and seven rounds on 19 March.
fn march() -> Build {
    Build::q1()
        .lectures(&["2026-01-14", "2026-01-28", "2026-03-13"])
        .rounds(&[
            "2026-01-06",
            "2026-01-13",
            "2026-01-20",
            "2026-01-27",
            "2026-02-10",
            "2026-02-25",
            "2026-03-10",
        ])
}

#[test]
fn what_is_still_needed_is_planned_in_the_rhythm_and_in_time() {
    let plan = planned(&march(), "2026-03-19", &[]);
    // A fortnight after 13 March; the round of this week, which has none yet.
    assert_eq!(dates(&plan, "teaching"), ["2026-03-27"]);
    assert_eq!(dates(&plan, "rounds"), ["2026-03-20"]);
    assert_eq!(plan.duties[0].dates[0].ordinal, 4);
    assert_eq!(plan.duties[0].last_safe_date, Some(date("2026-04-05")));
}

#[test]
fn an_empty_posting_is_planned_on_workdays_a_lecture_a_fortnight_and_a_round_a_week() {
    let build = Build::q1();
    let plan = planned(&build, "2026-01-05", &[]);
    assert_eq!(
        dates(&plan, "teaching"),
        ["2026-01-13", "2026-01-27", "2026-02-10", "2026-02-24"],
        "the fortnight of the Spring Festival has its lecture on its first workday after"
    );
    let rounds = dates(&plan, "rounds");
    assert_eq!(rounds.len(), 8);
    assert!(
        plan.duties
            .iter()
            .all(|duty| duty.dates.iter().all(|planned| !planned.rest_day))
    );
    let ended = assess(
        rotation(),
        &followed(&build.document, &plan),
        Calendar::built_in(),
        date("2026-04-06"),
    );
    let ended = ended.unwrap();
    for id in ["teaching", "rounds"] {
        assert_eq!(requirement(&ended, id).status, Status::Met, "{id}");
    }
}

#[test]
fn a_plan_adapts_to_what_is_recorded_and_to_leave() {
    let away = march().leave("2026-03-23 morning", "2026-03-27 afternoon", json!({}));
    // Before the leave, so that this fortnight has its lecture too.
    assert_eq!(
        dates(&planned(&away, "2026-03-19", &[]), "teaching"),
        ["2026-03-20"]
    );
    let done = march().lectures(&["2026-03-20"]).rounds(&["2026-03-20"]);
    let plan = planned(&done, "2026-03-20", &[]);
    assert!(
        plan.duties
            .iter()
            .all(|duty| duty.state == PlanState::NothingNeeded)
    );
    // What is entered ahead counts as planned already.
    let ahead = march().lectures(&["2026-04-01"]);
    assert_eq!(
        dates(&planned(&ahead, "2026-03-19", &[]), "teaching"),
        Vec::<String>::new()
    );
    // A broken gap cannot be planned away.
    let broken = march().lectures(&["2026-03-16"]);
    let state = planned(&broken, "2026-03-19", &[]).duties[0].state;
    assert_eq!(state, PlanState::Impossible);
}

#[test]
fn a_fixed_date_is_kept_where_the_rules_allow_it_and_refused_with_the_reason_where_not() {
    let build = march().leave("2026-03-30 morning", "2026-03-30 afternoon", json!({}));
    let plan = planned(&build, "2026-03-19", &[("teaching", "2026-04-02")]);
    assert_eq!(dates(&plan, "teaching"), ["2026-04-02"]);
    assert!(plan.duties[0].dates[0].fixed && plan.refused.is_empty());
    for (id, on, why, neighbour) in [
        ("teaching", "2026-03-18", WhyRefused::Past, None),
        ("teaching", "2026-04-06", WhyRefused::OutsidePosting, None),
        ("teaching", "2026-03-30", WhyRefused::OnLeave, None),
        ("teaching", "2026-03-19", WhyRefused::ShortGap, Some("2026-03-13")),
        ("nothing", "2026-03-20", WhyRefused::UnknownRequirement, None),
    ] {
        let plan = planned(&build, "2026-03-19", &[(id, on)]);
        let refused: Vec<_> = plan
            .refused
            .iter()
            .map(|refused| (refused.why, refused.neighbour))
            .collect();
        assert_eq!(refused, [(why, neighbour.map(date))], "{id} on {on}");
    }
    // Two lectures to go in the last eight days: only the first and the last day will do.
    let two = Build::q1().lectures(&["2026-01-14", "2026-01-28"]);
    let plan = planned(&two, "2026-03-29", &[("teaching", "2026-04-01")]);
    assert_eq!(plan.refused[0].why, WhyRefused::NoRoom);
    assert_eq!(dates(&plan, "teaching"), ["2026-03-29", "2026-04-05"]);
    assert!(plan.duties[0].dates.iter().all(|planned| planned.rest_day));
}

#[test]
fn where_there_are_fewer_dates_than_are_needed_dates_are_used_twice() {
    let mut scheme = rotation().clone();
    (scheme.duties[1].minimum, scheme.duties[1].max_per_day) = (5, Some(3));
    let build = Build::q1();
    let plan = plan(
        &scheme,
        &build.records(),
        Calendar::built_in(),
        date("2026-04-04"),
        &[],
    )
    .unwrap();
    let times: Vec<u32> = plan.duties[1].dates.iter().map(|planned| planned.times).collect();
    assert_eq!(times, [3, 2]);
    let records = followed(&build.document, &plan);
    let ended = assess(&scheme, &records, Calendar::built_in(), after(&records)).unwrap();
    assert_eq!(requirement(&ended, "rounds").status, Status::Met);
}

/// Any untidy posting under any numbers: the plan says what the engine's own forecast says, and following it meets the duty.
#[test]
fn a_plan_exists_where_the_duty_can_still_be_met_and_following_it_meets_it() {
    check(500, &cases(), |case| {
        let records = Records::from_value(case.document.clone()).unwrap();
        let scheme = scheme_of(&case);
        let calendar = Calendar::built_in();
        let plan = plan(&scheme, &records, calendar, case.as_of, &[]).unwrap();
        let now = assess_looking_ahead(&scheme, &records, calendar, case.as_of).unwrap();
        let done = followed(&case.document, &plan);
        let ended = assess(&scheme, &done, calendar, after(&done).max(case.as_of)).unwrap();
        let overrides = records.calendar_overrides.iter().map(|each| {
            let kind = serde_json::to_value(each.kind).unwrap();
            (each.date, kind == "workday")
        });
        let (start, end) = (records.posting.start, records.posting.end);
        let workdays = Workdays::new(calendar, start, end, overrides).unwrap();
        for duty in &plan.duties {
            let status = requirement(&now, &duty.requirement).status;
            let expected = match status {
                Status::Met | Status::Recorded => PlanState::NothingNeeded,
                Status::Reachable => PlanState::Planned,
                _ => PlanState::Impossible,
            };
            let expected = if case.as_of > end {
                PlanState::Impossible
            } else {
                expected
            };
            if !shares_kinds(&scheme, &duty.requirement) {
                prop_assert_eq!(duty.state, expected, "{} is {:?}", duty.requirement, status);
            }
            prop_assert_eq!(duty.dates.is_empty(), duty.state != PlanState::Planned);
            if duty.state == PlanState::Planned {
                prop_assert_eq!(requirement(&ended, &duty.requirement).status, Status::Met);
                let counted = requirement(&ended, &duty.requirement).counted.as_ref().unwrap();
                for planned in &duty.dates {
                    prop_assert!(counted.contains(&planned.date), "{} does not count", planned.date);
                }
            }
            for planned in &duty.dates {
                prop_assert!(case.as_of.max(start) <= planned.date && planned.date <= end);
                prop_assert_eq!(planned.rest_day, !workdays.is_workday(planned.date));
            }
            let last = requirement(&now, &duty.requirement).last_safe_date;
            if let (Some(first), Some(last)) = (duty.dates.first(), last) {
                prop_assert!(first.date <= last, "{} after {}", first.date, last);
            }
        }
        Ok(())
    });
}

/// Whether another duty counts a kind of activity that this one counts: they can spoil each other's dates.
fn shares_kinds(scheme: &Scheme, id: &str) -> bool {
    let kinds = |of_this: bool| {
        let duties = scheme
            .duties
            .iter()
            .filter(move |duty| (duty.id == id) == of_this);
        duties.flat_map(|duty| duty.kinds.iter())
    };
    kinds(true).any(|kind| kinds(false).any(|other| other == kind))
}

/// Short postings, for which every choice of dates can be tried.
#[derive(Debug, Clone)]
struct Small {
    document: Value,
    scheme: Scheme,
    as_of: NaiveDate,
    fixed: Vec<NaiveDate>,
}

fn smalls() -> impl Strategy<Value = Small> {
    let duty = (
        0..4_u32,
        0..5_u32,
        any::<bool>(),
        prop_oneof![Just(None), (1..3_u32).prop_map(Some)],
    );
    let cadence = prop_oneof![
        Just(None),
        (2..5_u32, any::<bool>(), any::<bool>()).prop_map(Some),
    ];
    (
        1..9_i64,
        0..5_i64,
        duty,
        cadence,
        proptest::collection::vec(0..9_i64, 0..3),
        proptest::collection::vec(0..9_i64, 0..3),
        proptest::collection::vec(0..9_i64, 0..2),
    )
        .prop_map(|(length, gone, duty, cadence, done, away, fixed)| {
            let start = date("2026-02-26");
            let on = |offset: i64| start + chrono::TimeDelta::days(offset);
            let mut away = away;
            away.sort_unstable();
            away.dedup();
            let leaves = away.iter().enumerate().map(|(nth, offset)| {
                json!({"id": format!("00000000-0000-7000-8000-{nth:012}"), "kind": "sick_leave", "from": on(*offset),
                       "from_half": "morning", "to": on(*offset), "to_half": "afternoon"})
            });
            let document = json!({
                "format": "xiaxiangzhi.posting", "version": 1,
                "posting": {"id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a11", "start": start, "end": on(length - 1),
                            "scheme": "rotation_3m"},
                "activities": done.iter().map(|offset| json!({"kind": "lecture", "date": on(*offset)}))
                    .collect::<Vec<_>>(),
                "leaves": leaves.collect::<Vec<_>>(),
            });
            let mut scheme = rotation().clone();
            let teaching = &mut scheme.duties[0];
            teaching.minimum = duty.0;
            teaching.minimum_gap_days = duty.1;
            teaching.short_gap = if duty.2 { ShortGap::Fail } else { ShortGap::NotCounted };
            teaching.max_per_day = duty.3;
            teaching.cadence = cadence.and_then(|(days, required, skip)| {
                let mut cadence = teaching.cadence.clone()?;
                cadence.window = CadenceWindow::Days(days);
                cadence.skip_without_workday = skip;
                cadence.rule = if required { CadenceRule::Required } else { CadenceRule::Finding };
                Some(cadence)
            });
            Small { document, scheme, as_of: on(gone), fixed: fixed.into_iter().map(on).collect() }
        })
}

impl Small {
    fn records(&self, more: &[NaiveDate], times: u32) -> Records {
        let mut document = self.document.clone();
        for date in more {
            for _ in 0..times {
                let lecture = json!({"kind": "lecture", "date": date});
                document["activities"].as_array_mut().unwrap().push(lecture);
            }
        }
        Records::from_value(document).unwrap()
    }

    /// Whether some dates from `as_of` on, these among them, meet the duty with all that counted before still counting.
    fn can_be_met(&self, fixed: &[NaiveDate]) -> bool {
        let bare = self.records(&[], 0);
        let open: Vec<NaiveDate> = self
            .as_of
            .iter_days()
            .take_while(|date| *date <= bare.posting.end)
            .collect();
        let counted = |records: &Records| {
            let ended = assess(&self.scheme, records, Calendar::built_in(), after(&bare)).unwrap();
            let teaching = requirement(&ended, "teaching");
            (teaching.status, teaching.counted.clone().unwrap())
        };
        let (_, before) = counted(&bare);
        // One a date, or as many as could ever be of use.
        [1, 4].into_iter().any(|times| {
            (0..1_u32 << open.len()).any(|choice| {
                let chosen: Vec<NaiveDate> = open
                    .iter()
                    .enumerate()
                    .filter(|(bit, _)| choice >> bit & 1 == 1)
                    .map(|(_, date)| *date)
                    .collect();
                if !fixed.iter().all(|date| chosen.contains(date)) {
                    return false;
                }
                let (status, now) = counted(&self.records(&chosen, times));
                let kept = before.iter().all(|date| now.contains(date));
                let useful = chosen.iter().all(|date| {
                    let count = |dates: &[NaiveDate]| dates.iter().filter(|other| *other == date).count();
                    count(&now) > count(&before)
                });
                status == Status::Met && kept && useful
            })
        })
    }
}

#[test]
fn the_planner_finds_a_plan_exactly_where_trying_every_choice_finds_one() {
    check(250, &smalls(), |small| {
        let records = small.records(&[], 0);
        prop_assume!(small.as_of <= records.posting.end);
        let fixed: Vec<FixedDate> = small
            .fixed
            .iter()
            .map(|date| FixedDate {
                requirement: "teaching".into(),
                date: *date,
            })
            .collect();
        let made = plan(&small.scheme, &records, Calendar::built_in(), small.as_of, &fixed).unwrap();
        let teaching = &made.duties[0];
        let possible = small.can_be_met(&[]);
        prop_assert_eq!(teaching.state != PlanState::Impossible, possible);
        if possible {
            let done = followed(&small.document, &made);
            let ended = assess(&small.scheme, &done, Calendar::built_in(), after(&done)).unwrap();
            prop_assert_eq!(requirement(&ended, "teaching").status, Status::Met);
            let refused: Vec<NaiveDate> = made
                .refused
                .iter()
                .filter(|each| each.requirement == "teaching")
                .map(|each| each.date)
                .collect();
            let mut kept: Vec<NaiveDate> = Vec::new();
            for date in &small.fixed {
                if kept.contains(date) {
                    continue;
                }
                kept.push(*date);
                let holds = *date >= small.as_of && small.can_be_met(&kept);
                if !holds {
                    kept.pop();
                }
                prop_assert_eq!(refused.contains(date), !holds, "{} fixed", date);
            }
        }
        Ok(())
    });
}
