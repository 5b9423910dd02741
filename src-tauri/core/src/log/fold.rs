//! The fold: one function takes one event, and everything else is that function in a loop.

use std::sync::Arc;

use uuid::Uuid;

use super::body::parse_body;
use super::clock::{ClockSeen, ClockStep};
use super::entered::record_date;
use super::places::Places;
use super::undo::{Direction, Steps, Touched};
use super::{
    Digest, Entered, EnteredRecord, Entity, Event, EventKind, Head, LogError, MAX_EVENTS, Origin, Quick,
    QuickSet, Receipt, Restored, Set, TakenReceipt, Texts, chain, instant,
};

/// A log's present state: what its events amount to, and the head of its chain.
#[derive(Debug, Clone)]
pub struct Log {
    id: Uuid,
    first_key: [u8; 32],
    pub(super) head: Head,
    origin: Origin,
    created_by: Option<Uuid>,
    key: [u8; 32],
    key_change_proved: bool,
    pub(super) records: Places,
    pub(super) redacted: QuickSet<Digest>,
    pub(super) steps: Steps,
    events: Quick<Uuid, u64>,
    exports: u64,
    exported_at: Option<chrono::DateTime<chrono::Utc>>,
    last_at: Option<chrono::DateTime<chrono::Utc>>,
    restored: Vec<(u64, Restored)>,
    clock: ClockSeen,
    pub(super) receipts: Vec<TakenReceipt>,
    hashes: Quick<Digest, (Entity, Arc<str>)>,
    /// Every scheme's document that was ever set, so that an undo finds the former one.
    pub(super) schemes: QuickSet<Digest>,
    former_keys: Vec<[u8; 32]>,
}

/// A record's value as its event holds it.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) value: Arc<str>,
    pub(super) texts: Texts,
    pub(super) entered: Entered,
}

impl Record {
    fn same_value(&self, set: &Set) -> bool {
        set.value.as_ref() == Some(&self.value) && set.texts == self.texts
    }
}

impl Log {
    /// A log before its first event.
    pub fn new(id: Uuid, public_key: [u8; 32]) -> Self {
        Self {
            id,
            first_key: public_key,
            head: Head {
                n: 0,
                hash: chain::genesis(id, &public_key),
            },
            origin: Origin::App,
            created_by: None,
            key: public_key,
            key_change_proved: true,
            records: Places::new(),
            redacted: QuickSet::default(),
            steps: Steps::default(),
            events: Quick::default(),
            exports: 0,
            exported_at: None,
            last_at: None,
            restored: Vec::new(),
            clock: ClockSeen::default(),
            receipts: Vec::new(),
            hashes: Quick::default(),
            schemes: QuickSet::default(),
            former_keys: Vec::new(),
        }
    }

    /// Makes room for so many more events, to be asked where their number is about known.
    pub fn reserve(&mut self, events: usize) {
        let events = events.min(MAX_EVENTS);
        self.events.reserve(events);
        self.hashes.reserve(events);
        self.steps.reserve(events);
    }

    /// Takes the next event's body, exactly as stored, and returns the new head. On an error nothing has changed.
    pub fn apply(&mut self, body: &[u8]) -> Result<Head, LogError> {
        let hash = chain::next(&self.head.hash, self.head.n + 1, body);
        self.apply_linked(body, hash)
    }

    /// [`Log::apply`] for a body of which the caller has seen that [`super::next`] of this log's head gives `hash`: so that
    /// hashing can be done elsewhere meanwhile.
    pub fn apply_linked(&mut self, body: &[u8], hash: Digest) -> Result<Head, LogError> {
        let n = self.head.n + 1;
        if n > MAX_EVENTS as u64 {
            return Err(LogError::TooLarge {
                what: "the number of events",
                size: n,
                limit: MAX_EVENTS as u64,
            });
        }
        let event = parse_body(n, body)?;
        self.check_place(n, &event)?;
        self.clock.see(n, self.last_at, &event);
        self.last_at = Some(event.at);
        match event.kind {
            EventKind::Created(created) => {
                self.origin = created.origin;
                self.created_by = Some(event.id);
            }
            EventKind::Set(set) => self.set(n, event.id, event.at, &set),
            EventKind::Exported(exported) => {
                self.exports = exported.number;
                self.exported_at = Some(event.at);
            }
            EventKind::KeyChanged(change) => {
                let message = chain::key_change_message(self.id, &self.head, &change.public_key);
                let proved = change
                    .signature
                    .is_some_and(|s| super::signed_by(&self.key, &message, &s));
                self.key_change_proved &= proved;
                self.former_keys
                    .push(std::mem::replace(&mut self.key, change.public_key));
            }
            EventKind::Redacted(redacted) => self.redacted.extend(redacted.texts),
            EventKind::Restored(restored) => {
                let known = restored.exported.as_ref().map_or(0, |exported| exported.number);
                self.exports = self.exports.max(known);
                self.restored.push((n, restored));
            }
            EventKind::Receipt(object) => {
                let receipt = Receipt::read(&object);
                self.receipts.extend(receipt.map(|receipt| TakenReceipt {
                    event: n,
                    at: event.at,
                    receipt,
                }));
            }
            EventKind::ClockJump(_) => {}
        }
        self.events.insert(event.id, n);
        self.head = Head { n, hash };
        Ok(self.head)
    }

