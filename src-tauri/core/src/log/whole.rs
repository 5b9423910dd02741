//! A whole log read and checked: from a database, or from a file that somebody sent.

use uuid::Uuid;

use super::{Beside, Digest, Log, LogError, MAX_EVENTS, to_hex};

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
    let events = events.into_iter();
    let about = events.size_hint().0;
    log.reserve(about);
    let mut hashes = Vec::with_capacity(about.min(MAX_EVENTS));
    for (body, stored) in events {
        let head = match stored {
            Some(hash) => log.apply_stored(body, &hash)?,
            None => log.apply(body)?,
        };
        hashes.push(head.hash);
    }
    Ok(WholeLog { log, hashes })
}

impl Beside {
    /// Checks that each text and each blob has the hash it is stored under.
    pub fn check_hashes(&self) -> Result<(), LogError> {
        for (hash, text) in &self.texts {
            if text.digest() != *hash {
                return Err(altered("text", hash));
            }
        }
        for (hash, blob) in &self.blobs {
            if blob.digest() != *hash {
                return Err(altered("blob", hash));
            }
        }
        Ok(())
    }
}

impl Log {
    /// Checks what stands beside the chain: each text has its hash and is there unless it was erased; each blob has its
    /// hash. A blob that is not there is not included; that is no fault.
    pub fn check_beside(&self, beside: &Beside) -> Result<(), LogError> {
        beside.check_hashes()?;
        self.check_present(beside)
    }

    /// Checks that the texts there are those the log names, no more and no fewer, where it is known that each has its hash.
    pub fn check_present(&self, beside: &Beside) -> Result<(), LogError> {
        for hash in beside.texts.keys() {
            if self.is_redacted(hash) || !self.knows_text(hash) {
                return Err(altered("text", hash));
            }
        }
        // All that are there are named: then none is missing if there are as many as are named and not erased.
        let erased = self.redacted_texts().filter(|hash| self.knows_text(hash)).count();
        if beside.texts.len() + erased == self.text_hashes().len() {
            return Ok(());
        }
        let missing = |hash: &&Digest| !self.is_redacted(hash) && !beside.texts.contains_key(*hash);
        self.text_hashes()
            .find(missing)
            .map_or(Ok(()), |hash| Err(altered("text", hash)))
    }
}

fn altered(what: &'static str, hash: &Digest) -> LogError {
    LogError::Beside {
        what,
        hash: to_hex(hash),
    }
}
