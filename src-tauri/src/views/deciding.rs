//! What a reviewer writes about a file, and decides.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;
use xiaxiangzhi_core::reviewfile::Decision;

/// What is being written about a file; kept as it is written, and on the disk when the command answers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReviewDraft {
    /// What it will be; null while not chosen.
    pub decision: Option<Decision>,
    /// 等次, such as 优秀; one line of at most 200 characters.
    pub grade: Option<String>,
    /// 意见, at most 10,000 characters.
    pub opinion: Option<String>,
    /// Remarks on single records, at most 500.
    pub comments: Vec<ReviewComment>,
}

/// A remark on one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReviewComment {
    /// A version 7 UUID made by the page; the answer to it names it.
    pub id: Uuid,
    /// The kind of record: `day`, `activity`, `leave`, `problem`, `summary` ...
    pub entity: String,
    /// Its key; the entity's name for records that stand alone.
    pub key: String,
    /// What is to be said of it, 1 to 2,000 characters.
    pub text: String,
}

/// A decision that was made here, as its signed file holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MadeDecision {
    /// SHA-256 of its file; pass it to `export_decision` to write the file again.
    pub sha256: String,
    /// The number of the last event in the file it was made on.
    #[ts(type = "number")]
    pub n: u64,
    /// The date its verdict is for.
    pub as_of: NaiveDate,
    /// When it was made.
    pub decided_at: String,
    /// What it is.
    pub decision: Decision,
    /// 等次
    pub grade: Option<String>,
    /// 意见
    pub opinion: Option<String>,
    /// Remarks on single records.
    pub comments: Vec<ReviewComment>,
    /// The requirements that were not met then, by id.
    pub failed: Vec<String>,
    /// 实发 then, in fen.
    #[ts(type = "number")]
    pub payable_fen: u64,
    /// Who decided; blank where nobody filled it in.
    pub reviewer: String,
}

/// A file to be decided on with others.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FileToDecide {
    /// SHA-256 of the received file.
    pub sha256: String,
    /// 等次 of this one; null for none.
    pub grade: Option<String>,
}

/// Decisions were made and their files written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DecisionsMade {
    /// Where the signed files are, in the order asked.
    pub paths: Vec<String>,
    /// The decisions, in the same order.
    pub decisions: Vec<MadeDecision>,
}
