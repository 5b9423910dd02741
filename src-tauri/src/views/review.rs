//! A colleague's file as the reviewer sees it.

use super::SchemeMove;
use super::{ChangedAfterApproval, CommandError, CommentView, Entered, Head, MadeDecision, ReceiptView};
use chrono::NaiveDate;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;
use xiaxiangzhi_core::assess::Assessment;
use xiaxiangzhi_core::calendar::CalendarDay;
use xiaxiangzhi_core::language::Label;
use xiaxiangzhi_core::log::{FieldChange, TypedCode};
use xiaxiangzhi_core::oddities::Oddity;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::scheme::Scheme;

/// What became of opening a review file. Either `file` or `refusal` is there, never both.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ReviewView {
    /// Where it lies; null for one that was received before and is shown from the records.
    pub path: Option<String>,
    /// The file's name, without its folder.
    pub file_name: String,
    /// Genuine or not, in a few words.
    pub verdict: ReviewVerdict,
    /// What is in it; null for a file that cannot be reviewed.
    pub file: Option<ReviewedFile>,
    /// Why it cannot be reviewed.
    pub refusal: Option<CommandError>,
    /// For a refused file: how far it can be confirmed.
    pub confirmed: Option<Label>,
    /// For a refused file that begins like one received before: whose it seems to be.
    pub about: Option<SeemsToBe>,
    /// What is in it, for a monthly check-in; then there is neither file nor refusal.
    pub check_in: Option<CheckInView>,
    /// For such a file: how far its events are those seen before, one step after the other.
    pub steps: Vec<ConfirmedStep>,
}

/// 月度封存: a month's head and attendance sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CheckInView {
    /// 姓名; blank while not filled in.
    pub physician: String,
    /// 受援单位; blank while not filled in.
    pub recipient_unit: String,
    /// The first day of the month.
    pub month: NaiveDate,
    /// The date up to which its sheet counts.
    pub as_of: NaiveDate,
    /// When it was made.
    pub made_at: String,
    /// Where the log stood.
    pub head: Head,
    /// The fingerprint of the key that signed it.
    pub key_fingerprint: String,
    /// The states of the log that were seen here, this one among them.
    pub pins: Vec<PinView>,
}

/// A check-in file that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CheckInMade {
    /// Where it lies.
    pub path: String,
    /// The first day of the month.
    pub month: NaiveDate,
    /// Where the log stood.
    pub head: Head,
}

/// Whose a refused file seems to be, as the file received before has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SeemsToBe {
    /// 姓名; blank while not filled in.
    pub physician: String,
    /// 科室
    pub department: Option<String>,
    /// 受援单位
    pub recipient_unit: String,
    /// The file received last that was in order, for looking at in its place.
    pub received_sha256: String,
    /// When that one came.
    pub received_at: String,
}

/// One step of following a refused file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ConfirmedStep {
    /// What it is.
    pub kind: ConfirmedKind,
    /// The first event that it is about.
    #[ts(type = "number")]
    pub from: u64,
    /// The last one.
    #[ts(type = "number")]
    pub to: u64,
    /// When the file came whose state this is, or that it differs from.
    pub seen_at: Option<String>,
    /// The record whose event is the first that differs, as the file received before has it.
    pub record: Option<Label>,
    /// How the code of that state began then, and how it begins now.
    pub codes: Option<[String; 2]>,
}

/// What a step found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConfirmedKind {
    /// A state seen before, and the file passes through it.
    Pin,
    /// Events after it that are those of a file received before.
    Joined,
    /// The first event that is not.
    Differs,
    /// A state seen before that the file does not pass through.
    BrokenPin,
    /// The rest, about which nothing can be said.
    Unconfirmed,
}

/// Genuine or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReviewVerdict {
    /// `genuine`, `packed_from_records`, `older`, `fork`, `other_key`; `altered`, `newer_format`, `not_ours` and the
    /// like for a refused file.
    pub code: String,
    /// Whether it may be reviewed.
    pub genuine: bool,
    /// Whether something about it wants a look before it is believed: older than one seen, another key.
    pub warning: bool,
    /// The words for it.
    pub what: Label,
    /// What to do about it, one thing after the other; nothing for a file that is in order.
    pub next: Vec<Label>,
}

