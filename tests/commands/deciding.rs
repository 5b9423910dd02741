//! What a reviewer writes about a file, and decides.

use crate::support::{Clinic, NOW};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use xiaxiangzhi_core::log::{fingerprint, sha256, to_hex};
use xiaxiangzhi_core::reviewfile::{Decision, FileKind, kind_of, open_review};

fn exported(clinic: &mut Clinic, name: &str) -> PathBuf {
    clinic.day("2026-03-16", 31);
    clinic.activity("lecture", "2026-03-02");
    let path = clinic.path(name);
    clinic.answer(&path);
    clinic.ok("export_review_file", Value::Null);
    path
}

fn opened(office: &Clinic, path: &Path) -> Value {
    office.answer(path);
    office.ok("open_review_file", json!({"path": null}))["file"].clone()
}

fn office() -> Clinic {
    let office = Clinic::in_folder(tempfile::tempdir().unwrap(), "2026-04-08T02:00:00Z");
    let profile = json!({"hospital": "市第一人民医院", "office": "医务部", "name": "赵主任"});
    office.ok(
        "change_settings",
        json!({"change": {"role": "supervisor", "office": profile}}),
    );
    office
}

fn draft(decision: &str) -> Value {
    json!({
        "decision": decision, "grade": "合格", "opinion": "讲座还差一次。\n其余都好。",
        "comments": [
            {"id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a01", "entity": "day", "key": "2026-03-16",
             "text": "这天上午在哪里？"},
            {"id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a02", "entity": "summary", "key": "summary",
             "text": "请写得具体一些"},
        ]
    })
}

#[test]
fn what_is_being_written_about_a_file_is_kept_as_it_is_written() {
    let mut physician = Clinic::with_posting();
    let path = exported(&mut physician, "来件.xxz");
    let office = office();
    let file = opened(&office, &path);
    let of = json!({"logId": file["log_id"], "head": file["head_hash"]});
    let blank = json!({"decision": null, "grade": null, "opinion": null, "comments": []});
    assert_eq!(office.ok("review_draft", of.clone()), blank);
    let mut keeping = of.clone();
    keeping["draft"] = draft("returned");
    office.ok("keep_review_draft", keeping.clone());
    let office = office.restart("2026-04-09T02:00:00Z");
    assert_eq!(office.ok("review_draft", of.clone()), draft("returned"));
    // A record that cannot be is refused, and what was kept stands.
    keeping["draft"]["comments"][0]["key"] = json!("yesterday");
    office.refused("keep_review_draft", keeping.clone());
    keeping["draft"]["comments"][0]["entity"] = json!("patient");
    office.refused("keep_review_draft", keeping);
    assert_eq!(office.ok("review_draft", of), draft("returned"));
}

#[test]
fn a_decision_is_a_signed_file_with_the_verdict_worked_out_here() {
    let mut physician = Clinic::with_posting();
    let path = exported(&mut physician, "来件.xxz");
    let office = office();
    let file = opened(&office, &path);
    let deciding = json!({"sha256": file["sha256"], "draft": draft("returned")});
    let out = office.path("意见");
    *office.desk.path.lock().unwrap() = None;
    assert_eq!(office.ok("decide_review", deciding.clone()), Value::Null);
    assert_eq!(
        opened(&office, &path)["decisions"],
        json!([]),
        "a dialog that is cancelled decides nothing"
    );

    office.answer(&out);
    let made = office.ok("decide_review", deciding);
    let out = out.with_extension("xxz");
    assert_eq!(made["paths"], json!([out]));
    assert_eq!(
        office.desk.asked.lock().unwrap().last().unwrap(),
        "李晓梅-河口镇中心卫生院-2026年1-4月-审核意见（退回）.xxz"
    );
    let bytes = std::fs::read(&out).unwrap();
    assert_eq!(kind_of(&bytes), Ok(FileKind::Review));
    let signed = open_review(&bytes).unwrap();
    let review = &signed.content;
    assert_eq!(json!(review.log), file["log_id"]);
    assert_eq!(json!(review.head.hash), file["head_hash"]);
    assert_eq!(review.decision, Decision::Returned);
    assert_eq!(review.comments[1].key, "", "as the log has it");
    assert_eq!(json!(review.failed), file["assessment"]["failed"]);
    assert_eq!(
        json!(review.payable_fen),
        file["assessment"]["consequences"]["payable_fen"]
    );
    assert_eq!(review.reviewer.name, "赵主任");

    let file = opened(&office, &path);
    let decisions = file["decisions"].as_array().unwrap();
    assert_eq!(decisions.len(), 1);
    assert_eq!(decisions[0], made["decisions"][0]);
    assert_eq!(decisions[0]["sha256"], to_hex(&sha256(&bytes)));
    assert_eq!(decisions[0]["comments"], draft("returned")["comments"]);
    let of = json!({"logId": file["log_id"], "head": file["head_hash"]});
    assert_eq!(
        office.ok("review_draft", of)["comments"],
        json!([]),
        "what was being written is done with"
    );

    // The key is made once and signs the next one, too; the file can be had again.
    let office = office.restart("2026-04-09T02:00:00Z");
    office.answer(&office.path("又.xxz"));
    let again = office.ok("export_decision", json!({"sha256": decisions[0]["sha256"]}));
    assert_eq!(std::fs::read(again.as_str().unwrap()).unwrap(), bytes);
    office.answer(&office.path("通过.xxz"));
    let approved = office.ok(
        "decide_review",
        json!({"sha256": file["sha256"], "draft": draft("approved")}),
    );
    let second = open_review(&std::fs::read(approved["paths"][0].as_str().unwrap()).unwrap()).unwrap();
    assert_eq!(fingerprint(&second.key), fingerprint(&signed.key));
}

