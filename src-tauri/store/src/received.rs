//! Review files received: remembered, so that a later one can be held against them.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::params;
use serde::Serialize;
use uuid::Uuid;
use xiaxiangzhi_core::log::{Digest, Head, from_hex, instant, sha256, to_hex};
use xiaxiangzhi_core::reviewfile::{ReviewFile, Verdict, Verification, against_pins, verify};

use crate::check_in::month_of;
use crate::store::Inner;
use crate::{Store, StoreError};

/// A file just received, with the verdict that takes all earlier ones of its log into account.
#[derive(Debug, Clone)]
pub struct Received {
    /// The verdict, and the file where it could be read.
    pub verification: Verification,
    /// Whether this key is seen for the first time for this posting.
    pub first_seen: bool,
}

/// A file received before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReceivedFile {
    /// SHA-256 of its bytes in hex.
    pub sha256: String,
    /// Its log.
    pub log_id: Uuid,
    /// Its name when it came.
    pub name: String,
    /// The last event in it.
    pub n: u64,
    /// The head in hex.
    pub head: String,
    /// Its export number.
    pub export: u64,
    /// The date its verdict is for.
    pub as_of: String,
    /// When it was received.
    pub received_at: String,
}

/// A state of a log that was seen in a genuine file; later files of it must pass through it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// Where the log stood.
    pub head: Head,
    /// The key that signed then.
    pub public_key: [u8; 32],
    /// When the file came.
    pub received_at: String,
    /// Its name when it came.
    pub name: String,
    /// SHA-256 of its bytes in hex, for [`Store::received_bytes`].
    pub sha256: String,
    /// The first day of the month for a check-in; none for an export.
    pub month: Option<NaiveDate>,
}

/// What a file that is kept says of its log.
pub(crate) struct Pinned<'a> {
    pub(crate) log: Uuid,
    pub(crate) key: &'a [u8; 32],
    pub(crate) head: Head,
    pub(crate) export: u64,
    pub(crate) as_of: &'a str,
}

impl<'a> Pinned<'a> {
    fn of(file: &'a ReviewFile) -> Self {
        Self {
            log: file.manifest.log,
            key: file.whole.log.public_key(),
            head: file.head(),
            export: file.manifest.export,
            as_of: &file.manifest.as_of,
        }
    }
}

/// What was seen of a log before.
struct Seen {
    key: Option<[u8; 32]>,
    pins: Vec<Head>,
}

impl Store {
    /// Judges a file from outside and, if nothing speaks against it, remembers it as a pin. An older file of the same chain
    /// adds a pin too; a fork or another key's file is never remembered by itself.
    ///
    /// # Errors
    /// An error of the disk. A file that is not genuine is no error but a verdict.
    pub fn receive(&self, bytes: &[u8], name: &str, at: DateTime<Utc>) -> Result<Received, StoreError> {
        let mut verification = verify(bytes, None);
        let Some(file) = &verification.file else {
            return Ok(Received {
                verification,
                first_seen: false,
            });
        };
        let mut inner = self.ready()?;
        let seen = inner.seen(file.manifest.log)?;
        let first_seen = seen.key.is_none();
        if let Some(verdict) = seen.key.and_then(|key| against_pins(file, &key, &seen.pins)) {
            verification.verdict = verdict;
        }
        if matches!(
            verification.verdict,
            Verdict::Genuine { .. } | Verdict::Older { .. } | Verdict::Restored { .. }
        ) && let Some(file) = &verification.file
        {
            inner.remember(&Pinned::of(file), bytes, name, at)?;
        }
        Ok(Received {
            verification,
            first_seen,
        })
    }

