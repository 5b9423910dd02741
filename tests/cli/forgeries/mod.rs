//! Files tampered with, some by one who has the key: the program and the Python reader refuse them alike.

pub(crate) mod forgery;
mod keyed;
pub(crate) mod kinds;
mod rewritten;

use std::collections::BTreeSet;
use std::fs;

use crate::format::{kept, python};
use crate::support::{Place, fixtures};
use crate::tried::{Tried, caught};
use forgery::Forgery;
use keyed::with_a_key;
use kinds::{Case, FORMER_KEY, KEY, without_a_key};
use rewritten::the_past_rewritten;

#[allow(dead_code, reason = "shared with another test program")]
#[path = "../../trust/zip.rs"]
pub(crate) mod zip;

#[test]
fn what_was_tampered_with_is_refused_by_both() {
    let place = Place::new();
    let mut untouched = Forgery::of("everything.xxz", KEY);
    untouched.reseal(|_| {});
    let control = untouched.bytes();
    assert_eq!(
        control,
        fs::read(kept("everything.xxz")).unwrap(),
        "taking apart and resealing by itself changes nothing"
    );
    let tried = Tried::start("forgeries");
    let mut forged = Forgery::of("earlier.xxz", FORMER_KEY);
    forged.replace("texts.jsonl", "下村", "进村");
    place.write("forged-earlier.xxz", forged.bytes());
    for name in ["everything.xxz", "earlier.xxz", "example.xxz"] {
        place.write(name, fs::read(kept(name)).unwrap());
    }
    let cases: Vec<Case> = [without_a_key(), with_a_key(), the_past_rewritten()]
        .into_iter()
        .flatten()
        .collect();
    let (mut wrong, mut names) = (Vec::new(), BTreeSet::new());
    for case in &cases {
        assert!(names.insert(case.what), "{} stands twice", case.what);
        let file = place.write("forged.xxz", &case.bytes);
        let mut arguments = vec!["verify", "forged.xxz", "--json"];
        arguments.extend(case.against.iter().flat_map(|earlier| ["--against", earlier]));
        let run = place.run(&arguments);
        let answer = run.answer();
        let said = (
            run.status,
            &answer["genuine"],
            answer["verdict"].as_str(),
            answer["place"].as_str(),
        );
        if said != (1, &false.into(), Some(case.verdict), case.place) {
            wrong.push(format!(
                "{}: {said:?} for {:?} {:?}",
                case.what, case.verdict, case.place
            ));
        }
        // The reader in Python knows no earlier files.
        if case.against.is_none() {
            let output = python("reader.py", &file);
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            if output.status.success() || !said.starts_with("refused: ") {
                wrong.push(format!("{}: Python says {said:?}", case.what));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases.len() >= 60, "{} kinds", cases.len());
    tried.held(
        cases.len() as u64,
        "forgeries",
        "each named by its verdict and its place",
    );
    changed_in_the_database(&place);
}

/// A reader that unzips, looks at the checksums and reads the events, as many would.
#[test]
fn a_reader_that_trusts_what_is_zipped_is_caught() {
    let cases = [without_a_key(), with_a_key(), the_past_rewritten()];
    let cases: Vec<Case> = cases.into_iter().flatten().collect();
    let taken = cases
        .iter()
        .filter(|case| zip::checksums_hold(&case.bytes))
        .count();
    assert!(taken > 40, "{taken}");
    caught(
        "forgeries",
        &format!("a reader of ZIP checksums takes {taken} of {}", cases.len()),
    );
}

fn changed_in_the_database(place: &Place) {
    let changed = place.path("changed.db");
    fs::copy(fixtures().join("database/format-3.db"), &changed).unwrap();
    let database = rusqlite::Connection::open(&changed).unwrap();
    let rows = database
        .execute_batch(
            "DROP TRIGGER event_update; UPDATE event SET body = CAST(replace(CAST(body AS TEXT), '\"own_bp\":4', \
             '\"own_bp\":5') AS BLOB) WHERE n = 6",
        )
        .map(|()| database.changes())
        .unwrap();
    assert!(rows > 0);
    let said = python("database.py", &changed).stderr;
    assert!(
        String::from_utf8_lossy(&said).contains("event 6 is not what was written"),
        "{}",
        String::from_utf8_lossy(&said)
    );
}
