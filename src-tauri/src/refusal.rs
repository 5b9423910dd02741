//! Refusals in plain words: what happened, whether the data is safe, what to do next.

use crate::views::{CommandError, FaultView};
use std::path::Path;
use xiaxiangzhi_core::calendar::CalendarError;
use xiaxiangzhi_core::language::{Label, Language};
use xiaxiangzhi_core::log::LogError;
use xiaxiangzhi_core::posting::BadRecords;
use xiaxiangzhi_forms::FormsError;
use xiaxiangzhi_store::{OpenError, StoreError};

pub(crate) fn label(zh: impl Into<String>, en: impl Into<String>) -> Label {
    Label {
        zh: zh.into(),
        en: en.into(),
    }
}

/// A refusal that touched nothing: the usual case.
pub(crate) fn refusal(code: &str, what: Label, next: Label) -> CommandError {
    CommandError {
        code: code.to_owned(),
        what,
        safe: label("数据没有改动。", "Nothing was changed."),
        next,
        faults: Vec::new(),
    }
}

fn unsaved(code: &str, what: Label, next: Label) -> CommandError {
    CommandError {
        safe: label(
            "之前保存的都在，刚才写的还在这里，没有丢。",
            "Everything saved before is safe, and what you just wrote is still here.",
        ),
        ..refusal(code, what, next)
    }
}

/// The page asked for something that cannot be: a fault of the program, not of the person.
pub(crate) fn bad_request(detail: impl std::fmt::Display) -> CommandError {
    refusal(
        "bad_request",
        label(
            format!("程序出错：{detail}"),
            format!("A fault in the program: {detail}"),
        ),
        label(
            "请把这句话告诉开发者。",
            "Please tell the developers these words.",
        ),
    )
}

pub(crate) fn no_posting() -> CommandError {
    refusal(
        "no_posting",
        label("还没有打开派驻记录。", "No posting is open."),
        label("先新建一次派驻，或打开已有的。", "Create a posting, or open one."),
    )
}

/// Faults of records, each placed by the caller.
pub(crate) fn bad_records(bad: &BadRecords, faults: Vec<FaultView>) -> CommandError {
    let count = bad.faults.len();
    let what = match bad.faults.as_slice() {
        [only] => label(
            format!("这一项没有保存：{}", only.problem.describe(Language::Chinese)),
            format!(
                "Not saved: the value {}",
                only.problem.describe(Language::English)
            ),
        ),
        _ => label(
            format!("有 {count} 处不对，没有保存。"),
            format!("Not saved: {count} values are wrong."),
        ),
    };
    CommandError {
        faults,
        ..unsaved(
            bad.code(),
            what,
            label(
                "改好标出的地方，会自动再存。",
                "Correct what is marked; it is saved again by itself.",
            ),
        )
    }
}

pub(crate) fn not_written(path: &Path, error: &std::io::Error) -> CommandError {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let full = matches!(
        error.kind(),
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded
    );
    let (code, zh, en) = if full {
        ("disk_full", "磁盘已满".to_owned(), "the disk is full".to_owned())
    } else {
        ("file_not_written", error.to_string(), error.to_string())
    };
    CommandError {
        safe: label("记录都在，没有改动。", "The records are safe and unchanged."),
        ..refusal(
            code,
            label(
                format!("“{name}”没有写成：{zh}。"),
                format!("“{name}” was not written: {en}."),
            ),
            label("换一个文件夹再导出。", "Export to another folder."),
        )
    }
}

pub(crate) fn no_printing() -> CommandError {
    CommandError {
        safe: label("记录都在，没有改动。", "The records are safe and unchanged."),
        ..refusal(
            "no_printing",
            label("打印窗口没有打开。", "The print window did not open."),
            label(
                "请「存为 PDF」，再用看 PDF 的软件打印。",
                "Save as PDF and print it from a PDF viewer.",
            ),
        )
    }
}

pub(crate) fn not_read(path: &Path, error: &std::io::Error) -> CommandError {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    refusal(
        "file_not_read",
        label(
            format!("打不开“{name}”：{error}。"),
            format!("“{name}” cannot be read: {error}."),
        ),
        label(
            "看看文件是否还在原处，再打开一次。",
            "See whether the file is still there, and open it again.",
        ),
    )
}

impl From<CalendarError> for CommandError {
    fn from(error: CalendarError) -> Self {
        refusal(
            error.code(),
            label(
                "日期超出了日历的范围（2004 年到 2100 年）。",
                format!("Outside the calendar: {error}."),
            ),
            label("换一个日期。", "Choose another date."),
        )
    }
}

impl From<LogError> for CommandError {
    fn from(error: LogError) -> Self {
        StoreError::from(error).into()
    }
}

