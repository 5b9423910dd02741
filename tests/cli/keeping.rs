//! `xxz db`: history, recycle bin, restore, moving.

use std::fs;

use serde_json::{Value, json};
use uuid::Uuid;
use xiaxiangzhi_core::log::{Change, Entity};
use xiaxiangzhi_store::Store;

use crate::database::{id, imported};
use crate::support::Place;

const DAY: &str = "2026-01-05";

/// Changes a day of the posting in `data`, as the application would.
fn enter(place: &Place, number: u128, value: Option<Value>) {
    let store = Store::open(&place.path("data")).unwrap();
    let log = store.logs()[0].log_id;
    let change = Change {
        event_id: Uuid::from_u128(number),
        entity: Entity::Day,
        key: DAY.to_owned(),
        value,
        batch: None,
    };
    let at = "2026-03-19T09:32:08Z".parse().unwrap();
    store.save(log, &[change], at).unwrap();
}

fn day(visits: u64) -> Value {
    json!({"morning": "present", "afternoon": "present", "note": "改过的一天", "tallies": {"outpatient_visits": visits}})
}

fn visits(place: &Place) -> Value {
    let store = Store::open(&place.path("data")).unwrap();
    let document = store.folded(store.logs()[0].log_id).unwrap().document;
    let days = document["days"].as_array().unwrap();
    let found = days.iter().find(|day| day["date"] == DAY);
    found.map_or(Value::Null, |day| day["tallies"]["outpatient_visits"].clone())
}

#[test]
fn a_record_tells_its_history_and_goes_back() {
    let place = imported();
    let (id, record) = (id(&place), format!("day/{DAY}"));
    let before = visits(&place);
    enter(&place, 1, Some(day(777)));
    enter(&place, 2, None);
    let base = ["--record", &record, "--data", "data", "--json"];
    let history = place.json(&[&["db", "history", &id], &base[..]].concat());
    let versions = history["versions"].as_array().unwrap();
    assert_eq!(versions.len(), 3);
    assert_eq!(versions[1]["value"]["tallies"]["outpatient_visits"], 777);
    assert_eq!(versions[2]["value"], Value::Null);
    let changed = versions[1]["changes"].as_array().unwrap();
    let visits_changed = changed
        .iter()
        .find(|change| change["field"] == "/tallies/outpatient_visits")
        .unwrap();
    assert_eq!(visits_changed["before"]["en"], format!("{before} visits"));
    assert_eq!(visits_changed["after"]["zh"], "777 人次");
    let bin = place.json(&["db", "bin", &id, "--data", "data", "--json"]);
    assert_eq!(bin["removed"][0]["key"], DAY);
    let n = bin["removed"][0]["n"].to_string();
    place.json(&[&["db", "revert", &id, "--to", &n], &base[..]].concat());
    assert_eq!(visits(&place), 777);
    let first = versions[0]["n"].to_string();
    place.json(&[&["db", "revert", &id, "--to", &first], &base[..]].concat());
    assert_eq!(visits(&place), before);

    for (what, arguments) in [
        (
            "no such number",
            vec!["db", "revert", &id, "--to", "1", "--record", &record],
        ),
        (
            "no number",
            vec!["db", "revert", &id, "--to", "昨天", "--record", &record],
        ),
        (
            "no such kind",
            vec!["db", "history", &id, "--record", "visit/2026-01-05"],
        ),
        ("no such key", vec!["db", "history", &id, "--record", "day/5"]),
    ] {
        let all = [&arguments[..], &["--data", "data", "--json"]].concat();
        let (code, ..) = place.refused(&all);
        assert_eq!(code, "bad_argument", "{what}");
    }
}

#[test]
fn an_erased_text_is_gone_and_the_copies_out_of_reach_are_named() {
    let place = imported();
    let id = id(&place);
    enter(&place, 1, Some(day(7)));
    place.json(&["db", "backup", "--data", "data", "--json"]);
    let record = format!("day/{DAY}");
    let answer = place.json(&[
        "db", "erase", &id, "--record", &record, "--data", "data", "--json",
    ]);
    assert_eq!(answer["erased"], true);
    assert!(!answer["backups"].as_array().unwrap().is_empty());
    let history = place.json(&[
        "db", "history", &id, "--record", &record, "--data", "data", "--json",
    ]);
    assert!(!history.to_string().contains("改过的一天"));
}

