//! Who, from where, to where, when: the head of most papers.

use crate::form::{Cell, Row, Table};
use crate::paper::Ground;
use crate::wording::long_date;

/// The shares of the columns; each line sums to 180, so that the rules of a page's tables meet.
const COLUMNS: [u16; 6] = [22, 40, 20, 38, 20, 40];

/// A cell with the value of a field, blank where it is not known.
pub(crate) fn value(text: Option<&String>) -> Cell {
    Cell::text(text.cloned().unwrap_or_default())
}

/// 2026年1月5日至2026年4月5日
pub(crate) fn period(ground: &Ground<'_>) -> String {
    let posting = &ground.records.posting;
    format!("{}至{}", long_date(posting.start), long_date(posting.end))
}

/// Name, title and department; both units; the period.
pub(crate) fn table(ground: &Ground<'_>) -> Table {
    let posting = &ground.records.posting;
    let physician = &posting.physician;
    Table::new(
        &COLUMNS,
        0,
        vec![
            Row::from(vec![
                Cell::label("姓名"),
                value(physician.name.as_ref()).centred(),
                Cell::label("职称"),
                value(physician.title.as_ref()).centred(),
                Cell::label("科室"),
                value(posting.home_department.as_ref()).centred(),
            ]),
            Row::from(vec![
                Cell::label("支援医院"),
                value(posting.supporting_hospital.as_ref()).across(2),
                Cell::label("受援单位"),
                value(posting.recipient_unit.as_ref()).across(2),
            ]),
            Row::from(vec![
                Cell::label("派驻起止"),
                Cell::text(period(ground)).across(5),
            ]),
        ],
    )
}
