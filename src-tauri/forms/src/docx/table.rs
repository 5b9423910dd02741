//! Tables of a DOCX: one grid for all tables that share their rules.

use super::measure::{Page, SEAL_BOX, SIGN_BOX, SIGN_LINE};
use super::tree::Element;
use super::{kept_with_next, paragraph, style};
use crate::error::FormsError;
use crate::form::{Align, Cell, Content, Signature, Table};
use crate::grid::{self, Placed};

/// A row whose texts are all shorter than this stays on one page.
const KEPT_TOGETHER: usize = 300;
/// Tables of more columns than this, such as a month's days, have no room beside their texts.
const DENSE: usize = 16;

/// The upper and the lower part of a box to sign are two rows of the file; all else stands in one.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Whole,
    Upper,
    Lower,
}

/// Tables as one. `below` leaves out the upper rule: a table stands close above. `signed` keeps the last row on the page of
/// what follows.
pub(super) fn ruled(
    tables: &[&Table],
    page: &Page,
    below: bool,
    signed: bool,
) -> Result<Element, FormsError> {
    let mut cuts: Vec<u32> = tables.iter().flat_map(|table| page.edges(table)).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let dense = tables.iter().any(|table| table.columns.len() > DENSE);
    let width = cuts.last().copied().unwrap_or(page.width);
    let grid = cuts
        .windows(2)
        .map(|pair| Element::new("w:gridCol").with("w:w", pair[1] - pair[0]));
    let mut ruled = Element::new("w:tbl").holding([
        properties(width, dense, below),
        Element::new("w:tblGrid").holding(grid),
    ]);
    for (nth, table) in (1..).zip(tables) {
        let placed = grid::place(table)?;
        let edges = page.edges(table);
        ruled = ruled.holding(rows(table, &placed, &edges, &cuts, signed && nth == tables.len()));
    }
    Ok(ruled)
}

fn properties(width: u32, dense: bool, below: bool) -> Element {
    let side = |name: &str| {
        let rule = Element::val(name, "single").with("w:sz", 4);
        rule.with("w:space", 0).with("w:color", "000000")
    };
    let top = if below {
        Element::val("w:top", "nil")
    } else {
        side("w:top")
    };
    let borders = Element::new("w:tblBorders").holding([
        top,
        side("w:left"),
        side("w:bottom"),
        side("w:right"),
        side("w:insideH"),
        side("w:insideV"),
    ]);
    let beside = if dense { 23 } else { 91 };
    let margin = |name: &str, width: u32| Element::new(name).with("w:w", width).with("w:type", "dxa");
    let margins = Element::new("w:tblCellMar").holding([
        margin("w:top", 62),
        margin("w:left", beside),
        margin("w:bottom", 62),
        margin("w:right", beside),
    ]);
    Element::new("w:tblPr").holding([
        Element::new("w:tblW").with("w:w", width).with("w:type", "dxa"),
        Element::val("w:jc", "center"),
        borders,
        Element::new("w:tblLayout").with("w:type", "fixed"),
        margins,
    ])
}

