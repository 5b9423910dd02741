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
        let head = match stored {
            Some(hash) => log.apply_stored(body, &hash)?,
            None => log.apply(body)?,
        };
        hashes.push(head.hash);
    }
    Ok(WholeLog { log, hashes })
}

impl Log {
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
            if text.digest() != *hash || self.is_redacted(hash) || !self.knows_text(hash) {
                return fault("text", hash);
            }
        }
        for hash in self.text_hashes() {
            if !self.is_redacted(hash) && !beside.texts.contains_key(hash) {
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
