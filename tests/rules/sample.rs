//! The sample posting: believable, complete, and the same for the same seed.

use std::collections::BTreeSet;

use xiaxiangzhi_core::assess::{AppraisalForm, Phase, Status, assess};
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::posting::{ActivityKind, HalfDayStatus, Records};
use xiaxiangzhi_core::sample::sample;
use xiaxiangzhi_core::scheme::{Scheme, built_in};

fn of_seed(seed: u64) -> Records {
    sample(seed, built_in("rotation_3m").unwrap()).unwrap()
}

#[test]
fn the_same_seed_gives_the_same_posting_and_another_seed_another() {
    assert_eq!(of_seed(7), of_seed(7));
    let distinct: BTreeSet<String> = (0..20)
        .map(|seed| serde_json::to_string(&of_seed(seed)).unwrap())
        .collect();
    assert_eq!(distinct.len(), 20);
}

#[test]
fn every_sample_meets_its_scheme_in_the_first_quarter_of_2026() {
    let scheme = built_in("rotation_3m").unwrap();
    for seed in 0..300 {
        let records = of_seed(seed);
        assert_eq!(records.posting.start.to_string(), "2026-01-05");
        assert_eq!(records.posting.end.to_string(), "2026-04-05");
        let as_of = records.posting.end.succ_opt().unwrap();
        let verdict = assess(scheme, &records, Calendar::built_in(), as_of).unwrap();
        assert_eq!(verdict.phase, Phase::Ended);
        for requirement in &verdict.requirements {
            assert_eq!(requirement.status, Status::Met, "seed {seed}: {requirement:?}");
        }
        assert_eq!(verdict.consequences.appraisal_form, AppraisalForm::Issued);
        assert_eq!(verdict.attendance.scheduled_half_days, 122);
        assert_eq!(verdict.attendance.leave_half_days, 3, "seed {seed}");
        assert_eq!(verdict.attendance.compensatory_rest_half_days, 1, "seed {seed}");
        assert_eq!(verdict.attendance.official_duty_half_days, 1, "seed {seed}");
        assert_eq!(verdict.attendance.unrecorded_half_days, 1, "seed {seed}");
        assert_eq!(verdict.findings, vec![], "seed {seed}");
    }
}

#[test]
fn a_sample_has_every_kind_of_record() {
    let records = of_seed(1);
    assert!(records.posting.physician.name.is_some());
    let of_kind = |kind| {
        records
            .activities
            .iter()
            .filter(|activity| activity.kind == kind)
            .count()
    };
    assert!(of_kind(ActivityKind::Lecture) >= 4);
    assert!(of_kind(ActivityKind::WardRound) + of_kind(ActivityKind::TeachingRound) >= 8);
    assert!(of_kind(ActivityKind::TeachingRound) >= 1);
    assert_eq!(of_kind(ActivityKind::FreeClinic), 1);
    let leave = &records.leaves[0];
    assert!(leave.recipient_approval.as_ref().unwrap().on.unwrap() < leave.from);
    assert!(leave.notification.is_some() && leave.returned_on.unwrap() > leave.to);
    assert!(
        records
            .days
            .iter()
            .any(|day| day.afternoon == Some(HalfDayStatus::CompensatoryRest))
    );
    let notes: BTreeSet<_> = records
        .days
        .iter()
        .filter_map(|day| day.note.as_deref())
        .collect();
    assert!(notes.len() > 10, "notes vary");
    assert!(!records.documents.is_empty() && !records.problems.is_empty());
    assert!(records.summary.self_appraisal.is_some());
}

#[test]
fn a_sample_follows_a_changed_scheme_and_carries_it() {
    let mut scheme: Scheme = built_in("rotation_3m").unwrap().clone();
    scheme.id = "our_half_year".into();
    scheme.period.quarters = 2;
    let records = sample(3, &scheme).unwrap();
    assert_eq!(records.posting.end.to_string(), "2026-07-05");
    assert_eq!(records.posting.scheme, "our_half_year");
    assert_eq!(records.scheme_document.as_deref(), Some(&scheme));
}
