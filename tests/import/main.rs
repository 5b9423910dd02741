//! Workbooks that a physician kept before: what is read, what is refused, and what becomes of each row.

#![allow(clippy::unwrap_used)]

mod again;
mod cells;
mod hostile;
mod own_papers;
mod samples;
mod support;
#[allow(dead_code, reason = "shared with another test program")]
#[path = "../trust/tried.rs"]
mod tried;
