//! The manifest: what is in the file, and where the log stood.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::FileKind;
use crate::log::{Origin, id, sha256, to_hex};
use crate::posting::Records;
use crate::scheme::{Scheme, SchemeError};

/// `format` of a manifest.
pub(super) const FORMAT: &str = "xiaxiangzhi.review_file";

/// What a review file says of itself, signed over its exact bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Always `xiaxiangzhi.review_file`.
    pub format: String,
    /// The format's version, 1.
    pub version: u64,
    /// What kind of file.
    pub kind: FileKind,
    /// Where the log comes from.
    pub origin: Origin,
    /// The log's id, which is the posting's.
    #[serde(deserialize_with = "id")]
    pub log: Uuid,
    /// The key that signed, in hex.
    pub key: String,
    /// Where the log stood.
    pub head: ManifestHead,
    /// 1 for the log's first export.
    pub export: u64,
    /// The date the verdict is for.
    pub as_of: String,
    /// When it was exported.
    pub at: String,
    /// The scheme that judged.
    pub scheme: SchemeRef,
    /// SHA-256 of the calendar that was built in.
    pub calendar: String,
    /// The program's version.
    pub engine: String,
    /// Every other entry but the signature.
    pub entries: Vec<ManifestEntry>,
}

/// A head as the manifest writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestHead {
    /// The last event's number.
    pub n: u64,
    /// `hn` in hex.
    pub hash: String,
}

/// A scheme by name and content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchemeRef {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// SHA-256 of its document as this program writes it.
    pub sha256: String,
}

/// One entry of the container.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestEntry {
    /// Its name.
    pub name: String,
    /// Its length in bytes.
    pub length: u64,
    /// Its SHA-256 in hex.
    pub sha256: String,
}

impl ManifestEntry {
    /// One entry as a manifest tells of it.
    pub(super) fn of(name: &str, bytes: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            length: bytes.len() as u64,
            sha256: to_hex(&sha256(bytes)),
        }
    }
}

/// What a verdict depends on besides the records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// The scheme.
    pub scheme: SchemeRef,
    /// SHA-256 of the built-in calendar, in hex.
    pub calendar: String,
    /// The program's version.
    pub engine: String,
}

impl Basis {
    /// What this program would judge these records by.
    pub fn of(records: &Records) -> Result<Self, SchemeError> {
        let scheme = Scheme::of(records)?;
        let document =
            serde_json::to_vec(scheme).map_err(|error| SchemeError::Unreadable(error.to_string()))?;
        let sha256_hex = |bytes: &[u8]| to_hex(&sha256(bytes));
        Ok(Self {
            scheme: SchemeRef {
                id: scheme.id.clone(),
                version: scheme.version,
                sha256: sha256_hex(&document),
            },
            calendar: sha256_hex(include_bytes!("../../calendars/published.json")),
            engine: env!("CARGO_PKG_VERSION").to_owned(),
        })
    }
}
