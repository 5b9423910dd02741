//! `xxz sample`

use std::path::Path;
use std::process::ExitCode;

use clap::ArgMatches;
use serde_json::json;
use xiaxiangzhi_core::sample::{SampleError, sample};

use crate::context::Context;
use crate::error::CliError;
use crate::files;

pub(super) fn run(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let word = super::text(matches, "seed").unwrap_or("1");
    let allowed = context.pick(
        "0 至 18446744073709551615 的整数",
        "a whole number from 0 to 18446744073709551615",
    );
    let seed: u64 = word
        .parse()
        .map_err(|_| CliError::bad_argument(context, "--seed", word, allowed))?;
    let scheme = super::scheme(context, super::text(matches, "scheme").unwrap_or("rotation_3m"))?;
    let records = sample(seed, &scheme).map_err(|error| match error {
        SampleError::Calendar(error) => CliError::calendar(context, &error),
        SampleError::Records(bad) => CliError::bad_records(context, "sample", &bad),
    })?;
    let output = super::required(matches, "output");
    if output == "-" {
        context.print_json(&records)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut text =
        serde_json::to_string_pretty(&records).map_err(|error| CliError::internal(&error.to_string()))?;
    text.push('\n');
    files::replace(context, Path::new(output), text.as_bytes())?;
    context.answer(
        &json!({"path": output, "posting_id": records.posting.id, "seed": seed}),
        || format!("{}{output}\n", context.pick("已写入 ", "written: ")),
    )?;
    Ok(ExitCode::SUCCESS)
}
