//! Assessment schemes: those there are, and trying one that is being changed.

use chrono::NaiveDate;
use serde::Serialize;
use ts_rs::TS;
use xiaxiangzhi_core::assess::Assessment;
use xiaxiangzhi_core::language::Label;
use xiaxiangzhi_core::scheme::Scheme;

/// The schemes that a posting can begin with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KnownSchemes {
    /// Those built in, the default one first; then those of the hospital, the newest version of each.
    pub schemes: Vec<KnownScheme>,
    /// What usually stands for each state of a half-day on the attendance sheet, in the order of its legend.
    pub usual_marks: Vec<UsualMark>,
}

/// A scheme and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KnownScheme {
    /// It whole.
    pub scheme: Scheme,
    /// Whether it came with the program, and so is never changed.
    pub built_in: bool,
}

/// A mark of the attendance sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct UsualMark {
    /// The name of a half-day's status, of a leave's kind, or of a reason for not counting one.
    pub key: String,
    /// The mark; blank where the cell stays blank.
    pub symbol: String,
}

/// Something in a scheme that cannot stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SchemeFault {
    /// The field, as a JSON pointer.
    pub place: String,
    /// What stands there and what is allowed.
    pub what: Label,
}

/// What a scheme that is being changed would do.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SchemeTrial {
    /// On an invented posting that just meets the former one.
    pub sample: SideBySide,
    /// On the posting that is open.
    pub posting: Option<SideBySide>,
}

/// The same records judged by two schemes on the same day.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SideBySide {
    /// The posting's first day.
    pub start: NaiveDate,
    /// Its last day.
    pub end: NaiveDate,
    /// By the former one.
    pub before: Assessment,
    /// By the changed one.
    pub after: Assessment,
}

/// A change of a running posting's scheme, as its log tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SchemeMove {
    /// When.
    pub at: String,
    /// What the scheme is called.
    pub title: Label,
    /// Its version.
    pub version: u32,
    /// Why, in the words that were asked for; none where the change was taken back or made again.
    pub reason: Option<String>,
}
