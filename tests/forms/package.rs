//! What stands in a DOCX or XLSX package, read without our own code.

use quick_xml::Reader;
use quick_xml::events::Event;
use std::io::{Cursor, Read as _};

/// Every file of the package with its bytes, in the order of the package.
pub(crate) fn files(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..package.len())
        .map(|nth| {
            let mut file = package.by_index(nth).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (file.name().unwrap().into_owned(), content)
        })
        .collect()
}

/// One file of the package as text.
pub(crate) fn part(bytes: &[u8], name: &str) -> String {
    let (_, content) = files(bytes).into_iter().find(|(own, _)| own == name).unwrap();
    String::from_utf8(content).unwrap()
}

/// An element with its attributes and the elements in it.
#[derive(Default)]
pub(crate) struct Seen {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Seen>,
    pub(crate) text: String,
}

impl Seen {
    pub(crate) fn read(xml: &str) -> Self {
        let mut reader = Reader::from_str(xml);
        let mut open = vec![Self::default()];
        let begun = |start: &quick_xml::events::BytesStart<'_>| Self {
            name: String::from_utf8(start.name().as_ref().to_vec()).unwrap(),
            attributes: start
                .attributes()
                .map(|attribute| {
                    let attribute = attribute.unwrap();
                    let name = String::from_utf8(attribute.key.as_ref().to_vec()).unwrap();
                    (name, attribute.unescape_value().unwrap().into_owned())
                })
                .collect(),
            ..Self::default()
        };
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) => open.push(begun(&start)),
                Event::Empty(start) => open.last_mut().unwrap().children.push(begun(&start)),
                Event::End(_) => {
                    let closed = open.pop().unwrap();
                    open.last_mut().unwrap().children.push(closed);
                }
                Event::Text(text) => open.last_mut().unwrap().text.push_str(&text.decode().unwrap()),
                Event::GeneralRef(name) => {
                    let name = name.decode().unwrap();
                    let text = quick_xml::escape::unescape(&format!("&{name};"))
                        .unwrap()
                        .into_owned();
                    open.last_mut().unwrap().text.push_str(&text);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(open.len(), 1, "unclosed elements");
        open.remove(0).children.remove(0)
    }

    /// This element and all within it.
    pub(crate) fn all(&self) -> Vec<&Self> {
        let mut all = vec![self];
        all.extend(self.children.iter().flat_map(Self::all));
        all
    }

    pub(crate) fn named(&self, name: &str) -> Vec<&Self> {
        self.all().into_iter().filter(|one| one.name == name).collect()
    }

    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|one| one.name == name)
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str())
    }

    /// A number that a child says, such as a width.
    pub(crate) fn number(&self, child: &str, attribute: &str) -> Option<u32> {
        self.child(child)?.attribute(attribute)?.parse().ok()
    }

    /// The words within.
    pub(crate) fn words(&self) -> String {
        self.named("w:t").iter().map(|one| one.text.as_str()).collect()
    }
}
