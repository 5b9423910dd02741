//! What single rows and cells say, before it is held against each other and against the records.

use crate::book::cell_name;
use crate::dates::Frame;
use crate::fault::{Fault, Problem};
use crate::symbols::{Means, Symbols, normal};
use crate::{Cell, Mapping, Sheet, Workbook};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use xiaxiangzhi_core::posting::{ActivityKind, Half, LeaveKind, ProblemStatus, Records, TallyItem};
use xiaxiangzhi_core::scheme::Scheme;

/// Where something stands, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) sheet: usize,
    pub(crate) row: usize,
    pub(crate) column: usize,
}

impl Place {
    pub(crate) fn cell(self) -> String {
        cell_name(self.row, self.column)
    }
}

/// What the workbook says of one date.
#[derive(Debug, Clone)]
pub(crate) struct DayPart {
    pub(crate) date: NaiveDate,
    pub(crate) morning: Option<Means>,
    pub(crate) afternoon: Option<Means>,
    pub(crate) note: Option<String>,
    pub(crate) tallies: BTreeMap<String, u32>,
    /// Whether presence was not written but follows from a record: it gives way to whatever is known.
    pub(crate) assumed: [bool; 2],
    /// The row is about one half only: another one may add to it.
    pub(crate) half: Option<Half>,
}

/// What the workbook says of one activity.
#[derive(Debug, Clone)]
pub(crate) struct ActivityPart {
    pub(crate) kind: ActivityKind,
    pub(crate) date: NaiveDate,
    pub(crate) title: Option<String>,
    pub(crate) place: Option<String>,
    pub(crate) minutes: Option<u32>,
    pub(crate) participants: Option<u32>,
    pub(crate) audience: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) tallies: BTreeMap<String, u32>,
    /// It is marked as not counting toward the assessment.
    pub(crate) uncounted: bool,
}

/// What the workbook says of one leave.
#[derive(Debug, Clone)]
pub(crate) struct LeavePart {
    pub(crate) kind: LeaveKind,
    pub(crate) from: NaiveDate,
    pub(crate) from_half: Half,
    pub(crate) to: NaiveDate,
    pub(crate) to_half: Half,
    pub(crate) reason: Option<String>,
    pub(crate) approved_by: Option<String>,
    pub(crate) approved_on: Option<NaiveDate>,
    pub(crate) notified_to: Option<String>,
    pub(crate) notified_on: Option<NaiveDate>,
    pub(crate) returned_on: Option<NaiveDate>,
    /// It stands in the marks of an attendance sheet, where a leave is as long as its marks run.
    pub(crate) marked: bool,
}

/// What the workbook says of one problem.
#[derive(Debug, Clone)]
pub(crate) struct ProblemPart {
    pub(crate) date: NaiveDate,
    pub(crate) problem: Option<String>,
    pub(crate) guidance: Option<String>,
    pub(crate) corrective_action: Option<String>,
    pub(crate) responsible: Option<String>,
    pub(crate) due: Option<NaiveDate>,
    pub(crate) status: Option<ProblemStatus>,
    pub(crate) rechecked_on: Option<NaiveDate>,
    pub(crate) result: Option<String>,
}

/// What a row or a cell of an attendance sheet is.
#[derive(Debug, Clone)]
pub(crate) enum Part {
    Day(DayPart),
    Activity(ActivityPart),
    Leave(LeavePart),
    Problem(ProblemPart),
    /// 合计, 小计
    Total,
}

/// One row, or one day of an attendance sheet.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) place: Place,
    /// Without faults it is what `part` says; with them it is nothing.
    pub(crate) faults: Vec<Fault>,
    pub(crate) part: Option<Part>,
}

/// One sheet under its mapping.
pub(crate) struct Reading<'a> {
    pub(crate) sheet: &'a Sheet,
    pub(crate) mapping: &'a Mapping,
    pub(crate) own: &'a [TallyItem],
    pub(crate) frame: Frame,
    pub(crate) symbols: Symbols,
    /// The marks that came up, how often, and what they mean.
    pub(crate) marks: BTreeMap<String, (usize, Option<Means>)>,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(workbook: &'a Workbook, mapping: &'a Mapping, records: &'a Records) -> Option<Self> {
        let sheet = workbook.sheets.get(mapping.sheet)?;
        Some(Self {
            sheet,
            mapping,
            own: &records.tally_items,
            frame: Frame {
                start: records.posting.start,
                end: records.posting.end,
                month: mapping.year_and_month(),
                from_1904: workbook.from_1904,
            },
            symbols: Symbols::of(sheet, Scheme::of(records).ok(), &mapping.symbols),
            marks: BTreeMap::new(),
        })
    }

    pub(crate) fn place(&self, row: usize, column: usize) -> Place {
        Place {
            sheet: self.mapping.sheet,
            row,
            column,
        }
    }

    /// The marks of a day in one cell.
    pub(crate) fn day_marks(
        &mut self,
        row: usize,
        column: usize,
        faults: &mut Vec<Fault>,
    ) -> (Option<Means>, Option<Means>) {
        let cell = self.mark_cell(row, column);
        let read = self.symbols.day(cell);
        self.marked(row, column, read, faults).unwrap_or_default()
    }

    /// The mark of a half-day in one cell.
    pub(crate) fn half_mark(&mut self, row: usize, column: usize, faults: &mut Vec<Fault>) -> Option<Means> {
        let cell = self.mark_cell(row, column);
        let read = self.symbols.half(cell);
        self.marked(row, column, read, faults).flatten()
    }

    /// A mark that is merged over several rows or columns holds for all of them.
    fn mark_cell(&self, row: usize, column: usize) -> &'a Cell {
        self.sheet.spread(row, column)
    }

    fn marked<T>(
        &mut self,
        row: usize,
        column: usize,
        read: Result<T, String>,
        faults: &mut Vec<Fault>,
    ) -> Option<T> {
        let cell = self.mark_cell(row, column);
        if let Some(problem) = crate::text::unusable(cell) {
            faults.push(problem.at(cell_name(row, column), &cell.shown()));
            return None;
        }
        let (mark, answer) = match read {
            Ok(answer) => (normal(&cell.shown()), Some(answer)),
            Err(mark) => {
                faults.push(Problem::UnknownSymbol.at(cell_name(row, column), &cell.shown()));
                (normal(&mark), None)
            }
        };
        let means = self.symbols.means(&mark);
        if !mark.is_empty() && (means.is_some() || answer.is_none()) {
            self.marks.entry(mark).or_insert((0, means)).0 += 1;
        }
        answer
    }
}
