//! Rules as data: what a posting is judged by.
//!
//! A scheme is a JSON document. Every number a hospital may want to change is a field of it, every rule quotes the
//! clause it comes from, and no rule of the engine asks for a scheme's name. What a source only states, without a
//! threshold, is kept under `noted`: shown, never judged.

mod built_in;
mod check;
mod symbols;

pub use built_in::{built_in, built_in_ids};
pub use check::SchemeError;
pub use symbols::{FORM_NAMES, Mark, marks};

use crate::language::Label;
use crate::posting::{ActivityKind, DocumentKind};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// The `format` of a scheme document.
pub const FORMAT: &str = "xiaxiangzhi.scheme";

/// One scheme, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    /// Always `xiaxiangzhi.scheme`.
    pub format: String,
    /// The scheme's name in records: lower-case letters, digits and underscores.
    pub id: String,
    /// Counts up with every change; the version used travels with the posting.
    pub version: u32,
    /// What people call it.
    pub title: Label,
    /// What it asks for, in two sentences.
    pub summary: Label,
    /// The document it comes from.
    pub source: Source,
    /// How long a posting lasts.
    pub period: Period,
    /// Lectures, rounds and other duties that are counted, in the order in which they are shown.
    pub duties: Vec<Duty>,
    /// 考勤
    pub attendance: AttendanceRule,
    /// 请假
    pub leave: LeaveRule,
    /// What failing costs.
    pub consequences: ConsequenceRule,
    /// Papers to hand in.
    pub documents: Vec<DocumentDuty>,
    /// The tallies that screens and forms show, by key.
    pub tallies: Vec<String>,
    /// Titles of forms where a hospital has its own, by the form's name: `sheet`, `attendance`, `appraisal`, `summary` ...
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(optional, as = "Option<BTreeMap<String, String>>")]
    pub form_titles: BTreeMap<String, String>,
    /// What the source states and nobody judges.
    pub noted: Vec<Noted>,
}

/// The document a scheme comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its title.
    pub document: String,
    /// The part of it.
    pub section: String,
    /// Readings that the source leaves open and this scheme fixes.
    pub readings: Vec<Reading>,
}

/// One reading that the source leaves open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// The clause.
    pub clause: Clause,
    /// How it is read here, and why.
    pub reading: String,
}

/// A clause of the source with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Its number, such as 四（二）.
    pub number: String,
    /// Its words.
    pub quote: String,
}

/// How long a posting lasts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// Where it starts by default.
    pub starts: PeriodStart,
    /// Quarters it lasts by default.
    pub quarters: u32,
    /// The clause.
    pub clause: Clause,
}

/// Where a posting starts by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum PeriodStart {
    /// 各季度首个周一
    FirstMondayOfQuarter,
}

/// A duty that is met by doing something often enough, far enough apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// The requirement's id in an assessment.
    pub id: String,
    /// What people call it.
    pub title: Label,
    /// Activities of these kinds count.
    pub kinds: Vec<ActivityKind>,
    /// How many must count.
    pub minimum: u32,
    /// The least days between two that count; 0 means any.
    pub minimum_gap_days: u32,
    /// What a gap below that does.
    pub short_gap: ShortGap,
    /// How many may count on one date; null means any number.
    pub max_per_day: Option<u32>,
    /// How often it should be done.
    pub cadence: Option<Cadence>,
    /// The clause.
    pub clause: Clause,
}

/// What a gap below the minimum does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum ShortGap {
    /// The whole duty is failed.
    Fail,
    /// The later one does not count.
    NotCounted,
}

/// How often a duty should be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Cadence {
    /// The windows, one of which wants one.
    pub window: CadenceWindow,
    /// Whether a window without a workday is let off.
    pub skip_without_workday: bool,
    /// What a missed window does.
    pub rule: CadenceRule,
    /// The clause.
    pub clause: Clause,
}

/// The windows of a cadence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum CadenceWindow {
    /// So many days, counted from the first day of the posting.
    Days(u32),
    /// Monday to Sunday.
    CalendarWeek,
}

/// What a missed window does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum CadenceRule {
    /// It is pointed out.
    Finding,
    /// It fails the duty.
    Required,
}

/// 考勤
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct AttendanceRule {
    /// The requirement's id in an assessment.
    pub id: String,
    /// What people call it.
    pub title: Label,
    /// The least share of the scheduled half-days, 0 to 100.
    pub minimum_percent: u32,
    /// Whether a half-day counts as present only on a date with a work record.
    pub work_note_required: bool,
    /// What stands for a status on the monthly attendance sheet, where a hospital has marks of its own: by the name of a
    /// half-day's status, of a leave's kind, or `unrecorded`. 1 or 2 characters, each mark once.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(optional, as = "Option<BTreeMap<String, String>>")]
    pub symbols: BTreeMap<String, String>,
    /// The clause.
    pub clause: Clause,
}

/// 请假
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct LeaveRule {
    /// From this length on, in half-days, a written explanation is due; below it, a phone notice.
    pub written_from_half_days: u32,
    /// Whether leaves with no scheduled half-day between them count as one.
    pub group_adjacent: bool,
    /// The clause.
    pub clause: Clause,
}

/// What failing costs. Money in fen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct ConsequenceRule {
    /// 补助
    pub subsidy: Subsidy,
    /// What follows from 0, 1, 2 ... failed requirements; the last row stands for more.
    pub steps: Vec<ConsequenceStep>,
    /// 科室奖励, fen for each physician sent.
    pub department_reward_fen: u32,
    /// For a department that refuses to send, fen.
    pub refusal_fine_fen: u32,
    /// 擅自调回, fen a workday for the physician.
    pub recall_fine_physician_fen: u32,
    /// 擅自调回, fen a workday for the department.
    pub recall_fine_department_fen: u32,
    /// The clause on failed requirements.
    pub clause: Clause,
    /// The clause on recall.
    pub recall_clause: Clause,
    /// The clause on the department's reward and on refusing to send.
    pub department_clause: Clause,
}

/// 补助: days a month, fen a day, months.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Subsidy {
    /// Days paid a month.
    pub days_per_month: u32,
    /// Fen a day.
    pub fen_per_day: u32,
    /// Months paid.
    pub months: u32,
    /// The clause.
    pub clause: Clause,
}

impl Subsidy {
    /// Fen a month.
    pub fn month_fen(&self) -> u64 {
        u64::from(self.days_per_month) * u64::from(self.fen_per_day)
    }

    /// Fen in all.
    pub fn total_fen(&self) -> u64 {
        self.month_fen() * u64::from(self.months)
    }
}

/// What follows from a number of failed requirements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct ConsequenceStep {
    /// Requirements failed.
    pub failed: u32,
    /// Months of subsidy deducted.
    pub months_deducted: u32,
    /// Whether the service appraisal form is withheld.
    pub appraisal_withheld: bool,
    /// Whether the posting is repeated.
    pub repeat_posting: bool,
    /// Fine for the home department, fen.
    pub department_fine_fen: u32,
}

/// A paper to hand in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct DocumentDuty {
    /// Which.
    pub kind: DocumentKind,
    /// It can be handed in from so many days before the posting's end.
    pub opens_days_before_end: u32,
    /// The clause.
    pub clause: Clause,
}

/// Something the source states and nobody judges.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Noted {
    /// What people call it.
    pub title: Label,
    /// The clause.
    pub clause: Clause,
}
