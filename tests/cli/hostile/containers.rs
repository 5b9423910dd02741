//! Containers that lie about what they hold, and what is no container at all.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use super::{Hostile, ReadAs};
use crate::forgeries::zip;
use crate::format::kept;
use crate::support::fixtures;
use crate::tried::Dice;

const REFUSED: [&str; 12] = [
    "altered:container",
    "altered:mimetype",
    "altered:manifest.json",
    "altered:signature",
    "altered:events.jsonl",
    "altered:texts.jsonl",
    "altered:blobs/6ef7ca425753367067a0be7a6ae45ce65d1ebe7aa718257946dd392e8a917e83",
    "altered:blobs/a8626d27cb132ba09adef83553c2f97237b6866ebd3a054fae183736b5de1786",
    "altered:blobs/cec749da405881b1e9b640c9b59264ffee227dbae66e8dc5159a7eaf5c993e11",
    "cut",
    "too_big",
    "not_a_review_file",
];

pub(super) fn all() -> Vec<Hostile> {
    let mut found = lengths();
    found.extend(cut());
    found.extend(versions());
    found.extend(names());
    found.extend(foreign());
    found.extend(spoilt_headers());
    found
}

fn whole() -> Vec<u8> {
    fs::read(kept("everything.xxz")).unwrap()
}

/// Where each entry's header begins, and where the list of entries does.
fn headers(bytes: &[u8]) -> (Vec<usize>, usize) {
    let mut at = 0;
    let mut starts = Vec::new();
    for (name, data) in zip::entries(bytes) {
        starts.push(at);
        at += 30 + name.len() + data.len();
    }
    (starts, at)
}

/// Each length of each entry, as large as it can be written.
fn lengths() -> Vec<Hostile> {
    let bytes = whole();
    let (starts, central) = headers(&bytes);
    let mut found = Vec::new();
    for (number, start) in starts.iter().enumerate() {
        for (field, at, width) in [
            ("packed", 18, 4),
            ("length", 22, 4),
            ("name", 26, 2),
            ("extra", 28, 2),
        ] {
            let mut lying = bytes.clone();
            lying[start + at..start + at + width].fill(0xff);
            found.push(Hostile::new(
                format!("entry {number}: {field} as large as can be"),
                lying,
                ReadAs::ReviewFile,
                &REFUSED,
            ));
        }
    }
    for at in [8, 10, 12, 16, 20] {
        let mut lying = bytes.clone();
        let end = bytes.len() - 22;
        lying[end + at..end + at + 2].fill(0xff);
        let what = format!("the end: number at {at} as large as can be");
        found.push(Hostile::new(
            what,
            lying,
            ReadAs::ReviewFile,
            &["altered:container"],
        ));
    }
    let mut far = bytes;
    far[central + 42..central + 46].fill(0xff);
    found.push(Hostile::new(
        "an entry beyond the end",
        far,
        ReadAs::ReviewFile,
        &["altered:container"],
    ));
    found
}

fn cut() -> Vec<Hostile> {
    let bytes = whole();
    let mut found = vec![Hostile::new(
        "nothing",
        Vec::new(),
        ReadAs::ReviewFile,
        &["empty"],
    )];
    for part in 1..20 {
        let end = bytes.len() * part / 20;
        found.push(Hostile::new(
            format!("{part} of 20 parts"),
            bytes[..end].to_vec(),
            ReadAs::ReviewFile,
            &["cut"],
        ));
    }
    found
}

fn versions() -> Vec<Hostile> {
    let mut found = Vec::new();
    for (version, said) in [
        ("2", "newer_format"),
        ("10", "newer_format"),
        ("999999", "newer_format"),
        ("99999999999999999999", "newer_format"),
        ("0", "altered:mimetype"),
        ("-1", "altered:mimetype"),
        ("１", "altered:mimetype"),
        ("1;kind=prize", "altered:mimetype"),
        ("1 ", "altered:mimetype"),
        ("", "altered:mimetype"),
        ("%s%n", "altered:mimetype"),
        ("<script>", "altered:mimetype"),
    ] {
        let mut entries = zip::entries(&whole());
        entries[0].1 = format!("application/vnd.xiaxiangzhi.review-file;version={version}").into_bytes();
        let what = format!("version {version:?}");
        found.push(Hostile::new(
            what,
            zip::container(&entries),
            ReadAs::ReviewFile,
            &[said],
        ));
    }
    found
}

