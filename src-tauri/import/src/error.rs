//! Why a file is not read at all.

use xiaxiangzhi_core::language::Language;

/// Why a file is not read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Neither a workbook nor a text.
    #[error("the file is neither an .xlsx workbook nor a .csv text")]
    NotAWorkbook,
    /// A workbook of Excel 97 to 2003, or one under a password: both come in the same container.
    #[error("the file is an old .xls workbook, or one with a password")]
    OldOrEncrypted,
    /// The workbook is damaged.
    #[error("the workbook is damaged: {detail}")]
    Damaged {
        /// What its reader says.
        detail: String,
    },
    /// More than a limit allows.
    #[error("the file has more {what} than {limit}")]
    TooLarge {
        /// Of what.
        what: TooMany,
        /// The most allowed.
        limit: usize,
    },
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
}

/// What there is too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TooMany {
    /// Bytes of the file.
    Bytes,
    /// Bytes once unpacked.
    Unpacked,
    /// Sheets.
    Sheets,
    /// Rows of a sheet.
    Rows,
    /// Cells.
    Cells,
}

impl std::fmt::Display for TooMany {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Bytes => "bytes",
            Self::Unpacked => "bytes when unpacked",
            Self::Sheets => "sheets",
            Self::Rows => "rows",
            Self::Cells => "cells",
        })
    }
}

impl ImportError {
    /// A stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAWorkbook => "not_a_workbook",
            Self::OldOrEncrypted => "old_or_encrypted_workbook",
            Self::Damaged { .. } => "damaged_workbook",
            Self::TooLarge { .. } => "workbook_too_large",
            Self::Empty => "empty_workbook",
        }
    }

    /// What is wrong with the file.
    pub fn describe(&self, language: Language) -> String {
        if language == Language::English {
            let text = self.to_string();
            let mut characters = text.chars();
            let first = characters.next().map(|c| c.to_uppercase().to_string());
            return format!("{}{}.", first.unwrap_or_default(), characters.as_str());
        }
        match self {
            Self::NotAWorkbook => "这不是 .xlsx 表格，也不是 .csv 文字。".to_owned(),
            Self::OldOrEncrypted => "这是旧格式 .xls 的表格，或加了密码。".to_owned(),
            Self::Damaged { detail } => format!("表格已损坏：{detail}。"),
            Self::TooLarge { what, limit } => {
                let what = match what {
                    TooMany::Bytes => "文件太大（字节）",
                    TooMany::Unpacked => "解开后太大（字节）",
                    TooMany::Sheets => "工作表太多",
                    TooMany::Rows => "行数太多",
                    TooMany::Cells => "单元格太多",
                };
                format!("{what}，最多 {limit}。")
            }
            Self::Empty => "文件是空的。".to_owned(),
        }
    }

    /// What to do about it.
    pub fn next(&self, language: Language) -> &'static str {
        match self {
            Self::NotAWorkbook | Self::Empty => {
                language.pick("选 .xlsx 或 .csv 文件。", "Choose an .xlsx or .csv file.")
            }
            Self::OldOrEncrypted => language.pick(
                "用 WPS 或 Excel 打开，去掉密码，另存为 .xlsx 再选。",
                "Open it in WPS or Excel, remove the password, save it as .xlsx, and choose that.",
            ),
            Self::Damaged { .. } => language.pick(
                "用 WPS 或 Excel 打开，另存一份再选。",
                "Open it in WPS or Excel, save a copy, and choose that.",
            ),
            Self::TooLarge { .. } => language.pick(
                "把要导入的那几张表另存为一个文件再选。",
                "Save the sheets to be imported as a file of their own, and choose that.",
            ),
        }
    }
}
