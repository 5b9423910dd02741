//! Drafts: what is being edited is on the disk too, and becomes an event when the record is left.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;
use xiaxiangzhi_core::log::{Change, Digest, Entity, LogError, instant};

use crate::save::Saved;
use crate::store::Inner;
use crate::{Store, StoreError, new_id};

/// A record as it stands in a form that has not been left.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Draft {
    /// The id that its event will have.
    pub event_id: Uuid,
    /// The kind of record.
    pub entity: Entity,
    /// Its key.
    pub key: String,
    /// The record, or null if it is to be removed.
    pub value: Option<Value>,
    /// When it was last changed.
    pub at: String,
}

impl Store {
    /// Keeps a draft, durable when this returns; it replaces the one for the same record. It need not be valid yet.
    ///
    /// # Errors
    /// A key that the entity cannot have, or an error of the disk.
    pub fn draft(
        &self,
        log_id: Uuid,
        entity: Entity,
        key: &str,
        value: Option<Value>,
        at: DateTime<Utc>,
    ) -> Result<Draft, StoreError> {
        let mut inner = self.ready()?;
        inner.log(log_id)?;
        if let Err(allowed) = entity.check_key(key) {
            return Err(LogError::BadKey {
                entity,
                key: key.to_owned(),
                allowed,
            }
            .into());
        }
        let open = inner
            .drafts(log_id)?
            .into_iter()
            .find(|draft| draft.entity == entity && draft.key == key);
        let event_id = open.map_or_else(|| new_id(at), |draft| Ok(draft.event_id))?;
        let draft = Draft {
            event_id,
            entity,
            key: key.to_owned(),
            value,
            at: instant(at),
        };
        let json = draft
            .value
            .as_ref()
            .map_or_else(|| "null".to_owned(), Value::to_string);
        inner.write("keeping a draft", |connection| {
            connection
                .prepare_cached(
                    "INSERT INTO draft (log_id, entity, key, event_id, value, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
                     ON CONFLICT (log_id, entity, key) DO UPDATE SET \
                     event_id = excluded.event_id, value = excluded.value, at = excluded.at",
                )?
                .execute(params![log_id.as_bytes(), entity.name(), key, event_id.as_bytes(), json, draft.at])
        })?;
        Ok(draft)
    }

    /// The drafts of a posting that are not events yet.
    ///
    /// # Errors
    /// [`StoreError::NoSuchLog`], or an error of the disk.
    pub fn drafts(&self, log_id: Uuid) -> Result<Vec<Draft>, StoreError> {
        let mut inner = self.ready()?;
        inner.log(log_id)?;
        inner.drafts(log_id)
    }

    /// Makes a draft an event; none if there is no draft. The draft is spent by the same transaction: it names its event,
    /// and a draft whose event is in the log counts no more. So the commit writes nothing but the event.
    ///
    /// # Errors
    /// As [`Store::save`]; the draft stays then.
    pub fn commit_draft(
        &self,
        log_id: Uuid,
        entity: Entity,
        key: &str,
        at: DateTime<Utc>,
    ) -> Result<Option<Saved>, StoreError> {
        let draft = {
            let mut inner = self.ready()?;
            inner.log(log_id)?;
            inner
                .drafts(log_id)?
                .into_iter()
                .find(|draft| draft.entity == entity && draft.key == key)
        };
        let Some(draft) = draft else { return Ok(None) };
        let change = Change {
            event_id: draft.event_id,
            entity,
            key: draft.key,
            value: draft.value,
            batch: None,
        };
        let saved = self.save(log_id, &[change], at)?;
        if saved.events == 0 {
            // Nothing would have changed, so there is no event that spends the draft.
            self.discard_draft(log_id, entity, key)?;
        }
        Ok(Some(saved))
    }

