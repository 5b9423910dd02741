//! `xxz export`

use std::fs;

use serde_json::{Value, json};

use crate::support::Place;

fn exported(place: &Place, arguments: &[&str]) -> Vec<Value> {
    let mut all = vec!["export"];
    all.extend(arguments);
    all.extend(["--as-of", "2026-04-06", "--json"]);
    place.json(&all)["files"].as_array().unwrap().clone()
}

fn bytes(place: &Place, file: &Value) -> Vec<u8> {
    fs::read(place.path(file["path"].as_str().unwrap())).unwrap()
}

#[test]
fn the_task_assessment_sheet_comes_in_every_format_under_a_readable_name() {
    let place = Place::new();
    place.run(&["sample", "-o", "demo.json"]);
    let files = exported(&place, &["demo.json", "--to", "out/forms"]);
    let kinds: Vec<_> = files
        .iter()
        .map(|file| (file["form"].clone(), file["format"].clone()))
        .collect();
    assert_eq!(
        kinds,
        ["pdf", "docx", "xlsx"].map(|format| (json!("sheet"), json!(format)))
    );
    for file in &files {
        let path = file["path"].as_str().unwrap();
        assert!(
            path.starts_with("out/forms/") && path.contains("任务考核表"),
            "{path}"
        );
        assert_eq!(file["bytes"].as_u64().unwrap(), bytes(&place, file).len() as u64);
    }
    assert!(bytes(&place, &files[0]).starts_with(b"%PDF-"));
    assert!(bytes(&place, &files[1]).starts_with(b"PK"));
    assert!(bytes(&place, &files[2]).starts_with(b"PK"));
}

#[test]
fn the_same_records_give_the_same_bytes() {
    let place = Place::new();
    place.run(&["sample", "-o", "demo.json"]);
    let first = exported(&place, &["demo.json", "--to", "a"]);
    let second = exported(&place, &["demo.json", "--to", "b"]);
    for (first, second) in first.iter().zip(&second) {
        assert!(
            bytes(&place, first) == bytes(&place, second),
            "{first} differs from {second}"
        );
    }
}

#[test]
fn a_review_file_is_exported_with_its_head_code() {
    let place = Place::new();
    place.run(&["sample", "-o", "demo.json"]);
    place.run(&["pack", "demo.json", "-o", "demo.xxz"]);
    let from_file = exported(&place, &["demo.xxz", "--to", "out", "--formats", "xlsx"]);
    let from_records = exported(&place, &["demo.json", "--to", "plain", "--formats", "xlsx"]);
    assert_eq!((from_file.len(), from_records.len()), (1, 1));
    assert_ne!(
        bytes(&place, &from_file[0]),
        bytes(&place, &from_records[0]),
        "the foot names the head"
    );
}

#[test]
fn what_cannot_be_made_is_refused_and_nothing_is_written() {
    let place = Place::new();
    place.run(&["sample", "-o", "demo.json"]);
    place.write("file", "in the way");
    for (arguments, code) in [
        (&["export", "demo.json"][..], "bad_usage"),
        (
            &["export", "demo.json", "--to", "out", "--forms", "poem"],
            "bad_argument",
        ),
        (
            &["export", "demo.json", "--to", "out", "--formats", "pdf,odt"],
            "bad_argument",
        ),
        (&["export", "demo.json", "--to", "file"], "write_failed"),
        (&["export", "nosuch.json", "--to", "out"], "read_failed"),
    ] {
        assert_eq!(place.refused(arguments).0, code, "{arguments:?}");
    }
    let mut sample: Value = serde_json::from_slice(&place.read("demo.json")).unwrap();
    // A character that no font has: unassigned, and so on no machine.
    sample["posting"]["physician"]["name"] = json!("李\u{3FFF0}梅");
    place.write("rare.json", sample.to_string());
    let (code, message, details) = place.refused(&["export", "rare.json", "--to", "out"]);
    assert_eq!(code, "missing_glyphs");
    assert!(message.contains("U+3FFF0"), "{message}");
    assert_eq!(details["missing_glyphs"][0]["code_point"], "U+3FFF0");
}
