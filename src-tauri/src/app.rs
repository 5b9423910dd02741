//! The state behind the window: the store, the settings, the posting that is open.

mod keeping;

use crate::clock::Clock;
use crate::known::Known;
use crate::notices;
use crate::refusal::no_posting;
use crate::rolling::Rolling;
use crate::settings::{KeptTemplate, Settings};
use crate::views::{AppNotice, CommandError, OpenProblem, ReadOnlyReason};
use keeping::Keeping;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use uuid::Uuid;
use xiaxiangzhi_core::language::{Label, Language};
use xiaxiangzhi_core::log::Digest;
use xiaxiangzhi_core::picture::Pixels;
use xiaxiangzhi_core::reviewfile::ReviewFile;
use xiaxiangzhi_core::search::Index;
use xiaxiangzhi_import::Workbook;
use xiaxiangzhi_store::{Mounts, ReadOnly, Store};

/// A review file that is shown.
pub(crate) struct Reviewed {
    /// Where it lies; none for one shown from what was received before.
    pub(crate) path: Option<PathBuf>,
    /// Its name.
    pub(crate) name: String,
    /// What was found in it.
    pub(crate) file: ReviewFile,
    /// Its bytes, while it waits for its key to be accepted.
    pub(crate) waiting: Option<Vec<u8>>,
}

/// How many pictures may wait to be kept: eight megabytes each.
const MOST_LOOKED_AT: usize = 4;

/// Everything the commands share. Locks are held for moments only, never while a dialog is open or a file is written.
pub struct App {
    state: Mutex<State>,
    /// Where the places of records are remembered; none where nothing is to be.
    pub(crate) config: Option<PathBuf>,
    /// Where records lie on this computer if nobody says otherwise.
    pub(crate) usual: Option<PathBuf>,
    mounts: Mounts,
    /// The roll-up of files, which goes on while other commands are answered.
    rolling: Arc<Rolling>,
}

/// Where the program runs.
#[derive(Debug)]
pub struct Surroundings {
    /// The data folder.
    pub dir: PathBuf,
    /// The clock.
    pub clock: Clock,
    /// Where the places of records are remembered; none where nothing is to be.
    pub config: Option<PathBuf>,
    /// Where records lie on this computer if nobody says otherwise.
    pub usual: Option<PathBuf>,
    /// What is mounted where.
    pub mounts: Mounts,
}

pub(crate) struct State {
    pub(crate) dir: PathBuf,
    pub(crate) clock: Clock,
    /// None when it could not be opened, or was closed on leaving.
    pub(crate) store: Option<Arc<Store>>,
    /// While there is one the records are not touched, open or not.
    pub(crate) problem: Option<OpenProblem>,
    pub(crate) settings: Settings,
    pub(crate) current: Option<Uuid>,
    /// Paths that a person chose outside the page: by argument, drop or a second start. The page can open these and no others.
    offered: Vec<PathBuf>,
    /// The one of them that no page has asked for yet.
    waiting: Option<PathBuf>,
    pub(crate) keeping: Keeping,
    /// Folders and files that a person chose in a dialog to look for backups.
    for_backups: Vec<PathBuf>,
    /// Pictures that are looked at and not kept yet, the oldest first. They are in memory only: what is to be blacked out of
    /// them is on no disk.
    looked_at: Vec<(Uuid, Pixels)>,
    /// The workbook that was read last, to be looked at and then imported.
    workbook: Option<(Uuid, Arc<Workbook>)>,
    /// The template that was read last, to be looked at and then kept.
    template: Option<(Uuid, KeptTemplate)>,
    /// The office file that was read last, to be looked at and then taken.
    office: Option<(Uuid, Arc<[u8]>)>,
    /// What is enclosed in the review file that was opened last.
    enclosed: BTreeMap<Digest, Arc<[u8]>>,
    /// The sheet of the check-in that is shown, with the name to save it under.
    sheet: Option<Arc<(String, Vec<u8>)>>,
    /// The review file that was opened last and is shown.
    reviewed: Option<Arc<Reviewed>>,
    pub(crate) known: Known,
    pub(crate) notices: Vec<AppNotice>,
    /// Those that were read.
    put_away: BTreeSet<String>,
    /// The records as they were last searched, with their log and how many events it had.
    searched: Option<(Uuid, u64, Arc<Index>)>,
    /// Why they were opened for reading only.
    pub(crate) reading_because: Option<Label>,
    /// Somebody chose to begin with no records where there were some.
    pub(crate) begins_anew: bool,
    /// The date that somebody said is today's.
    pub(crate) date_kept: Option<chrono::NaiveDate>,
}

impl App {
    /// Opens the records in `dir`, and remembers nothing outside of it. Whatever stands in the way becomes a problem that the
    /// window shows, never an error.
    pub fn open(dir: &Path, clock: Clock) -> Self {
        Self::start(Surroundings {
            dir: dir.to_owned(),
            clock,
            config: None,
            usual: None,
            mounts: Mounts::default(),
        })
    }

