//! The supervisor's side.

use crate::support::{Clinic, NOW};
use serde_json::{Value, json};
use std::path::PathBuf;

/// A physician's exported file.
fn exported(clinic: &mut Clinic) -> PathBuf {
    clinic.day("2026-03-16", 31);
    clinic.activity("lecture", "2026-03-02");
    let path = clinic.path("审核.xxz");
    clinic.answer(&path);
    clinic.ok("export_review_file", Value::Null);
    path
}

#[test]
fn another_machine_comes_to_the_same_verdict() {
    let mut physician = Clinic::with_posting();
    let path = exported(&mut physician);
    let own = physician.ok("posting_view", Value::Null);

    let supervisor = Clinic::in_folder(tempfile::tempdir().unwrap(), "2026-04-08T02:00:00Z");
    supervisor.answer(&path);
    let review = supervisor.ok("open_review_file", json!({"path": null}));
    assert_eq!(review["verdict"]["code"], "genuine");
    assert_eq!(review["verdict"]["genuine"], true);
    assert_eq!(review["refusal"], Value::Null);
    let file = &review["file"];
    assert_eq!(file["assessment"], own["assessment"]);
    assert_eq!(file["assessment_today"], own["if_nothing_more"]);
    assert_eq!(file["records"], own["records"]);
    assert_eq!(file["head"], own["head"]);
    assert_eq!(file["as_of"], "2026-03-19");
    assert_eq!(file["first_seen"], Value::Null);
    let late: Vec<&Value> = file["entered"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["entity"] == "day")
        .map(|entry| &entry["late_days"])
        .collect();
    assert_eq!(late, [3]);

    let again = supervisor.ok("open_review_file", json!({"path": null}));
    assert_eq!(again["file"]["first_seen"]["at"], "2026-04-08T02:00:00Z");
    assert_eq!(again["file"]["first_seen"]["file_name"], "审核.xxz");
}

#[test]
fn an_older_file_is_shown_with_a_warning() {
    let mut physician = Clinic::with_posting();
    let old = exported(&mut physician);
    physician.day("2026-03-17", 12);
    let new = physician.path("新.xxz");
    physician.answer(&new);
    physician.ok("export_review_file", Value::Null);

    let supervisor = Clinic::new();
    supervisor.answer(&new);
    supervisor.ok("open_review_file", json!({"path": null}));
    supervisor.answer(&old);
    let review = supervisor.ok("open_review_file", json!({"path": null}));
    assert_eq!(review["verdict"]["code"], "older");
    assert_eq!(review["verdict"]["warning"], true);
    assert!(review["file"].is_object());
}

#[test]
fn bad_files_are_refused_in_three_parts_and_show_nothing() {
    let mut physician = Clinic::with_posting();
    let path = exported(&mut physician);
    let good = std::fs::read(&path).unwrap();
    let mut altered = good.clone();
    let middle = altered.len() / 2;
    altered[middle] ^= 1;
    let cases: &[(&str, &[u8], &str)] = &[
        ("one byte changed", &altered, "altered"),
        ("empty", b"", "empty"),
        ("another format", b"%PDF-1.7 nothing of ours", "not_ours"),
        ("cut", &good[..good.len() - 40], "cut"),
    ];
    let supervisor = Clinic::new();
    for (name, bytes, code) in cases {
        let path = supervisor.path("来件.xxz");
        std::fs::write(&path, bytes).unwrap();
        supervisor.answer(&path);
        let review = supervisor.ok("open_review_file", json!({"path": null}));
        assert_eq!(review["verdict"]["code"], *code, "{name}: {review:#}");
        assert_eq!(review["verdict"]["genuine"], false, "{name}");
        assert_eq!(review["file"], Value::Null, "{name}");
        for part in ["what", "safe", "next"] {
            assert!(
                !review["refusal"][part]["zh"].as_str().unwrap().is_empty(),
                "{name}"
            );
            assert!(
                !review["refusal"][part]["en"].as_str().unwrap().is_empty(),
                "{name}"
            );
        }
        assert!(!review["confirmed"]["zh"].as_str().unwrap().is_empty(), "{name}");
        assert_eq!(
            std::fs::read(&path).unwrap(),
            *bytes,
            "{name}: the file was touched"
        );
    }
}

#[test]
fn a_file_given_as_an_argument_waits_until_it_is_opened() {
    let mut physician = Clinic::with_posting();
    let path = exported(&mut physician);
    let supervisor = Clinic::in_folder(tempfile::tempdir().unwrap(), NOW);
    supervisor.app.offer(path.clone());
    let waiting = supervisor.ok("app_state", Value::Null)["opened_file"].clone();
    assert_eq!(waiting, path.to_str().unwrap());
    let review = supervisor.ok("open_review_file", json!({"path": waiting}));
    assert_eq!(review["file_name"], "审核.xxz");
    assert_eq!(
        supervisor.ok("app_state", Value::Null)["opened_file"],
        Value::Null
    );
}

#[test]
fn a_file_that_is_gone_and_a_dialog_that_is_cancelled() {
    let supervisor = Clinic::new();
    assert_eq!(
        supervisor.ok("open_review_file", json!({"path": null})),
        Value::Null
    );
    supervisor.answer(&supervisor.path("gone.xxz"));
    let refusal = supervisor.refused("open_review_file", json!({"path": null}));
    assert_eq!(refusal["code"], "file_not_read");
}

#[test]
fn what_was_opened_lately_is_one_press_away() {
    let mut physician = Clinic::with_posting();
    let first = exported(&mut physician);
    physician.day("2026-03-17", 12);
    let second = physician.path("后来.xxz");
    physician.answer(&second);
    physician.ok("export_review_file", Value::Null);

    let supervisor = Clinic::new();
    let recent = |clinic: &Clinic| -> Vec<String> {
        let files = clinic.ok("app_state", Value::Null)["recent_files"].clone();
        files
            .as_array()
            .unwrap()
            .iter()
            .map(|file| file["path"].as_str().unwrap().to_owned())
            .collect()
    };
    for path in [&first, &second, &first] {
        supervisor.answer(path);
        supervisor.ok("open_review_file", json!({"path": null}));
    }
    let paths = [&first, &second].map(|path| path.to_string_lossy().into_owned());
    assert_eq!(recent(&supervisor), paths, "the last one first, each once");
    let state = supervisor.ok("app_state", Value::Null);
    assert_eq!(state["recent_files"][0]["opened_at"], NOW);
    assert_eq!(state["recent_files"][0]["physician"], "李晓梅");

    // A file that is refused is none to go back to.
    let altered = supervisor.path("改过.xxz");
    let mut bytes = std::fs::read(&second).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&altered, bytes).unwrap();
    supervisor.answer(&altered);
    assert_ne!(
        supervisor.ok("open_review_file", json!({"path": null}))["refusal"],
        Value::Null
    );
    assert_eq!(recent(&supervisor), paths);

    // The page opens one again without a dialog, also after a restart, and nothing else on the disk.
    let supervisor = supervisor.restart(NOW);
    let review = supervisor.ok("open_review_file", json!({"path": paths[1]}));
    assert_eq!(review["file_name"], "后来.xxz");
    let refused = supervisor.refused("open_review_file", json!({"path": altered}));
    assert_eq!(refused["code"], "bad_request");
    std::fs::remove_file(&second).unwrap();
    let gone = supervisor.refused("open_review_file", json!({"path": paths[1]}));
    assert_ne!(gone["code"], "bad_request");
}
