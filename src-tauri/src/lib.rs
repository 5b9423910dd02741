//! The desktop shell: window, dialogs and commands. No rule and no SQL lives here; it asks store, forms and core.

#[macro_use]
#[path = "commands/list.rs"]
mod list;

pub mod bindings;
pub mod views;
