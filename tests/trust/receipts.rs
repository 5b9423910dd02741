//! Decisions in the log: they change no record, the one that counts is found again by every reader, and what was approved is
//! changed with a reason only.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;
use xiaxiangzhi_core::log::{
    Blob, Decision, Entity, EventKind, Receipt, SIGNED_FILE, fingerprint, from_hex, instant, public_key,
    to_hex,
};
use xiaxiangzhi_core::reviewfile::{ManifestHead, Review, ReviewStanding, open_review, verify};
use xiaxiangzhi_store::{Enclosed, KeyStanding, NoReceipt, Store, StoreError};

use crate::signed_files::review;
use crate::store::opened;
use crate::support::{Dice, Kept, change, day, evening, posting_id};

fn receipt(name: &str, n: u64, decided_at: DateTime<Utc>, decision: Decision) -> (Receipt, Blob) {
    let file = Blob {
        media_type: SIGNED_FILE.to_owned(),
        bytes: name.as_bytes().into(),
    };
    let receipt = Receipt {
        sha256: to_hex(&file.digest()),
        length: file.bytes.len() as u64,
        media_type: SIGNED_FILE.to_owned(),
        key: to_hex(&public_key(&[9; 32])),
        n,
        hash: "ab".repeat(32),
        decided_at: instant(decided_at),
        decision,
        grade: None,
    };
    (receipt, file)
}

