//! Reading a scheme document, and what must hold in it.

use super::error::misfit;
use super::faults::{Faults, both, first, ids_allowed, range, range_or_null, tallies_allowed};
use super::{CadenceWindow, FORM_NAMES, FORMAT, PeriodStart, Scheme, SchemeError, marks};
use crate::posting::{MOST_COUNTED, Records, tally_of};
use serde_json::Value;
use std::collections::HashSet;

impl Scheme {
    /// Reads a scheme document.
    ///
    /// # Errors
    /// What is wrong, where, and what is allowed.
    pub fn from_json(json: &str) -> Result<Self, SchemeError> {
        let json = json.strip_prefix('\u{FEFF}').unwrap_or(json);
        let mut text = serde_json::Deserializer::from_str(json);
        let read = serde_path_to_error::deserialize(&mut text)
            .map_err(|error| misfit(&error, &serde_json::from_str(json).unwrap_or_default()));
        let scheme: Self = read?;
        text.end()
            .map_err(|error| SchemeError::Unreadable(error.to_string()))?;
        scheme.checked().map_err(first)
    }

    /// Reads a scheme document that is already parsed.
    ///
    /// # Errors
    /// As [`Scheme::from_json`].
    pub fn from_value(value: Value) -> Result<Self, SchemeError> {
        Self::examined(value).map_err(first)
    }

    /// Reads a scheme document that is already parsed, and names every fault it finds.
    ///
    /// # Errors
    /// At least one; a single one where the document has not the shape of a scheme.
    pub fn examined(value: Value) -> Result<Self, Vec<SchemeError>> {
        let scheme: Self =
            serde_path_to_error::deserialize(&value).map_err(|error| vec![misfit(&error, &value)])?;
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

    fn checked(self) -> Result<Self, Vec<SchemeError>> {
        if self.format != FORMAT {
            return Err(vec![SchemeError::Format(self.format)]);
        }
        let mut found = Faults::default();
        self.check(&mut found);
        if found.0.is_empty() {
            Ok(self)
        } else {
            Err(found.0)
        }
    }

    fn check(&self, found: &mut Faults) {
        found.name("/title", &self.title);
        found.must(
            id_like(&self.id),
            "/id",
            &self.id,
            &both("小写字母、数字、下划线", "a-z 0-9 _"),
        );
        found.must(
            (1..=MOST_COUNTED).contains(&self.version),
            "/version",
            self.version,
            &range(1, MOST_COUNTED),
        );
        self.check_period(found);
        let mut ids = HashSet::from([self.attendance.id.as_str()]);
        self.check_asked(found, &mut ids);
        for (index, duty) in self.duties.iter().enumerate() {
            let at = |field: &str| format!("/duties/{index}/{field}");
            found.must(
                id_like(&duty.id) && ids.insert(&duty.id),
                &at("id"),
                &duty.id,
                &ids_allowed(),
            );
            found.name(&at("title"), &duty.title);
            found.must(
                !duty.kinds.is_empty(),
                &at("kinds"),
                "[]",
                &both("至少一种活动", "at least one activity kind"),
            );
            found.must(
                duty.minimum <= 1_000,
                &at("minimum"),
                duty.minimum,
                &range(0, 1_000),
            );
            found.must(
                duty.minimum_gap_days <= 366,
                &at("minimum_gap_days"),
                duty.minimum_gap_days,
                &range(0, 366),
            );
            let most = duty.max_per_day.unwrap_or(1);
            found.must(
                (1..=1_000).contains(&most),
                &at("max_per_day"),
                most,
                &range_or_null(1_000),
            );
            let least = duty.minimum_minutes.unwrap_or(1);
            found.must(
                (1..=MOST_COUNTED).contains(&least),
                &at("minimum_minutes"),
                least,
                &range_or_null(MOST_COUNTED),
            );
            let window = duty.cadence.as_ref().map(|cadence| cadence.window);
            let (name, length, most) = match window {
                Some(CadenceWindow::Days(days)) => ("days", days, 366),
                Some(CadenceWindow::PostingMonths(months)) => ("posting_months", months, 60),
                Some(CadenceWindow::PostingYears(years)) => ("posting_years", years, 5),
                Some(CadenceWindow::CalendarMonths(months)) => ("calendar_months", months, 60),
                Some(CadenceWindow::CalendarWeek) | None => continue,
            };
            found.must(
                (1..=most).contains(&length),
                &at(&format!("cadence/window/{name}")),
                length,
                &range(1, most),
            );
        }
        found.name("/attendance/title", &self.attendance.title);
        let written = self.leave.written_from_half_days;
        found.must(
            written <= 1_000,
            "/leave/written_from_half_days",
            written,
            &range(0, 1_000),
        );
        let percent = self.attendance.minimum_percent;
        found.must(
            percent <= 100,
            "/attendance/minimum_percent",
            percent,
            &range(0, 100),
        );
        self.check_subsidy(found);
        found.must(
            !self.consequences.steps.is_empty(),
            "/consequences/steps",
            "[]",
            &both("从 0 项起的各行", "a row for 0 failed, and more"),
        );
        for (index, step) in self.consequences.steps.iter().enumerate() {
            let place = format!("/consequences/steps/{index}");
            let in_order = usize::try_from(step.failed) == Ok(index);
            found.must(
                in_order,
                &format!("{place}/failed"),
                step.failed,
                &both("依次为 0、1、2 ……", "0, 1, 2 ... in order"),
            );
            let months = self.consequences.subsidy.months;
            let within = step.months_deducted <= months;
            found.must(
                within,
                &format!("{place}/months_deducted"),
                step.months_deducted,
                &range(0, months),
            );
        }
        for (index, key) in self.tallies.iter().enumerate() {
            found.must(
                tally_of(key).is_some(),
                &format!("/tallies/{index}"),
                key,
                &tallies_allowed(),
            );
        }
        for (index, noted) in self.noted.iter().enumerate() {
            found.name(&format!("/noted/{index}/title"), &noted.title);
        }
        self.check_forms(found);
        self.check_oddities(found);
    }

    /// How long a posting lasts: counted in quarters or in months.
    fn check_period(&self, found: &mut Faults) {
        let period = &self.period;
        let by_quarters = period.starts == PeriodStart::FirstMondayOfQuarter;
        let (in_use, counted, of, other, of_other) = if by_quarters {
            ("quarters", "季度", period.quarters, "months", period.months)
        } else {
            ("months", "月", period.months, "quarters", period.quarters)
        };
        let most = if by_quarters { 20 } else { 60 };
        found.must(
            (1..=most).contains(&of),
            &format!("/period/{in_use}"),
            of,
            &range(1, most),
        );
        found.must(
            of_other == 0,
            &format!("/period/{other}"),
            of_other,
            &both(
                &format!("0，因为这个方案按{counted}算"),
                &format!("0, for this period is counted in {in_use}"),
            ),
        );
    }

    /// 补助, within what can be added up.
    fn check_subsidy(&self, found: &mut Faults) {
        let subsidy = &self.consequences.subsidy;
        for (field, value, most) in [
            ("days_per_month", subsidy.days_per_month, 31),
            ("fen_per_day", subsidy.fen_per_day, 100_000_000),
            ("months", subsidy.months, 120),
        ] {
            let place = format!("/consequences/subsidy/{field}");
            found.must(value <= most, &place, value, &range(0, most));
        }
    }

    /// Quotas, the least duration, allowances, the sheet of points, the appraisal.
    fn check_asked<'a>(&'a self, found: &mut Faults, ids: &mut HashSet<&'a str>) {
        for (index, quota) in self.quotas.iter().enumerate() {
            let at = |field: &str| format!("/quotas/{index}/{field}");
            found.must(
                id_like(&quota.id) && ids.insert(&quota.id),
                &at("id"),
                &quota.id,
                &ids_allowed(),
            );
            found.name(&at("title"), &quota.title);
            found.must(
                tally_of(&quota.tally).is_some(),
                &at("tally"),
                &quota.tally,
                &tallies_allowed(),
            );
            found.must(
                quota.minimum <= MOST_COUNTED,
                &at("minimum"),
                quota.minimum,
                &range(0, MOST_COUNTED),
            );
        }
        if let Some(rule) = &self.period.minimum {
            let at = |field: &str| format!("/period/minimum/{field}");
            found.must(
                id_like(&rule.id) && ids.insert(&rule.id),
                &at("id"),
                &rule.id,
                &ids_allowed(),
            );
            found.must(
                (1..=60).contains(&rule.months),
                &at("months"),
                rule.months,
                &range(1, 60),
            );
        }
        for (index, allowance) in self.allowances.iter().enumerate() {
            let at = |field: &str| format!("/allowances/{index}/{field}");
            let new = id_like(&allowance.id) && ids.insert(&allowance.id);
            found.must(new, &at("id"), &allowance.id, &ids_allowed());
            let times = allowance.per_posting_month;
            found.must(
                (1..=31).contains(&times),
                &at("per_posting_month"),
                times,
                &range(1, 31),
            );
        }
        if let Some(sheet) = &self.points {
            // What the sheet refers to is a duty, a quota, the duration or attendance: the sheet itself comes after.
            self.check_points(found, sheet, ids);
        }
    }

