//! The system's file dialogs. They belong to another toolkit than the page, so they are driven by the keyboard.

use crate::session::eventually;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

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

/// All windows that can be seen, or none where one just went.
fn windows() -> Option<Vec<String>> {
    let found = xdotool(&["search", "--onlyvisible", "--name", "."])?;
    Some(found.lines().map(str::to_owned).collect())
}

/// Says what stood on the display, should the test end here.
struct Witness;

impl Drop for Witness {
    #[expect(clippy::print_stdout, reason = "the test's own report shows it")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            for id in windows().unwrap_or_default() {
                println!("window {id}: {:?}", xdotool(&["getwindowname", &id]));
            }
            println!("the keyboard is with {:?}", xdotool(&["getwindowfocus"]));
        }
    }
}

/// Gives a window the keyboard: without a window manager nobody else does, and the page may take it back at any time.
fn focus(id: &str) -> Option<()> {
    xdotool(&["windowfocus", "--sync", id])?;
    (xdotool(&["getwindowfocus"])? == id).then_some(())
}

/// Presses Return until the dialog is gone: the first may only take up a completion that the dialog proposes. On a busy
/// machine a key may have been lost; then the path is entered again.
fn confirm(id: &str, enter: &dyn Fn()) {
    let mut pressed: Option<Instant> = None;
    let mut times = 0;
    eventually("the dialog closes", || {
        let open = windows()?.iter().any(|other| other == id);
        if open && pressed.is_none_or(|pressed| pressed.elapsed() > Duration::from_secs(2)) {
            focus(id)?;
            if times > 0 && times % 3 == 0 {
                enter();
            }
            xdotool(&["key", "Return"]);
            times += 1;
            pressed = Some(Instant::now());
        }
        (!open).then_some(())
    });
}

/// A dialog that asks for a file's name: it stands in a field of its own from the start.
pub(crate) fn save_as(title: &str, path: &Path) {
    answer(title, "ctrl+a", path);
}

/// A dialog that asks for a folder or a file that is there: its field for a path is opened first.
pub(crate) fn choose(title: &str, path: &Path) {
    answer(title, "ctrl+l", path);
}

/// Takes what the dialog proposes.
pub(crate) fn accept(title: &str) {
    let _witness = Witness;
    let id = window(title);
    confirm(&id, &|| ());
}

/// ASCII only, since keys are pressed for it.
fn answer(title: &str, first: &str, path: &Path) {
    let path = path.to_str().unwrap();
    assert!(path.is_ascii());
    let _witness = Witness;
    let id = window(title);
    eventually("the dialog takes the keyboard", || focus(&id));
    // The page may take the keyboard back at any key, and would have the rest of the path.
    let enter = || {
        xdotool(&["windowfocus", "--sync", &id, "key", first]);
        for character in path.chars() {
            let character = character.to_string();
            // As fast as a person: the dialog completes paths while they are typed.
            xdotool(&["windowfocus", "--sync", &id, "type", "--delay", "40", &character]);
        }
    };
    enter();
    confirm(&id, &enter);
}

/// Prints into a file: the one printer that every machine has stands first in the dialog's list.
pub(crate) fn print_to_file(title: &str) {
    let _witness = Witness;
    let id = window(title);
    let choose = || {
        xdotool(&["mousemove", "--window", &id, "80", "86", "click", "1"]);
    };
    choose();
    confirm(&id, &choose);
}

/// So many movements make a drag.
const STEPS: i32 = 12;

/// Drags with the mouse from one point of the display to another, in steps as a hand does.
pub(crate) fn drag(from: (i32, i32), to: (i32, i32)) {
    let go = |x: i32, y: i32| xdotool(&["mousemove", "--sync", &x.to_string(), &y.to_string()]);
    go(from.0, from.1);
    xdotool(&["mousedown", "1"]);
    for step in 1..=STEPS {
        let between = |from: i32, to: i32| from + (to - from) * step / STEPS;
        go(between(from.0, to.0), between(from.1, to.1));
    }
    xdotool(&["mouseup", "1"]);
}

/// Presses a key in the window of this title, again and again until something has come of it: what is pressed before the page
/// listens goes nowhere.
pub(crate) fn press_until<T>(title: &str, key: &str, mut done: impl FnMut() -> Option<T>) -> T {
    let id = window(title);
    eventually("the window takes the keyboard", || focus(&id));
    let mut pressed: Option<Instant> = None;
    eventually(&format!("something comes of {key}"), || {
        let answer = done();
        if answer.is_none() && pressed.is_none_or(|pressed| pressed.elapsed() > Duration::from_secs(2)) {
            xdotool(&["key", key]);
            pressed = Some(Instant::now());
        }
        answer
    })
}
