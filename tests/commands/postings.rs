//! Making a posting, filling it in, taking back, starting again.

use crate::support::{Clinic, profile, requirement};
use serde_json::{Value, json};

#[test]
fn the_first_run_proposes_this_quarter_then_the_one_before_then_the_next() {
    let clinic = Clinic::new();
    let state = clinic.ok("app_state", Value::Null);
    assert_eq!(state["role"], Value::Null);
    assert_eq!(state["today"], "2026-03-19");
    assert_eq!(state["postings"], json!([]));
    let periods = clinic.ok("propose_periods", json!({"scheme": "rotation_3m"}));
    let starts: Vec<&Value> = periods
        .as_array()
        .unwrap()
        .iter()
        .map(|period| &period["start"])
        .collect();
    assert_eq!(starts, ["2026-01-05", "2025-10-06", "2026-04-06"]);
    assert_eq!(periods[0]["scheduled_half_days"], 122);
    assert_eq!(periods[0]["end"], "2026-04-05");
    assert_eq!(periods[0]["quarter"], 1);
}

#[test]
fn the_first_days_of_january_belong_to_the_quarter_before() {
    let clinic = Clinic::in_folder(tempfile::tempdir().unwrap(), "2026-01-02T00:00:00Z");
    let periods = clinic.ok("propose_periods", json!({"scheme": "rotation_3m"}));
    assert_eq!(periods[0]["start"], "2025-10-06");
    assert_eq!(periods[1]["start"], "2025-07-07");
    assert_eq!(periods[2]["start"], "2026-01-05");
}

#[test]
fn a_period_of_ones_own_is_told_what_it_asks_for() {
    let clinic = Clinic::new();
    let facts = clinic.ok(
        "period_facts",
        json!({"start": "2026-01-05", "end": "2026-01-11"}),
    );
    assert_eq!(facts["days"], 7);
    assert_eq!(facts["workdays"], 5);
    assert_eq!(facts["quarter"], Value::Null);
    let refusal = clinic.refused(
        "period_facts",
        json!({"start": "2026-01-05", "end": "2026-01-04"}),
    );
    assert_eq!(refusal["code"], "ends_before_start");
}

#[test]
fn a_day_is_saved_counted_and_still_there_after_a_restart() {
    let mut clinic = Clinic::with_posting();
    let view = clinic.day("2026-03-19", 23);
    assert_eq!(view["assessment"]["attendance"]["attended_half_days"], 2);
    assert_eq!(view["assessment"]["tallies"]["outpatient_visits"], 23);
    assert_eq!(view["saved_at"], crate::support::NOW);
    assert_eq!(view["calendar"].as_array().unwrap().len(), 91);
    assert_eq!(view["phrases"][0], "内科门诊");

    let clinic = clinic.restart("2026-03-20T01:00:00Z");
    let state = clinic.ok("app_state", Value::Null);
    assert_eq!(state["postings"][0]["physician"], "李晓梅");
    assert_eq!(state["current"], state["postings"][0]["log_id"]);
    assert!(
        state["backup"]["verified"].as_bool().unwrap(),
        "leaving makes a backup"
    );
    let again = clinic.ok("posting_view", Value::Null);
    assert_eq!(again["records"]["days"], view["records"]["days"]);
    assert_eq!(again["head"], view["head"]);
    assert_eq!(again["today"], "2026-03-20");
}

#[test]
fn the_same_save_twice_is_one_event() {
    let mut clinic = Clinic::with_posting();
    let change = clinic.change(
        "day",
        "2026-03-19",
        json!({"date": "2026-03-19", "morning": "present"}),
    );
    let first = clinic.ok("save", json!({"changes": [change.clone()]}));
    let second = clinic.ok("save", json!({"changes": [change]}));
    assert_eq!(first["head"], second["head"]);
}

#[test]
fn several_days_at_once_are_taken_back_at_once() {
    let mut clinic = Clinic::with_posting();
    let changes: Vec<Value> = ["2026-03-16", "2026-03-17", "2026-03-18"]
        .into_iter()
        .map(|date| {
            clinic.change(
                "day",
                date,
                json!({"date": date, "morning": "present", "note": "门诊"}),
            )
        })
        .collect();
    let view = clinic.ok("save", json!({"changes": changes}));
    assert_eq!(view["records"]["days"].as_array().unwrap().len(), 3);
    assert_eq!(
        view["entered"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|entry| entry["late_days"] == 3)
            .count(),
        1
    );

    let clinic = clinic.restart("2026-03-20T01:00:00Z");
    let undone = clinic.ok("undo", Value::Null);
    assert_eq!(undone["records"]["days"], json!([]));
    let redone = clinic.ok("redo", Value::Null);
    assert_eq!(redone["records"]["days"].as_array().unwrap().len(), 3);
    assert_eq!(redone["redo"], Value::Null);
}

#[test]
fn a_draft_survives_a_restart_and_is_spent_by_its_save() {
    let mut clinic = Clinic::with_posting();
    let typed = json!({"date": "2026-03-19", "morning": "present", "afternoon": null, "note": "内科门", "tallies": {}});
    let draft = clinic.ok(
        "save_draft",
        json!({"entity": "day", "key": "2026-03-19", "value": typed}),
    );
    assert_eq!(draft["at"], crate::support::NOW);

    clinic = clinic.restart("2026-03-19T10:00:00Z");
    let view = clinic.ok("posting_view", Value::Null);
    assert_eq!(view["drafts"][0]["value"], typed);
    assert_eq!(view["records"]["days"], json!([]));

    let saved = clinic.save("day", "2026-03-19", typed);
    assert_eq!(saved["drafts"], json!([]));
    assert_eq!(saved["records"]["days"][0]["note"], "内科门");

    clinic.ok(
        "save_draft",
        json!({"entity": "day", "key": "2026-03-18", "value": {"note": "x"}}),
    );
    clinic.ok(
        "save_draft",
        json!({"entity": "day", "key": "2026-03-18", "value": null}),
    );
    assert_eq!(clinic.ok("posting_view", Value::Null)["drafts"], json!([]));
}

