//! The places that the acts begin in.

use std::fs;
use std::path::{Path, PathBuf};

use xiaxiangzhi_core::log::Entity;
use xiaxiangzhi_store::Store;

use crate::child::entry;
use crate::failing::actor::Act;
use crate::store::fresh;
use crate::support::{evening, memory_dir, posting_id, profile};

/// Entries in the first backup of every place that has one.
pub(super) const ENTRIES: u64 = 8;
/// Entries that a place to adopt or restore has beyond that.
pub(super) const LATER: u64 = 5;

/// The data directory.
pub(super) fn data(root: &Path) -> PathBuf {
    root.join("records")
}

pub(super) fn database(root: &Path) -> PathBuf {
    data(root).join("xiaxiangzhi.db")
}

pub(super) fn backups(root: &Path) -> PathBuf {
    data(root).join("backups")
}

/// The backup that is there from the beginning.
pub(super) fn first_backup(root: &Path) -> PathBuf {
    backups(root).join("xiaxiangzhi-20260110T094500Z.db")
}

/// The folder that files are exported to.
pub(super) fn exports(root: &Path) -> PathBuf {
    root.join("for the office")
}

pub(super) fn review_file(root: &Path) -> PathBuf {
    exports(root).join("李晓梅 青石镇卫生院.xxz")
}

/// Makes the place that an act begins in.
pub(super) fn prepare(act: Act, root: &Path) {
    fs::create_dir_all(exports(root)).unwrap();
    match act {
        Act::Save | Act::Everything | Act::DeafEverything => {}
        Act::Migrate => {
            fs::create_dir_all(data(root)).unwrap();
            let fixture =
                Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/database/format-1.db");
            fs::copy(fixture, database(root)).unwrap();
        }
        Act::Adopt => damaged(root),
        Act::Restore => drop(begun(root, LATER)),
        Act::Unsynced => drop(Store::open(&data(root)).unwrap()),
        _ => drop(begun(root, 0)),
    }
}

/// A posting with a backup, and some entries after that.
fn begun(root: &Path, later: u64) -> Store {
    let store = Store::open(&data(root)).unwrap();
    store
        .create(posting_id(), evening(5), &[fresh(Entity::Posting, "", profile())])
        .unwrap();
    for number in 0..ENTRIES + later {
        if number == ENTRIES {
            store.backup(evening(10)).unwrap();
            store.tidy();
        }
        store.save(posting_id(), &[entry(number)], evening(5)).unwrap();
    }
    if later == 0 {
        store.backup(evening(10)).unwrap();
    }
    store
}

/// A database whose key is not what it was, with its last entries in a write-ahead log: as a process leaves it that was
/// killed on a failing disk.
fn damaged(root: &Path) {
    let elsewhere = memory_dir();
    let store = begun(elsewhere.path(), LATER);
    copy_tree(&data(elsewhere.path()), &data(root));
    drop(store);
    let path = database(root);
    let mut bytes = fs::read(&path).unwrap();
    let id = posting_id();
    let at = bytes
        .windows(16)
        .position(|window| window == id.as_bytes())
        .unwrap();
    // What follows the id in its row is the key.
    bytes[at + 20] ^= 1;
    fs::write(&path, bytes).unwrap();
}

pub(super) fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(file.file_name());
        if file.file_type().unwrap().is_dir() {
            copy_tree(&file.path(), &to);
        } else {
            fs::copy(file.path(), to).unwrap();
        }
    }
}
