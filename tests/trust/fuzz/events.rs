//! Events from outside, chained and signed again after they were changed: no hash stands in the way of a reader's own
//! care.

use serde_json::{Value, json};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::log::{
    Beside, Entity, EventKind, Exported, Log, Origin, event_body, genesis, next, parse_body, sha256, sign,
    to_hex,
};
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::reviewfile::{Basis, Export, Manifest, verify, write};

use super::records::assessed;
use super::{Fuzz, Read, mutate, plain};
use crate::review_file::{as_of, basis};
use crate::support::{Dice, Kept, SEED, Tried, amount, caught, day, evening, posting_id};
use crate::zip;

/// A log with every kind of event, its manifest and the line of each text.
struct Base {
    bodies: Vec<Vec<u8>>,
    /// Bodies that no log of ours ends up with by itself.
    more: Vec<Vec<u8>>,
    texts: Vec<u8>,
    manifest: Manifest,
    key: [u8; 32],
    log: Log,
    basis: Basis,
}

fn more() -> Vec<Vec<u8>> {
    let hash = "ab".repeat(32);
    [
        json!({"clock_jump": {"from": "2026-01-05T09:45:00Z", "to": "2027-01-05T09:45:00Z"}}),
        json!({"restored": {"backup": "2026-01-05T09:45:00Z", "replaced_to": 9,
            "exported": {"number": 3, "n": 9, "hash": hash}}}),
        json!({"key_changed": {"public_key": hash, "signature": "cd".repeat(64)}}),
        json!({"redacted": {"texts": [hash]}}),
        json!({"receipt": {"decision": "approved", "n": 3}}),
        json!({"set": "scheme", "value": {"sha256": hash, "length": 1, "type": "application/json"}}),
        json!({"set": "attachment", "key": hash, "value": {"name": "表.jpg", "media_type": "image/jpeg", "length": 9}}),
        json!({"set": "extra", "value": {"other": {"program": [1, 2.5]}}}),
        json!({"set": "tally_item", "key": "own", "value": {"label": "自定", "unit": "次"}}),
    ]
    .into_iter()
    .enumerate()
    .map(|(number, says)| {
        let mut body = json!({"v": 1, "id": format!("0199ffff-0000-7000-8000-{number:012}"), "at": "2026-01-06T09:45:00Z"});
        body.as_object_mut().unwrap().extend(says.as_object().unwrap().clone());
        body.to_string().into_bytes()
    })
    .collect()
}

impl Base {
    fn new() -> Self {
        let mut kept = Kept::new();
        let leave = json!({"kind": "personal_leave", "from": "2026-02-03", "from_half": "morning",
            "to": "2026-02-04", "to_half": "afternoon", "reason": "家事"});
        let id = posting_id().to_string();
        kept.set(Entity::Day, "2026-01-05", day("门诊", 20), evening(5));
        kept.set(Entity::Leave, &id, leave, evening(5));
        kept.set(
            Entity::Activity,
            &id,
            json!({"kind": "lecture", "date": "2026-01-06"}),
            evening(6),
        );
        kept.set(Entity::Day, "2026-01-05", Value::Null, evening(6));
        kept.undo(evening(6));
        kept.redo(evening(6));
        let exported = EventKind::Exported(Exported {
            number: 1,
            as_of: as_of().to_string(),
        });
        let exported = kept
            .log
            .prepare_event(kept.counter.id(), evening(7), exported)
            .unwrap();
        kept.keep(&exported);
        let basis = basis(&kept.document());
        let file = write(&Export {
            log: &kept.log,
            bodies: &kept.bodies,
            beside: &kept.beside,
            seed: &SEED,
            basis: &basis,
            as_of: as_of(),
            at: evening(7),
        })
        .unwrap();
        let entries = zip::entries(&file);
        Self {
            manifest: serde_json::from_slice(&entries[1].1).unwrap(),
            texts: entries[4].1.clone(),
            key: *kept.log.public_key(),
            log: kept.log,
            bodies: kept.bodies,
            more: more(),
            basis,
        }
    }

