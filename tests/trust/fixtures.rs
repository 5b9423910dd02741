//! Files that were kept: what was written once is read for ever, and amounts to the same.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use xiaxiangzhi_core::assess::assess;
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::log::{fingerprint, from_hex, genesis, parse_body, sha256, to_hex};
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::reviewfile::{ReviewFile, ReviewStanding, verify};
use xiaxiangzhi_core::scheme::Scheme;
use xiaxiangzhi_store::{DATABASE_FILE, Store, check, contents};

use crate::zip;

fn kept(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/fixtures")
        .join(folder)
}

/// The names of the kept files of a folder with this ending.
fn names(folder: &str, ending: &str) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(kept(folder))
        .unwrap()
        .filter_map(|entry| {
            let name = entry.unwrap().file_name().into_string().unwrap();
            Some(name.strip_suffix(ending)?.to_owned())
        })
        .collect();
    names.sort();
    names
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn file(name: &str) -> (Vec<u8>, ReviewFile) {
    let bytes = fs::read(kept("reviewfile").join(format!("{name}.xxz"))).unwrap();
    let judged = verify(&bytes, None);
    assert!(judged.verdict.is_genuine(), "{name}: {:?}", judged.verdict);
    (bytes, judged.file.unwrap())
}

/// Records and verdict as they were when the file was kept.
#[track_caller]
fn amounts_to(document: &Value, expected: &Value, name: &str) {
    assert_eq!(document, &expected["records"], "the records of {name}");
    let records = Records::from_value(document.clone()).unwrap();
    let as_of = expected["as_of"].as_str().unwrap().parse().unwrap();
    let verdict = assess(
        Scheme::of(&records).unwrap(),
        &records,
        Calendar::built_in(),
        as_of,
    );
    let mut verdict = serde_json::to_value(verdict.unwrap()).unwrap();
    without_additions(&mut verdict, &expected["verdict"]);
    assert_eq!(verdict, expected["verdict"], "the verdict on {name}");
}

/// Takes away what a verdict says today and did not say then: a field may be added, none may be lost or changed.
fn without_additions(now: &mut Value, then: &Value) {
    match (now, then) {
        (Value::Object(now), Value::Object(then)) => {
            now.retain(|key, _| then.contains_key(key));
            for (key, now) in now {
                without_additions(now, &then[key]);
            }
        }
        (Value::Array(now), Value::Array(then)) => {
            for (now, then) in now.iter_mut().zip(then) {
                without_additions(now, then);
            }
        }
        _ => {}
    }
}

#[test]
fn every_kept_review_file_is_genuine_and_amounts_to_what_it_did() {
    let names = names("reviewfile", ".xxz");
    assert!(names.len() >= 4, "{names:?}");
    for name in names {
        let (_, file) = file(&name);
        let expected = kept("reviewfile").join(format!("{name}.expected.json"));
        amounts_to(&file.document(), &read(&expected), &name);
    }
}

/// The control: one digit in what is expected is noticed.
#[test]
#[should_panic(expected = "the verdict on example")]
fn another_verdict_is_noticed() {
    let (_, file) = file("example");
    let mut expected = read(&kept("reviewfile").join("example.expected.json"));
    expected["verdict"]["attendance"]["unrecorded_half_days"] = 0.into();
    amounts_to(&file.document(), &expected, "example");
}

#[test]
fn every_kept_database_opens_and_amounts_to_what_it_did() {
    let names = names("database", ".db");
    assert!(names.len() >= 2, "{names:?}");
    for name in names {
        let at = kept("database").join(format!("{name}.db"));
        let before = fs::read(&at).unwrap();
        let data = tempfile::tempdir().unwrap();
        fs::copy(&at, data.path().join(DATABASE_FILE)).unwrap();
        assert!(check(data.path()).unwrap().ok, "{name}");
        let store = Store::open(data.path()).unwrap();
        let expected = read(&kept("database").join(format!("{name}.expected.json")));
        let ids: BTreeSet<_> = store.logs().iter().map(|log| log.log_id.to_string()).collect();
        let known: BTreeSet<_> = expected.as_object().unwrap().keys().cloned().collect();
        assert_eq!(ids, known, "{name}");
        for (id, expected) in expected.as_object().unwrap() {
            amounts_to(&store.folded(id.parse().unwrap()).unwrap().document, expected, id);
        }
        drop(store);
        contents(&at).unwrap();
        assert_eq!(fs::read(&at).unwrap(), before, "a look changes nothing");
    }
}

