//! The store: what is saved is there, once, after every kind of restart.

use serde_json::{Value, json};
use uuid::Uuid;
use xiaxiangzhi_core::log::{Change, Entity, Origin};
use xiaxiangzhi_store::{Store, backups, check, new_id};

use crate::support::{change, day, evening, posting_id, profile};

/// A data directory with one posting in it.
pub(crate) fn opened() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    store
        .create(posting_id(), evening(5), &[fresh(Entity::Posting, "", profile())])
        .unwrap();
    (dir, store)
}

pub(crate) fn fresh(entity: Entity, key: &str, value: Value) -> Change {
    change(new_id(evening(5)).unwrap(), entity, key, value)
}

pub(crate) fn reopen(dir: &tempfile::TempDir, store: Store) -> Store {
    drop(store);
    Store::open(dir.path()).unwrap()
}

pub(crate) fn document(store: &Store) -> Value {
    store.folded(posting_id()).unwrap().document
}

#[test]
fn what_is_saved_is_there_after_a_restart() {
    let (dir, store) = opened();
    let saved = store
        .save(
            posting_id(),
            &[fresh(Entity::Day, "2026-01-05", day("内科门诊", 23))],
            evening(5),
        )
        .unwrap();
    assert_eq!(
        (saved.n, saved.events, &saved.at[..]),
        (3, 1, "2026-01-05T09:45:00Z")
    );
    let before = store.folded(posting_id()).unwrap();
    assert_eq!(before.document["days"][0]["note"], "内科门诊");
    assert_eq!((before.n, &before.head), (3, &saved.head));
    assert_eq!(before.origin, Origin::App);
    let store = reopen(&dir, store);
    assert_eq!(store.folded(posting_id()).unwrap(), before);
    let logs = store.logs();
    assert_eq!(logs.len(), 1);
    assert_eq!(logs[0].physician.as_deref(), Some("李晓梅"));
    assert_eq!((logs[0].start.as_deref(), logs[0].n), (Some("2026-01-05"), 3));
}

#[test]
fn a_save_tried_again_is_the_same_event() {
    let (dir, store) = opened();
    let entry = fresh(Entity::Day, "2026-01-05", day("门诊", 1));
    let first = store
        .save(posting_id(), std::slice::from_ref(&entry), evening(5))
        .unwrap();
    let again = store
        .save(posting_id(), std::slice::from_ref(&entry), evening(5))
        .unwrap();
    assert_eq!((again.n, again.events, &again.head), (first.n, 0, &first.head));
    let store = reopen(&dir, store);
    store
        .save(
            posting_id(),
            &[fresh(Entity::Day, "2026-01-05", day("门诊", 2))],
            evening(5),
        )
        .unwrap();
    let late = store.save(posting_id(), &[entry], evening(5)).unwrap();
    assert_eq!((late.n, late.events), (first.n + 1, 0));
    assert_eq!(document(&store)["days"][0]["tallies"]["outpatient_visits"], 2);
}

