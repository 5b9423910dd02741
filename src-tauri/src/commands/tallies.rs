//! The posting's own statistics: added, renamed, removed.

use super::changes;
use crate::app::App;
use crate::refusal::{bad_request, label, refusal};
use crate::views::{self, CommandError, PostingView};
use serde_json::{Value, json};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::log::Entity;
use xiaxiangzhi_core::posting::{Records, TALLIES};
use xiaxiangzhi_store::new_id;

/// What keys of own statistics begin with; a number follows.
const OWN: &str = "own_";

/// Adds an own statistic (no key), or renames one. Its key is made here and never used for another.
pub(super) fn set_tally_item(
    app: &App,
    key: Option<String>,
    name: &str,
    unit: &str,
) -> Result<PostingView, CommandError> {
    let (store, log_id) = app.posting()?;
    let records = Records::from_value(store.folded(log_id)?.document)?;
    let (name, unit) = (name.trim(), unit.trim());
    if name.is_empty() {
        return Err(refusal(
            "tally_without_name",
            label("这一项还没有名称。", "This item has no name yet."),
            label("写上名称再存。", "Give it a name, then save."),
        ));
    }
    let own =
        |item: &&xiaxiangzhi_core::posting::TallyItem| Some(&item.key) != key.as_ref() && item.label == name;
    let built_in = TALLIES.iter().any(|tally| {
        [Language::Chinese, Language::English]
            .map(|language| tally.label(language))
            .contains(&name)
    });
    if built_in || records.tally_items.iter().any(|item| own(&item)) {
        return Err(refusal(
            "tally_name_taken",
            label(
                format!("已经有「{name}」了。"),
                format!("There is a “{name}” already."),
            ),
            label("换一个名称。", "Choose another name."),
        ));
    }
    let known = key.as_ref().map(|key| {
        let found = records.tally_items.iter().find(|item| item.key == *key);
        found.ok_or_else(|| bad_request(format!("no statistic is called {key}")))
    });
    let known = known.transpose()?;
    let key = match key {
        Some(key) => key,
        None => free_key(|key| {
            store
                .history(log_id, Entity::TallyItem, key)
                .map(|past| past.is_empty())
        })?,
    };
    let mut value = known.map_or_else(|| json!({"key": key}), |item| json!(item));
    value["label"] = json!(name);
    value["unit"] = if unit.is_empty() { Value::Null } else { json!(unit) };
    save(app, vec![(Entity::TallyItem, key, Some(value))])
}

/// The first key that no statistic has or ever had: an old entry must not come to mean something else.
fn free_key<E>(is_free: impl Fn(&str) -> Result<bool, E>) -> Result<String, E> {
    let mut number = 1_u64;
    loop {
        let key = format!("{OWN}{number}");
        if is_free(&key)? {
            return Ok(key);
        }
        number += 1;
    }
}

/// Removes an own statistic and what was counted under it, as one step that can be undone.
pub(super) fn remove_tally_item(app: &App, key: &str) -> Result<PostingView, CommandError> {
    let (store, log_id) = app.posting()?;
    let document = store.folded(log_id)?.document;
    let mut sets = vec![(Entity::TallyItem, key.to_owned(), None)];
    for (entity, list, key_field) in [
        (Entity::Day, "days", "date"),
        (Entity::Activity, "activities", "id"),
    ] {
        for record in document[list].as_array().into_iter().flatten() {
            let mut record = record.clone();
            let counted = record["tallies"]
                .as_object_mut()
                .and_then(|tallies| tallies.shift_remove(key));
            let id = record[key_field].as_str().map(str::to_owned);
            if let (Some(_), Some(id)) = (counted, id) {
                sets.push((entity, id, Some(record)));
            }
        }
    }
    save(app, sets)
}

fn save(app: &App, sets: Vec<(Entity, String, Option<Value>)>) -> Result<PostingView, CommandError> {
    let now = app.clock().now();
    let changes = sets.into_iter().map(|(entity, key, value)| {
        Ok(views::Change {
            event_id: new_id(now)?,
            entity: entity.name().to_owned(),
            key,
            value,
        })
    });
    changes::save(app, changes.collect::<Result<_, CommandError>>()?)
}