/// The database of format 3 holds the log of `everything.xxz`, a log taken in, drafts, a received file, an office's key and what
/// it decided.
#[test]
fn what_stands_beside_the_logs_of_a_kept_database_is_there_too() {
    let data = tempfile::tempdir().unwrap();
    fs::copy(
        kept("database").join("format-3.db"),
        data.path().join(DATABASE_FILE),
    )
    .unwrap();
    let store = Store::open(data.path()).unwrap();
    let (_, everything) = file("everything");
    let (earlier, _) = file("earlier");
    let id = everything.manifest.log;
    let folded = store.folded(id).unwrap();
    assert_eq!(folded.head, everything.manifest.head.hash);
    let drafts = store.drafts(id).unwrap();
    assert_eq!(drafts.len(), 1, "one is spent: {drafts:?}");
    assert_eq!(drafts[0].key, "2026-01-14");
    let received = store.received_files().unwrap();
    assert_eq!(received.len(), 1);
    assert_eq!(
        store.received_bytes(&received[0].sha256).unwrap().as_deref(),
        Some(&earlier[..])
    );
    let decisions = store.decisions(Some(id)).unwrap();
    assert_eq!(decisions.len(), 1);
    assert_eq!(decisions[0].review.opinion.as_deref(), Some("请补上讲座记录。"));
    let head = xiaxiangzhi_core::log::from_hex(&decisions[0].review.head.hash).unwrap();
    let draft = store.review_draft(id, &head).unwrap();
    assert_eq!(draft.opinion.as_deref(), Some("再看一遍"));
    assert_eq!(draft.comments, decisions[0].review.comments);
    let now = crate::support::evening(25);
    assert_eq!(store.office_seed(now).unwrap(), [5; 32]);
    assert_eq!(store.known_offices().unwrap()[0].hospital, "邻县医院");
    assert_eq!(store.setting("theme").unwrap().as_deref(), Some("\"dark\""));
    // It can go on: what it exports now continues what it exported then.
    let later = store
        .export_review_file(
            id,
            crate::support::evening(25).date_naive(),
            crate::support::evening(25),
        )
        .unwrap();
    assert_eq!(verify(&later.bytes, Some(&earlier)).verdict.code(), "genuine");
}

