//! Reading one JSON object field by field, keeping every fault instead of stopping at the first.

use super::faults::{Fault, Problem};
use super::kinds::Kind;
use super::node::Node;
use super::records::{Extra, Tallies};
use super::{EXTRA_DEPTH, FIRST_DATE, LAST_DATE, MOST_COUNTED, NAME_LIMIT, NOTE_LIMIT};
use chrono::NaiveDate;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The most faults that are told: whoever has mended so many reads on, and a hostile document costs no more memory.
const MOST_FAULTS: usize = 500;

/// What a reading has found so far.
#[derive(Default)]
pub(super) struct Found {
    pub(super) all: Vec<Fault>,
    /// By list, the places of the items that could not be read and so are missing from it, in order.
    left_out: HashMap<String, Vec<usize>>,
}

impl Found {
    pub(super) fn add(&mut self, fault: Fault) {
        if self.all.len() < MOST_FAULTS {
            self.all.push(fault);
        }
    }

    /// Pointer to the item that is now at `index` of `list`, in the document as it came.
    pub(super) fn place(&self, list: &str, index: usize) -> String {
        let mut place = index;
        let left_out = self.left_out.get(&format!("/{list}"));
        for left_out in left_out.into_iter().flatten() {
            if *left_out > place {
                break;
            }
            place += 1;
        }
        format!("/{list}/{place}")
    }
}

/// One object being read. Fields are taken out one by one; what is left at the end is unknown.
pub(super) struct Fields<'f> {
    faults: &'f mut Found,
    at: String,
    left: Vec<(String, Node)>,
}

impl<'f> Fields<'f> {
    /// Opens an object; anything else is a fault.
    pub(super) fn open(node: Node, at: String, faults: &'f mut Found) -> Option<Self> {
        let Node::Object(fields) = node else {
            faults.add(fault(
                at,
                &node,
                Problem::WrongType {
                    expected: "an object",
                },
            ));
            return None;
        };
        let mut left: Vec<(String, Node)> = Vec::with_capacity(fields.len());
        let mut seen = HashSet::new();
        for (key, node) in fields {
            if seen.insert(key.clone()) {
                left.push((key, node));
            } else {
                faults.add(fault(
                    format!("{at}/{}", escape(&key)),
                    &node,
                    Problem::RepeatedField,
                ));
            }
        }
        Some(Self { faults, at, left })
    }

    pub(super) fn pointer(&self, key: &str) -> String {
        format!("{}/{}", self.at, escape(key))
    }

    pub(super) fn push(&mut self, key: &str, node: &Node, problem: Problem) {
        let pointer = self.pointer(key);
        self.faults.add(fault(pointer, node, problem));
    }

    /// The field's value, taken out; missing and null are the same.
    pub(super) fn take(&mut self, key: &str) -> Option<Node> {
        let place = self.left.iter().position(|(known, _)| known == key)?;
        match self.left.swap_remove(place).1 {
            Node::Null => None,
            node => Some(node),
        }
    }

    /// Notes a fault if the field is missing or null. Call it before reading a required field.
    pub(super) fn require(&mut self, key: &str) {
        if !self
            .left
            .iter()
            .any(|(known, node)| known == key && !matches!(node, Node::Null))
        {
            let pointer = self.pointer(key);
            self.faults.add(Fault {
                pointer,
                value: None,
                problem: Problem::Missing,
            });
        }
    }

    fn typed<T>(
        &mut self,
        key: &str,
        expected: &'static str,
        read: impl FnOnce(Node) -> Result<T, Node>,
    ) -> Option<T> {
        match read(self.take(key)?) {
            Ok(value) => Some(value),
            Err(node) => {
                self.push(key, &node, Problem::WrongType { expected });
                None
            }
        }
    }

    fn raw_text(&mut self, key: &str) -> Option<String> {
        self.typed(key, "a text", |node| match node {
            Node::Text(text) => Ok(text),
            other => Err(other),
        })
    }

    /// A name or title: one line, at most 200 characters.
    pub(super) fn name(&mut self, key: &str) -> Option<String> {
        self.text(key, NAME_LIMIT, false)
    }

    /// A note: line feeds allowed, at most 10,000 characters.
    pub(super) fn note(&mut self, key: &str) -> Option<String> {
        self.text(key, NOTE_LIMIT, true)
    }

    fn text(&mut self, key: &str, limit: usize, line_feeds: bool) -> Option<String> {
        let text = self.raw_text(key)?;
        let problem = if text.chars().count() > limit {
            Some(Problem::TooLong { limit })
        } else {
            text.chars()
                .find(|&c| forbidden(c) && !(line_feeds && c == '\n'))
                .map(|c| Problem::ForbiddenCharacter {
                    character: format!("U+{:04X}", u32::from(c)),
                })
        };
        match problem {
            None => Some(text),
            Some(problem) => {
                self.push(key, &Node::Text(text), problem);
                None
            }
        }
    }

    /// A date between `FIRST_DATE` and `LAST_DATE`.
    pub(super) fn date(&mut self, key: &str) -> Option<NaiveDate> {
        let date = self.any_date(key)?;
        if (FIRST_DATE..=LAST_DATE).contains(&date) {
            return Some(date);
        }
        let problem = Problem::OutOfRange {
            least: FIRST_DATE.to_string(),
            most: LAST_DATE.to_string(),
        };
        self.push(key, &Node::Text(date.to_string()), problem);
        None
    }

    /// Any date there is, as a date of birth is.
    pub(super) fn any_date(&mut self, key: &str) -> Option<NaiveDate> {
        let text = self.raw_text(key)?;
        let date = parse_date(&text);
        if date.is_none() {
            self.push(key, &Node::Text(text), Problem::ImpossibleDate);
        }
        date
    }