    /// [`Log::apply`] for an event whose hash was stored with it. The chain is looked at first: of changed bytes,
    /// "changed" is the right word, not "malformed".
    pub fn apply_stored(&mut self, body: &[u8], hash: &Digest) -> Result<Head, LogError> {
        let n = self.head.n + 1;
        if chain::next(&self.head.hash, n, body) != *hash {
            return Err(LogError::ChainBroken { n });
        }
        self.apply_linked(body, *hash)
    }

    /// What an event may not do at this place of the log.
    fn check_place(&self, n: u64, event: &Event) -> Result<(), LogError> {
        let malformed = |why: &str| {
            Err(LogError::Malformed {
                n,
                why: why.to_owned(),
            })
        };
        if self.events.contains_key(&event.id) {
            return malformed("its id was used before");
        }
        match (&event.kind, n) {
            (EventKind::Created(created), 1)
                if created.log == self.id && created.public_key == self.first_key =>
            {
                Ok(())
            }
            (EventKind::Created(_), 1) => malformed("it names another log or key"),
            (EventKind::Created(_), _) => malformed("a log is created once"),
            (_, 1) => malformed("a log begins with `created`"),
            (EventKind::Exported(exported), _) if exported.number <= self.exports => {
                malformed("export numbers only grow")
            }
            _ => Ok(()),
        }
    }

    pub(super) fn set(&mut self, n: u64, id: Uuid, at: chrono::DateTime<chrono::Utc>, set: &Set) {
        if set.entity == Entity::Scheme {
            self.schemes
                .extend(set.value.as_deref().and_then(super::document::blob_digest));
        }
        let (key, place) = self.records.place(set.entity, &set.key);
        for hash in set.texts.values() {
            self.hashes.insert(*hash, (set.entity, key.clone()));
        }
        let before = place.record.take();
        let after = set.value.as_ref().map(|value| {
            let date = record_date(set.entity, &set.key, value);
            Record {
                value: value.clone(),
                texts: set.texts.clone(),
                entered: Entered {
                    first_at: before.as_ref().map_or(at, |before| before.entered.first_at),
                    last_at: at,
                    dated_at: match &before {
                        Some(before) if before.entered.date == date => before.entered.dated_at,
                        _ => at,
                    },
                    date,
                },
            }
        });
        place.numbers.push(n);
        let created = set.batch.is_some() && set.batch == self.created_by;
        place.record = step(&mut self.steps, created, id, set, key, before, after);
    }

    /// The log's id, which is also its posting's.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// The key that `h0` binds.
    pub fn first_key(&self) -> &[u8; 32] {
        &self.first_key
    }

    /// The key that signs now.
    pub fn public_key(&self) -> &[u8; 32] {
        &self.key
    }

    /// Whether every change of key was signed by the key before it.
    pub fn key_changes_proved(&self) -> bool {
        self.key_change_proved
    }

    /// Whether a key signs now or signed before.
    pub fn held_key(&self, key: &[u8; 32]) -> bool {
        self.key == *key || self.former_keys.contains(key)
    }

    /// Where the log stands.
    pub fn head(&self) -> Head {
        self.head
    }

    /// Where the log comes from.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// How often it was exported, and so the last export's number.
    pub fn exports(&self) -> u64 {
        self.exports
    }

    /// When it was last exported.
    pub fn exported_at(&self) -> Option<String> {
        self.exported_at.map(instant)
    }

    /// When its last event was entered.
    pub fn last_at(&self) -> Option<String> {
        self.last_at.map(instant)
    }

    /// The number of an event that is in the log already.
    pub fn event_number(&self, id: Uuid) -> Option<u64> {
        self.events.get(&id).copied()
    }

    /// Each time the log went on from a backup, with the number of the event that says so.
    pub fn restored(&self) -> &[(u64, Restored)] {
        &self.restored
    }

    /// Each time the PC's clock jumped, in order: what the log says of it, and steps back that it does not own to.
    pub fn clock_steps(&self) -> &[ClockStep] {
        self.clock.steps()
    }

