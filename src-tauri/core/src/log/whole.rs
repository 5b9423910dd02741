//! A whole log read and checked: from a database, or from a file that somebody sent.

use uuid::Uuid;

use super::{Beside, Digest, Log, LogError, to_hex};

/// A log that was read from its first event to its last, with the hash at each.
#[derive(Debug, Clone)]
pub struct WholeLog {
    /// The fold.
    pub log: Log,
    /// `h1` to `hn`.
    pub hashes: Vec<Digest>,
}

/// Reads all events of a log. Where the stored hashes are known they must be what the bytes give.
pub fn read_whole<'a>(
    id: Uuid,
    public_key: [u8; 32],
    events: impl IntoIterator<Item = (&'a [u8], Option<Digest>)>,
) -> Result<WholeLog, LogError> {
    let mut log = Log::new(id, public_key);
    let mut hashes = Vec::new();
    for (body, stored) in events {
        let before = log.head();
        let n = before.n + 1;
        // The chain first: of changed bytes, "changed" is the right word, not "malformed".
        if stored.is_some_and(|stored| stored != super::next(&before.hash, n, body)) {
            return Err(LogError::ChainBroken { n });
        }
        hashes.push(log.apply(body)?.hash);
    }
    Ok(WholeLog { log, hashes })
}

impl WholeLog {
    /// Checks what stands beside the chain: each text has its hash and is there unless it was erased; each blob has its
    /// hash. A blob that is not there is not included; that is no fault.
    pub fn check_beside(&self, beside: &Beside) -> Result<(), LogError> {
        let fault = |what, hash: &Digest| {
            Err(LogError::Beside {
                what,
                hash: to_hex(hash),
            })
        };
        for (hash, text) in &beside.texts {
            if text.digest() != *hash || self.log.is_redacted(hash) || !self.log.text_hashes().contains(hash)
            {
                return fault("text", hash);
            }
        }
        for hash in self.log.text_hashes() {
            if !self.log.is_redacted(hash) && !beside.texts.contains_key(hash) {
                return fault("text", hash);
            }
        }
        for (hash, blob) in &beside.blobs {
            if blob.digest() != *hash {
                return fault("blob", hash);
            }
        }
        Ok(())
    }
}
