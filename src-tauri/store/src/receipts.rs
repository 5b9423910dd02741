//! The physician's side of the way back: a reviewer's decision is judged and taken into the log.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use std::fmt;
use std::sync::Arc;
use uuid::Uuid;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::log::{Blob, Change, Entity, Log, SIGNED_FILE, fingerprint, from_hex};
use xiaxiangzhi_core::reviewfile::{Review, ReviewStanding, Signed, Verdict, open_review};

use crate::load::Loaded;
use crate::save::Saved;
use crate::store::Inner;
use crate::{KnownOffice, Store, StoreError, new_id};

/// Why a decision cannot be taken in. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoReceipt {
    /// It is not a genuine decision's file.
    NotGenuine(Box<Verdict>),
    /// It is about a posting that is not here.
    OtherPosting,
    /// It is about a state that the log here never was in: made on another computer, or before a restore.
    UnknownHead {
        /// The last event it is about.
        n: u64,
    },
    /// Its key was not compared by telephone yet.
    KeyNotConfirmed {
        /// The key's fingerprint.
        fingerprint: String,
    },
}

impl NoReceipt {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotGenuine(verdict) => verdict.code(),
            Self::OtherPosting => "other_posting",
            Self::UnknownHead { .. } => "unknown_head",
            Self::KeyNotConfirmed { .. } => "key_not_confirmed",
        }
    }

    /// One plain sentence for a person.
    pub fn describe(&self, language: Language) -> String {
        match (self, language) {
            (Self::NotGenuine(verdict), _) => verdict.describe(language),
            (Self::OtherPosting, Language::Chinese) => {
                "这份审核意见是给另一次派驻的，本机没有那次派驻的记录。".to_owned()
            }
            (Self::OtherPosting, Language::English) => {
                "This decision is about another posting, which is not on this computer.".to_owned()
            }
            (Self::UnknownHead { n }, Language::Chinese) => {
                format!("这份审核意见说的是第 {n} 条为止的记录，与本机的记录对不上。")
            }
            (Self::UnknownHead { n }, Language::English) => {
                format!("This decision is about the records up to event {n}, which are not those here.")
            }
            (Self::KeyNotConfirmed { fingerprint }, Language::Chinese) => {
                format!("还没有核对医务部的指纹 {fingerprint}。")
            }
            (Self::KeyNotConfirmed { fingerprint }, Language::English) => {
                format!("The office's fingerprint {fingerprint} was not compared yet.")
            }
        }
    }
}

impl fmt::Display for NoReceipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.describe(Language::English))
    }
}

/// What is known of the key that signed a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum KeyStanding {
    /// It came in the office's own file.
    Trusted {
        /// The office.
        office: String,
    },
    /// It signed the decision taken in before.
    Known,
    /// No decision was taken in before: its fingerprint is to be compared.
    FirstSeen,
    /// Another key was expected: somebody must ask.
    Changed {
        /// The fingerprint expected.
        seen: String,
    },
}

impl KeyStanding {
    /// Whether a person must compare the fingerprint before it is believed.
    pub fn must_be_confirmed(&self) -> bool {
        matches!(self, Self::FirstSeen | Self::Changed { .. })
    }
}

/// A decision that could be taken in, looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct LookedAtReview {
    /// What it says.
    pub signed: Signed<Review>,
    /// Its key's fingerprint.
    pub fingerprint: String,
    /// What is known of its key.
    pub key: KeyStanding,
    /// Whether it was taken in before: then taking it again does nothing.
    pub taken: bool,
    /// Whether a decision on a later state of the log was taken in already.
    pub overtaken: bool,
    /// How many records were set since the state that it is about.
    pub changed_since: usize,
}

impl Store {
    /// Looks at a decision's file: whether it could be taken in, and what is known of its key. Nothing is changed.
    ///
    /// # Errors
    /// [`StoreError::NoReceipt`] with the reason, or an error of the disk.
    pub fn look_at_review(&self, bytes: &[u8]) -> Result<LookedAtReview, StoreError> {
        let offices = self.known_offices()?;
        let inner = self.ready()?;
        inner.look_at_review(bytes, &offices)
    }

