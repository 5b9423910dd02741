//! Schemes in which the cadence is itself the duty.

use crate::build::{Build, date, requirement};
use serde_json::json;
use xiaxiangzhi_core::assess::{Assessment, Status, assess};
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::scheme::{CadenceRule, CadenceWindow, Scheme, built_in};

/// A lecture in each fortnight, no number asked besides; two fortnights in all.
fn fortnightly() -> Scheme {
    let mut scheme = built_in("rotation_3m").unwrap().clone();
    let teaching = &mut scheme.duties[0];
    (teaching.minimum, teaching.minimum_gap_days) = (0, 0);
    let cadence = teaching.cadence.as_mut().unwrap();
    (cadence.window, cadence.rule) = (CadenceWindow::Days(14), CadenceRule::Required);
    scheme
}

fn assessed(lectures: &[&str], as_of: &str) -> Assessment {
    let records = Build::new("2026-03-02", "2026-03-29")
        .lectures(lectures)
        .records();
    assess(&fortnightly(), &records, Calendar::built_in(), date(as_of)).unwrap()
}

#[test]
fn each_window_wants_one_and_a_missed_one_fails_the_duty() {
    let (first, second) = ("2026-03-04", "2026-03-18");
    for (lectures, as_of, status) in [
        (&[][..], "2026-03-02", Status::Reachable),
        (&[][..], "2026-03-15", Status::Reachable),
        (&[][..], "2026-03-16", Status::Unreachable),
        (&[first][..], "2026-03-16", Status::Reachable),
        (&[first, second][..], "2026-03-18", Status::Met),
        (&[first, second][..], "2026-03-30", Status::Met),
        (&[first][..], "2026-03-30", Status::NotMet),
        (&[second][..], "2026-03-30", Status::NotMet),
    ] {
        let answer = assessed(lectures, as_of);
        assert_eq!(
            requirement(&answer, "teaching").status,
            status,
            "{lectures:?} as of {as_of}"
        );
    }
}

#[test]
fn the_last_safe_date_is_the_last_of_the_window_that_waits() {
    let safe = |lectures: &[&str], as_of| requirement(&assessed(lectures, as_of), "teaching").last_safe_date;
    assert_eq!(safe(&[], "2026-03-02"), Some(date("2026-03-15")));
    assert_eq!(safe(&["2026-03-04"], "2026-03-05"), Some(date("2026-03-29")));
    assert_eq!(safe(&["2026-03-04", "2026-03-18"], "2026-03-18"), None, "met");
}

#[test]
fn a_window_ahead_that_cannot_have_one_puts_the_duty_out_of_reach_at_once() {
    // The second fortnight is wholly under leave, the first still open.
    let build =
        Build::new("2026-03-02", "2026-03-29").leave("2026-03-16 morning", "2026-03-29 afternoon", json!({}));
    let answer = assess(
        &fortnightly(),
        &build.records(),
        Calendar::built_in(),
        date("2026-03-02"),
    )
    .unwrap();
    let teaching = requirement(&answer, "teaching");
    assert_eq!(teaching.status, Status::Unreachable);
    assert_eq!(
        (teaching.next_allowed_date, teaching.last_safe_date),
        (None, None)
    );
}

#[test]
fn the_last_safe_date_leaves_room_for_the_windows_after() {
    // In the second fortnight only its first day and its fourth are open, and two must lie a week apart: 15 March would be
    // too late for both, 12 March is in time for the fourth day.
    let build = Build::new("2026-03-02", "2026-03-29")
        .leave("2026-03-17 morning", "2026-03-18 afternoon", json!({}))
        .leave("2026-03-20 morning", "2026-03-29 afternoon", json!({}));
    let mut scheme = fortnightly();
    scheme.duties[0].minimum_gap_days = 7;
    let at = |as_of| {
        let answer = assess(&scheme, &build.records(), Calendar::built_in(), date(as_of)).unwrap();
        let teaching = requirement(&answer, "teaching");
        (teaching.status, teaching.last_safe_date)
    };
    assert_eq!(at("2026-03-02"), (Status::Reachable, Some(date("2026-03-12"))));
    assert_eq!(at("2026-03-12"), (Status::Reachable, Some(date("2026-03-12"))));
    assert_eq!(at("2026-03-13"), (Status::Unreachable, None));
}
