//! Going on from a backup where the database cannot be read any more.
//!
//! The damaged file is kept aside under a name of its own. The backup is made whole beside the database's place, with what
//! can still be believed of the damaged file, and moved there in one step.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::backup::Backup;
use rusqlite::{Connection, params};
use serde::Serialize;
use uuid::Uuid;
use xiaxiangzhi_core::log::{
    Entity, EventKind, ExportedHead, Log, LogError, Prepared, Restored, instant, parse_body,
};

use crate::check::look_over;
use crate::contents::{Newer, Opened, made_at, open_to_look, open_whole};
use crate::damaged::Damaged;
use crate::load::{Loaded, Read, read_logs};
use crate::lock::Lock;
use crate::save::{insert, insert_log};
use crate::{OpenError, exported, new_id, open};

/// What going on from a backup did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Adopted {
    /// Where the damaged file is kept; none if there was no file.
    pub kept_aside: Option<PathBuf>,
    /// Each posting.
    pub postings: Vec<AdoptedPosting>,
}

/// What became of one posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AdoptedPosting {
    /// Its log.
    pub log_id: Uuid,
    /// The last event of the backup.
    pub backup_n: u64,
    /// Events after that which were still readable in the damaged file, true to the chain, and came along.
    pub salvaged: u64,
    /// Events known to have been there and lost.
    pub lost: u64,
}

/// Puts a backup in the place of a database that cannot be opened. What the damaged file still proves of later events is
/// carried over; each posting's log says that it was restored. The damaged file stays, under a new name.
///
/// # Errors
/// Another instance has the folder, the backup is not whole, or an error of the disk: the place is then as it was.
pub fn adopt(dir: &Path, backup: &Path, at: DateTime<Utc>) -> Result<Adopted, OpenError> {
    let path = open::database_path(dir);
    let _lock = Lock::take(dir)?;
    let (opened, logs) = open_whole(backup)?;
    let exports = exported::read(dir)
        .or_else(|_| exported::read(dir))
        .unwrap_or_default();
    let mut damaged = Damaged::look(&path);
    // An earlier call that was cut off has put the write-ahead log away already.
    let earlier = aside_already(&path);
    if let Some(aside) = &earlier {
        damaged.look_also(aside);
    }

    let new = path.with_extension("db.new");
    let io = |error: std::io::Error| OpenError::io("writing", dir, &error);
    let built = copy_of(&opened, &new).and_then(|connection| {
        let place = Place {
            new: &new,
            backup_at: made_at(backup).unwrap_or_else(|| instant(at)),
            at,
        };
        complete(connection, logs, &damaged, &exports, &place)
    });
    let postings = match built {
        Ok(postings) => postings,
        Err(error) => {
            // Only what this call itself wrote.
            let _ = fs::remove_file(&new);
            return Err(error);
        }
    };
    File::open(&new).and_then(|file| file.sync_all()).map_err(io)?;
    let kept_aside = set_aside(&path, earlier, at).map_err(io)?;
    fs::rename(&new, &path).map_err(io)?;
    open::sync_dir(dir).map_err(io)?;
    Ok(Adopted { kept_aside, postings })
}

/// What [`adopt`] would do with a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Foreseen {
    /// Each posting.
    pub postings: Vec<AdoptedPosting>,
    /// The records that the events carried over belong to, in the order they were last entered.
    pub later: Vec<LaterRecord>,
}

/// A record that was entered after the backup was made and would be carried over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LaterRecord {
    /// The kind of record.
    pub entity: Entity,
    /// Its key.
    pub key: String,
    /// How often it was entered since.
    pub times: u64,
}

/// Foresees what [`adopt`] would do. Nothing is written.
///
/// # Errors
/// The backup is not whole.
pub fn foresee(dir: &Path, backup: &Path) -> Result<Foreseen, OpenError> {
    let (_opened, logs) = open_whole(backup)?;
    let exports = exported::read(dir).unwrap_or_default();
    let path = open::database_path(dir);
    let mut damaged = Damaged::look(&path);
    if let Some(aside) = aside_already(&path) {
        damaged.look_also(&aside);
    }
    let mut foreseen = Foreseen {
        postings: Vec::new(),
        later: Vec::new(),
    };
    for (id, read) in logs {
        foreseen.follow(id, read.loaded, &damaged, exports.get(&id));
    }
    for loaded in damaged.other_logs(&foreseen.postings) {
        foreseen.follow(loaded.log.id(), loaded, &damaged, None);
    }
    Ok(foreseen)
}