    pub(super) fn kind<K: Kind>(&mut self, key: &str) -> Option<K> {
        let text = self.raw_text(key)?;
        let kind = K::from_name(&text);
        if kind.is_none() {
            let allowed = K::ALL.iter().map(|kind| kind.name().to_owned()).collect();
            self.push(key, &Node::Text(text), Problem::UnknownKind { allowed });
        }
        kind
    }

    pub(super) fn id(&mut self, key: &str) -> Option<Uuid> {
        let text = self.raw_text(key)?;
        let id = Uuid::try_parse(&text).ok();
        if id.is_none() {
            self.push(key, &Node::Text(text), Problem::NotAnId);
        }
        id
    }

    pub(super) fn flag(&mut self, key: &str) -> Option<bool> {
        self.typed(key, "true or false", |node| match node {
            Node::Flag(flag) => Ok(flag),
            other => Err(other),
        })
    }

    /// A count from 0 to 1,000,000.
    pub(super) fn count(&mut self, key: &str) -> Option<u32> {
        let node = self.take(key)?;
        let pointer = self.pointer(key);
        read_count(&node, u64::from(MOST_COUNTED), pointer, self.faults)
            .and_then(|count| u32::try_from(count).ok())
    }

    /// A whole number from 0 to `most`.
    pub(super) fn number(&mut self, key: &str, most: u64) -> Option<u64> {
        let node = self.take(key)?;
        let pointer = self.pointer(key);
        read_count(&node, most, pointer, self.faults)
    }

    pub(super) fn tallies(&mut self, key: &str, known: &dyn Fn(&str) -> bool) -> Tallies {
        let mut tallies = Tallies::new();
        let Some(node) = self.take(key) else {
            return tallies;
        };
        let at = self.pointer(key);
        let Some(mut fields) = Fields::open(node, at, self.faults) else {
            return tallies;
        };
        for (key, node) in std::mem::take(&mut fields.left) {
            let pointer = fields.pointer(&key);
            if !known(&key) {
                let allowed = super::tallies::TALLIES
                    .iter()
                    .map(|tally| tally.key.to_owned())
                    .collect();
                fields.faults.add(Fault {
                    pointer,
                    value: Some(key),
                    problem: Problem::UnknownKind { allowed },
                });
            } else if !matches!(node, Node::Null)
                && let Some(count) = read_count(&node, u64::from(MOST_COUNTED), pointer, fields.faults)
                && let Ok(count) = u32::try_from(count)
            {
                tallies.insert(key, count);
            }
        }
        tallies
    }

    /// One object under `key`.
    pub(super) fn object<T>(&mut self, key: &str, read: impl FnOnce(Fields<'_>) -> Option<T>) -> Option<T> {
        let node = self.take(key)?;
        let at = self.pointer(key);
        Fields::open(node, at, self.faults).and_then(read)
    }

    /// A list of objects under `key`; those with faults are left out.
    pub(super) fn list<T>(&mut self, key: &str, mut read: impl FnMut(Fields<'_>) -> Option<T>) -> Vec<T> {
        let items = self.typed(key, "a list", |node| match node {
            Node::List(items) => Ok(items),
            other => Err(other),
        });
        let at = self.pointer(key);
        let mut list = Vec::new();
        for (index, node) in items.unwrap_or_default().into_iter().enumerate() {
            let place = format!("{at}/{index}");
            match Fields::open(node, place, self.faults).and_then(&mut read) {
                Some(record) => list.push(record),
                None => self.faults.left_out.entry(at.clone()).or_default().push(index),
            }
        }
        list
    }

    /// Ends the reading: keeps `extra`, refuses what nobody took.
    pub(super) fn finish(mut self) -> Extra {
        let extra = match self.take("extra") {
            None => Extra::new(),
            Some(node) if node.depth() > EXTRA_DEPTH => {
                self.push("extra", &node, Problem::TooDeep { limit: EXTRA_DEPTH });
                Extra::new()
            }
            Some(node @ Node::Object(_)) => match Value::from(node) {
                Value::Object(map) => map,
                _ => Extra::new(),
            },
            Some(other) => {
                self.push(
                    "extra",
                    &other,
                    Problem::WrongType {
                        expected: "an object",
                    },
                );
                Extra::new()
            }
        };
        for (key, node) in std::mem::take(&mut self.left) {
            self.push(&key, &node, Problem::UnknownField);
        }
        extra
    }
}

fn read_count(node: &Node, most: u64, pointer: String, faults: &mut Found) -> Option<u64> {
    let Node::Number(number) = node else {
        faults.add(fault(
            pointer,
            node,
            Problem::WrongType {
                expected: "a whole number",
            },
        ));
        return None;
    };
    if number.is_f64() && number.as_f64().is_some_and(|value| value.fract() != 0.0) {
        faults.add(fault(
            pointer,
            node,
            Problem::WrongType {
                expected: "a whole number",
            },
        ));
        return None;
    }
    match number.as_u64() {
        Some(count) if count <= most => Some(count),
        _ => {
            let problem = Problem::OutOfRange {
                least: "0".into(),
                most: most.to_string(),
            };
            faults.add(fault(pointer, node, problem));
            None
        }
    }
}

fn fault(pointer: String, node: &Node, problem: Problem) -> Fault {
    Fault {
        pointer,
        value: Some(node.shown()),
        problem,
    }
}

/// `YYYY-MM-DD` and nothing else.
pub(super) fn parse_date(text: &str) -> Option<NaiveDate> {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| {
            if i == 4 || i == 7 {
                b == b'-'
            } else {
                b.is_ascii_digit()
            }
        });
    shaped.then(|| text.parse().ok()).flatten()
}

/// Control characters, and those that turn the direction of text and so can show one thing and mean another.
pub fn forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}')
}

fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
