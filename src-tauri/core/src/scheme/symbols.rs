//! What stands for a half-day on the monthly attendance sheet. There is no national standard, so a scheme may say.

use super::Scheme;
use crate::language::Language;
use crate::posting::{HalfDayStatus, Kind as _, LeaveKind};

/// The names under which a scheme may give forms titles of its own.
pub const FORM_NAMES: &[&str] = &[
    "sheet",
    "attendance",
    "appraisal",
    "summary",
    "daily",
    "lectures",
    "rounds",
    "leave",
    "activities",
    "diary",
];

/// A mark of the monthly attendance sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What it stands for: the name of a half-day's status or of a leave's kind, or a reason for not counting one.
    pub key: &'static str,
    /// The mark; empty for a cell that stays blank.
    pub symbol: String,
    /// What it stands for, as the legend says it.
    pub label: &'static str,
}

const OF_STATUS: [(HalfDayStatus, &str); 5] = [
    (HalfDayStatus::Present, "√"),
    (HalfDayStatus::OfficialDuty, "公"),
    (HalfDayStatus::CompensatoryRest, "补"),
    (HalfDayStatus::Absent, "×"),
    // Not 调, which clinics write for 调休.
    (HalfDayStatus::Recalled, "回"),
];

const OF_LEAVE: [(LeaveKind, &str); 10] = [
    (LeaveKind::PersonalLeave, "○"),
    (LeaveKind::SickLeave, "△"),
    (LeaveKind::AnnualLeave, "年"),
    (LeaveKind::HomeLeave, "探"),
    (LeaveKind::MarriageLeave, "婚"),
    (LeaveKind::MaternityLeave, "产"),
    (LeaveKind::PaternityLeave, "陪"),
    (LeaveKind::BereavementLeave, "丧"),
    (LeaveKind::StudyLeave, "学"),
    (LeaveKind::OtherLeave, "其"),
];

const OTHERS: [(&str, &str, &str); 3] = [
    ("no_work_recorded", "※", "无工作记录不计"),
    ("no_rest_day_work", "⊙", "补休无可抵不计"),
    ("unrecorded", "", "未填"),
];

/// The marks of a scheme in the order of the legend: its own where it has them, else the usual ones.
pub fn marks(scheme: &Scheme) -> Vec<Mark> {
    let statuses = OF_STATUS.map(|(status, usual)| (status.name(), usual, status.label(Language::Chinese)));
    let leaves = OF_LEAVE.map(|(kind, usual)| (kind.name(), usual, kind.label(Language::Chinese)));
    statuses
        .into_iter()
        .chain(leaves)
        .chain(OTHERS)
        .map(|(key, usual, label)| Mark {
            key,
            symbol: scheme
                .attendance
                .symbols
                .get(key)
                .map_or(usual, String::as_str)
                .to_owned(),
            label,
        })
        .collect()
}
