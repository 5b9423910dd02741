//! `xxz db`: the application's database without its window.

use std::fs;

use serde_json::Value;
use xiaxiangzhi_store::Store;

use crate::support::Place;

/// A folder with a sample, its review file, and a database in `data` that took it in.
pub(crate) fn imported() -> Place {
    let place = Place::new();
    place.run(&["sample", "-o", "demo.json"]);
    place.run(&[
        "pack",
        "demo.json",
        "-o",
        "demo.xxz",
        "--as-of",
        "2026-04-06",
        "--key",
        "key.txt",
    ]);
    let answer = place.json(&["db", "import", "demo.xxz", "--data", "data", "--json"]);
    assert_eq!(answer["did"], "added");
    place
}

pub(crate) fn id(place: &Place) -> String {
    let list = place.json(&["db", "list", "--data", "data", "--json"]);
    list["postings"][0]["log_id"].as_str().unwrap().to_owned()
}

#[test]
fn an_imported_posting_is_listed_checked_backed_up_and_exported() {
    let place = imported();
    let list = place.json(&["db", "list", "--data", "data", "--json"]);
    assert_eq!(list["postings"].as_array().unwrap().len(), 1);
    assert_eq!(list["postings"][0]["start"], "2026-01-05");
    let checked = place.json(&["db", "check", "--data", "data", "--json"]);
    assert_eq!(
        (&checked["ok"], &checked["logs"][0]["code"]),
        (&true.into(), &Value::Null)
    );
    let backup = place.json(&["db", "backup", "--data", "data", "--json"]);
    assert!(
        fs::metadata(
            backup["backup"]["path"]
                .as_str()
                .unwrap()
                .replace("data/", &format!("{}/", place.path("data").display()))
        )
        .unwrap()
        .len()
            > 0
    );
    let id = id(&place);
    let export = place.json(&[
        "db",
        "export",
        &id,
        "-o",
        "out.xxz",
        "--as-of",
        "2026-04-06",
        "--data",
        "data",
        "--json",
    ]);
    assert_eq!(export["as_of"], "2026-04-06");
    let verdict = place.json(&["verify", "out.xxz", "--json"]);
    assert_eq!(
        (&verdict["file"]["head"], &verdict["file"]["log"]),
        (&export["head"], &Value::String(id))
    );
    let of = |file: &str| place.json(&["assess", file, "--as-of", "2026-04-06", "--json"]);
    assert_eq!(of("out.xxz"), of("demo.json"));
}

#[test]
fn importing_what_is_there_changes_nothing_and_a_rewritten_past_is_refused() {
    let place = imported();
    let again = place.json(&["db", "import", "demo.xxz", "--data", "data", "--json"]);
    assert_eq!(again["did"], "unchanged");
    place.run(&["pack", "demo.json", "-o", "fork.xxz", "--key", "key.txt"]);
    place.run(&["pack", "demo.json", "-o", "other.xxz"]);
    place.write("poem.xxz", "床前明月光");
    for (file, code) in [
        ("fork.xxz", "fork"),
        ("other.xxz", "other_key"),
        ("poem.xxz", "not_a_review_file"),
    ] {
        assert_eq!(
            place.refused(&["db", "import", file, "--data", "data"]).0,
            code,
            "{file}"
        );
    }
    assert_eq!(
        place.json(&["db", "list", "--data", "data", "--json"])["postings"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn a_file_that_cannot_be_imported_leaves_no_database_behind() {
    let place = Place::new();
    place.write("empty.xxz", "");
    assert_eq!(
        place.refused(&["db", "import", "empty.xxz", "--data", "data"]).0,
        "empty"
    );
    fs::create_dir(place.path("folder")).unwrap();
    for command in ["list", "check", "backup"] {
        for data in ["data", "folder"] {
            assert_eq!(
                place.refused(&["db", command, "--data", data]).0,
                "no_database",
                "{command} {data}"
            );
        }
    }
    assert_eq!(
        fs::read_dir(place.path("folder")).unwrap().count(),
        0,
        "looking makes nothing"
    );
}

#[test]
fn damage_is_the_answer_no() {
    let place = imported();
    let database = fs::read_dir(place.path("data"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| fs::read(path).is_ok_and(|bytes| bytes.starts_with(b"SQLite format 3")))
        .unwrap();
    let whole = fs::read(&database).unwrap();
    let at = whole
        .windows(12)
        .position(|window| window == b"ward_patient")
        .or_else(|| whole.windows(7).position(|window| window == b"\"set\":\""));
    let mut changed = whole.clone();
    changed[at.unwrap()] ^= 1;
    fs::write(&database, changed).unwrap();
    let run = place.run(&["db", "check", "--data", "data", "--json"]);
    assert_eq!(
        (run.status, &run.answer()["ok"]),
        (1, &Value::Bool(false)),
        "{run:?}"
    );
    fs::write(&database, b"SQLite format 3\0 and then nothing").unwrap();
    let run = place.run(&["db", "list", "--data", "data"]);
    assert_eq!(run.status, 2);
    assert!(["database_damaged", "database_not_ours"].contains(&run.refusal().0.as_str()));
}

#[test]
fn a_database_in_use_is_refused_and_the_process_named() {
    let place = imported();
    let store = Store::open(&place.path("data")).unwrap();
    let (code, message, _) = place.refused(&["db", "list", "--data", "data"]);
    assert_eq!(code, "database_locked");
    assert!(message.contains(&std::process::id().to_string()), "{message}");
    drop(store);
    assert_eq!(place.run(&["db", "list", "--data", "data"]).status, 0);
}

#[test]
fn bad_use_is_refused() {
    let place = imported();
    for (arguments, code) in [
        (&["db"][..], "bad_usage"),
        (
            &["db", "export", "seven", "-o", "x.xxz", "--data", "data"],
            "bad_argument",
        ),
        (
            &[
                "db",
                "export",
                "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a11",
                "-o",
                "x.xxz",
                "--data",
                "data",
            ],
            "no_such_posting",
        ),
        (&["db", "import", "nosuch.xxz", "--data", "data"], "read_failed"),
    ] {
        assert_eq!(place.refused(arguments).0, code, "{arguments:?}");
    }
}
