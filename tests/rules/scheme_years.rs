//! What is asked by the year of the posting: which years ask, what each holds, and until when one can be made good.

use crate::build::{Build, date, requirement};
use serde_json::json;
use xiaxiangzhi_core::assess::{Assessment, FindingCode, Severity, Status, assess};
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::scheme::{CadenceWindow, DutyOf, QuotaPer, Scheme, built_in};

/// 中医对口支援协议, where the office says that its trainees are one person's.
fn agreement() -> Scheme {
    let mut scheme = built_in("tcm_agreement").unwrap().clone();
    scheme.quotas[0].duty_of = DutyOf::Person;
    assert_eq!(
        (scheme.quotas[0].minimum, scheme.quotas[0].per),
        (2, QuotaPer::PostingYear)
    );
    scheme
}

/// So many trained on each of these dates.
fn trained(start: &str, end: &str, counts: &[(&str, u32)]) -> Build {
    let mut build = Build::new(start, end);
    for (index, (date, count)) in counts.iter().enumerate() {
        build = build.day(date, Some("present"), None, "免费培训");
        build.document["days"][index]["tallies"] = json!({"trainees": count});
    }
    build
}

fn by(scheme: &Scheme, build: &Build, as_of: &str) -> Assessment {
    assess(scheme, &build.records(), Calendar::built_in(), date(as_of)).unwrap()
}

/// Dates and counts of a case.
type Counts = &'static [(&'static str, u32)];

#[test]
fn each_year_of_a_three_year_posting_asks_its_own() {
    let scheme = agreement();
    let (start, end) = ("2023-03-01", "2026-02-28");
    let all: Counts = &[("2023-05-10", 2), ("2024-05-10", 2), ("2026-02-28", 2)];
    let one_short: Counts = &[("2023-05-10", 2), ("2024-02-29", 4), ("2025-05-10", 2)];
    for (counts, as_of, status, needed, last) in [
        (all, "2026-03-01", Status::Met, 0, None),
        (all, "2026-02-28", Status::Met, 0, None),
        (all, "2026-02-27", Status::Reachable, 2, Some("2026-02-28")),
        (all, "2024-05-09", Status::Reachable, 4, Some("2025-02-28")),
        // The last day of a year still serves.
        (one_short, "2025-02-28", Status::Reachable, 4, Some("2025-02-28")),
        // What the first had too much makes good for no other year, and a year that is over stays short.
        (one_short, "2025-03-01", Status::Unreachable, 4, None),
        (one_short, "2026-03-01", Status::NotMet, 2, None),
    ] {
        let answer = by(&scheme, &trained(start, end, counts), as_of);
        let verdict = requirement(&answer, "trainees");
        assert_eq!(
            (verdict.status, verdict.still_needed, verdict.last_safe_date),
            (status, Some(needed), last.map(date)),
            "as of {as_of}"
        );
        assert_eq!(verdict.minimum, 6, "two in each of three years");
        let short = answer
            .findings
            .iter()
            .filter(|one| one.code == FindingCode::YearShort);
        let short: Vec<_> = short.map(|one| (one.from.unwrap(), one.severity)).collect();
        let lost = matches!(status, Status::Unreachable | Status::NotMet);
        let second = (date("2024-03-01"), Severity::Error);
        assert_eq!(
            short,
            if lost { vec![second] } else { Vec::new() },
            "as of {as_of}"
        );
    }
}

#[test]
fn the_figures_of_each_year_are_told() {
    let scheme = agreement();
    // The 29th of February is the day before the second year; ten days of a fourth year ask nothing.
    let counts = [("2024-02-29", 3), ("2024-03-01", 1), ("2026-03-05", 7)];
    let answer = by(
        &scheme,
        &trained("2023-03-01", "2026-03-10", &counts),
        "2026-03-11",
    );
    let verdict = requirement(&answer, "trainees");
    let years: Vec<_> = verdict.years.iter().flatten().collect();
    let figures: Vec<_> = years
        .iter()
        .map(|year| (year.amount, year.asked, year.missing()))
        .collect();
    assert_eq!(figures, [(3, true, 0), (1, true, 1), (0, true, 2), (7, false, 0)]);
    assert_eq!(years[3].to, date("2026-03-10"), "cut short by the posting's end");
    assert_eq!((verdict.amount, verdict.still_needed), (Some(11), Some(3)));
    assert_eq!(
        verdict.arithmetic,
        "第1年 3 ≥ 2；第2年 1 ＜ 2；第3年 0 ＜ 2；第4年（不满一年） 7"
    );
}

