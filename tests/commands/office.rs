//! The office file: made by an office, looked at and taken by a physician; a key that changed, and files that are none.

use crate::support::{Clinic, NOW, profile};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Invented: the real notice of that year is not known yet.
const NOTICE: &str = "国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕99号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
";

/// An office's computer with a scheme of its own, in which lectures lie so many days apart.
fn office(gap: u32) -> Clinic {
    let clinic = Clinic::new();
    let profile = json!({"hospital": "云州市第二人民医院", "office": "医务部", "name": "孙静"});
    clinic.ok(
        "change_settings",
        json!({"change": {"role": "supervisor", "office": profile}}),
    );
    let all = clinic.ok("schemes", Value::Null);
    let mut scheme = all["schemes"][0]["scheme"].clone();
    scheme["title"] = json!({"zh": "三月轮换（本院修订）", "en": ""});
    scheme["duties"][0]["minimum_gap_days"] = json!(gap);
    clinic.ok("keep_scheme", json!({"scheme": scheme}));
    clinic
}

fn with_holidays(clinic: &Clinic) -> Value {
    let notice = clinic.path("notice.txt");
    std::fs::write(&notice, NOTICE).unwrap();
    clinic.answer(&notice);
    clinic.ok("load_office_holidays", Value::Null)
}

fn made(clinic: &Clinic) -> PathBuf {
    let path = clinic.path("office.xxz");
    clinic.answer(&path);
    clinic.ok("export_office_file", json!({"schemes": ["rotation_3m_own"]}));
    path
}

fn look(clinic: &Clinic, path: &Path) -> Value {
    clinic.app.offer(path.to_owned());
    clinic.ok("look_at_office_file", json!({"path": path}))
}

fn known(clinic: &Clinic) -> Vec<Value> {
    clinic
        .ok("known_offices", Value::Null)
        .as_array()
        .unwrap()
        .clone()
}

#[test]
fn an_office_file_brings_scheme_holidays_and_a_key_that_is_trusted_then() {
    let office = office(10);
    let offer = with_holidays(&office);
    assert_eq!(offer["years"], json!([{"year": 2027, "days": 3}]));
    assert_eq!(offer["hospital"], "云州市第二人民医院");
    let path = made(&office);
    let signed_by = office.ok("office_file_offer", Value::Null)["fingerprint"].clone();
    assert!(
        office
            .desk
            .asked
            .lock()
            .unwrap()
            .iter()
            .any(|name| name == "医务部文件_云州市第二人民医院.xxz")
    );

    let clinic = Clinic::new();
    let seen = look(&clinic, &path);
    assert_eq!(
        (&seen["hospital"], &seen["office"]),
        (&json!("云州市第二人民医院"), &json!("医务部"))
    );
    assert_eq!(
        (&seen["key"], &seen["fingerprint"]),
        (&json!("first"), &signed_by)
    );
    assert_eq!((&seen["at"], &seen["file"]), (&json!(NOW), &json!("office.xxz")));
    assert_eq!(
        seen["schemes"],
        json!([{"id": "rotation_3m_own", "version": 1, "title": {"zh": "三月轮换（本院修订）", "en": ""},
                "taken": "added"}])
    );
    assert_eq!(seen["years"], offer["years"]);
    assert_eq!(known(&clinic), Vec::<Value>::new(), "looking takes nothing");
    assert_eq!(
        clinic.ok("schemes", Value::Null)["schemes"]
            .as_array()
            .unwrap()
            .len(),
        11
    );

    let taken = clinic.ok("take_office_file", json!({"id": seen["id"], "fingerprint": null}));
    assert_eq!(taken[0]["fingerprint"], signed_by);
    let mut profile = profile();
    profile["scheme"] = json!("rotation_3m_own");
    (profile["start"], profile["end"]) = (json!("2026-10-05"), json!("2027-01-03"));
    let view = clinic.ok("create_posting", json!({"profile": profile}));
    assert_eq!(view["scheme"]["duties"][0]["minimum_gap_days"], 10);
    assert_eq!(
        view["assessment"]["calendar"]["provisional_years"],
        json!([]),
        "its holidays count"
    );
    let again = look(&clinic, &path);
    assert_eq!(
        (&again["key"], &again["schemes"][0]["taken"]),
        (&json!("known"), &json!("here"))
    );
    assert_eq!(again["posting_days"], 0);
}

