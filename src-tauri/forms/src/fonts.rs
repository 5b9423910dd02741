//! The faces that forms are set in, and characters that none of them has.

use crate::form::{Block, Form};
use crate::grid;
use serde::Serialize;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock, OnceLock};
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// 宋体, for words. Made by `cargo xtask fonts`.
static SONG: &[u8] = include_bytes!("../fonts/NotoSerifSC-Regular.otf");
/// 黑体, for titles and labels. Made by `cargo xtask fonts`.
static HEI: &[u8] = include_bytes!("../fonts/NotoSansSC-Medium.otf");

/// Family names of our own: a system face that bears the same name must not take the place of a bundled one, or the
/// same form would not give the same bytes on every machine.
const SONG_FAMILY: &str = "form song";
const HEI_FAMILY: &str = "form hei";

/// The faces that a form is set in: the two bundled ones, then others for rare characters.
#[derive(Clone)]
pub struct Fonts {
    faces: Vec<Font>,
    book: Arc<LazyHash<FontBook>>,
}

/// A character that no face has, or that a face elsewhere may lack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MissingGlyph {
    /// The character.
    pub character: char,
    /// Its code point, such as `U+4DAE`.
    pub code_point: String,
    /// The field or column it stands in.
    pub place: String,
}

static BUNDLED: LazyLock<Fonts> = LazyLock::new(|| {
    let faces = [SONG, HEI]
        .into_iter()
        .filter_map(|bytes| Font::new(Bytes::new(bytes), 0))
        .collect();
    Fonts::of(faces)
});

impl Fonts {
    /// Only the two bundled faces.
    pub fn bundled() -> Self {
        BUNDLED.clone()
    }

    /// Adds the faces of a font file or collection, to be used where those before them lack a character.
    #[must_use]
    pub fn and_file(&self, bytes: Vec<u8>) -> Self {
        let mut faces = self.faces.clone();
        faces.extend(Font::iter(Bytes::new(bytes)));
        Self::of(faces)
    }

    /// The bundled faces, and of the system's fonts one for each rare character of the form that has one.
    ///
    /// Looks at the system's fonts once in the life of the process, and only when a rare character asks for it.
    pub fn for_form(form: &Form) -> Self {
        let mut fonts = Self::bundled();
        let wanted: BTreeSet<char> = fonts
            .missing(form)
            .into_iter()
            .map(|glyph| glyph.character)
            .collect();
        for character in wanted {
            // One face often has several of them.
            if drawn(&fonts.parsed(), character) {
                continue;
            }
            if let Some(face) = system_face(character) {
                let mut faces = fonts.faces;
                faces.push(face);
                fonts = Self::of(faces);
            }
        }
        fonts
    }

    /// Characters of the form that none of these faces has, with where they stand; each place once.
    pub fn missing(&self, form: &Form) -> Vec<MissingGlyph> {
        let faces = self.parsed();
        characters(form, &|character| drawn(&faces, character))
    }

    pub(crate) fn parsed(&self) -> Vec<ttf_parser::Face<'_>> {
        self.faces
            .iter()
            .filter_map(|face| ttf_parser::Face::parse(face.data(), face.index()).ok())
            .collect()
    }

    fn of(faces: Vec<Font>) -> Self {
        let mut book = FontBook::new();
        for (nth, face) in faces.iter().enumerate() {
            let mut info = face.info().clone();
            info.family = family(nth);
            book.push(info);
        }
        Self {
            faces,
            book: Arc::new(LazyHash::new(book)),
        }
    }

    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub(crate) fn face(&self, index: usize) -> Option<Font> {
        self.faces.get(index).cloned()
    }

    /// Family names in the order in which words try them.
    pub(crate) fn song(&self) -> Vec<String> {
        (0..self.faces.len()).map(family).collect()
    }

    /// Family names in the order in which labels try them.
    pub(crate) fn hei(&self) -> Vec<String> {
        let mut families = self.song();
        families.swap(0, 1);
        families
    }
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fonts({} faces)", self.faces.len())
    }
}

