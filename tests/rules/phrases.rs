//! What is offered while a day is written is the physician's own, the likeliest first; and what is at stake is said in time.

use crate::build::{Build, date};
use proptest::prelude::*;
use serde_json::json;
use xiaxiangzhi_core::assess::default_as_of;
use xiaxiangzhi_core::phrases::{FIRST_PHRASES, offer, own_phrases};
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::reminders::{Reminder, Stake, reminders};
use xiaxiangzhi_core::scheme::built_in;

fn notes(notes: &[(&str, &str)]) -> Records {
    let day = |build: Build, (date, note): &(&str, &str)| build.day(date, Some("present"), None, note);
    notes.iter().fold(Build::q1(), day).records()
}

fn phrases(records: &Records, on: &str) -> Vec<String> {
    offer(records, date(on), |_| true).phrases
}

#[test]
fn without_notes_there_are_a_few_words_to_begin_with() {
    assert_eq!(phrases(&notes(&[]), "2026-01-05"), FIRST_PHRASES);
}

#[test]
fn the_likeliest_is_of_late_and_of_the_same_day_of_the_week() {
    // Villages on Thursdays, else the clinic.
    let records = notes(&[
        ("2026-03-02", "内科门诊"),
        ("2026-03-03", "内科门诊"),
        ("2026-03-04", "内科门诊"),
        ("2026-03-05", "村卫生室巡诊"),
        ("2026-03-09", "内科门诊"),
        ("2026-03-10", "内科门诊"),
        ("2026-03-12", "村卫生室巡诊"),
    ]);
    for (on, likeliest) in [
        ("2026-03-19", "村卫生室巡诊"),
        ("2026-03-17", "内科门诊"),
        // A day to be filled in late is helped by what came after it as well.
        ("2026-02-26", "村卫生室巡诊"),
    ] {
        assert_eq!(phrases(&records, on)[0], likeliest, "{on}");
    }
    // What was written all winter gives way to what is written now.
    let moved = notes(&[
        ("2026-01-06", "病房值班"),
        ("2026-01-07", "病房值班"),
        ("2026-01-08", "病房值班"),
        ("2026-03-16", "内科门诊"),
        ("2026-03-18", "内科门诊"),
    ]);
    assert_eq!(phrases(&moved, "2026-03-20")[0], "内科门诊");
}

#[test]
fn a_note_of_the_day_itself_does_not_make_itself_likely() {
    let records = notes(&[("2026-03-18", "内科门诊"), ("2026-03-19", "今天特别的事")]);
    assert_eq!(phrases(&records, "2026-03-19")[0], "内科门诊");
}

#[test]
fn long_notes_lines_and_erased_texts_are_no_phrases() {
    let long = "早交班后查房，接诊发热患者，下午到王家村卫生室带教血压测量";
    let records = notes(&[
        ("2026-03-16", long),
        ("2026-03-17", "第一行\n第二行"),
        ("2026-03-18", "〔已抹去〕"),
    ]);
    assert_eq!(phrases(&records, "2026-03-20"), FIRST_PHRASES);
    assert!(own_phrases(&records).is_empty());
    // The last day's note is offered whole, however: but not an erased one.
    let last = |on| offer(&records, date(on), |_| true).last.unwrap();
    assert_eq!(last("2026-03-17").note.as_deref(), Some(long));
    assert_eq!(last("2026-03-20").note, None);
    assert_eq!(last("2026-03-20").date, date("2026-03-18"));
    assert_eq!(offer(&records, date("2026-03-16"), |_| true).last, None);
}

#[test]
fn parts_are_put_together_and_hold_no_figures() {
    let records = notes(&[
        ("2026-03-16", "内科门诊，高血压随访 8 人；慢病随访"),
        ("2026-03-17", "慢病随访、带教查体。"),
    ]);
    let parts = offer(&records, date("2026-03-20"), |_| true).parts;
    assert_eq!(parts[0], "慢病随访");
    assert!(parts.contains(&"带教查体".to_owned()), "{parts:?}");
    assert!(
        parts
            .iter()
            .all(|part| !part.contains('8') && !part.contains('，')),
        "{parts:?}"
    );
}

#[test]
fn what_is_not_wanted_is_not_offered() {
    let records = notes(&[("2026-03-16", "内科门诊"), ("2026-03-17", "查房")]);
    let offered = offer(&records, date("2026-03-20"), |phrase| phrase != "内科门诊");
    assert!(!offered.phrases.contains(&"内科门诊".to_owned()));
    assert!(!offered.parts.contains(&"内科门诊".to_owned()));
    assert!(offered.phrases.contains(&"查房".to_owned()));
}

