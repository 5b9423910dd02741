//! From changes to the events that will be stored: everything is made and checked before anything is written.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::fold::Record;
use super::text::take_texts;
use super::undo::Direction;
use super::{
    Beside, Blob, Created, Digest, ERASED_TEXT, Entity, Event, EventKind, Head, Log, LogError, MAX_EVENTS,
    Origin, SaltedText, Set, Texts, chain, event_body, to_hex,
};

/// One change to a record, as a screen or an import asks for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Made by the caller (`UUIDv7`). The same id again is the same event, never a second one.
    pub event_id: Uuid,
    /// Which kind of record.
    pub entity: Entity,
    /// Which one: a date, an id, a kind; empty for those that stand alone.
    #[serde(default)]
    pub key: String,
    /// The whole new record as in records.md, or null to remove it. The field that is the key may be there or not.
    pub value: Option<Value>,
    /// Changes with the same batch are undone as one.
    #[serde(default)]
    pub batch: Option<Uuid>,
}

/// An event ready to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// Its number in the log.
    pub n: u64,
    /// The caller's id.
    pub id: Uuid,
    /// Its bytes.
    pub body: Vec<u8>,
    /// `hn`.
    pub hash: Digest,
}

/// What one save will store, all or nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prepared {
    /// The events, in order; none if nothing would change.
    pub events: Vec<NewEvent>,
    /// New texts for beside the chain.
    pub texts: Vec<SaltedText>,
    /// New blobs.
    pub blobs: Vec<Blob>,
}

impl Log {
    /// The events for some changes. Changes whose event is in the log already, and those that would change nothing, are
    /// left out. A batch was saved as a whole or not at all, so one event of it in the log stands for all of them: those
    /// that changed nothing then have left no id by which they could be known again. `salt` gives sixteen fresh random
    /// bytes for each new text.
    pub fn prepare(
        &self,
        beside: &Beside,
        changes: &[Change],
        at: DateTime<Utc>,
        salt: &mut dyn FnMut() -> [u8; 16],
    ) -> Result<Prepared, LogError> {
        let is_here = |change: &Change| self.event_number(change.event_id).is_some();
        let saved: BTreeSet<Uuid> = changes
            .iter()
            .filter(|change| is_here(change))
            .filter_map(|change| change.batch)
            .collect();
        let mut making = Making::new(self);
        for change in changes {
            let with_its_batch = change.batch.is_some_and(|batch| saved.contains(&batch));
            if with_its_batch || is_here(change) || making.has(change.event_id) {
                continue;
            }
            making.change(beside, change, at, salt)?;
        }
        Ok(making.prepared)
    }

    /// The first events of a new log: `created`, then what it begins with. `created_id` is that event's id.
    pub fn prepare_first(
        &self,
        created_id: Uuid,
        origin: Origin,
        changes: &[Change],
        at: DateTime<Utc>,
        salt: &mut dyn FnMut() -> [u8; 16],
    ) -> Result<Prepared, LogError> {
        let mut making = Making::new(self);
        let created = Created {
            log: self.id(),
            public_key: *self.first_key(),
            origin,
        };
        making.push(created_id, at, EventKind::Created(created))?;
        for change in changes {
            let first = Change {
                batch: Some(created_id),
                ..change.clone()
            };
            making.change(&Beside::default(), &first, at, salt)?;
        }
        Ok(making.prepared)
    }

    /// The events that undo the last step, or none. `id` gives an id for each event, and one for their batch.
    pub fn prepare_undo(
        &self,
        at: DateTime<Utc>,
        id: &mut dyn FnMut() -> Uuid,
    ) -> Result<Prepared, LogError> {
        self.prepare_step(Direction::Undo, at, id)
    }

    /// The events that make the last undone step again, or none.
    pub fn prepare_redo(
        &self,
        at: DateTime<Utc>,
        id: &mut dyn FnMut() -> Uuid,
    ) -> Result<Prepared, LogError> {
        self.prepare_step(Direction::Redo, at, id)
    }

    /// One event that is not a change of a record.
    pub fn prepare_event(&self, id: Uuid, at: DateTime<Utc>, kind: EventKind) -> Result<Prepared, LogError> {
        let mut making = Making::new(self);
        making.push(id, at, kind)?;
        Ok(making.prepared)
    }

    fn prepare_step(
        &self,
        direction: Direction,
        at: DateTime<Utc>,
        id: &mut dyn FnMut() -> Uuid,
    ) -> Result<Prepared, LogError> {
        let mut making = Making::new(self);
        let Some(step) = self.steps.next(direction) else {
            return Ok(making.prepared);
        };
        let batch = (step.records() > 1).then(&mut *id);
        for touched in step.all() {
            let (record, undoes, redoes) = match direction {
                Direction::Undo => (&touched.before, Some(step.id), None),
                Direction::Redo => (&touched.after, None, Some(step.id)),
            };
            let set = Set {
                entity: touched.entity,
                key: touched.key.to_string(),
                value: record.as_ref().map(|record| record.value.clone()),
                texts: record
                    .as_ref()
                    .map(|record| record.texts.clone())
                    .unwrap_or_default(),
                batch,
                undoes,
                redoes,
            };
            making.push(id(), at, EventKind::Set(set))?;
        }
        Ok(making.prepared)
    }
}

/// A value and its texts' hashes, as an event holds them.
type Held = (Arc<str>, Texts);

/// Events under way: the log is not touched, so the head and what the new events set are kept here.
struct Making<'a> {
    log: &'a Log,
    head: Head,
    prepared: Prepared,
    set: BTreeMap<(Entity, String), Option<Held>>,
}

impl<'a> Making<'a> {
    fn new(log: &'a Log) -> Self {
        Self {
            log,
            head: log.head(),
            prepared: Prepared::default(),
            set: BTreeMap::new(),
        }
    }

