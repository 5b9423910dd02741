//! The pure half of Xiaxiangzhi: what a posting's records are, how they are assessed, and how they are kept and
//! exchanged without losing trust.
//!
//! Nothing here touches a file, a clock, a random number or a database: whatever a function needs comes in as an
//! argument, so the same records give the same answer on every machine. `clippy.toml` beside this crate holds that.
//!
//! Inside, dependencies run one way: `search -> privacy, ics, rollup -> reviewfile, oddities -> log -> assess -> scheme -> posting, calendar`;
//! `drafting` stands on `assess`, `oddities` on `log`, `arrangement` on the last two, `picture` on nothing.

#![deny(missing_docs)]
// The lists stand in core/clippy.toml: they are what keeps this half pure.
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

pub mod arrangement;
pub mod assess;
pub mod calendar;
pub mod drafting;
pub mod ics;
pub mod language;
pub mod log;
pub mod oddities;
pub mod phrases;
pub mod picture;
pub mod posting;
pub mod privacy;
pub mod reminders;
pub mod reviewfile;
pub mod rollup;
pub mod roster;
pub mod sample;
pub mod schema;
pub mod scheme;
pub mod search;
