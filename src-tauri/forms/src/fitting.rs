//! Long words in narrow places: set smaller, so that a row stays a part of its page.

use crate::form::{Block, Cell, Content, Role, Table};
use crate::grid;

/// 五号, in millimetres.
const EM: f64 = 3.7;
/// What rules and room beside the words take from a cell, in millimetres.
const BESIDE: f64 = 3.2;
/// A cell narrower than this, in millimetres, may hold smaller words; wider ones hold prose, which stays as large as it is.
const NARROW: u16 = 70;
/// More lines than this make the words of a narrow cell smaller.
const LINES: f64 = 8.0;

/// Sets the long words of narrow cells smaller. The columns' shares of every form are millimetres.
pub(crate) fn fit(blocks: &mut [Block]) {
    for block in blocks {
        if let Block::Table(table) = block {
            fit_table(table);
        }
    }
}

fn fit_table(table: &mut Table) {
    // A table that does not hold together is refused by its writer.
    let Ok(placed) = grid::place(table) else { return };
    let long: Vec<bool> = placed
        .iter()
        .map(|one| {
            let columns = table.columns.iter().skip(one.column);
            let width: u16 = columns.take(usize::from(one.cell.columns)).sum();
            width < NARROW && is_long(one.cell, f64::from(width))
        })
        .collect();
    let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
    for (cell, long) in cells.zip(long) {
        if long {
            cell.role = Role::Note;
        }
    }
}

fn is_long(cell: &Cell, width: f64) -> bool {
    let Content::Text { text } = &cell.content else {
        return false;
    };
    let a_line = ((width - BESIDE) / EM).floor().max(1.0);
    let lines = |line: &str| (ems(line) / a_line).ceil().max(1.0);
    cell.role == Role::Body && text.split('\n').map(lines).sum::<f64>() > LINES
}

/// How wide a text is, in widths of a Chinese character.
fn ems(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.55 } else { 1.0 }).sum()
}
