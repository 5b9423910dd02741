//! The machine under the records failing: the power cut at any moment, an error or a kill at any system call, a disk that
//! is too small. Each harness also runs somebody careless, who must be caught.

mod actor;
mod calls;
mod careless;
mod disk;
mod full_disk;
mod judge;
mod places;
mod power_cut;
mod power_cut_states;
mod recorder;
mod trace;

/// Whether the amounts of a release are asked for, by `XIAXIANGZHI_TORTURE=release`.
fn for_release() -> bool {
    std::env::var("XIAXIANGZHI_TORTURE").is_ok_and(|amounts| amounts == "release")
}

/// One line for the table of results.
fn result(name: &str, count: usize, unit: &str, outcome: &str) {
    println!("TORTURE {name} {count} {unit} {outcome}");
}

/// A folder that goes away with its owner, in memory if the system has such a place: what is judged there is not what this
/// machine's disk does.
fn in_memory() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir())
        .unwrap()
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }
}
