//! The second sheet: the figures, to calculate with.

use super::A4;
use super::measure::{BODY, INDENT, ROW_LIMIT, font, line_height, lines, round};
use super::values::{MONEY, in_yuan, number, put};
use crate::error::FormsError;
use crate::form::{Figure, Role, Value};
use rust_xlsxwriter::{FormatAlign, FormatBorder, Worksheet};

/// The second sheet: one figure a line, under a frozen head.
pub(super) fn write(figures: &[Figure], sheet: &mut Worksheet) -> Result<(), FormsError> {
    const HEADS: [(&str, f64); 5] = [
        ("类别", 18.0),
        ("项目", 40.0),
        ("数值", 32.0),
        ("单位", 18.0),
        ("说明", 70.0),
    ];
    const LONG_TITLE: usize = 7;
    sheet
        .set_name("数据")?
        .set_paper_size(A4)
        .set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.6, 0.6, 0.6, 0.7, 0.3, 0.35);
    let ruled = |role| {
        font(role, BODY)
            .set_border(FormatBorder::Thin)
            .set_align(FormatAlign::VerticalCenter)
            .set_text_wrap()
    };
    let head = ruled(Role::Label).set_align(FormatAlign::Center);
    let words = ruled(Role::Body).set_align(FormatAlign::Left).set_indent(1);
    let shrunk = words.clone().unset_text_wrap().set_shrink();
    let amount = ruled(Role::Body).set_align(FormatAlign::Right).set_indent(1);
    for (column, (name, width)) in (0_u16..).zip(HEADS) {
        sheet.set_column_width_pixels(column, round(width * 96.0 / 25.4))?;
        sheet.write_string_with_format(0, column, name, &head)?;
    }
    for (row, figure) in (1_u32..).zip(figures) {
        let note_lines = lines(&figure.note, HEADS[4].1 - INDENT, Role::Body);
        sheet.set_row_height(row, (note_lines * line_height(Role::Body) + 3.0).min(ROW_LIMIT))?;
        // A long title, as a requirement of a hospital's own may have, is set smaller: its line is as high as the others.
        let wide = figure.group.chars().count() > LONG_TITLE;
        let group = if wide { &shrunk } else { &words };
        let unit = match &figure.value {
            Value::Count { unit, .. } => unit.as_str(),
            Value::Money { .. } => "元",
            Value::Date { .. } | Value::Words { .. } => "",
        };
        sheet.write_string_with_format(row, 0, &figure.group, group)?;
        sheet.write_string_with_format(row, 1, &figure.label, &words)?;
        // The unit has a column of its own here, so numbers stand without it.
        match &figure.value {
            Value::Count { count, .. } => {
                let format = amount.clone().set_num_format("#,##0");
                sheet.write_number_with_format(row, 2, number(*count), &format)?;
            }
            Value::Money { fen } => {
                let format = amount.clone().set_num_format(MONEY);
                sheet.write_number_with_format(row, 2, in_yuan(*fen), &format)?;
            }
            value => put(sheet, row, 2, value, &amount)?,
        }
        sheet.write_string_with_format(row, 3, unit, &words)?;
        sheet.write_string_with_format(row, 4, &figure.note, &words)?;
    }
    let last = u32::try_from(figures.len()).unwrap_or(u32::MAX);
    sheet
        .set_freeze_panes(1, 0)?
        .set_repeat_rows(0, 0)?
        .set_print_area(0, 0, last, 4)?;
    Ok(())
}
