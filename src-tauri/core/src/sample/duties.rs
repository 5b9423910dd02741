//! The counted duties of a sample: as often and as far apart as the scheme asks.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::random::Random;
use super::{Plan, seconds, words};
use crate::calendar::Workdays;
use crate::posting::{ActivityKind, Kind};
use crate::scheme::{CadenceWindow, Duty, Scheme};

/// All activities, by date.
pub(super) fn activities(
    random: &mut Random,
    scheme: &Scheme,
    workdays: &Workdays,
    plan: &Plan,
    department: &words::Department,
) -> Vec<Value> {
    let mut dated: Vec<(NaiveDate, Value)> = Vec::new();
    for duty in &scheme.duties {
        let taken = plan.taken();
        let dates = dates(random, duty, workdays, &taken);
        for (number, date) in dates.into_iter().enumerate() {
            let kind = duty.kinds[number % duty.kinds.len()];
            dated.push((date, activity(random, kind, date, number, department)));
        }
    }
    if let Some(date) = plan.free_clinic {
        dated.push((
            date,
            activity(random, ActivityKind::FreeClinic, date, 0, department),
        ));
    }
    dated.sort_by_key(|(date, _)| *date);
    dated.into_iter().map(|(_, activity)| activity).collect()
}

/// One date in each window that has a free workday, gaps kept.
fn dates(
    random: &mut Random,
    duty: &Duty,
    workdays: &Workdays,
    taken: &BTreeSet<NaiveDate>,
) -> Vec<NaiveDate> {
    let mut dates: Vec<NaiveDate> = Vec::new();
    for window in windows(duty, workdays) {
        let far_enough = |date: &NaiveDate| {
            dates
                .last()
                .is_none_or(|last| (*date - *last).num_days() >= i64::from(duty.minimum_gap_days.max(1)))
        };
        let free: Vec<NaiveDate> = window
            .into_iter()
            .filter(|date| !taken.contains(date))
            .filter(far_enough)
            .collect();
        // From the middle of the window, so that neighbours stay well apart.
        let middle = &free[free.len() / 4..free.len() - free.len() / 4];
        if !middle.is_empty() {
            dates.push(random.pick(middle));
        }
    }
    dates
}

/// The workdays of each window; without a cadence, of as many stretches as must count and one more.
fn windows(duty: &Duty, workdays: &Workdays) -> Vec<Vec<NaiveDate>> {
    let all: Vec<NaiveDate> = workdays.days().map(|day| day.date).collect();
    let (Some(&first), Some(&last)) = (all.first(), all.last()) else {
        return Vec::new();
    };
    let window = duty.cadence.as_ref().map_or_else(
        || {
            let length = u32::try_from((last - first).num_days() + 1).unwrap_or(u32::MAX);
            CadenceWindow::Days((length / (duty.minimum.max(1) + 1)).max(1))
        },
        |cadence| cadence.window,
    );
    let workdays: Vec<NaiveDate> = workdays.workdays().collect();
    (0..)
        .map_while(|index| window.nth(first, index))
        .take_while(|(from, _)| *from <= last)
        .map(|(from, to)| {
            let within = |date: &NaiveDate| from <= *date && *date <= to;
            workdays.iter().copied().filter(within).collect()
        })
        .collect()
}

fn activity(
    random: &mut Random,
    kind: ActivityKind,
    date: NaiveDate,
    number: usize,
    department: &words::Department,
) -> Value {
    let id = random.id(seconds(date));
    let mut activity = json!({"id": id, "kind": kind.name(), "date": date, "counts_toward_assessment": true});
    let details = match kind {
        ActivityKind::Lecture | ActivityKind::HealthEducation => json!({
            "title": department.lectures[number % department.lectures.len()],
            "place": random.pick(&["二楼会议室", "门诊楼示教室", "远程教室"]),
            "minutes": random.pick(&[45, 60, 60, 90]),
            "participants": random.between(8, 19),
            "audience": random.pick(&["卫生院医护", "卫生院医护和村医", "全体临床人员"]),
        }),
        ActivityKind::FreeClinic => {
            let visits = random.between(52, 96);
            json!({
                "title": "集市日义诊",
                "place": "镇集市",
                "minutes": 180,
                "participants": visits,
                "tallies": {
                    "free_clinic_visits": visits,
                    "hypertension_found": visits / random.between(3, 5),
                    "leaflets": visits + random.between(10, 60),
                },
            })
        }
        _ => json!({
            "title": random.pick(department.rounds),
            "place": random.pick(&["内一病区", "综合病区", "住院部二楼"]),
            "minutes": random.pick(&[40, 50, 60]),
            "participants": random.between(3, 8),
        }),
    };
    if let (Some(into), Value::Object(details)) = (activity.as_object_mut(), details) {
        into.extend(details);
    }
    activity
}
