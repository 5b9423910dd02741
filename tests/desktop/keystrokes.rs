//! What an ordinary day and a week's back-fill cost in keystrokes: struck on the real window, counted by the page, and looked up
//! in the records afterwards.

use crate::page::Page;
use crate::seed::{self, NOTE};
use crate::session::{PATIENCE, Session, Start, drive, eventually};
use chrono::NaiveDate;
use fantoccini::key::Key;
use serde_json::{Value, json};
use std::path::Path;
use std::time::Instant;
use xiaxiangzhi_core::log::{Change, Entity, parse_instant};
use xiaxiangzhi_store::{Store, new_id};

/// Friday, 2026-03-20, 17:32:08 in China.
const FRIDAY: &str = "2026-03-20T09:32:08Z";
/// Monday, 2026-03-30, 17:40 in China: the week before was not filled in.
const MONDAY_AFTER: &str = "2026-03-30T09:40:00Z";
const WEEK: [&str; 5] = [
    "2026-03-23",
    "2026-03-24",
    "2026-03-25",
    "2026-03-26",
    "2026-03-27",
];

/// The day as the records on the disk have it.
fn stored(data: &Path, date: &str) -> Option<Value> {
    let store = Store::open_for_reading(data).unwrap();
    let document = store.folded(store.logs()[0].log_id).unwrap().document;
    let days = document["days"].as_array().unwrap();
    days.iter().find(|day| day["date"] == date).cloned()
}

/// Whether a day is stored as an ordinary one with so many outpatients and the likeliest phrase.
fn is_ordinary(data: &Path, date: &str, visits: u64) -> bool {
    stored(data, date).is_some_and(|day| {
        day["morning"] == "present"
            && day["afternoon"] == "present"
            && day["note"] == NOTE
            && day["tallies"] == json!({"outpatient_visits": visits})
    })
}

/// The two Saturdays to be worked instead of bridge days, which the seed leaves open.
fn fill_makeup_days(data: &Path) {
    let store = Store::open(data).unwrap();
    let log_id = store.logs()[0].log_id;
    for date in ["2026-02-14", "2026-02-28"] {
        let at = parse_instant(&format!("{date}T09:40:00Z")).unwrap();
        let at = at.max(parse_instant("2026-03-19T09:40:00Z").unwrap());
        let change = Change {
            event_id: new_id(at).unwrap(),
            entity: Entity::Day,
            key: date.parse::<NaiveDate>().unwrap().to_string(),
            value: Some(json!({"date": date, "morning": "present", "afternoon": "present", "note": NOTE})),
            batch: None,
        };
        store.save(log_id, &[change], at).unwrap();
    }
}

/// Keys that the page has seen come from the keyboard since this was asked first, without Ctrl by itself.
async fn strokes(page: &Page) -> u64 {
    let script = "if (window.strokes === undefined) {
            window.strokes = 0;
            document.addEventListener('keydown', (event) => {
                if (event.isTrusted && event.key !== 'Control') window.strokes++;
            }, true);
        }
        return window.strokes;";
    page.evaluate(script).await.as_u64().unwrap()
}

/// Waits until the first field of the entry has the focus.
async fn ready(page: &Page, field: &str) {
    let script = format!(
        "return document.activeElement === document.querySelector('[data-fields] [data-field]') && \
         document.activeElement.matches('{field}')"
    );
    let start = Instant::now();
    while page.evaluate(&script).await != json!(true) {
        assert!(start.elapsed() < PATIENCE, "{field} does not get the focus");
        page.settled().await;
    }
}

#[test]
fn an_ordinary_day_takes_six_keystrokes_and_a_week_twenty_two() {
    let top = tempfile::Builder::new().prefix("keystrokes").tempdir().unwrap();
    let (data, home) = (top.path().join("data"), top.path().join("home"));
    seed::records(&data);
    fill_makeup_days(&data);
    let open = |now| {
        let start = Start {
            data: &data,
            home: &home,
            now,
            arguments: &[],
        };
        async move { Session::open(&start).await }
    };
    drive(async {
        let window = open(FRIDAY).await;
        let page = &window.page;
        page.says("3月20日 周五").await;
        ready(page, "[role=radio]").await;
        assert!(!is_ordinary(&data, "2026-03-20", 23), "nothing is there before");
        assert_eq!(strokes(page).await, 0);
        page.strike(Key::Enter).await;
        page.strike('2').await;
        page.strike('3').await;
        page.strike(Key::Enter).await;
        page.strike(Key::Enter).await;
        // Saved at the time of this program's clock; the last entry of the seed is of another.
        page.says("已保存 17:32:08").await;
        page.says("两个半天都计入出勤").await;
        assert_eq!(strokes(page).await, 5);
        page.strike_with_control('w').await;
        window.ends().await;
    });
    eventually("six keystrokes fill the day", || {
        is_ordinary(&data, "2026-03-20", 23).then_some(())
    });

    drive(async {
        let window = open(MONDAY_AFTER).await;
        let page = &window.page;
        page.says("还有 5 天没有填完").await;
        ready(page, "[role=radio]").await;
        assert_eq!(strokes(page).await, 0);
        page.strike_with_control('b').await;
        ready(page, "input").await;
        for visits in 0..5 {
            page.strike('2').await;
            page.strike(char::from_digit(visits, 10).unwrap()).await;
            page.strike(Key::Enter).await;
            page.strike(Key::Enter).await;
        }
        page.strike_with_control(Key::Enter).await;
        page.says("已补记 5 天").await;
        page.says("已保存 17:40:00").await;
        assert_eq!(strokes(page).await, 22);
        for (date, visits) in WEEK.iter().zip(20..) {
            assert!(
                is_ordinary(&data, date, visits),
                "{date}: {:?}",
                stored(&data, date)
            );
        }
        // One keystroke takes all of it back.
        page.strike_with_control('z').await;
        page.says("还有 5 天没有填完").await;
        assert_eq!(strokes(page).await, 23);
        assert_eq!(WEEK.map(|date| stored(&data, date)), [const { None }; 5]);
        window.close(&data).await;
    });
}
