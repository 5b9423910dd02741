//! The monthly check-in: the head that a log had, with the month's attendance sheet.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::manifest::ManifestHead;
use super::signed::{self, Blobs, Content, is_text};
use super::{FileKind, ReviewFileError, Verdict};
use crate::log::{Digest, Head, from_hex, head_code, id, sha256, to_hex};
use crate::posting::NAME_LIMIT;

/// What is in a check-in file, signed with the log's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckIn {
    /// The posting's log.
    pub log: Uuid,
    /// Where the log stood: later files must pass through it.
    pub head: Head,
    /// The date up to which the sheet counts.
    pub as_of: NaiveDate,
    /// The first day of the month.
    pub month: NaiveDate,
    /// 姓名; blank where it was not filled in.
    pub physician: String,
    /// 受援单位; blank where it was not filled in.
    pub recipient_unit: String,
    /// The month's attendance sheet as PDF. Nothing in it was looked at.
    pub sheet: Vec<u8>,
}

/// `content.json` of a check-in file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CheckInContent {
    #[serde(deserialize_with = "id")]
    log: Uuid,
    head: ManifestHead,
    code: String,
    as_of: NaiveDate,
    month: NaiveDate,
    physician: String,
    recipient_unit: String,
    sheet: String,
}

impl CheckInContent {
    /// The check-in with its sheet, from the blobs.
    pub(super) fn with(&self, blobs: &Blobs<'_>) -> Result<CheckIn, Verdict> {
        let altered = || Verdict::Altered {
            place: "content.json".to_owned(),
        };
        let hash = from_hex(&self.head.hash).ok_or_else(altered)?;
        let sheet = from_hex(&self.sheet).and_then(|digest| blobs.get(&digest).copied());
        Ok(CheckIn {
            log: self.log,
            head: Head { n: self.head.n, hash },
            as_of: self.as_of,
            month: self.month,
            physician: self.physician.clone(),
            recipient_unit: self.recipient_unit.clone(),
            sheet: sheet.ok_or_else(altered)?.to_vec(),
        })
    }
}

impl Content for CheckInContent {
    const KIND: FileKind = FileKind::CheckIn;

    fn fault(&self) -> Option<String> {
        let code = from_hex(&self.head.hash).map(|hash| head_code(&hash));
        let names = [&self.physician, &self.recipient_unit];
        [
            ("head", self.head.n == 0 || code.is_none()),
            // The code on paper is the head's own, or one of the two lies.
            ("code", code.as_ref() != Some(&self.code)),
            ("month", self.month.day() != 1),
            ("as_of", self.as_of < self.month),
            (
                "physician",
                names
                    .iter()
                    .any(|name| !is_text(name, NAME_LIMIT) || name.contains('\n')),
            ),
            ("sheet", from_hex(&self.sheet).is_none()),
        ]
        .into_iter()
        .find_map(|(place, bad)| bad.then(|| place.to_owned()))
    }

    fn blobs(&self) -> BTreeSet<Digest> {
        from_hex(&self.sheet).into_iter().collect()
    }
}

impl CheckIn {
    /// The bytes of its file, signed with the log's key.
    pub fn write(&self, seed: &[u8; 32], at: DateTime<Utc>) -> Result<Vec<u8>, ReviewFileError> {
        let sheet = sha256(&self.sheet);
        let content = CheckInContent {
            log: self.log,
            head: ManifestHead {
                n: self.head.n,
                hash: to_hex(&self.head.hash),
            },
            code: self.head.code(),
            as_of: self.as_of,
            month: self.month,
            physician: self.physician.clone(),
            recipient_unit: self.recipient_unit.clone(),
            sheet: to_hex(&sheet),
        };
        signed::seal(&content, &Blobs::from([(sheet, &self.sheet[..])]), seed, at)
    }
}
