//! One posting as the screens show it, and what they may do to it.

use super::PictureRoom;
use super::Reminders;
use super::ReviewOfPosting;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;
use uuid::Uuid;
use xiaxiangzhi_core::assess::{Assessment, TimeLine};
use xiaxiangzhi_core::calendar::CalendarDay;
use xiaxiangzhi_core::language::Label;
use xiaxiangzhi_core::posting::{DaysInAll, Records};
use xiaxiangzhi_core::scheme::Scheme;

/// A posting with everything that follows from its log. There is no second copy of any fact: the screens redraw from this.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PostingView {
    /// Its log.
    pub log_id: Uuid,
    /// The fold of the log.
    pub records: Records,
    /// What it is judged by.
    pub scheme: Scheme,
    /// The verdict as of today, at most the day after the last.
    pub assessment: Assessment,
    /// The verdict after the last day if nothing more were done.
    pub if_nothing_more: Assessment,
    /// Each duty along the posting, in the scheme's order: where one more would count and where it would come too soon.
    pub time_lines: Vec<TimeLine>,
    /// How long this physician was posted in all, as far as the postings are kept here; null where this is the only one.
    pub days_in_all: Option<DaysInAll>,
    /// Whether the physician comes for the day: then the other workdays are spent at home, and nobody asks about them.
    pub comes_for_the_day: bool,
    /// Today in China.
    pub today: NaiveDate,
    /// Every date of the posting in order, overrides applied.
    pub calendar: Vec<CalendarDay>,
    /// Where the log stands.
    pub head: Head,
    /// The fingerprint of the key that signs, to be read out when a reviewer asks by phone.
    pub key_fingerprint: String,
    /// When each record was entered.
    pub entered: Vec<Entered>,
    /// What was typed and not yet saved.
    pub drafts: Vec<Draft>,
    /// When the last event was stored.
    pub saved_at: Option<String>,
    /// When the newest backup was made and verified.
    pub backup_at: Option<String>,
    /// What Ctrl+Z would take back; null if nothing.
    pub undo: Option<Step>,
    /// What Ctrl+Y would bring back; null if nothing.
    pub redo: Option<Step>,
    /// Why nothing can be changed, as a code: `opened_for_reading`, `moved`; null if it can.
    pub read_only: Option<String>,
    /// The support diary in the order to look at it: what is not closed first, by due date; then what is closed, the latest
    /// first.
    pub diary: Vec<DiaryRow>,
    /// How much room the pictures take, and may take.
    pub pictures: PictureRoom,
    /// The physician's own short notes, the one likeliest today first.
    pub phrases: Vec<String>,
    /// What is to be brought to mind.
    pub reminders: Reminders,
    /// How it stands with its reviewer: decisions, comments, answers.
    pub review: ReviewOfPosting,
}

/// How a problem of the support diary stands today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DiaryRow {
    /// The problem.
    pub id: Uuid,
    /// What is to be done next; null where it is closed.
    pub next: Option<DiaryStep>,
    /// Days since it was due, while it is not put right; 0 where it is not late.
    #[ts(type = "number")]
    pub overdue_days: i64,
}

/// What is to be done about a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DiaryStep {
    /// To be put right.
    Correct,
    /// Put right, to be looked at again.
    Recheck,
}

/// What an undo or redo touches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Step {
    /// The entity of the first record it touches; `plan` where it is a date fixed in the plan.
    pub entity: String,
    /// That record's key; the requirement's id where it is such a date.
    pub key: String,
    /// What that record is called: 3月2日 的记录.
    pub name: Label,
    /// How many records it touches.
    #[ts(type = "number")]
    pub records: usize,
    /// Whether the record is there afterwards.
    pub stays: bool,
}

/// Where a log stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Head {
    /// Events so far.
    #[ts(type = "number")]
    pub n: u64,
    /// The code of at least 128 bits that is printed on the forms.
    pub code: String,
}

