//! Many review files at once: what each costs, beside the limit of the thing itself and beside a script over workbooks.

use crate::measure::{Times, exponent, in_turn, once, shown};
use crate::peer::Peer;
use crate::storing::folder;
use crate::support::{Counter, SEED};
use crate::table::Row;
use chrono::{DateTime, NaiveDate};
use std::fs;
use std::hint::black_box;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;
use xiaxiangzhi_core::log::{public_key, sha256, sign, signed_by};
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::reviewfile::{Basis, Pack, pack};
use xiaxiangzhi_core::rollup::RollUp;
use xiaxiangzhi_core::sample::sample;
use xiaxiangzhi_core::scheme::built_in;
use xiaxiangzhi_store::rollup::{Stop, roll_up};

/// How many files, and how many times as many to see how cost grows: an office, and a province.
const FILES: usize = 1_000;
const TIMES: usize = 100;
/// A script is measured on so many of them: it takes its time.
const OF_PEER: usize = 50;

pub(crate) fn rows(rounds: usize) -> Vec<Row> {
    let folder = folder();
    let (files, records) = files(folder.path());
    let rounds = rounds.min(5);
    let per_file = |times: &Times, n: usize| {
        let seconds = |each: f64| each / n as f64;
        Times::new(vec![
            seconds(times.least()),
            seconds(times.median()),
            seconds(times.high()),
        ])
    };
    let mut ours = || once(|| rolled_up(&files));
    let mut raw = || once(|| raw(&files));
    let times = in_turn(rounds, &mut [&mut ours, &mut raw]);
    let (ours, raw) = (per_file(&times[0], FILES), per_file(&times[1], FILES));
    let bytes: u64 = files
        .iter()
        .filter_map(|file| fs::metadata(file).ok())
        .map(|about| about.len())
        .sum();
    let mut rows = vec![
        Row::timed(
            &format!(
                "roll-up of {FILES} .xxz, each ({} kB)",
                bytes / FILES as u64 / 1000
            ),
            &ours,
            "<= 2 ms a file",
            0.002,
        ),
        Row::compared(
            "  against reading, one hash, one signature on as many cores",
            (&ours, &raw),
            "raw",
            ">= 60 % of raw",
            |ratio| Some(ratio <= 1.0 / 0.6),
        ),
    ];
    rows.push(against_script(folder.path(), &records, &ours));
    rows.extend(many(folder.path(), &files, ours.median()));
    rows
}

/// As the program does it, up to where each file stands.
fn rolled_up(files: &[PathBuf]) {
    let mut lines = Vec::with_capacity(files.len());
    roll_up(files, &|_| None, &Stop::default(), &mut |line, _| {
        assert_eq!(line.verdict, "genuine", "{}", line.path);
        lines.push(line.into());
        true
    });
    assert_eq!(lines.len(), files.len());
    black_box(RollUp::new(lines, &|_, _| None).sums());
}

/// The limit: what nobody who checks them can do without.
fn raw(files: &[PathBuf]) {
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    let key = public_key(&SEED);
    let message = [7; 256];
    let signature = sign(&SEED, &message);
    thread::scope(|scope| {
        for part in files.chunks(files.len().div_ceil(workers)) {
            let (key, signature) = (&key, &signature);
            scope.spawn(move || {
                for file in part {
                    black_box(sha256(&fs::read(file).expect("a file")));
                    assert!(signed_by(key, black_box(&message), signature));
                }
            });
        }
    });
}

