//! What is asked besides activities: statistics, a least duration, papers, points; and what may be had.

use crate::build::{Build, codes, date, requirement};
use serde_json::{Value, json};
use xiaxiangzhi_core::assess::{Assessment, FindingCode, Status, assess};
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::posting::{ActivityKind, DocumentKind};
use xiaxiangzhi_core::reminders::reminders;
use xiaxiangzhi_core::scheme::{DutyOf, PointItem, PointSource, Scheme, built_in};

fn by(scheme: &Scheme, build: &Build, as_of: &str) -> Assessment {
    assess(scheme, &build.records(), Calendar::built_in(), date(as_of)).unwrap()
}

fn with(mut build: Build, place: &str, value: Value) -> Build {
    build.document[place] = value;
    build
}

/// 培训村医 on two dates, one as a day's count and one as an activity's.
fn trained(first: u32, second: u32) -> Build {
    let build = Build::new("2025-03-01", "2026-02-28").activity("training", "2025-09-10", true);
    let mut build = build.day("2025-04-10", Some("present"), None, "村医培训");
    build.document["days"][0]["tallies"] = json!({"village_doctors_trained": first});
    build.document["activities"][0]["tallies"] = json!({"village_doctors_trained": second});
    build
}

#[test]
fn forty_village_doctors_are_summed_over_days_and_activities() {
    let scheme = built_in("township_outreach").unwrap();
    for (build, as_of, amount, status) in [
        (trained(15, 25), "2026-03-01", 40, Status::Met),
        (trained(15, 24), "2026-03-01", 39, Status::NotMet),
        (trained(15, 24), "2026-02-28", 39, Status::Reachable),
        (trained(15, 25), "2025-09-09", 15, Status::Reachable),
        (trained(40, 0), "2025-04-10", 40, Status::Met),
    ] {
        let answer = by(scheme, &build, as_of);
        let verdict = requirement(&answer, "village_doctors");
        assert_eq!(
            (verdict.amount, verdict.status),
            (Some(amount), status),
            "as of {as_of}"
        );
        assert_eq!(
            verdict.still_needed,
            Some(40_u32.saturating_sub(u32::try_from(amount).unwrap()))
        );
    }
    let mut team = scheme.clone();
    team.quotas[0].duty_of = DutyOf::Team;
    let answer = by(&team, &trained(1, 1), "2026-03-01");
    assert_eq!(requirement(&answer, "village_doctors").status, Status::Recorded);
}

#[test]
fn six_months_without_a_break_are_counted_to_the_day() {
    let scheme = built_in("city_plan_72").unwrap();
    for (start, end, status) in [
        ("2025-03-01", "2025-08-31", Status::Met),
        ("2025-03-01", "2025-08-30", Status::NotMet),
        ("2025-03-17", "2025-09-16", Status::Met),
        ("2025-03-17", "2025-09-15", Status::NotMet),
        // From the last of August six months lead to the last of February.
        ("2025-08-31", "2026-02-27", Status::Met),
        ("2025-08-31", "2026-02-26", Status::NotMet),
    ] {
        let build = Build::new(start, end);
        let after = build.records().posting.end.succ_opt().unwrap().to_string();
        let answer = by(scheme, &build, &after);
        assert_eq!(
            requirement(&answer, "duration").status,
            status,
            "{start} to {end}"
        );
    }
    let long = Build::new("2025-03-01", "2025-08-31");
    let answer = by(scheme, &long, "2025-06-15");
    let verdict = requirement(&answer, "duration");
    assert_eq!((verdict.status, verdict.amount), (Status::Reachable, Some(3)));
    let short = by(scheme, &Build::new("2025-03-01", "2025-08-30"), "2025-03-02");
    assert_eq!(requirement(&short, "duration").status, Status::Unreachable);
    assert_eq!(short.failed, ["duration"]);
}

fn missing(answer: &Assessment) -> usize {
    codes(answer)
        .iter()
        .filter(|code| *code == "document_missing")
        .count()
}

#[test]
fn the_six_papers_are_asked_only_of_those_who_mentor() {
    let scheme = built_in("thousand_doctors").unwrap();
    let plain = Build::new("2025-09-01", "2026-02-28");
    assert_eq!(missing(&by(scheme, &plain, "2026-03-01")), 0);
    let mentor = plain.clone().activity("mentoring", "2025-10-14", true);
    assert_eq!(missing(&by(scheme, &mentor, "2026-03-01")), 6);
    assert_eq!(
        missing(&by(scheme, &mentor, "2026-02-28")),
        0,
        "there is time until the last day"
    );
    let before = plain.activity("mentoring", "2025-08-29", true);
    assert_eq!(
        missing(&by(scheme, &before, "2026-03-01")),
        0,
        "mentoring before the posting is not of it"
    );
    let handed_in = with(
        mentor,
        "documents",
        json!([{"kind": "mentoring_plan", "submitted_on": "2025-10-20"}, {"kind": "mentoring_paper", "submitted_on": null}]),
    );
    assert_eq!(missing(&by(scheme, &handed_in, "2026-03-01")), 5);
}