    /// A file of these events and texts, chained and signed as if they were genuine.
    fn sealed(&self, bodies: &[Vec<u8>], texts: &[u8], dice: Option<&mut Dice>) -> Vec<u8> {
        let mut manifest = self.manifest.clone();
        let mut hash = genesis(posting_id(), &self.key);
        let mut events = Vec::new();
        for (index, body) in bodies.iter().enumerate() {
            hash = next(&hash, index as u64 + 1, body);
            events.extend_from_slice(body);
            events.push(b'\n');
        }
        (manifest.head.n, manifest.head.hash) = (bodies.len() as u64, to_hex(&hash));
        for (at, data) in [(1, &events[..]), (2, texts)] {
            manifest.entries[at].length = data.len() as u64;
            manifest.entries[at].sha256 = to_hex(&sha256(data));
        }
        let mut manifest = json!(manifest).to_string().into_bytes();
        if let Some(dice) = dice {
            manifest = mutate::json(&manifest, dice);
        }
        let signature = sign(&SEED, &[b"XXZ1-manifest\0", &manifest[..]].concat());
        let entry = |name: &str, data: &[u8]| (name.to_owned(), data.to_vec());
        zip::container(&[
            entry("mimetype", b"application/vnd.xiaxiangzhi.review-file;version=1"),
            entry("manifest.json", &manifest),
            entry("signature", &signature),
            entry("events.jsonl", &events),
            entry("texts.jsonl", texts),
        ])
    }

    /// One changed event by itself, or, every fourth time, a whole file.
    fn make(&self, dice: &mut Dice) -> Vec<u8> {
        let from = if dice.once_in(3) { &self.more } else { &self.bodies };
        if !dice.once_in(4) {
            let at = dice.index(from.len());
            return mutate::json(&from[at], dice);
        }
        let mut bodies = self.bodies.clone();
        let last = bodies.len() - 1;
        let at = dice.index(bodies.len());
        let (mut texts, mut manifest) = (self.texts.clone(), false);
        match dice.below(10) {
            0 => {
                bodies.remove(at);
            }
            1 => {
                let other = dice.index(bodies.len());
                bodies.swap(at, other);
            }
            2 | 3 => bodies.insert(1 + dice.index(last), dice.pick(&self.more).clone()),
            4 => {
                let new = dice.index(self.more.len());
                bodies.insert(1 + dice.index(last), mutate::json(&self.more[new], dice));
            }
            5 => texts = mutate::json(&texts, dice),
            6 => manifest = true,
            _ => bodies[at] = mutate::json(&bodies[at], dice),
        }
        self.sealed(&bodies, &texts, manifest.then_some(dice))
    }

    fn read(&self, input: &[u8], case: u64) -> Read {
        if input.starts_with(b"PK") {
            self.read_file(input, case)
        } else {
            self.read_body(input)
        }
    }

    fn read_body(&self, body: &[u8]) -> Read {
        let event = match parse_body(2, body) {
            Ok(event) => event,
            Err(error) => {
                let words = error.to_string();
                let placed = words.contains("event 2 ") || error.code() == "log_too_large";
                return placed
                    .then_some(false)
                    .ok_or(format!("it is refused without a place: {words}"));
            }
        };
        let written = event_body(&event).map_err(|error| format!("it cannot be written: {error}"))?;
        if parse_body(2, &written).as_ref() != Ok(&event) {
            return Err("it is taken, but reads otherwise when written".to_owned());
        }
        let EventKind::Set(set) = &event.kind else {
            return Ok(true);
        };
        let mut log = self.log.clone();
        if log.apply(body).is_err() {
            return Ok(false);
        }
        let record = log.record(set.entity, &set.key, &Beside::default());
        let Some(value) = &set.value else {
            return record
                .is_none()
                .then_some(true)
                .ok_or("a removed record is there".to_owned());
        };
        // Every field of the value is in the record as it was written; the key is there besides.
        let told = plain::read(value).ok_or("its value is no JSON that can be read")?;
        let record = record.ok_or("a set record is not there")?;
        let same = told.as_object().is_some_and(|told| {
            told.iter().all(|(field, value)| {
                set.entity.key_field() == Some(field) || record.get(field) == Some(value)
            })
        });
        same.then_some(true)
            .ok_or(format!("the record is not what was set: {record} for {value}"))
    }

