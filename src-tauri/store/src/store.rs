//! The store itself: opening, reading, and coming back after an error.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;
use xiaxiangzhi_core::log::{EnteredRecord, Entity, Origin, StepName, fingerprint, to_hex};

use crate::contents::{Newer, Opened, open_to_look};
use crate::load::{Loaded, fault_text, read_logs, read_logs_and};
use crate::lock::Lock;
use crate::migrate::{self, Migrated};
use crate::time_seen::Seen;
use crate::{OpenError, StoreError, open};

/// A data directory, opened.
///
/// Every method takes the one lock around the one connection, so calls from several threads follow each other; two writers
/// cannot exist. A thread of its own for the database would add a queue and take nothing away.
pub struct Store {
    dir: PathBuf,
    inner: Mutex<Inner>,
    /// Held while backups are thinned out and copied to the second place, which the records need not wait for.
    pub(crate) keeping: Mutex<()>,
    /// None where nothing is ever written.
    _lock: Option<Lock>,
}

pub(crate) struct Inner {
    pub(crate) path: PathBuf,
    /// None after an error until the database could be opened again.
    pub(crate) connection: Option<Connection>,
    pub(crate) logs: BTreeMap<Uuid, Loaded>,
    /// Saves since the last checkpoint.
    pub(crate) saves: u32,
    /// Whether the disk failed a write: then the end of the write-ahead log may be in the system's memory only, and nothing
    /// may be laid on top of it.
    suspect: bool,
    /// Whether something was saved since the last backup.
    pub(crate) changed: bool,
    /// Why nothing may be written, if so.
    pub(crate) read_only: Option<ReadOnly>,
    /// What is read where nothing may be written in the place itself.
    copy: Option<Opened>,
    /// Whether it was brought to the present format.
    migrated: Option<Migrated>,
    /// What is known of the time.
    pub(crate) seen: Seen,
}

/// Why records can be seen but not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadOnly {
    /// They were opened for reading because they could not be opened otherwise.
    OpenedForReading,
    /// They moved to another computer; this is the old copy.
    Moved,
}

/// One posting, for a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogSummary {
    /// The log's id, which is the posting's.
    pub log_id: Uuid,
    /// The physician's name.
    pub physician: Option<String>,
    /// The recipient unit.
    pub recipient_unit: Option<String>,
    /// First day.
    pub start: Option<String>,
    /// Last day.
    pub end: Option<String>,
    /// Number of the last event.
    pub n: u64,
    /// The chain's head in hex.
    pub head: String,
    /// When the last event was entered.
    pub last_at: Option<String>,
}

/// A posting as its log amounts to now.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Folded {
    /// The records document (records.md).
    pub document: Value,
    /// Number of the last event.
    pub n: u64,
    /// The chain's head in hex.
    pub head: String,
    /// The head's code as printed on forms.
    pub head_code: String,
    /// The key's fingerprint.
    pub fingerprint: String,
    /// Where the log comes from.
    pub origin: Origin,
    /// How often it was exported.
    pub exports: u64,
    /// When it was last exported.
    pub exported_at: Option<String>,
    /// When the last event was entered.
    pub last_at: Option<String>,
    /// When each record was entered, and how late.
    pub entered: Vec<EnteredRecord>,
    /// What an undo would take back, if there is something.
    pub undo: Option<StepName>,
    /// What a redo would make again, if there is something.
    pub redo: Option<StepName>,
    /// Which step an undo would take back: the id of its event or batch.
    pub undo_id: Option<Uuid>,
    /// Which step a redo would make again: the id of its event or batch.
    pub redo_id: Option<Uuid>,
}

/// The data directory of this user, where the system keeps such things.
pub fn default_dir() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "xiaxiangzhi").map(|dirs| dirs.data_dir().to_owned())
}

