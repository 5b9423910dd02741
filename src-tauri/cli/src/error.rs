//! What goes wrong, as `{"error": {"code", "message", "details"}}` or as sentences for a person.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::Path;

use serde_json::{Value, json};
use xiaxiangzhi_core::calendar::CalendarError;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::BadRecords;
use xiaxiangzhi_core::scheme::SchemeError;

use crate::context::Context;

/// Why a command was not done. Nothing was changed.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(crate) struct CliError {
    /// A stable word for programs.
    code: String,
    /// A sentence in the language of the run.
    message: String,
    /// Facts for programs: the faults of the records, the path, the value and what is allowed.
    details: Value,
}

impl CliError {
    /// An error with its facts.
    pub(crate) fn new(code: &str, message: impl Into<String>, details: Value) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
            details,
        }
    }

    /// A fault of this program.
    pub(crate) fn internal(why: &str) -> Self {
        Self::new("internal", why, json!({}))
    }

    /// An argument that is understood and refused.
    pub(crate) fn bad_argument(context: Context, name: &str, value: impl Display, allowed: &str) -> Self {
        let value = value.to_string();
        let message = match context.language {
            Language::Chinese => format!("{name} 不能是「{value}」，应为：{allowed}"),
            Language::English => format!("{name} cannot be \"{value}\"; allowed: {allowed}"),
        };
        Self::new(
            "bad_argument",
            message,
            json!({"argument": name, "value": value, "allowed": allowed}),
        )
    }

    /// A file or standard input that cannot be read.
    pub(crate) fn read_failed(context: Context, path: &str, error: &io::Error) -> Self {
        let message = match context.language {
            Language::Chinese => format!("读不了 {path}：{}", reason(context, error)),
            Language::English => format!("cannot read {path}: {}", reason(context, error)),
        };
        Self::new(
            "read_failed",
            message,
            json!({"path": path, "reason": error.to_string()}),
        )
    }

    /// A file or standard output that cannot be written.
    pub(crate) fn write_failed(context: Context, path: impl AsRef<Path>, error: &io::Error) -> Self {
        let path = path.as_ref().display().to_string();
        let message = match context.language {
            Language::Chinese => format!("写不了 {path}：{}", reason(context, error)),
            Language::English => format!("cannot write {path}: {}", reason(context, error)),
        };
        Self::new(
            "write_failed",
            message,
            json!({"path": path, "reason": error.to_string()}),
        )
    }

    /// Records with faults, all of them.
    pub(crate) fn bad_records(context: Context, path: &str, bad: &BadRecords) -> Self {
        let message = format!(
            "{path}{}{}",
            context.pick("：", ": "),
            bad.describe(context.language)
        );
        Self::new(bad.code(), message, json!({"path": path, "faults": bad.faults}))
    }

    /// A scheme that cannot be used.
    pub(crate) fn bad_scheme(context: Context, error: &SchemeError) -> Self {
        let message = format!(
            "{}{error}",
            context.pick("考核方案不能用：", "the scheme cannot be used: ")
        );
        Self::new(error.code(), message, json!({}))
    }

    /// A date or year that the calendar does not know.
    pub(crate) fn calendar(context: Context, error: &CalendarError) -> Self {
        let message = match (context.language, error) {
            (Language::Chinese, CalendarError::OutOfRange { value }) => {
                format!("{value} 不在日历内：可用 2004-01-01 至 2100-12-31")
            }
            _ => error.to_string(),
        };
        Self::new(error.code(), message, json!({}))
    }

    /// Writes the error to standard error.
    pub(crate) fn show(&self, context: Context) {
        let text = if context.json_errors {
            json!({"error": {"code": self.code, "message": self.message, "details": self.details}})
                .to_string()
        } else {
            format!("{}{}", context.pick("错误：", "error: "), self.message)
        };
        // Nobody is left to tell if standard error is gone.
        let _ = writeln!(io::stderr().lock(), "{text}");
    }
}

/// Why the operating system refused, in plain words where they exist.
fn reason(context: Context, error: &io::Error) -> String {
    let (chinese, english) = match error.kind() {
        io::ErrorKind::NotFound => ("没有这个文件或文件夹", "there is no such file or folder"),
        io::ErrorKind::PermissionDenied => ("没有权限", "permission denied"),
        io::ErrorKind::IsADirectory => ("这是文件夹", "it is a folder"),
        io::ErrorKind::NotADirectory => ("路径中有一段不是文件夹", "a part of the path is not a folder"),
        io::ErrorKind::StorageFull => ("磁盘已满", "the disk is full"),
        io::ErrorKind::ReadOnlyFilesystem => ("所在位置只读", "the place is read-only"),
        io::ErrorKind::AlreadyExists => ("已经存在", "it exists already"),
        _ => return error.to_string(),
    };
    context.pick(chinese, english).to_owned()
}
