//! What a record was, the way back, the recycle bin, erasing, and the names of steps.

use crate::support::{Clinic, profile};
use serde_json::{Value, json};

const DAY: &str = "2026-03-19";

fn history(clinic: &Clinic, entity: &str, key: &str) -> Value {
    clinic.ok("record_history", json!({"entity": entity, "key": key}))
}

/// `name: before -> after`, in Chinese.
fn changes(version: &Value) -> Vec<String> {
    let text = |label: &Value| label["zh"].as_str().unwrap_or("—").to_owned();
    let changes = version["changes"].as_array().unwrap().iter();
    changes
        .map(|change| {
            let [name, before, after] = ["name", "before", "after"].map(|field| text(&change[field]));
            format!("{name}: {before} -> {after}")
        })
        .collect()
}

fn hows(history: &Value) -> Vec<&str> {
    let versions = history["versions"].as_array().unwrap().iter();
    versions.map(|version| version["how"].as_str().unwrap()).collect()
}

#[test]
fn a_day_tells_what_it_was_and_goes_back_in_one_step() {
    let mut clinic = Clinic::with_posting();
    clinic.day(DAY, 20);
    clinic.day(DAY, 23);
    clinic.ok("undo", Value::Null);
    clinic.ok("redo", Value::Null);
    clinic = clinic.restart("2026-03-21T01:00:00Z");
    clinic.save("day", DAY, Value::Null);
    let told = history(&clinic, "day", DAY);
    assert_eq!(told["name"]["zh"], "3月19日 的记录");
    assert_eq!(hows(&told), ["removed", "redone", "undone", "changed", "entered"]);
    let versions = &told["versions"];
    assert_eq!(changes(&versions[3]), ["门诊: 20 人次 -> 23 人次"]);
    assert_eq!(changes(&versions[2]), ["门诊: 23 人次 -> 20 人次"]);
    assert_eq!(
        changes(&versions[4]),
        [
            "上午: — -> 出勤",
            "下午: — -> 出勤",
            "门诊: — -> 20 人次",
            "记录: — -> 内科门诊"
        ]
    );
    assert_eq!(versions[0]["current"], true);
    assert_eq!(versions[4]["late_days"], 0);

    let n = versions[4]["n"].clone();
    let view = clinic.ok("go_back", json!({"entity": "day", "key": DAY, "n": n}));
    assert_eq!(view["records"]["days"][0]["tallies"]["outpatient_visits"], 20);
    let told = history(&clinic, "day", DAY);
    assert_eq!(hows(&told)[0], "went_back");
    assert_eq!(told["versions"][0]["as_at"], crate::support::NOW);
    assert_eq!(told["versions"][0]["late_days"], 2, "went back two days later");
    let view = clinic.ok("undo", Value::Null);
    assert_eq!(view["records"]["days"], json!([]));

    let refusal = clinic.refused("go_back", json!({"entity": "day", "key": DAY, "n": 1}));
    assert_eq!(refusal["code"], "no_such_version");
    assert_eq!(history(&clinic, "day", "2026-03-01")["versions"], json!([]));
    assert_eq!(
        clinic.refused("record_history", json!({"entity": "extra", "key": "extra"}))["code"],
        "bad_request"
    );
}

#[test]
fn going_back_keeps_the_rules_of_a_form() {
    let mut clinic = Clinic::with_posting();
    clinic.day(DAY, 20);
    clinic.save("day", DAY, Value::Null);
    let id = clinic.id();
    let leave = json!({"id": id, "kind": "sick_leave", "from": DAY, "from_half": "morning", "to": DAY, "to_half": "afternoon"});
    clinic.save("leave", &id, leave);
    let n = history(&clinic, "day", DAY)["versions"][1]["n"].clone();
    let refusal = clinic.refused("go_back", json!({"entity": "day", "key": DAY, "n": n}));
    assert_eq!(refusal["code"], "present_during_leave");
}

