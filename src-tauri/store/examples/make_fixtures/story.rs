//! A log in memory that is written event by event, with counted ids and salts.

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use serde_json::Value;
use uuid::Uuid;
use xiaxiangzhi_core::log::{
    Beside, Change, Digest, Entity, EventKind, Exported, Log, Origin, Prepared, public_key,
};
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::reviewfile::{Basis, Export, write};

/// The day after the posting's end.
pub(crate) fn as_of() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 4, 6).unwrap()
}

/// A January day at a quarter to six in the afternoon, China's time.
pub(crate) fn evening(day: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 1, day, 9, 45, 0).unwrap()
}

pub(crate) fn basis(document: &Value) -> Basis {
    Basis::of(&Records::from_value(document.clone()).unwrap()).unwrap()
}

/// Numbers that stand in for chance.
pub(crate) struct Counter {
    of: u128,
    next: u64,
}

impl Counter {
    pub(crate) fn of(of: u128) -> Self {
        Self { of, next: 0 }
    }

    pub(crate) fn id(&mut self) -> Uuid {
        self.next += 1;
        Uuid::from_u128(0x0199_c0de_0000_7000_9000_0000_0000_0000 | self.of << 32 | u128::from(self.next))
    }

    pub(crate) fn salt(&mut self) -> [u8; 16] {
        self.next += 1;
        let mut salt = [0x5a; 16];
        salt[..8].copy_from_slice(&self.next.to_be_bytes());
        salt[8] = self.of.to_le_bytes()[0];
        salt
    }
}

pub(crate) struct Story {
    pub(crate) log: Log,
    pub(crate) beside: Beside,
    /// Body and `hn` of each event.
    pub(crate) events: Vec<(Vec<u8>, Digest)>,
    pub(crate) seed: [u8; 32],
    pub(crate) counter: Counter,
}

impl Story {
    pub(crate) fn new(id: &str, seed: [u8; 32]) -> Self {
        Self {
            log: Log::new(id.parse().unwrap(), public_key(&seed)),
            beside: Beside::default(),
            events: Vec::new(),
            seed,
            counter: Counter::of(u128::from(seed[0])),
        }
    }

    /// `created`, the posting, and what else it begins with.
    pub(crate) fn begin(&mut self, posting: &Value, rest: &[(&str, &str, Value)]) {
        let created = self.counter.id();
        let mut changes = vec![self.change("posting", "", posting.clone())];
        for (entity, key, value) in rest {
            changes.push(self.change(entity, key, value.clone()));
        }
        let counter = &mut self.counter;
        let prepared = self
            .log
            .prepare_first(created, Origin::App, &changes, evening(5), &mut || counter.salt())
            .unwrap();
        self.keep(&prepared);
    }

    pub(crate) fn change(&mut self, entity: &str, key: &str, value: Value) -> Change {
        Change {
            event_id: self.counter.id(),
            entity: Entity::from_name(entity).unwrap(),
            key: key.to_owned(),
            value: Some(value).filter(|value| !value.is_null()),
            batch: None,
        }
    }

    pub(crate) fn keep(&mut self, prepared: &Prepared) {
        assert!(!prepared.events.is_empty());
        self.beside.extend(prepared);
        for event in &prepared.events {
            self.log.apply_stored(&event.body, &event.hash).unwrap();
            self.events.push((event.body.clone(), event.hash));
        }
    }

    /// One event; a null value removes.
    pub(crate) fn set(&mut self, entity: &str, key: &str, value: &Value, at: DateTime<Utc>) {
        let change = self.change(entity, key, value.clone());
        self.save(&[change], at);
    }

    pub(crate) fn save(&mut self, changes: &[Change], at: DateTime<Utc>) {
        let counter = &mut self.counter;
        let prepared = self
            .log
            .prepare(&self.beside, changes, at, &mut || counter.salt())
            .unwrap();
        self.keep(&prepared);
    }

    pub(crate) fn batch(&mut self, rows: &[(&str, &str, Value)], at: DateTime<Utc>) {
        let batch = Some(self.counter.id());
        let changes: Vec<_> = rows
            .iter()
            .map(|(entity, key, value)| Change {
                batch,
                ..self.change(entity, key, value.clone())
            })
            .collect();
        self.save(&changes, at);
    }

    pub(crate) fn undo(&mut self, at: DateTime<Utc>) {
        let counter = &mut self.counter;
        let prepared = self.log.prepare_undo(at, &mut || counter.id()).unwrap();
        self.keep(&prepared);
    }

    pub(crate) fn redo(&mut self, at: DateTime<Utc>) {
        let counter = &mut self.counter;
        let prepared = self.log.prepare_redo(at, &mut || counter.id()).unwrap();
        self.keep(&prepared);
    }

    pub(crate) fn event(&mut self, kind: EventKind, at: DateTime<Utc>) {
        let id = self.counter.id();
        let prepared = self.log.prepare_event(id, at, kind).unwrap();
        self.keep(&prepared);
    }

    pub(crate) fn export(&mut self, as_of: NaiveDate, at: DateTime<Utc>) -> Vec<u8> {
        let exported = Exported {
            number: self.log.exports() + 1,
            as_of: as_of.to_string(),
        };
        self.event(EventKind::Exported(exported), at);
        let bodies: Vec<_> = self.events.iter().map(|(body, _)| body.clone()).collect();
        write(&Export {
            log: &self.log,
            bodies: &bodies,
            beside: &self.beside,
            seed: &self.seed,
            basis: &basis(&self.log.document(&self.beside)),
            as_of,
            at,
        })
        .unwrap()
    }
}
