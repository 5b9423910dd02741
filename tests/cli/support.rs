//! Runs the binary in an empty folder of its own, in a known language.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A folder that goes away with the test.
pub(crate) struct Place {
    folder: TempDir,
    /// The user's settings: another one is another computer.
    config: TempDir,
}

/// What one run gave.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            config: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The folder of the user's settings.
    pub(crate) fn config(&self) -> &Path {
        self.config.path()
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        fs::write(self.path(name), content).unwrap();
        self.path(name)
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.folder.path())
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// Runs `xxz` in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, b"", &[("LC_ALL", "C.UTF-8")])
    }

    pub(crate) fn run_with(&self, arguments: &[&str], input: &[u8], variables: &[(&str, &str)]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xxz"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_remove("LC_ALL")
            .env("XDG_CONFIG_HOME", self.config.path())
            .env_remove("LC_MESSAGES");
        command.env_remove("LANG").envs(variables.iter().copied());
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A run that refuses early may not read its input.
        let _ = child.stdin.take().unwrap().write_all(input);
        let output = child.wait_with_output().unwrap();
        Run {
            status: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// A run that must succeed, with its one JSON document.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let run = self.run(arguments);
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{arguments:?}: {run:?}");
        run.answer()
    }

    /// A run that must be refused: code, message and details, nothing on standard output, nothing written.
    pub(crate) fn refused(&self, arguments: &[&str]) -> (String, String, Value) {
        let before = self.names();
        let run = self.run(arguments);
        assert_eq!(self.names(), before, "{arguments:?} left something behind");
        run.refusal()
    }
}

impl Run {
    pub(crate) fn answer(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }

    pub(crate) fn refusal(&self) -> (String, String, Value) {
        assert_eq!((self.status, self.out.as_str()), (2, ""), "{self:?}");
        let error: Value =
            serde_json::from_str(&self.err).unwrap_or_else(|error| panic!("{error}: {}", self.err));
        let keys: Vec<&String> = error.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["error"]);
        let error = &error["error"];
        assert_eq!(
            error.as_object().unwrap().keys().collect::<Vec<_>>(),
            ["code", "message", "details"]
        );
        let text = |field: &str| error[field].as_str().unwrap().to_owned();
        (text("code"), text("message"), error["details"].clone())
    }
}

/// The folder of shared test data.
pub(crate) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures")
}
