//! Long random lives of a database, each step held against a plain model.
//!
//! A life is a list of small numbers, so one that goes wrong can be cut down: steps are left out until nothing more can be,
//! and what is left is printed.

mod compare;
mod edits;
mod exchange;
mod life;
mod model;
mod shown;

use model::Planted;

use crate::support::{Dice, Tried, amount, caught};
use life::Life;

/// Steps of one life.
const STEPS: usize = 50;

/// One step: what is done, and the chance it is done with.
#[derive(Debug, Clone, Copy)]
struct Step {
    what: u64,
    seed: u64,
}

fn steps(seed: u64) -> Vec<Step> {
    let mut dice = Dice::of(seed);
    (0..STEPS)
        .map(|_| Step {
            what: dice.below(100),
            seed: dice.number(),
        })
        .collect()
}

/// What goes wrong in a life, if anything.
fn live(steps: &[Step], planted: Option<Planted>) -> Result<(), String> {
    let mut life = Life::begin(planted);
    for (number, step) in steps.iter().enumerate() {
        let done = life.step(step.what, &mut Dice::of(step.seed));
        done.map_err(|fault| format!("step {number} ({step:?}): {fault}"))?;
    }
    life.end()
}

/// Leaves steps out as long as it still goes wrong.
fn cut_down(mut steps: Vec<Step>, planted: Option<Planted>) -> (Vec<Step>, String) {
    let mut fault = live(&steps, planted).err().unwrap_or_default();
    let mut length = steps.len() / 2;
    while length > 0 {
        let mut at = 0;
        while at < steps.len() {
            let mut fewer = steps.clone();
            fewer.drain(at..fewer.len().min(at + length));
            match live(&fewer, planted) {
                Err(still) => (steps, fault) = (fewer, still),
                Ok(()) => at += length,
            }
        }
        length /= 2;
    }
    (steps, fault)
}

/// Lives so many lives on two lanes. The first that goes wrong is cut down and told.
fn lives(count: u64, planted: Option<Planted>) -> Result<(), String> {
    let lane = |first: u64| {
        for seed in (first..count).step_by(2) {
            let steps = steps(seed);
            if live(&steps, planted).is_err() {
                let (steps, fault) = cut_down(steps, planted);
                return Err(format!("life {seed}, cut down to {steps:#?}\n{fault}"));
            }
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(|| lane(1));
        lane(0).and(other.join().unwrap())
    })
}

#[test]
fn every_life_is_that_of_a_plain_model() {
    let tried = Tried::start("state-machine");
    let count = amount(500, 20_000);
    if let Err(fault) = lives(count, None) {
        panic!("{fault}");
    }
    let outcome = format!("{STEPS} steps each, every one as the plain model has it");
    tried.held(count, "sequences", &outcome);
}

/// The controls: a model with one deliberate fault must be caught, whichever it is.
#[test]
fn a_model_with_a_fault_is_caught() {
    for planted in [
        Planted::RedoSurvives,
        Planted::BatchInParts,
        Planted::RestoreForGood,
        Planted::NothingErased,
        Planted::DraftTwice,
    ] {
        let caught = (0..200).any(|seed| live(&steps(seed), Some(planted)).is_err());
        assert!(caught, "{planted:?} was not noticed");
    }
    caught("state-machine", "five models with one fault each");
}
