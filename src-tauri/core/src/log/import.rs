//! From a records document to the changes that give it: the fold's other direction.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::document::RECORDS_FORMAT;
use super::{Change, Entity, LogError};

/// The changes that make a log amount to `document` (records.md), which the caller has validated as records. `id` gives an
/// id for each event, and one for each record that has none of its own.
pub fn changes_of(document: &Value, id: &mut dyn FnMut() -> Uuid) -> Result<(Uuid, Vec<Change>), LogError> {
    let bad = |at: &str, why| LogError::BadRecords {
        at: at.to_owned(),
        why,
    };
    let document = document.as_object().ok_or(bad("", "must be an object"))?;
    if document.get("format").and_then(Value::as_str) != Some(RECORDS_FORMAT) {
        return Err(bad("/format", "must be \"xiaxiangzhi.posting\""));
    }
    let posting = document
        .get("posting")
        .and_then(Value::as_object)
        .ok_or(bad("/posting", "must be an object"))?;
    let posting_id = posting
        .get("id")
        .and_then(Value::as_str)
        .and_then(|text| Uuid::parse_str(text).ok())
        .ok_or(bad("/posting/id", "must be a UUID"))?;
    let mut changes = Vec::new();
    let mut set = |entity, key: String, value: Map<String, Value>, id: &mut dyn FnMut() -> Uuid| {
        changes.push(Change {
            event_id: id(),
            entity,
            key,
            value: Some(Value::Object(value)),
            batch: None,
        });
    };
    set(Entity::Posting, String::new(), posting.clone(), id);
    for (entity, field) in [
        (Entity::Scheme, "scheme_document"),
        (Entity::Summary, "summary"),
        (Entity::Extra, "extra"),
    ] {
        match document.get(field) {
            None | Some(Value::Null) => {}
            Some(Value::Object(value)) => set(entity, String::new(), value.clone(), id),
            Some(_) => return Err(bad(&format!("/{field}"), "must be an object")),
        }
    }
    for entity in Entity::ALL {
        let (Some(array), Some(key_field)) = (entity.list(), entity.key_field()) else {
            continue;
        };
        let rows = match document.get(array) {
            None | Some(Value::Null) => continue,
            Some(Value::Array(rows)) => rows,
            Some(_) => return Err(bad(&format!("/{array}"), "must be an array")),
        };
        let mut seen = std::collections::HashSet::new();
        for (index, row) in rows.iter().enumerate() {
            let at = format!("/{array}/{index}");
            let row = row.as_object().ok_or(bad(&at, "must be an object"))?;
            let key = match row.get(key_field) {
                Some(Value::String(key)) if key_field == "id" => Uuid::parse_str(key)
                    .map_err(|_| bad(&format!("{at}/id"), "must be a UUID"))?
                    .to_string(),
                Some(Value::String(key)) => key.clone(),
                None | Some(Value::Null) if key_field == "id" => id().to_string(),
                _ => return Err(bad(&format!("{at}/{key_field}"), "is needed and must be a text")),
            };
            if !seen.insert(key.clone()) {
                return Err(bad(&format!("{at}/{key_field}"), "is there twice"));
            }
            let mut row = row.clone();
            row.shift_remove(key_field);
            set(entity, key, row, id);
        }
    }
    Ok((posting_id, changes))
}
