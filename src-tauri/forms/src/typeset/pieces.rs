//! A form as its template reads it.
//!
//! Setting a table costs several times what its words cost, so all that can be known of a cell beforehand is worked out here:
//! most cells are one line in the look that is usual in their table, and are handed over as bare words; a row of such cells
//! has its height said, which the typesetter would else find out by setting each of them once more.

use super::widths::Widths;
use super::words::{Lines, lines};
use crate::error::FormsError;
use crate::form::{Align, Block, Cell, Content, Form, Orientation, Role, Row, Signature, Table};
use crate::grid::{self, Placed};
use crate::kind::FormKind;
use serde::Serialize;
use std::collections::HashMap;

/// Tables of more columns than this, such as a month's days, have no room beside their texts.
const DENSE: usize = 16;
/// Room beside the words of a cell, in millimetres: in a dense table, in any other.
const BESIDE: (f64, f64) = (0.4, 1.6);
/// Room above and below the words of a cell, in millimetres.
const ABOVE: f64 = 2.1;
/// The printed width in millimetres, upright and on its side.
const WIDTHS: (f64, f64) = (178.0, 265.0);
/// Room for a signature and for a seal, in millimetres.
const SIGNATURE_ROOM: f64 = 13.0;
const SEAL_ROOM: f64 = 44.0;
/// In a box below this width in points the date stands on a line of its own.
const NARROW: f64 = 100.0 * POINTS_PER_MM;
/// More than the line to sign takes with the room above it, in points: on one line, on two.
const SIGNED: (f64, f64) = (20.0, 42.0);
const POINTS_PER_MM: f64 = 72.0 / 25.4;
/// A row with a text of more characters than this may be cut by the end of a page.
const KEPT_TOGETHER: usize = 300;
/// Words that stand in so many cells of a form come again and again.
const OFTEN: usize = 3;
/// How many of the last rows of a list stay with what is signed below it.
const KEPT_WITH_SIGNATURES: usize = 2;

#[derive(Serialize)]
#[serde(rename_all = "snake_case", tag = "block")]
pub(super) enum Piece<'a> {
    Table(Set<'a>),
    Paragraph {
        lines: Lines<'a>,
        role: Role,
        align: Align,
    },
    PageBreak,
    Sheet {
        title: &'a str,
    },
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
    #[serde(flatten)]
    look: Look,
    rows: Vec<Vec<SetCell<'a>>>,
    /// The height of each row in points; null is as high as it needs.
    heights: Vec<Option<f64>>,
    /// How many of the last rows are kept on one page with what is signed below.
    kept: usize,
    /// What is signed below.
    signed: Option<Box<Set<'a>>>,
}

/// How a cell is set.
#[derive(Clone, Copy, Default, PartialEq, Serialize)]
struct Look {
    role: Role,
    align: Align,
    /// With room around its words. One line in a row whose height is known does without, which saves half of its cost, unless
    /// it comes again and again: words in a room of their own are set once.
    padded: bool,
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
    content: Shown<'a>,
    columns: u16,
    rows: u16,
    #[serde(flatten)]
    look: Look,
    shaded: bool,
    /// How many lines it needs the typesetter finds out.
    wraps: bool,
    /// It may be cut by the end of a page.
    breaks: bool,
    /// It stands beside a box to be sealed, and is as high.
    sealed: bool,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Shown<'a> {
    Line(&'a str),
    Lines(Lines<'a>),
    Signature {
        statement: Lines<'a>,
        signer: &'a str,
        seal: bool,
    },
}

pub(super) fn pieces<'a>(form: &'a Form, widths: &Widths<'_>) -> Result<Vec<Piece<'a>>, FormsError> {
    let width = match form.orientation {
        Orientation::Portrait => WIDTHS.0,
        Orientation::Landscape => WIDTHS.1,
    };
    let again = again(form);
    let set = |table| Set::of(table, width * POINTS_PER_MM, &again, widths);
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
                lines: lines(text),
                role: *role,
                align: *align,
            },
            Block::PageBreak => Piece::PageBreak,
            Block::Sheet { title, .. } => Piece::Sheet { title },
        });
    }
    Ok(pieces)
}

/// How often each text stands in a cell of the form.
type Again<'a> = HashMap<&'a str, usize>;

fn again(form: &Form) -> Again<'_> {
    let mut again = HashMap::new();
    for block in &form.blocks {
        let Block::Table(table) = block else { continue };
        for text in table
            .rows
            .iter()
            .flat_map(|row| row.cells.iter().filter_map(text_of))
        {
            *again.entry(text).or_default() += 1;
        }
    }
    again
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
    fn of(table: &'a Table, width: f64, again: &Again<'_>, widths: &Widths<'_>) -> Result<Self, FormsError> {
        let beside = if table.columns.len() > DENSE {
            BESIDE.0
        } else {
            BESIDE.1
        };
        let (beside, above) = (beside * POINTS_PER_MM, ABOVE * POINTS_PER_MM);
        let placed = grid::place(table)?;
        let shares: f64 = table.columns.iter().map(|share| f64::from(*share)).sum();
        let room = |one: &Placed<'_>| {
            let covered = table.columns.iter().skip(one.column);
            let covered = covered.take(usize::from(one.cell.columns));
            width * covered.map(|share| f64::from(*share)).sum::<f64>() / shares - 2.0 * beside
        };
        let needs: Vec<Option<f64>> = placed
            .iter()
            .map(|one| needed(one.cell, room(one), sealed(&table.rows, one.row), widths))
            .collect();
        let heights = heights(table, &placed, &needs, above);
        let looks = looks(table, again, &needs, &heights);
        let usual = most(looks.iter().copied());
        let mut cells = needs.iter().map(Option::is_some).zip(looks);
        let rows = table.rows.iter().map(|row| set_row(row, &mut cells, usual));
        let rows = rows.collect();
        Ok(Self {
            columns: &table.columns,
            header_rows: table.header_rows,
            beside,
            above,
            look: usual,
            rows,
            heights,
            kept: 0,
            signed: None,
        })
    }
}