#[test]
fn every_kind_of_record_has_a_history() {
    let mut clinic = Clinic::with_posting();
    let mut posting = profile();
    posting["recipient_unit"] = json!("白塔镇卫生院");
    clinic.save("posting", "posting", posting);
    clinic.save(
        "summary",
        "summary",
        json!({"self_appraisal": "认真负责", "suggestions": null}),
    );
    clinic.save(
        "document",
        "posting_summary",
        json!({"kind": "posting_summary", "submitted_on": DAY}),
    );
    let problem = clinic.id();
    clinic.save(
        "problem",
        &problem,
        json!({"id": problem, "date": DAY, "problem": "病历书写不规范"}),
    );
    clinic.save(
        "calendar_override",
        "2026-03-07",
        json!({"date": "2026-03-07", "kind": "workday", "reason": "值班"}),
    );
    let table = [
        (
            "posting",
            "posting",
            "个人与单位",
            "受援单位: 河口镇中心卫生院 -> 白塔镇卫生院",
        ),
        ("summary", "summary", "自我鉴定和建议", "自我鉴定: — -> 认真负责"),
        (
            "document",
            "posting_summary",
            "下乡总结的上交日期",
            "上交日期: — -> 2026年3月19日",
        ),
        (
            "problem",
            &problem,
            "3月19日 帮扶日记「病历书写不规范」",
            "问题: — -> 病历书写不规范",
        ),
        (
            "calendar_override",
            "2026-03-07",
            "3月7日 的安排",
            "安排: — -> 工作日",
        ),
    ];
    for (entity, key, name, change) in table {
        let told = history(&clinic, entity, key);
        assert_eq!((&told["name"]["zh"], &told["key"]), (&json!(name), &json!(key)));
        let changes = changes(&told["versions"][0]);
        assert!(changes.contains(&change.to_owned()), "{entity}: {changes:?}");
    }
}

