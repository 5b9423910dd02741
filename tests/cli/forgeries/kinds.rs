//! Forgeries, and what must be said of each: those for which no key is needed.

use std::fs;

use super::zip;
use crate::format::kept;

/// A forgery: what was done, the file, the file it is held against, and what must be said of it.
pub(crate) struct Case {
    pub(crate) what: &'static str,
    pub(crate) bytes: Vec<u8>,
    pub(crate) against: Option<&'static str>,
    pub(crate) verdict: &'static str,
    pub(crate) place: Option<&'static str>,
}

pub(crate) const KEY: [u8; 32] = [22; 32];
pub(crate) const FORMER_KEY: [u8; 32] = [2; 32];
pub(crate) const THIEF: [u8; 32] = [9; 32];
pub(crate) const SCHEME: &str = "blobs/cec749da405881b1e9b640c9b59264ffee227dbae66e8dc5159a7eaf5c993e11";
pub(crate) const PHOTO: &str = "blobs/a8626d27cb132ba09adef83553c2f97237b6866ebd3a054fae183736b5de1786";

/// What is done to the bytes of the file; no key is needed for it.
pub(crate) fn without_a_key() -> Vec<Case> {
    let whole = fs::read(kept("everything.xxz")).unwrap();
    let entries = zip::entries(&whole);
    let mut cases = Vec::new();
    let mut case = |what, bytes, verdict, place| {
        cases.push(Case {
            what,
            bytes,
            against: None,
            verdict,
            place,
        });
    };
    let altered = "altered";
    // The last letter of each entry, wherever it stands.
    let mut end = 0;
    for ((name, data), what) in entries.iter().zip([
        "a letter of the format mark",
        "a letter of the manifest",
        "a bit of the signature",
        "a letter of an event",
        "a letter of a text",
        "a letter of a former scheme",
        "a bit of a photo",
        "a letter of the scheme",
    ]) {
        end += 30 + name.len() + data.len();
        let mut bytes = whole.clone();
        bytes[end - 1] ^= 1;
        let place = entries
            .iter()
            .map(|(name, _)| name.as_str())
            .find(|one| one == name);
        case(
            what,
            bytes,
            altered,
            place.map(|place| &*String::leak(place.to_owned())),
        );
    }
    let central = end;
    let changed = |at: usize, byte: u8| {
        let mut bytes = whole.clone();
        bytes[at] = byte;
        bytes
    };
    case(
        "the last byte cut off",
        whole[..whole.len() - 1].to_vec(),
        "cut",
        None,
    );
    case("cut off within an event", whole[..9_000].to_vec(), "cut", None);
    case(
        "the list of entries cut off",
        whole[..central].to_vec(),
        "cut",
        None,
    );
    case(
        "a byte after the end",
        [&whole[..], b"\n"].concat(),
        altered,
        Some("container"),
    );
    case(
        "the file twice",
        [&whole[..], &whole].concat(),
        altered,
        Some("container"),
    );
    case(
        "a program before the file",
        [b"MZ", &whole[..]].concat(),
        "not_a_review_file",
        None,
    );
    case(
        "another date in an entry's header",
        changed(12, 0x22),
        altered,
        Some("mimetype"),
    );
    let manifest = 30 + entries[0].0.len() + entries[0].1.len();
    case(
        "a flag for a length that comes later",
        changed(manifest + 6, 8),
        altered,
        Some("manifest.json"),
    );
    case(
        "a method for packed content",
        changed(manifest + 8, 8),
        altered,
        Some("manifest.json"),
    );
    case(
        "rights of a file to be run",
        changed(central + 41, 0xed),
        altered,
        Some("container"),
    );
    case(
        "a comment announced",
        changed(whole.len() - 2, 4),
        altered,
        Some("container"),
    );
    case(
        "another number of entries",
        changed(whole.len() - 12, 7),
        altered,
        Some("container"),
    );
    let with = |change: &dyn Fn(&mut zip::Entries)| {
        let mut entries = entries.clone();
        change(&mut entries);
        zip::container(&entries)
    };
    case(
        "zipped again, two entries swapped",
        with(&|e| e.swap(3, 4)),
        altered,
        Some("container"),
    );
    case(
        "zipped again, an entry twice",
        with(&|e| e.push(e[3].clone())),
        altered,
        Some("container"),
    );
    case(
        "zipped again, a photo left out",
        with(&|e| drop(e.remove(6))),
        altered,
        Some("container"),
    );
    case(
        "zipped again, no signature",
        with(&|e| drop(e.remove(2))),
        altered,
        Some("container"),
    );
    let outside = |e: &mut zip::Entries| e.push(("blobs/../../evil.sh".to_owned(), b"x".to_vec()));
    case(
        "zipped again, an entry that leads outside",
        with(&outside),
        altered,
        Some("container"),
    );
    let shouted = |e: &mut zip::Entries| "EVENTS.JSONL".clone_into(&mut e[3].0);
    case(
        "zipped again, a name in capitals",
        with(&shouted),
        altered,
        Some("container"),
    );
    let event = |e: &mut zip::Entries| {
        e[3].1 = String::from_utf8(e[3].1.clone())
            .unwrap()
            .replace("outpatient_visits\":23", "outpatient_visits\":32")
            .into();
    };
    case(
        "zipped again, a count changed",
        with(&event),
        altered,
        Some("events.jsonl"),
    );
    let text = |e: &mut zip::Entries| {
        e[4].1 = String::from_utf8(e[4].1.clone())
            .unwrap()
            .replace("下村巡诊", "下村义诊")
            .into();
    };
    case(
        "zipped again, a note changed",
        with(&text),
        altered,
        Some("texts.jsonl"),
    );
    let photo = |e: &mut zip::Entries| e[6].1 = b"another picture".to_vec();
    case(
        "zipped again, a photo replaced",
        with(&photo),
        altered,
        Some(PHOTO),
    );
    let signature = |change: &dyn Fn(&mut Vec<u8>)| with(&|e: &mut zip::Entries| change(&mut e[2].1));
    case(
        "a signature of nothing",
        signature(&|s| s.clear()),
        altered,
        Some("signature"),
    );
    case(
        "half a signature",
        signature(&|s| s.truncate(32)),
        altered,
        Some("signature"),
    );
    case(
        "a signature with a byte more",
        signature(&|s| s.push(0)),
        altered,
        Some("signature"),
    );
    case(
        "a signature all zeros",
        signature(&|s| s.fill(0)),
        altered,
        Some("signature"),
    );
    cases
}
