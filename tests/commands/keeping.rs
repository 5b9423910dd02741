//! Going back to a backup, the second place, moving away, deleting: the commands behind the screen.

use crate::support::{Clinic, NOW, clock, profile};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use uuid::Uuid;
use xiaxiangzhi::App;
use xiaxiangzhi_store::{Computer, Store, contents};

const LATER: &str = "2026-03-19T10:32:08Z";

fn computer(number: u128, name: &str) -> Computer {
    Computer {
        id: Uuid::from_u128(number),
        name: name.to_owned(),
    }
}

fn at(clinic: &mut Clinic, computer: Computer) {
    let empty = App::open(&clinic.path("elsewhere"), clock(NOW));
    let app = std::mem::replace(&mut clinic.app, empty);
    clinic.app = app.on_computer(Some(computer));
}

fn newest(clinic: &Clinic) -> PathBuf {
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

fn visits(view: &Value) -> Vec<(String, u64)> {
    let days = view["records"]["days"].as_array().unwrap();
    days.iter()
        .map(|day| {
            let date = day["date"].as_str().unwrap().to_owned();
            (date, day["tallies"]["outpatient_visits"].as_u64().unwrap())
        })
        .collect()
}

fn view(clinic: &Clinic) -> Value {
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

#[test]
fn records_move_away_stay_readable_and_can_be_taken_back() {
    let mut clinic = Clinic::with_posting();
    at(&mut clinic, computer(1, "卫生院的电脑"));
    clinic.day("2026-03-17", 18);
    let before = view(&clinic);
    let file = clinic.path("move.xxzdata");
    clinic.answer(&file);
    let moved = clinic.ok("move_away", Value::Null);
    assert_eq!(
        clinic.desk.asked.lock().unwrap().last().unwrap(),
        "下乡志搬家-2026-03-19.xxzdata"
    );
    assert_eq!(
        (&moved["postings"], &moved["events"]),
        (&json!(1), &before["head"]["n"])
    );
    assert_eq!(moved["app"]["moved_at"], NOW);
    assert_eq!(
        contents(&file).unwrap().postings[0].summary.n,
        before["head"]["n"].as_u64().unwrap()
    );

    let old = view(&clinic);
    assert_eq!(
        (&old["read_only"], &old["records"]),
        (&json!("moved"), &before["records"])
    );
    let change = clinic.change(
        "day",
        "2026-03-18",
        json!({"date": "2026-03-18", "morning": "present"}),
    );
    assert_eq!(
        clinic.refused("save", json!({"changes": [change]}))["code"],
        "moved_away"
    );
    assert_eq!(clinic.refused("move_away", Value::Null)["code"], "moved_away");
    let log_id = &old["log_id"];
    assert_eq!(
        clinic.refused("delete_posting", json!({"logId": log_id, "typed": "李晓梅"}))["code"],
        "moved_away"
    );
    // What belongs to the window can still be chosen.
    assert_eq!(
        clinic.ok("change_settings", json!({"change": {"theme": "dark"}}))["theme"],
        "dark"
    );
    clinic.ok("open_posting", json!({"logId": log_id}));

    let mut clinic = clinic.restart(LATER);
    at(&mut clinic, computer(1, "卫生院的电脑"));
    assert_eq!(
        clinic.ok("app_state", Value::Null)["moved_at"],
        NOW,
        "also after a restart"
    );
    let state = clinic.ok("take_back", Value::Null);
    assert_eq!(state["moved_at"], Value::Null);
    assert_eq!(clinic.day("2026-03-18", 26)["read_only"], Value::Null);
}

#[test]
fn a_new_computer_takes_in_what_was_moved_with_its_settings() {
    let mut old = Clinic::with_posting();
    at(&mut old, computer(1, "卫生院的电脑"));
    old.ok(
        "change_settings",
        json!({"change": {"role": "physician", "type_size": 130}}),
    );
    old.day("2026-03-17", 18);
    let file = old.path("move.xxzdata");
    old.answer(&file);
    old.ok("move_away", Value::Null);

    let mut new = Clinic::new();
    at(&mut new, computer(2, "家里的电脑"));
    new.answer(&file);
    new.ok("choose_moving_file", Value::Null);
    let preview = new.ok("preview_restore", json!({"path": file}));
    assert_eq!(preview["postings"][0]["relation"], "absent");
    let done = new.ok("restore", json!({"path": file}));
    assert_eq!((&done["postings"], &done["undo"]), (&json!(1), &json!([])));
    let state = new.ok("app_state", Value::Null);
    assert_eq!(
        (&state["role"], &state["type_size"]),
        (&json!("physician"), &json!(130))
    );
    assert_eq!(state["moved_at"], Value::Null);
    assert_eq!(visits(&view(&new)), visits(&view(&old)));
    new.day("2026-03-18", 26);
    new.ok("backup_now", Value::Null);

    // Work went on in both places after all: where they meet again that is said.
    old.ok("take_back", Value::Null);
    old.day("2026-03-18", 5);
    let theirs = newest(&new);
    old.answer(&theirs);
    old.ok("choose_backup_file", Value::Null);
    let preview = old.ok("preview_restore", json!({"path": theirs}));
    assert_eq!(preview["postings"][0]["relation"], "forked");
}

#[test]
fn a_move_that_cannot_be_written_moves_nothing() {
    let mut clinic = Clinic::with_posting();
    at(&mut clinic, computer(1, "卫生院的电脑"));
    clinic.answer(Path::new("/no/such/folder/move.xxzdata"));
    let refusal = clinic.refused("move_away", Value::Null);
    assert!(refusal["safe"]["zh"].as_str().unwrap().starts_with("没有搬走"));
    assert_eq!(clinic.ok("app_state", Value::Null)["moved_at"], Value::Null);
    clinic.day("2026-03-18", 26);
    *clinic.desk.path.lock().unwrap() = None;
    assert_eq!(clinic.ok("move_away", Value::Null), Value::Null, "cancelled");
}

#[test]
fn another_computer_a_short_time_before_is_told_and_one_long_before_is_not() {
    let mut clinic = Clinic::with_posting();
    let other = |clinic: &Clinic| clinic.ok("app_state", Value::Null)["other_computer"].clone();
    at(&mut clinic, computer(1, "卫生院的电脑"));
    assert_eq!(other(&clinic), Value::Null);
    let mut clinic = clinic.restart(LATER);
    at(&mut clinic, computer(2, "家里的电脑"));
    assert_eq!(other(&clinic), json!({"name": "卫生院的电脑", "last_at": NOW}));
    let mut clinic = clinic.restart("2026-03-25T10:00:00Z");
    at(&mut clinic, computer(1, "卫生院的电脑"));
    assert_eq!(other(&clinic), Value::Null, "six days later");
}

#[test]
fn the_physicians_of_a_computer_are_told_the_last_one_first() {
    let clinic = Clinic::with_posting();
    let mut next = profile();
    next["start"] = json!("2026-04-06");
    next["end"] = json!("2026-07-05");
    clinic.ok("create_posting", json!({"profile": next}));
    let first = clinic.ok("app_state", Value::Null)["physicians"].clone();
    assert_eq!(first.as_array().unwrap().len(), 1, "two postings, one physician");
    assert_eq!(first[0]["postings"], 2);
    let mut other = profile();
    other["physician"]["name"] = json!(" 王建国");
    let second = clinic.ok("create_posting", json!({"profile": other}));
    let names = |clinic: &Clinic| -> Vec<String> {
        let state = clinic.ok("app_state", Value::Null);
        let physicians = state["physicians"].as_array().unwrap();
        physicians
            .iter()
            .map(|one| one["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(names(&clinic), ["王建国", "李晓梅"]);
    let physicians = clinic.ok("app_state", Value::Null)["physicians"].clone();
    assert_eq!(physicians[0]["posting"]["log_id"], second["log_id"]);
    assert_eq!(
        physicians[1]["posting"]["start"], "2026-01-05",
        "of two the one that runs today"
    );
    clinic.ok(
        "open_posting",
        json!({"logId": physicians[1]["posting"]["log_id"]}),
    );
    let clinic = clinic.restart(LATER);
    assert_eq!(names(&clinic), ["李晓梅", "王建国"], "remembered");
}

#[test]
fn a_posting_is_deleted_only_when_its_name_is_typed_and_comes_back_from_the_backup_made_before() {
    let mut clinic = Clinic::with_posting();
    clinic.day("2026-03-17", 18);
    let before = view(&clinic);
    let log_id = &before["log_id"];
    for typed in ["", "李晓", "河口镇", "删除"] {
        let refusal = clinic.refused("delete_posting", json!({"logId": log_id, "typed": typed}));
        assert_eq!(refusal["code"], "not_confirmed", "{typed}");
    }
    assert_eq!(view(&clinic), before);
    let deleted = clinic.ok(
        "delete_posting",
        json!({"logId": log_id, "typed": " 河口镇中心卫生院 "}),
    );
    assert_eq!(
        (&deleted["app"]["postings"], &deleted["app"]["current"]),
        (&json!([]), &Value::Null)
    );
    let backup =
        Path::new(deleted["folder"].as_str().unwrap()).join(deleted["backup"]["file"].as_str().unwrap());
    assert_eq!(
        contents(&backup).unwrap().postings[0].summary.n,
        before["head"]["n"].as_u64().unwrap()
    );
    assert_eq!(clinic.refused("posting_view", Value::Null)["code"], "no_posting");
    clinic.app.leave();
    assert!(Store::open(&clinic.path("data")).unwrap().logs().is_empty());

    let clinic = clinic.restart(LATER);
    clinic.ok("restore", json!({"path": backup}));
    assert_eq!(visits(&view(&clinic)), visits(&before));
    assert_eq!(view(&clinic)["head"], before["head"]);
}
