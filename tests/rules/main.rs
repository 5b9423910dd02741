//! What a posting's records are and how they are assessed, through the core's public doors.

#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests may fail loudly, like the tests themselves"
)]

mod arrangement;
mod boundary;
mod build;
mod calendar;
mod calendar_file;
mod cases;
mod days_in_all;
mod drafting;
mod edges;
mod field_changes;
mod generator;
mod naive;
mod notices;
mod phrases;
mod planning;
mod privacy;
mod properties;
mod records;
mod required;
mod roster;
mod sample;
mod schema;
mod scheme_asked;
mod scheme_cadence;
mod scheme_faults;
mod scheme_years;
mod schemes;
mod search;
mod verdicts;
