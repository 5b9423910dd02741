//! The schemes that come with the program: each quotes its source, and judges nothing without a number.

use crate::build::{codes, date, requirement};
use std::collections::BTreeSet;
use xiaxiangzhi_core::assess::{Phase, RequirementKind, Status, assess};
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::language::{Label, Language};
use xiaxiangzhi_core::posting::{ActivityKind, LeaveKind, Records, Station};
use xiaxiangzhi_core::sample::sample;
use xiaxiangzhi_core::scheme::{
    CadenceRule, CadenceWindow, Clause, DutyOf, PointSource, Scheme, built_in, built_in_ids,
};

const IDS: [&str; 11] = [
    "rotation_3m",
    "thousand_doctors",
    "city_plan_72",
    "tongyu_year",
    "yicheng",
    "beijing_year",
    "county_tcm",
    "tcm_agreement",
    "county_support",
    "township_outreach",
    "heze_points",
];

fn scheme(id: &str) -> &'static Scheme {
    built_in(id).unwrap()
}

fn said(clause: &Clause) -> bool {
    !clause.number.trim().is_empty() && !clause.quote.trim().is_empty()
}

/// Neither half without the other: a clause is quoted with its number, or the source has none.
fn whole(clause: &Clause) -> bool {
    said(clause) || (clause.number.is_empty() && clause.quote.is_empty())
}

fn in_both(label: &Label) -> bool {
    [Language::Chinese, Language::English]
        .into_iter()
        .all(|language| !label.get(language).trim().is_empty())
}

#[test]
fn eleven_schemes_come_with_the_program_the_default_one_first() {
    assert_eq!(built_in_ids(), IDS);
}

#[test]
fn every_scheme_says_where_it_comes_from_in_the_words_of_its_source() {
    for id in IDS {
        let scheme = scheme(id);
        assert!(
            !scheme.source.document.is_empty() && !scheme.source.section.is_empty(),
            "{id}"
        );
        assert!(in_both(&scheme.title) && in_both(&scheme.summary), "{id}");
        assert!(said(&scheme.period.clause), "{id}: the period");
        assert!(!scheme.source.readings.is_empty(), "{id}: readings");
        for reading in &scheme.source.readings {
            assert!(
                whole(&reading.clause) && !reading.reading.is_empty(),
                "{id}: {reading:?}"
            );
        }
        for duty in &scheme.duties {
            assert!(said(&duty.clause) && in_both(&duty.title), "{id}: {}", duty.id);
            assert!(
                duty.cadence.iter().all(|cadence| said(&cadence.clause)),
                "{id}: {}",
                duty.id
            );
        }
        for quota in &scheme.quotas {
            assert!(said(&quota.clause) && in_both(&quota.title), "{id}: {}", quota.id);
        }
        let papers = scheme.documents.iter().map(|one| &one.clause);
        let noted = scheme.noted.iter().map(|one| &one.clause);
        let allowances = scheme.allowances.iter().map(|one| &one.clause);
        let minimum = scheme.period.minimum.iter().map(|one| &one.clause);
        let points = scheme.points.iter().map(|one| &one.clause);
        let appraisal = scheme.appraisal.iter().map(|one| &one.clause);
        for clause in papers
            .chain(noted)
            .chain(allowances)
            .chain(minimum)
            .chain(points)
            .chain(appraisal)
        {
            assert!(said(clause), "{id}: {clause:?}");
        }
        let rule = &scheme.consequences;
        for clause in [
            &scheme.attendance.clause,
            &scheme.leave.clause,
            &rule.clause,
            &rule.subsidy.clause,
            &rule.recall_clause,
            &rule.department_clause,
        ] {
            assert!(whole(clause), "{id}: {clause:?}");
        }
    }
}

