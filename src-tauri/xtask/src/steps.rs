//! A row of steps, each timed; the summary at the end tells which held.

use crate::tools::{Done, Failure};
use std::time::{Duration, Instant};

enum Outcome {
    Passed,
    Failed(String),
    NotRun(String),
}

/// Runs steps in order and keeps what became of each.
#[derive(Default)]
pub(crate) struct Steps {
    rows: Vec<(&'static str, Duration, Outcome)>,
    stopped_by: Option<&'static str>,
}

impl Steps {
    /// A step the later ones do not need: they run even if it fails.
    pub(crate) fn step(&mut self, name: &'static str, body: impl FnOnce() -> Done) {
        if let Some(earlier) = self.stopped_by {
            self.rows.push((
                name,
                Duration::ZERO,
                Outcome::NotRun(format!("because of: {earlier}")),
            ));
            return;
        }
        println!("\n== {name}");
        let start = Instant::now();
        let outcome = match body() {
            Ok(()) => Outcome::Passed,
            Err(failure) => Outcome::Failed(failure.to_string()),
        };
        let took = start.elapsed();
        match &outcome {
            Outcome::Failed(why) => println!("== {name}: FAILED after {:.1} s: {why}", took.as_secs_f64()),
            _ => println!("== {name}: ok, {:.1} s", took.as_secs_f64()),
        }
        self.rows.push((name, took, outcome));
    }

    /// A step without which the later ones cannot say anything: if it fails, they are not run.
    pub(crate) fn needed(&mut self, name: &'static str, body: impl FnOnce() -> Done) {
        self.step(name, body);
        if matches!(self.rows.last(), Some((_, _, Outcome::Failed(_)))) {
            self.stopped_by = Some(name);
        }
    }

    /// A step that this run leaves out, with the reason.
    pub(crate) fn left_out(&mut self, name: &'static str, why: &str) {
        self.rows
            .push((name, Duration::ZERO, Outcome::NotRun(why.to_owned())));
    }

    /// Prints the table and the closing line; a failure if any step failed.
    pub(crate) fn finish(self) -> Done {
        let total: Duration = self.rows.iter().map(|row| row.1).sum();
        println!("\nseconds  result   step");
        let (mut passed, mut failed) = (0, 0);
        for (name, took, outcome) in &self.rows {
            let seconds = took.as_secs_f64();
            match outcome {
                Outcome::Passed => {
                    passed += 1;
                    println!("{seconds:7.1}  ok       {name}");
                }
                Outcome::Failed(why) => {
                    failed += 1;
                    println!(
                        "{seconds:7.1}  FAILED   {name}: {}",
                        why.lines().next().unwrap_or_default()
                    );
                }
                Outcome::NotRun(why) => println!("      -  not run  {name} ({why})"),
            }
        }
        println!("{:7.1}           in all", total.as_secs_f64());
        println!("\n{passed} steps passed, {failed} failed");
        if failed == 0 {
            Ok(())
        } else {
            Err(Failure::new(format!("{failed} of the steps failed")))
        }
    }
}
