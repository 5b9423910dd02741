//! What records were: every value they had, the recycle bin, and the way back, held against a plain list of edits.

use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;
use xiaxiangzhi_core::log::{Entity, HowSet};
use xiaxiangzhi_store::Store;

use crate::store::opened;
use crate::support::{change, day, evening, posting_id};

fn save(store: &Store, number: u128, key: &str, value: Value) {
    let change = change(
        Uuid::from_u128(0x0199_ffff << 96 | number),
        Entity::Day,
        key,
        value,
    );
    store.save(posting_id(), &[change], evening(9)).unwrap();
}

fn now(store: &Store, key: &str) -> Option<Value> {
    let document = store.folded(posting_id()).unwrap().document;
    let days = document["days"].as_array().unwrap();
    days.iter().find(|day| day["date"] == key).cloned()
}

#[test]
fn a_record_tells_every_value_it_had_and_goes_back_to_any() {
    let (_dir, store) = opened();
    let key = "2026-01-07";
    save(&store, 1, key, day("初稿", 20));
    save(&store, 2, "2026-01-08", day("别的一天", 9));
    save(&store, 3, key, day("改过", 23));
    save(&store, 4, key, Value::Null);
    store.undo(posting_id(), evening(9)).unwrap();
    store.redo(posting_id(), evening(9)).unwrap();
    let history = store.history(posting_id(), Entity::Day, key).unwrap();
    let told: Vec<_> = history
        .iter()
        .map(|version| {
            let visits = version
                .value
                .as_ref()
                .map(|value| value["tallies"]["outpatient_visits"].clone());
            (version.how, visits)
        })
        .collect();
    assert_eq!(
        told,
        [
            (HowSet::Entered, Some(json!(20))),
            (HowSet::Entered, Some(json!(23))),
            (HowSet::Entered, None),
            (HowSet::Undone, Some(json!(23))),
            (HowSet::Redone, None)
        ]
    );
    assert_eq!(history[0].value.as_ref().unwrap()["note"], "初稿");
    assert_eq!(history[0].value.as_ref().unwrap()["date"], key);

    let bin = store.recycle_bin(posting_id()).unwrap();
    assert_eq!((bin.len(), bin[0].key.as_str()), (1, key));
    assert_eq!(bin[0].value["note"], "改过");
    store
        .go_back(posting_id(), Entity::Day, key, bin[0].n, evening(10))
        .unwrap();
    assert_eq!(now(&store, key).unwrap()["note"], "改过");
    assert!(store.recycle_bin(posting_id()).unwrap().is_empty());
    store
        .go_back(posting_id(), Entity::Day, key, history[0].n, evening(10))
        .unwrap();
    assert_eq!(now(&store, key).unwrap()["note"], "初稿");
    let undo = store.folded(posting_id()).unwrap().undo.unwrap();
    assert_eq!(
        (undo.entity, undo.key.as_str(), undo.records),
        (Entity::Day, key, 1)
    );
    store.undo(posting_id(), evening(10)).unwrap();
    assert_eq!(
        now(&store, key).unwrap()["note"],
        "改过",
        "going back is a step like any other"
    );
}

#[test]
fn going_back_asks_for_an_event_of_that_record() {
    let (_dir, store) = opened();
    save(&store, 1, "2026-01-07", day("初稿", 20));
    let before = store.folded(posting_id()).unwrap();
    for n in [0, 1, before.n + 1] {
        let refused = store.go_back(posting_id(), Entity::Day, "2026-01-07", n, evening(10));
        assert_eq!(refused.unwrap_err().code(), "bad_key", "{n}");
    }
    assert_eq!(store.folded(posting_id()).unwrap(), before);
    assert!(
        store
            .history(posting_id(), Entity::Day, "2026-01-09")
            .unwrap()
            .is_empty()
    );
}

#[test]
fn what_was_erased_is_erased_from_the_history_too() {
    let (_dir, store) = opened();
    save(&store, 1, "2026-01-07", day("写了名字", 20));
    save(&store, 2, "2026-01-07", day("改掉了", 20));
    store
        .erase_texts(posting_id(), Entity::Day, "2026-01-07", evening(9))
        .unwrap();
    let history = store.history(posting_id(), Entity::Day, "2026-01-07").unwrap();
    assert!(!format!("{history:?}").contains("写了名字"));
    assert!(format!("{history:?}").contains(xiaxiangzhi_core::log::ERASED_TEXT));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn history_and_bin_are_those_of_a_plain_list(
        edits in prop::collection::vec((0_u32..4, prop::option::of(1_u64..50)), 1..30)
    ) {
        let (_dir, store) = opened();
        let mut model: Vec<Vec<Option<u64>>> = vec![Vec::new(); 4];
        let mut removed: Vec<u32> = Vec::new();
        for (number, (slot, visits)) in edits.into_iter().enumerate() {
            let key = format!("2026-01-{:02}", 5 + slot);
            save(&store, number as u128, &key, visits.map_or(Value::Null, |visits| day("记录", visits)));
            let values = &mut model[slot as usize];
            // What changes nothing leaves no trace.
            if values.last().copied().flatten() != visits {
                values.push(visits);
                removed.retain(|other| *other != slot);
                if visits.is_none() {
                    removed.insert(0, slot);
                }
            }
        }
        for (slot, values) in model.iter().enumerate() {
            let key = format!("2026-01-{:02}", 5 + slot);
            let told: Vec<Option<u64>> = store
                .history(posting_id(), Entity::Day, &key)
                .unwrap()
                .iter()
                .map(|version| version.value.as_ref()?["tallies"]["outpatient_visits"].as_u64())
                .collect();
            prop_assert_eq!(&told, values);
        }
        let bin = store.recycle_bin(posting_id()).unwrap();
        let keys: Vec<_> = bin.iter().map(|removed| removed.key.clone()).collect();
        let expected: Vec<_> = removed.iter().map(|slot| format!("2026-01-{:02}", 5 + slot)).collect();
        prop_assert_eq!(keys, expected);
    }
}
