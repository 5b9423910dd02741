//! Files that are not ours, newer, huge, or made to do harm.

use std::fmt::Write as _;

use serde_json::{Value, json};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::log::{sha256, sign, to_hex};
use xiaxiangzhi_core::reviewfile::{MAX_FILE_BYTES, verify};

use crate::review_file::sample;
use crate::support::SEED;
use crate::zip;

#[test]
fn foreign_newer_and_huge_files_have_their_own_words() {
    let bytes = sample();
    let mut newer = zip::entries(&bytes);
    *newer[0].1.last_mut().unwrap() = b'2';
    let mut newer_manifest = zip::entries(&bytes);
    let text = String::from_utf8(newer_manifest[1].1.clone()).unwrap();
    newer_manifest[1].1 = text
        .replace("\"version\":1,\"kind\"", "\"version\":2,\"kind\"")
        .into_bytes();
    let entry = |name: &str, data: &[u8]| (name.to_owned(), data.to_vec());
    let mut many = zip::entries(&bytes);
    many.extend((0..600).map(|n| entry(&format!("blobs/{n:064x}"), b"x")));
    let mut twice = zip::entries(&bytes);
    twice.push(twice[3].clone());
    let mut swapped = zip::entries(&bytes);
    swapped.swap(3, 4);
    let mut extra = zip::entries(&bytes);
    extra.push(entry("blobs/../../../etc/passwd", b"x"));
    let mut nameless = zip::entries(&bytes);
    nameless[3].0.clear();
    // A bit of that very entry's header, so that it is the entry to be named.
    let header: usize = nameless[..3]
        .iter()
        .map(|(name, data)| 30 + name.len() + data.len())
        .sum();
    let mut nameless = zip::container(&nameless);
    nameless[header + 6] ^= 1;
    assert_eq!(verify(&nameless, None).verdict.place(), Some("container"));
    let table: Vec<(&str, Vec<u8>, &str)> = vec![
        ("an entry without a name", nameless, "altered"),
        (
            "a text",
            b"hello, this is not a review file".to_vec(),
            "not_a_review_file",
        ),
        (
            "an ordinary ZIP",
            zip::container(&[entry("a.txt", b"a")]),
            "not_a_review_file",
        ),
        (
            "another office format",
            zip::container(&[entry("mimetype", b"application/vnd.oasis.opendocument.text")]),
            "not_a_review_file",
        ),
        ("a PDF", b"%PDF-1.7\n".to_vec(), "not_a_review_file"),
        ("a newer format", zip::container(&newer), "newer_format"),
        (
            "a newer manifest",
            zip::container(&newer_manifest),
            "newer_format",
        ),
        ("100 MB of zeros", vec![0; MAX_FILE_BYTES], "not_a_review_file"),
        ("over 100 MB", vec![0; MAX_FILE_BYTES + 1], "too_big"),
        ("600 entries more", zip::container(&many), "too_big"),
        ("an entry twice", zip::container(&twice), "altered"),
        ("entries in another order", zip::container(&swapped), "altered"),
        ("an entry with a path", zip::container(&extra), "altered"),
        (
            "something before the ZIP",
            [b"x", &bytes[..]].concat(),
            "not_a_review_file",
        ),
        ("two files in one", [&bytes[..], &bytes[..]].concat(), "altered"),
    ];
    let mut said = String::new();
    for (what, bytes, expected) in &table {
        let judged = verify(bytes, None);
        assert_eq!(judged.verdict.code(), *expected, "{what}");
        assert!(judged.file.is_none(), "{what}");
        for language in [Language::Chinese, Language::English] {
            let sentence = judged.verdict.describe(language);
            assert!(
                sentence.chars().count() > 10 && sentence.ends_with(['。', '.']),
                "{what}: {sentence}"
            );
            writeln!(said, "{sentence}").unwrap();
        }
    }
    assert!(
        !said.contains("passwd"),
        "no name from a hostile file reaches a sentence"
    );
}

/// A signed file can still be hostile: its own limits are counted before memory is taken for what it claims to hold.
#[test]
fn a_signed_file_beyond_the_limits_is_refused() {
    let entries = zip::entries(&sample());
    let resealed = |index: usize, data: Vec<u8>| {
        let mut changed = entries.clone();
        changed[index].1 = data;
        let mut manifest: Value = serde_json::from_slice(&changed[1].1).unwrap();
        for entry in manifest["entries"].as_array_mut().unwrap() {
            let named = changed.iter().find(|(name, _)| *name == entry["name"]).unwrap();
            entry["length"] = json!(named.1.len());
            entry["sha256"] = json!(to_hex(&sha256(&named.1)));
        }
        changed[1].1 = manifest.to_string().into_bytes();
        changed[2].1 = sign(&SEED, &[b"XXZ1-manifest\0", &changed[1].1[..]].concat()).to_vec();
        verify(&zip::container(&changed), None).verdict.code()
    };
    assert_eq!(
        resealed(3, entries[3].1.clone()),
        "genuine",
        "resealing by itself is in order"
    );
    assert_eq!(resealed(3, b"\n".repeat(30_000)), "too_big");
    assert_eq!(resealed(4, b"\n".repeat(90_000)), "too_big");
    assert_eq!(resealed(3, b"\n".repeat(10)), "altered");
    assert_eq!(resealed(3, Vec::new()), "altered");
    let first = entries[3].1.split(|byte| *byte == b'\n').next().unwrap();
    let deep = format!("{}{}", "[".repeat(2_000), "]".repeat(2_000));
    let event = format!(
        "{{\"v\":1,\"id\":\"01990000-0000-7000-8000-00000000ffff\",\"at\":\"2026-01-05T09:45:00Z\",\"set\":\"day\",\
         \"key\":\"2026-01-05\",\"value\":{{\"x\":{deep}}}}}"
    );
    assert_eq!(
        resealed(3, [first, b"\n", event.as_bytes(), b"\n"].concat()),
        "altered"
    );
    let long = format!("{}\n", "长".repeat(30_000));
    assert_eq!(resealed(3, [first, b"\n", long.as_bytes()].concat()), "too_big");
    let mut huge = zip::entries(&sample());
    huge[1].1 = vec![b' '; 300 * 1024];
    assert_eq!(verify(&zip::container(&huge), None).verdict.code(), "too_big");
}
