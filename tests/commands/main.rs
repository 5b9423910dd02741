//! The commands of the window, without one: through the same door that the page uses.

#![allow(clippy::unwrap_used)]

mod arrangement;
mod backups;
mod check_ins;
mod computers;
mod contract;
mod deciding;
mod diary;
mod export;
mod habits;
mod history;
mod keeping;
mod office;
mod pictures;
mod places;
mod plan;
mod postings;
mod receipts;
mod refusals;
mod review;
mod rollup;
mod schemes;
mod support;
mod tallies;
mod templates;
mod workbooks;
