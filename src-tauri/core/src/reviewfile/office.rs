//! The office file: what a medical affairs office gives its physicians before they go.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::signed::{self, Blobs, Content, is_name, is_text};
use super::{FileKind, ReviewFileError, Verdict};
use crate::log::{Digest, from_hex, sha256, to_hex};
use crate::posting::{CalendarOverride, NAME_LIMIT};
use crate::scheme::Scheme;

/// The most schemes, or templates, in one office file.
const MAX_PARTS: usize = 100;

/// What is in an office file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Office {
    /// 医院, at most 200 characters.
    pub hospital: String,
    /// 部门, such as 医务部; may be blank.
    pub office: String,
    /// Its schemes, each found whole.
    pub schemes: Vec<Scheme>,
    /// Its own documents for forms.
    pub templates: Vec<OfficeTemplate>,
    /// The workdays and days off that it adds to the official calendar, one a date.
    pub calendar: Vec<CalendarOverride>,
}

/// A hospital's own document for one form of one scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeTemplate {
    /// The scheme's id.
    pub scheme: String,
    /// The form, such as `sheet`.
    pub form: String,
    /// The document's name, such as `考核表.docx`.
    pub name: String,
    /// The document. Nothing in it was looked at.
    pub bytes: Vec<u8>,
}

/// `content.json` of an office file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfficeContent {
    hospital: String,
    office: String,
    schemes: Vec<String>,
    templates: Vec<TemplateName>,
    calendar: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TemplateName {
    scheme: String,
    form: String,
    name: String,
    sha256: String,
}

impl OfficeContent {
    fn hashes(&self) -> impl Iterator<Item = &String> {
        self.schemes
            .iter()
            .chain(self.templates.iter().map(|template| &template.sha256))
            .chain(&self.calendar)
    }

    /// The office with its parts, from the blobs.
    pub(super) fn with(&self, blobs: &Blobs<'_>) -> Result<Office, Verdict> {
        let altered = |hash: &str| Verdict::Altered {
            place: format!("blobs/{hash}"),
        };
        let blob = |hash: &str| {
            from_hex(hash)
                .and_then(|digest| blobs.get(&digest).copied())
                .ok_or_else(|| altered(hash))
        };
        let schemes = self.schemes.iter().map(|hash| {
            let text = std::str::from_utf8(blob(hash)?).map_err(|_| altered(hash))?;
            Scheme::from_json(text).map_err(|_| altered(hash))
        });
        let templates = self.templates.iter().map(|template| {
            Ok(OfficeTemplate {
                scheme: template.scheme.clone(),
                form: template.form.clone(),
                name: template.name.clone(),
                bytes: blob(&template.sha256)?.to_vec(),
            })
        });
        let calendar = self.calendar.iter().map(|hash| {
            let days: Vec<CalendarOverride> =
                serde_json::from_slice(blob(hash)?).map_err(|_| altered(hash))?;
            let dates: BTreeSet<_> = days.iter().map(|day| day.date).collect();
            let reasons = days.iter().filter_map(|day| day.reason.as_ref());
            if dates.len() < days.len() || !reasons.clone().all(|reason| is_text(reason, NAME_LIMIT)) {
                return Err(altered(hash));
            }
            Ok(days)
        });
        Ok(Office {
            hospital: self.hospital.clone(),
            office: self.office.clone(),
            schemes: schemes.collect::<Result<_, Verdict>>()?,
            templates: templates.collect::<Result<_, Verdict>>()?,
            calendar: calendar
                .collect::<Result<Vec<_>, Verdict>>()?
                .pop()
                .unwrap_or_default(),
        })
    }
}

impl Content for OfficeContent {
    const KIND: FileKind = FileKind::Office;

    fn fault(&self) -> Option<String> {
        let fault = |place: &str, bad: bool| bad.then(|| place.to_owned());
        fault("hospital", !is_name(&self.hospital, NAME_LIMIT))
            .or_else(|| {
                let bad = !is_text(&self.office, NAME_LIMIT) || self.office.contains('\n');
                fault("office", bad)
            })
            .or_else(|| fault("schemes", self.schemes.len() > MAX_PARTS))
            .or_else(|| {
                let names = |template: &TemplateName| {
                    [&template.scheme, &template.form, &template.name]
                        .iter()
                        .all(|name| is_name(name, NAME_LIMIT))
                };
                let of = |template: &TemplateName| (template.scheme.clone(), template.form.clone());
                let forms: BTreeSet<_> = self.templates.iter().map(of).collect();
                let bad = self.templates.len() > MAX_PARTS
                    || forms.len() < self.templates.len()
                    || !self.templates.iter().all(names);
                fault("templates", bad)
            })
            .or_else(|| {
                let bad = self.hashes().any(|hash| from_hex(hash).is_none());
                fault("blobs", bad)
            })
    }

    fn blobs(&self) -> BTreeSet<Digest> {
        self.hashes().filter_map(|hash| from_hex(hash)).collect()
    }
}

impl Office {
    /// The bytes of its file, signed with the office's key.
    pub fn write(&self, seed: &[u8; 32], at: DateTime<Utc>) -> Result<Vec<u8>, ReviewFileError> {
        let unwritten = |_| ReviewFileError::BadContent {
            place: "schemes".to_owned(),
        };
        let schemes = self
            .schemes
            .iter()
            .map(serde_json::to_vec)
            .collect::<Result<Vec<_>, _>>()
            .map_err(unwritten)?;
        let calendar = (!self.calendar.is_empty())
            .then(|| serde_json::to_vec(&self.calendar))
            .transpose()
            .map_err(unwritten)?;
        let name = |bytes: &[u8]| to_hex(&sha256(bytes));
        let content = OfficeContent {
            hospital: self.hospital.clone(),
            office: self.office.clone(),
            schemes: schemes.iter().map(|bytes| name(bytes)).collect(),
            templates: self
                .templates
                .iter()
                .map(|template| TemplateName {
                    scheme: template.scheme.clone(),
                    form: template.form.clone(),
                    name: template.name.clone(),
                    sha256: name(&template.bytes),
                })
                .collect(),
            calendar: calendar.as_deref().map(name),
        };
        let all = schemes
            .iter()
            .chain(self.templates.iter().map(|template| &template.bytes))
            .chain(&calendar);
        let blobs: Blobs<'_> = all.map(|bytes| (sha256(bytes), &bytes[..])).collect();
        signed::seal(&content, &blobs, seed, at)
    }
}
