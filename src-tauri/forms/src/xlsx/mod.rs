//! A form as a workbook: the paper itself, a sheet for each of its parts, then its figures to calculate with.

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
