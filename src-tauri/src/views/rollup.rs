//! The roll-up as the page shows it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;
use xiaxiangzhi_core::assess::{RequirementKind, Status};
use xiaxiangzhi_core::language::Label;

/// How a roll-up stands, with the lines that were asked for.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct RollUpView {
    /// Changes when what was told of lines before does not hold any longer: then they are asked for again from the first.
    #[ts(type = "number")]
    pub round: u64,
    /// Whether files are being read.
    pub running: bool,
    /// Files read in the present run.
    pub done: usize,
    /// Files found in the present run.
    pub all: usize,
    /// Files in folders that are no review files of postings.
    #[ts(type = "number")]
    pub passed_over: u64,
    /// How long the last run took.
    pub seconds: f64,
    /// The schemes met so far; lines name them by their place.
    pub schemes: Vec<RollUpScheme>,
    /// The lines from the place that was asked for on; at most a few thousand at a time.
    pub lines: Vec<RollUpLine>,
    /// Counts and sums, once all files are read.
    pub sums: Option<RollUpSums>,
}

/// A scheme that lines are judged by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RollUpScheme {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// What people call it.
    pub title: Label,
    /// What it asks for, in order.
    pub requirements: Vec<RollUpRequirement>,
    /// 等次 that a reviewer chooses from.
    pub grades: Vec<Label>,
}

/// A column of figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RollUpRequirement {
    /// Its id in the scheme.
    pub id: String,
    /// What people call it.
    pub title: Label,
    /// What is counted.
    pub kind: RequirementKind,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct RollUpLine {
    /// Its place in the roll-up.
    pub at: usize,
    /// Where it lies.
    pub path: String,
    /// Its name, without its folder.
    pub file_name: String,
    /// SHA-256 of its bytes in hex; null where they could not be read.
    pub sha256: Option<String>,
    /// The verdict on the file, a stable word; `packed_from_records` for a genuine one without a history.
    pub verdict: String,
    /// Why it cannot be relied on; null where it can.
    pub reason: Option<Label>,
    /// `counted`, `superseded`, `duplicate`, `disputed` or `refused`; provisional while files are being read.
    pub standing: String,
    /// What is to be done about it.
    pub outcome: RollUpOutcome,
    /// The log it is an export of.
    pub log_id: Option<Uuid>,
    /// The physician's name.
    pub physician: String,
    /// 科室
    pub home_department: String,
    /// 受援单位
    pub recipient_unit: String,
    /// First day.
    pub start: Option<NaiveDate>,
    /// Last day.
    pub end: Option<NaiveDate>,
    /// The place of its scheme.
    pub scheme: Option<usize>,
    /// A figure for each of the scheme's requirements; none where nothing counts.
    pub figures: Vec<RollUpFigure>,
    /// How many requirements are failed.
    pub failed: u32,
    /// How many things should be asked.
    pub questions: u32,
    /// 实发 in fen; null where it does not count.
    #[ts(type = "number | null")]
    pub payable_fen: Option<u64>,
}

/// What this office decided on a file, at the head that it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RollUpDecision {
    /// The line's place.
    pub at: usize,
    /// Whether it was approved rather than returned.
    pub approved: bool,
    /// 等次, by its Chinese title.
    pub grade: Option<String>,
}

/// One requirement's figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct RollUpFigure {
    /// The verdict on it.
    pub status: Status,
    /// What was reached.
    #[ts(type = "number")]
    pub figure: u64,
    /// The shortest gap in days that is too short.
    pub short_gap_days: Option<u32>,
}

/// What is to be done about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RollUpOutcome {
    /// 文件有问题
    AtFault,
    /// 未达标
    Failed,
    /// 还在派驻
    Open,
    /// 要问
    Asks,
    /// 可以通过
    Passes,
    /// A later file of the log, or the same bytes, are there.
    SetAside,
}

/// Counts and sums over all files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RollUpSums {
    /// 达标, with and without questions.
    pub met: u32,
    /// 还在派驻
    pub open: u32,
    /// 文件有问题
    pub at_fault: u32,
    /// Superseded or repeated.
    pub set_aside: u32,
    /// How many fail one requirement, two, and so on: pairs in rising order.
    pub failed: Vec<(u32, u32)>,
    /// How many fail each requirement.
    pub failing: Vec<RollUpFailing>,
    /// How many files count.
    pub people: u32,
    /// 实发 of all that counts, in fen.
    #[ts(type = "number")]
    pub payable_fen: u64,
    /// The sums of each department under each scheme.
    pub departments: Vec<RollUpMoney>,
}

/// How many fail a requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RollUpFailing {
    /// The requirement's title.
    pub title: Label,
    /// How many files.
    pub files: u32,
}

/// Money of one department, in fen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RollUpMoney {
    /// The scheme's title.
    pub scheme: Label,
    /// 科室; blank where none is recorded.
    pub home_department: String,
    /// How many files.
    pub people: u32,
    /// 应发
    #[ts(type = "number")]
    pub subsidy_fen: u64,
    /// 扣减
    #[ts(type = "number")]
    pub deducted_fen: u64,
    /// 实发
    #[ts(type = "number")]
    pub payable_fen: u64,
    /// Fines of the department, those for recalled days among them.
    #[ts(type = "number")]
    pub fines_fen: u64,
    /// 科室奖励
    #[ts(type = "number")]
    pub reward_fen: u64,
}

/// What a roll-up is saved as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RollUpFormat {
    /// People, findings and money.
    Xlsx,
    /// A line a file.
    Csv,
    /// A JSON document a line.
    Jsonl,
}
