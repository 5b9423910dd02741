//! Files that leave the program: never over another by accident.

use std::path::PathBuf;

/// `path`, or with ` (2)`, ` (3)` ... before the extension where something of that name is there already.
pub(crate) fn free(path: PathBuf) -> PathBuf {
    // What cannot be asked for may be there, and would be written over.
    let is_free = |path: &PathBuf| path.try_exists().is_ok_and(|taken| !taken);
    if is_free(&path) {
        return path;
    }
    let stem = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let extension = path.extension().map_or_else(String::new, |extension| {
        format!(".{}", extension.to_string_lossy())
    });
    (2..10_000)
        .map(|number| path.with_file_name(format!("{stem} ({number}){extension}")))
        .find(is_free)
        .unwrap_or(path)
}

/// The chosen path with its extension: people type names without one, and then nobody asked about a file that is there.
pub(crate) fn with_extension(path: PathBuf, extension: &str) -> PathBuf {
    let has = path
        .extension()
        .is_some_and(|found| found.to_string_lossy().eq_ignore_ascii_case(extension));
    if has {
        return path;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(extension);
    free(path.with_file_name(name))
}

/// A name as part of a file's name: what Windows refuses there becomes an underscore.
pub(crate) fn plain(name: &str) -> String {
    let plain = |c: char| if r#"\/:*?"<>|"#.contains(c) { '_' } else { c };
    name.chars().map(plain).collect()
}
