//! Places and files that a database cannot live in, or that are not ours: each is told apart, and nothing is harmed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use rusqlite::Connection;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::log::Entity;
use xiaxiangzhi_store::{OpenError, Store, check};

use crate::child::{Role, Running, command, entry, executable};
use crate::store::{fresh, opened};
use crate::support::{day, evening, posting_id, profile};

fn database(dir: &Path) -> PathBuf {
    dir.join("xiaxiangzhi.db")
}

/// A closed data directory with a posting and a few days in it.
fn closed() -> tempfile::TempDir {
    let (dir, store) = opened();
    for number in 0..30 {
        store.save(posting_id(), &[entry(number)], evening(5)).unwrap();
    }
    drop(store);
    dir
}

fn refused(dir: &Path) -> OpenError {
    match Store::open(dir) {
        Ok(_) => panic!("{} was opened", dir.display()),
        Err(error) => error,
    }
}

#[test]
fn foreign_newer_and_damaged_databases_are_told_apart_and_left_alone() {
    type Make = fn(&Path);
    let table: [(&str, &str, Make); 8] = [
        ("another application's", "database_not_ours", |path| {
            let other = Connection::open(path).unwrap();
            other
                .execute_batch("PRAGMA application_id = 252006674; CREATE TABLE t (a)")
                .unwrap();
        }),
        ("one that names no application", "database_not_ours", |path| {
            Connection::open(path)
                .unwrap()
                .execute_batch("CREATE TABLE t (a)")
                .unwrap();
        }),
        ("a newer one", "database_newer", |path| {
            let ours = closed();
            fs::copy(database(ours.path()), path).unwrap();
            let newer = Connection::open(path).unwrap();
            newer
                .execute_batch("PRAGMA journal_mode = DELETE; PRAGMA user_version = 99")
                .unwrap();
        }),
        ("an empty file", "database_damaged", |path| {
            fs::write(path, "").unwrap();
        }),
        ("a text", "database_damaged", |path| {
            fs::write(path, "门诊日志\n".repeat(100)).unwrap();
        }),
        ("a cut one", "database_damaged", |path| {
            let ours = closed();
            let bytes = fs::read(database(ours.path())).unwrap();
            fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
        }),
        ("one with a changed event", "database_damaged", |path| {
            let ours = closed();
            let mut bytes = fs::read(database(ours.path())).unwrap();
            let at = bytes
                .windows(9)
                .rposition(|window| window == b"\"present\"")
                .unwrap();
            bytes[at + 1] = b'P';
            fs::write(path, bytes).unwrap();
        }),
        ("one with a changed note", "database_damaged", |path| {
            let ours = closed();
            let mut bytes = fs::read(database(ours.path())).unwrap();
            let at = bytes
                .windows(6)
                .rposition(|window| window == "门诊".as_bytes())
                .unwrap();
            bytes[at + 5] ^= 1;
            fs::write(path, bytes).unwrap();
        }),
    ];
    for (what, code, make) in table {
        let dir = tempfile::tempdir().unwrap();
        let path = database(dir.path());
        make(&path);
        let before = fs::read(&path).unwrap();
        let error = refused(dir.path());
        assert_eq!(error.code(), code, "{what}: {error}");
        assert!(fs::read(&path).unwrap() == before, "{what} was changed");
        for language in [Language::Chinese, Language::English] {
            let words = error.describe(language);
            assert!(words.contains(dir.path().to_str().unwrap()), "{what}: {words}");
            assert!(words.ends_with(['。', '.']), "{what}: {words}");
        }
    }
}

/// A database that is damaged where its write-ahead log does not reach, and the log still to be taken in: as a crash of an old
/// disk leaves it.
#[test]
fn a_refused_database_keeps_its_write_ahead_log_as_it_was() {
    let (dir, store) = opened();
    for number in 0..150 {
        store.save(posting_id(), &[entry(number)], evening(5)).unwrap();
    }
    store.tidy();
    store.save(posting_id(), &[entry(150)], evening(5)).unwrap();
    let crashed = tempfile::tempdir().unwrap();
    let files = ["xiaxiangzhi.db", "xiaxiangzhi.db-wal"];
    for file in files {
        fs::copy(dir.path().join(file), crashed.path().join(file)).unwrap();
    }
    let path = database(crashed.path());
    let mut bytes = fs::read(&path).unwrap();
    let at = bytes
        .windows(9)
        .position(|window| window == b"\"present\"")
        .unwrap();
    bytes[at + 1] = b'P';
    fs::write(&path, bytes).unwrap();
    let read = || files.map(|file| fs::read(crashed.path().join(file)).unwrap());
    let before = read();
    assert!(before[1].len() > 1_000, "there is something in the log");
    assert_eq!(refused(crashed.path()).code(), "database_damaged");
    assert!(read() == before, "it says that nothing was changed");
}