fn names() -> Vec<Hostile> {
    let mut found = Vec::new();
    let digits = "0".repeat(64);
    for name in [
        "../evil",
        "/etc/passwd",
        "C:\\Windows\\evil.exe",
        "blobs/../../evil",
        "blobs\\evil",
        "blobs/CON",
        "blobs/evil\0.png",
        "blobs/\u{202e}gnp.exe",
        "blobs/%2e%2e%2fevil",
        "blobs/",
        "",
        "events.jsonl",
        "EVENTS.JSONL",
        "manifest.json/x",
        &format!("blobs/{}", &digits[1..]),
        &format!("blobs/{digits}0"),
        &format!("blobs/{}", "A".repeat(64)),
        &"n".repeat(71),
        &"n".repeat(60_000),
    ] {
        let mut entries = zip::entries(&whole());
        entries.push((name.to_owned(), b"x".to_vec()));
        let what = format!("an entry {:?}", name.chars().take(75).collect::<String>());
        found.push(Hostile::new(
            what,
            zip::container(&entries),
            ReadAs::ReviewFile,
            &["altered:container"],
        ));
    }
    for count in [500, 5_000, 60_000] {
        let mut entries = zip::entries(&whole());
        entries.extend((0..count).map(|number| (format!("blobs/{number:064x}"), Vec::new())));
        let what = format!("{count} entries more");
        found.push(Hostile::new(
            what,
            zip::container(&entries),
            ReadAs::ReviewFile,
            &["too_big"],
        ));
    }
    found
}

/// 400 MB of zeros in less than half a megabyte.
pub(super) fn bomb() -> Vec<u8> {
    python(
        "import io,sys,zipfile\nb=io.BytesIO()\nz=zipfile.ZipFile(b,'w',zipfile.ZIP_DEFLATED)\nz.writestr('mimetype','application/vnd.xiaxiangzhi.review-file;version=1',zipfile.ZIP_STORED)\nz.writestr('events.jsonl',bytes(400<<20))\nz.close()\nsys.stdout.buffer.write(b.getvalue())",
    )
}

/// What a small program in Python writes: it packs and zips as others do.
pub(super) fn python(program: &str) -> Vec<u8> {
    let mut child = Command::new("python3")
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(program.as_bytes()).unwrap();
    child.wait_with_output().unwrap().stdout
}

fn foreign() -> Vec<Hostile> {
    let mut found = vec![Hostile::new(
        "400 MB packed small",
        bomb(),
        ReadAs::ReviewFile,
        &["altered:mimetype"],
    )];
    let workbook = fs::read(fixtures().join("workbooks/leaves-1904.xlsx")).unwrap();
    let database = fs::read(fixtures().join("database/format-3.db")).unwrap();
    for (what, bytes) in [
        (
            "a page with a script",
            b"<html><script>alert(1)</script>".to_vec(),
        ),
        ("a program", [b"MZ", &[0; 4_000][..]].concat()),
        (
            "another program",
            [b"\x7fELF\x02\x01\x01", &[0; 4_000][..]].concat(),
        ),
        ("a script for a shell", b"#!/bin/sh\nrm -rf ~\n".to_vec()),
        (
            "a PDF",
            b"%PDF-1.7\n1 0 obj<</OpenAction<</JS(app.alert(1))>>>>".to_vec(),
        ),
        ("a workbook", workbook),
        ("a database", database),
        ("noise", {
            let mut dice = Dice::of(5);
            (0..9_000).map(|_| dice.number().to_le_bytes()[0]).collect()
        }),
        ("zeros", vec![0; 1 << 20]),
        ("100 MB of zeros", vec![0; 100 << 20]),
        ("the head of a ZIP a thousand times", b"PK\x03\x04".repeat(1_000)),
        (
            "the end of a ZIP alone",
            [b"PK\x05\x06".to_vec(), vec![0; 18]].concat(),
        ),
    ] {
        found.push(Hostile::new(
            what,
            bytes,
            ReadAs::ReviewFile,
            &["not_a_review_file"],
        ));
    }
    found.push(Hostile::new(
        "over 100 MB",
        vec![0; (100 << 20) + 1],
        ReadAs::ReviewFile,
        &["too_big"],
    ));
    found
}

/// Bytes of headers changed by chance; what the entries hold is left as it is.
fn spoilt_headers() -> Vec<Hostile> {
    let bytes = whole();
    let (starts, central) = headers(&bytes);
    let mut found = Vec::new();
    for number in 0..40 {
        let mut dice = Dice::of(number);
        let mut spoilt = bytes.clone();
        for _ in 0..=dice.below(3) {
            let at = if dice.once_in(2) {
                *dice.pick(&starts) + dice.index(30)
            } else {
                central + dice.index(bytes.len() - central)
            };
            spoilt[at] ^= u8::try_from(1 + dice.below(255)).unwrap();
        }
        if spoilt != bytes {
            found.push(Hostile::new(
                format!("spoilt headers {number}"),
                spoilt,
                ReadAs::ReviewFile,
                &REFUSED,
            ));
        }
    }
    found
}
