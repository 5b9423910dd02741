//! A year's holidays, read and not yet taken.

use super::Change;
use serde::Serialize;
use ts_rs::TS;
use xiaxiangzhi_core::arrangement::Effect;
use xiaxiangzhi_core::calendar::NoticeReading;

/// What a text says of a year's holidays, and what taking it would do to the posting that is open.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ArrangementView {
    /// The text that was read.
    pub text: String,
    /// The file it came from; null where it was pasted.
    pub file: Option<String>,
    /// What it says.
    pub reading: NoticeReading,
    /// What taking each of its days would do, in their order.
    pub effects: Vec<Effect>,
    /// What taking it saves, as one batch; empty where the posting has it all already.
    pub changes: Vec<Change>,
}
