//! Going back to a backup: as an ordinary change where the records can be read, as a fresh start from it where they cannot.

use std::fs;
use std::path::{Path, PathBuf};

use uuid::Uuid;
use xiaxiangzhi_core::log::Entity;
use xiaxiangzhi_core::reviewfile::Verdict;
use xiaxiangzhi_store::{Relation, Store, adopt, check, contents};

use crate::child::entry;
use crate::store::opened;
use crate::support::{change, day, evening, posting_id};

const ID: u128 = 0x0199_dddd_0000_7000_8000_0000_0000_0000;

fn id(number: u64) -> Uuid {
    Uuid::from_u128(ID | u128::from(number))
}

fn save_day(store: &Store, number: u64, date: &str, note: &str) {
    let change = change(id(number), Entity::Day, date, day(note, number));
    store.save(posting_id(), &[change], evening(9)).unwrap();
}

fn database(dir: &Path) -> PathBuf {
    dir.join("xiaxiangzhi.db")
}

/// Days 1 to 10 in a backup; then day 3 changed, day 4 removed and day 11 new.
fn worked_on() -> (tempfile::TempDir, Store, PathBuf) {
    let (dir, store) = opened();
    for number in 1..=10 {
        save_day(&store, number, &format!("2026-01-{number:02}"), "内科门诊");
    }
    let backup = store.backup(evening(10)).unwrap().path;
    save_day(&store, 11, "2026-01-03", "改过的工作记录");
    let gone = change(id(12), Entity::Day, "2026-01-04", serde_json::Value::Null);
    store.save(posting_id(), &[gone], evening(11)).unwrap();
    save_day(&store, 13, "2026-01-11", "后来的一天");
    (dir, store, backup)
}

#[test]
fn a_backup_says_what_is_in_it() {
    let (_dir, store, backup) = worked_on();
    let found = contents(&backup).unwrap();
    assert_eq!(found.postings.len(), 1);
    let posting = &found.postings[0];
    assert_eq!(posting.summary.physician.as_deref(), Some("李晓梅"));
    assert_eq!(posting.recorded_half_days, 20);
    assert_eq!(posting.last_day.as_deref(), Some("2026-01-10"));
    assert_eq!(posting.summary.n, found.events);
    assert_eq!(found.at.as_deref(), Some("2026-01-10T09:45:00Z"));
    let live = contents(&database(store.dir())).unwrap();
    assert_eq!(live.events, found.events + 3, "the write-ahead log is read, too");
}

#[test]
fn a_restore_is_previewed_done_and_taken_back() {
    let (_dir, store, backup) = worked_on();
    let before = store.folded(posting_id()).unwrap();
    let preview = store.preview_restore(&backup).unwrap();
    let posting = &preview.postings[0];
    assert_eq!(posting.relation, Relation::Earlier { events: 3 });
    let keys: Vec<_> = posting.changes.iter().map(|change| change.key.as_str()).collect();
    assert_eq!(keys, ["2026-01-03", "2026-01-04", "2026-01-11"]);
    assert_eq!(posting.changes[0].now.as_ref().unwrap()["note"], "改过的工作记录");
    assert_eq!(posting.changes[0].then.as_ref().unwrap()["note"], "内科门诊");
    assert!(posting.changes[1].now.is_none() && posting.changes[2].then.is_none());
    assert_eq!(
        store.folded(posting_id()).unwrap(),
        before,
        "a preview changes nothing"
    );

    let restored = store.restore(&backup, evening(12)).unwrap();
    assert_eq!((restored.postings.len(), restored.events), (1, 3));
    assert!(restored.before.path.exists());
    let days = |store: &Store| store.folded(posting_id()).unwrap().document["days"].clone();
    assert_eq!(days(&store).as_array().unwrap().len(), 10);
    assert_eq!(days(&store)[2]["note"], "内科门诊");
    assert!(
        store.preview_restore(&backup).unwrap().postings[0]
            .changes
            .is_empty()
    );

    store.undo(posting_id(), evening(12)).unwrap().unwrap();
    assert_eq!(
        days(&store),
        before.document["days"],
        "one undo takes all of it back"
    );
    drop(store);
}

