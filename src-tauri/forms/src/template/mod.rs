//! The hospital's own form: a .docx with placeholders, filled in place.
//!
//! `{{physician.name}}` becomes the name, with the look of the run it begins in, wherever it stands: in the text, in
//! tables, headers, footers and text boxes. A table row that holds `{{lectures.date}}` comes once for each lecture; outside
//! a table the dates of all lectures stand side by side. A value of several lines makes several paragraphs.
//!
//! Everything else in the file stays as it is, byte for byte where no placeholder stands. A template comes from anywhere,
//! so it is read with limits, and what could run, reach outside or unfold without end is refused.

mod catalogue;
mod error;
mod fill;
mod package;
mod read;
mod values;

pub use catalogue::{Placeholder, placeholders};
pub use error::TemplateError;
pub use values::Values;

use crate::docx::packed;
use crate::kind::FormKind;
use package::Package;
use serde::Serialize;

/// A template that was read and looked through.
pub struct Template {
    package: Package,
}

/// What a template holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TemplateReport {
    /// The placeholders that will be filled, each once, in the order in which they come.
    pub known: Vec<String>,
    /// Those that do not exist.
    pub unknown: Vec<UnknownPlaceholder>,
    /// What is available and was not asked for.
    pub unused: Vec<String>,
}

/// A placeholder that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnknownPlaceholder {
    /// What stands between the braces.
    pub name: String,
    /// What was probably meant.
    pub nearest: Option<String>,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// It is no sound .docx, too large (10 MB, 60 MB unpacked), holds macros, a document type, a link to outside, or a
    /// table row of two lists.
    pub fn read(bytes: &[u8]) -> Result<Self, TemplateError> {
        let package = Package::read(bytes)?;
        for (_, part) in &package.texts {
            fill::check_rows(part)?;
        }
        Ok(Self { package })
    }

    /// What it holds.
    pub fn report(&self) -> TemplateReport {
        let (mut known, mut unknown): (Vec<String>, Vec<UnknownPlaceholder>) = (Vec::new(), Vec::new());
        for name in self.package.texts.iter().flat_map(|(_, part)| fill::names(part)) {
            if catalogue::is_known(&name) {
                if !known.contains(&name) {
                    known.push(name);
                }
            } else if unknown.iter().all(|other| other.name != name) {
                unknown.push(UnknownPlaceholder {
                    nearest: catalogue::nearest(&name).map(str::to_owned),
                    name,
                });
            }
        }
        let all = placeholders().iter().map(|placeholder| placeholder.name.clone());
        let unused = all.filter(|name| !known.contains(name)).collect();
        TemplateReport {
            known,
            unknown,
            unused,
        }
    }

    /// Whether it can be filled.
    ///
    /// # Errors
    /// A placeholder does not exist: the paper would be signed with a hole in it.
    pub fn check(&self) -> Result<(), TemplateError> {
        match self.report().unknown {
            unknown if unknown.is_empty() => Ok(()),
            unknown => Err(not_known(&unknown).naming(unknown)),
        }
    }

    /// The paper that it looks like: the one whose name or title stands in its file's name, or else in its text.
    pub fn likely_form(&self, file: &str) -> Option<FormKind> {
        let texts = self.package.texts.iter().map(|(_, part)| fill::words(part));
        std::iter::once(file.to_owned()).chain(texts).find_map(|text| {
            let kinds = FormKind::ALL.iter().copied();
            let said = |kind: &FormKind| [kind.name(), kind.title()].iter().any(|name| text.contains(name));
            let mut named = kinds.filter(said);
            // What speaks of several papers is none of them for certain.
            named.next().filter(|_| named.next().is_none())
        })
    }

    /// The template with these words in it: the same template and words give the same bytes.
    ///
    /// # Errors
    /// As [`Template::check`], or the rows become too many.
    pub fn fill(&self, values: &Values) -> Result<Vec<u8>, TemplateError> {
        self.check()?;
        let mut files = self.package.files.clone();
        let mut rows = 0;
        for (place, part) in &self.package.texts {
            if fill::names(part).is_empty() {
                continue;
            }
            let mut part = part.clone();
            fill::fill(&mut part, values, None, &mut rows)?;
            if let Some((_, bytes)) = files.get_mut(*place) {
                *bytes = part.document().map_err(|error| unwritten(&error))?;
            }
        }
        packed(&files, values.as_of).map_err(|error| unwritten(&error))
    }
}

impl std::fmt::Debug for Template {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Template({} files)", self.package.files.len())
    }
}

fn unwritten(error: &dyn std::fmt::Display) -> TemplateError {
    TemplateError::new(
        "template_not_written",
        format!("填好的文档写不出来：{error}"),
        format!("The filled document cannot be written: {error}"),
    )
}

fn not_known(unknown: &[UnknownPlaceholder]) -> TemplateError {
    let said = |meant: &str, comma: &str| {
        let each = unknown.iter().take(5).map(|one| match &one.nearest {
            Some(nearest) => format!("{{{{{}}}}} ({meant} {{{{{nearest}}}}})", one.name),
            None => format!("{{{{{}}}}}", one.name),
        });
        each.collect::<Vec<_>>().join(comma)
    };
    TemplateError::new(
        "template_unknown_placeholder",
        format!(
            "模板里有 {} 个不认识的占位符：{}。请在模板里改好再载入；可用的占位符见帮助。",
            unknown.len(),
            said("是不是", "、")
        ),
        format!(
            "The template has {} placeholders that do not exist: {}. Correct them and load it again; Help lists what is available.",
            unknown.len(),
            said("did you mean", ", ")
        ),
    )
}
