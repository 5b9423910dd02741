//! Mutated input for every reader of things from outside: no panic, a refusal names a place, and what is taken comes out
//! as it went in.
//!
//! Each case is made from its number alone, so a fault is found again by running the same harness; the input that caused
//! it is printed. (Workbooks are tried by the tests of their import.)

mod container;
mod events;
mod mutate;
mod plain;
mod records;
mod scheme;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::support::Dice;

/// What a reader made of one input: taken or refused, or what is wrong with it.
pub(crate) type Read = Result<bool, String>;

/// A reader and a maker of inputs for it.
pub(crate) struct Fuzz<'a> {
    pub(crate) make: &'a (dyn Fn(&mut Dice) -> Vec<u8> + Sync),
    pub(crate) read: &'a (dyn Fn(&[u8], u64) -> Read + Sync),
}

impl Fuzz<'_> {
    /// Tries so many cases. Answers how many inputs were taken, or the first fault with its input.
    pub(crate) fn run(&self, count: u64) -> Result<u64, String> {
        let lane = |first: u64| {
            let mut taken = 0;
            for case in (first..count).step_by(2) {
                taken += u64::from(self.one(case)?);
            }
            Ok(taken)
        };
        std::thread::scope(|scope| {
            let other = scope.spawn(|| lane(1));
            let here = lane(0);
            let there: Result<u64, String> = other.join().map_err(|_| "a lane died".to_owned())?;
            Ok(here? + there?)
        })
    }

    fn one(&self, case: u64) -> Read {
        let input = (self.make)(&mut Dice::of(case));
        let fault = match catch_unwind(AssertUnwindSafe(|| (self.read)(&input, case))) {
            Ok(Ok(taken)) => return Ok(taken),
            Ok(Err(fault)) => fault,
            Err(panic) => {
                let words = panic.downcast_ref::<String>().map(String::as_str);
                let words = words.or_else(|| panic.downcast_ref::<&str>().copied());
                format!("it panicked: {}", words.unwrap_or_default())
            }
        };
        let shown = String::from_utf8_lossy(&input);
        let shown: String = shown.chars().take(20_000).collect();
        Err(format!("case {case}: {fault}\nthe input: {shown:?}"))
    }
}
