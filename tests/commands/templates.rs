//! The hospital's own document: loaded, used by the export, kept in backups, removed.

use crate::support::Clinic;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

fn fixture(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/fixtures/templates")
        .join(name)
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
    let loaded = clinic.ok("load_template", json!({"form": "sheet"}));
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
    assert_eq!(clinic.ok("load_template", json!({"form": "sheet"})), Value::Null);
    clinic.answer(&fixture("lectures.docx"));
    let before = clinic.ok("load_template", json!({"form": "sheet"}));
    let old = clinic.path("old.doc");
    std::fs::write(&old, [0xD0, 0xCF, 0x11, 0xE0, 0]).unwrap();
    clinic.answer(&old);
    let refusal = clinic.refused("load_template", json!({"form": "sheet"}));
    assert_eq!(refusal["code"], "template_old_word");
    assert_eq!(clinic.ok("templates", Value::Null)[0], before);
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
            .all(|one| one["meaning"]["en"] != "" && one["example"] != "")
    );
}
