//! What every command knows: the language, and whether a program or a person reads the answer.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};

use serde::Serialize;
use xiaxiangzhi_core::language::Language;

use crate::error::CliError;

/// How to speak on this run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context {
    /// The language of texts.
    pub(crate) language: Language,
    /// `--json`: one document on standard output.
    pub(crate) json: bool,
    /// Errors are JSON for programs; a person at a terminal who did not ask for JSON reads sentences.
    pub(crate) json_errors: bool,
}

impl Context {
    /// Before the arguments are parsed, so that even a parsing error is written as asked.
    pub(crate) fn of(arguments: &[OsString], language: Language) -> Self {
        let options = arguments.iter().skip(1).take_while(|word| *word != "--");
        let json = options.into_iter().any(|word| word == "--json");
        Self {
            language,
            json,
            json_errors: json || !io::stderr().is_terminal(),
        }
    }

    /// One of two texts.
    pub(crate) fn pick<'a>(self, chinese: &'a str, english: &'a str) -> &'a str {
        self.language.pick(chinese, english)
    }

    /// The answer: `value` as JSON with `--json`, else the text that `text` makes.
    pub(crate) fn answer(
        self,
        value: &impl Serialize,
        text: impl FnOnce() -> String,
    ) -> Result<(), CliError> {
        if self.json {
            self.print_json(value)
        } else {
            self.print(&text())
        }
    }

    /// A JSON document on standard output.
    pub(crate) fn print_json(self, value: &impl Serialize) -> Result<(), CliError> {
        let text =
            serde_json::to_string_pretty(value).map_err(|error| CliError::internal(&error.to_string()))?;
        self.print(&format!("{text}\n"))
    }

    /// A text on standard output.
    pub(crate) fn print(self, text: &str) -> Result<(), CliError> {
        let mut out = io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            // `xxz ... | head` closes the pipe when it has read enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(CliError::write_failed(self, "-", &error)),
            Ok(()) => Ok(()),
        }
    }
}