    fn read_file(&self, bytes: &[u8], case: u64) -> Read {
        let judged = verify(bytes, None);
        let verdict = judged.verdict;
        let Some(file) = judged.file else {
            let words = verdict.describe(Language::English);
            let placed =
                verdict.code() != "altered" || verdict.place().is_some_and(|place| !place.is_empty());
            return (placed && words.ends_with('.'))
                .then_some(false)
                .ok_or(format!("it is refused without a place: {verdict:?}"));
        };
        let records = Records::from_value(file.document()).map_err(|error| error.to_string())?;
        let again = serde_json::to_string(&records).map_err(|error| error.to_string())?;
        if Records::from_json(&again).as_ref() != Ok(&records) {
            return Err("its records read otherwise when written".to_owned());
        }
        assessed(&records, case)?;
        let written = write(&Export {
            log: &file.whole.log,
            bodies: &file.bodies,
            beside: &file.beside,
            seed: &SEED,
            basis: &self.basis,
            as_of: as_of(),
            at: evening(7),
        });
        // Another key's file cannot be written by this one, and another date's is another file.
        let Ok(written) = written else { return Ok(true) };
        if file.manifest.as_of != as_of().to_string() {
            return Ok(true);
        }
        let judged = verify(&written, None);
        match judged.file {
            Some(second) if second.document() == file.document() => Ok(true),
            _ => Err(format!(
                "it is taken, but what is written of it is {:?}",
                judged.verdict
            )),
        }
    }
}

#[test]
fn mutated_events_are_taken_whole_or_refused_with_a_place() {
    let tried = Tried::start("fuzz-events");
    let base = Base::new();
    let plain = base.sealed(&base.bodies, &base.texts, None);
    assert_eq!(
        verify(&plain, None).verdict.code(),
        "genuine",
        "sealing by itself is in order"
    );
    assert_eq!(base.log.origin(), Origin::App);
    for body in base.bodies.iter().skip(1).chain(&base.more) {
        parse_body(2, body).unwrap();
    }
    let count = amount(100_000, 10_000_000);
    let make = |dice: &mut Dice| base.make(dice);
    let read = |input: &[u8], case| base.read(input, case);
    let fuzz = Fuzz {
        make: &make,
        read: &read,
    };
    let taken = fuzz.run(count).unwrap_or_else(|fault| panic!("{fault}"));
    assert!(taken > count / 50 && taken < count / 2, "{taken} taken");
    let outcome = format!(
        "0 panics; {taken} taken and read back the same, {} refused with a place",
        count - taken
    );
    tried.held(count, "events", &outcome);
}

/// The control: a reader that indexes what an event says without looking must be caught.
#[test]
fn a_reader_that_looks_at_nothing_is_found() {
    let base = Base::new();
    let make = |dice: &mut Dice| base.make(dice);
    let trusting = |input: &[u8], _| {
        if let Ok(event) = serde_json::from_slice::<Value>(input) {
            let at = event["at"].as_str().unwrap_or("2026-01-05");
            assert!(at.is_char_boundary(4.min(at.len())) && at.len() >= 10, "no date");
        }
        Ok(true)
    };
    let fuzz = Fuzz {
        make: &make,
        read: &trusting,
    };
    let fault = fuzz.run(100_000).unwrap_err();
    assert!(fault.contains("it panicked: no date"), "{fault}");
    caught("fuzz-events", "a reader that cuts an instant without looking");
}
