//! Why a scheme cannot be used: the place, the value, what is allowed.

use crate::language::{Label, Language};
use serde_json::Value;
use serde_path_to_error::{Path, Segment};
use thiserror::Error;

/// The most characters of a value that are repeated in a refusal.
const LONGEST_VALUE: usize = 60;

/// A scheme that cannot be used. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SchemeError {
    /// No JSON at all.
    #[error("{0}")]
    Unreadable(String),
    /// A field is missing, unknown, or of another type.
    #[error("{place}: {why}")]
    Misfit {
        /// JSON pointer.
        place: String,
        /// What stands there; blank where nothing does.
        value: String,
        /// What is wrong and what is allowed, in English.
        why: String,
    },
    /// Another format.
    #[error("/format: \"{0}\" is not a scheme; expected \"xiaxiangzhi.scheme\"")]
    Format(String),
    /// A value out of its range.
    #[error("{place}: {value} is not allowed; allowed: {}", allowed.en)]
    Value {
        /// JSON pointer.
        place: String,
        /// What stands there.
        value: String,
        /// What may stand there.
        allowed: Label,
    },
    /// The records name a scheme that is neither built in nor sent along.
    #[error(
        "/posting/scheme: \"{id}\" is no built-in scheme and none came with the records; built in: {built_in}"
    )]
    Unknown {
        /// The id.
        id: String,
        /// The built-in ids.
        built_in: String,
    },
}

impl SchemeError {
    /// A stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "unknown_scheme",
            _ => "invalid_scheme",
        }
    }

    /// Where it is wrong, as a JSON pointer; blank where the document cannot be read at all.
    pub fn place(&self) -> &str {
        match self {
            Self::Misfit { place, .. } | Self::Value { place, .. } => place,
            Self::Format(_) => "/format",
            Self::Unknown { .. } => "/posting/scheme",
            Self::Unreadable(_) => "",
        }
    }

    /// What stands there, and what may, in one sentence without the place.
    pub fn describe(&self, language: Language) -> String {
        let allowed_zh = |value: &str, allowed: &str| match value {
            "" => format!("缺这一项；应为：{allowed}"),
            _ => format!("“{value}”不行；应为：{allowed}"),
        };
        match (self, language) {
            (Self::Value { value, allowed, .. }, Language::Chinese) => allowed_zh(value, &allowed.zh),
            (Self::Value { value, allowed, .. }, Language::English) => {
                format!("“{value}” is not allowed; allowed: {}", allowed.en)
            }
            (Self::Misfit { value, why, .. }, Language::Chinese) => {
                if why.starts_with("unknown field") {
                    return "没有叫这个名字的项".to_owned();
                }
                allowed_zh(value, &expected_zh(why))
            }
            (Self::Misfit { value, why, .. }, Language::English) => match value.as_str() {
                "" => why.clone(),
                _ => format!("“{value}”: {why}"),
            },
            (Self::Format(format), Language::Chinese) => {
                format!("“{format}”不是考核方案；应为：xiaxiangzhi.scheme")
            }
            (Self::Format(format), Language::English) => {
                format!("“{format}” is not a scheme; allowed: xiaxiangzhi.scheme")
            }
            (Self::Unreadable(why), Language::Chinese) => format!("不是 JSON 文件：{why}"),
            (Self::Unreadable(why), Language::English) => format!("not a JSON file: {why}"),
            (Self::Unknown { .. }, _) => self.to_string(),
        }
    }
}

/// What the reader of JSON expected, in Chinese.
fn expected_zh(why: &str) -> String {
    if why.starts_with("missing field") {
        return "要有这一项".to_owned();
    }
    let expected = why.split_once("expected ").map_or(why, |(_, expected)| expected);
    let expected = expected
        .split_once(" at line ")
        .map_or(expected, |(said, _)| said);
    match expected {
        "u32" | "usize" => "0 以上的整数".to_owned(),
        "a boolean" => "true 或 false".to_owned(),
        "a string" => "文字".to_owned(),
        "a sequence" => "一列（[ ]）".to_owned(),
        "a map" => "一组（{ }）".to_owned(),
        said if said.starts_with("struct ") => "一组（{ }）".to_owned(),
        said => said
            .trim_start_matches("one of ")
            .replace('`', "")
            .replace(", ", "、")
            .replace(" or ", " 或 "),
    }
}

/// What the reader of JSON says, with the place it was at.
pub(super) fn misfit(error: &serde_path_to_error::Error<serde_json::Error>, document: &Value) -> SchemeError {
    let why = error.inner().to_string();
    if error.inner().is_syntax() || error.inner().is_eof() {
        return SchemeError::Unreadable(why);
    }
    let mut place = pointer(error.path());
    if let Some(field) = why
        .strip_prefix("missing field `")
        .and_then(|rest| rest.split_once('`'))
    {
        place = format!("{place}/{}", field.0);
    }
    let value = document.pointer(&place).map(short).unwrap_or_default();
    if place.is_empty() {
        return SchemeError::Unreadable(why);
    }
    SchemeError::Misfit { place, value, why }
}

fn pointer(path: &Path) -> String {
    let parts = path.iter().map(|segment| match segment {
        Segment::Seq { index } => format!("/{index}"),
        Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
        Segment::Enum { variant } => format!("/{variant}"),
        Segment::Unknown => String::new(),
    });
    parts.collect()
}

/// A value as a refusal repeats it.
fn short(value: &Value) -> String {
    shortened(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

/// No more of a value than a person would read.
pub(super) fn shortened(text: String) -> String {
    if text.chars().count() <= LONGEST_VALUE {
        return text;
    }
    let start: String = text.chars().take(LONGEST_VALUE).collect();
    format!("{start}…")
}
