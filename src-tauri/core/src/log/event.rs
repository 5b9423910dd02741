//! Events: what a log says.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Digest, Entity, Texts};

/// One entry of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Made by the caller, so that a save tried again is the same event.
    pub id: Uuid,
    /// When it was entered, in whole seconds. (What day it is *for* is in its key or value.)
    pub at: DateTime<Utc>,
    /// What happened.
    pub kind: EventKind,
}

/// What an event says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventKind {
    /// An entity has a new value, or none.
    Set(Set),
    /// The log begins; always the first event and only that.
    Created(Created),
    /// A review file or form was made with the head that this event gives.
    Exported(Exported),
    /// A reviewer's decision was taken in.
    Receipt(Arc<str>),
    /// The PC's clock jumped.
    ClockJump(ClockJump),
    /// The log goes on from a backup: what it held after that was lost.
    Restored(Restored),
    /// Another key signs from here on.
    KeyChanged(KeyChanged),
    /// Texts were erased from beside the chain.
    Redacted(Redacted),
}

/// An entity's new value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set {
    /// Which kind of thing.
    pub entity: Entity,
    /// Which one; empty for those that stand alone.
    pub key: String,
    /// The value as JSON without key and free texts, exactly as in the body; none removes it.
    pub value: Option<Arc<str>>,
    /// Field name to salted hash, for each free text.
    pub texts: Texts,
    /// The batch it belongs to, if it is one of several made as one.
    pub batch: Option<Uuid>,
    /// The event or batch that this takes back.
    pub undoes: Option<Uuid>,
    /// The event or batch that this makes again.
    pub redoes: Option<Uuid>,
}

/// Where a log comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Entered in the program, event by event.
    App,
    /// Packed from a records document: no history, no known author.
    Records,
}

/// How a log begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    /// The log's id, which is also the posting's.
    pub log: Uuid,
    /// The key made with it.
    pub public_key: [u8; 32],
    /// Where it comes from.
    pub origin: Origin,
}

/// An export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exported {
    /// 1 for the log's first export.
    pub number: u64,
    /// The date the verdict in it is for.
    pub as_of: String,
}

/// A log that was lost after some event goes on from a backup. The event's own number is the first that was replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restored {
    /// When the backup was made.
    pub backup: String,
    /// The last event known to have been in the log that was lost; smaller than this event's number if none is known to
    /// be missing.
    pub replaced_to: u64,
    /// The last export known of the lost log; export numbers go on after it.
    pub exported: Option<ExportedHead>,
}

/// The head that an export left with others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportedHead {
    /// The export's number.
    pub number: u64,
    /// Number of the last event in it, which is `exported` itself.
    pub n: u64,
    /// Its hash in hex.
    pub hash: String,
}

/// A jump of the PC's clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockJump {
    /// The last instant known before.
    pub from: String,
    /// The instant the clock showed next.
    pub to: String,
}

/// A change of the log's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyChanged {
    /// The new key.
    pub public_key: [u8; 32],
    /// The old key's signature over [`super::key_change_message`], if the old key was there.
    pub signature: Option<Vec<u8>>,
}

/// Texts erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redacted {
    /// The hashes whose texts are gone.
    pub texts: Vec<Digest>,
}
