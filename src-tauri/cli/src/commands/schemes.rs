//! `xxz schemes`

use std::process::ExitCode;

use clap::ArgMatches;
use serde_json::{Value, json};
use xiaxiangzhi_core::scheme::{Scheme, built_in, built_in_ids};

use crate::context::Context;
use crate::error::CliError;
use crate::report;

pub(super) fn run(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    if let Some(id) = super::text(matches, "ID") {
        let scheme = built_in(id).ok_or_else(|| super::unknown_scheme(context, id))?;
        context.answer(scheme, || report::scheme(context.language, scheme))?;
        return Ok(ExitCode::SUCCESS);
    }
    let schemes: Vec<&Scheme> = built_in_ids().into_iter().filter_map(built_in).collect();
    let entry = |scheme: &&Scheme| -> Value {
        json!({
            "id": scheme.id,
            "version": scheme.version,
            "title": scheme.title,
            "summary": scheme.summary,
            "source": {"document": scheme.source.document, "section": scheme.source.section},
        })
    };
    let list: Vec<Value> = schemes.iter().map(entry).collect();
    context.answer(&json!({"schemes": list}), || {
        let line = |scheme: &&Scheme| {
            let (title, summary) = (
                scheme.title.get(context.language),
                scheme.summary.get(context.language),
            );
            format!("{}  {title}\n    {summary}\n", scheme.id)
        };
        schemes.iter().map(line).collect()
    })?;
    Ok(ExitCode::SUCCESS)
}
