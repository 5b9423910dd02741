//! `xxz pack`, `verify` and `unpack`.

use std::fs;

use serde_json::Value;

use crate::support::Place;

/// A folder with a sample and its review file, signed by `key.txt`.
fn packed() -> Place {
    let place = Place::new();
    place.run(&["sample", "-o", "demo.json"]);
    let run = place.run(&[
        "pack",
        "demo.json",
        "-o",
        "demo.xxz",
        "--as-of",
        "2026-04-06",
        "--key",
        "key.txt",
    ]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    place
}

#[test]
fn a_packed_file_is_genuine_and_gives_the_same_verdict() {
    let place = packed();
    let verdict = place.json(&["verify", "demo.xxz", "--json"]);
    assert_eq!(
        (&verdict["genuine"], &verdict["verdict"]),
        (&true.into(), &"genuine".into())
    );
    assert!(
        verdict["message"]
            .as_str()
            .unwrap()
            .contains("packed from records: no history")
    );
    assert_eq!(
        (&verdict["file"]["origin"], &verdict["file"]["as_of"]),
        (&"records".into(), &"2026-04-06".into())
    );
    let of = |file: &str| place.json(&["assess", file, "--as-of", "2026-04-06", "--json"]);
    assert_eq!(of("demo.json"), of("demo.xxz"));
}

#[test]
fn pack_says_what_it_made() {
    let place = packed();
    let answer = place.json(&[
        "pack",
        "demo.json",
        "-o",
        "again.xxz",
        "--key",
        "new.txt",
        "--json",
    ]);
    assert_eq!(
        (&answer["path"], &answer["origin"], &answer["key_made"]),
        (&"again.xxz".into(), &"records".into(), &"new.txt".into())
    );
    let told = place.json(&["verify", "again.xxz", "--json"])["file"].clone();
    for field in ["log", "events", "head", "head_code", "fingerprint", "as_of"] {
        assert_eq!(answer[field], told[field], "{field}");
    }
    assert_eq!(
        answer["bytes"].as_u64().unwrap(),
        place.read("again.xxz").len() as u64
    );
    let again = place.json(&[
        "pack",
        "demo.json",
        "-o",
        "again.xxz",
        "--key",
        "new.txt",
        "--json",
    ]);
    assert_eq!(
        again["key_made"],
        Value::Null,
        "the file is replaced, the key used again"
    );
}

#[test]
fn content_decides_not_the_name() {
    let place = packed();
    fs::copy(place.path("demo.xxz"), place.path("looks-like.json")).unwrap();
    fs::copy(place.path("demo.json"), place.path("looks-like.xxz")).unwrap();
    for name in ["looks-like.json", "looks-like.xxz"] {
        assert_eq!(
            place.json(&["assess", name, "--json"])["phase"],
            "ended",
            "{name}"
        );
    }
    let bytes = place.read("demo.xxz");
    let run = place.run_with(&["verify", "-", "--json"], &bytes, &[]);
    assert_eq!((run.status, &run.answer()["genuine"]), (0, &Value::Bool(true)));
}

#[test]
fn unpacking_gives_back_the_records() {
    let place = packed();
    let answer = place.json(&["unpack", "demo.xxz", "--to", "out", "--json"]);
    assert_eq!(answer["files"].as_array().unwrap().len(), 5);
    for name in [
        "records.json",
        "manifest.json",
        "signature",
        "events.jsonl",
        "texts.jsonl",
    ] {
        assert!(place.path("out").join(name).is_file(), "{name}");
    }
    let of = |file: &str| place.json(&["assess", file, "--as-of", "2026-04-06", "--json"]);
    assert_eq!(of("out/records.json"), of("demo.json"));
    let (code, _, _) = place.refused(&["unpack", "demo.xxz", "--to", "out"]);
    assert_eq!(code, "already_there", "nothing is written over");
}

#[test]
fn the_key_is_made_once_kept_private_and_used_again() {
    let place = packed();
    let key = String::from_utf8(place.read("key.txt")).unwrap();
    assert!(key.trim().len() == 64 && key.trim().bytes().all(|byte| byte.is_ascii_hexdigit()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(
            fs::metadata(place.path("key.txt")).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
    place.run(&["pack", "demo.json", "-o", "again.xxz", "--key", "key.txt"]);
    place.run(&["pack", "demo.json", "-o", "other.xxz"]);
    let fingerprint = |file: &str| place.json(&["verify", file, "--json"])["file"]["fingerprint"].clone();
    assert_eq!(fingerprint("demo.xxz"), fingerprint("again.xxz"));
    assert_ne!(fingerprint("demo.xxz"), fingerprint("other.xxz"));
    place.write("bad-key.txt", "0123 secret");
    let (code, message, _) = place.refused(&["pack", "demo.json", "-o", "x.xxz", "--key", "bad-key.txt"]);
    assert_eq!(code, "bad_key_file");
    assert!(!message.contains("secret"));
}

#[test]
fn against_an_earlier_file_a_rewritten_past_is_seen() {
    let place = packed();
    let same = place.json(&["verify", "demo.xxz", "--against", "demo.xxz", "--json"]);
    assert_eq!(same["genuine"], true);
    place.run(&["pack", "demo.json", "-o", "again.xxz", "--key", "key.txt"]);
    place.run(&["pack", "demo.json", "-o", "other-key.xxz"]);
    place.run(&["sample", "--seed", "2", "-o", "second.json"]);
    place.run(&["pack", "second.json", "-o", "second.xxz", "--key", "key.txt"]);
    for (file, verdict) in [
        ("again.xxz", "fork"),
        ("other-key.xxz", "other_key"),
        ("second.xxz", "other_posting"),
    ] {
        let run = place.run(&["verify", file, "--against", "demo.xxz", "--json"]);
        assert_eq!(
            (run.status, run.answer()["verdict"].as_str().unwrap()),
            (1, verdict),
            "{file}"
        );
        assert_eq!(run.answer()["genuine"], false);
    }
}

#[test]
fn a_file_that_is_no_review_file_is_told_apart() {
    let place = packed();
    let whole = place.read("demo.xxz");
    place.write("empty.xxz", b"");
    place.write("cut.xxz", &whole[..whole.len() / 2]);
    place.write("poem.xxz", "床前明月光");
    place.write("zeros.xxz", vec![0; 100_000_000]);
    place.write("huge.xxz", vec![0; 106_000_000]);
    let mut changed = whole.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    place.write("changed.xxz", changed);
    for (file, verdict) in [
        ("empty.xxz", "empty"),
        ("cut.xxz", "cut"),
        ("poem.xxz", "not_a_review_file"),
        ("zeros.xxz", "not_a_review_file"),
        ("changed.xxz", "altered"),
        ("demo.json", "not_a_review_file"),
    ] {
        let run = place.run(&["verify", file, "--json"]);
        assert_eq!(
            (run.status, run.answer()["verdict"].as_str().unwrap()),
            (1, verdict),
            "{file}"
        );
        assert_eq!(
            place.refused(&["unpack", file, "--to", "nowhere"]).0,
            verdict,
            "{file}"
        );
    }
    assert_eq!(place.refused(&["verify", "huge.xxz"]).0, "too_big");
    assert_eq!(place.refused(&["verify", "nosuch.xxz"]).0, "read_failed");
    for (file, code) in [
        ("empty.xxz", "empty_file"),
        ("cut.xxz", "cut"),
        ("poem.xxz", "unknown_format"),
        ("zeros.xxz", "unknown_format"),
        ("changed.xxz", "altered"),
    ] {
        for arguments in [
            &["assess", file][..],
            &["pack", file, "-o", "x.xxz"],
            &["export", file, "--to", "x"],
        ] {
            assert_eq!(place.refused(arguments).0, code, "{arguments:?}");
        }
    }
}

#[test]
fn a_newer_format_asks_for_an_update() {
    let place = packed();
    // As a newer program would write it: another number in the format mark, and its checksum right.
    let mut newer = place.read("demo.xxz");
    let at = newer
        .windows(10)
        .position(|window| window == b";version=1")
        .unwrap()
        + 9;
    let start = newer[..at]
        .windows(11)
        .rposition(|window| window == b"application")
        .unwrap();
    let old = crc32(&newer[start..=at]).to_le_bytes();
    newer[at] = b'2';
    let new = crc32(&newer[start..=at]).to_le_bytes();
    for place in 0..newer.len() - 4 {
        if newer[place..place + 4] == old {
            newer[place..place + 4].copy_from_slice(&new);
        }
    }
    place.write("newer.xxz", newer);
    let run = place.run(&["verify", "newer.xxz", "--json"]);
    assert_eq!(
        (run.status, run.answer()["verdict"].as_str().unwrap()),
        (1, "newer_format")
    );
}

/// The checksum of ZIP, bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 & (0_u32.wrapping_sub(crc & 1)))
        })
    })
}

