//! Windows of months: how they are cut, and what a missed one does to whose duty.

use crate::build::{Build, date, requirement};
use chrono::NaiveDate;
use serde_json::json;
use xiaxiangzhi_core::assess::{Assessment, FindingCode, Severity, Status, assess};
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::posting::Station;
use xiaxiangzhi_core::scheme::{CadenceWindow, DutyOf, Scheme, built_in};

fn spans(window: CadenceWindow, start: &str, count: u32) -> Vec<(String, String)> {
    let said = |date: NaiveDate| date.to_string();
    (0..count)
        .map(|index| window.nth(date(start), index).unwrap())
        .map(|(from, to)| (said(from), said(to)))
        .collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    let own = |(from, to): &(&str, &str)| ((*from).to_owned(), (*to).to_owned());
    expected.iter().map(own).collect()
}

#[test]
fn a_posting_month_that_begins_on_the_31st_comes_back_to_the_31st() {
    assert_eq!(
        spans(CadenceWindow::PostingMonths(1), "2025-08-31", 7),
        pairs(&[
            ("2025-08-31", "2025-09-29"),
            ("2025-09-30", "2025-10-30"),
            ("2025-10-31", "2025-11-29"),
            ("2025-11-30", "2025-12-30"),
            ("2025-12-31", "2026-01-30"),
            ("2026-01-31", "2026-02-27"),
            ("2026-02-28", "2026-03-30"),
        ])
    );
}

#[test]
fn windows_of_two_months_are_pairs_of_posting_months() {
    let one = spans(CadenceWindow::PostingMonths(1), "2025-08-31", 6);
    let two = spans(CadenceWindow::PostingMonths(2), "2025-08-31", 3);
    for (pair, window) in one.chunks(2).zip(&two) {
        assert_eq!((&pair[0].0, &pair[1].1), (&window.0, &window.1));
    }
    assert_eq!(two[2], ("2025-12-31".to_owned(), "2026-02-27".to_owned()));
}

#[test]
fn calendar_months_count_from_the_first_whole_one() {
    assert_eq!(
        spans(CadenceWindow::CalendarMonths(1), "2025-08-02", 2),
        pairs(&[("2025-09-01", "2025-09-30"), ("2025-10-01", "2025-10-31")])
    );
    assert_eq!(
        spans(CadenceWindow::CalendarMonths(1), "2025-09-01", 1),
        pairs(&[("2025-09-01", "2025-09-30")])
    );
    assert_eq!(
        spans(CadenceWindow::CalendarMonths(2), "2025-12-31", 1),
        pairs(&[("2026-01-01", "2026-02-28")])
    );
}

fn by(scheme: &Scheme, build: &Build, as_of: &str) -> Assessment {
    assess(scheme, &build.records(), Calendar::built_in(), date(as_of)).unwrap()
}

/// 千名医生, where the office says that everybody does it.
fn each_person() -> Scheme {
    let mut scheme = built_in("thousand_doctors").unwrap().clone();
    for duty in &mut scheme.duties {
        duty.duty_of = DutyOf::Person;
    }
    scheme
}

/// Six months from the last of August: the windows begin on 08-31, 09-30, 10-31, 11-30, 12-31, 01-31.
fn half_year() -> Build {
    Build::new("2025-08-31", "2026-02-27")
}

const MONTHLY: [&str; 6] = [
    "2025-09-29",
    "2025-09-30",
    "2025-11-03",
    "2025-12-30",
    "2026-01-05",
    "2026-02-27",
];

#[test]
fn a_lecture_in_each_posting_month_is_judged_by_its_windows() {
    let scheme = each_person();
    for (lectures, as_of, status) in [
        (&MONTHLY[..], "2026-02-28", Status::Met),
        (&MONTHLY[..], "2026-02-27", Status::Met),
        (&MONTHLY[..5], "2026-02-27", Status::Reachable),
        (&MONTHLY[..5], "2026-02-28", Status::NotMet),
        // The first two in the second month: the first month has none.
        (&MONTHLY[1..], "2025-12-31", Status::Unreachable),
        (&[][..], "2025-09-29", Status::Reachable),
        (&[][..], "2025-09-30", Status::Unreachable),
    ] {
        let answer = by(&scheme, &half_year().lectures(lectures), as_of);
        let verdict = requirement(&answer, "lectures");
        assert_eq!(verdict.status, status, "{lectures:?} as of {as_of}");
    }
    let waiting = by(&scheme, &half_year().lectures(&MONTHLY[..1]), "2025-10-02");
    let verdict = requirement(&waiting, "lectures");
    assert_eq!(verdict.last_safe_date, Some(date("2025-10-30")));
    let window = verdict.open_window.as_ref().unwrap();
    assert_eq!((window.from, window.to), (date("2025-09-30"), date("2025-10-30")));
}

