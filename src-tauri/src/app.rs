//! The state behind the window: the store, the settings, the posting that is open.

mod keeping;

use crate::clock::Clock;
use crate::refusal::{no_posting, open_error};
use crate::settings::Settings;
use crate::views::{CommandError, OpenProblem, ProblemChoice};
use keeping::Keeping;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use uuid::Uuid;
use xiaxiangzhi_store::Store;

/// Everything the commands share. Locks are held for moments only, never while a dialog is open or a file is written.
pub struct App {
    dir: PathBuf,
    clock: Clock,
    state: Mutex<State>,
}

struct State {
    /// None when it could not be opened, or was closed on leaving.
    store: Option<Arc<Store>>,
    problem: Option<OpenProblem>,
    settings: Settings,
    current: Option<Uuid>,
    /// Paths that a person chose outside the page: by argument, drop or a second start. The page can open these and no others.
    offered: Vec<PathBuf>,
    /// The one of them that no page has asked for yet.
    waiting: Option<PathBuf>,
    keeping: Keeping,
    /// Folders and files that a person chose in a dialog to look for backups.
    for_backups: Vec<PathBuf>,
}

impl App {
    /// Opens the records in `dir`. Whatever stands in the way becomes a problem that the window shows, never an error.
    pub fn open(dir: &Path, clock: Clock) -> Self {
        let app = Self {
            dir: dir.to_owned(),
            clock,
            state: Mutex::new(State {
                store: None,
                problem: None,
                settings: Settings::default(),
                current: None,
                offered: Vec::new(),
                waiting: None,
                keeping: Keeping::default(),
                for_backups: Vec::new(),
            }),
        };
        app.open_store();
        app
    }

    /// Tries to open the records, again if it failed before.
    pub(crate) fn open_store(&self) {
        let mut state = self.state();
        if state.store.is_some() {
            return;
        }
        match Store::open(&self.dir) {
            Ok(store) => {
                state.settings = Settings::read(&store);
                let logs = store.logs();
                let known = |id: &Uuid| logs.iter().any(|log| log.log_id == *id);
                // The one worked on last is the one wanted now.
                state.current = Settings::current(&store)
                    .filter(known)
                    .or_else(|| logs.first().map(|log| log.log_id));
                state.keeping.opened(&store, self.clock.now());
                state.store = Some(Arc::new(store));
                state.problem = None;
            }
            Err(error) => {
                state.problem = Some(OpenProblem {
                    error: open_error(&error),
                    choices: vec![ProblemChoice::Retry, ProblemChoice::Quit],
                });
            }
        }
    }

    /// The data directory.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The clock.
    pub(crate) fn clock(&self) -> Clock {
        self.clock
    }

    /// The records.
    ///
    /// # Errors
    /// The reason why they could not be opened.
    pub(crate) fn store(&self) -> Result<Arc<Store>, CommandError> {
        let state = self.state();
        match (&state.store, &state.problem) {
            (Some(store), _) => Ok(Arc::clone(store)),
            (None, Some(problem)) => Err(problem.error.clone()),
            (None, None) => Err(no_posting()),
        }
    }

    /// The records with the posting that is open.
    pub(crate) fn posting(&self) -> Result<(Arc<Store>, Uuid), CommandError> {
        let store = self.store()?;
        let current = self.state().current.ok_or_else(no_posting)?;
        Ok((store, current))
    }

    pub(crate) fn current(&self) -> Option<Uuid> {
        self.state().current
    }

    /// Makes a posting the open one, and remembers it for the next start.
    pub(crate) fn set_current(&self, log_id: Uuid) -> Result<(), CommandError> {
        let store = self.store()?;
        // Where nothing may be written the choice holds until the window closes.
        if store.read_only().is_none() {
            Settings::remember_current(&store, log_id)?;
        }
        self.state().current = Some(log_id);
        Ok(())
    }

    pub(crate) fn settings(&self) -> Settings {
        self.state().settings.clone()
    }

    pub(crate) fn set_settings(&self, settings: Settings) {
        self.state().settings = settings;
    }

    pub(crate) fn problem(&self) -> Option<OpenProblem> {
        self.state().problem.clone()
    }

    /// Takes in a path that a person chose outside the page; it may be opened now. The newest waits for a page to ask.
    pub fn offer(&self, path: PathBuf) {
        let mut state = self.state();
        if !state.offered.contains(&path) {
            state.offered.push(path.clone());
        }
        state.waiting = Some(path);
    }

    /// Whether a person chose this path.
    pub(crate) fn is_offered(&self, path: &Path) -> bool {
        self.state().offered.iter().any(|offered| offered == path)
    }

    /// The path that waits to be opened; asking does not take it, so that a page that is loaded again finds it.
    pub(crate) fn waiting(&self) -> Option<PathBuf> {
        self.state().waiting.clone()
    }

    /// A path was opened.
    pub(crate) fn opened(&self, path: &Path) {
        let mut state = self.state();
        if state.waiting.as_deref() == Some(path) {
            state.waiting = None;
        }
    }

    /// Takes in a folder or file that a person chose to look for backups, the newest last.
    pub(crate) fn choose_for_backups(&self, chosen: PathBuf) {
        let places = &mut self.state().for_backups;
        places.retain(|place| *place != chosen);
        places.push(chosen);
    }

    pub(crate) fn chosen_for_backups(&self) -> Vec<PathBuf> {
        self.state().for_backups.clone()
    }

    /// A panic elsewhere while the lock was held leaves nothing half done: each field is set in one step.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
