//! Saving: one transaction, one sync, then the acknowledgement.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use serde::Serialize;
use uuid::Uuid;
use xiaxiangzhi_core::log::{
    Beside, Change, Digest, Entity, EventKind, KeyChanged, Log, LogError, NewEvent, Origin, Prepared,
    Redacted, instant, parse_body, public_key, to_hex,
};
use xiaxiangzhi_core::posting::Records;

use crate::draft::delete_drafts_but;
use crate::load::Loaded;
use crate::store::Inner;
use crate::{BackupInfo, Store, StoreError, new_id, random};

/// Saves between checkpoints, if nobody calls [`Store::tidy`] in a quiet moment before: about six megabytes of write-ahead
/// log.
const SAVES_PER_CHECKPOINT: u32 = 200;

/// An acknowledged save: it is on the disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Saved {
    /// Number of the log's last event.
    pub n: u64,
    /// The chain's head in hex.
    pub head: String,
    /// When it was entered.
    pub at: String,
    /// How many events were added; 0 if all were there already or nothing would have changed.
    pub events: usize,
}

impl Store {
    /// Begins a log. `changes` must hold the posting; all of it cannot be undone later. Its key is made here.
    ///
    /// # Errors
    /// [`StoreError::LogExists`]; invalid records; or an error of the disk, and then nothing was kept.
    pub fn create(&self, log_id: Uuid, at: DateTime<Utc>, changes: &[Change]) -> Result<Saved, StoreError> {
        self.create_from(log_id, at, changes, Origin::App)
    }

    pub(crate) fn create_from(
        &self,
        log_id: Uuid,
        at: DateTime<Utc>,
        changes: &[Change],
        origin: Origin,
    ) -> Result<Saved, StoreError> {
        let mut inner = self.ready()?;
        if inner.logs.contains_key(&log_id) {
            return Err(StoreError::LogExists { id: log_id });
        }
        let seed = random()?;
        let log = Log::new(log_id, public_key(&seed));
        let mut salt = Salts::default();
        let prepared = log.prepare_first(new_id(at)?, origin, changes, at, &mut || salt.draw())?;
        salt.check()?;
        Records::from_value(log.preview(&Beside::default(), &prepared)?)?;
        let loaded = Loaded {
            seed: Some(seed),
            ..Loaded::new(log_id, public_key(&seed))
        };
        inner.write("creating a posting", |connection| {
            insert_log(connection, log_id, loaded.log.first_key(), Some(&seed))?;
            insert(connection, log_id, &prepared)
        })?;
        inner.logs.insert(log_id, loaded);
        inner.acknowledge(log_id, &prepared, at)
    }

    /// Saves some changes as one. Changes whose event id is in the log already are left out, so a save that is tried again
    /// never enters anything twice.
    ///
    /// # Errors
    /// The records would not be valid, or an error of the disk; nothing of the save is kept then.
    pub fn save(&self, log_id: Uuid, changes: &[Change], at: DateTime<Utc>) -> Result<Saved, StoreError> {
        let mut inner = self.ready()?;
        inner.ensure_key(log_id, at)?;
        let mut salt = Salts::default();
        let Loaded { log, beside, .. } = inner.log(log_id)?;
        let prepared = log.prepare(beside, changes, at, &mut || salt.draw())?;
        salt.check()?;
        inner.append(log_id, &prepared, at)
    }

    /// Takes the last step back; none if there is none.
    ///
    /// # Errors
    /// As [`Store::save`].
    pub fn undo(&self, log_id: Uuid, at: DateTime<Utc>) -> Result<Option<Saved>, StoreError> {
        self.step(log_id, at, Log::prepare_undo)
    }

    /// Makes the last step taken back again; none if there is none.
    ///
    /// # Errors
    /// As [`Store::save`].
    pub fn redo(&self, log_id: Uuid, at: DateTime<Utc>) -> Result<Option<Saved>, StoreError> {
        self.step(log_id, at, Log::prepare_redo)
    }

    fn step(&self, log_id: Uuid, at: DateTime<Utc>, prepare: Prepare) -> Result<Option<Saved>, StoreError> {
        let mut inner = self.ready()?;
        inner.ensure_key(log_id, at)?;
        let mut ids = Ok(());
        let prepared = prepare(&inner.log(log_id)?.log, at, &mut || {
            new_id(at).unwrap_or_else(|error| {
                ids = Err(error);
                Uuid::nil()
            })
        })?;
        ids?;
        if prepared.events.is_empty() {
            return Ok(None);
        }
        inner.append(log_id, &prepared, at).map(Some)
    }