#[test]
fn an_older_database_comes_out_as_a_new_one_is_made() {
    fn schema(dir: &Path) -> Vec<(String, String, String)> {
        let database = rusqlite::Connection::open(dir.join(DATABASE_FILE)).unwrap();
        let version: u32 = database
            .query_row("PRAGMA user_version", [], |row| row.get(0))
            .unwrap();
        let mut rows: Vec<(String, String, String)> = database
            .prepare("SELECT type, name, coalesce(sql, '') FROM sqlite_schema")
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        for (.., sql) in &mut rows {
            *sql = sql.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        rows.push(("version".to_owned(), version.to_string(), String::new()));
        rows.sort();
        rows
    }
    let new = tempfile::tempdir().unwrap();
    drop(Store::open(new.path()).unwrap());
    let expected = schema(new.path());
    assert!(expected.len() > 12);
    for name in names("database", ".db") {
        let old = tempfile::tempdir().unwrap();
        fs::copy(
            kept("database").join(format!("{name}.db")),
            old.path().join(DATABASE_FILE),
        )
        .unwrap();
        if name == "format-1" {
            assert_ne!(schema(old.path()), expected, "the control: the old one differs");
        }
        drop(Store::open(old.path()).unwrap());
        assert_eq!(schema(old.path()), expected, "{name}");
    }
}

/// A fixture that leaves something out proves nothing about it.
#[test]
fn the_kept_log_has_every_kind_of_event_and_every_entity() {
    let (_, everything) = file("everything");
    let (_, reviewed) = file("reviewed");
    let (mut kinds, mut entities) = (BTreeSet::new(), BTreeSet::new());
    let bodies = (1..).zip(&everything.bodies).chain((1..).zip(&reviewed.bodies));
    for (n, body) in bodies {
        parse_body(n, body).unwrap();
        let event: Value = serde_json::from_slice(body).unwrap();
        for (member, value) in event.as_object().unwrap() {
            match member.as_str() {
                "set" => drop(entities.insert(value.as_str().unwrap().to_owned())),
                "value" if value.is_null() => drop(kinds.insert("removed".to_owned())),
                other => drop(kinds.insert(other.to_owned())),
            }
        }
    }
    let all: BTreeSet<_> = xiaxiangzhi_core::log::Entity::ALL
        .iter()
        .map(|entity| entity.name().to_owned())
        .collect();
    assert_eq!(entities, all);
    for kind in [
        "created",
        "exported",
        "receipt",
        "clock_jump",
        "restored",
        "key_changed",
        "redacted",
        "batch",
        "undoes",
        "redoes",
        "removed",
        "texts",
    ] {
        assert!(kinds.contains(kind), "{kind}");
    }
    assert!(everything.whole.log.erased_texts() > 0 && everything.beside.blobs.len() == 3);
    // What was said about the review is in the file that came back from it.
    let standing = ReviewStanding::of(&reviewed.whole.log, &reviewed.beside);
    assert_eq!(standing.receipts.len(), 2);
    assert_eq!(standing.receipts[0].taken.receipt.grade.as_deref(), Some("优秀"));
    let answer = standing.receipts[1].comments[0].answer.as_ref().unwrap();
    assert_eq!((answer.text.as_str(), answer.corrected), ("写反了", true));
    assert_eq!(standing.amendments[0].reason, "漏记一天门诊");
    assert!(!standing.needs_reason);
    let (later, _) = file("everything");
    let (earlier, _) = file("earlier");
    assert_eq!(verify(&later, Some(&earlier)).verdict.code(), "genuine");
    // The key changed in between, signed by the old one: the earlier file is older, not another's.
    assert_eq!(verify(&earlier, Some(&later)).verdict.code(), "older");
}

/// FORMAT.md spells out `example.xxz`: each byte string in it is the file's.
#[test]
fn the_description_s_example_is_true() {
    let text = include_str!("../../src-tauri/core/FORMAT.md");
    let (bytes, example) = file("example");
    let says = |what: &str| assert!(text.contains(what), "FORMAT.md does not say {what}");
    says(&to_hex(&sha256(&bytes)));
    says(&to_hex(&bytes[..30]));
    says(&to_hex(&bytes[bytes.len() - 22..]));
    for (name, data) in zip::entries(&bytes) {
        match name.as_str() {
            "signature" => says(&to_hex(&data)),
            _ => says(String::from_utf8(data).unwrap().trim_end()),
        }
    }
    let key = from_hex(&example.manifest.key).unwrap();
    assert_eq!(xiaxiangzhi_core::log::public_key(&[1; 32]), key);
    says(&fingerprint(&key));
    says(&example.head().code());
    says(&format!("h0 {}", to_hex(&genesis(example.manifest.log, &key))));
    for (n, hash) in (1..).zip(&example.whole.hashes) {
        says(&format!("h{n} {}\n", to_hex(hash)));
    }
    says(&example.document().to_string());
    let lengths: Vec<_> = example.bodies.iter().map(|body| body.len().to_string()).collect();
    says(&format!("{} and {} bytes", lengths[..3].join(", "), lengths[3]));
}
