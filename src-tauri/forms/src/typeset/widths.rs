//! How wide and how high a line is.

use crate::fonts::Fonts;
use crate::form::Role;

/// What the typesetter may add to a line by moving letters apart: a share of it, and so much besides, in points.
const KERNED: (f64, f64) = (1.02, 0.5);

/// What lies between two lines, in sizes of their words.
const LEADING: f64 = 0.55;

/// The size of each role's words in points.
pub(super) fn size(role: Role) -> f64 {
    match role {
        Role::Body | Role::Label => 10.5,
        Role::Note => 8.5,
        Role::Heading | Role::Prose => 12.0,
    }
}

/// The faces as they are measured.
pub(super) struct Widths<'a> {
    song: Option<ttf_parser::Face<'a>>,
    hei: Option<ttf_parser::Face<'a>>,
}

impl<'a> Widths<'a> {
    pub(super) fn of(fonts: &'a Fonts) -> Self {
        let mut faces = fonts.parsed().into_iter();
        Self {
            song: faces.next(),
            hei: faces.next(),
        }
    }

    fn face(&self, role: Role) -> Option<&ttf_parser::Face<'a>> {
        match role {
            Role::Body | Role::Note | Role::Prose => self.song.as_ref(),
            Role::Label | Role::Heading => self.hei.as_ref(),
        }
    }

    /// How many lines a text surely takes in so much room, drawn by the face of its role alone; none where a line may have
    /// to be broken.
    pub(super) fn lines(&self, text: &str, role: Role, room: f64) -> Option<usize> {
        if text.is_empty() {
            return Some(0);
        }
        let all_fit = text.split('\n').all(|line| {
            let width = self.width(line, role);
            width.is_some_and(|width| width * KERNED.0 + KERNED.1 <= room)
        });
        all_fit.then(|| text.split('\n').count())
    }

    /// How wide a line is in points; none where the face of its role lacks a character.
    fn width(&self, line: &str, role: Role) -> Option<f64> {
        let face = self.face(role)?;
        let mut units = 0_u32;
        for character in line.chars() {
            let glyph = face
                .glyph_index(character)
                .filter(|glyph| glyph.0 != 0 && !character.is_control())?;
            units += u32::from(face.glyph_hor_advance(glyph)?);
        }
        Some(f64::from(units) / f64::from(face.units_per_em()) * size(role))
    }

    /// How high so many lines of a role are in points: their capitals, and what lies between them.
    pub(super) fn height(&self, lines: usize, role: Role) -> f64 {
        let lines = f64::from(u32::try_from(lines).unwrap_or(u32::MAX));
        let capitals = self.face(role).map_or(0.0, |face| {
            let capitals = face.capital_height().filter(|height| *height > 0);
            f64::from(capitals.unwrap_or(face.ascender())) / f64::from(face.units_per_em())
        });
        (lines * capitals + (lines - 1.0).max(0.0) * LEADING) * size(role)
    }
}
