//! File names that a person can read and Windows accepts.

use crate::form::Form;
use chrono::{Datelike, NaiveDate};
use unicode_normalization::UnicodeNormalization as _;
use xiaxiangzhi_core::posting::Posting;

/// The most characters of one part: a whole name may be 255 bytes long, and a character takes up to four.
const PART: usize = 20;

/// The file types that forms are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileType {
    /// For print.
    Pdf,
    /// To edit.
    Docx,
    /// For figures.
    Xlsx,
}

impl FileType {
    /// The end of the file's name, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
        }
    }
}

/// A readable name such as `李晓梅-河口镇中心卫生院-2026年1-4月-任务考核表.pdf`.
///
/// In NFC, without characters that Windows refuses, controls or bidirectional marks; parts that are not known are left
/// out.
pub fn file_name(form: &Form, file_type: FileType) -> String {
    let subject = &form.subject;
    // A blank sheet lies beside the one that is filled in, and must not take its place.
    let mark = match (form.draft, form.blank) {
        (true, _) => "（草稿）",
        (false, true) => "（空白）",
        (false, false) => "",
    };
    name(
        [subject.physician.as_deref(), subject.recipient_unit.as_deref()],
        subject.period,
        &format!("{}{mark}", form.kind.name()),
        file_type.extension(),
    )
}

/// A name by the same rules for something that is no form, such as `李晓梅-河口镇中心卫生院-2026年1-4月-计划.ics`.
pub fn posting_file_name(posting: &Posting, what: &str, extension: &str) -> String {
    name(
        [
            posting.physician.name.as_deref(),
            posting.recipient_unit.as_deref(),
        ],
        Some((posting.start, posting.end)),
        what,
        extension,
    )
}

fn name(
    who_and_where: [Option<&str>; 2],
    period: Option<(NaiveDate, NaiveDate)>,
    what: &str,
    extension: &str,
) -> String {
    let mut parts: Vec<String> = who_and_where.into_iter().flatten().map(clean).collect();
    parts.extend(period.map(|(start, end)| months(start, end)));
    parts.push(what.to_owned());
    parts.retain(|part| !part.is_empty());
    format!("{}.{extension}", parts.join("-"))
}

/// 2026年1-4月, 2026年10月, 2026年10月-2027年1月.
fn months(start: NaiveDate, end: NaiveDate) -> String {
    match (start.year() == end.year(), start.month() == end.month()) {
        (true, true) => format!("{}年{}月", start.year(), start.month()),
        (true, false) => format!("{}年{}-{}月", start.year(), start.month(), end.month()),
        (false, _) => format!(
            "{}年{}月-{}年{}月",
            start.year(),
            start.month(),
            end.year(),
            end.month()
        ),
    }
}

fn clean(part: &str) -> String {
    let kept: String = part
        .nfc()
        .filter(|character| !refused(*character))
        .take(PART)
        .collect();
    // Windows drops dots and blanks at an end, and a leading one hides the file elsewhere.
    kept.trim_matches(|c: char| c == '.' || c.is_whitespace())
        .to_owned()
}

fn refused(character: char) -> bool {
    // Bidirectional and zero-width marks can make one name look like another.
    let invisible = matches!(character,
        '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}');
    invisible
        || character.is_control()
        || matches!(character, '\\' | '/' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
}