#[test]
fn its_holidays_come_into_the_running_posting_as_one_step_that_can_be_taken_back() {
    let office = office(7);
    with_holidays(&office);
    let path = made(&office);
    let clinic = Clinic::new();
    let mut profile = profile();
    (profile["start"], profile["end"]) = (json!("2026-10-05"), json!("2027-01-03"));
    clinic.ok("create_posting", json!({"profile": profile}));
    let seen = look(&clinic, &path);
    assert_eq!(seen["posting_days"], 3);
    clinic.ok("take_office_file", json!({"id": seen["id"], "fingerprint": null}));
    let view = clinic.ok("posting_view", Value::Null);
    assert_eq!(view["records"]["calendar_overrides"].as_array().unwrap().len(), 3);
    assert_eq!(
        view["records"]["posting"]["scheme"], "rotation_3m",
        "the running posting keeps its scheme"
    );
    let back = clinic.ok("undo", Value::Null);
    assert_eq!(back["records"]["calendar_overrides"], json!([]));
}

#[test]
fn a_key_that_changed_is_taken_only_by_its_fingerprint_and_replaces_the_one_before() {
    let (before, after) = (office(7), office(10));
    let (first, other) = (made(&before), made(&after));
    let clinic = Clinic::new();
    let seen = look(&clinic, &first);
    clinic.ok("take_office_file", json!({"id": seen["id"], "fingerprint": null}));

    let seen = look(&clinic, &other);
    assert_eq!(seen["key"], "changed");
    assert_eq!(seen["known"].as_array().unwrap().len(), 1);
    assert_eq!(seen["schemes"][0]["taken"], "replaced");
    for said in [Value::Null, seen["known"][0]["fingerprint"].clone()] {
        let refusal = clinic.refused("take_office_file", json!({"id": seen["id"], "fingerprint": said}));
        assert_eq!(refusal["code"], "office_key_changed");
    }
    let gap = |clinic: &Clinic| {
        let all = clinic.ok("schemes", Value::Null);
        all["schemes"][11]["scheme"]["duties"][0]["minimum_gap_days"].clone()
    };
    assert_eq!(gap(&clinic), 7, "nothing was taken");
    let taken = clinic.ok(
        "take_office_file",
        json!({"id": seen["id"], "fingerprint": seen["fingerprint"]}),
    );
    assert_eq!(
        taken.as_array().unwrap().len(),
        1,
        "the key before is trusted no more"
    );
    assert_eq!(taken[0]["fingerprint"], seen["fingerprint"]);
    assert_eq!(gap(&clinic), 10);
}

#[test]
fn an_office_of_another_name_is_told_apart() {
    let clinic = Clinic::new();
    let seen = look(&clinic, &made(&office(7)));
    clinic.ok("take_office_file", json!({"id": seen["id"], "fingerprint": null}));
    let stranger = office(7);
    let profile = json!({"hospital": "望山市人民医院", "office": "医务部", "name": ""});
    stranger.ok("change_settings", json!({"change": {"office": profile}}));
    assert_eq!(look(&clinic, &made(&stranger))["key"], "other_office");
}

#[test]
fn what_is_no_office_file_or_was_altered_takes_nothing() {
    let office = office(7);
    let path = made(&office);
    let clinic = Clinic::with_posting();
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let altered = clinic.path("altered.xxz");
    std::fs::write(&altered, &bytes).unwrap();
    clinic.app.offer(altered.clone());
    let refusal = clinic.refused("look_at_office_file", json!({"path": altered}));
    assert_eq!(refusal["code"], "not_an_office_file");

    // A posting's file that was given is for the reviewer's screen; chosen as an office's it is refused.
    let posting = clinic.path("posting.xxz");
    clinic.answer(&posting);
    clinic.ok("export_review_file", json!({"pictures": []}));
    assert_eq!(look(&clinic, &posting), Value::Null);
    let refusal = clinic.refused("look_at_office_file", json!({"path": null}));
    assert_eq!(refusal["code"], "not_an_office_file");
    let stranger = json!({"path": clinic.path("unoffered.xxz")});
    assert_eq!(
        clinic.refused("look_at_office_file", stranger)["code"],
        "bad_request"
    );
    assert_eq!(known(&clinic), Vec::<Value>::new());
}

#[test]
fn a_hospital_without_a_name_makes_no_file() {
    let clinic = Clinic::new();
    clinic.ok("change_settings", json!({"change": {"role": "supervisor"}}));
    let refusal = clinic.refused("export_office_file", json!({"schemes": ["rotation_3m"]}));
    assert_eq!(refusal["code"], "office_unnamed");
    assert_eq!(
        clinic.ok("office_file_offer", Value::Null)["fingerprint"],
        Value::Null,
        "no key was made"
    );
}
