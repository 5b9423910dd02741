//! The smaller kinds of signed file: a manifest, a content, and blobs that the content names.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::container::Container;
use super::manifest::{FORMAT, ManifestEntry};
use super::pack::sealed;
use super::verify::{check_entries, newer_manifest};
use super::{FileKind, ReviewFileError, VERSION, Verdict};
use crate::log::{Digest, from_hex, instant, parse_instant, public_key, sha256, signed_by, to_hex};
use crate::posting::forbidden_character;

/// The longest `content.json`.
const MAX_CONTENT_BYTES: usize = 4 * 1024 * 1024;

/// What a signed file says of itself, signed over its exact bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedManifest {
    /// Always `xiaxiangzhi.review_file`.
    pub format: String,
    /// The format's version, 1.
    pub version: u64,
    /// What kind of file; never `posting`.
    pub kind: FileKind,
    /// The key that signed, in hex.
    pub key: String,
    /// When it was made.
    pub at: String,
    /// The program's version.
    pub engine: String,
    /// Every other entry but the signature.
    pub entries: Vec<ManifestEntry>,
}

/// A signed file that was found whole and unchanged.
#[derive(Debug, Clone, PartialEq)]
pub struct Signed<T> {
    /// What it says of itself.
    pub manifest: SignedManifest,
    /// The key that signed. Whether it can be trusted is another question.
    pub key: [u8; 32],
    /// What it says.
    pub content: T,
    /// SHA-256 of the whole file.
    pub sha256: Digest,
}

/// The blobs of a file by their digests.
pub(super) type Blobs<'a> = BTreeMap<Digest, &'a [u8]>;

/// What a kind's `content.json` holds.
pub(super) trait Content: Serialize + DeserializeOwned {
    /// The kind.
    const KIND: FileKind;

    /// The place of the first thing in it that may not be there.
    fn fault(&self) -> Option<String>;

    /// The blobs it names.
    fn blobs(&self) -> BTreeSet<Digest>;
}

/// The bytes of a signed file.
pub(super) fn seal<T: Content>(
    content: &T,
    blobs: &Blobs<'_>,
    seed: &[u8; 32],
    at: DateTime<Utc>,
) -> Result<Vec<u8>, ReviewFileError> {
    if let Some(place) = content.fault() {
        return Err(ReviewFileError::BadContent { place });
    }
    let mimetype = T::KIND.mimetype(VERSION).into_bytes();
    let content = json!(content).to_string().into_bytes();
    if content.len() > MAX_CONTENT_BYTES {
        return Err(ReviewFileError::TooBig {
            what: "bytes",
            size: content.len() as u64,
            limit: MAX_CONTENT_BYTES as u64,
        });
    }
    let blobs: Vec<(String, &[u8])> = blobs
        .iter()
        .map(|(digest, bytes)| (format!("blobs/{}", to_hex(digest)), *bytes))
        .collect();
    let mut listed = vec![("mimetype", &mimetype[..]), ("content.json", &content)];
    listed.extend(blobs.iter().map(|(name, bytes)| (name.as_str(), *bytes)));
    let manifest = SignedManifest {
        format: FORMAT.to_owned(),
        version: VERSION,
        kind: T::KIND,
        key: to_hex(&public_key(seed)),
        at: instant(at),
        engine: env!("CARGO_PKG_VERSION").to_owned(),
        entries: listed
            .iter()
            .map(|(name, bytes)| ManifestEntry::of(name, bytes))
            .collect(),
    };
    sealed(T::KIND, &json!(manifest), &listed, seed)
}

/// Reads a signed file of one kind from its container, with its blobs.
pub(super) fn unseal<'a, T: Content>(
    bytes: &[u8],
    container: &Container<'a>,
) -> Result<(Signed<T>, Blobs<'a>), Verdict> {
    let manifest_bytes = container.manifest()?;
    newer_manifest(manifest_bytes)?;
    let manifest: SignedManifest =
        serde_json::from_slice(manifest_bytes).map_err(|_| altered("manifest.json"))?;
    if manifest.format != FORMAT
        || manifest.version != VERSION
        || manifest.kind != T::KIND
        || container.kind != T::KIND
        || parse_instant(&manifest.at).is_none()
    {
        return Err(altered("manifest.json"));
    }
    let key = from_hex(&manifest.key).ok_or_else(|| altered("manifest.json"))?;
    let message = [T::KIND.context(), manifest_bytes].concat();
    if !signed_by(&key, &message, container.named("signature")) {
        return Err(altered("signature"));
    }
    check_entries(&manifest.entries, &container.entries)?;
    let content = container.named("content.json");
    if content.len() > MAX_CONTENT_BYTES {
        return Err(Verdict::TooBig {
            what: "bytes",
            size: content.len() as u64,
            limit: MAX_CONTENT_BYTES as u64,
        });
    }
    let content: T = serde_json::from_slice(content).map_err(|_| altered("content.json"))?;
    let blobs: Blobs<'a> = container
        .entries
        .iter()
        .filter_map(|entry| Some((from_hex(entry.name.strip_prefix("blobs/")?)?, entry.data)))
        .collect();
    // Each blob is named by the content, and each that is named is there.
    if content.fault().is_some() || !content.blobs().iter().eq(blobs.keys()) {
        return Err(altered("content.json"));
    }
    let signed = Signed {
        manifest,
        key,
        content,
        sha256: sha256(bytes),
    };
    Ok((signed, blobs))
}

fn altered(place: &str) -> Verdict {
    Verdict::Altered {
        place: place.to_owned(),
    }
}

/// Whether a text may stand in a signed file: its length in characters, and nothing that shows one thing and means another.
pub(super) fn is_text(text: &str, limit: usize) -> bool {
    text.chars().count() <= limit && !text.chars().any(|c| c != '\n' && forbidden_character(c))
}

/// As [`is_text`], on one line and not blank.
pub(super) fn is_name(text: &str, limit: usize) -> bool {
    is_text(text, limit) && !text.contains('\n') && !text.trim().is_empty()
}
