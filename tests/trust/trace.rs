//! What a save asks of the disk, counted from the system calls themselves: one sync, at most five pages.
#![cfg(target_os = "linux")]

use std::path::Path;

use xiaxiangzhi_core::log::Entity;
use xiaxiangzhi_store::Store;

use crate::child::{Role, Running, command, executable};
use crate::store::fresh;
use crate::support::{evening, posting_id, profile};

/// A page with the header that precedes it in the write-ahead log.
const PAGE: usize = 16_384;

/// What one acknowledged save cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cost {
    syncs: usize,
    frames: usize,
    /// Bytes written anywhere but to the write-ahead log.
    elsewhere: usize,
}

/// Runs the second process under strace and answers what was done before each thing it said.
fn traced(role: Role) -> Vec<(String, Cost)> {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let store = Store::open(&data).unwrap();
    store
        .create(posting_id(), evening(5), &[fresh(Entity::Posting, "", profile())])
        .unwrap();
    drop(store);
    let trace = dir.path().join("trace");
    let calls = "trace=fsync,fdatasync,sync_file_range,msync,pwrite64,pwritev,write,writev,ftruncate";
    let strace = [
        "strace",
        "-f",
        "-y",
        "-s",
        "64",
        "-e",
        calls,
        "-o",
        trace.to_str().unwrap(),
    ];
    let mut running = Running::start(command(&strace, &executable(), role, &data, 0));
    while running.said().is_some() {}
    assert!(
        running.child.wait().unwrap().success(),
        "strace (package `strace`) must be there and allowed"
    );
    costs(&trace)
}

fn costs(trace: &Path) -> Vec<(String, Cost)> {
    let mut said = Vec::new();
    let mut cost = Cost {
        syncs: 0,
        frames: 0,
        elsewhere: 0,
    };
    for line in std::fs::read_to_string(trace).unwrap().lines() {
        let call = line.split_once(' ').map_or("", |(_, call)| call.trim_start());
        let result = || {
            call.rsplit_once("= ")
                .and_then(|(_, number)| number.trim().parse::<usize>().ok())
        };
        let to = |name: &str| call.contains(&format!("{name}>"));
        if call.starts_with("write(1<") {
            if let Some((_, words)) = call.split_once("@@") {
                let words = words.split("\\n").next().unwrap_or_default();
                said.push((words.to_owned(), cost));
                cost = Cost {
                    syncs: 0,
                    frames: 0,
                    elsewhere: 0,
                };
            }
        } else if call.starts_with("fsync(") || call.starts_with("fdatasync(") || call.starts_with("msync(") {
            cost.syncs += 1;
        } else if call.starts_with("pwrite") && to("xiaxiangzhi.db-wal") {
            // A frame is its header and its page, in two calls or in one.
            cost.frames += usize::from(result().unwrap() >= PAGE);
        } else if call.starts_with("pwrite") || call.starts_with("ftruncate") {
            cost.elsewhere += result().unwrap().max(1);
        }
    }
    said
}

/// The saves among what was said: those named by a number.
fn saves(said: &[(String, Cost)]) -> Vec<Cost> {
    said.iter()
        .filter(|(words, _)| words.parse::<u64>().is_ok())
        .map(|(_, cost)| *cost)
        .collect()
}

/// The first save that cost more than allowed.
fn too_dear(saves: &[Cost]) -> Option<(usize, Cost)> {
    let allowed = |cost: &Cost| cost.syncs == 1 && (1..=5).contains(&cost.frames) && cost.elsewhere == 0;
    saves.iter().copied().enumerate().find(|(_, cost)| !allowed(cost))
}

#[test]
fn a_save_is_one_sync_and_at_most_five_frames() {
    let saves = saves(&traced(Role::SaveSome));
    assert_eq!(saves.len(), 60);
    assert_eq!(too_dear(&saves), None);
    let mut frames: Vec<_> = saves.iter().map(|cost| cost.frames).collect();
    frames.sort_unstable();
    println!("frames a save: median {}, most {}", frames[30], frames[59]);
}

#[test]
fn a_draft_is_one_sync_and_its_commit_another() {
    let said = traced(Role::CommitDrafts);
    let drafts: Vec<_> = said
        .iter()
        .filter(|(words, _)| words == "draft")
        .map(|(_, cost)| *cost)
        .collect();
    assert_eq!(drafts.len(), 60);
    assert_eq!(too_dear(&drafts), None);
    assert_eq!(too_dear(&saves(&said)), None);
}

/// The control: a saver that syncs twice must be caught by the same count.
#[test]
fn a_save_with_two_syncs_is_caught() {
    let saves = saves(&traced(Role::SaveTwice));
    assert_eq!(too_dear(&saves).unwrap().1.syncs, 2);
}
