//! The power cut at every moment of what the program does to the disk: what was promised is there afterwards.
//!
//! An act is recorded once, from its system calls with all their data. Then the disk is played through, and before every
//! step states are made that a cut may leave there, on two models of a file system (see `disk`); in each, the records are
//! opened and judged. Ids, salts and keys are random, so bytes differ from run to run; what is kept and dropped does not.

use std::sync::Mutex;

use crate::failing::actor::Act;
use crate::failing::disk::{FailedSync, Model, Op};
use crate::failing::power_cut_states::{Outcome, cut_everywhere, cut_from};
use crate::failing::recorder::record;
use crate::support::{Tried, amount, caught};

const MODELS: [(Model, FailedSync); 2] = [
    (Model::Journal, FailedSync::Pending),
    (Model::Strict, FailedSync::Pending),
];

/// The acts, and of so many states of all how many are theirs.
const SHARES: [(Act, usize); 6] = [
    (Act::Save, 7_000),
    (Act::Backup, 4_000),
    (Act::Migrate, 2_000),
    (Act::Adopt, 2_500),
    (Act::Export, 3_500),
    (Act::Restore, 1_500),
];

fn cut(act: Act, states: usize) -> Outcome {
    cut_everywhere(act, &record(act, &[]), states, &MODELS)
}

#[test]
fn a_power_cut_at_any_moment_breaks_no_promise() {
    let tried = Tried::start("power-cut");
    let times = |share: usize| usize::try_from(amount(2, 29)).unwrap() * share / 2;
    let shares = Mutex::new(SHARES.iter());
    let states = Mutex::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let next = shares.lock().unwrap().next();
                    let Some((act, share)) = next else { break };
                    let outcome = cut(*act, times(*share));
                    assert!(outcome.first.is_none(), "{act:?}: {outcome:#?}");
                    println!("{act:?}: {} states", outcome.states);
                    *states.lock().unwrap() += outcome.states;
                }
            });
        }
    });
    let states = states.into_inner().unwrap() as u64;
    assert!(states >= amount(20_000, 250_000), "only {states} states");
    tried.held(
        states,
        "states",
        "nothing acknowledged lost, nothing half under a name",
    );
}

/// A sync that answers with an error takes what it should have written for written: on Linux no later sync writes it. So
/// whatever is acknowledged after a refused save must not rest on it.
#[test]
fn a_power_cut_after_a_failed_sync_loses_nothing() {
    let tried = Tried::start("power-cut-failed-sync");
    let mut states = 0;
    let each = usize::try_from(amount(300, 3_750)).unwrap();
    // One sync that fails, and several in a row, so that setting things right fails too.
    for failing in ["12", "20..21", "23..25", "30..32"] {
        let inject = format!("inject=fsync:error=EIO:when={failing}");
        let recording = record(Act::Save, &["-e", &inject]);
        let is_failed = |op: &Op| matches!(op, Op::SyncFailed { .. });
        let first = recording.ops.iter().position(is_failed).unwrap();
        let outcome = cut_from(
            first,
            Act::Save,
            &recording,
            each,
            &[(Model::Journal, FailedSync::Lost)],
        );
        assert!(outcome.first.is_none(), "syncs {failing}: {outcome:#?}");
        states += outcome.states;
    }
    tried.held(
        states as u64,
        "states",
        "nothing acknowledged rests on a failed sync",
    );
}

/// The control: commits that are acknowledged before they are synced.
#[test]
fn commits_that_are_not_synced_are_caught() {
    let outcome = cut(Act::Unsynced, 600);
    let first = outcome.first.unwrap();
    assert!(
        first.contains("acknowledged") || first.contains("promised"),
        "{first}"
    );
    assert!(
        outcome.broken > outcome.states / 4,
        "{} of {}",
        outcome.broken,
        outcome.states
    );
    let lost = format!(
        "commits without a sync lost in {} of {} states",
        outcome.broken, outcome.states
    );
    caught("power-cut", &lost);
}

/// The control: a backup that gets its name before it is synced.
#[test]
fn a_backup_that_is_not_synced_is_caught() {
    let outcome = cut(Act::UnsyncedBackup, 200);
    let first = outcome.first.unwrap();
    assert!(first.contains("half a backup"), "{first}");
}

/// The control: a saver that takes a commit for made whose sync failed.
#[test]
fn a_saver_that_ignores_a_failed_sync_is_caught() {
    let recording = record(Act::DeafSaver, &["-e", "inject=fsync:error=EIO:when=4..40"]);
    let models = [(Model::Journal, FailedSync::Lost)];
    let outcome = cut_everywhere(Act::DeafSaver, &recording, 60, &models);
    let first = outcome.first.unwrap();
    assert!(
        first.contains("as it was saved") || first.contains("acknowledged"),
        "{first}"
    );
    caught(
        "power-cut-failed-sync",
        "a save whose sync failed, taken for made",
    );
}
