//! `xxz export --template`: the hospital's own document, filled.

use crate::support::Place;
use serde_json::Value;
use std::process::Command;

const TEMPLATE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../tests/fixtures/templates/lectures.docx"
);

#[test]
fn a_template_takes_the_place_of_our_document() {
    let place = Place::new();
    place.run(&["sample", "-o", "demo.json"]);
    let run = place.run(&[
        "export",
        "demo.json",
        "--to",
        "out",
        "--forms",
        "lectures",
        "--formats",
        "docx",
        "--template",
        TEMPLATE,
        "--json",
    ]);
    assert_eq!(run.status, 0, "{}", run.err);
    let answer: Value = serde_json::from_str(&run.out).unwrap();
    let path = place.path(answer["files"][0]["path"].as_str().unwrap());
    assert!(path.to_str().unwrap().ends_with("讲座记录.docx"));
    let read = Command::new("unzip")
        .arg("-p")
        .arg(path)
        .arg("word/document.xml")
        .output()
        .unwrap();
    let text = String::from_utf8(read.stdout).unwrap();
    assert!(
        text.contains("讲座记录与考勤") && text.contains("2026年1月7日") && !text.contains("{{"),
        "{text}"
    );
}

#[test]
fn a_template_that_cannot_be_used_writes_nothing() {
    let place = Place::new();
    place.run(&["sample", "-o", "demo.json"]);
    place.write("old.doc", [0xD0, 0xCF, 0x11, 0xE0, 0, 0]);
    for (formats, template, code) in [
        ("pdf", TEMPLATE, "bad_argument"),
        ("docx", "old.doc", "template_old_word"),
        ("docx", "demo.json", "template_not_docx"),
        ("docx", "absent.docx", "read_failed"),
    ] {
        let run = place.run(&[
            "export",
            "demo.json",
            "--to",
            "out",
            "--forms",
            "lectures",
            "--formats",
            formats,
            "--template",
            template,
            "--json",
        ]);
        assert_eq!(run.status, 2, "{template}");
        let answer: Value = serde_json::from_str(&run.err).unwrap();
        assert_eq!(answer["error"]["code"], code, "{template}");
        assert!(!place.path("out").exists(), "{template}");
    }
}
