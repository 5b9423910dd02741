//! How a refusal reaches the interface.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xiaxiangzhi_core::language::Label;

/// A refusal: what happened, whether the data is safe, what to do next. Always these three, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CommandError {
    /// A stable `snake_case` name.
    pub code: String,
    /// 发生了什么
    pub what: Label,
    /// 数据安全吗
    pub safe: Label,
    /// 接下来
    pub next: Label,
    /// Faults of single fields, to stand below them; empty where the refusal is about something else.
    pub faults: Vec<FaultView>,
}

/// One fault of what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FaultView {
    /// The entity: `day`, `activity`, `leave`, `posting` ...; null where the fault is in no single record.
    pub entity: Option<String>,
    /// Its key.
    pub key: Option<String>,
    /// The field inside the record as a JSON pointer (`/title`, `/tallies/outpatient_visits`); blank for the whole.
    pub field: String,
    /// What is wrong and what is allowed.
    pub what: Label,
}
