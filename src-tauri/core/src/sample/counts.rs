//! What a sample's days count.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::random::Random;
use crate::scheme::{CadenceWindow, QuotaPer, Scheme};

/// What only some schemes show: the key, in how many days of a thousand, and the most a day.
const RARE: &[(&str, u32, u32)] = &[
    ("emergency_visits", 120, 3),
    ("operations", 90, 2),
    ("anaesthesias", 40, 1),
    ("difficult_deliveries", 15, 1),
    ("rehabilitation_treatments", 250, 6),
    ("family_planning_guidance", 120, 5),
    ("immunizations", 100, 18),
    ("check_ups", 100, 20),
    ("health_education_issues", 40, 1),
    ("suggestions", 25, 1),
    ("new_techniques", 12, 1),
    ("rules_written", 15, 2),
];

/// A day's counts. What did not happen stays blank: blank is not zero.
pub(super) fn of_day(random: &mut Random, scheme: &Scheme) -> Map<String, Value> {
    let mut tallies = Map::new();
    tallies.insert("outpatient_visits".into(), random.between(9, 31).into());
    for (key, percent, most) in [
        ("ward_patients_seen", 55, 12),
        ("consultations", 15, 2),
        ("referrals_up", 18, 2),
        ("referrals_down", 6, 1),
        ("health_records_created", 20, 8),
        ("rescued_critical_patients", 2, 1),
    ] {
        if random.chance(percent) {
            tallies.insert(key.into(), random.between(1, most).into());
        }
    }
    rare(random, scheme, &mut tallies);
    tallies
}

/// The counts of a day's visit: a clinic in the morning where the scheme shows one.
pub(super) fn of_visit(random: &mut Random, scheme: &Scheme) -> Map<String, Value> {
    let mut tallies = Map::new();
    for (key, least, most) in [
        ("outpatient_visits", 6, 14),
        ("ward_patients_seen", 2, 8),
        ("consultations", 1, 2),
        ("rehabilitation_treatments", 2, 6),
        ("suggestions", 1, 3),
        ("rules_written", 1, 1),
    ] {
        if scheme.tallies.iter().any(|known| known == key) {
            tallies.insert(key.into(), random.between(least, most).into());
        }
    }
    tallies
}

fn rare(random: &mut Random, scheme: &Scheme, tallies: &mut Map<String, Value>) {
    let shown = |key: &str| scheme.tallies.iter().any(|known| known == key);
    for (key, of_a_thousand, most) in RARE.iter().filter(|(key, ..)| shown(key)) {
        if random.between(1, 1_000) <= *of_a_thousand {
            tallies.insert((*key).into(), random.between(1, *most).into());
        }
    }
}

/// Adds what is missing of the numbers the scheme asks for, spread over the days, and what is given once.
pub(super) fn complete(scheme: &Scheme, start: NaiveDate, days: &mut [Value], activities: &[Value]) {
    for quota in &scheme.quotas {
        // What is only summed is not left at nothing.
        let wanted = u64::from(quota.minimum.max(1));
        let length = match quota.per {
            QuotaPer::Posting => u32::MAX,
            QuotaPer::PostingYear => 1,
        };
        let mut begun = 0;
        for year in 0.. {
            // ISO dates sort as their texts do; a posting that is not cut into years is one that never ends.
            let span = CadenceWindow::PostingYears(length).nth(start, year);
            let to = span.map_or_else(|| "9999-12-31".to_owned(), |(_, to)| to.to_string());
            let end = days.partition_point(|day| day["date"].as_str() <= Some(&to));
            let from = span.map_or_else(String::new, |(from, _)| from.to_string());
            let within = activities.iter().filter(|one| {
                let date = one["date"].as_str();
                Some(from.as_str()) <= date && date <= Some(&to)
            });
            let done = sum(days[begun..end].iter().chain(within), &quota.tally);
            spread(
                &mut days[begun..end],
                &quota.tally,
                wanted.saturating_sub(done),
                1,
            );
            begun = end;
            if end == days.len() {
                break;
            }
        }
    }
    for (key, times, each) in [("equipment_donated", 2, 3), ("donation_value_fen", 2, 1_000_000)] {
        if scheme.tallies.iter().any(|known| known == key) {
            spread(days, key, times, each);
        }
    }
}

/// What days and activities count of a statistic.
fn sum<'a>(records: impl Iterator<Item = &'a Value>, key: &str) -> u64 {
    records.filter_map(|one| one["tallies"][key].as_u64()).sum()
}

/// `each` more on so many days, evenly apart; again from the front where there are fewer days than that.
fn spread(days: &mut [Value], key: &str, times: u64, each: u64) {
    let count = days.len() as u64;
    for nth in 0..times {
        let place = if times <= count {
            (nth * 2 + 1) * count / (times * 2)
        } else {
            nth % count.max(1)
        };
        if let Some(day) = usize::try_from(place).ok().and_then(|place| days.get_mut(place)) {
            let sum = day["tallies"][key].as_u64().unwrap_or(0) + each;
            day["tallies"][key] = json!(sum);
        }
    }
}
