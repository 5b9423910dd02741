//! What leaves the store and what comes into it: review files, pins, imports, backups.

use xiaxiangzhi_core::log::{Entity, Origin};
use xiaxiangzhi_core::reviewfile::{Verdict, verify};
use xiaxiangzhi_store::{Imported, Store, backups, check};

use crate::store::{document, fresh, opened, reopen};
use crate::support::{day, evening, posting_id};

#[test]
fn an_export_is_entered_first_and_its_file_is_genuine() {
    let (_dir, store) = opened();
    store
        .save(
            posting_id(),
            &[fresh(Entity::Day, "2026-01-05", day("门诊", 1))],
            evening(5),
        )
        .unwrap();
    let as_of = chrono::NaiveDate::from_ymd_opt(2026, 4, 6).unwrap();
    let first = store
        .export_review_file(posting_id(), as_of, evening(20))
        .unwrap();
    let folded = store.folded(posting_id()).unwrap();
    assert_eq!(
        (first.number, &first.head, &first.head_code),
        (1, &folded.head, &folded.head_code)
    );
    let judged = verify(&first.bytes, None);
    assert_eq!(judged.verdict, Verdict::Genuine { origin: Origin::App });
    assert_eq!(judged.file.unwrap().document(), folded.document);
    store
        .save(
            posting_id(),
            &[fresh(Entity::Day, "2026-01-06", day("门诊", 1))],
            evening(6),
        )
        .unwrap();
    let second = store
        .export_review_file(posting_id(), as_of, evening(20))
        .unwrap();
    assert_eq!(second.number, 2);
    assert!(verify(&second.bytes, Some(&first.bytes)).verdict.is_genuine());
}

#[test]
fn received_files_are_pins() {
    let (_dir, store) = opened();
    let as_of = chrono::NaiveDate::from_ymd_opt(2026, 4, 6).unwrap();
    let export = |date: &str| {
        store
            .save(
                posting_id(),
                &[fresh(Entity::Day, date, day("门诊", 1))],
                evening(5),
            )
            .unwrap();
        store
            .export_review_file(posting_id(), as_of, evening(20))
            .unwrap()
            .bytes
    };
    let (first, second) = (export("2026-01-05"), export("2026-01-06"));
    let office_dir = tempfile::tempdir().unwrap();
    let office = Store::open(office_dir.path()).unwrap();
    let code = |office: &Store, bytes: &[u8]| {
        let received = office.receive(bytes, "李晓梅.xxz", evening(21)).unwrap();
        (received.verification.verdict.code(), received.first_seen)
    };
    assert_eq!(code(&office, &second), ("genuine", true));
    assert_eq!(code(&office, &second), ("genuine", false));
    assert_eq!(code(&office, &first), ("older", false));
    assert_eq!(office.received_files().unwrap().len(), 2);
    let office = reopen(&office_dir, office);
    assert_eq!(code(&office, &first), ("older", false));
    // The same posting begun anew on another PC: another key.
    let (_other_dir, other) = opened();
    let foreign = other
        .export_review_file(posting_id(), as_of, evening(20))
        .unwrap()
        .bytes;
    assert_eq!(code(&office, &foreign), ("other_key", false));
    assert_eq!(code(&office, b"not a file of ours"), ("not_a_review_file", false));
    let files = office.received_files().unwrap();
    assert_eq!(files.len(), 2, "nothing doubtful is remembered");
    let of = |n: u64| &files.iter().find(|file| file.n == n).unwrap().sha256;
    assert!(office.received_bytes(of(6)).unwrap().unwrap() == second);
    assert!(office.received_bytes(of(4)).unwrap().unwrap() == first);
}

