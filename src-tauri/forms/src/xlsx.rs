//! A form as a workbook: the paper itself on the first sheet, its figures to calculate with on the second.

use crate::error::FormsError;
use crate::form::{Align, Block, Cell, Content, Figure, Form, Orientation, Role, Table, Value};
use crate::grid;
use rust_xlsxwriter::{DocProperties, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

/// Paper size 9 is A4.
const A4: u8 = 9;
/// The printed width in millimetres, upright and on its side.
const WIDTHS: (f64, f64) = (178.0, 265.0);
/// 五号, and the half of an em that a digit takes, in points and millimetres.
const BODY: f64 = 10.5;
const NOTE: f64 = 8.5;
const POINTS_PER_MM: f64 = 72.0 / 25.4;
/// Workbooks allow rows up to 409 points high; a taller row is spread over several.
const ROW_LIMIT: f64 = 400.0;
/// What the rules and the indent of a cell take from its width, in millimetres.
const INDENT: f64 = 5.0;
/// A seal is 42 mm across.
const SEAL: f64 = 44.0 * POINTS_PER_MM;
/// The bottom line of a box to sign, in points.
const SIGN_LINE: f64 = 22.0;

const DATE: &str = "yyyy\"年\"m\"月\"d\"日\"";
const MONEY: &str = "#,##0.00";

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
    Paper::new(form).write(form, workbook.add_worksheet())?;
    if !form.figures.is_empty() {
        let sheet = workbook.add_worksheet();
        figures(&form.figures, sheet)?;
        footer(form, sheet);
    }
    Ok(workbook.save_to_buffer()?)
}

fn footer(form: &Form, sheet: &mut Worksheet) {
    let text = form.footer.text.replace('&', "&&");
    sheet.set_footer(format!("&L&8{text}&R&8第&P页　共&N页"));
}

/// The first sheet. Its columns are cut wherever any table of the form has a rule.
struct Paper {
    /// Places of the rules, in ten-thousandths of the width, the two edges included.
    cuts: Vec<u32>,
    width: f64,
    /// The next free row.
    row: u32,
}

impl Paper {
    fn new(form: &Form) -> Self {
        let mut cuts = vec![0, 10_000];
        for block in &form.blocks {
            if let Block::Table(table) = block {
                cuts.extend(edges(table));
            }
        }
        cuts.sort_unstable();
        cuts.dedup();
        let width = if form.orientation == Orientation::Portrait {
            WIDTHS.0
        } else {
            WIDTHS.1
        };
        Self { cuts, width, row: 0 }
    }

    fn last_column(&self) -> u16 {
        u16::try_from(self.cuts.len().saturating_sub(2)).unwrap_or(u16::MAX)
    }

    /// The sheet's column that begins at a place.
    fn column(&self, place: u32) -> u16 {
        u16::try_from(self.cuts.binary_search(&place).unwrap_or(0)).unwrap_or(u16::MAX)
    }

