//! `cargo xtask run`: the application in its window, or its main job on the command line where there is no display.

use crate::tools::{self, Done, Failure, cargo};
use crate::{setup, web};
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) fn run(arguments: &[String]) -> Done {
    let release = arguments.iter().any(|argument| argument == "--release");
    let mut rest = arguments.iter().filter(|argument| *argument != "--release");
    let file = rest.next();
    if let Some(extra) = rest.next().or(file.filter(|name| name.starts_with('-'))) {
        return Err(Failure::usage(format!(
            "`cargo xtask run` takes --release and at most one path, not `{extra}`"
        )));
    }
    setup::packages(setup::For::Build)?;
    if has_display() {
        open_window(file, release)
    } else {
        work_headless(file, release)
    }
}

fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

fn open_window(file: Option<&String>, release: bool) -> Done {
    web::install()?;
    web::build()?;
    build("xiaxiangzhi", release)?;
    println!("Opening the window. The chore ends when you close it.");
    tools::run(Command::new(tools::built("xiaxiangzhi", release)?).args(file))
}

/// The whole story without a window, so that a server shows something real too.
fn work_headless(folder: Option<&String>, release: bool) -> Done {
    println!("There is no display (DISPLAY and WAYLAND_DISPLAY are not set), so no window can be opened.");
    println!(
        "Doing the main job on the command line instead; `xvfb-run cargo xtask run` opens the window unseen.\n"
    );
    build("xxz", release)?;
    let xxz = tools::built("xxz", release)?;
    let folder = folder.map_or_else(|| std::env::temp_dir().join("xiaxiangzhi-sample"), PathBuf::from);
    let folder =
        std::path::absolute(&folder).map_err(|e| Failure::new(format!("{}: {e}", folder.display())))?;
    std::fs::create_dir_all(&folder)
        .map_err(|e| Failure::new(format!("cannot make the folder {}: {e}", folder.display())))?;
    let (posting, packed) = (folder.join("posting.json"), folder.join("posting.xxz"));
    let call = |arguments: &[&Path]| tools::run(Command::new(&xxz).args(arguments).current_dir(&folder));
    let path = Path::new;
    call(&[path("sample"), path("-o"), &posting])?;
    call(&[path("assess"), &posting])?;
    call(&[path("export"), &posting, path("--to"), &folder])?;
    call(&[path("pack"), &posting, path("-o"), &packed])?;
    call(&[path("verify"), &packed])?;
    println!("\nAll of it lies in {}", folder.display());
    Ok(())
}

/// Builds one program with the features that the whole workspace agrees on, so that `test` finds it built.
fn build(name: &str, release: bool) -> Done {
    let mut command = cargo(&["build", "--workspace", "--bin", name]);
    if release {
        command.arg("--release");
    }
    tools::run(&mut command)
}
