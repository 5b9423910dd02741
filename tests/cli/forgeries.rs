//! Files tampered with, some by one who has the key: the program and the Python reader refuse them alike.

use std::fs;

use serde_json::Value;
use xiaxiangzhi_core::log::{from_hex, public_key, sha256, sign, to_hex};

use crate::format::{kept, python};
use crate::support::{Place, fixtures};

#[allow(dead_code, reason = "shared with another test program")]
#[path = "../trust/zip.rs"]
mod zip;

/// A review file taken apart, to be put together otherwise.
struct Forgery {
    entries: zip::Entries,
    seed: [u8; 32],
}

impl Forgery {
    fn of(name: &str, seed: [u8; 32]) -> Self {
        Self {
            entries: zip::entries(&fs::read(kept(name)).unwrap()),
            seed,
        }
    }

    fn entry(&mut self, name: &str) -> &mut Vec<u8> {
        &mut self.entries.iter_mut().find(|entry| entry.0 == name).unwrap().1
    }

    fn replace(&mut self, name: &str, from: &str, to: &str) {
        let entry = self.entry(name);
        let text = String::from_utf8(entry.clone()).unwrap();
        assert!(text.contains(from), "{name} has no {from}");
        *entry = text.replacen(from, to, 1).into_bytes();
    }

    /// Names the entries anew and signs, as whoever has the key can.
    fn reseal(&mut self, change: impl FnOnce(&mut Value)) {
        let listed: Vec<Value> = self
            .entries
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "manifest.json" | "signature"))
            .map(|(name, data)| {
                serde_json::json!({"name": name, "length": data.len(), "sha256": to_hex(&sha256(data))})
            })
            .collect();
        let mut manifest: Value = serde_json::from_slice(self.entry("manifest.json")).unwrap();
        manifest["entries"] = listed.into();
        change(&mut manifest);
        *self.entry("manifest.json") = manifest.to_string().into_bytes();
        self.sign();
    }

    fn sign(&mut self) {
        let message = [b"XXZ1-manifest\0", &self.entry("manifest.json")[..]].concat();
        let signature = sign(&self.seed, &message).to_vec();
        *self.entry("signature") = signature;
    }

    fn bytes(&self) -> Vec<u8> {
        zip::container(&self.entries)
    }
}

/// Each with what was done to it. All are right ZIPs but where the ZIP itself is the matter.
fn forgeries() -> Vec<(&'static str, Vec<u8>)> {
    const SEED: [u8; 32] = [22; 32];
    let make = |work: &dyn Fn(&mut Forgery)| {
        let mut forgery = Forgery::of("everything.xxz", SEED);
        work(&mut forgery);
        forgery.bytes()
    };
    let whole = fs::read(kept("everything.xxz")).unwrap();
    let mut flipped = whole.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    vec![
        ("a bit flipped", flipped),
        ("the end cut off", whole[..whole.len() - 1].to_vec()),
        ("a byte after the end", [&whole[..], b"\n"].concat()),
        (
            "a value changed, resealed with the key",
            make(&|f| {
                f.replace(
                    "events.jsonl",
                    "\"outpatient_visits\":23",
                    "\"outpatient_visits\":32",
                );
                f.reseal(|_| {});
            }),
        ),
        (
            "the last events cut off, resealed with the key",
            make(&|f| {
                let events = f.entry("events.jsonl");
                let end = events[..events.len() - 1]
                    .iter()
                    .rposition(|byte| *byte == b'\n')
                    .unwrap();
                events.truncate(end + 1);
                f.reseal(|_| {});
            }),
        ),
        (
            "signed by another key",
            make(&|f| {
                f.seed = [9; 32];
                f.reseal(|manifest| manifest["key"] = to_hex(&public_key(&[9; 32])).into());
            }),
        ),
        (
            "signed by the key before the change",
            make(&|f| {
                f.seed = [2; 32];
                f.reseal(|manifest| manifest["key"] = to_hex(&public_key(&[2; 32])).into());
            }),
        ),
        (
            "another head in the manifest",
            make(&|f| f.reseal(|manifest| manifest["head"]["n"] = 55.into())),
        ),
        (
            "a manifest that was changed and not signed",
            make(&|f| {
                f.replace(
                    "manifest.json",
                    "\"as_of\":\"2026-04-06\"",
                    "\"as_of\":\"2026-04-05\"",
                );
            }),
        ),
        ("a signature in its other spelling", make(&other_spelling)),
        ("a signature by a key of small order", make(&small_order)),
        (
            "a text changed, resealed with the key",
            make(&|f| {
                f.replace("texts.jsonl", "下村巡诊", "下村义诊");
                f.reseal(|_| {});
            }),
        ),
        (
            "a text left out, resealed with the key",
            make(&|f| {
                let texts = f.entry("texts.jsonl");
                let end = texts.iter().position(|byte| *byte == b'\n').unwrap();
                texts.drain(..=end);
                f.reseal(|_| {});
            }),
        ),
        (
            "a blob added, resealed with the key",
            make(&|f| {
                let data = b"of no event".to_vec();
                f.entries
                    .push((format!("blobs/{}", to_hex(&sha256(&data))), data));
                f.entries[5..].sort();
                f.reseal(|_| {});
            }),
        ),
        (
            "a blob left out of the container only",
            make(&|f| drop(f.entries.pop())),
        ),
    ]
}

/// The same signature with the group's order added to its second half: without strictness it would do as well.
fn other_spelling(forgery: &mut Forgery) {
    let order = from_hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010").unwrap();
    let mut carry = 0;
    for (byte, order) in forgery.entry("signature")[32..].iter_mut().zip(order) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        *byte = sum.to_le_bytes()[0];
        carry = sum >> 8;
    }
    assert_eq!(carry, 0);
}

/// The neutral point as key and as first half, and 0: without strictness a signature over anything.
fn small_order(forgery: &mut Forgery) {
    let mut neutral = [0; 32];
    neutral[0] = 1;
    forgery.reseal(|manifest| manifest["key"] = to_hex(&neutral).into());
    *forgery.entry("signature") = [neutral, [0; 32]].concat();
}

#[test]
fn what_was_tampered_with_is_refused_by_both() {
    let place = Place::new();
    let mut untouched = Forgery::of("everything.xxz", [22; 32]);
    untouched.reseal(|_| {});
    let control = untouched.bytes();
    assert_eq!(
        control,
        fs::read(kept("everything.xxz")).unwrap(),
        "taking apart and resealing by itself changes nothing"
    );
    for (what, bytes) in forgeries() {
        let file = place.write("forged.xxz", bytes);
        let run = place.run(&["verify", "forged.xxz", "--json"]);
        assert_eq!(
            (run.status, &run.answer()["genuine"]),
            (1, &false.into()),
            "{what}"
        );
        let output = python("reader.py", &file);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            !output.status.success() && said.starts_with("refused: "),
            "{what}: {said}"
        );
    }
    let changed = place.path("changed.db");
    fs::copy(fixtures().join("database/format-2.db"), &changed).unwrap();
    let database = rusqlite::Connection::open(&changed).unwrap();
    let rows = database
        .execute_batch(
            "DROP TRIGGER event_update; UPDATE event SET body = CAST(replace(CAST(body AS TEXT), '\"own_bp\":4', \
             '\"own_bp\":5') AS BLOB) WHERE n = 6",
        )
        .map(|()| database.changes())
        .unwrap();
    assert!(rows > 0);
    let said = python("database.py", &changed).stderr;
    assert!(
        String::from_utf8_lossy(&said).contains("event 6 is not what was written"),
        "{}",
        String::from_utf8_lossy(&said)
    );
}
