//! Makes the kept files under `tests/fixtures/database` and `tests/fixtures/reviewfile`, the same at every run: ids, salts, keys
//! and instants are counted, all names invented. Files of a format that was released are never made again; see the README
//! files there.
//!
//!     cargo run --workspace --example make_fixtures [FOLDER]

#![allow(clippy::unwrap_used, reason = "whoever makes fixtures reads the panic")]

mod database;
mod everything;
mod reviewed;
mod story;

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde_json::{Value, json};
use xiaxiangzhi_core::assess::assess;
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::reviewfile::{Pack, pack, verify};
use xiaxiangzhi_core::scheme::Scheme;

use story::{Counter, Story, as_of, basis, evening};

fn main() {
    let fixtures = std::env::args().nth(1).map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures"),
        PathBuf::from,
    );
    let (files, databases) = (fixtures.join("reviewfile"), fixtures.join("database"));
    for folder in [&files, &databases] {
        fs::create_dir_all(folder).unwrap();
    }
    let everything = everything::make();
    let packed = packed(&fixtures);
    for (name, bytes) in [
        ("example", &example()),
        ("earlier", &everything.earlier),
        ("everything", &everything.file),
        ("packed", &packed),
        ("reviewed", &reviewed::make()),
    ] {
        fs::write(files.join(format!("{name}.xxz")), bytes).unwrap();
        let file = verify(bytes, None).file.unwrap();
        keep(
            &files.join(format!("{name}.expected.json")),
            &expected(&file.document()),
        );
    }
    let logs = [
        &everything.story.log,
        &verify(&packed, None).file.unwrap().whole.log,
    ]
    .map(xiaxiangzhi_core::log::Log::id);
    database::make(&databases.join("format-3.db"), &everything, &packed);
    for name in ["format-1", "format-2", "format-3"] {
        let at = databases.join(format!("{name}.db"));
        let found = xiaxiangzhi_store::contents(&at).unwrap();
        let data = tempfile::tempdir().unwrap();
        fs::copy(&at, data.path().join(xiaxiangzhi_store::DATABASE_FILE)).unwrap();
        let store = xiaxiangzhi_store::Store::open(data.path()).unwrap();
        let answers: serde_json::Map<String, Value> = found
            .postings
            .iter()
            .map(|posting| posting.summary.log_id)
            .inspect(|id| assert!(name == "format-1" || logs.contains(id)))
            .map(|id| (id.to_string(), expected(&store.folded(id).unwrap().document)))
            .collect();
        keep(
            &databases.join(format!("{name}.expected.json")),
            &Value::Object(answers),
        );
    }
}

/// What today's code makes of some records.
fn expected(document: &Value) -> Value {
    let records = Records::from_value(document.clone()).unwrap();
    let scheme = Scheme::of(&records).unwrap();
    let verdict = assess(scheme, &records, Calendar::built_in(), as_of()).unwrap();
    json!({"as_of": as_of(), "records": document, "verdict": verdict})
}

fn keep(path: &Path, value: &Value) {
    fs::write(path, format!("{value:#}\n")).unwrap();
}

/// The four events that FORMAT.md spells out.
fn example() -> Vec<u8> {
    let mut story = Story::new("0199c0de-0000-7000-8000-000000000001", [1; 32]);
    story.begin(&json!({"physician": {"name": "王示例"}, "start": "2026-01-05", "end": "2026-04-05", "scheme": "rotation_3m"}), &[]);
    story.set(
        "day",
        "2026-01-05",
        &json!({"morning": "present", "note": "内科门诊"}),
        evening(5),
    );
    story.export(NaiveDate::from_ymd_opt(2026, 1, 5).unwrap(), evening(5))
}

fn packed(fixtures: &Path) -> Vec<u8> {
    let case = fs::read_to_string(fixtures.join("cases/all_met.json")).unwrap();
    let mut document: Value = serde_json::from_str(&case).unwrap();
    document["posting"]["id"] = json!("0199c0de-0000-7000-8000-000000000003");
    let mut counter = Counter::of(3);
    let mut salts = Counter::of(4);
    let with = Pack {
        seed: &[3; 32],
        basis: &basis(&document),
        as_of: as_of(),
        at: evening(20),
        attachments: &[],
    };
    pack(&document, &with, &mut || counter.id(), &mut || salts.salt()).unwrap()
}