#[test]
fn nothing_is_judged_without_a_number_and_words() {
    for id in IDS {
        let scheme = scheme(id);
        for duty in scheme.duties.iter().filter(|duty| duty.judged) {
            let required = duty
                .cadence
                .iter()
                .any(|cadence| cadence.rule == CadenceRule::Required);
            assert!(duty.minimum > 0 || required, "{id}: {}", duty.id);
        }
        for quota in scheme.quotas.iter().filter(|quota| quota.judged) {
            assert!(quota.minimum > 0, "{id}: {}", quota.id);
        }
        let attendance = &scheme.attendance;
        if attendance.judged {
            assert!(attendance.minimum_percent > 0 && said(&attendance.clause), "{id}");
        } else {
            assert_eq!(
                (attendance.minimum_percent, attendance.work_note_required),
                (0, false),
                "{id}"
            );
        }
    }
}

#[test]
fn only_the_rotation_names_sums() {
    for id in IDS {
        let scheme = scheme(id);
        assert_eq!(scheme.has_money(), id == "rotation_3m", "{id}");
        if id != "rotation_3m" {
            let steps = &scheme.consequences.steps;
            assert_eq!(steps.len(), 1, "{id}");
            assert!(!steps[0].appraisal_withheld && !steps[0].repeat_posting, "{id}");
        }
    }
}

/// What each source asks, as the page of rules fixes it.
#[test]
fn each_scheme_asks_what_its_source_asks() {
    let window = |id: &str, duty: usize| scheme(id).duties[duty].cadence.as_ref().unwrap().window;
    let thousand = scheme("thousand_doctors");
    assert_eq!(window("thousand_doctors", 0), CadenceWindow::PostingMonths(1));
    assert_eq!(window("thousand_doctors", 1), CadenceWindow::PostingMonths(2));
    assert_eq!(window("thousand_doctors", 2), CadenceWindow::PostingMonths(2));
    assert!(
        thousand.duties[..3]
            .iter()
            .all(|duty| duty.duty_of == DutyOf::Team)
    );
    assert_eq!(thousand.documents.len(), 6);
    let of_mentors =
        |one: &xiaxiangzhi_core::scheme::DocumentDuty| one.only_with == Some(ActivityKind::Mentoring);
    assert!(thousand.documents.iter().all(of_mentors));

    let city = scheme("city_plan_72").period.minimum.as_ref().unwrap();
    assert_eq!((city.months, city.judged), (6, true));

    let tongyu = scheme("tongyu_year");
    let trips = &tongyu.allowances[0];
    assert_eq!((trips.leave, trips.per_posting_month), (LeaveKind::HomeLeave, 2));
    let appraisal = tongyu.appraisal.as_ref().unwrap();
    assert_eq!((appraisal.aspects.len(), appraisal.grades.len()), (6, 3));

    let yicheng: BTreeSet<&str> = scheme("yicheng").tallies.iter().map(String::as_str).collect();
    for key in [
        "free_clinic_visits",
        "hypertension_found",
        "coronary_heart_disease_found",
        "leaflets",
    ] {
        assert!(yicheng.contains(key), "{key}");
    }

    let visit = &scheme("county_support").duties[0];
    assert_eq!((visit.minimum, visit.minimum_minutes), (1, Some(180)));
    assert_eq!((visit.station, visit.judged), (Some(Station::Visiting), true));

    let village = scheme("township_outreach");
    assert_eq!(window("township_outreach", 0), CadenceWindow::CalendarMonths(1));
    assert_eq!(village.duties[0].duty_of, DutyOf::Person);
    let doctors = &village.quotas[0];
    assert_eq!(
        (doctors.tally.as_str(), doctors.minimum, doctors.judged),
        ("village_doctors_trained", 40, true)
    );

    let sheet = scheme("heze_points").points.as_ref().unwrap();
    assert_eq!(sheet.items.iter().map(|item| item.weight).sum::<u32>(), 100);
    assert!(sheet.items.iter().all(|item| item.from == PointSource::Office) && !sheet.judged);

    let agreement = scheme("tcm_agreement");
    assert_eq!(
        (agreement.period.months, agreement.duties[0].duty_of),
        (36, DutyOf::Team)
    );
    let trainees = scheme("county_tcm")
        .quotas
        .iter()
        .find(|quota| quota.id == "trainees")
        .unwrap();
    assert_eq!((trainees.minimum, trainees.duty_of), (1, DutyOf::Team));
}

fn of_seed(id: &str, seed: u64) -> Records {
    sample(seed, scheme(id)).unwrap()
}

