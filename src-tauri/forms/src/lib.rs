//! The papers of a posting: what a form holds, and its PDF, SVG, DOCX and XLSX.
//!
//! [`paper`] turns records, scheme and assessment into a [`Form`]; every writer is fed
//! from that one form, so that a paper never says two things. Nothing here reads the clock or writes a file: bytes come
//! out, and the same form gives the same bytes. Only the search for rare characters looks at the system's fonts.
//!
//! What WPS, Word, Excel and LibreOffice each need of a file is written down with its writer: in `docx` and in `xlsx`.

#![deny(missing_docs)]

mod appraisal;
mod attendance;
mod docx;
mod error;
mod file_name;
mod fitting;
mod fonts;
mod form;
mod grid;
mod kind;
mod leave;
mod money;
mod paper;
mod person;
mod record_pages;
mod records;
mod rollup;
mod sheet;
mod summary;
mod template;
mod together;
mod typeset;
mod wording;
mod xlsx;

pub use docx::docx;
pub use error::FormsError;
pub use file_name::{FileType, file_name, posting_file_name};
pub use fonts::{Fonts, MissingGlyph, missing_glyphs, uncommon_characters};
pub use form::{
    Align, Block, Cell, Content, Figure, Footer, Form, Head, Orientation, Role, Row, Signature, Subject,
    Table, Value,
};
pub use kind::FormKind;
pub use money::in_capitals;
pub use paper::{Ground, Layout, Options, left_out, paper};
pub use rollup::{CSV_MARK, MOST_SHEET_ROWS, csv_header, csv_line, csv_tail, rollup_workbook};
pub use template::{
    Placeholder, Template, TemplateError, TemplateReport, UnknownPlaceholder, Values, placeholders,
};
pub use together::together;
pub use typeset::{Typeset, pdf, svg_pages, typeset};
pub use xlsx::xlsx;
