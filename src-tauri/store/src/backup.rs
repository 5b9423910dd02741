//! Backups: written aside, synced, opened again and checked, and only then given their name.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags};
use serde::Serialize;
use xiaxiangzhi_core::log::{instant, parse_instant};

use crate::check::look_over;
use crate::store::Inner;
use crate::thinning::superfluous_backups;
use crate::{ReadOnly, SecondCopy, Store, StoreError, open};

pub(crate) const FOLDER: &str = "backups";
const PREFIX: &str = "xiaxiangzhi-";
const STAMP: &str = "%Y%m%dT%H%M%SZ";

/// A backup on the disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BackupInfo {
    /// The file.
    pub path: PathBuf,
    /// When it was made.
    pub at: String,
    /// Its size.
    pub bytes: u64,
    /// What became of the copy in the second place, for a backup just made.
    pub second: SecondCopy,
}

impl Store {
    /// Makes a backup now.
    ///
    /// # Errors
    /// An error of the disk, or [`StoreError::BackupNotVerified`]; earlier backups are untouched.
    pub fn backup(&self, at: DateTime<Utc>) -> Result<BackupInfo, StoreError> {
        let mut inner = self.ready()?;
        if let Some(reason @ ReadOnly::OpenedForReading) = inner.read_only {
            return Err(StoreError::ReadOnly { reason });
        }
        let dir = self.dir().join(FOLDER);
        let io = |error: std::io::Error| StoreError::io("writing a backup", &error);
        fs::create_dir_all(&dir).map_err(io)?;
        let temporary = dir.join("new-backup.tmp");
        let path = free_path(&dir, at);
        let made = inner.write_backup(&temporary).and_then(|()| {
            fs::rename(&temporary, &path).map_err(io)?;
            open::sync_dir(&dir).map_err(io)?;
            // The folder may be new: it must last, too.
            open::sync_dir(self.dir()).map_err(io)
        });
        if let Err(error) = made {
            // Only what this call itself wrote, and never under a backup's name.
            let _ = fs::remove_file(&temporary);
            return Err(error);
        }
        inner.changed = false;
        drop(inner);
        // One at a time: another would write over the copy that is being made.
        let _keeping = self.keeping.lock().unwrap_or_else(PoisonError::into_inner);
        // Only now, with a new one that was read back, may old ones go.
        thin(&dir);
        let second = self.copy_to_second(&path);
        let bytes = fs::metadata(&path).map_err(io)?.len();
        Ok(BackupInfo {
            path,
            at: instant(at),
            bytes,
            second,
        })
    }

    /// Makes a backup if something was saved since the last one and that is at least half an hour old (or, on leaving,
    /// however old it is).
    ///
    /// # Errors
    /// As [`Store::backup`].
    pub fn backup_if_due(&self, at: DateTime<Utc>, leaving: bool) -> Result<Option<BackupInfo>, StoreError> {
        if !self.inner().changed {
            return Ok(None);
        }
        let last = self.last_backup().and_then(|backup| parse_instant(&backup.at));
        // A last backup "in the future" is a clock set back: then it is time, too.
        let recent = last.is_some_and(|last| last <= at && at - last < Duration::minutes(30));
        if recent && !leaving {
            Ok(None)
        } else {
            self.backup(at).map(Some)
        }
    }

    /// The newest backup.
    pub fn last_backup(&self) -> Option<BackupInfo> {
        backups(self.dir()).into_iter().next()
    }
}

/// The backups of a data directory, the newest first.
pub fn backups(dir: &Path) -> Vec<BackupInfo> {
    backups_in(&dir.join(FOLDER))
}

/// The backups in a folder, the newest first.
pub(crate) fn backups_in(folder: &Path) -> Vec<BackupInfo> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found: Vec<_> = entries
        .flatten()
        .filter_map(|entry| {
            let path = entry.path();
            Some(BackupInfo {
                at: instant(stamp_of(&path)?),
                path,
                bytes: entry.metadata().ok()?.len(),
                second: SecondCopy::NotChosen,
            })
        })
        .collect();
    newest_first(&mut found);
    found
}

fn newest_first(found: &mut [BackupInfo]) {
    found.sort_by(|a, b| {
        b.at.cmp(&a.at)
            .then_with(|| number_of(&b.path).cmp(&number_of(&a.path)))
            .then_with(|| b.path.cmp(&a.path))
    });
}

/// Which of several backups made in one second: 1, then 2, 3 ... as their names end.
fn number_of(path: &Path) -> u32 {
    let stem = path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default();
    let number = stem.rsplit_once("Z-").and_then(|(_, number)| number.parse().ok());
    number.unwrap_or(1)
}

