//! The sheets of the paper as it is printed.

use super::measure::{
    BODY, INDENT, POINTS_PER_MM, ROW_LIMIT, aligned, font, line_height, lines, millimetres, round, size,
    spread, taken,
};
use super::values::{Range, fill, put};
use super::{A4, footer};
use crate::error::FormsError;
use crate::form::{Align, Block, Cell, Content, Form, Orientation, Role, Signature, Table};
use crate::grid;
use crate::kind::FormKind;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet};

/// The printed width in millimetres, upright and on its side.
const WIDTHS: (f64, f64) = (178.0, 265.0);
/// The printed height in points, upright and on its side: A4 without the margins.
const PAGES: (f64, f64) = (748.0, 501.0);
/// What is so much higher than a page, or less, is printed a little smaller rather than on two.
const SHRUNK: f64 = 1.25;
/// A seal is 42 mm across.
const SEAL: f64 = 44.0 * POINTS_PER_MM;
/// The bottom line of a box to sign, in points.
const SIGN_LINE: f64 = 22.0;
/// How many of the last rows of a list stay with what is signed below it.
const KEPT_WITH_SIGNATURES: usize = 2;
/// In a box below this width in millimetres the date stands on a line of its own.
const NARROW: f64 = 100.0;

/// A part of a form that stands on a sheet of its own.
pub(super) struct Part<'a> {
    name: &'a str,
    title: &'a str,
    blocks: &'a [Block],
}

/// The parts of a form: what stands before its first sheet, then its sheets.
pub(super) fn parts(form: &Form) -> Vec<Part<'_>> {
    let mut parts = vec![Part {
        name: form.kind.name(),
        title: &form.title,
        blocks: &[],
    }];
    for blocks in form
        .blocks
        .chunk_by(|_, next| !matches!(next, Block::Sheet { .. }))
    {
        match blocks.split_first() {
            Some((Block::Sheet { name, title }, blocks)) => parts.push(Part { name, title, blocks }),
            _ => {
                if let Some(first) = parts.first_mut() {
                    first.blocks = blocks;
                }
            }
        }
    }
    // A form that begins with a sheet has nothing before it.
    let several = parts.len() > 1;
    parts.retain(|part| !several || part.name != form.kind.name() || !part.blocks.is_empty());
    parts
}

/// A sheet. Its columns are cut wherever any of its tables has a rule.
pub(super) struct Paper {
    /// Places of the rules, in ten-thousandths of the width, the two edges included.
    cuts: Vec<u32>,
    width: f64,
    /// The next free row.
    row: u32,
    /// How high a page is, and how much of this one is taken, in points.
    page: f64,
    taken: f64,
    /// How high all of it is, in points.
    whole: f64,
    /// Rows that begin a page.
    breaks: Vec<u32>,
    /// The first and last of the rows that name the columns of records.
    heads: Option<(u32, u32)>,
}

impl Paper {
    pub(super) fn new(form: &Form, part: &Part<'_>) -> Self {
        let mut cuts = vec![0, 10_000];
        for block in part.blocks {
            if let Block::Table(table) = block {
                cuts.extend(edges(table));
            }
        }
        cuts.sort_unstable();
        cuts.dedup();
        let (width, page) = if form.orientation == Orientation::Portrait {
            (WIDTHS.0, PAGES.0)
        } else {
            (WIDTHS.1, PAGES.1)
        };
        Self {
            cuts,
            width,
            row: 0,
            page,
            taken: 0.0,
            whole: 0.0,
            breaks: Vec::new(),
            heads: None,
        }
    }

    fn last_column(&self) -> u16 {
        u16::try_from(self.cuts.len().saturating_sub(2)).unwrap_or(u16::MAX)
    }

    /// The sheet's column that begins at a place.
    fn column(&self, place: u32) -> u16 {
        u16::try_from(self.cuts.binary_search(&place).unwrap_or(0)).unwrap_or(u16::MAX)
    }

    pub(super) fn write(
        mut self,
        form: &Form,
        part: &Part<'_>,
        sheet: &mut Worksheet,
    ) -> Result<(), FormsError> {
        sheet
            .set_name(part.name)?
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
        self.across(sheet, part.title, &title, 34.0)?;
        let is_list = FormKind::RECORDS.contains(&form.kind);
        for (nth, block) in part.blocks.iter().enumerate() {
            match block {
                Block::Table(table) => {
                    let below = match part.blocks.get(nth + 1) {
                        Some(Block::Table(below)) if is_list && table.header_rows > 0 => {
                            self.height(below)?
                        }
                        _ => 0.0,
                    };
                    self.table(sheet, table, below)?;
                }
                Block::Paragraph { text, role, align } => {
                    let format = aligned(font(*role, size(*role)), *align).set_text_wrap();
                    let text = if *role == Role::Prose && *align == Align::Start {
                        set_in(text)
                    } else {
                        text.clone()
                    };
                    let height = lines(&text, self.width, *role) * line_height(*role) + 4.0;
                    self.across(sheet, &text, &format, height)?;
                }
                // Parts hold none: each begins one.
                Block::Sheet { .. } => {}
                Block::PageBreak => self.begin_page(),
            }
        }
        if self.whole <= self.page * SHRUNK && !part.blocks.contains(&Block::PageBreak) {
            sheet.set_print_fit_to_pages(1, 1);
        } else {
            sheet.set_page_breaks(&self.breaks)?;
        }
        if let (true, Some((first, last))) = (is_list, self.heads) {
            // A list is read by its column names: they stay in sight and come again on every page.
            sheet
                .set_repeat_rows(first, last)?
                .set_freeze_panes(last + 1, 0)?;
        }
        sheet.set_print_area(0, 0, self.row.saturating_sub(1), self.last_column())?;
        Ok(())
    }

