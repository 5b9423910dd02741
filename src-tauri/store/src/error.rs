//! What can go wrong, each in plain words in both languages.

use crate::receipts::NoReceipt;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use uuid::Uuid;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::log::LogError;
use xiaxiangzhi_core::posting::BadRecords;
use xiaxiangzhi_core::reviewfile::{ReviewFileError, Verdict};
use xiaxiangzhi_core::scheme::SchemeError;

use crate::ReadOnly;

/// Why the database was not opened. Nothing was changed or deleted.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file is a database of another application.
    #[error("{path} is a database of another application")]
    NotOurs {
        /// The database file.
        path: PathBuf,
    },
    /// The database was written by a newer version.
    #[error(
        "{path} was written by a newer version: it has format {version}, this program knows format {known}"
    )]
    Newer {
        /// The database file.
        path: PathBuf,
        /// Its format.
        version: u32,
        /// The newest format known here.
        known: u32,
    },
    /// The content is not what was written.
    #[error("{path} is damaged: {detail}")]
    Damaged {
        /// The database file.
        path: PathBuf,
        /// What was found.
        detail: String,
    },
    /// Another instance has it open.
    #[error(
        "{path} is in use by {} (process {})",
        program.as_deref().unwrap_or("another program"),
        pid.map_or_else(|| "unknown".to_owned(), |pid| pid.to_string())
    )]
    Locked {
        /// The data directory.
        path: PathBuf,
        /// That instance's process id, if it could be read.
        pid: Option<u32>,
        /// The name of its program, if it could be read.
        program: Option<String>,
    },
    /// The database has an older format and could not be brought to the present one; it still has the old.
    #[error("{path} has format {version}, which could not be brought to format {known}: {detail}")]
    NotMigrated {
        /// The database file.
        path: PathBuf,
        /// Its format.
        version: u32,
        /// The present format.
        known: u32,
        /// What stood in the way.
        detail: String,
    },
    /// Nothing can be written in this place.
    #[error("{path} cannot be written to")]
    ReadOnly {
        /// The data directory.
        path: PathBuf,
    },
    /// The disk is full.
    #[error("the disk that holds {path} is full")]
    DiskFull {
        /// The data directory.
        path: PathBuf,
    },
    /// The place may not be read.
    #[error("access to {path} is denied")]
    Permission {
        /// The file or directory.
        path: PathBuf,
    },
    /// Anything else.
    #[error("{operation} of {path} failed: {detail}")]
    Io {
        /// What was tried.
        operation: &'static str,
        /// With which file or directory.
        path: PathBuf,
        /// What the system said.
        detail: String,
    },
}

