//! Why a paper could not be made.

use crate::fonts::MissingGlyph;
use std::fmt::Write as _;

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
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::MissingGlyphs(_) => "missing_glyphs",
            Self::AmountOutOfRange { .. } => "amount_out_of_range",
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
