//! Settings: small values by name, kept with the data so that a backup or a move carries them.

use rusqlite::{OptionalExtension, params};

use crate::{Store, StoreError};
use uuid::Uuid;

/// How the names of a posting's own settings begin. They go when it is deleted.
pub(crate) fn of_posting(log_id: Uuid) -> String {
    format!("posting/{log_id}/")
}

impl Store {
    /// A setting, if it was ever set.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.ready()?
            .connected()?
            .query_row("SELECT value FROM setting WHERE key = ?1", [key], |row| {
                row.get(0)
            })
            .optional()
            .map_err(|error| StoreError::sqlite("reading a setting", &error))
    }

    /// A setting of one posting, if it was ever set.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn posting_setting(&self, log_id: Uuid, key: &str) -> Result<Option<String>, StoreError> {
        self.setting(&(of_posting(log_id) + key))
    }

    /// Sets a setting of one posting; deleting that takes it along.
    ///
    /// # Errors
    /// An error of the disk; the former value stands then.
    pub fn set_posting_setting(&self, log_id: Uuid, key: &str, value: &str) -> Result<(), StoreError> {
        self.set_setting(&(of_posting(log_id) + key), value)
    }

    /// Sets a setting.
    ///
    /// # Errors
    /// An error of the disk; the former value stands then.
    pub fn set_setting(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.ready()?.write("keeping a setting", |connection| {
            connection
                .prepare_cached(
                    "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
                )?
                .execute(params![key, value])
                .map(|_| ())
        })
    }
}
