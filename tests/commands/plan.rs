//! Trials and the plan: neither is a record.

use crate::support::Clinic;
use serde_json::{Value, json};

/// Three lectures and seven rounds on 19 March.
fn march() -> Clinic {
    let mut clinic = Clinic::with_posting();
    for date in ["2026-01-14", "2026-01-28", "2026-03-13"] {
        clinic.activity("lecture", date);
    }
    for date in [
        "2026-01-06",
        "2026-01-13",
        "2026-01-20",
        "2026-01-27",
        "2026-02-10",
        "2026-02-25",
        "2026-03-10",
    ] {
        clinic.activity("ward_round", date);
    }
    clinic
}

fn dates(plan: &Value, duty: usize) -> Vec<&str> {
    let dates = plan["duties"][duty]["dates"].as_array().unwrap();
    dates
        .iter()
        .map(|planned| planned["date"].as_str().unwrap())
        .collect()
}

fn status<'a>(assessment: &'a Value, id: &str) -> &'a Value {
    let all = assessment["requirements"].as_array().unwrap();
    &all.iter().find(|one| one["id"] == id).unwrap()["status"]
}

#[test]
fn a_trial_answers_for_several_assumptions_at_once_and_stores_nothing() {
    let mut clinic = march();
    let before = clinic.ok("posting_view", Value::Null);
    let id = clinic.id();
    let lecture = clinic.change(
        "activity",
        &id,
        json!({"id": id, "kind": "lecture", "date": "2026-03-27"}),
    );
    let id = clinic.id();
    let leave = json!({"id": id, "kind": "personal_leave", "from": "2026-03-23", "from_half": "morning",
                       "to": "2026-03-24", "to_half": "afternoon"});
    let leave = clinic.change("leave", &id, leave);
    let trial = clinic.ok("trial", json!({"changes": [lecture, leave]}));
    assert_eq!(status(&trial["assessment"], "teaching"), "met");
    assert_eq!(status(&trial["if_nothing_more"], "teaching"), "met");
    assert_eq!(status(&trial["if_nothing_more"], "rounds"), "not_met");
    assert_eq!(trial["assessment"]["attendance"]["leave_half_days"], 4);
    assert_eq!(trial["assessment"]["as_of"], "2026-03-19");
    assert_eq!(
        clinic.ok("posting_view", Value::Null),
        before,
        "nothing is stored"
    );

    // A lecture six days after the last breaks the gap, in a trial as in truth.
    let id = clinic.id();
    let early = clinic.change(
        "activity",
        &id,
        json!({"id": id, "kind": "lecture", "date": "2026-03-19"}),
    );
    let trial = clinic.ok("trial", json!({"changes": [early]}));
    assert_eq!(status(&trial["assessment"], "teaching"), "unreachable");
    let bare = clinic.ok("trial", json!({"changes": []}));
    assert_eq!(bare["assessment"], before["assessment"]);
}

#[test]
fn a_moved_date_stays_moved_and_a_refused_one_changes_nothing() {
    let clinic = march();
    let head = clinic.ok("posting_view", Value::Null)["head"].clone();
    assert_eq!(dates(&clinic.ok("plan", Value::Null), 0), ["2026-03-27"]);
    let moved = json!({"requirement": "teaching", "from": "2026-03-27", "to": "2026-04-01"});
    assert_eq!(dates(&clinic.ok("move_planned", moved), 0), ["2026-04-01"]);
    let too_close = json!({"requirement": "teaching", "from": "2026-04-01", "to": "2026-03-19"});
    let refusal = clinic.refused("move_planned", too_close);
    assert_eq!(refusal["code"], "planned_too_close");
    assert_eq!(
        refusal["what"]["zh"],
        "3月19日 离 3月13日 那次只有 6 天，间隔不足。"
    );

    // It holds after the window was closed, and no event was written for it.
    let clinic = clinic.restart("2026-03-20T09:00:00Z");
    assert_eq!(dates(&clinic.ok("plan", Value::Null), 0), ["2026-04-01"]);
    assert_eq!(clinic.ok("posting_view", Value::Null)["head"], head);

    let let_go = json!({"requirement": "teaching", "from": "2026-04-01", "to": null});
    assert_eq!(dates(&clinic.ok("move_planned", let_go), 0), ["2026-03-27"]);
}

#[test]
fn what_was_fixed_is_taken_back_in_its_turn_among_the_entries() {
    let mut clinic = march();
    let step = |clinic: &Clinic, which: &str| -> Value {
        clinic.ok("posting_view", Value::Null)[which]["name"]["zh"].clone()
    };
    let planned = |clinic: &Clinic| clinic.ok("plan", Value::Null)["duties"][0]["dates"][0]["date"].clone();
    let entered = |clinic: &Clinic| {
        let view = clinic.ok("posting_view", Value::Null);
        view["records"]["activities"].as_array().unwrap().len()
    };
    clinic.activity("ward_round", "2026-03-17");
    let day_before = step(&clinic, "undo");
    for (from, to) in [("2026-03-27", "2026-04-01"), ("2026-04-01", "2026-03-31")] {
        clinic.ok(
            "move_planned",
            json!({"requirement": "teaching", "from": from, "to": to}),
        );
    }
    assert_eq!(step(&clinic, "undo"), "计划 3月31日 授课");
    clinic.activity("ward_round", "2026-03-18");
    assert_eq!(
        step(&clinic, "undo"),
        "3月18日 查房《高血压分级管理》",
        "what was done last comes first"
    );

    // It holds after the window was closed.
    let clinic = clinic.restart("2026-03-19T12:00:00Z");
    clinic.ok("undo", Value::Null);
    assert_eq!((planned(&clinic), entered(&clinic)), (json!("2026-03-31"), 11));
    let shown = clinic.ok("undo", Value::Null);
    assert_eq!(shown["undo"]["name"]["zh"], "计划 4月1日 授课");
    assert_eq!(shown["redo"]["name"]["zh"], "计划 3月31日 授课");
    assert_eq!(planned(&clinic), "2026-04-01");
    clinic.ok("undo", Value::Null);
    assert_eq!((planned(&clinic), entered(&clinic)), (json!("2026-03-27"), 11));
    assert_eq!(step(&clinic, "undo"), day_before);
    clinic.ok("undo", Value::Null);
    assert_eq!(entered(&clinic), 10);

    // All of it comes again in the same order.
    let forward = [
        (11, "2026-03-27"),
        (11, "2026-04-01"),
        (11, "2026-03-31"),
        (12, "2026-03-31"),
    ];
    for (count, date) in forward {
        clinic.ok("redo", Value::Null);
        assert_eq!((planned(&clinic), entered(&clinic)), (json!(date), count));
    }
    assert_eq!(step(&clinic, "redo"), Value::Null);
}