/// A folder of review files, each of a person of its own, and the records of the first ones.
fn files(folder: &Path) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let scheme = built_in("rotation_3m").expect("a scheme");
    let as_of = NaiveDate::from_ymd_opt(2026, 4, 6).expect("a date");
    let (mut ids, mut salts) = (Counter::default(), Counter::default());
    let mut records_files = Vec::new();
    let files = (0..FILES).map(|n| {
        let mut records: Records = sample(n as u64, scheme).expect("a sample");
        records.posting.physician.name = Some(format!("医师{n}"));
        let basis = Basis::of(&records).expect("the scheme is built in");
        let document = serde_json::to_value(&records).expect("records are JSON");
        if n < OF_PEER {
            let path = folder.join(format!("{n}.json"));
            fs::write(&path, document.to_string()).expect("room on the disk");
            records_files.push(path);
        }
        let with = Pack {
            seed: &SEED,
            basis: &basis,
            as_of,
            at: DateTime::from_timestamp(1_775_500_000, 0).expect("an instant"),
            attachments: &[],
        };
        let bytes = pack(&document, &with, &mut || ids.id(), &mut || salts.salt()).expect("a review file");
        let path = folder.join(format!("{n:04}.xxz"));
        fs::write(&path, bytes).expect("room on the disk");
        path
    });
    let files: Vec<PathBuf> = files.collect();
    (files, records_files)
}

fn against_script(folder: &Path, records: &[PathBuf], ours: &Times) -> Row {
    let what = "  against pandas + openpyxl on as many workbooks, each";
    let mut arguments = vec![folder.to_owned()];
    arguments.extend(records.iter().cloned());
    let Some(mut peer) = Peer::start("pandas, openpyxl", "rollup_peer.py", &arguments) else {
        return Row::missing(what, "no Python with pandas and openpyxl");
    };
    let each = (0..3).map(|_| peer.write() / records.len() as f64).collect();
    Row::compared(what, (ours, &Times::new(each)), "script", ">= 50 x", |ratio| {
        Some(ratio <= 0.02)
    })
}

/// A hundred times as many, by links to the same files: as a whole process, once.
fn many(folder: &Path, files: &[PathBuf], each: f64) -> Vec<Row> {
    let small = folder.join("small");
    let large = folder.join("large");
    for (place, times) in [(&small, 1), (&large, TIMES)] {
        for n in 0..times {
            let place = place.join(n.to_string());
            fs::create_dir_all(&place).expect("a folder");
            for file in files {
                let name = file.file_name().expect("a name");
                fs::hard_link(file, place.join(name)).expect("a link");
            }
        }
    }
    let (few, memory_of_few) = process(&small, &folder.join("few.jsonl"));
    let (most, memory_of_most) = process(&large, &folder.join("most.jsonl"));
    let n = FILES * TIMES;
    let allowed = 50_000 + n as u64;
    let growth = exponent(few, most);
    vec![
        Row::words(
            &format!("xxz rollup --to .jsonl of {n} files, the whole process"),
            shown(most),
            format!("{} for {FILES}; {} a file", shown(few), shown(most / n as f64)),
            format!("exponent {growth:.2}"),
            "linear",
            Some(growth <= 1.05 && most / n as f64 <= (each * 1.5).max(0.002)),
        ),
        Row::words(
            "  the most memory it held",
            format!("{memory_of_most} kB"),
            format!("{memory_of_few} kB for {FILES}"),
            format!(
                "{:.2} kB a file",
                memory_of_most.saturating_sub(memory_of_few) as f64 / (n - FILES) as f64
            ),
            "<= 50 MB + 1 kB a file",
            Some(memory_of_most <= allowed),
        ),
    ]
}

/// Seconds, and the most kilobytes that were resident.
fn process(folder: &Path, to: &Path) -> (f64, u64) {
    let mut most = 0;
    let took = once(|| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_xxz"))
            .arg("rollup")
            .arg(folder)
            .arg("--to")
            .arg(to)
            .stdout(Stdio::null())
            .spawn()
            .expect("our own program");
        let status = format!("/proc/{}/status", child.id());
        while child.try_wait().expect("our own child").is_none() {
            let text = fs::read_to_string(&status).unwrap_or_default();
            let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let held = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
            most = most.max(held.unwrap_or(0));
            thread::sleep(Duration::from_millis(5));
        }
    });
    (took, most)
}
