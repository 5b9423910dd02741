//! Backups as the page lists them: names at once, contents one by one, with the records open or not.

use crate::support::{Clinic, NOW};
use serde_json::{Value, json};
use std::fs;

fn backups(places: &Value, nth: usize) -> Vec<Value> {
    places[nth]["backups"].as_array().unwrap().clone()
}

fn read(clinic: &Clinic, backup: &Value) -> Value {
    clinic.ok("read_backup", json!({"path": backup["path"]}))
}

#[test]
fn a_backup_says_what_is_in_it() {
    let mut clinic = Clinic::with_posting();
    clinic.day("2026-03-18", 12);
    clinic.day("2026-03-19", 23);
    clinic.activity("lecture", "2026-03-12");
    clinic.ok("backup_now", json!({}));
    let places = clinic.ok("backup_places", json!({}));
    assert_eq!(
        places.as_array().unwrap().len(),
        1,
        "no second place, none chosen"
    );
    assert_eq!(places[0]["kind"], "data_folder");
    let newest = &backups(&places, 0)[0];
    assert_eq!(newest["at"], NOW);
    let reading = read(&clinic, newest);
    let contents = &reading["contents"];
    assert_eq!(contents["last_day"], "2026-03-19");
    let posting = &contents["postings"][0];
    assert_eq!(posting["summary"]["physician"], "李晓梅");
    assert_eq!(posting["recorded_half_days"], 4);
    assert_eq!(posting["lectures"], 1);
    assert_eq!(contents["events"], posting["summary"]["n"]);
}

#[test]
fn backups_are_read_while_the_records_cannot_be_opened_and_a_bad_one_is_named() {
    let mut clinic = Clinic::with_posting();
    clinic.day("2026-03-18", 12);
    clinic.ok("backup_now", json!({}));
    let places = clinic.ok("backup_places", json!({}));
    let whole = backups(&places, 0)[0].clone();
    let folder = clinic.path("data/backups");
    let cut = folder.join("xiaxiangzhi-20260319T093000Z.db");
    let bytes = fs::read(whole["path"].as_str().unwrap()).unwrap();
    fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    fs::write(folder.join("notes.db"), "not a backup").unwrap();
    clinic.app.leave();
    fs::write(clinic.path("data/xiaxiangzhi.db"), "damaged").unwrap();
    let clinic = clinic.restart(NOW);
    assert_eq!(
        clinic.ok("app_state", json!({}))["problem"]["error"]["code"],
        "database_damaged"
    );
    let found = backups(&clinic.ok("backup_places", json!({})), 0);
    let bad = found
        .iter()
        .find(|backup| backup["name"] == "xiaxiangzhi-20260319T093000Z.db")
        .unwrap();
    assert!(found.iter().all(|backup| backup["name"] != "notes.db"));
    let reading = read(&clinic, bad);
    assert_eq!(reading["contents"], Value::Null);
    assert_eq!(reading["refusal"]["code"], "database_damaged");
    let reading = read(&clinic, &whole);
    assert_eq!(reading["contents"]["postings"][0]["recorded_half_days"], 2);
    assert_eq!(reading["refusal"], Value::Null);
}

#[test]
fn a_folder_or_a_file_can_be_chosen_and_nothing_else_is_read() {
    let clinic = Clinic::with_posting();
    clinic.ok("backup_now", json!({}));
    let stick = clinic.path("stick");
    fs::create_dir_all(stick.join("xiaxiangzhi-backups-0a1b")).unwrap();
    let places = clinic.ok("backup_places", json!({}));
    let here = backups(&places, 0)[0]["path"].as_str().unwrap().to_owned();
    let copy = stick.join("xiaxiangzhi-backups-0a1b/copy.db");
    fs::copy(&here, &copy).unwrap();
    let refused = clinic.refused("read_backup", json!({"path": copy}));
    assert_eq!(refused["code"], "backup_gone", "nobody chose it");

    assert_eq!(
        clinic.ok("choose_backup_folder", json!({})),
        Value::Null,
        "cancelled"
    );
    clinic.answer(&stick);
    let places = clinic.ok("choose_backup_folder", json!({}));
    assert_eq!(places[1]["kind"], "chosen");
    assert_eq!(backups(&places, 1)[0]["path"], copy.to_str().unwrap());
    assert!(!read(&clinic, &backups(&places, 1)[0])["contents"].is_null());

    clinic.answer(&copy);
    let places = clinic.ok("choose_backup_file", json!({}));
    assert_eq!(places[2]["folder"], copy.to_str().unwrap());
    assert_eq!(backups(&places, 2).len(), 1);
}
