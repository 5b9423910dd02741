//! Judging a review file: nothing in it is believed before it is checked.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use super::container::{self, Container, Entry};
use super::manifest::{FORMAT, Manifest, ManifestEntry};
use super::{FileKind, VERSION, Verdict};
use crate::log::{
    Beside, Blob, EventKind, Head, Log, LogError, MAX_EVENTS, SIGNED_FILE, SaltedText, WholeLog, fingerprint,
    from_hex, parse_body, parse_instant, read_whole, sha256, signed_by, to_hex,
};
use crate::posting::Records;

/// Four texts for each event a log may have; no record has more.
const MAX_TEXTS: usize = 4 * MAX_EVENTS;

/// A review file that was found consistent in itself.
#[derive(Debug, Clone)]
pub struct ReviewFile {
    /// What it says of itself.
    pub manifest: Manifest,
    /// Its log.
    pub whole: WholeLog,
    /// All events' bodies in order.
    pub bodies: Vec<Vec<u8>>,
    /// Its texts and blobs.
    pub beside: Beside,
}

impl ReviewFile {
    /// The records document that its log amounts to.
    pub fn document(&self) -> Value {
        self.whole.log.document(&self.beside)
    }

    /// Where its log stands.
    pub fn head(&self) -> Head {
        self.whole.log.head()
    }
}

/// A verdict, and the file where it could be read.
#[derive(Debug, Clone)]
pub struct Verification {
    /// What is to be said of it.
    pub verdict: Verdict,
    /// The file, if it is consistent in itself. That alone does not make it genuine: see the verdict.
    pub file: Option<ReviewFile>,
}

/// What a review file holds, for taking it apart.
#[derive(Debug, Clone)]
pub struct Unpacked {
    /// The records document.
    pub document: Value,
    /// The other files: name and bytes. Names are safe: a fixed word, or `blobs/` and a SHA-256.
    pub files: Vec<(String, Vec<u8>)>,
}

/// Judges a review file; with `earlier`, also whether it continues that one.
pub fn verify(bytes: &[u8], earlier: Option<&[u8]>) -> Verification {
    let file = match read(bytes) {
        Ok(file) => file,
        Err(verdict) => return Verification { verdict, file: None },
    };
    let verdict = earlier.and_then(|earlier| match read(earlier) {
        Ok(earlier) => continues(&file, &earlier),
        Err(verdict) => Some(Verdict::EarlierNotGenuine {
            earlier: Box::new(verdict),
        }),
    });
    let verdict = verdict.unwrap_or(Verdict::Genuine {
        origin: file.manifest.origin,
    });
    Verification {
        verdict,
        file: Some(file),
    }
}

/// Takes a genuine review file apart.
pub fn unpack(bytes: &[u8]) -> Result<Unpacked, Verdict> {
    let document = read(bytes)?.document();
    let files = container::read(bytes)?
        .entries
        .iter()
        .filter(|entry| entry.name != "mimetype")
        .map(|entry| (entry.name.to_owned(), entry.data.to_vec()))
        .collect();
    Ok(Unpacked { document, files })
}

/// What speaks against `file` as a continuation of `earlier`, if anything does.
fn continues(file: &ReviewFile, earlier: &ReviewFile) -> Option<Verdict> {
    if file.manifest.log != earlier.manifest.log {
        return Some(Verdict::OtherPosting);
    }
    let pins: Vec<Head> = (1..)
        .zip(&earlier.whole.hashes)
        .map(|(n, hash)| Head { n, hash: *hash })
        .collect();
    against_pins(file, earlier.whole.log.public_key(), &pins)
}

/// What speaks against `file` if its log was seen before with this key and these heads, if anything does.
pub fn against_pins(file: &ReviewFile, key: &[u8; 32], pins: &[Head]) -> Option<Verdict> {
    let log = &file.whole.log;
    let same_key = log.public_key() == key;
    // Another key is in order only if the log itself passed from the one to the other, signed by the old one.
    let handed_over = log.key_changes_proved() && log.held_key(key);
    // A head binds the key it was reached with: a file that ends at one seen before is only older.
    let seen_before = pins.contains(&log.head());
    if !same_key && !handed_over && !seen_before {
        return Some(Verdict::OtherKey {
            seen: fingerprint(key),
            found: fingerprint(log.public_key()),
        });
    }
    let hash_at = |n: u64| {
        n.checked_sub(1)
            .and_then(|index| file.whole.hashes.get(usize::try_from(index).ok()?))
    };
    let forked = |pin: &&Head| hash_at(pin.n).is_some_and(|hash| *hash != pin.hash);
    let seen = pins.iter().map(|pin| pin.n).max().unwrap_or_default();
    if let Some(pin) = pins.iter().filter(forked).min_by_key(|pin| pin.n) {
        return Some(restoration(log, pin.n, pins).unwrap_or(Verdict::Fork { n: pin.n }));
    }
    (seen > log.head().n).then_some(Verdict::Older {
        n: log.head().n,
        seen,
    })
}