fn rows(table: &Table, placed: &[Placed<'_>], edges: &[u32], cuts: &[u32], keep_last: bool) -> Vec<Element> {
    let mut rows = Vec::new();
    for nth in 0..table.rows.len() {
        let begun = || placed.iter().filter(|one| one.row == nth);
        let signed: Vec<&Signature> = begun()
            .filter_map(|one| match &one.cell.content {
                Content::Signature(signature) => Some(signature),
                Content::Text { .. } | Content::Figure { .. } => None,
            })
            .collect();
        let together = begun().all(|one| one.cell.words().chars().count() <= KEPT_TOGETHER);
        let parts: &[(Part, Option<u32>)] = if signed.is_empty() {
            &[(Part::Whole, None)]
        } else if signed.iter().any(|signature| signature.seal) {
            &[
                (Part::Upper, Some(SEAL_BOX - SIGN_LINE)),
                (Part::Lower, Some(SIGN_LINE)),
            ]
        } else {
            &[
                (Part::Upper, Some(SIGN_BOX - SIGN_LINE)),
                (Part::Lower, Some(SIGN_LINE)),
            ]
        };
        for (part, height) in parts {
            let properties = Element::new("w:trPr")
                .holding(together.then(|| Element::new("w:cantSplit")))
                .holding(height.map(|height| Element::val("w:trHeight", height).with("w:hRule", "atLeast")))
                .holding((nth < table.header_rows).then(|| Element::new("w:tblHeader")));
            let covering = placed
                .iter()
                .filter(|one| (one.row..one.row + usize::from(one.cell.rows)).contains(&nth));
            let mut covering: Vec<&Placed<'_>> = covering.collect();
            covering.sort_by_key(|one| one.column);
            let mut row = Element::new("w:tr").holding(Some(properties).filter(|it| !it.children.is_empty()));
            let mut column = 0;
            for one in covering {
                row = row.holding(gap(column, one.column, edges, cuts));
                column = one.column + usize::from(one.cell.columns);
                let at = |edge: usize| edges.get(edge).copied().unwrap_or_default();
                // A statement stays on the page of the line to sign, and what is signed to on the page of its signatures.
                let kept = *part == Part::Upper || (keep_last && nth + 1 == table.rows.len());
                row = row.holding([cell(one, (nth, kept), *part, (at(one.column), at(column)), cuts)]);
            }
            row = row.holding(gap(column, edges.len() - 1, edges, cuts));
            rows.push(row);
        }
    }
    rows
}

/// Columns that no cell covers still need one.
fn gap(from: usize, to: usize, edges: &[u32], cuts: &[u32]) -> Option<Element> {
    let (left, right) = (edges.get(from)?, edges.get(to)?);
    (from < to).then(|| {
        Element::new("w:tc").holding([
            Element::new("w:tcPr").holding(reach((*left, *right), cuts)),
            paragraph("", "FormBody", Align::Start),
        ])
    })
}

/// A cell's width, and how many columns of the grid it covers.
fn reach((left, right): (u32, u32), cuts: &[u32]) -> Vec<Element> {
    let covered = cuts.iter().filter(|cut| (left..right).contains(cut)).count();
    let mut reach = vec![
        Element::new("w:tcW")
            .with("w:w", right - left)
            .with("w:type", "dxa"),
    ];
    if covered > 1 {
        reach.push(Element::val("w:gridSpan", covered));
    }
    reach
}

/// A cell of a row, whose paragraphs stay on the page of what follows where the row is `kept`.
fn cell(
    one: &Placed<'_>,
    (row, kept): (usize, bool),
    part: Part,
    reaches: (u32, u32),
    cuts: &[u32],
) -> Element {
    let cell = one.cell;
    let signature = match &cell.content {
        Content::Signature(signature) => Some(signature),
        Content::Text { .. } | Content::Figure { .. } => None,
    };
    // A box to sign begins anew in its lower part; what stands beside it reaches down over both.
    let begins = one.row == row && part != Part::Lower;
    let reaches_down = cell.rows > 1 || (signature.is_none() && part != Part::Whole);
    let mut properties = Element::new("w:tcPr").holding(reach(reaches, cuts));
    if reaches_down && signature.is_none() {
        properties = properties.holding([if begins {
            Element::val("w:vMerge", "restart")
        } else {
            Element::new("w:vMerge")
        }]);
    }
    if signature.is_some() && part != Part::Whole {
        let open = if part == Part::Upper { "w:bottom" } else { "w:top" };
        properties = properties.holding([Element::new("w:tcBorders").holding([Element::val(open, "nil")])]);
    }
    if cell.shaded {
        let shade = Element::val("w:shd", "clear").with("w:color", "auto");
        properties = properties.holding([shade.with("w:fill", "E8E8E8")]);
    }
    let stands = match (signature, part) {
        (Some(_), Part::Upper) => "top",
        _ => "center",
    };
    properties = properties.holding([Element::val("w:vAlign", stands)]);
    let lines = match (signature, part) {
        (Some(signature), Part::Lower) => {
            vec![paragraph(
                &sign_line(signature),
                style(cell.role, Align::End),
                Align::End,
            )]
        }
        (Some(signature), _) => texts(&signature.statement, cell, Align::Start),
        (None, _) if begins => texts(&cell.words(), cell, cell.align),
        (None, _) => vec![paragraph("", style(cell.role, cell.align), cell.align)],
    };
    let lines = lines
        .into_iter()
        .map(|line| if kept { kept_with_next(line) } else { line });
    Element::new("w:tc").holding([properties]).holding(lines)
}

fn texts(text: &str, cell: &Cell, align: Align) -> Vec<Element> {
    let lines = text.split('\n');
    lines
        .map(|line| paragraph(line, style(cell.role, align), align))
        .collect()
}

/// The line to sign: room for the name, the seal, and the date.
fn sign_line(signature: &Signature) -> String {
    let seal = if signature.seal { "（盖章）" } else { "" };
    format!(
        "{}　　　　　　　{seal}　　　　年　　　月　　　日　",
        signature.signer
    )
}
