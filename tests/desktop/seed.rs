//! Records as they are after eleven weeks, made by the store itself: each day entered in its evening, with the backups of such
//! a time.

use chrono::{DateTime, Datelike as _, NaiveDate, TimeDelta, Utc, Weekday};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use xiaxiangzhi_core::log::{Change, Entity, parse_instant};
use xiaxiangzhi_core::scheme::built_in;
use xiaxiangzhi_store::{Store, new_id};

/// Whose records they are; nothing of it may be in what is given to helpers.
pub(crate) const PHYSICIAN: &str = "李晓梅";
pub(crate) const UNIT: &str = "河口镇中心卫生院";
pub(crate) const NOTE: &str = "内科门诊，高血压随访";

fn date(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

/// A time of day in China.
fn at(day: NaiveDate, time: &str) -> DateTime<Utc> {
    parse_instant(&format!("{day}T{time}:00Z")).unwrap() - TimeDelta::hours(8)
}

fn change(entity: Entity, key: &str, value: Value, at: DateTime<Utc>) -> Change {
    Change {
        event_id: new_id(at).unwrap(),
        entity,
        key: key.to_owned(),
        value: Some(value),
        batch: None,
    }
}

/// Fills a data folder. The last backup is of 17:32 on 19 March; three entries were made after it.
pub(crate) fn records(data: &Path) {
    let store = Store::open(data).unwrap();
    store.set_setting("role", "\"physician\"").unwrap();
    let began = at(date(1, 5), "08:10");
    let id = new_id(began).unwrap();
    let scheme = serde_json::to_value(built_in("rotation_3m").unwrap()).unwrap();
    let first = [
        change(Entity::Posting, "", profile(), began),
        change(Entity::Scheme, "", scheme, began),
    ];
    store.create(id, began, &first).unwrap();
    let save = |entity: Entity, key: &str, value: Value, when: DateTime<Utc>| {
        store.save(id, &[change(entity, key, value, when)], when).unwrap();
    };
    for day in date(1, 5).iter_days().take_while(|day| *day < date(3, 19)) {
        if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            continue;
        }
        let visits = 12 + day.day() % 17;
        save(
            Entity::Day,
            &day.to_string(),
            entry(NOTE, visits),
            at(day, "17:40"),
        );
        let activity = match day.weekday() {
            Weekday::Thu => Some(("ward_round", "全科查房")),
            Weekday::Wed if day.day() % 14 < 3 => Some(("lecture", "高血压分级管理")),
            _ => None,
        };
        if let Some((kind, title)) = activity {
            let key = new_id(at(day, "17:45")).unwrap().to_string();
            let value = json!({"kind": kind, "date": day, "title": title, "minutes": 60, "participants": 12});
            save(Entity::Activity, &key, value, at(day, "17:45"));
        }
        if [(2, 28), (2, 27), (3, 13), (3, 16), (3, 17), (3, 18)].contains(&(day.month(), day.day())) {
            store.backup(at(day, "17:51")).unwrap();
        }
    }
    let last = date(3, 19);
    save(Entity::Day, "2026-03-19", entry(NOTE, 20), at(last, "17:00"));
    store.backup(at(last, "17:02")).unwrap();
    save(Entity::Day, "2026-03-19", entry(NOTE, 22), at(last, "17:20"));
    store.backup(at(last, "17:32")).unwrap();
    for (visits, time) in [(23, "17:33"), (24, "17:35"), (25, "17:36")] {
        save(Entity::Day, "2026-03-19", entry(NOTE, visits), at(last, time));
    }
}

fn profile() -> Value {
    json!({
        "physician": {"name": PHYSICIAN, "sex": "female", "title": "主治医师"},
        "supporting_hospital": "市第一人民医院", "home_department": "心内科", "recipient_unit": UNIT,
        "station": "resident", "start": "2026-01-05", "end": "2026-04-05", "scheme": "rotation_3m"
    })
}

fn entry(note: &str, visits: u32) -> Value {
    json!({"morning": "present", "afternoon": "present", "note": note, "tallies": {"outpatient_visits": visits}})
}

pub(crate) fn database(data: &Path) -> PathBuf {
    data.join(xiaxiangzhi_store::DATABASE_FILE)
}

/// Changes one byte of one event in the middle, as a bad sector would.
pub(crate) fn damage(data: &Path) {
    let mut bytes = std::fs::read(database(data)).unwrap();
    let found: Vec<usize> = bytes
        .windows(9)
        .enumerate()
        .filter(|(_, window)| *window == b"\"present\"")
        .map(|(at, _)| at)
        .collect();
    bytes[found[found.len() / 2] + 1] = b'P';
    std::fs::write(database(data), bytes).unwrap();
}

/// A statement of the `sqlite3` program on the closed database.
pub(crate) fn sqlite(data: &Path, statement: &str) {
    let done = std::process::Command::new("sqlite3")
        .arg(database(data))
        .arg(statement)
        .status()
        .expect("sqlite3 is missing: `cargo xtask test` installs it");
    assert!(done.success(), "{statement}");
}
