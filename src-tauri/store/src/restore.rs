//! Going back to a backup while the present records can be read: an ordinary change, so it can be taken back like one.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::types::Value as SqlValue;
use rusqlite::{Connection, params};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;
use xiaxiangzhi_core::log::{
    Beside, Blob, Change, Digest, Entity, NewEvent, Prepared, RecordDifference, SaltedText,
    record_differences,
};

use crate::check::has_table;
use crate::contents::{made_at, open_whole};
use crate::load::{Loaded, Read};
use crate::save::{Salts, insert, insert_log};
use crate::store::{Inner, LogSummary, summary};
use crate::{Store, StoreError, new_id};

/// What a restore would do, posting by posting.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RestorePreview {
    /// When the backup was made.
    pub backup: Option<String>,
    /// Every posting here or in the backup.
    pub postings: Vec<PostingRestore>,
}

/// What a restore would do to one posting.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PostingRestore {
    /// The posting, as it is here; as it is in the backup if it is not here.
    #[serde(flatten)]
    pub summary: LogSummary,
    /// How the two stand to each other.
    pub relation: Relation,
    /// The records that would be other than they are now.
    pub changes: Vec<RecordChange>,
}

/// How a posting in the backup stands to the posting here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Relation {
    /// The backup ends where the log here does.
    Same,
    /// The log here went on after the backup.
    Earlier {
        /// Events entered since.
        events: u64,
    },
    /// The backup goes on after the end of the log here.
    Later {
        /// Events that would be taken in.
        events: u64,
    },
    /// Both went on by themselves after some event: the posting was worked on in two places.
    Forked {
        /// The first event that differs.
        n: u64,
    },
    /// It is not here; it comes back with its whole history.
    Absent,
    /// It is here only. A restore leaves it alone.
    NotInBackup,
}

/// One record that a restore would set.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordChange {
    /// The kind of record.
    pub entity: Entity,
    /// Its key.
    pub key: String,
    /// As it is now; none if it is not there.
    pub now: Option<Value>,
    /// As it was then; none if it goes.
    pub then: Option<Value>,
}

/// What a restore did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Restored {
    /// The backup of the present state that was made first.
    pub before: crate::BackupInfo,
    /// Postings that came back or were changed.
    pub postings: Vec<Uuid>,
    /// Events added.
    pub events: usize,
}

impl Store {
    /// What a restore from this backup would change.
    ///
    /// # Errors
    /// The backup cannot be read, is damaged, newer or not ours.
    pub fn preview_restore(&self, backup: &Path) -> Result<RestorePreview, StoreError> {
        let (_opened, then) = open_whole(backup)?;
        let inner = self.ready()?;
        let ids: BTreeSet<Uuid> = inner.logs.keys().chain(then.keys()).copied().collect();
        let postings = ids.into_iter().filter_map(|id| {
            let (here, there) = (inner.logs.get(&id), then.get(&id).map(|read| &read.loaded));
            Some(PostingRestore {
                summary: summary(id, here.or(there)?),
                relation: relation(here, there),
                changes: match (here, there) {
                    (Some(here), Some(there)) => differences(here, there),
                    _ => Vec::new(),
                },
            })
        });
        Ok(RestorePreview {
            backup: made_at(backup),
            postings: postings.collect(),
        })
    }

    /// Sets every posting of the backup back to what it was then; what was entered since stays in the history, and one undo
    /// for each posting takes the restore back. A posting that is not here comes back whole; one that the backup does not
    /// have is left alone. A backup of the present state is made first.
    ///
    /// # Errors
    /// The backup cannot be read, is damaged, newer or not ours; or an error of the disk. Postings are restored one by one,
    /// each wholly or not at all.
    pub fn restore(&self, backup: &Path, at: DateTime<Utc>) -> Result<Restored, StoreError> {
        // Looked at before the backup below, which might be the one that pushes this one out.
        let (opened, then) = open_whole(backup)?;
        let before = self.backup(at)?;
        let mut inner = self.ready()?;
        let (mut postings, mut events) = (Vec::new(), 0);
        let fresh = inner.logs.is_empty();
        inner.take_along(&opened.connection, fresh)?;
        for (id, read) in &then {
            let added = inner.restore_posting(*id, read, &opened.connection, at)?;
            if added > 0 {
                postings.push(*id);
                events += added;
            }
        }
        inner.tidy();
        Ok(Restored {
            before,
            postings,
            events,
        })
    }
}

/// What a computer keeps for itself and another does not take over.
const OWN_SETTINGS: &[&str] = &["checkpoints", "second_place", "time_seen"];

/// How the names of settings begin that belong to a scheme: a posting that comes along is printed on its hospital's forms,
/// and the next one can be judged by its hospital's schemes.
const OF_SCHEMES: [&str; 2] = ["template/", "scheme/"];

