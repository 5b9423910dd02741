//! The second process that works on records while the machine fails under it. It says each thing it may be held to, and
//! each refusal; a refused step is tried again, as a person would.

use std::fmt::Display;
use std::path::Path;
use std::process::{Command, Stdio};

use chrono::NaiveDate;
use xiaxiangzhi_core::log::Entity;
use xiaxiangzhi_store::{OpenError, Readers, Store, StoreError, adopt, replace_file};

use crate::child::{date, entry, executable, say};
use crate::failing::{careless, places};
use crate::store::fresh;
use crate::support::{evening, posting_id, profile};

const ACT: &str = "XIAXIANGZHI_MACHINE_ACT";
const ROOT: &str = "XIAXIANGZHI_MACHINE_ROOT";
const ROOM: &str = "XIAXIANGZHI_MACHINE_ROOM";

/// What the second process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// Begins a posting where there is nothing yet, and keeps drafts and saves entries with checkpoints between.
    Save,
    /// Saves and backs up in turn.
    Backup,
    /// Opens a database of the first format.
    Migrate,
    /// Goes on from a backup where the database is damaged.
    Adopt,
    /// Writes the review file, again and again under the same name.
    Export,
    /// Goes back to a backup, and saves.
    Restore,
    /// All of it once, in a place that may be too small.
    Everything,
    /// All of it once, but a save counts as saved whatever the store says.
    DeafEverything,
    /// Acknowledges commits that are not synced.
    Unsynced,
    /// Names a backup that is not synced.
    UnsyncedBackup,
    /// Acknowledges a save that was refused.
    DeafSaver,
    /// Writes the review file straight under its name.
    DirectExport,
}

const ALL: [Act; 12] = [
    Act::Save,
    Act::Backup,
    Act::Migrate,
    Act::Adopt,
    Act::Export,
    Act::Restore,
    Act::Everything,
    Act::DeafEverything,
    Act::Unsynced,
    Act::UnsyncedBackup,
    Act::DeafSaver,
    Act::DirectExport,
];

