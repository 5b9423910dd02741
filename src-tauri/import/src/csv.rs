//! Text files with a row a line, in whatever encoding and with whatever separator clinic computers write them.

use crate::book::{Cell, Counted, Sheet, Workbook, too_many_rows};
use crate::{ImportError, MAX_CELL_CHARACTERS};
use encoding_rs::{Encoding, GB18030, UTF_8};

/// UTF-8 or UTF-16 with a mark says so itself; without one it is UTF-8 if it can be, else GB18030, which also reads GBK.
pub(crate) fn read(bytes: &[u8]) -> Result<Workbook, ImportError> {
    // One kind of line end, or lines would be counted differently by it.
    let text = decode(bytes)
        .ok_or(ImportError::NotAWorkbook)?
        .replace("\r\n", "\n");
    if text.trim().is_empty() {
        return Err(ImportError::Empty);
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(&text))
        .from_reader(text.as_bytes());
    let mut sheet = Sheet::default();
    let mut counted = Counted::default();
    let mut record = csv::StringRecord::new();
    // Lines within cells, which are no rows where the file is opened as a table.
    let mut within = 0;
    loop {
        let more = reader
            .read_record(&mut record)
            .map_err(|error| ImportError::Damaged {
                detail: error.to_string(),
            })?;
        if !more {
            break;
        }
        // Lines with nothing in them are left out by the reader; those of separators alone stay, as rows do in a workbook.
        let row = record
            .position()
            .map_or(sheet.rows.len(), |at| {
                let line = usize::try_from(at.line()).unwrap_or(usize::MAX);
                line.saturating_sub(1 + within)
            })
            .max(sheet.rows.len());
        within += record
            .iter()
            .map(|value| value.matches('\n').count())
            .sum::<usize>();
        for (column, value) in record.iter().enumerate() {
            if value.trim().is_empty() {
                continue;
            }
            counted.one_more()?;
            let text: String = value.chars().take(MAX_CELL_CHARACTERS).collect();
            if !sheet.put(row, column, Cell::Text(text)) {
                return Err(too_many_rows());
            }
        }
    }
    Ok(Workbook {
        sheets: vec![sheet],
        from_1904: false,
    })
}

fn decode(bytes: &[u8]) -> Option<String> {
    let (encoding, length) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    let bytes = bytes.get(length..)?;
    let strictly = |encoding: &'static Encoding| {
        encoding
            .decode_without_bom_handling_and_without_replacement(bytes)
            .map(std::borrow::Cow::into_owned)
            .filter(|text| !text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t')))
    };
    let first = strictly(encoding);
    if first.is_some() || length > 0 {
        return first;
    }
    strictly(GB18030)
}

/// The one of the usual separators that the first lines have most of.
fn separator(text: &str) -> u8 {
    let head: Vec<&str> = text.lines().take(10).collect();
    let count = |separator: &u8| {
        head.iter()
            .map(|line| line.bytes().filter(|byte| byte == separator).count())
            .sum::<usize>()
    };
    // Of equals the last is taken, so the usual one stands there.
    [b';', b'\t', b','].into_iter().max_by_key(count).unwrap_or(b',')
}
