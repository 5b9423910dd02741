//! 审核意见: what a reviewer decided, on its way back to the physician.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::manifest::ManifestHead;
use super::signed::{self, Blobs, Content, Signed, is_name, is_text};
use super::{FileKind, ReviewFileError};
use crate::assess::AppraisalForm;
use crate::log::{
    Decision, Digest, Entity, Receipt, SIGNED_FILE, from_hex, id, instant, parse_instant, to_hex,
};
use crate::posting::{NAME_LIMIT, NOTE_LIMIT};

/// The most comments in one review.
pub const MAX_COMMENTS: usize = 500;
/// The most characters in one comment, or in the answer to it.
pub const COMMENT_LIMIT: usize = 2_000;

/// A remark on one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewComment {
    /// Made by the reviewer's program, used once; an answer names it.
    #[serde(deserialize_with = "id")]
    pub id: Uuid,
    /// The kind of record.
    pub entity: Entity,
    /// The record's key as logs hold it: a date, an id, a kind; blank for those that stand alone.
    pub key: String,
    /// What is to be said of it, 1 to 2,000 characters.
    pub text: String,
}

/// Who reviewed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reviewer {
    /// 医院, at most 200 characters; may be blank.
    pub hospital: String,
    /// 部门, such as 医务部; may be blank.
    pub office: String,
    /// 姓名; may be blank.
    pub name: String,
}

/// A decision on one file of a posting, with the verdict that the reviewer's program came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// The posting's log.
    #[serde(deserialize_with = "id")]
    pub log: Uuid,
    /// The head of the file that was reviewed.
    pub head: ManifestHead,
    /// The date that its verdict is for.
    pub as_of: NaiveDate,
    /// When it was decided.
    pub decided_at: String,
    /// What was decided.
    pub decision: Decision,
    /// 等次, at most 200 characters.
    pub grade: Option<String>,
    /// 意见, at most 10,000 characters.
    pub opinion: Option<String>,
    /// Remarks on single records.
    pub comments: Vec<ReviewComment>,
    /// The requirements that were not met, by id.
    pub failed: Vec<String>,
    /// 实发, in fen.
    pub payable_fen: u64,
    /// Whether the service appraisal form is given out.
    pub appraisal_form: AppraisalForm,
    /// Who decided.
    pub reviewer: Reviewer,
}

impl Review {
    /// The hash of the head that was reviewed.
    pub fn head_hash(&self) -> Option<Digest> {
        from_hex(&self.head.hash)
    }

    /// The bytes of its file, signed with the office's key.
    pub fn write(&self, seed: &[u8; 32], at: DateTime<Utc>) -> Result<Vec<u8>, ReviewFileError> {
        signed::seal(self, &Blobs::new(), seed, at)
    }

    /// Now, as `decided_at` holds it.
    pub fn decided(at: DateTime<Utc>) -> String {
        instant(at)
    }
}

impl Signed<Review> {
    /// What a log keeps of it; `length` is that of its file.
    pub fn receipt(&self, length: u64) -> Receipt {
        let review = &self.content;
        Receipt {
            sha256: to_hex(&self.sha256),
            length,
            media_type: SIGNED_FILE.to_owned(),
            key: to_hex(&self.key),
            n: review.head.n,
            hash: review.head.hash.clone(),
            decided_at: review.decided_at.clone(),
            decision: review.decision,
            grade: review.grade.clone(),
        }
    }
}

impl Content for Review {
    const KIND: FileKind = FileKind::Review;

    fn fault(&self) -> Option<String> {
        let fault = |place: String, bad: bool| bad.then_some(place);
        let reviewer = &self.reviewer;
        fault("head".to_owned(), self.head_hash().is_none() || self.head.n == 0)
            .or_else(|| {
                let bad = parse_instant(&self.decided_at).is_none();
                fault("decided_at".to_owned(), bad)
            })
            .or_else(|| {
                let bad = self
                    .grade
                    .as_ref()
                    .is_some_and(|grade| !is_name(grade, NAME_LIMIT));
                fault("grade".to_owned(), bad)
            })
            .or_else(|| {
                let bad = self
                    .opinion
                    .as_ref()
                    .is_some_and(|opinion| !is_text(opinion, NOTE_LIMIT));
                fault("opinion".to_owned(), bad)
            })
            .or_else(|| {
                let names = [&reviewer.hospital, &reviewer.office, &reviewer.name];
                let bad = names
                    .iter()
                    .any(|name| !is_text(name, NAME_LIMIT) || name.contains('\n'));
                fault("reviewer".to_owned(), bad)
            })
            .or_else(|| {
                let bad = self.failed.len() > MAX_COMMENTS
                    || self.failed.iter().any(|failed| !is_name(failed, NAME_LIMIT));
                fault("failed".to_owned(), bad)
            })
            .or_else(|| fault("comments".to_owned(), self.comments.len() > MAX_COMMENTS))
            .or_else(|| {
                let mut seen = BTreeSet::new();
                let bad = self.comments.iter().position(|comment| {
                    !seen.insert(comment.id)
                        || comment.entity.check_key(&comment.key).is_err()
                        || comment.text.trim().is_empty()
                        || !is_text(&comment.text, COMMENT_LIMIT)
                });
                bad.map(|at| format!("comments/{at}"))
            })
    }

    fn blobs(&self) -> BTreeSet<Digest> {
        BTreeSet::new()
    }
}
