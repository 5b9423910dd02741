//! Postings to print, other programs to read them with.

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Command;
use xiaxiangzhi_core::assess::{Assessment, assess};
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::scheme::{Scheme, built_in};
use xiaxiangzhi_forms::{Block, Cell, Content, Form, FormKind, FormsError, Ground, Head, Options, paper};

pub(crate) fn scheme() -> &'static Scheme {
    built_in("rotation_3m").unwrap()
}

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn head() -> Head {
    Head {
        code: "7KQ2 M4XD 9RTA W3HE C6PN 0VJS 5B".to_owned(),
        n: 1203,
    }
}

pub(crate) fn assessed(records: &Records, as_of: &str) -> Assessment {
    assess(scheme(), records, Calendar::built_in(), date(as_of)).unwrap()
}

pub(crate) fn sheet(records: &Records, as_of: &str) -> Form {
    form(FormKind::TaskAssessmentSheet, records, as_of)
}

/// A paper as it is usually wanted.
pub(crate) fn form(kind: FormKind, records: &Records, as_of: &str) -> Form {
    wanted(kind, records, as_of, Options::default()).unwrap()
}

/// A paper as it is wanted, or why there is none.
pub(crate) fn wanted(
    kind: FormKind,
    records: &Records,
    as_of: &str,
    options: Options,
) -> Result<Form, FormsError> {
    judged_by(scheme(), kind, records, as_of, options)
}

/// The same, by another scheme.
pub(crate) fn judged_by(
    scheme: &Scheme,
    kind: FormKind,
    records: &Records,
    as_of: &str,
    options: Options,
) -> Result<Form, FormsError> {
    let calendar = Calendar::built_in();
    let assessment = assess(scheme, records, calendar, date(as_of)).unwrap();
    let head = head();
    let ground = Ground::new(records, scheme, &assessment, calendar, Some(&head)).unwrap();
    paper(kind, &ground, options)
}

/// The sample posting, 2026-01-05 to 2026-04-05, and its sheet on the day after.
pub(crate) fn sample() -> (Records, Form) {
    let records = xiaxiangzhi_core::sample::sample(7, scheme()).unwrap();
    let form = sheet(&records, "2026-04-06");
    (records, form)
}

/// The sample posting with some of its JSON changed.
pub(crate) fn changed(change: impl FnOnce(&mut Value)) -> Records {
    let mut document = serde_json::to_value(sample().0).unwrap();
    change(&mut document);
    serde_json::from_value(document).unwrap()
}

/// Nothing but what records must have; a posting that ends in a year not published yet.
pub(crate) fn empty() -> Records {
    let document = json!({
        "format": "xiaxiangzhi.posting", "version": 1,
        "posting": {
            "id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a11",
            "start": "2026-10-05", "end": "2027-01-03", "scheme": "rotation_3m",
        },
    });
    serde_json::from_value(document).unwrap()
}

/// Everything as long as records allow, and 60 rounds and 60 lectures.
pub(crate) fn longest() -> Records {
    let start = date("2026-01-05");
    changed(|document| {
        document["posting"]["physician"]["name"] = json!("阿".repeat(200));
        document["posting"]["recipient_unit"] = json!("镇".repeat(200));
        document["posting"]["supporting_hospital"] = json!("W".repeat(200));
        let activities = (0..60).flat_map(|day| {
            let date = start + Days::new(day);
            ["ward_round", "lecture"].map(|kind| json!({"kind": kind, "date": date}))
        });
        document["activities"] = activities.collect();
    })
}

/// A folder of this test's own.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("forms-{name}"));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Writes a file into a folder of its own.
pub(crate) fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder(name.split('.').next().unwrap()).join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// Runs a program that must succeed, and gives what it printed.
pub(crate) fn output(command: &mut Command) -> String {
    let done = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let errors = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{command:?}: {errors}");
    String::from_utf8(done.stdout).unwrap()
}

/// A text without white space: line breaks are the typesetter's business.
pub(crate) fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_whitespace() && *character != '\u{200B}')
        .collect()
}

/// The text of every cell in the order of reading.
pub(crate) fn cells(form: &Form) -> Vec<String> {
    let mut texts = Vec::new();
    for block in &form.blocks {
        let Block::Table(table) = block else { continue };
        texts.extend(table.rows.iter().flat_map(|row| &row.cells).map(said));
    }
    texts
}

/// What stands in a cell, a line to sign as it is printed.
pub(crate) fn said(cell: &Cell) -> String {
    match &cell.content {
        Content::Signature(signature) => {
            let seal = if signature.seal { "（盖章）" } else { "" };
            format!("{}{}{seal}年月日", signature.statement, signature.signer)
        }
        _ => cell.words(),
    }
}
