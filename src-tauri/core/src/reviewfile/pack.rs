//! Making a review file.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::container::{self, Entry};
use super::manifest::{FORMAT, Manifest, ManifestEntry, ManifestHead};
use super::{Basis, FileKind, MAX_ENTRIES, MAX_FILE_BYTES, VERSION};
use crate::log::{
    Beside, Blob, Change, Entity, EventKind, Exported, Log, LogError, Origin, changes_of, instant,
    public_key, sign, to_hex,
};

/// Why no review file could be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReviewFileError {
    /// The log would not take the records, or has reached a limit.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The log does not end with an export: its head would not be the file's.
    #[error("the log does not end with an export event")]
    NotExported,
    /// The seed is not the one of the log's key.
    #[error("the key given is not the log's key")]
    OtherKey,
    /// More than a review file may hold.
    #[error("the review file would have {size} {what}; at most {limit} are allowed")]
    TooBig {
        /// `bytes` or `entries`.
        what: &'static str,
        /// How many there would be.
        size: u64,
        /// How many there may be.
        limit: u64,
    },
    /// Something in a signed file that may not be there: too long, a forbidden character, a wrong key.
    #[error("the content to be signed is refused at {place}")]
    BadContent {
        /// Where in the content.
        place: String,
    },
}

impl ReviewFileError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Log(error) => error.code(),
            Self::NotExported => "not_exported",
            Self::OtherKey => "other_key",
            Self::TooBig { .. } => "too_big",
            Self::BadContent { .. } => "bad_content",
        }
    }
}

/// A log to be written out. Its last event must be the `exported` one that this file is for.
#[derive(Debug, Clone, Copy)]
pub struct Export<'a> {
    /// The fold of `bodies`.
    pub log: &'a Log,
    /// All events' bodies in order.
    pub bodies: &'a [Vec<u8>],
    /// Texts and blobs; those that do not belong to the log are left out.
    pub beside: &'a Beside,
    /// The seed of the log's key.
    pub seed: &'a [u8; 32],
    /// What the verdict depends on.
    pub basis: &'a Basis,
    /// The date the verdict is for.
    pub as_of: NaiveDate,
    /// When it is exported.
    pub at: DateTime<Utc>,
}

/// The bytes of a review file.
pub fn write(export: &Export<'_>) -> Result<Vec<u8>, ReviewFileError> {
    let log = export.log;
    if public_key(export.seed) != *log.public_key() {
        return Err(ReviewFileError::OtherKey);
    }
    if log.exports() == 0 {
        return Err(ReviewFileError::NotExported);
    }
    let mimetype = FileKind::Posting.mimetype(VERSION).into_bytes();
    let mut events = Vec::new();
    for body in export.bodies {
        events.extend_from_slice(body);
        events.push(b'\n');
    }
    let texts = texts(log, export.beside);
    let blobs: BTreeMap<String, &[u8]> = log
        .blob_digests()
        .iter()
        .filter_map(|digest| {
            Some((
                format!("blobs/{}", to_hex(digest)),
                &*export.beside.blobs.get(digest)?.bytes,
            ))
        })
        .collect();

    let mut listed = vec![
        ("mimetype", &mimetype[..]),
        ("events.jsonl", &events),
        ("texts.jsonl", &texts),
    ];
    listed.extend(blobs.iter().map(|(name, bytes)| (name.as_str(), *bytes)));
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        version: VERSION,
        kind: FileKind::Posting,
        origin: log.origin(),
        log: log.id(),
        key: to_hex(log.public_key()),
        head: ManifestHead {
            n: log.head().n,
            hash: to_hex(&log.head().hash),
        },
        export: log.exports(),
        as_of: export.as_of.to_string(),
        at: instant(export.at),
        scheme: export.basis.scheme.clone(),
        calendar: export.basis.calendar.clone(),
        engine: export.basis.engine.clone(),
        entries: listed
            .iter()
            .map(|(name, bytes)| ManifestEntry::of(name, bytes))
            .collect(),
    };
    sealed(FileKind::Posting, &json!(manifest), &listed, export.seed)
}

