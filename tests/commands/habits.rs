//! What is offered, what is brought to mind, and how both are silenced: across restarts.

use crate::support::{Clinic, NOW};
use serde_json::{Value, json};

/// The evening after [`NOW`].
const NEXT_DAY: &str = "2026-03-20T09:32:08Z";

fn view(clinic: &Clinic) -> Value {
    clinic.ok("posting_view", Value::Null)
}

fn stakes(clinic: &Clinic) -> Vec<Value> {
    let now = view(clinic)["reminders"]["now"].clone();
    now.as_array()
        .unwrap()
        .iter()
        .map(|stake| stake["of"].clone())
        .collect()
}

fn with_three_lectures() -> Clinic {
    let mut clinic = Clinic::with_posting();
    for date in ["2026-01-14", "2026-01-28", "2026-03-13"] {
        clinic.activity("lecture", date);
    }
    clinic
}

#[test]
fn a_stake_is_shown_once_a_day_also_across_restarts() {
    let clinic = with_three_lectures();
    let told = view(&clinic)["reminders"]["now"].clone();
    assert_eq!(
        told.as_array()
            .unwrap()
            .iter()
            .find(|stake| stake["of"] == "teaching"),
        Some(&json!({"stake": "duty", "of": "teaching", "date": "2026-04-05", "left": 1}))
    );
    // Not shown yet, so it comes again.
    let clinic = clinic.restart(NOW);
    assert!(stakes(&clinic).contains(&json!("teaching")));
    let after = clinic.ok("set_reminders", json!({"to": "shown"}));
    assert_eq!(after["reminders"], json!({"on": true, "now": []}));
    let clinic = clinic.restart("2026-03-19T15:59:59Z");
    assert!(stakes(&clinic).is_empty(), "the same day in China");
    let clinic = clinic.restart("2026-03-19T16:00:00Z");
    assert!(stakes(&clinic).contains(&json!("teaching")), "a new day");
}

#[test]
fn reminders_are_silenced_for_one_posting_and_wanted_again() {
    let mut clinic = with_three_lectures();
    let first = view(&clinic)["log_id"].clone();
    let off = clinic.ok("set_reminders", json!({"to": "off"}));
    assert_eq!(off["reminders"], json!({"on": false, "now": []}));
    clinic = clinic.restart(NEXT_DAY);
    assert_eq!(view(&clinic)["reminders"], json!({"on": false, "now": []}));
    // Another posting on this computer is not silenced with it.
    let sample = clinic.ok("create_sample", Value::Null);
    assert_eq!(sample["reminders"]["on"], true);
    clinic.ok("open_posting", json!({"logId": first}));
    clinic.ok("set_reminders", json!({"to": "on"}));
    assert!(stakes(&clinic).contains(&json!("teaching")));
}

#[test]
fn a_phrase_that_is_not_wanted_is_offered_nowhere_until_it_is_again() {
    let mut clinic = Clinic::with_posting();
    for date in ["2026-03-16", "2026-03-17", "2026-03-18"] {
        clinic.day(date, 20);
    }
    let offers = |clinic: &Clinic| clinic.ok("day_offers", json!({"dates": ["2026-03-19", "2026-03-10"]}));
    let told = offers(&clinic);
    assert_eq!(
        (&told[0]["date"], &told[1]["date"]),
        (&json!("2026-03-19"), &json!("2026-03-10"))
    );
    assert_eq!(told[0]["phrases"][0], "内科门诊");
    assert_eq!(told[0]["last"]["tallies"], json!({"outpatient_visits": 20}));
    assert_eq!(told[1]["last"], Value::Null, "nothing comes before it");

    let known = clinic.ok("want_phrase", json!({"text": "内科门诊", "wanted": false}));
    let own = known
        .as_array()
        .unwrap()
        .iter()
        .find(|phrase| phrase["text"] == "内科门诊");
    assert_eq!(
        own,
        Some(&json!({"text": "内科门诊", "days": 3, "last": "2026-03-18", "wanted": false}))
    );
    let clinic = clinic.restart(NEXT_DAY);
    let told = offers(&clinic);
    for list in [&told[0]["phrases"], &told[0]["parts"], &view(&clinic)["phrases"]] {
        assert!(!list.as_array().unwrap().contains(&json!("内科门诊")), "{list}");
    }
    assert_eq!(
        view(&clinic)["records"]["days"][2]["note"],
        "内科门诊",
        "the notes stay as they are"
    );
    clinic.ok("want_phrase", json!({"text": "内科门诊", "wanted": true}));
    assert_eq!(view(&clinic)["phrases"][0], "内科门诊");
}

/// What the program keeps about habits, as it lies in the database.
fn kept(clinic: &Clinic) -> String {
    let log_id = view(clinic)["log_id"].as_str().unwrap().parse().unwrap();
    let store = xiaxiangzhi_store::Store::open_for_reading(&clinic.path("data")).unwrap();
    store
        .posting_setting(log_id, "habits")
        .unwrap()
        .unwrap_or_default()
}

#[test]
fn an_erased_text_leaves_nothing_behind_in_what_is_not_wanted() {
    let mut clinic = Clinic::with_posting();
    clinic.save(
        "day",
        "2026-03-18",
        json!({"date": "2026-03-18", "morning": "present", "note": "王某某复诊", "tallies": {}}),
    );
    clinic.ok("want_phrase", json!({"text": "王某某复诊", "wanted": false}));
    clinic.ok("want_phrase", json!({"text": "内科门诊", "wanted": false}));
    assert!(
        !kept(&clinic).contains("王某某"),
        "not even before, in plain words"
    );
    assert_eq!(hashes(&kept(&clinic)), 2);
    clinic.ok("erase_texts", json!({"entity": "day", "key": "2026-03-18"}));
    assert_eq!(hashes(&kept(&clinic)), 1, "the other one stays");
}

fn hashes(kept: &str) -> usize {
    let kept: Value = serde_json::from_str(kept).unwrap();
    kept["unwanted"].as_array().unwrap().len()
}

#[test]
fn a_posting_takes_its_habits_along_when_it_is_deleted() {
    let clinic = Clinic::with_posting();
    clinic.ok("set_reminders", json!({"to": "off"}));
    assert!(!kept(&clinic).is_empty());
    let log_id = view(&clinic)["log_id"].clone();
    clinic.ok("delete_posting", json!({"logId": log_id, "typed": "李晓梅"}));
    let store = xiaxiangzhi_store::Store::open_for_reading(&clinic.path("data")).unwrap();
    let id = log_id.as_str().unwrap().parse().unwrap();
    assert_eq!(store.posting_setting(id, "habits").unwrap(), None);
}
