//! Bits of a review file and of a database turned, plainly and as somebody would who can use a ZIP tool.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use serde_json::json;
use uuid::Uuid;
use xiaxiangzhi_core::log::Entity;
use xiaxiangzhi_core::reviewfile::verify;
use xiaxiangzhi_core::scheme::built_in;
use xiaxiangzhi_store::{Folded, Store, check};

use crate::child::entry;
use crate::review_file::sample;
use crate::store::opened;
use crate::support::{Dice, Tried, amount, caught, change, evening, posting_id};
use crate::zip;

/// Numbers of bits: `count` of them spread over all there are, or every one if there are no more.
fn spread(bits: u64, count: u64) -> Vec<u64> {
    let count = count.min(bits);
    let mut dice = Dice::of(count);
    (0..count)
        .map(|step| {
            let (from, to) = (step * bits / count, (step + 1) * bits / count);
            from + dice.below(to - from)
        })
        .collect()
}

fn bits(bytes: usize) -> u64 {
    bytes as u64 * 8
}

/// Turns one bit.
fn turn(bytes: &mut [u8], bit: u64) {
    bytes[usize::try_from(bit / 8).unwrap()] ^= 1 << (bit % 8);
}

/// How many of the changed copies a reader takes for good, with the first such bit.
fn accepted(
    numbers: &[u64],
    changed: &(dyn Fn(u64) -> Vec<u8> + Sync),
    reader: &(dyn Fn(&[u8]) -> bool + Sync),
) -> (u64, Option<u64>) {
    let half = numbers.len() / 2;
    let look = |part: &[u64]| {
        let taken: Vec<u64> = part
            .iter()
            .copied()
            .filter(|bit| reader(&changed(*bit)))
            .collect();
        (taken.len() as u64, taken.first().copied())
    };
    std::thread::scope(|scope| {
        let second = scope.spawn(|| look(&numbers[half..]));
        let (first, second) = (look(&numbers[..half]), second.join().unwrap());
        (first.0 + second.0, first.1.or(second.1))
    })
}

/// A file with one bit turned.
fn flipped(bytes: &[u8]) -> impl Fn(u64) -> Vec<u8> + Sync {
    move |bit| {
        let mut copy = bytes.to_vec();
        turn(&mut copy, bit);
        copy
    }
}

/// One bit of one entry turned, and the container made anew around it, as somebody would who can use a ZIP tool.
fn rezipped(bytes: &[u8]) -> (u64, impl Fn(u64) -> Vec<u8> + Sync) {
    let entries = zip::entries(bytes);
    let all = entries.iter().map(|(_, data)| bits(data.len())).sum();
    let changed = move |mut bit: u64| {
        let mut changed = entries.clone();
        for (_, data) in &mut changed {
            if bit < bits(data.len()) {
                turn(data, bit);
                break;
            }
            bit -= bits(data.len());
        }
        zip::container(&changed)
    };
    (all, changed)
}

#[test]
fn every_turned_bit_of_a_review_file_is_noticed() {
    let tried = Tried::start("review-file-bits");
    let bytes = sample();
    assert_eq!(
        zip::container(&zip::entries(&bytes)),
        bytes,
        "the test's own ZIP writer spells as ours does"
    );
    let reader = |bytes: &[u8]| verify(bytes, None).verdict.is_genuine();
    let plain = spread(bits(bytes.len()), amount(10_000, u64::MAX));
    assert_eq!(accepted(&plain, &flipped(&bytes), &reader), (0, None));
    let (inside, zipped_again) = rezipped(&bytes);
    let inside = spread(inside, amount(10_000, u64::MAX));
    assert_eq!(accepted(&inside, &zipped_again, &reader), (0, None));
    let outcome = format!(
        "all refused: {} in a file of {} bytes, {} zipped up again",
        plain.len(),
        bytes.len(),
        inside.len()
    );
    tried.held((plain.len() + inside.len()) as u64, "bits", &outcome);
}

/// The control: a reader that trusts the ZIP's own checksums must be caught by the same harness.
#[test]
fn a_reader_that_trusts_checksums_is_caught() {
    let bytes = sample();
    let (inside, zipped_again) = rezipped(&bytes);
    let inside = spread(inside, 2_000);
    let (taken, _) = accepted(&inside, &zipped_again, &zip::checksums_hold);
    assert_eq!(
        taken, 2_000,
        "a ZIP's checksums notice nothing that was zipped again"
    );
    let plain = spread(bits(bytes.len()), 2_000);
    let (missed, _) = accepted(&plain, &flipped(&bytes), &zip::checksums_hold);
    assert!(
        missed > 0,
        "and not every byte of a container is under a checksum"
    );
    let what = format!("a reader of ZIP checksums misses {} of 4000", taken + missed);
    caught("review-file-bits", &what);
}

