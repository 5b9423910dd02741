//! What can be wrong with records that come from outside, each fault with its place and what is allowed.

use crate::language::Language;
use serde::Serialize;
use std::fmt;

/// One fault: where, what stands there, and what may stand there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// JSON pointer to the value.
    pub pointer: String,
    /// The value, shortened; null where it is missing.
    pub value: Option<String>,
    /// What is wrong with it.
    #[serde(flatten)]
    pub problem: Problem,
}

/// What is wrong with one value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Problem {
    /// Not JSON at all.
    NotJson {
        /// What the JSON reader says.
        detail: String,
    },
    /// Another file's format.
    UnknownFormat {
        /// The name of ours.
        allowed: &'static str,
    },
    /// Made by a newer version of the program.
    NewerVersion {
        /// The newest that is understood.
        newest: u32,
    },
    /// A required field is missing or null.
    Missing,
    /// A field nobody knows.
    UnknownField,
    /// The same field twice in one object.
    RepeatedField,
    /// Text where a number belongs, and the like.
    WrongType {
        /// What belongs there.
        expected: &'static str,
    },
    /// Not one of a closed list.
    UnknownKind {
        /// The list.
        allowed: Vec<String>,
    },
    /// No such date.
    ImpossibleDate,
    /// Outside what is allowed.
    OutOfRange {
        /// The least allowed.
        least: String,
        /// The most allowed.
        most: String,
    },
    /// Over the limit.
    TooLong {
        /// The most characters allowed.
        limit: usize,
    },
    /// A control or text-direction character.
    ForbiddenCharacter {
        /// Its code point, as `U+0007`.
        character: String,
    },
    /// Objects and lists inside each other beyond the limit.
    TooDeep {
        /// The most levels allowed.
        limit: usize,
    },
    /// Not a UUID.
    NotAnId,
    /// The same date, id, kind or key as an earlier one.
    Repeated {
        /// Pointer to the earlier one.
        first: String,
    },
    /// Ends before it starts.
    EndsBeforeStart,
    /// Covers a half-day that an earlier leave covers.
    Overlaps {
        /// Pointer to the earlier one.
        other: String,
    },
    /// The scheme is none that is built in, and none came with the records.
    UnknownScheme {
        /// The built-in ones.
        allowed: Vec<String>,
    },
    /// The scheme that came with the records cannot be used.
    BadScheme {
        /// What is wrong with it.
        detail: String,
    },
}

