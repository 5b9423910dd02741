//! The hospital's own document: looked at, kept, used by the export, removed; what backups and a move take along.

use crate::computers::{at, computer};
use crate::keeping::newest;
use crate::support::{Clinic, NOW, profile};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use xiaxiangzhi_forms::{Block, Footer, Form, FormKind, Orientation, Role, Subject, docx};

fn fixture(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/fixtures/templates")
        .join(name)
}

/// A document with this line in it.
fn document(clinic: &Clinic, name: &str, line: &str) -> PathBuf {
    let form = Form {
        blank: false,
        kind: FormKind::PostingSummary,
        title: "本院用表".to_owned(),
        subject: Subject::default(),
        as_of: "2026-03-19".parse().unwrap(),
        draft: false,
        orientation: Orientation::Portrait,
        blocks: vec![Block::paragraph(line, Role::Body)],
        footer: Footer::default(),
        figures: Vec::new(),
    };
    let path = clinic.path(name);
    std::fs::write(&path, docx(&form).unwrap()).unwrap();
    path
}

/// Reads a document and keeps it for the assessment sheet.
fn load(clinic: &Clinic, path: &Path) -> Value {
    clinic.answer(path);
    let read = clinic.ok("read_template", json!({"path": null}));
    clinic.ok("keep_template", json!({"form": "sheet", "id": read["id"]}))
}

fn sheet(clinic: &Clinic) -> Value {
    clinic.ok("templates", Value::Null)[0].clone()
}

/// The assessment sheet as it is exported now.
fn exported(clinic: &Clinic) -> String {
    let path = clinic.path("exported.docx");
    clinic.answer(&path);
    clinic.ok("export_forms", json!({"forms": ["sheet"], "formats": ["docx"]}));
    text(&path)
}

fn text(path: &Path) -> String {
    let read = Command::new("unzip")
        .arg("-p")
        .arg(path)
        .arg("word/document.xml")
        .output()
        .unwrap();
    String::from_utf8(read.stdout).unwrap()
}

#[test]
fn the_export_uses_the_template_of_the_scheme_until_it_is_removed() {
    let clinic = Clinic::with_posting();
    let none = clinic.ok("templates", Value::Null);
    assert_eq!(none[0]["form"], "sheet");
    assert_eq!(none[0]["name"], Value::Null);

    clinic.answer(&fixture("assessment.docx"));
    let read = clinic.ok("read_template", json!({"path": null}));
    assert_eq!(read["file"], "assessment.docx");
    assert_eq!(read["likely"], "sheet", "it calls itself 任务考核表");
    assert_eq!(sheet(&clinic), none[0], "looking keeps nothing");
    let loaded = clinic.ok("keep_template", json!({"form": "sheet", "id": read["id"]}));
    assert_eq!(loaded["name"], "assessment.docx");
    assert_eq!(loaded["unknown"], json!([]));
    let names = |list: &str| loaded[list].as_array().unwrap().clone();
    assert!(names("known").contains(&json!("physician.name")));
    assert!(names("unused").contains(&json!("diary.problem")));
    assert_eq!(clinic.ok("templates", Value::Null)[0], loaded);

    let path = clinic.path("own.docx");
    let export = json!({"forms": ["sheet"], "formats": ["docx"]});
    clinic.answer(&path);
    clinic.ok("export_forms", export.clone());
    assert!(
        text(&path).contains("医师下乡任务考核表"),
        "the template was not used"
    );

    let tried = clinic.path("tried.docx");
    clinic.answer(&tried);
    clinic.ok("try_template", json!({"form": "sheet"}));
    assert_eq!(text(&tried), text(&path));

    let removed = clinic.ok("remove_template", json!({"form": "sheet"}));
    assert_eq!(removed["name"], Value::Null);
    let ours = clinic.path("ours.docx");
    clinic.answer(&ours);
    clinic.ok("export_forms", export);
    assert!(text(&ours).contains("卫生下乡任务考核表"));
    assert_eq!(
        clinic.refused("try_template", json!({"form": "sheet"}))["code"],
        "template_missing"
    );
}

#[test]
fn what_is_no_template_is_refused_and_the_one_before_stays() {
    let clinic = Clinic::with_posting();
    // Nobody answers the dialog yet.
    assert_eq!(clinic.ok("read_template", json!({"path": null})), Value::Null);
    let before = load(&clinic, &fixture("lectures.docx"));
    let old = clinic.path("old.doc");
    std::fs::write(&old, [0xD0, 0xCF, 0x11, 0xE0, 0]).unwrap();
    clinic.answer(&old);
    let refusal = clinic.refused("read_template", json!({"path": null}));
    assert_eq!(refusal["code"], "template_old_word");

    clinic.answer(&document(&clinic, "wrong.docx", "姓名：{{physician.nmae}}"));
    let read = clinic.ok("read_template", json!({"path": null}));
    let meant = json!([{"name": "physician.nmae", "nearest": "physician.name"}]);
    assert_eq!(read["unknown"], meant);
    let refusal = clinic.refused("keep_template", json!({"form": "sheet", "id": read["id"]}));
    assert_eq!(refusal["code"], "template_unknown_placeholder");
    let gone = "0199a1c2-7d1e-7c3a-9f10-0123456789ab";
    assert_eq!(
        clinic.refused("keep_template", json!({"form": "sheet", "id": gone}))["code"],
        "template_gone"
    );
    assert_eq!(sheet(&clinic), before);
}