fn database(dir: &Path) -> std::path::PathBuf {
    dir.join("xiaxiangzhi.db")
}

/// A closed data directory with a posting, its days and what stands beside them.
fn filled() -> (tempfile::TempDir, Folded) {
    let (dir, store) = opened();
    for number in 0..30 {
        store.save(posting_id(), &[entry(number)], evening(5)).unwrap();
    }
    let scheme = json!(built_in("rotation_3m").unwrap());
    let scheme = change(Uuid::from_u128(77), Entity::Scheme, "", scheme);
    store.save(posting_id(), &[scheme], evening(5)).unwrap();
    store
        .export_review_file(posting_id(), evening(20).date_naive(), evening(20))
        .unwrap();
    let folded = store.folded(posting_id()).unwrap();
    assert!(folded.document["scheme_document"].is_object());
    drop(store);
    assert!(check(dir.path()).unwrap().ok);
    (dir, folded)
}

/// What a database with one bit turned is taken for.
struct Seen {
    /// It was not opened.
    refused: bool,
    /// It was opened and its records are not what they were.
    other: bool,
    /// SQLite's own check says nothing against it.
    fine_for_sqlite: bool,
}

fn look(dir: &Path, bytes: &[u8], folded: &Folded, ask_sqlite: bool) -> Seen {
    let path = database(dir);
    let write = || {
        for leftover in ["xiaxiangzhi.db-wal", "xiaxiangzhi.db-journal"] {
            let _ = fs::remove_file(dir.join(leftover));
        }
        fs::write(&path, bytes).unwrap();
    };
    let mut fine_for_sqlite = false;
    if ask_sqlite {
        write();
        fine_for_sqlite = Connection::open(&path)
            .and_then(|raw| raw.query_row("PRAGMA integrity_check(1)", [], |row| row.get::<_, String>(0)))
            .is_ok_and(|found| found == "ok");
    }
    write();
    match Store::open(dir) {
        Err(_) => Seen {
            refused: true,
            other: false,
            fine_for_sqlite,
        },
        Ok(store) => Seen {
            refused: false,
            other: store.logs().len() != 1 || store.folded(posting_id()).ok().as_ref() != Some(folded),
            fine_for_sqlite,
        },
    }
}

/// The bits near anything that is written in the file; the rest is blank space.
fn written_bits(bytes: &[u8]) -> Vec<u64> {
    let near = |at: usize| {
        let around = &bytes[at.saturating_sub(4)..bytes.len().min(at + 5)];
        around.iter().any(|byte| *byte != 0)
    };
    (0..bytes.len())
        .filter(|at| near(*at))
        .flat_map(|at| (0..8).map(move |bit| bits(at) + bit))
        .collect()
}

/// Either the database is refused, or it says what it said.
#[test]
fn no_turned_bit_changes_what_a_database_says() {
    let tried = Tried::start("database-bits");
    let (home, folded) = filled();
    let good = fs::read(database(home.path())).unwrap();
    let written = written_bits(&good);
    let chosen = spread(written.len() as u64, amount(1_000, 10_000));
    let chosen: Vec<u64> = chosen
        .into_iter()
        .map(|index| written[usize::try_from(index).unwrap()])
        .collect();
    let lane = |part: &[u64]| {
        let dir = tempfile::tempdir().unwrap();
        let (mut refused, mut fine, mut others) = (0_u64, 0_u64, Vec::new());
        for bit in part {
            let mut bytes = good.clone();
            turn(&mut bytes, *bit);
            let seen = look(dir.path(), &bytes, &folded, true);
            if seen.other {
                others.push(*bit);
            }
            refused += u64::from(seen.refused);
            fine += u64::from(seen.refused && seen.fine_for_sqlite);
        }
        (refused, fine, others)
    };
    let (refused, fine, others) = std::thread::scope(|scope| {
        let (one, two) = chosen.split_at(chosen.len() / 2);
        let other = scope.spawn(|| lane(two));
        let (here, there) = (lane(one), other.join().unwrap());
        (here.0 + there.0, here.1 + there.1, [here.2, there.2].concat())
    });
    assert_eq!(others, [0; 0], "these bits change what is read");
    // The control: of what was refused, SQLite's own check alone would have taken most.
    assert!(
        refused > chosen.len() as u64 / 3 && fine > refused / 2,
        "{refused} refused, {fine} fine for SQLite"
    );
    caught(
        "database-bits",
        &format!("SQLite's own check alone lets {fine} of the {refused} pass"),
    );
    let outcome = format!(
        "no change read as true: {refused} refused, the rest reads as before ({} bits written)",
        written.len()
    );
    tried.held(chosen.len() as u64, "bits", &outcome);
}
