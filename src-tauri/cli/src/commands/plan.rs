//! `xxz plan`

use std::path::Path;
use std::process::ExitCode;

use clap::ArgMatches;
use xiaxiangzhi_core::assess::{Plan, PlanState, plan};
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::ics::calendar_file;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::scheme::Scheme;

use crate::context::Context;
use crate::error::CliError;
use crate::{clock, files, input};

pub(super) fn run(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let records = input::content(context, super::required(matches, "FILE"))?.records;
    let chosen = super::text(matches, "scheme")
        .map(|word| super::scheme(context, word))
        .transpose()?;
    let scheme = match &chosen {
        Some(scheme) => scheme,
        None => Scheme::of(&records).map_err(|error| CliError::bad_scheme(context, &error))?,
    };
    let as_of = super::as_of(context, matches, &records)?;
    let made = plan(scheme, &records, Calendar::built_in(), as_of, &[])
        .map_err(|error| CliError::calendar(context, &error))?;
    if let Some(output) = super::text(matches, "output") {
        let text = calendar_file(&made, &records, scheme, context.language, clock::now());
        files::replace(context, Path::new(output), text.as_bytes())?;
    }
    context.answer(&made, || lines(context.language, scheme, &made))?;
    Ok(ExitCode::SUCCESS)
}

fn lines(language: Language, scheme: &Scheme, made: &Plan) -> String {
    let mut out = String::new();
    for duty in &made.duties {
        let known = scheme.duties.iter().find(|known| known.id == duty.requirement);
        let title = known.map_or(duty.requirement.as_str(), |known| known.title.get(language));
        let dates: Vec<String> = duty
            .dates
            .iter()
            .map(|planned| match planned.times {
                1 => planned.date.to_string(),
                times => format!("{} × {times}", planned.date),
            })
            .collect();
        let what = match duty.state {
            PlanState::NothingNeeded => language.pick("不差", "nothing needed").to_owned(),
            PlanState::Impossible => language.pick("已无法达标", "cannot be met any more").to_owned(),
            PlanState::Planned => dates.join(language.pick("、", ", ")),
        };
        out.push_str(title);
        out.push_str(language.pick("：", ": "));
        out.push_str(&what);
        out.push('\n');
    }
    out
}
