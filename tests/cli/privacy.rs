//! What looks like the identity of a patient is warned about, and never repeated anywhere.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::Place;

/// The number of the standard's own example; no person has it.
const ID: &str = "11010519491231002X";
const MOBILE: &str = "138-1234-5678";

/// A sample with an ID number in a note and a mobile number in a lecture's title.
fn telling() -> Place {
    let place = Place::new();
    place.run(&["sample", "-o", "plain.json"]);
    let mut records: Value = serde_json::from_slice(&place.read("plain.json")).unwrap();
    records["days"][2]["note"] = json!(format!("患者 {ID} 复诊"));
    records["activities"][0]["title"] = json!(format!("随访 {MOBILE}"));
    place.write("telling.json", records.to_string());
    place
}

/// The places that standard error names, with what the texts there look like.
fn warned(err: &str) -> Vec<(String, String)> {
    let said: Value = serde_json::from_str(err).unwrap_or_else(|error| panic!("{error}: {err}"));
    let warnings = said["warnings"].as_array().unwrap().iter();
    warnings
        .map(|warning| {
            assert_eq!(warning["code"], "patient_identity");
            let text = |field: &str| warning["details"][field].as_str().unwrap().to_owned();
            (text("place"), text("identity"))
        })
        .collect()
}

#[test]
fn assess_pack_and_import_warn_on_standard_error_and_answer_as_before() {
    let place = telling();
    let expected: Vec<(String, String)> = [("/days/2/note", "id_card"), ("/activities/0/title", "mobile")]
        .map(|(field, identity)| (field.to_owned(), identity.to_owned()))
        .into();
    let runs = [
        vec!["assess", "telling.json", "--as-of", "2026-04-06", "--json"],
        vec![
            "pack",
            "telling.json",
            "-o",
            "telling.xxz",
            "--as-of",
            "2026-04-06",
            "--json",
        ],
        vec!["assess", "telling.xxz", "--as-of", "2026-04-06", "--json"],
        vec!["db", "import", "telling.xxz", "--data", "data", "--json"],
    ];
    for arguments in runs {
        let run = place.run(&arguments);
        assert_eq!(run.status, 0, "{run:?}");
        assert!(run.answer().is_object());
        assert_eq!(warned(&run.err), expected, "{arguments:?}");
        for secret in [ID, MOBILE] {
            assert!(
                !run.out.contains(secret) && !run.err.contains(secret),
                "{arguments:?}: {run:?}"
            );
        }
    }
    let quiet = place.run(&["assess", "plain.json", "--as-of", "2026-04-06", "--json"]);
    assert_eq!((quiet.status, quiet.err.as_str()), (0, ""));
}

#[test]
fn an_error_is_all_that_is_said_where_there_is_one() {
    let place = telling();
    let (code, ..) = place.refused(&["assess", "telling.json", "--as-of", "gestern", "--json"]);
    assert_eq!(code, "bad_argument");
}

/// Every file below a folder.
fn files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[test]
fn nothing_but_the_records_themselves_keeps_what_was_written() {
    let place = telling();
    place.run(&[
        "pack",
        "telling.json",
        "-o",
        "telling.xxz",
        "--as-of",
        "2026-04-06",
    ]);
    place.run(&["db", "import", "telling.xxz", "--data", "data"]);
    // Bad input of several kinds, each with the same words in it.
    let bad = String::from_utf8(place.read("telling.json")).unwrap();
    place.write("bad.json", bad.replace("\"present\"", "\"asleep\""));
    place.write(
        "cut.json",
        &bad[..bad.len() / 2].trim_end_matches(|c: char| !c.is_ascii()),
    );
    for arguments in [
        vec!["assess", "bad.json"],
        vec!["pack", "cut.json", "-o", "x.xxz"],
        vec!["db", "import", "bad.json", "--data", "data"],
        vec![
            "db",
            "history",
            "x",
            "--record",
            "day/2026-01-07",
            "--data",
            "data",
        ],
        vec!["verify", "bad.json"],
    ] {
        assert_eq!(
            place.run(&arguments).status,
            if arguments[0] == "verify" { 1 } else { 2 },
            "{arguments:?}"
        );
    }
    place.run(&["db", "backup", "--data", "data"]);
    let mut all = Vec::new();
    files(&place.path("data"), &mut all);
    files(place.config(), &mut all);
    let mut records = 0;
    for path in all {
        let bytes = fs::read(&path).unwrap();
        let tells = [ID, MOBILE].iter().any(|secret| {
            bytes
                .windows(secret.len())
                .any(|window| window == secret.as_bytes())
        });
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let is_record = name.ends_with(".db") || name.ends_with(".db-wal");
        assert!(is_record || !tells, "{} holds what was written", path.display());
        records += usize::from(tells);
    }
    assert!(
        records >= 2,
        "the search finds it in the database and its backup: {records}"
    );
}
