//! Other places and other times: the second place, another computer, an older format, a look without opening.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use uuid::Uuid;
use xiaxiangzhi_core::log::Entity;
use xiaxiangzhi_store::{Computer, ReadOnly, SecondCopy, Store, check, contents};

use crate::child::entry;
use crate::store::opened;
use crate::support::{day, evening, posting_id};

fn clinic() -> Computer {
    Computer {
        id: Uuid::from_u128(1),
        name: "卫生院的电脑".to_owned(),
    }
}

fn home() -> Computer {
    Computer {
        id: Uuid::from_u128(2),
        name: "家里的电脑".to_owned(),
    }
}

fn filled() -> (tempfile::TempDir, Store) {
    let (dir, store) = opened();
    for number in 0..12 {
        store.save(posting_id(), &[entry(number)], evening(5)).unwrap();
    }
    (dir, store)
}

#[test]
fn each_backup_is_copied_to_the_second_place_and_read_back_there() {
    let (_dir, store) = filled();
    assert_eq!(store.backup(evening(6)).unwrap().second, SecondCopy::NotChosen);
    let stick = tempfile::tempdir().unwrap();
    store.set_second_place(Some(stick.path())).unwrap();
    let made = store.backup(evening(7)).unwrap();
    assert_eq!(made.second, SecondCopy::Made);
    let there = store.second_backups();
    assert_eq!(there.len(), 1);
    assert_eq!(
        contents(&there[0].path).unwrap().postings,
        contents(&made.path).unwrap().postings
    );

    let foreign = there[0].path.with_file_name("别人的文件.db");
    fs::write(&foreign, "不动").unwrap();
    for hour in 0..30 {
        store
            .backup(evening(8) + chrono::Duration::minutes(hour))
            .unwrap();
    }
    assert!(
        store.second_backups().len() < 20,
        "the second place is thinned out as well"
    );
    assert!(foreign.exists(), "what is not ours stays");

    let folder = store.second_place().unwrap().unwrap().folder;
    assert_eq!(folder, stick.path());
    drop(stick);
    assert_eq!(store.backup(evening(9)).unwrap().second, SecondCopy::Absent);
    assert!(!store.second_place().unwrap().unwrap().present);
    store.set_second_place(None).unwrap();
    assert_eq!(store.second_place().unwrap(), None);
}

#[test]
fn the_former_second_place_stands_where_the_new_one_could_not_be_begun() {
    let (dir, store) = filled();
    let former = tempfile::tempdir().unwrap();
    store.begin_second_place(former.path(), evening(6)).unwrap();
    let copies = store.second_backups();
    assert_eq!(copies.len(), 1);

    fs::remove_dir_all(dir.path().join("backups")).unwrap();
    fs::write(dir.path().join("backups"), "in the way").unwrap();
    let other = tempfile::tempdir().unwrap();
    assert!(store.begin_second_place(other.path(), evening(7)).is_err());
    assert_eq!(store.second_place().unwrap().unwrap().folder, former.path());
    assert_eq!(store.second_backups(), copies);
}

#[test]
fn a_second_place_that_cannot_be_written_is_said_and_stops_nothing() {
    let (_dir, store) = filled();
    let house = tempfile::tempdir().unwrap();
    store.set_second_place(Some(house.path())).unwrap();
    let own = match store.backup(evening(6)).unwrap().second {
        SecondCopy::Made => store.second_backups()[0].path.parent().unwrap().to_owned(),
        other => panic!("{other:?}"),
    };
    fs::remove_dir_all(&own).unwrap();
    fs::write(&own, "a file where the folder was").unwrap();
    let made = store.backup(evening(7)).unwrap();
    assert!(
        matches!(made.second, SecondCopy::Failed { .. }),
        "{:?}",
        made.second
    );
    assert!(made.path.exists());
}

#[test]
fn records_move_to_another_computer_with_everything_and_stay_readable_here() {
    let (_dir, store) = filled();
    store.set_setting("role", "physician").unwrap();
    store.set_second_place(Some(Path::new("/nowhere"))).unwrap();
    store
        .draft(
            posting_id(),
            Entity::Day,
            "2026-01-20",
            Some(day("没写完", 3)),
            evening(6),
        )
        .unwrap();
    assert_eq!(store.at_computer(&clinic(), evening(6)).unwrap(), None);
    let before = store.folded(posting_id()).unwrap();
    let stick = tempfile::tempdir().unwrap();
    let file = stick.path().join("搬家.xxzdata");
    let moved = store.move_to(&file, &clinic(), evening(6)).unwrap();
    assert_eq!(moved.contents.postings[0].summary.head, before.head);

    let refused = store.save(posting_id(), &[entry(20)], evening(6)).unwrap_err();
    assert_eq!(refused.code(), "moved_away");
    assert_eq!(
        store.folded(posting_id()).unwrap(),
        before,
        "it can still be read"
    );
    let dir = store.dir().to_owned();
    drop(store);
    let old = Store::open(&dir).unwrap();
    assert_eq!(old.at_computer(&clinic(), evening(7)).unwrap(), None);
    assert_eq!(old.read_only(), Some(ReadOnly::Moved), "also after a restart");

    let new_dir = tempfile::tempdir().unwrap();
    let new = Store::open(new_dir.path()).unwrap();
    new.restore(&file, evening(7)).unwrap();
    assert_eq!(new.at_computer(&home(), evening(7)).unwrap(), None);
    let there = new.folded(posting_id()).unwrap();
    assert_eq!((there.head, there.document), (before.head, before.document));
    assert_eq!(new.setting("role").unwrap().as_deref(), Some("physician"));
    assert_eq!(
        new.setting("second_place").unwrap(),
        None,
        "a place of the old computer's"
    );
    assert_eq!(new.drafts(posting_id()).unwrap().len(), 1);
    new.save(posting_id(), &[entry(21)], evening(7)).unwrap();
    let file = new
        .export_review_file(posting_id(), evening(7).date_naive(), evening(7))
        .unwrap();
    assert_eq!(file.number, 1, "the key came along");

    old.take_back(&clinic()).unwrap();
    old.save(posting_id(), &[entry(22)], evening(8)).unwrap();
    // Both went on: that is noticed and named where the two meet again.
    let backup = new.backup(evening(9)).unwrap().path;
    let relation = old.preview_restore(&backup).unwrap().postings[0].relation;
    assert_eq!(relation, xiaxiangzhi_store::Relation::Forked { n: before.n + 1 });
    assert_eq!(old.import(&file.bytes, evening(9)).unwrap_err().code(), "fork");
}