    /// Throws a draft away.
    ///
    /// # Errors
    /// An error of the disk; the draft stays then.
    pub fn discard_draft(&self, log_id: Uuid, entity: Entity, key: &str) -> Result<(), StoreError> {
        let mut inner = self.ready()?;
        inner.write("discarding a draft", |connection| {
            connection
                .prepare_cached("DELETE FROM draft WHERE log_id = ?1 AND entity = ?2 AND key = ?3")?
                .execute(params![log_id.as_bytes(), entity.name(), key])
                .map(|_| ())
        })
    }
}

impl Inner {
    /// The events of the drafts that stay when texts are erased: those of other records that do not repeat one. A spent draft
    /// goes too: its row is there until the record is edited again.
    pub(crate) fn drafts_without(
        &mut self,
        log_id: Uuid,
        entity: Entity,
        key: &str,
        erased: &[Digest],
    ) -> Result<Vec<Uuid>, StoreError> {
        let drafts = self.drafts(log_id)?;
        let known = &self.log(log_id)?.beside.texts;
        // What other records say as well is a turn of phrase, and stays in them anyway.
        let elsewhere: HashSet<&str> = known
            .iter()
            .filter(|(hash, _)| !erased.contains(hash))
            .map(|(_, salted)| salted.text.trim())
            .collect();
        let texts: Vec<&str> = erased
            .iter()
            .filter_map(|hash| known.get(hash))
            .map(|salted| salted.text.trim())
            .filter(|text| !elsewhere.contains(text))
            .collect();
        let stays = |draft: &Draft| {
            let same = draft.entity == entity && draft.key == key;
            !same
                && !draft
                    .value
                    .as_ref()
                    .is_some_and(|value| says_one_of(value, &texts))
        };
        Ok(drafts
            .iter()
            .filter(|draft| stays(draft))
            .map(|draft| draft.event_id)
            .collect())
    }

    pub(crate) fn drafts(&mut self, log_id: Uuid) -> Result<Vec<Draft>, StoreError> {
        type Row = ([u8; 16], String, String, String, String);
        let rows: Vec<Row> = self
            .connected()?
            .prepare_cached("SELECT event_id, entity, key, value, at FROM draft WHERE log_id = ?1 ORDER BY at, entity, key")
            .and_then(|mut statement| {
                statement
                    .query_map([log_id.as_bytes()], |row| {
                        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
                    })?
                    .collect()
            })
            .map_err(|error| StoreError::sqlite("reading drafts", &error))?;
        let log = &self.log(log_id)?.log;
        let open = rows.into_iter().filter_map(|(event_id, entity, key, value, at)| {
            let event_id = Uuid::from_bytes(event_id);
            let entity = Entity::from_name(&entity)?;
            let value = serde_json::from_str(&value)
                .ok()
                .filter(|value| *value != Value::Null);
            log.event_number(event_id).is_none().then_some(Draft {
                event_id,
                entity,
                key,
                value,
                at,
            })
        });
        Ok(open.collect())
    }
}

/// Whether a text in a value holds one of these.
fn says_one_of(value: &Value, texts: &[&str]) -> bool {
    match value {
        Value::String(said) => texts.iter().any(|text| said.contains(text)),
        Value::Array(items) => items.iter().any(|item| says_one_of(item, texts)),
        Value::Object(fields) => fields.values().any(|field| says_one_of(field, texts)),
        _ => false,
    }
}

/// Deletes every draft of a posting but those of these events.
pub(crate) fn delete_drafts_but(
    connection: &Connection,
    log_id: Uuid,
    kept: &[Uuid],
) -> rusqlite::Result<()> {
    let all: Vec<[u8; 16]> = connection
        .prepare("SELECT event_id FROM draft WHERE log_id = ?1")?
        .query_map([log_id.as_bytes()], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for event in all
        .iter()
        .filter(|event| !kept.contains(&Uuid::from_bytes(**event)))
    {
        connection.execute(
            "DELETE FROM draft WHERE log_id = ?1 AND event_id = ?2",
            params![log_id.as_bytes(), event],
        )?;
    }
    Ok(())
}
