//! What a plan says: the dates proposed for each duty, and what became of those a physician fixed.

use crate::posting::ActivityKind;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A date that the physician fixed for a duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct FixedDate {
    /// The requirement's id.
    pub requirement: String,
    /// The date.
    pub date: NaiveDate,
}

/// What is still to be done, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Plan {
    /// The date it was made on.
    pub as_of: NaiveDate,
    /// A line a duty, in the scheme's order.
    pub duties: Vec<DutyPlan>,
    /// Fixed dates that do not hold, and why.
    pub refused: Vec<RefusedDate>,
}

/// The plan of one duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct DutyPlan {
    /// The requirement's id.
    pub requirement: String,
    /// What to do.
    pub kind: ActivityKind,
    /// How it stands.
    pub state: PlanState,
    /// When; in date order.
    pub dates: Vec<PlannedDate>,
    /// The last date on which the next one can be done so that all fit.
    pub last_safe_date: Option<NaiveDate>,
}

/// How a duty's plan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlanState {
    /// Met already, or by what is entered ahead, or not judged.
    NothingNeeded,
    /// Whoever follows the dates meets it.
    Planned,
    /// No dates meet it.
    Impossible,
}

/// A date of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct PlannedDate {
    /// When.
    pub date: NaiveDate,
    /// Which of its duty it will be, counted from 1 with those that count already.
    pub ordinal: u32,
    /// How many on that date; more than 1 only where there are fewer dates than are needed.
    pub times: u32,
    /// Fixed by the physician.
    pub fixed: bool,
    /// A rest day: proposed only where the workdays do not suffice, or fixed.
    pub rest_day: bool,
}

/// A fixed date that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct RefusedDate {
    /// The requirement's id.
    pub requirement: String,
    /// The date.
    pub date: NaiveDate,
    /// Why not.
    pub why: WhyRefused,
    /// The counted or fixed date that is too close, where that is the reason.
    pub neighbour: Option<NaiveDate>,
}

/// Why a fixed date does not hold; the first of this order that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum WhyRefused {
    /// The scheme has no such duty.
    UnknownRequirement,
    /// Before the date of the plan.
    Past,
    /// Before the first or after the last day.
    OutsidePosting,
    /// Both halves of the date are under leave.
    OnLeave,
    /// As many as may count on that date do already.
    SameDay,
    /// Too close to another.
    ShortGap,
    /// What else is needed would not fit any more.
    NoRoom,
}
