//! 百分制: a sheet of items with weights, a pass mark and grades.

use super::Clause;
use crate::language::Label;
use crate::posting::DocumentKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A sheet of points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct PointSheet {
    /// The requirement's id in an assessment.
    pub id: String,
    /// What people call it.
    pub title: Label,
    /// Its items; their weights add up to 100.
    pub items: Vec<PointItem>,
    /// The points that pass.
    pub pass_mark: u32,
    /// The grades by points, the best first; a total below all has none.
    pub grades: Vec<Grade>,
    /// Whether it is judged; else it is worked out and shown.
    pub judged: bool,
    /// The clause.
    pub clause: Clause,
}

/// One item of the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct PointItem {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub title: Label,
    /// The most points it gives.
    pub weight: u32,
    /// Where its points come from.
    pub from: PointSource,
    /// Whether a part done gives a part of the points, rounded down; else all or nothing.
    pub partial: bool,
}

/// Where the points of an item come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum PointSource {
    /// A duty, a quota or attendance, by its id: what was done, against its minimum.
    Requirement(String),
    /// A statistic, by its key, against a number.
    Tally {
        /// The key.
        key: String,
        /// The number that gives all points.
        full: u32,
    },
    /// A paper that was handed in.
    Document(DocumentKind),
    /// The office gives the points.
    Office,
}

/// A grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// The least points.
    pub from: u32,
    /// What people call it.
    pub title: Label,
}