#[test]
fn a_document_that_was_dropped_is_read_and_no_other() {
    let clinic = Clinic::with_posting();
    let path = document(&clinic, "请假单.docx", "{{physician.name}} {{leaves.reason}}");
    let asked = json!({"path": path});
    assert_eq!(
        clinic.refused("read_template", asked.clone())["code"],
        "bad_request",
        "the page opens nothing that nobody chose"
    );
    clinic.app.offer(path.clone());
    assert_eq!(
        clinic.ok("app_state", Value::Null)["opened_file"],
        json!(path.to_str())
    );
    let read = clinic.ok("read_template", asked);
    assert_eq!(
        (&read["file"], &read["likely"], &read["known"]),
        (
            &json!("请假单.docx"),
            &json!("leave"),
            &json!(["physician.name", "leaves.reason"])
        )
    );
    assert_eq!(
        clinic.ok("app_state", Value::Null)["opened_file"],
        Value::Null,
        "it was opened"
    );
    assert_eq!(clinic.desk.asked.lock().unwrap().as_slice(), [""; 0], "no dialog");
}

#[test]
fn a_template_survives_the_loss_of_the_records() {
    let clinic = Clinic::with_posting();
    let kept = load(&clinic, &fixture("assessment.docx"));
    let before = exported(&clinic);
    clinic.ok("backup_now", Value::Null);
    let backup = newest(&clinic);
    load(&clinic, &fixture("lectures.docx"));
    clinic.app.leave();
    std::fs::write(clinic.path("data/xiaxiangzhi.db"), "damaged").unwrap();
    let clinic = clinic.restart(NOW);
    assert_eq!(
        clinic.ok("app_state", Value::Null)["problem"]["error"]["code"],
        "database_damaged"
    );
    clinic.ok("adopt_backup", json!({"path": backup}));
    assert_eq!(sheet(&clinic), kept);
    assert_eq!(exported(&clinic), before);
}

#[test]
fn a_move_to_another_computer_takes_templates_along() {
    let mut old = Clinic::with_posting();
    at(&mut old, computer(1, "卫生院的电脑"));
    let kept = load(&old, &fixture("assessment.docx"));
    let before = exported(&old);
    let file = old.path("move.xxzdata");
    old.answer(&file);
    old.ok("move_away", Value::Null);
    assert_eq!(
        old.refused("read_template", json!({"path": null}))["code"],
        "read_only"
    );
    assert_eq!(sheet(&old), kept, "it can still be seen where it was");

    // Both a computer without records, and one on which a colleague keeps some.
    for others in [false, true] {
        let mut new = Clinic::new();
        at(&mut new, computer(2, "家里的电脑"));
        if others {
            new.ok("create_posting", json!({"profile": profile()}));
        }
        new.answer(&file);
        new.ok("choose_moving_file", Value::Null);
        new.ok("restore", json!({"path": file}));
        assert_eq!(sheet(&new), kept, "others: {others}");
        if !others {
            assert_eq!(exported(&new), before);
        }
    }
}

#[test]
fn going_back_to_a_backup_leaves_what_was_decided_since_about_templates() {
    let clinic = Clinic::with_posting();
    load(&clinic, &fixture("assessment.docx"));
    clinic.ok("backup_now", Value::Null);
    let backup = newest(&clinic);
    let newer = load(&clinic, &fixture("lectures.docx"));
    clinic.ok("restore", json!({"path": backup}));
    assert_eq!(sheet(&clinic), newer);
    let none = clinic.ok("remove_template", json!({"form": "sheet"}));
    clinic.ok("restore", json!({"path": backup}));
    assert_eq!(sheet(&clinic), none);
}

#[test]
fn every_placeholder_is_told_with_an_example() {
    let clinic = Clinic::with_posting();
    let all = clinic.ok("placeholders", Value::Null);
    let all = all.as_array().unwrap();
    assert!(
        all.iter()
            .any(|one| one["name"] == "lectures.date" && one["repeats"] == true)
    );
    assert!(
        all.iter()
            .any(|one| one["name"] == "physician.name" && one["repeats"] == false)
    );
    assert!(
        all.iter()
            .all(|one| one["meaning"]["en"] != "" && one["group"]["en"] != "" && one["example"] != "")
    );
}
