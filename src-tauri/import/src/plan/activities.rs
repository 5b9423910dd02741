//! Activities of an import against those that are there.

use super::Planning;
use super::listed::Known;
use crate::compare::overlay;
use crate::gather::{ActivityPart, Place};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use xiaxiangzhi_core::log::Entity;

impl Planning<'_> {
    pub(super) fn activities(&mut self, activities: Vec<(ActivityPart, Place)>) {
        let mut claimed = BTreeSet::new();
        // By their text: a list has thousands of rows at most, but each is looked for among all before it.
        let mut before: BTreeMap<String, usize> = BTreeMap::new();
        for (part, place) in activities {
            let given = given(&part);
            let key = format!("activity/{}/{}", place.sheet, place.cell());
            if let Some(row) = before.get(&given.to_string()) {
                self.repeated(place, key, Entity::Activity, &given, *row);
                continue;
            }
            before.insert(given.to_string(), place.row + 1);
            match self.counterpart(&part, &given, &mut claimed) {
                None => self.new_activity(place, key, given),
                Some(known) => {
                    let why = ("那天已有一次同类的", "one of the kind is there on that day");
                    self.known(place, key, Entity::Activity, &known, why);
                }
            }
        }
    }

    fn new_activity(&mut self, place: Place, key: String, mut given: Value) {
        if let Some(fields) = given.as_object_mut() {
            if fields.get("counts_toward_assessment").is_none_or(Value::is_null) {
                fields.insert("counts_toward_assessment".to_owned(), json!(true));
            }
            fields.insert("attachments".to_owned(), json!([]));
            if fields.get("tallies").is_some_and(Value::is_null) {
                fields.insert("tallies".to_owned(), json!({}));
            }
        }
        self.new_record(place, key, Entity::Activity, given);
    }

    /// The activity of this kind on this date that fits best and was not taken by another row.
    fn counterpart(
        &self,
        part: &ActivityPart,
        given: &Value,
        claimed: &mut BTreeSet<String>,
    ) -> Option<Known> {
        let here = self.existing.records.activities.iter();
        let of_the_day = here.filter(|each| each.kind == part.kind && each.date == part.date);
        let best = of_the_day
            .filter_map(|each| {
                let id = each.id?.to_string();
                let value = json!(each);
                let compared = overlay(&value, given);
                let other_title = each.title.is_some() && part.title.is_some() && each.title != part.title;
                let rank = (compared.differs, other_title, compared.adds);
                (!claimed.contains(&id)).then_some((rank, id, value, compared))
            })
            .min_by_key(|(rank, ..)| *rank)?;
        let (_, id, value, compared) = best;
        claimed.insert(id.clone());
        Some((id, value, compared))
    }
}

fn given(part: &ActivityPart) -> Value {
    json!({
        "kind": part.kind,
        "date": part.date,
        "title": part.title,
        "place": part.place,
        "minutes": part.minutes,
        "participants": part.participants,
        "audience": part.audience,
        "note": part.note,
        "counts_toward_assessment": part.uncounted.then_some(false),
        "tallies": if part.tallies.is_empty() { Value::Null } else { json!(part.tallies) },
    })
}
