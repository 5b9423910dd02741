//! Lists: a row a day, an activity, a leave or a problem.

mod diary;

use crate::dates::Span;
use crate::fault::{Fault, Problem};
use crate::gather::{ActivityPart, DayPart, LeavePart, Part, Reading, Row};
use crate::grid::half_of;
use crate::text::{count, is_foot, is_total, minutes, plain, plain_cell, unusable, words};
use crate::titles::{activity_kind, leave_kind};
use crate::{Cell, Meaning, RowsAre, Sheet, dates, workload};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use xiaxiangzhi_core::posting::{Half, HalfDayStatus, NAME_LIMIT, NOTE_LIMIT};

/// Everyone who is named in a column, in order.
pub(crate) fn people(sheet: &Sheet, from: usize, column: usize) -> Vec<String> {
    let mut people = Vec::new();
    for row in from..sheet.rows.len() {
        let name = plain_cell(sheet.spread(row, column));
        if !name.is_empty() && !is_total(&name) && !is_foot(&name) && !people.contains(&name) {
            people.push(name);
        }
    }
    people
}

/// What each row says. Blank rows say nothing, sums and what stands below the table are left out. Where no column tells
/// dates, no row says anything.
pub(crate) fn read(reading: &mut Reading<'_>) -> Vec<Row> {
    if !reading.mapping.tells_dates() {
        return Vec::new();
    }
    let from = reading.mapping.header_rows;
    let person = reading.mapping.column(&Meaning::Person);
    let wanted = reading.mapping.person.as_deref().map(plain);
    let several = person.is_some_and(|column| people(reading.sheet, from, column).len() > 1);
    let mut rows = Vec::new();
    for row in from..reading.sheet.rows.len() {
        if reading.sheet.is_blank_row(row) {
            continue;
        }
        let first: Vec<String> = reading.sheet.rows[row]
            .iter()
            .map(plain_cell)
            .filter(|text| !text.is_empty())
            .collect();
        if first.iter().take(2).any(|text| is_total(text)) {
            rows.push(Row {
                place: reading.place(row, 0),
                faults: Vec::new(),
                part: Some(Part::Total),
            });
            continue;
        }
        if first.first().is_some_and(|text| is_foot(text)) {
            continue;
        }
        if let Some(column) = person {
            let name = plain_cell(reading.sheet.spread(row, column));
            let mine = match &wanted {
                Some(wanted) => *wanted == name,
                None => !several,
            };
            if !mine {
                continue;
            }
        }
        let mut line = Line {
            row,
            faults: Vec::new(),
        };
        let Some((part, column)) = line.read(reading) else {
            continue;
        };
        rows.push(Row {
            place: reading.place(row, column),
            part: part.filter(|_| line.faults.is_empty()),
            faults: line.faults,
        });
    }
    rows
}

/// One row that is being read.
struct Line {
    row: usize,
    faults: Vec<Fault>,
}

impl Line {
    /// What the row says, and in which column it begins; none where it says nothing at all.
    fn read(&mut self, reading: &mut Reading<'_>) -> Option<(Option<Part>, usize)> {
        let mapping = reading.mapping;
        let begins = mapping
            .column(&Meaning::Date)
            .or(mapping.column(&Meaning::From))
            .or(mapping.column(&Meaning::Period));
        let mapped = mapping
            .columns
            .iter()
            .enumerate()
            .filter(|(_, meaning)| !matches!(meaning, Meaning::Nothing | Meaning::Person));
        let says = mapped
            .filter(|(column, _)| !reading.sheet.cell(self.row, *column).is_blank())
            .count();
        if says == 0 {
            return None;
        }
        let column = begins.unwrap_or_default();
        let part = match mapping.rows {
            RowsAre::Days => self.day(reading).map(Part::Day),
            RowsAre::Activities => self.activity(reading).map(Part::Activity),
            RowsAre::Leaves => self.leave(reading).map(Part::Leave),
            RowsAre::Problems => self.problem(reading).map(Part::Problem),
        };
        Some((part, column))
    }

    fn fault(&mut self, reading: &Reading<'_>, column: usize, problem: &Problem) {
        let cell = reading.sheet.spread(self.row, column);
        let place = reading.place(self.row, column).cell();
        self.faults.push(problem.at(place, &cell.shown()));
    }

    /// The cell under a meaning, read.
    fn of<T>(
        &mut self,
        reading: &Reading<'_>,
        meaning: &Meaning,
        read: impl FnOnce(&Cell) -> Result<Option<T>, Problem>,
    ) -> Option<T> {
        let column = reading.mapping.column(meaning)?;
        match read(reading.sheet.cell(self.row, column)) {
            Ok(value) => value,
            Err(problem) => {
                self.fault(reading, column, &problem);
                None
            }
        }
    }

