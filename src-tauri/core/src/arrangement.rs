//! A year's arrangement of holidays, loaded into one posting: from the notice's text, or from overrides as JSON.

use chrono::{Datelike, NaiveDate};
use encoding_rs::{Encoding, GB18030, UTF_8};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};
use ts_rs::TS;
use uuid::Uuid;

use crate::calendar::{Calendar, DayKind, NoticeDay, NoticeReading, Standing, read_notice};
use crate::posting::{BadRecords, CalendarOverride, FORMAT, OverrideKind, Records, VERSION};

/// What was read, and the overrides that would put it into a posting.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Arrangement {
    /// What the text says.
    #[serde(flatten)]
    pub reading: NoticeReading,
    /// An override for each of its days, in date order.
    pub calendar_overrides: Vec<CalendarOverride>,
}

/// What taking one date would do to a posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Nothing is known of the date but what is built in: it is added.
    Added,
    /// The posting has it already.
    Already,
    /// An arrangement loaded before says otherwise: it is replaced.
    Replaced,
    /// The built-in calendar, as published, says the same: nothing to add.
    BuiltIn,
    /// The unit's own roster has an entry for the date: that stays.
    OwnRoster,
}

impl Effect {
    /// Whether the posting changes.
    pub fn is_change(self) -> bool {
        matches!(self, Self::Added | Self::Replaced)
    }
}

/// Reads a text: overrides where it is JSON, else a notice. `likely_year` as for [`read_notice`].
///
/// # Errors
/// The faults of JSON that holds no overrides; a notice has none, only doubts.
pub fn read(text: &str, likely_year: i32) -> Result<Arrangement, BadRecords> {
    let text = text.trim_start_matches('\u{FEFF}');
    if text.trim_start().starts_with(['{', '[']) {
        return from_json(text);
    }
    let reading = read_notice(text, likely_year);
    let reason = match (&reading.title, &reading.number) {
        (Some(title), Some(number)) => Some(format!("《{title}》{number}")),
        (Some(title), None) => Some(format!("《{title}》")),
        (None, number) => number.clone(),
    };
    let calendar_overrides = reading
        .days
        .iter()
        .map(|day| CalendarOverride {
            date: day.date,
            kind: match day.kind {
                DayKind::Rest => OverrideKind::RestDay,
                DayKind::Work => OverrideKind::Workday,
            },
            reason: reason.clone(),
            holiday: Some(day.name.clone()),
            arrangement_year: reading.year.and_then(|year| u32::try_from(year).ok()),
            extra: serde_json::Map::new(),
        })
        .collect();
    Ok(Arrangement {
        reading,
        calendar_overrides,
    })
}

/// A list of overrides, an object with `calendar_overrides`, or whole records.
fn from_json(text: &str) -> Result<Arrangement, BadRecords> {
    let records = match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(object)) if object.contains_key("format") => Records::from_json(text)?,
        Ok(Value::Object(mut object)) if object.contains_key("calendar_overrides") => {
            with_overrides(object.remove("calendar_overrides").unwrap_or_default())?
        }
        Ok(list @ Value::Array(_)) => with_overrides(list)?,
        // Refused in the words for records.
        _ => Records::from_json(text)?,
    };
    let mut calendar_overrides = records.calendar_overrides;
    calendar_overrides.sort_by_key(|one| one.date);
    let days = calendar_overrides
        .iter()
        .filter_map(|one| {
            let kind = match one.kind {
                OverrideKind::RestDay => DayKind::Rest,
                OverrideKind::Workday => DayKind::Work,
            };
            let known = Calendar::built_in().day(one.date).ok()?;
            Some(NoticeDay {
                date: one.date,
                kind,
                name: one.holiday.clone().unwrap_or_default(),
                sentence: one.reason.clone().unwrap_or_default(),
                built_in: Standing::of(&known, kind),
            })
        })
        .collect();
    let year = calendar_overrides.iter().find_map(|one| one.arrangement_year);
    Ok(Arrangement {
        reading: NoticeReading {
            year: year.and_then(|year| i32::try_from(year).ok()),
            days,
            ..NoticeReading::default()
        },
        calendar_overrides,
    })
}

fn with_overrides(list: Value) -> Result<Records, BadRecords> {
    Records::from_value(json!({
        "format": FORMAT,
        "version": VERSION,
        "posting": {"id": Uuid::nil(), "start": "2026-01-05", "end": "2026-04-05", "scheme": "rotation_3m"},
        "calendar_overrides": list,
    }))
}

/// What taking an override would do to a posting that has these records.
pub fn effect(records: &Records, wanted: &CalendarOverride) -> Effect {
    let known = records
        .calendar_overrides
        .iter()
        .find(|one| one.date == wanted.date);
    match known {
        Some(known) if known == wanted => Effect::Already,
        Some(known) if known.arrangement_year.is_none() && wanted.arrangement_year.is_some() => {
            Effect::OwnRoster
        }
        Some(_) => Effect::Replaced,
        None if says_the_same(wanted) => Effect::BuiltIn,
        None => Effect::Added,
    }
}

fn says_the_same(wanted: &CalendarOverride) -> bool {
    Calendar::built_in()
        .day(wanted.date)
        .is_ok_and(|day| !day.provisional && day.workday == (wanted.kind == OverrideKind::Workday))
}

/// The year whose arrangement a posting most likely waits for: its first provisional one, else the one it starts in.
pub fn likely_year(start: NaiveDate, end: NaiveDate) -> i32 {
    (start.year()..=end.year())
        .find(|year| !Calendar::is_published(*year))
        .unwrap_or_else(|| start.year())
}

/// The text of a file: UTF-8, UTF-16 with its mark, or what Chinese Windows writes (GB 18030). `None` if it is none.
pub fn text_of_file(bytes: &[u8]) -> Option<String> {
    if bytes.contains(&0) && Encoding::for_bom(bytes).is_none() {
        return None;
    }
    let (encoding, _) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    for encoding in [encoding, GB18030] {
        let (text, _, damaged) = encoding.decode(bytes);
        if !damaged {
            return Some(text.into_owned());
        }
    }
    None
}
