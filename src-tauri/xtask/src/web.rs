//! The user interface: its packages and its build, each only when something changed.

use crate::tools::{self, Done, Failure};
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

/// What the built pages depend on, under `ui/`.
const SOURCES: &[&str] = &[
    "index.html",
    "licences.ts",
    "package.json",
    "package-lock.json",
    "public",
    "src",
    // Whose licences are listed.
    "../Cargo.lock",
];

/// An npm command in `ui/`.
pub(crate) fn npm(arguments: &[&str]) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.args(arguments).current_dir(tools::ui());
    tools::as_cargo_wants(&mut command);
    command
}

/// `npm ci`, when the lock file is newer than what npm noted about its last installation.
pub(crate) fn install() -> Done {
    let lock = tools::ui().join("package-lock.json");
    let note = tools::ui().join("node_modules/.package-lock.json");
    if newest(&note).is_some_and(|at| newest(&lock).is_some_and(|wanted| wanted <= at)) {
        return Ok(());
    }
    if !tools::on_path(if cfg!(windows) { "npm.cmd" } else { "npm" }) && !cfg!(windows) {
        return Err(Failure::usage(
            "npm is missing: install Node.js 20 or newer, which brings it",
        ));
    }
    tools::run(&mut npm(&["ci", "--no-audit", "--no-fund"]))
}

/// `npm run build`, when a source is newer than the built page.
pub(crate) fn build() -> Done {
    let built = newest(&tools::ui().join("dist/index.html"));
    let sources = SOURCES.iter().filter_map(|name| newest(&tools::ui().join(name)));
    let changed = sources.chain(configurations()).max();
    if built.is_some() && changed <= built {
        return Ok(());
    }
    tools::run(&mut npm(&["run", "build"]))
}

/// Whether `ui/package.json` has a script of that name.
pub(crate) fn has_script(name: &str) -> bool {
    tools::read(&tools::ui().join("package.json")).is_ok_and(|text| text.contains(&format!("\"{name}\":")))
}

/// The configuration files that lie directly in `ui/` (`vite.config.ts` and the like).
fn configurations() -> Option<SystemTime> {
    let entries = std::fs::read_dir(tools::ui()).ok()?;
    let files = entries
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().contains("config"));
    files.filter_map(|entry| newest(&entry.path())).max()
}

/// The latest change in a file or anywhere in a folder; a folder's own time tells of removed files.
fn newest(path: &Path) -> Option<SystemTime> {
    let own = path.metadata().ok()?.modified().ok()?;
    if !path.is_dir() {
        return Some(own);
    }
    let below = std::fs::read_dir(path)
        .ok()?
        .flatten()
        .filter_map(|entry| newest(&entry.path()))
        .max();
    Some(below.map_or(own, |time| time.max(own)))
}
