//! A roll-up as a workbook for the accounts office, and as lines for another program.
//!
//! - The workbook: 人员 a row a file, 发现 a row a thing to look at or ask, 金额 what is to be paid. Numbers and dates are real
//!   ones; only files that count carry money, so that a column can be summed up as it stands. The totals are formulas of our
//!   own with their values beside them, for readers that do not calculate; data never becomes a formula.
//! - CSV: UTF-8 with a byte order mark, RFC 4180, a header of stable names. A blank field is unknown (COPY of `PostgreSQL` reads it
//!   as null). A text that a spreadsheet could take for a formula has an apostrophe before it.

mod csv_lines;
mod money;
mod people;
mod questions;

use crate::error::FormsError;
use rust_xlsxwriter::{DocProperties, Format, FormatAlign, FormatBorder, Workbook, Worksheet};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::rollup::RollUp;

pub use csv_lines::{CSV_MARK, csv_header, csv_line, csv_tail};

/// The most rows that a sheet of a workbook holds, its head among them.
pub const MOST_SHEET_ROWS: usize = 1_048_576;

/// The roll-up as a workbook.
///
/// # Errors
/// [`FormsError::Workbook`], where there are more rows than [`MOST_SHEET_ROWS`].
pub fn rollup_workbook(rollup: &RollUp, language: Language) -> Result<Vec<u8>, FormsError> {
    let mut workbook = Workbook::new();
    workbook.set_default_format(&Format::new().set_font_name("宋体").set_font_size(11), 18, 72)?;
    // The date of making is the newest file's, so that the same files give the same bytes.
    let made = rollup
        .lines()
        .iter()
        .filter_map(|line| Some(line.posting.as_ref()?.exported_at.naive_utc()))
        .max()
        .unwrap_or_default();
    let title = language.pick("汇总", "Roll-up");
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made));
    let order = rollup.failures_first();
    people::write(rollup, &order, language, workbook.add_worksheet())?;
    questions::write(rollup, &order, language, workbook.add_worksheet())?;
    money::write(&rollup.sums(), language, workbook.add_worksheet())?;
    Ok(workbook.save_to_buffer()?)
}

/// Column names in the first row, kept in sight and repeated on every page.
fn head(sheet: &mut Worksheet, name: &str, columns: &[(String, f64)]) -> Result<(), FormsError> {
    let look = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_border_bottom(FormatBorder::Thin);
    sheet.set_name(name)?;
    for (at, (title, width)) in (0..).zip(columns) {
        sheet.write_string_with_format(0, at, title, &look)?;
        sheet.set_column_width(at, *width)?;
    }
    sheet.set_freeze_panes(1, 1)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    Ok(())
}

/// Real numbers and dates in the formats of the papers.
struct Looks {
    date: Format,
    time: Format,
    money: Format,
    text: Format,
    bad: Format,
}

impl Looks {
    fn new() -> Self {
        Self {
            date: Format::new().set_num_format("yyyy-mm-dd"),
            time: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
            money: Format::new().set_num_format("#,##0.00"),
            text: Format::new().set_num_format("@"),
            bad: Format::new().set_font_color("#A3301F").set_bold(),
        }
    }
}

/// Fen as the yuan of a cell.
#[expect(
    clippy::cast_precision_loss,
    reason = "workbooks hold numbers as f64; sums of fen stay far below 2^53"
)]
fn yuan(fen: u64) -> f64 {
    fen as f64 / 100.0
}
