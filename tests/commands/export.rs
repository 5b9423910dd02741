//! Forms and the review file on their way out.

use crate::support::Clinic;
use serde_json::{Value, json};

const NAME: &str = "李晓梅-河口镇中心卫生院-2026年1-4月";

#[test]
fn the_form_is_saved_where_the_dialog_says() {
    let clinic = Clinic::with_posting();
    let preview = clinic.ok("form_preview", json!({"form": "sheet"}));
    assert!(preview["pages"][0].as_str().unwrap().contains("<svg"));
    assert_eq!(preview["missing_glyphs"], json!([]));

    let path = clinic.path("表.pdf");
    clinic.answer(&path);
    let answer = clinic.ok("export_forms", json!({"forms": ["sheet"], "formats": ["pdf"]}));
    assert_eq!(answer["paths"], json!([path.to_str().unwrap()]));
    assert!(std::fs::read(&path).unwrap().starts_with(b"%PDF"));
    assert_eq!(
        clinic.desk.asked.lock().unwrap().last().unwrap(),
        &format!("{NAME}-任务考核表.pdf")
    );
}

#[test]
fn several_formats_go_into_a_folder_and_replace_nothing() {
    let clinic = Clinic::with_posting();
    clinic.answer(clinic.folder.path());
    let both = json!({"forms": ["sheet"], "formats": ["pdf", "xlsx"]});
    let first = clinic.ok("export_forms", both.clone());
    let second = clinic.ok("export_forms", both);
    let pdf = clinic.path(&format!("{NAME}-任务考核表.pdf"));
    assert_eq!(first["paths"][0], pdf.to_str().unwrap());
    let again = clinic.path(&format!("{NAME}-任务考核表 (2).pdf"));
    assert_eq!(second["paths"][0], again.to_str().unwrap());
    assert!(pdf.exists() && again.exists());
}

#[test]
fn the_whole_set_goes_into_one_folder_and_what_the_records_do_not_allow_is_said() {
    let clinic = Clinic::with_posting();
    let states = clinic.ok("forms", Value::Null);
    let possible: Vec<&str> = states
        .as_array()
        .unwrap()
        .iter()
        .filter(|state| state["left_out"].is_null())
        .map(|state| state["form"].as_str().unwrap())
        .collect();
    assert!(possible.starts_with(&["sheet", "attendance"]) && possible.contains(&"summary"));
    let every: Vec<&Value> = states
        .as_array()
        .unwrap()
        .iter()
        .map(|state| &state["form"])
        .collect();
    assert_eq!(every.len(), 10);
    clinic.answer(clinic.folder.path());
    let answer = clinic.ok("export_forms", json!({"forms": every, "formats": ["xlsx"]}));
    let paths = answer["paths"].as_array().unwrap();
    let left_out = answer["left_out"].as_array().unwrap();
    assert_eq!(paths.len(), possible.len());
    assert_eq!(paths.len() + left_out.len(), 10);
    for one in left_out {
        assert!(!one["why"]["zh"].as_str().unwrap().is_empty(), "{one}");
        let refusal = clinic.refused("form_preview", json!({"form": one["form"]}));
        assert_eq!(refusal["what"], one["why"]);
    }
}

