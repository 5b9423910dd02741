//! The system's file dialogs. They belong to another toolkit than the page, so they are driven by the keyboard.

use crate::session::eventually;
use std::path::Path;
use std::process::Command;

fn xdotool(words: &[&str]) -> Option<String> {
    let output = Command::new("xdotool")
        .args(words)
        .output()
        .expect("xdotool is missing: `cargo xtask test` installs it");
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The dialog with this title, once it is there.
fn window(title: &str) -> String {
    eventually(&format!("a dialog called {title}"), || {
        xdotool(&["search", "--onlyvisible", "--name", &format!("^{title}$")])
            .and_then(|found| found.lines().next().map(str::to_owned))
            .filter(|id| !id.is_empty())
    })
}

fn gone(id: &str) {
    eventually("the dialog closes", || {
        xdotool(&["search", "--onlyvisible", "--name", "."])
            .unwrap_or_default()
            .lines()
            .all(|other| other != id)
            .then_some(())
    });
}

/// Answers the dialog with a path; ASCII only, since keys are pressed for it.
pub(crate) fn answer(title: &str, path: &Path) {
    let path = path.to_str().unwrap();
    assert!(path.is_ascii());
    let id = window(title);
    // Without a window manager nobody gives the dialog the keyboard.
    eventually("the dialog takes the keyboard", || {
        xdotool(&["windowfocus", "--sync", &id])?;
        (xdotool(&["getwindowfocus"])? == id).then_some(())
    });
    xdotool(&["key", "--window", &id, "ctrl+a"]);
    xdotool(&["type", "--delay", "4", path]).unwrap();
    xdotool(&["key", "Return"]).unwrap();
    gone(&id);
}
