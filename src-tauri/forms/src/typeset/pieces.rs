//! A form as its template reads it.
//!
//! Setting a table costs several times what its words cost, so all that can be known of a cell beforehand is worked out here:
//! most cells are one line in the look that is usual in their table, and are handed over as bare words; a row of such cells
//! has its height said, which the typesetter would else find out by setting each of them once more.

use super::widths::Widths;
use crate::error::FormsError;
use crate::form::{Align, Block, Cell, Content, Form, Orientation, Role, Row, Signature, Table};
use crate::grid::{self, Placed};
use crate::kind::FormKind;
use serde::Serialize;

/// Tables of more columns than this, such as a month's days, have no room beside their texts.
const DENSE: usize = 16;
/// Room beside the words of a cell, in millimetres: in a dense table, in any other.
const BESIDE: (f64, f64) = (0.4, 1.6);
/// Room above and below the words of a cell, in millimetres.
const ABOVE: f64 = 2.1;
/// The printed width in millimetres, upright and on its side.
const WIDTHS: (f64, f64) = (178.0, 265.0);
const POINTS_PER_MM: f64 = 72.0 / 25.4;
/// A row with a text of more characters than this may be cut by the end of a page.
const KEPT_TOGETHER: usize = 300;
/// How many of the last rows of a list stay with what is signed below it.
const KEPT_WITH_SIGNATURES: usize = 2;

