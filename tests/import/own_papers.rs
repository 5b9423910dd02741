//! Workbooks of our own papers, written by the forms and read here: their figures are nothing to import, and their records
//! are those of the posting that they were made of.

use crate::support::{after, guesses, planned_on, told};
use chrono::NaiveDate;
use serde_json::{Map, Value, json};
use xiaxiangzhi_core::assess::assess;
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::sample::sample;
use xiaxiangzhi_core::scheme::{Scheme, built_in};
use xiaxiangzhi_forms::{FormKind, Ground, Layout, Options, paper, xlsx};
use xiaxiangzhi_import::{Plan, Workbook, guess};

fn scheme() -> &'static Scheme {
    built_in("rotation_3m").unwrap()
}

/// The day after the posting of the sample.
fn after_the_end() -> NaiveDate {
    "2026-04-06".parse().unwrap()
}

/// A paper of a posting, as a table of all or with a page for each record.
fn workbook(records: &Records, kind: FormKind, layout: Layout) -> Workbook {
    let calendar = Calendar::built_in();
    let assessment = assess(scheme(), records, calendar, after_the_end()).unwrap();
    let ground = Ground::new(records, scheme(), &assessment, calendar, None).unwrap();
    let options = Options {
        layout,
        ..Options::default()
    };
    let form = paper(kind, &ground, options).unwrap();
    Workbook::read(&xlsx(&form).unwrap()).unwrap()
}

/// A paper under the guesses, into a posting.
fn plan_into(records: &Records, workbook: &Workbook) -> Plan {
    let mappings = guesses(workbook, "", records);
    planned_on(after_the_end(), workbook, &mappings, records, &[])
}

#[test]
fn the_figures_of_a_paper_are_nothing_to_import() {
    let records = sample(7, scheme()).unwrap();
    let mut with_figures = Vec::new();
    for kind in FormKind::ALL {
        let workbook = workbook(&records, *kind, Layout::default());
        for (index, sheet) in workbook.sheets.iter().enumerate() {
            let guessed = guess(&workbook, index, "", &records);
            assert_eq!(
                (sheet.is_figures(), guessed.is_none()),
                (sheet.name == "数据", sheet.name == "数据"),
                "{} {}",
                kind.name(),
                sheet.name
            );
            if sheet.is_figures() {
                with_figures.push(kind.id());
            }
        }
    }
    assert_eq!(with_figures, ["sheet", "attendance"]);
}

#[test]
fn no_paper_says_anything_new_of_the_posting_that_it_was_made_of() {
    let records = sample(7, scheme()).unwrap();
    for kind in FormKind::ALL {
        for layout in [Layout::Table, Layout::OneAPage] {
            let workbook = workbook(&records, *kind, layout);
            let plan = plan_into(&records, &workbook);
            let lines: Vec<String> = told(&plan)
                .into_iter()
                .filter(|line| !line.starts_with("already"))
                .collect();
            assert_eq!(lines, [""; 0], "{} {layout:?}", kind.name());
            assert!(plan.changes.is_empty());
        }
    }
}

/// The records without what no paper prints: ids, attachments, who was told when, counts of nothing.
fn printed(records: &Records, list: &str, fields: &[&str]) -> Vec<Value> {
    let document = serde_json::to_value(records).unwrap();
    let mut all: Vec<Value> = document[list]
        .as_array()
        .unwrap()
        .iter()
        .map(|record| {
            let value = |field: &&str| match &record[*field] {
                Value::Object(counts) => counts
                    .iter()
                    .filter(|(_, count)| **count != json!(0))
                    .map(|(key, count)| (key.clone(), count.clone()))
                    .collect::<Map<_, _>>()
                    .into(),
                other => other.clone(),
            };
            fields.iter().map(value).collect()
        })
        .collect();
    all.sort_by_key(ToString::to_string);
    all
}

#[test]
fn the_records_come_back_out_of_their_papers() {
    let mut sample = serde_json::to_value(sample(7, scheme()).unwrap()).unwrap();
    sample["activities"][0]["counts_toward_assessment"] = json!(false);
    sample["days"][0]["tallies"]["donation_value_fen"] = json!(123_450);
    let sample = Records::from_value(sample).unwrap();
    let mut blank = serde_json::to_value(&sample).unwrap();
    for list in ["days", "activities", "leaves"] {
        blank[list] = json!([]);
    }
    let mut back = Records::from_value(blank).unwrap();
    for kind in [
        FormKind::LeaveSlips,
        FormKind::DailyLog,
        FormKind::LectureRecords,
        FormKind::RoundRecords,
        FormKind::ActivityRecords,
    ] {
        let workbook = workbook(&sample, kind, Layout::Table);
        back = after(&back, &plan_into(&back, &workbook));
    }
    for (list, fields) in [
        ("days", &["date", "morning", "afternoon", "note", "tallies"][..]),
        (
            "activities",
            &[
                "date",
                "kind",
                "title",
                "place",
                "minutes",
                "participants",
                "audience",
                "note",
                "tallies",
                "counts_toward_assessment",
            ],
        ),
        (
            "leaves",
            &["kind", "from", "from_half", "to", "to_half", "reason"],
        ),
    ] {
        let of = |records: &Records| printed(records, list, fields);
        assert!(!of(&sample).is_empty(), "the sample has no {list}");
        assert_eq!(of(&back), of(&sample), "{list}");
    }
}