/// A file that was checked, with the verdict recomputed on this machine.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ReviewedFile {
    /// SHA-256 of the file, by which it is decided on.
    pub sha256: String,
    /// The hash of its head, by which what is written about it is kept.
    pub head_hash: String,
    /// The decisions made here on this posting, the latest first.
    pub decisions: Vec<MadeDecision>,
    /// Every comment made in those decisions, the latest decision's first, with what the file says became of it.
    pub comments: Vec<CommentView>,
    /// The decisions that its log took in, as it says itself.
    pub receipts: Vec<ReceiptView>,
    /// 审核通过后改动: what was changed after an approval that it took in; null if nothing was.
    pub after_approval: Option<ChangedAfterApproval>,
    /// The log it is an export of.
    pub log_id: Uuid,
    /// When it was exported.
    pub exported_at: String,
    /// The how manieth export of its log.
    #[ts(type = "number")]
    pub export_number: u64,
    /// The date it was judged on when exported.
    pub as_of: NaiveDate,
    /// Where the log stood.
    pub head: Head,
    /// The fingerprint of the key that signed it, for comparing by phone.
    pub key_fingerprint: String,
    /// The version of the program that made it.
    pub engine_version: String,
    /// The records, read-only.
    pub records: Records,
    /// What it is judged by.
    pub scheme: Scheme,
    /// The verdict recomputed at the file's `as_of`.
    pub assessment: Assessment,
    /// 实发 of that verdict in Chinese capitals, as the form has it.
    pub payable_in_capitals: String,
    /// The verdict recomputed as of today.
    pub assessment_today: Assessment,
    /// Today in China.
    pub today: NaiveDate,
    /// Every date of the posting in order, overrides applied.
    pub calendar: Vec<CalendarDay>,
    /// When each record was entered.
    pub entered: Vec<Entered>,
    /// The changes of the scheme since the posting began, in order.
    pub scheme_moves: Vec<SchemeMove>,
    /// What may be worth a question. None of it is a verdict.
    pub questions: Vec<Oddity>,
    /// The first file of this log that was opened here; null if this is it.
    pub first_seen: Option<FirstSeen>,
    /// The states of the log that were seen before, in order.
    pub pins: Vec<PinView>,
    /// The keys that signed the log, in order.
    pub keys: Vec<KeyView>,
    /// Whether the key is not the one expected, but may be taken as it after comparing fingerprints.
    pub key_can_be_accepted: bool,
    /// What is not as it was in the file received before; null for the first one.
    pub changes: Option<ChangesSince>,
    /// SHA-256 of the attachments that are enclosed.
    pub enclosed: Vec<String>,
    /// The questions that somebody here has taken note of.
    pub known_questions: Vec<String>,
}

/// 封存点: a state of the log that was seen before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PinView {
    /// When it came.
    pub received_at: String,
    /// What the file was called.
    pub file_name: String,
    /// SHA-256 of that file.
    pub sha256: String,
    /// The number of the last event then.
    #[ts(type = "number")]
    pub n: u64,
    /// The code of that state.
    pub code: String,
    /// Whether the file passes through it; null where the file ends before it.
    pub holds: Option<bool>,
    /// The first day of the month for a check-in; null for a review file.
    pub month: Option<NaiveDate>,
    /// Whether it is the state that the file itself is in.
    pub this: bool,
}

/// A key that signed a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KeyView {
    /// Its fingerprint.
    pub fingerprint: String,
    /// The event that it came with; 1 for the one made with the log.
    #[ts(type = "number")]
    pub n: u64,
    /// Whether the key before vouched for it.
    pub proved: bool,
    /// When a file signed by it first came; null for never before.
    pub seen_at: Option<String>,
    /// Whether it signed this file.
    pub current: bool,
}

/// What differs from the file received before.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ChangesSince {
    /// When that file came.
    pub received_at: String,
    /// What it was called.
    pub file_name: String,
    /// The number of its last event.
    #[ts(type = "number")]
    pub n: u64,
    /// The records that differ.
    pub records: Vec<ChangedRecord>,
}

/// A record that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ChangedRecord {
    /// The entity: `day`, `activity`, `leave` ...
    pub entity: String,
    /// Its key.
    pub key: String,
    /// What it is called.
    pub name: Label,
    /// What became of it.
    pub how: ChangedHow,
    /// When it was entered last; null for one that was removed.
    pub at: Option<String>,
    /// Its fields, as they were and as they are.
    pub fields: Vec<FieldChange>,
}

/// What became of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChangedHow {
    /// It was not there.
    Added,
    /// It was there, but otherwise.
    Changed,
    /// It is not there any more.
    Removed,
}

/// What a code typed in from paper is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum CodeFound {
    /// This file's own.
    Head,
    /// That of an earlier state of its log.
    Event {
        /// The number of the last event then.
        #[ts(type = "number")]
        n: u64,
    },
    /// Of no state of its log.
    Foreign,
    /// Nearly that of one.
    Nearly {
        /// The number of that state's last event.
        #[ts(type = "number")]
        n: u64,
        /// The first group that differs, from 1.
        group: usize,
    },
    /// Too short or too long.
    Length {
        /// How many letters of 28.
        letters: usize,
    },
    /// A character that stands in no code.
    Unreadable {
        /// That character.
        character: char,
    },
}

/// When a log was first met here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FirstSeen {
    /// When it was opened here.
    pub at: String,
    /// What it was called.
    pub file_name: String,
    /// The number of its last event then.
    #[ts(type = "number")]
    pub n: u64,
}

impl From<TypedCode> for CodeFound {
    fn from(code: TypedCode) -> Self {
        match code {
            TypedCode::Head => Self::Head,
            TypedCode::Event { n } => Self::Event { n },
            TypedCode::Foreign => Self::Foreign,
            TypedCode::Nearly { n, group } => Self::Nearly { n, group },
            TypedCode::Length { letters } => Self::Length { letters },
            TypedCode::Unreadable { character } => Self::Unreadable { character },
        }
    }
}