/// When a record was entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Entered {
    /// The entity: `day`, `activity`, `leave` ...
    pub entity: String,
    /// Its key: a date for days, an id for activities and leaves.
    pub key: String,
    /// When it was first entered.
    pub first_at: String,
    /// When it was changed last.
    pub last_at: String,
    /// 补记: days between the day it is for and the day it was first entered; 0 where it was on time.
    #[ts(type = "number")]
    pub late_days: i64,
}

/// Something typed and not yet saved.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Draft {
    /// The entity.
    pub entity: String,
    /// Its key.
    pub key: String,
    /// As far as it was typed.
    #[ts(type = "unknown")]
    pub value: Value,
    /// When it was stored.
    pub at: String,
}

/// A draft was stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DraftSaved {
    /// When.
    pub at: String,
}

/// One record's new value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// A version 7 UUID made by the caller, so that a save that is retried is the same event. Several changes in one call are
    /// one batch, taken back together.
    pub event_id: Uuid,
    /// `posting`, `calendar_override`, `day`, `activity`, `leave`, `document`, `problem`, `summary`, `tally_item`.
    pub entity: String,
    /// The record's key: date, id, kind; `posting` and `summary` for the single ones.
    pub key: String,
    /// The whole record as in records.md, or null to remove it.
    #[ts(type = "unknown")]
    pub value: Option<Value>,
}

/// The newest backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BackupInfo {
    /// When it was made.
    pub at: String,
    /// Its file name.
    pub file: String,
    /// Whether it was reopened and found whole.
    pub verified: bool,
}

/// Forms that can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FormKind {
    /// 任务考核表
    Sheet,
    /// 月考勤表
    Attendance,
    /// 服务鉴定表
    Appraisal,
    /// 下乡总结
    Summary,
    /// 工作日志
    Daily,
    /// 讲座记录
    Lectures,
    /// 查房记录
    Rounds,
    /// 请假单
    Leave,
    /// 义诊与健康教育记录
    Activities,
    /// 帮扶日记
    Diary,
}

/// How a form is wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct FormOptions {
    /// Monthly attendance: only the month of this date; null for every month of the posting.
    pub month: Option<NaiveDate>,
    /// Monthly attendance: without marks and totals, to be filled in by hand.
    pub blank: bool,
    /// How records are laid out.
    pub layout: FormLayout,
}

/// How the records of a form are laid out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FormLayout {
    /// Leave slips one a page, everything else as a table.
    #[default]
    Usual,
    /// A table of all.
    Table,
    /// One a page, each to be signed.
    OneAPage,
}

/// A form, and whether the records let it be made now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FormState {
    /// Which.
    pub form: FormKind,
    /// What people call it, in Chinese, as its file is named.
    pub name: String,
    /// Whether its records can be had in one table and one a page.
    pub has_layouts: bool,
    /// Why it cannot be made; null if it can.
    pub left_out: Option<Label>,
    /// Characters that a document or a workbook may not show where it is opened, each once: it carries no font.
    pub uncommon: Vec<String>,
}

/// A form that was not made because of what the records say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LeftOutForm {
    /// Which.
    pub form: FormKind,
    /// Why.
    pub why: Label,
}

/// What a form can be exported as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FormFormat {
    /// For printing and signing.
    Pdf,
    /// For editing in WPS or Word.
    Docx,
    /// For the accounts office.
    Xlsx,
}

/// A form on paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FormPages {
    /// A whole SVG document a page, to be shown as an image.
    pub pages: Vec<String>,
    /// Characters that no font on this computer has, each once; they would print as blanks.
    pub missing_glyphs: Vec<String>,
}

/// Forms were written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ExportedForms {
    /// Where.
    pub paths: Vec<String>,
    /// Forms that were asked for and are not there, because of what the records say.
    pub left_out: Vec<LeftOutForm>,
}

/// A review file was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ExportedReviewFile {
    /// Where.
    pub path: String,
    /// The number of the last event in it.
    #[ts(type = "number")]
    pub n: u64,
    /// The head's code, the same as on the forms.
    pub code: String,
}
