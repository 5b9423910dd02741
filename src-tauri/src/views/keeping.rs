//! Going back to a backup, other places and other computers.

use super::{AppState, BackupInfo};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;
use xiaxiangzhi_core::language::Label;
use xiaxiangzhi_core::log::FieldChange;

/// What a restore would do, posting by posting.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct RestorePreview {
    /// When the backup was made.
    pub at: Option<String>,
    /// Every posting here or in the backup.
    pub postings: Vec<PostingRestore>,
}

/// What a restore would do to one posting.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PostingRestore {
    /// Its log.
    pub log_id: Uuid,
    /// 姓名; blank while not filled in.
    pub physician: String,
    /// 受援单位; blank while not filled in.
    pub recipient_unit: String,
    /// First day.
    pub start: Option<String>,
    /// Last day.
    pub end: Option<String>,
    /// How the two stand to each other.
    pub relation: RestoreRelation,
    /// Events that one of the two has more than the other; of a fork the number of the first that differs.
    #[ts(type = "number")]
    pub events: u64,
    /// The records that would be other than they are now.
    pub changes: Vec<RecordChange>,
}

/// How a posting in the backup stands to the posting here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RestoreRelation {
    /// Nothing was entered since.
    Same,
    /// The posting here went on after the backup.
    Earlier,
    /// The backup goes on after the end of the posting here.
    Later,
    /// Both went on by themselves: the posting was worked on in two places.
    Forked,
    /// It is not here; it comes back with its whole history.
    Absent,
    /// It is here only, and stays as it is.
    NotInBackup,
}

/// One record that a restore would set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RecordChange {
    /// The entity: `day`, `activity`, `leave` ...
    pub entity: String,
    /// Its key.
    pub key: String,
    /// What it is called.
    pub name: Label,
    /// What becomes of it.
    pub becomes: Becomes,
    /// Its fields, as they are now and as they were then.
    pub fields: Vec<FieldChange>,
}

/// What a restore makes of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Becomes {
    /// It is there now and then, but otherwise.
    Changed,
    /// It was not there then.
    Goes,
    /// It is not there now.
    ComesBack,
}

/// What a restore did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Restored {
    /// The backup of what was before.
    pub before: BackupInfo,
    /// Postings that came back or were changed.
    #[ts(type = "number")]
    pub postings: usize,
    /// What takes it back again; empty where nothing was set back.
    pub undo: Vec<RestoreStep>,
}

/// One posting that a restore set back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RestoreStep {
    /// Its log.
    pub log_id: Uuid,
    /// Events after the restore: if there are more now, something was entered since.
    #[ts(type = "number")]
    pub n: u64,
}

/// The second place for backups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SecondPlace {
    /// The folder that was chosen.
    pub folder: String,
    /// Whether it is there now.
    pub present: bool,
    /// When the newest backup there was made.
    pub last_at: Option<String>,
    /// How many backups are there.
    #[ts(type = "number")]
    pub backups: usize,
    /// What became of the last copy; null where none was tried since the start.
    pub copy: Option<SecondCopy>,
    /// Why it failed, in the system's words.
    pub reason: Option<String>,
}

/// What became of a copy for the second place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SecondCopy {
    /// Copied, and read back there.
    Made,
    /// The place was not there.
    Absent,
    /// It could not be written or did not read back.
    Failed,
}

/// Everything was written into one file for another computer.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct MovedAway {
    /// The file, read back after it was written.
    pub path: String,
    /// The postings in it.
    #[ts(type = "number")]
    pub postings: usize,
    /// The events in it.
    #[ts(type = "number")]
    pub events: u64,
    /// The application from now on.
    pub app: AppState,
}

/// A whole posting was deleted.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct DeletedPosting {
    /// The backup made before, with the posting in it.
    pub backup: BackupInfo,
    /// The folder of that backup.
    pub folder: String,
    /// The application from now on.
    pub app: AppState,
}
