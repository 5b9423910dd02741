//! `xxz unpack`

use std::path::Path;
use std::process::ExitCode;

use clap::ArgMatches;
use serde_json::{Value, json};
use xiaxiangzhi_core::reviewfile::unpack;

use crate::context::Context;
use crate::error::CliError;
use crate::{files, input};

pub(super) fn run(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let path = super::required(matches, "FILE");
    let bytes = input::bytes(context, path)?;
    let unpacked = unpack(&bytes).map_err(|verdict| input::not_genuine(context, path, &verdict))?;
    let document = serde_json::to_vec_pretty(&unpacked.document)
        .map_err(|error| CliError::internal(&error.to_string()))?;
    let mut parts = vec![("records.json".to_owned(), document)];
    parts.extend(unpacked.files);

    let folder = Path::new(super::required(matches, "to"));
    if let Some(there) = parts
        .iter()
        .map(|(name, _)| folder.join(name))
        .find(|part| part.exists())
    {
        let there = there.display().to_string();
        let message = format!(
            "{there}{}",
            context.pick(
                " 已经存在；请选一个空文件夹",
                " exists already; choose an empty folder"
            )
        );
        return Err(CliError::new("already_there", message, json!({"path": there})));
    }
    let mut written: Vec<Value> = Vec::new();
    for (name, bytes) in &parts {
        let part = folder.join(name);
        files::folder(context, part.parent().unwrap_or(folder))?;
        files::replace(context, &part, bytes)?;
        written.push(json!({"path": part.display().to_string(), "bytes": bytes.len()}));
    }
    context.answer(&json!({"files": written}), || {
        let names: Vec<String> = parts.iter().map(|(name, _)| format!("  {name}\n")).collect();
        format!(
            "{}{}\n{}",
            context.pick("已写入 ", "written to "),
            folder.display(),
            names.concat()
        )
    })?;
    Ok(ExitCode::SUCCESS)
}
