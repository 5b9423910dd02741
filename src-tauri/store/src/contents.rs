//! Looking into a database file that is not the open one: a backup, or a damaged one.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use serde::Serialize;
use serde_json::Value;
use tempfile::TempDir;
use uuid::Uuid;
use xiaxiangzhi_core::log::{Entity, instant};

use crate::check::look_over;
use crate::load::Read;
use crate::store::{LogSummary, summary};
use crate::{OpenError, open};

/// What is in a backup that was read through and found whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BackupContents {
    /// The file.
    pub path: PathBuf,
    /// When it was made: by its name, else by the file's own time.
    pub at: Option<String>,
    /// Events in all its postings.
    pub events: u64,
    /// Its postings, the one entered last first.
    pub postings: Vec<PostingContents>,
    /// Review files received that it carries.
    pub received_files: u64,
}

/// One posting in a backup.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PostingContents {
    /// Whose, where and when.
    #[serde(flatten)]
    pub summary: LogSummary,
    /// The last day that something is recorded for, as a date.
    pub last_day: Option<String>,
    /// Half-days with a status.
    pub recorded_half_days: u64,
    /// 讲座
    pub lectures: u64,
    /// 查房
    pub rounds: u64,
    /// 请假
    pub leaves: u64,
    /// Photos and files.
    pub attachments: u64,
}

/// A database file opened for looking only. Nothing is written beside it.
pub(crate) struct Opened {
    pub(crate) connection: Connection,
    /// A file with a write-ahead log cannot be read without writing beside it, so a copy is read.
    _copy: Option<TempDir>,
}

/// Reads a backup through and says what is in it.
///
/// # Errors
/// It is not one of ours, newer, damaged, or cannot be read; it is left as it is.
pub fn contents(path: &Path) -> Result<BackupContents, OpenError> {
    let (opened, logs) = open_whole(path)?;
    let received_files = opened
        .connection
        .query_row("SELECT count(*) FROM received_file", [], |row| row.get(0))
        .map_err(|error| OpenError::sqlite(path, &error))?;
    let mut postings: Vec<_> = logs.iter().map(|(id, read)| of_posting(*id, read)).collect();
    postings.sort_by(|a, b| b.summary.last_at.cmp(&a.summary.last_at));
    Ok(BackupContents {
        path: path.to_owned(),
        at: made_at(path),
        events: postings.iter().map(|posting| posting.summary.n).sum(),
        postings,
        received_files,
    })
}

/// Opens a database file and checks all of it, as [`contents`] does.
pub(crate) fn open_whole(path: &Path) -> Result<(Opened, BTreeMap<Uuid, Read>), OpenError> {
    let opened = open_to_look(path, Newer::Refuse)?;
    let (report, logs) = look_over(&opened.connection).map_err(|error| OpenError::sqlite(path, &error))?;
    if report.ok {
        return Ok((opened, logs));
    }
    let fault = report.structure.into_iter().next();
    let detail = fault
        .or_else(|| report.logs.into_iter().find_map(|log| log.message))
        .unwrap_or_default();
    Err(OpenError::Damaged {
        path: path.to_owned(),
        detail,
    })
}

/// What to do with a file of a newer format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Newer {
    /// It cannot be vouched for.
    Refuse,
    /// It is only looked at.
    Try,
}

