//! How a posting stands with its reviewer, by its own log: decisions taken in, answers given, changes after approval.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::{Review, ReviewComment, Signed, open_review};
use crate::language::Label;
use crate::log::{Beside, Entity, Log, TakenReceipt, instant, record_name};

/// How a posting stands with its reviewer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReviewStanding {
    /// The decisions taken in, the latest first.
    pub receipts: Vec<ReadReceipt>,
    /// The SHA-256 of the decision that counts.
    pub counts: Option<String>,
    /// Whether a reason has to be given before anything is changed.
    pub needs_reason: bool,
    /// The reasons given for changes after an approval, in order.
    pub amendments: Vec<Amendment>,
}

/// A decision taken in, with its file where that is there and whole.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadReceipt {
    /// The event.
    pub taken: TakenReceipt,
    /// The file; none where it was left out.
    pub review: Option<Box<Signed<Review>>>,
    /// Its comments with what became of them.
    pub comments: Vec<CommentStanding>,
}

/// A comment with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentStanding {
    /// The comment.
    pub comment: ReviewComment,
    /// What the record is called.
    pub name: Label,
    /// Whether the record is there now.
    pub present: bool,
    /// Whether the record was set after what was reviewed.
    pub changed: bool,
    /// The answer; none while it is open.
    pub answer: Option<Answer>,
}

/// What the physician says to a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// In words; blank where none were given.
    pub text: String,
    /// Whether the record was corrected.
    pub corrected: bool,
    /// When it was given or changed last.
    pub at: String,
}

/// Why something was changed after an approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    /// The approval, by the SHA-256 of its file.
    pub sha256: String,
    /// The reason.
    pub reason: String,
    /// When it was given.
    pub at: String,
}

impl ReviewStanding {
    /// How the posting of a log stands.
    pub fn of(log: &Log, beside: &Beside) -> Self {
        if log.receipts().is_empty() {
            return Self::default();
        }
        let entered: BTreeMap<(Entity, String), String> = log
            .entered()
            .into_iter()
            .filter(|record| matches!(record.entity, Entity::Answer | Entity::Amendment))
            .map(|record| ((record.entity, record.key), record.last_at))
            .collect();
        let at = |entity, key: &str| {
            entered
                .get(&(entity, key.to_owned()))
                .cloned()
                .unwrap_or_default()
        };
        let read = |taken: &TakenReceipt| {
            let digest = taken.receipt.digest();
            let blob = digest.and_then(|digest| beside.blobs.get(&digest));
            let review = blob.and_then(|blob| open_review(&blob.bytes).ok());
            let comments = review.iter().flat_map(|signed| &signed.content.comments);
            ReadReceipt {
                taken: taken.clone(),
                comments: comments
                    .map(|comment| {
                        let n = taken.receipt.n;
                        comment_standing(log, beside, comment, n, |key| at(Entity::Answer, key))
                    })
                    .collect(),
                review: review.map(Box::new),
            }
        };
        let amendments = log.receipts().iter().filter_map(|taken| {
            let sha256 = &taken.receipt.sha256;
            let record = log.record(Entity::Amendment, sha256, beside)?;
            Some(Amendment {
                sha256: sha256.clone(),
                reason: record["reason"].as_str().unwrap_or_default().to_owned(),
                at: at(Entity::Amendment, sha256),
            })
        });
        Self {
            receipts: log.receipts().iter().rev().map(read).collect(),
            counts: log.standing_receipt().map(|taken| taken.receipt.sha256.clone()),
            needs_reason: log.closed_by().is_some(),
            amendments: amendments.collect(),
        }
    }

    /// The comment of that id in any decision taken in.
    pub fn comment(&self, id: Uuid) -> Option<&CommentStanding> {
        self.receipts
            .iter()
            .flat_map(|receipt| &receipt.comments)
            .find(|standing| standing.comment.id == id)
    }
}

/// What became of a comment on a log that had `n` events when it was made. `at` tells when the answer of that key was given.
pub fn comment_standing(
    log: &Log,
    beside: &Beside,
    comment: &ReviewComment,
    n: u64,
    at: impl Fn(&str) -> String,
) -> CommentStanding {
    let ReviewComment { entity, key, .. } = comment;
    let now = log.record(*entity, key, beside);
    let answer_key = comment.id.to_string();
    let answer = log
        .record(Entity::Answer, &answer_key, beside)
        .map(|answer| Answer {
            text: answer["text"].as_str().unwrap_or_default().to_owned(),
            corrected: answer["corrected"] == true,
            at: at(&answer_key),
        });
    CommentStanding {
        name: record_name(*entity, key, now.as_ref()),
        present: now.is_some(),
        changed: log.numbers(*entity, key).last().is_some_and(|last| *last > n),
        answer,
        comment: comment.clone(),
    }
}

impl ReadReceipt {
    /// When it was taken in.
    pub fn taken_at(&self) -> String {
        instant(self.taken.at)
    }
}
