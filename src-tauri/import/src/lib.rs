//! Workbooks that a physician kept before: .xlsx and .csv bytes in, proposed records out.
//!
//! [`Workbook::read`] gives sheets of cells, [`guess`] a [`Mapping`] that says what the columns of a sheet mean (none where
//! there is nothing to import), and [`plan`] what each row becomes against the records that are there: entered, already there, a conflict, left out, or bad with its
//! cell, value and reason. Nothing is guessed where a cell can mean two things, and nothing is written here.

#![deny(missing_docs)]

mod book;
mod compare;
mod csv;
mod dates;
mod error;
mod fault;
mod gather;
mod grid;
mod guess;
mod leaves;
mod list;
mod mapping;
mod plan;
mod symbols;
mod text;
mod titles;
mod workload;
mod xlsx;

pub use book::{Cell, Merged, Sheet, Workbook};
pub use error::ImportError;
pub use fault::{Fault, Problem};
pub use guess::guess;
pub use mapping::{Layout, Mapping, Meaning, RowsAre, SymbolMeaning};
pub use plan::{Existing, FoundSymbol, Item, Outcome, Plan, SheetFound, plan};
pub use symbols::{Means, default_symbols};

/// The most bytes of a file.
pub const MAX_FILE_BYTES: usize = 10 * 1024 * 1024;
/// The most bytes that a workbook unpacks to.
pub const MAX_UNPACKED_BYTES: usize = 48 * 1024 * 1024;
/// The most sheets of a workbook.
pub const MAX_SHEETS: usize = 100;
/// The most rows of a sheet.
pub const MAX_ROWS: usize = 5_000;
/// The most columns of a sheet; what lies right of them is not read.
pub const MAX_COLUMNS: usize = 200;
/// The most cells of a workbook that hold something.
pub const MAX_CELLS: usize = 200_000;
/// The most characters of a cell: what Excel allows.
pub const MAX_CELL_CHARACTERS: usize = 32_767;
