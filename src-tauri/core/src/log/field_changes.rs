//! What changed in a record, field by field, in the trade's words: for its history, and for what a restore would do.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

use super::entered::parse_date;
use super::field_names::{SCHEME_PARTS, Shown, fields_of};
use super::{ERASED_TEXT, Entity};
use crate::language::{Label, Language, MONTHS};
use crate::posting::{TallyItem, tally_of};

/// One field of a record, as it was and as it became.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FieldChange {
    /// The field as a JSON pointer into the record (`/note`, `/tallies/outpatient_visits`).
    pub field: String,
    /// Its name: 记录, 上午, 门诊.
    pub name: Label,
    /// What it was; null where it was blank or the record was not there.
    pub before: Option<Label>,
    /// What it became; null where it is blank or the record was removed.
    pub after: Option<Label>,
}

/// The fields that differ between two values of one record, in the order in which its form shows them. None stands for a
/// record that is not there: then every field that was or became something is named. `own` are the posting's own
/// statistics, for their labels.
pub fn field_changes(
    entity: Entity,
    before: Option<&Value>,
    after: Option<&Value>,
    own: &[TallyItem],
) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    let both = |pointer: &str| [before, after].map(|value| value.and_then(|value| value.pointer(pointer)));
    for field in fields_of(entity) {
        match field.shown {
            Shown::Tallies => tallies(field.pointer, both(field.pointer), own, &mut changes),
            shown => {
                let told = [before, after].map(|value| tell(shown, field.pointer, value?));
                let told = match shown {
                    // That something counts is the rule, and worth a line only where it changes.
                    Shown::YesUnlessNo if before.is_none() || after.is_none() => {
                        told.map(|said| said.filter(|said| *said == no()))
                    }
                    _ => told,
                };
                push(&mut changes, field.pointer.to_owned(), field.name(), told);
            }
        }
    }
    if entity == Entity::Scheme {
        parts_of_scheme([before, after], &mut changes);
    } else {
        others(entity, [before, after], &mut changes);
    }
    if changes.is_empty() && before.is_some() && after.is_some() && before != after {
        // Deep in what another program keeps: not worth words, but no change is hidden.
        push(
            &mut changes,
            String::new(),
            label("其他内容", "Other content"),
            other_than_before(),
        );
    }
    changes
}

fn other_than_before() -> [Option<Label>; 2] {
    [
        Some(label("原来的", "as before")),
        Some(label("改过的", "changed")),
    ]
}

/// A scheme's parts are whole documents: that one differs is said, what it says stands in the scheme.
fn parts_of_scheme(both: [Option<&Value>; 2], changes: &mut Vec<FieldChange>) {
    let [Some(before), Some(after)] = both else { return };
    for (part, zh, en) in SCHEME_PARTS {
        if before.get(part) != after.get(part) {
            push(changes, format!("/{part}"), label(zh, en), other_than_before());
        }
    }
}

fn push(changes: &mut Vec<FieldChange>, field: String, name: Label, [before, after]: [Option<Label>; 2]) {
    if before != after {
        changes.push(FieldChange {
            field,
            name,
            before,
            after,
        });
    }
}

/// What a field says, in words; none where it is blank.
fn tell(shown: Shown, pointer: &str, record: &Value) -> Option<Label> {
    let value = record.pointer(pointer).filter(|value| !value.is_null())?;
    match shown {
        Shown::Text | Shown::Tallies => {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            (!text.trim().is_empty()).then(|| text_label(&text))
        }
        Shown::Date => Some(date_label(value.as_str()?)),
        Shown::Moment(half) => {
            let date = date_label(value.as_str()?);
            let half = record
                .pointer(half)
                .and_then(Value::as_str)
                .and_then(super::field_names::half);
            Some(match half {
                Some(half) => Label {
                    zh: format!("{} {}", date.zh, half.zh),
                    en: format!("{}, {}", date.en, half.en.to_lowercase()),
                },
                None => date,
            })
        }
        Shown::Kind(name) => {
            let word = value.as_str()?;
            Some(name(word).unwrap_or_else(|| text_label(word)))
        }
        Shown::Count(zh, en) => Some(Label {
            zh: format!("{value} {zh}").trim_end().to_owned(),
            en: format!("{value} {en}").trim_end().to_owned(),
        }),
        Shown::YesUnlessNo if value.as_bool()? => Some(label("计入", "yes")),
        Shown::YesUnlessNo => Some(no()),
        Shown::Names => {
            let names: Vec<&str> = value.as_array()?.iter().filter_map(file_name).collect();
            (!names.is_empty()).then(|| Label {
                zh: names.join("、"),
                en: names.join(", "),
            })
        }
    }
}

