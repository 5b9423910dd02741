//! Moving to another computer, several physicians on one, deleting a posting: the commands behind the screens.

use crate::keeping::{newest, view, visits};
use crate::support::{Clinic, NOW, clock, profile};
use serde_json::{Value, json};
use std::path::Path;
use uuid::Uuid;
use xiaxiangzhi::App;
use xiaxiangzhi_store::{Computer, Store, contents};

const LATER: &str = "2026-03-19T10:32:08Z";

pub(crate) fn computer(number: u128, name: &str) -> Computer {
    Computer {
        id: Uuid::from_u128(number),
        name: name.to_owned(),
    }
}

pub(crate) fn at(clinic: &mut Clinic, computer: Computer) {
    let empty = App::open(&clinic.path("elsewhere"), clock(NOW));
    let app = std::mem::replace(&mut clinic.app, empty);
    clinic.app = app.on_computer(Some(computer));
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