#[test]
fn a_check_names_the_damage() {
    let dir = closed();
    assert!(check(dir.path()).unwrap().ok);
    let path = database(dir.path());
    let mut bytes = fs::read(&path).unwrap();
    let at = bytes
        .windows(9)
        .rposition(|window| window == b"\"present\"")
        .unwrap();
    bytes[at + 1] = b'P';
    fs::write(&path, bytes).unwrap();
    let report = check(dir.path()).unwrap();
    assert!(!report.ok);
    assert_eq!(report.logs[0].code, Some("chain_broken"), "{report:?}");
    assert!(report.logs[0].n < 32);
}

/// The chains are looked at posting by posting: a row that lost its posting must not simply be passed over.
#[test]
fn a_row_that_lost_its_posting_is_damage_and_not_passed_over() {
    let good = closed();
    let bytes = fs::read(database(good.path())).unwrap();
    let id = posting_id().into_bytes();
    let places: Vec<usize> = (0..bytes.len() - 16)
        .filter(|at| bytes[*at..*at + 16] == id)
        .collect();
    assert!(places.len() > 60, "the posting, its events and its texts");
    let before = Store::open(good.path()).unwrap().folded(posting_id()).unwrap();
    for at in places {
        let dir = tempfile::tempdir().unwrap();
        let mut bytes = bytes.clone();
        bytes[at + 9] ^= 4;
        fs::write(database(dir.path()), &bytes).unwrap();
        match Store::open(dir.path()) {
            // Blank space may still hold what a page once held.
            Ok(store) => assert_eq!(store.folded(posting_id()).unwrap(), before, "byte {at}"),
            Err(error) => {
                assert_eq!(error.code(), "database_damaged", "byte {at}: {error}");
                let report = check(dir.path());
                assert!(report.is_err() || !report.unwrap().ok, "byte {at}");
            }
        }
    }
}

/// The scheme's document is found by its name or by its type, so damage to either is noticed or does no harm.
#[test]
fn a_scheme_is_found_or_missed_aloud_when_its_row_is_damaged() {
    let (dir, store) = opened();
    let scheme = serde_json::json!(xiaxiangzhi_core::scheme::built_in("rotation_3m").unwrap());
    store
        .save(posting_id(), &[fresh(Entity::Scheme, "", scheme)], evening(5))
        .unwrap();
    let before = store.folded(posting_id()).unwrap();
    assert!(before.document["scheme_document"].is_object());
    drop(store);
    let path = database(dir.path());
    let bytes = fs::read(&path).unwrap();
    let what = b"application/json{";
    let at = bytes
        .windows(what.len())
        .position(|window| window == what)
        .unwrap();
    let mut kept = 0;
    // 32 bytes of hash before the type.
    for at in at - 32..at + what.len() - 1 {
        let mut changed = bytes.clone();
        changed[at] ^= 2;
        fs::write(&path, changed).unwrap();
        if let Ok(store) = Store::open(dir.path()) {
            assert_eq!(store.folded(posting_id()).unwrap(), before, "byte {at}");
            kept += 1;
        }
        let _ = fs::remove_file(dir.path().join("xiaxiangzhi.db-wal"));
    }
    assert!(kept >= what.len() - 1, "a damaged type does no harm");
}

#[test]
fn a_second_instance_is_refused_and_told_who_has_it() {
    let dir = closed();
    let mut running = Running::start(command(&[], &executable(), Role::Hold, dir.path(), 0));
    assert_eq!(running.said().as_deref(), Some("open"));
    let error = refused(dir.path());
    let OpenError::Locked { pid, .. } = &error else {
        panic!("{error}")
    };
    assert_eq!(*pid, Some(running.child.id()));
    assert!(
        error
            .describe(Language::Chinese)
            .contains(&running.child.id().to_string())
    );
    assert_eq!(check(dir.path()).unwrap_err().code(), "database_locked");
    running.child.kill().unwrap();
    running.child.wait().unwrap();
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(
        refused(dir.path()).code(),
        "database_locked",
        "the same process is no exception"
    );
    drop(store);
}

#[test]
fn events_are_neither_changed_nor_deleted() {
    let dir = closed();
    let raw = Connection::open(database(dir.path())).unwrap();
    for statement in [
        "UPDATE event SET body = x'7b7d' WHERE n = 3",
        "UPDATE event SET hash = zeroblob(32)",
        "DELETE FROM event WHERE n = 3",
        "DELETE FROM event",
        "REPLACE INTO event (seq, log_id, n, body, hash) SELECT seq, log_id, n, x'7b7d', hash FROM event WHERE n = 3",
        "UPDATE log SET public_key = zeroblob(32)",
    ] {
        let refused = raw.execute(statement, []);
        assert!(
            refused
                .as_ref()
                .is_err_and(|error| error.to_string().contains("events are never")
                    || error.to_string().contains("keeps its id")),
            "{statement}: {refused:?}"
        );
    }
    drop(raw);
    assert!(check(dir.path()).unwrap().ok);
}

