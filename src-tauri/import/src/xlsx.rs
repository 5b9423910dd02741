//! Workbooks. What is unpacked is measured before it is read: a small file can hold a very large one.

use crate::book::{Cell, Counted, Merged, Sheet, Workbook, too_many_rows};
use crate::error::TooMany;
use crate::{ImportError, MAX_CELL_CHARACTERS, MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, MAX_UNPACKED_BYTES};
use calamine::{DataRef, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};
use std::io::{Cursor, Read as _};

/// The most areas of merged cells that are heeded in a sheet.
const MOST_MERGED: usize = 2_000;
/// The highest number of a shared formula: its reader makes a place for every lower one.
const HIGHEST_SHARED_FORMULA: usize = 100_000;

pub(crate) fn read(bytes: &[u8]) -> Result<Workbook, ImportError> {
    measure(bytes)?;
    // The reader of the cells is another's, and takes some broken numbers for granted. It holds nothing but these bytes, so
    // that a file it stumbles over is a damaged one, and not the end of the program.
    std::panic::catch_unwind(|| read_measured(bytes)).unwrap_or_else(|_| {
        Err(ImportError::Damaged {
            detail: "a cell or a number in it cannot be read".to_owned(),
        })
    })
}

fn read_measured(bytes: &[u8]) -> Result<Workbook, ImportError> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| refused(&error))?;
    let mut found = Vec::new();
    for sheet in workbook.sheets_metadata() {
        if sheet.typ == SheetType::WorkSheet {
            found.push((sheet.name.clone(), sheet.visible != SheetVisible::Visible));
        }
    }
    if found.is_empty() {
        return Err(ImportError::Empty);
    }
    if found.len() > MAX_SHEETS {
        return Err(ImportError::TooLarge {
            what: TooMany::Sheets,
            limit: MAX_SHEETS,
        });
    }
    let mut counted = Counted::default();
    let sheets = found
        .into_iter()
        .map(|(name, hidden)| sheet(&mut workbook, name, hidden, &mut counted))
        .collect::<Result<_, _>>()?;
    Ok(Workbook {
        sheets,
        from_1904: workbook.has_1904_epoch(),
    })
}

fn sheet(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: String,
    hidden: bool,
    counted: &mut Counted,
) -> Result<Sheet, ImportError> {
    let mut sheet = Sheet {
        hidden,
        ..Sheet::default()
    };
    let mut cells = workbook
        .worksheet_cells_reader(&name)
        .map_err(|error| refused(&error))?;
    while let Some(record) = cells
        .next_cell_with_formula_metadata()
        .map_err(|error| refused(&error))?
    {
        let cell = cell(record.value, record.formula.is_some());
        if cell == Cell::Blank {
            continue;
        }
        counted.one_more()?;
        let (row, column) = (record.pos.0 as usize, record.pos.1 as usize);
        if !sheet.put(row, column, cell) {
            return Err(too_many_rows());
        }
    }
    drop(cells);
    let merged = workbook
        .merge_cells_by_sheet_name(&name)
        .map_err(|error| refused(&error))?;
    for area in merged.into_iter().take(MOST_MERGED) {
        let area = Merged {
            top: area.start.0 as usize,
            left: area.start.1 as usize,
            bottom: (area.end.0 as usize).min(MAX_ROWS),
            right: (area.end.1 as usize).min(MAX_COLUMNS),
        };
        sheet.merged.push(area);
    }
    sheet.name = name;
    Ok(sheet)
}

fn cell(value: DataRef<'_>, formula: bool) -> Cell {
    let text = |text: &str| {
        let text: String = text.chars().take(MAX_CELL_CHARACTERS).collect();
        if text.trim().is_empty() {
            Cell::Blank
        } else {
            Cell::Text(text)
        }
    };
    match value {
        DataRef::Empty if formula => Cell::Uncomputed,
        DataRef::Empty => Cell::Blank,
        #[expect(
            clippy::cast_precision_loss,
            reason = "a cell's whole numbers are floating ones in the file"
        )]
        DataRef::Int(number) => Cell::Number(number as f64),
        DataRef::Float(number) => Cell::Number(number),
        DataRef::String(words) | DataRef::DurationIso(words) => text(&words),
        DataRef::SharedString(words) => text(words),
        DataRef::Bool(flag) => text(if flag { "TRUE" } else { "FALSE" }),
        DataRef::DateTime(instant) if instant.is_duration() => Cell::Number(instant.as_f64()),
        DataRef::DateTime(instant) => match instant.as_datetime() {
            // A time of day alone is no date: it lies before the first one.
            Some(at) if instant.as_f64() >= 1.0 => Cell::Date(at.date()),
            _ => Cell::Number(instant.as_f64()),
        },
        DataRef::DateTimeIso(words) => match words.get(..10).and_then(|date| date.parse().ok()) {
            Some(date) => Cell::Date(date),
            None => text(&words),
        },
        DataRef::Error(error) => Cell::Error(error.to_string()),
    }
}

/// Unpacks every part once and keeps none.
fn measure(bytes: &[u8]) -> Result<(), ImportError> {
    let damaged = |error: &dyn std::fmt::Display| ImportError::Damaged {
        detail: error.to_string(),
    };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut left = MAX_UNPACKED_BYTES;
    let mut part = Vec::new();
    for index in 0..archive.len() {
        part.clear();
        let entry = archive.by_index(index).map_err(|error| damaged(&error))?;
        entry
            .take(left as u64 + 1)
            .read_to_end(&mut part)
            .map_err(|error| damaged(&error))?;
        left = left.checked_sub(part.len()).ok_or(ImportError::TooLarge {
            what: TooMany::Unpacked,
            limit: MAX_UNPACKED_BYTES,
        })?;
        if names_a_high_formula(&part) {
            return Err(ImportError::Damaged {
                detail: "a shared formula has an impossible number".to_owned(),
            });
        }
    }
    Ok(())
}

/// Whether an `si="…"` names a shared formula that no sheet has.
fn names_a_high_formula(part: &[u8]) -> bool {
    let mut rest = part;
    while let Some(at) = rest.windows(2).position(|two| two == b"si") {
        rest = &rest[at + 2..];
        let mut after = rest.iter().copied().skip_while(u8::is_ascii_whitespace);
        if after.next() != Some(b'=') {
            continue;
        }
        let digits = after
            .skip_while(|byte| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'+'))
            .take_while(u8::is_ascii_digit);
        let number = digits.fold(0_usize, |number, digit| {
            number
                .saturating_mul(10)
                .saturating_add(usize::from(digit - b'0'))
        });
        if number > HIGHEST_SHARED_FORMULA {
            return true;
        }
    }
    false
}

fn refused(error: &XlsxError) -> ImportError {
    match error {
        XlsxError::Password => ImportError::OldOrEncrypted,
        other => ImportError::Damaged {
            detail: other.to_string(),
        },
    }
}
