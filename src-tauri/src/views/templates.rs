//! The hospital's own documents.

use super::FormKind;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;
use xiaxiangzhi_core::language::Label;

/// The document of a form under the scheme of the posting that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TemplateView {
    /// Which form.
    pub form: FormKind,
    /// The name of its file; null where our own form is used.
    pub name: Option<String>,
    /// The placeholders it holds.
    pub known: Vec<String>,
    /// Those it holds that do not exist; it cannot be filled while there are any.
    pub unknown: Vec<UnknownName>,
    /// What is available and was not asked for.
    pub unused: Vec<String>,
}

/// A document that was read and is not kept yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TemplateReading {
    /// What it is called by the command that keeps it.
    pub id: Uuid,
    /// The name of its file.
    pub file: String,
    /// The form that it looks like; null where that cannot be told.
    pub likely: Option<FormKind>,
    /// The placeholders it holds.
    pub known: Vec<String>,
    /// Those it holds that do not exist; it cannot be kept while there are any.
    pub unknown: Vec<UnknownName>,
    /// What is available and was not asked for.
    pub unused: Vec<String>,
}

/// A placeholder that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct UnknownName {
    /// What stands between the braces.
    pub name: String,
    /// What was probably meant.
    pub nearest: Option<String>,
}

/// A placeholder of templates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PlaceholderView {
    /// What stands between the braces.
    pub name: String,
    /// What it stands for.
    pub meaning: Label,
    /// What it is about, with others of its kind.
    pub group: Label,
    /// What it may become.
    pub example: String,
    /// Whether a table row that holds it comes once for each record.
    pub repeats: bool,
}
