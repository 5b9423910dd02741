//! Timing on a noisy machine: ours and the peer's in turn, medians, and an interval for the median.

use std::time::{Duration, Instant};

/// A sample shorter than this is repeated until it is not, because timers and wake-ups blur less.
const SHORTEST: Duration = Duration::from_millis(2);

/// The times of one side of a comparison, in seconds.
#[derive(Debug, Clone)]
pub(crate) struct Times {
    sorted: Vec<f64>,
}

impl Times {
    pub(crate) fn new(mut seconds: Vec<f64>) -> Self {
        seconds.sort_by(f64::total_cmp);
        Self { sorted: seconds }
    }

    pub(crate) fn median(&self) -> f64 {
        let middle = self.sorted.len() / 2;
        match self.sorted.len() % 2 {
            0 => f64::midpoint(self.sorted[middle - 1], self.sorted[middle]),
            _ => self.sorted[middle],
        }
    }

    /// The shortest.
    pub(crate) fn least(&self) -> f64 {
        self.sorted[0]
    }

    /// What 95 of 100 stay below.
    pub(crate) fn high(&self) -> f64 {
        self.sorted[(self.sorted.len() * 95).div_ceil(100) - 1]
    }

    /// An interval that holds the true median with at least 95 %, whatever the distribution: for 20 samples the 6th and
    /// the 15th.
    pub(crate) fn interval(&self) -> (f64, f64) {
        let n = self.sorted.len();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place within the samples"
        )]
        let outside = (n as f64 / 2.0 - 0.98 * (n as f64).sqrt()).floor().max(0.0) as usize;
        (
            self.sorted[outside.min(n - 1)],
            self.sorted[n - 1 - outside.min(n - 1)],
        )
    }
}

/// The time of one call, in seconds; short calls are repeated and averaged.
pub(crate) fn seconds(mut body: impl FnMut()) -> f64 {
    let start = Instant::now();
    let mut calls = 0_u32;
    loop {
        body();
        calls += 1;
        let took = start.elapsed();
        if took >= SHORTEST {
            return took.as_secs_f64() / f64::from(calls);
        }
    }
}

/// The time of exactly one call, for what changes something.
pub(crate) fn once(body: impl FnOnce()) -> f64 {
    let start = Instant::now();
    body();
    start.elapsed().as_secs_f64()
}

/// Each side in turn, so that what else the machine does meets all alike; who begins changes from round to round,
/// because a sync is faster or slower after another's. The first round is not counted.
pub(crate) fn in_turn(rounds: usize, sides: &mut [&mut dyn FnMut() -> f64]) -> Vec<Times> {
    let mut seconds = vec![Vec::with_capacity(rounds); sides.len()];
    for round in 0..=rounds {
        for turn in 0..sides.len() {
            let side = (round + turn) % sides.len();
            let took = sides[side]();
            if round > 0 {
                seconds[side].push(took);
            }
        }
    }
    seconds.into_iter().map(Times::new).collect()
}

/// Ours alone, where the goal is a time and not a ratio.
pub(crate) fn alone(rounds: usize, mut ours: impl FnMut() -> f64) -> Times {
    Times::new((0..=rounds).map(|_| ours()).skip(1).collect())
}

/// How cost grows from 1x to 100x the size: 1 is in proportion, 0 not at all.
pub(crate) fn exponent(at_1: f64, at_100: f64) -> f64 {
    (at_100 / at_1).log10() / 2.0
}

/// A time with a fitting unit.
pub(crate) fn shown(seconds: f64) -> String {
    match seconds {
        s if s < 1e-3 => format!("{:.1} us", s * 1e6),
        s if s < 1.0 => format!("{:.2} ms", s * 1e3),
        s => format!("{s:.2} s"),
    }
}
