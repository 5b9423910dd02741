//! What an assessment answers.

use crate::posting::{Half, LeaveKind};
use crate::scheme::Clause;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;
use uuid::Uuid;

/// The verdict on a posting as of a date, with the reasons for every line of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Assessment {
    /// The scheme it was judged by.
    pub scheme: SchemeName,
    /// The date it was judged on.
    pub as_of: NaiveDate,
    /// Whether the posting runs.
    pub phase: Phase,
    /// What the calendar could not know for sure.
    pub calendar: CalendarNote,
    /// 考勤
    pub attendance: Attendance,
    /// The duties in the scheme's order, then quotas, the least duration, the sheet of points, and attendance.
    pub requirements: Vec<Requirement>,
    /// Ids of the requirements `not_met` or `unreachable`.
    pub failed: Vec<String>,
    /// What follows from them.
    pub consequences: Consequences,
    /// Sums over day entries and activities up to `as_of`, zeros left out.
    pub tallies: BTreeMap<String, u64>,
    /// What may be had, and what was taken of it, in the scheme's order.
    pub allowances: Vec<AllowanceTaken>,
    /// 百分制, where the scheme has one.
    pub points: Option<Points>,
    /// Leaves as they are counted together, in date order.
    pub leave_groups: Vec<LeaveGroup>,
    /// What should be looked at; in date order.
    pub findings: Vec<Finding>,
}

/// A scheme by name and version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct SchemeName {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u32,
}

/// Whether the posting runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// `as_of` lies before the first day.
    Before,
    /// `as_of` lies within.
    InProgress,
    /// `as_of` lies after the last day.
    Ended,
}

/// What the calendar could not know for sure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct CalendarNote {
    /// Years of the posting whose arrangement was not published when this program was made.
    pub provisional_years: Vec<i32>,
}

/// 考勤, in scheduled half-days of the posting. Always: scheduled = attended + leave + unrecorded + absent +
/// recalled + remaining + number of excluded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Attendance {
    /// 应出勤: twice the workdays.
    pub scheduled_half_days: u32,
    /// 实出勤
    pub attended_half_days: u32,
    /// Covered by leave, booked ahead or not.
    pub leave_half_days: u32,
    /// 未填: before `as_of`, nothing recorded.
    pub unrecorded_half_days: u32,
    /// 旷工
    pub absent_half_days: u32,
    /// 擅自调回
    pub recalled_half_days: u32,
    /// 公差, among the attended.
    pub official_duty_half_days: u32,
    /// 补休 with rest-day work to set against it, among the attended.
    pub compensatory_rest_half_days: u32,
    /// From `as_of` on, nothing recorded.
    pub remaining_half_days: u32,
    /// The fewest that pass; 0 with nothing scheduled.
    pub needed_half_days: u32,
    /// Recorded as attended, and not counted.
    pub excluded: Vec<ExcludedHalf>,
}

/// A half-day that does not count, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct ExcludedHalf {
    /// The date.
    pub date: NaiveDate,
    /// Which half.
    pub half: Half,
    /// Why.
    pub reason: HalfReason,
}

/// Why a half-day does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum HalfReason {
    /// Present on a date without a work record.
    NoWorkRecorded,
    /// 补休 with no earlier rest-day work left to set against it.
    NoRestDayWork,
}

