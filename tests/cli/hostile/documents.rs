//! Records, schemes and templates that are plain files: no signature stands before them.

use serde_json::{Value, json};

use super::containers::python;
use super::{Hostile, ReadAs};

pub(super) fn all() -> Vec<Hostile> {
    let mut found = records();
    found.extend(schemes());
    found.extend(templates());
    found
}

fn text_cases() -> Vec<(&'static str, Vec<u8>)> {
    let deep = |open: &str, depth: usize| open.repeat(depth).into_bytes();
    vec![
        ("nothing", Vec::new()),
        ("blanks", b" \n\t ".to_vec()),
        ("half a document", b"{\"format\":".to_vec()),
        ("two documents", b"{}{}".to_vec()),
        ("a list", b"[]".to_vec()),
        ("a number", b"1".to_vec()),
        ("NaN", b"{\"a\":NaN}".to_vec()),
        ("no UTF-8", b"{\"format\":\"\xff\xfe\"}".to_vec()),
        (
            "UTF-16",
            "\u{feff}{}".encode_utf16().flat_map(u16::to_le_bytes).collect(),
        ),
        ("a hundred thousand lists deep", deep("[", 100_000)),
        ("a hundred thousand objects deep", deep("{\"a\":", 100_000)),
        (
            "a text of 20 MB",
            [b"{\"format\":\"", &vec![b'x'; 20 << 20][..], b"\"}"].concat(),
        ),
        ("half a letter", b"{\"format\":\"\\ud800\"}".to_vec()),
        ("a number beyond all", b"{\"format\":1e999}".to_vec()),
        ("a page with a script", b"<script>alert(1)</script>".to_vec()),
    ]
}

fn good() -> Value {
    json!({
        "format": "xiaxiangzhi.posting", "version": 1,
        "posting": {"id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a11", "start": "2026-01-05", "end": "2026-04-05", "scheme": "rotation_3m"}
    })
}

const BAD_RECORDS: [&str; 7] = [
    "empty_file",
    "not_json",
    "invalid_records",
    "bad_records",
    "newer_version",
    "unknown_format",
    "unknown_scheme",
];

fn records() -> Vec<Hostile> {
    let mut found: Vec<Hostile> = text_cases()
        .into_iter()
        .map(|(what, bytes)| Hostile::new(format!("records: {what}"), bytes, ReadAs::Records, &BAD_RECORDS))
        .collect();
    let days = |count: usize| {
        (0..count)
            .map(|_| json!({"date": "2026-01-05"}))
            .collect::<Vec<_>>()
    };
    for (what, pointer, value) in [
        ("another format", "/format", json!("xiaxiangzhi.scheme")),
        ("a version to come", "/version", json!(2)),
        ("a version beyond all", "/version", json!(u64::MAX)),
        ("an id that is none", "/posting/id", json!("x")),
        ("a start that is none", "/posting/start", json!("2026-02-30")),
        ("a start in the year 0", "/posting/start", json!("0000-01-01")),
        ("an end in the year 9999", "/posting/end", json!("9999-12-31")),
        ("an end in the year 99999", "/posting/end", json!("99999-12-31")),
        ("an end before the start", "/posting/end", json!("2026-01-04")),
        ("a scheme by a path", "/posting/scheme", json!("../../etc/passwd")),
        (
            "a hundred thousand days of one date",
            "/days",
            json!(days(100_000)),
        ),
        (
            "a name of a million letters",
            "/posting/recipient_unit",
            json!("长".repeat(1_000_000)),
        ),
        (
            "a name that reads backwards",
            "/posting/recipient_unit",
            json!("\u{202e}院生卫"),
        ),
        (
            "a name with nothing in it",
            "/posting/recipient_unit",
            json!("a\u{0}b"),
        ),
        (
            "a name with colours",
            "/posting/recipient_unit",
            json!("\u{1b}[31m"),
        ),
        ("fields of its own", "/posting/bonus", json!(1)),
        (
            "an extra too deep",
            "/extra",
            (0..60).fold(json!(1), |inner, _| json!({"a": inner})),
        ),
        ("days that are a text", "/days", json!("many")),
        (
            "a count beyond all",
            "/days",
            json!([{"date": "2026-01-05", "tallies": {"outpatient_visits": 1e300}}]),
        ),
        (
            "a scheme that is none",
            "/scheme_document",
            json!({"format": "x"}),
        ),
    ] {
        let mut document = good();
        let (parent, field) = pointer.rsplit_once('/').unwrap();
        document.pointer_mut(parent).unwrap()[field] = value;
        found.push(Hostile::new(
            format!("records: {what}"),
            document.to_string().into_bytes(),
            ReadAs::Records,
            &BAD_RECORDS,
        ));
    }
    found
}

