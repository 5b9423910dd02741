//! A file held against what was received before of the same log: the states it passes through, its keys, what changed.

use crate::views::{ChangedHow, ChangedRecord, ChangesSince, KeyView, PinView};
use std::collections::HashMap;
use xiaxiangzhi_core::log::{
    Entity, Head, RecordDifference, field_changes, fingerprint, record_differences, record_name,
};
use xiaxiangzhi_core::posting::TallyItem;
use xiaxiangzhi_core::reviewfile::{ReviewFile, keys_held, verify};
use xiaxiangzhi_store::{Pin, Store, StoreError};

use super::super::view::key_on_page;

fn hash_at(file: &ReviewFile, n: u64) -> Option<&xiaxiangzhi_core::log::Digest> {
    let at = usize::try_from(n.checked_sub(1)?).ok()?;
    file.whole.hashes.get(at)
}

/// The states seen before, each once, in the log's order.
pub(super) fn pins(file: &ReviewFile, seen: &[Pin]) -> Vec<PinView> {
    let holds = |head: Head| hash_at(file, head.n).map(|hash| *hash == head.hash);
    each_once(seen, file.head(), holds)
}

/// As [`pins`], around a single state: whether others lie on the way to it is not known.
pub(super) fn pins_alone(seen: &[Pin], this: Head) -> Vec<PinView> {
    each_once(seen, this, |head| (head == this).then_some(true))
}

fn each_once(seen: &[Pin], this: Head, holds: impl Fn(Head) -> Option<bool>) -> Vec<PinView> {
    let mut pins: Vec<&Pin> = Vec::new();
    for pin in seen {
        if !pins.iter().any(|known| known.head == pin.head) {
            pins.push(pin);
        }
    }
    pins.sort_by_key(|pin| pin.head.n);
    pins.into_iter()
        .map(|pin| PinView {
            received_at: pin.received_at.clone(),
            file_name: pin.name.clone(),
            sha256: pin.sha256.clone(),
            n: pin.head.n,
            code: pin.head.code(),
            holds: holds(pin.head),
            month: pin.month,
            this: pin.head == this,
        })
        .collect()
}

/// The keys of a log, and any that signed what was received before and is none of its own.
pub(super) fn keys(file: &ReviewFile, seen: &[Pin]) -> Vec<KeyView> {
    let seen_at = |key: &[u8; 32]| {
        let mut pins = seen.iter().filter(|pin| pin.public_key == *key);
        pins.next().map(|pin| pin.received_at.clone())
    };
    let held = keys_held(file);
    let mut keys: Vec<KeyView> = Vec::new();
    for pin in seen {
        let print = fingerprint(&pin.public_key);
        let known = held.iter().any(|held| held.public_key == pin.public_key);
        if !known && !keys.iter().any(|key| key.fingerprint == print) {
            keys.push(KeyView {
                fingerprint: print,
                n: 1,
                proved: true,
                seen_at: seen_at(&pin.public_key),
                current: false,
            });
        }
    }
    let strange = !keys.is_empty();
    keys.extend(held.into_iter().map(|held| KeyView {
        fingerprint: fingerprint(&held.public_key),
        n: held.n,
        proved: held.proved && !(strange && held.n == 1),
        seen_at: seen_at(&held.public_key),
        current: held.public_key == *file.whole.log.public_key(),
    }));
    keys
}

/// What is not as it was in the file that came before this one; none for the first, or where that one holds the same state.
pub(super) fn changes(
    store: &Store,
    file: &ReviewFile,
    seen: &[Pin],
    own: &[TallyItem],
) -> Result<Option<ChangesSince>, StoreError> {
    let other = |pin: &&Pin| pin.month.is_none() && pin.head != file.head();
    let before = |pin: &&Pin| pin.head.n <= file.head().n;
    let former = seen.iter().rev().filter(other).find(before);
    let Some(pin) = former.or_else(|| seen.iter().rev().find(other)) else {
        return Ok(None);
    };
    let Some(former) = store
        .received_bytes(&pin.sha256)?
        .and_then(|bytes| verify(&bytes, None).file)
    else {
        return Ok(None);
    };
    let entered: HashMap<_, _> = file
        .whole
        .log
        .entered()
        .into_iter()
        .map(|record| ((record.entity, record.key), record.last_at))
        .collect();
    let differences = record_differences(
        (&file.whole.log, &file.beside),
        (&former.whole.log, &former.beside),
    );
    Ok(Some(ChangesSince {
        received_at: pin.received_at.clone(),
        file_name: pin.name.clone(),
        n: pin.head.n,
        records: differences
            .into_iter()
            // Answers stand beside their remarks, reasons with what was changed after an approval.
            .filter(|differs| !matches!(differs.entity, Entity::Answer | Entity::Amendment))
            .map(|difference| {
                let at = entered.get(&(difference.entity, difference.key.clone())).cloned();
                changed(difference, at, own)
            })
            .collect(),
    }))
}

fn changed(difference: RecordDifference, at: Option<String>, own: &[TallyItem]) -> ChangedRecord {
    let RecordDifference {
        entity,
        key,
        now,
        then,
    } = difference;
    ChangedRecord {
        name: record_name(entity, &key, now.as_ref().or(then.as_ref())),
        how: match (&then, &now) {
            (None, _) => ChangedHow::Added,
            (Some(_), None) => ChangedHow::Removed,
            (Some(_), Some(_)) => ChangedHow::Changed,
        },
        fields: field_changes(entity, then.as_ref(), now.as_ref(), own),
        at: at.filter(|_| now.is_some()),
        entity: entity.name().to_owned(),
        key: key_on_page(entity, key),
    }
}

/// Whether a file passes through every state seen before that it reaches.
pub(super) fn passes_through(file: &ReviewFile, seen: &[Pin]) -> bool {
    let holds = |Head { n, hash }: Head| hash_at(file, n).is_none_or(|found| *found == hash);
    seen.iter().all(|pin| holds(pin.head))
}
