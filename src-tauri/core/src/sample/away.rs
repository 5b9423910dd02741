//! The leaves of a sample, by the proper route.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde_json::{Value, json};

use super::random::Random;
use super::{Plan, seconds};
use crate::calendar::Workdays;
use crate::posting::Kind;
use crate::scheme::{Allowance, CadenceWindow, Scheme};

/// The Fridays whose afternoon begins a trip home, with the kind of leave that it is: as often as the scheme allows in each
/// month of the posting, no trip next to anything else out of the ordinary.
pub(super) fn trips_home(
    scheme: &Scheme,
    workdays: &Workdays,
    taken: &BTreeSet<NaiveDate>,
) -> Vec<(NaiveDate, Allowance)> {
    let days: Vec<_> = workdays.days().collect();
    let Some(start) = days.first().map(|day| day.date) else {
        return Vec::new();
    };
    let workday = |date: NaiveDate| days.iter().any(|day| day.date == date && day.workday);
    let free = |friday: NaiveDate| {
        let around = |days: i64| friday.checked_add_signed(chrono::Duration::days(days));
        let quiet = (-3..=3).filter_map(around).all(|date| !taken.contains(&date));
        let rests = [1, 2].into_iter().filter_map(around).all(|date| !workday(date));
        friday.weekday() == Weekday::Fri && workday(friday) && quiet && rests
    };
    let fridays: Vec<NaiveDate> = days
        .iter()
        .map(|day| day.date)
        .filter(|date| free(*date))
        .collect();
    let mut trips: Vec<(NaiveDate, Allowance)> = Vec::new();
    for allowance in &scheme.allowances {
        let months = (0..)
            .map_while(|month| CadenceWindow::PostingMonths(1).nth(start, month))
            .take_while(|(from, _)| days.last().is_some_and(|last| *from <= last.date));
        for (from, to) in months {
            let mut left = allowance.per_posting_month;
            for friday in fridays.iter().filter(|friday| from <= **friday && **friday <= to) {
                let far = |(other, _): &(NaiveDate, Allowance)| (*friday - *other).num_days().abs() >= 14;
                if left > 0 && trips.iter().all(far) {
                    trips.push((*friday, allowance.clone()));
                    left -= 1;
                }
            }
        }
    }
    trips
}

pub(super) fn leaves(random: &mut Random, plan: &Plan, head: &str, office: &str) -> Vec<Value> {
    let mut leaves = Vec::new();
    if let Some((first, second)) = plan.leave {
        let before = first.pred_opt();
        leaves.push(json!({
            "id": random.id(seconds(first)),
            "kind": "personal_leave",
            "from": first,
            "from_half": "afternoon",
            "to": second,
            "to_half": "afternoon",
            "reason": random.pick(&["家中老人住院陪护", "孩子家长会", "回市里办理证件"]),
            "recipient_approval": {"by": head, "on": before},
            "notification": {"to": office, "on": before},
            "returned_on": second.succ_opt(),
        }));
    }
    for (friday, allowance) in &plan.trips_home {
        let before = friday.pred_opt();
        leaves.push(json!({
            "id": random.id(seconds(*friday)),
            "kind": allowance.leave.name(),
            "from": friday,
            "from_half": "afternoon",
            "to": friday,
            "to_half": "afternoon",
            "reason": "周末回家探亲",
            "recipient_approval": {"by": head, "on": before},
            "notification": {"to": office, "on": before},
            "returned_on": friday.checked_add_days(Days::new(3)),
        }));
    }
    leaves
}
