//! Review files out of the store, and bytes into it with a limit.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;
use xiaxiangzhi_core::log::{Blob, Digest, EventKind, Exported, ExportedHead, head_code, to_hex};
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::reviewfile::{Basis, Export, MAX_FILE_BYTES, verify, write};

use crate::load::Loaded;
use crate::store::Inner;
use crate::{Store, StoreError, exported, new_id};

/// Which attachments go into a review file.
#[derive(Debug, Clone, Copy)]
pub enum Enclosed<'a> {
    /// All that the log has now.
    All,
    /// Of those, the ones with these hashes.
    Only(&'a BTreeSet<Digest>),
}

impl Enclosed<'_> {
    fn holds(self, digest: &Digest) -> bool {
        match self {
            Self::All => true,
            Self::Only(chosen) => chosen.contains(digest),
        }
    }
}

/// A review file made from a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedFile {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// 1 for the log's first export.
    pub number: u64,
    /// Number of the log's last event.
    pub n: u64,
    /// The chain's head in hex.
    pub head: String,
    /// The code for the forms that go with it.
    pub head_code: String,
}

/// Reads a file from outside, never more of it than a review file may have: a longer one comes back one byte too long,
/// and `verify` says so.
///
/// # Errors
/// What the system says.
pub fn read_review_file(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?
        .take(MAX_FILE_BYTES as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl Store {
    /// Makes the review file of a posting, with every attachment. The export is entered in the log first, so file and forms carry the same head; if
    /// the file is then not kept, a number is used up and nothing else.
    ///
    /// # Errors
    /// An error of the disk, or a log beyond a limit.
    pub fn export_review_file(
        &self,
        log_id: Uuid,
        as_of: NaiveDate,
        at: DateTime<Utc>,
    ) -> Result<ExportedFile, StoreError> {
        self.export_review_file_with(log_id, as_of, at, Enclosed::All)
    }

    /// As [`Store::export_review_file`], with the attachments that are asked for. Not a byte of the others is in it; that
    /// they are not included is no fault to whoever reads it.
    ///
    /// # Errors
    /// As [`Store::export_review_file`].
    pub fn export_review_file_with(
        &self,
        log_id: Uuid,
        as_of: NaiveDate,
        at: DateTime<Utc>,
        enclosed: Enclosed<'_>,
    ) -> Result<ExportedFile, StoreError> {
        let mut inner = self.ready()?;
        inner.ensure_key(log_id, at)?;
        let Loaded { log, beside, .. } = inner.log(log_id)?;
        let basis = Basis::of(&Records::from_value(log.document(beside))?)?;
        let exported = Exported {
            number: log.exports() + 1,
            as_of: as_of.to_string(),
        };
        let prepared = log.prepare_event(new_id(at)?, at, EventKind::Exported(exported))?;
        inner.append(log_id, &prepared, at)?;

        let bodies = inner.bodies(log_id)?;
        let attachments = inner.attachments(log_id)?;
        let Loaded {
            log, beside, seed, ..
        } = inner.log(log_id)?;
        let mut beside = beside.clone();
        beside.blobs.extend(
            attachments
                .into_iter()
                .map(|blob| (blob.digest(), blob))
                .filter(|(digest, _)| enclosed.holds(digest) || log.is_receipt(digest)),
        );
        let seed = seed
            .as_ref()
            .ok_or(xiaxiangzhi_core::reviewfile::ReviewFileError::OtherKey)?;
        let bytes = write(&Export {
            log,
            bodies: &bodies,
            beside: &beside,
            seed,
            basis: &basis,
            as_of,
            at,
        })?;
        // What leaves the house has been read back as a stranger would.
        let verdict = verify(&bytes, None).verdict;
        if !verdict.is_genuine() {
            return Err(StoreError::NotImported { verdict });
        }
        let head = log.head();
        let exported = ExportedHead {
            number: log.exports(),
            n: head.n,
            hash: to_hex(&head.hash),
        };
        exported::remember(self.dir(), log_id, exported)?;
        Ok(ExportedFile {
            bytes,
            number: log.exports(),
            n: head.n,
            head: to_hex(&head.hash),
            head_code: head_code(&head.hash),
        })
    }
}

impl Inner {
    fn bodies(&mut self, log_id: Uuid) -> Result<Vec<Vec<u8>>, StoreError> {
        self.connected()?
            .prepare_cached("SELECT body FROM event WHERE log_id = ?1 ORDER BY seq")
            .and_then(|mut statement| {
                statement
                    .query_map([log_id.as_bytes()], |row| row.get(0))?
                    .collect()
            })
            .map_err(|error| StoreError::sqlite("reading events", &error))
    }

    fn attachments(&mut self, log_id: Uuid) -> Result<Vec<Blob>, StoreError> {
        self.connected()?
            .prepare_cached(
                "SELECT media_type, bytes FROM blob WHERE log_id = ?1 AND media_type <> 'application/json'",
            )
            .and_then(|mut statement| {
                statement
                    .query_map([log_id.as_bytes()], |row| {
                        let bytes: Vec<u8> = row.get(1)?;
                        Ok(Blob {
                            media_type: row.get(0)?,
                            bytes: Arc::from(bytes),
                        })
                    })?
                    .collect()
            })
            .map_err(|error| StoreError::sqlite("reading attachments", &error))
    }
}
