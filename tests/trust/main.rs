//! What may be relied on: the log, the review file and the database, through their public doors.

#![allow(
    clippy::unwrap_used,
    reason = "in a test a panic with its place is the report"
)]

mod changed_bytes;
mod child;
mod erasing;
mod exchange;
#[cfg(target_os = "linux")]
mod failing;
mod fixtures;
mod fuzz;
mod history;
mod hostile;
mod kill;
mod log;
mod machine;
mod obstacles;
mod oddities;
mod pictures;
mod places;
mod receipts;
mod restore;
mod review_file;
mod rollup;
mod signed_files;
mod store;
mod support;
mod thinning;
mod trace;
mod tried;
mod undo;
mod wayside;
mod zip;