#[test]
fn the_sample_of_every_scheme_fails_nothing_and_leaves_nothing_to_ask() {
    for id in IDS {
        for seed in 0..12 {
            let records = of_seed(id, seed);
            let after = records.posting.end.succ_opt().unwrap();
            let verdict = assess(scheme(id), &records, Calendar::built_in(), after).unwrap();
            assert_eq!(
                (verdict.phase, &verdict.failed),
                (Phase::Ended, &Vec::new()),
                "{id} {seed}"
            );
            assert_eq!(
                codes(&verdict),
                Vec::<String>::new(),
                "{id} {seed}: {:?}",
                verdict.findings
            );
            for one in &verdict.requirements {
                assert!(
                    matches!(one.status, Status::Met | Status::Recorded),
                    "{id} {seed}: {one:?}"
                );
                let done = one
                    .amount
                    .or(one.counted.as_ref().map(|dates| dates.len() as u64));
                let by_the_office = one.kind == RequirementKind::Points;
                assert!(
                    by_the_office || done != Some(0),
                    "{id} {seed}: nothing of {}",
                    one.id
                );
            }
            let shown = scheme(id)
                .tallies
                .iter()
                .filter(|key| verdict.tallies.contains_key(*key));
            assert!(
                shown.count() * 2 > scheme(id).tallies.len(),
                "{id} {seed}: {:?}",
                verdict.tallies
            );
        }
    }
}

#[test]
fn a_sample_lasts_as_long_as_its_scheme_says() {
    for (id, start, end) in [
        ("thousand_doctors", "2025-09-01", "2026-02-28"),
        ("tongyu_year", "2025-03-01", "2026-02-28"),
        ("tcm_agreement", "2023-03-01", "2026-02-28"),
        ("rotation_3m", "2026-01-05", "2026-04-05"),
    ] {
        let posting = of_seed(id, 1).posting;
        assert_eq!((posting.start, posting.end), (date(start), date(end)), "{id}");
    }
}

#[test]
fn a_sample_has_what_its_scheme_is_about() {
    let kinds = |records: &Records, kind: ActivityKind| {
        records.activities.iter().filter(|one| one.kind == kind).count()
    };
    let thousand = of_seed("thousand_doctors", 1);
    assert!(kinds(&thousand, ActivityKind::Mentoring) > 0);
    assert_eq!(thousand.documents.len(), 6);

    let tongyu = of_seed("tongyu_year", 1);
    let trips = tongyu
        .leaves
        .iter()
        .filter(|leave| leave.kind == LeaveKind::HomeLeave);
    assert!((12..=24).contains(&trips.count()));

    let support = of_seed("county_support", 1);
    assert_eq!(support.posting.station, Some(Station::Visiting));
    assert!(kinds(&support, ActivityKind::SupportVisit) >= 12);
    let after = support.posting.end.succ_opt().unwrap();
    let verdict = assess(scheme("county_support"), &support, Calendar::built_in(), after).unwrap();
    let attendance = &requirement(&verdict, "attendance").arithmetic;
    assert_eq!(
        attendance,
        &format!("到岗 {} 个半天", support.days.len()),
        "no rate of the days at home"
    );
    let visits = support
        .activities
        .iter()
        .filter(|one| one.kind == ActivityKind::SupportVisit);
    assert!(
        visits
            .map(|one| one.minutes.unwrap())
            .all(|minutes| minutes >= 180)
    );
    assert!(support.problems.len() >= 8);
    assert!(
        support
            .problems
            .iter()
            .all(|one| one.corrective_action.is_some() && one.responsible.is_some())
    );
    assert!(support.problems.iter().any(|one| one.rechecked_on.is_some()));

    let clinics = of_seed("yicheng", 1);
    let found = |key: &str| {
        let free = clinics
            .activities
            .iter()
            .filter(|one| one.kind == ActivityKind::FreeClinic);
        free.clone().count() > 0 && free.clone().all(|one| one.tallies.contains_key(key))
    };
    assert!(found("hypertension_found") && found("uterine_fibroids_found") && found("leaflets"));

    let outreach = of_seed("township_outreach", 1);
    assert!(kinds(&outreach, ActivityKind::FreeClinic) >= 12);
}