    /// Erases the free texts that one record has or ever had, from the database for good, and leaves a mark in its log that
    /// this was done; none if it has none. Backups and files that were sent keep them.
    ///
    /// # Errors
    /// As [`Store::save`].
    pub fn erase_texts(
        &self,
        log_id: Uuid,
        entity: Entity,
        key: &str,
        at: DateTime<Utc>,
    ) -> Result<Option<Saved>, StoreError> {
        let mut inner = self.ready()?;
        inner.ensure_key(log_id, at)?;
        let log = &inner.log(log_id)?.log;
        let hashes = log.texts_of(entity, key);
        if hashes.is_empty() {
            return Ok(None);
        }
        let kept = inner.drafts_without(log_id, entity, key, &hashes)?;
        let event = EventKind::Redacted(Redacted { texts: hashes });
        let log = &inner.log(log_id)?.log;
        let prepared = log.prepare_event(new_id(at)?, at, event)?;
        inner.write("erasing a text", |connection| {
            insert(connection, log_id, &prepared)?;
            delete_drafts_but(connection, log_id, &kept)
        })?;
        let saved = inner.acknowledge(log_id, &prepared, at)?;
        // The old page images are in the write-ahead log until it is emptied.
        inner.tidy();
        Ok(Some(saved))
    }

    /// Deletes a whole posting with its history. There is no way back but a backup; it is made first, and answered.
    ///
    /// # Errors
    /// [`StoreError::NoSuchLog`], a backup that failed, or an error of the disk; the posting is there still then.
    pub fn delete_log(&self, log_id: Uuid, at: DateTime<Utc>) -> Result<BackupInfo, StoreError> {
        let inner = self.inner();
        inner.log(log_id)?;
        if let Some(reason) = inner.read_only {
            return Err(StoreError::ReadOnly { reason });
        }
        drop(inner);
        let backup = self.backup(at)?;
        let mut inner = self.ready()?;
        inner.write("deleting a posting", |connection| {
            let id = log_id.as_bytes();
            connection.execute("UPDATE log SET deleting = 1 WHERE log_id = ?1", [id])?;
            for table in ["draft", "text", "blob", "event", "log"] {
                connection.execute(&format!("DELETE FROM {table} WHERE log_id = ?1"), [id])?;
            }
            connection.execute(
                "DELETE FROM setting WHERE key LIKE ?1 || '%'",
                [crate::setting::of_posting(log_id)],
            )?;
            Ok(())
        })?;
        inner.logs.remove(&log_id);
        inner.changed = true;
        inner.tidy();
        Ok(backup)
    }

    /// Empties the write-ahead log. For quiet moments: it syncs more than a save does.
    pub fn tidy(&self) {
        self.inner().tidy();
    }
}

type Prepare = fn(&Log, DateTime<Utc>, &mut dyn FnMut() -> Uuid) -> Result<Prepared, LogError>;

/// Draws salts; a failure is kept and looked at before anything is stored.
#[derive(Default)]
pub(crate) struct Salts(Option<StoreError>);

impl Salts {
    pub(crate) fn draw(&mut self) -> [u8; 16] {
        random().unwrap_or_else(|error| {
            self.0 = Some(error);
            [0; 16]
        })
    }

    pub(crate) fn check(self) -> Result<(), StoreError> {
        self.0.map_or(Ok(()), Err)
    }
}

impl Inner {
    /// One transaction. On any error nothing is taken for granted: the database is opened again and read.
    pub(crate) fn write<T>(
        &mut self,
        operation: &'static str,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        if let Some(reason) = self.read_only {
            return Err(StoreError::ReadOnly { reason });
        }
        let done = self.connected()?.transaction().and_then(|transaction| {
            let answer = work(&transaction)?;
            transaction.commit()?;
            Ok(answer)
        });
        done.map_err(|error| {
            self.recover(&error);
            StoreError::sqlite(operation, &error)
        })
    }

    /// Validates, stores and acknowledges prepared events.
    pub(crate) fn append(
        &mut self,
        log_id: Uuid,
        prepared: &Prepared,
        at: DateTime<Utc>,
    ) -> Result<Saved, StoreError> {
        if !prepared.events.is_empty() {
            let Loaded { log, beside, .. } = self.log(log_id)?;
            check_open(log, prepared)?;
            check_every_step(log, beside, prepared)?;
            self.write("saving", |connection| insert(connection, log_id, prepared))?;
        }
        self.acknowledge(log_id, prepared, at)
    }

    /// Brings the log in memory up to what was just committed.
    pub(crate) fn acknowledge(
        &mut self,
        log_id: Uuid,
        prepared: &Prepared,
        at: DateTime<Utc>,
    ) -> Result<Saved, StoreError> {
        let loaded = self
            .logs
            .get_mut(&log_id)
            .ok_or(StoreError::NoSuchLog { id: log_id })?;
        let erased = loaded.log.erased_texts();
        loaded.beside.extend(prepared);
        for event in &prepared.events {
            let head = loaded.log.apply(&event.body)?;
            loaded.hashes.push(head.hash);
        }
        if loaded.log.erased_texts() > erased {
            let Loaded { log, beside, .. } = loaded;
            beside.texts.retain(|hash, _| !log.is_redacted(hash));
        }
        let head = loaded.log.head();
        if !prepared.events.is_empty() {
            self.changed = true;
            self.saves += 1;
            if self.saves >= SAVES_PER_CHECKPOINT {
                self.tidy();
            }
        }
        Ok(Saved {
            n: head.n,
            head: to_hex(&head.hash),
            at: instant(at),
            events: prepared.events.len(),
        })
    }

    /// Before a log goes on it says that the clock jumped, if it did. One that came in a file has no key here: it gets one,
    /// and says so.
    pub(crate) fn ensure_key(&mut self, log_id: Uuid, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.say_jump(log_id, at)?;
        let loaded = self.log(log_id)?;
        if loaded.seed.is_some() {
            return Ok(());
        }
        let seed: [u8; 32] = random()?;
        let key = public_key(&seed);
        let change = EventKind::KeyChanged(KeyChanged {
            public_key: key,
            signature: None,
        });
        let prepared = loaded.log.prepare_event(new_id(at)?, at, change)?;
        self.write("taking over a posting", |connection| {
            connection.execute(
                "UPDATE log SET seed = ?2 WHERE log_id = ?1",
                params![log_id.as_bytes(), seed],
            )?;
            insert(connection, log_id, &prepared)
        })?;
        if let Some(loaded) = self.logs.get_mut(&log_id) {
            loaded.seed = Some(seed);
        }
        self.acknowledge(log_id, &prepared, at).map(|_| ())
    }
}

