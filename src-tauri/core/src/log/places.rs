//! The records of a log, by kind and key.

use std::sync::Arc;

use super::fold::Record;
use super::{Entity, Quick};

/// Where a record stands among those of its kind, and what it is now.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    /// The events that set it, in order; the first also says where it stands among those of its kind.
    pub(super) numbers: Vec<u64>,
    pub(super) record: Option<Record>,
}

impl Place {
    pub(super) fn first_n(&self) -> u64 {
        self.numbers.first().copied().unwrap_or_default()
    }
}

/// All places. A map a kind, so that looking one up needs no key of its own.
#[derive(Debug, Clone)]
pub(super) struct Places([Quick<Arc<str>, Place>; Entity::ALL.len()]);

impl Places {
    pub(super) fn new() -> Self {
        Self(std::array::from_fn(|_| Quick::default()))
    }

    pub(super) fn get(&self, entity: Entity, key: &str) -> Option<&Place> {
        self.0[entity as usize].get(key)
    }

    /// The present value of a record.
    pub(super) fn record(&self, entity: Entity, key: &str) -> Option<&Record> {
        self.get(entity, key)?.record.as_ref()
    }

    /// The place of a key, made if need be, with the key as every place and step shares it.
    pub(super) fn place(&mut self, entity: Entity, key: &str) -> (Arc<str>, &mut Place) {
        let places = &mut self.0[entity as usize];
        let key = places
            .get_key_value(key)
            .map_or_else(|| Arc::from(key), |(known, _)| known.clone());
        let place = places.entry(key.clone()).or_default();
        (key, place)
    }

    pub(super) fn insert(&mut self, entity: Entity, key: Arc<str>, place: Place) {
        self.0[entity as usize].insert(key, place);
    }

    pub(super) fn of(&self, entity: Entity) -> impl Iterator<Item = (&Arc<str>, &Place)> {
        self.0[entity as usize].iter()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Entity, &Arc<str>, &Place)> {
        Entity::ALL
            .into_iter()
            .flat_map(|entity| self.of(entity).map(move |(key, place)| (entity, key, place)))
    }
}
