//! What an import would do, row by row, and the changes that do it. Nothing is written here.

mod activities;
mod days;
mod leave_rows;
mod listed;
mod problems;

use crate::fault::{Fault, Problem, both};
use crate::gather::{ActivityPart, LeavePart, Part, Place, ProblemPart, Reading, Row};
use crate::grid::{self, Shape};
use crate::leaves::{self, Days};
use crate::{Layout, Mapping, Meaning, Means, Workbook, list};
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;
use ts_rs::TS;
use uuid::Uuid;
use xiaxiangzhi_core::calendar::Workdays;
use xiaxiangzhi_core::language::{Label, Language};
use xiaxiangzhi_core::log::{Change, Entity, FieldChange, field_changes, record_name};
use xiaxiangzhi_core::posting::{Leave, Records};
use xiaxiangzhi_core::privacy::patient_warnings;

/// What is there already.
#[derive(Debug, Clone, Copy)]
pub struct Existing<'a> {
    /// The records of the posting.
    pub records: &'a Records,
    /// Its workdays.
    pub workdays: &'a Workdays,
    /// Today: nothing is entered for later days but leave.
    pub today: NaiveDate,
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ImportOutcome")]
pub enum Outcome {
    /// It cannot be entered; its faults say why.
    Bad,
    /// Something else is there; it stays unless it is to be replaced.
    Conflict,
    /// A new record.
    New,
    /// Fills what is blank in a record that is there.
    Completes,
    /// The same is there.
    Already,
    /// Not of this posting, or not yet.
    LeftOut,
}

/// A row of the workbook, or a day of an attendance sheet, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(rename = "ImportItem")]
pub struct Item {
    /// Its name among the items of one plan, to ask for its replacement.
    pub id: String,
    /// The sheet's name.
    pub sheet: String,
    /// The row, from 1.
    pub row: usize,
    /// The cell it begins in, as `C5`.
    pub cell: String,
    /// What it becomes.
    pub outcome: Outcome,
    /// `day`, `activity`, `leave` or `problem`; null where it is not known.
    pub entity: Option<String>,
    /// The record in words; null where it is not known.
    pub name: Option<Label>,
    /// What is wrong with a bad row.
    pub faults: Vec<Fault>,
    /// Why it is left out, or what it conflicts with.
    pub why: Option<Label>,
    /// The fields that are entered or would be replaced.
    pub fields: Vec<FieldChange>,
    /// A conflict that can be settled by taking the workbook's word.
    pub replaceable: bool,
    /// A conflict that is to be settled so.
    pub replaced: bool,
    /// What looks like the identity of a patient.
    pub warnings: Vec<Label>,
}

/// A mark that came up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FoundSymbol {
    /// The mark.
    pub symbol: String,
    /// How many cells have it.
    pub count: usize,
    /// What it means; null where nobody has said.
    pub means: Option<Means>,
}

/// What was found in a sheet under its mapping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SheetFound {
    /// Which sheet, from 0.
    pub sheet: usize,
    /// Everyone who is named.
    pub people: Vec<String>,
    /// Several people are named and none is chosen.
    pub asks_person: bool,
    /// No column is known to tell dates, so that no row can be read.
    pub asks_date: bool,
    /// The marks that came up.
    pub symbols: Vec<FoundSymbol>,
    /// Rows with sums, which are left out.
    pub totals: usize,
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// Every row, the bad ones first, then conflicts, then what is entered.
    pub items: Vec<Item>,
    /// What was found in each sheet.
    pub sheets: Vec<SheetFound>,
    /// The records to save: entity, key, value.
    pub changes: Vec<(Entity, String, Value)>,
}

impl Plan {
    /// The changes that carry it out; several are one batch, so that one step takes all of them back. `id` gives ids of
    /// events.
    ///
    /// # Errors
    /// Those of `id`.
    pub fn into_changes<E>(self, mut id: impl FnMut() -> Result<Uuid, E>) -> Result<Vec<Change>, E> {
        let batch = (self.changes.len() > 1).then(&mut id).transpose()?;
        let change = |(entity, key, value)| {
            Ok(Change {
                event_id: id()?,
                entity,
                key,
                value: Some(value),
                batch,
            })
        };
        self.changes.into_iter().map(change).collect()
    }

