//! The computers that records were worked on: to notice two at once, and to leave an old one behind when moving.

use std::fs;
use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use uuid::Uuid;
use xiaxiangzhi_core::log::instant;

use crate::store::Inner;
use crate::{ReadOnly, Store, StoreError, random};

/// A computer. Its id is random, made once for each user account, and kept outside the data directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Computer {
    /// The random id.
    pub id: Uuid,
    /// What people call it.
    pub name: String,
}

/// The computer on which the records were worked last, if it is not this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OtherComputer {
    /// What people call it.
    pub name: String,
    /// When it had them open last.
    pub last_at: String,
}

impl Store {
    /// Says on which computer the records are open now. Answers which other one had them last. On a computer that was
    /// moved away from they are open for reading only.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn at_computer(
        &self,
        computer: &Computer,
        at: DateTime<Utc>,
    ) -> Result<Option<OtherComputer>, StoreError> {
        let mut inner = self.ready()?;
        if inner.read_only.is_some() {
            return Ok(None);
        }
        let id = computer.id.as_bytes();
        let read = |error: rusqlite::Error| StoreError::sqlite("reading the computers", &error);
        let last: Option<([u8; 16], String, String)> = inner
            .connected()?
            .query_row(
                "SELECT id, name, last_at FROM computer WHERE retired_at IS NULL ORDER BY last_at DESC, id LIMIT 1",
                [],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .optional()
            .map_err(read)?;
        let retired: Option<Option<String>> = inner
            .connected()?
            .query_row("SELECT retired_at FROM computer WHERE id = ?1", [id], |row| {
                row.get(0)
            })
            .optional()
            .map_err(read)?;
        if retired.flatten().is_some() {
            inner.read_only = Some(ReadOnly::Moved);
            return Ok(None);
        }
        inner.write("noting the computer", |connection| {
            connection
                .prepare_cached(
                    "INSERT INTO computer (id, name, first_at, last_at) VALUES (?1, ?2, ?3, ?3) \
                     ON CONFLICT (id) DO UPDATE SET name = excluded.name, last_at = excluded.last_at",
                )?
                .execute(params![id, computer.name, instant(at)])
        })?;
        Ok(last
            .filter(|(last, ..)| last != id)
            .map(|(_, name, last_at)| OtherComputer { name, last_at }))
    }

    /// When the records moved away from a computer; none if they did not, or came back since.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn left_at(&self, computer: &Computer) -> Result<Option<String>, StoreError> {
        self.ready()?
            .connected()?
            .query_row(
                "SELECT retired_at FROM computer WHERE id = ?1",
                [computer.id.as_bytes()],
                |row| row.get(0),
            )
            .optional()
            .map(Option::flatten)
            .map_err(|error| StoreError::sqlite("reading the computers", &error))
    }

    /// The records moved away from this computer: from now on they can only be read here.
    ///
    /// # Errors
    /// An error of the disk; they can still be changed then.
    pub fn retire(&self, computer: &Computer, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.ready()?.retire(computer, at)
    }

    /// Work goes on here after all. What is entered on the other computer meanwhile makes the two fork.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn take_back(&self, computer: &Computer) -> Result<(), StoreError> {
        let mut inner = self.ready()?;
        if inner.read_only != Some(ReadOnly::Moved) {
            return Ok(());
        }
        inner.read_only = None;
        let written = inner.write("taking the records back", |connection| {
            connection.execute(
                "UPDATE computer SET retired_at = NULL WHERE id = ?1",
                [computer.id.as_bytes()],
            )
        });
        if written.is_err() {
            // What the next start would say holds now, too.
            inner.read_only = Some(ReadOnly::Moved);
        }
        written.map(|_| ())
    }
}

impl Inner {
    pub(crate) fn retire(&mut self, computer: &Computer, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.write("leaving the old copy behind", |connection| {
            connection.execute(
                "INSERT INTO computer (id, name, first_at, last_at, retired_at) VALUES (?1, ?2, ?3, ?3, ?3) \
                 ON CONFLICT (id) DO UPDATE SET retired_at = excluded.retired_at",
                params![computer.id.as_bytes(), computer.name, instant(at)],
            )
        })?;
        self.tidy();
        self.read_only = Some(ReadOnly::Moved);
        Ok(())
    }
}

const FILE: &str = "computer";

impl Computer {
    /// This computer and user account. The id is made at the first call and kept with the user's settings, not with the
    /// records: a copied data directory must not bring it along.
    pub fn this() -> Option<Self> {
        let folder = directories::ProjectDirs::from("", "", "xiaxiangzhi")?
            .config_dir()
            .to_owned();
        Self::kept_in(&folder, computer_name())
    }

    /// The computer whose id is kept in a folder; made there if need be. None where that cannot be written.
    pub fn kept_in(folder: &Path, name: String) -> Option<Self> {
        let path = folder.join(FILE);
        let known = fs::read_to_string(&path)
            .ok()
            .and_then(|text| Uuid::parse_str(text.trim()).ok());
        if let Some(id) = known {
            return Some(Self { id, name });
        }
        let id = uuid::Builder::from_random_bytes(random().ok()?).into_uuid();
        fs::create_dir_all(folder).ok()?;
        fs::write(&path, id.to_string()).ok()?;
        Some(Self { id, name })
    }
}

fn computer_name() -> String {
    let named = ["COMPUTERNAME", "HOSTNAME"]
        .iter()
        .find_map(|name| std::env::var(name).ok());
    named
        .or_else(|| fs::read_to_string("/etc/hostname").ok())
        .map(|name| name.trim().chars().filter(|c| !c.is_control()).take(60).collect())
        .filter(|name: &String| !name.is_empty())
        .unwrap_or_else(|| "?".to_owned())
}
