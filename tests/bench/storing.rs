//! Saving a day and getting ready: what the database costs.

use crate::assessing::scheme;
use crate::measure::{Times, alone, exponent, in_turn, once, shown};
use crate::support::{change, day, evening, posting_id, profile};
use crate::table::Row;
use chrono::{Days, NaiveDate};
use rusqlite::Connection;
use std::hint::black_box;
use std::path::Path;
use uuid::Uuid;
use xiaxiangzhi_core::assess::{assess, default_as_of};
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::log::{Change, Entity};
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_store::Store;

/// On the disk of the build, because the disk is the subject.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder in the target folder")
}

pub(crate) fn rows(rounds: usize) -> Vec<Row> {
    let mut rows = saving(rounds);
    rows.extend(getting_ready(rounds));
    rows
}

fn saving(rounds: usize) -> Vec<Row> {
    let folder = folder();
    let store = Store::open(&folder.path().join("ours")).expect("a new database");
    store
        .create(posting_id(), evening(5), &[one("", 0)])
        .expect("a new posting");
    let bare = bare(&folder.path().join("peer.db"), &folder.path().join("ours"));
    let (mut saved, mut committed) = (0, 0);
    let mut cpu = Vec::new();
    let mut ours = || {
        saved += 1;
        let changes = [one(&date(saved), saved)];
        let before = cpu_seconds();
        let took = once(|| {
            black_box(store.save(posting_id(), &changes, evening(20)).expect("a save"));
        });
        cpu.push(cpu_seconds() - before);
        took
    };
    let mut peer = || {
        committed += 1;
        once(|| commit(&bare, committed))
    };
    let times = in_turn(rounds, &mut [&mut ours, &mut peer]);
    let cpu = Times::new(cpu.split_off(1));
    vec![
        Row::compared(
            "save of one day, durable",
            (&times[0], &times[1]),
            "bare SQLite commit of the same bytes",
            "ratio shown",
            |_| None,
        ),
        Row::timed("  its CPU time", &cpu, "<= 0.5 ms", 0.5e-3),
    ]
}

fn getting_ready(rounds: usize) -> Vec<Row> {
    let folder = folder();
    let measured = [200, 2_000, 19_990].map(|events| {
        let path = folder.path().join(events.to_string());
        let store = Store::open(&path).expect("a new database");
        store
            .create(posting_id(), evening(5), &[one("", 0)])
            .expect("a new posting");
        let changes: Vec<Change> = (1..events).map(|n| one(&date(n), n)).collect();
        for batch in changes.chunks(100) {
            store.save(posting_id(), batch, evening(20)).expect("a save");
        }
        drop(store);
        alone(rounds, || once(|| ready(&path)))
    });
    let [small, _, large] = &measured;
    vec![
        Row::timed(
            "core ready: opened, folded, assessed (20,000 events)",
            large,
            "<= 30 ms",
            0.030,
        ),
        Row::words(
            "  growth from 200 to 20,000 events",
            shown(large.median()),
            format!("{} for 200", shown(small.median())),
            format!("exponent {:.2}", exponent(small.median(), large.median())),
            "",
            None,
        ),
    ]
}

fn ready(path: &Path) {
    let store = Store::open(path).expect("the database that was just made");
    let document = store.folded(posting_id()).expect("its posting").document;
    let records = Records::from_value(document).expect("records in order");
    let as_of = default_as_of(&records, records.posting.end);
    black_box(assess(scheme(), &records, Calendar::built_in(), as_of).expect("an assessment"));
}

/// Change number `n`: the profile for the empty date, else that day's record.
fn one(date: &str, n: u64) -> Change {
    let id = Uuid::from_u128(0x0199_b000_0000_7000_8000_0000_0000_0000 | u128::from(n));
    if date.is_empty() {
        return change(id, Entity::Posting, "", profile());
    }
    change(id, Entity::Day, date, day(&note(n), n))
}

fn date(n: u64) -> String {
    let first = NaiveDate::from_ymd_opt(2026, 1, 5).expect("a date");
    (first + Days::new(n % 90)).to_string()
}

fn note(n: u64) -> String {
    format!("门诊日常工作，第{n}次记录：上午坐诊，下午随访慢病病人，整理病历。")
}

/// A database with the settings of ours and nothing but a table to append to.
fn bare(path: &Path, ours: &Path) -> Connection {
    let page_size = page_size(ours);
    let connection = Connection::open(path).expect("a new database");
    let pragmas = format!(
        "PRAGMA page_size = {page_size}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
         PRAGMA locking_mode = EXCLUSIVE; PRAGMA secure_delete = ON;
         CREATE TABLE line (n INTEGER PRIMARY KEY, body BLOB NOT NULL, hash BLOB NOT NULL, text TEXT NOT NULL) STRICT;"
    );
    connection.execute_batch(&pragmas).expect("pragmas and a table");
    connection
}

/// The page size that a database's header names.
fn page_size(folder: &Path) -> u32 {
    let files = std::fs::read_dir(folder)
        .expect("a folder")
        .flatten()
        .map(|entry| entry.path());
    let headers = files.filter_map(|path| std::fs::read(path).ok());
    let database = headers
        .into_iter()
        .find(|bytes| bytes.starts_with(b"SQLite format 3\0"));
    database.map_or(4096, |bytes| {
        match u32::from(u16::from_be_bytes([bytes[16], bytes[17]])) {
            1 => 65_536,
            size => size,
        }
    })
}

fn commit(connection: &Connection, n: u64) {
    let body = serde_json::json!({
        "v": 1, "id": Uuid::from_u128(u128::from(n)), "at": "2026-01-20T09:45:00Z", "set": "day", "key": date(n),
        "value": {"morning": "present", "afternoon": "present", "tallies": {"outpatient_visits": n}},
        "texts": {"note": "00".repeat(32)}
    });
    let values = (body.to_string().into_bytes(), [7_u8; 32], note(n));
    connection
        .execute("INSERT INTO line (body, hash, text) VALUES (?1, ?2, ?3)", values)
        .expect("an insert");
}

/// What all threads of this process have computed so far, in seconds; 0 where Linux does not tell.
fn cpu_seconds() -> f64 {
    let threads = std::fs::read_dir("/proc/self/task")
        .into_iter()
        .flatten()
        .flatten();
    let spent = threads.filter_map(|thread| {
        let text = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<f64>().ok()
    });
    spent.sum::<f64>() / 1e9
}
