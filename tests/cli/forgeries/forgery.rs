//! A review file taken apart and put together otherwise, with a key or without.

use std::fs;

use serde_json::Value;
use xiaxiangzhi_core::log::{from_hex, genesis, next, public_key, sha256, sign, to_hex};

use super::zip;
use crate::format::kept;

/// A review file taken apart, to be put together otherwise.
pub(crate) struct Forgery {
    pub(crate) entries: zip::Entries,
    pub(crate) seed: [u8; 32],
}

impl Forgery {
    pub(crate) fn of(name: &str, seed: [u8; 32]) -> Self {
        Self {
            entries: zip::entries(&fs::read(kept(name)).unwrap()),
            seed,
        }
    }

    pub(crate) fn entry(&mut self, name: &str) -> &mut Vec<u8> {
        &mut self.entries.iter_mut().find(|entry| entry.0 == name).unwrap().1
    }

    pub(crate) fn replace(&mut self, name: &str, from: &str, to: &str) {
        let entry = self.entry(name);
        let text = String::from_utf8(entry.clone()).unwrap();
        assert!(text.contains(from), "{name} has no {from}");
        *entry = text.replacen(from, to, 1).into_bytes();
    }

    /// Names the entries anew and signs, as whoever has the key can.
    pub(crate) fn reseal(&mut self, change: impl FnOnce(&mut Value)) {
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

    pub(crate) fn sign(&mut self) {
        let message = [b"XXZ1-manifest\0", &self.entry("manifest.json")[..]].concat();
        let signature = sign(&self.seed, &message).to_vec();
        *self.entry("signature") = signature;
    }

    /// Changes the lines of an entry.
    pub(crate) fn lines(&mut self, name: &str, change: &dyn Fn(&mut Vec<String>)) {
        let text = String::from_utf8(self.entry(name).clone()).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        change(&mut lines);
        *self.entry(name) = lines
            .iter()
            .flat_map(|line| [line.as_bytes(), b"\n"])
            .collect::<Vec<_>>()
            .concat();
    }

    /// Makes the chain anew over the events as they are, and all that rests on it.
    pub(crate) fn rechain(&mut self) {
        let events = String::from_utf8(self.entry("events.jsonl").clone()).unwrap();
        let created: Value = serde_json::from_str(events.lines().next().unwrap()).unwrap();
        let log = created["created"]["log"].as_str().unwrap().parse().unwrap();
        let first_key = from_hex(created["created"]["public_key"].as_str().unwrap()).unwrap();
        let mut hash = genesis(log, &first_key);
        for (n, body) in (1..).zip(events.lines()) {
            hash = next(&hash, n, body.as_bytes());
        }
        let (n, seed) = (events.lines().count(), self.seed);
        self.reseal(|manifest| {
            manifest["head"] = serde_json::json!({"n": n, "hash": to_hex(&hash)});
            manifest["key"] = to_hex(&public_key(&seed)).into();
        });
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        zip::container(&self.entries)
    }
}

/// The same signature with the group's order added to its second half: without strictness it would do as well.
pub(crate) fn other_spelling(forgery: &mut Forgery) {
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
pub(crate) fn small_order(forgery: &mut Forgery) {
    let mut neutral = [0; 32];
    neutral[0] = 1;
    forgery.reseal(|manifest| manifest["key"] = to_hex(&neutral).into());
    *forgery.entry("signature") = [neutral, [0; 32]].concat();
}
