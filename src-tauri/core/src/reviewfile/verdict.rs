//! What is said of a file from outside.

use super::FileKind;
use crate::language::Language;
use crate::log::Origin;

/// The verdict on a review file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Signed, whole, unchanged, and no step back from anything seen before.
    Genuine {
        /// Where its log comes from.
        origin: Origin,
    },
    /// Not a review file at all.
    NotOurs,
    /// Another kind of file than was asked for.
    OtherKind {
        /// The kind that it is.
        kind: FileKind,
    },
    /// A file without content.
    Empty,
    /// The end is missing.
    Cut,
    /// Not what was signed.
    Altered {
        /// Which entry, or `container`.
        place: String,
    },
    /// Made by a newer version of the program.
    NewerFormat {
        /// The format it names.
        version: u64,
    },
    /// More than any genuine file holds.
    TooBig {
        /// What there is too much of.
        what: &'static str,
        /// How much there is.
        size: u64,
        /// How much is allowed.
        limit: u64,
    },
    /// Another posting than the earlier file's.
    OtherPosting,
    /// Signed by another key than last time.
    OtherKey {
        /// The fingerprint seen before.
        seen: String,
        /// This file's fingerprint.
        found: String,
    },
    /// Genuine, but it ends before what was already seen.
    Older {
        /// Its last event.
        n: u64,
        /// The last event seen before.
        seen: u64,
    },
    /// The past was rewritten: the same number, another hash.
    Fork {
        /// The first event that differs.
        n: u64,
    },
    /// The past differs because the log was lost and goes on from a backup, as it says itself.
    Restored {
        /// The first event that was replaced.
        from: u64,
        /// The last event seen before.
        to: u64,
    },
    /// The earlier file it was to be compared with is not genuine itself.
    EarlierNotGenuine {
        /// The verdict on that one.
        earlier: Box<Verdict>,
    },
}