#[derive(Serialize)]
#[serde(rename_all = "snake_case", tag = "block")]
pub(super) enum Piece<'a> {
    Table(Set<'a>),
    Paragraph { text: &'a str, role: Role, align: Align },
    PageBreak,
    Sheet { title: &'a str },
}

/// A table to be set.
#[derive(Serialize)]
pub(super) struct Set<'a> {
    columns: &'a [u16],
    header_rows: usize,
    /// Room beside and above the words, in points.
    beside: f64,
    above: f64,
    /// The look of the cells that are bare words.
    role: Role,
    align: Align,
    rows: Vec<Vec<SetCell<'a>>>,
    /// The height of each row in points; null is as high as it needs.
    heights: Vec<Option<f64>>,
    /// How many of the last rows are kept on one page with what is signed below.
    kept: usize,
    /// What is signed below.
    signed: Option<Box<Set<'a>>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum SetCell<'a> {
    /// One line in the look that is usual.
    Bare(&'a str),
    Told(Told<'a>),
}

#[derive(Serialize)]
struct Told<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signature: Option<&'a Signature>,
    columns: u16,
    rows: u16,
    role: Role,
    align: Align,
    shaded: bool,
    /// It may need more than one line.
    wraps: bool,
    /// It may be cut by the end of a page.
    breaks: bool,
    /// It stands beside a box to be sealed, and is as high.
    sealed: bool,
}

pub(super) fn pieces<'a>(form: &'a Form, widths: &Widths<'_>) -> Result<Vec<Piece<'a>>, FormsError> {
    let width = match form.orientation {
        Orientation::Portrait => WIDTHS.0,
        Orientation::Landscape => WIDTHS.1,
    };
    let set = |table| Set::of(table, width * POINTS_PER_MM, widths);
    let mut pieces = Vec::new();
    let mut blocks = form.blocks.iter().peekable();
    while let Some(block) = blocks.next() {
        pieces.push(match block {
            Block::Table(table) => {
                let mut list = set(table)?;
                let kept = rows_to_keep(form.kind, table);
                if kept > 0
                    && let Some(Block::Table(below)) = blocks.next_if(|next| is_signed(next))
                {
                    list.kept = kept;
                    list.signed = Some(Box::new(set(below)?));
                }
                Piece::Table(list)
            }
            Block::Paragraph { text, role, align } => Piece::Paragraph {
                text,
                role: *role,
                align: *align,
            },
            Block::PageBreak => Piece::PageBreak,
            Block::Sheet { title, .. } => Piece::Sheet { title },
        });
    }
    Ok(pieces)
}

/// Of a list that may go over several pages, so that no page holds signatures alone.
fn rows_to_keep(kind: FormKind, table: &Table) -> usize {
    if table.header_rows == 0 || !FormKind::RECORDS.contains(&kind) {
        return 0;
    }
    let rows = table.rows.iter().skip(table.header_rows).rev();
    rows.take(KEPT_WITH_SIGNATURES)
        .take_while(|row| row.cells.iter().all(|cell| !is_long(cell) && cell.rows == 1))
        .count()
}

fn is_signed(block: &Block) -> bool {
    let Block::Table(table) = block else { return false };
    table.rows.iter().flat_map(|row| &row.cells).any(is_signature)
}

fn is_signature(cell: &Cell) -> bool {
    matches!(cell.content, Content::Signature(_))
}

fn is_long(cell: &Cell) -> bool {
    text_of(cell).is_some_and(|text| text.chars().count() > KEPT_TOGETHER)
}

fn text_of(cell: &Cell) -> Option<&str> {
    match &cell.content {
        Content::Text { text } | Content::Figure { text, .. } => Some(text),
        Content::Signature(_) => None,
    }
}

impl<'a> Set<'a> {
    fn of(table: &'a Table, width: f64, widths: &Widths<'_>) -> Result<Self, FormsError> {
        let beside = if table.columns.len() > DENSE {
            BESIDE.0
        } else {
            BESIDE.1
        };
        let (beside, above) = (beside * POINTS_PER_MM, ABOVE * POINTS_PER_MM);
        let placed = grid::place(table)?;
        let shares: f64 = table.columns.iter().map(|share| f64::from(*share)).sum();
        let wraps: Vec<bool> = placed
            .iter()
            .map(|one| {
                let covered = table.columns.iter().skip(one.column);
                let covered: f64 = covered
                    .take(usize::from(one.cell.columns))
                    .map(|share| f64::from(*share))
                    .sum();
                let room = width * covered / shares - 2.0 * beside;
                text_of(one.cell).is_none_or(|text| !widths.fits(text, one.cell.role, room))
            })
            .collect();
        let (role, align) = usual_look(table);
        let mut wrapping = wraps.iter().copied();
        let rows = table
            .rows
            .iter()
            .map(|row| set_row(row, &mut wrapping, (role, align)));
        Ok(Self {
            columns: &table.columns,
            header_rows: table.header_rows,
            beside,
            above,
            role,
            align,
            rows: rows.collect(),
            heights: heights(table, &placed, &wraps, above, widths),
            kept: 0,
            signed: None,
        })
    }
}

/// The look that most cells have.
fn usual_look(table: &Table) -> (Role, Align) {
    let mut looks: Vec<((Role, Align), usize)> = Vec::new();
    for cell in table.rows.iter().flat_map(|row| &row.cells) {
        let look = (cell.role, cell.align);
        match looks.iter_mut().find(|(known, _)| *known == look) {
            Some((_, count)) => *count += 1,
            None => looks.push((look, 1)),
        }
    }
    // The first of those that are as frequent, so that the same form is always set the same way.
    looks.reverse();
    let usual = looks.into_iter().max_by_key(|(_, count)| *count);
    usual.map(|(look, _)| look).unwrap_or_default()
}

fn set_row<'a>(
    row: &'a Row,
    wraps: &mut impl Iterator<Item = bool>,
    usual: (Role, Align),
) -> Vec<SetCell<'a>> {
    let breaks = row.cells.iter().any(is_long);
    let sealed = row
        .cells
        .iter()
        .any(|cell| matches!(&cell.content, Content::Signature(signature) if signature.seal));
    row.cells
        .iter()
        .map(|cell| {
            let wraps = wraps.next().unwrap_or(true);
            let text = text_of(cell);
            let bare = !wraps
                && (cell.columns, cell.rows, cell.shaded) == (1, 1, false)
                && (cell.role, cell.align) == usual;
            match text {
                Some(text) if bare => SetCell::Bare(text),
                text => SetCell::Told(Told {
                    text,
                    signature: match &cell.content {
                        Content::Signature(signature) => Some(signature),
                        _ => None,
                    },
                    columns: cell.columns,
                    rows: cell.rows,
                    role: cell.role,
                    align: cell.align,
                    shaded: cell.shaded,
                    wraps,
                    breaks,
                    sealed,
                }),
            }
        })
        .collect()
}

/// The height of each row whose cells are all one line, in points.
fn heights(
    table: &Table,
    placed: &[Placed<'_>],
    wraps: &[bool],
    above: f64,
    widths: &Widths<'_>,
) -> Vec<Option<f64>> {
    let mut heights = vec![Some(2.0 * above); table.rows.len()];
    for (one, wraps) in placed.iter().zip(wraps) {
        let rows = heights.iter_mut().skip(one.row).take(usize::from(one.cell.rows));
        for height in rows {
            *height = match *height {
                Some(_) if *wraps => None,
                Some(height)
                    if one.cell.rows == 1 && text_of(one.cell).is_some_and(|text| !text.is_empty()) =>
                {
                    Some(height.max(2.0 * above + widths.height(one.cell.role)))
                }
                height => height,
            };
        }
    }
    heights
}