#[test]
fn another_computer_is_noticed() {
    let (_dir, store) = filled();
    assert_eq!(store.at_computer(&clinic(), evening(6)).unwrap(), None);
    assert_eq!(
        store.at_computer(&clinic(), evening(7)).unwrap(),
        None,
        "the same one again"
    );
    let other = store.at_computer(&home(), evening(8)).unwrap().unwrap();
    assert_eq!(
        (other.name.as_str(), other.last_at.as_str()),
        ("卫生院的电脑", "2026-01-07T09:45:00Z")
    );
    assert_eq!(store.at_computer(&home(), evening(9)).unwrap(), None);
}

fn version_one() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/database/format-1.db")
}

fn user_version(path: &Path) -> u32 {
    Connection::open(path)
        .unwrap()
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .unwrap()
}

#[test]
fn a_database_of_the_first_format_is_copied_then_brought_up_with_every_event_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("xiaxiangzhi.db");
    fs::copy(version_one(), &path).unwrap();
    let events = |path: &Path| -> Vec<(u64, Vec<u8>, Vec<u8>)> {
        let raw = Connection::open(path).unwrap();
        let mut statement = raw
            .prepare("SELECT n, body, hash FROM event ORDER BY seq")
            .unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        rows.unwrap().map(Result::unwrap).collect()
    };
    let before = events(&path);
    assert!(before.len() > 20);
    let found = contents(&path).unwrap();
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(store.logs()[0].head, found.postings[0].summary.head);
    store.at_computer(&clinic(), evening(6)).unwrap();
    drop(store);
    assert_eq!(user_version(&path), 3);
    assert!(events(&path) == before, "an event was changed");
    let kept = dir.path().join("backups/before-format-2.db");
    assert_eq!(user_version(&kept), 1);
    assert_eq!(contents(&kept).unwrap().postings, found.postings);
    assert!(check(dir.path()).unwrap().ok);
    // A backup of that time can still be gone back to.
    let store = Store::open(dir.path()).unwrap();
    assert!(
        store.preview_restore(&kept).unwrap().postings[0]
            .changes
            .is_empty()
    );
}

#[test]
fn an_old_database_that_cannot_be_copied_first_is_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("xiaxiangzhi.db");
    fs::copy(version_one(), &path).unwrap();
    fs::write(dir.path().join("backups"), "a file where the folder should be").unwrap();
    assert!(Store::open(dir.path()).is_err());
    fs::remove_file(dir.path().join("backups")).unwrap();
    assert_eq!(user_version(&path), 1);
    Store::open(dir.path()).unwrap();
    assert_eq!(user_version(&path), 3);
}

#[test]
fn records_can_be_looked_at_without_anything_being_written_in_their_place() {
    let (dir, store) = filled();
    let folded = store.folded(posting_id()).unwrap();
    // The write-ahead log is still full: the store is open elsewhere.
    let looking = Store::open_for_reading(dir.path()).unwrap();
    assert_eq!(looking.folded(posting_id()).unwrap(), folded);
    assert_eq!(looking.read_only(), Some(ReadOnly::OpenedForReading));
    assert_eq!(looking.drafts(posting_id()).unwrap().len(), 0);
    for refused in [
        looking
            .save(posting_id(), &[entry(40)], evening(6))
            .unwrap_err()
            .code(),
        looking.backup(evening(6)).unwrap_err().code(),
        looking.set_setting("role", "physician").unwrap_err().code(),
    ] {
        assert_eq!(refused, "opened_for_reading");
    }
    looking.tidy();
    store.save(posting_id(), &[entry(41)], evening(6)).unwrap();
    drop((looking, store));
    let path = dir.path().join("xiaxiangzhi.db");
    let good = fs::read(&path).unwrap();

    let mut newer = good.clone();
    newer[63] = 99;
    fs::write(&path, &newer).unwrap();
    assert_eq!(Store::open(dir.path()).unwrap_err().code(), "database_newer");
    assert_eq!(Store::open_for_reading(dir.path()).unwrap().logs().len(), 1);
    assert!(fs::read(&path).unwrap() == newer);

    let mut damaged = good;
    let at = damaged
        .windows(9)
        .position(|window| window == b"\"present\"")
        .unwrap();
    damaged[at + 1] = b'P';
    fs::write(&path, &damaged).unwrap();
    let looking = Store::open_for_reading(dir.path()).unwrap();
    let shown = looking.folded(posting_id()).unwrap();
    assert!(
        shown.n > 2 && shown.n < folded.n + 1,
        "what the chain proves is shown, and no more: {}",
        shown.n
    );
}