impl Foreseen {
    fn follow(&mut self, id: Uuid, mut loaded: Loaded, damaged: &Damaged, exported: Option<&ExportedHead>) {
        let backup_n = loaded.log.head().n;
        let salvaged = damaged.salvage(&mut loaded);
        let reached = loaded.log.head().n;
        if !loaded.log.holds(Entity::Posting, "") {
            return;
        }
        for event in &salvaged.events {
            if let Ok(EventKind::Set(set)) = parse_body(event.n, &event.body).map(|event| event.kind) {
                self.note(set.entity, set.key);
            }
        }
        let known_to = damaged.last(id).max(exported.map_or(0, |head| head.n));
        self.postings.push(AdoptedPosting {
            log_id: id,
            backup_n,
            salvaged: reached - backup_n,
            lost: known_to.saturating_sub(reached),
        });
    }

    fn note(&mut self, entity: Entity, key: String) {
        let found = self
            .later
            .iter()
            .position(|later| later.entity == entity && later.key == key);
        let times = found.map_or(0, |at| self.later.remove(at).times) + 1;
        self.later.push(LaterRecord { entity, key, times });
    }
}

/// The number of the first event in a database's logs that is not as it was written, read without changing anything; none if
/// every event that can be read is, or if not even that can be told.
pub fn first_fault(dir: &Path) -> Option<u64> {
    let opened = open_to_look(&open::database_path(dir), Newer::Refuse).ok()?;
    let logs = read_logs(&opened.connection, true).ok()?;
    logs.logs.into_values().find_map(|read| match read.fault? {
        LogError::Malformed { n, .. } | LogError::ChainBroken { n } => Some(n),
        _ => None,
    })
}

/// A copy of the backup, page by page.
fn copy_of(opened: &Opened, new: &Path) -> Result<Connection, OpenError> {
    let fault = |error: rusqlite::Error| OpenError::sqlite(new, &error);
    match fs::remove_file(new) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(OpenError::io("writing", new, &error));
        }
        _ => {}
    }
    let mut copy = open::connect_copy(new).map_err(fault)?;
    {
        let backup = Backup::new(&opened.connection, &mut copy).map_err(fault)?;
        backup.step(-1).map_err(fault)?;
    }
    for (pragma, value) in [
        ("journal_mode", "DELETE"),
        ("secure_delete", "ON"),
        ("synchronous", "FULL"),
    ] {
        copy.pragma_update(None, pragma, value).map_err(fault)?;
    }
    Ok(copy)
}

struct Place<'a> {
    new: &'a Path,
    backup_at: String,
    at: DateTime<Utc>,
}

/// Enters in the copy what can be salvaged and that it was restored, and checks it as it will be opened.
fn complete(
    mut connection: Connection,
    logs: BTreeMap<Uuid, Read>,
    damaged: &Damaged,
    exports: &BTreeMap<Uuid, ExportedHead>,
    place: &Place<'_>,
) -> Result<Vec<AdoptedPosting>, OpenError> {
    let fault = |error: rusqlite::Error| OpenError::sqlite(place.new, &error);
    let transaction = connection.transaction().map_err(fault)?;
    let mut postings = Vec::new();
    for (id, read) in logs {
        let mut loaded = read.loaded;
        let backup_n = loaded.log.head().n;
        let salvaged = damaged.salvage(&mut loaded);
        insert(&transaction, id, &salvaged).map_err(fault)?;
        for text in loaded.log.redacted_texts() {
            // Erased after the backup was made: it must not come back with it.
            transaction
                .execute(
                    "DELETE FROM text WHERE log_id = ?1 AND hash = ?2",
                    params![id.as_bytes(), text],
                )
                .map_err(fault)?;
        }
        let reached = loaded.log.head().n;
        let exported = exports.get(&id).cloned();
        let known_to = damaged.last(id).max(exported.as_ref().map_or(0, |head| head.n));
        if known_to > reached {
            let restored = Restored {
                backup: place.backup_at.clone(),
                replaced_to: known_to,
                exported: exported.filter(|head| head.n > reached),
            };
            let event = say_restored(&loaded.log, restored, place)?;
            insert(&transaction, id, &event).map_err(fault)?;
        }
        postings.push(AdoptedPosting {
            log_id: id,
            backup_n,
            salvaged: reached - backup_n,
            lost: known_to.saturating_sub(reached),
        });
    }
    // Postings begun after the backup was made.
    for mut loaded in damaged.other_logs(&postings) {
        let (id, seed) = (loaded.log.id(), loaded.seed);
        let salvaged = damaged.salvage(&mut loaded);
        let reached = loaded.log.head().n;
        if !loaded.log.holds(Entity::Posting, "") {
            continue;
        }
        insert_log(&transaction, id, loaded.log.first_key(), seed.as_ref()).map_err(fault)?;
        insert(&transaction, id, &salvaged).map_err(fault)?;
        postings.push(AdoptedPosting {
            log_id: id,
            backup_n: 0,
            salvaged: reached,
            lost: damaged.last(id).saturating_sub(reached),
        });
    }
    transaction.commit().map_err(fault)?;
    let (report, _) = look_over(&connection).map_err(fault)?;
    connection.close().map_err(|(_, error)| fault(error))?;
    if report.ok {
        Ok(postings)
    } else {
        Err(OpenError::Damaged {
            path: place.new.to_owned(),
            detail: "what was put together from the backup did not verify".to_owned(),
        })
    }
}