/// How each cell is set, in the order of the rows.
fn looks(table: &Table, again: &Again<'_>, needs: &[Option<f64>], heights: &[Option<f64>]) -> Vec<Look> {
    let mut needs = needs.iter();
    let mut looks = Vec::new();
    for (row, height) in table.rows.iter().zip(heights) {
        let known: Vec<bool> = needs
            .by_ref()
            .take(row.cells.len())
            .map(Option::is_some)
            .collect();
        let cells = || row.cells.iter().zip(&known);
        // Something makes the row high enough for a line and the room around it.
        let high = height.is_some() || cells().any(|(cell, known)| cell.rows == 1 && !known);
        looks.extend(cells().map(|(cell, known)| {
            let one_line = *known && high && text_of(cell).is_some_and(|text| !text.contains('\n'));
            let often = text_of(cell)
                .and_then(|text| again.get(text))
                .is_some_and(|count| *count >= OFTEN);
            Look {
                role: cell.role,
                align: cell.align,
                padded: !one_line || often || table.columns.len() > DENSE,
            }
        }));
    }
    looks
}

/// The look that most cells have.
fn most(looks: impl Iterator<Item = Look>) -> Look {
    let mut counts: Vec<(Look, usize)> = Vec::new();
    for look in looks {
        match counts.iter_mut().find(|(known, _)| *known == look) {
            Some((_, count)) => *count += 1,
            None => counts.push((look, 1)),
        }
    }
    // The first of those that are as frequent, so that the same form is always set the same way.
    counts.reverse();
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map(|(look, _)| look).unwrap_or_default()
}

/// How high what stands in a cell is, in points, where it can be known without setting it.
fn needed(cell: &Cell, room: f64, sealed: bool, widths: &Widths<'_>) -> Option<f64> {
    match &cell.content {
        Content::Text { text } | Content::Figure { text, .. } => {
            let lines = widths.lines(text, cell.role, room)?;
            Some(widths.height(lines, cell.role))
        }
        Content::Signature(signature) => {
            let lines = widths.lines(&signature.statement, Role::Body, room)?;
            let line = if room < NARROW { SIGNED.1 } else { SIGNED.0 };
            let height = (if sealed { SEAL_ROOM } else { SIGNATURE_ROOM }) * POINTS_PER_MM;
            (widths.height(lines, Role::Body) + line <= height).then_some(height)
        }
    }
}

fn sealed(rows: &[Row], nth: usize) -> bool {
    let seal = |cell: &Cell| matches!(&cell.content, Content::Signature(signature) if signature.seal);
    rows.get(nth).is_some_and(|row| row.cells.iter().any(seal))
}

fn set_row<'a>(
    row: &'a Row,
    cells: &mut impl Iterator<Item = (bool, Look)>,
    usual: Look,
) -> Vec<SetCell<'a>> {
    let breaks = row.cells.iter().any(is_long);
    let sealed = sealed(std::slice::from_ref(row), 0);
    let set = |(cell, (known, look)): (&'a Cell, (bool, Look))| {
        let plain = known && look == usual && (cell.columns, cell.rows, cell.shaded) == (1, 1, false);
        match text_of(cell).filter(|text| plain && !text.contains('\n')) {
            Some(text) => SetCell::Bare(text),
            None => SetCell::Told(Told {
                content: shown(cell, !known),
                columns: cell.columns,
                rows: cell.rows,
                look,
                shaded: cell.shaded,
                wraps: !known,
                breaks,
                sealed,
            }),
        }
    };
    row.cells.iter().zip(cells).map(set).collect()
}

fn shown(cell: &Cell, wraps: bool) -> Shown<'_> {
    match &cell.content {
        Content::Signature(Signature {
            statement,
            signer,
            seal,
        }) => Shown::Signature {
            statement: lines(statement),
            signer,
            seal: *seal,
        },
        Content::Text { text } | Content::Figure { text, .. } if wraps || text.contains('\n') => {
            Shown::Lines(lines(text))
        }
        Content::Text { text } | Content::Figure { text, .. } => Shown::Line(text),
    }
}

/// The height of each row in which the height of every cell is known, in points.
fn heights(table: &Table, placed: &[Placed<'_>], needs: &[Option<f64>], above: f64) -> Vec<Option<f64>> {
    let mut heights = vec![Some(0.0_f64); table.rows.len()];
    for (one, need) in placed.iter().zip(needs).filter(|(one, _)| one.cell.rows == 1) {
        if let Some(height) = heights.get_mut(one.row) {
            *height = height
                .zip(*need)
                .map(|(height, need)| height.max(need + 2.0 * above));
        }
    }
    // A cell that reaches down leaves its rows as they are only where it has room in them.
    for (one, need) in placed.iter().zip(needs).filter(|(one, _)| one.cell.rows > 1) {
        let Some(covered) = heights.get_mut(one.row..one.row + usize::from(one.cell.rows)) else {
            continue;
        };
        let room: Option<f64> = covered.iter().copied().sum();
        if !room
            .zip(*need)
            .is_some_and(|(room, need)| need + 2.0 * above <= room)
        {
            covered.fill(None);
        }
    }
    heights
}
