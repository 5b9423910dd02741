//! Everything that can be asked of a database, held against the model.

use serde_json::Value;
use xiaxiangzhi_core::log::Entity;

use super::edits::slot;
use super::life::{Life, same};
use super::model::Slot;
use crate::support::{Dice, posting_id};

impl Life {
    pub(super) fn compare(&self, dice: &mut Dice) -> Result<(), String> {
        let store = self.store();
        let other = store.folded(self.other).map(|folded| folded.head).ok();
        same("the other posting", &other.as_ref(), &Some(&self.other_head))?;
        let Some(state) = &self.state else {
            return same("a deleted posting", &store.folded(posting_id()).is_err(), &true);
        };
        let folded = store.folded(posting_id()).map_err(|error| error.to_string())?;
        let expected = self.world.document(state, &posting_id().to_string());
        same("the document", &folded.document, &expected)?;
        same("events", &folded.n, &state.n())?;
        same("exports", &folded.exports, &state.exports)?;
        same("what undo takes back", &folded.undo, &state.next(true))?;
        same("what redo makes again", &folded.redo, &state.next(false))?;
        let mut drafts: Vec<(Slot, Option<Value>)> = store
            .drafts(posting_id())
            .map_err(|error| error.to_string())?
            .into_iter()
            .map(|draft| ((draft.entity, draft.key), draft.value))
            .collect();
        drafts.sort_by(|a, b| a.0.cmp(&b.0));
        same("drafts", &drafts, &self.world.drafts(state))?;
        let scheme_aside = |slot: &Slot, value: Value| {
            if slot.0 == Entity::Scheme {
                Value::Null
            } else {
                value
            }
        };
        let bin: Vec<_> = store
            .recycle_bin(posting_id())
            .map_err(|error| error.to_string())?
            .into_iter()
            .map(|gone| {
                let slot = (gone.entity, gone.key);
                let value = scheme_aside(&slot, gone.value);
                (slot, gone.n, value)
            })
            .collect();
        let expected: Vec<_> = self
            .world
            .bin(state)
            .into_iter()
            .map(|(slot, n, value)| {
                let value = scheme_aside(&slot, value);
                (slot, n, value)
            })
            .collect();
        same("the recycle bin", &bin, &expected)?;
        let slot = slot(dice);
        let history: Vec<_> = store
            .history(posting_id(), slot.0, &slot.1)
            .map_err(|error| error.to_string())?
            .into_iter()
            .map(|version| {
                (
                    version.n,
                    version.how,
                    version.value.map(|value| scheme_aside(&slot, value)),
                )
            })
            .collect();
        let expected: Vec<_> = self
            .world
            .history(state, &slot)
            .into_iter()
            .map(|(n, how, value)| (n, how, value.map(|value| scheme_aside(&slot, value))))
            .collect();
        same(&format!("the history of {slot:?}"), &history, &expected)
    }

    /// The last look: closed, checked, and opened once more.
    pub(super) fn end(mut self) -> Result<(), String> {
        self.restart()?;
        self.compare(&mut Dice::of(0))
    }
}
