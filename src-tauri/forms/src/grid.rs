//! Where the cells of a table stand, once spans are taken into account.

use crate::error::FormsError;
use crate::form::{Cell, Table};

/// A cell with its place, counted from 0.
pub(crate) struct Placed<'a> {
    pub(crate) cell: &'a Cell,
    pub(crate) row: usize,
    pub(crate) column: usize,
}

/// Places every cell: left to right, around those that reach down from above.
pub(crate) fn place(table: &Table) -> Result<Vec<Placed<'_>>, FormsError> {
    let columns = table.columns.len();
    // For each column, the first row that is free in it.
    let mut free_from = vec![0_usize; columns];
    let mut placed = Vec::new();
    for (row, cells) in table.rows.iter().enumerate() {
        let mut column = 0;
        for cell in &cells.cells {
            while free_from.get(column).is_some_and(|free| *free > row) {
                column += 1;
            }
            let fault = || FormsError::Grid {
                row: row + 1,
                columns,
            };
            let covered = free_from
                .get_mut(column..column + usize::from(cell.columns))
                .ok_or_else(fault)?;
            if covered.iter().any(|free| *free > row) {
                return Err(fault());
            }
            covered.fill(row + usize::from(cell.rows));
            placed.push(Placed { cell, row, column });
            column += usize::from(cell.columns);
        }
    }
    Ok(placed)
}