    fn title(&mut self, reading: &Reading<'_>, meaning: &Meaning) -> Option<String> {
        self.of(reading, meaning, |cell| words(cell, NAME_LIMIT, true))
    }

    /// Note and counts. Several columns may be part of one record's note, and one of them may tell counts in words.
    fn told(&mut self, reading: &Reading<'_>) -> (Option<String>, BTreeMap<String, u32>) {
        let mut parts: Vec<String> = Vec::new();
        let mut tallies = self.tallies(reading);
        for (column, meaning) in reading.mapping.columns.iter().enumerate() {
            if !matches!(meaning, Meaning::Note | Meaning::Workload) {
                continue;
            }
            let mut text = match words(reading.sheet.cell(self.row, column), NOTE_LIMIT, false) {
                Ok(Some(text)) => text,
                Ok(None) => continue,
                Err(problem) => {
                    self.fault(reading, column, &problem);
                    continue;
                }
            };
            if *meaning == Meaning::Workload {
                let (counts, words) = workload::read(&text, reading.own);
                // A column of its own for a count says it better than words do.
                for (key, count) in counts {
                    tallies.entry(key).or_insert(count);
                }
                text = words.join("\n");
            }
            if !text.is_empty() && !parts.contains(&text) {
                parts.push(text);
            }
        }
        ((!parts.is_empty()).then(|| parts.join("\n")), tallies)
    }

    fn date(&mut self, reading: &Reading<'_>, meaning: &Meaning) -> Option<NaiveDate> {
        self.of(reading, meaning, |cell| dates::date(cell, &reading.frame))
    }

    /// A date that must be there; one that is merged over several rows holds for all of them.
    fn needed(&mut self, reading: &Reading<'_>, meaning: &Meaning) -> Option<NaiveDate> {
        let Some(column) = reading.mapping.column(meaning) else {
            self.fault(reading, 0, &Problem::NoDate);
            return None;
        };
        match dates::date(reading.sheet.spread(self.row, column), &reading.frame) {
            Ok(Some(date)) => Some(date),
            Ok(None) => {
                self.fault(reading, column, &Problem::NoDate);
                None
            }
            Err(problem) => {
                self.fault(reading, column, &problem);
                None
            }
        }
    }

    fn half(&mut self, reading: &Reading<'_>, meaning: &Meaning) -> Option<Half> {
        self.of(reading, meaning, |cell| {
            let text = plain_cell(cell);
            if let Some(problem) = unusable(cell) {
                return Err(problem);
            }
            match text.as_str() {
                "" | "全天" | "一天" | "整天" | "全日" => Ok(None),
                text => half_of(text).map(Some).ok_or(Problem::NotAHalf),
            }
        })
    }

    fn tallies(&mut self, reading: &Reading<'_>) -> BTreeMap<String, u32> {
        let mut tallies = BTreeMap::new();
        for (column, meaning) in reading.mapping.columns.iter().enumerate() {
            let Meaning::Tally(key) = meaning else { continue };
            let known = xiaxiangzhi_core::posting::tally_of(key).is_some()
                || reading.own.iter().any(|item| item.key == *key);
            if !known {
                continue;
            }
            match count(reading.sheet.cell(self.row, column)) {
                Ok(Some(number)) => {
                    *tallies.entry(key.clone()).or_default() += number;
                }
                Ok(None) => {}
                Err(problem) => self.fault(reading, column, &problem),
            }
        }
        tallies
    }

    fn day(&mut self, reading: &mut Reading<'_>) -> Option<DayPart> {
        let date = self.needed(reading, &Meaning::Date);
        let half = self.half(reading, &Meaning::Half);
        let whole = reading.mapping.column(&Meaning::WholeDay);
        let (mut morning, mut afternoon) = match whole {
            Some(column) => reading.day_marks(self.row, column, &mut self.faults),
            None => (None, None),
        };
        if let Some(column) = reading.mapping.column(&Meaning::Morning) {
            morning = reading.half_mark(self.row, column, &mut self.faults).or(morning);
        }
        if let Some(column) = reading.mapping.column(&Meaning::Afternoon) {
            afternoon = reading
                .half_mark(self.row, column, &mut self.faults)
                .or(afternoon);
        }
        match half {
            Some(Half::Morning) => afternoon = None,
            Some(Half::Afternoon) => {
                afternoon = afternoon.or(morning);
                morning = None;
            }
            None => {}
        }
        let (note, tallies) = self.told(reading);
        let written = note.is_some() || !tallies.is_empty();
        let assumes = reading.mapping.present_when_written && written;
        let present = Some(crate::Means::Status(HalfDayStatus::Present));
        let mut assumed = [false; 2];
        if assumes && morning.is_none() && half != Some(Half::Afternoon) {
            (morning, assumed[0]) = (present, true);
        }
        if assumes && afternoon.is_none() && half != Some(Half::Morning) {
            (afternoon, assumed[1]) = (present, true);
        }
        Some(DayPart {
            date: date?,
            morning,
            afternoon,
            note,
            tallies,
            assumed,
            half,
        })
    }