impl Store {
    /// Opens the database of a data directory; makes both if they are not there.
    ///
    /// # Errors
    /// Each kind of obstacle has its own word; nothing is changed or deleted on any of them.
    pub fn open(dir: &Path) -> Result<Self, OpenError> {
        let path = open::database_path(dir);
        // A foreign or newer database is left alone before anything at all is written beside it.
        let exists = open::check_header(&path)?;
        let made = if exists { Ok(()) } else { open::make_folder(dir) };
        made.map_err(|error| OpenError::io("creating", dir, &error))?;
        let lock = Lock::take(dir)?;
        // Between the first look and the lock another instance may have made it.
        if !exists && !open::check_header(&path)? {
            open::create(&path)?;
        }
        let inner = Inner {
            path,
            connection: None,
            logs: BTreeMap::new(),
            saves: 0,
            suspect: false,
            changed: false,
            read_only: None,
            copy: None,
            migrated: None,
            seen: Seen::default(),
        };
        let store = Self {
            dir: dir.to_owned(),
            inner: Mutex::new(inner),
            keeping: Mutex::default(),
            _lock: Some(lock),
        };
        store.inner().reopen()?;
        // After a crash, what was saved since the last backup is still to be backed up.
        let last_backup = store.last_backup().map(|backup| backup.at);
        let mut inner = store.inner();
        inner.changed = inner
            .logs
            .values()
            .any(|loaded| loaded.log.last_at() > last_backup);
        drop(inner);
        Ok(store)
    }

    /// Opens records to be seen only, where they cannot be opened otherwise: nothing is written in their place, no lock is
    /// taken, and of a damaged log as much is shown as its chain proves.
    ///
    /// # Errors
    /// Not even that can be read.
    pub fn open_for_reading(dir: &Path) -> Result<Self, OpenError> {
        let path = open::database_path(dir);
        let opened = open_to_look(&path, Newer::Try)?;
        let read = read_logs(&opened.connection, false);
        // Of what a newer version keeps in another way, its being newer is the true reason.
        let read = read.map_err(|error| match open::check_header(&path) {
            Err(newer @ OpenError::Newer { .. }) => newer,
            _ => OpenError::sqlite(&path, &error),
        })?;
        let inner = Inner {
            path,
            connection: None,
            logs: read
                .logs
                .into_iter()
                .map(|(id, read)| (id, read.loaded))
                .filter(|(_, loaded)| loaded.log.holds(Entity::Posting, ""))
                .collect(),
            saves: 0,
            suspect: false,
            changed: false,
            read_only: Some(ReadOnly::OpenedForReading),
            copy: Some(opened),
            migrated: None,
            seen: Seen::default(),
        };
        Ok(Self {
            dir: dir.to_owned(),
            inner: Mutex::new(inner),
            keeping: Mutex::default(),
            _lock: None,
        })
    }

    /// Why nothing can be changed; none if it can.
    pub fn read_only(&self) -> Option<ReadOnly> {
        self.inner().read_only
    }

    /// Whether the database had an older format and was brought to the present one when it was opened.
    pub fn migrated(&self) -> Option<Migrated> {
        self.inner().migrated.clone()
    }

    /// The data directory.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// A panic elsewhere while the lock was held leaves the logs as they were: they change only after a commit.
    pub(crate) fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The lock, with a connection: after an error it is made anew and everything is read and checked again, before
    /// anything is prepared on top of it.
    pub(crate) fn ready(&self) -> Result<MutexGuard<'_, Inner>, StoreError> {
        let mut inner = self.inner();
        if inner.connection.is_none() && inner.copy.is_none() {
            inner.reopen()?;
        }
        Ok(inner)
    }

    /// All postings, the one entered last first.
    pub fn logs(&self) -> Vec<LogSummary> {
        let inner = self.inner();
        let mut summaries: Vec<_> = inner
            .logs
            .iter()
            .map(|(id, loaded)| summary(*id, loaded))
            .collect();
        summaries.sort_by(|a, b| b.last_at.cmp(&a.last_at).then(a.log_id.cmp(&b.log_id)));
        summaries
    }

    /// One posting as it is now.
    ///
    /// # Errors
    /// [`StoreError::NoSuchLog`].
    pub fn folded(&self, log_id: Uuid) -> Result<Folded, StoreError> {
        let inner = self.inner();
        let Loaded { log, beside, .. } = inner.log(log_id)?;
        let head = log.head();
        Ok(Folded {
            document: log.document(beside),
            n: head.n,
            head: to_hex(&head.hash),
            head_code: head.code(),
            fingerprint: fingerprint(log.public_key()),
            origin: log.origin(),
            exports: log.exports(),
            exported_at: log.exported_at(),
            last_at: log.last_at(),
            entered: log.entered(),
            undo: log.next_undo(),
            redo: log.next_redo(),
            undo_id: log.next_undo_id(),
            redo_id: log.next_redo_id(),
        })
    }
}