/// One requirement. Fields that do not apply to its kind are null.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Requirement {
    /// Its id in the scheme.
    pub id: String,
    /// What is counted.
    pub kind: RequirementKind,
    /// The verdict; `recorded` where it is not judged.
    pub status: Status,
    /// The clause it comes from.
    pub clause: Clause,
    /// What must be reached: activities, half-days for attendance, a statistic's number, months, points. Where a number is
    /// asked each year, that of all years that ask it.
    pub minimum: u32,
    /// What was reached where neither activities nor half-days are counted: a statistic's sum, whole months, points.
    #[ts(type = "number | null")]
    pub amount: Option<u64>,
    /// The least days between two counted ones; 0 means any. Null for attendance.
    pub minimum_gap_days: Option<u32>,
    /// A date for each counted activity.
    pub counted: Option<Vec<NaiveDate>>,
    /// Activities that do not count.
    pub excluded: Option<Vec<Excluded>>,
    /// Days between consecutive counted ones.
    pub gaps: Option<Vec<Gap>>,
    /// How many more are needed: max(0, minimum - counted or amount), where a number is asked each year the sum of what its
    /// years lack; null for attendance.
    pub still_needed: Option<u32>,
    /// The first date on which the next one may be done; null once ended or unreachable.
    pub next_allowed_date: Option<NaiveDate>,
    /// The last date on which the next one can be done so that all fit; null when met, ended or unreachable.
    pub last_safe_date: Option<NaiveDate>,
    /// The cadence's window that runs on `as_of` and has no counted one yet; null when it has, or none is wanted.
    pub open_window: Option<OpenWindow>,
    /// Each year of the posting, or so many of them, where something is asked by the year; null where nothing is.
    pub years: Option<Vec<YearFigure>>,
    /// Half-days that may still be missed; null once ended, with nothing scheduled, and for duties.
    pub absence_left_half_days: Option<i64>,
    /// The sum that decides, in figures.
    pub arithmetic: String,
}

/// What a requirement counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum RequirementKind {
    /// Activities of some kinds.
    Activities,
    /// A statistic.
    Tally,
    /// Months that the posting lasts.
    Duration,
    /// Points of a sheet of 100.
    Points,
    /// Half-days present.
    Attendance,
}

/// The verdict on a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 达标
    Met,
    /// 未达标, once ended.
    NotMet,
    /// 可以达标
    Reachable,
    /// 已无法达标
    Unreachable,
    /// 不能评定
    NotAssessable,
    /// 只记录，不评定
    Recorded,
}

/// An activity that does not count, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Excluded {
    /// Its id, if it has one.
    pub id: Option<Uuid>,
    /// Its date.
    pub date: NaiveDate,
    /// The first reason that applies.
    pub reason: ExcludedReason,
}

/// Why an activity does not count; the first of this order that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExcludedReason {
    /// 不计入考核
    MarkedNotCounted,
    /// Before the first or after the last day.
    OutsidePosting,
    /// After the date of the assessment.
    AfterAsOf,
    /// Both halves of the date are under leave.
    OnLeave,
    /// As many as may count on that date do already.
    SameDay,
    /// Too close to the last counted one.
    ShortGap,
    /// Shorter than one must be, or of no known length.
    TooShort,
}

/// Days between two consecutive counted activities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Gap {
    /// The earlier.
    pub from: NaiveDate,
    /// The later.
    pub to: NaiveDate,
    /// Difference of the dates.
    #[ts(type = "number")]
    pub days: i64,
}

/// A window of a cadence that still waits for one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct OpenWindow {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
}

/// A year of the posting, or several where they are asked together, and what was done in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct YearFigure {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day, or that of the posting.
    pub to: NaiveDate,
    /// What was done in it: a statistic's sum, or counted activities.
    #[ts(type = "number")]
    pub amount: u64,
    /// What it asks.
    pub minimum: u32,
    /// Whether it is asked of this year: what a posting cuts short at its end asks nothing.
    pub asked: bool,
}

impl YearFigure {
    /// How many are missing.
    pub fn missing(&self) -> u32 {
        if self.asked {
            u32::try_from(u64::from(self.minimum).saturating_sub(self.amount)).unwrap_or(u32::MAX)
        } else {
            0
        }
    }
}

/// An allowance, and what was taken of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct AllowanceTaken {
    /// Its id in the scheme.
    pub id: String,
    /// Months of the posting, each with how many began in it; up to the month that runs on `as_of`.
    pub months: Vec<AllowanceMonth>,
    /// How many in each month, as a rule.
    pub per_posting_month: u32,
}

/// A month of the posting and what was taken in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct AllowanceMonth {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// How many leaves of the kind began in it.
    pub taken: u32,
}

