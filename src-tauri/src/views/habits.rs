//! What is offered and brought to mind.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xiaxiangzhi_core::posting::Day;
use xiaxiangzhi_core::reminders::Reminder;

/// What is offered while a day is filled in.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct DayOffer {
    /// The day.
    pub date: NaiveDate,
    /// The physician's own short notes, the one likeliest on that day first.
    pub phrases: Vec<String>,
    /// Parts of their notes, to be put together.
    pub parts: Vec<String>,
    /// The last day before with a note or counts; its note is null where it is too long to be offered.
    pub last: Option<Day>,
}

/// A phrase that the physician's notes hold, or one to begin with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OwnPhrase {
    /// As it was written.
    pub text: String,
    /// On how many days.
    #[ts(type = "number")]
    pub days: usize,
    /// The last of them; null where it was never used.
    pub last: Option<NaiveDate>,
    /// Whether it is offered.
    pub wanted: bool,
}

/// What is to be brought to mind, and whether that is wanted at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Reminders {
    /// Whether there are any in this posting.
    pub on: bool,
    /// What to show now: nothing where it was shown today already.
    pub now: Vec<Reminder>,
}

/// What became of reminders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RemindersTo {
    /// They are on the screen, which is enough for today.
    Shown,
    /// They are not wanted in this posting.
    Off,
    /// They are wanted again.
    On,
}
