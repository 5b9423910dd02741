//! The data model of a posting's records, and the reading of records that come from outside.
//!
//! `Records::from_json` and `Records::from_value` are the only doors: they report all faults together, each with its
//! place, and give either records that hold every promise below or nothing.
//!
//! - `start <= end`, at most five years; every date lies between 2004-01-01 and 2100-12-31;
//! - no two days, overrides or documents for one date or kind, no id twice, no two leaves over one half-day;
//! - texts have no control characters (notes may have line feeds); counts are 0 to 1,000,000.

mod check;
mod days_in_all;
mod faults;
mod fields;
mod kinds;
mod node;
mod read;
mod records;
mod tallies;

pub use days_in_all::{DaysInAll, days_in_all};
pub use faults::{BadRecords, Fault, Problem as FaultProblem};
pub use fields::forbidden as forbidden_character;
pub use kinds::{
    ActivityKind, DocumentKind, Half, HalfDayStatus, Kind, LeaveKind, OverrideKind, ProblemStatus, Sex,
    Station,
};
pub(crate) use node::is_readable;
pub use records::{
    Activity, Approval, Attachment, CalendarOverride, Day, Document, Extra, Leave, Notification, Physician,
    Posting, Problem, Records, Summary, Tallies, TallyItem, WrittenExplanation,
};
pub use tallies::{TALLIES, Tally, tally_of};

use chrono::NaiveDate;

/// The `format` of a records document.
pub const FORMAT: &str = "xiaxiangzhi.posting";
/// The newest `version` of a records document that is understood.
pub const VERSION: u32 = 1;
/// The most characters in a name or title.
pub const NAME_LIMIT: usize = 200;
/// The most characters in a note.
pub const NOTE_LIMIT: usize = 10_000;
/// The largest count, in whatever unit.
pub const MOST_COUNTED: u32 = 1_000_000;
/// How deep an `extra` may be nested, itself counted: with the levels of records around it an event still takes it.
pub const EXTRA_DEPTH: usize = 28;
/// The longest posting, in days: five years.
pub const LONGEST_POSTING: u64 = 1_827;
/// The first date the calendar knows.
pub const FIRST_DATE: NaiveDate = NaiveDate::from_ymd_opt(2004, 1, 1).expect("a date");
/// The last date the calendar knows.
pub const LAST_DATE: NaiveDate = NaiveDate::from_ymd_opt(2100, 12, 31).expect("a date");