impl OpenError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotOurs { .. } => "database_not_ours",
            Self::Newer { .. } => "database_newer",
            Self::Damaged { .. } => "database_damaged",
            Self::Locked { .. } => "database_locked",
            Self::NotMigrated { .. } => "database_not_migrated",
            Self::ReadOnly { .. } => "place_read_only",
            Self::DiskFull { .. } => "disk_full",
            Self::Permission { .. } => "permission_denied",
            Self::Io { .. } => "io",
        }
    }

    /// What happened and that nothing was deleted, for a person.
    pub fn describe(&self, language: Language) -> String {
        let zh = language == Language::Chinese;
        match self {
            Self::NotOurs { path } if zh => format!("{} 是其他程序的数据库，未作任何改动。", path.display()),
            Self::Newer { path, .. } if zh => {
                format!(
                    "{} 由更新版本的下乡志写成，请先升级本程序。数据没有改动。",
                    path.display()
                )
            }
            Self::Damaged { path, .. } if zh => {
                format!(
                    "{} 已损坏，未打开。原文件保持不动，可从备份恢复。",
                    path.display()
                )
            }
            Self::Locked { path, pid, program } if zh => {
                let who = match program.as_deref() {
                    Some("xxz") => "命令行程序 xxz",
                    _ => "另一个下乡志",
                };
                match pid {
                    Some(pid) => format!("{} 正由{who}使用（进程 {pid}）。请先关闭它。", path.display()),
                    None => format!("{} 正由{who}使用。请先关闭它。", path.display()),
                }
            }
            Self::NotMigrated { path, detail, .. } if zh => {
                format!(
                    "{} 是旧格式，没能升到现在的格式：{detail}。旧格式的记录原样保留，没有改动。",
                    path.display()
                )
            }
            Self::ReadOnly { path } if zh => {
                format!(
                    "{} 只能读取，不能写入，无法保存记录。请换一个文件夹，或取消只读。",
                    path.display()
                )
            }
            Self::DiskFull { path } if zh => {
                format!(
                    "{} 所在磁盘已满，无法保存记录。请清理后再试，已有数据没有改动。",
                    path.display()
                )
            }
            Self::Permission { path } if zh => format!("没有权限读取 {}。请联系电脑管理员。", path.display()),
            Self::Io { path, detail, .. } if zh => {
                format!("打开 {} 时出错：{detail}。数据没有改动。", path.display())
            }
            Self::Damaged { path, .. } => {
                format!(
                    "{} is damaged and was not opened. The file was left as it is; restore a backup.",
                    path.display()
                )
            }
            Self::ReadOnly { path } => {
                format!(
                    "{} can be read but not written, so nothing can be saved. Choose another folder.",
                    path.display()
                )
            }
            _ => {
                let mut text = self.to_string();
                text.push_str(". Nothing was changed.");
                text
            }
        }
    }

    pub(crate) fn io(operation: &'static str, path: &Path, error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        let path = path.to_owned();
        match error.kind() {
            ErrorKind::PermissionDenied if operation == "reading" => Self::Permission { path },
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                Self::DiskFull { path }
            }
            _ => Self::Io {
                operation,
                path,
                detail: error.to_string(),
            },
        }
    }

    pub(crate) fn sqlite(path: &Path, error: &rusqlite::Error) -> Self {
        let detail = error.to_string();
        let path = path.to_owned();
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged { path, detail },
            Some(ErrorCode::ReadOnly) => Self::ReadOnly { path },
            Some(ErrorCode::DiskFull) => Self::DiskFull { path },
            Some(ErrorCode::PermissionDenied) => Self::Permission { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked {
                path,
                pid: None,
                program: None,
            },
            _ => Self::Io {
                operation: "opening",
                path,
                detail,
            },
        }
    }
}

