//! What must hold between records, after each has been read by itself.

use super::faults::{Fault, Problem};
use super::fields::Found;
use super::kinds::Kind;
use super::records::Records;
use super::tallies::tally_of;
use std::collections::HashMap;
use std::hash::Hash;

/// Finds every fault between the records, list by list.
pub(super) fn between(records: &Records, found: &mut Found) {
    let items = &records.tally_items;
    repeated(
        items.iter().map(|item| Some(item.key.clone())),
        "tally_items",
        "key",
        found,
    );
    for (index, item) in items.iter().enumerate() {
        let fine = item
            .key
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if item.key.is_empty() || !fine || tally_of(&item.key).is_some() {
            let problem = Problem::UnknownKind {
                allowed: vec!["a-z 0-9 _".into()],
            };
            let pointer = format!("{}/key", found.place("tally_items", index));
            found.add(Fault {
                pointer,
                value: Some(item.key.clone()),
                problem,
            });
        }
    }
    let overrides = records.calendar_overrides.iter().map(|item| Some(item.date));
    repeated(overrides, "calendar_overrides", "date", found);
    repeated(
        records.days.iter().map(|day| Some(day.date)),
        "days",
        "date",
        found,
    );
    repeated(
        records.activities.iter().map(|activity| activity.id),
        "activities",
        "id",
        found,
    );
    repeated(
        records.leaves.iter().map(|leave| Some(leave.id)),
        "leaves",
        "id",
        found,
    );
    leaves(records, found);
    repeated(
        records
            .documents
            .iter()
            .map(|document| Some(document.kind.name())),
        "documents",
        "kind",
        found,
    );
    repeated(
        records.problems.iter().map(|problem| problem.id),
        "problems",
        "id",
        found,
    );
}

fn repeated<K: Hash + Eq + ToString>(
    keys: impl Iterator<Item = Option<K>>,
    list: &str,
    field: &str,
    found: &mut Found,
) {
    let mut seen = HashMap::new();
    for (index, key) in keys.enumerate() {
        let Some(key) = key else { continue };
        match seen.get(&key) {
            Some(&first) => {
                let pointer = format!("{}/{field}", found.place(list, index));
                let value = Some(key.to_string());
                let first = format!("{}/{field}", found.place(list, first));
                found.add(Fault {
                    pointer,
                    value,
                    problem: Problem::Repeated { first },
                });
            }
            None => {
                seen.insert(key, index);
            }
        }
    }
}

fn leaves(records: &Records, found: &mut Found) {
    let mut order: Vec<(usize, &super::Leave)> = Vec::new();
    for (index, leave) in records.leaves.iter().enumerate() {
        if leave.last() < leave.first() {
            let pointer = format!("{}/to", found.place("leaves", index));
            let value = Some(leave.to.to_string());
            found.add(Fault {
                pointer,
                value,
                problem: Problem::EndsBeforeStart,
            });
        } else {
            order.push((index, leave));
        }
    }
    order.sort_by_key(|(index, leave)| (leave.first(), *index));
    // The one that reaches furthest so far is the only one that a later start can fall into first.
    let mut furthest: Option<(usize, &super::Leave)> = None;
    for (index, leave) in order {
        match furthest {
            Some((other, reaching)) if leave.first() <= reaching.last() => {
                let (first, second) = (other.min(index), other.max(index));
                let pointer = format!("{}/from", found.place("leaves", second));
                let value = Some(records.leaves[second].from.to_string());
                let other = found.place("leaves", first);
                found.add(Fault {
                    pointer,
                    value,
                    problem: Problem::Overlaps { other },
                });
                if leave.last() > reaching.last() {
                    furthest = Some((index, leave));
                }
            }
            _ => furthest = Some((index, leave)),
        }
    }
}
