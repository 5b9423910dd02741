//! Sizes in a DOCX: twips, the twentieth of a point.

use super::tree::Element;
use crate::form::{Orientation, Table};

/// 210 and 297 mm.
const A4: (u32, u32) = (11_906, 16_838);
/// 16 mm.
const MARGIN: u32 = 907;
/// 18 mm.
const BOTTOM: u32 = 1_020;
/// 44 mm: a seal is 42 mm across.
pub(super) const SEAL_BOX: u32 = 2_494;
/// 13 mm.
pub(super) const SIGN_BOX: u32 = 737;
/// The bottom line of a box to sign, 7 mm.
pub(super) const SIGN_LINE: u32 = 397;

/// The page of a form.
pub(super) struct Page {
    orientation: Orientation,
    /// The printed width.
    pub(super) width: u32,
}

impl Page {
    pub(super) fn of(orientation: Orientation) -> Self {
        let across = match orientation {
            Orientation::Portrait => A4.0,
            Orientation::Landscape => A4.1,
        };
        Self {
            orientation,
            width: across - 2 * MARGIN,
        }
    }

    /// `sectPr`: the last element of the body.
    pub(super) fn section(&self) -> Element {
        let size = Element::new("w:pgSz");
        let size = match self.orientation {
            Orientation::Portrait => size.with("w:w", A4.0).with("w:h", A4.1),
            Orientation::Landscape => size
                .with("w:w", A4.1)
                .with("w:h", A4.0)
                .with("w:orient", "landscape"),
        };
        let margins = Element::new("w:pgMar")
            .with("w:top", MARGIN)
            .with("w:right", MARGIN)
            .with("w:bottom", BOTTOM)
            .with("w:left", MARGIN)
            .with("w:header", 454)
            .with("w:footer", 510)
            .with("w:gutter", 0);
        Element::new("w:sectPr").holding([
            Element::new("w:footerReference")
                .with("w:type", "default")
                .with("r:id", super::parts::FOOTER),
            size,
            margins,
        ])
    }

    /// Where the rules of a table stand, the two edges included.
    pub(super) fn edges(&self, table: &Table) -> Vec<u32> {
        let sum: u32 = table.columns.iter().map(|share| u32::from(*share)).sum();
        let mut so_far = 0;
        let mut edges = vec![0];
        for share in &table.columns {
            so_far += u32::from(*share);
            edges.push(so_far * self.width / sum.max(1));
        }
        edges
    }
}