#[test]
fn what_cannot_be_decided_is_refused_and_nothing_is_kept() {
    let mut physician = Clinic::with_posting();
    let path = exported(&mut physician, "来件.xxz");
    let office = office();
    let file = opened(&office, &path);
    office.answer(&office.path("意见.xxz"));
    let long = "长".repeat(2_001);
    let cases: [(&str, &str, Value); 6] = [
        ("/draft/decision", "undecided", Value::Null),
        ("/draft/grade", "bad_content", json!("优\n秀")),
        ("/draft/opinion", "bad_content", json!("\u{202e}反")),
        ("/draft/comments/0/text", "bad_content", json!(long)),
        ("/draft/comments/1/text", "bad_content", json!(" ")),
        ("/sha256", "not_received", json!("00".repeat(32))),
    ];
    for (place, code, value) in cases {
        let mut deciding = json!({"sha256": file["sha256"], "draft": draft("approved")});
        *deciding.pointer_mut(place).unwrap() = value;
        let refused = office.refused("decide_review", deciding);
        assert_eq!(refused["code"], code, "{place}");
        assert!(!office.path("意见.xxz").exists(), "{place}");
    }
    assert_eq!(opened(&office, &path)["decisions"], json!([]));
}

#[test]
fn many_files_are_decided_on_at_once_each_with_its_grade() {
    let office = office();
    let mut files = Vec::new();
    for name in ["甲.xxz", "乙.xxz", "丙.xxz"] {
        let mut physician = Clinic::with_posting();
        let path = exported(&mut physician, name);
        files.push(opened(&office, &path));
    }
    let folder = tempfile::tempdir().unwrap();
    office.answer(folder.path());
    let asked = json!([
        {"sha256": files[0]["sha256"], "grade": "优秀"},
        {"sha256": files[1]["sha256"], "grade": null},
        {"sha256": files[2]["sha256"], "grade": "合格"},
    ]);
    let made = office.ok(
        "decide_reviews",
        json!({"files": asked, "decision": "approved", "opinion": "同意"}),
    );
    let paths = made["paths"].as_array().unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3, "{paths:?}");
    for (index, grade) in [Some("优秀"), None, Some("合格")].into_iter().enumerate() {
        let review = open_review(&std::fs::read(paths[index].as_str().unwrap()).unwrap()).unwrap();
        assert_eq!(review.content.grade.as_deref(), grade);
        assert_eq!(json!(review.content.log), files[index]["log_id"]);
        assert_eq!(review.content.opinion.as_deref(), Some("同意"));
    }
    // One that was never received spoils all: nothing is decided by halves.
    let asked =
        json!([{"sha256": files[0]["sha256"], "grade": null}, {"sha256": "00".repeat(32), "grade": null}]);
    let refused = office.refused(
        "decide_reviews",
        json!({"files": asked, "decision": "returned", "opinion": null}),
    );
    assert_eq!(refused["code"], "not_received");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3);
}

#[test]
fn a_backup_carries_the_key_and_the_decisions_to_another_computer() {
    let mut physician = Clinic::with_posting();
    let path = exported(&mut physician, "来件.xxz");
    let office = office();
    let file = opened(&office, &path);
    office.answer(&office.path("一.xxz"));
    let first = office.ok(
        "decide_review",
        json!({"sha256": file["sha256"], "draft": draft("returned")}),
    );
    let backup = office.ok("backup_now", Value::Null);
    let backup = office.path("data/backups").join(backup["file"].as_str().unwrap());

    let other = Clinic::in_folder(tempfile::tempdir().unwrap(), NOW);
    other.answer(&backup);
    other.ok("choose_backup_file", Value::Null);
    other.ok("restore", json!({"path": backup}));
    let file = opened(&other, &path);
    assert_eq!(file["decisions"], first["decisions"]);
    other.answer(&other.path("二.xxz"));
    let second = other.ok(
        "decide_review",
        json!({"sha256": file["sha256"], "draft": draft("approved")}),
    );
    let key = |made: &Value| {
        open_review(&std::fs::read(made["paths"][0].as_str().unwrap()).unwrap())
            .unwrap()
            .key
    };
    assert_eq!(key(&first), key(&second));
}
