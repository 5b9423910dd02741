//! What records may not say: each refusal with its place, its value and what is allowed.

use crate::build::Build;
use serde_json::{Map, Value, json};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::{BadRecords, Records};

fn faults(change: impl FnOnce(&mut Value)) -> Vec<(String, String)> {
    let mut document = Build::q1().document;
    change(&mut document);
    let bad = Records::from_value(document).expect_err("refused");
    bad.faults
        .iter()
        .map(|fault| (fault.pointer.clone(), code(fault)))
        .collect()
}

fn code(fault: &xiaxiangzhi_core::posting::Fault) -> String {
    serde_json::to_value(fault).unwrap()["code"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn leave(from: &str, to: &str) -> Value {
    json!({"id": uuid(from), "kind": "sick_leave", "from": from, "from_half": "morning", "to": to,
        "to_half": "afternoon"})
}

fn uuid(seed: &str) -> String {
    format!("0199a1c2-0000-7000-8000-{:0>12}", seed.replace('-', ""))
}

#[test]
fn each_refusal_names_its_place() {
    type Change = fn(&mut Value);
    let table: &[(&str, Change, &str, &str)] = &[
        (
            "unknown format",
            |d| d["format"] = json!("other"),
            "/format",
            "unknown_format",
        ),
        (
            "newer version",
            |d| d["version"] = json!(2),
            "/version",
            "newer_version",
        ),
        (
            "version nought",
            |d| d["version"] = json!(0),
            "/version",
            "out_of_range",
        ),
        (
            "no posting",
            |d| d["posting"] = json!(null),
            "/posting",
            "missing",
        ),
        (
            "no start",
            |d| d["posting"]["start"] = json!(null),
            "/posting/start",
            "missing",
        ),
        (
            "id that is none",
            |d| d["posting"]["id"] = json!("7"),
            "/posting/id",
            "not_an_id",
        ),
        (
            "end before start",
            |d| d["posting"]["end"] = json!("2026-01-04"),
            "/posting/end",
            "ends_before_start",
        ),
        (
            "six years",
            |d| d["posting"]["end"] = json!("2032-01-04"),
            "/posting/end",
            "out_of_range",
        ),
        (
            "before 2004",
            |d| d["posting"]["start"] = json!("2003-12-31"),
            "/posting/start",
            "out_of_range",
        ),
        (
            "a date twice",
            |d| d["days"] = json!([{"date": "2026-01-05"}, {"date": "2026-01-05"}]),
            "/days/1/date",
            "repeated",
        ),
        (
            "an override twice",
            |d| {
                let item = json!({"date": "2026-01-05", "kind": "workday"});
                d["calendar_overrides"] = json!([item, item]);
            },
            "/calendar_overrides/1/date",
            "repeated",
        ),
        (
            "impossible date",
            |d| d["days"] = json!([{"date": "2026-02-29"}]),
            "/days/0/date",
            "impossible_date",
        ),
        (
            "date in short",
            |d| d["days"] = json!([{"date": "2026-2-9"}]),
            "/days/0/date",
            "impossible_date",
        ),
        (
            "negative tally",
            |d| {
                d["days"] = json!([{"date": "2026-01-05", "tallies": {"operations": -1}}]);
            },
            "/days/0/tallies/operations",
            "out_of_range",
        ),
        (
            "half a visit",
            |d| {
                d["days"] = json!([{"date": "2026-01-05", "tallies": {"operations": 1.5}}]);
            },
            "/days/0/tallies/operations",
            "wrong_type",
        ),
        (
            "tally too large",
            |d| {
                d["days"] = json!([{"date": "2026-01-05", "tallies": {"operations": 1_000_001}}]);
            },
            "/days/0/tallies/operations",
            "out_of_range",
        ),
        (
            "unknown tally",
            |d| {
                d["days"] = json!([{"date": "2026-01-05", "tallies": {"smiles": 1}}]);
            },
            "/days/0/tallies/smiles",
            "unknown_kind",
        ),
        (
            "unknown status",
            |d| d["days"] = json!([{"date": "2026-01-05", "morning": "leave"}]),
            "/days/0/morning",
            "unknown_kind",
        ),
        (
            "unknown activity",
            |d| d["activities"] = json!([{"kind": "nap", "date": "2026-01-05"}]),
            "/activities/0/kind",
            "unknown_kind",
        ),
        (
            "unknown leave",
            |d| {
                let mut bad = leave("2026-01-05", "2026-01-05");
                bad["kind"] = json!("nap");
                d["leaves"] = json!([bad]);
            },
            "/leaves/0/kind",
            "unknown_kind",
        ),
        (
            "minutes too many",
            |d| {
                d["activities"] = json!([{"kind": "lecture", "date": "2026-01-05", "minutes": 99_999_999}]);
            },
            "/activities/0/minutes",
            "out_of_range",
        ),
        (
            "title too long",
            |d| {
                d["activities"] =
                    json!([{"kind": "lecture", "date": "2026-01-05", "title": "长".repeat(201)}]);
            },
            "/activities/0/title",
            "too_long",
        ),
        (
            "note too long",
            |d| d["days"] = json!([{"date": "2026-01-05", "note": "长".repeat(10_001)}]),
            "/days/0/note",
            "too_long",
        ),
        (
            "control character",
            |d| d["days"] = json!([{"date": "2026-01-05", "note": "门诊\u{7}"}]),
            "/days/0/note",
            "forbidden_character",
        ),
        (
            "text turned round",
            |d| d["posting"]["recipient_unit"] = json!("卫生院\u{202E}"),
            "/posting/recipient_unit",
            "forbidden_character",
        ),
        (
            "line feed in a name",
            |d| d["posting"]["recipient_unit"] = json!("卫生\n院"),
            "/posting/recipient_unit",
            "forbidden_character",
        ),
        (
            "too deep for an event",
            |d| {
                let deep = (0..28).fold(json!(1), |inner, _| json!({ "x": inner }));
                d["days"] = json!([{"date": "2026-01-05", "extra": {"x": deep}}]);
            },
            "/days/0/extra",
            "too_deep",
        ),
        (
            "leave ends before it starts",
            |d| d["leaves"] = json!([leave("2026-02-04", "2026-02-03")]),
            "/leaves/0/to",
            "ends_before_start",
        ),
        (
            "leaves overlap",
            |d| {
                d["leaves"] = json!([
                    leave("2026-02-03", "2026-02-06"),
                    leave("2026-02-05", "2026-02-05")
                ]);
            },
            "/leaves/1/from",
            "overlaps",
        ),
        (
            "id twice",
            |d| {
                d["leaves"] = json!([
                    leave("2026-02-03", "2026-02-03"),
                    leave("2026-02-05", "2026-02-05")
                ]);
                d["leaves"][1]["id"] = d["leaves"][0]["id"].clone();
            },
            "/leaves/1/id",
            "repeated",
        ),
        (
            "unknown field",
            |d| d["days"] = json!([{"date": "2026-01-05", "weather": "rain"}]),
            "/days/0/weather",
            "unknown_field",
        ),
        (
            "list where an object belongs",
            |d| d["summary"] = json!([]),
            "/summary",
            "wrong_type",
        ),
        (
            "a number for a text",
            |d| d["days"] = json!([{"date": "2026-01-05", "note": 5}]),
            "/days/0/note",
            "wrong_type",
        ),
        (
            "a scheme that is none",
            |d| d["scheme_document"] = json!({"format": "x"}),
            "/scheme_document",
            "bad_scheme",
        ),
    ];
    for (name, change, pointer, code) in table {
        assert_eq!(
            faults(change),
            [((*pointer).to_owned(), (*code).to_owned())],
            "{name}"
        );
    }
}

#[test]
fn several_faults_are_reported_together_with_their_own_places() {
    let found = faults(|document| {
        document["posting"]["id"] = json!("7");
        document["posting"]["end"] = json!("2026-01-04");
        document["days"] = json!([
            {"morning": "present"},
            {"date": "2026-01-06", "tallies": {"operations": -1}},
            {"date": "2026-01-07"},
            {"date": "2026-01-07"},
        ]);
        document["leaves"] = json!([leave("2026-02-04", "2026-02-03")]);
    });
    let places: Vec<&str> = found.iter().map(|(pointer, _)| pointer.as_str()).collect();
    assert_eq!(
        places,
        [
            "/posting/id",
            "/posting/end",
            "/days/0/date",
            "/days/1/tallies/operations",
            "/days/3/date",
            "/leaves/0/to"
        ],
        "a record left out does not shift the places of the others"
    );
}

#[test]
fn a_repeated_field_and_broken_json_are_refused() {
    let code = |json: &str| Records::from_json(json).expect_err("refused").code();
    assert_eq!(
        code("{\"format\": \"xiaxiangzhi.posting\", \"format\": \"xiaxiangzhi.posting\"}"),
        "invalid_records"
    );
    assert_eq!(code("{"), "not_json");
    assert_eq!(code(""), "not_json");
    assert_eq!(code("[]"), "invalid_records");
}

#[test]
fn a_sentence_says_what_where_and_what_is_allowed() {
    let mut document = Build::q1().document;
    document["posting"]["end"] = json!("2026-13-01");
    let bad: BadRecords = Records::from_value(document).expect_err("refused");
    assert_eq!(
        bad.describe(Language::Chinese),
        "记录有 1 处不对，什么都没有改动：\n/posting/end：\"2026-13-01\" 不是日期，应为 2026-03-02 这样的真实日期"
    );
    assert_eq!(
        bad.describe(Language::English),
        "1 fault(s) in the records; nothing was changed:\n\
         /posting/end: \"2026-13-01\" is not a date; expected an existing one like 2026-03-02"
    );
}

#[test]
fn blanks_extras_and_dates_outside_are_fine_and_come_back_as_they_were() {
    let mut document = Build::q1().document;
    document["posting"]["physician"] = json!(null);
    document["summary"] = json!(null);
    document["days"] =
        json!([{"date": "2027-05-01", "morning": "present", "tallies": null, "extra": {"x": [1]}}]);
    document["extra"] = json!({"other program": {"y": 1}});
    let records = Records::from_value(document).unwrap();
    assert_eq!(records.days[0].note, None);
    let again = serde_json::to_value(&records).unwrap();
    assert_eq!(again["extra"], json!({"other program": {"y": 1}}));
    assert_eq!(again["days"][0]["extra"], json!({"x": [1]}));
    assert_eq!(Records::from_value(again).unwrap(), records);
}

/// A document of nothing but faults is answered like any other: the first faults, each with its own place.
#[test]
fn very_many_faults_are_told_in_part_and_with_their_places() {
    let mut document = Build::q1().document;
    let rows = (0..4_000).map(|row| {
        json!({"kind": if row % 2 == 0 { "dance" } else { "lecture" }, "date": "2026-01-14",
        "id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a11"})
    });
    document["activities"] = rows.collect();
    let faults = Records::from_value(document).unwrap_err().faults;
    assert_eq!(faults.len(), 500);
    for (number, fault) in faults.iter().enumerate() {
        assert_eq!(fault.pointer, format!("/activities/{}/kind", number * 2));
    }
    // Between records only what could be read counts, by its place in the document as it came.
    let mut document = Build::q1().document;
    document["activities"] = json!([
        {"kind": "dance", "date": "2026-01-14"},
        {"kind": "lecture", "date": "2026-01-14", "id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a11"},
        {"kind": "dance", "date": "2026-01-14"},
        {"kind": "dance", "date": "2026-01-14"},
        {"kind": "lecture", "date": "2026-01-14", "id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a11"}
    ]);
    let faults = Records::from_value(document).unwrap_err().faults;
    assert_eq!(faults.last().unwrap().pointer, "/activities/4/id");
    let mut tallies = Build::q1().document;
    let unknown: Map<String, Value> = (0..2_000).map(|key| (format!("k{key}"), json!(1))).collect();
    tallies["days"] = json!([{"date": "2026-01-05", "tallies": unknown}]);
    assert_eq!(Records::from_value(tallies).unwrap_err().faults.len(), 500);
}
