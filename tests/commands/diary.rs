//! The support diary in the order to look at it, and what the time lines say.

use crate::support::Clinic;
use serde_json::{Value, json};

impl Clinic {
    fn problem(&mut self, value: Value) -> String {
        let id = self.id();
        self.save("problem", &id, value);
        id
    }
}

#[test]
fn what_is_due_first_comes_first_and_what_is_closed_last() {
    // It is 19 March.
    let mut clinic = Clinic::with_posting();
    let of = |date: &str, due: Value, status: Value| json!({"date": date, "problem": "问题", "due": due, "status": status});
    let later = clinic.problem(of("2026-02-05", json!("2026-03-30"), json!("open")));
    let closed = clinic.problem(of("2026-01-12", json!("2026-01-30"), json!("closed")));
    let undated = clinic.problem(of("2026-01-08", Value::Null, Value::Null));
    let recheck = clinic.problem(of("2026-02-11", json!("2026-03-01"), json!("corrected")));
    let late = clinic.problem(of("2026-01-20", json!("2026-02-10"), json!("open")));
    let today = clinic.problem(of("2026-03-01", json!("2026-03-19"), json!("open")));
    let view = clinic.ok("posting_view", Value::Null);
    assert_eq!(
        view["diary"],
        json!([
            {"id": late, "next": "correct", "overdue_days": 37},
            {"id": recheck, "next": "recheck", "overdue_days": 0},
            {"id": today, "next": "correct", "overdue_days": 0},
            {"id": later, "next": "correct", "overdue_days": 0},
            {"id": undated, "next": "correct", "overdue_days": 0},
            {"id": closed, "next": null, "overdue_days": 0},
        ])
    );
}

#[test]
fn the_time_line_says_where_one_more_would_count_and_where_it_would_come_too_soon() {
    let mut clinic = Clinic::with_posting();
    for date in ["2026-01-14", "2026-01-28", "2026-03-13", "2026-03-26"] {
        clinic.activity("lecture", date);
    }
    let view = clinic.activity("ward_round", "2026-01-06");
    let [teaching, rounds] = [0, 1].map(|n| &view["time_lines"][n]);
    let span = |from: &str, to: &str| json!({"from": from, "to": to});
    assert_eq!(teaching["requirement"], "teaching");
    assert_eq!(
        teaching["blocked"],
        json!([
            span("2026-01-08", "2026-01-20"),
            span("2026-01-22", "2026-02-03"),
            span("2026-03-07", "2026-04-01"),
        ]),
        "seven days from each, the one recorded ahead among them"
    );
    assert_eq!(teaching["planned"], json!(["2026-03-26"]));
    assert_eq!(teaching["allowed"], json!([span("2026-04-02", "2026-04-05")]));
    let missed = |line: &Value| -> Vec<Value> {
        let cells = line["cells"].as_array().unwrap().iter();
        cells
            .filter(|cell| cell["missed"] == true)
            .map(|cell| cell["from"].clone())
            .collect()
    };
    assert_eq!(missed(teaching), ["2026-02-02", "2026-02-16"]);
    assert_eq!(
        teaching["gaps"],
        json!([
            {"from": "2026-01-14", "to": "2026-01-28", "days": 14, "short": false, "missed": 0},
            {"from": "2026-01-28", "to": "2026-03-13", "days": 44, "short": false, "missed": 2},
            {"from": "2026-03-13", "to": "2026-03-26", "days": 13, "short": false, "missed": 0},
        ])
    );
    // Rounds have no least gap: weeks, and nothing hatched.
    assert_eq!((&rounds["blocked"], &rounds["gaps"]), (&json!([]), &json!([])));
    assert_eq!(rounds["cells"].as_array().unwrap().len(), 13);
    assert!(missed(rounds).contains(&json!("2026-01-12")));

    // Six days after one that counts.
    clinic.activity("lecture", "2026-03-19");
    let view = clinic.ok("posting_view", Value::Null);
    let gap = &view["time_lines"][0]["gaps"][2];
    assert_eq!((&gap["days"], &gap["short"]), (&json!(6), &json!(true)));
}

#[test]
fn a_leave_parts_the_dates_on_which_one_more_would_count() {
    let mut clinic = Clinic::with_posting();
    let id = clinic.id();
    let leave = json!({"id": id, "kind": "sick_leave", "from": "2026-03-23", "from_half": "morning",
                       "to": "2026-03-24", "to_half": "afternoon"});
    let view = clinic.save("leave", &id, leave);
    assert_eq!(
        view["time_lines"][0]["allowed"],
        json!([
            {"from": "2026-03-19", "to": "2026-03-22"},
            {"from": "2026-03-25", "to": "2026-04-05"},
        ])
    );
}
