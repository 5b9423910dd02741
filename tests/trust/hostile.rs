//! Files that are not ours, newer, huge, or made to do harm.

use std::fmt::Write as _;

use serde_json::{Value, json};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::log::{sha256, sign, to_hex};
use xiaxiangzhi_core::reviewfile::{MAX_FILE_BYTES, verify};

use crate::review_file::sample;
use crate::support::{Kept, SEED};
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

/// A value is kept as its bytes; one that no reader could take in later would stand for an empty record.
#[test]
fn a_value_that_could_not_be_read_later_is_refused_now() {
    let reserved = "{\"$serde_json::private::RawValue\":\"not JSON\"}";
    let hidden = "{\"\\u0024serde_json::private::RawValue\":\"[1]\"}";
    for (extra, taken) in [
        ("1e400", false),
        ("-1E999", false),
        ("1e2", true),
        ("\"\\ud800\"", false),
        ("\"\\ud83d\\ude00\"", true),
        ("\"$ 5\"", true),
        ("12345678901234567890123", true),
        (&"9".repeat(400), false),
        (reserved, false),
        (hidden, false),
    ] {
        let mut kept = Kept::new();
        let body = format!(
            "{{\"v\":1,\"id\":\"01990000-0000-7000-8000-00000000ffff\",\"at\":\"2026-01-05T09:45:00Z\",\
             \"set\":\"day\",\"key\":\"2026-01-05\",\"value\":{{\"morning\":\"present\",\"extra\":{{\"x\":{extra}}}}}}}"
        );
        assert_eq!(kept.log.apply(body.as_bytes()).is_ok(), taken, "{extra}");
        if taken {
            assert_eq!(kept.document()["days"][0]["morning"], "present", "{extra}");
            assert!(!kept.document()["days"][0]["extra"]["x"].is_null(), "{extra}");
        }
    }
}

/// Two readers must not read the same bytes differently: what they might disagree about is no event at all.
#[test]
fn ids_numbers_dates_and_characters_have_one_spelling() {
    let good = "{\"v\":1,\"id\":\"01990000-0000-7000-8000-00000000ffff\",\"at\":\"2026-01-05T09:45:00Z\",";
    let set = format!("{good}\"set\":\"extra\",\"value\":");
    let exported = format!("{good}\"exported\":");
    let jump = format!("{good}\"clock_jump\":");
    let restored = format!("{good}\"restored\":");
    let taken = |body: &str| Kept::new().log.apply(body.as_bytes()).is_ok();
    for body in [
        format!("{set}{{\"a\":1e300,\"b\":\"\\ud83d\\ude00\",\"c\":12345678901234567890123}}}}"),
        format!("{set}{{}},\"batch\":\"01990000-0000-7000-8000-00000000fffe\"}}"),
        format!("{exported}{{\"number\":9007199254740991,\"as_of\":\"2026-01-05\"}}}}"),
        format!("{jump}{{\"from\":\"2026-01-05T09:45:00Z\",\"to\":\"2020-01-01T00:00:00Z\"}}}}"),
        format!("{restored}{{\"backup\":\"2026-01-05T09:45:00Z\",\"replaced_to\":9}}}}"),
    ] {
        assert!(taken(&body), "{body}");
    }
    for body in [
        format!("{set}{{\"a\":1e999}}}}"),
        format!("{set}{{\"a\":{}}}}}", "9".repeat(400)),
        format!("{set}{{\"a\":\"\\ud83d\"}}}}"),
        format!("{set}{{}},\"batch\":\"01990000-0000-7000-8000-00000000FFFE\"}}"),
        format!("{set}{{}},\"undoes\":\"0199000000007000800000000000fffe\"}}"),
        format!("{set}{{}}}}").replace("-0000", "0000"),
        format!("{exported}{{\"number\":9007199254740992,\"as_of\":\"2026-01-05\"}}}}"),
        format!("{exported}{{\"number\":1,\"as_of\":\"2026-1-5\"}}}}"),
        format!("{jump}{{\"from\":\"yesterday\",\"to\":\"2020-01-01T00:00:00Z\"}}}}"),
        format!("{restored}{{\"backup\":\"\",\"replaced_to\":9}}}}"),
    ] {
        assert!(!taken(&body), "{body}");
    }
    // A posting's value cannot give it another id.
    let mut kept = Kept::new();
    let own = kept.document()["posting"].clone();
    let mut other = own.clone();
    other["id"] = json!("0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a12");
    kept.log
        .apply(format!("{good}\"set\":\"posting\",\"value\":{other}}}").as_bytes())
        .unwrap();
    assert_eq!(kept.document()["posting"], own);
}
