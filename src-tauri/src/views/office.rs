//! The office file: what an office gives its physicians, and what a physician's computer takes from one.

use super::FormKind;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;
use xiaxiangzhi_core::language::Label;

/// What this computer could put into an office file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OfficeFileOffer {
    /// 医院, as the settings have it; blank while it is not filled in, and then there can be no file.
    pub hospital: String,
    /// 部门
    pub office: String,
    /// The fingerprint of the key that signs, to be told by telephone; null until something was signed.
    pub fingerprint: Option<String>,
    /// The schemes, those built in first.
    pub schemes: Vec<OfferedScheme>,
    /// The years whose holidays were loaded for it.
    pub years: Vec<OfferedYear>,
}

/// A scheme that can go into an office file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OfferedScheme {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// What it is called.
    pub title: Label,
    /// Whether every computer has it anyway.
    pub built_in: bool,
    /// The forms for which it has a document of the hospital's own; they go along.
    pub forms: Vec<FormKind>,
}

/// A year's holidays that were loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OfferedYear {
    /// The year.
    pub year: i32,
    /// How many dates it says something of.
    pub days: u32,
}

/// An office file that was read and not taken yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OfficeFileView {
    /// Stands for what was read, while it is looked at.
    pub id: Uuid,
    /// The file's name, without its folder.
    pub file: String,
    /// 医院
    pub hospital: String,
    /// 部门; may be blank.
    pub office: String,
    /// The fingerprint of the key that signed it, to be compared by telephone.
    pub fingerprint: String,
    /// When it was made.
    pub at: String,
    /// What is known of that key here.
    pub key: OfficeKey,
    /// The offices known here so far, the latest first.
    pub known: Vec<KnownOfficeView>,
    /// The schemes in it.
    pub schemes: Vec<OfficeSchemeView>,
    /// The hospital's own documents in it.
    pub templates: Vec<OfficeTemplateView>,
    /// The years whose holidays are in it.
    pub years: Vec<OfferedYear>,
    /// How many dates of the running posting its holidays change.
    pub posting_days: u32,
}

/// What is known of the key of an office file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OfficeKey {
    /// No office is known here yet: the first one is remembered.
    First,
    /// It signed what was taken before.
    Known,
    /// An office of another name is known here.
    OtherOffice,
    /// This very office had another key: somebody must ask before it is taken.
    Changed,
}

/// What taking a scheme would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SchemeTaken {
    /// It is added.
    Added,
    /// It is here already.
    Here,
    /// Another one is here under the same id and version: the office's takes its place for new postings.
    Replaced,
    /// It came with the program, which keeps its own.
    BuiltIn,
}

/// A scheme in an office file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OfficeSchemeView {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// What it is called.
    pub title: Label,
    /// What taking it does.
    pub taken: SchemeTaken,
}

/// A hospital's own document in an office file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OfficeTemplateView {
    /// The form it is for.
    pub form: FormKind,
    /// The id of the scheme it belongs to.
    pub scheme: String,
    /// The document's name.
    pub name: String,
}

/// An office whose file was taken here: what its key signs is trusted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KnownOfficeView {
    /// 医院
    pub hospital: String,
    /// 部门; may be blank.
    pub office: String,
    /// The fingerprint of its key.
    pub fingerprint: String,
    /// When its file was taken.
    pub at: String,
}
