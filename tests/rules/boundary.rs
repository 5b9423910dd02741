//! The boundary cases of the default scheme, each by name.

use crate::build::{Build, codes, date, requirement};
use serde_json::json;
use xiaxiangzhi_core::assess::{AppraisalForm, ExcludedReason, HalfReason, Status};

fn teaching(dates: &[&str]) -> Status {
    requirement(&Build::q1().lectures(dates).ended(), "teaching").status
}

#[test]
fn four_lectures_with_one_gap_of_six_days_fail() {
    assert_eq!(
        teaching(&["2026-01-14", "2026-01-20", "2026-02-11", "2026-02-25"]),
        Status::NotMet
    );
}

#[test]
fn four_lectures_with_all_gaps_exactly_seven_pass_with_missed_fortnights() {
    let answer = Build::q1()
        .lectures(&["2026-01-14", "2026-01-21", "2026-01-28", "2026-02-04"])
        .ended();
    assert_eq!(requirement(&answer, "teaching").status, Status::Met);
    let missed = answer
        .findings
        .iter()
        .filter(|f| f.requirement.as_deref() == Some("teaching"));
    let spans: Vec<_> = missed
        .map(|finding| (finding.from.unwrap(), finding.to.unwrap()))
        .collect();
    let span = |from, to| (date(from), date(to));
    assert_eq!(
        spans,
        [
            span("2026-02-16", "2026-03-01"),
            span("2026-03-02", "2026-03-15"),
            span("2026-03-16", "2026-03-29"),
        ],
        "the last window ends after the posting and wants nothing"
    );
}

#[test]
fn three_lectures_a_fortnight_apart_fail() {
    assert_eq!(
        teaching(&["2026-01-14", "2026-01-28", "2026-02-11"]),
        Status::NotMet
    );
}

#[test]
fn five_lectures_with_one_gap_of_six_fail_until_one_is_marked_as_not_counted() {
    let dates = [
        "2026-01-14",
        "2026-01-28",
        "2026-02-03",
        "2026-02-25",
        "2026-03-11",
    ];
    assert_eq!(teaching(&dates), Status::NotMet);
    let marked = dates
        .iter()
        .fold(Build::q1(), |b, d| b.activity("lecture", d, *d != "2026-02-03"));
    let answer = marked.ended();
    assert_eq!(requirement(&answer, "teaching").status, Status::Met);
    let excluded = requirement(&answer, "teaching").excluded.as_ref().unwrap();
    assert_eq!(excluded[0].reason, ExcludedReason::MarkedNotCounted);
}

#[test]
fn five_lectures_fail_when_the_remaining_gaps_are_still_short() {
    let dates = [
        "2026-01-14",
        "2026-01-20",
        "2026-01-26",
        "2026-02-25",
        "2026-03-11",
    ];
    let marked = dates
        .iter()
        .fold(Build::q1(), |b, d| b.activity("lecture", d, *d != "2026-01-14"));
    assert_eq!(requirement(&marked.ended(), "teaching").status, Status::NotMet);
}

#[test]
fn two_lectures_on_one_day_are_a_gap_of_nought() {
    let answer = Build::q1()
        .lectures(&[
            "2026-01-14",
            "2026-01-14",
            "2026-01-28",
            "2026-02-11",
            "2026-02-25",
        ])
        .ended();
    let teaching = requirement(&answer, "teaching");
    assert_eq!(teaching.status, Status::NotMet);
    assert_eq!(teaching.gaps.as_ref().unwrap()[0].days, 0);
}

#[test]
fn with_no_or_one_lecture_the_gap_holds_and_the_count_fails() {
    for dates in [&[][..], &["2026-01-14"][..]] {
        let answer = Build::q1().lectures(dates).ended();
        assert_eq!(requirement(&answer, "teaching").status, Status::NotMet);
        assert!(!codes(&answer).contains(&"short_gap".to_owned()));
    }
}

#[test]
fn a_lecture_on_the_last_day_counts_and_on_the_next_handover_day_does_not() {
    let answer = Build::q1()
        .lectures(&["2026-04-05", "2026-04-06"])
        .assess("2026-04-06");
    let teaching = requirement(&answer, "teaching");
    assert_eq!(teaching.counted.as_ref().unwrap(), &[date("2026-04-05")]);
    assert_eq!(
        teaching.excluded.as_ref().unwrap()[0].reason,
        ExcludedReason::OutsidePosting
    );
}

const EIGHT: [&str; 8] = [
    "2026-01-06",
    "2026-01-13",
    "2026-01-20",
    "2026-01-27",
    "2026-02-03",
    "2026-02-10",
    "2026-02-25",
    "2026-03-03",
];

#[test]
fn seven_rounds_fail_and_eight_pass() {
    let status = |dates: &[&str]| requirement(&Build::q1().rounds(dates).ended(), "rounds").status;
    assert_eq!(status(&EIGHT[..7]), Status::NotMet);
    assert_eq!(status(&EIGHT), Status::Met);
}

