//! The review file `.xxz`: a posting's whole log, signed, in a container with only one spelling.
//!
//! [`write`] and [`pack`] make one, [`verify`] judges one; bytes in, bytes out. A `.xxz` is an uncompressed ZIP whose
//! entries stand in a fixed order (`mimetype`, `manifest.json`, `signature`, `events.jsonl`, `texts.jsonl`, `blobs/<sha256>`
//! …). The reader takes it apart, writes it again, and demands the same bytes: one rule instead of a list of tricks with ZIP
//! files. The manifest names every entry's hash and the log's head, and is signed over its exact bytes.
//!
//! Three smaller kinds of file share the container, with a content of their own in place of events and texts: a reviewer's
//! decision ([`Review`]), an office's file ([`Office`]) and the monthly check-in ([`CheckIn`]). [`open`] takes any of them.
//!
//! What a genuine file proves: these very bytes were signed by that key, and nothing before an earlier file's head was
//! changed. What it does not: that entries are true, or who sat at the PC.

mod check_in;
mod container;
mod kind;
mod manifest;
mod office;
mod open;
mod pack;
mod review;
mod signed;
mod standing;
mod trace;
mod verdict;
mod verify;

pub use crate::log::Decision;
pub use check_in::CheckIn;
pub use kind::FileKind;
pub use manifest::{Basis, Manifest, ManifestEntry, ManifestHead, SchemeRef};
pub use office::{Office, OfficeTemplate};
pub use open::{SignedFile, kind_of, open, open_review};
pub use pack::{Export, Pack, ReviewFileError, pack, write};
pub use review::{COMMENT_LIMIT, MAX_COMMENTS, Review, ReviewComment, Reviewer};
pub use signed::{Signed, SignedManifest};
pub use standing::{Amendment, Answer, CommentStanding, ReadReceipt, ReviewStanding, comment_standing};
pub use trace::{KeyHeld, Trace, keys_held, trace};
pub use verdict::Verdict;
pub use verify::{ReviewFile, Unpacked, Verification, against_pins, unpack, verify};

/// The most bytes a review file may have.
pub const MAX_FILE_BYTES: usize = 100 * 1024 * 1024;
/// The most entries its container may have.
pub const MAX_ENTRIES: usize = 500;
/// Room for five hundred entries of a manifest.
const MAX_MANIFEST_BYTES: usize = 256 * 1024;

/// Whether bytes begin as a review file does, whatever its version: for telling files apart, not for believing one.
pub fn looks_like_one(beginning: &[u8]) -> bool {
    // A local header's fixed part has 30 bytes; the name and the content of the first entry follow.
    beginning
        .get(30..)
        .and_then(|rest| rest.strip_prefix(b"mimetype"))
        .is_some_and(|rest| rest.starts_with(MIMETYPE.as_bytes()))
}

/// The first entry's content up to the version.
const MIMETYPE: &str = "application/vnd.xiaxiangzhi.review-file;version=";
/// The version this program writes and reads.
const VERSION: u64 = 1;
