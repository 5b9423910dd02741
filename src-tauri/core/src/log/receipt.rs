//! Receipts: a reviewer's decision taken into the log.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;
use uuid::Uuid;

use super::{Blob, Digest, Entity, EventKind, Log, LogError, Prepared, from_hex, parse_instant};

/// What a reviewer decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// 退回修改
    Returned,
    /// 审核通过
    Approved,
}

/// The media type of a signed file among a log's blobs.
pub const SIGNED_FILE: &str = "application/vnd.xiaxiangzhi.review-file";

/// What the event of a receipt holds. The texts of the decision are in its file, a blob: that can be left out or erased, the
/// event cannot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// SHA-256 of the decision's file, in hex.
    pub sha256: String,
    /// Its length in bytes.
    pub length: u64,
    /// [`SIGNED_FILE`].
    #[serde(rename = "type")]
    pub media_type: String,
    /// The key that signed it, in hex.
    pub key: String,
    /// The number of the last event that was reviewed.
    pub n: u64,
    /// That event's hash, in hex.
    pub hash: String,
    /// When it was decided.
    pub decided_at: String,
    /// What was decided.
    pub decision: Decision,
    /// 等次
    pub grade: Option<String>,
}

/// A receipt with the event that took it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenReceipt {
    /// The event's number.
    pub event: u64,
    /// When it was taken in.
    pub at: DateTime<Utc>,
    /// What it holds.
    pub receipt: Receipt,
}

impl Receipt {
    /// The name of its file among the blobs.
    pub fn digest(&self) -> Option<Digest> {
        from_hex(&self.sha256)
    }

    /// Reads an event's object; none if it is of another make, which is no fault.
    pub(super) fn read(object: &str) -> Option<Self> {
        let receipt: Self = serde_json::from_str(object).ok()?;
        let whole = receipt.digest().is_some()
            && from_hex(&receipt.key).is_some()
            && from_hex(&receipt.hash).is_some()
            && parse_instant(&receipt.decided_at).is_some();
        whole.then_some(receipt)
    }
}

impl Log {
    /// The decisions taken in, in order.
    pub fn receipts(&self) -> &[TakenReceipt] {
        &self.receipts
    }

    /// Whether a blob is the file of a receipt.
    pub fn is_receipt(&self, blob: &Digest) -> bool {
        self.receipts
            .iter()
            .any(|taken| taken.receipt.digest().as_ref() == Some(blob))
    }

    /// The decision that counts: that on the furthest state of the log, the latest of several. One that comes in late changes
    /// nothing.
    pub fn standing_receipt(&self) -> Option<&TakenReceipt> {
        self.receipts
            .iter()
            .max_by(|a, b| (a.receipt.n, &a.receipt.decided_at).cmp(&(b.receipt.n, &b.receipt.decided_at)))
    }

    /// The approval after which nothing may be changed before a reason is given; none where nothing was approved, or the reason
    /// was given.
    pub fn closed_by(&self) -> Option<&TakenReceipt> {
        self.standing_receipt().filter(|taken| {
            taken.receipt.decision == Decision::Approved
                && !self.holds(Entity::Amendment, &taken.receipt.sha256)
        })
    }

    /// The records that were set by events after this one, each with the last of them. What stands about a review (answers,
    /// reasons) and attachments, which go with their activity, are none.
    pub fn changed_after(&self, n: u64) -> Vec<(Entity, String, u64)> {
        let mut changed: Vec<_> = self
            .records
            .iter()
            .filter(|(entity, ..)| entity.is_reviewed())
            .filter_map(|(entity, key, place)| {
                let last = place.numbers.last().copied().filter(|last| *last > n)?;
                Some((entity, key.to_string(), last))
            })
            .collect();
        changed.sort_unstable_by_key(|(.., last)| *last);
        changed
    }

    /// The event that takes a decision in, with its file for beside the chain.
    pub fn prepare_receipt(
        &self,
        id: Uuid,
        at: DateTime<Utc>,
        receipt: &Receipt,
        file: Blob,
    ) -> Result<Prepared, LogError> {
        let object = json!(receipt).to_string();
        let mut prepared = self.prepare_event(id, at, EventKind::Receipt(object.into()))?;
        prepared.blobs.push(file);
        Ok(prepared)
    }
}
