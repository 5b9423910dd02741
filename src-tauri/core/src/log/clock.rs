//! What a log shows of the PC's clock: where it jumped, and how much was entered until it was right again.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Event, EventKind, parse_instant};

/// Steps back up to this are the clock being set right, as the program itself takes them.
const SET_RIGHT: TimeDelta = TimeDelta::minutes(2);

/// A jump of the PC's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockStep {
    /// The number of the first event after it.
    pub n: u64,
    /// The last instant known before.
    pub from: DateTime<Utc>,
    /// The instant the clock showed next.
    pub to: DateTime<Utc>,
    /// How many records were set by that clock: until it jumped again or, after a step back, was where it had been.
    pub set: u64,
}

impl ClockStep {
    /// How far it jumped; below zero where it went back.
    pub fn by(&self) -> TimeDelta {
        self.to - self.from
    }
}

/// The jumps seen so far.
#[derive(Debug, Clone, Default)]
pub(super) struct ClockSeen {
    steps: Vec<ClockStep>,
    /// Whether the last of them still lasts.
    lasts: bool,
}

impl ClockSeen {
    pub(super) fn steps(&self) -> &[ClockStep] {
        &self.steps
    }

    pub(super) fn see(&mut self, n: u64, before: Option<DateTime<Utc>>, event: &Event) {
        let said = match &event.kind {
            EventKind::ClockJump(jump) => parse_instant(&jump.from).zip(parse_instant(&jump.to)),
            // The program tells of every jump back; a log that does not was written by something else.
            _ => before
                .filter(|before| *before - event.at > SET_RIGHT)
                .map(|before| (before, event.at)),
        };
        if let Some((from, to)) = said {
            self.steps.push(ClockStep { n, from, to, set: 0 });
            self.lasts = true;
        }
        let Some(step) = self.steps.last_mut().filter(|_| self.lasts) else {
            return;
        };
        self.lasts = step.from < step.to || event.at < step.from;
        if self.lasts && matches!(event.kind, EventKind::Set(_)) {
            step.set += 1;
        }
    }
}
