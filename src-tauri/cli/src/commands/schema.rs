//! `xxz schema`: the formats, derived from the very types that read and write them.

use std::process::ExitCode;

use clap::ArgMatches;
use schemars::schema_for;
use xiaxiangzhi_core::calendar::YearInfo;
use xiaxiangzhi_core::schema;

use crate::context::Context;
use crate::error::CliError;

pub(super) fn run(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let document = match super::required(matches, "DOCUMENT") {
        "records" => schema::records(),
        "scheme" => schema::scheme(),
        "assessment" => schema::assessment(),
        "rollup" => schema::rollup(),
        _ => schema_for!(YearInfo).to_value(),
    };
    context.print_json(&document)?;
    Ok(ExitCode::SUCCESS)
}
