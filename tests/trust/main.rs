//! What may be relied on: the log, the review file and the database, through their public doors.

#![allow(
    clippy::unwrap_used,
    reason = "in a test a panic with its place is the report"
)]

mod exchange;
mod log;
mod review_file;
mod store;
mod support;
mod undo;
mod zip;