    fn write(mut self, form: &Form, sheet: &mut Worksheet) -> Result<(), FormsError> {
        sheet
            .set_name(form.kind.name())?
            .set_paper_size(A4)
            .set_print_fit_to_pages(1, 0)
            .set_print_center_horizontally(true);
        sheet
            .set_margins(0.6, 0.6, 0.6, 0.7, 0.3, 0.35)
            .set_screen_gridlines(false);
        if form.orientation == Orientation::Landscape {
            sheet.set_landscape();
        }
        footer(form, sheet);
        for (column, pair) in self.cuts.windows(2).enumerate() {
            if let [from, to] = pair {
                let pixels = millimetres(to - from, self.width) * 96.0 / 25.4;
                sheet.set_column_width_pixels(u16::try_from(column).unwrap_or(u16::MAX), round(pixels))?;
            }
        }
        let title = font(Role::Label, 16.0)
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter);
        self.across(sheet, &form.title, &title, 34.0)?;
        for block in &form.blocks {
            match block {
                Block::Table(table) => self.table(sheet, table)?,
                Block::Paragraph { text, role, align } => {
                    let format = aligned(font(*role, size(*role)), *align).set_text_wrap();
                    let height = lines(text, self.width, *role) * line_height(*role) + 4.0;
                    self.across(sheet, text, &format, height.min(ROW_LIMIT))?;
                }
                Block::PageBreak => {
                    sheet.set_page_breaks(&[self.row])?;
                }
            }
        }
        sheet.set_print_area(0, 0, self.row.saturating_sub(1), self.last_column())?;
        Ok(())
    }

    /// One line across the whole width.
    fn across(
        &mut self,
        sheet: &mut Worksheet,
        text: &str,
        format: &Format,
        height: f64,
    ) -> Result<(), FormsError> {
        sheet.set_row_height(self.row, height)?;
        fill(sheet, (self.row, 0, self.row, self.last_column()), text, format)?;
        self.row += 1;
        Ok(())
    }

    fn table(&mut self, sheet: &mut Worksheet, table: &Table) -> Result<(), FormsError> {
        let placed = grid::place(table)?;
        let edges = edges(table);
        let edge = |at: usize| edges.get(at).copied().unwrap_or(10_000);
        // Each row of the form becomes one or more rows of the sheet.
        let mut starts = vec![self.row];
        for nth in 0..table.rows.len() {
            let in_row = || placed.iter().filter(|one| one.row == nth);
            let signed = in_row().find_map(|one| match &one.cell.content {
                Content::Signature(signature) => Some(signature),
                _ => None,
            });
            let heights = if let Some(signature) = signed {
                vec![
                    if signature.seal {
                        SEAL
                    } else {
                        line_height(Role::Body)
                    },
                    SIGN_LINE,
                ]
            } else {
                let height = in_row()
                    .filter(|one| one.cell.rows == 1)
                    .map(|one| {
                        let share = edge(one.column + usize::from(one.cell.columns)) - edge(one.column);
                        let width = millimetres(share, self.width) - taken(one.cell.align);
                        lines(&one.cell.words(), width, one.cell.role) * line_height(one.cell.role)
                    })
                    .fold(line_height(Role::Body), f64::max);
                spread(height + 7.0)
            };
            for height in heights {
                sheet.set_row_height(self.row, height)?;
                self.row += 1;
            }
            starts.push(self.row);
        }
        let start = |at: usize| starts.get(at).copied().unwrap_or(self.row);
        for one in &placed {
            let range = (
                start(one.row),
                self.column(edge(one.column)),
                start(one.row + usize::from(one.cell.rows)).saturating_sub(1),
                self.column(edge(one.column + usize::from(one.cell.columns)))
                    .saturating_sub(1),
            );
            cell(sheet, range, one.cell)?;
        }
        Ok(())
    }
}

/// First row, first column, last row, last column.
type Range = (u32, u16, u32, u16);

fn cell(sheet: &mut Worksheet, range: Range, cell: &Cell) -> Result<(), FormsError> {
    let mut format = aligned(font(cell.role, size(cell.role)), cell.align)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
        .set_border(FormatBorder::Thin);
    if cell.shaded {
        format = format.set_background_color(0x00E8_E8E8);
    }
    match &cell.content {
        Content::Text { text } => fill(sheet, range, text, &format),
        Content::Figure { value, .. } => {
            fill(sheet, range, "", &format)?;
            put(sheet, range.0, range.1, value, &format)
        }
        Content::Signature(signature) => {
            // The statement stands at the top of the box, the line to sign at its bottom, with no rule between.
            let (row, first, bottom, last) = range;
            let base = || {
                font(Role::Body, BODY)
                    .set_border(FormatBorder::Thin)
                    .set_text_wrap()
            };
            let upper = base()
                .set_border_bottom(FormatBorder::None)
                .set_align(FormatAlign::Top);
            let upper = upper.set_align(FormatAlign::Left).set_indent(1);
            fill(
                sheet,
                (row, first, bottom.saturating_sub(1), last),
                &signature.statement,
                &upper,
            )?;
            let lower = base()
                .set_border_top(FormatBorder::None)
                .set_align(FormatAlign::Right)
                .set_indent(1);
            let seal = if signature.seal { "（盖章）" } else { "" };
            let line = format!(
                "{}　　　　　　　{seal}　　　　年　　　月　　　日",
                signature.signer
            );
            fill(
                sheet,
                (bottom, first, bottom, last),
                &line,
                &lower.set_align(FormatAlign::VerticalCenter),
            )
        }
    }
}

