//! Which of several files of one log counts.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::Line;
use crate::log::{Digest, Head};

/// What is kept of each file to tell which one counts: little enough for a million of them.
#[derive(Debug, Clone, Copy)]
pub struct FileFacts {
    /// SHA-256 of its bytes.
    sha256: Option<Digest>,
    /// Log, key and head, where the file may count.
    counts: Option<(Uuid, [u8; 32], Head)>,
    /// Who was sent when: the same for two logs of one person and period.
    person: u64,
    start: NaiveDate,
    end: NaiveDate,
}

impl FileFacts {
    /// Of a line.
    pub fn of(line: &Line) -> Self {
        let posting = line.posting.as_deref();
        let may_count = posting.filter(|_| line.may_count());
        Self {
            sha256: line.sha256,
            counts: may_count.map(|posting| (posting.log, posting.key, posting.head)),
            person: posting.map_or(0, |posting| {
                hash(&[
                    &posting.physician,
                    &posting.home_department,
                    &posting.supporting_hospital,
                ])
            }),
            start: posting.map_or(NaiveDate::MIN, |posting| posting.start),
            end: posting.map_or(NaiveDate::MIN, |posting| posting.end),
        }
    }

    /// SHA-256 of its bytes; none where they could not be read.
    pub fn sha256(&self) -> Option<Digest> {
        self.sha256
    }
}

/// FNV-1a, which is the same on every machine. A blank name is no person.
fn hash(words: &[&str]) -> u64 {
    if words[0].trim().is_empty() {
        return 0;
    }
    let bytes = words.iter().flat_map(|word| word.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Whether a file counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is the newest genuine file of its log.
    Counted {
        /// Another log is of the same person and overlaps: both count, and somebody should ask.
        several_logs: bool,
    },
    /// A later file of its log is there, by its place in the roll-up.
    Superseded(usize),
    /// The very same bytes are there already, by their place in the roll-up.
    Duplicate(usize),
    /// Files of its log contradict one another, so none of them counts.
    Disputed,
    /// It cannot be relied on.
    Refused,
}

/// Files of one log that must continue one another: the newest is to be held against the heads of the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contest {
    /// The newest, by its place in the roll-up.
    pub newest: usize,
    /// The others that are not the same bytes, by their places.
    pub others: Vec<usize>,
    /// The key of the others, and their heads.
    pub key: [u8; 32],
    /// The heads it must pass through.
    pub pins: Vec<Head>,
}

/// The files that may count, each with the first one that has the same bytes.
fn first_of_its_bytes(files: &[FileFacts]) -> impl Iterator<Item = (usize, Uuid, usize)> {
    let mut first = BTreeMap::new();
    files.iter().enumerate().filter_map(move |(at, file)| {
        let (log, ..) = file.counts?;
        Some((at, log, *first.entry(file.sha256).or_insert(at)))
    })
}

/// The files of each log that may count, without repeated bytes, the newest last.
fn by_log(files: &[FileFacts]) -> BTreeMap<Uuid, Vec<usize>> {
    let mut logs: BTreeMap<Uuid, Vec<usize>> = BTreeMap::new();
    for (at, log, _) in first_of_its_bytes(files).filter(|(at, _, first)| at == first) {
        logs.entry(log).or_default().push(at);
    }
    for known in logs.values_mut() {
        known.sort_by_key(|&at| (files[at].counts.map_or(0, |(.., head)| head.n), at));
    }
    logs
}

/// The logs of which there are several files that differ.
pub fn contests(files: &[FileFacts]) -> Vec<Contest> {
    let logs = by_log(files).into_values().filter(|known| known.len() > 1);
    let contest = |known: Vec<usize>| {
        let (newest, others) = known.split_last()?;
        let pins = others
            .iter()
            .filter_map(|&at| files[at].counts.map(|(.., head)| head));
        let (_, key, _) = files[*others.last()?].counts?;
        Some(Contest {
            newest: *newest,
            others: others.to_vec(),
            key,
            pins: pins.collect(),
        })
    };
    logs.filter_map(contest).collect()
}

/// Where each file stands; `disputed` holds the newest files of contests that were lost, in order.
pub fn standings(files: &[FileFacts], disputed: &[usize]) -> Vec<Standing> {
    let mut standings = vec![Standing::Refused; files.len()];
    let logs = by_log(files);
    for known in logs.values() {
        let Some(&newest) = known.last() else { continue };
        let lost = disputed.binary_search(&newest).is_ok();
        for &at in known {
            standings[at] = match at {
                _ if lost => Standing::Disputed,
                _ if at == newest => Standing::Counted { several_logs: false },
                _ => Standing::Superseded(newest),
            };
        }
    }
    for (at, _, first) in first_of_its_bytes(files).filter(|(at, _, first)| at != first) {
        standings[at] = Standing::Duplicate(first);
    }
    mark_several(files, &mut standings);
    standings
}

/// Logs of one person that count and overlap.
fn mark_several(files: &[FileFacts], standings: &mut [Standing]) {
    let mut people: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, file) in files.iter().enumerate() {
        if file.person != 0 && matches!(standings[at], Standing::Counted { .. }) {
            people.entry(file.person).or_default().push(at);
        }
    }
    for logs in people.values_mut() {
        logs.sort_by_key(|&at| files[at].start);
        let Some(mut last) = logs.first().copied() else {
            continue;
        };
        for &at in logs.iter().skip(1) {
            if files[at].start <= files[last].end {
                standings[at] = Standing::Counted { several_logs: true };
                standings[last] = Standing::Counted { several_logs: true };
            }
            if files[at].end > files[last].end {
                last = at;
            }
        }
    }
}