    /// The marks and titles of forms that are the hospital's own.
    fn check_forms(&self, found: &mut Faults) {
        let marks = marks(self);
        for (key, symbol) in &self.attendance.symbols {
            let place = format!("/attendance/symbols/{key}");
            let known = marks.iter().any(|mark| mark.key == key);
            found.must(
                known,
                &place,
                key,
                &both(
                    "半天的状态、请假的种类、no_work_recorded、no_rest_day_work、unrecorded",
                    "a half-day's status, a kind of leave, no_work_recorded, no_rest_day_work, unrecorded",
                ),
            );
            let plain = |c: char| !c.is_whitespace() && !c.is_control();
            let short = (1..=2).contains(&symbol.chars().count()) && symbol.chars().all(plain);
            found.must(short, &place, symbol, &both("1 或 2 个字符", "1 or 2 characters"));
            let same = marks.iter().filter(|mark| mark.symbol == *symbol).count();
            found.must(
                same == 1,
                &place,
                symbol,
                &both("一个符号只表示一种", "each mark for one thing only"),
            );
        }
        for (name, title) in &self.form_titles {
            let place = format!("/form_titles/{name}");
            found.must(
                FORM_NAMES.contains(&name.as_str()),
                &place,
                name,
                &both(&FORM_NAMES.join("、"), &FORM_NAMES.join(", ")),
            );
            let plain = !title.trim().is_empty() && !title.chars().any(char::is_control);
            found.must(
                plain && title.chars().count() <= 40,
                &place,
                title,
                &both("1 到 40 个字，一行", "1 to 40 characters in one line"),
            );
        }
    }
}

pub(super) fn id_like(id: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    !id.is_empty() && id.bytes().all(plain)
}