/// Where the log itself says that it went on from a backup, and names the export that a pin is of, a past that differs from
/// there on is not a rewriting. A pin it does not name stays one.
fn restoration(log: &Log, first_forked: u64, pins: &[Head]) -> Option<Verdict> {
    let (from, exported) = log.restored().iter().find_map(|(n, restored)| {
        let exported = restored.exported.as_ref()?;
        (*n <= first_forked && first_forked <= exported.n).then_some((*n, exported))
    })?;
    let lost: Vec<_> = pins
        .iter()
        .filter(|pin| (from..=exported.n).contains(&pin.n))
        .collect();
    let named = lost
        .iter()
        .any(|pin| pin.n == exported.n && to_hex(&pin.hash) == exported.hash);
    named.then(|| Verdict::Restored {
        from,
        to: lost.iter().map(|pin| pin.n).max().unwrap_or(from),
    })
}

fn altered(place: impl Into<String>) -> Verdict {
    Verdict::Altered { place: place.into() }
}

fn read(bytes: &[u8]) -> Result<ReviewFile, Verdict> {
    let container = container::read(bytes)?;
    match container.kind {
        FileKind::Posting => read_posting(&container),
        kind => Err(Verdict::OtherKind { kind }),
    }
}

/// Reads a posting's log from its container.
pub(super) fn read_posting(container: &Container<'_>) -> Result<ReviewFile, Verdict> {
    let Container { entries, .. } = container;
    let named = |name: &str| container.named(name);
    let manifest_bytes = container.manifest()?;
    let manifest = read_manifest(manifest_bytes)?;
    let key = from_hex(&manifest.key).ok_or_else(|| altered("manifest.json"))?;
    let message = [FileKind::Posting.context(), manifest_bytes].concat();
    if !signed_by(&key, &message, named("signature")) {
        return Err(altered("signature"));
    }
    check_entries(&manifest.entries, entries)?;
    let bodies = lines(named("events.jsonl"), "events.jsonl", "events", MAX_EVENTS)?;
    let whole = read_events(&manifest, &bodies)?;
    let head = whole.log.head();
    let told = (
        manifest.head.n,
        &manifest.head.hash,
        manifest.origin,
        manifest.export,
    );
    if told
        != (
            head.n,
            &to_hex(&head.hash),
            whole.log.origin(),
            whole.log.exports(),
        )
        || whole.log.public_key() != &key
    {
        return Err(altered("events.jsonl"));
    }
    match bodies.last().map(|body| parse_body(head.n, body)) {
        Some(Ok(event)) if matches!(&event.kind, EventKind::Exported(e) if e.as_of == manifest.as_of) => {}
        _ => return Err(altered("events.jsonl")),
    }
    let beside = read_beside(entries, &whole)?;
    // Each text stands under the hash it has, and the manifest's hashes are the blobs' names.
    whole
        .log
        .check_present(&beside)
        .map_err(|_| altered("texts.jsonl"))?;
    let file = ReviewFile {
        manifest,
        whole,
        bodies: bodies.into_iter().map(<[u8]>::to_vec).collect(),
        beside,
    };
    let records = Records::from_value(file.document()).map_err(|_| altered("records"))?;
    let told = &file.manifest.scheme;
    match (file.whole.log.scheme_digest(), &records.scheme_document) {
        // A photo may be left out; without its scheme a posting would be judged by another.
        (Some(digest), None) => Err(altered(format!("blobs/{}", to_hex(&digest)))),
        (_, Some(scheme)) if (&scheme.id, scheme.version) != (&told.id, told.version) => {
            Err(altered("manifest.json"))
        }
        _ => Ok(file),
    }
}

/// Refuses a manifest that says it is newer, whatever else it holds.
pub(super) fn newer_manifest(bytes: &[u8]) -> Result<(), Verdict> {
    #[derive(Deserialize)]
    struct Version {
        version: u64,
    }
    match serde_json::from_slice::<Version>(bytes) {
        Ok(Version { version }) if version > VERSION => Err(Verdict::NewerFormat { version }),
        _ => Ok(()),
    }
}

fn read_manifest(bytes: &[u8]) -> Result<Manifest, Verdict> {
    newer_manifest(bytes)?;
    let manifest: Manifest = serde_json::from_slice(bytes).map_err(|_| altered("manifest.json"))?;
    if manifest.format != FORMAT
        || manifest.version != VERSION
        || manifest.kind != FileKind::Posting
        || parse_instant(&manifest.at).is_none()
    {
        return Err(altered("manifest.json"));
    }
    Ok(manifest)
}