    fn begin_page(&mut self) {
        self.breaks.push(self.row);
        self.taken = 0.0;
    }

    /// Adds a row; where the page has no room left, the program that prints begins another one by itself.
    fn add_row(&mut self, sheet: &mut Worksheet, height: f64) -> Result<(), FormsError> {
        sheet.set_row_height(self.row, height)?;
        self.row += 1;
        self.taken += height;
        self.whole += height;
        if self.taken > self.page {
            self.taken = height;
        }
        Ok(())
    }

    /// A text across the whole width, over as many rows as its height needs.
    fn across(
        &mut self,
        sheet: &mut Worksheet,
        text: &str,
        format: &Format,
        height: f64,
    ) -> Result<(), FormsError> {
        let first = self.row;
        for height in spread(height) {
            self.add_row(sheet, height)?;
        }
        let last = self.row.saturating_sub(1);
        fill(sheet, (first, 0, last, self.last_column()), text, format)?;
        Ok(())
    }

    /// How high a table is, in points.
    fn height(&self, table: &Table) -> Result<f64, FormsError> {
        let placed = grid::place(table)?;
        let rows = (0..table.rows.len()).map(|nth| self.row_heights(table, &placed, nth).0);
        Ok(rows.flatten().sum())
    }

    /// The heights of the sheet's rows that a row of the form becomes, in points, and whether it is to be signed.
    fn row_heights(&self, table: &Table, placed: &[grid::Placed<'_>], nth: usize) -> (Vec<f64>, bool) {
        let edges = edges(table);
        let edge = |at: usize| edges.get(at).copied().unwrap_or(10_000);
        let in_row = || placed.iter().filter(|one| one.row == nth);
        let width_of = |one: &grid::Placed<'_>| {
            let share = edge(one.column + usize::from(one.cell.columns)) - edge(one.column);
            millimetres(share, self.width)
        };
        let boxes: Vec<(f64, f64)> = in_row()
            .filter_map(|one| match &one.cell.content {
                Content::Signature(signature) => Some(box_heights(signature, width_of(one))),
                _ => None,
            })
            .collect();
        if boxes.is_empty() {
            let height = in_row()
                .filter(|one| one.cell.rows == 1)
                .map(|one| {
                    let width = width_of(one) - taken(one.cell.align);
                    lines(&one.cell.words(), width, one.cell.role) * line_height(one.cell.role)
                })
                .fold(line_height(Role::Body), f64::max);
            return (spread(height + 7.0), false);
        }
        // A statement, and the line to sign.
        let upper = boxes.iter().map(|height| height.0).fold(0.0, f64::max);
        let lower = boxes.iter().map(|height| height.1).fold(0.0, f64::max);
        (vec![upper.min(ROW_LIMIT), lower], true)
    }

    /// Adds a table. Of a list with `below` points to be signed under it the last rows begin a page with that, rather than
    /// leave it a page of its own.
    fn table(&mut self, sheet: &mut Worksheet, table: &Table, below: f64) -> Result<(), FormsError> {
        let placed = grid::place(table)?;
        let edges = edges(table);
        let edge = |at: usize| edges.get(at).copied().unwrap_or(10_000);
        let tail = table
            .rows
            .len()
            .saturating_sub(KEPT_WITH_SIGNATURES)
            .max(table.header_rows);
        // Each row of the form becomes one or more rows of the sheet.
        let mut starts = vec![self.row];
        for nth in 0..table.rows.len() {
            let (heights, signed) = self.row_heights(table, &placed, nth);
            // Nobody signs a box that ends on the next page.
            let mut room: f64 = if signed { heights.iter().sum() } else { 0.0 };
            if nth == tail && below > 0.0 {
                let rest = (nth..table.rows.len()).map(|nth| self.row_heights(table, &placed, nth).0);
                room = rest.flatten().sum::<f64>() + below;
            }
            // What is higher than a page has room on none.
            if self.taken + room > self.page && room <= self.page {
                self.begin_page();
            }
            for height in heights {
                self.add_row(sheet, height)?;
            }
            starts.push(self.row);
        }
        if let (Some(first), Some(after)) = (starts.first(), starts.get(table.header_rows))
            && table.header_rows > 0
        {
            self.heads = Some((*first, after.saturating_sub(1)));
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
            let share = edge(one.column + usize::from(one.cell.columns)) - edge(one.column);
            cell(sheet, range, one.cell, millimetres(share, self.width))?;
        }
        Ok(())
    }
}

fn cell(sheet: &mut Worksheet, range: Range, cell: &Cell, width: f64) -> Result<(), FormsError> {
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
            let between = if width < NARROW { "\n" } else { "　　　　" };
            let line = format!("{}　　　　　{seal}{between}年　　　月　　　日", signature.signer);
            fill(
                sheet,
                (bottom, first, bottom, last),
                &line,
                &lower.set_align(FormatAlign::VerticalCenter),
            )
        }
    }
}

/// Each line of prose begins two characters in; a workbook knows no other way.
fn set_in(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(|line| format!("　　{line}")).collect();
    lines.join("\n")
}

/// The heights of a box to sign, in points: what is signed to with room for the seal, then the line to sign.
fn box_heights(signature: &Signature, width: f64) -> (f64, f64) {
    let statement = lines(&signature.statement, width - INDENT, Role::Body) * line_height(Role::Body) + 3.0;
    let room = if signature.seal { SEAL } else { 0.0 };
    let line = if width < NARROW { 2.0 } else { 1.0 };
    (statement.max(room), SIGN_LINE * line)
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
