//! Which records differ between two states of a posting.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Beside, Entity, Log};

/// A record that is not the same in two states of a posting.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordDifference {
    /// The kind of record.
    pub entity: Entity,
    /// Its key.
    pub key: String,
    /// What it is now; none where it is not there.
    pub now: Option<Value>,
    /// What it was then; none where it was not there.
    pub then: Option<Value>,
}

/// The records that differ between two states, in the order of kinds and keys. What was erased since stays erased.
pub fn record_differences(now: (&Log, &Beside), then: (&Log, &Beside)) -> Vec<RecordDifference> {
    let mut erased = then.0.clone();
    erased.erase_as_in(now.0);
    let keys: BTreeSet<(Entity, String)> = now
        .0
        .keys()
        .chain(erased.keys())
        .map(|(entity, key)| (entity, key.to_owned()))
        .collect();
    keys.into_iter()
        .filter_map(|(entity, key)| {
            let now = value(now.0, now.1, entity, &key);
            let then = value(&erased, then.1, entity, &key);
            (now != then).then_some(RecordDifference {
                entity,
                key,
                now,
                then,
            })
        })
        .collect()
}

/// A record as a change would set it: of a scheme the whole document, not the name of its blob.
fn value(log: &Log, beside: &Beside, entity: Entity, key: &str) -> Option<Value> {
    let record = log.record(entity, key, beside)?;
    if entity == Entity::Scheme {
        let blob = beside.blobs.get(&log.scheme_digest()?)?;
        return serde_json::from_slice(&blob.bytes).ok();
    }
    Some(record)
}