#[test]
fn one_month_of_attendance_can_be_looked_at() {
    let clinic = Clinic::with_posting();
    let march = json!({"form": "attendance", "options": {"month": "2026-03-01", "blank": true}});
    assert_eq!(
        clinic.ok("form_preview", march)["pages"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let refusal = clinic.refused(
        "form_preview",
        json!({"form": "attendance", "options": {"month": "2027-03-01"}}),
    );
    assert_eq!(refusal["code"], "outside_posting");
}

#[test]
fn a_blank_month_lies_beside_the_one_that_is_filled_in() {
    let clinic = Clinic::with_posting();
    clinic.answer(clinic.folder.path());
    let mut names = Vec::new();
    for blank in [false, true] {
        let options = json!({"month": "2026-03-01", "blank": blank});
        let both = json!({"forms": ["attendance"], "formats": ["docx", "xlsx"], "options": options});
        let paths = clinic.ok("export_forms", both)["paths"].clone();
        names.extend(serde_json::from_value::<Vec<String>>(paths).unwrap());
    }
    assert_eq!(names.len(), 4);
    for (name, end) in std::iter::zip(
        &names,
        [
            "2026年3月-月考勤表.docx",
            "2026年3月-月考勤表.xlsx",
            "2026年3月-月考勤表（空白）.docx",
            "2026年3月-月考勤表（空白）.xlsx",
        ],
    ) {
        assert!(name.ends_with(end), "{name}");
    }
}

#[test]
fn forms_say_which_layouts_they_have_and_which_characters_others_may_lack() {
    let mut clinic = Clinic::with_posting();
    let states = |clinic: &Clinic| clinic.ok("forms", Value::Null).as_array().unwrap().clone();
    let with_layouts: Vec<String> = states(&clinic)
        .iter()
        .filter(|state| state["has_layouts"] == json!(true))
        .map(|state| state["form"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        with_layouts,
        ["lectures", "rounds", "leave", "activities", "diary"]
    );
    assert!(states(&clinic).iter().all(|state| state["uncommon"] == json!([])));
    clinic.save("summary", "summary", json!({"basics": "䶮㛃𬎆，𬎆。"}));
    for state in states(&clinic) {
        let wanted = if state["form"] == "summary" {
            json!(["𬎆"])
        } else {
            json!([])
        };
        assert_eq!(state["uncommon"], wanted, "{}", state["form"]);
    }
}

#[test]
fn the_summary_is_drafted_and_what_was_written_is_kept() {
    let mut clinic = Clinic::with_posting();
    let passages = |clinic: &Clinic| clinic.ok("draft_summary", Value::Null);
    assert_eq!(passages(&clinic)[0]["passage"], "basics");
    assert_eq!(passages(&clinic)[0]["written"], Value::Null);
    clinic.save("summary", "summary", json!({"basics": "本人写的。"}));
    assert_eq!(passages(&clinic)[0]["written"], "本人写的。");
    assert!(!passages(&clinic)[0]["runs"].as_array().unwrap().is_empty());
}

#[test]
fn a_cancelled_dialog_exports_nothing() {
    let clinic = Clinic::with_posting();
    let before = clinic.ok("posting_view", Value::Null)["head"].clone();
    assert_eq!(clinic.ok("export_review_file", Value::Null), Value::Null);
    assert_eq!(
        clinic.ok("export_forms", json!({"forms": ["sheet"], "formats": ["pdf"]})),
        Value::Null
    );
    assert_eq!(clinic.ok("posting_view", Value::Null)["head"], before);
}

#[test]
fn the_review_file_holds_its_own_export_and_its_head() {
    let clinic = Clinic::with_posting();
    let before = clinic.ok("posting_view", Value::Null)["head"]["n"]
        .as_u64()
        .unwrap();
    // Somebody deletes the extension while typing a name.
    clinic.answer(&clinic.path("交医务部"));
    let answer = clinic.ok("export_review_file", Value::Null);
    assert_eq!(answer["path"], clinic.path("交医务部.xxz").to_str().unwrap());
    assert_eq!(answer["n"], before + 1);
    let after = clinic.ok("posting_view", Value::Null)["head"].clone();
    assert_eq!(after["n"], answer["n"]);
    assert_eq!(after["code"], answer["code"]);
    let left = std::fs::read_dir(clinic.path(".")).unwrap();
    let left = left.filter(|file| {
        file.as_ref()
            .unwrap()
            .path()
            .extension()
            .is_some_and(|end| end == "part")
    });
    assert_eq!(left.count(), 0);
}

#[test]
fn a_place_that_cannot_be_written_is_named_and_the_records_are_safe() {
    let clinic = Clinic::with_posting();
    clinic.answer(&clinic.path("no such folder/审核.xxz"));
    let refusal = clinic.refused("export_review_file", Value::Null);
    assert_eq!(refusal["code"], "file_not_written");
    assert!(
        refusal["safe"]["zh"].as_str().unwrap().contains("导出序号 1"),
        "{refusal:#}"
    );
    clinic.ok("posting_view", Value::Null);
}

#[test]
fn a_backup_is_named_and_verified() {
    let clinic = Clinic::with_posting();
    let backup = clinic.ok("backup_now", Value::Null);
    assert_eq!(backup["at"], crate::support::NOW);
    assert_eq!(backup["verified"], true);
    let name = backup["file"].as_str().unwrap();
    assert!(clinic.path("data").join("backups").join(name).exists());
    assert_eq!(
        clinic.ok("posting_view", Value::Null)["backup_at"],
        crate::support::NOW
    );
}
