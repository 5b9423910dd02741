//! Killed while saving: what was acknowledged is there, once.

use std::path::Path;
use std::time::{Duration, Instant};

use xiaxiangzhi_core::log::Entity;
use xiaxiangzhi_store::{Store, check};

use crate::child::{Role, Running, command, date, entry, executable};
use crate::store::fresh;
use crate::support::{Dice, Tried, amount, caught, evening, posting_id, profile};

/// Databases they are spread over.
const LANES: u64 = 5;

/// Starts a saver, lets it acknowledge a few entries, kills it a random moment later, and answers the last entry that was
/// acknowledged.
fn kill_once(role: Role, dir: &Path, from: u64, dice: &mut Dice) -> Option<u64> {
    let mut running = Running::start(command(&[], &executable(), role, dir, from));
    assert_eq!(running.said().as_deref(), Some("open"));
    let mut acknowledged = None;
    for _ in 0..dice.below(6) {
        acknowledged = running.said().map(|number| number.parse().unwrap());
    }
    // A save takes a few milliseconds: the moments are spread over one and a half of them. No sleep is that exact.
    let wait = Duration::from_micros(dice.below(6_000));
    let start = Instant::now();
    while start.elapsed() < wait {
        std::hint::spin_loop();
    }
    running.child.kill().unwrap();
    running.child.wait().unwrap();
    // What it said before it died counts as acknowledged.
    while let Some(number) = running.said() {
        acknowledged = Some(number.parse().unwrap());
    }
    acknowledged
}

/// What is wrong with the database after a kill, if anything: every entry up to the last acknowledged must be there once.
/// Answers how many entries there are.
fn look(dir: &Path, acknowledged: Option<u64>) -> Result<u64, String> {
    let store = Store::open(dir).map_err(|error| error.to_string())?;
    let folded = store.folded(posting_id()).unwrap();
    // Two events are the log's beginning; each entry is exactly one more.
    let entries = folded.n - 2;
    if acknowledged.is_some_and(|last| last >= entries) {
        return Err(format!(
            "entry {acknowledged:?} was acknowledged, but only {entries} entries are there"
        ));
    }
    for number in entries.saturating_sub(28)..entries {
        let days = folded.document["days"].as_array().unwrap();
        let there = days
            .iter()
            .filter(|day| day["date"] == date(number))
            .collect::<Vec<_>>();
        if there.len() != 1 || there[0]["tallies"]["outpatient_visits"] != number {
            return Err(format!("entry {number} is not there as it was saved: {there:?}"));
        }
    }
    // The entry that was under way is offered again: the same id is the same event.
    for number in entries.saturating_sub(1)..=entries {
        store.save(posting_id(), &[entry(number)], evening(5)).unwrap();
    }
    let after = store.folded(posting_id()).unwrap().n - 2;
    if after == entries + 1 {
        Ok(after)
    } else {
        Err(format!("{entries} entries became {after}"))
    }
}

fn new_database() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    store
        .create(posting_id(), evening(5), &[fresh(Entity::Posting, "", profile())])
        .unwrap();
    dir
}

/// Kills so often, and answers the first thing that was wrong.
fn kills(role: Role, seed: u64, count: u64) -> Result<u64, String> {
    let mut dice = Dice::of(seed);
    let dir = new_database();
    let mut entries = 0;
    for kill in 0..count {
        let acknowledged = kill_once(role, dir.path(), entries, &mut dice);
        entries = look(dir.path(), acknowledged).map_err(|fault| format!("kill {kill}: {fault}"))?;
    }
    assert!(check(dir.path()).unwrap().ok);
    Ok(entries)
}

/// The same in several databases at once: most of the time is spent waiting for the disk.
fn kills_side_by_side(role: Role, count: u64) -> Vec<Result<u64, String>> {
    std::thread::scope(|scope| {
        let lanes: Vec<_> = (0..LANES)
            .map(|lane| scope.spawn(move || kills(role, 2026 + lane, count / LANES)))
            .collect();
        lanes.into_iter().map(|lane| lane.join().unwrap()).collect()
    })
}

#[test]
fn no_acknowledged_entry_is_lost_or_doubled_by_a_kill() {
    let tried = Tried::start("kills");
    let count = amount(500, 10_000);
    let entries: Result<Vec<_>, _> = kills_side_by_side(Role::Save, count).into_iter().collect();
    let entries: u64 = entries.unwrap().iter().sum();
    let outcome = format!("{entries} entries saved, none lost, none doubled");
    tried.held(count, "kills", &outcome);
}

/// The control: a saver that acknowledges before the commit must be caught.
#[test]
fn a_saver_that_acknowledges_too_early_is_caught() {
    let fault = kills(Role::AcknowledgeFirst, 2026, 500).unwrap_err();
    assert!(fault.contains("was acknowledged, but only"), "{fault}");
    caught("kills", "acknowledging before the commit");
}