#[test]
fn a_posting_a_day_short_of_a_year_asks_all_the_same() {
    let scheme = agreement();
    for (end, status) in [("2024-02-28", Status::NotMet), ("2024-02-29", Status::NotMet)] {
        let answer = by(
            &scheme,
            &trained("2023-03-01", end, &[("2023-05-10", 1)]),
            "2024-03-05",
        );
        let verdict = requirement(&answer, "trainees");
        assert_eq!((verdict.status, verdict.minimum), (status, 2), "until {end}");
        assert_eq!(verdict.arithmetic, "1 ＜ 2");
        assert!(
            !answer
                .findings
                .iter()
                .any(|one| one.code == FindingCode::YearShort)
        );
    }
}

#[test]
fn a_cycle_of_a_year_wants_a_visit_in_each() {
    let scheme = built_in("county_support").unwrap();
    let window = scheme.duties[0].cadence.as_ref().unwrap().window;
    assert_eq!(window, CadenceWindow::PostingYears(1));
    let visits = |dates: &[&str]| {
        let mut build = Build::new("2023-03-01", "2025-04-30");
        build.document["posting"]["station"] = json!("visiting");
        for (index, date) in dates.iter().enumerate() {
            build = build.activity("support_visit", date, true);
            build.document["activities"][index]["minutes"] = json!(180);
        }
        build
    };
    for (dates, as_of, status, figures) in [
        (
            vec!["2023-06-01", "2024-03-01"],
            "2025-05-01",
            Status::Met,
            [1, 1, 0],
        ),
        (
            vec!["2023-06-01", "2024-02-29"],
            "2025-05-01",
            Status::NotMet,
            [2, 0, 0],
        ),
        (
            vec!["2023-06-01", "2024-02-29"],
            "2025-02-28",
            Status::Reachable,
            [2, 0, 0],
        ),
        (
            vec!["2024-03-01", "2025-04-01"],
            "2024-04-01",
            Status::Unreachable,
            [0, 1, 0],
        ),
    ] {
        let answer = by(scheme, &visits(&dates), as_of);
        let verdict = requirement(&answer, "visits");
        let years: Vec<_> = verdict.years.iter().flatten().collect();
        assert_eq!(verdict.status, status, "{dates:?} as of {as_of}");
        assert_eq!(years.iter().map(|year| year.amount).collect::<Vec<_>>(), figures);
        let asked: Vec<_> = years.iter().map(|year| year.asked).collect();
        assert_eq!(asked, [true, true, false], "two whole years and two months");
    }
}

/// More than a year asks makes good for no other: on a sheet of points neither.
#[test]
fn points_of_a_yearly_number_count_each_year_up_to_what_it_asks() {
    let mut document = serde_json::to_value(agreement()).unwrap();
    document["points"] = json!({
        "id": "points", "title": {"zh": "评分", "en": "Points"}, "pass_mark": 60, "grades": [], "judged": true,
        "clause": {"number": "", "quote": ""},
        "items": [{"id": "trained", "title": {"zh": "培训", "en": "Training"}, "weight": 100,
            "from": {"requirement": "trainees"}, "partial": true}],
    });
    let scheme = Scheme::from_value(document).unwrap();
    let build = trained(
        "2023-03-01",
        "2025-02-28",
        &[("2023-05-10", 9), ("2024-05-10", 1)],
    );
    let answer = by(&scheme, &build, "2025-03-01");
    assert_eq!(answer.points.unwrap().total, 75, "2 + 1 of 4");
}