#[test]
fn what_was_taken_back_is_gone_once_something_else_was_entered() {
    let mut clinic = march();
    let moved = json!({"requirement": "teaching", "from": "2026-03-27", "to": "2026-04-01"});
    clinic.ok("move_planned", moved.clone());
    clinic.ok("undo", Value::Null);
    clinic.activity("ward_round", "2026-03-18");
    assert_eq!(clinic.ok("posting_view", Value::Null)["redo"], Value::Null);
    clinic.ok("undo", Value::Null);
    clinic.ok("redo", Value::Null);
    assert_eq!(dates(&clinic.ok("plan", Value::Null), 0), ["2026-03-27"]);

    // A refused date, and one that stays as it was, leave nothing to take back.
    clinic.ok("move_planned", moved);
    let undo = clinic.ok("posting_view", Value::Null)["undo"].clone();
    let too_close = json!({"requirement": "teaching", "from": "2026-04-01", "to": "2026-03-19"});
    clinic.refused("move_planned", too_close);
    let same = json!({"requirement": "teaching", "from": null, "to": "2026-04-01"});
    clinic.ok("move_planned", same);
    clinic.ok("undo", Value::Null);
    assert_eq!(undo["name"]["zh"], "计划 4月1日 授课");
    assert_eq!(
        clinic.ok("posting_view", Value::Null)["undo"]["name"]["zh"],
        "3月18日 查房《高血压分级管理》"
    );
}

#[test]
fn a_fixed_date_that_is_past_is_planned_anew() {
    let clinic = march();
    let fixed = json!({"requirement": "teaching", "from": null, "to": "2026-03-20"});
    clinic.ok("move_planned", fixed);
    let clinic = clinic.restart("2026-03-24T09:00:00Z");
    let plan = clinic.ok("plan", Value::Null);
    assert_eq!(dates(&plan, 0), ["2026-03-27"]);
    assert_eq!(plan["refused"][0]["why"], "past");
    let other = json!({"requirement": "rounds", "from": null, "to": "2026-03-25"});
    assert_eq!(
        clinic.ok("move_planned", other)["refused"],
        json!([]),
        "it is let go for good"
    );
}

#[test]
fn the_plan_is_written_as_a_calendar_under_a_readable_name() {
    let clinic = march();
    assert_eq!(
        clinic.ok("export_plan", Value::Null),
        Value::Null,
        "the dialog was cancelled"
    );
    let path = clinic.path("计划");
    clinic.answer(&path);
    let answer = clinic.ok("export_plan", Value::Null);
    assert_eq!(answer["dates"], 2);
    assert_eq!(answer["path"], clinic.path("计划.ics").to_str().unwrap());
    let asked = clinic.desk.asked.lock().unwrap().last().unwrap().clone();
    assert_eq!(asked, "李晓梅-河口镇中心卫生院-2026年1-4月-计划.ics");
    let text = std::fs::read_to_string(clinic.path("计划.ics")).unwrap();
    assert!(text.contains("DTSTART;VALUE=DATE:20260327\r\n"), "{text}");
    assert!(text.contains("DTSTAMP:20260319T093208Z\r\n"), "{text}");
}

#[test]
fn where_nothing_is_left_to_do_there_is_nothing_to_export() {
    let clinic = Clinic::with_posting().restart("2026-04-08T09:00:00Z");
    assert_eq!(
        clinic.refused("export_plan", Value::Null)["code"],
        "nothing_planned"
    );
    let plan = clinic.ok("plan", Value::Null);
    assert_eq!(plan["duties"][0]["state"], "impossible");
}

#[test]
fn a_posting_takes_its_plan_along_when_it_is_deleted() {
    let clinic = march();
    let moved = json!({"requirement": "teaching", "from": "2026-03-27", "to": "2026-04-01"});
    clinic.ok("move_planned", moved);
    let log_id = clinic.ok("posting_view", Value::Null)["log_id"].clone();
    let kept = |clinic: &Clinic| {
        let store = xiaxiangzhi_store::Store::open_for_reading(&clinic.path("data")).unwrap();
        store
            .posting_setting(log_id.as_str().unwrap().parse().unwrap(), "plan")
            .unwrap()
    };
    assert!(kept(&clinic).is_some());
    clinic.ok("delete_posting", json!({"logId": log_id, "typed": "李晓梅"}));
    assert_eq!(kept(&clinic), None);
}
