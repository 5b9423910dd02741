//! Containers from outside: whatever is not byte for byte the file that was made is refused.

use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::reviewfile::{unpack, verify};

use super::mutate;
use super::{Fuzz, Read};
use crate::review_file::small_sample;
use crate::support::{Dice, Tried, amount, caught};
use crate::zip;

/// The file changed plainly, or an entry of it changed and everything zipped up again with right checksums.
fn make(good: &[u8], entries: &zip::Entries, dice: &mut Dice) -> Vec<u8> {
    if dice.once_in(2) {
        let mut bytes = good.to_vec();
        for _ in 0..=dice.below(3) {
            mutate::bytes(&mut bytes, dice);
        }
        return bytes;
    }
    let mut entries = entries.clone();
    let at = dice.index(entries.len());
    match dice.below(8) {
        0 => {
            entries.remove(at);
        }
        1 => {
            let copy = entries[at].clone();
            entries.insert(dice.index(entries.len() + 1), copy);
        }
        2 => {
            let other = dice.index(entries.len());
            entries.swap(at, other);
        }
        3 => {
            let mut name = entries[at].0.clone().into_bytes();
            mutate::bytes(&mut name, dice);
            entries[at].0 = String::from_utf8_lossy(&name).into_owned();
        }
        4 => {
            let name = format!("blobs/{:064x}", dice.number());
            entries.push((name, vec![0; dice.index(9)]));
        }
        5 => entries[at].1.clear(),
        6 => entries[at].1 = mutate::json(&entries[at].1, dice),
        _ => mutate::bytes(&mut entries[at].1, dice),
    }
    zip::container(&entries)
}

fn read(input: &[u8], good: &[u8]) -> Read {
    let judged = verify(input, None);
    let verdict = &judged.verdict;
    if verdict.is_genuine() {
        if input != good {
            return Err("another file is taken for genuine".to_owned());
        }
        let whole = unpack(input).is_ok_and(|out| Some(out.document) == judged.file.map(|f| f.document()));
        return whole.then_some(true).ok_or("it does not unpack".to_owned());
    }
    let words = verdict.describe(Language::Chinese);
    let placed = verdict.place().is_none_or(|place| !place.is_empty());
    let known = !matches!(verdict.code(), "altered") || verdict.place().is_some();
    if judged.file.is_some() || unpack(input).is_ok() {
        return Err(format!("it is refused as {verdict:?}, but is shown all the same"));
    }
    if placed && known && words.ends_with('。') {
        Ok(false)
    } else {
        Err(format!("it is refused without a place: {verdict:?}"))
    }
}

#[test]
fn mutated_containers_are_refused() {
    let tried = Tried::start("fuzz-container");
    let good = small_sample();
    let entries = zip::entries(&good);
    assert_eq!(read(&good, &good), Ok(true));
    let count = amount(100_000, 10_000_000);
    let make = |dice: &mut Dice| make(&good, &entries, dice);
    let read = |input: &[u8], _| read(input, &good);
    let fuzz = Fuzz {
        make: &make,
        read: &read,
    };
    let same = fuzz.run(count).unwrap_or_else(|fault| panic!("{fault}"));
    let outcome = format!("0 panics; {same} changed nothing, all others refused");
    tried.held(count, "files", &outcome);
}

/// The control: a reader that goes by the lengths in the headers without looking must be caught.
#[test]
fn a_reader_that_believes_lengths_is_found() {
    let good = small_sample();
    let entries = zip::entries(&good);
    let make = |dice: &mut Dice| make(&good, &entries, dice);
    let believing = |input: &[u8], _| {
        zip::entries(input);
        Ok(true)
    };
    let fuzz = Fuzz {
        make: &make,
        read: &believing,
    };
    let fault = fuzz.run(100_000).unwrap_err();
    assert!(fault.contains("it panicked: "), "{fault}");
    caught("fuzz-container", "a reader that believes the lengths in headers");
}
