//! Placeholders in the tree of a part: found, and put into words.

use super::catalogue::list_of;
use super::error::TemplateError;
use super::package::too_large;
use super::values::Values;
use crate::docx::tree::{Element, Node, printable};

/// How many rows all repeating may make: a year of days, some times over.
const MOST_ROWS: usize = 5_000;

/// A placeholder in a text: its name and the bytes it takes, braces included.
struct Found {
    name: String,
    from: usize,
    to: usize,
}

/// The names of all placeholders in an element, in order.
pub(super) fn names(element: &Element) -> Vec<String> {
    let mut names = Vec::new();
    each_paragraph(element, true, &mut |paragraph| {
        for text in passages(paragraph) {
            let text = text.concat();
            let found = found(&text);
            let end = found.last().map_or(0, |last| last.to);
            names.extend(found.into_iter().map(|one| one.name));
            // Braces that nobody closed would be printed as they stand: they count as a name that does not exist.
            if let Some((_, begun)) = first_of(&text, end, ["{{", "｛｛"]) {
                let rest = text.get(begun..).unwrap_or_default();
                names.push(rest.trim().chars().take(30).collect());
            }
        }
    });
    names
}

/// All that stands in an element, a line for each paragraph.
pub(super) fn words(element: &Element) -> String {
    let mut words = String::new();
    each_paragraph(element, true, &mut |paragraph| {
        words.extend(passages(paragraph).into_iter().flatten());
        words.push('\n');
    });
    words
}

/// Fills an element in place.
pub(super) fn fill(
    element: &mut Element,
    values: &Values,
    row: Option<(&'static str, usize)>,
    rows: &mut usize,
) -> Result<(), TemplateError> {
    let mut children = Vec::with_capacity(element.children.len());
    for child in std::mem::take(&mut element.children) {
        match child {
            Node::Element(mut paragraph) if paragraph.name == "w:p" => {
                // Text boxes hold paragraphs of their own.
                for node in &mut paragraph.children {
                    if let Node::Element(inner) = node {
                        fill(inner, values, row, rows)?;
                    }
                }
                children.extend(filled(paragraph, values, row).into_iter().map(Node::Element));
            }
            Node::Element(line) if line.name == "w:tr" && row.is_none() => {
                match list_in(&line)? {
                    None => children.push(Node::Element(line)),
                    Some(list) => {
                        // Without a record the row stays, empty: a form keeps its shape.
                        for nth in 0..values.count(list).max(1) {
                            *rows += 1;
                            if *rows > MOST_ROWS {
                                return Err(too_large());
                            }
                            let mut line = line.clone();
                            fill(&mut line, values, Some((list, nth)), rows)?;
                            children.push(Node::Element(line));
                        }
                        continue;
                    }
                }
                if let Some(Node::Element(line)) = children.last_mut() {
                    fill(line, values, None, rows)?;
                }
            }
            Node::Element(mut inner) => {
                fill(&mut inner, values, row, rows)?;
                children.push(Node::Element(inner));
            }
            Node::Text(text) => children.push(Node::Text(text)),
        }
    }
    element.children = children;
    Ok(())
}

/// The list that a row repeats for. Rows of tables within it are their own.
pub(super) fn list_in(row: &Element) -> Result<Option<&'static str>, TemplateError> {
    let mut lists: Vec<&'static str> = Vec::new();
    each_paragraph(row, false, &mut |paragraph| {
        for text in passages(paragraph) {
            for list in found(&text.concat()).iter().filter_map(|one| list_of(&one.name)) {
                if !lists.contains(&list) {
                    lists.push(list);
                }
            }
        }
    });
    match lists.as_slice() {
        [] => Ok(None),
        [list] => Ok(Some(list)),
        several => Err(TemplateError::new(
            "template_two_lists",
            format!(
                "表格同一行里用了几种记录：{}。一行只能重复一种，请分成几行或几个表。",
                several.join("、")
            ),
            format!(
                "One table row uses several lists: {}. A row repeats for one only; split it.",
                several.join(", ")
            ),
        )),
    }
}

/// Whether any row mixes lists.
pub(super) fn check_rows(element: &Element) -> Result<(), TemplateError> {
    for child in element.elements() {
        if child.name == "w:tr" {
            list_in(child)?;
        }
        check_rows(child)?;
    }
    Ok(())
}

fn each_paragraph(element: &Element, tables: bool, look: &mut dyn FnMut(&Element)) {
    for child in element.elements() {
        if child.name == "w:p" {
            look(child);
        }
        if tables || child.name != "w:tbl" {
            each_paragraph(child, tables, look);
        }
    }
}

/// The texts of a paragraph, run by run, cut where a tab, a break or a picture stands: no placeholder reaches over one.
fn passages(paragraph: &Element) -> Vec<Vec<&str>> {
    fn walk<'a>(element: &'a Element, passages: &mut Vec<Vec<&'a str>>) {
        for child in element.elements() {
            match child.name.as_str() {
                "w:t" => {
                    let text = child.children.iter().find_map(|node| match node {
                        Node::Text(text) => Some(text.as_str()),
                        Node::Element(_) => None,
                    });
                    if let Some(last) = passages.last_mut() {
                        last.push(text.unwrap_or_default());
                    }
                }
                // What was struck out by a reviewer, the commands of fields, and text boxes are no text of this paragraph.
                "w:del" | "w:instrText" | "w:p" | "w:rPr" | "w:pPr" => {}
                "w:tab" | "w:br" | "w:cr" | "w:drawing" | "w:pict" | "w:object" | "mc:AlternateContent" => {
                    passages.push(Vec::new());
                }
                _ => walk(child, passages),
            }
        }
    }
    let mut all = vec![Vec::new()];
    walk(paragraph, &mut all);
    all
}

