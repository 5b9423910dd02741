//! What a scheme asks besides counted duties: numbers of a statistic, a least duration; what it allows; how the recipient
//! unit appraises.

use super::Clause;
use crate::language::Label;
use crate::posting::LeaveKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whose duty something is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum DutyOf {
    /// Each physician's own: judged in one person's posting.
    #[default]
    Person,
    /// The team's, in turn, or the hospital's: shown in one person's posting, not judged there.
    Team,
}

impl DutyOf {
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
    pub(super) fn is_person(&self) -> bool {
        *self == Self::Person
    }
}

/// Over what a number is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum QuotaPer {
    /// The whole posting.
    #[default]
    Posting,
    /// Each year of the posting: the first, which a posting cuts short that lasts less than a year, and each later one that
    /// lies wholly in it.
    PostingYear,
}

impl QuotaPer {
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
    pub(super) fn is_posting(&self) -> bool {
        *self == Self::Posting
    }
}

/// A statistic of which so many are asked over the posting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// The requirement's id in an assessment.
    pub id: String,
    /// What people call it.
    pub title: Label,
    /// The key of the statistic, summed over days and activities of the posting.
    pub tally: String,
    /// How many are asked; 0 where the source names none.
    pub minimum: u32,
    /// Over what: the posting, or each year of it.
    #[serde(default, skip_serializing_if = "QuotaPer::is_posting")]
    #[ts(optional, as = "Option<QuotaPer>")]
    pub per: QuotaPer,
    /// Whether it is judged; else it is summed and shown.
    pub judged: bool,
    /// Whose duty it is.
    #[serde(default, skip_serializing_if = "DutyOf::is_person")]
    #[ts(optional, as = "Option<DutyOf>")]
    pub duty_of: DutyOf,
    /// The clause.
    pub clause: Clause,
}

/// The least a posting must last without a break.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Duration {
    /// The requirement's id in an assessment.
    pub id: String,
    /// What people call it.
    pub title: Label,
    /// Months from the first day: it must not end before the day that many months later.
    pub months: u32,
    /// Whether it is judged; else it is shown.
    pub judged: bool,
    /// The clause.
    pub clause: Clause,
}

/// Something that may be had so often, such as trips home.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Allowance {
    /// Its id in an assessment.
    pub id: String,
    /// What people call it.
    pub title: Label,
    /// Leaves of this kind are it, each once.
    pub leave: LeaveKind,
    /// How many in each month of the posting, as a rule.
    pub per_posting_month: u32,
    /// The clause.
    pub clause: Clause,
}

/// How the recipient unit appraises at the end: aspects and grades, as the form prints them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Appraisal {
    /// What is looked at, such as 政治思想.
    pub aspects: Vec<Label>,
    /// The grades, the best first.
    pub grades: Vec<Label>,
    /// The clause.
    pub clause: Clause,
}
