//! Why a paper could not be made.

use crate::fonts::MissingGlyph;
use crate::kind::FormKind;
use chrono::NaiveDate;
use std::fmt::Write as _;
use xiaxiangzhi_core::scheme::Clause;

/// Why a paper could not be made.
#[derive(Debug, thiserror::Error)]
pub enum FormsError {
    /// No font on this machine has these characters. The paper would show blanks, so it is not made.
    #[error("{}", missing(.0))]
    MissingGlyphs(Vec<MissingGlyph>),
    /// An amount beyond what the capitals can say.
    #[error(
        "金额 {fen} 分写不成大写：只能是 0 到 {} 分（9,999,999.99 元）",
        crate::money::MOST_FEN
    )]
    AmountOutOfRange {
        /// The amount in fen.
        fen: u64,
    },
    /// The scheme withholds the service appraisal form.
    #[error("按考核方案不予出具服务鉴定表：{reason}。依据{}：“{}”", .clause.number, .clause.quote)]
    Withheld {
        /// Which requirements are failed.
        reason: String,
        /// The clause.
        clause: Clause,
    },
    /// A paper of records, and none is recorded.
    #[error("没有可以印在{}上的记录", .kind.name())]
    NothingRecorded {
        /// Which paper.
        kind: FormKind,
    },
    /// A month that has no day of the posting.
    #[error("{year}年{month}月不在派驻期内（{}至{}）", crate::wording::long_date(*.start), crate::wording::long_date(*.end))]
    OutsidePosting {
        /// The year asked for.
        year: i32,
        /// The month asked for.
        month: u32,
        /// First day of the posting.
        start: NaiveDate,
        /// Last day of the posting.
        end: NaiveDate,
    },
    /// A table whose cells overlap or leave its columns.
    #[error("表格第 {row} 行的格子超出了 {columns} 列")]
    Grid {
        /// The row, counted from 1.
        row: usize,
        /// How many columns the table has.
        columns: usize,
    },
    /// The template could not be typeset. A defect of this program.
    #[error("排版失败：{0}")]
    Typesetting(String),
    /// The document could not be written. A defect of this program.
    #[error("文档写不出来：{0}")]
    Document(String),
    /// The workbook could not be written. A defect of this program.
    #[error("表格文件写不出来：{0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}

impl FormsError {
    /// Whether the records, and not this program or machine, are why there is no such paper: others can still be made.
    pub fn is_of_the_records(&self) -> bool {
        matches!(self, Self::Withheld { .. } | Self::NothingRecorded { .. })
    }

    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::MissingGlyphs(_) => "missing_glyphs",
            Self::AmountOutOfRange { .. } => "amount_out_of_range",
            Self::Withheld { .. } => "appraisal_withheld",
            Self::NothingRecorded { .. } => "nothing_recorded",
            Self::OutsidePosting { .. } => "outside_posting",
            Self::Grid { .. } => "grid",
            Self::Typesetting(_) => "typesetting",
            Self::Document(_) => "document",
            Self::Workbook(_) => "workbook",
        }
    }
}

fn missing(glyphs: &[MissingGlyph]) -> String {
    let mut message = String::from("本机没有字体能打印这些字：");
    for (nth, glyph) in glyphs.iter().enumerate() {
        let comma = if nth == 0 { "" } else { "、" };
        // Writing to a string cannot fail.
        let _ = write!(
            message,
            "{comma}{}（{}，在“{}”）",
            glyph.character, glyph.code_point, glyph.place
        );
    }
    message.push_str("。请安装带生僻字的字体（例如 Noto Serif CJK SC 或 宋体-ExtB）后再打印。");
    message
}