/// Words in a range, merged if it is more than one cell. Words never become a formula.
fn fill(sheet: &mut Worksheet, range: Range, text: &str, format: &Format) -> Result<(), FormsError> {
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
fn put(
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

/// The second sheet: one figure a line, under a frozen head.
fn figures(figures: &[Figure], sheet: &mut Worksheet) -> Result<(), FormsError> {
    const HEADS: [(&str, f64); 5] = [
        ("类别", 18.0),
        ("项目", 40.0),
        ("数值", 32.0),
        ("单位", 18.0),
        ("说明", 70.0),
    ];
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
    let amount = ruled(Role::Body).set_align(FormatAlign::Right).set_indent(1);
    for (column, (name, width)) in (0_u16..).zip(HEADS) {
        sheet.set_column_width_pixels(column, round(width * 96.0 / 25.4))?;
        sheet.write_string_with_format(0, column, name, &head)?;
    }
    for (row, figure) in (1_u32..).zip(figures) {
        let note_lines = lines(&figure.note, HEADS[4].1 - INDENT, Role::Body);
        sheet.set_row_height(row, (note_lines * line_height(Role::Body) + 3.0).min(ROW_LIMIT))?;
        let unit = match &figure.value {
            Value::Count { unit, .. } => unit.as_str(),
            Value::Money { .. } => "元",
            Value::Date { .. } | Value::Words { .. } => "",
        };
        sheet.write_string_with_format(row, 0, &figure.group, &words)?;
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

/// Where the rules of a table stand, in ten-thousandths of the width.
fn edges(table: &Table) -> Vec<u32> {
    let sum: u32 = table
        .columns
        .iter()
        .map(|share| u32::from(*share))
        .sum::<u32>()
        .max(1);
    let mut so_far = 0;
    let mut edges = vec![0];
    for share in &table.columns {
        so_far += u32::from(*share);
        edges.push(so_far * 10_000 / sum);
    }
    edges
}

fn font(role: Role, points: f64) -> Format {
    Format::new()
        .set_font_name(if role == Role::Label { "黑体" } else { "宋体" })
        .set_font_size(points)
}

fn size(role: Role) -> f64 {
    if role == Role::Note { NOTE } else { BODY }
}

fn line_height(role: Role) -> f64 {
    size(role) * 1.4
}

/// What is taken from a cell's width, in millimetres: a centred text has no indent.
fn taken(align: Align) -> f64 {
    if align == Align::Center { 2.0 } else { INDENT }
}

fn aligned(format: Format, align: Align) -> Format {
    format
        .set_align(match align {
            Align::Start => FormatAlign::Left,
            Align::Center => FormatAlign::Center,
            Align::End => FormatAlign::Right,
        })
        .set_indent(u8::from(align != Align::Center))
}

/// How many lines a text takes in a width of so many millimetres: merged cells never fit their height themselves.
fn lines(text: &str, width: f64, role: Role) -> f64 {
    let em = size(role) / POINTS_PER_MM;
    let wide: f64 = text
        .split('\n')
        .map(|line| {
            let ems: f64 = line.chars().map(|c| if c.is_ascii() { 0.55 } else { 1.0 }).sum();
            (ems * em / width.max(em)).ceil().max(1.0)
        })
        .sum();
    wide
}

/// A height in points as the heights of as many rows as it needs.
fn spread(height: f64) -> Vec<f64> {
    let rows = (height / ROW_LIMIT).ceil().max(1.0);
    vec![height / rows; usize::try_from(round(rows)).unwrap_or(1)]
}

fn millimetres(share: u32, width: f64) -> f64 {
    f64::from(share) / 10_000.0 * width
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixels and rows of one page"
)]
fn round(value: f64) -> u32 {
    value.round().max(0.0) as u32
}

#[expect(
    clippy::cast_precision_loss,
    reason = "workbooks hold numbers as f64; counts stay far below 2^53"
)]
fn number(count: i64) -> f64 {
    count as f64
}

#[expect(
    clippy::cast_precision_loss,
    reason = "workbooks hold numbers as f64; amounts stay far below 2^53"
)]
fn in_yuan(fen: u64) -> f64 {
    fen as f64 / 100.0
}
