//! The way back: a decision is taken in, its comments are answered, and what was approved is changed with a reason only.

use crate::support::{Clinic, NOW};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use xiaxiangzhi_core::log::{fingerprint, parse_instant, public_key};
use xiaxiangzhi_core::reviewfile::{Review, open_review};

const DAY: &str = "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a01";
const SUMMARY: &str = "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a02";

fn exported(clinic: &Clinic, name: &str) -> PathBuf {
    let path = clinic.path(name);
    clinic.answer(&path);
    clinic.ok("export_review_file", Value::Null);
    path
}

fn physician() -> Clinic {
    let mut physician = Clinic::with_posting();
    physician.day("2026-03-16", 31);
    physician.activity("lecture", "2026-03-02");
    physician
}

fn office(now: &str) -> Clinic {
    let office = Clinic::in_folder(tempfile::tempdir().unwrap(), now);
    let profile = json!({"hospital": "市第一人民医院", "office": "医务部", "name": "赵主任"});
    office.ok(
        "change_settings",
        json!({"change": {"role": "supervisor", "office": profile}}),
    );
    office
}

fn opened(office: &Clinic, path: &Path) -> Value {
    office.answer(path);
    office.ok("open_review_file", json!({"path": null}))["file"].clone()
}

fn decided(office: &Clinic, path: &Path, decision: &str) -> PathBuf {
    let file = opened(office, path);
    let comments = json!([
        {"id": DAY, "entity": "day", "key": "2026-03-16", "text": "这天下午在哪里？"},
        {"id": SUMMARY, "entity": "summary", "key": "summary", "text": "还没有写"},
    ]);
    let comments = if decision == "returned" {
        comments
    } else {
        json!([])
    };
    let grade = if decision == "approved" {
        json!("优秀")
    } else {
        Value::Null
    };
    let draft = json!({"decision": decision, "grade": grade, "opinion": "见各条", "comments": comments});
    office.answer(&office.path(&format!("{decision}.xxz")));
    let made = office.ok("decide_review", json!({"sha256": file["sha256"], "draft": draft}));
    PathBuf::from(made["paths"][0].as_str().unwrap())
}

fn looked(physician: &Clinic, path: &Path) -> Value {
    physician.answer(path);
    physician.ok("look_at_receipt", json!({"path": null}))
}

fn taken(physician: &Clinic, path: &Path) -> Value {
    let looked = looked(physician, path);
    physician.ok(
        "take_receipt",
        json!({"path": looked["path"], "fingerprint": looked["fingerprint"]}),
    )
}