#[test]
fn a_paper_due_in_the_posting_is_missing_from_the_day_after() {
    let mut scheme = built_in("thousand_doctors").unwrap().clone();
    scheme
        .documents
        .retain(|one| one.kind == DocumentKind::MentoringPlan);
    scheme.documents[0].due_days_after_start = Some(30);
    let build = Build::new("2025-09-01", "2026-02-28").activity("mentoring", "2025-09-09", true);
    assert_eq!(
        missing(&by(&scheme, &build, "2025-10-01")),
        0,
        "the thirtieth day after the first"
    );
    let late = by(&scheme, &build, "2025-10-02");
    assert_eq!(missing(&late), 1);
    let found = late
        .findings
        .iter()
        .find(|one| one.code == FindingCode::DocumentMissing);
    assert_eq!(found.unwrap().to, Some(date("2025-10-01")));
    let handed_in = with(
        build,
        "documents",
        json!([{"kind": "mentoring_plan", "submitted_on": "2025-10-02"}]),
    );
    assert_eq!(missing(&by(&scheme, &handed_in, "2025-10-02")), 0);
}

#[test]
fn papers_are_brought_to_mind_only_where_they_are_asked_and_with_their_own_day() {
    let mut scheme = built_in("thousand_doctors").unwrap().clone();
    scheme
        .documents
        .retain(|one| one.kind == DocumentKind::MentoringPlan);
    let reminded = |scheme: &Scheme, build: &Build| -> Vec<_> {
        let (records, today) = (build.records(), date("2025-10-20"));
        let assessment = by(scheme, build, "2025-10-20");
        let found = reminders(scheme, &records, &assessment, today);
        found.into_iter().map(|one| (one.of, one.date)).collect()
    };
    let plain = Build::new("2025-09-01", "2026-02-28");
    assert_eq!(reminded(&scheme, &plain), []);
    let mentor = plain.activity("mentoring", "2025-10-14", true);
    let plan = "mentoring_plan".to_owned();
    assert_eq!(
        reminded(&scheme, &mentor),
        [(plan.clone(), Some(date("2026-02-28")))]
    );
    scheme.documents[0].due_days_after_start = Some(60);
    assert_eq!(
        reminded(&scheme, &mentor),
        [(plan.clone(), Some(date("2025-10-31")))]
    );
    // A day after the posting's end is the posting's last.
    scheme.documents[0].due_days_after_start = Some(400);
    assert_eq!(reminded(&scheme, &mentor), [(plan, Some(date("2026-02-28")))]);
    let after = Build::new("2025-09-01", "2026-02-28").activity("mentoring", "2026-03-14", true);
    assert_eq!(
        reminded(&scheme, &after),
        [],
        "mentoring after the end is none of it"
    );
}

/// A sheet whose items come from everything there is.
fn sheet(partial: bool, judged: bool) -> Scheme {
    let mut scheme = built_in("township_outreach").unwrap().clone();
    let heze = built_in("heze_points").unwrap();
    let mut points = heze.points.clone().unwrap();
    let item = |id: &str, weight: u32, from: PointSource| PointItem {
        id: id.to_owned(),
        weight,
        from,
        partial,
        ..points.items[0].clone()
    };
    points.items = vec![
        item("doctors", 40, PointSource::Requirement("village_doctors".into())),
        item(
            "leaflets",
            30,
            PointSource::Tally {
                key: "leaflets".into(),
                full: 200,
            },
        ),
        item("paper", 10, PointSource::Document(DocumentKind::WorkPlan)),
        item("office", 20, PointSource::Office),
    ];
    points.judged = judged;
    scheme.points = Some(points);
    scheme
}

fn points_of(scheme: &Scheme, build: &Build) -> (Vec<Option<u32>>, u32, u32, Status) {
    let answer = by(scheme, build, "2026-03-01");
    let status = requirement(&answer, "points").status;
    let points = answer.points.unwrap();
    let items = points.items.iter().map(|item| item.points).collect();
    (items, points.total, points.waiting, status)
}

#[test]
fn a_part_gives_a_part_of_the_points_rounded_down_or_nothing() {
    let mut build = trained(15, 14);
    build.document["days"][0]["tallies"]["leaflets"] = json!(133);
    // 29 of 40 give 29 of 40 points; 133 of 200 give 19.95 of 30, and that is 19.
    let part = points_of(&sheet(true, false), &build);
    assert_eq!(
        part,
        (vec![Some(29), Some(19), Some(0), None], 48, 20, Status::Recorded)
    );
    let all = points_of(&sheet(false, false), &build);
    assert_eq!(all.0, [Some(0), Some(0), Some(0), None]);
    let mut done = trained(20, 20);
    done.document["days"][0]["tallies"]["leaflets"] = json!(200);
    done.document["documents"] = json!([{"kind": "work_plan", "submitted_on": "2025-03-20"}]);
    let full = points_of(&sheet(false, false), &done);
    assert_eq!((full.0, full.1), (vec![Some(40), Some(30), Some(10), None], 80));
}

