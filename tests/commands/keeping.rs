//! Going back to a backup, the second place, backups by themselves: the commands behind the screen.

use crate::support::{Clinic, NOW, profile};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;

const LATER: &str = "2026-03-19T10:32:08Z";

pub(crate) fn newest(clinic: &Clinic) -> PathBuf {
    xiaxiangzhi_store::backups(&clinic.path("data"))[0].path.clone()
}

/// A day in a backup, and since then that day changed and another one new. Answers the backup.
fn worked_on(clinic: &mut Clinic) -> PathBuf {
    clinic.day("2026-03-17", 18);
    clinic.ok("backup_now", Value::Null);
    let backup = newest(clinic);
    clinic.day("2026-03-17", 99);
    clinic.day("2026-03-18", 26);
    backup
}

pub(crate) fn visits(view: &Value) -> Vec<(String, u64)> {
    let days = view["records"]["days"].as_array().unwrap();
    days.iter()
        .map(|day| {
            let date = day["date"].as_str().unwrap().to_owned();
            (date, day["tallies"]["outpatient_visits"].as_u64().unwrap())
        })
        .collect()
}

pub(crate) fn view(clinic: &Clinic) -> Value {
    clinic.ok("posting_view", Value::Null)
}

#[test]
fn a_restore_is_previewed_done_and_taken_back_by_its_own_step_or_by_undo() {
    let mut clinic = Clinic::with_posting();
    let backup = worked_on(&mut clinic);
    let before = visits(&view(&clinic));
    let preview = clinic.ok("preview_restore", json!({"path": backup}));
    assert_eq!(preview["at"], NOW);
    let posting = &preview["postings"][0];
    assert_eq!(
        (&posting["relation"], &posting["events"]),
        (&json!("earlier"), &json!(2))
    );
    assert_eq!(posting["physician"], "李晓梅");
    let changes = posting["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 2);
    assert_eq!(changes[0]["key"], "2026-03-17");
    assert_eq!(changes[0]["name"]["zh"], "3月17日 的记录");
    assert_eq!(changes[0]["becomes"], "changed");
    let field = &changes[0]["fields"][0];
    assert_eq!(field["name"]["zh"], "门诊");
    assert_eq!(
        (&field["before"]["zh"], &field["after"]["zh"]),
        (&json!("99 人次"), &json!("18 人次"))
    );
    assert_eq!(changes[1]["becomes"], "goes");
    assert_eq!(visits(&view(&clinic)), before, "a preview changes nothing");

    let done = clinic.ok("restore", json!({"path": backup}));
    assert_eq!(done["postings"], 1);
    assert_eq!(visits(&view(&clinic)), [("2026-03-17".to_owned(), 18)]);
    clinic.ok("undo_restore", json!({"steps": done["undo"]}));
    assert_eq!(visits(&view(&clinic)), before);

    clinic.ok("restore", json!({"path": backup}));
    clinic.ok("undo", Value::Null);
    assert_eq!(visits(&view(&clinic)), before, "Ctrl+Z does the same");
}

#[test]
fn a_restore_is_not_taken_back_over_what_was_entered_since() {
    let mut clinic = Clinic::with_posting();
    let backup = worked_on(&mut clinic);
    let done = clinic.ok("restore", json!({"path": backup}));
    clinic.day("2026-03-19", 23);
    let refusal = clinic.refused("undo_restore", json!({"steps": done["undo"]}));
    assert_eq!(refusal["code"], "changed_since");
    assert_eq!(visits(&view(&clinic)).len(), 2);
}

#[test]
fn one_restore_sets_every_posting_back_and_one_step_takes_all_of_it_back() {
    let mut clinic = Clinic::with_posting();
    let first = view(&clinic)["log_id"].clone();
    clinic.day("2026-03-17", 18);
    let mut other = profile();
    other["physician"]["name"] = json!("王建国");
    let second = clinic.ok("create_posting", json!({"profile": other}))["log_id"].clone();
    clinic.day("2026-03-17", 7);
    clinic.ok("backup_now", Value::Null);
    let backup = newest(&clinic);
    clinic.day("2026-03-18", 8);
    clinic.ok("open_posting", json!({"logId": first}));
    clinic.day("2026-03-18", 26);
    let done = clinic.ok("restore", json!({"path": backup}));
    assert_eq!(done["undo"].as_array().unwrap().len(), 2);
    let days = |clinic: &Clinic, id: &Value| {
        let view = clinic.ok("open_posting", json!({"logId": id}));
        view["records"]["days"].as_array().unwrap().len()
    };
    assert_eq!((days(&clinic, &first), days(&clinic, &second)), (1, 1));
    clinic.ok("undo_restore", json!({"steps": done["undo"]}));
    assert_eq!((days(&clinic, &first), days(&clinic, &second)), (2, 2));
}

#[test]
fn only_backups_that_are_listed_or_were_chosen_are_read() {
    let mut clinic = Clinic::with_posting();
    let backup = worked_on(&mut clinic);
    let elsewhere = clinic.path("elsewhere.db");
    fs::copy(&backup, &elsewhere).unwrap();
    for name in ["preview_restore", "restore"] {
        assert_eq!(
            clinic.refused(name, json!({"path": elsewhere}))["code"],
            "backup_gone"
        );
    }
    clinic.answer(&elsewhere);
    clinic.ok("choose_backup_file", Value::Null);
    clinic.ok("preview_restore", json!({"path": elsewhere}));
    fs::write(&elsewhere, "not a database").unwrap();
    let refusal = clinic.refused("restore", json!({"path": elsewhere}));
    assert_eq!(refusal["code"], "database_damaged");
    assert_eq!(visits(&view(&clinic)).len(), 2);
}

#[test]
fn each_backup_goes_to_the_second_place_and_its_state_is_told() {
    let mut clinic = Clinic::with_posting();
    assert_eq!(clinic.ok("second_place", Value::Null), Value::Null);
    let stick = clinic.path("stick");
    fs::create_dir(&stick).unwrap();
    clinic.answer(&stick);
    let place = clinic.ok("choose_second_place", Value::Null);
    assert_eq!(
        (&place["present"], &place["copy"]),
        (&json!(true), &json!("made"))
    );
    assert_eq!((&place["backups"], &place["last_at"]), (&json!(1), &json!(NOW)));
    // A backup there can be gone back to like one here.
    let own = fs::read_dir(&stick).unwrap().next().unwrap().unwrap().path();
    let there = fs::read_dir(&own).unwrap().next().unwrap().unwrap().path();
    clinic.ok("preview_restore", json!({"path": there}));

    fs::remove_dir_all(&stick).unwrap();
    clinic.ok("backup_now", Value::Null);
    let place = clinic.ok("second_place", Value::Null);
    assert_eq!(
        (&place["present"], &place["copy"]),
        (&json!(false), &json!("absent"))
    );
    assert_eq!(clinic.ok("app_state", Value::Null)["backup_trouble"], Value::Null);

    fs::create_dir(&stick).unwrap();
    fs::write(&own, "a file where the folder was").unwrap();
    clinic.day("2026-03-17", 18);
    clinic.ok("backup_now", Value::Null);
    let place = clinic.ok("second_place", Value::Null);
    assert_eq!(place["copy"], "failed");
    assert!(!place["reason"].as_str().unwrap().is_empty());
    let trouble = clinic.ok("app_state", Value::Null)["backup_trouble"].clone();
    assert_eq!(trouble["error"]["code"], "second_copy_failed");

    clinic.ok("forget_second_place", Value::Null);
    assert_eq!(clinic.ok("second_place", Value::Null), Value::Null);
    clinic.ok("backup_now", Value::Null);
    assert_eq!(clinic.ok("app_state", Value::Null)["backup_trouble"], Value::Null);
}

#[test]
fn a_second_place_inside_the_records_is_refused() {
    let clinic = Clinic::with_posting();
    let inside = clinic.path("data").join("backups");
    fs::create_dir_all(&inside).unwrap();
    clinic.answer(&inside);
    assert_eq!(
        clinic.refused("choose_second_place", Value::Null)["code"],
        "place_inside_records"
    );
    assert_eq!(clinic.ok("second_place", Value::Null), Value::Null);
}

#[test]
fn backups_are_made_in_quiet_moments_when_half_an_hour_has_passed_and_on_leaving() {
    let mut clinic = Clinic::with_posting();
    let count = |clinic: &Clinic| xiaxiangzhi_store::backups(&clinic.path("data")).len();
    assert!(clinic.app.backup_if_due(), "the first one at once");
    assert!(!clinic.app.backup_if_due(), "nothing was entered since");
    clinic.day("2026-03-17", 18);
    assert!(!clinic.app.backup_if_due(), "the last one is young");
    assert_eq!(count(&clinic), 1);
    let mut clinic = clinic.restart("2026-03-19T09:50:00Z");
    assert_eq!(count(&clinic), 2, "on leaving, however young");
    clinic.day("2026-03-18", 26);
    assert!(!clinic.app.backup_if_due());
    // The program ends without a chance to make one.
    let Clinic { folder, app, .. } = clinic;
    drop(app);
    let clinic = Clinic::in_folder(folder, LATER);
    assert!(clinic.app.backup_if_due(), "more than half an hour later");
    assert_eq!(count(&clinic), 3);
}

#[test]
fn an_automatic_backup_that_fails_is_told_until_one_succeeds_also_after_leaving() {
    let mut clinic = Clinic::with_posting();
    let folder = clinic.path("data").join("backups");
    fs::write(&folder, "a file where the folder should be").unwrap();
    assert!(clinic.app.backup_if_due());
    let trouble = |clinic: &Clinic| clinic.ok("app_state", Value::Null)["backup_trouble"].clone();
    let told = trouble(&clinic);
    assert_eq!((&told["at"], &told["error"]["code"]), (&json!(NOW), &json!("io")));
    assert!(
        told["error"]["what"]["zh"]
            .as_str()
            .unwrap()
            .starts_with("备份没有做成")
    );
    clinic.day("2026-03-17", 18);
    let clinic = clinic.restart(LATER);
    assert_eq!(
        trouble(&clinic)["at"],
        NOW,
        "it failed again on leaving, when nobody could see it"
    );
    fs::remove_file(&folder).unwrap();
    assert!(clinic.app.backup_if_due());
    assert_eq!(trouble(&clinic), Value::Null);
    let clinic = clinic.restart(LATER);
    assert_eq!(trouble(&clinic), Value::Null);
}
