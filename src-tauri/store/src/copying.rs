//! Copying a whole data directory to another place, as it is: damaged or not, with all its backups.

use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::{OpenError, open};

/// Files that say who has a directory open now; they mean nothing elsewhere.
const OF_THE_MOMENT: &[&str] = &["xiaxiangzhi.lock", "xiaxiangzhi.pid", "xiaxiangzhi.show"];

/// A copy that was read back and is the same, byte by byte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CopiedFolder {
    /// Where it is.
    pub folder: PathBuf,
    /// Files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// Copies every file of a data directory into a folder, syncs it and reads it back. The database comes last, so that a
/// folder with a database in it is a whole copy. The records must not be open. A file that is there already with another
/// content is not replaced.
///
/// # Errors
/// A file cannot be read, written, or does not read back as what was copied, or another is in its place.
pub fn copy_whole(dir: &Path, to: &Path) -> Result<CopiedFolder, OpenError> {
    let mut names = Vec::new();
    list(dir, Path::new(""), &mut names).map_err(|error| OpenError::io("reading", dir, &error))?;
    names.sort_by_key(|name| name == Path::new(open::DATABASE_FILE));
    let mut copied = CopiedFolder {
        folder: to.to_owned(),
        files: 0,
        bytes: 0,
    };
    for name in names {
        let (from, into) = (dir.join(&name), to.join(&name));
        copied.bytes += copy(&from, &into).map_err(|error| OpenError::io("writing", &into, &error))?;
        copied.files += 1;
    }
    open::sync_dir(to).map_err(|error| OpenError::io("writing", to, &error))?;
    Ok(copied)
}

fn list(dir: &Path, inside: &Path, names: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(dir.join(inside))? {
        let entry = entry?;
        let name = inside.join(entry.file_name());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            list(dir, &name, names)?;
        } else if kind.is_file() && !OF_THE_MOMENT.iter().any(|of| name == Path::new(of)) {
            names.push(name);
        }
    }
    Ok(())
}

fn copy(from: &Path, into: &Path) -> io::Result<u64> {
    if into.exists() {
        return if same(from, into)? {
            Ok(fs::metadata(into)?.len())
        } else {
            Err(io::ErrorKind::AlreadyExists.into())
        };
    }
    let folder = into.parent().unwrap_or(into);
    fs::create_dir_all(folder)?;
    let mut name = into.as_os_str().to_owned();
    name.push(".part");
    let part = PathBuf::from(name);
    let done = (|| {
        let bytes = fs::copy(from, &part)?;
        // A copy of a file that cannot be written to could not be synced.
        let file = File::open(&part)?;
        file.sync_all()?;
        if !same(from, &part)? {
            return Err(io::Error::other("it does not read back as what was copied"));
        }
        fs::rename(&part, into)?;
        open::sync_dir(folder)?;
        Ok(bytes)
    })();
    if done.is_err() {
        // Only what this call itself wrote.
        let _ = fs::remove_file(&part);
    }
    done
}

fn same(one: &Path, other: &Path) -> io::Result<bool> {
    let (mut one, mut other) = (File::open(one)?, File::open(other)?);
    if one.metadata()?.len() != other.metadata()?.len() {
        return Ok(false);
    }
    let (mut ours, mut theirs) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    let mut reader = BufReader::with_capacity(1 << 16, &mut one);
    loop {
        let read = reader.read(&mut ours)?;
        if read == 0 {
            return Ok(true);
        }
        other.read_exact(&mut theirs[..read])?;
        if ours[..read] != theirs[..read] {
            return Ok(false);
        }
    }
}
