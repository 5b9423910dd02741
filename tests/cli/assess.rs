//! `xxz assess`: the shared cases, the shape of the answer, the report.

use std::fs;

use serde_json::Value;

use crate::support::{Place, fixtures};

/// Everything in `expected` must be in `found`; `requirements` are named by id there.
fn check(name: &str, expected: &Value, answer: &Value) {
    for (field, value) in expected["expect"].as_object().unwrap() {
        let found = &answer[field];
        match field.as_str() {
            "requirements" => {
                for (id, fields) in value.as_object().unwrap() {
                    let of_id = found
                        .as_array()
                        .unwrap()
                        .iter()
                        .find(|r| r["id"] == id.as_str())
                        .unwrap();
                    compare(name, id, fields, of_id);
                }
            }
            "provisional_years" => compare(name, field, value, &answer["calendar"]["provisional_years"]),
            "cadence_missed" => {
                let missed = findings(answer, |code| code == field, ["requirement", "from", "to"]);
                assert_eq!(sorted(value), missed, "{name} {field}");
            }
            "findings" => {
                let leave = findings(answer, |code| code.starts_with("leave_"), ["code", "from", "to"]);
                assert_eq!(sorted(value), leave, "{name} {field}");
            }
            _ => compare(name, field, value, found),
        }
    }
}

fn findings(answer: &Value, wanted: impl Fn(&str) -> bool, fields: [&str; 3]) -> Vec<String> {
    let all = answer["findings"].as_array().unwrap().iter();
    let rows = all.filter(|finding| wanted(finding["code"].as_str().unwrap()));
    sorted(
        &rows
            .map(|finding| {
                fields
                    .map(|field| finding[field].clone())
                    .into_iter()
                    .collect::<Value>()
            })
            .collect(),
    )
}

fn sorted(rows: &Value) -> Vec<String> {
    let mut rows: Vec<String> = rows.as_array().unwrap().iter().map(ToString::to_string).collect();
    rows.sort();
    rows
}

fn compare(name: &str, place: &str, expected: &Value, found: &Value) {
    match expected {
        Value::Object(fields) => {
            for (field, value) in fields {
                compare(name, &format!("{place}/{field}"), value, &found[field]);
            }
        }
        _ if place.ends_with("/excluded") => {
            let rows: Value = found.as_array().unwrap().iter().map(short).collect();
            assert_eq!(sorted(expected), sorted(&rows), "{name} {place}");
        }
        _ => assert_eq!(expected, found, "{name} {place}"),
    }
}

/// `[date, reason]` or `[date, half, reason]`, as the cases write it.
fn short(excluded: &Value) -> Value {
    let fields = ["date", "half", "reason"];
    fields
        .iter()
        .filter_map(|field| excluded.get(field))
        .cloned()
        .collect()
}

#[test]
fn the_shared_cases_come_out_as_expected() {
    let place = Place::new();
    let mut seen = 0;
    for entry in fs::read_dir(fixtures().join("cases")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let Some(stem) = name.strip_suffix(".expected.json") else {
            continue;
        };
        let expected: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let input = path.with_file_name(format!("{stem}.json"));
        let as_of = expected["as_of"].as_str().unwrap();
        let found = place.json(&["assess", input.to_str().unwrap(), "--as-of", as_of, "--json"]);
        check(stem, &expected, &found);
        seen += 1;
    }
    assert!(seen >= 12, "only {seen} cases");
}

#[test]
fn the_answer_holds_every_field_of_the_contract() {
    let place = Place::new();
    place.run(&["sample", "-o", "demo.json"]);
    let answer = place.json(&["assess", "demo.json", "--as-of", "2026-04-06", "--json"]);
    for pointer in [
        "/scheme/id",
        "/scheme/version",
        "/as_of",
        "/phase",
        "/calendar/provisional_years",
        "/attendance/scheduled_half_days",
        "/attendance/needed_half_days",
        "/attendance/excluded",
        "/requirements/0/counted/0",
        "/requirements/0/gaps/0/days",
        "/requirements/0/next_allowed_date",
        "/requirements/2/absence_left_half_days",
        "/failed",
        "/consequences/payable_fen",
        "/consequences/recall_fine_department_fen",
        "/tallies/outpatient_visits",
        "/findings",
    ] {
        assert!(answer.pointer(pointer).is_some(), "{pointer}");
    }
    let fields: Vec<Vec<&String>> = answer["requirements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r.as_object().unwrap().keys().collect())
        .collect();
    assert!(
        fields.iter().all(|keys| *keys == fields[0]),
        "every requirement carries every field"
    );
}

#[test]
fn a_failed_posting_still_exits_0_and_says_why() {
    let place = Place::new();
    let case = fixtures().join("cases/all_failed.json");
    let run = place.run(&[
        "assess",
        case.to_str().unwrap(),
        "--as-of",
        "2026-04-06",
        "--lang",
        "zh",
    ]);
    assert_eq!(run.status, 0);
    for word in [
        "未达标",
        "依据：四（二）",
        "算式：",
        "扣减：880.00 元",
        "不予填写",
        "重新下乡：是",
    ] {
        assert!(run.out.contains(word), "{word} is missing in\n{}", run.out);
    }
    let run = place.run(&["assess", case.to_str().unwrap(), "--as-of", "2026-04-06"]);
    for word in ["not met", "Deducted: 880.00 yuan", "withheld", "Findings"] {
        assert!(run.out.contains(word), "{word} is missing in\n{}", run.out);
    }
}

#[test]
fn as_of_is_today_but_at_most_the_day_after_the_end() {
    let place = Place::new();
    let mut sample: Value = serde_json::from_str(&place.run(&["sample", "-o", "-"]).out).unwrap();
    let answer = |place: &Place, sample: &Value| {
        place.write("demo.json", sample.to_string());
        place.json(&["assess", "demo.json", "--json"])
    };
    assert_eq!(answer(&place, &sample)["as_of"], "2026-04-06");
    sample["posting"]["start"] = "2099-01-05".into();
    sample["posting"]["end"] = "2099-04-05".into();
    let later = answer(&place, &sample);
    assert_eq!(later["phase"], "before");
    assert!(later["as_of"].as_str().unwrap() < "2099-01-05");
}

#[test]
fn another_scheme_can_judge() {
    let place = Place::new();
    place.run(&["sample", "-o", "demo.json"]);
    let mut scheme = place.json(&["schemes", "rotation_3m", "--json"]);
    scheme["duties"][0]["minimum"] = 40.into();
    place.write("strict.json", scheme.to_string());
    let of = |scheme: &str| {
        place.json(&[
            "assess",
            "demo.json",
            "--as-of",
            "2026-04-06",
            "--scheme",
            scheme,
            "--json",
        ])["failed"]
            .clone()
    };
    assert_eq!(of("rotation_3m"), serde_json::json!([]));
    assert_eq!(of("strict.json"), serde_json::json!(["teaching"]));
}