/// Opens a database file for looking, however damaged what it holds may be.
pub(crate) fn open_to_look(path: &Path, newer: Newer) -> Result<Opened, OpenError> {
    match open::check_header(path) {
        Ok(true) => {}
        // Whoever looks may try; what a newer version keeps otherwise cannot be read and then says so.
        Err(OpenError::Newer { .. }) if newer == Newer::Try => {}
        Err(error) => return Err(error),
        Ok(false) => {
            return Err(OpenError::Io {
                operation: "reading",
                path: path.to_owned(),
                detail: "there is no such file".to_owned(),
            });
        }
    }
    let beside = ["-wal", "-journal"].map(|ending| open::beside(path, ending));
    let io = |error: std::io::Error| OpenError::io("reading", path, &error);
    let mut there = Vec::new();
    for file in beside {
        // What cannot be asked for may be there: without it the database would lack its last entries, unsaid.
        if file.try_exists().map_err(io)? {
            there.push(file);
        }
    }
    let copy = if !there.is_empty() || open::says_wal(path) {
        Some(copied(path, &there)?)
    } else {
        None
    };
    let fault = |error: rusqlite::Error| OpenError::sqlite(path, &error);
    let (at, mode) = match &copy {
        Some(dir) => (
            dir.path().join(open::DATABASE_FILE),
            OpenFlags::SQLITE_OPEN_READ_WRITE,
        ),
        None => (path.to_owned(), OpenFlags::SQLITE_OPEN_READ_ONLY),
    };
    let connection =
        Connection::open_with_flags(at, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(fault)?;
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)
        .map_err(fault)?;
    if copy.is_some() {
        // What `SQLite` cannot open for writing it opens for reading, and cannot read the write-ahead log then.
        if connection.is_readonly("main").map_err(fault)? {
            return Err(io(std::io::ErrorKind::Other.into()));
        }
        // Nobody else has the copy: no shared-memory file is needed beside it.
        connection
            .pragma_update(None, "locking_mode", "EXCLUSIVE")
            .map_err(fault)?;
    }
    // The same reasons as for the database itself: the file is not ours to trust.
    for (pragma, value) in [
        ("trusted_schema", "OFF"),
        ("cell_size_check", "ON"),
        ("temp_store", "MEMORY"),
    ] {
        connection.pragma_update(None, pragma, value).map_err(fault)?;
    }
    Ok(Opened {
        connection,
        _copy: copy,
    })
}

/// A copy that only this user can read, gone when dropped.
fn copied(path: &Path, beside: &[PathBuf]) -> Result<TempDir, OpenError> {
    let io = |error: std::io::Error| OpenError::io("reading", path, &error);
    let dir = tempfile::tempdir().map_err(io)?;
    let to = dir.path().join(open::DATABASE_FILE);
    fs::copy(path, &to).map_err(io)?;
    for from in beside {
        let name = from.to_string_lossy();
        let ending = name.rsplit('-').next().unwrap_or_default();
        fs::copy(from, open::beside(&to, &format!("-{ending}"))).map_err(io)?;
    }
    Ok(dir)
}

fn of_posting(id: Uuid, read: &Read) -> PostingContents {
    let loaded = &read.loaded;
    let log = &loaded.log;
    let document = log.document(&loaded.beside);
    let rows = |name: &str| {
        document
            .get(name)
            .and_then(Value::as_array)
            .map_or(&[][..], Vec::as_slice)
    };
    let of_kind = |kinds: &[&str]| {
        rows("activities")
            .iter()
            .filter(|row| row["kind"].as_str().is_some_and(|kind| kinds.contains(&kind)))
            .count() as u64
    };
    let half_days = rows("days")
        .iter()
        .flat_map(|day| [&day["morning"], &day["afternoon"]])
        .filter(|status| !status.is_null())
        .count() as u64;
    PostingContents {
        summary: summary(id, loaded),
        last_day: rows("days")
            .iter()
            .filter_map(|day| day["date"].as_str())
            .max()
            .map(str::to_owned),
        recorded_half_days: half_days,
        lectures: of_kind(&["lecture"]),
        rounds: of_kind(&["ward_round", "teaching_round"]),
        leaves: rows("leaves").len() as u64,
        attachments: log
            .keys()
            .filter(|(entity, _)| *entity == Entity::Attachment)
            .count() as u64,
    }
}

/// When a backup was made.
pub(crate) fn made_at(path: &Path) -> Option<String> {
    crate::backup::stamp_of(path).map(instant).or_else(|| {
        let changed = fs::metadata(path).ok()?.modified().ok()?;
        Some(instant(DateTime::<Utc>::from(changed)))
    })
}
