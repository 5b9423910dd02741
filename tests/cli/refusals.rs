//! Bad input: each fault is named with its place, all together, and nothing is changed.

use serde_json::{Value, json};

use crate::support::Place;

fn records() -> Value {
    json!({
        "format": "xiaxiangzhi.posting",
        "version": 1,
        "posting": {"id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a11", "start": "2026-01-05", "end": "2026-04-05", "scheme": "rotation_3m"},
        "days": [{"date": "2026-01-05", "morning": "present", "note": "门诊"}],
        "leaves": [leave("0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a12", "2026-02-03", "2026-02-04")],
    })
}

fn leave(id: &str, from: &str, to: &str) -> Value {
    json!({"id": id, "kind": "sick_leave", "from": from, "from_half": "morning", "to": to, "to_half": "afternoon"})
}

/// Pointer, a value to put there, and the pointer of the fault with its code.
type Fault = (&'static str, Value, &'static str, &'static str);

fn faults() -> Vec<Fault> {
    let id = "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a13";
    vec![
        ("/format", json!("other"), "/format", "unknown_format"),
        ("/version", json!(2), "/version", "newer_version"),
        (
            "/posting/end",
            json!("2026-01-04"),
            "/posting/end",
            "ends_before_start",
        ),
        (
            "/posting/start",
            json!("2003-12-31"),
            "/posting/start",
            "out_of_range",
        ),
        (
            "/posting/end",
            json!("2101-01-01"),
            "/posting/end",
            "out_of_range",
        ),
        ("/posting/scheme", Value::Null, "/posting/scheme", "missing"),
        ("/posting/id", json!("seven"), "/posting/id", "not_an_id"),
        (
            "/days/-",
            json!({"date": "2026-01-05"}),
            "/days/1/date",
            "repeated",
        ),
        (
            "/calendar_overrides",
            json!([{"date": "2026-03-07", "kind": "workday"}, {"date": "2026-03-07", "kind": "rest_day"}]),
            "/calendar_overrides/1/date",
            "repeated",
        ),
        (
            "/days/0/date",
            json!("2026-02-30"),
            "/days/0/date",
            "impossible_date",
        ),
        (
            "/days/0/tallies",
            json!({"outpatient_visits": -1}),
            "/days/0/tallies/outpatient_visits",
            "out_of_range",
        ),
        (
            "/days/0/tallies",
            json!({"outpatient_visits": 1_000_001}),
            "/days/0/tallies/outpatient_visits",
            "out_of_range",
        ),
        (
            "/days/0/tallies",
            json!({"poems": 1}),
            "/days/0/tallies/poems",
            "unknown_kind",
        ),
        (
            "/days/0/morning",
            json!("asleep"),
            "/days/0/morning",
            "unknown_kind",
        ),
        (
            "/activities",
            json!([{"kind": "party", "date": "2026-01-07"}]),
            "/activities/0/kind",
            "unknown_kind",
        ),
        (
            "/activities",
            json!([{"kind": "lecture"}]),
            "/activities/0/date",
            "missing",
        ),
        (
            "/activities",
            json!([{"kind": "lecture", "date": "2026-01-07", "title": "长".repeat(201)}]),
            "/activities/0/title",
            "too_long",
        ),
        (
            "/activities",
            json!([{"kind": "lecture", "date": "2026-01-07", "minutes": 1e12}]),
            "/activities/0/minutes",
            "out_of_range",
        ),
        (
            "/days/0/note",
            json!("长".repeat(10_001)),
            "/days/0/note",
            "too_long",
        ),
        (
            "/days/0/note",
            json!("铃\u{7}"),
            "/days/0/note",
            "forbidden_character",
        ),
        (
            "/posting/physician",
            json!({"name": "李\u{202e}梅"}),
            "/posting/physician/name",
            "forbidden_character",
        ),
        (
            "/leaves/0/to",
            json!("2026-02-02"),
            "/leaves/0/to",
            "ends_before_start",
        ),
        (
            "/leaves/0/kind",
            json!("holiday"),
            "/leaves/0/kind",
            "unknown_kind",
        ),
        (
            "/leaves/-",
            leave(id, "2026-02-04", "2026-02-05"),
            "/leaves/1/from",
            "overlaps",
        ),
        (
            "/days/0/weather",
            json!("rain"),
            "/days/0/weather",
            "unknown_field",
        ),
        ("/mood", json!("fine"), "/mood", "unknown_field"),
        ("/days", json!({"date": "2026-01-05"}), "/days", "wrong_type"),
    ]
}

fn put(document: &mut Value, pointer: &str, value: Value) {
    let (parent, last) = pointer.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap() {
        Value::Array(list) => match last.parse::<usize>() {
            Ok(index) => list[index] = value,
            Err(_) => list.push(value),
        },
        parent => parent[last] = value,
    }
}

#[test]
fn every_kind_of_bad_record_is_refused_with_its_place() {
    let place = Place::new();
    place.write("fine.json", records().to_string());
    assert_eq!(
        place.run(&["assess", "fine.json"]).status,
        0,
        "the table starts from records that are in order"
    );
    for (pointer, value, at, problem) in faults() {
        let mut document = records();
        put(&mut document, pointer, value.clone());
        place.write("bad.json", document.to_string());
        let (code, message, details) = place.refused(&["assess", "bad.json", "--json"]);
        let found = &details["faults"];
        let shown = format!(
            "{pointer} = {}",
            value.to_string().chars().take(60).collect::<String>()
        );
        assert_eq!(found.as_array().map(Vec::len), Some(1), "{shown}: {details}");
        assert_eq!(
            (found[0]["pointer"].as_str(), found[0]["code"].as_str()),
            (Some(at), Some(problem)),
            "{shown}"
        );
        assert!(message.contains(at), "{shown}: {message}");
        let whole = ["unknown_format", "newer_version"];
        assert_eq!(
            code,
            if whole.contains(&problem) {
                problem
            } else {
                "invalid_records"
            },
            "{shown}"
        );
        assert_eq!(
            place.refused(&["pack", "bad.json", "-o", "bad.xxz"]).0,
            code,
            "{shown}"
        );
    }
}

#[test]
fn several_faults_are_reported_together_in_both_languages() {
    let place = Place::new();
    let mut document = records();
    put(&mut document, "/days/0/morning", json!("asleep"));
    put(&mut document, "/days/0/date", json!("2026-13-01"));
    put(&mut document, "/leaves/0/to", json!("2026-02-02"));
    place.write("bad.json", document.to_string());
    let (_, message, details) = place.refused(&["assess", "bad.json"]);
    assert!(details["faults"].as_array().unwrap().len() >= 2, "{details}");
    assert!(
        message.contains("/days/0/morning") && message.contains("/days/0/date"),
        "{message}"
    );
    let (_, message, _) = place.refused(&["assess", "bad.json", "--lang", "zh"]);
    assert!(
        message.contains("不对") && message.contains("/days/0/morning"),
        "{message}"
    );
}

#[test]
fn a_value_that_is_at_fault_is_shown_but_not_the_notes_around_it() {
    let place = Place::new();
    let mut document = records();
    put(&mut document, "/days/0/note", json!("张三 高血压 复诊"));
    put(&mut document, "/days/0/morning", json!("asleep"));
    place.write("bad.json", document.to_string());
    let (_, message, details) = place.refused(&["assess", "bad.json"]);
    assert!(message.contains("asleep"));
    assert!(!message.contains("张三") && !details.to_string().contains("张三"));
}

#[test]
fn input_that_is_not_records_at_all_is_refused() {
    let place = Place::new();
    for (content, code) in [
        (&b""[..], "empty_file"),
        (b"  \n", "empty_file"),
        (b"\xEF\xBB\xBF", "empty_file"),
        (b"{", "not_json"),
        (b"{\"format\": \"xiaxiangzhi.posting\",}", "not_json"),
        (b"[]", "unknown_format"),
        (b"{\"a\": \"\xff\"}", "not_json"),
        (b"name,date\n", "unknown_format"),
        (b"%PDF-1.7", "unknown_format"),
    ] {
        place.write("bad.json", content);
        assert_eq!(place.refused(&["assess", "bad.json"]).0, code, "{content:?}");
    }
    assert_eq!(place.refused(&["assess", "nosuch.json"]).0, "read_failed");
    assert_eq!(place.refused(&["assess", "."]).0, "read_failed");
}

#[test]
fn a_field_given_twice_is_refused() {
    let place = Place::new();
    let text = records()
        .to_string()
        .replacen("\"morning\":", "\"morning\":\"absent\",\"morning\":", 1);
    place.write("bad.json", text);
    let (_, _, details) = place.refused(&["assess", "bad.json"]);
    assert_eq!(details["faults"][0]["code"], "repeated_field");
}

#[test]
fn dates_and_schemes_on_the_command_line_are_checked() {
    let place = Place::new();
    place.write("fine.json", records().to_string());
    for word in ["2026-02-30", "2026-2-3", "today", "1999-01-01", ""] {
        let (code, message, details) = place.refused(&["assess", "fine.json", "--as-of", word]);
        assert_eq!(code, "bad_argument", "{word}");
        assert!(
            message.contains("--as-of") && details["value"] == word,
            "{message}"
        );
    }
    place.write("scheme.json", "{\"format\": \"xiaxiangzhi.scheme\"}");
    for (word, code) in [
        ("nope", "unknown_scheme"),
        ("scheme.json", "invalid_scheme"),
        ("no/such.json", "read_failed"),
    ] {
        assert_eq!(
            place.refused(&["assess", "fine.json", "--scheme", word]).0,
            code,
            "{word}"
        );
    }
    let mut unknown = records();
    put(&mut unknown, "/posting/scheme", json!("our_own"));
    place.write("unknown.json", unknown.to_string());
    let (code, message, _) = place.refused(&["assess", "unknown.json"]);
    assert_eq!(code, "unknown_scheme");
    assert!(
        message.contains("our_own") && message.contains("rotation_3m"),
        "{message}"
    );
}
