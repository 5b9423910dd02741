//! What a record is called where there is room for a few words: in an undo, in the recycle bin, over its history.

use serde_json::Value;

use super::Entity;
use super::entered::parse_date;
use super::field_changes::{label, short_date};
use crate::language::{Label, Language};
use crate::posting::{ActivityKind, DocumentKind, Kind, LeaveKind};

/// The most characters of a title or problem that go into a name.
const LONGEST: usize = 24;

/// A name for a record of this kind and key; `value` as in records.md, where it is known.
pub fn record_name(entity: Entity, key: &str, value: Option<&Value>) -> Label {
    let text = |field: &str| {
        value
            .and_then(|value| value.get(field))
            .and_then(Value::as_str)
            .filter(|text| !text.trim().is_empty())
    };
    match entity {
        Entity::Day => dated(
            key,
            |date| format!("{date} 的记录"),
            |date| format!("the entry of {date}"),
        ),
        Entity::CalendarOverride => dated(
            key,
            |date| format!("{date} 的安排"),
            |date| format!("the arrangement for {date}"),
        ),
        Entity::Activity => {
            let kind = words(text("kind").and_then(ActivityKind::from_name), "活动", "activity");
            let kind = text("date").map_or(kind.clone(), |date| {
                dated(
                    date,
                    |date| format!("{date} {}", kind.zh),
                    |date| format!("{} of {date}", kind.en),
                )
            });
            match text("title").map(shortened) {
                Some(title) => Label {
                    zh: format!("{}《{title}》", kind.zh),
                    en: format!("{} “{title}”", kind.en),
                },
                None => kind,
            }
        }
        Entity::Leave => {
            let kind = words(text("kind").and_then(LeaveKind::from_name), "请假", "leave");
            let (Some(from), Some(to)) = (text("from"), text("to")) else {
                return kind;
            };
            let (from, to) = (day(from), day(to));
            if from == to {
                return Label {
                    zh: format!("{} {}", from.zh, kind.zh),
                    en: format!("{} of {}", kind.en, from.en),
                };
            }
            Label {
                zh: format!("{}至{} {}", from.zh, to.zh, kind.zh),
                en: format!("{} from {} to {}", kind.en, from.en, to.en),
            }
        }
        Entity::Document => {
            let kind = words(DocumentKind::from_name(key), key, key);
            Label {
                zh: format!("{}的上交日期", kind.zh),
                en: format!("when the {} was handed in", kind.en),
            }
        }
        Entity::Problem => {
            let row = text("date").map_or_else(
                || label("帮扶日记", "support diary"),
                |date| {
                    dated(
                        date,
                        |date| format!("{date} 帮扶日记"),
                        |date| format!("support diary of {date}"),
                    )
                },
            );
            match text("problem").map(shortened) {
                Some(problem) => Label {
                    zh: format!("{}「{problem}」", row.zh),
                    en: format!("{} “{problem}”", row.en),
                },
                None => row,
            }
        }
        Entity::TallyItem => {
            let name = text("label").unwrap_or(key);
            Label {
                zh: format!("自定统计「{name}」"),
                en: format!("own statistic “{name}”"),
            }
        }
        Entity::Attachment => {
            let name = text("name").unwrap_or_default();
            label(format!("附件 {name}").trim(), format!("attachment {name}").trim())
        }
        Entity::Posting => label("个人与单位", "person and units"),
        Entity::Summary => label("自我鉴定和建议", "self-appraisal and suggestions"),
        Entity::Answer => label("对审核意见的答复", "the answer to a comment"),
        Entity::Amendment => label("审核通过后修改的原因", "the reason for a change after approval"),
        Entity::Scheme => label("考核方案", "scheme"),
        Entity::Extra => label("其他程序的内容", "what other programs keep"),
    }
}

fn day(text: &str) -> Label {
    parse_date(text).map_or_else(|| label(text, text), short_date)
}

fn dated(date: &str, zh: impl Fn(&str) -> String, en: impl Fn(&str) -> String) -> Label {
    let date = day(date);
    Label {
        zh: zh(&date.zh),
        en: en(&date.en),
    }
}

fn words<K: Kind>(kind: Option<K>, zh: &str, en: &str) -> Label {
    kind.map_or_else(
        || label(zh, en),
        |kind| {
            label(
                kind.label(Language::Chinese),
                &kind.label(Language::English).to_lowercase(),
            )
        },
    )
}

fn shortened(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    if line.chars().count() <= LONGEST {
        return line.to_owned();
    }
    line.chars().take(LONGEST - 1).chain(['…']).collect()
}
