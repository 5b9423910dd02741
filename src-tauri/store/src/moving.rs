//! Moving to another computer: one file with everything, and the old copy left behind for reading.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::Path;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::{BackupContents, Computer, ReadOnly, Store, StoreError, contents, open};

/// Records packed for another computer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Moved {
    /// What the file holds, read back from where it was written.
    pub contents: BackupContents,
}

impl Store {
    /// Writes everything (postings with their history and keys, drafts, received files, settings) into one file for the
    /// other computer, reads it back, and only then leaves this copy behind for reading. The other computer takes it in as
    /// it would a backup, see [`Store::restore`].
    ///
    /// # Errors
    /// An error of the disk, or the file did not read back: then nothing has moved.
    pub fn move_to(&self, file: &Path, computer: &Computer, at: DateTime<Utc>) -> Result<Moved, StoreError> {
        // From here on nothing is entered that the file would not hold; a stick may take its time.
        let mut inner = self.ready()?;
        if let Some(reason) = inner.read_only {
            return Err(StoreError::ReadOnly { reason });
        }
        inner.read_only = Some(ReadOnly::Moved);
        drop(inner);
        let written = self.write_all_to(file, at);
        let mut inner = self.inner();
        inner.read_only = None;
        let found = written?;
        inner.retire(computer, at)?;
        Ok(Moved { contents: found })
    }

    fn write_all_to(&self, file: &Path, at: DateTime<Utc>) -> Result<BackupContents, StoreError> {
        let io = |error: std::io::Error| StoreError::io("writing the file for the other computer", &error);
        let backup = self.backup(at)?;
        let mut name = OsString::from(".");
        name.push(file.file_name().unwrap_or_default());
        name.push(".part");
        let new = file.with_file_name(name);
        let written = fs::copy(&backup.path, &new)
            .and_then(|_| File::open(&new)?.sync_all())
            .and_then(|()| fs::rename(&new, file));
        if let Err(error) = written {
            let _ = fs::remove_file(&new);
            return Err(io(error));
        }
        if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            open::sync_dir(folder).map_err(io)?;
        }
        let found = contents(file)?;
        if found.postings != contents(&backup.path)?.postings {
            return Err(StoreError::BackupNotVerified {
                detail: "the file for the other computer does not read back as what was copied".to_owned(),
            });
        }
        Ok(found)
    }
}
