//! A form as a DOCX that WPS, Word and LibreOffice show alike.
//!
//! What the three need, learnt from where they differ; `tests/forms/docx.rs` holds each line of it:
//!
//! - Tables have a fixed layout. Each names its width, its grid, and for every cell the width that its grid columns sum up
//!   to: WPS follows the cells, LibreOffice the grid, and Word computes anew if the two disagree.
//! - A cell that reaches down is begun with `vMerge` `restart` and continued by an empty cell with the same `gridSpan` in
//!   every row it covers. Each cell ends with a paragraph, or Word calls the file damaged.
//! - Fonts name `w:eastAsia` beside `w:ascii` and `w:hAnsi`, and runs carry the hint `eastAsia`, or quotation marks become
//!   narrow. A font table names what to take where 宋体 and 黑体 are missing.
//! - Elements stand in the order of the schema within `pPr`, `rPr`, `tblPr`, `tcPr` and `sectPr`: Word refuses others.
//! - No `mc:AlternateContent`, which WPS reads differently from Word, no drawing, and no relationship that leaves the file.
//! - Page numbers are complex fields with a result inside: WPS shows that until it computes them.
//! - Rows to repeat stand first in their table, so a table with a head row is never joined to the one above.
//! - A statement stays on the page of the line to sign, and the last record on the page of its signatures: by `keepNext` in
//!   every paragraph of the row, the label's included, and of the hairline between two tables.
//! - The compatibility mode is 15, or Word lays tables out as Word 2003 did, a cell's margin to the left.

mod measure;
mod parts;
mod table;
pub(crate) mod tree;

use crate::error::FormsError;
use crate::form::{Align, Block, Content, Form, Role, Table};
use chrono::{Datelike, NaiveDate};
use measure::Page;
use std::io::{Cursor, Write as _};
use tree::Element;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The form as a DOCX: the same form gives the same bytes.
///
/// # Errors
/// [`FormsError::Grid`] and [`FormsError::Document`]; both are defects of this program.
pub fn docx(form: &Form) -> Result<Vec<u8>, FormsError> {
    let document = document(form)?;
    let parts = parts::parts(form, document);
    let mut files = Vec::with_capacity(parts.len());
    for (name, element) in parts {
        files.push((
            name.to_owned(),
            element.document().map_err(|error| unwritten(&error))?,
        ));
    }
    packed(&files, form.as_of)
}

/// Files as one package, each dated with the form's own date.
pub(crate) fn packed(files: &[(String, Vec<u8>)], as_of: NaiveDate) -> Result<Vec<u8>, FormsError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(dated(as_of));
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        package
            .start_file(name.as_str(), options)
            .map_err(|error| unwritten(&error))?;
        package.write_all(bytes).map_err(|error| unwritten(&error))?;
    }
    let written = package.finish().map_err(|error| unwritten(&error))?;
    Ok(written.into_inner())
}

fn unwritten(error: &dyn std::fmt::Display) -> FormsError {
    FormsError::Document(error.to_string())
}

/// Packages count years from 1980 to 2107; other dates become the first of these.
fn dated(date: NaiveDate) -> DateTime {
    let whole = |part: u32| u8::try_from(part).unwrap_or(1);
    u16::try_from(date.year())
        .ok()
        .and_then(|year| {
            DateTime::from_date_and_time(year, whole(date.month()), whole(date.day()), 0, 0, 0).ok()
        })
        .unwrap_or_default()
}