#[test]
fn a_deleted_posting_comes_back_with_its_history_and_key() {
    let (_dir, store, backup) = worked_on();
    let head = contents(&backup).unwrap().postings[0].summary.head.clone();
    store.delete_log(posting_id(), evening(12)).unwrap();
    assert_eq!(
        store.preview_restore(&backup).unwrap().postings[0].relation,
        Relation::Absent
    );
    store.restore(&backup, evening(12)).unwrap();
    assert_eq!(store.folded(posting_id()).unwrap().head, head);
    save_day(&store, 20, "2026-01-12", "接着写");
    let dir = store.dir().to_owned();
    drop(store);
    assert!(check(&dir).unwrap().ok);
}

#[test]
fn what_was_erased_does_not_come_back() {
    let (dir, store, backup) = worked_on();
    store
        .erase_texts(posting_id(), Entity::Day, "2026-01-05", evening(11))
        .unwrap();
    store.restore(&backup, evening(12)).unwrap();
    let note = store.folded(posting_id()).unwrap().document["days"][4]["note"].clone();
    assert_eq!(note, xiaxiangzhi_core::log::ERASED_TEXT);
    drop(store);
    assert!(check(dir.path()).unwrap().ok);
}

#[test]
fn a_backup_that_is_damaged_or_newer_is_refused_and_nothing_changes() {
    let (_dir, store, backup) = worked_on();
    let before = store.folded(posting_id()).unwrap();
    let good = fs::read(&backup).unwrap();
    let at = good
        .windows(6)
        .rposition(|window| window == "门诊".as_bytes())
        .unwrap();
    let mut bad = good.clone();
    bad[at] ^= 1;
    let mut newer = good.clone();
    newer[63] = 99;
    for (bytes, code) in [
        (bad, "database_damaged"),
        (newer, "database_newer"),
        (Vec::new(), "database_damaged"),
    ] {
        fs::write(&backup, bytes).unwrap();
        assert_eq!(contents(&backup).unwrap_err().code(), code);
        assert_eq!(store.restore(&backup, evening(12)).unwrap_err().code(), code);
        assert_eq!(store.folded(posting_id()).unwrap(), before);
    }
}

/// Turns one byte of what is stored for this text or field.
fn damage(dir: &Path, what: &[u8]) {
    let path = database(dir);
    let mut bytes = fs::read(&path).unwrap();
    let at = bytes
        .windows(what.len())
        .rposition(|window| window == what)
        .unwrap();
    bytes[at] ^= 1;
    fs::write(&path, bytes).unwrap();
}

#[test]
fn a_damaged_database_goes_on_from_a_backup_with_what_can_still_be_proved() {
    let (dir, store, backup) = worked_on();
    save_day(&store, 14, "2026-01-12", "这一天读不回来");
    let file = store
        .export_review_file(posting_id(), evening(12).date_naive(), evening(12))
        .unwrap();
    save_day(&store, 15, "2026-01-13", "损坏之后");
    drop(store);
    damage(dir.path(), "这一天读不回来".as_bytes());
    assert_eq!(Store::open(dir.path()).unwrap_err().code(), "database_damaged");
    let spoilt = fs::read(database(dir.path())).unwrap();

    let adopted = adopt(dir.path(), &backup, evening(13)).unwrap();
    let posting = adopted.postings[0];
    assert_eq!((posting.salvaged, posting.lost), (3, 3), "{adopted:?}");
    assert_eq!(
        fs::read(adopted.kept_aside.unwrap()).unwrap(),
        spoilt,
        "the damaged file is kept as it was"
    );

    let store = Store::open(dir.path()).unwrap();
    let days = store.folded(posting_id()).unwrap().document["days"].clone();
    assert_eq!(days.as_array().unwrap().len(), 10);
    assert_eq!(days[9]["note"], "后来的一天");
    save_day(&store, 16, "2026-01-12", "重新填写");
    let again = store
        .export_review_file(posting_id(), evening(13).date_naive(), evening(13))
        .unwrap();
    assert_eq!(again.number, file.number + 1, "export numbers go on");

    let office = tempfile::tempdir().unwrap();
    let office = Store::open(office.path()).unwrap();
    assert!(
        office
            .receive(&file.bytes, "一.xxz", evening(12))
            .unwrap()
            .verification
            .verdict
            .is_genuine()
    );
    let received = office.receive(&again.bytes, "二.xxz", evening(14)).unwrap();
    let Verdict::Restored { from, to } = received.verification.verdict else {
        panic!("{:?}", received.verification.verdict)
    };
    assert_eq!((from, to), (posting.backup_n + posting.salvaged + 1, file.n));
    let third = store
        .export_review_file(posting_id(), evening(15).date_naive(), evening(15))
        .unwrap();
    let verdict = office
        .receive(&third.bytes, "三.xxz", evening(16))
        .unwrap()
        .verification
        .verdict;
    assert_eq!(verdict.code(), "restored", "the gap stays named");
}

