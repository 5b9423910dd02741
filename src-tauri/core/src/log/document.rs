//! From the fold to the records document.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::fold::Record;
use super::places::Place;
use super::{Beside, Digest, ERASED_TEXT, Entity, Log, from_hex};

/// `format` of a records document.
pub(super) const RECORDS_FORMAT: &str = "xiaxiangzhi.posting";

impl Log {
    /// The records document (records.md) that the log amounts to. Days and overrides are in date order, all else in
    /// the order of first entry. A scheme that is not among the blobs is left out.
    pub fn document(&self, beside: &Beside) -> Value {
        let mut document = Map::new();
        document.insert("format".to_owned(), json!(RECORDS_FORMAT));
        document.insert("version".to_owned(), json!(1));
        let mut posting = Map::new();
        posting.insert("id".to_owned(), json!(self.id().to_string()));
        for (field, value) in self.alone(Entity::Posting, beside).unwrap_or_default() {
            // The log's own id stands, whatever the value says.
            posting.entry(field).or_insert(value);
        }
        document.insert("posting".to_owned(), Value::Object(posting));
        for entity in [
            Entity::CalendarOverride,
            Entity::Day,
            Entity::Activity,
            Entity::Leave,
            Entity::Document,
            Entity::Problem,
        ] {
            if let Some(array) = entity.list() {
                document.insert(array.to_owned(), Value::Array(self.many(entity, beside)));
            }
        }
        if let Some(summary) = self.alone(Entity::Summary, beside) {
            document.insert("summary".to_owned(), Value::Object(summary));
        }
        let tally_items = self.many(Entity::TallyItem, beside);
        if !tally_items.is_empty() {
            document.insert("tally_items".to_owned(), Value::Array(tally_items));
        }
        if let Some(scheme) = self.scheme_digest().and_then(|digest| beside.blobs.get(&digest))
            && let Ok(scheme) = serde_json::from_slice(&scheme.bytes)
        {
            document.insert("scheme_document".to_owned(), scheme);
        }
        if let Some(extra) = self.alone(Entity::Extra, beside) {
            document.insert("extra".to_owned(), Value::Object(extra));
        }
        Value::Object(document)
    }

    /// One record as it stands in the document, or none.
    pub fn record(&self, entity: Entity, key: &str, beside: &Beside) -> Option<Value> {
        let record = self.records.record(entity, key)?;
        Some(Value::Object(self.object(entity, key, record, beside)))
    }

    /// The SHA-256 of the scheme's document, where the log carries one.
    pub fn scheme_digest(&self) -> Option<Digest> {
        let record = self.records.record(Entity::Scheme, "")?;
        blob_digest(&record.value)
    }

    /// The blobs that belong to the log: every scheme it ever had, the attachments it has now, and every decision taken in.
    pub fn blob_digests(&self) -> Vec<Digest> {
        let attachments = self
            .records
            .of(Entity::Attachment)
            .filter(|(_, place)| place.record.is_some())
            .filter_map(|(key, _)| from_hex(key));
        let receipts = self.receipts.iter().filter_map(|taken| taken.receipt.digest());
        let mut digests: Vec<_> = self
            .schemes
            .iter()
            .copied()
            .chain(attachments)
            .chain(receipts)
            .collect();
        digests.sort_unstable();
        digests.dedup();
        digests
    }

    /// Whether a blob is the document of a scheme that the log had or has.
    pub fn is_scheme(&self, blob: &Digest) -> bool {
        self.schemes.contains(blob)
    }

    fn alone(&self, entity: Entity, beside: &Beside) -> Option<Map<String, Value>> {
        let record = self.records.record(entity, "")?;
        Some(self.object(entity, "", record, beside))
    }

    fn many(&self, entity: Entity, beside: &Beside) -> Vec<Value> {
        let mut places: Vec<(&Arc<str>, &Place)> = self
            .records
            .of(entity)
            .filter(|(_, place)| place.record.is_some())
            .collect();
        if matches!(entity, Entity::Day | Entity::CalendarOverride) {
            places.sort_unstable_by_key(|(key, _)| *key);
        } else {
            places.sort_unstable_by_key(|(_, place)| place.first_n());
        }
        places
            .into_iter()
            .filter_map(|(key, place)| {
                place
                    .record
                    .as_ref()
                    .map(|record| Value::Object(self.object(entity, key, record, beside)))
            })
            .collect()
    }

    pub(super) fn object(
        &self,
        entity: Entity,
        key: &str,
        record: &Record,
        beside: &Beside,
    ) -> Map<String, Value> {
        let mut object = Map::new();
        if let Some(field) = entity.key_field() {
            object.insert(field.to_owned(), json!(key));
        }
        // The value was seen to be JSON when its event was read.
        for (field, value) in serde_json::from_str::<Map<String, Value>>(&record.value).unwrap_or_default() {
            object.entry(field).or_insert(value);
        }
        for (field, hash) in record.texts.iter() {
            let text = if self.is_redacted(hash) {
                Some(ERASED_TEXT)
            } else {
                beside.texts.get(hash).map(|text| text.text.as_str())
            };
            if let Some(text) = text {
                object.insert(field.to_owned(), json!(text));
            }
        }
        object
    }
}

pub(super) fn blob_digest(value: &str) -> Option<Digest> {
    #[derive(serde::Deserialize)]
    struct Named {
        sha256: String,
    }
    from_hex(&serde_json::from_str::<Named>(value).ok()?.sha256)
}
