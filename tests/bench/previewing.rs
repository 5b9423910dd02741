//! Looking at a form: what the window shows of it after a change.

use crate::measure::{alone, once};
use crate::screens::Nobody;
use crate::table::Row;
use serde_json::{Value, json};
use std::hint::black_box;
use xiaxiangzhi::{App, Clock, call};

pub(crate) fn rows(rounds: usize) -> Vec<Row> {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let clock = Clock::fixed("2026-04-20T09:32:08Z".parse().expect("an instant"));
    let app = App::open(&folder.path().join("data"), clock);
    let ask = |name: &str, arguments: Value| call(&app, &Nobody, name, arguments).expect("an answer");
    let view = ask("create_sample", Value::Null);
    let days = view["records"]["days"]
        .as_array()
        .expect("the days of the sample");
    let day = days
        .iter()
        .rfind(|day| day["note"].is_string())
        .expect("a day's work");
    let forms = ask("forms", Value::Null);
    let there = forms.as_array().expect("the forms").iter();
    let kinds: Vec<&str> = there
        .filter(|form| form["left_out"].is_null())
        .filter_map(|form| form["form"].as_str())
        .collect();
    let mut n = 0_u32;
    let mut looked_at = |form: &str| {
        n += 1;
        let mut value = day.clone();
        value["note"] = json!(format!("内科门诊，随访第{n}次"));
        let change = json!({"event_id": format!("0199b000-0000-7000-8000-{n:012}"), "entity": "day",
            "key": day["date"], "value": value});
        ask("save", json!({"changes": [change]}));
        once(|| {
            drop(black_box(ask(
                "form_preview",
                json!({"form": form, "options": null}),
            )));
        })
    };
    let heaviest = kinds
        .iter()
        .map(|form| (alone(3, || looked_at(form)).least(), *form))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let (_, heaviest) = heaviest.expect("a form");
    vec![Row::timed(
        &format!("A4 preview of one form after a change (the heaviest: {heaviest})"),
        &alone(rounds, || looked_at(heaviest)),
        "< 100 ms",
        0.100,
    )]
}