fn schemes() -> Vec<Hostile> {
    let bad = ["invalid_scheme", "bad_argument", "empty_file", "not_json"];
    let mut found: Vec<Hostile> = text_cases()
        .into_iter()
        .map(|(what, bytes)| Hostile::new(format!("a scheme: {what}"), bytes, ReadAs::Scheme, &bad))
        .collect();
    let built_in = include_str!("../../../src-tauri/core/schemes/rotation_3m.json");
    for (what, pointer, value) in [
        (
            "a period of 4,000 million quarters",
            "/period/quarters",
            json!(u32::MAX),
        ),
        (
            "windows of no days",
            "/duties/0/cadence/window",
            json!({"days": 0}),
        ),
        (
            "windows of 4,000 million days",
            "/duties/0/cadence/window",
            json!({"days": u32::MAX}),
        ),
        (
            "a gap of 4,000 million days",
            "/duties/0/minimum_gap_days",
            json!(u32::MAX),
        ),
        (
            "a title that reads backwards",
            "/title/zh",
            json!("\u{1b}]0;x\u{7}"),
        ),
        (
            "a title of a million letters",
            "/title/zh",
            json!("长".repeat(1_000_000)),
        ),
        (
            "a subsidy beyond all",
            "/consequences/subsidy/fen_per_day",
            json!(u64::MAX),
        ),
        ("200 percent", "/attendance/minimum_percent", json!(200)),
        ("a field of its own", "/script", json!("alert(1)")),
        (
            "questions beyond all",
            "/oddities",
            json!({"one_sitting_workdays": u32::MAX}),
        ),
    ] {
        let mut document: Value = serde_json::from_str(built_in).unwrap();
        let (parent, field) = pointer.rsplit_once('/').unwrap();
        document.pointer_mut(parent).unwrap()[field] = value;
        found.push(Hostile::new(
            format!("a scheme: {what}"),
            document.to_string().into_bytes(),
            ReadAs::Scheme,
            &bad,
        ));
    }
    found
}

/// Word documents that unpack to more than they seem, or are none.
fn templates() -> Vec<Hostile> {
    let said = [
        "template_not_docx",
        "template_damaged",
        "template_too_large",
        "template_old_word",
        "template_unreadable",
        "template_bad_xml",
    ];
    let zipped = |parts: &str| {
        python(&format!(
            "import io,sys,zipfile\nb=io.BytesIO()\nz=zipfile.ZipFile(b,'w',zipfile.ZIP_DEFLATED)\nfor n,d in {parts}: z.writestr(n,d)\nz.close()\nsys.stdout.buffer.write(b.getvalue())"
        ))
    };
    let types = "('[Content_Types].xml','<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>')";
    let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    [
        ("nothing", Vec::new()),
        ("no ZIP", b"hello".to_vec()),
        ("an old document", vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]),
        ("an empty ZIP", zipped("[]")),
        ("no document in it", zipped(&format!("[{types}]"))),
        ("500 MB packed small", zipped(&format!("[{types},('word/document.xml',bytes(500<<20))]"))),
        ("half a document", zipped(&format!("[{types},('word/document.xml','<w:document xmlns:w=\"{word}\"><w:body>')]"))),
        ("a document that is no XML", zipped(&format!("[{types},('word/document.xml','hello')]"))),
        ("a billion laughs", zipped(&format!("[{types},('word/document.xml','<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><w:document xmlns:w=\"{word}\">&c;</w:document>')]"))),
        ("a file of the computer", zipped(&format!("[{types},('word/document.xml','<!DOCTYPE l [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><w:document xmlns:w=\"{word}\">&a;</w:document>')]"))),
        ("a document a hundred thousand deep", zipped(&format!("[{types},('word/document.xml','<w:document xmlns:w=\"{word}\">'+'<w:p>'*100000+'</w:p>'*100000+'</w:document>')]"))),
    ]
    .into_iter()
    .map(|(what, bytes)| Hostile::new(format!("a template: {what}"), bytes, ReadAs::Template, &said))
    .collect()
}
