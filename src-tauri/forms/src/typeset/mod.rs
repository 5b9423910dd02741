//! A form as typeset pages: PDF for print, SVG for the screen, both from the same run.

mod pieces;
mod widths;
mod words;

use crate::error::FormsError;
use crate::fonts::Fonts;
use crate::form::{Form, Orientation};
use chrono::Datelike;
use pieces::{Piece, pieces};
use serde::Serialize;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use widths::Widths;

/// The one template of all forms.
const TEMPLATE: &str = include_str!("../../templates/form.typ");

/// How many typesetting runs a cached piece outlives without being used.
const CACHED_RUNS: usize = 4;

/// A form set into pages.
#[derive(Debug)]
pub struct Typeset {
    document: PagedDocument,
    identity: String,
    as_of: chrono::NaiveDate,
}

/// What the template reads as `/data.json`. It is never spliced into the source, so no text can become code.
#[derive(Serialize)]
struct Data<'a> {
    title: &'a str,
    orientation: Orientation,
    footer: &'a str,
    blocks: Vec<Piece<'a>>,
    song: Vec<String>,
    hei: Vec<String>,
}

/// Sets a form with the bundled fonts, and with the system's for rare characters.
///
/// # Errors
/// [`FormsError::MissingGlyphs`] if a character would be left blank.
pub fn typeset(form: &Form) -> Result<Typeset, FormsError> {
    Typeset::with_fonts(form, &Fonts::for_form(form))
}

/// The form as PDF/A-2u: fonts embedded as subsets, text searchable, the same bytes for the same form.
///
/// # Errors
/// As [`typeset`].
pub fn pdf(form: &Form) -> Result<Vec<u8>, FormsError> {
    typeset(form)?.pdf()
}

/// The form's pages as SVG: exactly what the PDF prints.
///
/// # Errors
/// As [`typeset`].
pub fn svg_pages(form: &Form) -> Result<Vec<String>, FormsError> {
    Ok(typeset(form)?.svg_pages())
}

impl Typeset {
    /// Sets a form with these fonts and no others.
    ///
    /// # Errors
    /// [`FormsError::MissingGlyphs`] if they lack a character of the form, [`FormsError::Grid`] if the cells of a
    /// table do not fit it.
    pub fn with_fonts(form: &Form, fonts: &Fonts) -> Result<Self, FormsError> {
        let blocks = pieces(form, &Widths::of(fonts))?;
        let missing = fonts.missing(form);
        if !missing.is_empty() {
            return Err(FormsError::MissingGlyphs(missing));
        }
        let desk = Desk::new(form, blocks, fonts)?;
        let document = typst::compile::<PagedDocument>(&desk)
            .output
            .map_err(|errors| failure(&errors))?;
        typst::comemo::evict(CACHED_RUNS);
        let identity = format!("{} {:?} {}", form.title, form.subject, form.footer.text);
        Ok(Self {
            document,
            identity,
            as_of: form.as_of,
        })
    }

    /// How many pages there are.
    pub fn page_count(&self) -> usize {
        self.document.pages().len()
    }

    /// The pages as PDF/A-2u.
    ///
    /// # Errors
    /// [`FormsError::Typesetting`] if the pages do not conform; a defect of this program.
    pub fn pdf(&self) -> Result<Vec<u8>, FormsError> {
        let standards = PdfStandards::new(&[PdfStandard::A_2u])
            .map_err(|error| FormsError::Typesetting(error.message().to_string()))?;
        let options = PdfOptions {
            ident: Smart::Custom(self.identity.clone()),
            creator: Smart::Custom(Some("下乡志".to_owned())),
            timestamp: date(self.as_of).map(Timestamp::new_utc),
            standards,
            tagged: false,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&self.document, &options).map_err(|errors| failure(&errors))
    }

    /// The pages as SVG documents.
    pub fn svg_pages(&self) -> Vec<String> {
        let options = typst_svg::SvgOptions::default();
        self.document
            .pages()
            .iter()
            .map(|page| typst_svg::svg(page, &options))
            .collect()
    }
}

/// All that the typesetter may see: the template, the data, the fonts and a fixed date. No file, no package, no clock.
struct Desk<'a> {
    fonts: &'a Fonts,
    template: Source,
    data: (FileId, Bytes),
    today: Option<Datetime>,
}

impl<'a> Desk<'a> {
    fn new(form: &Form, blocks: Vec<Piece<'_>>, fonts: &'a Fonts) -> Result<Self, FormsError> {
        let data = Data {
            title: &form.title,
            orientation: form.orientation,
            footer: &form.footer.text,
            blocks,
            song: fonts.song(),
            hei: fonts.hei(),
        };
        let json = serde_json::to_vec(&data).map_err(|error| FormsError::Typesetting(error.to_string()))?;
        Ok(Self {
            fonts,
            template: Source::new(file("form.typ")?, TEMPLATE.to_owned()),
            data: (file("data.json")?, Bytes::new(json)),
            today: date(form.as_of),
        })
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() {
            Ok(self.template.clone())
        } else {
            Err(absent(id))
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data.0 {
            Ok(self.data.1.clone())
        } else {
            Err(absent(id))
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.face(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}

fn file(name: &str) -> Result<FileId, FormsError> {
    let path = VirtualPath::new(name).map_err(|error| FormsError::Typesetting(error.to_string()))?;
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_with_slash().into())
}

fn date(date: chrono::NaiveDate) -> Option<Datetime> {
    let month = u8::try_from(date.month()).ok()?;
    let day = u8::try_from(date.day()).ok()?;
    Datetime::from_ymd_hms(date.year(), month, day, 0, 0, 0)
}

fn failure(errors: &[SourceDiagnostic]) -> FormsError {
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    FormsError::Typesetting(messages.join("; "))
}
