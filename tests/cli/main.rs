//! `xxz` as a person or a script meets it: the real binary, its output, its errors and its exit status.

#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests may fail loudly, like the tests themselves"
)]

mod assess;
mod calendar;
mod database;
mod days;
mod export;
mod figures;
mod forgeries;
mod format;
mod help;
#[cfg(target_os = "linux")]
mod hostile;
mod keeping;
mod network;
mod payloads;
mod plan;
mod privacy;
mod refusals;
mod review_file;
mod rollup;
mod sample;
mod schemes;
mod support;
mod template;
#[allow(dead_code, reason = "shared with another test program")]
#[path = "../trust/tried.rs"]
mod tried;
mod workbook;