fn drawn(faces: &[ttf_parser::Face<'_>], character: char) -> bool {
    faces
        .iter()
        .any(|face| face.glyph_index(character).is_some_and(|glyph| glyph.0 != 0))
}

fn family(nth: usize) -> String {
    match nth {
        0 => SONG_FAMILY.to_owned(),
        1 => HEI_FAMILY.to_owned(),
        nth => format!("form rare {nth}"),
    }
}

/// Characters of the form that no font on this machine has, with where they stand. Ask before printing; empty is good.
pub fn missing_glyphs(form: &Form) -> Vec<MissingGlyph> {
    Fonts::for_form(form).missing(form)
}

/// Characters of the form that a document or a workbook may not show on another machine, with where they stand.
///
/// Such a file names 宋体 and 黑体 and carries no font, so whoever opens it sees what the fonts there have, and that cannot
/// be known here. Named are characters outside 通用规范汉字表 and GB/T 2312, and those beyond the basic plane, which 宋体 and
/// 黑体 themselves lack. A PDF carries its fonts: ask [`missing_glyphs`] for that.
pub fn uncommon_characters(form: &Form) -> Vec<MissingGlyph> {
    let fonts = Fonts::bundled();
    let faces = fonts.parsed();
    characters(form, &|character| {
        u32::from(character) <= 0xFFFF && drawn(&faces, character)
    })
}

/// White space and marks that shape their neighbours print nothing themselves.
fn needs_no_glyph(character: char) -> bool {
    character.is_whitespace()
        || matches!(character,
            '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}')
}

/// The characters of a form that are not known, with where they stand; each place once.
fn characters(form: &Form, known: &dyn Fn(char) -> bool) -> Vec<MissingGlyph> {
    let mut found: Vec<MissingGlyph> = Vec::new();
    each_text(form, &mut |place, text| {
        for character in text.chars() {
            let named = |glyph: &MissingGlyph| glyph.character == character && glyph.place == place;
            if !needs_no_glyph(character) && !known(character) && !found.iter().any(named) {
                found.push(MissingGlyph {
                    character,
                    code_point: format!("U+{:04X}", u32::from(character)),
                    place: place.to_owned(),
                });
            }
        }
    });
    found
}

/// Calls `look` with the name of each place and the text in it.
fn each_text(form: &Form, look: &mut dyn FnMut(&str, &str)) {
    look("标题", &form.title);
    for block in &form.blocks {
        match block {
            Block::Table(table) => {
                let Ok(placed) = grid::place(table) else { continue };
                for at in &placed {
                    let left = placed.iter().rfind(|other| {
                        other.row == at.row
                            && other.column < at.column
                            && other.cell.role == crate::form::Role::Label
                    });
                    let above = placed
                        .iter()
                        .find(|other| other.row == 0 && other.column == at.column);
                    let name = match (left, table.header_rows) {
                        (Some(label), 0) => label.cell.words(),
                        (Some(label), _) => match above {
                            Some(head) => format!("{} {}", label.cell.words(), head.cell.words()),
                            None => label.cell.words(),
                        },
                        (None, _) => above.map(|head| head.cell.words()).unwrap_or_default(),
                    };
                    look(&name.replace('\n', ""), &at.cell.words());
                }
            }
            Block::Paragraph { text, .. } => look("正文", text),
            Block::Sheet { title, .. } => look("标题", title),
            Block::PageBreak => {}
        }
    }
    look("页脚", &form.footer.text);
}

/// The system's face that suits a character best: upright and regular, in the manner of 宋体 where there is a choice.
fn system_face(character: char) -> Option<Font> {
    static SYSTEM: OnceLock<fontdb::Database> = OnceLock::new();
    let system = SYSTEM.get_or_init(|| {
        let mut database = fontdb::Database::new();
        database.load_system_fonts();
        database
    });
    let mut candidates: Vec<(u32, &fontdb::FaceInfo)> = system
        .faces()
        .filter(|face| !face.monospaced)
        .map(|face| (distance(face), face))
        .collect();
    // The order of a folder's files differs between machines, the names in them do not.
    candidates.sort_by(|a, b| (a.0, &a.1.post_script_name).cmp(&(b.0, &b.1.post_script_name)));
    candidates.into_iter().find_map(|(_, face)| {
        let found = system.with_face_data(face.id, |data, index| {
            let parsed = ttf_parser::Face::parse(data, index).ok()?;
            // A file is only kept in memory when it has the character.
            drawn(&[parsed], character)
                .then(|| Font::new(Bytes::new(data.to_vec()), index))
                .flatten()
        });
        found.flatten()
    })
}

fn distance(face: &fontdb::FaceInfo) -> u32 {
    let song = face.families.iter().any(|(name, _)| {
        let name = name.to_lowercase();
        ["song", "宋", "simsun", "ming", "明體", "serif cjk sc", "serif sc"]
            .iter()
            .any(|part| name.contains(part))
    });
    let upright = face.style == fontdb::Style::Normal;
    u32::from(!song) * 10_000 + u32::from(!upright) * 1_000 + u32::from(face.weight.0.abs_diff(400))
}
