//! Finding records: what a key costs in the search of ten years.

use crate::measure::{alone, seconds};
use crate::table::Row;
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};
use std::hint::black_box;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::search::Index;

/// Records of a kind; twice as many in all, as the longest log has events.
const RECORDS: u64 = 10_000;

/// As many as the window shows.
const MOST: usize = 100;

pub(crate) fn rows(rounds: usize) -> Vec<Row> {
    let document = document();
    let index = Index::new(&document, &[]);
    let today = date(RECORDS);
    let mut rows = vec![Row::timed(
        "records made ready for searching (20,000)",
        &alone(rounds, || seconds(|| drop(black_box(Index::new(&document, &[]))))),
        "<= 50 ms",
        0.050,
    )];
    let mut changed = document.clone();
    changed["days"][5]["note"] = json!("复诊三人，电话随访两人。");
    rows.push(Row::timed(
        "  the same after one change",
        &alone(rounds, || {
            seconds(|| drop(black_box(index.renewed(&changed, &[]))))
        }),
        "<= 25 ms",
        0.025,
    ));
    for query in ["gxy", "高血压", "mzrc 上午", "2015-03-02"] {
        let search = || {
            black_box(index.search(query, Language::Chinese, today, MOST));
        };
        rows.push(Row::timed(
            &format!("  search for {query}"),
            &alone(rounds, || seconds(search)),
            "<= 50 ms",
            0.050,
        ));
    }
    rows
}

fn date(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2000, 1, 1).expect("a date") + Days::new(n)
}

fn document() -> Value {
    let days: Vec<Value> = (0..RECORDS)
        .map(|n| {
            json!({
                "date": date(n), "morning": "present", "afternoon": "present",
                "note": format!("门诊日常工作，第{n}次记录：上午坐诊，下午随访慢病病人，整理病历。"),
                "tallies": {"outpatient_visits": n % 40}
            })
        })
        .collect();
    let activities: Vec<Value> = (0..RECORDS)
        .map(|n| {
            json!({
                "id": format!("0199a1c2-7d1e-7c3a-9f10-{n:012}"), "kind": "lecture", "date": date(n),
                "title": "高血压分级管理", "place": "二楼会议室", "minutes": 60, "participants": 12
            })
        })
        .collect();
    json!({"days": days, "activities": activities})
}