/// After an approval nothing is changed before a reason is given; what is said about the review itself may always be.
fn check_open(log: &Log, prepared: &Prepared) -> Result<(), StoreError> {
    let Some(approval) = log.closed_by() else {
        return Ok(());
    };
    for event in &prepared.events {
        let EventKind::Set(set) = parse_body(event.n, &event.body)?.kind else {
            continue;
        };
        match set.entity {
            Entity::Answer => {}
            Entity::Amendment => {
                if set.key == approval.receipt.sha256 && set.value.is_some() {
                    return Ok(());
                }
            }
            _ => {
                return Err(StoreError::Approved {
                    decided_at: approval.receipt.decided_at.clone(),
                });
            }
        }
    }
    Ok(())
}

/// Validates what the records would be after each step of a save, not only after the last: an undo comes to every one of
/// these states, and could not leave them if they were not valid.
fn check_every_step(log: &Log, beside: &Beside, prepared: &Prepared) -> Result<(), StoreError> {
    if prepared.events.len() == 1 {
        return Ok(Records::from_value(log.preview(beside, prepared)?).map(|_| ())?);
    }
    let batch = |event: &NewEvent| match parse_body(event.n, &event.body).map(|event| event.kind) {
        Ok(EventKind::Set(set)) => set.batch,
        _ => None,
    };
    let batches: Vec<_> = prepared.events.iter().map(batch).collect();
    let ends = (1..batches.len()).filter(|end| batches[*end].is_none() || batches[*end] != batches[*end - 1]);
    for end in ends {
        let part = Prepared {
            events: prepared.events[..end].to_vec(),
            ..prepared.clone()
        };
        Records::from_value(log.preview(beside, &part)?)?;
    }
    Records::from_value(log.preview(beside, prepared)?)?;
    Ok(())
}

pub(crate) fn insert_log(
    connection: &Connection,
    id: Uuid,
    key: &[u8; 32],
    seed: Option<&[u8; 32]>,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO log (log_id, public_key, seed) VALUES (?1, ?2, ?3)")?
        .execute(params![id.as_bytes(), key, seed])
        .map(|_| ())
}

/// Stores events with what stands beside them. Texts that they say were erased go, wherever that was done: a log that says so
/// and has them still is damaged.
pub(crate) fn insert(connection: &Connection, log_id: Uuid, prepared: &Prepared) -> rusqlite::Result<()> {
    let id = log_id.as_bytes();
    for event in &prepared.events {
        connection
            .prepare_cached("INSERT INTO event (log_id, n, body, hash) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![id, event.n, event.body, event.hash])?;
    }
    for text in &prepared.texts {
        connection
            .prepare_cached("INSERT INTO text (log_id, hash, salt, text) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![id, text.digest(), text.salt, text.text])?;
    }
    for hash in prepared.events.iter().flat_map(erased_by) {
        connection
            .prepare_cached("DELETE FROM text WHERE log_id = ?1 AND hash = ?2")?
            .execute(params![id, hash])?;
    }
    for blob in &prepared.blobs {
        connection
            .prepare_cached(
                "INSERT OR IGNORE INTO blob (log_id, hash, media_type, bytes) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![id, blob.digest(), blob.media_type, &blob.bytes[..]])?;
    }
    Ok(())
}

/// The texts that an event says were erased.
fn erased_by(event: &NewEvent) -> Vec<Digest> {
    match parse_body(event.n, &event.body).map(|event| event.kind) {
        Ok(EventKind::Redacted(redacted)) => redacted.texts,
        _ => Vec::new(),
    }
}
