//! What stands beside the chain: free text under salted hashes, large things under their own.

use std::sync::Arc;

use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::{Digest, Entity, LogError, Quick, sha256};

/// What a reader sees where a text was erased. Not blank: the day it belonged to still has a work record.
pub const ERASED_TEXT: &str = "〔已抹去〕";

/// The fields of an entity that are free text. This is the one list; every text named here can be erased later.
pub fn free_text_fields(entity: Entity) -> &'static [&'static str] {
    match entity {
        Entity::Day => &["note"],
        Entity::Activity => &["title", "note"],
        Entity::Leave | Entity::CalendarOverride | Entity::Scheme | Entity::Amendment => &["reason"],
        Entity::Answer => &["text"],
        Entity::Problem => &["problem", "guidance", "corrective_action", "result"],
        Entity::Summary => &[
            "self_appraisal",
            "suggestions",
            "basics",
            "conduct",
            "medical_work",
            "teaching",
            "public_health",
            "reflections",
        ],
        Entity::Posting | Entity::Document | Entity::TallyItem | Entity::Attachment | Entity::Extra => &[],
    }
}

/// A text with the salt that keeps its hash from being guessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaltedText {
    /// Sixteen random bytes.
    pub salt: [u8; 16],
    /// The text.
    pub text: String,
}

impl SaltedText {
    /// The hash that an event holds in the text's place.
    pub fn digest(&self) -> Digest {
        text_digest(&self.salt, &self.text)
    }
}

/// SHA-256 of the salt followed by the text's UTF-8.
pub fn text_digest(salt: &[u8; 16], text: &str) -> Digest {
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(text.as_bytes());
    hash.finalize().into()
}

/// Something large, named by its SHA-256.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    /// Its media type, such as `application/json`.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

impl Blob {
    /// Its name.
    pub fn digest(&self) -> Digest {
        sha256(&self.bytes)
    }
}

/// The free texts of a record: field name to salted hash, in the order of names. One allocation, shared by all who hold the
/// record's value; none where there is no text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Texts(Option<Arc<[(&'static str, Digest)]>>);

impl Texts {
    /// The hash of one field's text.
    pub fn get(&self, field: &str) -> Option<&Digest> {
        self.iter().find(|(name, _)| *name == field).map(|(_, hash)| hash)
    }

    /// Each field that has a text, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Digest)> {
        self.0
            .iter()
            .flat_map(|texts| texts.iter())
            .map(|(field, hash)| (*field, hash))
    }

    /// The hashes alone.
    pub fn values(&self) -> impl Iterator<Item = &Digest> {
        self.iter().map(|(_, hash)| hash)
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}

impl FromIterator<(&'static str, Digest)> for Texts {
    fn from_iter<I: IntoIterator<Item = (&'static str, Digest)>>(texts: I) -> Self {
        let mut texts: Vec<_> = texts.into_iter().collect();
        texts.sort_unstable_by_key(|(field, _)| *field);
        Self((!texts.is_empty()).then(|| texts.into()))
    }
}

/// The texts and blobs that belong to a log. Absent blobs are "not included", never "altered".
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// Texts by the hash in their event.
    pub texts: Quick<Digest, SaltedText>,
    /// Blobs by SHA-256.
    pub blobs: Quick<Digest, Blob>,
}

impl Beside {
    /// Adds what a prepared save brings.
    pub fn extend(&mut self, prepared: &super::Prepared) {
        for text in &prepared.texts {
            self.texts.insert(text.digest(), text.clone());
        }
        for blob in &prepared.blobs {
            self.blobs.insert(blob.digest(), blob.clone());
        }
    }
}

/// Takes the free texts out of a value: what stays is for the event, what is taken is for beside the chain. Blank texts
/// and nulls are dropped.
pub(super) fn take_texts(
    entity: Entity,
    key: &str,
    value: &mut Map<String, Value>,
) -> Result<Vec<(&'static str, String)>, LogError> {
    let mut texts = Vec::new();
    for field in free_text_fields(entity) {
        match value.shift_remove(*field) {
            None | Some(Value::Null) => {}
            Some(Value::String(text)) if text.trim().is_empty() => {}
            Some(Value::String(text)) if text.len() > super::MAX_TEXT_BYTES => {
                return Err(LogError::TooLarge {
                    what: "a text in bytes",
                    size: text.len() as u64,
                    limit: super::MAX_TEXT_BYTES as u64,
                });
            }
            Some(Value::String(text)) => texts.push((*field, text)),
            Some(_) => {
                return Err(LogError::BadValue {
                    entity,
                    key: key.to_owned(),
                    at: format!("/{field}"),
                    why: "must be a text",
                });
            }
        }
    }
    Ok(texts)
}
