//! The reviewer's side: what is being written about a file, and what was decided on it.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use xiaxiangzhi_core::assess::assess;
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::log::{Digest, from_hex, instant, sha256, to_hex};
use xiaxiangzhi_core::posting::{Posting, Records};
use xiaxiangzhi_core::reviewfile::{
    Decision, ManifestHead, Review, ReviewComment, ReviewFile, Reviewer, open_review, verify,
};
use xiaxiangzhi_core::scheme::Scheme;

use crate::{Store, StoreError};

/// What a reviewer has written about a file and not sent yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReviewDraft {
    /// What it will be, if that is chosen.
    pub decision: Option<Decision>,
    /// 等次
    pub grade: Option<String>,
    /// 意见
    pub opinion: Option<String>,
    /// Remarks on single records.
    pub comments: Vec<ReviewComment>,
}

/// A decision that was made here and signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// SHA-256 of its file.
    pub sha256: Digest,
    /// What was decided.
    pub review: Review,
    /// Its file.
    pub bytes: Vec<u8>,
}

/// A decision just made, with the posting it is about, to name its file.
#[derive(Debug, Clone, PartialEq)]
pub struct NewDecision {
    /// The decision.
    pub decided: Decided,
    /// Whose, where and when.
    pub posting: Posting,
}

impl Store {
    /// What is being written about the file of a log with this head; blank where nothing is.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn review_draft(&self, log_id: Uuid, head: &Digest) -> Result<ReviewDraft, StoreError> {
        let kept: Option<String> = self
            .ready()?
            .connected()?
            .query_row(
                "SELECT value FROM review_draft WHERE log_id = ?1 AND hash = ?2",
                params![log_id.as_bytes(), head],
                |row| row.get(0),
            )
            .optional()
            .map_err(|error| StoreError::sqlite("reading what is being written about a file", &error))?;
        Ok(kept
            .and_then(|json| serde_json::from_str(&json).ok())
            .unwrap_or_default())
    }

    /// Keeps what is being written about a file, durable when this returns.
    ///
    /// # Errors
    /// An error of the disk; what was kept before stands then.
    pub fn keep_review_draft(
        &self,
        log_id: Uuid,
        head: &Digest,
        draft: &ReviewDraft,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let json = serde_json::to_string(draft).map_err(|error| StoreError::Io {
            operation: "keeping what is being written about a file",
            detail: error.to_string(),
        })?;
        let mut inner = self.ready()?;
        inner.write("keeping what is being written about a file", |connection| {
            connection
                .prepare_cached(
                    "INSERT INTO review_draft (log_id, hash, value, at) VALUES (?1, ?2, ?3, ?4) \
                     ON CONFLICT (log_id, hash) DO UPDATE SET value = ?3, at = ?4",
                )?
                .execute(params![log_id.as_bytes(), head, json, instant(at)])
                .map(|_| ())
        })?;
        inner.changed = true;
        Ok(())
    }

    /// Decides on files received, each by its SHA-256, and signs each decision with the office's key. The verdict in it is
    /// worked out from the bytes received, at the file's own date. All are kept, or none; what was being written about those
    /// files is done with.
    ///
    /// # Errors
    /// A file that was never received, a draft without a decision or with something in it that may not be signed, or an error
    /// of the disk.
    pub fn decide(
        &self,
        decisions: &[(String, ReviewDraft)],
        reviewer: &Reviewer,
        at: DateTime<Utc>,
    ) -> Result<Vec<NewDecision>, StoreError> {
        let seed = self.office_seed(at)?;
        let mut made = Vec::with_capacity(decisions.len());
        for (received, draft) in decisions {
            let not_received = || StoreError::NotReceived {
                sha256: received.clone(),
            };
            let bytes = self.received_bytes(received)?.ok_or_else(not_received)?;
            let file = verify(&bytes, None).file.ok_or_else(not_received)?;
            let records = Records::from_value(file.document())?;
            let review = reviewed(&file, &records, draft, reviewer, at)?;
            let bytes = review.write(&seed, at)?;
            made.push(NewDecision {
                decided: Decided {
                    sha256: sha256(&bytes),
                    review,
                    bytes,
                },
                posting: records.posting,
            });
        }
        let mut inner = self.ready()?;
        inner.write("keeping a decision", |connection| {
            for NewDecision { decided, .. } in &made {
                let review = &decided.review;
                connection
                    .prepare_cached(
                        "INSERT OR IGNORE INTO decision (sha256, log_id, n, hash, decided_at, bytes) \
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                    )?
                    .execute(params![
                        decided.sha256,
                        review.log.as_bytes(),
                        review.head.n,
                        review.head_hash(),
                        review.decided_at,
                        decided.bytes
                    ])?;
                connection
                    .prepare_cached("DELETE FROM review_draft WHERE log_id = ?1 AND hash = ?2")?
                    .execute(params![review.log.as_bytes(), review.head_hash()])?;
            }
            Ok(())
        })?;
        inner.changed = true;
        Ok(made)
    }

    /// The decisions made here on one posting, or on all, in the order they were made.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn decisions(&self, log_id: Option<Uuid>) -> Result<Vec<Decided>, StoreError> {
        let rows: Vec<Vec<u8>> = self
            .ready()?
            .connected()?
            .prepare_cached(
                "SELECT bytes FROM decision WHERE ?1 IS NULL OR log_id = ?1 ORDER BY decided_at, rowid",
            )
            .and_then(|mut statement| {
                let log_id = log_id.map(|id| id.as_bytes().to_vec());
                statement.query_map([log_id], |row| row.get(0))?.collect()
            })
            .map_err(|error| StoreError::sqlite("reading decisions", &error))?;
        let read = rows.into_iter().filter_map(|bytes| {
            let signed = open_review(&bytes).ok()?;
            Some(Decided {
                sha256: signed.sha256,
                review: signed.content,
                bytes,
            })
        });
        Ok(read.collect())
    }

    /// One decision made here, by the SHA-256 of its file.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn decision_bytes(&self, sha256: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(digest) = from_hex(sha256) else {
            return Ok(None);
        };
        self.ready()?
            .connected()?
            .query_row("SELECT bytes FROM decision WHERE sha256 = ?1", [digest], |row| {
                row.get(0)
            })
            .optional()
            .map_err(|error| StoreError::sqlite("reading a decision", &error))
    }
}

/// The decision with the verdict that this program comes to at the file's own date.
fn reviewed(
    file: &ReviewFile,
    records: &Records,
    draft: &ReviewDraft,
    reviewer: &Reviewer,
    at: DateTime<Utc>,
) -> Result<Review, StoreError> {
    let manifest = &file.manifest;
    let as_of: NaiveDate = manifest.as_of.parse().map_err(|_| StoreError::NotReceived {
        sha256: to_hex(&file.head().hash),
    })?;
    let assessment = assess(Scheme::of(records)?, records, Calendar::built_in(), as_of).map_err(|error| {
        StoreError::Io {
            operation: "assessing a received file",
            detail: error.to_string(),
        }
    })?;
    let written = |text: &Option<String>| {
        text.as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    Ok(Review {
        log: manifest.log,
        head: ManifestHead {
            n: file.head().n,
            hash: to_hex(&file.head().hash),
        },
        as_of,
        decided_at: instant(at),
        decision: draft.decision.ok_or(StoreError::Undecided)?,
        grade: written(&draft.grade),
        opinion: written(&draft.opinion),
        comments: draft.comments.clone(),
        failed: assessment.failed,
        payable_fen: assessment.consequences.payable_fen,
        appraisal_form: assessment.consequences.appraisal_form,
        reviewer: reviewer.clone(),
    })
}
