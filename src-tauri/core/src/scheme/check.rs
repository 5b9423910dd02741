//! Reading a scheme document, and what must hold in it.

use super::{
    CadenceRule, CadenceWindow, Duty, FORM_NAMES, FORMAT, PeriodStart, PointSheet, PointSource, Scheme, marks,
};
use crate::posting::{MOST_COUNTED, Records, tally_of};
use serde_json::Value;
use std::collections::HashSet;
use thiserror::Error;

const IDS: &str = "a-z 0-9 _, each once";
const TALLIES: &str = "a key of the tally catalogue";

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
        must(id_like(&self.id), "/id", &self.id, "a-z 0-9 _")?;
        must(
            (1..=MOST_COUNTED).contains(&self.version),
            "/version",
            self.version,
            "1 to 1000000",
        )?;
        self.check_period()?;
        let mut ids = HashSet::from([self.attendance.id.as_str()]);
        self.check_asked(&mut ids)?;
        for (index, duty) in self.duties.iter().enumerate() {
            let at = |field: &str| format!("/duties/{index}/{field}");
            must(
                id_like(&duty.id) && ids.insert(&duty.id),
                &at("id"),
                &duty.id,
                IDS,
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
            let least = duty.minimum_minutes.unwrap_or(1);
            must(
                (1..=MOST_COUNTED).contains(&least),
                &at("minimum_minutes"),
                least,
                "1 to 1000000, or null",
            )?;
            let window = duty.cadence.as_ref().map(|cadence| cadence.window);
            let (name, length, most) = match window {
                Some(CadenceWindow::Days(days)) => ("days", days, 366),
                Some(CadenceWindow::PostingMonths(months)) => ("posting_months", months, 60),
                Some(CadenceWindow::CalendarMonths(months)) => ("calendar_months", months, 60),
                Some(CadenceWindow::CalendarWeek) | None => continue,
            };
            must(
                (1..=most).contains(&length),
                &at(&format!("cadence/window/{name}")),
                length,
                &format!("1 to {most}"),
            )?;
        }
        let percent = self.attendance.minimum_percent;
        must(percent <= 100, "/attendance/minimum_percent", percent, "0 to 100")?;
        self.check_subsidy()?;
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
                TALLIES,
            )?;
        }
        self.check_forms()?;
        Ok(self)
    }

    /// How long a posting lasts: counted in quarters or in months.
    fn check_period(&self) -> Result<(), SchemeError> {
        let period = &self.period;
        let by_quarters = period.starts == PeriodStart::FirstMondayOfQuarter;
        let (in_use, of, other, of_other) = if by_quarters {
            ("quarters", period.quarters, "months", period.months)
        } else {
            ("months", period.months, "quarters", period.quarters)
        };
        let most = if by_quarters { 20 } else { 60 };
        must(
            (1..=most).contains(&of),
            &format!("/period/{in_use}"),
            of,
            &format!("1 to {most}"),
        )?;
        must(
            of_other == 0,
            &format!("/period/{other}"),
            of_other,
            &format!("0, for this period is counted in {in_use}"),
        )
    }

    /// 补助, within what can be added up.
    fn check_subsidy(&self) -> Result<(), SchemeError> {
        let subsidy = &self.consequences.subsidy;
        for (field, value, most) in [
            ("days_per_month", subsidy.days_per_month, 31),
            ("fen_per_day", subsidy.fen_per_day, 100_000_000),
            ("months", subsidy.months, 120),
        ] {
            let place = format!("/consequences/subsidy/{field}");
            must(value <= most, &place, value, &format!("0 to {most}"))?;
        }
        Ok(())
    }

    /// Quotas, the least duration, allowances, the sheet of points, the appraisal.
    fn check_asked<'a>(&'a self, ids: &mut HashSet<&'a str>) -> Result<(), SchemeError> {
        for (index, quota) in self.quotas.iter().enumerate() {
            let at = |field: &str| format!("/quotas/{index}/{field}");
            must(
                id_like(&quota.id) && ids.insert(&quota.id),
                &at("id"),
                &quota.id,
                IDS,
            )?;
            must(
                tally_of(&quota.tally).is_some(),
                &at("tally"),
                &quota.tally,
                TALLIES,
            )?;
            must(
                quota.minimum <= MOST_COUNTED,
                &at("minimum"),
                quota.minimum,
                "0 to 1000000",
            )?;
        }
        if let Some(rule) = &self.period.minimum {
            let at = |field: &str| format!("/period/minimum/{field}");
            must(
                id_like(&rule.id) && ids.insert(&rule.id),
                &at("id"),
                &rule.id,
                IDS,
            )?;
            must(
                (1..=60).contains(&rule.months),
                &at("months"),
                rule.months,
                "1 to 60",
            )?;
        }
        for (index, allowance) in self.allowances.iter().enumerate() {
            let at = |field: &str| format!("/allowances/{index}/{field}");
            let new = id_like(&allowance.id) && ids.insert(&allowance.id);
            must(new, &at("id"), &allowance.id, IDS)?;
            let times = allowance.per_posting_month;
            must(
                (1..=31).contains(&times),
                &at("per_posting_month"),
                times,
                "1 to 31",
            )?;
        }
        if let Some(sheet) = &self.points {
            // What the sheet refers to is a duty, a quota, the duration or attendance: the sheet itself comes after.
            self.check_points(sheet, ids)?;
        }
        Ok(())
    }

    fn check_points<'a>(
        &'a self,
        sheet: &'a PointSheet,
        ids: &mut HashSet<&'a str>,
    ) -> Result<(), SchemeError> {
        must(
            id_like(&sheet.id) && ids.insert(&sheet.id),
            "/points/id",
            &sheet.id,
            IDS,
        )?;
        let mut items = HashSet::new();
        for (index, item) in sheet.items.iter().enumerate() {
            let at = |field: &str| format!("/points/items/{index}/{field}");
            must(
                id_like(&item.id) && items.insert(&item.id),
                &at("id"),
                &item.id,
                IDS,
            )?;
            must(
                (1..=100).contains(&item.weight),
                &at("weight"),
                item.weight,
                "1 to 100",
            )?;
            match &item.from {
                PointSource::Requirement(id) => {
                    let known: Vec<&str> = self.measured().collect();
                    let allowed = if known.is_empty() {
                        "a requirement that asks a number: there is none".to_owned()
                    } else {
                        known.join(", ")
                    };
                    let fits = known.contains(&id.as_str());
                    must(fits, &at("from/requirement"), id, &allowed)?;
                }
                PointSource::Tally { key, full } => {
                    must(tally_of(key).is_some(), &at("from/tally/key"), key, TALLIES)?;
                    let full_fits = (1..=MOST_COUNTED).contains(full);
                    must(full_fits, &at("from/tally/full"), full, "1 to 1000000")?;
                }
                PointSource::Document(_) | PointSource::Office => {}
            }
        }
        let sum: u32 = sheet.items.iter().map(|item| item.weight).sum();
        must(sum == 100, "/points/items", sum, "weights that add up to 100")?;
        must(
            sheet.pass_mark <= 100,
            "/points/pass_mark",
            sheet.pass_mark,
            "0 to 100",
        )?;
        let mut above = 101;
        for (index, grade) in sheet.grades.iter().enumerate() {
            let place = format!("/points/grades/{index}/from");
            must(
                grade.from < above,
                &place,
                grade.from,
                "0 to 100, each below the one before",
            )?;
            above = grade.from;
        }
        Ok(())
    }

    /// The ids of what an item of points may come from: what asks a number, for only that can be reached in part or in full.
    fn measured(&self) -> impl Iterator<Item = &str> {
        let asks = |duty: &&Duty| {
            let required = duty.cadence.iter().any(|one| one.rule == CadenceRule::Required);
            duty.minimum > 0 || required
        };
        let duties = self.duties.iter().filter(asks).map(|duty| duty.id.as_str());
        let quotas = self.quotas.iter().filter(|quota| quota.minimum > 0);
        let duration = self.period.minimum.iter().map(|rule| rule.id.as_str());
        let attendance = [&self.attendance]
            .into_iter()
            .filter(|rule| rule.minimum_percent > 0);
        duties
            .chain(quotas.map(|quota| quota.id.as_str()))
            .chain(duration)
            .chain(attendance.map(|rule| rule.id.as_str()))
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

fn id_like(id: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    !id.is_empty() && id.bytes().all(plain)
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
