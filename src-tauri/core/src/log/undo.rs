//! Undo and redo, as the log itself defines them.
//!
//! An ordinary edit pushes; `undoes: X` pops X to the redo side; `redoes: X` returns it; a new edit clears the redo side. X
//! is an event, or a batch that goes as one. An undo sets the former values again, so the fold needs no rule for it: these
//! two stacks only say what can be undone next. They come from the events alone, so undo works across restarts.

use std::sync::Arc;

use uuid::Uuid;

use super::Entity;
use super::fold::Record;

/// One thing that can be undone or redone as a whole.
#[derive(Debug, Clone)]
pub(super) struct Step {
    /// The event's id, or its batch's.
    pub(super) id: Uuid,
    /// The first record touched, with what stood there before and after.
    pub(super) first: Touched,
    /// The others of a batch.
    pub(super) more: Vec<Touched>,
}

impl Step {
    /// Each record touched, in the order of first touch.
    pub(super) fn all(&self) -> impl Iterator<Item = &Touched> {
        std::iter::once(&self.first).chain(&self.more)
    }

    /// What became of one record.
    pub(super) fn touched(&self, entity: Entity, key: &str) -> Option<&Touched> {
        self.all().find(|touched| touched.is(entity, key))
    }

    /// How many records it touches.
    pub(super) fn records(&self) -> usize {
        1 + self.more.len()
    }
}

#[derive(Debug, Clone)]
pub(super) struct Touched {
    pub(super) entity: Entity,
    pub(super) key: Arc<str>,
    pub(super) before: Option<Record>,
    pub(super) after: Option<Record>,
}

impl Touched {
    fn is(&self, entity: Entity, key: &str) -> bool {
        self.entity == entity && &*self.key == key
    }
}

#[derive(Debug, Clone, Default)]
pub(super) struct Steps {
    undo: Vec<Step>,
    redo: Vec<Step>,
    /// The undo or redo that the last event was part of: its step and its own batch.
    last: Option<(Direction, Uuid, Option<Uuid>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Undo,
    Redo,
}

impl Steps {
    pub(super) fn reserve(&mut self, steps: usize) {
        self.undo.reserve(steps);
    }

    /// The step that an undo (or redo) would take now.
    pub(super) fn next(&self, direction: Direction) -> Option<&Step> {
        match direction {
            Direction::Undo => self.undo.last(),
            Direction::Redo => self.redo.last(),
        }
    }

    /// Whether an event that undoes (redoes) `step` really takes the next one back, or goes on doing so. If it does not,
    /// it is an ordinary edit: a fold never fails.
    pub(super) fn take(&mut self, direction: Direction, step: Uuid, batch: Option<Uuid>) -> bool {
        if batch.is_some() && self.last == Some((direction, step, batch)) {
            return true;
        }
        let (from, to) = match direction {
            Direction::Undo => (&mut self.undo, &mut self.redo),
            Direction::Redo => (&mut self.redo, &mut self.undo),
        };
        if from.last().is_none_or(|last| last.id != step) {
            return false;
        }
        to.extend(from.pop());
        self.last = Some((direction, step, batch));
        true
    }

    /// The step just taken, to find what the records were.
    pub(super) fn taken(&self, direction: Direction) -> Option<&Step> {
        match direction {
            Direction::Undo => self.redo.last(),
            Direction::Redo => self.undo.last(),
        }
    }

    /// An ordinary edit: a step of its own, or one more record of the batch at the top.
    pub(super) fn push(&mut self, event: Uuid, batch: Option<Uuid>, touched: Touched) {
        self.redo.clear();
        self.last = None;
        let id = batch.unwrap_or(event);
        match self.undo.last_mut() {
            Some(step) if batch.is_some() && step.id == id => {
                let Step { first, more, .. } = step;
                match std::iter::once(first)
                    .chain(more.iter_mut())
                    .find(|known| known.is(touched.entity, &touched.key))
                {
                    Some(same) => same.after = touched.after,
                    None => step.more.push(touched),
                }
            }
            _ => self.undo.push(Step {
                id,
                first: touched,
                more: Vec::new(),
            }),
        }
    }
}
