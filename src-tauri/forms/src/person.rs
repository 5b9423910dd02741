//! Who, from where, to where, when: the head of most papers.

use crate::form::{Align, Cell, Row, Table};
use crate::paper::Ground;
use crate::wording::long_date;

/// The shares of the columns; each line sums to 180, so that the rules of a page's tables meet.
const COLUMNS: [u16; 6] = [22, 40, 20, 38, 20, 40];
/// A value of more characters than this has a line of its own.
const LONG: usize = 40;

/// A cell with the value of a field, blank where it is not known.
pub(crate) fn value(text: Option<&String>) -> Cell {
    Cell::text(text.cloned().unwrap_or_default())
}

/// 2026年1月5日至2026年4月5日
pub(crate) fn period(ground: &Ground<'_>) -> String {
    let posting = &ground.records.posting;
    format!("{}至{}", long_date(posting.start), long_date(posting.end))
}

/// Whether a value is too long to stand beside others.
pub(crate) fn is_long(cell: &Cell, most: usize) -> bool {
    cell.words().chars().count() > most
}

/// Fields side by side over so many columns, those with a long value on lines of their own: a name of 200 characters then
/// takes a few lines of the page and not the height of it.
pub(crate) fn fields(columns: u16, fields: Vec<(&str, Cell)>) -> Vec<Row> {
    let whole = |(name, cell): (&str, Cell)| {
        let cell = Cell {
            align: Align::Start,
            ..cell.as_note()
        };
        Row::from(vec![
            Cell::label(name),
            cell.across(columns.saturating_sub(1).max(1)),
        ])
    };
    let (mut before, mut short, mut after) = (Vec::new(), Vec::new(), Vec::new());
    for field in fields {
        match (is_long(&field.1, LONG), short.is_empty()) {
            (false, _) => short.push(field),
            (true, true) => before.push(whole(field)),
            (true, false) => after.push(whole(field)),
        }
    }
    let mut rows = before;
    let count = u16::try_from(short.len()).unwrap_or(u16::MAX);
    let mut left = columns;
    let mut beside = Vec::new();
    for (nth, (name, cell)) in (1..).zip(short) {
        // The last one reaches to the edge.
        let share = if nth == count { left } else { columns / count };
        left -= share;
        beside.push(Cell::label(name));
        beside.push(cell.across(share.saturating_sub(1).max(1)));
    }
    if !beside.is_empty() {
        rows.push(Row::from(beside));
    }
    rows.extend(after);
    rows
}

/// Name, title and department; both units; the period.
pub(crate) fn table(ground: &Ground<'_>) -> Table {
    let posting = &ground.records.posting;
    let physician = &posting.physician;
    let mut rows = fields(
        6,
        vec![
            ("姓名", value(physician.name.as_ref()).centred()),
            ("职称", value(physician.title.as_ref()).centred()),
            ("科室", value(posting.home_department.as_ref()).centred()),
        ],
    );
    rows.extend(fields(6, units(ground, "支援医院")));
    rows.extend(fields(6, team(ground)));
    rows.extend(fields(6, vec![("派驻起止", Cell::text(period(ground)))]));
    Table::new(&COLUMNS, 0, rows)
}

/// Where the physician comes from, and where the posting is.
pub(crate) fn units(ground: &Ground<'_>, from: &'static str) -> Vec<(&'static str, Cell)> {
    let posting = &ground.records.posting;
    vec![
        (from, value(posting.supporting_hospital.as_ref())),
        ("受援单位", value(posting.recipient_unit.as_ref())),
    ]
}

/// The medical team and its leader, where the hospital sent one.
pub(crate) fn team(ground: &Ground<'_>) -> Vec<(&'static str, Cell)> {
    let posting = &ground.records.posting;
    if posting.medical_team.is_none() && posting.team_leader.is_none() {
        return Vec::new();
    }
    vec![
        ("医疗队", value(posting.medical_team.as_ref())),
        ("队长", value(posting.team_leader.as_ref())),
    ]
}
