//! Loading a year's holidays: read first, then saved like any other change.

use crate::support::{Clinic, profile};
use serde_json::{Value, json};

/// Invented: the real notice of that year is not known yet.
const NOTICE: &str = "国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕99号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至12日（周五）放假调休，共8天。2月14日（周日）、2月20日（周六）上班。
";

fn clinic() -> Clinic {
    let clinic = Clinic::new();
    let mut profile = profile();
    (profile["start"], profile["end"]) = (json!("2026-10-05"), json!("2027-01-03"));
    clinic.ok("create_posting", json!({"profile": profile}));
    clinic
}

fn read(clinic: &Clinic, text: &str) -> Value {
    clinic.ok("read_arrangement", json!({"text": text}))
}

fn provisional(view: &Value) -> &Value {
    &view["assessment"]["calendar"]["provisional_years"]
}

#[test]
fn a_notice_is_read_saved_as_one_step_and_harmless_a_second_time() {
    let clinic = clinic();
    assert_eq!(provisional(&clinic.ok("posting_view", json!({}))), &json!([2027]));
    let answer = read(&clinic, NOTICE);
    assert_eq!(
        (&answer["reading"]["year"], &answer["file"]),
        (&json!(2027), &Value::Null)
    );
    assert_eq!(answer["effects"].as_array().unwrap().len(), 13);
    assert_eq!(answer["changes"].as_array().unwrap().len(), 13);
    let before = clinic.ok("posting_view", json!({}));
    assert_eq!(
        before["records"]["calendar_overrides"],
        json!([]),
        "reading stores nothing"
    );

    let foreseen = clinic.ok("preview", json!({"changes": answer["changes"]}));
    let view = clinic.ok("save", json!({"changes": answer["changes"]}));
    assert_eq!(view["assessment"], foreseen);
    assert_eq!(provisional(&view), &json!([]));
    assert_eq!(
        view["records"]["calendar_overrides"][0],
        json!({"date": "2027-01-01", "kind": "rest_day", "holiday": "元旦", "arrangement_year": 2027,
               "reason": "《国务院办公厅关于2027年部分节假日安排的通知》国办发明电〔2026〕99号"})
    );
    let day = &view["calendar"].as_array().unwrap()[88];
    assert_eq!(
        (&day["date"], &day["holiday"], &day["name"], &day["provisional"]),
        (&json!("2027-01-01"), &json!(true), &json!("元旦"), &json!(false))
    );

    let again = read(&clinic, NOTICE);
    assert_eq!(again["changes"], json!([]));
    assert!(
        again["effects"]
            .as_array()
            .unwrap()
            .iter()
            .all(|effect| effect == "already")
    );

    let back = clinic.ok("undo", json!({}));
    assert_eq!(back["records"]["calendar_overrides"], json!([]));
    assert_eq!(provisional(&back), &json!([2027]));
}

#[test]
fn a_file_is_opened_by_its_content_and_a_cancelled_dialog_is_no_fault() {
    let clinic = clinic();
    assert_eq!(clinic.ok("open_arrangement", json!({})), Value::Null);
    let path = clinic.path("通知.txt");
    std::fs::write(&path, NOTICE).unwrap();
    clinic.answer(&path);
    let answer = clinic.ok("open_arrangement", json!({}));
    assert_eq!(
        (&answer["file"], &answer["text"]),
        (&json!("通知.txt"), &json!(NOTICE))
    );
    std::fs::write(&path, b"PK\x03\x04\0\0").unwrap();
    assert_eq!(
        clinic.refused("open_arrangement", json!({}))["code"],
        "not_a_text"
    );
    std::fs::write(&path, "1".repeat(1_000_001)).unwrap();
    assert_eq!(
        clinic.refused("open_arrangement", json!({}))["code"],
        "not_a_text"
    );
    std::fs::remove_file(&path).unwrap();
    assert_eq!(
        clinic.refused("open_arrangement", json!({}))["code"],
        "file_not_read"
    );
}

#[test]
fn json_without_overrides_is_refused_in_words_and_changes_nothing() {
    let clinic = clinic();
    for text in ["{", "[1]", "[{\"date\": \"2027-02-30\", \"kind\": \"workday\"}]"] {
        let refusal = clinic.refused("read_arrangement", json!({"text": text}));
        assert!(
            refusal["what"]["zh"]
                .as_str()
                .unwrap()
                .starts_with("这份 JSON 读不成放假安排"),
            "{refusal}"
        );
        assert_eq!(refusal["safe"]["zh"], "数据没有改动。");
    }
    let huge = "一".repeat(400_000);
    assert_eq!(
        clinic.refused("read_arrangement", json!({"text": huge}))["code"],
        "too_big"
    );
    let nothing = read(&clinic, "今天门诊 23 人次。");
    assert_eq!(
        (&nothing["reading"]["days"], &nothing["changes"]),
        (&json!([]), &json!([]))
    );
}
