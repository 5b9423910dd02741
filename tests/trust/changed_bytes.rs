//! Every byte of a review file changed, plainly and as somebody would who can use a ZIP tool.

use xiaxiangzhi_core::reviewfile::verify;

use crate::review_file::sample;
use crate::zip;

/// How many of the changed copies a reader takes for good, with the first such place.
fn accepted(
    changed: impl Iterator<Item = (usize, Vec<u8>)>,
    reader: &dyn Fn(&[u8]) -> bool,
) -> (usize, Option<usize>) {
    let mut taken = 0;
    let mut first = None;
    for (place, bytes) in changed {
        if reader(&bytes) {
            taken += 1;
            first = first.or(Some(place));
        }
    }
    (taken, first)
}

/// Every byte of a file changed in one bit; which one goes round.
fn flipped(bytes: &[u8]) -> impl Iterator<Item = (usize, Vec<u8>)> {
    (0..bytes.len()).map(move |at| {
        let mut copy = bytes.to_vec();
        copy[at] ^= 1 << (at % 8);
        (at, copy)
    })
}

/// Every byte of every entry changed, and the container made anew around it, as somebody would who can use a ZIP tool.
fn rezipped(bytes: &[u8]) -> impl Iterator<Item = (usize, Vec<u8>)> {
    let entries = zip::entries(bytes);
    let places: Vec<_> = entries
        .iter()
        .enumerate()
        .flat_map(|(entry, (_, data))| (0..data.len()).map(move |at| (entry, at)))
        .collect();
    places.into_iter().enumerate().map(move |(number, (entry, at))| {
        let mut changed = entries.clone();
        changed[entry].1[at] ^= 1 << (at % 8);
        (number, zip::container(&changed))
    })
}

#[test]
fn every_changed_byte_is_noticed() {
    let bytes = sample();
    assert_eq!(
        zip::container(&zip::entries(&bytes)),
        bytes,
        "the test's own ZIP writer spells as ours does"
    );
    let reader = |bytes: &[u8]| verify(bytes, None).verdict.is_genuine();
    assert_eq!(accepted(flipped(&bytes), &reader), (0, None));
    assert_eq!(accepted(rezipped(&bytes), &reader), (0, None));
}

/// The control: a reader that trusts the ZIP's own checksums must be caught by the same harness.
#[test]
fn a_reader_that_trusts_checksums_is_caught() {
    let bytes = sample();
    let trusting = |bytes: &[u8]| zip::checksums_hold(bytes);
    let (taken, _) = accepted(rezipped(&bytes), &trusting);
    let data: usize = zip::entries(&bytes).iter().map(|(_, data)| data.len()).sum();
    assert_eq!(
        taken, data,
        "a ZIP's checksums notice nothing that was zipped again"
    );
    let (taken, _) = accepted(flipped(&bytes), &trusting);
    assert!(taken > 0, "and not every byte of a container is under a checksum");
}
