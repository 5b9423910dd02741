//! A body as JSON. Strings and values are borrowed from its bytes: twenty thousand bodies are read at every start of a log
//! of ten years.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::{ClockJump, Entity, Exported, Origin, Restored, Texts, to_hex};

/// A body as it is written: the field order here is the order in the bytes.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wire<'a> {
    pub(super) v: u64,
    #[serde(deserialize_with = "id")]
    pub(super) id: Uuid,
    #[serde(borrow)]
    pub(super) at: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) set: Option<Entity>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) key: Option<Text<'a>>,
    #[serde(
        borrow,
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub(super) value: Option<&'a RawValue>,
    #[serde(borrow, default, skip_serializing_if = "TextsWire::is_empty")]
    pub(super) texts: TextsWire<'a>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "some_id"
    )]
    pub(super) batch: Option<Uuid>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "some_id"
    )]
    pub(super) undoes: Option<Uuid>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "some_id"
    )]
    pub(super) redoes: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) created: Option<CreatedWire>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) exported: Option<Exported>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) receipt: Option<&'a RawValue>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) clock_jump: Option<ClockJump>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) restored: Option<Restored>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) key_changed: Option<KeyChangedWire>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) redacted: Option<RedactedWire>,
}

impl Wire<'_> {
    pub(super) fn new(v: u64, id: Uuid, at: String) -> Self {
        Self {
            v,
            id,
            at: Cow::Owned(at),
            set: None,
            key: None,
            value: None,
            texts: TextsWire::default(),
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
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CreatedWire {
    #[serde(deserialize_with = "id")]
    pub(super) log: Uuid,
    pub(super) public_key: String,
    pub(super) origin: Origin,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyChangedWire {
    pub(super) public_key: String,
    pub(super) signature: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RedactedWire {
    pub(super) texts: Vec<String>,
}

/// Tells `"value":null`, which removes, from a missing value, which is a fault.
fn present<'de: 'a, 'a, D: Deserializer<'de>>(deserializer: D) -> Result<Option<&'a RawValue>, D::Error> {
    <&RawValue>::deserialize(deserializer).map(Some)
}

/// An id in the one spelling that is written: a log holds no second one that only some readers take.
pub(crate) fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Uuid, D::Error> {
    let text = <&str>::deserialize(deserializer)?;
    if text.len() != 36 || text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Err(D::Error::custom("an id is not a UUID in lower case with hyphens"));
    }
    Uuid::parse_str(text).map_err(D::Error::custom)
}

fn some_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Uuid>, D::Error> {
    id(deserializer).map(Some)
}

/// A string that is borrowed where it has no escapes.
#[derive(Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

impl Text<'_> {
    pub(super) fn into_owned(self) -> String {
        self.0.into_owned()
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

/// Field names with hashes in hex, in the order of names.
#[derive(Default)]
pub(super) struct TextsWire<'a>(Vec<(Text<'a>, Text<'a>)>);

impl TextsWire<'_> {
    pub(super) fn of(texts: &Texts) -> Self {
        let texts = texts.iter().map(|(field, hash)| {
            let hex = Text(Cow::Owned(to_hex(hash)));
            (Text::from(field), hex)
        });
        Self(texts.collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(field, hex)| (&*field.0, &*hex.0))
    }
}

impl Serialize for TextsWire<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for TextsWire<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = TextsWire<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of hashes")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut texts: Vec<(Text<'de>, Text<'de>)> = Vec::new();
                while let Some((field, hex)) = map.next_entry::<Text<'de>, Text<'de>>()? {
                    if texts.iter().any(|(known, _)| known.0 == field.0) {
                        return Err(A::Error::custom("a text is named twice"));
                    }
                    texts.push((field, hex));
                }
                Ok(TextsWire(texts))
            }
        }
        deserializer.deserialize_map(Fields)
    }
}
