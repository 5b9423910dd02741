//! A workbook as sheets of cells, whatever it was written by.

use crate::{ImportError, MAX_CELLS, MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS, csv, error::TooMany, xlsx};
use chrono::NaiveDate;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Blank,
    /// Words.
    Text(String),
    /// A number, perhaps a date that nobody marked as one.
    Number(f64),
    /// A date; a time of day is left out.
    Date(NaiveDate),
    /// An error such as `#REF!`.
    Error(String),
    /// A formula whose value was never stored.
    Uncomputed,
}

impl Cell {
    /// Whether nothing stands in it; blanks are nothing.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Blank => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// As it is shown.
    pub fn shown(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) => text.trim().to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Error(error) => error.clone(),
            Self::Uncomputed => "=".to_owned(),
        }
    }
}

/// Cells that were merged into one, all included, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merged {
    /// First row.
    pub top: usize,
    /// First column.
    pub left: usize,
    /// Last row.
    pub bottom: usize,
    /// Last column.
    pub right: usize,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// Its name; a text file's has none.
    pub name: String,
    /// Not shown by the program that wrote it.
    pub hidden: bool,
    /// The rows from the first, each as long as its last cell that holds something.
    pub rows: Vec<Vec<Cell>>,
    /// Cells merged into one; their value stands in the first.
    pub merged: Vec<Merged>,
}

impl Sheet {
    /// The cell at a row and column from 0; blank where there is none.
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        self.rows
            .get(row)
            .and_then(|cells| cells.get(column))
            .unwrap_or(&Cell::Blank)
    }

    /// The cell at a row and column, or the one it is merged into.
    pub fn spread(&self, row: usize, column: usize) -> &Cell {
        let here = self.cell(row, column);
        if *here != Cell::Blank {
            return here;
        }
        self.merged
            .iter()
            .find(|merged| {
                (merged.top..=merged.bottom).contains(&row) && (merged.left..=merged.right).contains(&column)
            })
            .map_or(here, |merged| self.cell(merged.top, merged.left))
    }

    /// Whether it is the second sheet of one of our own papers: figures to calculate with, each summed up from records
    /// and not a record.
    pub fn is_figures(&self) -> bool {
        const HEADS: [&str; 5] = ["类别", "项目", "数值", "单位", "说明"];
        let head = |row: &Vec<Cell>| row.iter().map(Cell::shown).eq(HEADS);
        self.rows.first().is_some_and(head) && self.width() == HEADS.len()
    }

    /// How many columns hold something.
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or_default()
    }

    /// Whether no cell of a row holds anything.
    pub fn is_blank_row(&self, row: usize) -> bool {
        self.rows
            .get(row)
            .is_none_or(|cells| cells.iter().all(Cell::is_blank))
    }

    /// Puts a cell in its place; false where there is no place for it.
    pub(crate) fn put(&mut self, row: usize, column: usize, cell: Cell) -> bool {
        if row >= MAX_ROWS {
            return false;
        }
        if column >= MAX_COLUMNS {
            return true;
        }
        if self.rows.len() <= row {
            self.rows.resize_with(row + 1, Vec::new);
        }
        let cells = &mut self.rows[row];
        if cells.len() <= column {
            cells.resize(column + 1, Cell::Blank);
        }
        cells[column] = cell;
        true
    }
}

/// A workbook, or a text file as one sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Workbook {
    /// Its sheets in their order.
    pub sheets: Vec<Sheet>,
    /// Bare numbers that are dates count from 1904, as in workbooks from old Macs.
    pub from_1904: bool,
}

impl Workbook {
    /// Reads a file. Its content decides what it is, not its name.
    ///
    /// # Errors
    /// It is no workbook, damaged, or beyond a limit.
    pub fn read(bytes: &[u8]) -> Result<Self, ImportError> {
        if bytes.len() > MAX_FILE_BYTES {
            return Err(ImportError::TooLarge {
                what: TooMany::Bytes,
                limit: MAX_FILE_BYTES,
            });
        }
        if bytes.starts_with(b"PK") {
            return xlsx::read(bytes);
        }
        if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Err(ImportError::OldOrEncrypted);
        }
        csv::read(bytes)
    }
}

/// Counts cells that hold something against the limit.
#[derive(Default)]
pub(crate) struct Counted(usize);

impl Counted {
    pub(crate) fn one_more(&mut self) -> Result<(), ImportError> {
        self.0 += 1;
        if self.0 > MAX_CELLS {
            return Err(ImportError::TooLarge {
                what: TooMany::Cells,
                limit: MAX_CELLS,
            });
        }
        Ok(())
    }
}

pub(crate) fn too_many_rows() -> ImportError {
    ImportError::TooLarge {
        what: TooMany::Rows,
        limit: MAX_ROWS,
    }
}

/// `C5` of a row and column from 0.
pub(crate) fn cell_name(row: usize, column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{letters}{}", row + 1)
}
