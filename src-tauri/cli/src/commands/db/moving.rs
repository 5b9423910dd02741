//! `xxz db move`: everything into one file for another computer.

use std::path::Path;
use std::process::ExitCode;

use clap::ArgMatches;
use serde_json::json;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_store::Computer;

use super::{data, open, refused};
use crate::clock;
use crate::commands::required;
use crate::context::Context;
use crate::error::CliError;

pub(super) fn run(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let store = open(context, &data(context, matches)?, false)?;
    let no_place = || {
        let message = context.pick(
            "本机的设置文件夹不能写，没有搬走",
            "this computer's settings folder cannot be written; nothing was moved",
        );
        CliError::new("no_config_folder", message, json!({}))
    };
    let computer = Computer::this().ok_or_else(no_place)?;
    if matches.get_flag("take-back") {
        store
            .take_back(&computer)
            .map_err(|error| refused(context, &error))?;
        context.answer(&json!({"did": "taken_back"}), || {
            format!(
                "{}\n",
                context.pick(
                    "已收回，可以在这里接着写；另一台上写过的不会自动并过来",
                    "taken back; work can go on here. What was written on the other computer does not come by itself"
                )
            )
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    let file = required(matches, "output");
    let moved = store
        .move_to(Path::new(file), &computer, clock::now())
        .map_err(|error| refused(context, &error))?;
    let contents = &moved.contents;
    context.answer(&json!({"did": "moved", "path": file, "contents": contents}), || {
        let (postings, events) = (contents.postings.len(), contents.events);
        match context.language {
            Language::Chinese => format!(
                "已写入并核对 {file}：{postings} 次派驻，{events} 条。这里的副本从现在起只能看；在另一台上用 xxz db restore --from 接收\n"
            ),
            Language::English => format!(
                "written and checked: {file}: {postings} postings, {events} events. The copy here can only be read from now on; take it in on the other computer with xxz db restore --from\n"
            ),
        }
    })?;
    Ok(ExitCode::SUCCESS)
}
