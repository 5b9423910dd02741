//! One life of a database: what is done to it, done to the model too, and the two compared.

use std::path::PathBuf;

use chrono::{DateTime, Duration, Utc};
use tempfile::TempDir;
use uuid::Uuid;
use xiaxiangzhi_core::log::{Change, Entity};
use xiaxiangzhi_store::Store;

use super::edits::{broken, change, slot, value};
use super::model::{Planted, Slot, State, World};
use crate::store::fresh;
use crate::support::{Dice, evening, memory_dir, posting_id, profile};

pub(super) struct Life {
    pub(super) home: TempDir,
    pub(super) store: Option<Store>,
    pub(super) world: World,
    /// None while the posting is deleted.
    pub(super) state: Option<State>,
    /// Review files that were exported, with the posting as it was then.
    pub(super) files: Vec<(Vec<u8>, State)>,
    /// Backups, kept where nothing thins them out.
    pub(super) kept: TempDir,
    pub(super) backups: Vec<(PathBuf, Option<State>)>,
    /// Another posting, which nothing here may touch, and a file of one that goes by the same id elsewhere.
    pub(super) other: Uuid,
    pub(super) other_head: String,
    pub(super) last: Vec<Change>,
    pub(super) at: DateTime<Utc>,
    pub(super) ids: u64,
}

/// What came of something, in a word: both sides must say the same.
pub(super) fn same<T: PartialEq + std::fmt::Debug>(what: &str, store: &T, model: &T) -> Result<(), String> {
    if store == model {
        Ok(())
    } else {
        Err(format!("{what}: the store says {store:?}, the model {model:?}"))
    }
}