/// Edits, steps back and forth, decisions in any order and objects of another make, against the plainest way to say which
/// decision counts.
#[test]
fn the_decision_that_counts_is_the_one_on_the_furthest_state() {
    for seed in 0..40 {
        let mut dice = Dice::of(seed);
        let mut kept = Kept::new();
        let mut known: Vec<Receipt> = Vec::new();
        let mut reasons = BTreeSet::new();
        for step in 0..60 {
            let before = (kept.document(), kept.log.next_undo(), kept.log.next_redo());
            match dice.below(8) {
                0 => drop(kept.undo(evening(9))),
                1 => drop(kept.redo(evening(9))),
                2 | 3 => {
                    let n = 1 + dice.below(kept.log.head().n);
                    let at = evening(9) + TimeDelta::minutes(i64::try_from(dice.below(5)).unwrap());
                    let decision = *dice.pick(&[Decision::Returned, Decision::Approved]);
                    let (receipt, file) = receipt(&format!("{seed}/{step}"), n, at, decision);
                    let id = kept.counter.id();
                    let prepared = kept.log.prepare_receipt(id, evening(9), &receipt, file).unwrap();
                    kept.keep(&prepared);
                    known.push(receipt);
                    assert_eq!(
                        (kept.document(), kept.log.next_undo(), kept.log.next_redo()),
                        before,
                        "a decision is no change and no step"
                    );
                }
                4 => {
                    let id = kept.counter.id();
                    let other = EventKind::Receipt(r#"{"verdict":"fine"}"#.into());
                    let prepared = kept.log.prepare_event(id, evening(9), other).unwrap();
                    kept.keep(&prepared);
                }
                5 => {
                    if let Some(taken) = kept.log.closed_by() {
                        let key = taken.receipt.sha256.clone();
                        kept.set(Entity::Amendment, &key, json!({"reason": "补记"}), evening(9));
                        reasons.insert(key);
                        assert_eq!(kept.document(), before.0, "a reason is no record");
                    }
                }
                _ => {
                    let date = format!("2026-01-{:02}", 5 + dice.below(5));
                    kept.set(Entity::Day, &date, day("门诊", dice.below(30)), evening(9));
                }
            }
            // Undoing may have taken reasons back: what stands is asked of the log, what counts is worked out anew.
            let counts = known
                .iter()
                .enumerate()
                .max_by_key(|(index, receipt)| (receipt.n, &receipt.decided_at, *index))
                .map(|(_, receipt)| receipt);
            let standing = kept.log.standing_receipt().map(|taken| &taken.receipt);
            assert_eq!(standing, counts, "seed {seed}, step {step}");
            let closed = counts.filter(|receipt| {
                receipt.decision == Decision::Approved && !kept.log.holds(Entity::Amendment, &receipt.sha256)
            });
            assert_eq!(kept.log.closed_by().map(|taken| &taken.receipt), closed);
            assert_eq!(kept.log.receipts().len(), known.len());
        }
    }
}

/// A decision on the present head of a posting, by an office whose key has this seed.
fn decision(store: &Store, decision: Decision, seed: &[u8; 32], at: DateTime<Utc>) -> Vec<u8> {
    let folded = store.folded(posting_id()).unwrap();
    let mut review: Review = review();
    review.head = ManifestHead {
        n: folded.n,
        hash: folded.head,
    };
    review.decision = decision;
    review.decided_at = Review::decided(at);
    review.write(seed, at).unwrap()
}

fn entry(date: &str, id: u128) -> xiaxiangzhi_core::log::Change {
    change(Uuid::from_u128(id), Entity::Day, date, day("门诊", 3))
}

#[test]
fn an_office_that_gave_its_file_is_trusted_and_any_other_is_asked_about() {
    let (_dir, store) = opened();
    let bytes = decision(&store, Decision::Returned, &[5; 32], evening(6));
    let key = public_key(&[5; 32]);
    assert_eq!(store.look_at_review(&bytes).unwrap().key, KeyStanding::FirstSeen);
    store
        .know_office(&key, "市第一医院", "医务部", evening(6))
        .unwrap();
    assert_eq!(
        store.look_at_review(&bytes).unwrap().key,
        KeyStanding::Trusted {
            office: "市第一医院 医务部".to_owned()
        }
    );
    let other = decision(&store, Decision::Returned, &[6; 32], evening(6));
    assert_eq!(
        store.look_at_review(&other).unwrap().key,
        KeyStanding::Changed {
            seen: fingerprint(&key)
        }
    );
    let refused = store.take_review(&other, Some(&fingerprint(&key)), evening(6));
    assert!(matches!(
        refused,
        Err(StoreError::NoReceipt(NoReceipt::KeyNotConfirmed { .. }))
    ));
    assert!(store.take_review(&bytes, None, evening(6)).unwrap().is_some());
    assert!(store.take_review(&bytes, None, evening(6)).unwrap().is_none());
}

#[test]
fn what_was_approved_is_closed_to_every_way_of_changing_it() {
    let (_dir, store) = opened();
    let id = posting_id();
    store.save(id, &[entry("2026-01-05", 70)], evening(5)).unwrap();
    let backup = store.backup(evening(5)).unwrap();
    store.save(id, &[entry("2026-01-06", 71)], evening(6)).unwrap();
    let bytes = decision(&store, Decision::Approved, &[5; 32], evening(6));
    let print = fingerprint(&public_key(&[5; 32]));
    store.take_review(&bytes, Some(&print), evening(7)).unwrap();
    let before = store.folded(id).unwrap();
    let closed = |result: Result<(), StoreError>| assert!(matches!(result, Err(StoreError::Approved { .. })));
    closed(store.save(id, &[entry("2026-01-07", 72)], evening(7)).map(drop));
    closed(store.undo(id, evening(7)).map(drop));
    closed(store.restore(&backup.path, evening(7)).map(drop));
    let batch = [entry("2026-01-07", 73), entry("2026-01-08", 74)];
    closed(store.save(id, &batch, evening(7)).map(drop));
    assert_eq!(store.folded(id).unwrap(), before);
    // An export is no change, nor is an answer.
    store
        .export_review_file(id, evening(7).date_naive(), evening(7))
        .unwrap();
    let comment = review().comments[0].id;
    store
        .answer_comment(id, comment, "在门诊", false, evening(7))
        .unwrap();
    store.give_reason(id, "漏记一天", evening(8)).unwrap();
    store.save(id, &[entry("2026-01-07", 72)], evening(8)).unwrap();
    assert_eq!(
        store.review_standing(id).unwrap().amendments[0].reason,
        "漏记一天"
    );
}

#[test]
fn a_decision_travels_with_the_log_and_outlives_backup_and_restart() {
    let (dir, store) = opened();
    let id = posting_id();
    store.save(id, &[entry("2026-01-05", 70)], evening(5)).unwrap();
    let bytes = decision(&store, Decision::Returned, &[5; 32], evening(6));
    let print = fingerprint(&public_key(&[5; 32]));
    store.take_review(&bytes, Some(&print), evening(7)).unwrap();
    let comment = review().comments[0].id;
    store
        .answer_comment(id, comment, "在门诊，登记号已补", true, evening(7))
        .unwrap();
    let standing = store.review_standing(id).unwrap();
    let backup = store.backup(evening(7)).unwrap();
    drop(store);
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(store.review_standing(id).unwrap(), standing);

    // Without any of the pictures: the decision is no picture.
    let none = BTreeSet::new();
    let file = store
        .export_review_file_with(id, evening(8).date_naive(), evening(8), Enclosed::Only(&none))
        .unwrap();
    let read = verify(&file.bytes, None).file.unwrap();
    let travelled = ReviewStanding::of(&read.whole.log, &read.beside);
    assert_eq!(travelled.receipts, standing.receipts);
    let digest = from_hex(&standing.receipts[0].taken.receipt.sha256).unwrap();
    assert_eq!(&read.beside.blobs[&digest].bytes[..], &bytes[..]);
    assert_eq!(
        standing.receipts[0].review.as_deref(),
        Some(&open_review(&bytes).unwrap())
    );

    // The records go back to a backup; what was said about the review stays.
    store.save(id, &[entry("2026-01-06", 71)], evening(8)).unwrap();
    store.restore(&backup.path, evening(9)).unwrap();
    assert_eq!(store.review_standing(id).unwrap(), standing);

    // A name written into an answer by mistake can be erased like any text.
    store
        .erase_texts(id, Entity::Answer, &comment.to_string(), evening(9))
        .unwrap();
    let answer = store.review_standing(id).unwrap().receipts[0].comments[0]
        .answer
        .clone();
    assert_eq!(answer.unwrap().text, xiaxiangzhi_core::log::ERASED_TEXT);
    drop(store);
    assert!(xiaxiangzhi_store::check(dir.path()).unwrap().ok);
}
