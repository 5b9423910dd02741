//! The controls: second processes that do what ours must not. Each must be caught by the judge that ours satisfy.

use std::fs;
use std::path::Path;

use rusqlite::{Connection, params};
use xiaxiangzhi_core::log::{Beside, Log, Origin, Prepared, public_key};
use xiaxiangzhi_store::{Store, new_id, new_salt};

use crate::child::{entry, say};
use crate::failing::{actor, places};
use crate::store::fresh;
use crate::support::{SEED, evening, posting_id, profile};

/// Says that entries are saved when the system has them, not the disk.
pub(super) fn commit_without_sync(root: &Path) {
    let mut database = Connection::open(places::database(root)).unwrap();
    for (pragma, value) in [
        ("locking_mode", "EXCLUSIVE"),
        ("journal_mode", "WAL"),
        ("synchronous", "NORMAL"),
    ] {
        database.pragma_update(None, pragma, value).unwrap();
    }
    let mut log = Log::new(posting_id(), public_key(&SEED));
    let mut beside = Beside::default();
    let mut commit = |log: &mut Log, beside: &mut Beside, prepared: &Prepared| {
        let transaction = database.transaction().unwrap();
        let id = posting_id();
        let id = id.as_bytes();
        if log.head().n == 0 {
            let values = params![id, log.first_key(), SEED];
            let insert = "INSERT INTO log (log_id, public_key, seed) VALUES (?1, ?2, ?3)";
            transaction.execute(insert, values).unwrap();
        }
        for event in &prepared.events {
            let values = params![id, event.n, event.body, event.hash];
            let insert = "INSERT INTO event (log_id, n, body, hash) VALUES (?1, ?2, ?3, ?4)";
            transaction.execute(insert, values).unwrap();
            log.apply(&event.body).unwrap();
        }
        for text in &prepared.texts {
            let values = params![id, text.digest(), text.salt, text.text];
            let insert = "INSERT INTO text (log_id, hash, salt, text) VALUES (?1, ?2, ?3, ?4)";
            transaction.execute(insert, values).unwrap();
        }
        beside.extend(prepared);
        transaction.commit().unwrap();
    };
    let mut salt = || new_salt().unwrap();
    let posting = [fresh(xiaxiangzhi_core::log::Entity::Posting, "", profile())];
    let id = new_id(evening(5)).unwrap();
    let first = log.prepare_first(id, Origin::App, &posting, evening(5), &mut salt);
    commit(&mut log, &mut beside, &first.unwrap());
    say("entries 0");
    for number in 0..36 {
        let next = log.prepare(&beside, &[entry(number)], evening(5), &mut salt);
        commit(&mut log, &mut beside, &next.unwrap());
        say(&format!("entries {}", number + 1));
    }
}

/// Gives a backup its name before it is synced.
pub(super) fn backup_without_sync(root: &Path, store: &Store) {
    let temporary = places::backups(root).join("new-backup.tmp");
    let path = places::backups(root).join("xiaxiangzhi-20260112T094500Z.db");
    fs::write(&temporary, fs::read(places::first_backup(root)).unwrap()).unwrap();
    fs::rename(&temporary, &path).unwrap();
    fs::File::open(places::backups(root)).unwrap().sync_all().unwrap();
    let events = store.folded(posting_id()).unwrap().n;
    say(&format!("backup {events} {}", path.display()));
}

/// Says that an entry is saved whatever the store says.
pub(super) fn ignore_refusals(store: &Store) {
    for number in places::ENTRIES..places::ENTRIES + 3 {
        save_deafly(store, number);
    }
}

pub(super) fn save_deafly(store: &Store, number: u64) {
    let _ = store.save(posting_id(), &[entry(number)], evening(5));
    say(&format!("entries {}", number + 1));
}

/// Writes the review file under its own name from the start.
pub(super) fn export_directly(root: &Path, store: &Store) {
    for _ in 0..2 {
        let file = actor::reviewed(store);
        actor::step("write", || fs::write(places::review_file(root), &file.bytes));
        say(&format!("exported {}", file.number));
    }
}
