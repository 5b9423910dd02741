//! Attendance sheets: names down, days across, a mark for each day or half-day.

use crate::dates::{Frame, day_of_month};
use crate::gather::{DayPart, Part, Reading, Row};
use crate::symbols::Means;
use crate::text::{is_foot, is_total, plain, plain_cell};
use crate::{Cell, Sheet, dates};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use xiaxiangzhi_core::posting::Half;

/// So many days in a row make it an attendance sheet.
const FEWEST_DAYS: usize = 5;
/// The header is looked for in so many rows.
const HEAD: usize = 25;

/// What the top of a column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Day {
    OfMonth(u32),
    Date(NaiveDate),
}

/// How an attendance sheet is built.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    header: usize,
    /// The first row with a person's marks.
    pub(crate) data: usize,
    days: Vec<(usize, Day, Option<Half>)>,
    names: Option<usize>,
    halves: Option<usize>,
}

/// The half that a cell names.
pub(crate) fn half_of(text: &str) -> Option<Half> {
    match text.to_lowercase().as_str() {
        "上午" | "上" | "早" | "早上" | "am" | "a.m." | "上半天" => Some(Half::Morning),
        "下午" | "下" | "pm" | "p.m." | "下半天" => Some(Half::Afternoon),
        _ => None,
    }
}

impl Shape {
    /// The shape of a sheet, if it is an attendance sheet. `frame` completes dates that stand at the top of columns.
    pub(crate) fn of(sheet: &Sheet, frame: &Frame) -> Option<Self> {
        let rows = sheet.rows.len().min(HEAD);
        let (header, days) = (0..rows)
            .map(|row| (row, days_in(sheet, row, frame)))
            .find(|(_, days)| days.len() >= FEWEST_DAYS)?;
        let first_day = days.first()?.0;
        let mut data = header + 1;
        let mut halves_above = None;
        while data < sheet.rows.len() && data <= header + 3 {
            let texts: Vec<String> = days
                .iter()
                .map(|(column, _)| plain_cell(sheet.cell(data, *column)))
                .collect();
            let all = |is: &dyn Fn(&str) -> bool| {
                texts.iter().any(|text| !text.is_empty())
                    && texts.iter().all(|text| text.is_empty() || is(text))
            };
            if all(&|text| half_of(text).is_some()) {
                halves_above = Some(data);
            } else if !(all(&is_weekday) || sheet.is_blank_row(data)) {
                break;
            }
            data += 1;
        }
        let days = days
            .into_iter()
            .map(|(column, day)| {
                let half = halves_above.and_then(|row| half_of(&plain_cell(sheet.cell(row, column))));
                (column, day, half)
            })
            .collect();
        let halves = (0..first_day).find(|column| {
            let texts = (data..sheet.rows.len()).map(|row| plain_cell(sheet.cell(row, *column)));
            texts.filter(|text| half_of(text).is_some()).count() >= 2
        });
        let titled = (0..first_day).find(|column| {
            (header..data).any(|row| {
                let title = plain_cell(sheet.spread(row, *column)).to_lowercase();
                ["姓名", "医师", "医生", "人员", "name"]
                    .iter()
                    .any(|word| title.contains(word))
            })
        });
        let names = titled.or_else(|| {
            let named = |column: &usize| {
                // Where halves have a column, what stands in other rows is no person's.
                let is_of_half = |row: &usize| {
                    halves.is_none_or(|column| half_of(&plain_cell(sheet.spread(*row, column))).is_some())
                };
                let mut rows = (data..sheet.rows.len()).filter(is_of_half);
                Some(*column) != halves && rows.any(|row| is_name(sheet.spread(row, *column)))
            };
            (0..first_day).find(named)
        });
        Some(Self {
            header,
            data,
            days,
            names,
            halves,
        })
    }

    /// Whose row it is; blank where nobody is named, none where it is no person's.
    fn person(&self, sheet: &Sheet, row: usize) -> Option<String> {
        if sheet.is_blank_row(row) {
            return None;
        }
        let name_in = |row: usize| {
            self.names
                .map_or_else(String::new, |column| plain_cell(sheet.spread(row, column)))
        };
        let half_in = |row: usize| {
            self.halves
                .and_then(|column| half_of(&plain_cell(sheet.spread(row, column))))
        };
        let mut name = name_in(row);
        // Whose name stands beside the morning alone has the afternoon below it.
        if name.is_empty()
            && row > self.data
            && (half_in(row - 1), half_in(row)) == (Some(Half::Morning), Some(Half::Afternoon))
        {
            name = name_in(row - 1);
        }
        let first = (0..self.days[0].0)
            .map(|column| plain_cell(sheet.spread(row, column)))
            .find(|text| !text.is_empty())
            .unwrap_or_default();
        if is_total(&first) || is_foot(&first) || is_total(&name) || is_foot(&name) {
            return None;
        }
        // A sheet of one person: their rows are those of the halves.
        if let (None, Some(halves)) = (self.names, self.halves)
            && half_of(&plain_cell(sheet.spread(row, halves))).is_none()
        {
            return None;
        }
        let marked = self
            .days
            .iter()
            .any(|(column, ..)| !sheet.cell(row, *column).is_blank());
        (marked || !name.is_empty()).then_some(name)
    }

    /// Everyone who is named, in order.
    pub(crate) fn people(&self, sheet: &Sheet) -> Vec<String> {
        let mut people = Vec::new();
        for row in self.data..sheet.rows.len() {
            if let Some(name) = self.person(sheet, row)
                && !name.is_empty()
                && !people.contains(&name)
            {
                people.push(name);
            }
        }
        people
    }

