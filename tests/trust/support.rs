//! Small makers of invented data, the same at every run.

use chrono::{DateTime, TimeZone, Utc};
use serde_json::{Value, json};
use uuid::Uuid;
use xiaxiangzhi_core::log::{Beside, Change, Entity, Log, Origin, Prepared, public_key};

pub(crate) use crate::tried::{Dice, Tried, amount, caught};

pub(crate) const SEED: [u8; 32] = [7; 32];

/// Numbers that stand in for chance.
#[derive(Default)]
pub(crate) struct Counter(u64);

impl Counter {
    pub(crate) fn id(&mut self) -> Uuid {
        self.0 += 1;
        Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0000 | u128::from(self.0))
    }

    pub(crate) fn salt(&mut self) -> [u8; 16] {
        self.0 += 1;
        let mut salt = [0x5a; 16];
        salt[..8].copy_from_slice(&self.0.to_be_bytes());
        salt
    }
}

pub(crate) fn posting_id() -> Uuid {
    Uuid::from_u128(0x0199_a1c2_7d1e_7c3a_9f10_2b1d_8c0e_5a11)
}

/// A January day of 2026 at a quarter to six in the afternoon, China's time.
pub(crate) fn evening(day: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 1, day, 9, 45, 0).unwrap()
}

pub(crate) fn profile() -> Value {
    json!({
        "physician": {"name": "李晓梅", "title": "主治医师"}, "supporting_hospital": "市第一医院",
        "recipient_unit": "青石镇卫生院", "station": "resident",
        "start": "2026-01-05", "end": "2026-04-05", "scheme": "rotation_3m"
    })
}

pub(crate) fn day(note: &str, visits: u64) -> Value {
    json!({"morning": "present", "afternoon": "present", "note": note, "tallies": {"outpatient_visits": visits}})
}

pub(crate) fn change(id: Uuid, entity: Entity, key: &str, value: Value) -> Change {
    let value = (!value.is_null()).then_some(value);
    Change {
        event_id: id,
        entity,
        key: key.to_owned(),
        value,
        batch: None,
    }
}

/// A log in memory with everything it needs, and the bodies a database would hold.
pub(crate) struct Kept {
    pub(crate) log: Log,
    pub(crate) beside: Beside,
    pub(crate) bodies: Vec<Vec<u8>>,
    pub(crate) counter: Counter,
}

impl Kept {
    /// A new log with a profile.
    pub(crate) fn new() -> Self {
        let log = Log::new(posting_id(), public_key(&SEED));
        let mut kept = Self {
            log,
            beside: Beside::default(),
            bodies: Vec::new(),
            counter: Counter::default(),
        };
        let created = kept.counter.id();
        let profile = change(kept.counter.id(), Entity::Posting, "", profile());
        let counter = &mut kept.counter;
        let first = kept
            .log
            .prepare_first(created, Origin::App, &[profile], evening(5), &mut || {
                counter.salt()
            })
            .unwrap();
        kept.keep(&first);
        kept
    }

    pub(crate) fn keep(&mut self, prepared: &Prepared) {
        self.beside.extend(prepared);
        for event in &prepared.events {
            let head = self.log.apply(&event.body).unwrap();
            assert_eq!((head.n, head.hash), (event.n, event.hash));
            self.bodies.push(event.body.clone());
        }
    }

    pub(crate) fn save(&mut self, changes: &[Change], at: DateTime<Utc>) -> usize {
        let counter = &mut self.counter;
        let prepared = self
            .log
            .prepare(&self.beside, changes, at, &mut || counter.salt())
            .unwrap();
        self.keep(&prepared);
        prepared.events.len()
    }

    pub(crate) fn set(&mut self, entity: Entity, key: &str, value: Value, at: DateTime<Utc>) -> Uuid {
        let id = self.counter.id();
        self.save(&[change(id, entity, key, value)], at);
        id
    }

    pub(crate) fn undo(&mut self, at: DateTime<Utc>) -> bool {
        let counter = &mut self.counter;
        let prepared = self.log.prepare_undo(at, &mut || counter.id()).unwrap();
        self.keep(&prepared);
        !prepared.events.is_empty()
    }

    pub(crate) fn redo(&mut self, at: DateTime<Utc>) -> bool {
        let counter = &mut self.counter;
        let prepared = self.log.prepare_redo(at, &mut || counter.id()).unwrap();
        self.keep(&prepared);
        !prepared.events.is_empty()
    }

    pub(crate) fn document(&self) -> Value {
        self.log.document(&self.beside)
    }
}

/// A directory in memory where there is such a place: for what is not about the disk.
pub(crate) fn memory_dir() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir())
        .unwrap()
}
