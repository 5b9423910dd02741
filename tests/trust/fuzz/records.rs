//! Records documents from outside.

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};
use xiaxiangzhi_core::assess::assess;
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::log::{Beside, Log, Origin, changes_of, public_key};
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::scheme::Scheme;

use super::mutate;
use super::{Fuzz, Read};
use crate::support::{Counter, Dice, SEED, Tried, amount, caught, evening};

/// Records with one of each thing.
pub(super) fn base() -> Value {
    json!({
        "format": "xiaxiangzhi.posting", "version": 1,
        "posting": {"id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a11", "physician": {"name": "李晓梅", "sex": "female",
            "birth_date": "1986-05-14"}, "station": "resident", "start": "2026-01-05", "end": "2026-04-05",
            "scheme": "rotation_3m"},
        "calendar_overrides": [{"date": "2026-03-07", "kind": "workday", "reason": "值班"}],
        "days": [{"date": "2026-01-05", "morning": "present", "afternoon": null, "note": "门诊",
            "tallies": {"outpatient_visits": 23, "own": 1}, "extra": {"x": [1.5, {"y": null}]}}],
        "activities": [{"id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a12", "kind": "lecture", "date": "2026-01-14",
            "title": "讲座", "minutes": 60, "counts_toward_assessment": true, "tallies": {},
            "attachments": [{"sha256": "ab", "name": "表.jpg", "length": 9}]}],
        "leaves": [{"id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a13", "kind": "personal_leave", "from": "2026-02-03",
            "from_half": "morning", "to": "2026-02-04", "to_half": "afternoon",
            "recipient_approval": {"by": "王院长", "on": "2026-02-02"}, "written_explanation": {"on": "2026-02-02"}}],
        "documents": [{"kind": "posting_summary", "submitted_on": "2026-04-01"}],
        "problems": [{"id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a14", "date": "2026-01-20", "problem": "不规范",
            "status": "open"}],
        "summary": {"self_appraisal": "好"},
        "tally_items": [{"key": "own", "label": "自定", "unit": "次"}],
        "extra": {"other": {"program": 1}}
    })
}

/// Assesses records at a few dates: whatever they hold, that must not fail.
pub(super) fn assessed(records: &Records, case: u64) -> Result<(), String> {
    let Ok(scheme) = Scheme::of(records) else {
        return Ok(());
    };
    let far = NaiveDate::from_ymd_opt(2100, 12, 31).unwrap();
    let start = records.posting.start;
    let as_of = *[start, records.posting.end, far, start + Days::new(40)]
        .get(usize::try_from(case / 16 % 4).unwrap())
        .unwrap();
    assess(scheme, records, Calendar::built_in(), as_of)
        .map(|_| ())
        .map_err(|error| format!("it is valid, but is not assessed: {error}"))
}

/// Through a log and out again: the same records.
fn through_a_log(records: &Records) -> Result<(), String> {
    let mut sorted = records.clone();
    sorted.days.sort_by_key(|day| day.date);
    sorted.calendar_overrides.sort_by_key(|item| item.date);
    // What has no id gets one.
    let nameless = records.activities.iter().any(|record| record.id.is_none());
    if nameless || records.problems.iter().any(|record| record.id.is_none()) {
        return Ok(());
    }
    let (mut ids, mut salts) = (Counter::default(), Counter::default());
    let fault = |error: &dyn std::fmt::Display| format!("valid records are not taken into a log: {error}");
    let (id, changes) = changes_of(&json!(records), &mut || ids.id()).map_err(|error| fault(&error))?;
    let mut log = Log::new(id, public_key(&SEED));
    let first = log.prepare_first(ids.id(), Origin::Records, &changes, evening(9), &mut || {
        salts.salt()
    });
    let first = match first {
        Ok(first) => first,
        // Long values that only other programs read do not fit an event; that is said with a size.
        Err(xiaxiangzhi_core::log::LogError::TooLarge { .. }) => return Ok(()),
        Err(error) => return Err(fault(&error)),
    };
    let mut beside = Beside::default();
    beside.extend(&first);
    for event in &first.events {
        log.apply(&event.body).map_err(|error| fault(&error))?;
    }
    let out = Records::from_value(log.document(&beside)).map_err(|error| fault(&error))?;
    if blanks_gone(out.clone()) == blanks_gone(sorted.clone()) {
        Ok(())
    } else {
        Err(format!("out of a log come other records: {out:?} for {sorted:?}"))
    }
}

