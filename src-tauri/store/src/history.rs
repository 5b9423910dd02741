//! The history of records: every value they had, the recycle bin, and the way back to any of them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use uuid::Uuid;
use xiaxiangzhi_core::log::{Change, Entity, Event, LogError, Removed, Version, parse_body};

use crate::load::Loaded;
use crate::save::Saved;
use crate::store::Inner;
use crate::{Store, StoreError, new_id};

impl Store {
    /// Every value that a record had, the first one first; empty if it never was.
    ///
    /// # Errors
    /// [`StoreError::NoSuchLog`], or an error of the disk.
    pub fn history(&self, log_id: Uuid, entity: Entity, key: &str) -> Result<Vec<Version>, StoreError> {
        let mut inner = self.ready()?;
        let numbers: BTreeSet<u64> = inner
            .log(log_id)?
            .log
            .numbers(entity, key)
            .iter()
            .copied()
            .collect();
        let events = inner.events(log_id, &numbers)?;
        let Loaded { log, beside, .. } = inner.log(log_id)?;
        let versions = events
            .iter()
            .filter_map(|(n, event)| log.version(*n, event, beside));
        Ok(versions.collect())
    }

    /// The recycle bin: the records that are removed now, the one removed last first.
    ///
    /// # Errors
    /// As [`Store::history`].
    pub fn recycle_bin(&self, log_id: Uuid) -> Result<Vec<Removed>, StoreError> {
        let mut inner = self.ready()?;
        let log = &inner.log(log_id)?.log;
        let removed: Vec<(Entity, String, Vec<u64>)> = log
            .removed()
            .map(|(entity, key, numbers)| (entity, key.to_owned(), numbers.to_vec()))
            .collect();
        let wanted = removed
            .iter()
            .flat_map(|(.., numbers)| numbers.iter().copied())
            .collect();
        let events = inner.events(log_id, &wanted)?;
        let Loaded { log, beside, .. } = inner.log(log_id)?;
        let mut bin: Vec<(u64, Removed)> = removed
            .into_iter()
            .filter_map(|(entity, key, numbers)| {
                let version = |n: &u64| log.version(*n, events.get(n)?, beside);
                let last = version(numbers.last()?)?;
                let kept = numbers
                    .iter()
                    .rev()
                    .filter_map(version)
                    .find(|version| version.value.is_some())?;
                let removed = Removed {
                    entity,
                    key,
                    at: last.at,
                    n: kept.n,
                    value: kept.value?,
                };
                Some((last.n, removed))
            })
            .collect();
        bin.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
        Ok(bin.into_iter().map(|(_, removed)| removed).collect())
    }

    /// How many texts a record has or ever had that are not erased: what [`Store::erase_texts`] would erase.
    ///
    /// # Errors
    /// [`StoreError::NoSuchLog`].
    pub fn texts_of(&self, log_id: Uuid, entity: Entity, key: &str) -> Result<usize, StoreError> {
        Ok(self.inner().log(log_id)?.log.texts_of(entity, key).len())
    }

    /// Gives a record the value again that event `n` gave it, as a new entry that can be undone. Removed again if it was
    /// removed by that event; none if it is so already.
    ///
    /// # Errors
    /// That event did not set this record, the records would not be valid, or an error of the disk.
    pub fn go_back(
        &self,
        log_id: Uuid,
        entity: Entity,
        key: &str,
        n: u64,
        at: DateTime<Utc>,
    ) -> Result<Saved, StoreError> {
        let version = self
            .history(log_id, entity, key)?
            .into_iter()
            .find(|version| version.n == n)
            .filter(|_| entity != Entity::Scheme)
            .ok_or_else(|| LogError::BadKey {
                entity,
                key: key.to_owned(),
                allowed: "the number of an event in its history",
            })?;
        let change = Change {
            event_id: new_id(at)?,
            entity,
            key: key.to_owned(),
            value: version.value,
            batch: None,
        };
        self.save(log_id, &[change], at)
    }
}

impl Inner {
    /// Some events of a log, read from the disk: only their numbers are kept in memory.
    fn events(&mut self, log_id: Uuid, wanted: &BTreeSet<u64>) -> Result<BTreeMap<u64, Event>, StoreError> {
        let fault = |error: rusqlite::Error| StoreError::sqlite("reading the history", &error);
        let mut events = BTreeMap::new();
        let (Some(first), Some(last)) = (wanted.first().copied(), wanted.last().copied()) else {
            return Ok(events);
        };
        let mut statement = self
            .connected()?
            .prepare_cached("SELECT n, body FROM event WHERE log_id = ?1 AND n BETWEEN ?2 AND ?3")
            .map_err(fault)?;
        let mut rows = statement
            .query(rusqlite::params![log_id.as_bytes(), first, last])
            .map_err(fault)?;
        while let Some(row) = rows.next().map_err(fault)? {
            let n: u64 = row.get(0).map_err(fault)?;
            if wanted.contains(&n) {
                let body = row.get_ref(1).map_err(fault)?;
                let body = body.as_blob().map_err(|error| fault(error.into()))?;
                events.insert(n, parse_body(n, body)?);
            }
        }
        Ok(events)
    }
}
