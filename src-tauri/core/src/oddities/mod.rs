//! Oddities: what a reviewer may want to ask about. Never a verdict, and nothing here touches the assessment.
//!
//! [`within`] looks at one file. [`Across`] looks at many at once; of each it keeps only [`Facts`], about a kilobyte, so that
//! a hundred thousand files can be looked at together. From where on something is worth a question is data: [`OddityRule`].

mod across;
mod facts;
mod sketch;
mod within;
mod words;

pub use across::Across;
pub use facts::Facts;
pub use within::within;

use crate::language::Label;
use crate::log::Entity;
use chrono::NaiveDate;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

pub use crate::scheme::OddityRule;

/// What kind of oddity it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OddityCode {
    /// Many workdays entered in one sitting, days after or before they were.
    OneSitting,
    /// Work entered on days of leave.
    EntriesOnLeave,
    /// The same round number on many days.
    SameNumber,
    /// All lectures in the posting's last days.
    LastLectures,
    /// The same photo at two activities, of one file or of two.
    SamePhoto,
    /// The PC's clock went back.
    ClockJump,
    /// The same text of a lecture in two logs.
    SameText,
    /// One person in two places at a time.
    TwoPlaces,
}

/// A record that an oddity is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OddRecord {
    /// The entity: `day`, `activity`, `leave`.
    #[ts(type = "string")]
    pub entity: Entity,
    /// Its key: a date for days, an id for activities and leaves.
    pub key: String,
}

/// The other file that an oddity is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OtherFile {
    /// Its log.
    pub log_id: Uuid,
    /// Whose it is.
    pub physician: Option<String>,
    /// Where that physician was posted.
    pub recipient_unit: Option<String>,
    /// The record in it, where it is about one.
    pub record: Option<OddRecord>,
    /// That record's date.
    pub date: Option<NaiveDate>,
}

/// Something worth a question, with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Oddity {
    /// What kind it is.
    pub code: OddityCode,
    /// The dates it is about, in order.
    pub dates: Vec<NaiveDate>,
    /// The records it rests on.
    pub records: Vec<OddRecord>,
    /// The instants it rests on (UTC): when a sitting began and ended; the clock before and after its jump.
    pub instants: Vec<String>,
    /// The other file, where it takes two.
    pub other: Option<OtherFile>,
    /// What was seen, with dates, and the question; it ends in a question mark.
    pub question: Label,
}

impl Oddity {
    fn new(code: OddityCode, dates: Vec<NaiveDate>, question: Label) -> Self {
        Self {
            code,
            dates,
            records: Vec::new(),
            instants: Vec::new(),
            other: None,
            question,
        }
    }
}

/// The record of a day.
fn day_record(date: NaiveDate) -> OddRecord {
    OddRecord {
        entity: Entity::Day,
        key: date.to_string(),
    }
}

fn activity_record(id: Uuid) -> OddRecord {
    OddRecord {
        entity: Entity::Activity,
        key: id.to_string(),
    }
}