/// The manifest must name every entry but itself and the signature, once, in the container's order.
pub(super) fn check_entries(told: &[ManifestEntry], entries: &[Entry<'_>]) -> Result<(), Verdict> {
    let signed: Vec<_> = entries
        .iter()
        .filter(|entry| !matches!(entry.name, "manifest.json" | "signature"))
        .collect();
    if !signed
        .iter()
        .map(|entry| entry.name)
        .eq(told.iter().map(|entry| entry.name.as_str()))
    {
        return Err(altered("container"));
    }
    for (entry, told) in signed.iter().zip(told) {
        if entry.data.len() as u64 != told.length || to_hex(&sha256(entry.data)) != told.sha256 {
            return Err(altered(entry.name));
        }
        let digest = entry.name.strip_prefix("blobs/");
        if digest.is_some_and(|digest| digest != told.sha256) {
            return Err(altered(entry.name));
        }
    }
    Ok(())
}

fn read_events(manifest: &Manifest, bodies: &[&[u8]]) -> Result<WholeLog, Verdict> {
    let fault = |error: LogError| match error {
        LogError::Newer { version, .. } => Verdict::NewerFormat { version },
        LogError::Malformed { n, .. } => altered(format!("events.jsonl:{n}")),
        LogError::TooLarge { size, limit, .. } => Verdict::TooBig {
            what: "bytes",
            size,
            limit,
        },
        _ => altered("events.jsonl"),
    };
    let first = parse_body(1, bodies.first().ok_or_else(|| altered("events.jsonl"))?).map_err(fault)?;
    let EventKind::Created(created) = first.kind else {
        return Err(altered("events.jsonl:1"));
    };
    read_whole(
        manifest.log,
        created.public_key,
        bodies.iter().map(|body| (*body, None)),
    )
    .map_err(fault)
}

fn read_beside(entries: &[Entry<'_>], whole: &WholeLog) -> Result<Beside, Verdict> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Line<'a> {
        #[serde(borrow)]
        salt: Cow<'a, str>,
        #[serde(borrow)]
        text: Cow<'a, str>,
    }
    let mut beside = Beside::default();
    let known = whole.log.blob_digests();
    for entry in entries {
        if entry.name == "texts.jsonl" {
            let lines = lines(entry.data, entry.name, "texts", MAX_TEXTS)?;
            beside.texts.reserve(lines.len());
            for line in lines {
                let line: Line<'_> = serde_json::from_slice(line).map_err(|_| altered(entry.name))?;
                let salt = salt_of(&line.salt).ok_or_else(|| altered(entry.name))?;
                let text = SaltedText {
                    salt,
                    text: line.text.into_owned(),
                };
                beside.texts.insert(text.digest(), text);
            }
        } else if let Some(digest) = entry.name.strip_prefix("blobs/").and_then(from_hex) {
            if known.binary_search(&digest).is_err() {
                return Err(altered(entry.name));
            }
            let media_type = if whole.log.is_scheme(&digest) {
                "application/json"
            } else if whole.log.is_receipt(&digest) {
                SIGNED_FILE
            } else {
                "application/octet-stream"
            };
            beside.blobs.insert(
                digest,
                Blob {
                    media_type: media_type.to_owned(),
                    bytes: Arc::from(entry.data),
                },
            );
        }
    }
    Ok(beside)
}

/// Sixteen bytes from 32 hexadecimal digits.
fn salt_of(hex: &str) -> Option<[u8; 16]> {
    let mut digits = [b'0'; 64];
    digits.get_mut(..hex.len())?.copy_from_slice(hex.as_bytes());
    let bytes = from_hex(std::str::from_utf8(&digits).ok()?)?;
    (hex.len() == 32).then_some(bytes)?[..16].try_into().ok()
}

/// Lines that each end with a line feed, and memory for no more of them than allowed.
fn lines<'a>(
    bytes: &'a [u8],
    place: &str,
    what: &'static str,
    limit: usize,
) -> Result<Vec<&'a [u8]>, Verdict> {
    if bytes.is_empty() {
        return Ok(Vec::new());
    }
    let body = bytes.strip_suffix(b"\n").ok_or_else(|| altered(place))?;
    let found: Vec<_> = body.split(|byte| *byte == b'\n').take(limit + 1).collect();
    if found.len() > limit {
        return Err(Verdict::TooBig {
            what,
            size: found.len() as u64,
            limit: limit as u64,
        });
    }
    Ok(found)
}
