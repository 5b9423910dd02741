//! Reading a scheme document, and what must hold in it.

use super::{CadenceWindow, FORM_NAMES, FORMAT, Scheme, marks};
use crate::posting::{MOST_COUNTED, Records, tally_of};
use serde_json::Value;
use std::collections::HashSet;
use thiserror::Error;

/// A scheme that cannot be used. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SchemeError {
    /// Not a scheme document: wrong JSON, a field missing or unknown.
    #[error("{0}")]
    Unreadable(String),
    /// Another format.
    #[error("/format: \"{0}\" is not a scheme; expected \"xiaxiangzhi.scheme\"")]
    Format(String),
    /// A value out of its range.
    #[error("{place}: {value} is not allowed; allowed: {allowed}")]
    Value {
        /// JSON pointer.
        place: String,
        /// What stands there.
        value: String,
        /// What may stand there.
        allowed: String,
    },
    /// The records name a scheme that is neither built in nor sent along.
    #[error(
        "/posting/scheme: \"{id}\" is no built-in scheme and none came with the records; built in: {built_in}"
    )]
    Unknown {
        /// The id.
        id: String,
        /// The built-in ids.
        built_in: String,
    },
}

impl SchemeError {
    /// A stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "unknown_scheme",
            _ => "invalid_scheme",
        }
    }
}

impl Scheme {
    /// Reads a scheme document.
    ///
    /// # Errors
    /// What is wrong, where, and what is allowed.
    pub fn from_json(json: &str) -> Result<Self, SchemeError> {
        let json = json.strip_prefix('\u{FEFF}').unwrap_or(json);
        let scheme: Self =
            serde_json::from_str(json).map_err(|error| SchemeError::Unreadable(error.to_string()))?;
        scheme.checked()
    }

    /// Reads a scheme document that is already parsed.
    ///
    /// # Errors
    /// As [`Scheme::from_json`].
    pub fn from_value(value: Value) -> Result<Self, SchemeError> {
        let scheme: Self =
            serde_json::from_value(value).map_err(|error| SchemeError::Unreadable(error.to_string()))?;
        scheme.checked()
    }

    /// The scheme that judges these records: the one they carry, or the built-in one they name.
    ///
    /// # Errors
    /// [`SchemeError::Unknown`] if they do neither.
    pub fn of(records: &Records) -> Result<&Self, SchemeError> {
        if let Some(scheme) = &records.scheme_document {
            return Ok(scheme);
        }
        let id = &records.posting.scheme;
        super::built_in(id).ok_or_else(|| SchemeError::Unknown {
            id: id.clone(),
            built_in: super::built_in_ids().join(", "),
        })
    }

    fn checked(self) -> Result<Self, SchemeError> {
        if self.format != FORMAT {
            return Err(SchemeError::Format(self.format));
        }
        let id_like = |id: &str| {
            !id.is_empty()
                && id
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        };
        must(id_like(&self.id), "/id", &self.id, "a-z 0-9 _")?;
        must(
            (1..=MOST_COUNTED).contains(&self.version),
            "/version",
            self.version,
            "1 to 1000000",
        )?;
        must(
            (1..=20).contains(&self.period.quarters),
            "/period/quarters",
            self.period.quarters,
            "1 to 20",
        )?;
        let mut ids = HashSet::from([self.attendance.id.as_str()]);
        for (index, duty) in self.duties.iter().enumerate() {
            let at = |field: &str| format!("/duties/{index}/{field}");
            must(
                id_like(&duty.id) && ids.insert(&duty.id),
                &at("id"),
                &duty.id,
                "a-z 0-9 _, each once",
            )?;
            must(
                !duty.kinds.is_empty(),
                &at("kinds"),
                "[]",
                "at least one activity kind",
            )?;
            must(duty.minimum <= 1_000, &at("minimum"), duty.minimum, "0 to 1000")?;
            must(
                duty.minimum_gap_days <= 366,
                &at("minimum_gap_days"),
                duty.minimum_gap_days,
                "0 to 366",
            )?;
            let most = duty.max_per_day.unwrap_or(1);
            must(
                (1..=1_000).contains(&most),
                &at("max_per_day"),
                most,
                "1 to 1000, or null",
            )?;
            if let Some(CadenceWindow::Days(days)) = duty.cadence.as_ref().map(|cadence| cadence.window) {
                must(
                    (1..=366).contains(&days),
                    &at("cadence/window/days"),
                    days,
                    "1 to 366",
                )?;
            }
        }
        let percent = self.attendance.minimum_percent;
        must(percent <= 100, "/attendance/minimum_percent", percent, "0 to 100")?;
        must(
            !self.consequences.steps.is_empty(),
            "/consequences/steps",
            "[]",
            "a row for 0 failed, and more",
        )?;
        for (index, step) in self.consequences.steps.iter().enumerate() {
            let place = format!("/consequences/steps/{index}");
            let in_order = usize::try_from(step.failed) == Ok(index);
            must(
                in_order,
                &format!("{place}/failed"),
                step.failed,
                "0, 1, 2 ... in order",
            )?;
            let months = self.consequences.subsidy.months;
            let within = step.months_deducted <= months;
            must(
                within,
                &format!("{place}/months_deducted"),
                step.months_deducted,
                &format!("0 to {months}"),
            )?;
        }
        for (index, key) in self.tallies.iter().enumerate() {
            must(
                tally_of(key).is_some(),
                &format!("/tallies/{index}"),
                key,
                "a key of the tally catalogue",
            )?;
        }
        self.check_forms()?;
        Ok(self)
    }

    /// The marks and titles of forms that are the hospital's own.
    fn check_forms(&self) -> Result<(), SchemeError> {
        let marks = marks(self);
        for (key, symbol) in &self.attendance.symbols {
            let place = format!("/attendance/symbols/{key}");
            let known = marks.iter().any(|mark| mark.key == key);
            must(
                known,
                &place,
                key,
                "a half-day's status, a kind of leave, no_work_recorded, no_rest_day_work, unrecorded",
            )?;
            let plain = |c: char| !c.is_whitespace() && !c.is_control();
            let short = (1..=2).contains(&symbol.chars().count()) && symbol.chars().all(plain);
            must(short, &place, symbol, "1 or 2 characters")?;
            let same = marks.iter().filter(|mark| mark.symbol == *symbol).count();
            must(same == 1, &place, symbol, "each mark for one thing only")?;
        }
        for (name, title) in &self.form_titles {
            let place = format!("/form_titles/{name}");
            must(
                FORM_NAMES.contains(&name.as_str()),
                &place,
                name,
                &FORM_NAMES.join(", "),
            )?;
            let plain = !title.trim().is_empty() && !title.chars().any(char::is_control);
            must(
                plain && title.chars().count() <= 40,
                &place,
                title,
                "1 to 40 characters in one line",
            )?;
        }
        Ok(())
    }
}

fn must(holds: bool, place: &str, value: impl ToString, allowed: &str) -> Result<(), SchemeError> {
    if holds {
        return Ok(());
    }
    Err(SchemeError::Value {
        place: place.into(),
        value: value.to_string(),
        allowed: allowed.into(),
    })
}
