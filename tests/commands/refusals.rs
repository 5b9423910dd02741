//! What is refused, in which words, and that nothing changes.

use crate::support::{Clinic, NOW, clock, profile};
use serde_json::{Value, json};
use xiaxiangzhi::App;

/// What happened, whether data is safe, what to do next: always all three, in both languages.
fn assert_three_parts(refusal: &Value) {
    for part in ["what", "safe", "next"] {
        for language in ["zh", "en"] {
            let words = refusal[part][language].as_str().unwrap();
            assert!(words.chars().count() > 2, "{part}.{language} of {refusal:#}");
        }
    }
}

#[test]
fn bad_records_are_refused_at_their_field() {
    let day = |value: Value| ("day", "2026-03-19", value);
    let cases: &[(&str, (&str, &str, Value), &str)] = &[
        (
            "a negative tally",
            day(json!({"date": "2026-03-19", "tallies": {"outpatient_visits": -1}})),
            "/tallies/outpatient_visits",
        ),
        (
            "a number too large",
            day(json!({"date": "2026-03-19", "tallies": {"outpatient_visits": 1_000_001}})),
            "/tallies/outpatient_visits",
        ),
        (
            "an unknown status",
            day(json!({"date": "2026-03-19", "morning": "asleep"})),
            "/morning",
        ),
        (
            "a control character",
            day(json!({"date": "2026-03-19", "note": "门\u{7}诊"})),
            "/note",
        ),
        (
            "a bidi override",
            day(json!({"date": "2026-03-19", "note": "门\u{202e}诊"})),
            "/note",
        ),
        (
            "an unknown field",
            day(json!({"date": "2026-03-19", "weather": "晴"})),
            "/weather",
        ),
        (
            "an unknown kind",
            (
                "activity",
                "01990000-0000-7000-8000-0000000000aa",
                json!({"id": "01990000-0000-7000-8000-0000000000aa", "kind": "dance", "date": "2026-03-19"}),
            ),
            "/kind",
        ),
        (
            "a title over its limit",
            (
                "activity",
                "01990000-0000-7000-8000-0000000000aa",
                json!({"id": "01990000-0000-7000-8000-0000000000aa", "kind": "lecture", "date": "2026-03-19", "title": "长".repeat(201)}),
            ),
            "/title",
        ),
    ];
    let mut clinic = Clinic::with_posting();
    clinic.day("2026-03-18", 9);
    let before = clinic.ok("posting_view", Value::Null);
    for (name, (entity, key, value), field) in cases {
        let change = clinic.change(entity, key, value.clone());
        let refusal = clinic.refused("save", json!({"changes": [change]}));
        assert_three_parts(&refusal);
        assert_eq!(refusal["faults"][0]["field"], *field, "{name}: {refusal:#}");
        assert_eq!(refusal["faults"][0]["key"], *key, "{name}");
        assert_eq!(refusal["faults"][0]["entity"], *entity, "{name}");
        assert_eq!(
            clinic.ok("posting_view", Value::Null),
            before,
            "{name} changed something"
        );
    }
}

#[test]
fn leave_rules_of_the_records_hold() {
    let mut clinic = Clinic::with_posting();
    let leave = |id: &str, from: &str, to: &str| json!({"id": id, "kind": "personal_leave", "from": from, "from_half": "morning", "to": to, "to_half": "afternoon"});
    let first = clinic.id();
    clinic.save("leave", &first, leave(&first, "2026-03-23", "2026-03-24"));
    for (from, to) in [("2026-03-24", "2026-03-26"), ("2026-03-30", "2026-03-27")] {
        let id = clinic.id();
        let change = clinic.change("leave", &id, leave(&id, from, to));
        let refusal = clinic.refused("save", json!({"changes": [change]}));
        assert_eq!(refusal["faults"][0]["entity"], "leave", "{from}..{to}");
    }
}

#[test]
fn nobody_is_present_and_on_leave() {
    let mut clinic = Clinic::with_posting();
    let id = clinic.id();
    let leave = json!({"id": id, "kind": "sick_leave", "from": "2026-03-19", "from_half": "afternoon",
                       "to": "2026-03-20", "to_half": "afternoon"});
    clinic.save("leave", &id, leave);
    let both = json!({"date": "2026-03-19", "morning": "present", "afternoon": "present", "note": "门诊"});
    let change = clinic.change("day", "2026-03-19", both);
    let refusal = clinic.refused("save", json!({"changes": [change]}));
    assert_three_parts(&refusal);
    assert_eq!(refusal["code"], "present_during_leave");
    assert!(
        refusal["what"]["zh"].as_str().unwrap().contains("下午"),
        "{refusal:#}"
    );
    assert!(
        !refusal["what"]["zh"].as_str().unwrap().contains("上午"),
        "{refusal:#}"
    );
    let morning = json!({"date": "2026-03-19", "morning": "present", "afternoon": null, "note": "门诊"});
    clinic.save("day", "2026-03-19", morning);

    // The other way round: a leave over what is recorded already.
    let id = clinic.id();
    let over = json!({"id": id, "kind": "sick_leave", "from": "2026-03-19", "from_half": "morning",
                      "to": "2026-03-19", "to_half": "morning"});
    let change = clinic.change("leave", &id, over);
    assert_eq!(
        clinic.refused("save", json!({"changes": [change]}))["code"],
        "present_during_leave"
    );
}

