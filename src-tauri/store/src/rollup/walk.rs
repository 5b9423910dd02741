//! Which files there are.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use xiaxiangzhi_core::reviewfile::looks_like_one;

/// How deep folders are followed. Deeper ones are no folders of papers.
const DEEPEST: usize = 32;
/// What of a file is read to see whether it is one of ours under another name.
const BEGINNING: usize = 256;

/// What lies under some paths.
#[derive(Debug, Default)]
pub struct FoundFiles {
    /// Review files, or what is called so, in the order of the paths given and of names within folders.
    pub files: Vec<PathBuf>,
    /// Files in folders that are something else.
    pub passed_over: u64,
    /// What could not be looked into, and why.
    pub unreadable: Vec<(PathBuf, io::Error)>,
}

/// Looks for review files under some paths. A file that is named is taken whatever it is called; in folders, those that are
/// called `.xxz` and those that begin as one does. Links to folders are not followed.
pub fn find_review_files(paths: &[PathBuf]) -> FoundFiles {
    let mut found = FoundFiles::default();
    for path in paths {
        match fs::metadata(path) {
            Ok(about) if about.is_dir() => folder(path, 0, &mut found),
            Ok(_) => found.files.push(path.clone()),
            Err(error) => found.unreadable.push((path.clone(), error)),
        }
    }
    found
}

fn folder(path: &Path, depth: usize, found: &mut FoundFiles) {
    let entries = fs::read_dir(path).and_then(|entries| {
        entries
            .map(|entry| entry.and_then(|entry| Ok((entry.path(), entry.file_type()?))))
            .collect::<io::Result<Vec<_>>>()
    });
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => return found.unreadable.push((path.to_owned(), error)),
    };
    entries.sort_by(|(a, _), (b, _)| a.cmp(b));
    for (path, kind) in entries {
        if kind.is_dir() {
            if depth < DEEPEST {
                folder(&path, depth + 1, found);
            }
        } else if is_called_so(&path) || begins_so(&path) {
            found.files.push(path);
        } else {
            found.passed_over += 1;
        }
    }
}

/// Whether the name is a review file's, also where a messenger or a browser put ` (1)` behind it.
fn is_called_so(path: &Path) -> bool {
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    // What Mac computers and unfinished downloads leave behind is called nearly so.
    name.contains(".xxz") && !name.starts_with("._")
}

fn begins_so(path: &Path) -> bool {
    let mut beginning = [0; BEGINNING];
    let read = File::open(path).and_then(|mut file| file.read(&mut beginning));
    read.is_ok_and(|length| looks_like_one(&beginning[..length]))
}