#[test]
fn attachments_travel_when_an_activity_names_them() {
    let place = Place::new();
    place.write("photo.jpg", b"not really a photo");
    let mut sample: Value = serde_json::from_str(&place.run(&["sample", "-o", "-"]).out).unwrap();
    place.write("demo.json", sample.to_string());
    let (code, _, details) = place.refused(&["pack", "demo.json", "-o", "demo.xxz", "--attach", "photo.jpg"]);
    assert_eq!(code, "attachment_not_named");
    let hash = details["sha256"].as_str().unwrap().to_owned();
    sample["activities"][0]["attachments"] = serde_json::json!([{"sha256": hash, "name": "签到.jpg"}]);
    place.write("demo.json", sample.to_string());
    let run = place.run(&["pack", "demo.json", "-o", "demo.xxz", "--attach", "photo.jpg"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    place.run(&["unpack", "demo.xxz", "--to", "out"]);
    assert_eq!(
        fs::read(place.path("out").join("blobs").join(hash)).unwrap(),
        b"not really a photo"
    );
}

#[test]
fn a_review_file_is_not_packed_again() {
    let place = packed();
    assert_eq!(
        place.refused(&["pack", "demo.xxz", "-o", "again.xxz"]).0,
        "already_packed"
    );
}

#[test]
fn a_code_from_paper_is_held_against_the_file() {
    let place = packed();
    let code = place.json(&["verify", "demo.xxz", "--json"])["file"]["head_code"]
        .as_str()
        .unwrap()
        .to_owned();
    let run = |code: &str| place.run(&["verify", "demo.xxz", "--json", "--code", code]);
    let mistyped = format!("{}{}", if code.starts_with('7') { '8' } else { '7' }, &code[1..]);
    let cases = [
        (code.clone(), 0, "head"),
        (code.to_lowercase().replace(' ', "-"), 0, "head"),
        (mistyped, 1, "nearly"),
        ("0000 0000 0000 0000 0000 0000 0000".to_owned(), 1, "foreign"),
    ];
    for (typed, status, is) in cases {
        let answer = run(&typed);
        assert_eq!(answer.status, status, "{typed}: {answer:?}");
        let answer = answer.answer();
        assert_eq!(
            (&answer["genuine"], &answer["code"]["is"]),
            (&true.into(), &is.into())
        );
    }
    let told = place.run_with(
        &["verify", "demo.xxz", "--lang", "zh", "--code", &code],
        b"",
        &[("LC_ALL", "C.UTF-8")],
    );
    assert!(told.out.contains("纸上的封存码：就是这份文件的"), "{}", told.out);
    for bad in ["7KQ2", "7KQ2 M4XD 7KQ2 M4XD 7KQ2 M4XD 7KQ号"] {
        let (error, message, _) = place.refused(&["verify", "demo.xxz", "--json", "--code", bad]);
        assert_eq!(error, "bad_argument");
        assert!(message.contains("28 letters"), "{message}");
    }
}
