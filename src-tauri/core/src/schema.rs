//! The published JSON Schemas, derived from the types and completed with what the types cannot say: limits, and that
//! whatever is not required may be null.

use crate::assess::Assessment;
use crate::posting::{FORMAT, MOST_COUNTED, NAME_LIMIT, NOTE_LIMIT, Records, VERSION};
use crate::rollup::Row;
use crate::scheme::{self, Scheme};
use serde_json::{Map, Value, json};

/// Fields that hold notes: line feeds allowed, up to 10,000 characters.
const NOTES: &[&str] = &[
    "note",
    "reason",
    "problem",
    "guidance",
    "corrective_action",
    "result",
    "self_appraisal",
    "suggestions",
    "basics",
    "conduct",
    "medical_work",
    "teaching",
    "public_health",
    "reflections",
];

/// The schema of a records document.
pub fn records() -> Value {
    let mut schema = schemars::schema_for!(Records).to_value();
    constant(&mut schema, "format", json!(FORMAT));
    constant(&mut schema, "version", json!(VERSION));
    let mut scheme = None;
    if let Some(definitions) = schema["$defs"].as_object_mut() {
        // The scheme's own schema says what it allows; the limits below are those of records.
        scheme = definitions.shift_remove("Scheme");
        definitions.values_mut().for_each(complete);
    }
    complete(&mut schema);
    if let (Some(scheme), Some(definitions)) = (scheme, schema["$defs"].as_object_mut()) {
        definitions.insert("Scheme".into(), scheme);
    }
    schema
}

/// The schema of a scheme document.
pub fn scheme() -> Value {
    let mut schema = schemars::schema_for!(Scheme).to_value();
    constant(&mut schema, "format", json!(scheme::FORMAT));
    schema
}

/// The schema of an assessment.
pub fn assessment() -> Value {
    schemars::schema_for!(Assessment).to_value()
}

/// The schema of one line of a roll-up, which is one element of its JSON.
pub fn rollup() -> Value {
    schemars::schema_for!(Row).to_value()
}

fn constant(schema: &mut Value, field: &str, value: Value) {
    schema["properties"][field] = json!({"const": value});
}

/// Adds limits to the properties of one object, and null to those that are not required.
fn complete(schema: &mut Value) {
    let required: Vec<Value> = schema["required"].as_array().cloned().unwrap_or_default();
    let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else {
        return;
    };
    for (name, property) in properties {
        limit(name, property);
        if !required.contains(&json!(name)) && name != "extra" {
            allow_null(property);
        }
    }
}

fn limit(name: &str, property: &mut Value) {
    let Some(fields) = property.as_object_mut() else {
        return;
    };
    if has_type(fields, "string") && !fields.contains_key("format") {
        let limit = if NOTES.contains(&name) {
            NOTE_LIMIT
        } else {
            NAME_LIMIT
        };
        fields.insert("maxLength".into(), json!(limit));
    }
    if has_type(fields, "integer") {
        fields.insert("maximum".into(), json!(MOST_COUNTED));
    }
    if name == "tallies" {
        let count = json!({"type": ["integer", "null"], "minimum": 0, "maximum": MOST_COUNTED});
        fields.insert("additionalProperties".into(), count);
    }
}

fn has_type(fields: &Map<String, Value>, name: &str) -> bool {
    match fields.get("type") {
        Some(Value::String(one)) => one == name,
        Some(Value::Array(several)) => several.iter().any(|one| one == name),
        _ => false,
    }
}

fn allow_null(property: &mut Value) {
    let Some(fields) = property.as_object_mut() else {
        return;
    };
    if let Some(reference) = fields.shift_remove("$ref") {
        fields.insert("anyOf".into(), json!([{"$ref": reference}, {"type": "null"}]));
        return;
    }
    match fields.get_mut("type") {
        Some(Value::Array(several)) if !several.contains(&json!("null")) => several.push(json!("null")),
        Some(one @ Value::String(_)) => *one = json!([one.take(), "null"]),
        _ => {}
    }
}
