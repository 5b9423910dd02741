//! 发现: a row a thing to look at or to ask.

use super::{Looks, head};
use crate::error::FormsError;
use rust_xlsxwriter::Worksheet;
use xiaxiangzhi_core::assess::Severity;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::rollup::{RollUp, Standing, finding_title};

pub(super) fn write(
    rollup: &RollUp,
    order: &[usize],
    language: Language,
    sheet: &mut Worksheet,
) -> Result<(), FormsError> {
    let columns = [
        ("姓名", "Physician", 12.0),
        ("科室", "Department", 14.0),
        ("受援单位", "Recipient unit", 24.0),
        ("事项", "What", 26.0),
        ("程度", "Severity", 8.0),
        ("从", "From", 12.0),
        ("到", "To", 12.0),
        ("说明", "In words", 60.0),
        ("另一人", "The other one", 14.0),
        ("路径", "Path", 60.0),
    ]
    .map(|(zh, en, width)| (language.pick(zh, en).to_owned(), width));
    head(sheet, language.pick("发现", "Findings"), &columns)?;
    let looks = Looks::new();
    let mut row = 0;
    for &at in order {
        if !matches!(rollup.standing(at), Standing::Counted { .. }) {
            continue;
        }
        let Some(row_of_file) = rollup.row(at, language) else {
            continue;
        };
        let line = row_of_file.file;
        let who = [&line.physician, &line.home_department, &line.recipient_unit];
        let mut begin = |sheet: &mut Worksheet| -> Result<u32, FormsError> {
            row += 1;
            for (column, text) in (0..).zip(who) {
                if let Some(text) = text {
                    sheet.write_string(row, column, text)?;
                }
            }
            sheet.write_string_with_format(row, 9, &line.path, &looks.text)?;
            Ok(row)
        };
        for finding in &line.findings {
            let row = begin(sheet)?;
            sheet.write_string(row, 3, finding_title(finding.code, language))?;
            sheet.write_string(row, 4, severity(finding.severity, language))?;
            for (column, date) in [(5, finding.from), (6, finding.to)] {
                if let Some(date) = date {
                    sheet.write_date_with_format(row, column, date, &looks.date)?;
                }
            }
            sheet.write_string(row, 7, &finding.message)?;
        }
        for question in &row_of_file.among.questions {
            let row = begin(sheet)?;
            sheet.write_string(row, 3, language.pick("要问", "to be asked"))?;
            sheet.write_string(row, 4, severity(Severity::Warning, language))?;
            sheet.write_string(row, 7, &question.message)?;
            if let Some(other) = &question.other_physician {
                sheet.write_string(row, 8, other)?;
            }
        }
    }
    sheet.autofilter(0, 0, row, 9)?;
    Ok(())
}

fn severity(severity: Severity, language: Language) -> &'static str {
    match severity {
        Severity::Info => language.pick("须知", "note"),
        Severity::Warning => language.pick("提醒", "warning"),
        Severity::Error => language.pick("不合格", "error"),
    }
}
