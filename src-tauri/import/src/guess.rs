//! A first mapping for a sheet, from its titles and its cells.

use crate::dates::{self, Frame, completed, month_in};
use crate::grid::Shape;
use crate::list;
use crate::text::{count, is_total, plain, plain_cell};
use crate::titles::{activity_kind, diary_meaning, is_diary, meaning_of};
use crate::{Cell, Layout, Mapping, Meaning, RowsAre, Sheet, Workbook};
use xiaxiangzhi_core::posting::Records;

/// The header is looked for in so many rows.
const HEAD: usize = 20;

/// How a sheet is best read, to be looked at and changed; none where there is nothing to import: a blank sheet, and the
/// [figures](Sheet::is_figures) of a paper. `file` is the name of the file, for the month it may tell.
pub fn guess(workbook: &Workbook, sheet: usize, file: &str, records: &Records) -> Option<Mapping> {
    let this = workbook.sheets.get(sheet)?;
    (!this.rows.is_empty() && !this.is_figures()).then(|| mapping_of(workbook, this, sheet, file, records))
}

fn mapping_of(workbook: &Workbook, this: &Sheet, sheet: usize, file: &str, records: &Records) -> Mapping {
    let posting = &records.posting;
    let mut mapping = Mapping {
        sheet,
        layout: Layout::List,
        rows: RowsAre::Days,
        header_rows: 0,
        columns: Vec::new(),
        activity_kind: None,
        person: None,
        month: None,
        symbols: Vec::new(),
        present_when_written: false,
    };
    let heading = heading(this);
    let month = [heading.as_str(), &this.name, file]
        .into_iter()
        .find_map(month_in)
        .and_then(|month| completed(month, posting.start, posting.end))
        .or_else(|| {
            let months = (posting.start, posting.end);
            let of = |date: chrono::NaiveDate| date.format("%Y-%m").to_string();
            (of(months.0) == of(months.1)).then(|| {
                use chrono::Datelike as _;
                (months.0.year(), months.0.month())
            })
        });
    mapping.month = month.map(|(year, month)| format!("{year:04}-{month:02}"));
    let frame = Frame {
        start: posting.start,
        end: posting.end,
        month,
        from_1904: workbook.from_1904,
    };
    let me = posting.physician.name.as_deref().map(plain);
    let choose = |people: Vec<String>| match (people.as_slice(), me) {
        ([only], _) => Some(only.clone()),
        (_, Some(me)) => people.into_iter().find(|name| *name == me),
        _ => None,
    };
    if let Some(shape) = Shape::of(this, &frame) {
        mapping.layout = Layout::Grid;
        mapping.header_rows = shape.data;
        mapping.person = choose(shape.people(this));
        if !shape.needs_month() {
            mapping.month = None;
        }
        return mapping;
    }
    columns(this, &frame, records, &mut mapping);
    let titled = format!("{heading} {} {file}", this.name);
    if mapping.rows != RowsAre::Problems {
        mapping.rows = rows_are(&mapping, &titled);
    }
    if mapping.rows == RowsAre::Activities {
        mapping.activity_kind = activity_kind(&titled);
        // In a list of lectures 「内容」 is what they were about.
        if mapping.column(&Meaning::Title).is_none()
            && let Some(note) = mapping.column(&Meaning::Note)
        {
            mapping.columns[note] = Meaning::Title;
        }
    }
    if mapping.rows == RowsAre::Leaves {
        let in_leaves = |meaning: &mut Meaning| match meaning {
            Meaning::Note => *meaning = Meaning::Reason,
            Meaning::Tally(_) | Meaning::Workload | Meaning::WholeDay => *meaning = Meaning::Nothing,
            _ => {}
        };
        mapping.columns.iter_mut().for_each(in_leaves);
    }
    once(&mut mapping.columns);
    if let Some(column) = mapping.column(&Meaning::Person) {
        mapping.person = choose(list::people(this, mapping.header_rows, column));
    }
    if mapping
        .column(&Meaning::Date)
        .is_some_and(|column| !needs_month(this, &mapping, column))
    {
        mapping.month = None;
    }
    mapping
}

/// The words above the table: the first rows with a single text in them.
fn heading(sheet: &Sheet) -> String {
    let lone = |cells: &&Vec<Cell>| cells.iter().filter(|cell| !cell.is_blank()).count() <= 3;
    let rows = sheet.rows.iter().take(5).filter(lone);
    let texts = rows.flatten().filter_map(|cell| match cell {
        Cell::Text(text) => Some(text.trim().to_owned()),
        _ => None,
    });
    texts.collect::<Vec<_>>().join(" ")
}