#[test]
fn eight_rounds_of_which_two_on_one_day_fail() {
    let answer = Build::q1()
        .rounds(&EIGHT[..7])
        .activity("teaching_round", "2026-03-03", true);
    let answer = answer.activity("ward_round", "2026-03-03", true);
    assert_eq!(
        requirement(&answer.ended(), "rounds").status,
        Status::Met,
        "seven and one"
    );
    let two = Build::q1()
        .rounds(&EIGHT[..7])
        .activity("teaching_round", "2026-02-25", true)
        .ended();
    let rounds = requirement(&two, "rounds");
    assert_eq!(rounds.status, Status::NotMet);
    assert_eq!(
        rounds.excluded.as_ref().unwrap()[0].reason,
        ExcludedReason::SameDay
    );
}

/// A posting of `workdays` days and no rest days between, of which `half_days` were attended.
fn attendance(workdays: u32, half_days: usize) -> Status {
    // From the second Monday of March 2025 on, the weekends made workdays: no holiday until 4 April.
    let start = date("2025-05-12");
    let end = start + chrono::Days::new(u64::from(workdays) - 1);
    let mut build = Build::new(&start.to_string(), &end.to_string());
    for day in start.iter_days().take_while(|day| *day <= end) {
        build = build.calendar_override(&day.to_string(), "workday");
    }
    for (index, day) in start.iter_days().take_while(|day| *day <= end).enumerate() {
        let half = |half: usize| (index * 2 + half < half_days).then_some("present");
        build = build.day(&day.to_string(), half(0), half(1), "门诊");
    }
    requirement(&build.ended(), "attendance").status
}

#[test]
fn forty_eight_days_of_sixty_pass() {
    assert_eq!(attendance(60, 96), Status::Met);
    assert_eq!(attendance(60, 95), Status::NotMet);
}

#[test]
fn forty_nine_and_a_half_of_sixty_two_days_fail() {
    assert_eq!(attendance(62, 99), Status::NotMet);
    assert_eq!(attendance(62, 100), Status::Met);
}

#[test]
fn the_first_quarter_of_2026_has_122_half_days_and_98_are_needed() {
    for (half_days, status) in [(97, Status::NotMet), (98, Status::Met)] {
        let answer = Build::q1().present(half_days).ended();
        assert_eq!(answer.attendance.scheduled_half_days, 122);
        assert_eq!(answer.attendance.needed_half_days, 98);
        assert_eq!(
            requirement(&answer, "attendance").status,
            status,
            "{half_days} half-days"
        );
    }
}

#[test]
fn the_week_of_the_spring_festival_wants_no_round() {
    let answer = Build::q1().ended();
    let weeks = answer
        .findings
        .iter()
        .filter(|f| f.requirement.as_deref() == Some("rounds"));
    let mondays: Vec<_> = weeks.map(|finding| finding.from.unwrap()).collect();
    assert_eq!(mondays.len(), 12, "thirteen weeks, one without a workday");
    assert!(!mondays.contains(&date("2026-02-16")));
}

#[test]
fn the_last_quarter_of_2026_reaches_into_a_provisional_year() {
    let answer = Build::new("2026-10-05", "2027-01-03").ended();
    assert_eq!(answer.calendar.provisional_years, [2027]);
    let finding = answer
        .findings
        .iter()
        .find(|finding| finding.message.contains("2027"))
        .unwrap();
    assert_eq!(
        (finding.from, finding.to),
        (Some(date("2027-01-01")), Some(date("2027-01-03")))
    );
}

#[test]
fn leave_of_two_and_a_half_days_is_told_by_phone_and_from_three_on_in_writing() {
    let approval = json!({"recipient_approval": {"by": "王院长", "on": "2026-03-02"}});
    for (to, code) in [
        ("2026-03-04 morning", "leave_not_notified"),
        ("2026-03-04 afternoon", "leave_without_written_explanation"),
        ("2026-03-05 morning", "leave_without_written_explanation"),
    ] {
        let found = codes(
            &Build::q1()
                .leave("2026-03-02 morning", to, approval.clone())
                .assess("2026-01-05"),
        );
        assert_eq!(found, [code], "until {to}");
    }
}

#[test]
fn two_leaves_with_only_a_weekend_between_are_one() {
    let told = json!({
        "recipient_approval": {"by": "王院长", "on": "2026-03-05"},
        "notification": {"to": "医务部 赵主任", "on": "2026-03-05"},
    });
    let build = Build::q1()
        .leave("2026-03-05 morning", "2026-03-06 afternoon", told.clone())
        .leave("2026-03-09 morning", "2026-03-10 afternoon", told);
    let answer = build.assess("2026-01-05");
    assert_eq!(codes(&answer), ["leave_without_written_explanation"]);
    let finding = &answer.findings[0];
    assert_eq!(
        (finding.from, finding.to),
        (Some(date("2026-03-05")), Some(date("2026-03-10")))
    );
    assert_eq!(answer.leave_groups[0].half_days, 8);
}

