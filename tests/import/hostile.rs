//! Files that are not what they say, too large, or broken on purpose: one clear refusal, never a panic.

use crate::support::{guesses, planned, records, sample};
use crate::tried::{Dice, Tried, amount, caught};
use serde_json::json;
use std::io::{Cursor, Read as _, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_import::{MAX_CELLS, MAX_FILE_BYTES, MAX_ROWS, Workbook};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

fn code(bytes: &[u8]) -> &'static str {
    match Workbook::read(bytes) {
        Ok(_) => "read",
        Err(error) => {
            for language in [Language::Chinese, Language::English] {
                assert!(!error.describe(language).is_empty() && !error.next(language).is_empty());
            }
            error.code()
        }
    }
}

type Parts = Vec<(String, Vec<u8>)>;

fn unzip(bytes: &[u8]) -> Parts {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut entry = archive.by_index(index).unwrap();
            let mut part = Vec::new();
            entry.read_to_end(&mut part).unwrap();
            (entry.name().unwrap().into_owned(), part)
        })
        .collect()
}

fn zip(parts: &Parts) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, part) in parts {
        writer.start_file(name.as_str(), options).unwrap();
        writer.write_all(part).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A sample with its first sheet's part replaced.
fn with_sheet(sheet: &str) -> Vec<u8> {
    let mut parts = unzip(&sample("leaves-1904.xlsx"));
    let at = parts
        .iter()
        .position(|(name, _)| name.ends_with("worksheets/sheet1.xml"))
        .unwrap();
    parts[at].1 = format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{sheet}</sheetData></worksheet>"#
    )
    .into_bytes();
    zip(&parts)
}

#[test]
fn what_is_no_workbook_is_refused_by_name() {
    let cases: [(&str, Vec<u8>, &str); 10] = [
        ("nothing", Vec::new(), "empty_workbook"),
        ("blanks", b" \n \n".to_vec(), "empty_workbook"),
        (
            "a picture",
            vec![0xFF, 0xD8, 0xFF, 0xE0, 0, 16, b'J', b'F'],
            "not_a_workbook",
        ),
        (
            "an old workbook",
            vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
            "old_or_encrypted_workbook",
        ),
        (
            "the beginning of a workbook",
            sample("leaves-1904.xlsx")[..2_000].to_vec(),
            "damaged_workbook",
        ),
        (
            "another container",
            zip(&vec![("a.txt".to_owned(), b"a".to_vec())]),
            "damaged_workbook",
        ),
        (
            "too many bytes",
            vec![b'a'; MAX_FILE_BYTES + 1],
            "workbook_too_large",
        ),
        (
            "too many rows",
            with_sheet(&format!(
                r#"<row r="{0}"><c r="A{0}"><v>1</v></c></row>"#,
                MAX_ROWS + 1
            ))
            .clone(),
            "workbook_too_large",
        ),
        (
            "too many lines",
            "a,b\n".repeat(MAX_ROWS + 1).into_bytes(),
            "workbook_too_large",
        ),
        (
            "too many cells",
            format!("{}\n", "1,".repeat(150))
                .repeat(MAX_CELLS / 150 + 1)
                .into_bytes(),
            "workbook_too_large",
        ),
    ];
    for (name, bytes, expected) in cases {
        assert_eq!(code(&bytes), expected, "{name}");
    }
}

#[test]
fn a_small_file_that_holds_a_very_large_one_is_not_unpacked() {
    let mut parts = unzip(&sample("leaves-1904.xlsx"));
    parts.push(("xl/more.xml".to_owned(), vec![b' '; 50 * 1024 * 1024]));
    let bytes = zip(&parts);
    assert!(bytes.len() < 200_000, "{}", bytes.len());
    assert_eq!(code(&bytes), "workbook_too_large");
}

