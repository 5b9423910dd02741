//! 汇总 from the disk: folders and files in, a line each out, on every core of the machine.
//!
//! A file's bytes are dropped as soon as its line is made, so what is held grows by under a kilobyte a file. Lines come out
//! in the order of the paths, whichever core was first, so the same files give the same answer. A file that is at fault, or
//! cannot be read, is a line with its reason. Nothing is written, here or beside the files.

mod read;
mod spool;
mod walk;

pub use read::{Judge, Progress, Stop, contested, roll_up, unreadable};
pub use spool::Spool;
pub use walk::{FoundFiles, find_review_files};