#[test]
fn a_draft_that_differs_from_what_is_saved_is_spent_too() {
    let mut clinic = Clinic::with_posting();
    clinic.ok(
        "save_draft",
        json!({"entity": "day", "key": "2026-03-19", "value": {"note": "门"}}),
    );
    let view = clinic.day("2026-03-19", 5);
    assert_eq!(view["drafts"], json!([]));
    assert_eq!(view["records"]["days"][0]["note"], "内科门诊");
}

#[test]
fn a_lecture_too_soon_is_told_the_first_allowed_date() {
    let mut clinic = Clinic::with_posting();
    clinic.activity("lecture", "2026-03-02");
    let planned = |date: &str| json!({"requirement": "teaching", "date": date, "exceptId": null});
    let answer = clinic.ok("first_allowed", planned("2026-03-05"));
    assert_eq!(answer["allowed"], false);
    assert_eq!(answer["gap_days"], 3);
    assert_eq!(answer["first_allowed"], "2026-03-09");
    assert_eq!(clinic.ok("first_allowed", planned("2026-03-09"))["allowed"], true);
}

#[test]
fn what_would_be_is_not_stored() {
    let mut clinic = Clinic::with_posting();
    let before = clinic.ok("posting_view", Value::Null);
    let id = clinic.id();
    let leave = clinic.change(
        "leave",
        &id,
        json!({"id": id, "kind": "personal_leave", "from": "2026-03-23", "from_half": "morning",
               "to": "2026-03-25", "to_half": "afternoon", "reason": "家中有事"}),
    );
    let would = clinic.ok("preview", json!({"changes": [leave]}));
    assert_eq!(would["attendance"]["leave_half_days"], 6);
    assert_eq!(would["leave_groups"][0]["written"], true);
    assert!(
        would["findings"]
            .as_array()
            .unwrap()
            .iter()
            .any(|finding| finding["code"] == "leave_without_written_explanation")
    );
    assert_eq!(clinic.ok("posting_view", Value::Null), before);
}

#[test]
fn a_sample_posting_is_whole_and_a_second_one_is_another() {
    let clinic = Clinic::new();
    let first = clinic.ok("create_sample", Value::Null);
    assert_eq!(requirement(&first["if_nothing_more"], "teaching")["minimum"], 4);
    assert!(first["records"]["scheme_document"].is_object());
    let second = clinic.ok("create_sample", Value::Null);
    assert_ne!(first["log_id"], second["log_id"]);
    let back = clinic.ok("open_posting", json!({"logId": first["log_id"]}));
    assert_eq!(back["log_id"], first["log_id"]);
}

#[test]
fn settings_hold_across_restarts() {
    let clinic = Clinic::new();
    let change = json!({"role": "supervisor", "language": "en", "theme": "dark", "type_size": 150,
                        "office": {"hospital": "市第一人民医院", "office": "医务部", "name": "赵主任"}});
    clinic.ok("change_settings", json!({"change": change}));
    let state = clinic.restart(crate::support::NOW).ok("app_state", Value::Null);
    for field in ["role", "language", "theme", "type_size", "office"] {
        assert_eq!(state[field], change[field], "{field}");
    }
}

#[test]
fn the_profile_can_be_corrected_later() {
    let mut clinic = Clinic::with_posting();
    let mut posting = profile();
    posting["id"] = clinic.ok("posting_view", Value::Null)["records"]["posting"]["id"].clone();
    posting["recipient_unit"] = json!("河口镇卫生院");
    let view = clinic.save("posting", "posting", posting);
    assert_eq!(view["records"]["posting"]["recipient_unit"], "河口镇卫生院");
}

#[test]
fn the_self_appraisal_is_kept_as_a_draft_and_saved() {
    let mut clinic = Clinic::with_posting();
    let words = json!({"self_appraisal": "期间门诊 23 人次。", "suggestions": null});
    clinic.ok(
        "save_draft",
        json!({"entity": "summary", "key": "summary", "value": words}),
    );
    let view = clinic.ok("posting_view", Value::Null);
    assert_eq!(view["drafts"][0]["key"], "summary");
    let view = clinic.save("summary", "summary", words.clone());
    assert_eq!(view["records"]["summary"], words);
    assert_eq!(view["drafts"], json!([]));
}

#[test]
fn days_of_all_postings_of_one_physician_are_summed() {
    let clinic = Clinic::with_posting();
    let alone = clinic.ok("posting_view", Value::Null);
    assert_eq!(alone["days_in_all"], Value::Null, "this one is the only one");
    let posted = |name: &str, start: &str, end: &str| {
        let mut other = profile();
        other["physician"]["name"] = json!(name);
        (other["start"], other["end"]) = (json!(start), json!(end));
        clinic.ok("create_posting", json!({"profile": other}))
    };
    posted("王建国", "2024-01-01", "2024-03-31");
    let view = posted("李晓梅", "2025-01-06", "2025-04-06");
    // 91 days ended, and those of the running one up to 19 March: the same from either.
    let sum = json!({
        "postings": 2, "days": 91 + 74, "overlapping_days": 0, "from": "2025-01-06", "until": "2026-03-19",
    });
    assert_eq!(view["days_in_all"], sum);
    let running = clinic.ok("open_posting", json!({"logId": alone["log_id"]}));
    assert_eq!(running["days_in_all"], sum);
}