fn document(form: &Form) -> Result<Element, FormsError> {
    let page = Page::of(form.orientation);
    // A form may begin with a sheet of its own, whose title then stands in the place of the form's.
    let titled = matches!(form.blocks.first(), Some(Block::Sheet { .. }));
    let mut body: Vec<Element> = (!titled)
        .then(|| paragraph(&form.title, "Title", Align::Center))
        .into_iter()
        .collect();
    let mut break_before = false;
    let mut blocks = form.blocks.as_slice();
    let mut after_table = false;
    while let Some((block, rest)) = blocks.split_first() {
        blocks = rest;
        match block {
            Block::Table(first) => {
                let joined = joined(first, rest);
                let (more, rest) = rest.split_at(joined);
                blocks = rest;
                let tables = std::iter::once(first).chain(more.iter().filter_map(|block| match block {
                    Block::Table(table) => Some(table),
                    _ => None,
                }));
                // Two tables without a paragraph between them become one in Word, and its head rows are lost.
                if after_table || break_before {
                    let hairline = hairline(break_before);
                    body.push(if is_signed(first) {
                        kept_with_next(hairline)
                    } else {
                        hairline
                    });
                }
                // A box to sign is high enough to go to a page of its own, where it needs its upper rule.
                let below = after_table && !break_before && !is_signed(first);
                // Nobody signs a page on which nothing stands that is signed to.
                let signed = matches!(rest.first(), Some(Block::Table(next)) if is_signed(next));
                body.push(table::ruled(&tables.collect::<Vec<_>>(), &page, below, signed)?);
                (break_before, after_table) = (false, true);
            }
            Block::Paragraph { text, role, align } => {
                for (nth, line) in text.split('\n').enumerate() {
                    let mut line = paragraph(line, style(*role, *align), *align);
                    if nth == 0 && break_before {
                        begin_page(&mut line);
                    }
                    body.push(line);
                }
                (break_before, after_table) = (false, false);
            }
            Block::PageBreak => break_before = true,
            Block::Sheet { title, .. } => {
                let mut title = paragraph(title, "Title", Align::Center);
                if !body.is_empty() {
                    begin_page(&mut title);
                }
                body.push(title);
                (break_before, after_table) = (false, false);
            }
        }
    }
    // A table at the end needs a paragraph behind it, small enough not to begin a page.
    if after_table || break_before {
        body.push(hairline(break_before));
    }
    body.push(page.section());
    Ok(parts::root("w:document").holding([Element::new("w:body").holding(body)]))
}

fn is_signed(table: &Table) -> bool {
    let mut cells = table.rows.first().into_iter().flat_map(|row| &row.cells);
    cells.any(|cell| matches!(cell.content, Content::Signature(_)))
}

/// How many of the following blocks are tables that share the first one's rules: those without rows to repeat.
fn joined(first: &Table, rest: &[Block]) -> usize {
    if first.header_rows > 0 {
        return 0;
    }
    rest.iter()
        .take_while(|block| matches!(block, Block::Table(table) if table.header_rows == 0))
        .count()
}

fn style(role: Role, align: Align) -> &'static str {
    match (role, align) {
        (Role::Body, _) => "FormBody",
        (Role::Label, _) => "FormLabel",
        (Role::Note, _) => "FormNote",
        (Role::Heading, _) => "FormHeading",
        (Role::Prose, Align::Start) => "FormProse",
        // A date or a name at the right is no paragraph that is set in.
        (Role::Prose, _) => "FormProseLine",
    }
}

fn paragraph(text: &str, style: &str, align: Align) -> Element {
    let justified = match align {
        Align::Start => None,
        Align::Center => Some("center"),
        Align::End => Some("right"),
    };
    let properties = Element::new("w:pPr")
        .holding([Element::val("w:pStyle", style)])
        .holding(justified.map(|way| Element::val("w:jc", way)));
    Element::new("w:p")
        .holding([properties])
        .holding((!text.is_empty()).then(|| run(text)))
}

fn run(text: &str) -> Element {
    let hint = Element::new("w:rFonts").with("w:hint", "eastAsia");
    Element::new("w:r").holding([
        Element::new("w:rPr").holding([hint]),
        Element::new("w:t").with("xml:space", "preserve").saying(text),
    ])
}

/// Lets a paragraph begin a page; `pageBreakBefore` stands right behind the style.
fn begin_page(paragraph: &mut Element) {
    if let Some(tree::Node::Element(properties)) = paragraph.children.first_mut() {
        let mark = tree::Node::Element(Element::new("w:pageBreakBefore"));
        properties.children.insert(1, mark);
    }
}

/// Keeps a paragraph, or a row of them, on the page of what follows; the mark stands right behind the style.
fn kept_with_next(mut paragraph: Element) -> Element {
    if let Some(tree::Node::Element(properties)) = paragraph.children.first_mut() {
        let mark = tree::Node::Element(Element::new("w:keepNext"));
        properties.children.insert(1, mark);
    }
    paragraph
}

/// A paragraph of less than a point, to stand between tables.
fn hairline(page_break: bool) -> Element {
    let mut hairline = paragraph("", "FormHairline", Align::Start);
    if page_break {
        begin_page(&mut hairline);
    }
    hairline
}
