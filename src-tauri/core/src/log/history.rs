//! What a record was, from its first value to its last; and what lies in the recycle bin.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::document::blob_digest;
use super::entered::record_date;
use super::fold::Record;
use super::undo::Direction;
use super::{Beside, Entered, Entity, Event, EventKind, Log, china_date, instant};

/// One value that a record had.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// The number of the event that set it.
    pub n: u64,
    /// When it was entered.
    pub at: String,
    /// Days between the day it is for and the day it was entered (补记); 0 when in time, ahead, or for no day.
    pub late_days: i64,
    /// How it came to be.
    pub how: HowSet,
    /// The batch it was set with, if it was one of several.
    pub batch: Option<Uuid>,
    /// The whole record as in records.md; none where it was removed. Texts erased since read as erased.
    pub value: Option<Value>,
}

/// How a record got a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HowSet {
    /// Entered by hand, or by a batch.
    Entered,
    /// By taking a step back.
    Undone,
    /// By making a step again.
    Redone,
}

/// A record that was removed and can be put back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Removed {
    /// The kind of record.
    pub entity: Entity,
    /// Its key.
    pub key: String,
    /// When it was removed.
    pub at: String,
    /// The number of the event that set the last value it had.
    pub n: u64,
    /// That value.
    pub value: Value,
}

/// What an undo or redo would touch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepName {
    /// The kind of the first record it touches.
    pub entity: Entity,
    /// That record's key.
    pub key: String,
    /// How many records it touches.
    pub records: usize,
    /// Whether the record is there afterwards.
    pub stays: bool,
}

impl Log {
    /// The numbers of the events that set a record, in order; none if it never was.
    pub fn numbers(&self, entity: Entity, key: &str) -> &[u64] {
        self.records.get(entity, key).map_or(&[], |place| &place.numbers)
    }

    /// The records that are removed now, with the numbers of their events.
    pub fn removed(&self) -> impl Iterator<Item = (Entity, &str, &[u64])> {
        self.records
            .iter()
            .filter(|(.., place)| place.record.is_none())
            .map(|(entity, key, place)| (entity, &**key, place.numbers.as_slice()))
    }

    /// The value that an event gave a record; none if the event does not set one.
    pub fn version(&self, n: u64, event: &Event, beside: &Beside) -> Option<Version> {
        let EventKind::Set(set) = &event.kind else {
            return None;
        };
        let record = set.value.as_ref().map(|value| Record {
            value: value.clone(),
            texts: set.texts.clone(),
            entered: Entered::at(event.at),
        });
        Some(Version {
            n,
            at: instant(event.at),
            late_days: set
                .value
                .as_deref()
                .and_then(|value| record_date(set.entity, &set.key, value))
                .map_or(0, |date| (china_date(event.at) - date).num_days().max(0)),
            how: match (set.undoes, set.redoes) {
                (Some(_), _) => HowSet::Undone,
                (_, Some(_)) => HowSet::Redone,
                _ => HowSet::Entered,
            },
            batch: set.batch,
            value: record.map(|record| {
                let value = self.object(set.entity, &set.key, &record, beside);
                Value::Object(match set.entity {
                    Entity::Scheme => whole_scheme(value, &record, beside),
                    _ => value,
                })
            }),
        })
    }

    /// What an undo would take back; none if there is nothing.
    pub fn next_undo(&self) -> Option<StepName> {
        self.step_name(Direction::Undo)
    }

    /// What a redo would make again; none if there is nothing.
    pub fn next_redo(&self) -> Option<StepName> {
        self.step_name(Direction::Redo)
    }

    /// The step that an undo would take back, by the id of its event or batch; none if there is nothing.
    pub fn next_undo_id(&self) -> Option<Uuid> {
        self.steps.next(Direction::Undo).map(|step| step.id)
    }

    /// The step that a redo would make again, by the id of its event or batch; none if there is nothing.
    pub fn next_redo_id(&self) -> Option<Uuid> {
        self.steps.next(Direction::Redo).map(|step| step.id)
    }

    fn step_name(&self, direction: Direction) -> Option<StepName> {
        let step = self.steps.next(direction)?;
        let first = &step.first;
        let after = match direction {
            Direction::Undo => &first.before,
            Direction::Redo => &first.after,
        };
        Some(StepName {
            entity: first.entity,
            key: first.key.to_string(),
            records: step.records(),
            stays: after.is_some(),
        })
    }
}

/// The document of a scheme in the place of the blob's name, with the reason why it was taken; the name where the blob is not
/// there.
fn whole_scheme(named: Map<String, Value>, record: &Record, beside: &Beside) -> Map<String, Value> {
    let blob = blob_digest(&record.value).and_then(|digest| beside.blobs.get(&digest));
    let document = blob.and_then(|blob| serde_json::from_slice::<Map<String, Value>>(&blob.bytes).ok());
    let Some(mut document) = document else {
        return named;
    };
    document.extend(
        named
            .get_key_value("reason")
            .map(|(name, reason)| (name.clone(), reason.clone())),
    );
    document
}
