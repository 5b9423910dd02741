//! Activities, leaves, roster days and papers.

use chrono::{Datelike, Days, NaiveDate, TimeDelta};
use proptest::prelude::*;
use serde_json::{Value, json};

pub(super) const KINDS: [&str; 6] = [
    "ward_round",
    "lecture",
    "teaching_round",
    "health_education",
    "free_clinic",
    "consultation",
];

pub(super) const TALLIES: [&str; 4] = [
    "outpatient_visits",
    "referrals_up",
    "leaflets",
    "health_education_audience",
];

pub(super) const DOCUMENTS: [&str; 4] = [
    "posting_summary",
    "task_assessment_sheet",
    "mentoring_plan",
    "written_appraisal",
];

pub(super) fn activity(kind: usize, date: NaiveDate, tallies: u8, marked: u8) -> Value {
    let mut activity = json!({"kind": KINDS[kind], "date": date});
    match tallies {
        1 => activity["tallies"] = json!({"health_education_audience": 40}),
        2 => activity["tallies"] = json!({"outpatient_visits": 2, "leaflets": 0}),
        3 => activity["tallies"] = Value::Null,
        _ => {}
    }
    match marked / 6 {
        1 => activity["minutes"] = json!(44),
        2 => activity["minutes"] = json!(45),
        3 => activity["minutes"] = json!(120),
        _ => {}
    }
    match marked % 6 {
        1 => activity["counts_toward_assessment"] = json!(true),
        2 => activity["counts_toward_assessment"] = Value::Null,
        3 => activity["counts_toward_assessment"] = json!(false),
        _ => {}
    }
    activity
}

pub(super) fn numbered(mut activities: Vec<Value>) -> Vec<Value> {
    for (number, activity) in activities.iter_mut().enumerate() {
        activity["id"] = json!(format!("0199a1c2-0000-7000-8000-{number:012}"));
    }
    activities
}

pub(super) const LEAVE_KINDS: [&str; 4] = ["personal_leave", "sick_leave", "annual_leave", "home_leave"];

type RawLeave = (u64, u64, usize, usize, bool, usize);

pub(super) fn leave_list(start: NaiveDate, raw: &[RawLeave]) -> Vec<Value> {
    let half = |number: u64| {
        let date = start - Days::new(3) + Days::new(number / 2);
        (
            date,
            if number.is_multiple_of(2) {
                "morning"
            } else {
                "afternoon"
            },
        )
    };
    let mut next = 0;
    let mut leaves = Vec::new();
    for (number, (gap, length, approval, notification, explained, kind)) in raw.iter().enumerate() {
        let (from, from_half) = half(next + gap);
        let (to, to_half) = half(next + gap + length - 1);
        next += gap + length;
        let approval = match approval {
            0 => Value::Null,
            1 => json!({"by": "", "on": null}),
            2 => json!({"by": "　", "on": null}),
            3 => json!({"by": "王院长", "on": null}),
            4 => json!({"by": null, "on": from}),
            5 => json!({"by": "王院长", "on": from + Days::new(1)}),
            6 => json!({"by": "王院长", "on": from}),
            _ => json!({"by": "王院长", "on": from - Days::new(1)}),
        };
        let notification = match notification {
            0 => Value::Null,
            1 => json!({"to": "医务部", "on": null}),
            2 => json!({"to": " ", "on": from}),
            3 => json!({"to": null, "on": from}),
            _ => json!({"to": "医务部", "on": from}),
        };
        leaves.push(json!({
            "id": format!("0199a1c2-1111-7000-8000-{number:012}"),
            "kind": LEAVE_KINDS[*kind],
            "from": from,
            "from_half": from_half,
            "to": to,
            "to_half": to_half,
            "recipient_approval": approval,
            "notification": notification,
            "written_explanation": if *explained { json!({"on": from}) } else { Value::Null },
        }));
    }
    leaves
}

pub(super) fn override_list(
    start: NaiveDate,
    end: NaiveDate,
    only_rest_days: bool,
    raw: &[(i64, bool)],
    within: &dyn Fn(i64) -> NaiveDate,
) -> Vec<Value> {
    let entry = |date: NaiveDate, kind: &str| json!({"date": date, "kind": kind, "reason": "排班"});
    if only_rest_days {
        return start
            .iter_days()
            .take_while(|date| *date <= end)
            .map(|date| entry(date, "rest_day"))
            .collect();
    }
    let mut overrides: Vec<Value> = Vec::new();
    for (offset, workday) in raw {
        let date = within(*offset);
        let mut one = entry(date, if *workday { "workday" } else { "rest_day" });
        if offset % 3 == 0 {
            one["holiday"] = json!("春节");
            one["arrangement_year"] = json!(date.year());
        }
        if !overrides.iter().any(|other| other["date"] == one["date"]) {
            overrides.push(one);
        }
    }
    overrides
}

/// A document, and when it was handed in: so many days after `as_of`, or not.
pub(super) fn document() -> impl Strategy<Value = (usize, Option<i64>)> {
    (0..DOCUMENTS.len(), proptest::option::of(-6..6_i64))
}

pub(super) fn document_list(as_of: NaiveDate, raw: &[(usize, Option<i64>)]) -> Vec<Value> {
    let day = |offset: Option<i64>| offset.map(|days| as_of + TimeDelta::days(days));
    let first = |place: usize| raw[..place].iter().all(|(kind, _)| *kind != raw[place].0);
    raw.iter()
        .enumerate()
        .filter(|(place, _)| first(*place))
        .map(|(_, (kind, offset))| json!({"kind": DOCUMENTS[*kind], "submitted_on": day(*offset)}))
        .collect()
}

/// Half-days between two leaves: none, a weekend, or more.
pub(super) fn gaps() -> impl Strategy<Value = u64> {
    prop_oneof![Just(0_u64), Just(4_u64), 0..3_u64, 0..20_u64, 0..120_u64]
}

/// Half-days of a leave, often around the three-day line.
pub(super) fn leave_lengths() -> impl Strategy<Value = u64> {
    prop_oneof![8 => 1..5_u64, 6 => 5..8_u64, 2 => 1..20_u64, 1 => 1..120_u64]
}