pub(crate) fn summary(log_id: Uuid, loaded: &Loaded) -> LogSummary {
    let posting = loaded
        .log
        .record(Entity::Posting, "", &loaded.beside)
        .unwrap_or_default();
    let text = |pointer: &str| {
        posting
            .pointer(pointer)
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    LogSummary {
        log_id,
        physician: text("/physician/name"),
        recipient_unit: text("/recipient_unit"),
        start: text("/start"),
        end: text("/end"),
        n: loaded.log.head().n,
        head: to_hex(&loaded.log.head().hash),
        last_at: loaded.log.last_at(),
    }
}

impl Inner {
    pub(crate) fn log(&self, id: Uuid) -> Result<&Loaded, StoreError> {
        self.logs.get(&id).ok_or(StoreError::NoSuchLog { id })
    }

    pub(crate) fn connected(&mut self) -> Result<&mut Connection, StoreError> {
        let read = self.copy.as_mut().map(|copy| &mut copy.connection);
        self.connection.as_mut().or(read).ok_or(StoreError::Io {
            operation: "opening the database",
            detail: "no connection".to_owned(),
        })
    }

    /// Opens the database, checks it, and reads its logs. On an error the logs in memory stay as they are, so that they
    /// can still be read and exported.
    pub(crate) fn reopen(&mut self) -> Result<(), OpenError> {
        self.connection = None;
        if let Err(error) = open::settle_log(&self.path) {
            let error = OpenError::io("writing", &self.path, &error);
            // Want of room is no failed sync.
            if self.suspect || !matches!(error, OpenError::DiskFull { .. }) {
                return Err(error);
            }
        }
        let mut connection = open::connect(&self.path)?;
        if let Some(migrated) = migrate::to_present(&self.path, &mut connection)? {
            self.migrated = Some(migrated);
        }
        let check = || open::quick_check(&self.path, &connection);
        let (read, checked) = read_logs_and(&connection, false, check)
            .map_err(|error| OpenError::sqlite(&self.path, &error))?;
        checked?;
        if let Some(detail) = read.stray() {
            return Err(OpenError::Damaged {
                path: self.path.clone(),
                detail,
            });
        }
        let mut logs = BTreeMap::new();
        for (id, read) in read.logs {
            if let Some(fault) = read.fault {
                let detail = fault_text(id, &fault);
                return Err(OpenError::Damaged {
                    path: self.path.clone(),
                    detail,
                });
            }
            logs.insert(id, read.loaded);
        }
        open::trusted(&connection).map_err(|error| OpenError::sqlite(&self.path, &error))?;
        self.logs = logs;
        self.connection = Some(connection);
        self.empty_log()
            .map_err(|error| OpenError::sqlite(&self.path, &error))
    }

    /// Moves the write-ahead log into the database and takes the one-time sync of a fresh log upon itself, so that the next
    /// save costs exactly one. An error here loses nothing: the commits are safe where they are.
    pub(crate) fn tidy(&mut self) {
        let _ = self.empty_log();
    }

    /// As [`Inner::tidy`]. On an error that is more than want of room there is no connection any more: on Linux a sync that
    /// failed is never made up for by a later one, so the next save must not follow in the same log. Whoever opens the
    /// database again reads the log and writes all of it into the database, or is refused here.
    fn empty_log(&mut self) -> rusqlite::Result<()> {
        let Some(connection) = self.connection.as_ref().filter(|_| self.read_only.is_none()) else {
            return Ok(());
        };
        let emptied = connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            .and_then(|()| {
                connection.execute(
                    "INSERT INTO setting (key, value) VALUES ('checkpoints', '1') \
                     ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1",
                    [],
                )
            });
        self.saves = 0;
        match emptied {
            Ok(_) => self.suspect = false,
            Err(error) if !self.suspect && is_full(&error) => {}
            Err(error) => {
                self.suspect = true;
                self.connection = None;
                return Err(error);
            }
        }
        Ok(())
    }

    /// After an error nothing is assumed: what is on the disk is read again. If even that fails the logs in memory, which
    /// hold only what was acknowledged, stay readable, and the next call tries again.
    pub(crate) fn recover(&mut self, error: &rusqlite::Error) {
        self.suspect |= !is_full(error);
        if self.reopen().is_err() {
            self.connection = None;
        }
    }
}

/// A write that found no room was never begun.
fn is_full(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull)
}
