//! What was made, looked at with other people's programs.

use std::path::{Path, PathBuf};
use std::process::Command;

fn run(program: &str, words: &[&str]) -> String {
    let output = Command::new(program)
        .args(words)
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}: `cargo xtask test` installs it"));
    assert!(
        output.status.success(),
        "{program} {words:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// One answer of the `sqlite3` program.
pub(crate) fn sqlite(data: &Path, query: &str) -> String {
    run("sqlite3", &["-readonly", database(data).to_str().unwrap(), query])
        .trim()
        .to_owned()
}

pub(crate) fn database(data: &Path) -> PathBuf {
    std::fs::read_dir(data)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|extension| extension == "db"))
        .unwrap()
}

/// The words of a PDF.
pub(crate) fn pdf_text(path: &Path) -> String {
    run("pdftotext", &["-layout", path.to_str().unwrap(), "-"])
}

/// A file inside an archive.
pub(crate) fn unzipped(path: &Path, name: &str) -> String {
    run("unzip", &["-p", path.to_str().unwrap(), name])
}

/// The names inside an archive, in its order.
pub(crate) fn unzip_list(path: &Path) -> Vec<String> {
    run("unzip", &["-Z1", path.to_str().unwrap()])
        .lines()
        .map(str::to_owned)
        .collect()
}
