//! The office's own key, and the offices whose keys are known here.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use xiaxiangzhi_core::log::{fingerprint, instant, public_key};

use crate::store::Inner;
use crate::{Store, StoreError, random};

/// An office whose key was given here by its own file: what it signs can be trusted without a telephone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KnownOffice {
    /// Its key.
    pub key: [u8; 32],
    /// The key's fingerprint.
    pub fingerprint: String,
    /// 医院
    pub hospital: String,
    /// 部门; may be blank.
    pub office: String,
    /// When its file was loaded.
    pub at: String,
}

impl Store {
    /// The seed of the key that signs this office's decisions and its office file. It is made once, at the first asking, and
    /// lies in the database, so that a backup and a move carry it.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn office_seed(&self, at: DateTime<Utc>) -> Result<[u8; 32], StoreError> {
        self.ready()?.office_seed(at)
    }

    /// The fingerprint of this office's key; none while nothing was ever signed.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn office_fingerprint(&self) -> Result<Option<String>, StoreError> {
        let seed = self.ready()?.known_seed()?;
        Ok(seed.map(|seed| fingerprint(&public_key(&seed))))
    }

    /// Remembers the key that came in an office's own file. A key that the same office had before is trusted no more: it was
    /// lost, or somebody else's.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn know_office(
        &self,
        key: &[u8; 32],
        hospital: &str,
        office: &str,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let mut inner = self.ready()?;
        inner.write("remembering an office", |connection| {
            connection
                .prepare_cached(
                    "INSERT INTO known_office (public_key, hospital, office, at) VALUES (?1, ?2, ?3, ?4) \
                     ON CONFLICT (public_key) DO UPDATE SET hospital = ?2, office = ?3, at = ?4",
                )?
                .execute(params![key, hospital, office, instant(at)])?;
            connection
                .prepare_cached(
                    "DELETE FROM known_office WHERE hospital = ?2 AND office = ?3 AND public_key <> ?1",
                )?
                .execute(params![key, hospital, office])
                .map(|_| ())
        })?;
        inner.changed = true;
        Ok(())
    }

    /// The offices whose files were loaded here, the latest first.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn known_offices(&self) -> Result<Vec<KnownOffice>, StoreError> {
        self.ready()?
            .connected()?
            .prepare_cached(
                "SELECT public_key, hospital, office, at FROM known_office ORDER BY at DESC, public_key",
            )
            .and_then(|mut statement| {
                statement
                    .query_map([], |row| {
                        let key = row.get(0)?;
                        Ok(KnownOffice {
                            key,
                            fingerprint: fingerprint(&key),
                            hospital: row.get(1)?,
                            office: row.get(2)?,
                            at: row.get(3)?,
                        })
                    })?
                    .collect()
            })
            .map_err(|error| StoreError::sqlite("reading the known offices", &error))
    }
}

impl Inner {
    fn known_seed(&mut self) -> Result<Option<[u8; 32]>, StoreError> {
        self.connected()?
            .query_row("SELECT seed FROM office_key", [], |row| row.get(0))
            .optional()
            .map_err(|error| StoreError::sqlite("reading the office's key", &error))
    }

    pub(crate) fn office_seed(&mut self, at: DateTime<Utc>) -> Result<[u8; 32], StoreError> {
        if let Some(seed) = self.known_seed()? {
            return Ok(seed);
        }
        let seed: [u8; 32] = random()?;
        self.write("making the office's key", |connection| {
            connection
                .execute(
                    "INSERT INTO office_key (only, public_key, seed, made_at) VALUES (1, ?1, ?2, ?3)",
                    params![public_key(&seed), seed, instant(at)],
                )
                .map(|_| ())
        })?;
        self.changed = true;
        Ok(seed)
    }
}
