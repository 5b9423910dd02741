//! The dates that a physician fixed in a plan, and the steps that fixed them.
//!
//! Fixing a date is no entry in the log, but Ctrl+Z takes back what was done last, whatever it was. So each step remembers
//! which entry was the last one when it was done: it is the next to be taken back whenever that entry is the last again.

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use xiaxiangzhi_core::assess::FixedDate;

/// The most steps that can be taken back.
const MOST_STEPS: usize = 100;

/// What was fixed in a plan, and what can be taken back of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptPlan {
    /// The dates.
    pub(crate) fixed: Vec<FixedDate>,
    /// Steps that can be taken back, the last one last.
    #[serde(default)]
    undo: Vec<PlanStep>,
    /// Steps taken back, the last one last.
    #[serde(default)]
    redo: Vec<PlanStep>,
}

/// A date that was fixed, moved or let go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PlanStep {
    /// The date that it was about.
    pub(crate) about: FixedDate,
    /// The dates that taking this step sets.
    to: Vec<FixedDate>,
    /// The log as it must stand for this to be the next step.
    at: LogSteps,
}

/// What an undo and a redo would take of a log, by ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LogSteps {
    pub(crate) undo: Option<Uuid>,
    pub(crate) redo: Option<Uuid>,
}

impl KeptPlan {
    /// Dates of which nothing can be taken back.
    pub(crate) fn of(fixed: Vec<FixedDate>) -> Self {
        Self {
            fixed,
            ..Self::default()
        }
    }

    /// Fixes these dates, by a step that can be taken back.
    pub(crate) fn fix(&mut self, fixed: Vec<FixedDate>, about: FixedDate, at: LogSteps) {
        let before = std::mem::replace(&mut self.fixed, fixed);
        self.redo.clear();
        keep(
            &mut self.undo,
            PlanStep {
                about,
                to: before,
                at,
            },
        );
    }

    /// The step that an undo would take, if it was done after all that is in the log.
    pub(crate) fn next_undo(&self, at: LogSteps) -> Option<&PlanStep> {
        self.undo.last().filter(|step| step.at.undo == at.undo)
    }

    /// The step that a redo would take, if nothing was entered since it was taken back.
    pub(crate) fn next_redo(&self, at: LogSteps) -> Option<&PlanStep> {
        self.redo.last().filter(|step| step.at == at)
    }

    /// Takes the last step back; whether there was one.
    pub(crate) fn undo(&mut self, at: LogSteps) -> bool {
        let Some(step) = self.next_undo(at).cloned() else {
            return false;
        };
        self.undo.pop();
        let to = std::mem::replace(&mut self.fixed, step.to);
        keep(&mut self.redo, PlanStep { to, at, ..step });
        true
    }

    /// Makes the last step taken back again; whether there was one.
    pub(crate) fn redo(&mut self, at: LogSteps) -> bool {
        let Some(step) = self.next_redo(at).cloned() else {
            return false;
        };
        self.redo.pop();
        let to = std::mem::replace(&mut self.fixed, step.to);
        keep(&mut self.undo, PlanStep { to, at, ..step });
        true
    }
}

fn keep(steps: &mut Vec<PlanStep>, step: PlanStep) {
    steps.push(step);
    if steps.len() > MOST_STEPS {
        steps.remove(0);
    }
}