proptest! {
    #[test]
    fn every_offer_is_written_before_or_built_in(texts in prop::collection::vec("[a-c，。 ]{0,30}|\\PC{0,30}", 0..12)) {
        let dates = date("2026-01-05").iter_days();
        let days: Vec<_> = dates
            .zip(&texts)
            .map(|(date, text)| json!({"date": date, "morning": "present", "note": text, "tallies": {}}))
            .collect();
        let mut build = Build::q1();
        build.document["days"] = json!(days);
        // Some texts are no notes at all: those are refused before they come here.
        if let Ok(records) = Records::from_value(build.document) {
            let offered = offer(&records, date("2026-02-02"), |_| true);
            for phrase in offered.phrases.iter().chain(&offered.parts) {
                let own = records.days.iter().any(|day| day.note.as_ref().is_some_and(|note| note.contains(phrase)));
                prop_assert!(own || FIRST_PHRASES.contains(&phrase.as_str()), "{}", phrase);
            }
            prop_assert!(offered.phrases.len() <= 6 && offered.parts.len() <= 4);
        }
    }
}

fn stakes(build: &Build, today: &str) -> Vec<Reminder> {
    let records = build.records();
    let scheme = built_in("rotation_3m").unwrap();
    let assessment = build.assess(&default_as_of(&records, date(today)).to_string());
    reminders(scheme, &records, &assessment, date(today))
}

fn duty(of: &str, until: &str, left: i64) -> Reminder {
    Reminder {
        stake: Stake::Duty,
        of: of.to_owned(),
        date: Some(date(until)),
        left: Some(left),
    }
}

#[test]
fn a_duty_is_brought_to_mind_three_weeks_before_its_last_safe_date() {
    // Four lectures seven days apart fit if the first is on 15 March.
    let none = Build::q1().present(200);
    assert_eq!(
        stakes(&none, "2026-02-22")
            .iter()
            .find(|stake| stake.of == "teaching"),
        Some(&duty("teaching", "2026-03-15", 4))
    );
    assert!(
        stakes(&none, "2026-02-21")
            .iter()
            .all(|stake| stake.of != "teaching"),
        "a day earlier there is time"
    );
    // Too late: a stake that is lost is no stake.
    assert!(
        stakes(&none, "2026-03-16")
            .iter()
            .all(|stake| stake.of != "teaching")
    );
    let three = none.lectures(&["2026-01-14", "2026-01-28", "2026-03-13"]);
    assert!(stakes(&three, "2026-03-19").contains(&duty("teaching", "2026-04-05", 1)));
    let four = three.lectures(&["2026-03-20"]);
    assert!(
        stakes(&four, "2026-03-21")
            .iter()
            .all(|stake| stake.of != "teaching")
    );
}

#[test]
fn attendance_is_brought_to_mind_when_few_half_days_may_still_be_missed() {
    // 122 scheduled, 98 needed: 24 may be missed; the last is unrecorded or to come.
    let build = Build::q1().present(60);
    let left = |today: &str| {
        let found = stakes(&build, today);
        found
            .into_iter()
            .find(|stake| stake.stake == Stake::Attendance)
            .map(|stake| stake.left.unwrap())
    };
    let told: Vec<Option<i64>> = date("2026-02-24")
        .iter_days()
        .take(20)
        .map(|day| left(&day.to_string()))
        .collect();
    let said: Vec<i64> = told.iter().flatten().copied().collect();
    assert!(
        !said.is_empty() && said.iter().all(|left| (0..=4).contains(left)),
        "{told:?}"
    );
    assert!(
        told.first().unwrap().is_none(),
        "not while there is plenty: {told:?}"
    );
    assert!(told.last().unwrap().is_none(), "not once it is lost: {told:?}");
}

#[test]
fn documents_are_brought_to_mind_from_the_day_they_can_be_handed_in_until_they_are() {
    let build = Build::q1().present(200);
    let documents = |build: &Build, today: &str| -> Vec<String> {
        stakes(build, today)
            .into_iter()
            .filter(|stake| stake.stake == Stake::Document)
            .map(|stake| stake.of)
            .collect()
    };
    assert!(documents(&build, "2026-03-28").is_empty());
    let both = ["task_assessment_sheet", "posting_summary"];
    assert_eq!(documents(&build, "2026-03-29"), both);
    assert_eq!(
        documents(&build, "2026-04-20"),
        both,
        "also once the posting is over"
    );
    let mut handed_in = build.clone();
    handed_in.document["documents"] =
        json!([{"kind": "task_assessment_sheet", "submitted_on": "2026-03-30"}]);
    assert_eq!(documents(&handed_in, "2026-03-31"), ["posting_summary"]);
}

#[test]
fn before_a_posting_begins_there_is_nothing_at_stake() {
    assert_eq!(stakes(&Build::q1(), "2026-01-04"), []);
}
