//! The plain model: what the page on trust says, in as few words as it can be said in code.
//!
//! A posting is its records, two stacks of steps, and a list of what happened. Nothing of the project's own log is used
//! here but the names of things.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use xiaxiangzhi_core::log::{Change, ERASED_TEXT, Entity, HowSet, StepName};

/// A kind of record and a key.
pub(super) type Slot = (Entity, String);

/// A fault built into the model on purpose: a harness that does not notice it notices nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Planted {
    /// A new edit leaves what was undone to be made again.
    RedoSurvives,
    /// Of a batch, an undo takes only the first record back.
    BatchInParts,
    /// A restore cannot be undone.
    RestoreForGood,
    /// An erased text is still read.
    NothingErased,
    /// A spent draft comes back.
    DraftTwice,
}

/// A record as it is held: its fields, and its texts by number.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Held {
    fields: Map<String, Value>,
    texts: BTreeMap<&'static str, usize>,
}

#[derive(Debug, Clone)]
pub(super) struct Touched {
    slot: Slot,
    before: Option<Held>,
    after: Option<Held>,
}

#[derive(Debug, Clone)]
pub(super) struct Version {
    pub(super) n: u64,
    pub(super) how: HowSet,
    pub(super) held: Option<Held>,
}

/// One posting.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    /// Everything that happened, each under a number of its own.
    pub(super) chain: Vec<u128>,
    /// Which key signs, and whether it is here.
    pub(super) key: u128,
    pub(super) has_key: bool,
    pub(super) exports: u64,
    pub(super) now: BTreeMap<Slot, Held>,
    pub(super) history: BTreeMap<Slot, Vec<Version>>,
    undo: Vec<Vec<Touched>>,
    redo: Vec<Vec<Touched>>,
    /// Drafts with the number their event will have.
    pub(super) drafts: BTreeMap<Slot, (u128, Option<Value>)>,
    pub(super) erased: BTreeSet<usize>,
}

/// What is common to all postings and backups: every text ever written, and numbers for events.
#[derive(Debug, Clone, Default)]
pub(super) struct World {
    texts: Vec<String>,
    next: u128,
    pub(super) planted: Option<Planted>,
}

/// The texts of each kind of record that stand beside the log.
fn texts_of(entity: Entity) -> &'static [&'static str] {
    match entity {
        Entity::Day => &["note"],
        Entity::Activity => &["title", "note"],
        Entity::Leave | Entity::CalendarOverride => &["reason"],
        Entity::Problem => &["problem", "guidance", "corrective_action", "result"],
        Entity::Summary => &[
            "self_appraisal",
            "suggestions",
            "basics",
            "conduct",
            "medical_work",
            "teaching",
            "public_health",
            "reflections",
        ],
        _ => &[],
    }
}

fn key_field(entity: Entity) -> Option<&'static str> {
    match entity {
        Entity::Day | Entity::CalendarOverride => Some("date"),
        Entity::Activity | Entity::Leave | Entity::Problem => Some("id"),
        Entity::Document => Some("kind"),
        Entity::TallyItem => Some("key"),
        Entity::Attachment => Some("sha256"),
        Entity::Answer => Some("comment"),
        Entity::Amendment => Some("review"),
        Entity::Posting | Entity::Scheme | Entity::Summary | Entity::Extra => None,
    }
}

impl World {
    /// A number for something that happened.
    pub(super) fn token(&mut self) -> u128 {
        self.next += 1;
        self.next
    }

    pub(super) fn plants(&self, fault: Planted) -> bool {
        self.planted == Some(fault)
    }

    fn reads(&self, text: usize, erased: &BTreeSet<usize>) -> &str {
        if erased.contains(&text) && !self.plants(Planted::NothingErased) {
            ERASED_TEXT
        } else {
            &self.texts[text]
        }
    }

    /// A record as people see it.
    pub(super) fn shown(&self, slot: &Slot, held: &Held, erased: &BTreeSet<usize>) -> Value {
        let mut fields = held.fields.clone();
        for (field, text) in &held.texts {
            fields.insert((*field).to_owned(), json!(self.reads(*text, erased)));
        }
        if let Some(field) = key_field(slot.0) {
            fields.insert(field.to_owned(), json!(slot.1));
        }
        Value::Object(fields)
    }

