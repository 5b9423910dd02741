//! The roster as the page shows it.

use serde::Serialize;
use ts_rs::TS;
use xiaxiangzhi_core::roster::{RosterEntry, RosterQuestion};

/// Who is sent when, and what about it should be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RosterView {
    /// The people, by batch and department.
    pub entries: Vec<RosterEntry>,
    /// What should be asked.
    pub questions: Vec<RosterQuestion>,
}