#[test]
fn a_missed_window_is_named_with_its_dates_and_fails_whoever_it_is_judged_for() {
    let missing = [&MONTHLY[..2], &MONTHLY[3..]].concat();
    let build = half_year().lectures(&missing);
    let of = |answer: &Assessment| {
        let mut all = answer.findings.iter();
        let of_lectures = all.find(|one| {
            one.code == FindingCode::CadenceMissed && one.requirement.as_deref() == Some("lectures")
        });
        let found = of_lectures.unwrap();
        assert_eq!(
            (found.from, found.to),
            (Some(date("2025-10-31")), Some(date("2025-11-29")))
        );
        found.severity
    };
    let person = by(&each_person(), &build, "2026-02-28");
    assert_eq!(of(&person), Severity::Error);
    assert!(person.failed.contains(&"lectures".to_owned()));
    // As the source has it the team takes turns: told, and nobody fails.
    let team = by(built_in("thousand_doctors").unwrap(), &build, "2026-02-28");
    assert_eq!(of(&team), Severity::Info);
    assert_eq!(requirement(&team, "lectures").status, Status::Recorded);
    assert_eq!(team.failed, Vec::<String>::new());
    assert!(requirement(&team, "lectures").arithmetic.contains("缺 1"));
}

#[test]
fn health_education_is_due_once_in_each_pair_of_months() {
    let scheme = each_person();
    let on = |dates: &[&str]| {
        let build = dates.iter().fold(half_year(), |build, date| {
            build.activity("health_education", date, true)
        });
        requirement(&by(&scheme, &build, "2026-02-28"), "health_education").status
    };
    assert_eq!(on(&["2025-10-30", "2025-10-31", "2026-02-27"]), Status::Met);
    assert_eq!(on(&["2025-10-29", "2025-10-30", "2026-02-27"]), Status::NotMet);
    assert_eq!(on(&["2025-09-01", "2025-12-30"]), Status::NotMet);
}

#[test]
fn only_months_that_lie_wholly_in_the_posting_can_be_missed() {
    let scheme = each_person();
    // Five whole months and a bit: the sixth does not count.
    let short = Build::new("2025-08-31", "2026-02-20").lectures(&MONTHLY[..5]);
    assert_eq!(
        requirement(&by(&scheme, &short, "2026-02-21"), "lectures").status,
        Status::Met
    );
}

#[test]
fn a_village_clinic_is_due_in_each_whole_month_of_the_calendar() {
    let scheme = built_in("township_outreach").unwrap();
    let on = |dates: &[&str]| {
        let posting = Build::new("2025-08-02", "2025-11-29");
        let build = dates
            .iter()
            .fold(posting, |build, date| build.activity("free_clinic", date, true));
        requirement(&by(scheme, &build, "2025-11-30"), "free_clinics").status
    };
    // August began without the posting and November ended after it: September and October are asked for.
    assert_eq!(on(&["2025-09-30", "2025-10-01"]), Status::Met);
    assert_eq!(on(&["2025-08-31", "2025-10-01", "2025-11-03"]), Status::NotMet);
}

#[test]
fn a_visit_counts_from_half_a_day_on_and_is_judged_for_those_who_come_for_the_day() {
    let scheme = built_in("county_support").unwrap();
    let visit = |minutes: serde_json::Value, station: Station| {
        let mut build = Build::new("2025-03-01", "2026-02-28").activity("support_visit", "2025-04-10", true);
        build.document["activities"][0]["minutes"] = minutes;
        build.document["posting"]["station"] = serde_json::to_value(station).unwrap();
        by(scheme, &build, "2026-03-01")
    };
    for (minutes, counted, status) in [
        (json!(180), 1, Status::Met),
        (json!(240), 1, Status::Met),
        (json!(179), 0, Status::NotMet),
        (json!(null), 0, Status::NotMet),
    ] {
        let answer = visit(minutes.clone(), Station::Visiting);
        let verdict = requirement(&answer, "visits");
        assert_eq!(verdict.counted.as_ref().unwrap().len(), counted, "{minutes}");
        assert_eq!(verdict.status, status, "{minutes}");
        let why = verdict.excluded.as_ref().unwrap().iter();
        let why: Vec<_> = why.map(|one| serde_json::to_value(one.reason).unwrap()).collect();
        assert_eq!(why, vec![json!("too_short"); 1 - counted], "{minutes}");
    }
    let resident = visit(json!(30), Station::Resident);
    assert_eq!(requirement(&resident, "visits").status, Status::Recorded);
    assert_eq!(resident.failed, Vec::<String>::new());
    // The year without a visit is told, and costs nobody anything.
    let mut missed = resident.findings.iter();
    let missed = missed.find(|one| one.code == FindingCode::CadenceMissed);
    assert_eq!(missed.map(|one| one.severity), Some(Severity::Info));
}
