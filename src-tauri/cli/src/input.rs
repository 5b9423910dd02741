//! FILE: a records JSON, a review file or standard input. Content decides, not the name.

use std::fs::File;
use std::io::{self, Read};

use serde_json::json;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::reviewfile::{ReviewFile, Verdict, verify};

use crate::context::Context;
use crate::error::CliError;

/// No input is larger: a little above the limit of a review file, so that one over it is judged as such.
const LARGEST: u64 = 101 * 1024 * 1024;

/// What a file turned out to be: records that hold all their promises, and the review file they came in.
pub(crate) struct Content {
    /// The records.
    pub(crate) records: Records,
    /// The genuine review file, if it was one.
    pub(crate) file: Option<Box<ReviewFile>>,
}

/// Reads FILE whole and finds out what it is.
///
/// # Errors
/// Every fault of the content together, with its place.
pub(crate) fn content(context: Context, path: &str) -> Result<Content, CliError> {
    let bytes = bytes(context, path)?;
    if bytes.starts_with(b"PK") {
        return review_file(context, path, &bytes);
    }
    let text = std::str::from_utf8(&bytes);
    let after_mark = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    match (after_mark.iter().find(|byte| !byte.is_ascii_whitespace()), text) {
        (None, _) => Err(refuse(context, "empty_file", path, "是空的", "is empty")),
        (Some(b'{'), Ok(text)) => match Records::from_json(text) {
            Ok(records) => Ok(Content { records, file: None }),
            Err(bad) => Err(CliError::bad_records(context, path, &bad)),
        },
        (Some(b'{'), Err(_)) => Err(refuse(
            context,
            "not_json",
            path,
            "不是 UTF-8 编码的 JSON",
            "is not JSON in UTF-8",
        )),
        _ => Err(refuse(
            context,
            "unknown_format",
            path,
            "既不是记录 JSON，也不是审核文件 .xxz",
            "is neither a records JSON nor a review file .xxz",
        )),
    }
}

fn review_file(context: Context, path: &str, bytes: &[u8]) -> Result<Content, CliError> {
    let verification = verify(bytes, None);
    let Some(file) = verification.file.filter(|_| verification.verdict.is_genuine()) else {
        return Err(not_genuine(context, path, &verification.verdict));
    };
    let records =
        Records::from_value(file.document()).map_err(|bad| CliError::bad_records(context, path, &bad))?;
    Ok(Content {
        records,
        file: Some(Box::new(file)),
    })
}

/// A review file that nothing may be done with.
pub(crate) fn not_genuine(context: Context, path: &str, verdict: &Verdict) -> CliError {
    let message = format!(
        "{path}{}{}",
        context.pick("：", ": "),
        verdict.describe(context.language)
    );
    CliError::new(
        verdict.code(),
        message,
        json!({"path": path, "place": verdict.place()}),
    )
}

/// Reads FILE whole, at most [`LARGEST`] bytes.
///
/// # Errors
/// The path and the reason.
pub(crate) fn bytes(context: Context, path: &str) -> Result<Vec<u8>, CliError> {
    let failed = |error: io::Error| CliError::read_failed(context, path, &error);
    let mut bytes = Vec::new();
    if path == "-" {
        io::stdin()
            .lock()
            .take(LARGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(failed)?;
    } else {
        let file = File::open(path).map_err(failed)?;
        if file.metadata().is_ok_and(|about| about.is_dir()) {
            return Err(failed(io::ErrorKind::IsADirectory.into()));
        }
        file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    }
    if bytes.len() as u64 > LARGEST {
        return Err(refuse(
            context,
            "too_big",
            path,
            "超过 100 MB",
            "is larger than 100 MB",
        ));
    }
    Ok(bytes)
}

fn refuse(context: Context, code: &str, path: &str, chinese: &str, english: &str) -> CliError {
    let space = context.pick("", " ");
    CliError::new(
        code,
        format!("{path}{space}{}", context.pick(chinese, english)),
        json!({"path": path}),
    )
}
