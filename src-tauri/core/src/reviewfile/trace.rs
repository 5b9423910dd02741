//! How far a file can be confirmed that cannot be reviewed, and by which keys one was signed.

use uuid::Uuid;

use super::{MAX_FILE_BYTES, ReviewFile, container};
use crate::log::{
    Digest, EventKind, Head, MAX_EVENTS, genesis, key_change_message, next, parse_body, signed_by,
};

/// The chain that the events in a file give, whatever else is wrong with it. Nothing about it is to be believed but this: an
/// event whose hash is one seen before in a genuine file is the one seen there, and so are all before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The log that its first event names.
    pub log: Uuid,
    /// `h1` to `hn`.
    pub hashes: Vec<Digest>,
}

/// Follows the events in a file that is altered or cut; none where there is no beginning of a log in it.
pub fn trace(bytes: &[u8]) -> Option<Trace> {
    if bytes.len() > MAX_FILE_BYTES {
        return None;
    }
    let events = container::loosely(bytes, "events.jsonl")?;
    let mut bodies = events.split(|byte| *byte == b'\n').take(MAX_EVENTS).peekable();
    let EventKind::Created(created) = parse_body(1, bodies.peek()?).ok()?.kind else {
        return None;
    };
    let mut hash = genesis(created.log, &created.public_key);
    let hashes = (1..)
        .zip(bodies)
        // A line feed ends the last one, and a cut can leave a part of one.
        .take_while(|(_, body)| body.ends_with(b"}"))
        .map(|(n, body)| {
            hash = next(&hash, n, body);
            hash
        });
    Some(Trace {
        log: created.log,
        hashes: hashes.collect(),
    })
}

/// A key that signed a log from one of its events on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyHeld {
    /// The first event after which it signs: 1 for the key made with the log.
    pub n: u64,
    /// The key.
    pub public_key: [u8; 32],
    /// Whether the key before it signed it; true for the first.
    pub proved: bool,
}

/// What stands in an event that changes the key.
const CHANGED: &[u8] = b"key_changed";

/// The keys of a genuine file's log, in order.
pub fn keys_held(file: &ReviewFile) -> Vec<KeyHeld> {
    let log = &file.whole.log;
    let first = *log.first_key();
    let mut held = vec![KeyHeld {
        n: 1,
        public_key: first,
        proved: true,
    }];
    let mut before = Head {
        n: 0,
        hash: genesis(log.id(), &first),
    };
    for ((n, body), hash) in (1..).zip(&file.bodies).zip(&file.whole.hashes) {
        // Most events need no closer look.
        if body.windows(CHANGED.len()).any(|part| part == CHANGED)
            && let Ok(event) = parse_body(n, body)
            && let EventKind::KeyChanged(change) = event.kind
        {
            let message = key_change_message(log.id(), &before, &change.public_key);
            let former = held.last().map_or(first, |held| held.public_key);
            held.push(KeyHeld {
                n,
                public_key: change.public_key,
                proved: change
                    .signature
                    .is_some_and(|signature| signed_by(&former, &message, &signature)),
            });
        }
        before = Head { n, hash: *hash };
    }
    held
}