/// What a reviewer made, with the number of columns: what is here stands, what is not comes along.
const REVIEWING: [(&str, usize); 4] = [
    ("office_key", 4),
    ("known_office", 4),
    ("review_draft", 4),
    ("decision", 6),
];

impl Inner {
    /// Received files that are not here come along; the settings too where the records begin with this backup. Where there
    /// are records already, their settings stand: of a scheme only what nobody here has ever set comes along.
    fn take_along(&mut self, backup: &Connection, fresh: bool) -> Result<(), StoreError> {
        let read = |error: rusqlite::Error| StoreError::sqlite("reading a backup", &error);
        let files = rows(backup, RECEIVED, 10).map_err(read)?;
        let settings = rows(backup, "SELECT key, value FROM setting", 2).map_err(read)?;
        let mut reviewing = Vec::new();
        for (table, columns) in REVIEWING {
            // A backup of an older format has none of them.
            if has_table(backup, table).map_err(read)? {
                let select = format!("SELECT * FROM {table}");
                reviewing.push((table, rows(backup, &select, columns).map_err(read)?));
            }
        }
        self.write("restoring", |connection| {
            for (table, kept) in &reviewing {
                for row in kept {
                    let places: Vec<String> = (1..=row.len()).map(|place| format!("?{place}")).collect();
                    connection
                        .prepare_cached(&format!(
                            "INSERT OR IGNORE INTO {table} VALUES ({})",
                            places.join(", ")
                        ))?
                        .execute(rusqlite::params_from_iter(row))?;
                }
            }
            for file in &files {
                connection
                    .prepare_cached(
                        "INSERT OR IGNORE INTO received_file VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                    )?
                    .execute(rusqlite::params_from_iter(file))?;
            }
            for setting in &settings {
                let SqlValue::Text(key) = &setting[0] else { continue };
                let add = match fresh {
                    true if !OWN_SETTINGS.contains(&key.as_str()) => "INSERT OR REPLACE",
                    false if OF_SCHEMES.iter().any(|prefix| key.starts_with(prefix)) => "INSERT OR IGNORE",
                    _ => continue,
                };
                connection
                    .prepare_cached(&format!("{add} INTO setting (key, value) VALUES (?1, ?2)"))?
                    .execute(rusqlite::params_from_iter(setting))?;
            }
            Ok(())
        })
    }

    fn restore_posting(
        &mut self,
        id: Uuid,
        then: &Read,
        backup: &Connection,
        at: DateTime<Utc>,
    ) -> Result<usize, StoreError> {
        let there = &then.loaded;
        match relation(self.logs.get(&id), Some(there)) {
            Relation::Same | Relation::NotInBackup => Ok(0),
            Relation::Absent => self.take_in(id, there, backup, 0, at),
            Relation::Later { .. } => {
                let known = self.log(id)?.hashes.len();
                self.take_in(id, there, backup, known, at)
            }
            Relation::Earlier { .. } | Relation::Forked { .. } => self.set_back(id, there, backup, at),
        }
    }

    /// Appends the backup's events after the first `known`.
    fn take_in(
        &mut self,
        id: Uuid,
        there: &Loaded,
        backup: &Connection,
        known: usize,
        at: DateTime<Utc>,
    ) -> Result<usize, StoreError> {
        let here = self.logs.get(&id).map(|here| &here.beside);
        let prepared = stored(backup, id, there, known, here)
            .map_err(|error| StoreError::sqlite("reading a backup", &error))?;
        let drafts = if known == 0 {
            rows(backup, DRAFTS, 6).map_err(|error| StoreError::sqlite("reading a backup", &error))?
        } else {
            Vec::new()
        };
        self.write("restoring", |connection| {
            if known == 0 {
                insert_log(connection, id, there.log.first_key(), there.seed.as_ref())?;
            }
            for draft in drafts
                .iter()
                .filter(|draft| draft[0] == SqlValue::Blob(id.as_bytes().to_vec()))
            {
                connection
                    .prepare_cached("INSERT OR IGNORE INTO draft VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
                    .execute(rusqlite::params_from_iter(draft))?;
            }
            // The key may have changed since.
            if there.seed.is_some() {
                connection.execute(
                    "UPDATE log SET seed = ?2 WHERE log_id = ?1",
                    params![id.as_bytes(), there.seed],
                )?;
            }
            insert(connection, id, &prepared)
        })?;
        let here = self
            .logs
            .entry(id)
            .or_insert_with(|| Loaded::new(id, *there.log.first_key()));
        here.seed = there.seed.or(here.seed);
        self.acknowledge(id, &prepared, at).map(|saved| saved.events)
    }

    /// Sets the records that differ back to what they were, as one batch.
    fn set_back(
        &mut self,
        id: Uuid,
        there: &Loaded,
        backup: &Connection,
        at: DateTime<Utc>,
    ) -> Result<usize, StoreError> {
        self.ensure_key(id, at)?;
        let here = self.log(id)?;
        let batch = new_id(at)?;
        let changes = differences(here, there)
            .into_iter()
            .map(|change| {
                Ok(Change {
                    event_id: new_id(at)?,
                    entity: change.entity,
                    key: change.key,
                    value: change.then,
                    batch: Some(batch),
                })
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        let mut salt = Salts::default();
        let mut prepared = here
            .log
            .prepare(&here.beside, &changes, at, &mut || salt.draw())?;
        salt.check()?;
        // A photo deleted since may be in the backup only.
        prepared
            .blobs
            .extend(blobs(backup, id).map_err(|error| StoreError::sqlite("reading a backup", &error))?);
        self.append(id, &prepared, at).map(|saved| saved.events)
    }
}

/// How a posting in a backup stands to the one here.
pub(crate) fn relation(here: Option<&Loaded>, there: Option<&Loaded>) -> Relation {
    let (here, there) = match (here, there) {
        (Some(here), Some(there)) => (here, there),
        (None, _) => return Relation::Absent,
        (_, None) => return Relation::NotInBackup,
    };
    let differs = here.hashes.iter().zip(&there.hashes).position(|(a, b)| a != b);
    let (ours, theirs) = (here.hashes.len() as u64, there.hashes.len() as u64);
    match differs {
        Some(index) => Relation::Forked { n: index as u64 + 1 },
        None if ours == theirs => Relation::Same,
        None if ours > theirs => Relation::Earlier {
            events: ours - theirs,
        },
        None => Relation::Later {
            events: theirs - ours,
        },
    }
}

/// The records that differ, in the order of kinds and keys. What was erased since stays erased, and what was said about a
/// review is not taken back with the records.
fn differences(here: &Loaded, there: &Loaded) -> Vec<RecordChange> {
    record_differences((&here.log, &here.beside), (&there.log, &there.beside))
        .into_iter()
        // What was said about a review is not taken back with the records.
        .filter(|difference| !matches!(difference.entity, Entity::Answer | Entity::Amendment))
        .map(
            |RecordDifference {
                 entity,
                 key,
                 now,
                 then,
             }| RecordChange {
                entity,
                key,
                now,
                then,
            },
        )
        .collect()
}

/// A posting's events after the first `known`, as they are stored, with all that stands beside them.
pub(crate) fn stored(
    backup: &Connection,
    id: Uuid,
    there: &Loaded,
    known: usize,
    here: Option<&Beside>,
) -> rusqlite::Result<Prepared> {
    let events = backup
        .prepare("SELECT n, body, hash FROM event WHERE log_id = ?1 AND n > ?2 ORDER BY seq")?
        .query_map(params![id.as_bytes(), known], |row| {
            Ok(NewEvent {
                n: row.get(0)?,
                // The id is in the body; rows need only number and bytes.
                id: Uuid::nil(),
                body: row.get(1)?,
                hash: row.get(2)?,
            })
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let known_here = |hash: &Digest| here.is_some_and(|here| here.texts.contains_key(hash));
    let texts: Vec<SaltedText> = named_texts(&events)
        .iter()
        .filter(|hash| !known_here(hash))
        .filter_map(|hash| there.beside.texts.get(hash).cloned())
        .collect();
    Ok(Prepared {
        events,
        texts,
        blobs: blobs(backup, id)?,
    })
}

/// The texts that some events name.
fn named_texts(events: &[NewEvent]) -> BTreeSet<Digest> {
    let parsed = events
        .iter()
        .filter_map(|event| xiaxiangzhi_core::log::parse_body(event.n, &event.body).ok());
    let texts = parsed.filter_map(|event| match event.kind {
        xiaxiangzhi_core::log::EventKind::Set(set) => Some(set.texts),
        _ => None,
    });
    texts
        .flat_map(|texts| texts.values().copied().collect::<Vec<_>>())
        .collect()
}

fn blobs(backup: &Connection, id: Uuid) -> rusqlite::Result<Vec<Blob>> {
    backup
        .prepare("SELECT media_type, bytes FROM blob WHERE log_id = ?1")?
        .query_map([id.as_bytes()], |row| {
            let bytes: Vec<u8> = row.get(1)?;
            Ok(Blob {
                media_type: row.get(0)?,
                bytes: bytes.into(),
            })
        })?
        .collect()
}

const DRAFTS: &str = "SELECT log_id, entity, key, event_id, value, at FROM draft";
const RECEIVED: &str =
    "SELECT sha256, log_id, public_key, n, hash, export, as_of, name, received_at, bytes FROM received_file";

fn rows(connection: &Connection, select: &str, columns: usize) -> rusqlite::Result<Vec<Vec<SqlValue>>> {
    connection
        .prepare(select)?
        .query_map([], |row| (0..columns).map(|column| row.get(column)).collect())?
        .collect()
}
