//! What is wrong with a cell: where, what stands there, what may stand there.

use serde::Serialize;
use ts_rs::TS;
use xiaxiangzhi_core::language::{Label, Language};
use xiaxiangzhi_core::posting::{ActivityKind, Kind as _, LeaveKind, ProblemStatus};

/// One fault of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "CellFault")]
pub struct Fault {
    /// The cell, as `C5`.
    pub cell: String,
    /// What stands there, shortened; blank where nothing does.
    pub value: String,
    /// A stable name of what is wrong.
    pub code: String,
    /// What is wrong with it and what is allowed.
    pub what: Label,
}

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Not a date in any way that is understood.
    NotADate,
    /// No such date.
    ImpossibleDate,
    /// It can be more than one date.
    AmbiguousDate,
    /// No month is known for a day of the month.
    NoMonth,
    /// A date is needed and there is none.
    NoDate,
    /// Not a whole number from 0 to a million.
    NotACount,
    /// Not a length in minutes.
    NotMinutes,
    /// A mark whose meaning nobody has said.
    UnknownSymbol,
    /// Neither morning nor afternoon.
    NotAHalf,
    /// Not a kind of activity.
    UnknownActivity,
    /// Not a kind of leave.
    UnknownLeave,
    /// Not a state of a problem.
    UnknownStatus,
    /// A text over its limit.
    TooLong {
        /// The most characters.
        limit: usize,
    },
    /// A control character.
    ForbiddenCharacter,
    /// A formula whose value was not stored.
    Uncomputed,
    /// A cell that shows an error.
    CellError,
    /// Another row says something else about the same.
    Contradicts {
        /// The other row, from 1.
        row: usize,
    },
    /// Ends before it starts.
    EndsBeforeStart,
    /// Overlaps a leave in another row.
    Overlaps {
        /// The other row, from 1.
        row: usize,
    },
    /// Present on a half-day that is on leave.
    OnLeave,
}

impl Problem {
    /// A stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotADate => "not_a_date",
            Self::ImpossibleDate => "impossible_date",
            Self::AmbiguousDate => "ambiguous_date",
            Self::NoMonth => "no_month",
            Self::NoDate => "no_date",
            Self::NotACount => "not_a_count",
            Self::NotMinutes => "not_minutes",
            Self::UnknownSymbol => "unknown_symbol",
            Self::NotAHalf => "not_a_half",
            Self::UnknownActivity => "unknown_activity",
            Self::UnknownLeave => "unknown_leave",
            Self::UnknownStatus => "unknown_status",
            Self::TooLong { .. } => "too_long",
            Self::ForbiddenCharacter => "forbidden_character",
            Self::Uncomputed => "uncomputed",
            Self::CellError => "cell_error",
            Self::Contradicts { .. } => "contradicts",
            Self::EndsBeforeStart => "ends_before_start",
            Self::Overlaps { .. } => "overlaps",
            Self::OnLeave => "on_leave",
        }
    }

    /// What is wrong and what is allowed.
    pub fn describe(&self, language: Language) -> String {
        let kinds = |names: Vec<&str>| names.join(language.pick("、", ", "));
        let pick = |zh: &str, en: &str| language.pick(zh, en).to_owned();
        match self {
            Self::NotADate => pick(
                "看不出是哪一天，可写 2026.3.2、3月2日 或 20260302",
                "is not a date; write it as 2026.3.2 or 20260302",
            ),
            Self::ImpossibleDate => pick("没有这一天", "does not exist in the calendar"),
            Self::AmbiguousDate => pick(
                "看不准是哪一天，请写成 3月2日 或 2026.3.2",
                "can be more than one date; write it as 2026.3.2",
            ),
            Self::NoMonth => pick(
                "只有几号，不知道是哪个月，要先选月份",
                "is a day of an unknown month; choose the month first",
            ),
            Self::NoDate => pick("这一行没有日期", "the row has no date"),
            Self::NotACount => pick(
                "要写 0 到 1,000,000 的整数",
                "must be a whole number from 0 to 1,000,000",
            ),
            Self::NotMinutes => pick("看不出多久，可写 60 或 1小时", "is no length; write 60 or 1h"),
            Self::UnknownSymbol => pick(
                "这个符号没有说明，要先选它的意思",
                "is a mark without a meaning; choose one first",
            ),
            Self::NotAHalf => pick("要写 上午、下午 或 全天", "must be 上午, 下午 or 全天"),
            Self::UnknownActivity => {
                let names = ActivityKind::ALL
                    .iter()
                    .map(|kind| kind.label(language))
                    .collect();
                let lead = language.pick("没有这类活动，可用：", "is no kind of activity; allowed: ");
                format!("{lead}{}", kinds(names))
            }
            Self::UnknownStatus => {
                let names = ProblemStatus::ALL
                    .iter()
                    .map(|status| status.label(language))
                    .collect();
                let lead = language.pick("没有这种状态，可用：", "is no such state; allowed: ");
                format!("{lead}{}", kinds(names))
            }
            Self::UnknownLeave => {
                let names = LeaveKind::ALL.iter().map(|kind| kind.label(language)).collect();
                let lead = language.pick("没有这类假，可用：", "is no kind of leave; allowed: ");
                format!("{lead}{}", kinds(names))
            }
            Self::TooLong { limit } => language
                .pick("太长，最多 {n} 个字", "is too long; at most {n} characters")
                .replace("{n}", &limit.to_string()),
            Self::ForbiddenCharacter => pick("含有不允许的控制字符", "contains a control character"),
            Self::Uncomputed => pick(
                "公式没有存下结果，用 WPS 或 Excel 打开存一次",
                "is a formula without a stored value; open and save the file in WPS or Excel",
            ),
            Self::CellError => pick("单元格显示的是错误", "is a cell that shows an error"),
            Self::Contradicts { row } => language
                .pick("和第 {n} 行说的不一样", "says something else than row {n}")
                .replace("{n}", &row.to_string()),
            Self::EndsBeforeStart => pick("结束早于开始", "ends before it starts"),
            Self::Overlaps { row } => language
                .pick("和第 {n} 行的请假重叠", "overlaps the leave in row {n}")
                .replace("{n}", &row.to_string()),
            Self::OnLeave => pick(
                "那半天在请假中，不能同时记为出勤",
                "is present on a half-day that is on leave",
            ),
        }
    }

    /// The fault at a cell.
    pub(crate) fn at(&self, cell: String, value: &str) -> Fault {
        let mut short: String = value.chars().filter(|c| !c.is_control()).take(40).collect();
        if value.chars().count() > 40 {
            short.push('…');
        }
        Fault {
            cell,
            value: short,
            code: self.code().to_owned(),
            what: both(|language| self.describe(language)),
        }
    }
}

/// A text in both languages.
pub(crate) fn both(text: impl Fn(Language) -> String) -> Label {
    Label {
        zh: text(Language::Chinese),
        en: text(Language::English),
    }
}