/// Blank texts are not stored; a blank and a missing one are the same.
fn blanks_gone(mut records: Records) -> Records {
    let blank = |text: &mut Option<String>| {
        if text.as_ref().is_some_and(|text| text.trim().is_empty()) {
            *text = None;
        }
    };
    records.days.iter_mut().for_each(|day| blank(&mut day.note));
    for activity in &mut records.activities {
        blank(&mut activity.title);
        blank(&mut activity.note);
    }
    records
        .leaves
        .iter_mut()
        .for_each(|leave| blank(&mut leave.reason));
    for item in &mut records.calendar_overrides {
        blank(&mut item.reason);
    }
    for row in &mut records.problems {
        blank(&mut row.problem);
        blank(&mut row.guidance);
        blank(&mut row.corrective_action);
        blank(&mut row.result);
    }
    blank(&mut records.summary.self_appraisal);
    blank(&mut records.summary.suggestions);
    records
}

fn read(input: &[u8], case: u64) -> Read {
    let Ok(text) = std::str::from_utf8(input) else {
        return Ok(false);
    };
    match Records::from_json(text) {
        Err(bad) => {
            let words = bad.describe(Language::Chinese);
            let places = bad
                .faults
                .iter()
                .all(|fault| fault.pointer.is_empty() || fault.pointer.starts_with('/'));
            if bad.faults.is_empty() || !places || !words.contains('：') || bad.code().is_empty() {
                return Err(format!("it is refused without a place: {bad}"));
            }
            Ok(false)
        }
        Ok(records) => {
            let written = serde_json::to_string(&records).map_err(|error| error.to_string())?;
            if Records::from_json(&written).as_ref() != Ok(&records) {
                return Err(format!(
                    "it is taken, but reads otherwise when written: {written}"
                ));
            }
            if case.is_multiple_of(16) {
                assessed(&records, case)?;
                through_a_log(&records)?;
            }
            Ok(true)
        }
    }
}

fn make(text: &[u8], dice: &mut Dice) -> Vec<u8> {
    mutate::json(text, dice)
}

#[test]
fn mutated_records_are_taken_whole_or_refused_with_a_place() {
    let tried = Tried::start("fuzz-records");
    let text = base().to_string();
    assert_eq!(read(text.as_bytes(), 0), Ok(true));
    let count = amount(100_000, 10_000_000);
    let make = |dice: &mut Dice| make(text.as_bytes(), dice);
    let fuzz = Fuzz {
        make: &make,
        read: &read,
    };
    let taken = fuzz.run(count).unwrap_or_else(|fault| panic!("{fault}"));
    assert!(taken > count / 50 && taken < count / 2, "{taken} taken");
    let outcome = format!(
        "0 panics; {taken} taken and read back the same, {} refused with a place",
        count - taken
    );
    tried.held(count, "documents", &outcome);
}

/// The controls: readers with a fault planted on one kind of input each must be caught within an ordinary run.
#[test]
fn planted_faults_are_found() {
    let text = base().to_string();
    let make = |dice: &mut Dice| make(text.as_bytes(), dice);
    let found = |read: &(dyn Fn(&[u8], u64) -> Read + Sync)| {
        let fuzz = Fuzz { make: &make, read };
        fuzz.run(100_000).unwrap_err()
    };
    let slicing = |input: &[u8], _| {
        // Cuts a long name in the middle of a character.
        let text = String::from_utf8_lossy(input);
        let value: Value = serde_json::from_str(&text).unwrap_or_default();
        let name = value
            .pointer("/posting/physician/name")
            .and_then(Value::as_str)
            .unwrap_or_default();
        assert!(name.is_char_boundary(name.len().min(40)), "cut in a character");
        Ok(true)
    };
    let fault = found(&slicing);
    assert!(fault.contains("it panicked: cut in a character"), "{fault}");
    let endless = |input: &[u8], _| {
        fn deep(text: &[u8], at: usize, depth: usize) {
            assert!(depth < 500, "recursion without an end");
            match text.get(at) {
                Some(b'[' | b'{') => deep(text, at + 1, depth + 1),
                Some(_) if depth > 0 => deep(text, at + 1, depth),
                _ => {}
            }
        }
        // Only the longest run of openings matters to this reader.
        let runs = input.split(|byte| *byte != b'[').map(<[u8]>::len).max();
        let run = vec![b'['; runs.unwrap_or_default()];
        deep(&run, 0, 0);
        Ok(true)
    };
    let fault = found(&endless);
    assert!(fault.contains("it panicked: recursion without an end"), "{fault}");
    let forgetting = |input: &[u8], _| {
        let Ok(records) = Records::from_json(&String::from_utf8_lossy(input)) else {
            return Ok(false);
        };
        let mut written = json!(records);
        for day in written["days"].as_array_mut().into_iter().flatten() {
            day["afternoon"] = Value::Null;
        }
        if Records::from_value(written) == Ok(records) {
            Ok(true)
        } else {
            Err("it reads otherwise when written".to_owned())
        }
    };
    let fault = found(&forgetting);
    assert!(fault.contains("it reads otherwise when written"), "{fault}");
    caught(
        "fuzz-records",
        "a cut in a character, endless recursion and a forgotten field",
    );
}
