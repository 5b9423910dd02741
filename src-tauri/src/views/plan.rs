//! What would be, and what is planned. Neither is a record.

use serde::Serialize;
use ts_rs::TS;
use xiaxiangzhi_core::assess::Assessment;

/// The verdict under assumptions; nothing of it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Trial {
    /// As of today, with what is assumed for later days taken as done.
    pub assessment: Assessment,
    /// After the last day, if nothing more were done besides.
    pub if_nothing_more: Assessment,
}

/// The plan was written as a calendar file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ExportedPlan {
    /// Where.
    pub path: String,
    /// How many dates it holds.
    #[ts(type = "number")]
    pub dates: usize,
}
