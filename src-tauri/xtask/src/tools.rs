//! Starting programs, and where things are.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Why a chore stopped, in words for the person who started it.
#[derive(Debug)]
pub(crate) struct Failure {
    /// The exit code: 1 something failed, 2 something must be installed or the command line is wrong.
    pub(crate) code: u8,
    message: String,
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            code: 1,
            message: message.into(),
        }
    }

    /// The command line was wrong, or the machine lacks something that the person has to install.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self {
            code: 2,
            message: message.into(),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

pub(crate) type Done = Result<(), Failure>;

/// The top of the tree. `cargo run` says at run time where this package is, so a moved clone works too.
pub(crate) fn top() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package
        .ancestors()
        .nth(2)
        .map_or_else(|| package.clone(), Path::to_path_buf)
}

pub(crate) fn ui() -> PathBuf {
    top().join("ui")
}

/// The program `name` as the profile's build leaves it; xtask itself lies in the `debug` folder of the same target.
pub(crate) fn built(name: &str, release: bool) -> Result<PathBuf, Failure> {
    let own =
        std::env::current_exe().map_err(|e| Failure::new(format!("cannot tell where xtask is: {e}")))?;
    let target = own
        .ancestors()
        .nth(2)
        .ok_or_else(|| Failure::new("xtask is not in a target folder"))?;
    let profile = if release { "release" } else { "debug" };
    Ok(target
        .join(profile)
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

/// A cargo command at the top of the tree.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(top());
    as_cargo_wants(&mut command);
    command
}

/// Gives the command the surroundings of every build, so that one started from npm finds what another one built.
pub(crate) fn as_cargo_wants(command: &mut Command) {
    // What cargo told xtask about xtask must not reach the builds that xtask starts.
    for (name, _) in std::env::vars_os() {
        let Some(text) = name.to_str() else { continue };
        if text.starts_with("CARGO_PKG_")
            || text.starts_with("CARGO_MANIFEST_")
            || text == "CARGO_PRIMARY_PACKAGE"
        {
            command.env_remove(text);
        }
    }
    if in_ci() {
        command.env("CARGO_INCREMENTAL", "0");
    }
}

/// A program at the top of the tree.
pub(crate) fn program(name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(top());
    command
}

/// The same command under a display of its own, the size of an old clinic PC's.
pub(crate) fn under_display(command: Command) -> Command {
    if !cfg!(target_os = "linux") {
        return command;
    }
    let mut under = program("xvfb-run", &["-a", "-s", "-screen 0 1366x768x24"]);
    under.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => under.env(name, value),
            None => under.env_remove(name),
        };
    }
    under
}

/// Prints the command and runs it with our own output; an exit code other than 0 is a failure.
pub(crate) fn run(command: &mut Command) -> Done {
    println!("$ {}", shown(command));
    let status = command.status().map_err(|e| cannot_start(command, &e))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("`{}` failed ({status})", shown(command))))
    }
}

/// Runs the command silently and gives what it printed; an exit code other than 0 is a failure.
pub(crate) fn output(command: &mut Command) -> Result<String, Failure> {
    let out = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|e| cannot_start(command, &e))?;
    if !out.status.success() {
        return Err(Failure::new(format!(
            "`{}` failed ({})",
            shown(command),
            out.status
        )));
    }
    String::from_utf8(out.stdout)
        .map_err(|_| Failure::new(format!("`{}` did not print UTF-8", shown(command))))
}

/// Whether the program can be started from `PATH`.
pub(crate) fn on_path(name: &str) -> bool {
    let Some(path) = std::env::var_os("PATH") else {
        return false;
    };
    std::env::split_paths(&path).any(|folder| {
        folder
            .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
            .is_file()
    })
}

pub(crate) fn in_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| value == "true" || value == "1")
}

pub(crate) fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|e| Failure::new(format!("cannot read {}: {e}", path.display())))
}

pub(crate) fn write(path: &Path, bytes: &[u8]) -> Done {
    std::fs::write(path, bytes).map_err(|e| Failure::new(format!("cannot write {}: {e}", path.display())))
}

fn cannot_start(command: &Command, error: &std::io::Error) -> Failure {
    Failure::new(format!(
        "cannot start `{}`: {error}",
        command.get_program().to_string_lossy()
    ))
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    command.get_args().fold(program, |mut line, argument| {
        let argument = argument.to_string_lossy();
        line.push(' ');
        if argument.contains(' ') {
            line.push('"');
            line.push_str(&argument);
            line.push('"');
        } else {
            line.push_str(&argument);
        }
        line
    })
}