#[test]
fn an_invalid_save_changes_nothing() {
    let (_dir, store) = opened();
    store
        .save(
            posting_id(),
            &[fresh(Entity::Day, "2026-01-05", day("门诊", 1))],
            evening(5),
        )
        .unwrap();
    let before = store.folded(posting_id()).unwrap();
    let leave = |from: &str, to: &str| json!({"kind": "personal_leave", "from": from, "from_half": "morning", "to": to, "to_half": "afternoon"});
    let id = |n: u128| Uuid::from_u128(n).to_string();
    let table = [
        vec![fresh(Entity::Day, "2026-01-06", json!({"morning": "asleep"}))],
        vec![fresh(
            Entity::Day,
            "2026-01-06",
            json!({"tallies": {"outpatient_visits": -1}}),
        )],
        vec![fresh(
            Entity::Day,
            "2026-01-06",
            json!({"tallies": {"unheard_of": 1}}),
        )],
        vec![fresh(Entity::Leave, &id(1), leave("2026-02-04", "2026-02-03"))],
        vec![
            fresh(Entity::Leave, &id(1), leave("2026-02-03", "2026-02-04")),
            fresh(Entity::Leave, &id(2), leave("2026-02-04", "2026-02-05")),
        ],
        vec![fresh(
            Entity::Posting,
            "",
            json!({"start": "2026-04-05", "end": "2026-01-05", "scheme": "rotation_3m"}),
        )],
        vec![fresh(Entity::Posting, "", Value::Null)],
        vec![
            fresh(Entity::Day, "2026-01-06", day("先一个对的", 1)),
            fresh(Entity::Day, "2026-01-07", json!({"afternoon": 7})),
        ],
    ];
    for changes in table {
        let refused = store.save(posting_id(), &changes, evening(6));
        assert!(refused.is_err(), "{changes:?}");
        assert_eq!(store.folded(posting_id()).unwrap(), before);
    }
    // The second leave is held against the first also when they come apart.
    store
        .save(
            posting_id(),
            &[fresh(Entity::Leave, &id(1), leave("2026-02-03", "2026-02-04"))],
            evening(6),
        )
        .unwrap();
    let overlapping = [fresh(Entity::Leave, &id(2), leave("2026-02-04", "2026-02-05"))];
    assert_eq!(
        store
            .save(posting_id(), &overlapping, evening(6))
            .unwrap_err()
            .code(),
        "invalid_records"
    );
}

/// Two steps of one save are undone one by one, so what the first one leaves must be in order by itself.
#[test]
fn a_save_of_several_steps_can_be_undone_step_by_step() {
    let (_dir, store) = opened();
    let counted = || {
        fresh(
            Entity::Day,
            "2026-01-05",
            json!({"morning": "present", "tallies": {"own": 1}}),
        )
    };
    let item = || fresh(Entity::TallyItem, "own", json!({"label": "家访", "unit": "次"}));
    let before = store.folded(posting_id()).unwrap();
    let refused = store.save(posting_id(), &[counted(), item()], evening(5));
    assert_eq!(refused.unwrap_err().code(), "invalid_records");
    assert_eq!(store.folded(posting_id()).unwrap(), before);
    store
        .save(posting_id(), &[item(), counted()], evening(5))
        .unwrap();
    for _ in 0..2 {
        store.undo(posting_id(), evening(5)).unwrap().unwrap();
    }
    assert_eq!(document(&store), before.document);
    // As one step the order is free.
    let batch = Some(new_id(evening(5)).unwrap());
    let together: Vec<Change> = [counted(), item()]
        .into_iter()
        .map(|change| Change { batch, ..change })
        .collect();
    store.save(posting_id(), &together, evening(5)).unwrap();
    store.undo(posting_id(), evening(5)).unwrap().unwrap();
    assert_eq!(document(&store), before.document);
}

#[test]
fn undo_works_across_restarts() {
    let (dir, mut store) = opened();
    let mut states = vec![document(&store)];
    for visits in 1..5 {
        store
            .save(
                posting_id(),
                &[fresh(Entity::Day, "2026-01-05", day("门诊", visits))],
                evening(5),
            )
            .unwrap();
        states.push(document(&store));
    }
    for state in states.iter().rev().skip(1) {
        store = reopen(&dir, store);
        assert!(store.folded(posting_id()).unwrap().undo.is_some());
        store.undo(posting_id(), evening(5)).unwrap().unwrap();
        assert_eq!(&document(&store), state);
    }
    assert_eq!(store.undo(posting_id(), evening(5)).unwrap(), None);
    store = reopen(&dir, store);
    for state in states.iter().skip(1) {
        store.redo(posting_id(), evening(5)).unwrap().unwrap();
        assert_eq!(&document(&store), state);
    }
}