/// The texts that stand beside the chain, one a line, in the order of their hashes.
fn texts(log: &Log, beside: &Beside) -> Vec<u8> {
    let mut hashes: Vec<_> = log.text_hashes().filter(|hash| !log.is_redacted(hash)).collect();
    hashes.sort_unstable();
    let mut lines = Vec::new();
    for text in hashes.iter().filter_map(|hash| beside.texts.get(*hash)) {
        lines.extend_from_slice(
            json!({"salt": to_hex(&text.salt), "text": text.text})
                .to_string()
                .as_bytes(),
        );
        lines.push(b'\n');
    }
    lines
}

/// A container of any kind: the manifest signed, then what it lists, the first of which is the `mimetype`.
pub(super) fn sealed(
    kind: FileKind,
    manifest: &Value,
    listed: &[(&str, &[u8])],
    seed: &[u8; 32],
) -> Result<Vec<u8>, ReviewFileError> {
    let manifest = manifest.to_string().into_bytes();
    let signature = sign(seed, &[kind.context(), &manifest].concat());
    let mut entries: Vec<Entry<'_>> = listed.iter().map(|(name, data)| Entry { name, data }).collect();
    let signed = [("manifest.json", &manifest[..]), ("signature", &signature[..])];
    entries.splice(1..1, signed.map(|(name, data)| Entry { name, data }));
    check_size(&entries)?;
    Ok(container::write(&entries))
}

fn check_size(entries: &[Entry<'_>]) -> Result<(), ReviewFileError> {
    // Headers are under 200 bytes an entry.
    let size = entries.iter().map(|entry| entry.data.len() + 200).sum::<usize>() as u64;
    for (what, size, limit) in [
        ("bytes", size, MAX_FILE_BYTES as u64),
        ("entries", entries.len() as u64, MAX_ENTRIES as u64),
    ] {
        if size > limit {
            return Err(ReviewFileError::TooBig { what, size, limit });
        }
    }
    Ok(())
}

/// What makes a review file of a records document.
#[derive(Debug, Clone, Copy)]
pub struct Pack<'a> {
    /// The seed of the key that signs.
    pub seed: &'a [u8; 32],
    /// What the verdict depends on.
    pub basis: &'a Basis,
    /// The date the verdict is for.
    pub as_of: NaiveDate,
    /// Now.
    pub at: DateTime<Utc>,
    /// Files to send along, each with its name.
    pub attachments: &'a [(String, Blob)],
}

/// Packs a records document, which the caller has validated, into a fresh log that says it has no history.
pub fn pack(
    document: &Value,
    pack: &Pack<'_>,
    id: &mut dyn FnMut() -> Uuid,
    salt: &mut dyn FnMut() -> [u8; 16],
) -> Result<Vec<u8>, ReviewFileError> {
    let (posting, mut changes) = changes_of(document, id)?;
    let mut log = Log::new(posting, public_key(pack.seed));
    let mut beside = Beside::default();
    for (name, blob) in pack.attachments {
        let digest = blob.digest();
        let value = json!({"name": name, "media_type": blob.media_type, "length": blob.bytes.len()});
        let (entity, key) = (Entity::Attachment, to_hex(&digest));
        changes.push(Change {
            event_id: id(),
            entity,
            key,
            value: Some(value),
            batch: None,
        });
        beside.blobs.insert(digest, blob.clone());
    }
    let mut bodies = Vec::new();
    let first = log.prepare_first(id(), Origin::Records, &changes, pack.at, salt)?;
    beside.extend(&first);
    for event in first.events {
        log.apply(&event.body)?;
        bodies.push(event.body);
    }
    let exported = Exported {
        number: 1,
        as_of: pack.as_of.to_string(),
    };
    for event in log
        .prepare_event(id(), pack.at, EventKind::Exported(exported))?
        .events
    {
        log.apply(&event.body)?;
        bodies.push(event.body);
    }
    write(&Export {
        log: &log,
        bodies: &bodies,
        beside: &beside,
        seed: pack.seed,
        basis: pack.basis,
        as_of: pack.as_of,
        at: pack.at,
    })
}
