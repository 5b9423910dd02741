//! One file a command: parse what clap handed over, call below, answer.

mod assess;
mod calendar;
mod days;
mod db;
mod export;
mod import;
mod pack;
mod plan;
mod rollup;
mod sample;
mod schema;
mod schemes;
mod unpack;
mod verify;

use std::path::Path;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::ArgMatches;
use serde_json::json;
use xiaxiangzhi_core::assess::default_as_of;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::scheme::{Scheme, built_in, built_in_ids};

use crate::context::Context;
use crate::error::CliError;
use crate::{clock, input};

/// Runs the command that was asked for.
pub(crate) fn run(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    match matches.subcommand() {
        Some(("assess", matches)) => assess::run(context, matches),
        Some(("days", matches)) => days::run(context, matches),
        Some(("export", matches)) => export::run(context, matches),
        Some(("pack", matches)) => pack::run(context, matches),
        Some(("plan", matches)) => plan::run(context, matches),
        Some(("rollup", matches)) => rollup::run(context, matches),
        Some(("unpack", matches)) => unpack::run(context, matches),
        Some(("verify", matches)) => verify::run(context, matches),
        Some(("calendar", matches)) => calendar::run(context, matches),
        Some(("schemes", matches)) => schemes::run(context, matches),
        Some(("schema", matches)) => schema::run(context, matches),
        Some(("sample", matches)) => sample::run(context, matches),
        Some(("import", matches)) => import::run(context, matches),
        Some(("db", matches)) => db::run(context, matches),
        _ => Err(CliError::internal("no such command")),
    }
}

/// A text argument, or nothing.
fn text<'a>(matches: &'a ArgMatches, name: &str) -> Option<&'a str> {
    matches.get_one::<String>(name).map(String::as_str)
}

/// A required text argument; clap has seen to it that it is there.
fn required<'a>(matches: &'a ArgMatches, name: &str) -> &'a str {
    text(matches, name).unwrap_or_default()
}

/// `--as-of`, or today in China, at most the day after the posting ended.
fn as_of(context: Context, matches: &ArgMatches, records: &Records) -> Result<NaiveDate, CliError> {
    let Some(word) = text(matches, "as-of") else {
        return Ok(default_as_of(records, clock::today_in_china()));
    };
    let allowed = context.pick(
        "2004-01-01 至 2101-12-31 的真实日期",
        "an existing date from 2004-01-01 to 2101-12-31",
    );
    let exact = |date: &NaiveDate| date.to_string() == word && ("2004-01-01"..="2101-12-31").contains(&word);
    word.parse()
        .ok()
        .filter(exact)
        .ok_or_else(|| CliError::bad_argument(context, "--as-of", word, allowed))
}

/// A scheme by the id of a built-in one, else by the file it lies in.
fn scheme(context: Context, word: &str) -> Result<Scheme, CliError> {
    if let Some(scheme) = built_in(word) {
        return Ok(scheme.clone());
    }
    let like_an_id = word
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if like_an_id && !Path::new(word).exists() {
        return Err(unknown_scheme(context, word));
    }
    let allowed = context.pick("UTF-8 的方案 JSON", "a scheme JSON in UTF-8");
    let text = String::from_utf8(input::bytes(context, word)?)
        .map_err(|_| CliError::bad_argument(context, "--scheme", word, allowed))?;
    Scheme::from_json(&text).map_err(|error| CliError::bad_scheme(context, &error))
}

fn unknown_scheme(context: Context, word: &str) -> CliError {
    let ids = built_in_ids();
    let message = match context.language {
        Language::Chinese => format!(
            "没有内置方案「{word}」，也没有这个文件；内置方案：{}",
            ids.join("、")
        ),
        Language::English => {
            format!(
                "there is no built-in scheme \"{word}\" and no such file; built in: {}",
                ids.join(", ")
            )
        }
    };
    CliError::new("unknown_scheme", message, json!({"value": word, "allowed": ids}))
}
