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
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::scheme::Scheme;

/// What became of opening a review file. Either `file` or `refusal` is there, never both.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ReviewView {
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
    /// The first file of this log that was opened here; null if this is it.
    pub first_seen: Option<FirstSeen>,
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
