//! The database: logs, drafts, review files received, settings, backups.
//!
//! One `SQLite` file in one data directory, held by one process. [`Store`] owns the only connection there is, behind one lock:
//! whoever calls, there is one writer, and no statement can come from elsewhere. What is acknowledged is on the disk; what
//! fails is as if it had not been asked. All answers come from logs in memory that are the fold of what is on the disk,
//! checked against their hash chains when they were read.
//!
//! No clock is read here: instants are arguments. Random bytes (ids, salts, keys) come from the operating system.

mod adopt;
mod backup;
mod check;
mod check_in;
mod computer;
mod contents;
mod copying;
mod damaged;
mod draft;
mod error;
mod exported;
mod history;
mod import;
mod load;
mod lock;
mod migrate;
mod moving;
mod office;
mod open;
mod pictures;
mod place;
mod receipts;
mod received;
mod replace;
mod restore;
mod review_file;
mod reviewing;
pub mod rollup;
mod save;
mod second_place;
mod setting;
mod store;
mod thinning;
mod time_seen;

pub use adopt::{Adopted, AdoptedPosting, Foreseen, LaterRecord, adopt, first_fault, foresee};
pub use backup::{BackupInfo, backups, find_backups};
pub use check::{CheckReport, LogCheck, check};
pub use check_in::{Month, is_check_in};
pub use computer::{Computer, OtherComputer};
pub use contents::{BackupContents, PostingContents, contents};
pub use copying::{CopiedFolder, copy_whole};
pub use draft::Draft;
pub use error::{OpenError, StoreError};
pub use import::Imported;
pub use migrate::Migrated;
pub use moving::Moved;
pub use office::KnownOffice;
pub use open::DATABASE_FILE;
pub use place::{Mounts, PlaceKind, free_space};
pub use receipts::{KeyStanding, LookedAtReview, NoReceipt};
pub use received::{Pin, Received, ReceivedFile};
pub use replace::{Readers, replace_file, replace_file_with};
pub use restore::{PostingRestore, RecordChange, Relation, RestorePreview, Restored};
pub use review_file::{Enclosed, ExportedFile, read_review_file};
pub use reviewing::{Decided, NewDecision, ReviewDraft};
pub use save::Saved;
pub use second_place::{SecondCopy, SecondPlace};
pub use store::{Folded, LogSummary, ReadOnly, Store, default_dir};
pub use thinning::superfluous_backups;
pub use time_seen::Jump;

use std::fmt;

/// Sixteen, ten or thirty-two bytes from the operating system.
fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| StoreError::Io {
        operation: "drawing random bytes",
        detail: error.to_string(),
    })?;
    Ok(bytes)
}

/// A fresh key seed, for callers that pack a file without a database.
///
/// # Errors
/// If the operating system has no random bytes.
pub fn new_seed() -> Result<[u8; 32], StoreError> {
    random()
}

/// A fresh time-ordered id (`UUIDv7`).
///
/// # Errors
/// If the operating system has no random bytes.
pub fn new_id(at: chrono::DateTime<chrono::Utc>) -> Result<uuid::Uuid, StoreError> {
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default();
    Ok(uuid::Builder::from_unix_timestamp_millis(millis, &random()?).into_uuid())
}

/// Sixteen random bytes for one text.
///
/// # Errors
/// If the operating system has no random bytes.
pub fn new_salt() -> Result<[u8; 16], StoreError> {
    random()
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("dir", &self.dir())
            .finish_non_exhaustive()
    }
}
