//! What the columns of a sheet mean: guessed first, then changed on the screen.

use crate::Means;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xiaxiangzhi_core::posting::ActivityKind;

/// How a sheet is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "SheetLayout")]
pub enum Layout {
    /// A row a day, an activity, a leave or a problem.
    List,
    /// Names down, days across, a mark in each cell.
    Grid,
}

/// What the rows of a list are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RowsAre {
    /// Days.
    Days,
    /// Lectures, rounds and the rest.
    Activities,
    /// Leaves.
    Leaves,
    /// Rows of the support diary.
    Problems,
}

/// What a column of a list means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ColumnMeaning")]
pub enum Meaning {
    /// It is left out.
    Nothing,
    /// 日期
    Date,
    /// Whose row it is.
    Person,
    /// A mark for the morning.
    Morning,
    /// A mark for the afternoon.
    Afternoon,
    /// A mark for both halves.
    WholeDay,
    /// 上午, 下午 or 全天: what the rest of the row is about.
    Half,
    /// 记录
    Note,
    /// 工作量 in words, perhaps below a note: 门诊23人次、上转1例.
    Workload,
    /// 类别 of an activity or a leave.
    Kind,
    /// 题目
    Title,
    /// 地点
    Place,
    /// 时长
    Minutes,
    /// 人数
    Participants,
    /// 听众
    Audience,
    /// First day of a leave.
    From,
    /// First half of a leave.
    FromHalf,
    /// Last day of a leave.
    To,
    /// Last half of a leave.
    ToHalf,
    /// First and last day of a leave in one cell.
    Period,
    /// 事由
    Reason,
    /// Who approved a leave.
    ApprovedBy,
    /// When it was approved.
    ApprovedOn,
    /// Who was told of a leave.
    NotifiedTo,
    /// When they were told.
    NotifiedOn,
    /// 销假
    ReturnedOn,
    /// 问题
    Problem,
    /// 指导
    Guidance,
    /// 整改
    CorrectiveAction,
    /// 责任人
    Responsible,
    /// 整改期限
    Due,
    /// How far a problem has been put right.
    Status,
    /// 复查日期
    RecheckedOn,
    /// 复查结果
    Result,
    /// A count of this key.
    Tally(String),
}

/// A mark and what it means in a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SymbolMeaning {
    /// The mark.
    pub symbol: String,
    /// What it means.
    pub means: Means,
}

/// How one sheet is to be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "SheetMapping")]
pub struct Mapping {
    /// Which sheet, from 0.
    pub sheet: usize,
    /// How it is laid out.
    pub layout: Layout,
    /// What the rows of a list are; days in a grid.
    pub rows: RowsAre,
    /// How many rows stand above the first one to be read.
    pub header_rows: usize,
    /// What each column of a list means; columns beyond mean nothing.
    pub columns: Vec<Meaning>,
    /// The kind of activities whose row does not say it.
    pub activity_kind: Option<ActivityKind>,
    /// Whose rows are read where there are several people's.
    pub person: Option<String>,
    /// The month (`2026-03`) of days of the month.
    pub month: Option<String>,
    /// Meanings of marks that differ from those known.
    pub symbols: Vec<SymbolMeaning>,
    /// Days with a record or a count and no mark are entered as present, morning and afternoon.
    pub present_when_written: bool,
}

impl Mapping {
    /// The column that means this.
    pub(crate) fn column(&self, meaning: &Meaning) -> Option<usize> {
        self.columns.iter().position(|each| each == meaning)
    }

    /// Whether something in the sheet says which day its rows are about.
    pub(crate) fn tells_dates(&self) -> bool {
        let has = |meaning: &Meaning| self.column(meaning).is_some();
        let spans = self.rows == RowsAre::Leaves && (has(&Meaning::From) || has(&Meaning::Period));
        self.layout == Layout::Grid || has(&Meaning::Date) || spans
    }

    /// The month as year and month.
    pub(crate) fn year_and_month(&self) -> Option<(i32, u32)> {
        let (year, month) = self.month.as_deref()?.split_once('-')?;
        let (year, month) = (year.parse().ok()?, month.parse().ok()?);
        ((1990..=2100).contains(&year) && (1..=12).contains(&month)).then_some((year, month))
    }
}
