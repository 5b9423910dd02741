//! The figures of every paper, read back by other programs, are those of `xxz assess --json`.
#![cfg(target_os = "linux")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use calamine::{Data, Reader as _, Xlsx};
use serde_json::{Value, json};

use crate::support::{Place, fixtures};

/// Postings in which every kind of figure occurs: every status, leave, failure, a posting that runs, two years.
const CASES: &[&str] = &[
    "mixed_days",
    "in_progress",
    "half_day_leave",
    "into_an_unpublished_year",
    "all_failed",
];

/// What the script says of one posting's papers.
struct Read {
    /// For each paper how many of its figures agreed: in the document, on the sheets, in the list of figures.
    agreed: BTreeMap<String, BTreeMap<String, u64>>,
    differ: Vec<String>,
    /// Every cell of each workbook as openpyxl reads it.
    cells: BTreeMap<String, Vec<(String, usize, usize, Value)>>,
}

/// Exports a posting's papers as documents and workbooks, and reads them.
fn read(place: &Place, records: &str, as_of: &str, to: &str) -> Read {
    place.json(&[
        "export",
        records,
        "--to",
        to,
        "--as-of",
        as_of,
        "--formats",
        "docx,xlsx",
        "--json",
    ]);
    let assessment = place.json(&["assess", records, "--as-of", as_of, "--json"]);
    compared(place, records, &assessment, to)
}

fn compared(place: &Place, records: &str, assessment: &Value, folder: &str) -> Read {
    let assessed = place.write("assessment.json", assessment.to_string());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/cli/read_figures.py");
    let done = Command::new("/usr/bin/python3")
        .arg(script)
        .arg(place.path(folder))
        .arg(assessed)
        .arg(place.path(records))
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{records}: {errors}");
    let said: Value = serde_json::from_slice(&done.stdout).unwrap();
    Read {
        agreed: serde_json::from_value(said["agreed"].clone()).unwrap(),
        differ: serde_json::from_value(said["differ"].clone()).unwrap(),
        cells: serde_json::from_value(said["cells"].clone()).unwrap(),
    }
}

/// calamine reads in every cell what openpyxl reads there, and nothing more.
fn calamine_agrees(folder: &Path, read: &Read) {
    for (name, cells) in &read.cells {
        let mut book = Xlsx::new(std::io::Cursor::new(fs::read(folder.join(name)).unwrap())).unwrap();
        let ranges: BTreeMap<String, calamine::Range<Data>> = book.worksheets().into_iter().collect();
        let mut seen = 0;
        for (sheet, row, column, wanted) in cells {
            let at = (u32::try_from(*row).unwrap(), u32::try_from(*column).unwrap());
            let said = match ranges[sheet].get_value(at).unwrap() {
                Data::String(text) => json!(text),
                Data::Float(number) => json!(number),
                Data::DateTime(date) => json!(date.as_datetime().unwrap().date().to_string()),
                other => panic!("{name} {sheet} {at:?}: {other:?}"),
            };
            let same = match (said.as_f64(), wanted.as_f64()) {
                (Some(said), Some(wanted)) => (said - wanted).abs() < 1e-9,
                _ => said == *wanted,
            };
            assert!(same, "{name} {sheet} {at:?}: {said}, and {wanted} to openpyxl");
            seen += 1;
        }
        let all: usize = ranges.values().map(|range| range.used_cells().count()).sum();
        assert_eq!(seen, all, "{name}");
    }
}

#[test]
fn every_figure_of_every_paper_is_the_assessments_to_python_docx_openpyxl_and_calamine() {
    let place = Place::new();
    let mut postings: Vec<(String, String)> = Vec::new();
    for case in CASES {
        let read = |name: String| fs::read(fixtures().join("cases").join(name)).unwrap();
        let expected: Value = serde_json::from_slice(&read(format!("{case}.expected.json"))).unwrap();
        place.write(&format!("{case}.json"), read(format!("{case}.json")));
        postings.push((
            format!("{case}.json"),
            expected["as_of"].as_str().unwrap().to_owned(),
        ));
    }
    place.run(&["sample", "--seed", "7", "-o", "sample.json"]);
    postings.push(("sample.json".to_owned(), "2026-04-06".to_owned()));
    let mut papers = BTreeSet::new();
    for (records, as_of) in &postings {
        let folder = format!("{records}.papers");
        let read = read(&place, records, as_of, &folder);
        assert!(read.differ.is_empty(), "{records}:\n{}", read.differ.join("\n"));
        for (paper, counts) in &read.agreed {
            let counts: Vec<u64> = counts.values().copied().collect();
            assert!(
                counts.len() >= 2 && counts.iter().all(|count| *count > 0),
                "{records} {paper}: {counts:?}"
            );
            papers.insert(paper.clone());
        }
        let sheet = &read.agreed["任务考核表"];
        assert!(
            sheet["docx"] >= 20 && sheet["xlsx"] >= 20 && sheet["data"] >= 27,
            "{records}: {sheet:?}"
        );
        calamine_agrees(&place.path(&folder), &read);
    }
    assert_eq!(papers.len(), 10, "{papers:?}");
}

#[test]
fn a_figure_that_differs_is_found_on_every_paper_that_holds_it() {
    let place = Place::new();
    place.run(&["sample", "--seed", "7", "-o", "sample.json"]);
    read(&place, "sample.json", "2026-04-06", "out");
    let mut assessment = place.json(&["assess", "sample.json", "--as-of", "2026-04-06", "--json"]);
    for (pointer, papers) in [
        (
            "/attendance/attended_half_days",
            &["任务考核表", "月考勤表", "服务鉴定表", "下乡总结"][..],
        ),
        (
            "/tallies/outpatient_visits",
            &["任务考核表", "服务鉴定表", "下乡总结", "工作日志"],
        ),
        ("/consequences/payable_fen", &["任务考核表"]),
        (
            "/leave_groups/0/leaves/0/half_days",
            &["任务考核表", "月考勤表", "服务鉴定表", "请假单"],
        ),
    ] {
        let true_one = assessment.pointer(pointer).unwrap().clone();
        *assessment.pointer_mut(pointer).unwrap() = json!(true_one.as_u64().unwrap() + 1);
        let read = compared(&place, "sample.json", &assessment, "out");
        for paper in papers {
            for end in ["docx", "xlsx"] {
                let file = format!("{paper}.{end}: ");
                assert!(
                    read.differ.iter().any(|one| one.contains(&file)),
                    "{pointer} is not looked at in {file}{:?}",
                    read.differ
                );
            }
        }
        *assessment.pointer_mut(pointer).unwrap() = true_one;
    }
}
