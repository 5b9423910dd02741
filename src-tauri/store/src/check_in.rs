//! Monthly check-ins: made from a log, and received as pins of one.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;
use xiaxiangzhi_core::reviewfile::{
    CheckIn, FileKind, ReviewFileError, Signed, SignedFile, Verdict, open, verify,
};

use crate::load::Loaded;
use crate::received::Pinned;
use crate::{Store, StoreError};

/// The export number under which a check-in is kept among the files received: it is no export.
pub(crate) const NO_EXPORT: u64 = 0;

/// What goes into a check-in beside the log's own head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// Its first day.
    pub month: NaiveDate,
    /// The date up to which the sheet counts.
    pub as_of: NaiveDate,
    /// 姓名; blank where it was not filled in.
    pub physician: String,
    /// 受援单位; blank where it was not filled in.
    pub recipient_unit: String,
    /// The attendance sheet as PDF, with the head's code on it.
    pub sheet: Vec<u8>,
}

impl Store {
    /// Makes sure that a log can sign: one that came without its key gets another, which moves its head. To be asked before the
    /// sheet of a check-in is made.
    ///
    /// # Errors
    /// As [`Store::save`].
    pub fn ensure_signing(&self, log_id: Uuid, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.ready()?.ensure_key(log_id, at)
    }

    /// The bytes of a check-in with the head that the log has now.
    ///
    /// # Errors
    /// A log without a key ([`Store::ensure_signing`]), or content that no file may hold.
    pub fn check_in(&self, log_id: Uuid, month: Month, at: DateTime<Utc>) -> Result<Vec<u8>, StoreError> {
        let inner = self.ready()?;
        let Loaded { log, seed, .. } = inner.log(log_id)?;
        let seed = seed.as_ref().ok_or(ReviewFileError::OtherKey)?;
        let check_in = CheckIn {
            log: log_id,
            head: log.head(),
            as_of: month.as_of,
            month: month.month,
            physician: month.physician,
            recipient_unit: month.recipient_unit,
            sheet: month.sheet,
        };
        Ok(check_in.write(seed, at)?)
    }

    /// Judges a check-in from outside and, if nothing speaks against it, remembers its head as a pin.
    ///
    /// # Errors
    /// An error of the disk. A file that is not genuine is no error but a verdict.
    pub fn receive_check_in(
        &self,
        bytes: &[u8],
        name: &str,
        at: DateTime<Utc>,
    ) -> Result<Result<Signed<CheckIn>, Verdict>, StoreError> {
        let signed = match open(bytes) {
            Ok(SignedFile::CheckIn(signed)) => *signed,
            Ok(other) => return Ok(Err(Verdict::OtherKind { kind: other.kind() })),
            Err(verdict) => return Ok(Err(verdict)),
        };
        if let Some(verdict) = self.speaks_against(&signed)? {
            return Ok(Err(verdict));
        }
        let as_of = signed.content.as_of.to_string();
        let pinned = Pinned {
            log: signed.content.log,
            key: &signed.key,
            head: signed.content.head,
            export: NO_EXPORT,
            as_of: &as_of,
        };
        self.ready()?.remember(&pinned, bytes, name, at)?;
        Ok(Ok(signed))
    }

    /// Another key than the one seen, or another hash at a number that was seen: in a check-in, or within a file received.
    fn speaks_against(&self, signed: &Signed<CheckIn>) -> Result<Option<Verdict>, StoreError> {
        let CheckIn { log, head, .. } = signed.content;
        let pins = self.pins(log)?;
        let Some(furthest) = pins.iter().max_by_key(|pin| pin.head.n) else {
            return Ok(None);
        };
        let fork = || Some(Verdict::Fork { n: head.n });
        if pins
            .iter()
            .any(|pin| pin.head.n == head.n && pin.head.hash != head.hash)
        {
            return Ok(fork());
        }
        let held: Vec<[u8; 32]> = pins.iter().map(|pin| pin.public_key).collect();
        if !held.contains(&signed.key) {
            return Ok(Some(Verdict::OtherKey {
                seen: xiaxiangzhi_core::log::fingerprint(&furthest.public_key),
                found: xiaxiangzhi_core::log::fingerprint(&signed.key),
            }));
        }
        // The file that reaches furthest knows the hash at every number before its end.
        let exports = pins
            .iter()
            .filter(|pin| pin.month.is_none() && pin.head.n > head.n);
        let Some(later) = exports.max_by_key(|pin| pin.head.n) else {
            return Ok(None);
        };
        let file = self
            .received_bytes(&later.sha256)?
            .and_then(|bytes| verify(&bytes, None).file);
        let at = usize::try_from(head.n).ok().and_then(|n| n.checked_sub(1));
        let hash = file.and_then(|file| file.whole.hashes.get(at?).copied());
        Ok(hash.filter(|hash| *hash != head.hash).and_then(|_| fork()))
    }
}

/// The month of a check-in by its bytes.
pub(crate) fn month_of(bytes: &[u8]) -> Option<NaiveDate> {
    match open(bytes) {
        Ok(SignedFile::CheckIn(signed)) => Some(signed.content.month),
        _ => None,
    }
}

/// Whether a file says that it is a check-in.
pub fn is_check_in(bytes: &[u8]) -> bool {
    xiaxiangzhi_core::reviewfile::kind_of(bytes) == Ok(FileKind::CheckIn)
}
