//! Another program reads what ours writes: small Python programs, written from FORMAT.md alone.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use uuid::Uuid;
use xiaxiangzhi_core::log::{Change, Entity, parse_instant};
use xiaxiangzhi_store::{Folded, Store};

use crate::support::{Place, fixtures};

pub(crate) fn python(script: &str, file: &Path) -> Output {
    Command::new("python3")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("PYTHONUTF8", "1")
        .arg(fixtures().join("../format").join(script))
        .arg(file)
        .output()
        .expect("python3 is missing: `cargo xtask test` installs it")
}

/// What the reader makes of a file.
fn records(script: &str, file: &Path) -> Value {
    let output = python(script, file);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {said}", file.display());
    serde_json::from_slice(&output.stdout).unwrap()
}

pub(crate) fn kept(name: &str) -> PathBuf {
    fixtures().join("reviewfile").join(name)
}

fn unpacked(place: &Place, file: &Path, to: &str) -> Value {
    place.json(&["unpack", file.to_str().unwrap(), "--to", to, "--json"]);
    serde_json::from_slice(&place.read(&format!("{to}/records.json"))).unwrap()
}

#[test]
fn the_packed_cases_read_the_same_by_the_description_alone() {
    let place = Place::new();
    let mut cases = 0;
    for entry in fs::read_dir(fixtures().join("cases")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Some(name) = name
            .strip_suffix(".json")
            .filter(|name| !name.ends_with(".expected"))
        else {
            continue;
        };
        let case = fixtures().join("cases").join(format!("{name}.json"));
        let file = format!("{name}.xxz");
        let run = place.run(&["pack", case.to_str().unwrap(), "-o", &file]);
        assert_eq!(run.status, 0, "{run:?}");
        let file = place.path(&file);
        assert_eq!(
            records("reader.py", &file),
            unpacked(&place, &file, name),
            "{name}"
        );
        cases += 1;
    }
    assert_eq!(cases, 12);
}

#[test]
fn the_kept_files_read_the_same_by_the_description_alone() {
    let place = Place::new();
    for name in ["example", "earlier", "everything", "packed", "reviewed"] {
        let file = kept(&format!("{name}.xxz"));
        assert_eq!(
            records("reader.py", &file),
            unpacked(&place, &file, name),
            "{name}"
        );
    }
    let database = fixtures().join("database");
    let found = records("database.py", &database.join("format-3.db"));
    let expected: Value =
        serde_json::from_slice(&fs::read(database.join("format-3.expected.json")).unwrap()).unwrap();
    assert_eq!(found.as_object().unwrap().len(), 2);
    for (id, records) in found.as_object().unwrap() {
        assert_eq!(records, &expected[id]["records"], "{id}");
    }
}

/// What can be undone and what was entered late, as the program answers it.
fn steps(folded: &Folded) -> Value {
    serde_json::json!({"entered": folded.entered, "undo": folded.undo, "redo": folded.redo})
}

/// A log that the program itself made, by chance the same at every run: several hundred entries, corrections, removals, batches,
/// steps back and forth, erasures, exports.
#[test]
fn a_long_log_made_by_the_program_reads_the_same_by_the_description_alone() {
    let place = Place::new();
    let store = Store::open(&place.path("data")).unwrap();
    let log_id = Uuid::from_u128(0x0199_c0de_0000_7000_8000_0000_0000_00ff);
    let mut chance = Chance(2026);
    let mut at = parse_instant("2026-01-05T09:45:00Z").unwrap();
    let change = |entity: Entity, key: &str, value: Value, batch: Option<Uuid>, at| Change {
        event_id: xiaxiangzhi_store::new_id(at).unwrap(),
        entity,
        key: key.to_owned(),
        value: Some(value).filter(|value| !value.is_null()),
        batch,
    };
    let posting = serde_json::json!({"start": "2026-01-05", "end": "2026-04-05", "scheme": "rotation_3m"});
    store
        .create(log_id, at, &[change(Entity::Posting, "", posting, None, at)])
        .unwrap();
    let mut done = [0; 5];
    for number in 0..300 {
        at += chrono::TimeDelta::minutes(i64::from(chance.below(600)));
        let mut one = |batch| {
            let date = format!("2026-{:02}-{:02}", 1 + chance.below(3), 1 + chance.below(12));
            let id = Uuid::from_u128(0x0199_c0de_0000_7000_8000_0000_0001_0000 | u128::from(chance.below(9)));
            let removed = chance.below(4) == 0;
            let note = format!("第{number}次，{}", chance.below(3));
            let (entity, key, value) = if chance.below(2) == 0 {
                (
                    Entity::Day,
                    date,
                    serde_json::json!({"morning": "present", "note": note}),
                )
            } else {
                let value = serde_json::json!({"kind": "lecture", "date": date, "title": note});
                (Entity::Activity, id.to_string(), value)
            };
            change(entity, &key, if removed { Value::Null } else { value }, batch, at)
        };
        let changes: Vec<_> = match number % 3 {
            0 => {
                let batch = Some(xiaxiangzhi_store::new_id(at).unwrap());
                (0..4).map(|_| one(batch)).collect()
            }
            _ => vec![one(None)],
        };
        match chance.below(10) {
            0..=4 => done[0] += store.save(log_id, &changes, at).unwrap().events,
            5 | 6 => done[1] += store.undo(log_id, at).unwrap().map_or(0, |saved| saved.events),
            7 | 8 => done[2] += store.redo(log_id, at).unwrap().map_or(0, |saved| saved.events),
            _ if number % 4 == 0 => {
                let entity = changes[0].entity;
                done[3] += usize::from(
                    store
                        .erase_texts(log_id, entity, &changes[0].key, at)
                        .unwrap()
                        .is_some(),
                );
            }
            _ => {
                let bytes = store
                    .export_review_file(log_id, at.date_naive(), at)
                    .unwrap()
                    .bytes;
                let file = place.write("made.xxz", bytes);
                let folded = store.folded(log_id).unwrap();
                assert_eq!(records("reader.py", &file), folded.document, "after {number}");
                assert_eq!(records("steps.py", &file), steps(&folded), "after {number}");
                done[4] += 1;
            }
        }
    }
    assert!(done.iter().all(|count| *count >= 5), "{done:?}");
}

/// Numbers that look like chance.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % u64::from(limit)).unwrap()
    }
}

#[test]
fn steps_of_the_kept_log_are_the_same_by_the_description_alone() {
    let place = Place::new();
    let store = Store::open(&place.path("data")).unwrap();
    let file = kept("everything.xxz");
    store
        .import(
            &fs::read(&file).unwrap(),
            parse_instant("2026-02-01T00:00:00Z").unwrap(),
        )
        .unwrap();
    let folded = store.folded(store.logs()[0].log_id).unwrap();
    assert_eq!(records("steps.py", &file), steps(&folded));
    assert!(folded.undo.is_some() && folded.redo.is_some());
}
