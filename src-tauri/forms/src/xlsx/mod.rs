//! A form as a workbook: the paper itself, a sheet for each of its parts, then its figures to calculate with.
//!
//! What Excel, WPS and LibreOffice need, learnt from where they differ; `tests/forms/workbook.rs` holds each line of it:
//!
//! - Numbers and dates are real ones, their units part of the number's format, so that they can be summed up. No formula comes
//!   from us or from data: a text that begins with `=` or `@` stays a text.
//! - Column widths are counted in digits of the default face, so that is set (宋体 11, a digit 8 pixels wide) and not left to
//!   the program.
//! - No program fits the height of merged cells, so every row's height is computed; a row holds at most 409 points.
//! - Each sheet has its print area, A4 and a width of one page. Lists repeat their column names on every page and keep them
//!   in sight.
//! - Nothing refers to another file, and the date of making is the form's own, so the same form gives the same bytes.

mod figures;
mod measure;
mod paper;
mod values;

use crate::error::FormsError;
use crate::form::Form;
use rust_xlsxwriter::{DocProperties, Format, Workbook, Worksheet};

/// Paper size 9 is A4.
const A4: u8 = 9;

/// The form as a workbook: dates and numbers are real ones, and no formula comes from data.
///
/// # Errors
/// [`FormsError::Grid`] and [`FormsError::Workbook`]; both are defects of this program.
pub fn xlsx(form: &Form) -> Result<Vec<u8>, FormsError> {
    let mut workbook = Workbook::new();
    let made = form.as_of.and_hms_opt(0, 0, 0).unwrap_or_default();
    workbook.set_properties(
        &DocProperties::new()
            .set_title(&form.title)
            .set_creation_datetime(&made),
    );
    // What Chinese offices set: 宋体 11, in which a digit is 8 pixels wide. Column widths are counted in it.
    workbook.set_default_format(&Format::new().set_font_name("宋体").set_font_size(11), 18, 72)?;
    for part in paper::parts(form) {
        paper::Paper::new(form, &part).write(form, &part, workbook.add_worksheet())?;
    }
    if !form.figures.is_empty() {
        let sheet = workbook.add_worksheet();
        figures::write(&form.figures, sheet)?;
        footer(form, sheet);
    }
    Ok(workbook.save_to_buffer()?)
}

fn footer(form: &Form, sheet: &mut Worksheet) {
    let text = form.footer.text.replace('&', "&&");
    sheet.set_footer(format!("&L&8{text}&R&8第&P页　共&N页"));
}
