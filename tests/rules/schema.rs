//! The published schemas: committed as files, current, and of one mind with the reader.

use crate::build::Build;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::scheme::{Scheme, built_in, built_in_ids};
use xiaxiangzhi_core::{assess, calendar, schema};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas")
}

fn accepts(schema: &Value, document: &Value) -> bool {
    jsonschema::validator_for(schema).unwrap().is_valid(document)
}

/// Set `UPDATE_SCHEMAS=1` to write them anew.
#[test]
fn the_committed_schemas_are_current() {
    for (name, schema) in [
        ("records", schema::records()),
        ("scheme", schema::scheme()),
        ("assessment", schema::assessment()),
        ("rollup", schema::rollup()),
    ] {
        let path = folder().join(format!("{name}.schema.json"));
        let current = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            std::fs::create_dir_all(folder()).unwrap();
            std::fs::write(&path, &current).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == current,
            "{name}.schema.json is stale: run the test with UPDATE_SCHEMAS=1"
        );
    }
}

#[test]
fn built_in_schemes_and_assessments_follow_their_schemas() {
    for id in built_in_ids() {
        let scheme = built_in(id).unwrap();
        let document = serde_json::to_value(scheme).unwrap();
        assert!(accepts(&schema::scheme(), &document), "{id}");
        assert_eq!(Scheme::from_value(document).as_ref(), Ok(scheme));
    }
    let build = Build::q1().present(40).lectures(&["2026-01-14", "2026-01-14"]);
    let records = build.records();
    let calendar = calendar::Calendar::built_in();
    let answer = assess::assess(
        Scheme::of(&records).unwrap(),
        &records,
        calendar,
        records.posting.start,
    );
    assert!(accepts(
        &schema::assessment(),
        &serde_json::to_value(answer.unwrap()).unwrap()
    ));
}

#[test]
fn what_the_schema_of_records_accepts_and_refuses_the_reader_does_too() {
    let day = |extra: Value| {
        let mut document = Build::q1().document;
        let mut day = json!({"date": "2026-01-05"});
        day.as_object_mut()
            .unwrap()
            .extend(extra.as_object().unwrap().clone());
        document["days"] = json!([day]);
        document
    };
    let mut with_scheme = Build::q1().document;
    with_scheme["scheme_document"] = serde_json::to_value(built_in("rotation_3m").unwrap()).unwrap();
    let table = [
        (true, Build::q1().document),
        (true, with_scheme),
        (
            true,
            day(json!({"note": null, "tallies": null, "morning": null, "extra": {"x": 1}})),
        ),
        (true, day(json!({"tallies": {"operations": 0, "papers": null}}))),
        (false, day(json!({"tallies": {"operations": -1}}))),
        (false, day(json!({"tallies": {"operations": 1_000_001}}))),
        (false, day(json!({"morning": "leave"}))),
        (false, day(json!({"note": "长".repeat(10_001)}))),
        (false, day(json!({"weather": "rain"}))),
        (false, json!({"format": "xiaxiangzhi.posting", "version": 1})),
        (false, json!([])),
    ];
    for (fine, document) in table {
        assert_eq!(accepts(&schema::records(), &document), fine, "schema: {document}");
        assert_eq!(
            Records::from_value(document.clone()).is_ok(),
            fine,
            "reader: {document}"
        );
    }
}
