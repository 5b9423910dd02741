//! The real window, driven as a person would: keys, clicks, and the system's own dialogs. Needs a display; `cargo xtask
//! test` gives it one.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

mod dialog;
mod dragging;
mod evidence;
mod history;
mod instances;
mod keeping;
mod keystrokes;
mod network;
mod outside;
mod page;
mod pictures;
mod printing;
mod progress;
mod recovery;
mod recovery_clock;
mod recovery_places;
mod roles;
mod seed;
mod session;
mod story;
mod way_back;
