//! Names of files.

use crate::ground;
use xiaxiangzhi_forms::{FileType, Form, Subject, file_name};

fn named(physician: Option<&str>, unit: Option<&str>, period: (&str, &str)) -> Form {
    let subject = Subject {
        physician: physician.map(str::to_owned),
        recipient_unit: unit.map(str::to_owned),
        period: Some((ground::date(period.0), ground::date(period.1))),
    };
    Form {
        subject,
        ..ground::sample().1
    }
}

#[test]
fn a_name_says_who_where_when_and_what() {
    let quarter = ("2026-01-05", "2026-04-05");
    for (physician, unit, period, name) in [
        (
            Some("李晓梅"),
            Some("河口镇中心卫生院"),
            quarter,
            "李晓梅-河口镇中心卫生院-2026年1-4月-任务考核表.pdf",
        ),
        (
            Some("李晓梅"),
            None,
            ("2026-10-05", "2027-01-03"),
            "李晓梅-2026年10月-2027年1月-任务考核表.pdf",
        ),
        (
            None,
            None,
            ("2026-05-01", "2026-05-31"),
            "2026年5月-任务考核表.pdf",
        ),
        (
            Some(r#"a\b/c:d*e?f"g<h>i|j"#),
            None,
            quarter,
            "abcdefghij-2026年1-4月-任务考核表.pdf",
        ),
        (Some("..//.."), Some(" . "), quarter, "2026年1-4月-任务考核表.pdf"),
        (
            Some("李\u{202E}晓\u{200B}梅\u{7}\n"),
            None,
            quarter,
            "李晓梅-2026年1-4月-任务考核表.pdf",
        ),
        // A letter with a combining accent becomes the one letter that it is.
        (
            Some("Jose\u{301}"),
            None,
            quarter,
            "Jos\u{e9}-2026年1-4月-任务考核表.pdf",
        ),
    ] {
        assert_eq!(file_name(&named(physician, unit, period), FileType::Pdf), name);
    }
}

#[test]
fn the_longest_name_fits_a_file_system() {
    let long = "𠮷".repeat(200);
    let form = named(Some(&long), Some(&long), ("2026-10-05", "2027-01-03"));
    let name = file_name(&form, FileType::Xlsx);
    assert!(name.len() <= 255, "{} bytes", name.len());
    assert!(name.ends_with("任务考核表.xlsx"), "{name}");
}
