//! A posting without entries, the sample workbooks, and a plan told in lines.

use chrono::NaiveDate;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use uuid::Uuid;
use xiaxiangzhi_core::assess::workdays_of;
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::log::Entity;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_import::{Existing, Item, Mapping, Outcome, Plan, Workbook, guess, plan};

/// Where the sample workbooks lie.
pub(crate) fn sample(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/workbooks");
    std::fs::read(folder.join(name)).unwrap()
}

/// A posting with nothing entered, or with what `more` says.
pub(crate) fn records(more: &Value) -> Records {
    let mut document = json!({
        "format": "xiaxiangzhi.posting", "version": 1,
        "posting": {
            "id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a11", "physician": {"name": "李晓梅"},
            "start": "2026-01-05", "end": "2026-04-05", "scheme": "rotation_3m"
        }
    });
    let fields = document.as_object_mut().unwrap();
    fields.extend(more.as_object().cloned().unwrap_or_default());
    Records::from_value(document).unwrap()
}

pub(crate) fn today() -> NaiveDate {
    "2026-03-19".parse().unwrap()
}

/// The guess for each sheet that is shown.
pub(crate) fn guesses(workbook: &Workbook, file: &str, records: &Records) -> Vec<Mapping> {
    (0..workbook.sheets.len())
        .filter(|sheet| !workbook.sheets[*sheet].hidden)
        .filter_map(|sheet| guess(workbook, sheet, file, records))
        .collect()
}

pub(crate) fn planned(
    workbook: &Workbook,
    mappings: &[Mapping],
    records: &Records,
    replace: &[&str],
) -> Plan {
    planned_on(today(), workbook, mappings, records, replace)
}

/// The plan as it would be on another day.
pub(crate) fn planned_on(
    today: NaiveDate,
    workbook: &Workbook,
    mappings: &[Mapping],
    records: &Records,
    replace: &[&str],
) -> Plan {
    let workdays = workdays_of(Calendar::built_in(), records).unwrap();
    // Ids go on after those that an import before gave.
    let mut number = (records.activities.len() + records.leaves.len()) as u128;
    let existing = Existing {
        records,
        workdays: &workdays,
        today,
    };
    let replace: BTreeSet<String> = replace.iter().map(|id| (*id).to_owned()).collect();
    plan(workbook, mappings, existing, &replace, &mut || {
        number += 1;
        Uuid::from_u128(number)
    })
}

/// The plan of a file under the guesses.
pub(crate) fn plan_of(bytes: &[u8], records: &Records) -> Plan {
    let workbook = Workbook::read(bytes).unwrap();
    let mappings = guesses(&workbook, "", records);
    planned(&workbook, &mappings, records, &[])
}

/// The records once the plan is carried out.
pub(crate) fn after(records: &Records, plan: &Plan) -> Records {
    let mut document = serde_json::to_value(records).unwrap();
    for (entity, key, value) in &plan.changes {
        let list = document[entity.list().unwrap()].as_array_mut().unwrap();
        let field = entity.key_field().unwrap();
        list.retain(|record| record[field] != **key);
        list.push(value.clone());
    }
    Records::from_value(document).unwrap()
}

/// `bad C5 value code` and `new day 2026-01-05`, a line each.
pub(crate) fn told(plan: &Plan) -> Vec<String> {
    plan.items.iter().map(line).collect()
}

fn line(item: &Item) -> String {
    let outcome = serde_json::to_value(item.outcome).unwrap();
    let outcome = outcome.as_str().unwrap();
    if item.outcome == Outcome::Bad {
        let faults: Vec<String> = item
            .faults
            .iter()
            .map(|fault| format!("{} “{}” {}", fault.cell, fault.value, fault.code))
            .collect();
        return format!("{outcome} {}", faults.join(", "));
    }
    let name = item.name.as_ref().map_or("", |name| name.zh.as_str());
    let why = item
        .why
        .as_ref()
        .map_or(String::new(), |why| format!(" ({})", why.zh));
    format!("{outcome} {} {name}{why}", item.cell)
}

/// How many items have an outcome.
pub(crate) fn count(plan: &Plan, outcome: Outcome) -> usize {
    plan.items.iter().filter(|item| item.outcome == outcome).count()
}

/// The value saved for a record.
pub(crate) fn saved<'a>(plan: &'a Plan, entity: Entity, key: &str) -> &'a Value {
    let found = plan
        .changes
        .iter()
        .find(|(of, name, _)| (*of, name.as_str()) == (entity, key));
    &found.unwrap_or_else(|| panic!("{key} is not saved")).2
}
