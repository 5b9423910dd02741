//! Rules as data: what a posting is judged by.
//!
//! A scheme is a JSON document. Every number a hospital may want to change is a field of it, every rule quotes the
//! clause it comes from, and no rule of the engine asks for a scheme's name. What a source only states, without a
//! threshold, is kept under `noted`: shown, never judged.

mod asked;
mod built_in;
mod cadence;
mod check;
mod check_points;
mod error;
mod faults;
mod oddities;
mod points;
mod symbols;

pub use asked::{Allowance, Appraisal, Duration, DutyOf, Quota, QuotaPer};
pub use built_in::{built_in, built_in_ids};
pub use cadence::{Cadence, CadenceRule, CadenceWindow};
pub use error::SchemeError;
pub use oddities::OddityRule;
pub use points::{Grade, PointItem, PointSheet, PointSource};
pub use symbols::{FORM_NAMES, Mark, marks};

use crate::language::Label;
use crate::posting::{ActivityKind, DocumentKind, Posting, Records, Station};
use chrono::{Days, NaiveDate};
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
    /// Statistics of which so many are asked, in the order in which they are shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<Quota>>")]
    pub quotas: Vec<Quota>,
    /// 考勤
    pub attendance: AttendanceRule,
    /// 请假
    pub leave: LeaveRule,
    /// What failing costs.
    pub consequences: ConsequenceRule,
    /// Papers to hand in.
    pub documents: Vec<DocumentDuty>,
    /// What may be had, such as trips home: shown beside what was taken, never a duty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<Allowance>>")]
    pub allowances: Vec<Allowance>,
    /// 百分制
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub points: Option<PointSheet>,
    /// How the recipient unit appraises at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub appraisal: Option<Appraisal>,
    /// Whether the service appraisal form says how many days the physician was posted in all.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub days_in_all: bool,
    /// The tallies that screens and forms show, by key.
    pub tallies: Vec<String>,
    /// Titles of forms where a hospital has its own, by the form's name: `sheet`, `attendance`, `appraisal`, `summary` ...
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(optional, as = "Option<BTreeMap<String, String>>")]
    pub form_titles: BTreeMap<String, String>,
    /// From where on something in a file is worth a question; null means the usual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub oddities: Option<OddityRule>,
    /// What the source states and nobody judges.
    pub noted: Vec<Noted>,
}

impl Scheme {
    /// What people call a requirement of an assessment.
    pub fn requirement_title(&self, id: &str) -> Option<&Label> {
        let duties = self.duties.iter().map(|duty| (&duty.id, &duty.title));
        let quotas = self.quotas.iter().map(|quota| (&quota.id, &quota.title));
        let duration = self.period.minimum.iter().map(|rule| (&rule.id, &rule.title));
        let points = self.points.iter().map(|sheet| (&sheet.id, &sheet.title));
        let attendance = [(&self.attendance.id, &self.attendance.title)];
        let mut all = duties
            .chain(quotas)
            .chain(duration)
            .chain(points)
            .chain(attendance);
        all.find(|(known, _)| known.as_str() == id)
            .map(|(_, title)| title)
    }

    /// Whether following it pays or costs anything at all.
    pub fn has_money(&self) -> bool {
        let rule = &self.consequences;
        let fixed = [
            rule.department_reward_fen,
            rule.refusal_fine_fen,
            rule.recall_fine_physician_fen,
            rule.recall_fine_department_fen,
        ];
        let steps = rule.steps.iter().map(|step| step.department_fine_fen);
        rule.subsidy.total_fen() > 0 || fixed.into_iter().chain(steps).any(|fen| fen > 0)
    }
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
    /// Quarters it lasts by default; 0 where it is counted in months.
    #[serde(default, skip_serializing_if = "none")]
    #[ts(optional, as = "Option<u32>")]
    pub quarters: u32,
    /// Months it lasts by default, from the day it starts; 0 where it is counted in quarters.
    #[serde(default, skip_serializing_if = "none")]
    #[ts(optional, as = "Option<u32>")]
    pub months: u32,
    /// The least it must last without a break.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub minimum: Option<Duration>,
    /// The clause.
    pub clause: Clause,
}

/// Where a posting starts by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum PeriodStart {
    /// 各季度首个周一
    FirstMondayOfQuarter,
    /// Any day: the source names none.
    AnyDay,
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
    /// The least minutes that one must take to count; null means any. One without a duration does not count then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub minimum_minutes: Option<u32>,
    /// How often it should be done.
    pub cadence: Option<Cadence>,
    /// Whether it is judged; else it is counted and shown.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    #[ts(optional, as = "Option<bool>")]
    pub judged: bool,
    /// Whose duty it is.
    #[serde(default, skip_serializing_if = "DutyOf::is_person")]
    #[ts(optional, as = "Option<DutyOf>")]
    pub duty_of: DutyOf,
    /// For whom it is judged: those who live there, or those who come for the day; null means both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub station: Option<Station>,
    /// The clause.
    pub clause: Clause,
}

/// What a field is that a document leaves out.
fn yes() -> bool {
    true
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_yes(judged: &bool) -> bool {
    *judged
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn none(number: &u32) -> bool {
    *number == 0
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
    /// Whether it is judged; else it is counted and shown.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    #[ts(optional, as = "Option<bool>")]
    pub judged: bool,
    /// For whom it is judged: those who live there, or those who come for the day; null means both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub station: Option<Station>,
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
    /// The day by which it is due, in days after the posting's first; null means the posting's last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub due_days_after_start: Option<u32>,
    /// It is asked only of a posting with an activity of this kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub only_with: Option<ActivityKind>,
    /// The clause.
    pub clause: Clause,
}

impl DocumentDuty {
    /// The last day for a paper that is due before the posting ends; none where the last day of the posting is.
    pub fn due(&self, posting: &Posting) -> Option<NaiveDate> {
        let after = Days::new(u64::from(self.due_days_after_start?));
        let due = posting.start.checked_add_days(after);
        due.filter(|due| *due <= posting.end)
    }

    /// Whether the paper is asked of a posting at all.
    pub fn is_asked(&self, records: &Records) -> bool {
        let within = records.posting.start..=records.posting.end;
        self.only_with.is_none_or(|kind| {
            let mut activities = records.activities.iter();
            activities.any(|activity| activity.kind == kind && within.contains(&activity.date))
        })
    }
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
