//! The log: a posting as an append-only chain of events.
//!
//! A posting is never stored as such. It is the fold of its log: the last value of each entity wins. [`Log`] is that
//! fold, kept up to date one event at a time; the database, a review file and a test all use the same [`Log::apply`].
//! An event's body is written once, hashed as those very bytes, and never written again. Free text stands beside the
//! chain (see [`text`]), so that a name written by mistake can be erased without breaking it.
//!
//! Nothing here reads a clock or draws a random number: ids, salts, instants and keys are arguments.

mod body;
mod chain;
mod clock;
mod compare;
mod document;
mod entered;
mod entity;
mod event;
mod field_changes;
mod field_names;
mod fold;
mod history;
mod import;
mod key;
mod places;
mod prepare;
mod preview;
mod receipt;
mod record_name;
mod text;
mod typed_code;
mod undo;
mod whole;
mod wire;

pub use body::{event_body, parse_body};
pub use chain::{
    Digest, Head, fingerprint, from_hex, genesis, head_code, key_change_message, next, sha256, to_hex,
};
pub use clock::ClockStep;
pub use compare::{RecordDifference, record_differences};
pub use entered::{Entered, EnteredRecord, china_date, instant, parse_instant};
pub use entity::Entity;
pub use event::{
    ClockJump, Created, Event, EventKind, Exported, ExportedHead, KeyChanged, Origin, Redacted, Restored, Set,
};
pub use field_changes::{FieldChange, field_changes};
pub use fold::Log;
pub use history::{HowSet, Removed, StepName, Version};
pub use import::changes_of;
pub use key::{public_key, sign, signed_by};
pub use prepare::{Change, NewEvent, Prepared};
pub use receipt::{Decision, Receipt, SIGNED_FILE, TakenReceipt};
pub use record_name::record_name;
pub use text::{Beside, Blob, ERASED_TEXT, SaltedText, Texts, free_text_fields, text_digest};
pub use typed_code::{TypedCode, typed_code};
pub use whole::{WholeLog, read_whole};
pub(crate) use wire::id;

/// A map of what a log holds by id or hash. A log of ten years has twenty thousand of each and is folded at every start, so
/// the hasher is a quick one; it is seeded, so that no file can be made slow to open by its choice of ids.
pub type Quick<K, V> = std::collections::HashMap<K, V, foldhash::fast::RandomState>;
/// A set like [`Quick`].
pub(crate) type QuickSet<K> = std::collections::HashSet<K, foldhash::fast::RandomState>;

/// The longest body of one event, in bytes.
pub const MAX_EVENT_BYTES: usize = 64 * 1024;
/// The most events one log may hold: about ten years of daily entries.
pub const MAX_EVENTS: usize = 20_000;
/// How deep the JSON of one record may be nested; records.md needs three levels.
pub const MAX_DEPTH: usize = 32;
/// The longest free text, in bytes: 10,000 characters of Chinese with room to spare.
pub const MAX_TEXT_BYTES: usize = 48 * 1024;

/// Why a log, or a change to it, is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    /// A body is not the JSON of a known event.
    #[error("event {n} is not a valid event: {why}")]
    Malformed {
        /// The event's number, from 1.
        n: u64,
        /// What is wrong with it.
        why: String,
    },
    /// A body was written by a newer version of the program.
    #[error("event {n} has version {version}; this program reads version 1")]
    Newer {
        /// The event's number, from 1.
        n: u64,
        /// The version it names.
        version: u64,
    },
    /// The stored hash of an event is not the one its bytes and predecessors give.
    #[error("event {n} is not what was written: its hash differs")]
    ChainBroken {
        /// The event's number, from 1.
        n: u64,
    },
    /// A text or blob does not have the hash it is stored under, or a text is missing without having been erased.
    #[error("{what} {hash} of the log is missing or altered")]
    Beside {
        /// `text` or `blob`.
        what: &'static str,
        /// The hash that the event holds, in hex.
        hash: String,
    },
    /// More than a limit allows.
    #[error("{what} is {size}; at most {limit} is allowed")]
    TooLarge {
        /// What is too large.
        what: &'static str,
        /// Its size.
        size: u64,
        /// The limit.
        limit: u64,
    },
    /// A change names a key that its entity does not have.
    #[error("{entity} has no key {key:?}: {allowed}")]
    BadKey {
        /// The entity.
        entity: Entity,
        /// The key given.
        key: String,
        /// What is allowed.
        allowed: &'static str,
    },
    /// A change's value is not an object, or a free text in it is not a string.
    #[error("the value of {entity} {key} is refused at {at}: {why}")]
    BadValue {
        /// The entity.
        entity: Entity,
        /// The key given.
        key: String,
        /// JSON pointer into the value.
        at: String,
        /// What is wrong.
        why: &'static str,
    },
    /// A records document has no shape that a log could take in.
    #[error("the records cannot be taken in at {at}: {why}")]
    BadRecords {
        /// JSON pointer into the document.
        at: String,
        /// What is wrong.
        why: &'static str,
    },
}

impl LogError {
    /// A stable word for the error, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed { .. } => "event_malformed",
            Self::Newer { .. } => "event_newer",
            Self::ChainBroken { .. } => "chain_broken",
            Self::Beside { .. } => "text_or_blob_altered",
            Self::TooLarge { .. } => "log_too_large",
            Self::BadKey { .. } => "bad_key",
            Self::BadValue { .. } => "bad_value",
            Self::BadRecords { .. } => "bad_records",
        }
    }
}
