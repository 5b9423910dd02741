//! JSON as it stands, repeated fields included: `serde_json::Value` would silently keep the last of two.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// So begin the names by which the JSON reader talks to itself. An object with one of them would come back as something
/// else, or not at all.
const RESERVED: &str = "$serde_json::private::";

/// Whether some JSON can be read to the end, every text and number of it, and comes back as what it is.
pub(crate) fn is_readable(json: &str) -> bool {
    serde_json::from_str::<Node>(json).is_ok()
}

#[derive(Debug, Clone)]
pub(super) enum Node {
    Null,
    Flag(bool),
    Number(Number),
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    /// How many objects and lists stand inside each other.
    pub(super) fn depth(&self) -> usize {
        match self {
            Self::Null | Self::Flag(_) | Self::Number(_) | Self::Text(_) => 0,
            Self::List(items) => 1 + items.iter().map(Self::depth).max().unwrap_or_default(),
            Self::Object(fields) => {
                1 + fields
                    .iter()
                    .map(|(_, node)| node.depth())
                    .max()
                    .unwrap_or_default()
            }
        }
    }

    /// The value as an error message shows it: short, on one line.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Null => "null".into(),
            Self::Flag(flag) => flag.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => {
                let mut short: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
                if text.chars().count() > 40 {
                    short.push('…');
                }
                format!("\"{short}\"")
            }
            Self::List(items) => format!("[{}]", items.len()),
            Self::Object(_) => "{…}".into(),
        }
    }
}

impl From<Value> for Node {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(flag) => Self::Flag(flag),
            Value::Number(number) => Self::Number(number),
            Value::String(text) => Self::Text(text),
            Value::Array(items) => Self::List(items.into_iter().map(Self::from).collect()),
            Value::Object(map) => {
                Self::Object(map.into_iter().map(|(key, value)| (key, value.into())).collect())
            }
        }
    }
}

impl From<Node> for Value {
    fn from(node: Node) -> Self {
        match node {
            Node::Null => Self::Null,
            Node::Flag(flag) => Self::Bool(flag),
            Node::Number(number) => Self::Number(number),
            Node::Text(text) => Self::String(text),
            Node::List(items) => Self::Array(items.into_iter().map(Self::from).collect()),
            Node::Object(fields) => Self::Object(
                fields
                    .into_iter()
                    .map(|(key, node)| (key, node.into()))
                    .collect::<Map<_, _>>(),
            ),
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }
    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }
    fn visit_bool<E>(self, flag: bool) -> Result<Node, E> {
        Ok(Node::Flag(flag))
    }
    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Number(number.into()))
    }
    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Number(number.into()))
    }
    fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
        Ok(Number::from_f64(number).map_or(Node::Null, Node::Number))
    }
    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }
    fn visit_string<E>(self, text: String) -> Result<Node, E> {
        Ok(Node::Text(text))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut fields = Vec::new();
        while let Some((name, node)) = map.next_entry::<String, _>()? {
            if name.starts_with(RESERVED) {
                return Err(serde::de::Error::custom(format_args!(
                    "the name {RESERVED}… is reserved"
                )));
            }
            fields.push((name, node));
        }
        Ok(Node::Object(fields))
    }
}
