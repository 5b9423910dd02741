//! XML into a tree: no document type, no entities of its own, no depth without end.

use super::error::TemplateError;
use super::package::too_large;
use crate::docx::tree::{Element, Node};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// How deep elements may stand in each other; text boxes in tables in text boxes stay below 60.
const DEEPEST: usize = 200;
/// How many elements and texts a part may have.
const MOST_NODES: usize = 1_000_000;

pub(super) fn xml(name: &str, bytes: &[u8]) -> Result<Element, TemplateError> {
    let bad = |what: &str| {
        TemplateError::new(
            "template_bad_xml",
            format!("模板里的 {name} 已损坏（{what}）。请在 WPS 或 Word 里打开，另存为 .docx 再载入。"),
            format!(
                "{name} in the template is damaged ({what}). Open it in WPS or Word, save it as .docx, then load it again."
            ),
        )
    };
    let text = std::str::from_utf8(bytes).map_err(|_| bad("not UTF-8"))?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{FEFF}'));
    let mut open: Vec<Element> = vec![Element::new("")];
    let mut nodes = 0;
    loop {
        let event = reader.read_event().map_err(|error| bad(&error.to_string()))?;
        nodes += 1;
        if nodes > MOST_NODES || open.len() > DEEPEST {
            return Err(too_large());
        }
        let parent = open.last_mut().ok_or_else(|| bad("too many ends"))?;
        match event {
            Event::Start(start) => open.push(element(&start).ok_or_else(|| bad("attribute"))?),
            Event::Empty(start) => {
                let element = element(&start).ok_or_else(|| bad("attribute"))?;
                parent.children.push(Node::Element(element));
            }
            Event::End(_) => {
                let closed = open.pop().ok_or_else(|| bad("too many ends"))?;
                let parent = open.last_mut().ok_or_else(|| bad("too many ends"))?;
                parent.children.push(Node::Element(closed));
            }
            Event::Text(text) => say(parent, &text.decode().map_err(|error| bad(&error.to_string()))?),
            Event::CData(text) => say(parent, &text.decode().map_err(|error| bad(&error.to_string()))?),
            Event::GeneralRef(reference) => {
                let number = reference
                    .resolve_char_ref()
                    .map_err(|error| bad(&error.to_string()))?;
                if let Some(character) = number {
                    say(parent, character.encode_utf8(&mut [0; 4]));
                } else {
                    let name = reference.decode().map_err(|error| bad(&error.to_string()))?;
                    let known = quick_xml::escape::resolve_predefined_entity(&name);
                    say(parent, known.ok_or_else(|| bad("entity"))?);
                }
            }
            Event::DocType(_) => return Err(bad("DTD")),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => break,
        }
    }
    match (open.pop(), open.is_empty()) {
        (Some(mut root), true) => {
            let found = root.children.drain(..).find_map(|node| match node {
                Node::Element(element) => Some(element),
                Node::Text(_) => None,
            });
            found.ok_or_else(|| bad("empty"))
        }
        _ => Err(bad("cut off")),
    }
}

fn say(parent: &mut Element, text: &str) {
    if let Some(Node::Text(before)) = parent.children.last_mut() {
        before.push_str(text);
    } else {
        parent.children.push(Node::Text(text.to_owned()));
    }
}

fn element(start: &BytesStart<'_>) -> Option<Element> {
    let name = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok();
    let mut element = Element::new(&name(start.name().as_ref())?);
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let value = attribute.unescape_value().ok()?.into_owned();
        element.attributes.push((name(attribute.key.as_ref())?, value));
    }
    Some(element)
}