#[test]
fn a_posting_is_deleted_only_by_its_physician_s_name_and_comes_back_from_the_backup() {
    let place = imported();
    let id = id(&place);
    let name = place.json(&["db", "list", "--data", "data", "--json"])["postings"][0]["physician"]
        .as_str()
        .unwrap()
        .to_owned();
    let (code, ..) = place.refused(&[
        "db",
        "delete",
        &id,
        "--confirm",
        "别人",
        "--data",
        "data",
        "--json",
    ]);
    assert_eq!(code, "bad_argument");
    let answer = place.json(&[
        "db",
        "delete",
        &id,
        "--confirm",
        &name,
        "--data",
        "data",
        "--json",
    ]);
    let list = |place: &Place| place.json(&["db", "list", "--data", "data", "--json"])["postings"].clone();
    assert_eq!(list(&place), json!([]));
    let backup = answer["backup"].as_str().unwrap();
    let done = place.json(&["db", "restore", "--from", backup, "--data", "data", "--json"]);
    assert_eq!(done["did"], "restored");
    assert_eq!(list(&place)[0]["log_id"], id.as_str());
}

#[test]
fn a_restore_is_chosen_previewed_and_done() {
    let place = imported();
    let before = visits(&place);
    let made = place.json(&["db", "backup", "--data", "data", "--json"]);
    let backup = made["backup"]["path"].as_str().unwrap();
    enter(&place, 1, Some(day(777)));
    let choices = place.json(&["db", "restore", "--data", "data", "--json"]);
    assert_eq!(choices["backups"][0]["verified"], true);
    assert!(
        choices["backups"][0]["contents"]["postings"][0]["recorded_half_days"]
            .as_u64()
            .unwrap()
            > 50
    );
    let preview = place.json(&[
        "db",
        "restore",
        "--from",
        backup,
        "--preview",
        "--data",
        "data",
        "--json",
    ]);
    assert_eq!(preview["postings"][0]["relation"]["is"], "earlier");
    assert_eq!(preview["postings"][0]["changes"][0]["key"], DAY);
    assert_eq!(visits(&place), 777, "a preview changes nothing");
    place.json(&["db", "restore", "--from", backup, "--data", "data", "--json"]);
    assert_eq!(visits(&place), before);
}

#[test]
fn a_damaged_database_is_kept_aside_and_a_bad_backup_refused() {
    let place = imported();
    let made = place.json(&["db", "backup", "--data", "data", "--json"]);
    let backup = made["backup"]["path"].as_str().unwrap();
    let database = place.path("data/xiaxiangzhi.db");
    let spoilt = vec![0x5a; 40_000];
    fs::write(&database, &spoilt).unwrap();
    place.write("bad.db", &spoilt);
    let (code, ..) = place.refused(&["db", "restore", "--from", "bad.db", "--data", "data", "--json"]);
    assert_eq!(code, "database_damaged");
    let done = place.json(&["db", "restore", "--from", backup, "--data", "data", "--json"]);
    assert_eq!(done["did"], "adopted");
    let aside = done["adopted"]["kept_aside"].as_str().unwrap();
    assert!(fs::read(place.path(aside)).unwrap() == spoilt);
    assert_eq!(
        place.json(&["db", "check", "--data", "data", "--json"])["ok"],
        true
    );
}

#[test]
fn records_move_and_the_old_copy_can_only_be_read() {
    let place = imported();
    let id = id(&place);
    let moved = place.json(&["db", "move", "-o", "moving.db", "--data", "data", "--json"]);
    assert_eq!(moved["did"], "moved");
    let (code, message, _) = place.refused(&["db", "export", &id, "-o", "x.xxz", "--data", "data", "--json"]);
    assert_eq!(code, "moved_away", "{message}");
    let taken = place.json(&[
        "db",
        "restore",
        "--from",
        "moving.db",
        "--data",
        "other",
        "--json",
    ]);
    assert_eq!(taken["restored"]["postings"][0], id.as_str());
    place.json(&["db", "move", "--take-back", "--data", "data", "--json"]);
    place.json(&["db", "export", &id, "-o", "x.xxz", "--data", "data", "--json"]);
}