/// The backups in a place that somebody chose, the newest first: the file itself; or those in the folder, in a data
/// directory's own folder for them, or in the folders that second copies have. A file with another name than a backup's
/// counts if it begins like one of our databases.
pub fn find_backups(place: &Path) -> Vec<BackupInfo> {
    if place.is_file() {
        return of_any_name(place).into_iter().collect();
    }
    let mut folders = vec![place.to_owned(), place.join(FOLDER)];
    let entries = fs::read_dir(place).into_iter().flatten().flatten();
    folders.extend(entries.map(|entry| entry.path()).filter(|path| {
        path.file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with(crate::second_place::FOLDER))
    }));
    let mut found: Vec<_> = folders
        .iter()
        .filter_map(|folder| fs::read_dir(folder).ok())
        .flat_map(Iterator::flatten)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "db"))
        .filter(|path| stamp_of(path).is_some() || begins_like_ours(path))
        .filter_map(|path| of_any_name(&path))
        .collect();
    newest_first(&mut found);
    found
}

fn begins_like_ours(path: &Path) -> bool {
    matches!(
        open::check_header(path),
        Ok(true) | Err(crate::OpenError::Newer { .. })
    )
}

fn of_any_name(path: &Path) -> Option<BackupInfo> {
    Some(BackupInfo {
        at: crate::contents::made_at(path)?,
        bytes: fs::metadata(path).ok()?.len(),
        path: path.to_owned(),
        second: SecondCopy::NotChosen,
    })
}

/// When a backup was made, by its name.
pub(crate) fn stamp_of(path: &Path) -> Option<DateTime<Utc>> {
    let name = path.file_name()?.to_str()?;
    let stamp = name.strip_prefix(PREFIX)?.strip_suffix(".db")?.get(..16)?;
    Some(NaiveDateTime::parse_from_str(stamp, STAMP).ok()?.and_utc())
}

/// Removes the backups that are not promised to be kept. One that cannot be removed stays; that harms nothing.
pub(crate) fn thin(folder: &Path) {
    let all = backups_in(folder);
    let made: Vec<_> = all
        .iter()
        .filter_map(|backup| parse_instant(&backup.at))
        .collect();
    if made.len() == all.len() {
        for (backup, _) in all
            .iter()
            .zip(superfluous_backups(&made))
            .filter(|(_, superfluous)| *superfluous)
        {
            let _ = fs::remove_file(&backup.path);
        }
    }
}

/// A name that no backup has yet: two in one second are two files.
fn free_path(dir: &Path, at: DateTime<Utc>) -> PathBuf {
    let stamp = at.format(STAMP);
    let first = dir.join(format!("{PREFIX}{stamp}.db"));
    if open::is_free(&first) {
        return first;
    }
    (2..10_000)
        .map(|number| dir.join(format!("{PREFIX}{stamp}-{number}.db")))
        .find(|path| open::is_free(path))
        .unwrap_or(first)
}

impl Inner {
    fn write_backup(&mut self, temporary: &Path) -> Result<(), StoreError> {
        let fault = |error: rusqlite::Error| StoreError::sqlite("writing a backup", &error);
        match fs::remove_file(temporary) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(StoreError::io("writing a backup", &error));
            }
            _ => {}
        }
        let mut copy = open::connect_copy(temporary).map_err(fault)?;
        {
            let backup = Backup::new(self.connected()?, &mut copy).map_err(fault)?;
            match backup.step(-1).map_err(fault)? {
                rusqlite::backup::StepResult::Done => {}
                other => {
                    return Err(StoreError::BackupNotVerified {
                        detail: format!("it stopped early: {other:?}"),
                    });
                }
            }
        }
        // A database left in WAL mode does not open on read-only media.
        copy.pragma_update(None, "journal_mode", "DELETE")
            .map_err(fault)?;
        copy.close().map_err(|(_, error)| fault(error))?;
        File::open(temporary)
            .and_then(|file| file.sync_all())
            .map_err(|error| StoreError::io("writing a backup", &error))?;
        self.read_back(temporary)
    }

    /// Opens the copy as a stranger would and compares every log's head with the one here.
    fn read_back(&self, temporary: &Path) -> Result<(), StoreError> {
        let fault = |error: rusqlite::Error| StoreError::BackupNotVerified {
            detail: error.to_string(),
        };
        let copy = Connection::open_with_flags(temporary, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(fault)?;
        let (report, read) = look_over(&copy).map_err(fault)?;
        if !report.ok {
            return Err(StoreError::BackupNotVerified {
                detail: "its own check found damage".to_owned(),
            });
        }
        let here = self.logs.iter().map(|(id, loaded)| (id, loaded.log.head()));
        let there = read.iter().map(|(id, read)| (id, read.loaded.log.head()));
        if !here.eq(there) {
            return Err(StoreError::BackupNotVerified {
                detail: "its logs do not end where ours do".to_owned(),
            });
        }
        Ok(())
    }
}
