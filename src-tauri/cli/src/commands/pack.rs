//! `xxz pack`: records become a review file of their own, which says that it has no history.

use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use clap::ArgMatches;
use serde_json::json;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::log::{Blob, fingerprint, from_hex, public_key, to_hex};
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::reviewfile::{Basis, Pack, ReviewFileError, pack, verify};

use crate::context::Context;
use crate::error::CliError;
use crate::random::Random;
use crate::{clock, files, input, warning};

pub(super) fn run(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let path = super::required(matches, "FILE");
    let content = input::content(context, path)?;
    if content.file.is_some() {
        let message = format!(
            "{path}{}",
            context.pick(" 已经是审核文件", " is a review file already")
        );
        return Err(CliError::new("already_packed", message, json!({"path": path})));
    }
    let records = content.records;
    let as_of = super::as_of(context, matches, &records)?;
    let attached = matches.get_many::<String>("attach").into_iter().flatten();
    let attachments = attached
        .map(|path| attachment(context, &records, path))
        .collect::<Result<Vec<_>, _>>()?;
    let mut random = Random::new();
    let (seed, new_key) = match super::text(matches, "key") {
        Some(path) => key(context, path, &mut random)?,
        None => (random.bytes(), None),
    };

    let basis = Basis::of(&records).map_err(|error| CliError::bad_scheme(context, &error))?;
    let (mut ids, mut salts) = (Random::new(), Random::new());
    let with = Pack {
        seed: &seed,
        basis: &basis,
        as_of,
        at: clock::now(),
        attachments: &attachments,
    };
    let bytes = pack(&json!(records), &with, &mut || ids.id(), &mut || salts.bytes())
        .map_err(|error| failed(context, &error))?;
    for drawn in [random, ids, salts] {
        drawn.check()?;
    }
    // What leaves the house is read back as the reviewer will read it.
    let verification = verify(&bytes, None);
    let Some(file) = verification.file.filter(|_| verification.verdict.is_genuine()) else {
        return Err(CliError::internal(
            &verification.verdict.describe(context.language),
        ));
    };

    if let Some(path) = new_key {
        files::replace_private(
            context,
            Path::new(path),
            format!("{}\n", to_hex(&seed)).as_bytes(),
        )?;
    }
    let output = super::required(matches, "output");
    files::replace(context, Path::new(output), &bytes)?;
    let (head, mark) = (file.head(), fingerprint(&public_key(&seed)));
    let answer = json!({
        "path": output,
        "bytes": bytes.len(),
        "log": file.manifest.log,
        "origin": file.manifest.origin,
        "events": head.n,
        "head": to_hex(&head.hash),
        "head_code": head.code(),
        "fingerprint": mark,
        "as_of": as_of,
        "key_made": new_key,
    });
    context.answer(&answer, || match context.language {
        Language::Chinese => format!("已写入 {output}\n  封存码：{}\n  密钥指纹：{mark}\n", head.code()),
        Language::English => format!(
            "written: {output}\n  Head code: {}\n  Key fingerprint: {mark}\n",
            head.code()
        ),
    })?;
    warning::of_patients(context, path, &records);
    Ok(ExitCode::SUCCESS)
}

/// A file that goes along. The records must name its hash, or nobody could tell what it belongs to.
fn attachment(context: Context, records: &Records, path: &str) -> Result<(String, Blob), CliError> {
    let bytes: Arc<[u8]> = input::bytes(context, path)?.into();
    let blob = Blob {
        media_type: "application/octet-stream".into(),
        bytes,
    };
    let hash = to_hex(&blob.digest());
    let named = records
        .activities
        .iter()
        .flat_map(|activity| &activity.attachments)
        .find(|named| named.sha256 == hash);
    let Some(named) = named else {
        let message = match context.language {
            Language::Chinese => format!("没有哪条活动的 attachments 写着 {path} 的 sha256：{hash}"),
            Language::English => format!("no activity names {path} in its attachments; its sha256 is {hash}"),
        };
        return Err(CliError::new(
            "attachment_not_named",
            message,
            json!({"path": path, "sha256": hash}),
        ));
    };
    let own_name = Path::new(path)
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    Ok((named.name.clone().or(own_name).unwrap_or_default(), blob))
}

/// The key in a file: 64 hexadecimal digits or 32 bytes. A file that is not there is to be made.
fn key<'a>(
    context: Context,
    path: &'a str,
    random: &mut Random,
) -> Result<([u8; 32], Option<&'a str>), CliError> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((random.bytes(), Some(path))),
        Err(error) => return Err(CliError::read_failed(context, path, &error)),
    };
    let digits = std::str::from_utf8(&bytes)
        .ok()
        .map(|text| text.trim().to_ascii_lowercase());
    let seed = digits
        .as_deref()
        .and_then(from_hex)
        .or_else(|| bytes.try_into().ok());
    // The value itself is a secret: it is not repeated.
    seed.map(|seed| (seed, None)).ok_or_else(|| {
        let message = format!(
            "{path}{}",
            context.pick(
                " 不是密钥文件：应为 64 个十六进制数字",
                " is no key file: 64 hexadecimal digits are expected"
            )
        );
        CliError::new("bad_key_file", message, json!({"path": path}))
    })
}

fn failed(context: Context, error: &ReviewFileError) -> CliError {
    CliError::new(
        error.code(),
        format!(
            "{}{error}",
            context.pick("打不成审核文件：", "cannot be packed: ")
        ),
        json!({}),
    )
}
