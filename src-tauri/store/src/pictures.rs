//! The bytes of pictures: kept before the record that names them is saved, so that what a form shows is on the disk.

use std::collections::BTreeSet;
use std::sync::Arc;

use rusqlite::{OptionalExtension as _, params};
use serde_json::Value;
use uuid::Uuid;
use xiaxiangzhi_core::log::{Blob, Digest, Entity, from_hex};

use crate::store::Inner;
use crate::{Store, StoreError};

impl Store {
    /// Keeps the bytes of a picture, durable when this returns, and answers with the SHA-256 they are kept by. The same bytes
    /// again are there already.
    ///
    /// # Errors
    /// [`StoreError::NoSuchLog`], or an error of the disk.
    pub fn keep_picture(&self, log_id: Uuid, media_type: &str, bytes: &[u8]) -> Result<Digest, StoreError> {
        let mut inner = self.ready()?;
        inner.log(log_id)?;
        let digest = xiaxiangzhi_core::log::sha256(bytes);
        inner.write("keeping a picture", |connection| {
            connection
                .prepare_cached(
                    "INSERT OR IGNORE INTO blob (log_id, hash, media_type, bytes) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![log_id.as_bytes(), digest, media_type, bytes])
        })?;
        inner.changed = true;
        Ok(digest)
    }

    /// The bytes kept by a SHA-256; none where they are not here, as after a move without pictures, or are not what they
    /// were.
    ///
    /// # Errors
    /// [`StoreError::NoSuchLog`], or an error of the disk.
    pub fn picture(&self, log_id: Uuid, digest: &Digest) -> Result<Option<Blob>, StoreError> {
        let mut inner = self.ready()?;
        inner.log(log_id)?;
        let found = inner
            .connected()?
            .prepare_cached("SELECT media_type, bytes FROM blob WHERE log_id = ?1 AND hash = ?2")
            .and_then(|mut statement| {
                statement
                    .query_row(params![log_id.as_bytes(), digest], |row| {
                        let bytes: Vec<u8> = row.get(1)?;
                        Ok(Blob {
                            media_type: row.get(0)?,
                            bytes: Arc::from(bytes),
                        })
                    })
                    .optional()
            })
            .map_err(|error| StoreError::sqlite("reading a picture", &error))?;
        Ok(found.filter(|blob| blob.digest() == *digest))
    }

    /// Erases a picture from the database for good; nothing happens where an attachment of the log has it now. What the log
    /// says of it, its hash and its name, stays. Backups and files that were sent keep it. Answers whether it was here.
    ///
    /// # Errors
    /// [`StoreError::NoSuchLog`], or an error of the disk; it stays then.
    pub fn erase_picture(&self, log_id: Uuid, digest: &Digest) -> Result<bool, StoreError> {
        let mut inner = self.ready()?;
        let log = &inner.log(log_id)?.log;
        if log.holds(Entity::Attachment, &xiaxiangzhi_core::log::to_hex(digest)) || log.is_scheme(digest) {
            return Ok(false);
        }
        let erased = inner.write("erasing a picture", |connection| {
            connection
                .prepare_cached("DELETE FROM blob WHERE log_id = ?1 AND hash = ?2")?
                .execute(params![log_id.as_bytes(), digest])
        })?;
        inner.changed = true;
        // The old page images are in the write-ahead log until it is emptied.
        inner.tidy();
        Ok(erased > 0)
    }

    /// Lets go of pictures that were kept for a form and are in no record, past or present, and in no form any more. For the
    /// end of the program, when nothing is being typed. Answers how many there were.
    ///
    /// # Errors
    /// An error of the disk; they stay then.
    pub fn sweep_pictures(&self) -> Result<usize, StoreError> {
        let mut swept = 0;
        let mut inner = self.ready()?;
        let logs: Vec<Uuid> = inner.logs.keys().copied().collect();
        for log_id in logs {
            let stray = inner.stray_pictures(log_id)?;
            if stray.is_empty() {
                continue;
            }
            inner.write("letting go of pictures", |connection| {
                for digest in &stray {
                    connection
                        .prepare_cached("DELETE FROM blob WHERE log_id = ?1 AND hash = ?2")?
                        .execute(params![log_id.as_bytes(), digest])?;
                }
                Ok(())
            })?;
            inner.changed = true;
            swept += stray.len();
        }
        Ok(swept)
    }
}

impl Inner {
    fn stray_pictures(&mut self, log_id: Uuid) -> Result<Vec<Digest>, StoreError> {
        let kept: Vec<Digest> = self
            .connected()?
            .prepare_cached("SELECT hash FROM blob WHERE log_id = ?1 AND media_type LIKE 'image/%'")
            .and_then(|mut statement| {
                statement
                    .query_map([log_id.as_bytes()], |row| row.get(0))?
                    .collect()
            })
            .map_err(|error| StoreError::sqlite("reading pictures", &error))?;
        if kept.is_empty() {
            return Ok(kept);
        }
        let mut named = BTreeSet::new();
        for draft in self.drafts(log_id)? {
            named_in(draft.value.as_ref().unwrap_or(&Value::Null), &mut named);
        }
        let log = &self.log(log_id)?.log;
        // Also what was removed can be brought back; and what no attachment ever was may be a scheme.
        Ok(kept
            .into_iter()
            .filter(|digest| !named.contains(digest) && !log.is_scheme(digest))
            .filter(|digest| {
                log.numbers(Entity::Attachment, &xiaxiangzhi_core::log::to_hex(digest))
                    .is_empty()
            })
            .collect())
    }
}

/// Every SHA-256 in a value.
fn named_in(value: &Value, named: &mut BTreeSet<Digest>) {
    match value {
        Value::String(text) => named.extend(from_hex(text)),
        Value::Array(items) => items.iter().for_each(|item| named_in(item, named)),
        Value::Object(fields) => fields.values().for_each(|field| named_in(field, named)),
        _ => {}
    }
}
