//! From an older format to the present one: a verified copy first, then one transaction. Events are never touched.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::backup::Backup;
use serde::Serialize;

use crate::check::look_over;
use crate::{OpenError, open};

/// What each version adds to the one before it, from version 1 on.
const STEPS: &[&str] = &[
    // 2: the computers the records were worked on.
    "CREATE TABLE computer (
        id BLOB PRIMARY KEY CHECK (length(id) = 16),
        name TEXT NOT NULL,
        first_at TEXT NOT NULL,
        last_at TEXT NOT NULL,
        retired_at TEXT
    ) STRICT, WITHOUT ROWID;",
    // 3: the office's key, offices known, decisions and what is being written about files.
    "CREATE TABLE office_key (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        public_key BLOB NOT NULL CHECK (length(public_key) = 32),
        seed BLOB NOT NULL CHECK (length(seed) = 32),
        made_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE known_office (
        public_key BLOB PRIMARY KEY CHECK (length(public_key) = 32),
        hospital TEXT NOT NULL,
        office TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE review_draft (
        log_id BLOB NOT NULL CHECK (length(log_id) = 16),
        hash BLOB NOT NULL CHECK (length(hash) = 32),
        value TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (log_id, hash)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE decision (
        sha256 BLOB PRIMARY KEY CHECK (length(sha256) = 32),
        log_id BLOB NOT NULL CHECK (length(log_id) = 16),
        n INTEGER NOT NULL,
        hash BLOB NOT NULL CHECK (length(hash) = 32),
        decided_at TEXT NOT NULL,
        bytes BLOB NOT NULL
    ) STRICT;",
];

/// A database that was brought to the present format when it was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Migrated {
    /// The format it had.
    pub from: u32,
    /// The verified copy of it in that format, which is never thinned out.
    pub kept: PathBuf,
}

/// Brings a database to the present version; answers what was done, if anything. On an error it is as it was, and so is
/// the copy of it that was made.
///
/// # Errors
/// It is damaged, the copy could not be made or did not verify, or an error of the disk.
pub(crate) fn to_present(path: &Path, connection: &mut Connection) -> Result<Option<Migrated>, OpenError> {
    let fault = |error: rusqlite::Error| OpenError::sqlite(path, &error);
    // Not the file's header: what it says may still be in the write-ahead log.
    let version: u32 = connection
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .map_err(fault)?;
    let steps = version
        .checked_sub(1)
        .and_then(|done| STEPS.get(usize::try_from(done).ok()?..))
        .ok_or_else(|| open::newer(path, version))?;
    if steps.is_empty() {
        return Ok(None);
    }
    match bring_up(path, connection, version, steps) {
        Ok(kept) => Ok(Some(Migrated { from: version, kept })),
        Err(OpenError::Io { detail, .. }) => Err(OpenError::NotMigrated {
            path: path.to_owned(),
            version,
            known: open::USER_VERSION,
            detail,
        }),
        Err(error) => Err(error),
    }
}

fn bring_up(
    path: &Path,
    connection: &mut Connection,
    version: u32,
    steps: &[&str],
) -> Result<PathBuf, OpenError> {
    let fault = |error: rusqlite::Error| OpenError::sqlite(path, &error);
    open::quick_check(path, connection)?;
    let kept = copy_before(path, connection, version)?;
    let transaction = connection.transaction().map_err(fault)?;
    for step in steps {
        transaction.execute_batch(step).map_err(fault)?;
    }
    transaction
        .pragma_update(None, "user_version", open::USER_VERSION)
        .map_err(fault)?;
    transaction.commit().map_err(fault)?;
    Ok(kept)
}

/// The old format's database beside the backups, under a name that is never thinned out.
fn copy_before(path: &Path, connection: &Connection, version: u32) -> Result<PathBuf, OpenError> {
    let folder = path.with_file_name(crate::backup::FOLDER);
    let io = |error: std::io::Error| OpenError::io("writing", &folder, &error);
    let fault = |error: rusqlite::Error| OpenError::sqlite(path, &error);
    fs::create_dir_all(&folder).map_err(io)?;
    let kept = folder.join(format!("before-format-{}.db", version + 1));
    let new = folder.join("before-format.tmp");
    match fs::remove_file(&new) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(io(error)),
        _ => {}
    }
    let mut copy = open::connect_copy(&new).map_err(fault)?;
    {
        let backup = Backup::new(connection, &mut copy).map_err(fault)?;
        backup.step(-1).map_err(fault)?;
    }
    copy.pragma_update(None, "journal_mode", "DELETE")
        .map_err(fault)?;
    let (report, _) = look_over(&copy).map_err(fault)?;
    copy.close().map_err(|(_, error)| fault(error))?;
    if !report.ok {
        let _ = fs::remove_file(&new);
        return Err(OpenError::Damaged {
            path: path.to_owned(),
            detail: "it was damaged before it could be brought to the present format".to_owned(),
        });
    }
    File::open(&new).and_then(|file| file.sync_all()).map_err(io)?;
    fs::rename(&new, &kept).map_err(io)?;
    open::sync_dir(&folder).map_err(io)?;
    // The folder may be new: it must last, too.
    path.parent().map_or(Ok(()), open::sync_dir).map_err(io)?;
    Ok(kept)
}