#[test]
fn a_draft_is_durable_and_becomes_one_event() {
    let (dir, store) = opened();
    let id = posting_id();
    store
        .draft(id, Entity::Day, "2026-01-05", Some(day("内", 1)), evening(5))
        .unwrap();
    let draft = store
        .draft(id, Entity::Day, "2026-01-05", Some(day("内科", 2)), evening(5))
        .unwrap();
    let store = reopen(&dir, store);
    assert_eq!(store.drafts(id).unwrap(), [draft]);
    assert_eq!(document(&store)["days"], json!([]), "a draft is no record yet");
    let saved = store
        .commit_draft(id, Entity::Day, "2026-01-05", evening(5))
        .unwrap()
        .unwrap();
    assert_eq!(saved.events, 1);
    assert_eq!(store.drafts(id).unwrap(), []);
    assert_eq!(
        store
            .commit_draft(id, Entity::Day, "2026-01-05", evening(5))
            .unwrap(),
        None
    );
    assert_eq!(document(&store)["days"][0]["note"], "内科");
    let store = reopen(&dir, store);
    assert_eq!(store.drafts(id).unwrap(), [], "a spent draft does not come back");

    store
        .draft(
            id,
            Entity::Day,
            "2026-01-06",
            Some(json!({"morning": "nonsense"})),
            evening(6),
        )
        .unwrap();
    assert!(
        store
            .commit_draft(id, Entity::Day, "2026-01-06", evening(6))
            .is_err()
    );
    assert_eq!(store.drafts(id).unwrap().len(), 1, "refused, but not lost");
    store.discard_draft(id, Entity::Day, "2026-01-06").unwrap();
    store
        .draft(id, Entity::Day, "2026-01-05", Some(day("内科", 2)), evening(6))
        .unwrap();
    assert_eq!(
        store
            .commit_draft(id, Entity::Day, "2026-01-05", evening(6))
            .unwrap()
            .unwrap()
            .events,
        0
    );
    assert_eq!(store.drafts(id).unwrap(), []);
}

#[test]
fn several_postings_live_side_by_side_and_one_can_be_deleted() {
    let (dir, store) = opened();
    let other = Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_4711);
    store
        .create(other, evening(6), &[fresh(Entity::Posting, "", profile())])
        .unwrap();
    for visits in 1..4 {
        store
            .save(
                posting_id(),
                &[fresh(Entity::Day, "2026-01-05", day("门诊", visits))],
                evening(7),
            )
            .unwrap();
        store
            .save(
                other,
                &[fresh(Entity::Day, "2026-01-05", day("病房", visits))],
                evening(8),
            )
            .unwrap();
    }
    assert_eq!(store.logs()[0].log_id, other, "the one entered last comes first");
    let kept = store.folded(other).unwrap();
    assert_eq!(backups(dir.path()), []);
    store.delete_log(posting_id(), evening(9)).unwrap();
    assert_eq!(backups(dir.path()).len(), 1, "a backup is made first");
    assert_eq!(store.folded(posting_id()).unwrap_err().code(), "no_such_posting");
    let store = reopen(&dir, store);
    assert_eq!(store.logs().len(), 1);
    assert_eq!(store.folded(other).unwrap(), kept);
    drop(store);
    assert!(check(dir.path()).unwrap().ok);
}

#[test]
fn settings_are_kept() {
    let (dir, store) = opened();
    assert_eq!(store.setting("language").unwrap(), None);
    store.set_setting("language", "en").unwrap();
    store.set_setting("language", "zh-CN").unwrap();
    assert_eq!(
        reopen(&dir, store).setting("language").unwrap().as_deref(),
        Some("zh-CN")
    );
}

#[test]
fn an_erased_text_is_gone_from_the_disk() {
    let (dir, store) = opened();
    let secret = "不该写下的名字";
    store
        .save(
            posting_id(),
            &[fresh(Entity::Day, "2026-01-05", day(secret, 1))],
            evening(5),
        )
        .unwrap();
    store
        .draft(
            posting_id(),
            Entity::Day,
            "2026-01-05",
            Some(day(secret, 2)),
            evening(5),
        )
        .unwrap();
    store
        .erase_texts(posting_id(), Entity::Day, "2026-01-05", evening(6))
        .unwrap();
    let store = reopen(&dir, store);
    assert_ne!(document(&store)["days"][0]["note"], Value::Null);
    drop(store);
    assert!(check(dir.path()).unwrap().ok);
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        assert!(
            !bytes
                .windows(secret.len())
                .any(|window| window == secret.as_bytes()),
            "{}",
            path.display()
        );
    }
}