    /// What speaks against a file besides what it says itself: the earlier ones of its log that were received. Nothing is
    /// remembered.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn against_received(&self, file: &ReviewFile) -> Result<Option<Verdict>, StoreError> {
        let seen = self.ready()?.seen(file.manifest.log)?;
        Ok(seen.key.and_then(|key| against_pins(file, &key, &seen.pins)))
    }

    /// Takes a file in whose key is not the one seen before, after a person compared fingerprints: from now on its key is the
    /// one expected. Answers the verdict; a file that contradicts an earlier one is not taken in whatever its key.
    ///
    /// # Errors
    /// An error of the disk. A file that is not genuine is no error but a verdict.
    pub fn accept_key(&self, bytes: &[u8], name: &str, at: DateTime<Utc>) -> Result<Received, StoreError> {
        let mut verification = verify(bytes, None);
        if let Some(file) = &verification.file {
            let mut inner = self.ready()?;
            let pins = inner.seen(file.manifest.log)?.pins;
            if let Some(verdict) = against_pins(file, file.whole.log.public_key(), &pins) {
                verification.verdict = verdict;
            } else {
                inner.remember(&Pinned::of(file), bytes, name, at)?;
            }
        }
        Ok(Received {
            verification,
            first_seen: false,
        })
    }

    /// What was seen of a log, in the order in which it came.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn pins(&self, log_id: Uuid) -> Result<Vec<Pin>, StoreError> {
        self.ready()?
            .connected()?
            .prepare_cached(
                "SELECT n, hash, public_key, received_at, name, sha256, iif(export = 0, bytes, NULL) FROM received_file \
                 WHERE log_id = ?1 ORDER BY received_at, rowid",
            )
            .and_then(|mut statement| {
                statement
                    .query_map([log_id.as_bytes()], |row| {
                        Ok(Pin {
                            head: Head {
                                n: row.get(0)?,
                                hash: row.get(1)?,
                            },
                            public_key: row.get(2)?,
                            received_at: row.get(3)?,
                            name: row.get(4)?,
                            sha256: to_hex(&row.get::<_, [u8; 32]>(5)?),
                            month: row.get::<_, Option<Vec<u8>>>(6)?.and_then(|bytes| month_of(&bytes)),
                        })
                    })?
                    .collect()
            })
            .map_err(|error| StoreError::sqlite("reading pins", &error))
    }

    /// The review files received, the newest first; check-ins are none.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn received_files(&self) -> Result<Vec<ReceivedFile>, StoreError> {
        self.ready()?
            .connected()?
            .prepare_cached(
                "SELECT sha256, log_id, name, n, hash, export, as_of, received_at FROM received_file \
                 WHERE export > 0 ORDER BY received_at DESC, rowid DESC",
            )
            .and_then(|mut statement| {
                statement
                    .query_map([], |row| {
                        Ok(ReceivedFile {
                            sha256: to_hex(&row.get::<_, [u8; 32]>(0)?),
                            log_id: Uuid::from_bytes(row.get(1)?),
                            name: row.get(2)?,
                            n: row.get(3)?,
                            head: to_hex(&row.get::<_, [u8; 32]>(4)?),
                            export: row.get(5)?,
                            as_of: row.get(6)?,
                            received_at: row.get(7)?,
                        })
                    })?
                    .collect()
            })
            .map_err(|error| StoreError::sqlite("reading received files", &error))
    }

    /// The bytes of a file received before, by the SHA-256 of [`ReceivedFile`].
    ///
    /// # Errors
    /// An error of the disk.
    pub fn received_bytes(&self, sha256: &str) -> Result<Option<Vec<u8>>, StoreError> {
        use rusqlite::OptionalExtension;
        let Some(digest) = from_hex(sha256) else {
            return Ok(None);
        };
        self.ready()?
            .connected()?
            .query_row(
                "SELECT bytes FROM received_file WHERE sha256 = ?1",
                [digest],
                |row| row.get(0),
            )
            .optional()
            .map_err(|error| StoreError::sqlite("reading a received file", &error))
    }
}

impl Store {
    /// The SHA-256 of the file received that ends a log at this head.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn received_with(&self, log_id: Uuid, head: Option<Digest>) -> Result<Option<String>, StoreError> {
        let files = self.received_files()?;
        let head = head.map(|head| to_hex(&head));
        let of_head = |file: &ReceivedFile| file.log_id == log_id && Some(&file.head) == head.as_ref();
        Ok(files.into_iter().find(of_head).map(|file| file.sha256))
    }
}

impl Inner {
    /// The pins of a log, and the key of the furthest one.
    fn seen(&mut self, log_id: Uuid) -> Result<Seen, StoreError> {
        type Row = ([u8; 32], u64, [u8; 32]);
        let rows: Vec<Row> = self
            .connected()?
            .prepare_cached(
                "SELECT public_key, n, hash FROM received_file WHERE log_id = ?1 ORDER BY n DESC, rowid",
            )
            .and_then(|mut statement| {
                statement
                    .query_map([log_id.as_bytes()], |row| {
                        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                    })?
                    .collect()
            })
            .map_err(|error| StoreError::sqlite("reading pins", &error))?;
        Ok(Seen {
            key: rows.first().map(|(key, ..)| *key),
            pins: rows.into_iter().map(|(_, n, hash)| Head { n, hash }).collect(),
        })
    }

    pub(crate) fn remember(
        &mut self,
        pinned: &Pinned<'_>,
        bytes: &[u8],
        name: &str,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.write("remembering a received file", |connection| {
            connection
                .prepare_cached(
                    "INSERT OR IGNORE INTO received_file \
                     (sha256, log_id, public_key, n, hash, export, as_of, name, received_at, bytes) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                )?
                .execute(params![
                    sha256(bytes),
                    pinned.log.as_bytes(),
                    pinned.key,
                    pinned.head.n,
                    pinned.head.hash,
                    pinned.export,
                    pinned.as_of,
                    name,
                    instant(at),
                    bytes
                ])
                .map(|_| ())
        })?;
        self.changed = true;
        Ok(())
    }
}
