//! How wide and how high a line is.

use crate::fonts::Fonts;
use crate::form::Role;

/// What the typesetter may add to a line by moving letters apart: a share of it, and so much besides, in points.
const KERNED: (f64, f64) = (1.02, 0.5);

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

    /// Whether a text surely stands on one line in so much room, drawn by the face of its role alone.
    pub(super) fn fits(&self, text: &str, role: Role, room: f64) -> bool {
        if text.is_empty() {
            return true;
        }
        let Some(face) = self.face(role) else { return false };
        let mut units = 0_u32;
        for character in text.chars() {
            let advance = face
                .glyph_index(character)
                .filter(|glyph| glyph.0 != 0 && !character.is_control())
                .and_then(|glyph| face.glyph_hor_advance(glyph));
            let Some(advance) = advance else { return false };
            units += u32::from(advance);
        }
        let width = f64::from(units) / f64::from(face.units_per_em()) * size(role);
        width * KERNED.0 + KERNED.1 <= room
    }

    /// How high a line of a role is: its capitals.
    pub(super) fn height(&self, role: Role) -> f64 {
        let height = self.face(role).map_or(0.0, |face| {
            let capitals = face.capital_height().filter(|height| *height > 0);
            f64::from(capitals.unwrap_or(face.ascender())) / f64::from(face.units_per_em())
        });
        height * size(role)
    }
}
