//! Whole postings with the results they must give.

use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use xiaxiangzhi_core::assess::assess;
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::scheme::Scheme;

#[test]
fn every_case_gives_its_result() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/cases");
    let mut checked = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if let Some(stem) = name.strip_suffix(".expected.json") {
            let expected: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            let records = fs::read_to_string(folder.join(format!("{stem}.json"))).unwrap();
            check(stem, &records, &expected);
            checked += 1;
        }
    }
    assert_eq!(checked, 12, "cases found");
}

fn check(name: &str, records: &str, expected: &Value) {
    let records = Records::from_json(records).unwrap();
    let as_of = expected["as_of"].as_str().unwrap().parse().unwrap();
    let scheme = Scheme::of(&records).unwrap();
    let answer =
        serde_json::to_value(assess(scheme, &records, Calendar::built_in(), as_of).unwrap()).unwrap();
    let expect = &expected["expect"];

    let mut wrong = Vec::new();
    let mut compare = |what: &str, got: Value, want: &Value| {
        if got != *want {
            wrong.push(format!("{what}: got {got}, expected {want}"));
        }
    };
    compare("phase", answer["phase"].clone(), &expect["phase"]);
    compare(
        "provisional_years",
        answer["calendar"]["provisional_years"].clone(),
        &expect["provisional_years"],
    );
    compare("failed", answer["failed"].clone(), &expect["failed"]);
    for (field, want) in expect["attendance"].as_object().unwrap() {
        let got = match field.as_str() {
            "excluded" => sorted(&answer["attendance"]["excluded"], &["date", "half", "reason"]),
            _ => answer["attendance"][field].clone(),
        };
        compare(field, got, want);
    }
    for (id, fields) in expect["requirements"].as_object().unwrap() {
        let all = answer["requirements"].as_array().unwrap();
        let requirement = all.iter().find(|requirement| requirement["id"] == **id).unwrap();
        for (field, want) in fields.as_object().unwrap() {
            let got = match field.as_str() {
                "excluded" => sorted(&requirement["excluded"], &["date", "reason"]),
                _ => requirement[field].clone(),
            };
            compare(&format!("{id}.{field}"), got, want);
        }
    }
    for (field, want) in expect["consequences"].as_object().unwrap() {
        compare(field, answer["consequences"][field].clone(), want);
    }
    let of_code = |codes: &dyn Fn(&str) -> bool| {
        let all = answer["findings"].as_array().unwrap();
        Value::Array(
            all.iter()
                .filter(|finding| codes(finding["code"].as_str().unwrap()))
                .cloned()
                .collect(),
        )
    };
    let missed = of_code(&|code| code == "cadence_missed");
    compare(
        "cadence_missed",
        sorted(&missed, &["requirement", "from", "to"]),
        &expect["cadence_missed"],
    );
    let leave = of_code(&|code| code.starts_with("leave_"));
    compare(
        "findings",
        sorted(&leave, &["code", "from", "to"]),
        &expect["findings"],
    );
    assert!(wrong.is_empty(), "{name}:\n{}", wrong.join("\n"));
}

/// The fields of each item as a list, the lists sorted as the fixtures have them.
fn sorted(items: &Value, fields: &[&str]) -> Value {
    let row = |item: &Value| {
        fields
            .iter()
            .map(|field| item[field].as_str().unwrap().to_owned())
            .collect()
    };
    let mut rows: Vec<Vec<String>> = items.as_array().unwrap().iter().map(row).collect();
    rows.sort();
    json!(rows)
}