    /// A new value: a text that reads as the one that is there is that one, a blank one is none.
    fn held(&mut self, state: &State, slot: &Slot, value: &Value) -> Held {
        let mut fields = value.as_object().cloned().unwrap_or_default();
        key_field(slot.0).map(|field| fields.shift_remove(field));
        let mut texts = BTreeMap::new();
        for field in texts_of(slot.0) {
            let Some(Value::String(text)) = fields.shift_remove(*field) else {
                continue;
            };
            if text.trim().is_empty() {
                continue;
            }
            let there = state
                .now
                .get(slot)
                .and_then(|held| held.texts.get(field))
                .copied();
            let same = there.filter(|there| self.reads(*there, &state.erased) == text);
            let number = same.unwrap_or_else(|| {
                self.texts.push(text);
                self.texts.len() - 1
            });
            texts.insert(*field, number);
        }
        Held { fields, texts }
    }

    /// Some changes as one save; none if they are refused. Answers the state and how many events it took.
    pub(super) fn save(&mut self, state: &State, changes: &[Change]) -> Option<(State, usize)> {
        let mut new = state.clone();
        let before = new.chain.len();
        let mut batch: Vec<Touched> = Vec::new();
        let is_here = |change: &&Change| state.chain.contains(&change.event_id.as_u128());
        let saved: BTreeSet<_> = changes
            .iter()
            .filter(is_here)
            .filter_map(|change| change.batch)
            .collect();
        for change in changes {
            let id = change.event_id.as_u128();
            if new.chain.contains(&id) || change.batch.is_some_and(|batch| saved.contains(&batch)) {
                continue;
            }
            let slot = (change.entity, change.key.clone());
            let after = change.value.as_ref().map(|value| self.held(&new, &slot, value));
            let old = new.now.get(&slot).cloned();
            if old == after {
                continue;
            }
            new.set(change.event_id.as_u128(), &slot, HowSet::Entered, after.clone());
            if !self.plants(Planted::RedoSurvives) {
                new.redo.clear();
            }
            let touched = Touched {
                slot,
                before: old,
                after,
            };
            if change.batch.is_none() {
                new.undo.push(vec![touched]);
                // An undo comes to this state too.
                if !new.is_valid() {
                    return None;
                }
            } else if let Some(same) = batch.iter_mut().find(|other| other.slot == touched.slot) {
                same.after = touched.after;
            } else {
                batch.push(touched);
            }
        }
        if !batch.is_empty() {
            new.undo.push(batch);
        }
        let events = new.chain.len() - before;
        (events == 0 || new.is_valid()).then_some((new, events))
    }

    /// The last step taken back, or the last one taken back made again. Answers how many events it took.
    pub(super) fn step(&mut self, state: &mut State, undo: bool) -> usize {
        let from = if undo { &mut state.undo } else { &mut state.redo };
        let Some(step) = from.pop() else { return 0 };
        let taken = if self.plants(Planted::BatchInParts) && undo {
            &step[..1]
        } else {
            &step[..]
        };
        for touched in taken {
            let (held, how) = if undo {
                (&touched.before, HowSet::Undone)
            } else {
                (&touched.after, HowSet::Redone)
            };
            let token = self.token();
            state.set(token, &touched.slot, how, held.clone());
        }
        let events = taken.len();
        let to = if undo { &mut state.redo } else { &mut state.undo };
        to.push(step);
        events
    }

    /// Erases what a record says and ever said. Answers whether there was anything.
    pub(super) fn erase(&mut self, state: &mut State, slot: &Slot) -> bool {
        let said: BTreeSet<usize> = state
            .history
            .get(slot)
            .into_iter()
            .flatten()
            .filter_map(|version| version.held.as_ref())
            .flat_map(|held| held.texts.values().copied())
            .filter(|text| !state.erased.contains(text))
            .collect();
        if said.is_empty() {
            return false;
        }
        state.chain.push(self.token());
        // What is being typed into the record goes, and whatever repeats one of its texts that no other record has.
        let word = |text: &usize| self.texts[*text].trim();
        let elsewhere: BTreeSet<&str> = state
            .history
            .values()
            .flatten()
            .filter_map(|version| version.held.as_ref())
            .flat_map(|held| held.texts.values())
            .filter(|text| !said.contains(text) && !state.erased.contains(text))
            .map(word)
            .collect();
        let repeated: BTreeSet<&str> = said.iter().map(word).collect();
        let repeated: Vec<&str> = repeated.difference(&elsewhere).copied().collect();
        state.drafts.retain(|of, (_, value)| {
            let says = |text: &&str| value.as_ref().is_some_and(|value| says(value, text));
            of != slot && !repeated.iter().any(says)
        });
        state.erased.extend(said);
        true
    }

