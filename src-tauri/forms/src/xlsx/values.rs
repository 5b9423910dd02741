//! Words, numbers, dates and money in cells.

use crate::error::FormsError;
use crate::form::Value;
use rust_xlsxwriter::{Format, Worksheet};

pub(super) const DATE: &str = "yyyy\"年\"m\"月\"d\"日\"";
pub(super) const MONEY: &str = "#,##0.00";

/// First row, first column, last row, last column.
pub(super) type Range = (u32, u16, u32, u16);

/// Words in a range, merged if it is more than one cell. Words never become a formula.
pub(super) fn fill(
    sheet: &mut Worksheet,
    range: Range,
    text: &str,
    format: &Format,
) -> Result<(), FormsError> {
    let (top, left, bottom, right) = range;
    if (top, left) != (bottom, right) {
        sheet.merge_range(top, left, bottom, right, "", format)?;
    }
    if text.is_empty() {
        sheet.write_blank(top, left, format)?;
    } else {
        sheet.write_string_with_format(top, left, text, format)?;
    }
    Ok(())
}

/// A figure as a real number or date.
pub(super) fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: &Value,
    format: &Format,
) -> Result<(), FormsError> {
    let format = format.clone();
    match value {
        Value::Count { count, unit } => {
            let shown = format!("#,##0\"{}\"", unit.replace('"', ""));
            sheet.write_number_with_format(row, column, number(*count), &format.set_num_format(shown))?
        }
        Value::Date { date } => {
            sheet.write_datetime_with_format(row, column, date, &format.set_num_format(DATE))?
        }
        Value::Money { fen } => {
            let shown = format!("{MONEY}\"元\"");
            sheet.write_number_with_format(row, column, in_yuan(*fen), &format.set_num_format(shown))?
        }
        Value::Words { text } => sheet.write_string_with_format(row, column, text, &format)?,
    };
    Ok(())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "workbooks hold numbers as f64; counts stay far below 2^53"
)]
pub(super) fn number(count: i64) -> f64 {
    count as f64
}

#[expect(
    clippy::cast_precision_loss,
    reason = "workbooks hold numbers as f64; amounts stay far below 2^53"
)]
pub(super) fn in_yuan(fen: u64) -> f64 {
    fen as f64 / 100.0
}
