//! The way back: a reviewer's decisions in a posting's log, its comments and their answers.

use super::PostingSummary;
use chrono::NaiveDate;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;
use xiaxiangzhi_core::assess::AppraisalForm;
use xiaxiangzhi_core::language::Label;
use xiaxiangzhi_core::reviewfile::Decision;

/// How a posting stands with its reviewer, by its own log.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct ReviewOfPosting {
    /// The decisions taken in, the latest first.
    pub receipts: Vec<ReceiptView>,
    /// How many comments are not answered yet.
    pub open_comments: usize,
    /// When it was approved, if a reason has to be given before anything is changed; null if not.
    pub closed_at: Option<String>,
    /// The reasons given for changes after an approval, in order.
    pub amendments: Vec<AmendmentView>,
}

/// A decision taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReceiptView {
    /// SHA-256 of its file.
    pub sha256: String,
    /// When it was taken in.
    pub taken_at: String,
    /// The number of the last event that was reviewed.
    #[ts(type = "number")]
    pub n: u64,
    /// When it was decided.
    pub decided_at: String,
    /// What was decided.
    pub decision: Decision,
    /// 等次
    pub grade: Option<String>,
    /// Whether it is the one that counts: that on the furthest state of the records.
    pub counts: bool,
    /// The fingerprint of the key that signed it.
    pub fingerprint: String,
    /// What it says; null where its file was left out.
    pub words: Option<ReceiptWords>,
    /// Its comments with what became of them.
    pub comments: Vec<CommentView>,
}

/// What a decision's file says beside its comments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReceiptWords {
    /// 意见
    pub opinion: Option<String>,
    /// The date its verdict is for.
    pub as_of: NaiveDate,
    /// The requirements that were not met, by id.
    pub failed: Vec<String>,
    /// 实发, in fen.
    #[ts(type = "number")]
    pub payable_fen: u64,
    /// Whether the service appraisal form is given out.
    pub appraisal_form: AppraisalForm,
    /// 医院; blank where it was not filled in.
    pub hospital: String,
    /// 部门; blank where it was not filled in.
    pub office: String,
    /// 姓名; blank where it was not filled in.
    pub reviewer: String,
}

/// A comment on one record, with what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CommentView {
    /// Its id.
    pub id: Uuid,
    /// The kind of record.
    pub entity: String,
    /// The record's key; the entity's name for records that stand alone.
    pub key: String,
    /// What the record is called.
    pub name: Label,
    /// What was said of it.
    pub text: String,
    /// Whether the record is there now.
    pub present: bool,
    /// Whether the record was set after what was reviewed.
    pub changed: bool,
    /// The answer; null while it is open.
    pub answer: Option<AnswerView>,
}

/// What the physician says to a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AnswerView {
    /// In words; blank where none were given.
    pub text: String,
    /// 已改: the record was corrected.
    pub corrected: bool,
    /// When it was given or changed last.
    pub at: String,
}

/// Why something was changed after an approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AmendmentView {
    /// The reason.
    pub reason: String,
    /// When it was given.
    pub at: String,
}

/// A decision's file, looked at before it is taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LookedAtReceipt {
    /// The file's name, without its folder.
    pub file_name: String,
    /// Where it lies; pass it to `take_receipt`.
    pub path: String,
    /// The posting it is about.
    pub posting: PostingSummary,
    /// What was decided.
    pub decision: Decision,
    /// When it was decided.
    pub decided_at: String,
    /// Who decided, as the file says: hospital, office, name.
    pub reviewer: String,
    /// The fingerprint of the key that signed it.
    pub fingerprint: String,
    /// `trusted` by the office's own file, `known` from the decision before, `first_seen`, or `changed` against what was
    /// expected. The last two want a person who compared the fingerprint by telephone.
    pub key: String,
    /// The fingerprint that was expected, where it changed.
    pub expected: Option<String>,
    /// Whether it was taken in before: then there is nothing to do.
    pub taken: bool,
    /// Whether a decision on a later state was taken in already.
    pub overtaken: bool,
}

/// What was changed after an approval, as the reviewer sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ChangedAfterApproval {
    /// When it was approved.
    pub approved_at: String,
    /// When the approval was taken in.
    pub taken_at: String,
    /// The reasons given, in order.
    pub reasons: Vec<AmendmentView>,
    /// The records that were set since, in order.
    pub changes: Vec<AmendedRecord>,
}

/// A record that was set after an approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AmendedRecord {
    /// The kind of record.
    pub entity: String,
    /// Its key; the entity's name for records that stand alone.
    pub key: String,
    /// What it is called.
    pub name: Label,
    /// When it was set last.
    pub at: String,
    /// Whether it is there now.
    pub present: bool,
}