impl Verdict {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Genuine { .. } => "genuine",
            Self::NotOurs => "not_a_review_file",
            Self::OtherKind { .. } => "other_kind",
            Self::Empty => "empty",
            Self::Cut => "cut",
            Self::Altered { .. } => "altered",
            Self::NewerFormat { .. } => "newer_format",
            Self::TooBig { .. } => "too_big",
            Self::OtherPosting => "other_posting",
            Self::OtherKey { .. } => "other_key",
            Self::Older { .. } => "older",
            Self::Fork { .. } => "fork",
            Self::Restored { .. } => "restored",
            Self::EarlierNotGenuine { .. } => "earlier_not_genuine",
        }
    }

    /// Whether the file can be relied on.
    pub fn is_genuine(&self) -> bool {
        matches!(self, Self::Genuine { .. })
    }

    /// Where it was altered, if it was.
    pub fn place(&self) -> Option<&str> {
        match self {
            Self::Altered { place } => Some(place),
            _ => None,
        }
    }

    /// One plain sentence for a person.
    pub fn describe(&self, language: Language) -> String {
        let pick = |chinese: &str, english: &str| language.pick(chinese, english).to_owned();
        match self {
            Self::Genuine { origin: Origin::App } => pick(
                "文件真实完整，签名有效，内容未被改动。",
                "Genuine: the signature is valid and nothing was changed.",
            ),
            Self::Genuine {
                origin: Origin::Records,
            } => pick(
                "文件完整，签名有效；由记录文件打包而成：没有填写经过，填写人无从确认。",
                "Unchanged and signed, but packed from records: no history, no known author.",
            ),
            Self::NotOurs => pick(
                "这不是下乡志的审核文件。请选择扩展名为 .xxz 的文件。",
                "This is not a review file of Xiaxiangzhi. Choose a file that ends in .xxz.",
            ),
            Self::OtherKind { kind } => {
                let kind = kind_name(*kind, language);
                match language {
                    Language::Chinese => format!("这是{kind}，不是这里要的文件。"),
                    Language::English => format!("This is {kind}, not the file that is asked for here."),
                }
            }
            Self::Empty => pick(
                "文件是空的（0 字节），可能没有传输完成。请让对方重新发送。",
                "The file is empty (0 bytes); it may not have been sent to the end. Ask for it again.",
            ),
            Self::Cut => pick(
                "文件不完整，后半部分缺失。请让对方重新发送。",
                "The file is cut short; its end is missing. Ask for it again.",
            ),
            Self::Altered { place } => match language {
                Language::Chinese => format!("文件被改动过或已损坏（{}），不能采信。", part(place, language)),
                Language::English => {
                    format!(
                        "The file was altered or damaged ({}) and cannot be relied on.",
                        part(place, language)
                    )
                }
            },
            Self::NewerFormat { version } => match language {
                Language::Chinese => {
                    format!("文件由更新版本的下乡志生成（格式 {version}），请先升级本程序。")
                }
                Language::English => {
                    format!(
                        "The file was made by a newer version (format {version}). Update this program first."
                    )
                }
            },
            Self::TooBig { what, size, limit } => match language {
                Language::Chinese => {
                    format!("文件过大，未打开：{}为 {size}，上限 {limit}。", amount(what))
                }
                Language::English => {
                    format!("The file is too big and was not opened: {size} {what}, at most {limit}.")
                }
            },
            Self::OtherPosting => pick(
                "两个文件不是同一次派驻，无法比较。",
                "The two files are of different postings and cannot be compared.",
            ),
            Self::OtherKey { seen, found } => match language {
                Language::Chinese => {
                    format!("签名密钥与上次不同（上次 {seen}，本次 {found}）。请电话核实后再采信。")
                }
                Language::English => format!(
                    "Signed by another key than last time (then {seen}, now {found}). Check by telephone before relying on it."
                ),
            },
            Self::Older { n, seen } => match language {
                Language::Chinese => {
                    format!("文件真实，但比已收到的旧：只到第 {n} 条记录，之前已收到第 {seen} 条。")
                }
                Language::English => {
                    format!(
                        "Genuine, but older than one already seen: it ends at event {n}, and event {seen} was seen before."
                    )
                }
            },
            Self::Fork { n } => match language {
                Language::Chinese => format!("过去的记录被改写：从第 {n} 条起与之前收到的不一致。"),
                Language::English => {
                    format!("The past was rewritten: from event {n} on it differs from what was seen before.")
                }
            },
            Self::Restored { from, to } => match language {
                Language::Chinese => format!(
                    "文件真实，但记录曾经丢失、从备份恢复过：之前收到的第 {from} 到 {to} 条已被恢复后的记录取代。请对照之前收到的文件核对。"
                ),
                Language::English => format!(
                    "Genuine, but the records were lost and restored from a backup: events {from} to {to} seen before were replaced. Compare with the file received before."
                ),
            },
            Self::EarlierNotGenuine { earlier } => match language {
                Language::Chinese => format!("用来比较的旧文件有问题：{}", earlier.describe(language)),
                Language::English => format!(
                    "The earlier file to compare with is at fault: {}",
                    earlier.describe(language)
                ),
            },
        }
    }
}

fn part(place: &str, language: Language) -> String {
    let (chinese, english) = match place.split(':').next().unwrap_or_default() {
        "manifest.json" => ("清单", "manifest"),
        "signature" => ("签名", "signature"),
        "events.jsonl" => ("记录", "events"),
        "texts.jsonl" => ("文字", "texts"),
        "mimetype" => ("格式标记", "format mark"),
        "records" => ("记录内容", "records"),
        "content.json" => ("内容", "content"),
        blob if blob.starts_with("blobs/") => ("附件", "attachment"),
        _ => ("文件结构", "container"),
    };
    let name = language.pick(chinese, english);
    match (place.split_once(':'), language) {
        (Some((_, n)), Language::Chinese) => format!("{name}第 {n} 条"),
        (Some((_, n)), Language::English) => format!("{name}, number {n}"),
        (None, _) => name.to_owned(),
    }
}

/// What people call a kind of file.
fn kind_name(kind: FileKind, language: Language) -> &'static str {
    let (chinese, english) = match kind {
        FileKind::Posting => ("一份派驻记录的审核文件", "a posting's review file"),
        FileKind::Review => ("审核意见", "a reviewer's decision"),
        FileKind::Office => ("医务部文件", "an office file"),
        FileKind::CheckIn => ("月度报到文件", "a monthly check-in"),
    };
    language.pick(chinese, english)
}

fn amount(what: &str) -> &str {
    match what {
        "bytes" => "字节数",
        "entries" => "条目数",
        other => other,
    }
}