    /// How many records of a kind are saved.
    pub fn saves(&self, entity: Entity) -> usize {
        self.changes.iter().filter(|(of, ..)| *of == entity).count()
    }
}

/// What an import would do. `replace` names the conflicts in which the workbook wins, `id` gives ids for new records.
pub fn plan(
    workbook: &Workbook,
    mappings: &[Mapping],
    existing: Existing<'_>,
    replace: &BTreeSet<String>,
    id: &mut dyn FnMut() -> Uuid,
) -> Plan {
    let mut planning = Planning {
        workbook,
        existing,
        replace,
        id,
        plan: Plan::default(),
        covering: existing.records.leaves.clone(),
    };
    let gathered = planning.gather(mappings);
    planning.leaves(gathered.leaves);
    planning.days(&gathered.days);
    planning.activities(gathered.activities);
    planning.problems(gathered.problems);
    let mut plan = planning.plan;
    // Stable: within an outcome they stay in the order in which they were read.
    plan.items.sort_by_key(|item| item.outcome);
    plan
}

/// What the sheets say, by kind.
#[derive(Default)]
struct Gathered {
    days: Days,
    activities: Vec<(ActivityPart, Place)>,
    leaves: Vec<(LeavePart, Place)>,
    problems: Vec<(ProblemPart, Place)>,
}

struct Planning<'a> {
    workbook: &'a Workbook,
    existing: Existing<'a>,
    replace: &'a BTreeSet<String>,
    id: &'a mut dyn FnMut() -> Uuid,
    plan: Plan,
    /// Leaves that are there or come with the import.
    covering: Vec<Leave>,
}

/// How a row stands to the record that is there.
struct Standing<'v> {
    outcome: Outcome,
    before: Option<&'v Value>,
    after: &'v Value,
    why: Option<Label>,
    replaceable: bool,
}

