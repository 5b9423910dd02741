//! What a record was, what was removed, and what looks like a patient's identity.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xiaxiangzhi_core::language::Label;
use xiaxiangzhi_core::log::FieldChange;
use xiaxiangzhi_core::privacy::PatientIdentity;

/// Every value that a record had, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RecordHistory {
    /// The kind of record.
    pub entity: String,
    /// Its key.
    pub key: String,
    /// What it is called: 3月2日 的记录.
    pub name: Label,
    /// Its values.
    pub versions: Vec<RecordVersion>,
    /// How many texts it has or ever had that are not erased.
    pub texts: usize,
    /// The copies that erasing them cannot reach.
    pub copies: CopiesElsewhere,
}

/// One value that a record had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RecordVersion {
    /// The number of the event that set it.
    #[ts(type = "number")]
    pub n: u64,
    /// When it was entered.
    pub at: String,
    /// 补记: days between the day it is for and the day it was entered; 0 where it was on time.
    #[ts(type = "number")]
    pub late_days: i64,
    /// How it came to be.
    pub how: VersionHow,
    /// Whether other records were set in the same step.
    pub together: bool,
    /// When the value was entered first that this one is equal to; null unless it went back to one.
    pub as_at: Option<String>,
    /// Whether it is what the record is now.
    pub current: bool,
    /// What changed against the value before.
    pub changes: Vec<FieldChange>,
}

/// How a record got a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VersionHow {
    /// 填写: entered first, or again after it was removed.
    Entered,
    /// 修改
    Changed,
    /// 删除
    Removed,
    /// 撤销
    Undone,
    /// 重做
    Redone,
    /// 改回: set to a value it had before, by hand or by a restore.
    WentBack,
}

/// Copies of the records that this program wrote and cannot change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct CopiesElsewhere {
    /// Backups beside the records.
    pub backups: usize,
    /// When the newest was made.
    pub last_backup_at: Option<String>,
    /// Backups in the second place, as far as it is there now.
    pub second_backups: usize,
    /// When the newest of these was made.
    pub last_second_backup_at: Option<String>,
    /// How often a review file was exported.
    #[ts(type = "number")]
    pub exports: u64,
    /// When it was exported last.
    pub last_export_at: Option<String>,
}

/// A record in the recycle bin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RemovedRecord {
    /// The kind of record.
    pub entity: String,
    /// Its key.
    pub key: String,
    /// What it is called.
    pub name: Label,
    /// When it was removed.
    pub at: String,
    /// The number of the event that set its last value: pass it to `go_back`.
    #[ts(type = "number")]
    pub n: u64,
    /// What it held.
    pub held: Vec<FieldChange>,
}

/// A text of a record that looks like the identity of a patient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TextWarning {
    /// The kind of record.
    pub entity: String,
    /// Its key.
    pub key: String,
    /// The field as a JSON pointer into the record.
    pub field: String,
    /// What it looks like.
    pub identity: PatientIdentity,
}
