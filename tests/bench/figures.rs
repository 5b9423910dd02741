//! What the program costs, measured beside what a user would pick instead or beside the limit of the thing itself.
//!
//! Started by `cargo xtask bench`, which builds everything optimised. It fails on nothing: figures on a shared machine
//! are for reading, and what must hold exactly is a test.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::cast_precision_loss,
    reason = "a program for developers"
)]

mod assessing;
mod measure;
mod painting;
mod papers;
mod peer;
mod previewing;
mod rolling;
mod screens;
mod searching;
mod storing;
#[path = "../trust/support.rs"]
#[allow(
    dead_code,
    unused_imports,
    clippy::unwrap_used,
    reason = "shared with the tests of trust, which use all of it"
)]
mod support;
mod table;
#[path = "../trust/tried.rs"]
#[allow(
    dead_code,
    clippy::unwrap_used,
    reason = "the harnesses of trust use all of it"
)]
mod tried;
mod verifying;
mod windows;

/// Measures some rows with so many samples of each side.
type Part = fn(usize) -> Vec<table::Row>;

fn main() {
    let after = |flag: &str| std::env::args().skip_while(|argument| argument != flag).nth(1);
    let rounds: usize = after("--rounds")
        .and_then(|number| number.parse().ok())
        .unwrap_or(20);
    let only = after("--only").unwrap_or_default();
    let parts: [(&str, Part); 10] = [
        ("assessing", assessing::rows),
        ("saving and opening the database", storing::rows),
        ("answering the screens", screens::rows),
        ("searching", searching::rows),
        ("verifying review files", verifying::rows),
        ("rolling up review files", rolling::rows),
        ("writing papers", papers::rows),
        ("looking at papers", previewing::rows),
        ("opening windows", windows::rows),
        ("painting what was saved", painting::rows),
    ];
    let mut rows = Vec::new();
    for (name, part) in parts.iter().filter(|(name, _)| name.contains(&only)) {
        eprintln!("measuring: {name}");
        rows.extend(part(rounds));
    }
    println!("\nMedians of {rounds}, ours and the peer's in turn.\n");
    table::print(&rows);
    if cfg!(debug_assertions) {
        println!("\nThis is a debug build: its figures say nothing about the program as it is shipped.");
    }
}
