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
