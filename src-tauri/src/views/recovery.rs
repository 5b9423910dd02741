//! What stands between a person and their records, and what can be done about it.

use super::CommandError;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xiaxiangzhi_core::language::Label;

/// Why the records were not opened, and what can be done about it here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OpenProblem {
    /// What happened.
    pub error: CommandError,
    /// What can be done, the recommended one first. `restore` and `set_date` have commands of their own.
    pub choices: Vec<ProblemChoice>,
    /// The date the computer shows, where that is the problem.
    pub date: Option<NaiveDate>,
    /// The earliest date that is likely, where the computer's date is the problem: that of the last entry.
    pub earliest: Option<NaiveDate>,
}

/// A way out of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProblemChoice {
    /// 再试一次
    Retry,
    /// 关闭窗口
    Quit,
    /// 恢复这一份: a backup is chosen, see `adopt_backup`.
    Restore,
    /// 全部另存: see `save_everything`.
    SaveAll,
    /// 只读打开
    ReadOnly,
    /// 打开那个窗口: the other instance comes to the front, and this window closes.
    ShowOther,
    /// 找到它: the folder with the records is chosen in a dialog.
    FindFolder,
    /// 拷到平常的文件夹: the records are copied to this computer and opened there.
    CopyHere,
    /// 重新开始: with no records.
    StartNew,
    /// 用这个日期: see `set_date`.
    SetDate,
    /// 电脑的日期没有错
    KeepDate,
}

/// Something to know while the records are open; work goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AppNotice {
    /// A stable `snake_case` name.
    pub code: String,
    /// Whether it asks for something to be done.
    pub warns: bool,
    /// What is so.
    pub what: Label,
    /// What it means, or what to do.
    pub next: Label,
    /// What can be done here, besides putting the notice away.
    pub choices: Vec<ProblemChoice>,
}

/// Why nothing can be changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReadOnlyReason {
    /// A stable `snake_case` name: `opened_for_reading`, `moved`.
    pub code: String,
    /// In words.
    pub reason: Label,
}

/// All files of the data folder, copied and read back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SavedEverything {
    /// Where they are.
    pub folder: String,
    /// How many.
    #[ts(type = "number")]
    pub files: u64,
    /// Their bytes.
    #[ts(type = "number")]
    pub bytes: u64,
}

/// What restoring a backup in place of damaged records would bring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ForeseenRestore {
    /// The backup.
    pub path: String,
    /// Events entered after the backup that the damaged file still proves; they come along.
    #[ts(type = "number")]
    pub salvaged: u64,
    /// Events known to have been there and lost.
    #[ts(type = "number")]
    pub lost: u64,
    /// The records that those belong to which come along, the last entered first.
    pub later: Vec<LaterRecord>,
}

/// A record that was entered after a backup was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LaterRecord {
    /// The kind: `day`, `activity`, `leave` ...
    pub entity: String,
    /// Its key: of a day its date.
    pub key: String,
    /// How often it was entered since.
    #[ts(type = "number")]
    pub times: u64,
}
