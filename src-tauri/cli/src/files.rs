//! Writing files so that a reader sees the old one or the new one, never a part.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use xiaxiangzhi_store::{Readers, replace_file, replace_file_with};

use crate::context::Context;
use crate::error::CliError;

/// Replaces `path` with `bytes`: a temporary file beside it, synced, renamed, the folder synced.
pub(crate) fn replace(context: Context, path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    replace_file(path, bytes, Readers::Usual).map_err(|error| CliError::write_failed(context, path, &error))
}

/// As [`replace`], with what `write` writes.
pub(crate) fn replace_with(
    context: Context,
    path: &Path,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> Result<(), CliError> {
    replace_file_with(path, Readers::Usual, write)
        .map_err(|error| CliError::write_failed(context, path, &error))
}

/// As [`replace`], for a file that only its owner may read.
pub(crate) fn replace_private(context: Context, path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    replace_file(path, bytes, Readers::Owner).map_err(|error| CliError::write_failed(context, path, &error))
}

/// Makes `folder` and its parents if they are not there.
pub(crate) fn folder(context: Context, folder: &Path) -> Result<(), CliError> {
    fs::create_dir_all(folder).map_err(|error| CliError::write_failed(context, folder, &error))
}
