//! Looking a whole database over: its structure, and every log against its chain.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use uuid::Uuid;
use xiaxiangzhi_core::log::{LogError, public_key, sha256, to_hex};

use crate::load::{Read, read_logs};
use crate::lock::Lock;
use crate::{OpenError, open};

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckReport {
    /// Whether nothing is wrong.
    pub ok: bool,
    /// What the database's own check says, if anything is wrong with its structure.
    pub structure: Vec<String>,
    /// Every log.
    pub logs: Vec<LogCheck>,
}

/// What a check found in one log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogCheck {
    /// The log.
    pub log_id: Uuid,
    /// How many events are as they were written, from the first on.
    pub n: u64,
    /// The fault, by its stable word.
    pub code: Option<&'static str>,
    /// The fault in words.
    pub message: Option<String>,
}

/// Checks the database of a data directory without changing a record in it. It must not be open elsewhere.
///
/// # Errors
/// If it cannot be read at all; damage that can be read past is in the report.
pub fn check(dir: &Path) -> Result<CheckReport, OpenError> {
    let path = open::database_path(dir);
    if !open::check_header(&path)? {
        let detail = "there is no database".to_owned();
        return Err(OpenError::Io {
            operation: "reading",
            path,
            detail,
        });
    }
    let _lock = Lock::take(dir)?;
    let connection = open::connect(&path)?;
    check_connection(&connection).map_err(|error| OpenError::sqlite(&path, &error))
}

fn check_connection(connection: &rusqlite::Connection) -> rusqlite::Result<CheckReport> {
    look_over(connection).map(|(report, _)| report)
}

/// The check itself, also for a backup, with the logs it read.
pub(crate) fn look_over(
    connection: &rusqlite::Connection,
) -> rusqlite::Result<(CheckReport, BTreeMap<Uuid, Read>)> {
    let mut structure: Vec<String> = connection
        .prepare("PRAGMA integrity_check(20)")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    structure.retain(|line| line != "ok");
    for (table, what) in [("received_file", "received file"), ("decision", "decision")] {
        structure.extend(changed_files(connection, table, what)?);
    }
    structure.extend(wrong_office_key(connection)?);
    let read = read_logs(connection, true)?;
    structure.extend(read.stray());
    let read = read.logs;
    let logs: Vec<_> = read
        .iter()
        .map(|(log_id, read)| LogCheck {
            log_id: *log_id,
            n: read.loaded.log.head().n,
            code: read.fault.as_ref().map(LogError::code),
            message: read.fault.as_ref().map(ToString::to_string),
        })
        .collect();
    let ok = structure.is_empty() && logs.iter().all(|log| log.code.is_none());
    Ok((CheckReport { ok, structure, logs }, read))
}

/// Whether there is such a table: a backup of an older format lacks some.
pub(crate) fn has_table(connection: &rusqlite::Connection, table: &str) -> rusqlite::Result<bool> {
    connection
        .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1")?
        .exists([table])
}

/// The files kept under a hash that they do not have.
fn changed_files(
    connection: &rusqlite::Connection,
    table: &str,
    what: &str,
) -> rusqlite::Result<Vec<String>> {
    let mut changed = Vec::new();
    if !has_table(connection, table)? {
        return Ok(changed);
    }
    let mut kept = connection.prepare(&format!("SELECT sha256, bytes FROM {table}"))?;
    let mut rows = kept.query([])?;
    while let Some(row) = rows.next()? {
        let named: [u8; 32] = row.get(0)?;
        if sha256(row.get_ref(1)?.as_blob()?) != named {
            changed.push(format!("the {what} {} is not what was kept", to_hex(&named)));
        }
    }
    Ok(changed)
}

fn wrong_office_key(connection: &rusqlite::Connection) -> rusqlite::Result<Option<String>> {
    if !has_table(connection, "office_key")? {
        return Ok(None);
    }
    let mut keys = connection.prepare("SELECT public_key, seed FROM office_key")?;
    let mut rows = keys.query([])?;
    while let Some(row) = rows.next()? {
        let (key, seed): ([u8; 32], [u8; 32]) = (row.get(0)?, row.get(1)?);
        if public_key(&seed) != key {
            return Ok(Some("the office's key is not what was kept".to_owned()));
        }
    }
    Ok(None)
}