/// The command that starts the second process; `program` goes before it, such as a tracer.
pub(super) fn command(program: &[&str], act: Act, root: &Path) -> Command {
    let mut words: Vec<_> = program.iter().map(std::ffi::OsString::from).collect();
    words.push(executable().into());
    let mut command = Command::new(&words[0]);
    command
        .args(&words[1..])
        .args(["--exact", "failing::actor::second_process", "--nocapture"])
        .arg("--test-threads=1")
        .env(ACT, format!("{act:?}"))
        .env(ROOT, root)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

/// As [`command`], for a place that can be given more room with this command.
pub(super) fn command_with_room(program: &[&str], act: Act, root: &Path, room: &str) -> Command {
    let mut command = command(program, act, root);
    command.env(ROOM, room);
    command
}

/// An error, by its stable word.
pub(super) trait Coded: Display {
    fn word(&self) -> String;
}

impl Coded for StoreError {
    fn word(&self) -> String {
        self.code().to_owned()
    }
}

impl Coded for OpenError {
    fn word(&self) -> String {
        self.code().to_owned()
    }
}

impl Coded for std::io::Error {
    fn word(&self) -> String {
        if self.kind() == std::io::ErrorKind::StorageFull {
            "disk_full".to_owned()
        } else {
            "io".to_owned()
        }
    }
}

/// Does one step. A refusal is said; then, with more room if that can be had, the step is tried again.
pub(super) fn step<T, E: Coded>(what: &str, mut attempt: impl FnMut() -> Result<T, E>) -> T {
    for _ in 0..3 {
        match attempt() {
            Ok(done) => return done,
            Err(error) => say(&format!("refused {} {what}: {error}", error.word())),
        }
        if let Ok(room) = std::env::var(ROOM) {
            assert!(Command::new("sh").args(["-c", &room]).status().unwrap().success());
        }
    }
    say(&format!("stuck {what}"));
    panic!("{what} did not go again");
}

fn opened(root: &Path) -> Store {
    let store = step("open", || Store::open(&places::data(root)));
    say("open");
    store
}

fn begin(store: &Store) {
    let posting = [fresh(Entity::Posting, "", profile())];
    step("create", || {
        match store.create(posting_id(), evening(5), &posting) {
            // Refused only in the acknowledging: it is there.
            Err(StoreError::LogExists { .. }) => Ok(()),
            created => created.map(|_| ()),
        }
    });
    say("entries 0");
}

pub(super) fn save(store: &Store, number: u64) {
    step("save", || store.save(posting_id(), &[entry(number)], evening(5)));
    say(&format!("entries {}", number + 1));
}

fn draft(store: &Store, number: u64) {
    let value = entry(number).value;
    step("draft", || {
        store.draft(
            posting_id(),
            Entity::Day,
            &date(number),
            value.clone(),
            evening(5),
        )
    });
    say(&format!("draft {number}"));
}

fn back_up(store: &Store, day: u32) -> String {
    let made = step("backup", || store.backup(evening(day)));
    let events = store.folded(posting_id()).unwrap().n;
    let words = format!("backup {events} {}", made.path.display());
    say(&words);
    words
}

pub(super) fn reviewed(store: &Store) -> xiaxiangzhi_store::ExportedFile {
    let as_of = NaiveDate::from_ymd_opt(2026, 4, 6).unwrap();
    step("export", || {
        store.export_review_file(posting_id(), as_of, evening(20))
    })
}

fn export(store: &Store, root: &Path) -> String {
    let file = reviewed(store);
    let path = places::review_file(root);
    step("write", || replace_file(&path, &file.bytes, Readers::Usual));
    let words = format!("exported {}", file.number);
    say(&words);
    words
}

fn restore(store: &Store, root: &Path) {
    step("restore", || {
        store.restore(&places::first_backup(root), evening(12))
    });
    say("restored");
}

/// Makes the calls that the program's start made in its first thread, and more of them. Calls are numbered by thread: so the
/// number of a call from here on means no call of the start.
fn outnumber_start() {
    use std::io::{Read, Seek, Write};
    use std::os::unix::fs::FileExt;
    for _ in 0..60 {
        let mut nothing = std::fs::File::options()
            .read(true)
            .write(true)
            .open("/dev/null")
            .unwrap();
        let mut byte = [0];
        let _ = nothing.write(&byte).unwrap() + nothing.read(&mut byte).unwrap();
        let _ = nothing.read_at(&mut byte, 0).unwrap();
        nothing.rewind().unwrap();
        assert!(nothing.metadata().is_ok());
    }
}

#[test]
fn second_process() {
    let Ok(act) = std::env::var(ACT) else { return };
    let root = std::env::var(ROOT).unwrap();
    let root = Path::new(&root);
    let act = ALL.into_iter().find(|known| format!("{known:?}") == act).unwrap();
    outnumber_start();
    say("begin");
    match act {
        Act::Save => {
            let store = opened(root);
            begin(&store);
            for number in 0..36 {
                if number % 11 == 10 {
                    store.tidy();
                }
                if number % 7 == 3 {
                    draft(&store, number);
                }
                save(&store, number);
            }
        }
        Act::Backup => {
            let store = opened(root);
            for number in 0..4_u32 {
                save(&store, places::ENTRIES + u64::from(number));
                back_up(&store, 12 + number);
            }
        }
        Act::Migrate => {
            let store = opened(root);
            step("read", || {
                store.folded(store.logs()[0].log_id).map(|folded| folded.n)
            });
        }
        Act::Adopt => {
            step("adopt", || {
                adopt(&places::data(root), &places::first_backup(root), evening(13))
            });
            say("adopted");
            opened(root);
        }
        Act::Export => {
            let store = opened(root);
            for number in 0..4 {
                save(&store, places::ENTRIES + number);
                export(&store, root);
            }
        }
        Act::Restore => {
            let store = opened(root);
            restore(&store, root);
        }
        Act::Everything => everything(root, &save),
        Act::DeafEverything => everything(root, &careless::save_deafly),
        Act::Unsynced => careless::commit_without_sync(root),
        Act::UnsyncedBackup => careless::backup_without_sync(root, &opened(root)),
        Act::DeafSaver => careless::ignore_refusals(&opened(root)),
        Act::DirectExport => careless::export_directly(root, &opened(root)),
    }
    say("end");
}

/// A day's work from nothing on; then it is all looked at again, with room.
fn everything(root: &Path, save: &dyn Fn(&Store, u64)) {
    step("folder", || std::fs::create_dir_all(places::exports(root)));
    let store = opened(root);
    begin(&store);
    for number in 0..places::ENTRIES {
        save(&store, number);
    }
    let made = step("backup", || store.backup(evening(10)));
    // The backup is known by its name, so that what was refused before leaves this one the first.
    step("name", || std::fs::rename(&made.path, places::first_backup(root)));
    for number in 0..places::LATER {
        save(&store, places::ENTRIES + number);
    }
    let said = [back_up(&store, 11), export(&store, root), "restored".to_owned()];
    restore(&store, root);
    drop(store);
    let found = super::judge::all_in_order(Act::Restore, root, &said);
    say(&found.map_or_else(|fault| format!("fault {fault}"), |()| "kept".to_owned()));
}