impl Planning<'_> {
    fn gather(&mut self, mappings: &[Mapping]) -> Gathered {
        let mut gathered = Gathered::default();
        for mapping in mappings {
            let Some(mut reading) = Reading::new(self.workbook, mapping, self.existing.records) else {
                continue;
            };
            let rows = match mapping.layout {
                Layout::Grid => grid::read(&mut reading),
                Layout::List => list::read(&mut reading),
            };
            let is_total = |row: &&Row| matches!(row.part, Some(Part::Total));
            let totals = rows.iter().filter(is_total).count();
            for row in rows {
                self.row(row, &mut gathered);
            }
            let found = found(&reading, totals);
            self.plan.sheets.push(found);
        }
        let marked = leaves::marked(&gathered.days, self.existing.workdays);
        gathered.leaves.extend(marked);
        gathered
    }

    /// Puts a row with those of its kind; bad ones, and those of another time, are done with here.
    fn row(&mut self, row: Row, gathered: &mut Gathered) {
        let place = row.place;
        match row.part {
            _ if !row.faults.is_empty() => self.bad(place, row.faults),
            Some(Part::Day(part)) if self.in_time(place, Entity::Day, part.date) => {
                self.one_day(&mut gathered.days, part, place);
            }
            Some(Part::Activity(part)) if self.in_time(place, Entity::Activity, part.date) => {
                gathered.activities.push((part, place));
            }
            Some(Part::Problem(part)) if self.in_time(place, Entity::Problem, part.date) => {
                gathered.problems.push((part, place));
            }
            Some(Part::Leave(part)) => {
                let posting = &self.existing.records.posting;
                if part.to < posting.start || part.from > posting.end {
                    let why = outside_words(part.from, posting.start, posting.end);
                    self.left_out(place, Entity::Leave, &why);
                } else {
                    gathered.leaves.push((part, place));
                }
            }
            _ => {}
        }
    }

    /// Whether a date is of this posting and not later than today; else it is left out, and that is said.
    fn in_time(&mut self, place: Place, entity: Entity, date: NaiveDate) -> bool {
        let posting = &self.existing.records.posting;
        let why = if date < posting.start || date > posting.end {
            outside_words(date, posting.start, posting.end)
        } else if date > self.existing.today {
            both(|language| {
                language
                    .pick("{date} 还没到", "{date} has not come yet")
                    .replace("{date}", &date.to_string())
            })
        } else {
            return true;
        };
        self.left_out(place, entity, &why);
        false
    }

    fn item(&self, id: String, place: Place, outcome: Outcome) -> Item {
        let sheet = self.workbook.sheets.get(place.sheet);
        Item {
            id,
            sheet: sheet.map(|sheet| sheet.name.clone()).unwrap_or_default(),
            row: place.row + 1,
            cell: place.cell(),
            outcome,
            entity: None,
            name: None,
            faults: Vec::new(),
            why: None,
            fields: Vec::new(),
            replaceable: false,
            replaced: false,
            warnings: Vec::new(),
        }
    }

    fn bad(&mut self, place: Place, faults: Vec<Fault>) {
        let id = format!("bad/{}/{}", place.sheet, place.cell());
        let mut item = self.item(id, place, Outcome::Bad);
        item.faults = faults;
        self.plan.items.push(item);
    }

    fn bad_for(&mut self, place: Place, problem: &Problem) {
        let shown = self
            .workbook
            .sheets
            .get(place.sheet)
            .map(|sheet| sheet.spread(place.row, place.column).shown());
        self.bad(place, vec![problem.at(place.cell(), &shown.unwrap_or_default())]);
    }

    fn left_out(&mut self, place: Place, entity: Entity, why: &Label) {
        let id = format!("left/{}/{}", place.sheet, place.cell());
        let mut item = self.item(id, place, Outcome::LeftOut);
        item.entity = Some(entity.name().to_owned());
        item.why = Some(why.clone());
        // The two halves of a day are left out as one.
        let said = self.plan.items.last();
        if said.is_none_or(|last| (last.row, &last.sheet, &last.why) != (item.row, &item.sheet, &item.why)) {
            self.plan.items.push(item);
        }
    }

    /// Adds the item of a row, and its change where it makes one; answers whether it is entered.
    fn stand(&mut self, place: Place, id: String, entity: Entity, key: &str, standing: Standing<'_>) -> bool {
        let replaced = standing.replaceable && self.replace.contains(&id);
        let mut item = self.item(id, place, standing.outcome);
        item.entity = Some(entity.name().to_owned());
        item.name = Some(record_name(entity, key, Some(standing.after)));
        item.why = standing.why;
        item.replaceable = standing.replaceable;
        item.replaced = replaced;
        let own = &self.existing.records.tally_items;
        if standing.outcome != Outcome::Already {
            item.fields = field_changes(entity, standing.before, Some(standing.after), own);
        }
        let enters = replaced || matches!(standing.outcome, Outcome::New | Outcome::Completes);
        if enters {
            let said = patient_warnings(entity, standing.after);
            item.warnings = said
                .iter()
                .map(|warning| both(|language: Language| warning.identity.describe(language).to_owned()))
                .collect();
            self.plan
                .changes
                .push((entity, key.to_owned(), standing.after.clone()));
        }
        self.plan.items.push(item);
        enters
    }
}

fn outside_words(date: NaiveDate, start: NaiveDate, end: NaiveDate) -> Label {
    both(|language| {
        language
            .pick(
                "{date} 不在派驻期内（{start} 至 {end}）",
                "{date} is outside the posting ({start} to {end})",
            )
            .replace("{date}", &date.to_string())
            .replace("{start}", &start.to_string())
            .replace("{end}", &end.to_string())
    })
}

fn found(reading: &Reading<'_>, totals: usize) -> SheetFound {
    let mapping = reading.mapping;
    let people = match mapping.layout {
        Layout::Grid => Shape::of(reading.sheet, &reading.frame)
            .map_or_else(Vec::new, |shape| shape.people(reading.sheet)),
        Layout::List => mapping.column(&Meaning::Person).map_or_else(Vec::new, |column| {
            list::people(reading.sheet, mapping.header_rows, column)
        }),
    };
    let mut symbols: Vec<FoundSymbol> = reading
        .marks
        .iter()
        .map(|(symbol, (count, means))| FoundSymbol {
            symbol: symbol.clone(),
            count: *count,
            means: *means,
        })
        .collect();
    symbols.sort_by_key(|symbol| (symbol.means.is_some(), usize::MAX - symbol.count));
    SheetFound {
        sheet: mapping.sheet,
        asks_person: people.len() > 1 && mapping.person.is_none(),
        asks_date: !mapping.tells_dates(),
        people,
        symbols,
        totals,
    }
}