#[test]
fn far_cells_and_impossible_formulas_cost_nothing() {
    let far = with_sheet(r#"<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>"#);
    let workbook = Workbook::read(&far).unwrap();
    assert_eq!(
        workbook.sheets[0].width(),
        1,
        "what lies far to the right is not read"
    );
    for number in ["4000000000", "18446744073709551615"] {
        let formula = with_sheet(&format!(
            r#"<row r="1"><c r="A1"><f t="shared" ref="A1:A9" si="{number}">1+1</f></c></row>"#
        ));
        assert_eq!(code(&formula), "damaged_workbook", "{number}");
    }
}

fn spoil(dice: &mut Dice, bytes: &mut Vec<u8>) {
    const WORDS: [&str; 12] = [
        "<v>",
        "</c>",
        "r=\"A1048576\"",
        "t=\"s\"",
        "99999999999",
        "-1",
        "1e308",
        "2026-02-30",
        "√",
        "\u{FFFD}",
        "&#0;",
        "合计",
    ];
    let at = dice.index(bytes.len().max(1));
    match dice.below(5) {
        0 if !bytes.is_empty() => bytes[at] ^= 1 << dice.below(8),
        1 => bytes.truncate(at),
        2 => {
            let word = *dice.pick(&WORDS);
            let at = at.min(bytes.len());
            bytes.splice(at..at, word.bytes());
        }
        3 => {
            let end = (at + dice.index(40)).min(bytes.len());
            bytes.drain(at.min(end)..end);
        }
        _ => {
            let end = (at + dice.index(200)).min(bytes.len());
            let part = bytes[at.min(end)..end].to_vec();
            let to = dice.index(bytes.len().max(1)).min(bytes.len());
            bytes.splice(to..to, part);
        }
    }
}

/// What became of so many spoilt workbooks: how many were read, how many refused; or the case in which `read` fell over.
fn spoilt(count: u64, read: &dyn Fn(&[u8], u64) -> bool) -> Result<(u64, u64), u64> {
    let names = [
        "attendance-of-two.xlsx",
        "diary-with-text-dates.xlsx",
        "leaves-1904.xlsx",
        "lectures-gbk.csv",
        "work-utf8.csv",
    ];
    let good: Vec<Vec<u8>> = names.iter().map(|name| sample(name)).collect();
    let (mut taken, mut refused) = (0, 0);
    for case in 0..count {
        let bytes = spoilt_workbook(&mut Dice::of(case), &good);
        match catch_unwind(AssertUnwindSafe(|| read(&bytes, case))) {
            Ok(true) => taken += 1,
            Ok(false) => refused += 1,
            Err(_) => return Err(case),
        }
    }
    Ok((taken, refused))
}

fn spoilt_workbook(dice: &mut Dice, good: &[Vec<u8>]) -> Vec<u8> {
    let base = dice.pick(good);
    if !base.starts_with(b"PK") || dice.once_in(4) {
        let mut bytes = base.clone();
        for _ in 0..=dice.below(3) {
            spoil(dice, &mut bytes);
        }
        return bytes;
    }
    let mut parts = unzip(base);
    // Mostly the parts that are read for cells.
    let at = if dice.once_in(3) {
        dice.index(parts.len())
    } else {
        let sheet = |(name, _): &(String, Vec<u8>)| name.contains("sheet1") || name.contains("sharedStrings");
        parts.iter().position(sheet).unwrap()
    };
    for _ in 0..=dice.below(3) {
        spoil(dice, &mut parts[at].1);
    }
    zip(&parts)
}

#[test]
fn mutated_workbooks_are_read_or_refused_and_never_panic() {
    let tried = Tried::start("fuzz-workbook");
    let records = records(&json!({"days": [{"date": "2026-02-03", "morning": "present"}]}));
    let count = amount(4_000, 1_000_000);
    let (read, refused) = spoilt(count, &|bytes, case| match Workbook::read(bytes) {
        Ok(workbook) => {
            let mappings = guesses(&workbook, "2026年2月", &records);
            let plan = planned(&workbook, &mappings, &records, &[]);
            let saved = crate::support::after(&records, &plan);
            assert!(saved.days.len() <= plan.changes.len() + 1, "case {case}");
            true
        }
        Err(error) => {
            assert!(!error.describe(Language::Chinese).is_empty(), "case {case}");
            false
        }
    })
    .unwrap();
    assert!(
        read > count / 10 && refused > count / 10,
        "{read} read, {refused} refused"
    );
    tried.held(
        count,
        "workbooks",
        &format!("0 panics; {read} read and planned, {refused} refused"),
    );
}

/// A reader that takes whatever it is given for a ZIP, as careless ones do.
#[test]
fn a_careless_reader_of_workbooks_is_caught() {
    let careless = |bytes: &[u8], _: u64| {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let sheet = archive.by_name("xl/worksheets/sheet1.xml");
        sheet.is_ok_and(|mut sheet| sheet.read_to_end(&mut Vec::new()).is_ok())
    };
    assert!(spoilt(4_000, &careless).is_err());
    caught("fuzz-workbook", "a reader that takes every workbook for a ZIP");
}
