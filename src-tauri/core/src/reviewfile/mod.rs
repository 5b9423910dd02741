//! The review file `.xxz`: a posting's whole log, signed, in a container with only one spelling.
//!
//! [`write`] and [`pack`] make one, [`verify`] judges one; bytes in, bytes out. A `.xxz` is an uncompressed ZIP whose
//! entries stand in a fixed order (`mimetype`, `manifest.json`, `signature`, `events.jsonl`, `texts.jsonl`, `blobs/<sha256>`
//! …). The reader takes it apart, writes it again, and demands the same bytes: one rule instead of a list of tricks with ZIP
//! files. The manifest names every entry's hash and the log's head, and is signed over its exact bytes.
//!
//! What a genuine file proves: these very bytes were signed by that key, and nothing before an earlier file's head was
//! changed. What it does not: that entries are true, or who sat at the PC.

mod container;
mod manifest;
mod pack;
mod trace;
mod verdict;
mod verify;

pub use manifest::{Basis, FileKind, Manifest, ManifestEntry, ManifestHead, SchemeRef};
pub use pack::{Export, Pack, ReviewFileError, pack, write};
pub use trace::{KeyHeld, Trace, keys_held, trace};
pub use verdict::Verdict;
pub use verify::{ReviewFile, Unpacked, Verification, against_pins, unpack, verify};

/// The most bytes a review file may have.
pub const MAX_FILE_BYTES: usize = 100 * 1024 * 1024;
/// The most entries its container may have.
pub const MAX_ENTRIES: usize = 500;

/// The first entry's content up to the version.
const MIMETYPE: &str = "application/vnd.xiaxiangzhi.review-file;version=";
/// The version this program writes and reads.
const VERSION: u64 = 1;
/// Stands before what is signed, so that the signature serves for nothing else.
const SIGNED: &[u8] = b"XXZ1-manifest\0";
