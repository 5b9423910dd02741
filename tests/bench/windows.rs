//! Start and memory of the real window, against an empty window of the same web view.

use crate::measure::{Times, in_turn, once, shown};
use crate::table::Row;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longer than any start on a machine that can be used at all.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often is looked, which is also how exact a start is known.
const LOOK: Duration = Duration::from_millis(5);

pub(crate) fn rows(rounds: usize) -> Vec<Row> {
    let built = Path::new(env!("CARGO_BIN_EXE_xxz"))
        .parent()
        .expect("a program lies in a folder");
    let (app, empty) = (built.join("xiaxiangzhi"), built.join("examples/empty_window"));
    if !cfg!(target_os = "linux") || !starts("xdotool") || !app.exists() || !empty.exists() {
        return vec![Row::missing(
            "start and memory of the window",
            "needs Linux, xdotool and both programs built",
        )];
    }
    let (mut own, mut peer) = (Vec::new(), Vec::new());
    for program in [&app, &empty] {
        if start(program, &mut Vec::new()).is_none() {
            let why = format!("{} showed no window", program.display());
            return vec![Row::missing("start and memory of the window", &why)];
        }
    }
    let patience = PATIENCE.as_secs_f64();
    let mut ours = || start(&app, &mut own).unwrap_or(patience);
    let mut theirs = || start(&empty, &mut peer).unwrap_or(patience);
    let times = in_turn(rounds, &mut [&mut ours, &mut theirs]);
    // The first turn is not counted here either.
    let (own, peer) = (Times::new(own.split_off(1)), Times::new(peer.split_off(1)));
    let later = times[0].median() - times[1].median();
    let more = own.median() - peer.median();
    vec![
        Row::compared(
            "start until the window shows",
            (&times[0], &times[1]),
            "empty window",
            "<= + 50 ms",
            |_| Some(later <= 0.050),
        ),
        Row::words(
            "memory of the whole process tree, idle (PSS)",
            format!("{:.0} MB", own.median()),
            format!("{:.0} MB empty window", peer.median()),
            format!("{more:+.0} MB"),
            "<= + 40 MB",
            Some(more <= 40.0),
        ),
        Row::words(
            "  difference in start",
            shown_signed(later),
            String::new(),
            String::new(),
            "",
            None,
        ),
    ]
}

fn shown_signed(seconds: f64) -> String {
    format!(
        "{}{}",
        if seconds < 0.0 { "-" } else { "+" },
        shown(seconds.abs())
    )
}

fn starts(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .output()
        .is_ok_and(|out| out.status.success())
}

/// Starts the program on an empty data folder, gives the seconds until its window shows, and notes the memory that its
/// processes then settle at, in MB. None if no window shows.
fn start(program: &PathBuf, memory: &mut Vec<f64>) -> Option<f64> {
    let data = tempfile::tempdir().expect("a folder for temporary files");
    let mut child: Option<Child> = None;
    let mut shown = false;
    let took = once(|| {
        let started = Command::new(program)
            .env("XDG_DATA_HOME", data.path())
            .env("XDG_CONFIG_HOME", data.path())
            .env("XDG_CACHE_HOME", data.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program can be started");
        let id = started.id();
        child = Some(started);
        shown = wait_until(|| shows(id));
    });
    let mut child = child.expect("it was started");
    memory.push(settled(child.id()));
    let family = family(child.id());
    child.kill().expect("it still runs");
    child.wait().expect("it ends");
    // Its web processes end by themselves; the next turn must not meet them.
    wait_until(|| {
        family
            .iter()
            .all(|id| !Path::new(&format!("/proc/{id}")).exists())
    });
    shown.then_some(took)
}

fn shows(id: u32) -> bool {
    let out = Command::new("xdotool")
        .args(["search", "--onlyvisible", "--pid", &id.to_string()])
        .output();
    out.is_ok_and(|out| !out.stdout.is_empty())
}

/// Whether it came to hold before patience ran out.
fn wait_until(mut held: impl FnMut() -> bool) -> bool {
    let start = Instant::now();
    while !held() {
        if start.elapsed() >= PATIENCE {
            return false;
        }
        std::thread::sleep(LOOK);
    }
    true
}

/// The memory of the process and all below it once it stays within 1 MB for a second.
fn settled(id: u32) -> f64 {
    const LOOKS: usize = 10;
    let mut seen: Vec<f64> = Vec::new();
    wait_until(|| {
        seen.push(family(id).iter().map(|id| pss(*id)).sum());
        std::thread::sleep(Duration::from_millis(100));
        let last = &seen[seen.len().saturating_sub(LOOKS)..];
        let (low, high) = (
            last.iter().copied().fold(f64::MAX, f64::min),
            last.iter().copied().fold(0.0, f64::max),
        );
        last.len() == LOOKS && high - low <= 1.0
    });
    *seen.last().expect("it was looked at")
}

/// The process and all below it.
fn family(id: u32) -> Vec<u32> {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(child) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        let stat = std::fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        // The name stands in brackets and may hold anything; state and parent follow it.
        let parent = stat
            .rsplit_once(") ")
            .and_then(|(_, rest)| rest.split(' ').nth(1)?.parse().ok());
        children.entry(parent.unwrap_or(0)).or_default().push(child);
    }
    let mut all = vec![id];
    let mut at = 0;
    while let Some(next) = all.get(at) {
        all.extend(children.remove(next).unwrap_or_default());
        at += 1;
    }
    all
}

/// Proportional set size in MB: pages shared by several processes are counted once in all.
fn pss(id: u32) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{id}/smaps_rollup")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
    let kilobytes: Option<f64> = line.and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok());
    kilobytes.unwrap_or(0.0) / 1000.0
}