#[test]
fn a_returned_file_comes_back_is_answered_corrected_and_approved() {
    let mut physician = physician();
    let first = exported(&physician, "一.xxz");
    let office = office("2026-03-20T02:00:00Z");
    let returned = decided(&office, &first, "returned");

    let look = looked(&physician, &returned);
    assert_eq!(look["key"], "first_seen");
    assert_eq!(look["reviewer"], "市第一人民医院 医务部 赵主任");
    assert_eq!(look["decision"], "returned");
    assert_eq!(look["taken"], false);
    assert_eq!(look["posting"]["physician"], "李晓梅");
    let before = physician.ok("posting_view", Value::Null);
    assert_eq!(
        before["review"]["receipts"],
        json!([]),
        "looking takes nothing in"
    );

    let view = taken(&physician, &returned);
    let receipt = &view["review"]["receipts"][0];
    assert_eq!(receipt["decision"], "returned");
    assert_eq!(receipt["counts"], true);
    assert_eq!(receipt["words"]["opinion"], "见各条");
    assert_eq!(receipt["words"]["reviewer"], "赵主任");
    assert_eq!(receipt["taken_at"], NOW);
    assert_eq!(view["review"]["open_comments"], 2);
    assert_eq!(view["review"]["closed_at"], Value::Null);
    assert_eq!(
        view["records"], before["records"],
        "a receipt is no change of the records"
    );
    let comment = &receipt["comments"][0];
    assert_eq!(comment["name"]["zh"], "3月16日 的记录");
    assert_eq!(
        (&comment["present"], &comment["changed"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(receipt["comments"][1]["name"]["zh"], "自我鉴定和建议");
    // It is no step: what can be undone is what could be before.
    assert_eq!(view["undo"], before["undo"]);

    physician.day("2026-03-16", 28);
    let view = physician.ok(
        "answer_comment",
        json!({"comment": DAY, "text": "在家访，已补上", "corrected": true}),
    );
    let comment = &view["review"]["receipts"][0]["comments"][0];
    assert_eq!(comment["changed"], true);
    assert_eq!(comment["answer"]["text"], "在家访，已补上");
    assert_eq!(comment["answer"]["corrected"], true);
    assert_eq!(comment["answer"]["at"], NOW);
    assert_eq!(view["review"]["open_comments"], 1);

    // The answer travels with the next export, and stands beside the comment.
    let second = exported(&physician, "二.xxz");
    let file = opened(&office, &second);
    assert_eq!(file["decisions"].as_array().unwrap().len(), 1);
    assert_eq!(file["comments"][0]["answer"]["text"], "在家访，已补上");
    assert_eq!(file["comments"][0]["changed"], true);
    assert_eq!(file["comments"][1]["answer"], Value::Null);
    assert_eq!(file["receipts"][0]["decision"], "returned");
    assert_eq!(file["receipts"][0]["sha256"], file["decisions"][0]["sha256"]);
    assert_eq!(file["after_approval"], Value::Null);

    let approved = decided(&office, &second, "approved");
    assert_eq!(
        looked(&physician, &approved)["key"],
        "known",
        "the key of the decision before"
    );
    let view = physician.ok("take_receipt", json!({"path": approved, "fingerprint": null}));
    let receipts = view["review"]["receipts"].as_array().unwrap();
    assert_eq!(receipts.len(), 2);
    assert_eq!(
        (&receipts[0]["decision"], &receipts[0]["grade"]),
        (&json!("approved"), &json!("优秀"))
    );
    assert_eq!(
        (&receipts[0]["counts"], &receipts[1]["counts"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(view["review"]["closed_at"], "2026-03-20T02:00:00Z");
    assert_eq!(view["review"]["open_comments"], 1, "an old comment stays open");
}

#[test]
fn what_was_approved_is_changed_with_a_reason_only_and_it_shows() {
    let mut physician = physician();
    let first = exported(&physician, "一.xxz");
    let office = office("2026-03-20T02:00:00Z");
    let approved = decided(&office, &first, "approved");
    let view = taken(&physician, &approved);
    let head = view["head"]["n"].clone();

    let day = json!({"date": "2026-03-17", "morning": "present", "note": "门诊"});
    let change = physician.change("day", "2026-03-17", day.clone());
    let changes: [(&str, Value); 4] = [
        ("save", json!({"changes": [change]})),
        ("undo", Value::Null),
        (
            "set_tally_item",
            json!({"key": null, "name": "家访", "unit": "次"}),
        ),
        (
            "move_scheme",
            json!({"scheme": "county_tcm", "version": 1, "reason": "医务部通知改版"}),
        ),
    ];
    for (name, arguments) in &changes {
        let refused = physician.refused(name, arguments.clone());
        assert_eq!(refused["code"], "approved", "{name}");
    }
    // What is typed is kept as a draft all the same.
    physician.ok(
        "save_draft",
        json!({"entity": "day", "key": "2026-03-17", "value": day}),
    );
    let view = physician.ok("posting_view", Value::Null);
    assert_eq!(view["head"]["n"], head, "nothing was entered");
    assert_eq!(view["drafts"].as_array().unwrap().len(), 1);

    let nothing = physician.refused("give_reason", json!({"reason": "  "}));
    assert_eq!(nothing["code"], "reason_missing");
    let long = physician.refused("give_reason", json!({"reason": "长".repeat(201)}));
    assert_eq!(long["code"], "text_refused");
    let view = physician.ok("give_reason", json!({"reason": "补记一天家访"}));
    assert_eq!(view["review"]["closed_at"], Value::Null);
    assert_eq!(
        view["review"]["amendments"],
        json!([{"reason": "补记一天家访", "at": NOW}])
    );
    physician.ok("save", changes[0].1.clone());
    physician.day("2026-03-18", 9);

    let second = exported(&physician, "二.xxz");
    let after = opened(&office, &second)["after_approval"].clone();
    assert_eq!(after["approved_at"], "2026-03-20T02:00:00Z");
    assert_eq!(after["reasons"][0]["reason"], "补记一天家访");
    let changed: Vec<&str> = after["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| change["key"].as_str().unwrap())
        .collect();
    assert_eq!(changed, ["2026-03-17", "2026-03-18"]);

    // The next approval closes it again, and the next change needs a reason of its own.
    let again = decided(&office, &second, "approved");
    taken(&physician, &again);
    let change = physician.change(
        "day",
        "2026-03-19",
        json!({"date": "2026-03-19", "morning": "present"}),
    );
    let refused = physician.refused("save", json!({"changes": [change]}));
    assert_eq!(refused["code"], "approved");
    let third = exported(&physician, "三.xxz");
    assert_eq!(
        opened(&office, &third)["after_approval"],
        Value::Null,
        "the new approval covers it"
    );
}

/// A reason given and taken back before anything was changed closes the records again.
#[test]
fn a_reason_can_be_taken_back_like_a_step() {
    let mut physician = physician();
    let first = exported(&physician, "一.xxz");
    let office = office("2026-03-20T02:00:00Z");
    taken(&physician, &decided(&office, &first, "approved"));
    physician.ok("give_reason", json!({"reason": "补记"}));
    let view = physician.ok("undo", Value::Null);
    assert_ne!(view["review"]["closed_at"], Value::Null);
    assert_eq!(view["review"]["amendments"], json!([]));
    assert_eq!(
        physician.refused("undo", Value::Null)["code"],
        "approved",
        "what was approved is not taken back without one"
    );
    let view = physician.ok("redo", Value::Null);
    assert_eq!(view["review"]["closed_at"], Value::Null);
    physician.day("2026-03-18", 9);
}

#[test]
fn what_cannot_be_taken_in_is_refused_in_three_parts_and_changes_nothing() {
    let physician = physician();
    let first = exported(&physician, "一.xxz");
    let office = office("2026-03-20T02:00:00Z");
    let path = decided(&office, &first, "returned");
    let good = std::fs::read(&path).unwrap();
    let review = open_review(&good).unwrap().content;
    let signed = |change: fn(&mut Review)| {
        let mut other = review.clone();
        change(&mut other);
        other.write(&[9; 32], parse_instant(NOW).unwrap()).unwrap()
    };
    let mut altered = good.clone();
    let middle = altered.len() / 2;
    altered[middle] ^= 1;
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("one byte changed", altered, "altered"),
        ("cut", good[..good.len() - 40].to_vec(), "cut"),
        ("another format", b"%PDF-1.7".to_vec(), "not_a_review_file"),
        (
            "a posting's own file",
            std::fs::read(&first).unwrap(),
            "other_kind",
        ),
        (
            "about another posting",
            signed(|review| review.log = uuid::Uuid::from_u128(1)),
            "other_posting",
        ),
        (
            "about a state that never was",
            signed(|review| review.head.hash = "ab".repeat(32)),
            "unknown_head",
        ),
        (
            "about a later state than there is",
            signed(|review| review.head.n = 900),
            "unknown_head",
        ),
    ];
    let before = physician.ok("posting_view", Value::Null);
    for (name, bytes, code) in cases {
        let path = physician.path("来件.xxz");
        std::fs::write(&path, &bytes).unwrap();
        physician.answer(&path);
        let refused = physician.refused("look_at_receipt", json!({"path": null}));
        assert_eq!(refused["code"], code, "{name}");
        for part in ["what", "safe", "next"] {
            for language in ["zh", "en"] {
                assert!(!refused[part][language].as_str().unwrap().is_empty(), "{name}");
            }
        }
        let refused = physician.refused("take_receipt", json!({"path": path, "fingerprint": null}));
        assert_eq!(refused["code"], code, "{name}");
        assert_eq!(
            std::fs::read(&path).unwrap(),
            bytes,
            "{name}: the file was touched"
        );
    }
    // A key seen for the first time is taken in with the fingerprint that was compared, and no other.
    for wrong in [Value::Null, json!("0000 0000 0000 0000 0000 0000")] {
        looked(&physician, &path);
        let refused = physician.refused("take_receipt", json!({"path": path, "fingerprint": wrong}));
        assert_eq!(refused["code"], "key_not_confirmed");
    }
    assert_eq!(physician.ok("posting_view", Value::Null), before);
    // A path that nobody chose is not read.
    let refused = physician.refused(
        "take_receipt",
        json!({"path": office.path("data/xiaxiangzhi.db"), "fingerprint": null}),
    );
    assert_eq!(refused["code"], "bad_request");
}

#[test]
fn a_decision_taken_in_twice_is_taken_in_once() {
    let physician = physician();
    let first = exported(&physician, "一.xxz");
    let office = office("2026-03-20T02:00:00Z");
    let path = decided(&office, &first, "returned");
    let view = taken(&physician, &path);
    assert_eq!(looked(&physician, &path)["taken"], true);
    let again = physician.ok("take_receipt", json!({"path": path, "fingerprint": null}));
    assert_eq!(again["head"], view["head"]);
    assert_eq!(again["review"], view["review"]);
}

#[test]
fn another_key_than_before_must_be_answered_for() {
    let physician = physician();
    let first = exported(&physician, "一.xxz");
    let office = office("2026-03-20T02:00:00Z");
    let path = decided(&office, &first, "returned");
    let own = looked(&physician, &path)["fingerprint"].clone();
    taken(&physician, &path);

    let mut review = open_review(&std::fs::read(&path).unwrap()).unwrap().content;
    review.decided_at = "2026-03-21T02:00:00Z".to_owned();
    let other = physician.path("别人.xxz");
    std::fs::write(
        &other,
        review.write(&[9; 32], parse_instant(NOW).unwrap()).unwrap(),
    )
    .unwrap();
    let look = looked(&physician, &other);
    assert_eq!(look["key"], "changed");
    assert_eq!(look["expected"], own);
    assert_eq!(look["fingerprint"], fingerprint(&public_key(&[9; 32])));
    let refused = physician.refused("take_receipt", json!({"path": other, "fingerprint": own}));
    assert_eq!(refused["code"], "key_not_confirmed");
    let view = taken(&physician, &other);
    assert_eq!(view["review"]["receipts"].as_array().unwrap().len(), 2);
    assert_eq!(
        looked(&physician, &path)["taken"],
        true,
        "what was taken in stays so"
    );
}

/// A decision on an earlier state that comes in late is kept, and changes nothing about what counts.
#[test]
fn a_decision_that_was_overtaken_does_not_count() {
    let mut physician = physician();
    let first = exported(&physician, "一.xxz");
    let office = office("2026-03-20T02:00:00Z");
    let returned = decided(&office, &first, "returned");
    physician.day("2026-03-17", 12);
    let second = exported(&physician, "二.xxz");
    let approved = decided(&office, &second, "approved");
    taken(&physician, &approved);
    assert_eq!(looked(&physician, &returned)["overtaken"], true);
    let view = taken(&physician, &returned);
    assert_eq!(view["review"]["receipts"][0]["decision"], "returned");
    assert_eq!(view["review"]["receipts"][0]["counts"], false);
    assert_eq!(view["review"]["receipts"][1]["counts"], true);
    assert_ne!(view["review"]["closed_at"], Value::Null);
}

#[test]
fn answers_are_changed_taken_back_and_refused_where_there_is_no_comment() {
    let physician = physician();
    let first = exported(&physician, "一.xxz");
    let office = office("2026-03-20T02:00:00Z");
    taken(&physician, &decided(&office, &first, "returned"));
    let answer = |text: &str, corrected: bool| {
        let view = physician.ok(
            "answer_comment",
            json!({"comment": DAY, "text": text, "corrected": corrected}),
        );
        view["review"]["receipts"][0]["comments"][0]["answer"].clone()
    };
    assert_eq!(answer("在家访", false)["text"], "在家访");
    assert_eq!(answer("", true)["corrected"], true);
    assert_eq!(answer(" ", false), Value::Null);
    for (comment, text, code) in [
        (
            "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a99",
            "不存在".to_owned(),
            "bad_request",
        ),
        (DAY, "长".repeat(2_001), "text_refused"),
        (DAY, "\u{202e}反".to_owned(), "text_refused"),
    ] {
        let refused = physician.refused(
            "answer_comment",
            json!({"comment": comment, "text": text, "corrected": false}),
        );
        assert_eq!(refused["code"], code);
    }
}

#[test]
fn a_file_is_known_by_its_content() {
    let physician = physician();
    let first = exported(&physician, "一.xxz");
    let office = office("2026-03-20T02:00:00Z");
    let returned = decided(&office, &first, "returned");
    let renamed = physician.path("意见 (1).zip");
    std::fs::copy(&returned, &renamed).unwrap();
    let picture = physician.path("照片.xxz");
    std::fs::write(&picture, b"\xff\xd8\xff").unwrap();
    for (path, kind) in [
        (first, json!("posting")),
        (returned, json!("review")),
        (renamed, json!("review")),
        (picture, Value::Null),
    ] {
        physician.app.offer(path.clone());
        assert_eq!(physician.ok("kind_of_file", json!({"path": path})), kind);
    }
    let refused = physician.refused("kind_of_file", json!({"path": "/etc/hostname"}));
    assert_eq!(refused["code"], "bad_request");
}
