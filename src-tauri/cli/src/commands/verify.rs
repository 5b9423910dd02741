//! `xxz verify`

use std::process::ExitCode;

use clap::ArgMatches;
use serde_json::{Value, json};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::log::{Origin, TypedCode, fingerprint, typed_code};
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::reviewfile::{ReviewFile, verify};

use crate::context::Context;
use crate::error::CliError;
use crate::input;

pub(super) fn run(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let path = super::required(matches, "FILE");
    let bytes = input::bytes(context, path)?;
    let earlier = super::text(matches, "against")
        .map(|earlier| input::bytes(context, earlier))
        .transpose()?;
    let verification = verify(&bytes, earlier.as_deref());
    let verdict = &verification.verdict;
    let about = verification.file.as_ref().map(facts);
    let code = super::text(matches, "code")
        .map(|typed| code(context, typed, verification.file.as_ref()))
        .transpose()?;
    let code_of_it = code
        .as_ref()
        .is_none_or(|code| matches!(code, TypedCode::Head | TypedCode::Event { .. }));
    let mut answer = json!({
        "genuine": verdict.is_genuine(),
        "verdict": verdict.code(),
        "message": verdict.describe(context.language),
        "place": verdict.place(),
        "file": about,
    });
    if let Some(code) = &code {
        answer["code"] = told(code);
    }
    context.answer(&answer, || {
        let mut text = format!("{path}\n  {}\n", verdict.describe(context.language));
        if let Some(file) = &verification.file {
            text.push_str(&lines(context, file));
        }
        if let Some(code) = &code {
            let said = context.pick("纸上的封存码", "The code on paper");
            let colon = context.pick("：", ": ");
            text = format!("{text}  {said}{colon}{}\n", sentence(context, code));
        }
        text
    })?;
    Ok(if verdict.is_genuine() && code_of_it {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

/// Looks up a typed code among the states of a file's log; a file that is not consistent has none to be believed.
fn code(context: Context, typed: &str, file: Option<&ReviewFile>) -> Result<TypedCode, CliError> {
    let hashes = file.map_or(&[][..], |file| &file.whole.hashes);
    match typed_code(typed, hashes) {
        TypedCode::Length { .. } | TypedCode::Unreadable { .. } => Err(CliError::bad_argument(
            context,
            "--code",
            typed,
            context.pick(
                "28 个字母或数字，每四个一组，如 7KQ2 M4XD …",
                "28 letters or digits, in groups of four, such as 7KQ2 M4XD …",
            ),
        )),
        code => Ok(code),
    }
}

fn told(code: &TypedCode) -> Value {
    match code {
        TypedCode::Head => json!({"is": "head"}),
        TypedCode::Event { n } => json!({"is": "event", "n": n}),
        TypedCode::Nearly { n, group } => json!({"is": "nearly", "n": n, "group": group}),
        _ => json!({"is": "foreign"}),
    }
}

fn sentence(context: Context, code: &TypedCode) -> String {
    let chinese = context.language == Language::Chinese;
    match code {
        TypedCode::Head => context
            .pick("就是这份文件的", "it is this very file's")
            .to_owned(),
        TypedCode::Event { n } if chinese => format!("是这份记录到第 {n} 条时的"),
        TypedCode::Event { n } => format!("it is of this log as it was at event {n}"),
        TypedCode::Nearly { n, group } if chinese => {
            format!("对不上，但很像第 {n} 条时的：请再看第 {group} 组")
        }
        TypedCode::Nearly { n, group } => {
            format!("it is not of this log, but nearly that of event {n}: look at group {group} again")
        }
        _ => context
            .pick("不属于这份记录", "it does not belong to this log")
            .to_owned(),
    }
}

/// What a consistent file says of itself; only a genuine one is to be believed.
fn facts(file: &ReviewFile) -> Value {
    let (manifest, head) = (&file.manifest, file.head());
    json!({
        "log": manifest.log,
        "origin": manifest.origin,
        "events": head.n,
        "head": manifest.head.hash,
        "head_code": head.code(),
        "key": manifest.key,
        "fingerprint": fingerprint(file.whole.log.public_key()),
        "export": manifest.export,
        "as_of": manifest.as_of,
        "at": manifest.at,
        "scheme": {"id": manifest.scheme.id, "version": manifest.scheme.version},
        "engine": manifest.engine,
    })
}

fn lines(context: Context, file: &ReviewFile) -> String {
    let manifest = &file.manifest;
    let colon = context.pick("：", ": ");
    let mut lines: Vec<String> = Vec::new();
    let mut line = |chinese: &str, english: &str, value: String| {
        lines.push(format!("  {}{colon}{value}\n", context.pick(chinese, english)));
    };
    if let Ok(records) = Records::from_value(file.document()) {
        let name = records.posting.physician.name.unwrap_or_else(|| "—".into());
        line(
            "医师",
            "Physician",
            format!("{name}  {} — {}", records.posting.start, records.posting.end),
        );
    }
    line("记录条数", "Events", file.head().n.to_string());
    line("封存码", "Head code", file.head().code());
    line(
        "密钥指纹",
        "Key fingerprint",
        fingerprint(file.whole.log.public_key()),
    );
    if manifest.origin == Origin::App {
        line("导出次数", "Export number", manifest.export.to_string());
    }
    line("截至", "As of", manifest.as_of.clone());
    line("导出时间", "Exported at", manifest.at.clone());
    lines.concat()
}