/// Puts new texts where [`passages`] found the old ones, in the same order.
fn put(element: &mut Element, texts: &mut std::vec::IntoIter<String>) {
    for node in &mut element.children {
        let Node::Element(child) = node else { continue };
        match child.name.as_str() {
            "w:t" => {
                let text = texts.next().unwrap_or_default();
                child.children = vec![Node::Text(text)];
                child.attributes.retain(|(name, _)| name != "xml:space");
                child
                    .attributes
                    .push(("xml:space".to_owned(), "preserve".to_owned()));
            }
            "w:del"
            | "w:instrText"
            | "w:p"
            | "w:rPr"
            | "w:pPr"
            | "w:tab"
            | "w:br"
            | "w:cr"
            | "w:drawing"
            | "w:pict"
            | "w:object"
            | "mc:AlternateContent" => {}
            _ => put(child, texts),
        }
    }
}

/// The placeholders in a text. Braces of full width count too: that is what a Chinese keyboard types.
fn found(text: &str) -> Vec<Found> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some((open, begun)) = first_of(text, at, ["{{", "｛｛"]) {
        let Some((close, end)) = first_of(text, begun, ["}}", "｝｝"]) else {
            break;
        };
        // A later opening is the nearer one: what stood before it is plain text.
        if let Some((later, _)) = first_of(text, begun, ["{{", "｛｛"]).filter(|(later, _)| *later < close)
        {
            at = later;
            continue;
        }
        if let Some(name) = text.get(begun..close) {
            let name = name.trim().to_lowercase();
            all.push(Found {
                name,
                from: open,
                to: end,
            });
        }
        at = end;
    }
    all
}

/// Where the first of some marks begins and ends, looking from a byte on.
fn first_of(text: &str, from: usize, marks: [&str; 2]) -> Option<(usize, usize)> {
    let rest = text.get(from..)?;
    let places = marks
        .iter()
        .filter_map(|mark| rest.find(mark).map(|at| (from + at, from + at + mark.len())));
    places.min()
}

fn filled(paragraph: Element, values: &Values, row: Option<(&str, usize)>) -> Vec<Element> {
    let mut changed = false;
    let mut texts: Vec<String> = Vec::new();
    for passage in passages(&paragraph) {
        let whole = passage.concat();
        let found = found(&whole);
        changed |= !found.is_empty();
        let mut start = 0;
        for text in passage {
            let end = start + text.len();
            let mut new = String::new();
            let mut at = start;
            // A placeholder is said in the run it begins in, and keeps that run's look; later runs lose their share of it.
            for one in found.iter().filter(|one| one.to > start && one.from < end) {
                if one.from >= start {
                    new.push_str(whole.get(at..one.from).unwrap_or_default());
                    new.push_str(
                        &printable(&values.text(&one.name, row))
                            .replace("\r\n", "\n")
                            .replace('\r', "\n"),
                    );
                }
                at = one.to.min(end);
            }
            new.push_str(whole.get(at..end).unwrap_or_default());
            texts.push(new);
            start = end;
        }
    }
    if !changed {
        return vec![paragraph];
    }
    lines(&paragraph, &texts)
}

/// The paragraph with its new texts: once for each line of them.
fn lines(paragraph: &Element, texts: &[String]) -> Vec<Element> {
    // For each line, the text of every run.
    let mut lines: Vec<Vec<String>> = vec![Vec::new()];
    for (nth, text) in texts.iter().enumerate() {
        for (part, line) in text.split('\n').enumerate() {
            if part > 0 {
                lines.push(vec![String::new(); nth]);
            }
            if let Some(last) = lines.last_mut() {
                last.push(line.to_owned());
            }
        }
    }
    lines
        .into_iter()
        .enumerate()
        .map(|(nth, texts)| {
            let mut line = paragraph.clone();
            if nth > 0 {
                only_words(&mut line);
            }
            put(&mut line, &mut texts.into_iter());
            line
        })
        .collect()
}

/// A further line repeats the words' look, not the pictures, tabs and bookmarks of the first.
fn only_words(element: &mut Element) {
    element.children.retain(|node| match node {
        Node::Element(child) => !matches!(
            child.name.as_str(),
            "w:tab"
                | "w:br"
                | "w:cr"
                | "w:drawing"
                | "w:pict"
                | "w:object"
                | "mc:AlternateContent"
                | "w:bookmarkStart"
                | "w:bookmarkEnd"
                | "w:fldChar"
                | "w:instrText"
                | "w:sectPr"
        ),
        Node::Text(_) => true,
    });
    for node in &mut element.children {
        if let Node::Element(child) = node
            && !matches!(child.name.as_str(), "w:pPr" | "w:rPr")
        {
            only_words(child);
        }
    }
}