    /// Opens the records as on a computer with such surroundings.
    pub fn start(around: Surroundings) -> Self {
        let known = Known::read(around.config.as_deref());
        let app = Self {
            state: Mutex::new(State {
                dir: known.follow(&around.dir),
                clock: around.clock,
                store: None,
                problem: None,
                settings: Settings::default(),
                current: None,
                offered: Vec::new(),
                waiting: None,
                keeping: Keeping::default(),
                for_backups: Vec::new(),
                looked_at: Vec::new(),
                workbook: None,
                template: None,
                office: None,
                enclosed: BTreeMap::new(),
                sheet: None,
                reviewed: None,
                known,
                notices: Vec::new(),
                put_away: BTreeSet::new(),
                searched: None,
                reading_because: None,
                begins_anew: false,
                date_kept: None,
            }),
            config: around.config,
            usual: around.usual,
            mounts: around.mounts,
            rolling: Arc::default(),
        };
        app.open_store();
        app
    }

    /// The data directory.
    pub fn dir(&self) -> PathBuf {
        self.state().dir.clone()
    }

    /// The clock.
    pub(crate) fn clock(&self) -> Clock {
        self.state().clock
    }

    /// The records.
    ///
    /// # Errors
    /// The reason why they could not be opened.
    pub(crate) fn store(&self) -> Result<Arc<Store>, CommandError> {
        let (store, clock) = {
            let state = self.state();
            match (&state.store, &state.problem) {
                (_, Some(problem)) => return Err(problem.error.clone()),
                (Some(store), None) => (Arc::clone(store), state.clock),
                (None, None) => return Err(no_posting()),
            }
        };
        // Outside of the lock: the store may be at work for another command.
        if let Some(notice) = see_time(&store, clock) {
            self.state().note(notice);
        }
        Ok(store)
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

    /// Makes a posting the open one, and remembers it for the next start where anything can be kept.
    pub(crate) fn set_current(&self, log_id: Uuid) -> Result<(), CommandError> {
        let store = self.store()?;
        if store.read_only().is_none() {
            Settings::remember_current(&store, log_id)?;
        }
        self.state().current = Some(log_id);
        Ok(())
    }

    /// The language of the interface.
    pub fn language(&self) -> Language {
        self.settings().language
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

    /// Why nothing can be changed.
    pub(crate) fn read_only(&self) -> Option<ReadOnlyReason> {
        let state = self.state();
        let (code, reason) = match state.store.as_ref()?.read_only()? {
            ReadOnly::OpenedForReading => ("opened_for_reading", state.reading_because.clone()?),
            ReadOnly::Moved => (
                "moved",
                crate::refusal::label(
                    "这份记录已搬到另一台电脑，这里只能看。",
                    "These records moved to another computer and can only be read here.",
                ),
            ),
        };
        Some(ReadOnlyReason {
            code: code.to_owned(),
            reason,
        })
    }

    /// What there is to know: what happened, and how the place stands now.
    pub(crate) fn notices(&self) -> Vec<AppNotice> {
        let state = self.state();
        let Some(store) = state.store.as_ref().filter(|_| state.problem.is_none()) else {
            return Vec::new();
        };
        let mut notices = Vec::new();
        if store.read_only().is_none() {
            notices.extend(notices::of_room(&state.dir));
            notices.extend(notices::of_place(&self.mounts, &state.dir));
        }
        notices.retain(|notice| !state.put_away.contains(&notice.code));
        notices.extend(state.notices.iter().cloned());
        notices
    }

    /// A notice was read. How the place stands is said again at the next start.
    pub(crate) fn put_away(&self, code: &str) {
        let mut state = self.state();
        state.notices.retain(|notice| notice.code != code);
        state.put_away.insert(code.to_owned());
    }

    /// What the place of the records is, for whoever helps: `ext4, local`.
    pub(crate) fn place(&self) -> String {
        let dir = self.dir();
        let kind = self.mounts.kind_of(&dir);
        let system = self.mounts.file_system_of(&dir);
        format!("{}, {kind:?}", system.unwrap_or_else(|| "?".to_owned()))
    }

    /// Takes in a path that a person chose outside the page; it may be opened now. The newest waits for a page to ask.
    pub fn offer(&self, path: PathBuf) {
        let mut state = self.state();
        if !state.offered.contains(&path) {
            state.offered.push(path.clone());
        }
        state.waiting = Some(path);
    }

    /// The roll-up of files.
    pub(crate) fn rolling(&self) -> &Arc<Rolling> {
        &self.rolling
    }

    /// Takes in a path that a person chose in a dialog; nothing waits for it.
    pub(crate) fn allow(&self, path: &Path) {
        let mut state = self.state();
        if !state.offered.iter().any(|offered| offered == path) {
            state.offered.push(path.to_owned());
        }
    }

    /// Whether a person chose this path, or a folder it was found in.
    pub(crate) fn is_offered(&self, path: &Path) -> bool {
        self.rolling.holds(path) || self.state().offered.iter().any(|offered| offered == path)
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

    /// What was last made ready for searching in this log, and up to which event.
    pub(crate) fn search_index(&self, log_id: Uuid) -> Option<(u64, Arc<Index>)> {
        let state = self.state();
        let (known_log, n, index) = state.searched.as_ref()?;
        (*known_log == log_id).then(|| (*n, Arc::clone(index)))
    }

    pub(crate) fn keep_search_index(&self, log_id: Uuid, n: u64, index: Arc<Index>) {
        self.state().searched = Some((log_id, n, index));
    }

    /// Remembers a picture that is looked at; of many the oldest is forgotten.
    pub(crate) fn look_at(&self, id: Uuid, pixels: Pixels) {
        let looked_at = &mut self.state().looked_at;
        looked_at.push((id, pixels));
        if looked_at.len() > MOST_LOOKED_AT {
            looked_at.remove(0);
        }
    }

    /// A picture that is looked at.
    pub(crate) fn looked_at(&self, id: Uuid) -> Option<Pixels> {
        let state = self.state();
        let (_, pixels) = state.looked_at.iter().find(|(known, _)| *known == id)?;
        Some(pixels.clone())
    }

    /// Forgets a picture that was looked at.
    pub(crate) fn look_away(&self, id: Uuid) {
        self.state().looked_at.retain(|(known, _)| *known != id);
    }

    /// Remembers a workbook that was read, in place of an earlier one.
    pub(crate) fn keep_workbook(&self, id: Uuid, workbook: Arc<Workbook>) {
        self.state().workbook = Some((id, workbook));
    }

    /// The workbook that was read last, if it is this one.
    pub(crate) fn workbook(&self, id: Uuid) -> Option<Arc<Workbook>> {
        let state = self.state();
        let (known, workbook) = state.workbook.as_ref()?;
        (*known == id).then(|| Arc::clone(workbook))
    }

    /// Remembers an office file that was read, in place of an earlier one.
    pub(crate) fn look_at_office(&self, id: Uuid, bytes: Arc<[u8]>) {
        self.state().office = Some((id, bytes));
    }

    /// The office file that was read last, if it is this one.
    pub(crate) fn looked_at_office(&self, id: Uuid) -> Option<Arc<[u8]>> {
        let state = self.state();
        let (known, bytes) = state.office.as_ref()?;
        (*known == id).then(|| Arc::clone(bytes))
    }

    /// Remembers a template that was read, in place of an earlier one.
    pub(crate) fn look_at_template(&self, id: Uuid, template: KeptTemplate) {
        self.state().template = Some((id, template));
    }

    /// The template that was read last, if it is this one.
    pub(crate) fn looked_at_template(&self, id: Uuid) -> Option<KeptTemplate> {
        let state = self.state();
        let (known, template) = state.template.as_ref()?;
        (*known == id).then(|| template.clone())
    }

    /// Remembers what is enclosed in a review file, in place of an earlier one's.
    pub(crate) fn enclose(&self, enclosed: BTreeMap<Digest, Arc<[u8]>>) {
        self.state().enclosed = enclosed;
    }

    /// Remembers the sheet of the check-in that is shown.
    pub(crate) fn set_sheet(&self, name: String, pdf: Vec<u8>) {
        self.state().sheet = Some(Arc::new((name, pdf)));
    }

    /// The sheet of the check-in that was opened last.
    pub(crate) fn sheet(&self) -> Option<Arc<(String, Vec<u8>)>> {
        self.state().sheet.clone()
    }

    /// Remembers the review file that is shown, or that none is.
    pub(crate) fn set_reviewed(&self, reviewed: Option<Reviewed>) {
        self.state().reviewed = reviewed.map(Arc::new);
    }

    /// The review file that is shown.
    pub(crate) fn reviewed(&self) -> Option<Arc<Reviewed>> {
        self.state().reviewed.clone()
    }

    /// What is enclosed in the review file that was opened last.
    pub(crate) fn enclosed(&self, digest: &Digest) -> Option<Arc<[u8]>> {
        self.state().enclosed.get(digest).cloned()
    }

    /// The second place for backups as it was known when the records were last open.
    pub(crate) fn known_second_place(&self) -> Option<PathBuf> {
        let state = self.state();
        state.known.second(&state.dir).map(Path::to_owned)
    }

    /// Remembers outside of the data folder that there are records in it, and where their second copies are.
    pub(crate) fn remember_place(&self, store: &Store) {
        if store.logs().is_empty() || store.read_only().is_some() {
            return;
        }
        let second = store.second_place().ok().flatten().map(|place| place.folder);
        let mut state = self.state();
        let dir = state.dir.clone();
        state
            .known
            .change(self.config.as_deref(), |known| known.note(&dir, second));
    }

    /// A panic elsewhere while the lock was held leaves nothing half done: each field is set in one step.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Something to know, in place of an earlier notice of the kind.
    pub(crate) fn note(&mut self, notice: AppNotice) {
        self.notices.retain(|other| other.code != notice.code);
        self.notices.push(notice);
    }
}

/// Looks at the clock; a jump is left in the logs, and to be said.
pub(crate) fn see_time(store: &Store, clock: Clock) -> Option<AppNotice> {
    let before = store.last_seen();
    let jump = store.see(clock.now()).ok()??;
    Some(notices::of_jump(jump, before?))
}