impl From<BadRecords> for CommandError {
    fn from(bad: BadRecords) -> Self {
        bad_records(&bad, Vec::new())
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        let what = label(
            error.describe(Language::Chinese),
            error.describe(Language::English),
        );
        match &error {
            StoreError::DiskFull => unsaved(
                error.code(),
                label("没有存上：磁盘已满。", "Not saved: the disk is full."),
                label("腾出空间后按「再存一次」。", "Free some space, then Save again."),
            ),
            StoreError::Io { operation, detail } => unsaved(
                error.code(),
                label(
                    format!("没有存上：{detail}（{operation}）。"),
                    format!("Not saved: {operation} failed: {detail}."),
                ),
                label(
                    "按「再存一次」。一直不行就重新打开程序。",
                    "Save again. If it keeps failing, restart the program.",
                ),
            ),
            StoreError::Open(open) => open_error(open),
            StoreError::Records(bad) => bad_records(bad, Vec::new()),
            StoreError::NoSuchLog { .. } => no_posting(),
            StoreError::Approved { .. } => unsaved(
                error.code(),
                label(
                    "还没有改：记录已经审核通过。",
                    "Not changed yet: the records were approved.",
                ),
                label(
                    "写一句修改的原因，就可以接着改；原因会随下次导出给医务部看。",
                    "Give a reason in a sentence to go on; it goes to the office with the next export.",
                ),
            ),
            _ => unsaved(error.code(), what, label("再试一次。", "Try again.")),
        }
    }
}

impl From<FormsError> for CommandError {
    fn from(error: FormsError) -> Self {
        let text = error.to_string();
        let english = match &error {
            FormsError::Withheld { clause, .. } => format!(
                "The scheme withholds the service appraisal form ({}): {text}",
                clause.number
            ),
            FormsError::NothingRecorded { kind } => {
                format!("No record belongs on this form ({}).", kind.name())
            }
            FormsError::OutsidePosting {
                year,
                month,
                start,
                end,
            } => {
                format!("{year}-{month:02} is no month of the posting ({start} to {end}).")
            }
            _ => format!("The form was not made: {text}"),
        };
        let next = match error {
            FormsError::MissingGlyphs(_) => label(
                "装上带这些字的字体（如 宋体-ExtB、Noto Serif CJK SC），再重新打开下乡志。",
                "Install a font that has these characters (such as SimSun-ExtB or Noto Serif CJK SC), then open the program again.",
            ),
            FormsError::Withheld { .. } => label(
                "未达标的原因见「进度」。",
                "The progress screen says what was not met, and why.",
            ),
            FormsError::NothingRecorded { .. } => {
                label("记下之后再来打印。", "Record something first, then print it.")
            }
            FormsError::OutsidePosting { .. } => {
                label("选派驻期内的月份。", "Choose a month of the posting.")
            }
            _ => label(
                "请把这句话告诉开发者。",
                "Please tell the developers these words.",
            ),
        };
        refusal(error.code(), label(text, english), next)
    }
}

/// Why the records could not be opened. Nothing was changed or deleted on any of these.
pub(crate) fn open_error(error: &OpenError) -> CommandError {
    let untouched = label("数据没有改动，也没有删除。", "Nothing was changed or deleted.");
    let next = match error {
        OpenError::Locked { .. } => label(
            "回到已经打开的那个窗口；或先关掉它，再按「再试一次」。",
            "Go to the window that is already open; or close it, then try again.",
        ),
        OpenError::Newer { .. } => label(
            "先只读打开看，或升级本程序再写。",
            "Open for reading for now, or update this program to go on.",
        ),
        OpenError::Damaged { .. } => label(
            "先不要动数据文件夹，把它整个复制一份，再从备份恢复。",
            "Leave the data folder as it is, copy all of it, then restore a backup.",
        ),
        OpenError::NotOurs { .. } => label(
            "找到放记录的文件夹，或移走那个文件，再试一次。",
            "Find the folder with your records, or move that file away and try again.",
        ),
        OpenError::ReadOnly { .. } => label(
            "拷到能写的文件夹接着写；或取消只读，再按「再试一次」。",
            "Copy them to where they can be written to; or lift the protection, then try again.",
        ),
        OpenError::DiskFull { .. } => {
            label("腾出空间，再按「再试一次」。", "Free some space, then try again.")
        }
        OpenError::NotMigrated { .. } => label(
            "看看磁盘空间和权限，再按「再试一次」；也可以先只读打开。",
            "Look at the disk's space and permissions, then try again; or open for reading for now.",
        ),
        OpenError::Permission { .. } | OpenError::Io { .. } => label(
            "请管电脑的人看看，再按「再试一次」。",
            "Ask whoever looks after this computer, then try again.",
        ),
    };
    CommandError {
        code: error.code().to_owned(),
        what: label(
            error.describe(Language::Chinese),
            error.describe(Language::English),
        ),
        safe: untouched,
        next,
        faults: Vec::new(),
    }
}