fn say_restored(log: &Log, restored: Restored, place: &Place<'_>) -> Result<Prepared, OpenError> {
    let failed = |detail: String| OpenError::Io {
        operation: "writing",
        path: place.new.to_owned(),
        detail,
    };
    let id = new_id(place.at).map_err(|error| failed(error.to_string()))?;
    log.prepare_event(id, place.at, EventKind::Restored(restored))
        .map_err(|error| failed(error.to_string()))
}

const ASIDE: &str = "xiaxiangzhi-damaged-";

/// Keeps the damaged file and its write-ahead log under names of their own, in the same folder. The log must be gone for
/// good before another database takes the place: its pages would be laid over it.
fn set_aside(path: &Path, earlier: Option<PathBuf>, at: DateTime<Utc>) -> std::io::Result<Option<PathBuf>> {
    if !path.try_exists()? {
        return Ok(None);
    }
    let mut beside = Vec::new();
    for ending in ["-wal", "-journal"] {
        if open::beside(path, ending).try_exists()? {
            beside.push(ending);
        }
    }
    let fits = |aside: &PathBuf| {
        beside
            .iter()
            .all(|ending| open::is_free(&open::beside(aside, ending)))
    };
    let aside = if let Some(aside) = earlier.filter(fits) {
        aside
    } else {
        let aside = free_aside(path, at);
        second_name(path, &aside)?;
        aside
    };
    for ending in &beside {
        second_name(&open::beside(path, ending), &open::beside(&aside, ending))?;
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    open::sync_dir(folder)?;
    for ending in &beside {
        fs::remove_file(open::beside(path, ending))?;
    }
    open::sync_dir(folder)?;
    Ok(Some(aside))
}

fn free_aside(path: &Path, at: DateTime<Utc>) -> PathBuf {
    let stamp = at.format("%Y%m%dT%H%M%SZ");
    (1..1_000)
        .map(|number| {
            let suffix = if number == 1 {
                String::new()
            } else {
                format!("-{number}")
            };
            path.with_file_name(format!("{ASIDE}{stamp}{suffix}.db"))
        })
        .find(|aside| open::is_free(aside))
        .unwrap_or_else(|| path.with_extension("db.damaged"))
}

/// A second name for the same file, so that until the new one takes the place nothing is missing from it; a copy where
/// the file system has no second names.
fn second_name(path: &Path, other: &Path) -> std::io::Result<()> {
    if fs::hard_link(path, other).is_ok() {
        return Ok(());
    }
    // A half copy would be taken for the damaged file.
    let new = other.with_extension("tmp");
    fs::copy(path, &new)?;
    File::open(&new)?.sync_all()?;
    fs::rename(&new, other)
}

/// What an earlier call has put aside of the very file that is still in the place.
fn aside_already(path: &Path) -> Option<PathBuf> {
    let bytes = fs::read(path).ok()?;
    let same = |aside: &Path| {
        fs::metadata(aside).is_ok_and(|found| found.len() == bytes.len() as u64)
            && fs::read(aside).is_ok_and(|found| found == bytes)
    };
    let files = fs::read_dir(path.parent()?)
        .ok()?
        .flatten()
        .map(|file| file.path());
    let mut asides: Vec<_> = files
        .filter(|file| {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with(ASIDE) && name.ends_with(".db")
        })
        .collect();
    asides.sort();
    asides.into_iter().rev().find(|aside| same(aside))
}
