//! What every harness shares: how often it tries, what it tells, and numbers that stand in for chance.

/// How often a harness tries: what an ordinary run does, or, with `XIAXIANGZHI_TORTURE=release`, what a release does.
pub(crate) fn amount(ci: u64, release: u64) -> u64 {
    match std::env::var("XIAXIANGZHI_TORTURE").as_deref() {
        Ok("release") => release,
        Ok(other) => panic!("XIAXIANGZHI_TORTURE is {other:?}; it can be \"release\" or not be set"),
        Err(_) => ci,
    }
}

/// One harness under way, timed, for the table of what was tried.
///
/// `cargo xtask torture` reads the lines printed here: `TORTURE <name> <count> <unit> <outcome words> [<seconds> s]`, and from
/// the control of the same harness `CONTROL <name> <what was caught>`.
pub(crate) struct Tried {
    name: &'static str,
    start: std::time::Instant,
}

impl Tried {
    /// Starts the clock of a harness. Its name is one word; it is also what `cargo xtask torture --only` asks for.
    pub(crate) fn start(name: &'static str) -> Self {
        assert!(!name.contains(char::is_whitespace));
        let start = std::time::Instant::now();
        Self { name, start }
    }

    /// Tells what came of it: so many of `unit` (one word), and the outcome in a few words. Called when all held.
    #[allow(clippy::print_stdout, reason = "the line is what a harness is run for")]
    pub(crate) fn held(self, count: u64, unit: &str, outcome: &str) {
        assert!(!unit.contains(char::is_whitespace) && !outcome.contains('\n'));
        let seconds = self.start.elapsed().as_secs_f64();
        println!(
            "\nTORTURE {} {count} {unit} {outcome} [{seconds:.1} s]",
            self.name
        );
    }
}

/// Tells that the control of a harness failed as it must: what was planted and caught, in a few words.
#[allow(clippy::print_stdout, reason = "the line is what a harness is run for")]
pub(crate) fn caught(name: &str, what: &str) {
    println!("\nCONTROL {name} {what}");
}

/// Numbers that look random and are the same every time.
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    /// Dice for a number; those for the next number have nothing to do with them.
    pub(crate) fn of(seed: u64) -> Self {
        Self(Self(seed).number())
    }

    /// The next number (splitmix64).
    pub(crate) fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, but not, `below`.
    pub(crate) fn below(&mut self, below: u64) -> u64 {
        ((u128::from(self.number()) * u128::from(below)) >> 64) as u64
    }

    /// A place in something of this length, which is not 0.
    pub(crate) fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap()
    }

    /// One of them.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.index(from.len())]
    }

    /// True once in so many times.
    pub(crate) fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }
}
