//! The posting's own statistics.

use crate::support::Clinic;
use serde_json::{Value, json};

fn add(clinic: &Clinic, name: &str, unit: &str) -> Value {
    clinic.ok("set_tally_item", json!({"key": null, "name": name, "unit": unit}))
}

#[test]
fn an_own_statistic_is_counted_renamed_and_removed() {
    let mut clinic = Clinic::with_posting();
    let view = add(&clinic, " 针灸 ", "人次");
    assert_eq!(
        view["records"]["tally_items"],
        json!([{"key": "own_1", "label": "针灸", "unit": "人次"}])
    );
    let day = |date: &str, n: u32| json!({"date": date, "morning": "present", "tallies": {"own_1": n, "outpatient_visits": 5}});
    clinic.save("day", "2026-03-17", day("2026-03-17", 3));
    let view = clinic.save("day", "2026-03-18", day("2026-03-18", 4));
    assert_eq!(view["assessment"]["tallies"]["own_1"], 7);
    assert_eq!(view["records"]["days"][1]["tallies"]["own_1"], 4);
    let told = clinic.ok("record_history", json!({"entity": "day", "key": "2026-03-18"}));
    let names: Vec<&Value> = told["versions"][0]["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| &change["name"]["zh"])
        .collect();
    assert!(names.contains(&&json!("针灸")), "{names:?}");

    let view = clinic.ok(
        "set_tally_item",
        json!({"key": "own_1", "name": "针灸推拿", "unit": ""}),
    );
    assert_eq!(
        view["records"]["tally_items"],
        json!([{"key": "own_1", "label": "针灸推拿", "unit": null}])
    );
    assert_eq!(view["assessment"]["tallies"]["own_1"], 7);

    let view = clinic.ok("remove_tally_item", json!({"key": "own_1"}));
    assert_eq!(view["records"].get("tally_items"), None);
    assert_eq!(view["assessment"]["tallies"], json!({"outpatient_visits": 10}));
    let view = add(&clinic, "理疗", "人次");
    assert_eq!(
        view["records"]["tally_items"][0]["key"], "own_2",
        "an old key never means something else"
    );
    clinic.ok("undo", Value::Null);
    let view = clinic.ok("undo", Value::Null);
    assert_eq!(
        view["assessment"]["tallies"]["own_1"], 7,
        "one undo brings it and its counts back"
    );
}

#[test]
fn a_statistic_needs_a_name_that_is_not_taken() {
    let clinic = Clinic::with_posting();
    add(&clinic, "针灸", "人次");
    for (name, code) in [
        ("  ", "tally_without_name"),
        ("针灸", "tally_name_taken"),
        ("门诊", "tally_name_taken"),
    ] {
        let refusal = clinic.refused("set_tally_item", json!({"key": null, "name": name, "unit": ""}));
        assert_eq!(refusal["code"], code, "{name}");
    }
    let same = clinic.ok(
        "set_tally_item",
        json!({"key": "own_1", "name": "针灸", "unit": "次"}),
    );
    assert_eq!(same["records"]["tally_items"][0]["unit"], "次");
    let refusal = clinic.refused(
        "set_tally_item",
        json!({"key": "own_9", "name": "别的", "unit": ""}),
    );
    assert_eq!(refusal["code"], "bad_request");
    let refusal = clinic.refused(
        "set_tally_item",
        json!({"key": null, "name": "长".repeat(201), "unit": ""}),
    );
    assert_eq!(refusal["faults"][0]["field"], "/label");
}