impl Life {
    pub(super) fn begin(planted: Option<Planted>) -> Self {
        let home = memory_dir();
        let store = Store::open(home.path()).unwrap();
        let other = Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_4711);
        let at = evening(5);
        let begin = |id| store.create(id, at, &[fresh(Entity::Posting, "", profile())]);
        begin(other).unwrap();
        begin(posting_id()).unwrap();
        let mut world = World::default();
        world.planted = planted;
        let state = State::begun(&mut world, &profile());
        Self {
            other_head: store.folded(other).unwrap().head,
            store: Some(store),
            home,
            world,
            state: Some(state),
            files: Vec::new(),
            kept: memory_dir(),
            backups: Vec::new(),
            other,
            last: Vec::new(),
            at,
            ids: 0,
        }
    }

    pub(super) fn store(&self) -> &Store {
        self.store.as_ref().unwrap()
    }

    fn id(&mut self) -> Uuid {
        self.ids += 1;
        Uuid::from_u128(0x0199_cccc_0000_7000_8000 << 48 | u128::from(self.ids))
    }

    /// One step, and then everything that can be asked is asked.
    pub(super) fn step(&mut self, what: u64, dice: &mut Dice) -> Result<(), String> {
        self.at += Duration::seconds(1);
        if self.state.is_none() {
            self.come_back(what, dice)?;
            return self.compare(dice);
        }
        match what {
            0..=34 => self.edit(1, None, dice)?,
            35..=38 => self.edit(2, None, dice)?,
            39..=44 => {
                let (batch, many) = (self.id(), 2 + dice.index(4));
                self.edit(many, Some(batch), dice)?;
            }
            45..=47 => self.bad_edit(dice)?,
            48 => self.save(&self.last.clone())?,
            49..=61 => self.undo_redo(true)?,
            62..=69 => self.undo_redo(false)?,
            70..=74 => self.draft(dice)?,
            75..=78 => self.commit_draft(dice)?,
            79 => self.discard_draft(dice)?,
            80..=82 => self.go_back(dice)?,
            83 | 84 => self.erase(dice)?,
            85..=87 => self.export()?,
            88 | 89 => self.import(dice)?,
            90 => self.import_foreign()?,
            91 | 92 => self.back_up()?,
            93 | 94 => self.restore(dice)?,
            95 | 96 => self.restart()?,
            97 | 98 => self.kill()?,
            _ => {
                self.store()
                    .delete_log(posting_id(), self.at)
                    .map_err(|e| e.to_string())?;
                self.state = None;
            }
        }
        self.compare(dice)
    }

    /// From a deleted posting: a file, a backup, or a new beginning.
    fn come_back(&mut self, what: u64, dice: &mut Dice) -> Result<(), String> {
        let gone = self
            .store()
            .save(posting_id(), &[], self.at)
            .err()
            .map(|e| e.code());
        same("saving in a deleted posting", &gone, &Some("no_such_posting"))?;
        if what < 45 && !self.files.is_empty() {
            return self.import(dice);
        }
        if what < 90 && self.backups.iter().any(|(_, state)| state.is_some()) {
            return self.restore(dice);
        }
        let begun = self
            .store()
            .create(posting_id(), self.at, &[fresh(Entity::Posting, "", profile())]);
        begun.map_err(|error| error.to_string())?;
        self.state = Some(State::begun(&mut self.world, &profile()));
        Ok(())
    }

    fn edit(&mut self, count: usize, batch: Option<Uuid>, dice: &mut Dice) -> Result<(), String> {
        let changes: Vec<Change> = (0..count)
            .map(|_| {
                let slot = slot(dice);
                let value = value(slot.0, dice);
                change(self.id(), slot, value, batch)
            })
            .collect();
        self.last.clone_from(&changes);
        self.save(&changes)
    }

    fn save(&mut self, changes: &[Change]) -> Result<(), String> {
        let saved = self.store().save(posting_id(), changes, self.at);
        let state = self.state.as_mut().unwrap();
        state.take_key(&mut self.world);
        let expected = self.world.save(state, changes);
        let events = expected.as_ref().map(|(_, events)| *events);
        if let Some((new, _)) = expected {
            *state = new;
        }
        same(
            &format!("events of a save of {changes:?}"),
            &saved.ok().map(|saved| saved.events),
            &events,
        )
    }

    fn bad_edit(&mut self, dice: &mut Dice) -> Result<(), String> {
        let (bad, value_of_bad) = broken(dice);
        let good = slot(dice);
        let value = value(good.0, dice);
        let changes = [
            change(self.id(), good, value, None),
            change(self.id(), bad, value_of_bad, None),
        ];
        let refused = self.store().save(posting_id(), &changes, self.at).is_err();
        self.state.as_mut().unwrap().take_key(&mut self.world);
        same(&format!("refusing {changes:?}"), &refused, &true)
    }

    fn undo_redo(&mut self, undo: bool) -> Result<(), String> {
        let store = self.store();
        let done = if undo {
            store.undo(posting_id(), self.at)
        } else {
            store.redo(posting_id(), self.at)
        };
        let events = done
            .map_err(|error| error.to_string())?
            .map_or(0, |saved| saved.events);
        let state = self.state.as_mut().unwrap();
        state.take_key(&mut self.world);
        let expected = self.world.step(state, undo);
        same("events of an undo or redo", &events, &expected)
    }

    fn draft(&mut self, dice: &mut Dice) -> Result<(), String> {
        let slot = slot(dice);
        let value = if slot.0 == Entity::Day && dice.once_in(4) {
            Some(serde_json::json!({"morning": "asleep"}))
        } else {
            value(slot.0, dice)
        };
        let draft = self
            .store()
            .draft(posting_id(), slot.0, &slot.1, value.clone(), self.at)
            .map_err(|error| error.to_string())?;
        let state = self.state.as_mut().unwrap();
        let token = draft.event_id.as_u128();
        if let Some((open, _)) = state.drafts.get(&slot)
            && !state.chain.contains(open)
        {
            same("the number of a draft that is written on", &token, open)?;
        }
        state.drafts.insert(slot, (token, value));
        Ok(())
    }

    /// A draft's slot, if there is one that is open.
    fn open_draft(&self, dice: &mut Dice) -> Option<Slot> {
        let drafts = self.world.drafts(self.state.as_ref()?);
        (!drafts.is_empty()).then(|| dice.pick(&drafts).0.clone())
    }

    fn commit_draft(&mut self, dice: &mut Dice) -> Result<(), String> {
        let Some(slot) = self.open_draft(dice) else {
            return Ok(());
        };
        let committed = self.store().commit_draft(posting_id(), slot.0, &slot.1, self.at);
        let state = self.state.as_mut().unwrap();
        let (token, value) = state.drafts[&slot].clone();
        state.take_key(&mut self.world);
        let nonsense = value.as_ref().is_some_and(|value| value["morning"] == "asleep");
        let new = change(Uuid::from_u128(token), slot.clone(), value, None);
        let expected = if nonsense {
            None
        } else {
            self.world.save(state, &[new])
        };
        let events = expected.as_ref().map(|(_, events)| *events);
        if let Some((new, events)) = expected {
            *state = new;
            if events == 0 {
                state.drafts.remove(&slot);
            }
        }
        let committed = committed.ok().map(|saved| saved.map_or(0, |saved| saved.events));
        same(&format!("events of a draft of {slot:?}"), &committed, &events)
    }

    fn discard_draft(&mut self, dice: &mut Dice) -> Result<(), String> {
        let Some(slot) = self.open_draft(dice) else {
            return Ok(());
        };
        let discarded = self.store().discard_draft(posting_id(), slot.0, &slot.1);
        self.state.as_mut().unwrap().drafts.remove(&slot);
        discarded.map_err(|error| error.to_string())
    }

    fn go_back(&mut self, dice: &mut Dice) -> Result<(), String> {
        let slot = slot(dice);
        let state = self.state.as_mut().unwrap();
        let history = self.world.history(state, &slot);
        let n = match history.len() {
            0 => state.n(),
            length if dice.once_in(8) => history[dice.index(length)].0 + 1,
            length => history[dice.index(length)].0,
        };
        let version = history
            .iter()
            .find(|version| version.0 == n && slot.0 != Entity::Scheme);
        let expected = version.and_then(|(.., value)| {
            state.take_key(&mut self.world);
            let id = Uuid::from_u128(u128::MAX - self.world.token());
            self.world
                .save(state, &[change(id, slot.clone(), value.clone(), None)])
        });
        let events = expected.as_ref().map(|(_, events)| *events);
        if let Some((new, _)) = expected {
            *state = new;
        }
        let back = self.store().go_back(posting_id(), slot.0, &slot.1, n, self.at);
        same(
            &format!("events of going back to {n} of {slot:?}"),
            &back.ok().map(|saved| saved.events),
            &events,
        )
    }

    fn erase(&mut self, dice: &mut Dice) -> Result<(), String> {
        let slot = slot(dice);
        let erased = self
            .store()
            .erase_texts(posting_id(), slot.0, &slot.1, self.at)
            .map_err(|error| error.to_string())?;
        let state = self.state.as_mut().unwrap();
        state.take_key(&mut self.world);
        let expected = self.world.erase(state, &slot);
        same("erasing", &erased.is_some(), &expected)
    }
}