#[test]
fn a_posting_that_cannot_be_is_not_begun() {
    let clinic = Clinic::new();
    for (field, value) in [
        ("end", json!("2026-01-04")),
        ("scheme", json!("no_such_scheme")),
        ("recipient_unit", json!("长".repeat(201))),
        ("start", json!("2003-01-05")),
    ] {
        let mut wrong = profile();
        wrong[field] = value;
        assert_three_parts(&clinic.refused("create_posting", json!({"profile": wrong})));
    }
    assert_eq!(clinic.ok("app_state", Value::Null)["postings"], json!([]));
}

#[test]
fn requests_that_no_page_makes_are_refused() {
    let mut clinic = Clinic::with_posting();
    for (name, arguments) in [
        ("no_such_command", json!({})),
        ("save", json!({"changes": []})),
        ("save", json!({})),
        ("save", json!({"changes": [], "more": 1})),
        ("app_state", json!({"surprise": true})),
        ("change_settings", json!({"change": {"theme": "pink"}})),
        ("open_review_file", json!({"path": "/etc/passwd"})),
        ("form_preview", json!({"form": "diploma"})),
    ] {
        let refusal = clinic.refused(name, arguments.clone());
        assert_eq!(refusal["code"], "bad_request", "{name} {arguments}");
        assert_three_parts(&refusal);
    }
    for entity in ["scheme", "attachment", "extra", "nonsense"] {
        let change = clinic.change(entity, "", json!({}));
        assert_eq!(
            clinic.refused("save", json!({"changes": [change]}))["code"],
            "bad_request",
            "{entity}"
        );
    }
    let refusal = clinic.refused("change_settings", json!({"change": {"type_size": 500}}));
    assert_eq!(refusal["code"], "type_size_out_of_range");
}

#[test]
fn without_a_posting_the_commands_say_so() {
    let clinic = Clinic::new();
    for name in ["posting_view", "undo", "redo", "export_review_file"] {
        let refusal = clinic.refused(name, Value::Null);
        assert_eq!(refusal["code"], "no_posting", "{name}");
        assert_three_parts(&refusal);
    }
}

#[test]
fn a_second_instance_is_refused_and_may_try_again() {
    let clinic = Clinic::with_posting();
    let second = App::open(&clinic.path("data"), clock(NOW));
    let call =
        |name: &str, arguments: Value| xiaxiangzhi::call(&second, &clinic.desk, name, arguments).unwrap();
    let problem = call("app_state", Value::Null)["problem"].clone();
    assert_eq!(problem["error"]["code"], "database_locked");
    assert_three_parts(&problem["error"]);
    assert_eq!(problem["choices"], json!(["retry", "quit"]));
    let still = call("answer_problem", json!({"choice": "retry"}));
    assert_eq!(still["problem"]["error"]["code"], "database_locked");

    clinic.app.leave();
    let opened = call("answer_problem", json!({"choice": "retry"}));
    assert_eq!(opened["problem"], Value::Null);
    assert_eq!(opened["postings"][0]["physician"], "李晓梅");
    call("answer_problem", json!({"choice": "quit"}));
    assert_eq!(clinic.desk.asked.lock().unwrap().last().unwrap(), "quit");
}

#[test]
fn a_database_of_another_application_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let clinic = Clinic::in_folder(folder, NOW);
    clinic.app.leave();
    let database = std::fs::read_dir(&data)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|extension| extension == "db"))
        .unwrap();
    std::fs::write(&database, b"nothing that we wrote").unwrap();
    let again = clinic.restart(NOW);
    let state = again.ok("app_state", Value::Null);
    assert_three_parts(&state["problem"]["error"]);
    assert_eq!(
        again.refused("posting_view", Value::Null)["code"],
        state["problem"]["error"]["code"]
    );
    assert_eq!(std::fs::read(&database).unwrap(), b"nothing that we wrote");
    // Settings hold in memory, so that the window can be read in the language one knows.
    let state = again.ok("change_settings", json!({"change": {"language": "en"}}));
    assert_eq!(state["language"], "en");
}