/// Starts a second process that has no rights over the folder, also when the tests run as root.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_is_said_so() {
    use std::os::unix::fs::PermissionsExt;
    let root = fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    let house = tempfile::tempdir().unwrap();
    fs::set_permissions(house.path(), fs::Permissions::from_mode(0o755)).unwrap();
    // Nobody may not reach the build folder, so the program is copied to where it may.
    let program = house.path().join("tests");
    fs::copy(executable(), &program).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let say = |dir: &Path| {
        let mut command = command(&[], &program, Role::Open, dir, 0);
        if root {
            std::os::unix::process::CommandExt::uid(&mut command, 65_534);
        }
        let mut running = Running::start(command);
        let said = running.said();
        running.child.wait().unwrap();
        said.unwrap_or_default()
    };
    let new = house.path().join("new");
    fs::create_dir(&new).unwrap();
    fs::set_permissions(&new, fs::Permissions::from_mode(0o555)).unwrap();
    assert_eq!(say(&new), "place_read_only");
    assert_eq!(say(&new.join("deeper")), "place_read_only");

    let existing = house.path().join("existing");
    fs::create_dir(&existing).unwrap();
    fs::copy(database(closed().path()), database(&existing)).unwrap();
    fs::set_permissions(&existing, fs::Permissions::from_mode(0o555)).unwrap();
    assert_eq!(say(&existing), "place_read_only");
    fs::set_permissions(database(&existing), fs::Permissions::from_mode(0o000)).unwrap();
    assert_eq!(say(&existing), "permission_denied");
    for dir in [&new, &existing] {
        fs::set_permissions(dir, fs::Permissions::from_mode(0o755)).unwrap();
    }
}

/// Saves until nothing goes any more; then what was acknowledged must be readable at once, saving must go on as soon as
/// there is room, and nothing may be there twice. Runs in the second process, in a place that is too small.
pub(crate) fn fill_disk(store: &Store, dir: &Path) {
    let say = |words: String| crate::child::say(&words);
    // Something that can be taken away later, as a user makes room.
    fs::write(dir.join("holiday.mp4"), vec![1; 400_000]).unwrap();
    store
        .create(posting_id(), evening(5), &[fresh(Entity::Posting, "", profile())])
        .unwrap();
    let mut acknowledged = 0;
    let mut refusals = 0;
    // A refusal empties the write-ahead log, which may make room once more: full is what refuses three times.
    let error = loop {
        match store.save(posting_id(), &[entry(acknowledged)], evening(5)) {
            Ok(_) => (acknowledged, refusals) = (acknowledged + 1, 0),
            Err(error) if refusals == 2 => break error,
            Err(_) => refusals += 1,
        }
        let n = store.folded(posting_id()).unwrap().n - 2;
        assert!(
            n == acknowledged || n == acknowledged + 1,
            "{acknowledged} acknowledged, {n} there"
        );
    };
    say(format!("{} {}", error.code(), acknowledged > 30));
    say(format!(
        "readable {}",
        store.folded(posting_id()).unwrap().document["days"]
            .as_array()
            .unwrap()
            .len()
    ));
    fs::remove_file(dir.join("holiday.mp4")).unwrap();
    let after = store.save(posting_id(), &[entry(acknowledged)], evening(5));
    say(after.map_or_else(
        |error| error.to_string(),
        |saved| format!("goes on {}", saved.n - 2 == acknowledged + 1),
    ));
}

/// What a second process says whose place is too small.
#[cfg(target_os = "linux")]
fn said_in_a_small_place(program: &[&str], dir: &Path) -> Vec<String> {
    let mut command = command(program, &executable(), Role::FillDisk, dir, 0);
    command.stdin(Stdio::null());
    let mut running = Running::start(command);
    let said: Vec<_> = std::iter::from_fn(|| running.said()).collect();
    running.child.wait().unwrap();
    said
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().to_str().unwrap();
    // A disk of two megabytes in a namespace of its own; where the system allows no mounts there is none to fill, and the
    // next test, which needs no mount, stands alone.
    let mount = format!("mount -t tmpfs -o size=2m none '{place}' && exec \"$@\"");
    let small = ["unshare", "-rm", "sh", "-c", &mount, "sh"];
    let allowed = std::process::Command::new("unshare")
        .args([
            "-rm",
            "sh",
            "-c",
            &format!("mount -t tmpfs -o size=2m none '{place}'"),
        ])
        .status()
        .is_ok_and(|status| status.success());
    if !allowed {
        println!("no mounts are allowed here");
        return;
    }
    let said = said_in_a_small_place(&small, dir.path());
    assert_eq!(
        said,
        ["open", "disk_full true", "readable 28", "goes on true", "end"]
    );
}

/// Any error of a write, here a limit on the size of a file: nothing is acknowledged, all before it can be read.
#[cfg(target_os = "linux")]
#[test]
fn a_failing_write_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let limited = ["sh", "-c", "trap '' XFSZ; ulimit -f 2048; exec \"$@\"", "sh"];
    let said = said_in_a_small_place(&limited, dir.path());
    assert_eq!(said[..3], ["open", "io true", "readable 28"], "{said:?}");
    let store = Store::open(dir.path()).unwrap();
    let folded = store.folded(posting_id()).unwrap();
    assert!(folded.n > 100);
    store
        .save(
            posting_id(),
            &[fresh(Entity::Day, "2026-02-02", day("门诊", 1))],
            evening(5),
        )
        .unwrap();
    drop(store);
    assert!(check(dir.path()).unwrap().ok);
}
