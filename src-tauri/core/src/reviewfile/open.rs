//! One door for every kind of file.

use super::check_in::{CheckIn, CheckInContent};
use super::container::{self, Container};
use super::office::{Office, OfficeContent};
use super::signed::{Signed, unseal};
use super::verify::read_posting;
use super::{FileKind, Review, ReviewFile, Verdict};

/// A file from outside that was found whole, unchanged and signed; by whom is another question.
#[derive(Debug, Clone)]
pub enum SignedFile {
    /// A posting's log. Whether it continues what was seen before is for [`super::verify`] and [`super::against_pins`].
    Posting(Box<ReviewFile>),
    /// A reviewer's decision.
    Review(Box<Signed<Review>>),
    /// An office's scheme, templates, calendar and key.
    Office(Box<Signed<Office>>),
    /// A month's head and sheet.
    CheckIn(Box<Signed<CheckIn>>),
}

impl SignedFile {
    /// Which kind.
    pub fn kind(&self) -> FileKind {
        match self {
            Self::Posting(_) => FileKind::Posting,
            Self::Review(_) => FileKind::Review,
            Self::Office(_) => FileKind::Office,
            Self::CheckIn(_) => FileKind::CheckIn,
        }
    }
}

/// What kind of file it says it is, by its first entry alone: to choose who looks at it. Nothing else of it is believed yet.
pub fn kind_of(bytes: &[u8]) -> Result<FileKind, Verdict> {
    container::beginning(bytes)
}

/// Opens a file of any kind: the checked file, or why it is refused.
pub fn open(bytes: &[u8]) -> Result<SignedFile, Verdict> {
    let container = container::read(bytes)?;
    Ok(match container.kind {
        FileKind::Posting => SignedFile::Posting(Box::new(read_posting(&container)?)),
        FileKind::Review => SignedFile::Review(Box::new(unseal::<Review>(bytes, &container)?.0)),
        FileKind::Office => {
            let (signed, blobs) = unseal::<OfficeContent>(bytes, &container)?;
            let content = signed.content.with(&blobs)?;
            SignedFile::Office(Box::new(signed.map(content)))
        }
        FileKind::CheckIn => {
            let (signed, blobs) = unseal::<CheckInContent>(bytes, &container)?;
            let content = signed.content.with(&blobs)?;
            SignedFile::CheckIn(Box::new(signed.map(content)))
        }
    })
}

/// Opens a reviewer's decision, and nothing else.
pub fn open_review(bytes: &[u8]) -> Result<Signed<Review>, Verdict> {
    let container: Container<'_> = container::read(bytes)?;
    match container.kind {
        FileKind::Review => Ok(unseal::<Review>(bytes, &container)?.0),
        kind => Err(Verdict::OtherKind { kind }),
    }
}

impl<T> Signed<T> {
    fn map<U>(self, content: U) -> Signed<U> {
        Signed {
            manifest: self.manifest,
            key: self.key,
            content,
            sha256: self.sha256,
        }
    }
}
