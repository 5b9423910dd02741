//! The kinds of signed file, told apart by their first entry.

use serde::{Deserialize, Serialize};

use super::MIMETYPE;

/// What a `.xxz` is. Each kind is signed under a word of its own, so that no signature passes for another kind's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A posting's whole log, from its physician.
    Posting,
    /// 审核意见: what a reviewer decided on a posting's file.
    Review,
    /// The medical affairs office's scheme, templates, calendar and key.
    Office,
    /// A month's attendance with the head that the log had then.
    CheckIn,
}

impl FileKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Posting, Self::Review, Self::Office, Self::CheckIn];

    /// Its name in manifests and for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Posting => "posting",
            Self::Review => "review",
            Self::Office => "office",
            Self::CheckIn => "check_in",
        }
    }

    /// What the first entry says.
    pub(super) fn mimetype(self, version: u64) -> String {
        match self {
            Self::Posting => format!("{MIMETYPE}{version}"),
            _ => format!("{MIMETYPE}{version};kind={}", self.name()),
        }
    }

    /// Stands before what is signed, so that the signature serves for nothing else.
    pub(super) fn context(self) -> &'static [u8] {
        match self {
            Self::Posting => b"XXZ1-manifest\0",
            Self::Review => b"XXZ1-review\0",
            Self::Office => b"XXZ1-office\0",
            Self::CheckIn => b"XXZ1-check-in\0",
        }
    }

    /// The entries that stand first, all of them always.
    pub(super) fn first_entries(self) -> &'static [&'static str] {
        match self {
            Self::Posting => &[
                "mimetype",
                "manifest.json",
                "signature",
                "events.jsonl",
                "texts.jsonl",
            ],
            _ => &["mimetype", "manifest.json", "signature", "content.json"],
        }
    }
}
