//! The review file: what is made is genuine, and whatever else comes is refused with the right word.

use chrono::NaiveDate;
use serde_json::{Value, json};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::log::{Blob, Entity, EventKind, Exported, Origin, to_hex};
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::reviewfile::{Basis, Export, Pack, Verdict, pack, unpack, verify, write};

use crate::support::{Counter, Kept, SEED, day, evening};
use crate::zip;

pub(crate) fn as_of() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 4, 6).unwrap()
}

pub(crate) fn basis(document: &Value) -> Basis {
    Basis::of(&Records::from_value(document.clone()).unwrap()).unwrap()
}

/// Exports a log as the store does.
fn export(kept: &mut Kept, seed: &[u8; 32]) -> Vec<u8> {
    let number = kept.log.exports() + 1;
    let event = EventKind::Exported(Exported {
        number,
        as_of: as_of().to_string(),
    });
    let prepared = kept
        .log
        .prepare_event(kept.counter.id(), evening(20), event)
        .unwrap();
    kept.keep(&prepared);
    let basis = basis(&kept.document());
    let (log, bodies, beside) = (&kept.log, &kept.bodies[..], &kept.beside);
    let as_of = as_of();
    write(&Export {
        log,
        bodies,
        beside,
        seed,
        basis: &basis,
        as_of,
        at: evening(20),
    })
    .unwrap()
}

fn sample_log() -> Kept {
    let mut kept = Kept::new();
    kept.set(Entity::Scheme, "", scheme(), evening(5));
    for date in 5..10 {
        kept.set(
            Entity::Day,
            &format!("2026-01-{date:02}"),
            day("内科门诊，高血压随访", 20),
            evening(date),
        );
    }
    kept.undo(evening(9));
    kept
}

fn scheme() -> Value {
    json!(xiaxiangzhi_core::scheme::built_in("rotation_3m").unwrap())
}

pub(crate) fn sample() -> Vec<u8> {
    export(&mut sample_log(), &SEED)
}

/// A file with only a day in it.
pub(crate) fn small_sample() -> Vec<u8> {
    let mut kept = Kept::new();
    kept.set(Entity::Day, "2026-01-05", day("内科门诊", 20), evening(5));
    export(&mut kept, &SEED)
}

fn code(bytes: &[u8]) -> &'static str {
    verify(bytes, None).verdict.code()
}

#[test]
fn what_is_exported_is_genuine_and_holds_the_records() {
    let mut kept = sample_log();
    let bytes = export(&mut kept, &SEED);
    let judged = verify(&bytes, None);
    assert_eq!(judged.verdict, Verdict::Genuine { origin: Origin::App });
    let file = judged.file.unwrap();
    assert_eq!(file.document(), kept.document());
    assert_eq!(file.head(), kept.log.head());
    assert_eq!(
        (file.manifest.export, &file.manifest.as_of[..]),
        (1, "2026-04-06")
    );
    assert_eq!(unpack(&bytes).unwrap().document, kept.document());
    assert!(kept.document()["scheme_document"].is_object());
}

#[test]
fn packed_records_say_so_and_come_out_the_same() {
    let document = sample_log().document();
    let mut counter = Counter::default();
    let mut salts = Counter::default();
    let basis = basis(&document);
    let with = Pack {
        seed: &SEED,
        basis: &basis,
        as_of: as_of(),
        at: evening(20),
        attachments: &[],
    };
    let bytes = pack(&document, &with, &mut || counter.id(), &mut || salts.salt()).unwrap();
    let judged = verify(&bytes, None);
    assert_eq!(
        judged.verdict,
        Verdict::Genuine {
            origin: Origin::Records
        }
    );
    assert!(
        judged
            .verdict
            .describe(Language::English)
            .contains("no history, no known author")
    );
    assert_eq!(unpack(&bytes).unwrap().document, document);
    let mut again = Counter::default();
    let mut salts = Counter::default();
    assert_eq!(
        pack(&document, &with, &mut || again.id(), &mut || salts.salt()).unwrap(),
        bytes
    );
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    let bytes = sample();
    assert_eq!(code(&[]), "empty");
    for length in 1..bytes.len() {
        assert_eq!(
            code(&bytes[..length]),
            "cut",
            "cut after {length} of {} bytes",
            bytes.len()
        );
    }
    assert_eq!(code(&[&bytes[..], b"x"].concat()), "altered");
}

