//! The bodies of events: one line of JSON, written once.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::entered::parse_date;
use super::wire::{CreatedWire, KeyChangedWire, RedactedWire, Text, TextsWire, Wire};
use super::{
    Created, Event, EventKind, KeyChanged, LogError, MAX_DEPTH, MAX_EVENT_BYTES, Redacted, Set, Texts,
    free_text_fields, from_hex, instant, parse_instant, to_hex,
};
use crate::posting::is_readable;

/// The version that bodies carry.
const VERSION: u64 = 1;
/// The largest number of an export or event: what every reader of JSON holds exactly, and SQLite too.
const MAX_NUMBER: u64 = (1 << 53) - 1;

fn unwritten(why: serde_json::Error) -> LogError {
    LogError::Malformed {
        n: 0,
        why: why.to_string(),
    }
}

fn raw(json: &str) -> Result<&RawValue, LogError> {
    serde_json::from_str(json).map_err(unwritten)
}

/// The bytes of a new event: hashed and stored as they are, never made again.
pub fn event_body(event: &Event) -> Result<Vec<u8>, LogError> {
    let mut wire = Wire::new(VERSION, event.id, instant(event.at));
    match &event.kind {
        EventKind::Set(set) => {
            wire.set = Some(set.entity);
            wire.key = set.entity.key_field().map(|_| Text::from(&*set.key));
            wire.value = Some(raw(set.value.as_deref().unwrap_or("null"))?);
            wire.texts = TextsWire::of(&set.texts);
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
    let body = serde_json::to_vec(&wire).map_err(unwritten)?;
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
    if contains(body, |byte| byte < 0x20) {
        return Err(malformed("it holds a control character"));
    }
    let Ok(body) = std::str::from_utf8(body) else {
        return Err(malformed("it is not UTF-8"));
    };
    let wire: Wire<'_> = match serde_json::from_str(body) {
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
    let object = |raw: &RawValue| -> Result<Arc<str>, LogError> {
        if !raw.get().starts_with('{') {
            return Err(malformed("a value is not an object"));
        }
        // Raw JSON is passed over without a limit and without a look at what it spells, but whoever reads the value later
        // has limits, and would take what cannot be read for an empty record.
        if !is_plain(raw.get().as_bytes()) {
            let looked = look_over(raw.get());
            if looked.depth > MAX_DEPTH {
                return Err(malformed("a value is nested too deeply"));
            }
            if looked.unusual && !is_readable(raw.get()) {
                return Err(malformed(
                    "a value holds a text, a number or a name that cannot be read",
                ));
            }
        }
        Ok(Arc::from(raw.get()))
    };
    let kind = if let Some(entity) = wire.set {
        let key = wire.key.unwrap_or_default().into_owned();
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
        let texts = wire.texts.iter().map(|(name, hex)| {
            let field = fields.iter().find(|field| **field == name);
            let field = field.ok_or_else(|| malformed("a text has a name that its entity does not have"))?;
            Ok((*field, hash(hex)?))
        });
        let texts: Texts = texts.collect::<Result<_, LogError>>()?;
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
            texts,
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
fn newer(n: u64, body: &str) -> Option<LogError> {
    #[derive(Deserialize)]
    struct Version {
        v: u64,
    }
    let version = serde_json::from_str::<Version>(body).ok()?.v;
    (version > VERSION).then_some(LogError::Newer { n, version })
}

/// Whether some byte is such a one. In strides, so that the compiler looks at many bytes at once.
fn contains(bytes: &[u8], such: impl Fn(u8) -> bool) -> bool {
    bytes
        .chunks(64)
        .any(|stride| stride.iter().fold(false, |found, byte| found | such(*byte)))
}

/// No number of this many digits is too large.
const DIGITS: usize = 18;

/// Whether some JSON can be neither deep nor unusual, by counting bytes: nearly every value that this program writes.
fn is_plain(json: &[u8]) -> bool {
    let count = |such: fn(&u8) -> bool| json.iter().filter(|byte| such(byte)).count();
    let is_exponent = |(digit, next): (&u8, &u8)| digit.is_ascii_digit() && (next | 0x20 == b'e');
    !contains(json, |byte| byte == b'\\' || byte == b'$')
        && count(|byte| matches!(byte, b'{' | b'[')) <= MAX_DEPTH
        && count(u8::is_ascii_digit) <= DIGITS
        && !json.iter().zip(json.iter().skip(1)).any(is_exponent)
}

/// What is seen of some JSON by passing over it once.
struct Look {
    /// How deep it is nested.
    depth: usize,
    /// Whether it spells something that this program does not write: code points by number, which may be halves of one;
    /// numbers that may be too large; or `$`, as in names that mean something to the JSON reader itself. All of it may be in
    /// order, but only a reading can tell.
    unusual: bool,
}

fn look_over(json: &str) -> Look {
    let (mut now, mut depth, mut in_text, mut escaped) = (0_usize, 0, false, false);
    let (mut digits, mut unusual) = (0, false);
    for byte in json.bytes() {
        if in_text {
            match byte {
                b'u' if escaped => (escaped, unusual) = (false, true),
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_text = false,
                b'$' => unusual = true,
                _ => {}
            }
            continue;
        }
        match byte {
            b'0'..=b'9' => {
                digits += 1;
                unusual |= digits > DIGITS;
                continue;
            }
            b'e' | b'E' => unusual |= digits > 0,
            b'"' => in_text = true,
            b'{' | b'[' => {
                now += 1;
                depth = depth.max(now);
            }
            b'}' | b']' => now = now.saturating_sub(1),
            _ => {}
        }
        digits = 0;
    }
    Look { depth, unusual }
}