    /// Whether any column says only the day of the month.
    pub(crate) fn needs_month(&self) -> bool {
        self.days.iter().any(|(_, day, _)| matches!(day, Day::OfMonth(_)))
    }
}

/// Whether a cell before the days may be somebody's name.
fn is_name(cell: &Cell) -> bool {
    let text = plain_cell(cell);
    matches!(cell, Cell::Text(_)) && half_of(&text).is_none() && !is_total(&text) && !is_foot(&text)
}

/// The columns under which days stand, ascending; of days that go back only the first run.
fn days_in(sheet: &Sheet, row: usize, frame: &Frame) -> Vec<(usize, Day)> {
    let mut days: Vec<(usize, Day)> = Vec::new();
    let mut distinct = 0;
    for column in 0..sheet.width() {
        let Some(day) = day_in(sheet.spread(row, column), frame) else {
            if distinct > 0 && distinct < 2 {
                // A serial number or a lone figure before the days.
                days.clear();
                distinct = 0;
            }
            continue;
        };
        let order = |day: Day| match day {
            Day::OfMonth(day) => (0, day, NaiveDate::MIN),
            Day::Date(date) => (1, 0, date),
        };
        match days.last() {
            Some((_, last)) if order(day) < order(*last) => break,
            Some((_, last)) if *last == day => {}
            _ => distinct += 1,
        }
        days.push((column, day));
    }
    if distinct < FEWEST_DAYS { Vec::new() } else { days }
}

fn day_in(cell: &Cell, frame: &Frame) -> Option<Day> {
    let of_month = |day: u32| (1..=31).contains(&day).then_some(Day::OfMonth(day));
    match cell {
        Cell::Date(date) => Some(Day::Date(*date)),
        Cell::Number(number) if number.fract() == 0.0 && (1.0..=31.0).contains(number) =>
        {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "from 1 to 31"
            )]
            of_month(*number as u32)
        }
        Cell::Text(text) => {
            let text = plain(text);
            let digits = text.trim_end_matches(['日', '号']);
            match digits.parse::<u32>() {
                Ok(day) => of_month(day),
                Err(_) => dates::date(cell, frame).ok().flatten().map(Day::Date),
            }
        }
        _ => None,
    }
}

fn is_weekday(text: &str) -> bool {
    let text = text
        .strip_prefix("星期")
        .or_else(|| text.strip_prefix('周'))
        .unwrap_or(text);
    ["一", "二", "三", "四", "五", "六", "日", "天", "休", "班"].contains(&text)
}

/// A row for each day of the person's marks.
pub(crate) fn read(reading: &mut Reading<'_>) -> Vec<Row> {
    let Some(shape) = Shape::of(reading.sheet, &reading.frame) else {
        return Vec::new();
    };
    let wanted = reading.mapping.person.as_deref().map(plain);
    let people = shape.people(reading.sheet);
    let mut rows = Vec::new();
    for row in shape.data.max(reading.mapping.header_rows)..reading.sheet.rows.len() {
        let Some(name) = shape.person(reading.sheet, row) else {
            let first = (0..shape.days[0].0).map(|column| plain_cell(reading.sheet.cell(row, column)));
            if first.filter(|text| !text.is_empty()).any(|text| is_total(&text)) {
                rows.push(Row {
                    place: reading.place(row, 0),
                    faults: Vec::new(),
                    part: Some(Part::Total),
                });
            }
            continue;
        };
        let mine = match &wanted {
            Some(wanted) => *wanted == name,
            None => people.len() <= 1,
        };
        if mine {
            person(reading, &shape, row, &mut rows);
        }
    }
    rows
}

fn person(reading: &mut Reading<'_>, shape: &Shape, row: usize, rows: &mut Vec<Row>) {
    let half_of_row = shape
        .halves
        .and_then(|column| half_of(&plain_cell(reading.sheet.spread(row, column))));
    for (column, day, half) in &shape.days {
        if reading.sheet.spread(row, *column).is_blank() {
            continue;
        }
        let mut faults = Vec::new();
        let (morning, afternoon) = match half.or(half_of_row) {
            Some(half) => {
                let mark = reading.half_mark(row, *column, &mut faults);
                match half {
                    Half::Morning => (mark, None),
                    Half::Afternoon => (None, mark),
                }
            }
            None => reading.day_marks(row, *column, &mut faults),
        };
        let date = match day {
            Day::Date(date) => Ok(*date),
            Day::OfMonth(day) => day_of_month(*day, &reading.frame),
        };
        let meant = [morning, afternoon].into_iter().flatten();
        let only_rest = faults.is_empty() && meant.clone().all(|means| means == Means::Nothing);
        let date = match date {
            Ok(date) => date,
            // The 30th and 31st of short months stand in many printed sheets, with a dash or nothing below them.
            Err(_) if only_rest => continue,
            Err(problem) => {
                let top = reading.sheet.spread(shape.header, *column).shown();
                faults.push(problem.at(reading.place(shape.header, *column).cell(), &top));
                NaiveDate::MIN
            }
        };
        if only_rest {
            continue;
        }
        rows.push(Row {
            place: reading.place(row, *column),
            part: faults.is_empty().then(|| {
                Part::Day(DayPart {
                    date,
                    morning,
                    afternoon,
                    note: None,
                    tallies: BTreeMap::new(),
                    assumed: [false; 2],
                    half: half.or(half_of_row),
                })
            }),
            faults,
        });
    }
}