/// Why the store did not do what it was asked. Nothing of the request was kept.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No posting of that id.
    #[error("there is no posting {id} in this database")]
    NoSuchLog {
        /// The id asked for.
        id: Uuid,
    },
    /// A posting of that id is there already.
    #[error("posting {id} is in this database already")]
    LogExists {
        /// The id.
        id: Uuid,
    },
    /// The records would not be valid with the change.
    #[error(transparent)]
    Records(#[from] BadRecords),
    /// The log refuses the change.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The scheme is not known.
    #[error(transparent)]
    Scheme(#[from] SchemeError),
    /// No review file could be made.
    #[error(transparent)]
    ReviewFile(#[from] ReviewFileError),
    /// A file offered for import is not one, or does not continue what is here.
    #[error("the file was not imported: {}", verdict.describe(Language::English))]
    NotImported {
        /// Why.
        verdict: Verdict,
    },
    /// A file to be decided on was never received here.
    #[error("no file {sha256} was received here")]
    NotReceived {
        /// The SHA-256 asked for.
        sha256: String,
    },
    /// A decision was asked for that was not made.
    #[error("neither returned nor approved")]
    Undecided,
    /// The records were approved, and no reason was given yet for changing them.
    #[error("the records were approved at {decided_at}: a change needs a reason first")]
    Approved {
        /// When they were approved.
        decided_at: String,
    },
    /// A decision cannot be taken in.
    #[error("the decision was not taken in: {0}")]
    NoReceipt(NoReceipt),
    /// The records are open for reading only.
    #[error("{}", read_only_words(*reason, Language::English))]
    ReadOnly {
        /// Why.
        reason: ReadOnly,
    },
    /// The disk is full; what was entered before is safe.
    #[error("the disk is full: nothing of this was saved, everything before it is safe")]
    DiskFull,
    /// Reading or writing failed; what was acknowledged before is safe.
    #[error("{operation} failed: {detail}; nothing of this was saved, everything before it is safe")]
    Io {
        /// What was tried.
        operation: &'static str,
        /// What the system said.
        detail: String,
    },
    /// The database had to be closed after an error and could not be opened again.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A backup was written but did not read back right; it was thrown away.
    #[error("the backup did not verify and was thrown away: {detail}")]
    BackupNotVerified {
        /// What differs.
        detail: String,
    },
}

impl StoreError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoSuchLog { .. } => "no_such_posting",
            Self::LogExists { .. } => "posting_exists",
            Self::Records(error) => error.code(),
            Self::Log(error) => error.code(),
            Self::Scheme(error) => error.code(),
            Self::ReviewFile(error) => error.code(),
            Self::NotImported { verdict } => verdict.code(),
            Self::NotReceived { .. } => "not_received",
            Self::Undecided => "undecided",
            Self::Approved { .. } => "approved",
            Self::NoReceipt(why) => why.code(),
            Self::ReadOnly { reason } => match reason {
                ReadOnly::OpenedForReading => "opened_for_reading",
                ReadOnly::Moved => "moved_away",
            },
            Self::DiskFull => "disk_full",
            Self::Io { .. } => "io",
            Self::Open(error) => error.code(),
            Self::BackupNotVerified { .. } => "backup_not_verified",
        }
    }

    /// What happened and what is safe, for a person.
    pub fn describe(&self, language: Language) -> String {
        match (self, language) {
            (Self::Records(error), _) => error.describe(language),
            (Self::Open(error), _) => error.describe(language),
            (Self::NotImported { verdict }, _) => verdict.describe(language),
            (Self::NoSuchLog { .. }, Language::Chinese) => "数据库里没有这次派驻。".to_owned(),
            (Self::LogExists { .. }, Language::Chinese) => "数据库里已有这次派驻。".to_owned(),
            (Self::NotReceived { .. }, Language::Chinese) => "这份文件没有在这里收到过。".to_owned(),
            (Self::Undecided, Language::Chinese) => "还没有选退回还是通过。".to_owned(),
            (Self::Approved { .. }, Language::Chinese) => "记录已经审核通过，要先写明原因才能改。".to_owned(),
            (Self::NoReceipt(why), _) => why.describe(language),
            (Self::ReadOnly { reason }, Language::Chinese) => read_only_words(*reason, language).to_owned(),
            (Self::DiskFull, Language::Chinese) => {
                "磁盘已满，这次没有保存；之前保存的都在。请清理磁盘后再试。".to_owned()
            }
            (Self::Io { .. }, Language::Chinese) => {
                "写入失败，这次没有保存；之前保存的都在。请再试一次。".to_owned()
            }
            (Self::BackupNotVerified { .. }, Language::Chinese) => {
                "备份写完后核对不符，已丢弃。原有数据没有改动。".to_owned()
            }
            (Self::Log(LogError::TooLarge { .. }), Language::Chinese) => "内容过长，没有保存。".to_owned(),
            (Self::Log(_) | Self::Scheme(_) | Self::ReviewFile(_), Language::Chinese) => {
                format!("没有保存：{self}")
            }
            (_, Language::English) => self.to_string(),
        }
    }

    pub(crate) fn sqlite(operation: &'static str, error: &rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            _ => Self::Io {
                operation,
                detail: error.to_string(),
            },
        }
    }

    pub(crate) fn io(operation: &'static str, error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Io {
                operation,
                detail: error.to_string(),
            },
        }
    }
}

fn read_only_words(reason: ReadOnly, language: Language) -> &'static str {
    match reason {
        ReadOnly::OpenedForReading => language.pick(
            "记录是只读打开的，没有保存。数据没有改动。",
            "The records are open for reading only; nothing was saved and nothing changed.",
        ),
        ReadOnly::Moved => language.pick(
            "这份记录已搬到另一台电脑，这里只能看，没有保存。要在这里接着写，请先收回。",
            "These records moved to another computer and can only be read here; nothing was saved. Take them back first to go on here.",
        ),
    }
}
