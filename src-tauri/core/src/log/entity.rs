//! What an event can set, and under which key.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::entered::parse_date;

/// A kind of thing that a `set` event gives a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entity {
    /// The posting itself; no key.
    Posting,
    /// The scheme's whole document, a blob; no key.
    Scheme,
    /// One date made a workday or a rest day; by date.
    CalendarOverride,
    /// One day's entry; by date.
    Day,
    /// A lecture, a round and so on; by id.
    Activity,
    /// A leave; by id.
    Leave,
    /// A document handed in; by kind.
    Document,
    /// A row of the support diary; by id.
    Problem,
    /// Self-appraisal and suggestions; no key.
    Summary,
    /// An own statistic; by key.
    TallyItem,
    /// A photo or file; by its SHA-256.
    Attachment,
    /// What another program keeps under the records' top-level `extra`; no key.
    Extra,
    /// What the physician says to a reviewer's comment; by the comment's id.
    Answer,
    /// Why something is changed after an approval; by the SHA-256 of the approval's file.
    Amendment,
}

impl Entity {
    /// Its name in events, SQL and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Posting => "posting",
            Self::Scheme => "scheme",
            Self::CalendarOverride => "calendar_override",
            Self::Day => "day",
            Self::Activity => "activity",
            Self::Leave => "leave",
            Self::Document => "document",
            Self::Problem => "problem",
            Self::Summary => "summary",
            Self::TallyItem => "tally_item",
            Self::Attachment => "attachment",
            Self::Extra => "extra",
            Self::Answer => "answer",
            Self::Amendment => "amendment",
        }
    }

    /// The entity of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|entity| entity.name() == name)
    }

    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Posting,
        Self::Scheme,
        Self::CalendarOverride,
        Self::Day,
        Self::Activity,
        Self::Leave,
        Self::Document,
        Self::Problem,
        Self::Summary,
        Self::TallyItem,
        Self::Attachment,
        Self::Extra,
        Self::Answer,
        Self::Amendment,
    ];

    /// The field of a record that is its key, and so does not stand in the value; none where there is only one record.
    pub fn key_field(self) -> Option<&'static str> {
        match self {
            Self::Posting | Self::Scheme | Self::Summary | Self::Extra => None,
            Self::CalendarOverride | Self::Day => Some("date"),
            Self::Activity | Self::Leave | Self::Problem => Some("id"),
            Self::Document => Some("kind"),
            Self::TallyItem => Some("key"),
            Self::Attachment => Some("sha256"),
            Self::Answer => Some("comment"),
            Self::Amendment => Some("review"),
        }
    }

    /// The array of the records document that holds it, for those with a key.
    pub fn list(self) -> Option<&'static str> {
        match self {
            Self::CalendarOverride => Some("calendar_overrides"),
            Self::Day => Some("days"),
            Self::Activity => Some("activities"),
            Self::Leave => Some("leaves"),
            Self::Document => Some("documents"),
            Self::Problem => Some("problems"),
            Self::TallyItem => Some("tally_items"),
            Self::Posting
            | Self::Scheme
            | Self::Summary
            | Self::Attachment
            | Self::Extra
            | Self::Answer
            | Self::Amendment => None,
        }
    }

    /// The field of a record that says which day it is for (a leave's first day), to tell late entries.
    pub(super) fn date_field(self) -> Option<&'static str> {
        match self {
            Self::CalendarOverride | Self::Day | Self::Activity | Self::Problem => Some("date"),
            Self::Leave => Some("from"),
            _ => None,
        }
    }

    /// Whether it is what a reviewer looks at: a record, not what is said about the review; attachments go with their activity.
    pub fn is_reviewed(self) -> bool {
        !matches!(self, Self::Answer | Self::Amendment | Self::Attachment)
    }

    /// Whether `key` can be one of its keys; else what is allowed.
    pub fn check_key(self, key: &str) -> Result<(), &'static str> {
        let (good, allowed) = match self {
            Self::Posting | Self::Scheme | Self::Summary | Self::Extra => {
                (key.is_empty(), "it stands alone, without a key")
            }
            Self::CalendarOverride | Self::Day => (parse_date(key).is_some(), "a date such as 2026-01-05"),
            Self::Activity | Self::Leave | Self::Problem | Self::Answer => {
                (is_uuid(key), "a UUID in lower case")
            }
            Self::Document | Self::TallyItem => (is_word(key), "1 to 64 letters, digits, _ or -"),
            Self::Attachment | Self::Amendment => {
                (super::from_hex(key).is_some(), "a SHA-256 in hexadecimal")
            }
        };
        if good { Ok(()) } else { Err(allowed) }
    }
}

impl fmt::Display for Entity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        })
}

fn is_word(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}
