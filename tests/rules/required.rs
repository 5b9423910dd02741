//! Schemes in which the cadence is itself the duty.

use crate::build::{Build, date, requirement};
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
