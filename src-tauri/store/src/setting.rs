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

    /// The settings whose names begin with `prefix`, by name.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn settings_under(&self, prefix: &str) -> Result<Vec<(String, String)>, StoreError> {
        let fault = |error: rusqlite::Error| StoreError::sqlite("reading settings", &error);
        let mut inner = self.ready()?;
        let mut statement = inner
            .connected()?
            .prepare_cached(
                "SELECT key, value FROM setting WHERE substr(key, 1, length(?1)) = ?1 ORDER BY key",
            )
            .map_err(fault)?;
        let rows = statement
            .query_map([prefix], |row| Ok((row.get(0)?, row.get(1)?)))
            .map_err(fault)?;
        rows.collect::<Result<_, _>>().map_err(fault)
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