    fn activity(&mut self, reading: &Reading<'_>) -> Option<ActivityPart> {
        let date = self.needed(reading, &Meaning::Date);
        let title = self.title(reading, &Meaning::Title);
        let said = self.of(reading, &Meaning::Kind, |cell| {
            let text = plain_cell(cell);
            match activity_kind(&text) {
                _ if text.is_empty() => Ok(None),
                Some(kind) => Ok(Some(kind)),
                None => Err(Problem::UnknownActivity),
            }
        });
        // 授课（标明不计入考核）, as our own papers say it.
        let uncounted = reading
            .mapping
            .column(&Meaning::Kind)
            .is_some_and(|column| plain_cell(reading.sheet.cell(self.row, column)).contains("不计入考核"));
        let kind = said.or(reading.mapping.activity_kind);
        if kind.is_none() && self.faults.is_empty() {
            let column = reading.mapping.column(&Meaning::Kind).unwrap_or_default();
            self.fault(reading, column, &Problem::UnknownActivity);
        }
        let place = self.title(reading, &Meaning::Place);
        let minutes = self.of(reading, &Meaning::Minutes, minutes);
        let participants = self.of(reading, &Meaning::Participants, count);
        let audience = self.title(reading, &Meaning::Audience);
        let (note, tallies) = self.told(reading);
        Some(ActivityPart {
            kind: kind?,
            date: date?,
            title,
            place,
            minutes,
            participants,
            audience,
            note,
            tallies,
            uncounted,
        })
    }

    /// First and last day of a leave, in one cell or in two.
    fn span(&mut self, reading: &Reading<'_>) -> Option<Span> {
        let Some(column) = reading.mapping.column(&Meaning::Period) else {
            let two = reading.mapping.column(&Meaning::From).is_some();
            let from = self.needed(reading, if two { &Meaning::From } else { &Meaning::Date });
            // Whoever writes one day only was away on that day.
            let to = self.date(reading, &Meaning::To).or(from);
            return Some(Span {
                from: (from?, None),
                to: (to?, None),
            });
        };
        let problem = match dates::span(reading.sheet.cell(self.row, column), &reading.frame) {
            Ok(Some(span)) => return Some(span),
            Ok(None) => Problem::NoDate,
            Err(problem) => problem,
        };
        self.fault(reading, column, &problem);
        None
    }

    fn leave(&mut self, reading: &Reading<'_>) -> Option<LeavePart> {
        let kind = self.of(reading, &Meaning::Kind, |cell| {
            leave_kind(&plain_cell(cell))
                .map(Some)
                .ok_or(Problem::UnknownLeave)
        });
        if kind.is_none() && reading.mapping.column(&Meaning::Kind).is_none() {
            self.fault(reading, 0, &Problem::UnknownLeave);
        }
        let span = self.span(reading);
        let half = self.half(reading, &Meaning::Half);
        let from_half = self
            .half(reading, &Meaning::FromHalf)
            .or(span.and_then(|span| span.from.1))
            .or(half)
            .unwrap_or(Half::Morning);
        let to_half = self
            .half(reading, &Meaning::ToHalf)
            .or(span.and_then(|span| span.to.1))
            .or(half)
            .unwrap_or(Half::Afternoon);
        let reason = self.title(reading, &Meaning::Reason);
        let approved_by = self.title(reading, &Meaning::ApprovedBy);
        let approved_on = self.date(reading, &Meaning::ApprovedOn);
        let notified_to = self.title(reading, &Meaning::NotifiedTo);
        let notified_on = self.date(reading, &Meaning::NotifiedOn);
        let returned_on = self.date(reading, &Meaning::ReturnedOn);
        let Span {
            from: (from, _),
            to: (to, _),
        } = span?;
        if (to, to_half) < (from, from_half) {
            let column = [Meaning::To, Meaning::Period, Meaning::From]
                .iter()
                .find_map(|meaning| reading.mapping.column(meaning));
            self.fault(reading, column.unwrap_or_default(), &Problem::EndsBeforeStart);
        }
        Some(LeavePart {
            kind: kind?,
            from,
            from_half,
            to,
            to_half,
            reason,
            approved_by,
            approved_on,
            notified_to,
            notified_on,
            returned_on,
            marked: false,
        })
    }
}