    fn has(&self, id: Uuid) -> bool {
        self.prepared.events.iter().any(|event| event.id == id)
    }

    fn push(&mut self, id: Uuid, at: DateTime<Utc>, kind: EventKind) -> Result<(), LogError> {
        let n = self.head.n + 1;
        if n > MAX_EVENTS as u64 {
            return Err(LogError::TooLarge {
                what: "the number of events",
                size: n,
                limit: MAX_EVENTS as u64,
            });
        }
        let body = event_body(&Event { id, at, kind })?;
        self.head = Head {
            n,
            hash: chain::next(&self.head.hash, n, &body),
        };
        self.prepared.events.push(NewEvent {
            n,
            id,
            body,
            hash: self.head.hash,
        });
        Ok(())
    }

    /// What stands under a key now, the new events included.
    fn current(&self, entity: Entity, key: &str) -> Option<Held> {
        let slot = (entity, key.to_owned());
        if let Some(set) = self.set.get(&slot) {
            return set.clone();
        }
        let Record { value, texts, .. } = self.log.records.record(entity, key)?;
        Some((value.clone(), texts.clone()))
    }

    fn change(
        &mut self,
        beside: &Beside,
        change: &Change,
        at: DateTime<Utc>,
        salt: &mut dyn FnMut() -> [u8; 16],
    ) -> Result<(), LogError> {
        let (entity, key) = (change.entity, normal_key(change)?);
        let current = self.current(entity, &key);
        let (value, texts) = match &change.value {
            None => (None, Texts::default()),
            Some(value) => {
                let mut object = self.object(entity, &key, value)?;
                let mut hashes = Vec::new();
                for (field, text) in take_texts(entity, &key, &mut object)? {
                    let kept = current.as_ref().and_then(|(_, texts)| texts.get(field));
                    let hash = match kept {
                        Some(hash) if self.reads(beside, hash, &text) => *hash,
                        _ => {
                            let text = SaltedText { salt: salt(), text };
                            let hash = text.digest();
                            self.prepared.texts.push(text);
                            hash
                        }
                    };
                    hashes.push((field, hash));
                }
                let json = Value::Object(object).to_string();
                (Some(Arc::<str>::from(json)), hashes.into_iter().collect())
            }
        };
        let unchanged = match (&current, &value) {
            (None, None) => true,
            (Some((old, old_texts)), Some(new)) => old == new && *old_texts == texts,
            _ => false,
        };
        if unchanged {
            return Ok(());
        }
        self.set.insert(
            (entity, key.clone()),
            value.clone().map(|value| (value, texts.clone())),
        );
        let set = Set {
            entity,
            key,
            value,
            texts,
            batch: change.batch,
            undoes: None,
            redoes: None,
        };
        self.push(change.event_id, at, EventKind::Set(set))
    }

    /// Whether a stored text reads as `text` does: then its hash is kept, and an erased text stays erased.
    fn reads(&self, beside: &Beside, hash: &Digest, text: &str) -> bool {
        if self.log.is_redacted(hash) {
            return text == ERASED_TEXT;
        }
        let stored = beside.texts.get(hash).map(|stored| stored.text.as_str());
        let fresh = || {
            self.prepared
                .texts
                .iter()
                .find(|fresh| fresh.digest() == *hash)
                .map(|fresh| fresh.text.as_str())
        };
        stored.or_else(fresh) == Some(text)
    }

    /// The value without its key; a scheme's document becomes a blob and the value names it, with the reason why a running
    /// posting was moved to it.
    fn object(&mut self, entity: Entity, key: &str, value: &Value) -> Result<Map<String, Value>, LogError> {
        let bad = |at: &str, why| LogError::BadValue {
            entity,
            key: key.to_owned(),
            at: at.to_owned(),
            why,
        };
        let Value::Object(object) = value else {
            return Err(bad("", "must be an object"));
        };
        if entity == Entity::Scheme {
            let mut scheme = object.clone();
            let reason = scheme.shift_remove("reason");
            let bytes: Arc<[u8]> = Value::Object(scheme).to_string().into_bytes().into();
            let blob = Blob {
                media_type: "application/json".to_owned(),
                bytes,
            };
            let named = json!({
                "sha256": to_hex(&blob.digest()), "length": blob.bytes.len(), "type": blob.media_type
            });
            self.prepared.blobs.push(blob);
            let mut named = named.as_object().cloned().unwrap_or_default();
            named.extend(reason.map(|reason| ("reason".to_owned(), reason)));
            return Ok(named);
        }
        let mut object = object.clone();
        let own = if entity == Entity::Posting {
            Some("id")
        } else {
            entity.key_field()
        };
        if let Some(field) = own {
            let expected = if entity == Entity::Posting {
                self.log.id().to_string()
            } else {
                key.to_owned()
            };
            match object.shift_remove(field) {
                None | Some(Value::Null) => {}
                Some(Value::String(text)) if text.eq_ignore_ascii_case(&expected) => {}
                Some(_) => return Err(bad(&format!("/{field}"), "must be the record's own key")),
            }
        }
        Ok(object)
    }
}

/// The key as logs hold it: ids and hashes in lower case.
fn normal_key(change: &Change) -> Result<String, LogError> {
    let key = match change.entity {
        Entity::Activity
        | Entity::Leave
        | Entity::Problem
        | Entity::Attachment
        | Entity::Answer
        | Entity::Amendment => change.key.to_ascii_lowercase(),
        _ => change.key.clone(),
    };
    match change.entity.check_key(&key) {
        Ok(()) => Ok(key),
        Err(allowed) => Err(LogError::BadKey {
            entity: change.entity,
            key,
            allowed,
        }),
    }
}