#[test]
fn what_was_removed_lies_in_the_bin_and_is_put_back() {
    let mut clinic = Clinic::with_posting();
    let view = clinic.activity("lecture", "2026-03-02");
    let id = view["records"]["activities"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(clinic.ok("recycle_bin", Value::Null), json!([]));
    let view = clinic.save("activity", &id, Value::Null);
    let name = "3月2日 授课《高血压分级管理》";
    assert_eq!(view["undo"]["name"]["zh"], name, "an undo names what is gone");
    assert_eq!(view["undo"]["stays"], true);
    let bin = clinic.ok("recycle_bin", Value::Null);
    assert_eq!(bin[0]["name"]["zh"], name);
    assert_eq!(bin[0]["at"], crate::support::NOW);
    assert_eq!(
        changes(&json!({"changes": bin[0]["held"]}))[2],
        "题目: — -> 高血压分级管理"
    );

    clinic = clinic.restart("2026-03-20T01:00:00Z");
    let back = json!({"entity": "activity", "key": id, "n": bin[0]["n"]});
    let view = clinic.ok("go_back", back);
    assert_eq!(view["records"]["activities"][0]["title"], "高血压分级管理");
    assert_eq!(clinic.ok("recycle_bin", Value::Null), json!([]));
    let view = clinic.ok("undo", Value::Null);
    assert_eq!(view["records"]["activities"], json!([]));
    assert_eq!(view["redo"]["name"]["zh"], name);
    assert_eq!(clinic.ok("recycle_bin", Value::Null).as_array().unwrap().len(), 1);
}

#[test]
fn steps_are_named_by_the_record_they_touch() {
    let mut clinic = Clinic::with_posting();
    assert_eq!(clinic.ok("posting_view", Value::Null)["undo"], Value::Null);
    let view = clinic.day("2026-03-02", 5);
    assert_eq!(
        view["undo"]["name"],
        json!({"zh": "3月2日 的记录", "en": "the entry of 2 March"})
    );
    assert_eq!(
        (&view["undo"]["records"], &view["undo"]["stays"]),
        (&json!(1), &json!(false))
    );
    let days = ["2026-03-03", "2026-03-04"].map(|date| {
        clinic.change(
            "day",
            date,
            json!({"date": date, "morning": "present", "note": "门诊"}),
        )
    });
    let view = clinic.ok("save", json!({"changes": days}));
    assert_eq!(
        (&view["undo"]["name"]["zh"], &view["undo"]["records"]),
        (&json!("3月3日 的记录"), &json!(2))
    );
}

#[test]
fn an_erased_text_is_gone_from_history_drafts_phrases_and_bin() {
    let mut clinic = Clinic::with_posting();
    let secret = "患者钱某某";
    let day = |note: &str| json!({"date": DAY, "morning": "present", "afternoon": "present", "note": note, "tallies": {}});
    clinic.save("day", DAY, day(secret));
    clinic.save("day", DAY, day("门诊，改掉了"));
    clinic.ok(
        "save_draft",
        json!({"entity": "day", "key": DAY, "value": day("门诊，患者钱某某复诊")}),
    );
    let repeated = json!({"date": "2026-03-18", "note": format!("昨天的{secret}")});
    clinic.ok(
        "save_draft",
        json!({"entity": "day", "key": "2026-03-18", "value": repeated}),
    );
    let other = json!({"date": "2026-03-17", "note": "还没写完的别的一天"});
    clinic.ok(
        "save_draft",
        json!({"entity": "day", "key": "2026-03-17", "value": other}),
    );
    clinic.ok("backup_now", Value::Null);
    let before = history(&clinic, "day", DAY);
    assert_eq!(before["texts"], 2);
    assert_eq!(before["copies"]["backups"], 1);
    assert_eq!(before["copies"]["last_backup_at"], crate::support::NOW);
    assert_eq!(
        (&before["copies"]["exports"], &before["copies"]["last_export_at"]),
        (&json!(0), &Value::Null)
    );

    let view = clinic.ok("erase_texts", json!({"entity": "day", "key": DAY}));
    let told = history(&clinic, "day", DAY);
    for (what, answer) in [("view", &view), ("history", &told)] {
        assert!(!answer.to_string().contains(secret), "{what}: {answer:#}");
    }
    assert_eq!(told["texts"], 0);
    assert_eq!(view["records"]["days"][0]["note"], "〔已抹去〕");
    assert_eq!(
        view["assessment"]["attendance"]["attended_half_days"], 2,
        "the day still counts"
    );
    assert_eq!(
        view["drafts"].as_array().unwrap().len(),
        1,
        "the draft of another record stays"
    );
    assert_eq!(view["drafts"][0]["key"], "2026-03-17");
    assert!(
        !view["phrases"].to_string().contains("已抹去"),
        "nobody writes that by a phrase"
    );
    let undone = clinic.ok("undo", Value::Null);
    assert_eq!(
        undone["records"]["days"][0]["note"], "〔已抹去〕",
        "an undo does not bring it back"
    );
}

#[test]
fn exports_are_named_as_copies() {
    let clinic = Clinic::with_posting();
    clinic.answer(&clinic.path("out.xxz"));
    clinic.ok("export_review_file", Value::Null);
    let copies = &history(&clinic, "day", DAY)["copies"];
    assert_eq!(
        (&copies["exports"], &copies["last_export_at"]),
        (&json!(1), &json!(crate::support::NOW))
    );
}

#[test]
fn an_identity_is_warned_about_in_any_text_before_anything_is_stored() {
    let mut clinic = Clinic::new();
    let typed = [
        clinic.change("day", DAY, json!({"note": "复诊 11010519491231002X"})),
        clinic.change(
            "activity",
            "x",
            json!({"title": "138 1234 5678", "note": "住院号 123456"}),
        ),
        clinic.change("leave", "x", json!({"reason": "家事"})),
        clinic.change("leave", "x", Value::Null),
    ];
    let warnings = clinic.ok("text_warnings", json!({"changes": typed}));
    let told: Vec<[&str; 3]> = warnings
        .as_array()
        .unwrap()
        .iter()
        .map(|warning| ["entity", "field", "identity"].map(|field| warning[field].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            ["day", "/note", "id_card"],
            ["activity", "/title", "mobile"],
            ["activity", "/note", "inpatient"]
        ]
    );
}
