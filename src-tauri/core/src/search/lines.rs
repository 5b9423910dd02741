//! What a record says, line by line.

use chrono::NaiveDate;
use serde_json::Value;

use crate::language::{Label, Language};
use crate::log::{Entity, field_changes};
use crate::posting::{ActivityKind, DocumentKind, Kind, LeaveKind, OverrideKind, TallyItem};
use crate::privacy::text_fields;

/// One field of a record with something in it.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// What the field is called.
    pub(super) name: Label,
    /// What it says.
    pub(super) said: Label,
    /// Whether somebody wrote it, and did not choose it from a list.
    pub(super) own_words: bool,
}

impl Line {
    /// Its texts, each once.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let english = (self.said.en != self.said.zh).then_some(self.said.en.as_str());
        std::iter::once(self.said.zh.as_str()).chain(english)
    }
}

fn label(zh: &str, en: &str) -> Label {
    Label {
        zh: zh.to_owned(),
        en: en.to_owned(),
    }
}

/// The fields of a record that say something, in the order of its form.
pub(super) fn lines_of(entity: Entity, record: &Value, removed: bool, own: &[TallyItem]) -> Vec<Line> {
    let written = text_fields(entity);
    let mut lines: Vec<Line> = field_changes(entity, None, Some(record), own)
        .into_iter()
        // What is said by the kind of the record already.
        .filter(|field| field.field != "/kind" && !field.field.starts_with("/extra"))
        .filter_map(|field| {
            let said = field.after?;
            let counted = field.field.starts_with("/tallies/");
            let own_words = written.contains(&field.field) || field.field == "/attachments";
            Some(Line {
                // Counts are found by what is counted.
                said: if counted {
                    label(
                        &format!("{} {}", field.name.zh, said.zh),
                        &format!("{} {}", field.name.en, said.en),
                    )
                } else {
                    said
                },
                name: if counted {
                    label("工作量", "Counts")
                } else {
                    field.name
                },
                own_words,
            })
        })
        .collect();
    if removed {
        lines.push(Line {
            name: label("状态", "State"),
            said: label("已删除，在回收站", "Deleted, in the recycle bin"),
            own_words: false,
        });
    }
    lines
}

/// What kind of record it is, in words.
pub(super) fn kind_of(entity: Entity, key: &str, record: &Value) -> Label {
    let named = record.get("kind").and_then(Value::as_str).unwrap_or(key);
    match entity {
        Entity::Day => label("每日记录", "Daily entry"),
        Entity::Activity => of::<ActivityKind>(named, "活动", "Activity"),
        Entity::Leave => {
            let kind = of::<LeaveKind>(named, "请假", "Leave");
            // Every leave is found by the word for all of them.
            label(&format!("请假 · {}", kind.zh), &kind.en)
        }
        Entity::CalendarOverride => {
            let kind = of::<OverrideKind>(named, "安排", "Arrangement");
            label(&format!("节假日 · {}", kind.zh), &kind.en)
        }
        Entity::Document => of::<DocumentKind>(named, "材料", "Document"),
        Entity::Problem => label("帮扶日记", "Support diary"),
        Entity::Posting => label("个人与单位", "Person and units"),
        Entity::Summary => label("自我鉴定和建议", "Self-appraisal and suggestions"),
        Entity::TallyItem => label("自定统计", "Own statistic"),
        Entity::Scheme | Entity::Attachment | Entity::Extra | Entity::Answer | Entity::Amendment => {
            label(entity.name(), entity.name())
        }
    }
}

fn of<K: Kind>(name: &str, zh: &str, en: &str) -> Label {
    K::from_name(name).map_or_else(
        || label(zh, en),
        |kind| label(kind.label(Language::Chinese), kind.label(Language::English)),
    )
}

/// The first and the last day that a record is for.
pub(super) fn dates_of(entity: Entity, key: &str, record: &Value) -> Option<(NaiveDate, NaiveDate)> {
    let date = |field: &str| record.get(field)?.as_str()?.parse::<NaiveDate>().ok();
    match entity {
        Entity::Day | Entity::CalendarOverride => {
            let day = date("date").or_else(|| key.parse().ok())?;
            Some((day, day))
        }
        Entity::Activity | Entity::Problem => date("date").map(|day| (day, day)),
        Entity::Document => date("submitted_on").map(|day| (day, day)),
        Entity::Leave => Some((date("from")?, date("to")?)),
        Entity::Posting
        | Entity::Scheme
        | Entity::Summary
        | Entity::TallyItem
        | Entity::Attachment
        | Entity::Extra
        | Entity::Answer
        | Entity::Amendment => None,
    }
}