#[test]
fn an_altered_file_says_where() {
    let entries = zip::entries(&sample());
    for (index, (name, _)) in entries.iter().enumerate().skip(3) {
        let mut changed = entries.clone();
        let middle = changed[index].1.len() / 2;
        changed[index].1[middle] ^= 1;
        let verdict = verify(&zip::container(&changed), None).verdict;
        assert_eq!(verdict.place(), Some(&name[..]), "{verdict:?}");
    }
    // Resealing what was changed needs the key: with another one it is another key's file, and the chain says so too.
    let mut changed = entries.clone();
    changed[2].1 = vec![0; 64];
    assert_eq!(
        verify(&zip::container(&changed), None).verdict.place(),
        Some("signature")
    );
}

#[test]
fn a_later_file_must_continue_the_earlier_one() {
    let mut kept = sample_log();
    let first = export(&mut kept, &SEED);
    kept.set(Entity::Day, "2026-01-12", day("义诊", 30), evening(12));
    let second = export(&mut kept, &SEED);
    let against = |later: &[u8], earlier: &[u8]| verify(later, Some(earlier)).verdict;

    assert_eq!(against(&second, &first).code(), "genuine");
    assert_eq!(against(&second, &second).code(), "genuine");
    let (n, seen) = (kept.log.head().n - 2, kept.log.head().n);
    assert_eq!(against(&first, &second), Verdict::Older { n, seen });

    // The same posting, its fourth event rewritten, the same key.
    let mut rewritten = Kept::new();
    rewritten.set(Entity::Scheme, "", scheme(), evening(5));
    for date in 5..12 {
        rewritten.set(
            Entity::Day,
            &format!("2026-01-{date:02}"),
            day("门诊", 40),
            evening(date),
        );
    }
    let forked = export(&mut rewritten, &SEED);
    assert_eq!(code(&forked), "genuine", "by itself nothing speaks against it");
    assert!(
        matches!(against(&forked, &first), Verdict::Fork { n: 3 | 4 }),
        "{:?}",
        against(&forked, &first)
    );

    let other_key = [9; 32];
    let document = kept.document();
    let (mut counter, mut salts) = (Counter::default(), Counter::default());
    let basis = basis(&document);
    let with = Pack {
        seed: &other_key,
        basis: &basis,
        as_of: as_of(),
        at: evening(20),
        attachments: &[],
    };
    let packed = pack(&document, &with, &mut || counter.id(), &mut || salts.salt()).unwrap();
    assert_eq!(against(&packed, &first).code(), "other_key");

    let mut other = document;
    other["posting"]["id"] = json!("0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a12");
    let other = pack(&other, &with, &mut || counter.id(), &mut || salts.salt()).unwrap();
    assert_eq!(against(&other, &first).code(), "other_posting");
    assert_eq!(against(&second, b"").code(), "earlier_not_genuine");
}

#[test]
fn files_sent_along_come_out_as_they_went_in() {
    let mut document = sample_log().document();
    let photo = Blob {
        media_type: "image/jpeg".to_owned(),
        bytes: vec![0xff, 0xd8, 0, 7].into(),
    };
    let name = to_hex(&photo.digest());
    let activity = json!({"id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5aff", "kind": "lecture", "date": "2026-01-06",
        "attachments": [{"sha256": name, "name": "签到表.jpg"}]});
    document["activities"] = json!([activity]);
    let basis = basis(&document);
    let attachments = [("签到表.jpg".to_owned(), photo.clone())];
    let with = Pack {
        seed: &SEED,
        basis: &basis,
        as_of: as_of(),
        at: evening(20),
        attachments: &attachments,
    };
    let (mut ids, mut salts) = (Counter::default(), Counter::default());
    let bytes = pack(&document, &with, &mut || ids.id(), &mut || salts.salt()).unwrap();
    let unpacked = unpack(&bytes).unwrap();
    assert_eq!(unpacked.document, document);
    let there = unpacked
        .files
        .iter()
        .find(|(file, _)| *file == format!("blobs/{name}"))
        .unwrap();
    assert_eq!(there.1, &*photo.bytes);
}

#[test]
fn every_ordinary_unzip_program_opens_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("样本.xxz");
    std::fs::write(&path, sample()).unwrap();
    let script = "import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(','.join(z.namelist()))";
    let python = std::process::Command::new("python3")
        .args(["-c", script])
        .arg(&path)
        .output();
    let Ok(output) = python else { return }; // a machine without Python has nothing to ask
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(
        String::from_utf8_lossy(&output.stdout)
            .starts_with("mimetype,manifest.json,signature,events.jsonl,texts.jsonl,blobs/")
    );
}