    /// Takes a decision into its posting's log; nothing happens where it was taken in before. `confirmed` is the fingerprint
    /// that a person compared, where that is asked for. It cannot be undone.
    ///
    /// # Errors
    /// [`StoreError::NoReceipt`] with the reason, or an error of the disk; nothing was changed then.
    pub fn take_review(
        &self,
        bytes: &[u8],
        confirmed: Option<&str>,
        at: DateTime<Utc>,
    ) -> Result<Option<Saved>, StoreError> {
        let offices = self.known_offices()?;
        let mut inner = self.ready()?;
        let looked = inner.look_at_review(bytes, &offices)?;
        if looked.taken {
            return Ok(None);
        }
        if looked.key.must_be_confirmed() && confirmed != Some(&looked.fingerprint) {
            return Err(StoreError::NoReceipt(NoReceipt::KeyNotConfirmed {
                fingerprint: looked.fingerprint,
            }));
        }
        let log_id = looked.signed.content.log;
        inner.ensure_key(log_id, at)?;
        let receipt = looked.signed.receipt(bytes.len() as u64);
        let file = Blob {
            media_type: SIGNED_FILE.to_owned(),
            bytes: Arc::from(bytes),
        };
        let log = &inner.log(log_id)?.log;
        let prepared = log.prepare_receipt(new_id(at)?, at, &receipt, file)?;
        inner.append(log_id, &prepared, at).map(Some)
    }

    /// How a posting stands with its reviewer.
    ///
    /// # Errors
    /// [`StoreError::NoSuchLog`].
    pub fn review_standing(&self, log_id: Uuid) -> Result<ReviewStanding, StoreError> {
        let inner = self.inner();
        let Loaded { log, beside, .. } = inner.log(log_id)?;
        Ok(ReviewStanding::of(log, beside))
    }

    /// Answers a comment in a decision taken in: in words, by a correction, or both. With neither the answer is taken back. It
    /// goes along in the next export.
    ///
    /// # Errors
    /// As [`Store::save`].
    pub fn answer_comment(
        &self,
        log_id: Uuid,
        comment: Uuid,
        text: &str,
        corrected: bool,
        at: DateTime<Utc>,
    ) -> Result<Saved, StoreError> {
        let text = text.trim();
        let blank = text.is_empty() && !corrected;
        let change = Change {
            event_id: new_id(at)?,
            entity: Entity::Answer,
            key: comment.to_string(),
            value: (!blank).then(|| json!({"corrected": corrected, "text": text})),
            batch: None,
        };
        self.save(log_id, &[change], at)
    }

    /// Gives the reason for changing records that were approved; from then on they can be changed until the next approval.
    ///
    /// # Errors
    /// As [`Store::save`].
    pub fn give_reason(&self, log_id: Uuid, reason: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
        let approval = {
            let inner = self.inner();
            let closed = inner.log(log_id)?.log.closed_by();
            closed.map(|taken| taken.receipt.sha256.clone())
        };
        let Some(key) = approval else { return Ok(()) };
        let change = Change {
            event_id: new_id(at)?,
            entity: Entity::Amendment,
            key,
            value: Some(json!({"reason": reason.trim()})),
            batch: None,
        };
        self.save(log_id, &[change], at).map(|_| ())
    }
}

impl Inner {
    fn look_at_review(&self, bytes: &[u8], offices: &[KnownOffice]) -> Result<LookedAtReview, StoreError> {
        let refused = |why| Err(StoreError::NoReceipt(why));
        let signed = match open_review(bytes) {
            Ok(signed) => signed,
            Err(verdict) => return refused(NoReceipt::NotGenuine(Box::new(verdict))),
        };
        let review = &signed.content;
        let Ok(loaded) = self.log(review.log) else {
            return refused(NoReceipt::OtherPosting);
        };
        let n = review.head.n;
        let here = usize::try_from(n - 1).ok().and_then(|at| loaded.hashes.get(at));
        if here.is_none_or(|hash| Some(*hash) != review.head_hash()) {
            return refused(NoReceipt::UnknownHead { n });
        }
        let log = &loaded.log;
        let later = log
            .standing_receipt()
            .is_some_and(|taken| (taken.receipt.n, &taken.receipt.decided_at) > (n, &review.decided_at));
        Ok(LookedAtReview {
            fingerprint: fingerprint(&signed.key),
            key: standing_of(&signed.key, log, offices),
            taken: log.is_receipt(&signed.sha256),
            overtaken: later,
            changed_since: log.changed_after(n).len(),
            signed,
        })
    }
}

/// The office's own file is believed first, then what signed before.
fn standing_of(key: &[u8; 32], log: &Log, offices: &[KnownOffice]) -> KeyStanding {
    if let Some(office) = offices.iter().find(|office| office.key == *key) {
        let name = [office.hospital.as_str(), office.office.as_str()];
        return KeyStanding::Trusted {
            office: name.join(" ").trim().to_owned(),
        };
    }
    let last = log
        .receipts()
        .last()
        .and_then(|taken| from_hex(&taken.receipt.key));
    match (last, offices.first()) {
        (Some(last), _) if last == *key => KeyStanding::Known,
        (Some(last), _) => KeyStanding::Changed {
            seen: fingerprint(&last),
        },
        (None, Some(office)) => KeyStanding::Changed {
            seen: office.fingerprint.clone(),
        },
        (None, None) => KeyStanding::FirstSeen,
    }
}
