//! The power cut at every moment of what the program does to the disk: what was promised is there afterwards.
//!
//! An act is recorded once, from its system calls with all their data. Then the disk is played through, and before every
//! step states are made that a cut may leave there, on two models of a file system (see `disk`); in each, the records are
//! opened and judged. Ids, salts and keys are random, so bytes differ from run to run; what is kept and dropped does not.

use crate::failing::actor::Act;
use crate::failing::disk::{FailedSync, Model, Op};
use crate::failing::power_cut_states::{Outcome, cut_everywhere, cut_from};
use crate::failing::recorder::record;
use crate::failing::{for_release, result};

const MODELS: [(Model, FailedSync); 2] = [
    (Model::Journal, FailedSync::Pending),
    (Model::Strict, FailedSync::Pending),
];

/// In a release twelve and a half times as many.
fn amount(states: usize) -> usize {
    if for_release() { states * 25 / 2 } else { states }
}

fn cut(act: Act, states: usize) -> Outcome {
    cut_everywhere(act, &record(act, &[]), amount(states), &MODELS)
}

/// The states of all acts are 20,000; of a release 250,000.
fn nothing_is_lost(act: Act, name: &str, states: usize) {
    let outcome = cut(act, states);
    assert!(outcome.first.is_none(), "{outcome:#?}");
    assert!(
        outcome.states >= amount(states),
        "only {} states of {name}",
        outcome.states
    );
    result(
        &format!("power-cut-{name}"),
        outcome.states,
        "states",
        "no promise broken",
    );
}

#[test]
fn a_power_cut_while_saving_loses_nothing() {
    nothing_is_lost(Act::Save, "save", 6_000);
}

#[test]
fn a_power_cut_during_a_backup_leaves_whole_backups() {
    nothing_is_lost(Act::Backup, "backup", 3_500);
}

#[test]
fn a_power_cut_during_a_change_of_format_leaves_one_or_the_other() {
    nothing_is_lost(Act::Migrate, "migrate", 2_000);
}

#[test]
fn a_power_cut_while_going_on_from_a_backup_leaves_the_old_or_the_new() {
    nothing_is_lost(Act::Adopt, "adopt", 2_500);
}

#[test]
fn a_power_cut_during_an_export_leaves_the_old_file_or_the_new() {
    nothing_is_lost(Act::Export, "export", 3_500);
}

#[test]
fn a_power_cut_during_a_restore_leaves_the_records_before_or_after() {
    nothing_is_lost(Act::Restore, "restore", 1_500);
}

/// A sync that answers with an error takes what it should have written for written: on Linux no later sync writes it. So
/// whatever is acknowledged after a refused save must not rest on it.
#[test]
fn a_power_cut_after_a_failed_sync_loses_nothing() {
    let mut states = 0;
    // One sync that fails, and several in a row, so that setting things right fails too.
    for failing in ["12", "21..24", "30..35"] {
        let inject = format!("inject=fsync:error=EIO:when={failing}");
        let recording = record(Act::Save, &["-e", &inject]);
        let is_failed = |op: &Op| matches!(op, Op::SyncFailed { .. });
        let first = recording.ops.iter().position(is_failed).unwrap();
        let outcome = cut_from(
            first,
            Act::Save,
            &recording,
            amount(300),
            &[(Model::Journal, FailedSync::Lost)],
        );
        assert!(outcome.first.is_none(), "syncs {failing}: {outcome:#?}");
        states += outcome.states;
    }
    result("power-cut-failed-sync", states, "states", "no promise broken");
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
}

/// The control: a backup that gets its name before it is synced.
#[test]
fn a_backup_that_is_not_synced_is_caught() {
    let outcome = cut(Act::UnsyncedBackup, 200);
    let first = outcome.first.unwrap();
    assert!(first.contains("half a backup"), "{first}");
}
