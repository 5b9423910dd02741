//! Months that are checked in: made by the physician, kept by the office, held against what comes later.

use crate::review::{exported, exported_later, open, twins};
use crate::support::Clinic;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Makes the check-in of a month.
fn checked_in(clinic: &Clinic, month: &str, name: &str) -> PathBuf {
    let path = clinic.path(name);
    clinic.answer(&path);
    let made = clinic.ok("make_check_in", json!({"month": month}));
    assert_eq!(made["path"], path.to_str().unwrap());
    path
}

#[test]
fn a_month_that_was_checked_in_cannot_be_rewritten_unseen() {
    let mut physician = Clinic::with_posting();
    physician.day("2026-01-06", 20);
    let january = checked_in(&physician, "2026-01-01", "一月.xxz");
    let (mut physician, mut twin) = twins(physician);
    let honest = exported(&mut physician);
    let january_head = physician.ok("posting_view", Value::Null)["head"].clone();

    let supervisor = Clinic::new();
    let review = open(&supervisor, &january);
    assert_eq!(review["verdict"]["code"], "check_in");
    let seen = &review["check_in"];
    assert_eq!(
        (&seen["physician"], &seen["month"]),
        (&json!("李晓梅"), &json!("2026-01-01"))
    );
    assert_eq!(seen["pins"][0]["month"], "2026-01-01");
    // The sheet carries the code of the very head that was checked in.
    let sheet = supervisor.path("考勤表.pdf");
    supervisor.answer(&sheet);
    assert_eq!(
        supervisor.ok("save_check_in_sheet", Value::Null),
        sheet.to_str().unwrap()
    );
    assert!(std::fs::read(&sheet).unwrap().starts_with(b"%PDF"));

    // A later file that goes through it says so, and is the first export: there is nothing to compare it with.
    let file = open(&supervisor, &honest)["file"].clone();
    assert_eq!(file["pins"][0]["holds"], true);
    assert_eq!(file["pins"][0]["month"], "2026-01-01");
    assert_eq!(file["pins"][0]["code"], seen["head"]["code"]);
    assert_eq!(file["changes"], Value::Null);
    assert_ne!(january_head["n"], seen["head"]["n"]);
    // Only exports are files to look at again.
    let refused = supervisor.refused("open_received_file", json!({"sha256": file["pins"][0]["sha256"]}));
    assert_eq!(refused["code"], "bad_request");

    // The twin began from the same records and checks in another past: nobody is fooled, in either order.
    twin.day("2026-01-06", 99);
    let other = checked_in(&twin, "2026-02-01", "另一份.xxz");
    let review = open(&supervisor, &other);
    assert_eq!(review["verdict"]["code"], "fork", "{review:#}");
    assert_eq!(review["check_in"], Value::Null);
    let rewritten = exported_later(&mut twin, "改写.xxz", "2026-01-07", 5);
    let elsewhere = Clinic::new();
    assert_eq!(open(&elsewhere, &other)["verdict"]["code"], "check_in");
    assert_eq!(open(&elsewhere, &honest)["verdict"]["code"], "fork");
    assert_eq!(open(&elsewhere, &rewritten)["verdict"]["code"], "genuine");
}

#[test]
fn a_check_in_is_refused_like_any_file_and_made_of_months_that_began() {
    let mut physician = Clinic::with_posting();
    physician.day("2026-03-16", 20);
    for (month, code) in [
        ("2026-04-01", "month_not_begun"),
        ("2025-12-01", "outside_posting"),
    ] {
        let refused = physician.refused("make_check_in", json!({"month": month}));
        assert_eq!(refused["code"], code, "{month}: {refused:#}");
    }
    // Any day of the month means the month; nothing is entered in the log by it.
    let before = physician.ok("posting_view", Value::Null)["head"].clone();
    let path = checked_in(&physician, "2026-03-16", "三月.xxz");
    assert_eq!(physician.ok("posting_view", Value::Null)["head"], before);
    let supervisor = Clinic::new();
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let altered = supervisor.path("改过.xxz");
    std::fs::write(&altered, bytes).unwrap();
    let review = open(&supervisor, &altered);
    assert_eq!(review["verdict"]["code"], "altered");
    assert_eq!(
        (&review["check_in"], &review["file"]),
        (&Value::Null, &Value::Null)
    );
    let refused = supervisor.refused("save_check_in_sheet", Value::Null);
    assert_eq!(refused["code"], "no_review_file");
    *physician.desk.path.lock().unwrap() = None;
    assert_eq!(
        physician.ok("make_check_in", json!({"month": "2026-03-01"})),
        Value::Null
    );
}
