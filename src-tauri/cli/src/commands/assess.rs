//! `xxz assess`

use std::process::ExitCode;

use clap::ArgMatches;
use xiaxiangzhi_core::assess::assess;
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::scheme::Scheme;

use crate::context::Context;
use crate::error::CliError;
use crate::{input, report, warning};

pub(super) fn run(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let path = super::required(matches, "FILE");
    let records = input::content(context, path)?.records;
    let chosen = super::text(matches, "scheme")
        .map(|word| super::scheme(context, word))
        .transpose()?;
    let scheme = match &chosen {
        Some(scheme) => scheme,
        None => Scheme::of(&records).map_err(|error| CliError::bad_scheme(context, &error))?,
    };
    let as_of = super::as_of(context, matches, &records)?;
    let assessment = assess(scheme, &records, Calendar::built_in(), as_of)
        .map_err(|error| CliError::calendar(context, &error))?;
    context.answer(&assessment, || {
        report::text(context.language, &records, scheme, &assessment)
    })?;
    warning::of_patients(context, path, &records);
    Ok(ExitCode::SUCCESS)
}
