//! 汇总 through the commands: what may be read, what is answered, what is refused.

use crate::support::{Clinic, profile};
use serde_json::{Value, json};
use std::fs;

/// Asks until every file is read; the lines and how the roll-up stands then.
fn settled(clinic: &Clinic) -> (Vec<Value>, Value) {
    loop {
        let view = clinic.ok("rollup_view", json!({"from": 0}));
        if view["running"] == json!(false) {
            return (view["lines"].as_array().unwrap().clone(), view);
        }
        std::thread::yield_now();
    }
}

/// A clinic with a folder that holds its own review file and one at fault, chosen in the dialog.
fn rolled_up() -> Clinic {
    let mut clinic = Clinic::new();
    clinic.ok("create_posting", json!({"profile": profile()}));
    clinic.day("2026-01-05", 12);
    fs::create_dir(clinic.path("in")).unwrap();
    clinic.answer(&clinic.path("in/own.xxz"));
    clinic.ok("export_review_file", json!({"pictures": []}));
    fs::write(clinic.path("in/bad.xxz"), "nothing of ours").unwrap();
    clinic.answer(&clinic.path("in"));
    assert!(!clinic.ok("roll_up", json!({"paths": null})).is_null());
    clinic
}

#[test]
fn a_chosen_folder_is_read_and_each_file_is_a_line() {
    let clinic = rolled_up();
    let (lines, view) = settled(&clinic);
    assert_eq!(lines.len(), 2);
    let told: Vec<[&Value; 3]> = lines
        .iter()
        .map(|line| [&line["file_name"], &line["verdict"], &line["standing"]])
        .collect();
    assert_eq!(
        json!(told),
        json!([
            ["bad.xxz", "not_a_review_file", "refused"],
            ["own.xxz", "genuine", "counted"]
        ])
    );
    assert_eq!(
        lines[1]["outcome"],
        json!("failed"),
        "attendance cannot be met any more"
    );
    assert_eq!(view["sums"]["people"], json!(1));
    assert_eq!(view["schemes"][0]["id"], json!("rotation_3m"));
    // Only what is new is answered to whoever has the rest.
    let view = clinic.ok("rollup_view", json!({"from": 2}));
    assert_eq!(view["lines"], json!([]));
}

#[test]
fn a_file_packed_from_records_is_not_called_genuine_alone() {
    let clinic = rolled_up();
    let sent = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../tests/fixtures/reviewfile/packed.xxz"
    );
    fs::copy(sent, clinic.path("in/packed.xxz")).unwrap();
    clinic.ok("clear_rollup", json!({}));
    clinic.answer(&clinic.path("in"));
    clinic.ok("roll_up", json!({"paths": null}));
    let (lines, _) = settled(&clinic);
    let told = lines.iter().map(|line| [&line["file_name"], &line["verdict"]]);
    assert_eq!(
        json!(told.collect::<Vec<_>>()),
        json!([
            ["bad.xxz", "not_a_review_file"],
            ["own.xxz", "genuine"],
            ["packed.xxz", "packed_from_records"]
        ])
    );
}

#[test]
fn a_path_that_nobody_chose_is_not_read() {
    let clinic = Clinic::new();
    let refused = clinic.refused("roll_up", json!({"paths": ["/etc"]}));
    assert_eq!(refused["code"], json!("bad_request"));
    assert_eq!(settled(&clinic).0.len(), 0);
    // A cancelled dialog is no error.
    assert!(clinic.ok("roll_up", json!({"paths": null})).is_null());
}

#[test]
fn a_file_of_it_can_be_opened_and_one_beside_it_cannot() {
    let clinic = rolled_up();
    let (lines, _) = settled(&clinic);
    let opened = clinic.ok("open_review_file", json!({"path": lines[1]["path"]}));
    assert_eq!(opened["verdict"]["genuine"], json!(true));
    fs::copy(clinic.path("in/own.xxz"), clinic.path("beside.xxz")).unwrap();
    let beside = clinic.path("beside.xxz");
    clinic.refused("open_review_file", json!({"path": beside}));
    clinic.ok("clear_rollup", json!({}));
    assert_eq!(settled(&clinic).0.len(), 0);
}

#[test]
fn only_what_counts_and_is_as_it_was_is_approved() {
    let clinic = rolled_up();
    settled(&clinic);
    fs::create_dir(clinic.path("out")).unwrap();
    clinic.answer(&clinic.path("out"));
    let bad = clinic.refused("decide_rollup", json!({"lines": [0, 1], "grade": null}));
    assert_eq!(bad["code"], json!("bad_request"));
    let own = fs::read(clinic.path("in/own.xxz")).unwrap();
    fs::write(clinic.path("in/own.xxz"), "something else").unwrap();
    let changed = clinic.refused("decide_rollup", json!({"lines": [1], "grade": null}));
    assert_eq!(changed["code"], json!("changed_since"));
    assert_eq!(fs::read_dir(clinic.path("out")).unwrap().count(), 0);
    assert_eq!(clinic.ok("rollup_decisions", json!({})), json!([]));
    fs::write(clinic.path("in/own.xxz"), own).unwrap();
    let made = clinic.ok("decide_rollup", json!({"lines": [1], "grade": "合格"}));
    assert_eq!(made["paths"].as_array().unwrap().len(), 1);
    assert_eq!(fs::read_dir(clinic.path("out")).unwrap().count(), 1);
    assert_eq!(
        clinic.ok("rollup_decisions", json!({})),
        json!([{"at": 1, "approved": true, "grade": "合格"}])
    );
}