/// Whether any date of a column is a day of the month alone.
fn needs_month(sheet: &Sheet, mapping: &Mapping, column: usize) -> bool {
    (mapping.header_rows..sheet.rows.len()).any(|row| {
        let text = plain_cell(sheet.cell(row, column));
        let digits = text.trim_end_matches(['日', '号']);
        (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn columns(sheet: &Sheet, frame: &Frame, records: &Records, mapping: &mut Mapping) {
    let width = sheet.width();
    let own = &records.tally_items;
    let title = |row: usize, column: usize| plain_cell(sheet.spread(row, column));
    let diary = (0..sheet.rows.len().min(HEAD)).any(|row| {
        let titles: Vec<String> = (0..width)
            .map(|column| plain_cell(sheet.cell(row, column)))
            .collect();
        let short = titles.iter().filter(|title| title.chars().count() <= 20);
        is_diary(short.map(String::as_str))
    });
    if diary {
        mapping.rows = RowsAre::Problems;
    }
    let meaning_of = |title: &str, counts: bool| {
        if diary {
            diary_meaning(title)
        } else {
            meaning_of(title, own, counts)
        }
    };
    let known = |row: usize| {
        (0..width)
            .filter(|column| {
                // A merged heading is one title, not one for each column below it.
                let title = plain_cell(sheet.cell(row, *column));
                title.chars().count() <= 20 && meaning_of(&title, true).is_some()
            })
            .count()
    };
    let header = (0..sheet.rows.len().min(HEAD))
        .map(|row| (known(row), row))
        .filter(|(known, _)| *known >= 2)
        .max_by_key(|(known, row)| (*known, usize::MAX - row))
        .map(|(_, row)| row);
    let Some(header) = header else {
        return by_content(sheet, frame, mapping);
    };
    // A second row of titles under merged ones: 出勤 over 上午 and 下午.
    let first = (0..width).find(|column| meaning_of(&title(header, *column), true) == Some(Meaning::Date));
    let is_date = |row: usize| {
        first.is_some_and(|column| {
            !sheet.cell(row, column).is_blank()
                && !matches!(dates::date(sheet.cell(row, column), frame), Ok(None) | Err(_))
        })
    };
    let second = header + 1;
    let two = second < sheet.rows.len() && known(second) >= 2 && !is_date(second);
    mapping.header_rows = if two { second + 1 } else { header + 1 };
    let title = |column: usize| {
        let lower = if two {
            plain_cell(sheet.cell(second, column))
        } else {
            String::new()
        };
        if lower.is_empty() {
            plain_cell(sheet.spread(header, column))
        } else {
            lower
        }
    };
    let from = mapping.header_rows;
    mapping.columns = (0..width)
        .map(|column| {
            let cells = (from..sheet.rows.len()).map(|row| sheet.cell(row, column));
            let filled: Vec<&Cell> = cells.filter(|cell| !cell.is_blank()).collect();
            let counts = filled.iter().filter(|cell| count(cell).is_ok()).count();
            // A fault or two among the counts of a column do not make it one of words.
            let counts = counts * 5 >= filled.len() * 3;
            meaning_of(&title(column), counts).unwrap_or(Meaning::Nothing)
        })
        .collect();
}

/// Without titles: the first column of dates, and the one with the most words.
fn by_content(sheet: &Sheet, frame: &Frame, mapping: &mut Mapping) {
    let width = sheet.width();
    mapping.columns = vec![Meaning::Nothing; width];
    let dated = |row: usize, column: usize| {
        let cell = sheet.cell(row, column);
        let bare = matches!(cell, Cell::Number(number) if *number < 10_000.0);
        !bare && matches!(dates::date(cell, frame), Ok(Some(_)))
    };
    let dates = |column: &usize| (0..sheet.rows.len()).filter(|row| dated(*row, *column)).count();
    let Some(date) = (0..width).find(|column| dates(column) * 5 >= sheet.rows.len() * 3 && dates(column) > 0)
    else {
        return;
    };
    mapping.columns[date] = Meaning::Date;
    mapping.header_rows = (0..sheet.rows.len())
        .find(|row| dated(*row, date))
        .unwrap_or_default();
    let words = |column: &usize| {
        let cells = (0..sheet.rows.len()).map(|row| sheet.cell(row, *column));
        let texts = cells.filter_map(|cell| match cell {
            Cell::Text(text) if !is_total(&plain(text)) => Some(text.chars().count()),
            _ => None,
        });
        texts.sum::<usize>()
    };
    let note = (0..width).filter(|column| *column != date).max_by_key(words);
    if let Some(note) = note.filter(|column| words(column) > 0) {
        mapping.columns[note] = Meaning::Note;
    }
}

fn rows_are(mapping: &Mapping, titled: &str) -> RowsAre {
    let has = |meaning: &Meaning| mapping.column(meaning).is_some();
    if has(&Meaning::From) || has(&Meaning::Period) || titled.contains("请假") || titled.contains("休假")
    {
        return RowsAre::Leaves;
    }
    let marks = has(&Meaning::Morning) || has(&Meaning::Afternoon) || has(&Meaning::WholeDay);
    let visits = has(&Meaning::Tally("outpatient_visits".to_owned()));
    let named = has(&Meaning::Title) || has(&Meaning::Participants) || has(&Meaning::Minutes);
    if !marks && !visits && (named || activity_kind(titled).is_some()) {
        return RowsAre::Activities;
    }
    RowsAre::Days
}

/// A record has one of each but notes: of several columns the first is taken.
fn once(columns: &mut [Meaning]) {
    for column in 1..columns.len() {
        let meaning = columns[column].clone();
        let several = matches!(meaning, Meaning::Note | Meaning::Workload | Meaning::Nothing);
        if !several && columns[..column].contains(&meaning) {
            columns[column] = Meaning::Nothing;
        }
    }
}