impl Problem {
    /// A sentence on what is wrong and what is allowed.
    pub fn describe(&self, language: Language) -> String {
        let zh = language == Language::Chinese;
        match self {
            Self::NotJson { detail } if zh => format!("不是有效的 JSON：{detail}"),
            Self::NotJson { detail } => format!("is not valid JSON: {detail}"),
            Self::UnknownFormat { allowed } if zh => format!("格式不认识，应为「{allowed}」"),
            Self::UnknownFormat { allowed } => format!("is not a known format; expected \"{allowed}\""),
            Self::NewerVersion { newest } if zh => {
                format!("由更新的版本导出，本程序最高认识第 {newest} 版，请先升级")
            }
            Self::NewerVersion { newest } => format!("is a newer version; the newest understood is {newest}"),
            Self::Missing if zh => "必须填写".into(),
            Self::Missing => "is required".into(),
            Self::UnknownField if zh => "没有这个字段；其他程序的字段请放在 extra 里".into(),
            Self::UnknownField => "is an unknown field; other programs' fields go under \"extra\"".into(),
            Self::RepeatedField if zh => "同一个字段出现了两次".into(),
            Self::RepeatedField => "is a field that occurs twice".into(),
            Self::WrongType { expected } if zh => format!("类型不对，应为{}", type_in_chinese(expected)),
            Self::WrongType { expected } => format!("has the wrong type; expected {expected}"),
            Self::UnknownKind { allowed } if zh => format!("不认识，可用：{}", allowed.join("、")),
            Self::UnknownKind { allowed } => format!("is unknown; allowed: {}", allowed.join(", ")),
            Self::ImpossibleDate if zh => "不是日期，应为 2026-03-02 这样的真实日期".into(),
            Self::ImpossibleDate => "is not a date; expected an existing one like 2026-03-02".into(),
            Self::OutOfRange { least, most } if zh => format!("超出范围，应在 {least} 到 {most} 之间"),
            Self::OutOfRange { least, most } => format!("is out of range; allowed: {least} to {most}"),
            Self::TooLong { limit } if zh => format!("太长，最多 {limit} 个字"),
            Self::TooLong { limit } => format!("is too long; at most {limit} characters"),
            Self::ForbiddenCharacter { character } if zh => format!("含有不允许的控制字符 {character}"),
            Self::ForbiddenCharacter { character } => {
                format!("contains the forbidden control character {character}")
            }
            Self::TooDeep { limit } if zh => format!("嵌套太深，最多 {limit} 层"),
            Self::TooDeep { limit } => format!("is nested too deeply; at most {limit} levels"),
            Self::NotAnId if zh => "不是 UUID".into(),
            Self::NotAnId => "is not a UUID".into(),
            Self::Repeated { first } if zh => format!("与 {first} 重复"),
            Self::Repeated { first } => format!("repeats {first}"),
            Self::EndsBeforeStart if zh => "结束早于开始".into(),
            Self::EndsBeforeStart => "ends before it starts".into(),
            Self::Overlaps { other } if zh => format!("与 {other} 的请假时间重叠"),
            Self::Overlaps { other } => format!("overlaps the leave at {other}"),
            Self::UnknownScheme { allowed } if zh => {
                format!(
                    "没有这个考核方案，记录里也没有附带；内置方案：{}",
                    allowed.join("、")
                )
            }
            Self::UnknownScheme { allowed } => {
                format!(
                    "is no built-in scheme and none came with the records; built in: {}",
                    allowed.join(", ")
                )
            }
            Self::BadScheme { detail } if zh => format!("考核方案不能用：{detail}"),
            Self::BadScheme { detail } => format!("is no usable scheme: {detail}"),
        }
    }
}

fn type_in_chinese(expected: &str) -> &str {
    match expected {
        "an object" => "对象",
        "a list" => "列表",
        "a text" => "文字",
        "a whole number" => "整数",
        "true or false" => "true 或 false",
        other => other,
    }
}

impl Fault {
    /// Place, value and problem in one sentence.
    pub fn describe(&self, language: Language) -> String {
        let place = if self.pointer.is_empty() {
            "/"
        } else {
            &self.pointer
        };
        let problem = self.problem.describe(language);
        match (&self.value, language) {
            (Some(value), Language::Chinese) => format!("{place}：{value} {problem}"),
            (Some(value), Language::English) => format!("{place}: {value} {problem}"),
            (None, Language::Chinese) => format!("{place}：{problem}"),
            (None, Language::English) => format!("{place}: {problem}"),
        }
    }
}

/// Records that cannot be taken: every fault found, in the order of the document. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRecords {
    /// At least one, and of very many the first 500.
    pub faults: Vec<Fault>,
}

impl BadRecords {
    /// A stable name: `unknown_format`, `newer_version`, `not_json`, or `invalid_records` for everything else.
    pub fn code(&self) -> &'static str {
        match self.faults.first().map(|fault| &fault.problem) {
            Some(Problem::UnknownFormat { .. }) => "unknown_format",
            Some(Problem::NewerVersion { .. }) => "newer_version",
            Some(Problem::NotJson { .. }) => "not_json",
            _ => "invalid_records",
        }
    }

    /// All faults, a line each, and the word that nothing was changed.
    pub fn describe(&self, language: Language) -> String {
        let lines: Vec<String> = self.faults.iter().map(|fault| fault.describe(language)).collect();
        match language {
            Language::Chinese => format!(
                "记录有 {} 处不对，什么都没有改动：\n{}",
                lines.len(),
                lines.join("\n")
            ),
            Language::English => {
                format!(
                    "{} fault(s) in the records; nothing was changed:\n{}",
                    lines.len(),
                    lines.join("\n")
                )
            }
        }
    }
}

impl fmt::Display for BadRecords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.describe(Language::English))
    }
}

impl std::error::Error for BadRecords {}