/// 百分制
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Points {
    /// The items in the sheet's order.
    pub items: Vec<ItemPoints>,
    /// The sum of what could be worked out.
    pub total: u32,
    /// The most that the items add which the office has yet to give.
    pub waiting: u32,
    /// The points that pass.
    pub pass_mark: u32,
    /// The grade of the total, by its Chinese title; null while something waits, and below all grades.
    pub grade: Option<String>,
}

/// Points of one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct ItemPoints {
    /// Its id in the sheet.
    pub id: String,
    /// The most.
    pub weight: u32,
    /// What it gives; null where the office gives it.
    pub points: Option<u32>,
    /// The sum that decides, in figures.
    pub arithmetic: String,
}

/// What follows from the failed requirements. Money in fen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[ts(rename_all = "snake_case")]
pub struct Consequences {
    /// 应发
    #[ts(type = "number")]
    pub subsidy_fen: u64,
    /// 扣减, in months of subsidy.
    pub months_deducted: u32,
    /// 扣减
    #[ts(type = "number")]
    pub deducted_fen: u64,
    /// 实发
    #[ts(type = "number")]
    pub payable_fen: u64,
    /// 服务鉴定表
    pub appraisal_form: AppraisalForm,
    /// 重新下乡
    pub repeat_posting: bool,
    /// Fine for the home department.
    pub department_fine_fen: u32,
    /// 科室奖励, whatever failed.
    pub department_reward_fen: u32,
    /// For workdays with a recalled half-day; never taken from the payable subsidy.
    #[ts(type = "number")]
    pub recall_fine_physician_fen: u64,
    /// The same for the department.
    #[ts(type = "number")]
    pub recall_fine_department_fen: u64,
}

/// Whether the recipient unit is asked to fill in the service appraisal form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum AppraisalForm {
    /// The posting has not ended.
    Pending,
    /// 予以填写
    Issued,
    /// 不予填写
    Withheld,
}

/// Leaves that count as one, because no scheduled half-day lies between them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct LeaveGroup {
    /// First date.
    pub from: NaiveDate,
    /// Last date.
    pub to: NaiveDate,
    /// Scheduled half-days of the posting that it covers.
    pub half_days: u32,
    /// Whether it needs a written explanation rather than a phone notice.
    pub written: bool,
    /// Its leaves, in date order.
    pub leaves: Vec<GroupedLeave>,
}

/// A leave within its group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct GroupedLeave {
    /// Its id.
    pub id: Uuid,
    /// Its kind.
    pub kind: LeaveKind,
    /// Scheduled half-days of the posting that it covers.
    pub half_days: u32,
}

/// Something to look at. It changes no verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Finding {
    /// What kind of thing.
    pub code: FindingCode,
    /// How much it matters.
    pub severity: Severity,
    /// The requirement it concerns.
    pub requirement: Option<String>,
    /// First date.
    pub from: Option<NaiveDate>,
    /// Last date.
    pub to: Option<NaiveDate>,
    /// A sentence in Chinese.
    pub message: String,
}

/// Kinds of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum FindingCode {
    /// Present on a rest day or workday that contradicts a leave.
    PresentDuringLeave,
    /// A counted activity on a date with an absent or recalled half-day.
    ActivityWhileAbsent,
    /// A window without a counted one.
    CadenceMissed,
    /// Nobody is recorded to have approved a leave.
    LeaveUnapproved,
    /// Approved after it began.
    LeaveApprovedLate,
    /// The medical affairs office was not told.
    LeaveNotNotified,
    /// Long enough for a written explanation, and none is recorded.
    LeaveWithoutWrittenExplanation,
    /// Two counted ones too close together.
    ShortGap,
    /// Not handed in.
    DocumentMissing,
    /// Nothing to measure.
    NotAssessable,
    /// A year whose arrangement is not published yet.
    ProvisionalCalendar,
    /// More trips home, or the like, than are usual in a month.
    AllowanceExceeded,
    /// A year of the posting is over with less than it asks.
    YearShort,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Info,
    /// To be asked about or put right.
    Warning,
    /// Costs a requirement.
    Error,
}
