//! `xxz`: the same core as the application, without a window, for medical affairs offices' batch work and for scripts.
//!
//! Standard output carries the answer and nothing else; errors go to standard error. Exit status: 0 done, 1 the answer
//! is "no" (`verify`: not genuine; `db check`: damage), 2 bad use or bad input.

mod clock;
mod command;
mod commands;
mod context;
mod error;
mod files;
mod input;
mod language;
mod random;
mod report;
mod usage;
mod warning;

use std::ffi::OsString;
use std::process::ExitCode;

use context::Context;
use error::CliError;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let context = Context::of(
        &arguments,
        language::of(&arguments, |name| std::env::var(name).ok()),
    );
    match run(context, arguments) {
        Ok(answer) => answer,
        Err(error) => {
            error.show(context);
            ExitCode::from(2)
        }
    }
}

fn run(context: Context, arguments: Vec<OsString>) -> Result<ExitCode, CliError> {
    match command::command(context.language).try_get_matches_from(arguments) {
        Ok(matches) => commands::run(context, &matches),
        Err(error) => usage::answer(context, &error),
    }
}
