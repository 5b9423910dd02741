//! Writing files so that a reader sees the old one or the new one, never a part.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::context::Context;
use crate::error::CliError;

/// Replaces `path` with `bytes`: a temporary file beside it, synced, renamed, the folder synced.
pub(crate) fn replace(context: Context, path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    write(path, bytes, false).map_err(|error| CliError::write_failed(context, path, &error))
}

/// As [`replace`], for a file that only its owner may read.
pub(crate) fn replace_private(context: Context, path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    write(path, bytes, true).map_err(|error| CliError::write_failed(context, path, &error))
}

/// Makes `folder` and its parents if they are not there.
pub(crate) fn folder(context: Context, folder: &Path) -> Result<(), CliError> {
    fs::create_dir_all(folder).map_err(|error| CliError::write_failed(context, folder, &error))
}

fn write(path: &Path, bytes: &[u8], private: bool) -> io::Result<()> {
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let parent = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let (mut file, temporary) = create_beside(path, parent, private)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    drop(file);
    if let Err(error) = written.and_then(|()| fs::rename(&temporary, path)) {
        // The error is what matters; a left-over temporary file is only untidy.
        let _ = fs::remove_file(&temporary);
        return Err(error);
    }
    sync_folder(parent)
}

fn create_beside(path: &Path, parent: &Path, private: bool) -> io::Result<(File, PathBuf)> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    for attempt in 0..100 {
        let mut hidden = std::ffi::OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{}-{attempt}.tmp", std::process::id()));
        let temporary = parent.join(hidden);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if private {
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

/// Makes the rename itself durable; Windows has no such call and needs none.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()
    } else {
        Ok(())
    }
}
