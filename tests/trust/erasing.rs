//! What was erased or deleted is gone: no byte of it in any file of the data directory but the backups, which are named as
//! the copies that erasing does not reach.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use uuid::Uuid;
use xiaxiangzhi_core::log::Entity;
use xiaxiangzhi_store::{Store, check};

use crate::store::{fresh, opened};
use crate::support::{evening, posting_id, profile};

/// A text that occurs once, as long as wanted: from a few words to more than a page of the database.
fn secret(number: usize, length: usize) -> String {
    let mark = format!("秘密{number:04}号");
    mark.repeat(1 + length / mark.len())
}

fn lengths() -> impl Iterator<Item = usize> {
    [20, 300, 900, 2_500, 9_000, 18_000].into_iter().cycle()
}

/// The files of a data directory that hold some bytes; backups apart.
fn holding(dir: &Path, bytes: &[u8]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if contains(&std::fs::read(&path).unwrap(), bytes) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn contains(all: &[u8], bytes: &[u8]) -> bool {
    let first = bytes[0];
    let mut at = 0;
    while let Some(next) = all[at..].iter().position(|byte| *byte == first) {
        at += next;
        if all[at..].starts_with(bytes) {
            return true;
        }
        at += 1;
    }
    false
}

fn not_in_backups(files: Vec<PathBuf>) -> Vec<PathBuf> {
    files
        .into_iter()
        .filter(|path| !path.components().any(|part| part.as_os_str() == "backups"))
        .collect()
}

fn date(number: usize) -> String {
    format!("2026-{:02}-{:02}", 1 + number / 28, 1 + number % 28)
}

fn day(note: &str) -> Value {
    json!({"morning": "present", "note": note})
}

/// Notes of all lengths, each drafted, changed once and drafted again, so that pages split and texts move about.
fn fill(store: &Store, log_id: Uuid, count: usize) {
    for (number, length) in (0..count).zip(lengths()) {
        for (turn, text) in [
            secret(number, length),
            format!("甲{}", secret(number, length / 2)),
        ]
        .into_iter()
        .enumerate()
        {
            let value = day(&text);
            store
                .draft(
                    log_id,
                    Entity::Day,
                    &date(number),
                    Some(value.clone()),
                    evening(5),
                )
                .unwrap();
            store
                .commit_draft(log_id, Entity::Day, &date(number), evening(5))
                .unwrap();
            if turn == 1 {
                store
                    .draft(log_id, Entity::Day, &date(number), Some(value), evening(6))
                    .unwrap();
            }
        }
        if number % 7 == 0 {
            store.tidy();
        }
    }
}

#[test]
fn no_byte_of_an_erased_text_stays_outside_the_backups() {
    let (dir, store) = opened();
    let count = 60;
    fill(&store, posting_id(), count);
    let backup = store.backup(evening(6)).unwrap();
    for number in 0..count {
        let mark = secret(number, 0);
        assert!(
            !not_in_backups(holding(dir.path(), mark.as_bytes())).is_empty(),
            "the control: {mark} is found before it is erased"
        );
    }
    // Every other one, in an order that leaves neighbours standing.
    for number in (0..count).step_by(2) {
        let erased = store
            .erase_texts(posting_id(), Entity::Day, &date(number), evening(7))
            .unwrap();
        assert_eq!(erased.unwrap().events, 1);
        let mark = secret(number, 0);
        assert_eq!(
            not_in_backups(holding(dir.path(), mark.as_bytes())),
            Vec::<PathBuf>::new(),
            "{mark}, while the records are open"
        );
        assert!(
            holding(dir.path(), mark.as_bytes()).contains(&backup.path),
            "backups keep it"
        );
    }
    drop(store);
    assert!(check(dir.path()).unwrap().ok);
    for number in 0..count {
        let mark = secret(number, 0);
        let found = not_in_backups(holding(dir.path(), mark.as_bytes()));
        assert_eq!(found.is_empty(), number % 2 == 0, "{mark}: {found:?}");
    }
}

#[test]
fn no_byte_of_a_deleted_posting_stays_outside_the_backups() {
    let (dir, store) = opened();
    let other = Uuid::from_u128(0x0199_dddd_0000_7000_8000_0000_0000_0001);
    let mut of = profile();
    of["physician"]["name"] = json!("赵待删");
    of["extra"] = json!({"note": "只在日志正文里"});
    store
        .create(other, evening(5), &[fresh(Entity::Posting, "", of)])
        .unwrap();
    // Both grow side by side, on the same pages.
    for (number, length) in (0..40).zip(lengths()) {
        for (log_id, offset) in [(posting_id(), 0), (other, 1000)] {
            let value = day(&secret(offset + number, length));
            store
                .draft(
                    log_id,
                    Entity::Day,
                    &date(number),
                    Some(value.clone()),
                    evening(5),
                )
                .unwrap();
            store
                .save(log_id, &[fresh(Entity::Day, &date(number), value)], evening(5))
                .unwrap();
        }
    }
    let marks: Vec<Vec<u8>> = (1000..1040)
        .map(|number| secret(number, 0).into_bytes())
        .chain(
            ["赵待删", "只在日志正文里"]
                .iter()
                .map(|text| text.as_bytes().to_vec()),
        )
        .chain([other.as_bytes().to_vec()])
        .collect();
    for mark in &marks {
        assert!(
            !not_in_backups(holding(dir.path(), mark)).is_empty(),
            "the control: it is found before it is deleted"
        );
    }
    store.delete_log(other, evening(7)).unwrap();
    for mark in &marks {
        assert_eq!(
            not_in_backups(holding(dir.path(), mark)),
            Vec::<PathBuf>::new(),
            "{}",
            String::from_utf8_lossy(mark)
        );
    }
    drop(store);
    assert!(check(dir.path()).unwrap().ok);
    for mark in &marks {
        assert_eq!(not_in_backups(holding(dir.path(), mark)), Vec::<PathBuf>::new());
    }
    let kept = secret(0, 0);
    assert!(
        !not_in_backups(holding(dir.path(), kept.as_bytes())).is_empty(),
        "the other posting is whole"
    );
}

/// Texts erased elsewhere go here too, when the log is taken in again.
#[test]
fn what_was_erased_elsewhere_is_erased_where_the_log_is_taken_in() {
    let (_there, author) = opened();
    author
        .save(
            posting_id(),
            &[fresh(Entity::Day, "2026-01-05", day(&secret(1, 300)))],
            evening(5),
        )
        .unwrap();
    let export = |day: u32| {
        author
            .export_review_file(posting_id(), evening(day).date_naive(), evening(day))
            .unwrap()
            .bytes
    };
    let dir = tempfile::tempdir().unwrap();
    let copy = Store::open(dir.path()).unwrap();
    copy.import(&export(6), evening(6)).unwrap();
    let mark = secret(1, 0);
    assert!(!not_in_backups(holding(dir.path(), mark.as_bytes())).is_empty());
    author
        .erase_texts(posting_id(), Entity::Day, "2026-01-05", evening(7))
        .unwrap();
    copy.import(&export(8), evening(8)).unwrap();
    assert_eq!(
        copy.folded(posting_id()).unwrap().document,
        author.folded(posting_id()).unwrap().document
    );
    assert_eq!(
        not_in_backups(holding(dir.path(), mark.as_bytes())),
        Vec::<PathBuf>::new()
    );
    drop(copy);
    assert!(check(dir.path()).unwrap().ok);
    let copy = Store::open(dir.path()).unwrap();
    assert_eq!(
        copy.folded(posting_id()).unwrap().document,
        author.folded(posting_id()).unwrap().document
    );
}

/// A backup made after the erasing brings it along to records that are older.
#[test]
fn a_restore_of_a_later_backup_erases_too() {
    let (dir, store) = opened();
    store
        .save(
            posting_id(),
            &[fresh(Entity::Day, "2026-01-05", day(&secret(1, 300)))],
            evening(5),
        )
        .unwrap();
    let before = store.backup(evening(5)).unwrap().path;
    store
        .erase_texts(posting_id(), Entity::Day, "2026-01-05", evening(6))
        .unwrap();
    let after = store.backup(evening(6)).unwrap().path;
    drop(store);
    let old = tempfile::tempdir().unwrap();
    std::fs::copy(before, old.path().join(xiaxiangzhi_store::DATABASE_FILE)).unwrap();
    let store = Store::open(old.path()).unwrap();
    store.restore(&after, evening(7)).unwrap();
    let mark = secret(1, 0);
    assert_eq!(
        not_in_backups(holding(old.path(), mark.as_bytes())),
        Vec::<PathBuf>::new()
    );
    drop(store);
    assert!(check(old.path()).unwrap().ok);
    Store::open(old.path()).unwrap();
    drop(dir);
}
