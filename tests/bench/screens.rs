//! What the screens ask for, with ten years of entries behind it.

use crate::measure::{Times, in_turn, once};
use crate::storing::{fill, folder};
use crate::table::Row;
use serde_json::{Value, json};
use std::hint::black_box;
use std::path::PathBuf;
use xiaxiangzhi::{App, Ask, Clock, Desk, call};

const EVENTS: u64 = 19_999;

/// Nobody answers: none of the commands measured here asks.
pub(crate) struct Nobody;

impl Desk for Nobody {
    fn save_file(&self, _: &Ask) -> Option<PathBuf> {
        None
    }
    fn choose_folder(&self, _: &str) -> Option<PathBuf> {
        None
    }
    fn open_file(&self, _: &Ask) -> Option<PathBuf> {
        None
    }
    fn print(&self) -> bool {
        false
    }
    fn show_window(&self) {}
    fn quit(&self) {}
}

pub(crate) fn rows(rounds: usize) -> Vec<Row> {
    let folder = folder();
    let data = folder.path().join("data");
    fill(&data, EVENTS);
    let clock = Clock::fixed("2026-03-19T09:32:08Z".parse().expect("an instant"));
    let app = App::open(&data, clock);
    let day = json!({"morning": "present", "afternoon": "present", "note": "门诊", "tallies": {"outpatient_visits": 23}});
    let change = json!({"event_id": "0199b000-0000-7000-8000-00000000ffff", "entity": "day", "key": "2026-03-19",
        "value": day});
    let asked = [
        ("every screen", "posting_view", Value::Null),
        ("settings and the start", "app_state", Value::Null),
        (
            "effect of a change before it is saved",
            "preview",
            json!({"changes": [change]}),
        ),
        (
            "history of a day set 222 times",
            "record_history",
            json!({"entity": "day", "key": "2026-01-08"}),
        ),
        ("recycle bin", "recycle_bin", Value::Null),
    ];
    let app = &app;
    let mut sides: Vec<_> = asked
        .iter()
        .map(|(_, name, arguments)| {
            move || {
                once(|| {
                    black_box(call(app, &Nobody, name, arguments.clone()).expect("an answer"));
                })
            }
        })
        .collect();
    let mut turns: Vec<&mut dyn FnMut() -> f64> = sides.iter_mut().map(|side| side as _).collect();
    let times: Vec<Times> = in_turn(rounds, &mut turns);
    asked
        .iter()
        .zip(&times)
        .map(|((what, name, _), times)| {
            Row::timed(
                &format!("data of {what} ({name}, 20,000 events)"),
                times,
                "< 30 ms",
                0.030,
            )
        })
        .collect()
}
