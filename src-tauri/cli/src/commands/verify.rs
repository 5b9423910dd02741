//! `xxz verify`

use std::process::ExitCode;

use clap::ArgMatches;
use serde_json::{Value, json};
use xiaxiangzhi_core::log::{Origin, fingerprint};
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
    let answer = json!({
        "genuine": verdict.is_genuine(),
        "verdict": verdict.code(),
        "message": verdict.describe(context.language),
        "place": verdict.place(),
        "file": about,
    });
    context.answer(&answer, || {
        let mut text = format!("{path}\n  {}\n", verdict.describe(context.language));
        if let Some(file) = &verification.file {
            text.push_str(&lines(context, file));
        }
        text
    })?;
    Ok(if verdict.is_genuine() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
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
