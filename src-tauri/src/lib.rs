//! The desktop shell: window, dialogs and commands. No rule and no SQL lives here; it asks store, forms and core.
//!
//! The commands are plain functions on an [`App`], reached through [`call`]; the window and the bridge both go that way.
//! Only the binary knows Tauri.

#[macro_use]
#[path = "commands/list.rs"]
mod list;

mod app;
pub mod bindings;
mod clock;
mod commands;
mod desk;
mod files;
mod kept_plan;
mod known;
mod notices;
mod opening;
mod problem;
mod refusal;
mod rolling;
mod settings;
pub mod views;

pub use app::{App, Surroundings};
pub use clock::{Clock, time_by_hand};
pub use commands::{NAMES, call};
pub use desk::{Ask, Desk};
