//! The roll-up that is being made or was made, shared by the commands and the thread that reads files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use xiaxiangzhi_core::rollup::{Line, RollUp, SchemeFacts};
use xiaxiangzhi_store::Store;
use xiaxiangzhi_store::rollup::{Stop, contested, find_review_files, roll_up, unreadable};

/// One roll-up. It is in memory only: nothing of the files is kept unless one is opened or decided upon.
#[derive(Debug, Default)]
pub(crate) struct Rolling(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// Counts up whenever what was told of lines before does not hold any longer.
    round: u64,
    lines: Vec<Arc<Line>>,
    /// The schemes of the lines, in the order in which they were met.
    schemes: Vec<Arc<SchemeFacts>>,
    /// All that was found so far, to take each once.
    paths: BTreeSet<PathBuf>,
    /// What waits to be read.
    waiting: Vec<PathBuf>,
    passed_over: u64,
    /// Files of the present run: done, all.
    progress: (usize, usize),
    running: Option<Arc<Stop>>,
    /// The lines with where they stand, once all are known.
    whole: Option<Arc<RollUp>>,
    seconds: f64,
}

/// How things stand.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    pub(crate) round: u64,
    pub(crate) running: bool,
    pub(crate) done: usize,
    pub(crate) all: usize,
    pub(crate) passed_over: u64,
    pub(crate) seconds: f64,
    pub(crate) whole: Option<Arc<RollUp>>,
}

impl State {
    fn push(&mut self, line: Line) {
        if let Some(posting) = &line.posting
            && self.place(&posting.scheme).is_none()
        {
            self.schemes.push(Arc::clone(&posting.scheme));
        }
        self.lines.push(Arc::new(line));
    }

    /// Whether it is still this run that adds to it.
    fn is_run_by(&self, stop: &Arc<Stop>) -> bool {
        self.running
            .as_ref()
            .is_some_and(|running| Arc::ptr_eq(running, stop))
    }

    fn place(&self, scheme: &Arc<SchemeFacts>) -> Option<usize> {
        // Each worker has its own copy of a scheme's facts.
        let same = |known: &Arc<SchemeFacts>| Arc::ptr_eq(known, scheme) || known == scheme;
        self.schemes.iter().position(same)
    }
}

impl Rolling {
    /// Looks for review files under paths that a person chose, and begins to read those that are new. While it runs it can be
    /// asked and stopped; what was read before stays.
    pub(crate) fn add(self: &Arc<Self>, chosen: Vec<PathBuf>, store: Option<Arc<Store>>) {
        let stop = {
            let mut state = self.state();
            state.waiting.extend(chosen);
            if state.running.is_some() {
                return;
            }
            let stop = Arc::new(Stop::default());
            state.running = Some(Arc::clone(&stop));
            state.progress = (0, 0);
            stop
        };
        let rolling = Arc::clone(self);
        std::thread::spawn(move || rolling.run(&stop, store.as_deref()));
    }

    fn run(&self, stop: &Arc<Stop>, store: Option<&Store>) {
        let begun = Instant::now();
        loop {
            let chosen = {
                let mut state = self.state();
                // What waits now is another run's.
                if !state.is_run_by(stop) {
                    return;
                }
                std::mem::take(&mut state.waiting)
            };
            if chosen.is_empty() || stop.is_stopped() {
                if self.settled(stop, begun) {
                    return;
                }
                continue;
            }
            let Some(files) = self.found(&chosen, stop) else {
                return;
            };
            let judge = |file: &_| store.and_then(|store| store.against_received(file).ok().flatten());
            let before = self.state().progress.0;
            roll_up(&files, &judge, stop, &mut |line, progress| {
                let mut state = self.state();
                if !state.is_run_by(stop) {
                    return false;
                }
                state.progress.0 = before + progress.done;
                if line.is_of_other_kind() {
                    state.passed_over += 1;
                } else {
                    state.push(line);
                }
                true
            });
        }
    }

    /// The files under some paths that are new; none where everything was let go of meanwhile.
    fn found(&self, chosen: &[PathBuf], stop: &Arc<Stop>) -> Option<Vec<PathBuf>> {
        let found = find_review_files(chosen);
        let mut state = self.state();
        if !state.is_run_by(stop) {
            return None;
        }
        for (path, error) in &found.unreadable {
            if state.paths.insert(path.clone()) {
                state.push(unreadable(path, error));
            }
        }
        state.passed_over += found.passed_over;
        let new = found
            .files
            .into_iter()
            .filter(|path| state.paths.insert(path.clone()));
        let files: Vec<PathBuf> = new.collect();
        state.progress.1 += files.len();
        Some(files)
    }

    /// Works out which files count, and tells that what was told before is to be asked again. False where more was added
    /// meanwhile.
    fn settled(&self, stop: &Arc<Stop>, begun: Instant) -> bool {
        let lines = self.state().lines.clone();
        let whole = RollUp::new(lines, &|contest, lines| {
            let newest = &lines[contest.newest];
            contested(contest, Path::new(&*newest.path), newest.sha256)
        });
        let mut state = self.state();
        if !state.is_run_by(stop) {
            return true;
        }
        if !state.waiting.is_empty() && !stop.is_stopped() {
            return false;
        }
        // What a stop left unread is read when it is added again.
        if stop.is_stopped() {
            let read: BTreeSet<PathBuf> = state
                .lines
                .iter()
                .map(|line| PathBuf::from(&*line.path))
                .collect();
            state.paths = read;
        }
        state.running = None;
        state.whole = Some(Arc::new(whole));
        state.round += 1;
        state.seconds = begun.elapsed().as_secs_f64();
        state.progress.1 = state.progress.0;
        state.waiting.clear();
        true
    }

    /// No further file is begun; the lines so far are settled.
    pub(crate) fn stop(&self) {
        if let Some(stop) = &self.state().running {
            stop.stop();
        }
    }

    /// Lets go of everything.
    pub(crate) fn clear(&self) {
        let mut state = self.state();
        if let Some(stop) = state.running.take() {
            stop.stop();
        }
        *state = State {
            round: state.round + 1,
            ..State::default()
        };
    }

    pub(crate) fn standing(&self) -> Standing {
        let state = self.state();
        Standing {
            round: state.round,
            running: state.running.is_some(),
            done: state.progress.0,
            all: state.progress.1,
            passed_over: state.passed_over,
            seconds: state.seconds,
            whole: state.whole.clone(),
        }
    }

    /// Hands over some lines from a place on, as they were read, each with the place of its scheme.
    pub(crate) fn lines<T>(
        &self,
        from: usize,
        most: usize,
        each: impl Fn(usize, &Line, Option<usize>) -> T,
    ) -> Vec<T> {
        let state = self.state();
        let lines = state.lines.iter().enumerate().skip(from).take(most);
        lines
            .map(|(at, line)| {
                let scheme = line.posting.as_ref().map(|posting| &posting.scheme);
                each(at, line, scheme.and_then(|scheme| state.place(scheme)))
            })
            .collect()
    }

    /// The schemes of the lines, in the order in which they were met.
    pub(crate) fn schemes(&self) -> Vec<Arc<SchemeFacts>> {
        self.state().schemes.clone()
    }

    /// Whether this file is among them, so that it may be opened.
    pub(crate) fn holds(&self, path: &Path) -> bool {
        self.state().paths.contains(path)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