#[test]
fn a_file_that_continues_a_log_is_imported_and_a_fork_is_not() {
    let (_dir, store) = opened();
    let as_of = chrono::NaiveDate::from_ymd_opt(2026, 4, 6).unwrap();
    let first = store
        .export_review_file(posting_id(), as_of, evening(20))
        .unwrap()
        .bytes;
    store
        .save(
            posting_id(),
            &[fresh(Entity::Day, "2026-01-05", day("门诊", 1))],
            evening(5),
        )
        .unwrap();
    let second = store
        .export_review_file(posting_id(), as_of, evening(20))
        .unwrap()
        .bytes;

    let dir = tempfile::tempdir().unwrap();
    let there = Store::open(dir.path()).unwrap();
    assert_eq!(
        there.import(&first, evening(21)).unwrap(),
        Imported::Added {
            log_id: posting_id(),
            events: 3
        }
    );
    assert_eq!(
        there.import(&first, evening(21)).unwrap(),
        Imported::Unchanged { log_id: posting_id() }
    );
    assert_eq!(
        there.import(&second, evening(21)).unwrap(),
        Imported::Extended {
            log_id: posting_id(),
            events: 2
        }
    );
    assert_eq!(
        there.import(&first, evening(21)).unwrap(),
        Imported::Unchanged { log_id: posting_id() }
    );
    assert_eq!(
        there.folded(posting_id()).unwrap(),
        store.folded(posting_id()).unwrap()
    );

    // It goes on here, with a key of its own that the log names; then the two are a fork.
    let there = reopen(&dir, there);
    there
        .save(
            posting_id(),
            &[fresh(Entity::Day, "2026-01-06", day("病房", 2))],
            evening(6),
        )
        .unwrap();
    let own = there
        .export_review_file(posting_id(), as_of, evening(22))
        .unwrap()
        .bytes;
    assert_eq!(verify(&own, Some(&second)).verdict.code(), "other_key");
    store
        .save(
            posting_id(),
            &[fresh(Entity::Day, "2026-01-06", day("门诊", 3))],
            evening(6),
        )
        .unwrap();
    let third = store
        .export_review_file(posting_id(), as_of, evening(22))
        .unwrap()
        .bytes;
    let before = there.folded(posting_id()).unwrap();
    let refused = there.import(&third, evening(23)).unwrap_err();
    assert!(matches!(refused.code(), "fork" | "other_key"), "{refused}");
    assert_eq!(there.import(b"", evening(23)).unwrap_err().code(), "empty");
    assert_eq!(there.folded(posting_id()).unwrap(), before);
    drop(reopen(&dir, there));
    assert!(check(dir.path()).unwrap().ok);
}

#[test]
fn a_backup_opens_by_itself_and_holds_everything() {
    let (dir, store) = opened();
    store
        .save(
            posting_id(),
            &[fresh(Entity::Day, "2026-01-05", day("门诊", 1))],
            evening(5),
        )
        .unwrap();
    let backup = store.backup_if_due(evening(5), false).unwrap().unwrap();
    assert_eq!(
        store.backup_if_due(evening(6), false).unwrap(),
        None,
        "nothing was saved since"
    );
    store
        .save(
            posting_id(),
            &[fresh(Entity::Day, "2026-01-06", day("门诊", 1))],
            evening(5),
        )
        .unwrap();
    assert_eq!(
        store.backup_if_due(evening(5), false).unwrap(),
        None,
        "the last one is not half an hour old"
    );
    assert!(
        store.backup_if_due(evening(5), true).unwrap().is_some(),
        "but on leaving it is made"
    );
    assert_eq!(backups(dir.path()).len(), 2);
    assert_eq!(store.last_backup().unwrap().at, "2026-01-05T09:45:00Z");

    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::copy(&backup.path, elsewhere.path().join("xiaxiangzhi.db")).unwrap();
    let copy = Store::open(elsewhere.path()).unwrap();
    assert_eq!(document(&copy)["days"].as_array().unwrap().len(), 1);
    let names: Vec<_> = std::fs::read_dir(dir.path().join("backups"))
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert_eq!(names.len(), 2, "nothing half-made is left: {names:?}");
}
