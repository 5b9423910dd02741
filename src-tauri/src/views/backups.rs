//! Backups: where they lie, and what is in each.

use super::{CommandError, PostingSummary};
use chrono::NaiveDate;
use serde::Serialize;
use ts_rs::TS;

/// A place that backups lie in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BackupPlace {
    /// Which.
    pub kind: BackupPlaceKind,
    /// The folder, or the file that was chosen.
    pub folder: String,
    /// Whether it can be reached now; a stick may be unplugged.
    pub present: bool,
    /// Its backups, the newest first. None of them was read yet: ask for each with `read_backup`.
    pub backups: Vec<BackupFile>,
}

/// Which place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BackupPlaceKind {
    /// Beside the records.
    DataFolder,
    /// 第二位置
    SecondPlace,
    /// A folder or a file that was chosen in a dialog.
    Chosen,
}

/// A backup as its name has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BackupFile {
    /// The whole path: pass it to `read_backup`.
    pub path: String,
    /// The file's name.
    pub name: String,
    /// When it was made: by its name, else the file's own time.
    pub at: String,
    /// Its size.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Whether it was made before the records were brought to a newer format; such a one is never thinned out.
    pub before_format: bool,
}

/// What reading one backup through showed: what is in it, or why it is of no use.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct BackupReading {
    /// The file.
    pub path: String,
    /// What is in it; null if it did not verify.
    pub contents: Option<BackupContents>,
    /// Why it did not verify; null if it did.
    pub refusal: Option<CommandError>,
}

/// What is in a backup that was read through and found whole.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct BackupContents {
    /// Events in all its postings.
    #[ts(type = "number")]
    pub events: u64,
    /// The last day that something is recorded for, in any of them.
    pub last_day: Option<NaiveDate>,
    /// Its postings, the one entered last first.
    pub postings: Vec<BackupPosting>,
    /// Review files received that it carries.
    #[ts(type = "number")]
    pub received_files: u64,
}

/// One posting in a backup.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct BackupPosting {
    /// Whose, where and when.
    pub summary: PostingSummary,
    /// The last day that something is recorded for.
    pub last_day: Option<NaiveDate>,
    /// Half-days with a status.
    #[ts(type = "number")]
    pub recorded_half_days: u64,
    /// 授课
    #[ts(type = "number")]
    pub lectures: u64,
    /// 查房
    #[ts(type = "number")]
    pub rounds: u64,
    /// 请假
    #[ts(type = "number")]
    pub leaves: u64,
    /// Photos and files; each was compared with its hash.
    #[ts(type = "number")]
    pub attachments: u64,
}
