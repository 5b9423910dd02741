//! What the plain model shows: the records, their histories, the recycle bin and the open drafts.

use serde_json::{Value, json};
use xiaxiangzhi_core::log::{Entity, HowSet};

use super::model::{Planted, Slot, State, World};

impl World {
    /// The records document.
    pub(super) fn document(&self, state: &State, id: &str) -> Value {
        let shown = |slot: &Slot| {
            state
                .now
                .get(slot)
                .map(|held| self.shown(slot, held, &state.erased))
        };
        let alone = |entity| shown(&(entity, String::new()));
        let many = |entity: Entity| {
            let mut slots: Vec<&Slot> = state.now.keys().filter(|slot| slot.0 == entity).collect();
            // Keys are in order already; all but dated records are in the order of their first entry.
            if !matches!(entity, Entity::Day | Entity::CalendarOverride) {
                slots.sort_by_key(|slot| state.history[*slot][0].n);
            }
            Value::Array(slots.into_iter().filter_map(shown).collect())
        };
        let mut posting = alone(Entity::Posting).unwrap_or_default();
        posting["id"] = json!(id);
        let mut document = json!({
            "format": "xiaxiangzhi.posting", "version": 1, "posting": posting,
            "calendar_overrides": many(Entity::CalendarOverride), "days": many(Entity::Day),
            "activities": many(Entity::Activity), "leaves": many(Entity::Leave),
            "documents": many(Entity::Document), "problems": many(Entity::Problem)
        });
        for (entity, field) in [
            (Entity::Summary, "summary"),
            (Entity::Scheme, "scheme_document"),
            (Entity::Extra, "extra"),
        ] {
            if let Some(value) = alone(entity) {
                document[field] = value;
            }
        }
        let items = many(Entity::TallyItem);
        if items != json!([]) {
            document["tally_items"] = items;
        }
        document
    }

    /// A record's history: numbers, how, and the values; of a scheme's document only whether it was there.
    pub(super) fn history(&self, state: &State, slot: &Slot) -> Vec<(u64, HowSet, Option<Value>)> {
        let versions = state.history.get(slot).into_iter().flatten();
        versions
            .map(|version| {
                let value = version
                    .held
                    .as_ref()
                    .map(|held| self.shown(slot, held, &state.erased));
                (version.n, version.how, value)
            })
            .collect()
    }

    /// The recycle bin: the record removed last first, with the number of the event that set its last value.
    pub(super) fn bin(&self, state: &State) -> Vec<(Slot, u64, Value)> {
        let mut bin: Vec<(u64, Slot, u64, Value)> = state
            .history
            .iter()
            .filter(|(slot, _)| !state.now.contains_key(*slot))
            .filter_map(|(slot, versions)| {
                let (n, held) = versions
                    .iter()
                    .rev()
                    .find_map(|version| Some((version.n, version.held.as_ref()?)))?;
                let value = self.shown(slot, held, &state.erased);
                Some((versions.last()?.n, slot.clone(), n, value))
            })
            .collect();
        bin.sort_by_key(|(last, ..)| std::cmp::Reverse(*last));
        bin.into_iter()
            .map(|(_, slot, n, value)| (slot, n, value))
            .collect()
    }

    /// The drafts that are open.
    pub(super) fn drafts(&self, state: &State) -> Vec<(Slot, Option<Value>)> {
        let open = state
            .drafts
            .iter()
            .filter(|(_, (token, _))| self.plants(Planted::DraftTwice) || !state.chain.contains(token));
        open.map(|(slot, (_, value))| (slot.clone(), value.clone()))
            .collect()
    }
}
