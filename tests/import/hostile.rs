//! Files that are not what they say, too large, or broken on purpose: one clear refusal, never a panic.

use crate::support::{guesses, planned, records, sample};
use serde_json::json;
use std::io::{Cursor, Read as _, Write as _};
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

/// A generator that gives the same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % (limit.max(1) as u64)).unwrap()
    }

    fn spoil(&mut self, bytes: &mut Vec<u8>) {
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
        let at = self.below(bytes.len());
        match self.below(5) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << self.below(8),
            1 => bytes.truncate(at),
            2 => {
                let word = WORDS[self.below(WORDS.len())];
                bytes.splice(at..at, word.bytes());
            }
            3 => {
                let end = (at + self.below(40)).min(bytes.len());
                bytes.drain(at..end);
            }
            _ => {
                let end = (at + self.below(200)).min(bytes.len());
                let part = bytes[at..end].to_vec();
                let to = self.below(bytes.len());
                bytes.splice(to..to, part);
            }
        }
    }
}

#[test]
fn mutated_workbooks_are_read_or_refused_and_never_panic() {
    let amount: u64 = match std::env::var("XIAXIANGZHI_TORTURE").as_deref() {
        Ok("release") => 100_000,
        Ok(other) => panic!("XIAXIANGZHI_TORTURE is {other:?}; it can be \"release\" or not be set"),
        Err(_) => 4_000,
    };
    let names = [
        "attendance-of-two.xlsx",
        "diary-with-text-dates.xlsx",
        "leaves-1904.xlsx",
        "lectures-gbk.csv",
        "work-utf8.csv",
    ];
    let good: Vec<Vec<u8>> = names.iter().map(|name| sample(name)).collect();
    let records = records(&json!({"days": [{"date": "2026-02-03", "morning": "present"}]}));
    let (mut read, mut refused) = (0, 0);
    for number in 0..amount {
        let mut dice = Dice(number);
        let base = &good[dice.below(good.len())];
        let bytes = if base.starts_with(b"PK") && dice.below(4) > 0 {
            let mut parts = unzip(base);
            // Mostly the parts that are read for cells.
            let at = if dice.below(3) > 0 {
                let sheet =
                    |(name, _): &(String, Vec<u8>)| name.contains("sheet1") || name.contains("sharedStrings");
                parts.iter().position(sheet).unwrap()
            } else {
                dice.below(parts.len())
            };
            for _ in 0..=dice.below(3) {
                dice.spoil(&mut parts[at].1);
            }
            zip(&parts)
        } else {
            let mut bytes = base.clone();
            for _ in 0..=dice.below(3) {
                dice.spoil(&mut bytes);
            }
            bytes
        };
        match Workbook::read(&bytes) {
            Ok(workbook) => {
                read += 1;
                let mappings = guesses(&workbook, "2026年2月", &records);
                let plan = planned(&workbook, &mappings, &records, &[]);
                let saved = crate::support::after(&records, &plan);
                assert!(saved.days.len() <= plan.changes.len() + 1, "case {number}");
            }
            Err(error) => {
                refused += 1;
                assert!(!error.describe(Language::Chinese).is_empty(), "case {number}");
            }
        }
    }
    assert!(
        read > amount / 10 && refused > amount / 10,
        "{read} read, {refused} refused"
    );
}