#[test]
fn windows_that_each_want_one_give_points_by_how_many_have_it() {
    for (partial, clinics, points) in [
        (true, 0, 0),
        (true, 6, 20),
        (true, 12, 40),
        (false, 11, 0),
        (false, 12, 40),
    ] {
        let mut scheme = sheet(partial, false);
        scheme.points.as_mut().unwrap().items[0].from = PointSource::Requirement("free_clinics".into());
        let posting = Build::new("2025-03-01", "2026-02-28");
        let build = (0..clinics).fold(posting, |build, month| {
            let (year, month) = (2025 + (month + 2) / 12, (month + 2) % 12 + 1);
            build.activity("free_clinic", &format!("{year}-{month:02}-15"), true)
        });
        let first = points_of(&scheme, &build).0[0];
        assert_eq!(first, Some(points), "{clinics} of 12, partial: {partial}");
    }
    // A number that nobody asks cannot be reached.
    let mut scheme = sheet(true, false);
    scheme.points.as_mut().unwrap().items[0].from = PointSource::Requirement("talks".into());
    let refused = Scheme::from_value(serde_json::to_value(&scheme).unwrap()).unwrap_err();
    assert!(
        refused
            .to_string()
            .ends_with("allowed: free_clinics, village_doctors"),
        "{refused}"
    );
}

#[test]
fn a_judged_sheet_waits_for_the_office_where_its_points_can_still_decide() {
    let judged = sheet(true, true);
    let mut build = trained(40, 0);
    assert_eq!(
        points_of(&judged, &build).3,
        Status::Recorded,
        "40 and the 20 of the office are 60"
    );
    build.document["days"][0]["tallies"]["leaflets"] = json!(140);
    assert_eq!(points_of(&judged, &build).3, Status::Met, "61 of 60");
    assert_eq!(
        points_of(&judged, &trained(39, 0)).3,
        Status::NotMet,
        "59 at best"
    );
}

#[test]
fn the_points_of_heze_are_the_offices_to_give() {
    let (items, total, waiting, status) = points_of(
        built_in("heze_points").unwrap(),
        &Build::new("2025-03-01", "2026-02-28"),
    );
    assert_eq!(
        (items, total, waiting, status),
        (vec![None; 4], 0, 100, Status::Recorded)
    );
}

#[test]
fn trips_home_are_told_month_by_month_and_a_third_one_is_only_pointed_out() {
    let scheme = built_in("tongyu_year").unwrap();
    let trip = |build: Build, day: &str| {
        let half = format!("{day} afternoon");
        let route = json!({
            "kind": "home_leave",
            "recipient_approval": {"by": "王院长", "on": "2025-03-01"},
            "notification": {"to": "医务部", "on": "2025-03-01"},
        });
        build.leave(&half, &half, route)
    };
    let posting = Build::new("2025-03-03", "2026-03-02");
    let days = ["2025-03-07", "2025-03-21", "2025-04-02", "2025-04-03"];
    let build = days.into_iter().fold(posting, trip);
    let answer = by(scheme, &build, "2025-05-01");
    let taken = &answer.allowances[0];
    let months: Vec<_> = taken
        .months
        .iter()
        .map(|month| (month.from, month.taken))
        .collect();
    // 04-02 is the last day of the first month of the posting, 04-03 the first of the second.
    assert_eq!(months, [(date("2025-03-03"), 3), (date("2025-04-03"), 1)]);
    assert_eq!(codes(&answer), ["allowance_exceeded"]);
    assert_eq!(answer.failed, Vec::<String>::new());
}

#[test]
fn what_is_only_recorded_never_fails_however_little_was_done() {
    for id in [
        "tongyu_year",
        "yicheng",
        "beijing_year",
        "county_tcm",
        "tcm_agreement",
        "heze_points",
    ] {
        let scheme = built_in(id).unwrap();
        let answer = by(scheme, &Build::new("2025-03-01", "2026-02-28"), "2026-03-01");
        for one in &answer.requirements {
            assert_eq!(one.status, Status::Recorded, "{id}: {}", one.id);
        }
        let money = &answer.consequences;
        assert_eq!(
            (answer.failed.len(), money.subsidy_fen, money.payable_fen),
            (0, 0, 0),
            "{id}"
        );
    }
    let kinds = &built_in("beijing_year").unwrap().duties[0].kinds;
    assert_eq!(kinds, &[ActivityKind::Lecture]);
}