/// The control: a log that simply goes another way from an old copy, without a word, is a rewriting of the past.
#[test]
fn an_old_copy_that_goes_on_silently_is_a_fork() {
    let (dir, store, backup) = worked_on();
    let file = store
        .export_review_file(posting_id(), evening(12).date_naive(), evening(12))
        .unwrap();
    drop(store);
    for leftover in ["xiaxiangzhi.db-wal", "xiaxiangzhi.exports.json"] {
        let _ = fs::remove_file(dir.path().join(leftover));
    }
    fs::copy(&backup, database(dir.path())).unwrap();
    let store = Store::open(dir.path()).unwrap();
    for number in 30..36 {
        store.save(posting_id(), &[entry(number)], evening(12)).unwrap();
    }
    let again = store
        .export_review_file(posting_id(), evening(13).date_naive(), evening(13))
        .unwrap();
    let office = tempfile::tempdir().unwrap();
    let office = Store::open(office.path()).unwrap();
    office.receive(&file.bytes, "一.xxz", evening(12)).unwrap();
    let verdict = office
        .receive(&again.bytes, "二.xxz", evening(14))
        .unwrap()
        .verification
        .verdict;
    assert_eq!(verdict.code(), "fork");
}

#[test]
fn an_unreadable_or_absent_database_goes_on_from_a_backup_alone() {
    for spoil in [
        |path: &Path| fs::write(path, "").unwrap(),
        |path: &Path| fs::remove_file(path).unwrap(),
    ] {
        let (dir, store, backup) = worked_on();
        drop(store);
        let _ = fs::remove_file(dir.path().join("xiaxiangzhi.db-wal"));
        spoil(&database(dir.path()));
        let adopted = adopt(dir.path(), &backup, evening(13)).unwrap();
        assert_eq!(adopted.postings[0].salvaged, 0);
        let store = Store::open(dir.path()).unwrap();
        assert_eq!(
            store.folded(posting_id()).unwrap().document["days"]
                .as_array()
                .unwrap()
                .len(),
            10
        );
    }
}

#[test]
fn a_posting_begun_after_the_backup_is_salvaged_whole() {
    let (dir, store, backup) = worked_on();
    let other = Uuid::from_u128(0x0199_cccc_0000_7000_8000_0000_0000_0001);
    let profile = change(id(40), Entity::Posting, "", crate::support::profile());
    store.create(other, evening(12), &[profile]).unwrap();
    let head = store.folded(other).unwrap().head;
    drop(store);
    damage(dir.path(), "改过的工作记录".as_bytes());
    let adopted = adopt(dir.path(), &backup, evening(13)).unwrap();
    assert_eq!(adopted.postings.len(), 2);
    assert_eq!(Store::open(dir.path()).unwrap().folded(other).unwrap().head, head);
}
