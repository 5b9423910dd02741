//! What clap says about the arguments, in the language of the run.

use std::process::ExitCode;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use serde_json::json;
use xiaxiangzhi_core::language::Language;

use crate::context::Context;
use crate::error::CliError;

/// Help and version are answers; everything else is bad use.
pub(crate) fn answer(context: Context, error: &Error) -> Result<ExitCode, CliError> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            context.print(&error.render().to_string())?;
            Ok(ExitCode::SUCCESS)
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            let message = context.pick(
                "缺少命令；用 xxz --help 查看",
                "a command is missing; see xxz --help",
            );
            Err(CliError::new("bad_usage", message, json!({})))
        }
        _ => Err(refusal(context, error)),
    }
}

fn refusal(context: Context, error: &Error) -> CliError {
    let zh = context.language == Language::Chinese;
    let argument = text(error, ContextKind::InvalidArg);
    let value = text(error, ContextKind::InvalidValue);
    let allowed = text(error, ContextKind::ValidValue);
    let command = text(error, ContextKind::InvalidSubcommand);
    let suggestion =
        text(error, ContextKind::SuggestedArg).or_else(|| text(error, ContextKind::SuggestedSubcommand));
    let of = |text: &Option<String>| text.clone().unwrap_or_default();
    let message = match error.kind() {
        ErrorKind::UnknownArgument if zh => format!("不认识参数 {}", of(&argument)),
        ErrorKind::UnknownArgument => format!("unknown argument {}", of(&argument)),
        ErrorKind::InvalidSubcommand if zh => format!("没有命令 {}", of(&command)),
        ErrorKind::InvalidSubcommand => format!("there is no command {}", of(&command)),
        ErrorKind::MissingRequiredArgument if zh => format!("缺少参数 {}", of(&argument)),
        ErrorKind::MissingRequiredArgument => format!("missing argument {}", of(&argument)),
        ErrorKind::ArgumentConflict if zh => format!("参数 {} 重复或冲突", of(&argument)),
        ErrorKind::ArgumentConflict => format!("argument {} is repeated or conflicts", of(&argument)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation
            if value.as_deref().unwrap_or_default().is_empty() =>
        {
            if zh {
                format!("{} 缺少值", of(&argument))
            } else {
                format!("{} needs a value", of(&argument))
            }
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let (argument, value) = (of(&argument), of(&value));
            match (&allowed, zh) {
                (Some(allowed), true) => format!("{argument} 不能是「{value}」，可用：{allowed}"),
                (Some(allowed), false) => format!("{argument} cannot be \"{value}\"; allowed: {allowed}"),
                (None, true) => format!("{argument} 不能是「{value}」"),
                (None, false) => format!("{argument} cannot be \"{value}\""),
            }
        }
        // The rest is rare; clap's own first line says what is wrong.
        _ => error
            .render()
            .to_string()
            .lines()
            .next()
            .unwrap_or_default()
            .trim_start_matches("error: ")
            .to_owned(),
    };
    let hint = match (&suggestion, zh) {
        (Some(word), true) => format!("；是不是 {word}？"),
        (Some(word), false) => format!("; did you mean {word}?"),
        (None, _) => String::new(),
    };
    let help = context.pick("；用 --help 查看用法", "; see --help");
    let message = if hint.is_empty() {
        format!("{message}{help}")
    } else {
        format!("{message}{hint}")
    };
    CliError::new(
        "bad_usage",
        message,
        json!({"argument": argument.or(command), "value": value, "allowed": allowed}),
    )
}

fn text(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        _ => None,
    }
}