    /// The days that have an entry, with the instant at which each was first entered.
    pub fn days_entered(&self) -> impl Iterator<Item = (chrono::NaiveDate, chrono::DateTime<chrono::Utc>)> {
        let days = self.records.iter().filter(|(entity, ..)| *entity == Entity::Day);
        days.filter_map(|(.., place)| {
            let entered = place.record.as_ref()?.entered;
            Some((entered.date?, entered.first_at))
        })
    }

    /// The records there are now, by kind and key.
    pub fn keys(&self) -> impl Iterator<Item = (Entity, &str)> {
        self.records
            .iter()
            .filter(|(.., place)| place.record.is_some())
            .map(|(entity, key, _)| (entity, &**key))
    }

    /// Holds as erased what was erased in another state of the same log, so that nothing erased is read out of a backup.
    pub fn erase_as_in(&mut self, other: &Self) {
        self.redacted.extend(&other.redacted);
    }

    /// Whether something can be undone.
    pub fn can_undo(&self) -> bool {
        self.steps.next(Direction::Undo).is_some()
    }

    /// Whether something undone can be made again.
    pub fn can_redo(&self) -> bool {
        self.steps.next(Direction::Redo).is_some()
    }

    /// The hashes of all texts that any of its events holds.
    pub fn text_hashes(&self) -> impl ExactSizeIterator<Item = &Digest> {
        self.hashes.keys()
    }

    /// Whether any of its events holds a text.
    pub fn knows_text(&self, text: &Digest) -> bool {
        self.hashes.contains_key(text)
    }

    /// The texts that a record has or ever had and that are not erased yet.
    pub fn texts_of(&self, entity: Entity, key: &str) -> Vec<Digest> {
        let its = |(hash, of): (&Digest, &(Entity, Arc<str>))| {
            (of.0 == entity && &*of.1 == key && !self.is_redacted(hash)).then_some(*hash)
        };
        let mut texts: Vec<_> = self.hashes.iter().filter_map(its).collect();
        texts.sort_unstable();
        texts
    }

    /// Whether a text was erased.
    pub fn is_redacted(&self, text: &Digest) -> bool {
        self.redacted.contains(text)
    }

    /// The texts that were erased.
    pub fn redacted_texts(&self) -> impl Iterator<Item = &Digest> {
        self.redacted.iter()
    }

    /// How many texts were erased.
    pub fn erased_texts(&self) -> usize {
        self.redacted.len()
    }

    /// Whether a record of that key exists now.
    pub fn holds(&self, entity: Entity, key: &str) -> bool {
        self.records.record(entity, key).is_some()
    }

    /// When each present record was entered, and how late, in the order they were first entered.
    pub fn entered(&self) -> Vec<EnteredRecord> {
        let mut records: Vec<_> = self
            .records
            .iter()
            .filter_map(|(entity, key, place)| {
                place
                    .record
                    .as_ref()
                    .map(|r| (place.first_n(), entity, key, r.entered))
            })
            .collect();
        records.sort_unstable_by_key(|(first_n, ..)| *first_n);
        records
            .into_iter()
            .map(|(_, entity, key, entered)| EnteredRecord {
                entity,
                key: key.to_string(),
                first_at: instant(entered.first_at),
                last_at: instant(entered.last_at),
                late_days: entered.late_days(),
            })
            .collect()
    }
}

/// Keeps the undo stacks; where a step is really taken back, the record gets its former times again.
fn step(
    steps: &mut Steps,
    created: bool,
    id: Uuid,
    set: &Set,
    key: Arc<str>,
    before: Option<Record>,
    after: Option<Record>,
) -> Option<Record> {
    let taken = match (set.undoes, set.redoes) {
        (Some(step), _) => steps
            .take(Direction::Undo, step, set.batch)
            .then_some(Direction::Undo),
        (_, Some(step)) => steps
            .take(Direction::Redo, step, set.batch)
            .then_some(Direction::Redo),
        _ => None,
    };
    if let Some(direction) = taken {
        let former = steps
            .taken(direction)
            .and_then(|step| step.touched(set.entity, &set.key))
            .and_then(|touched| match direction {
                Direction::Undo => touched.before.clone(),
                Direction::Redo => touched.after.clone(),
            });
        return match former {
            Some(former) if former.same_value(set) => Some(former),
            _ => after,
        };
    }
    // What a log begins with cannot be undone: a posting without its profile is none.
    if !created {
        let touched = Touched {
            entity: set.entity,
            key,
            before,
            after: after.clone(),
        };
        steps.push(id, set.batch, touched);
    }
    after
}
