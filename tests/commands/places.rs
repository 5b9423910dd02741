//! Where records are found again, and the time of a computer that has lost it.

use crate::support::{Answers, NOW, clock, profile};
use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use xiaxiangzhi::{App, Surroundings, call, time_by_hand};
use xiaxiangzhi_core::log::parse_instant;
use xiaxiangzhi_store::Mounts;

struct Computer {
    folder: TempDir,
    desk: Answers,
}

impl Computer {
    fn new() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
            desk: Answers::default(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn window(&self, records: &str) -> App {
        App::start(Surroundings {
            dir: self.path(records),
            clock: clock(NOW),
            config: Some(self.path("config")),
            usual: None,
            mounts: Mounts::default(),
        })
    }

    fn with_posting(&self, records: &str) -> App {
        let app = self.window(records);
        call(&app, &self.desk, "create_posting", json!({"profile": profile()})).unwrap();
        app.backup_if_due();
        app
    }

    fn find(&self, app: &App, folder: &Path) -> Result<Value, Value> {
        *self.desk.path.lock().unwrap() = Some(folder.to_owned());
        call(
            app,
            &self.desk,
            "answer_problem",
            json!({"choice": "find_folder"}),
        )
        .map_err(|refusal| serde_json::to_value(refusal).unwrap())
    }
}

#[test]
fn what_one_window_found_is_not_forgotten_by_another() {
    let computer = Computer::new();
    drop(computer.with_posting("stick"));
    std::fs::rename(computer.path("stick"), computer.path("cupboard")).unwrap();
    let other = computer.with_posting("desk");

    let window = computer.window("stick");
    let state = computer.find(&window, &computer.path("cupboard")).unwrap();
    assert_eq!(state["problem"], Value::Null);
    drop(window);
    other.backup_if_due();
    drop(other);

    let again = computer.window("stick");
    let state = call(&again, &computer.desk, "app_state", Value::Null).unwrap();
    assert_eq!(state["problem"], Value::Null, "it is gone to by itself");
    assert_eq!(again.dir(), computer.path("cupboard"));
}

#[test]
fn of_several_records_in_a_folder_none_is_taken_by_chance() {
    let computer = Computer::new();
    drop(computer.with_posting("stick"));
    std::fs::create_dir(computer.path("drive")).unwrap();
    std::fs::rename(computer.path("stick"), computer.path("drive/old")).unwrap();
    drop(computer.with_posting("drive/new"));

    let window = computer.window("stick");
    let refusal = computer.find(&window, &computer.path("drive")).unwrap_err();
    assert_eq!(refusal["code"], "several_records_there");
    assert_eq!(window.dir(), computer.path("stick"));
    computer.find(&window, &computer.path("drive/old")).unwrap();
    assert_eq!(window.dir(), computer.path("drive/old"));
}

#[test]
fn a_clock_that_is_right_again_is_believed_again() {
    let at = |text: &str| parse_instant(text).unwrap();
    let said = at("2026-03-19T09:32:08Z");
    let hour = TimeDelta::hours(1);
    for (system, now) in [
        // Still as wrong as it was: our own counting goes on.
        ("2000-01-01T01:00:00Z", "2026-03-19T10:32:08Z"),
        ("2052-03-19T09:32:08Z", "2026-03-19T10:32:08Z"),
        // Set right, to the minute or after a night asleep.
        ("2026-03-19T10:31:00Z", "2026-03-19T10:31:00Z"),
        ("2026-03-20T08:00:00Z", "2026-03-20T08:00:00Z"),
    ] {
        let shown: chrono::DateTime<Utc> = time_by_hand(said, hour, at(system));
        assert_eq!(shown, at(now), "{system}");
    }
}
