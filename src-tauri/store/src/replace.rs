//! Writing a file so that a reader finds the old one or the new one, never a part.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::open::{may_not_sync, sync_dir};

/// Who may read a file that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Whoever the system lets by default.
    Usual,
    /// Only its owner, where the system knows such a thing.
    Owner,
}

/// Replaces `path` with `bytes`: a temporary file beside it, synced, renamed, the folder synced.
///
/// # Errors
/// What the system says. What was there before is untouched then, unless only the last step, which makes the new name
/// last, went wrong: then the new file is there, whole.
pub fn replace_file(path: &Path, bytes: &[u8], readers: Readers) -> io::Result<()> {
    replace_file_with(path, readers, |file| file.write_all(bytes))
}

/// As [`replace_file`], with what `write` writes: for what is too long to be held at once.
///
/// # Errors
/// As [`replace_file`], and those of `write`.
pub fn replace_file_with(
    path: &Path,
    readers: Readers,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<()> {
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let (mut file, temporary) = create_in(folder, readers)?;
    let written = write(&mut file).and_then(|()| file.sync_all());
    drop(file);
    if let Err(error) = written.and_then(|()| fs::rename(&temporary, path)) {
        // The error is what matters; nobody has seen this file under its own name.
        let _ = fs::remove_file(&temporary);
        return Err(error);
    }
    match sync_dir(folder) {
        // There is nothing more that could be done in such a place.
        Err(error) if may_not_sync(&error) => Ok(()),
        synced => synced,
    }
}

/// A new file of a short name of its own: one made from the final name might be too long for the file system.
fn create_in(folder: &Path, readers: Readers) -> io::Result<(File, PathBuf)> {
    for attempt in 0..100 {
        let name = format!(".xiaxiangzhi-{}-{attempt}.part", std::process::id());
        let temporary = folder.join(OsString::from(name));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if readers == Readers::Owner {
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        }
        match options.open(&temporary) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
            Ok(file) => return Ok((file, temporary)),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}
