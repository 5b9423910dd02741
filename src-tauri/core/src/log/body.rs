//! The bodies of events: one line of JSON, written once.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::entered::parse_date;
use super::{
    ClockJump, Created, Entity, Event, EventKind, Exported, KeyChanged, LogError, MAX_DEPTH, MAX_EVENT_BYTES,
    Origin, Redacted, Restored, Set, free_text_fields, from_hex, instant, parse_instant, to_hex,
};

/// The version that bodies carry.
const VERSION: u64 = 1;
/// The largest number of an export or event: what every reader of JSON holds exactly, and SQLite too.
const MAX_NUMBER: u64 = (1 << 53) - 1;

/// A body as it is written: the field order here is the order in the bytes.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    v: u64,
    #[serde(deserialize_with = "id")]
    id: Uuid,
    at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    set: Option<Entity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    value: Option<Box<RawValue>>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    texts: BTreeMap<String, String>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "some_id"
    )]
    batch: Option<Uuid>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "some_id"
    )]
    undoes: Option<Uuid>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "some_id"
    )]
    redoes: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created: Option<CreatedWire>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    exported: Option<Exported>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    receipt: Option<Box<RawValue>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    clock_jump: Option<ClockJump>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    restored: Option<Restored>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key_changed: Option<KeyChangedWire>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    redacted: Option<RedactedWire>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CreatedWire {
    #[serde(deserialize_with = "id")]
    log: Uuid,
    public_key: String,
    origin: Origin,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyChangedWire {
    public_key: String,
    signature: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RedactedWire {
    texts: Vec<String>,
}

/// Tells `"value":null`, which removes, from a missing value, which is a fault.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Box<RawValue>>, D::Error> {
    Box::<RawValue>::deserialize(deserializer).map(Some)
}

/// An id in the one spelling that is written: a log holds no second one that only some readers take.
pub(crate) fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Uuid, D::Error> {
    let text = <&str>::deserialize(deserializer)?;
    let id = Uuid::parse_str(text).map_err(D::Error::custom)?;
    if id.hyphenated().encode_lower(&mut Uuid::encode_buffer()) == text {
        Ok(id)
    } else {
        Err(D::Error::custom("an id is not a UUID in lower case with hyphens"))
    }
}

fn some_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Uuid>, D::Error> {
    id(deserializer).map(Some)
}

/// The bytes of a new event: hashed and stored as they are, never made again.
pub fn event_body(event: &Event) -> Result<Vec<u8>, LogError> {
    let mut wire = Wire {
        v: VERSION,
        id: event.id,
        at: instant(event.at),
        set: None,
        key: None,
        value: None,
        texts: BTreeMap::new(),
        batch: None,
        undoes: None,
        redoes: None,
        created: None,
        exported: None,
        receipt: None,
        clock_jump: None,
        restored: None,
        key_changed: None,
        redacted: None,
    };
    let malformed = |why: serde_json::Error| LogError::Malformed {
        n: 0,
        why: why.to_string(),
    };
    let raw = |json: &str| RawValue::from_string(json.to_owned()).map_err(malformed);
    match &event.kind {
        EventKind::Set(set) => {
            wire.set = Some(set.entity);
            wire.key = set.entity.key_field().map(|_| set.key.clone());
            wire.value = Some(raw(set.value.as_deref().unwrap_or("null"))?);
            wire.texts = set
                .texts
                .iter()
                .map(|(field, hash)| (field.clone(), to_hex(hash)))
                .collect();
            (wire.batch, wire.undoes, wire.redoes) = (set.batch, set.undoes, set.redoes);
        }
        EventKind::Created(created) => {
            wire.created = Some(CreatedWire {
                log: created.log,
                public_key: to_hex(&created.public_key),
                origin: created.origin,
            });
        }
        EventKind::Exported(exported) => wire.exported = Some(exported.clone()),
        EventKind::Receipt(receipt) => wire.receipt = Some(raw(receipt)?),
        EventKind::ClockJump(jump) => wire.clock_jump = Some(jump.clone()),
        EventKind::Restored(restored) => wire.restored = Some(restored.clone()),
        EventKind::KeyChanged(change) => {
            wire.key_changed = Some(KeyChangedWire {
                public_key: to_hex(&change.public_key),
                signature: change.signature.as_deref().map(to_hex),
            });
        }
        EventKind::Redacted(redacted) => {
            wire.redacted = Some(RedactedWire {
                texts: redacted.texts.iter().map(|hash| to_hex(hash)).collect(),
            });
        }
    }
    let body = serde_json::to_vec(&wire).map_err(malformed)?;
    if body.len() > MAX_EVENT_BYTES {
        return Err(LogError::TooLarge {
            what: "an event in bytes",
            size: body.len() as u64,
            limit: MAX_EVENT_BYTES as u64,
        });
    }
    Ok(body)
}

/// Reads the body of event number `n`, which may come from anywhere.
pub fn parse_body(n: u64, body: &[u8]) -> Result<Event, LogError> {
    let malformed = |why: &str| LogError::Malformed {
        n,
        why: why.to_owned(),
    };
    if body.len() > MAX_EVENT_BYTES {
        return Err(LogError::TooLarge {
            what: "an event in bytes",
            size: body.len() as u64,
            limit: MAX_EVENT_BYTES as u64,
        });
    }
    // A line break inside a body would make two lines of one event in `events.jsonl`.
    if body.iter().any(|byte| *byte < 0x20) {
        return Err(malformed("it holds a control character"));
    }
    let wire: Wire = match serde_json::from_slice(body) {
        Ok(wire) => wire,
        Err(why) => return Err(newer(n, body).unwrap_or_else(|| malformed(&why.to_string()))),
    };
    if wire.v != VERSION {
        return Err(newer(n, body).unwrap_or_else(|| malformed("its version is 0")));
    }
    let at =
        parse_instant(&wire.at).ok_or_else(|| malformed("its instant is not like 2026-01-05T09:41:07Z"))?;
    let kinds = usize::from(wire.created.is_some())
        + usize::from(wire.exported.is_some())
        + usize::from(wire.receipt.is_some())
        + usize::from(wire.clock_jump.is_some())
        + usize::from(wire.restored.is_some())
        + usize::from(wire.key_changed.is_some())
        + usize::from(wire.redacted.is_some())
        + usize::from(wire.set.is_some());
    if kinds != 1 {
        return Err(malformed("it must say exactly one thing"));
    }
    let set_only = wire.key.is_some()
        || wire.value.is_some()
        || !wire.texts.is_empty()
        || wire.batch.is_some()
        || wire.undoes.is_some()
        || wire.redoes.is_some();
    if wire.set.is_none() && set_only {
        return Err(malformed("it has a field that only `set` has"));
    }
    let hash =
        |hex: &str| from_hex(hex).ok_or_else(|| malformed("a hash or key is not 64 hexadecimal digits"));
    let number = |number: u64| {
        (number <= MAX_NUMBER)
            .then_some(())
            .ok_or_else(|| malformed("a number is larger than 9007199254740991"))
    };
    let past_instant = |text: &str| {
        parse_instant(text)
            .map(|_| ())
            .ok_or_else(|| malformed("an instant is not like 2026-01-05T09:41:07Z"))
    };
    let object = |raw: Box<RawValue>| -> Result<Arc<str>, LogError> {
        if !raw.get().starts_with('{') {
            return Err(malformed("a value is not an object"));
        }
        // Raw JSON is passed over without a limit, but whoever reads the value later has one.
        if depth(raw.get()) > MAX_DEPTH {
            return Err(malformed("a value is nested too deeply"));
        }
        if !is_readable(raw.get()) {
            return Err(malformed(
                "a value holds a number or character that cannot be read",
            ));
        }
        Ok(Arc::from(raw.get()))
    };
    let kind = if let Some(entity) = wire.set {
        let key = wire.key.unwrap_or_default();
        entity
            .check_key(&key)
            .map_err(|_| malformed("its key is not one of its entity"))?;
        let raw = wire.value.ok_or_else(|| malformed("it has no value"))?;
        let value = if raw.get() == "null" {
            None
        } else {
            Some(object(raw)?)
        };
        let fields = free_text_fields(entity);
        let mut texts = BTreeMap::new();
        for (field, hex) in &wire.texts {
            if !fields.contains(&field.as_str()) {
                return Err(malformed("a text has a name that its entity does not have"));
            }
            texts.insert(field.clone(), hash(hex)?);
        }
        if value.is_none() && !texts.is_empty() {
            return Err(malformed("it removes a record and gives it a text"));
        }
        if wire.undoes.is_some() && wire.redoes.is_some() {
            return Err(malformed("it both undoes and redoes"));
        }
        EventKind::Set(Set {
            entity,
            key,
            value,
            texts: Arc::new(texts),
            batch: wire.batch,
            undoes: wire.undoes,
            redoes: wire.redoes,
        })
    } else if let Some(created) = wire.created {
        EventKind::Created(Created {
            log: created.log,
            public_key: hash(&created.public_key)?,
            origin: created.origin,
        })
    } else if let Some(exported) = wire.exported {
        number(exported.number)?;
        if parse_date(&exported.as_of).is_none() {
            return Err(malformed("a date is not like 2026-01-05"));
        }
        EventKind::Exported(exported)
    } else if let Some(receipt) = wire.receipt {
        EventKind::Receipt(object(receipt)?)
    } else if let Some(jump) = wire.clock_jump {
        past_instant(&jump.from)?;
        past_instant(&jump.to)?;
        EventKind::ClockJump(jump)
    } else if let Some(restored) = wire.restored {
        past_instant(&restored.backup)?;
        number(restored.replaced_to)?;
        if let Some(exported) = &restored.exported {
            number(exported.number)?;
            number(exported.n)?;
            hash(&exported.hash)?;
        }
        EventKind::Restored(restored)
    } else if let Some(change) = wire.key_changed {
        let signature = match &change.signature {
            None => None,
            Some(hex) if hex.len() == 128 => Some(
                [
                    hash(hex.get(..64).unwrap_or_default())?,
                    hash(hex.get(64..).unwrap_or_default())?,
                ]
                .concat(),
            ),
            Some(_) => return Err(malformed("a signature is not 128 hexadecimal digits")),
        };
        EventKind::KeyChanged(KeyChanged {
            public_key: hash(&change.public_key)?,
            signature,
        })
    } else {
        let texts = wire.redacted.map(|redacted| redacted.texts).unwrap_or_default();
        EventKind::Redacted(Redacted {
            texts: texts.iter().map(|hex| hash(hex)).collect::<Result<_, _>>()?,
        })
    };
    Ok(Event {
        id: wire.id,
        at,
        kind,
    })
}

/// The error for a body that says it is newer, whatever else it holds.
fn newer(n: u64, body: &[u8]) -> Option<LogError> {
    #[derive(Deserialize)]
    struct Version {
        v: u64,
    }
    let version = serde_json::from_slice::<Version>(body).ok()?.v;
    (version > VERSION).then_some(LogError::Newer { n, version })
}

/// Whether raw JSON can be taken in as a value. Raw JSON may hold numbers beyond every range and halves of characters; only
/// what could hide one is read through, which is next to nothing of what this program writes.
fn is_readable(json: &str) -> bool {
    let long_number = json
        .as_bytes()
        .chunk_by(|a, b| number_part(*a) && number_part(*b))
        .any(|run| run.len() > 15);
    let exponent = json
        .as_bytes()
        .windows(2)
        .any(|pair| pair[0].is_ascii_digit() && matches!(pair[1], b'e' | b'E'));
    !(long_number || exponent || json.contains("\\u"))
        || serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(json).is_ok()
}

fn number_part(byte: u8) -> bool {
    byte.is_ascii_digit() || byte == b'.'
}

/// How deep some JSON is nested.
fn depth(json: &str) -> usize {
    let (mut now, mut most, mut in_text, mut escaped) = (0_usize, 0, false, false);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => {
                now += 1;
                most = most.max(now);
            }
            b'}' | b']' if !in_text => now = now.saturating_sub(1),
            _ => {}
        }
    }
    most
}
