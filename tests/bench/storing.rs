//! Saving a day and getting ready: what the database costs.

use crate::assessing::scheme;
use crate::measure::{Times, in_turn, once, shown};
use crate::support::{change, day, evening, posting_id, profile};
use crate::table::Row;
use chrono::{Days, NaiveDate};
use rusqlite::Connection;
use std::cell::Cell;
use std::hint::black_box;
use std::path::Path;
use uuid::Uuid;
use xiaxiangzhi_core::assess::{assess, default_as_of};
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::log::{Change, Entity};
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_store::Store;

/// On the disk of the build, because the disk is the subject.
pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder in the target folder")
}

pub(crate) fn rows(rounds: usize) -> Vec<Row> {
    let mut rows = saving(rounds);
    rows.extend(at_every_length(rounds));
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

/// Lengths of a log: a posting, six of them, and ten years with room for the saves that are measured.
const LENGTHS: [u64; 3] = [300, 2_000, 19_500];

fn at_every_length(rounds: usize) -> Vec<Row> {
    let folder = folder();
    let paths = LENGTHS.map(|events| {
        let path = folder.path().join(events.to_string());
        fill(&path, events);
        path
    });
    let mut rows = Vec::new();

    let mut ready: Vec<_> = paths.iter().map(|path| move || ready(path)).collect();
    let mut sides: Vec<&mut dyn FnMut() -> f64> = ready.iter_mut().map(|side| side as _).collect();
    let times = in_turn(rounds, &mut sides);
    for (events, times) in LENGTHS.iter().zip(&times) {
        let what = format!("core ready: opened, folded, assessed ({events} events)");
        rows.push(Row::timed(&what, times, "<= 30 ms", 0.030));
    }
    rows.push(growth(&times));

    let stores = paths.map(|path| Store::open(&path).expect("the database that was just made"));
    let next = Cell::new(LENGTHS[2]);
    let save = |store: &Store| {
        next.set(next.get() + 1);
        let changes = [one(&date(next.get()), next.get())];
        once(|| {
            black_box(store.save(posting_id(), &changes, evening(20)).expect("a save"));
        })
    };
    let mut saves: Vec<_> = stores.iter().map(|store| || save(store)).collect();
    let mut sides: Vec<&mut dyn FnMut() -> f64> = saves.iter_mut().map(|side| side as _).collect();
    let times = in_turn(rounds, &mut sides);
    for (events, long) in LENGTHS.iter().zip(&times).skip(1) {
        rows.push(Row::compared(
            &format!("save of one day, durable ({events} events)"),
            (long, &times[0]),
            "with 300 events",
            "no slower",
            |ratio| Some(ratio <= 1.1),
        ));
    }
    rows
}

/// A new database with a posting of so many events.
pub(crate) fn fill(path: &Path, events: u64) {
    let store = Store::open(path).expect("a new database");
    store
        .create(posting_id(), evening(5), &[one("", 0)])
        .expect("a new posting");
    let changes: Vec<Change> = (1..events).map(|n| one(&date(n), n)).collect();
    for batch in changes.chunks(100) {
        store.save(posting_id(), batch, evening(20)).expect("a save");
    }
}

/// How the time grows from the shortest to the longest log.
fn growth(times: &[Times]) -> Row {
    let (short, long) = (&times[0], &times[times.len() - 1]);
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    let longer = (LENGTHS[2] as f64 / LENGTHS[0] as f64).log10();
    let exponent = (long.median() / short.median()).log10() / longer;
    Row::words(
        "  growth with the number of events",
        shown(long.median()),
        format!("{} for {}", shown(short.median()), LENGTHS[0]),
        format!("exponent {exponent:.2}"),
        "",
        None,
    )
}

/// Seconds from nothing to an assessment; closing is not part of it.
fn ready(path: &Path) -> f64 {
    let start = std::time::Instant::now();
    let store = Store::open(path).expect("the database that was just made");
    let document = store.folded(posting_id()).expect("its posting").document;
    let records = Records::from_value(document).expect("records in order");
    let as_of = default_as_of(&records, records.posting.end);
    black_box(assess(scheme(), &records, Calendar::built_in(), as_of).expect("an assessment"));
    start.elapsed().as_secs_f64()
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
