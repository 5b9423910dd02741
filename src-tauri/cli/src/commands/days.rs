//! `xxz days`: how long one physician was posted in all.

use std::process::ExitCode;

use chrono::NaiveDate;
use clap::ArgMatches;
use serde_json::json;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::{Records, days_in_all};

use crate::context::Context;
use crate::error::CliError;
use crate::{clock, input};

pub(super) fn run(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let paths = paths(matches, "FILE");
    let all = records(context, &paths)?;
    let as_of = match super::text(matches, "as-of") {
        Some(_) => super::as_of(context, matches, &all[0])?,
        None => clock::today_in_china(),
    };
    let sum = days_in_all(all.iter().map(span), as_of);
    let files: Vec<_> = paths
        .iter()
        .zip(&all)
        .map(|(path, records)| {
            let (start, end) = span(records);
            let days = days_in_all([(start, end)], as_of).map_or(0, |one| one.days);
            json!({"path": path, "start": start, "end": end, "days": days})
        })
        .collect();
    let said = || {
        let mut out = String::new();
        for file in &files {
            let (start, end, days) = (&file["start"], &file["end"], &file["days"]);
            let line = format!(
                "{} {} {days}",
                start.as_str().unwrap_or(""),
                end.as_str().unwrap_or("")
            );
            out.push_str(&line);
            out.push('\n');
        }
        let (postings, days) = sum.map_or((0, 0), |sum| (sum.postings, sum.days));
        let in_all = match context.language {
            Language::Chinese => format!(
                "{postings} 次派驻，截至 {as_of} 累计 {days} 天；重叠的日子只算一次。够不够由医务部认定。\n"
            ),
            Language::English => format!(
                "{postings} postings, {days} days in all as of {as_of}; a day of two postings counts once. Whether they suffice is the office's to say.\n"
            ),
        };
        out.push_str(&in_all);
        out
    };
    context.answer(&json!({"as_of": as_of, "in_all": sum, "files": files}), said)?;
    Ok(ExitCode::SUCCESS)
}

/// Every value of an argument that may be given several times.
pub(super) fn paths<'a>(matches: &'a ArgMatches, name: &str) -> Vec<&'a str> {
    let values = matches.get_many::<String>(name);
    values
        .map(|all| all.map(String::as_str).collect())
        .unwrap_or_default()
}

pub(super) fn span(records: &Records) -> (NaiveDate, NaiveDate) {
    (records.posting.start, records.posting.end)
}

/// The records of several files, which must be one physician's.
fn records(context: Context, paths: &[&str]) -> Result<Vec<Records>, CliError> {
    let mut all: Vec<Records> = Vec::new();
    for path in paths {
        let records = input::content(context, path)?.records;
        if let Some(first) = all.first() {
            same_physician(context, first, &records, path)?;
        }
        all.push(records);
    }
    Ok(all)
}

/// Days of two people are no sum.
pub(super) fn same_physician(
    context: Context,
    first: &Records,
    other: &Records,
    path: &str,
) -> Result<(), CliError> {
    let name = |records: &Records| {
        let name = records.posting.physician.name.as_deref().unwrap_or_default();
        name.trim().to_owned()
    };
    let (one, two) = (name(first), name(other));
    if one == two {
        return Ok(());
    }
    let message = match context.language {
        Language::Chinese => format!("{path} 是「{two}」的记录，不是「{one}」的，天数不能加在一起"),
        Language::English => format!("{path} is of \"{two}\", not of \"{one}\": their days are no sum"),
    };
    Err(CliError::new(
        "different_physicians",
        message,
        json!({"path": path, "value": two, "allowed": one}),
    ))
}