fn no() -> Label {
    label("不计入", "no")
}

/// An attachment by the name it came with, else by its hash.
fn file_name(attachment: &Value) -> Option<&str> {
    let text = |field: &str| attachment.get(field).and_then(Value::as_str);
    text("name").or_else(|| text("sha256"))
}

fn tallies(pointer: &str, both: [Option<&Value>; 2], own: &[TallyItem], changes: &mut Vec<FieldChange>) {
    let maps = both.map(|value| value.and_then(Value::as_object));
    let mut keys: Vec<&String> = maps.iter().flatten().flat_map(|map| map.keys()).collect();
    keys.sort();
    keys.dedup();
    for key in keys {
        let (name, unit) = tally_words(key, own);
        let told = maps.map(|map| {
            let value = map?.get(key).filter(|value| !value.is_null())?;
            Some(Label {
                zh: format!("{value} {}", unit.zh).trim_end().to_owned(),
                en: format!("{value} {}", unit.en).trim_end().to_owned(),
            })
        });
        push(changes, format!("{pointer}/{key}"), name, told);
    }
}

/// Label and unit of a tally, built in or the posting's own.
fn tally_words(key: &str, own: &[TallyItem]) -> (Label, Label) {
    if let Some(tally) = tally_of(key) {
        let of = |text: fn(&crate::posting::Tally, Language) -> &'static str| {
            label(text(tally, Language::Chinese), text(tally, Language::English))
        };
        return (of(crate::posting::Tally::label), of(crate::posting::Tally::unit));
    }
    let item = own.iter().find(|item| item.key == key);
    let name = item.map_or(key, |item| item.label.as_str());
    let unit = item.and_then(|item| item.unit.as_deref()).unwrap_or_default();
    (label(name, name), label(unit, unit))
}

/// What no list names, such as another program's fields: shown as it is, so that no change is hidden.
fn others(entity: Entity, both: [Option<&Value>; 2], changes: &mut Vec<FieldChange>) {
    let known: Vec<&str> = fields_of(entity)
        .iter()
        .flat_map(|field| [Some(field.pointer), field.shown.second()])
        .flatten()
        .filter_map(|pointer| pointer.split('/').nth(1))
        .chain(entity.key_field())
        .chain((entity == Entity::Posting).then_some("id"))
        .collect();
    let maps: [Option<&Map<String, Value>>; 2] = both.map(|value| value.and_then(Value::as_object));
    let mut names: Vec<&String> = maps.iter().flatten().flat_map(|map| map.keys()).collect();
    names.sort();
    names.dedup();
    for name in names.into_iter().filter(|name| !known.contains(&name.as_str())) {
        let told = maps.map(|map| {
            let value = map?.get(name).filter(|value| !value.is_null())?;
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            Some(label(&text, &text))
        });
        push(changes, format!("/{name}"), label(name, name), told);
    }
}

fn text_label(text: &str) -> Label {
    if text == ERASED_TEXT {
        return label(ERASED_TEXT, "[erased]");
    }
    label(text, text)
}

fn date_label(text: &str) -> Label {
    parse_date(text).map_or_else(|| label(text, text), long_date)
}

/// 2026年3月2日, 2 March 2026
pub(super) fn long_date(date: NaiveDate) -> Label {
    use chrono::Datelike;
    Label {
        zh: format!("{}年{}", date.year(), short_date(date).zh),
        en: format!("{} {}", short_date(date).en, date.year()),
    }
}

/// 3月2日, 2 March
pub(super) fn short_date(date: NaiveDate) -> Label {
    use chrono::Datelike;
    let month = MONTHS.get(date.month0() as usize).copied().unwrap_or_default();
    Label {
        zh: format!("{}月{}日", date.month(), date.day()),
        en: format!("{} {month}", date.day()),
    }
}

pub(super) fn label(zh: &str, en: &str) -> Label {
    Label {
        zh: zh.to_owned(),
        en: en.to_owned(),
    }
}
