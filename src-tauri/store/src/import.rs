//! Taking a review file's log into the database: as a new posting, or as the continuation of one that is here.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;
use xiaxiangzhi_core::log::Head;
use xiaxiangzhi_core::log::{Blob, NewEvent, Prepared};
use xiaxiangzhi_core::reviewfile::{ReviewFile, Verdict, against_pins, verify};

use crate::load::Loaded;
use crate::save::{insert, insert_log};
use crate::{Store, StoreError};

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "did")]
pub enum Imported {
    /// The posting was not here; now it is.
    Added {
        /// Its id.
        log_id: Uuid,
        /// Its events.
        events: usize,
    },
    /// The file goes on where the log here ends.
    Extended {
        /// Its id.
        log_id: Uuid,
        /// Events added.
        events: usize,
    },
    /// Everything in the file is here already.
    Unchanged {
        /// Its id.
        log_id: Uuid,
    },
}

impl Store {
    /// Takes in a review file. A file that extends the log here is taken as its continuation, one that holds no more changes
    /// nothing; a fork, or a log signed by another key, is refused.
    ///
    /// # Errors
    /// [`StoreError::NotImported`] with the verdict, or an error of the disk; nothing is changed then.
    pub fn import(&self, bytes: &[u8], at: DateTime<Utc>) -> Result<Imported, StoreError> {
        let verification = verify(bytes, None);
        let verdict = verification.verdict;
        let Some(file) = verification.file.filter(|_| verdict.is_genuine()) else {
            return Err(StoreError::NotImported { verdict });
        };
        let log_id = file.manifest.log;
        let mut inner = self.ready()?;
        let known = match inner.logs.get(&log_id) {
            None => 0,
            Some(loaded) => match refusal(&file, loaded) {
                Some(Verdict::Older { .. }) => return Ok(Imported::Unchanged { log_id }),
                Some(verdict) => return Err(StoreError::NotImported { verdict }),
                None => loaded.hashes.len(),
            },
        };
        if known == file.bodies.len() {
            return Ok(Imported::Unchanged { log_id });
        }
        if known > 0 {
            drop(inner);
            self.backup(at)?;
            inner = self.ready()?;
        }
        let prepared = continuation(&file, known, inner.logs.get(&log_id));
        let events = prepared.events.len();
        let first_key = *file.whole.log.first_key();
        inner.write("importing", |connection| {
            if known == 0 {
                insert_log(connection, log_id, &first_key, None)?;
            }
            insert(connection, log_id, &prepared)
        })?;
        inner
            .logs
            .entry(log_id)
            .or_insert_with(|| Loaded::new(log_id, first_key));
        inner.acknowledge(log_id, &prepared, at)?;
        inner.tidy();
        if known == 0 {
            Ok(Imported::Added { log_id, events })
        } else {
            Ok(Imported::Extended { log_id, events })
        }
    }
}

/// What speaks against the file as a continuation of the log here.
fn refusal(file: &ReviewFile, here: &Loaded) -> Option<Verdict> {
    let pins: Vec<Head> = (1..)
        .zip(&here.hashes)
        .map(|(n, hash)| Head { n, hash: *hash })
        .collect();
    against_pins(file, here.log.public_key(), &pins)
}

/// The file's events after the first `known`, with the texts and blobs that are not here yet.
fn continuation(file: &ReviewFile, known: usize, here: Option<&Loaded>) -> Prepared {
    let events = file
        .bodies
        .iter()
        .zip(&file.whole.hashes)
        .enumerate()
        .skip(known)
        .map(|(index, (body, hash))| {
            // The caller's id is in the body; the number is what the rows need.
            NewEvent {
                n: index as u64 + 1,
                id: Uuid::nil(),
                body: body.clone(),
                hash: *hash,
            }
        });
    let new_text = |hash: &[u8; 32]| here.is_none_or(|loaded| !loaded.beside.texts.contains_key(hash));
    let texts = file
        .beside
        .texts
        .iter()
        .filter(|(hash, _)| new_text(hash))
        .map(|(_, text)| text.clone());
    let blobs: Vec<Blob> = file.beside.blobs.values().cloned().collect();
    Prepared {
        events: events.collect(),
        texts: texts.collect(),
        blobs,
    }
}