    /// Sets every record back to what it was then, as one batch. Answers how many events it took.
    pub(super) fn set_back(&mut self, state: &mut State, then: &State) -> usize {
        let erased: BTreeSet<usize> = state.erased.union(&then.erased).copied().collect();
        let slots: BTreeSet<Slot> = state.now.keys().chain(then.now.keys()).cloned().collect();
        let mut batch = Vec::new();
        for slot in slots {
            let here = state
                .now
                .get(&slot)
                .map(|held| self.shown(&slot, held, &state.erased));
            let there = then.now.get(&slot).map(|held| self.shown(&slot, held, &erased));
            if here == there {
                continue;
            }
            let before = state.now.get(&slot).cloned();
            let after = there.map(|value| self.held(state, &slot, &value));
            let token = self.token();
            state.set(token, &slot, HowSet::Entered, after.clone());
            batch.push(Touched { slot, before, after });
        }
        let events = batch.len();
        if events > 0 && !self.plants(Planted::RestoreForGood) {
            state.redo.clear();
            state.undo.push(batch);
        }
        events
    }
}

impl State {
    pub(super) fn n(&self) -> u64 {
        self.chain.len() as u64
    }

    /// A posting just begun.
    pub(super) fn begun(world: &mut World, profile: &Value) -> Self {
        let mut state = Self {
            key: world.token(),
            has_key: true,
            ..Self::default()
        };
        state.chain.push(world.token());
        let slot = (Entity::Posting, String::new());
        let held = world.held(&state, &slot, profile);
        state.set(world.token(), &slot, HowSet::Entered, Some(held));
        state
    }

    fn set(&mut self, token: u128, slot: &Slot, how: HowSet, held: Option<Held>) {
        self.chain.push(token);
        let n = self.n();
        self.history.entry(slot.clone()).or_default().push(Version {
            n,
            how,
            held: held.clone(),
        });
        match held {
            Some(held) => self.now.insert(slot.clone(), held),
            None => self.now.remove(slot),
        };
    }

    /// A posting that came without its key takes one at the first attempt to write.
    pub(super) fn take_key(&mut self, world: &mut World) {
        if !self.has_key {
            self.has_key = true;
            self.key = world.token();
            self.chain.push(world.token());
        }
    }

    /// Whether the other one's list begins with this one's.
    pub(super) fn begins(&self, other: &Self) -> bool {
        other.chain.starts_with(&self.chain)
    }

    /// What an undo or a redo would touch.
    pub(super) fn next(&self, undo: bool) -> Option<StepName> {
        let step = if undo { self.undo.last() } else { self.redo.last() }?;
        let after = if undo { &step[0].before } else { &step[0].after };
        Some(StepName {
            entity: step[0].slot.0,
            key: step[0].slot.1.clone(),
            records: step.len(),
            stays: after.is_some(),
        })
    }

    /// Whether the records go together: no two leaves over one day, no count without its item, a posting that ends after
    /// it starts.
    fn is_valid(&self) -> bool {
        let field =
            |held: &Held, name: &str| held.fields.get(name).and_then(Value::as_str).map(str::to_owned);
        let Some(posting) = self.now.get(&(Entity::Posting, String::new())) else {
            return false;
        };
        let of = |entity| self.now.iter().filter(move |(slot, _)| slot.0 == entity);
        let spans: Vec<_> = of(Entity::Leave)
            .map(|(_, held)| (field(held, "from"), field(held, "to")))
            .collect();
        let apart = spans.iter().enumerate().all(|(index, (from, to))| {
            from <= to
                && spans[..index]
                    .iter()
                    .all(|(other_from, other_to)| to < other_from || other_to < from)
        });
        let counted = of(Entity::Day).chain(of(Entity::Activity)).all(|(_, held)| {
            let own = held.fields.get("tallies").and_then(|tallies| tallies.get("own"));
            own.is_none() || self.now.contains_key(&(Entity::TallyItem, "own".to_owned()))
        });
        field(posting, "start") <= field(posting, "end") && apart && counted
    }
}

/// Whether some string in a value holds a text.
fn says(value: &Value, text: &str) -> bool {
    match value {
        Value::String(said) => said.contains(text),
        Value::Array(items) => items.iter().any(|item| says(item, text)),
        Value::Object(fields) => fields.values().any(|field| says(field, text)),
        _ => false,
    }
}