#[test]
fn present_without_a_work_record_is_excluded() {
    let answer = Build::q1()
        .day("2026-01-05", Some("present"), Some("present"), " \u{3000}")
        .ended();
    assert_eq!(answer.attendance.attended_half_days, 0);
    let reasons: Vec<_> = answer
        .attendance
        .excluded
        .iter()
        .map(|half| half.reason)
        .collect();
    assert_eq!(reasons, [HalfReason::NoWorkRecorded; 2]);
    let with_activity = Build::q1().day("2026-01-05", Some("present"), Some("present"), "");
    let answer = with_activity
        .activity("case_discussion", "2026-01-05", false)
        .ended();
    assert_eq!(answer.attendance.attended_half_days, 2);
}

#[test]
fn a_posting_of_rest_days_only_cannot_be_assessed() {
    let answer = Build::new("2026-02-16", "2026-02-22").ended();
    let attendance = requirement(&answer, "attendance");
    assert_eq!(attendance.status, Status::NotAssessable);
    assert_eq!(attendance.absence_left_half_days, None);
    assert_eq!(answer.attendance.needed_half_days, 0);
    assert_eq!(answer.failed, ["rounds", "teaching"]);
    assert!(codes(&answer).contains(&"not_assessable".to_owned()));
}

#[test]
fn last_safe_dates_of_ninety_one_days_with_nothing_done() {
    let answer = Build::q1().assess("2026-01-05");
    assert_eq!(
        requirement(&answer, "teaching").last_safe_date,
        Some(date("2026-03-15"))
    );
    assert_eq!(
        requirement(&answer, "rounds").last_safe_date,
        Some(date("2026-03-29"))
    );
    assert_eq!(
        requirement(&answer, "attendance").absence_left_half_days,
        Some(24)
    );
}

#[test]
fn what_follows_from_nought_to_three_failed_requirements() {
    let all = || {
        Build::q1()
            .present(122)
            .lectures(&["2026-01-14", "2026-01-28", "2026-02-11", "2026-02-25"])
    };
    let money = |build: Build| {
        let c = build.ended().consequences;
        (
            c.payable_fen,
            c.appraisal_form,
            c.repeat_posting,
            c.department_fine_fen,
            c.department_reward_fen,
        )
    };
    let rounds = |build: Build| build.rounds(&EIGHT);
    assert_eq!(
        money(rounds(all())),
        (132_000, AppraisalForm::Issued, false, 0, 100_000)
    );
    assert_eq!(money(all()), (88_000, AppraisalForm::Issued, false, 0, 100_000));
    assert_eq!(
        money(Build::q1().present(122)),
        (44_000, AppraisalForm::Withheld, false, 0, 100_000)
    );
    assert_eq!(
        money(Build::q1()),
        (44_000, AppraisalForm::Withheld, true, 50_000, 100_000)
    );
}

#[test]
fn each_workday_with_a_recalled_half_costs_forty_yuan_twice() {
    let answer = Build::q1()
        .day("2026-01-05", Some("recalled"), Some("recalled"), "")
        .day("2026-01-06", Some("present"), Some("recalled"), "门诊")
        .day("2026-01-10", Some("recalled"), None, "a Saturday")
        .ended();
    assert_eq!(answer.consequences.recall_fine_physician_fen, 8_000);
    assert_eq!(answer.consequences.recall_fine_department_fen, 8_000);
    assert_eq!(answer.attendance.recalled_half_days, 3);
}

#[test]
fn a_share_is_never_shown_rounded_up() {
    assert_eq!(xiaxiangzhi_core::assess::percent_shown(99, 124), "79.8%");
    assert_eq!(
        xiaxiangzhi_core::assess::percent_shown(799_999, 1_000_000),
        "79.9%"
    );
}

#[test]
fn the_window_that_runs_now_is_open_until_one_is_counted_in_it() {
    let open = |build: Build, id: &str, as_of: &str| {
        let answer = build.assess(as_of);
        let window = requirement(&answer, id).open_window.clone();
        window.map(|window| (window.from.to_string(), window.to.to_string()))
    };
    let span = |from: &str, to: &str| Some((from.to_owned(), to.to_owned()));
    let week = span("2026-03-16", "2026-03-22");
    assert_eq!(open(Build::q1(), "rounds", "2026-03-19"), week);
    assert_eq!(
        open(Build::q1().rounds(&["2026-03-16"]), "rounds", "2026-03-19"),
        None,
        "done"
    );
    assert_eq!(
        open(Build::q1().rounds(&["2026-03-20"]), "rounds", "2026-03-19"),
        week,
        "not done yet"
    );
    assert_eq!(
        open(Build::q1(), "rounds", "2026-02-18"),
        None,
        "a week without a workday wants none"
    );
    assert_eq!(
        open(Build::q1(), "teaching", "2026-03-29"),
        span("2026-03-16", "2026-03-29")
    );
    assert_eq!(
        open(Build::q1(), "teaching", "2026-03-30"),
        None,
        "no full window is left"
    );
    assert_eq!(open(Build::q1(), "rounds", "2026-01-04"), None, "not begun");
    assert_eq!(open(Build::q1(), "rounds", "2026-04-06"), None, "over");
    assert_eq!(open(Build::q1(), "attendance", "2026-03-19"), None);
}
