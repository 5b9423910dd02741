//! CSV for another engine: stable names, blanks for what is unknown, nothing that a spreadsheet calculates.

use csv::{QuoteStyle, Terminator, WriterBuilder};
use std::fmt::Write as _;
use xiaxiangzhi_core::rollup::FileRow;

/// What a CSV begins with, so that Excel and WPS read it as UTF-8.
pub const CSV_MARK: &str = "\u{feff}";

/// The columns that are known as soon as a file is judged.
const COLUMNS: [&str; 43] = [
    "path",
    "bytes",
    "sha256",
    "verdict",
    "genuine",
    "reason",
    "log",
    "origin",
    "key",
    "events",
    "head",
    "export",
    "as_of",
    "exported_at",
    "physician",
    "title",
    "home_department",
    "supporting_hospital",
    "recipient_unit",
    "start",
    "end",
    "scheme",
    "scheme_version",
    "scheme_title",
    "phase",
    "requirements",
    "scheduled_half_days",
    "attended_half_days",
    "needed_half_days",
    "leave_half_days",
    "unrecorded_half_days",
    "absent_half_days",
    "recalled_half_days",
    "failed",
    "appraisal_form",
    "subsidy_fen",
    "deducted_fen",
    "payable_fen",
    "department_reward_fen",
    "department_fine_fen",
    "recall_fine_physician_fen",
    "recall_fine_department_fen",
    "findings",
];

/// The columns that are known once all files are.
const TAIL: [&str; 3] = ["standing", "in_favour_of", "questions"];

/// The header, with its line end.
pub fn csv_header() -> Vec<u8> {
    let mut header = record(COLUMNS.iter().chain(&TAIL).copied());
    header.extend_from_slice(b"\r\n");
    header
}

/// What is known of a file by itself: a line without its end, to which [`csv_tail`] is added. Money is in fen.
pub fn csv_line(row: &FileRow) -> Vec<u8> {
    let attendance = row.attendance.as_ref();
    let given = row.consequences.as_ref();
    let scheme = row.scheme.as_ref();
    let half_days = |of: fn(&xiaxiangzhi_core::rollup::RowAttendance) -> u32| shown(attendance.map(of));
    let fields: [String; COLUMNS.len()] = [
        safe(&row.path),
        row.bytes.to_string(),
        shown(row.sha256.as_deref()),
        row.verdict.code.to_owned(),
        row.verdict.genuine.to_string(),
        text(row.verdict.reason.as_deref()),
        shown(row.log),
        word(row.origin),
        shown(row.key.as_deref()),
        shown(row.events),
        shown(row.head.as_deref()),
        shown(row.export),
        shown(row.as_of),
        shown(row.exported_at.as_deref()),
        text(row.physician.as_deref()),
        text(row.title.as_deref()),
        text(row.home_department.as_deref()),
        text(row.supporting_hospital.as_deref()),
        text(row.recipient_unit.as_deref()),
        shown(row.start),
        shown(row.end),
        text(scheme.map(|scheme| scheme.id.as_str())),
        shown(scheme.map(|scheme| scheme.version)),
        text(row.scheme_title.as_deref()),
        word(row.phase),
        safe(&requirements(row)),
        half_days(|attendance| attendance.scheduled_half_days),
        half_days(|attendance| attendance.attended_half_days),
        half_days(|attendance| attendance.needed_half_days),
        half_days(|attendance| attendance.leave_half_days),
        half_days(|attendance| attendance.unrecorded_half_days),
        half_days(|attendance| attendance.absent_half_days),
        half_days(|attendance| attendance.recalled_half_days),
        shown(row.failed),
        word(given.map(|given| given.appraisal_form)),
        shown(given.map(|given| given.subsidy_fen)),
        shown(given.map(|given| given.deducted_fen)),
        shown(given.map(|given| given.payable_fen)),
        shown(given.map(|given| given.department_reward_fen)),
        shown(given.map(|given| given.department_fine_fen)),
        shown(given.map(|given| given.recall_fine_physician_fen)),
        shown(given.map(|given| given.recall_fine_department_fen)),
        shown(row.log.map(|_| row.findings.len())),
    ];
    record(fields.iter().map(String::as_str))
}

/// The rest of a line, with its end.
pub fn csv_tail(standing: &str, in_favour_of: Option<&str>, questions: u32) -> Vec<u8> {
    let mut tail = vec![b','];
    tail.extend(record(
        [standing, &text(in_favour_of), &questions.to_string()].into_iter(),
    ));
    tail.extend_from_slice(b"\r\n");
    tail
}

fn record<'a>(fields: impl Iterator<Item = &'a str>) -> Vec<u8> {
    let mut writer = WriterBuilder::new()
        .quote_style(QuoteStyle::Necessary)
        .terminator(Terminator::Any(b'\n'))
        .from_writer(Vec::new());
    // Memory does not refuse to be written to.
    let _ = writer.write_record(fields);
    let mut line = writer.into_inner().unwrap_or_default();
    line.pop();
    line
}

fn shown(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// A word of a closed list, as JSON has it.
fn word(value: Option<impl serde::Serialize>) -> String {
    let json = value.and_then(|value| serde_json::to_value(value).ok());
    json.as_ref()
        .and_then(serde_json::Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

fn text(text: Option<&str>) -> String {
    text.map(safe).unwrap_or_default()
}

/// A text that no spreadsheet takes for a formula. A zero byte, which no database takes, cannot come from records; a path on
/// a foreign disk is not to be trusted so far.
fn safe(text: &str) -> String {
    let text = text.replace('\0', "\u{fffd}");
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text
    }
}

/// `teaching 4/4 met; rounds 9/8 met`
fn requirements(row: &FileRow) -> String {
    let mut text = String::new();
    for each in &row.requirements {
        let parted = if text.is_empty() { "" } else { "; " };
        let status = word(Some(each.status));
        let _ = write!(
            text,
            "{parted}{} {}/{} {status}",
            each.id, each.figure, each.minimum
        );
    }
    text
}
