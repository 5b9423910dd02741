//! Why a template is not taken.

use super::UnknownPlaceholder;
use xiaxiangzhi_core::language::{Label, Language};

/// Why a template is not taken or not filled. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .label.get(Language::Chinese))]
pub struct TemplateError {
    code: &'static str,
    label: Label,
    unknown: Vec<UnknownPlaceholder>,
}

impl TemplateError {
    pub(super) fn new(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            code,
            label: Label {
                zh: zh.into(),
                en: en.into(),
            },
            unknown: Vec::new(),
        }
    }

    pub(super) fn naming(self, unknown: Vec<UnknownPlaceholder>) -> Self {
        Self { unknown, ..self }
    }

    /// The placeholders that do not exist, where that is what is wrong.
    pub fn unknown(&self) -> &[UnknownPlaceholder] {
        &self.unknown
    }

    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// What is wrong, and what to do.
    pub fn label(&self) -> &Label {
        &self.label
    }
}
