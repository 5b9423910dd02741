//! Opening the records, and the ways round what stands in the way.

use crate::app::{App, State, see_time};
use crate::clock::RELEASED;
use crate::problem::{self, Circumstances};
use crate::refusal::{label, open_error, refusal};
use crate::settings::Settings;
use crate::views::{CommandError, OpenProblem, ProblemChoice};
use crate::{files, notices};
use chrono::{FixedOffset, NaiveDate};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;
use xiaxiangzhi_core::log::china_date;
use xiaxiangzhi_store::{
    Adopted, CopiedFolder, DATABASE_FILE, OpenError, Readers, Store, adopt, backups, copy_whole, replace_file,
};

/// A window that is asked to come to the front finds this file in the data folder; in it stands the path of a file to open, or
/// nothing.
const SHOW_FILE: &str = "xiaxiangzhi.show";
/// How long the other window has to answer a person who asked for it.
const ANSWER_WITHIN: Duration = Duration::from_secs(8);
/// How long a second start waits for the first before it opens a window that says who holds the records.
const HAND_OVER_WITHIN: Duration = Duration::from_secs(4);
/// China's clocks show UTC+8 all year.
const CHINA: i32 = 8 * 3600;

impl App {
    /// Tries to open the records, again if it failed before.
    pub(crate) fn open_store(&self) {
        let mut state = self.state();
        if state.store.is_some() && state.problem.is_none() {
            return;
        }
        state.store = None;
        if is_missing(&state) {
            state.problem = Some(problem::missing(&state.dir));
            return;
        }
        match Store::open(&state.dir) {
            Ok(store) => self.opened_store(&mut state, store),
            Err(error) => {
                // Language and type size hold for the window that says so, too, if they can still be read.
                if let Ok(looking) = Store::open_for_reading(&state.dir) {
                    state.settings = Settings::read(&looking);
                }
                state.problem = Some(problem_of(&state, &error));
            }
        }
    }

    fn opened_store(&self, state: &mut State, store: Store) {
        state.settings = Settings::read(&store);
        let logs = store.logs();
        let known = |id: &Uuid| logs.iter().any(|log| log.log_id == *id);
        // The one worked on last is the one wanted now.
        state.current = Settings::current(&store)
            .filter(known)
            .or_else(|| logs.first().map(|log| log.log_id));
        state.problem = None;
        state.begins_anew = false;
        if let Some(migrated) = store.migrated() {
            state.note(notices::of_migration(&migrated));
        }
        let today = state.clock.today();
        let last = store.last_seen().map(china_date);
        let past = today < RELEASED || last.is_some_and(|last| today < last);
        if past && state.date_kept != Some(today) && store.read_only().is_none() {
            state.problem = Some(problem::wrong_date(today, last, RELEASED));
        } else {
            if let Some(notice) = see_time(&store, state.clock) {
                state.note(notice);
            }
            let _ = store.keep_last_seen();
        }
        let second = store.second_place().ok().flatten().map(|place| place.folder);
        if !logs.is_empty() && store.read_only().is_none() {
            let dir = state.dir.clone();
            state
                .known
                .change(self.config.as_deref(), |known| known.note(&dir, second));
        }
        if state.problem.is_none() {
            let now = state.clock.now();
            state.keeping.opened(&store, now);
        }
        state.store = Some(Arc::new(store));
    }

    /// Opens the records to be seen only.
    ///
    /// # Errors
    /// Not even that is possible.
    pub(crate) fn open_for_reading(&self) -> Result<(), CommandError> {
        let mut state = self.state();
        let Some(problem) = state.problem.clone() else {
            return Ok(());
        };
        let store = Store::open_for_reading(&state.dir).map_err(|error| open_error(&error))?;
        if store.logs().is_empty() {
            return Err(refusal(
                "nothing_readable",
                label(
                    "记录文件里没有读得出的派驻。",
                    "No posting can be read in the file.",
                ),
                label("换一份备份恢复。", "Restore a backup."),
            ));
        }
        self.opened_store(&mut state, store);
        state.reading_because = Some(problem::reading_only(&problem));
        Ok(())
    }

    /// Puts a backup in the place of records that cannot be opened, and opens it.
    ///
    /// # Errors
    /// The backup is not whole, or an error of the disk; what was there is as it was.
    pub(crate) fn adopt(&self, backup: &Path) -> Result<Adopted, CommandError> {
        let now = self.clock().now();
        let mut state = self.state();
        if state.store.is_some() {
            return Err(refusal(
                "records_open",
                label("记录是打开着的。", "The records are open."),
                label("在「备份与恢复」里恢复。", "Restore under Backups."),
            ));
        }
        let dir = self.dir_to_begin(&state);
        let failed = |error: OpenError| open_error(&error);
        std::fs::create_dir_all(&dir).map_err(|error| crate::refusal::not_written(&dir, &error))?;
        let adopted = adopt(&dir, backup, now).map_err(failed)?;
        state.note(notices::of_adoption(&adopted));
        let from = state.dir.clone();
        Self::go_to(&mut state, dir.clone());
        drop(state);
        self.remember_taking(&from, &dir);
        self.open_store();
        Ok(adopted)
    }

    /// Begins with no records where the former ones are gone.
    pub(crate) fn start_new(&self) {
        let mut state = self.state();
        let dir = self.dir_to_begin(&state);
        let from = state.dir.clone();
        Self::go_to(&mut state, dir.clone());
        state.begins_anew = true;
        drop(state);
        self.remember_taking(&from, &dir);
        self.open_store();
    }

    /// Where records that are gone can be begun again: in their folder if the folder above it is there, else in the usual
    /// one. On an unplugged drive's mount point they would be hidden as soon as it is plugged in.
    fn dir_to_begin(&self, state: &State) -> PathBuf {
        let dir = &state.dir;
        let usual = self
            .usual
            .as_ref()
            .filter(|usual| !usual.join(DATABASE_FILE).exists());
        match usual {
            Some(usual) if !dir.is_dir() && !dir.parent().is_some_and(Path::is_dir) => usual.clone(),
            _ => dir.clone(),
        }
    }

    /// Goes on with the records of another folder, and remembers it.
    ///
    /// # Errors
    /// There are no records of ours in it.
    pub(crate) fn find(&self, chosen: &Path) -> Result<(), CommandError> {
        // Whoever chooses the folder above, or that of the backups, means the one with the records.
        let holds = |folder: &PathBuf| folder.join(DATABASE_FILE).is_file();
        let inside = std::fs::read_dir(chosen).into_iter().flatten().flatten();
        let inside: Vec<PathBuf> = inside.map(|entry| entry.path()).filter(holds).collect();
        let around = Some(chosen.to_owned())
            .filter(holds)
            .or_else(|| chosen.parent().map(Path::to_owned).filter(holds));
        let found = match (around, inside.as_slice()) {
            (Some(folder), _) => Some(folder),
            (None, [only]) => Some(only.clone()),
            (None, []) => None,
            (None, [_, _, ..]) => {
                return Err(refusal(
                    "several_records_there",
                    label(
                        format!("{} 里有几份记录。", chosen.display()),
                        format!("There are several records in {}.", chosen.display()),
                    ),
                    label("直接选要打开的那个文件夹。", "Choose the very folder to open."),
                ));
            }
        };
        let Some(folder) = found else {
            return Err(refusal(
                "no_records_there",
                label(
                    format!("{} 里没有下乡志的记录。", chosen.display()),
                    format!("There are no records of ours in {}.", chosen.display()),
                ),
                label(
                    "选里面有 xiaxiangzhi.db 的那个文件夹。",
                    "Choose the folder that holds xiaxiangzhi.db.",
                ),
            ));
        };
        let from = self.dir();
        Self::go_to(&mut self.state(), folder.clone());
        self.open_store();
        // Only what opens is gone to by itself next time.
        if self.problem().is_none() {
            self.remember_taking(&from, &folder);
        }
        Ok(())
    }

    /// Where the records would be copied to: the usual folder, unless they are there or others are.
    pub(crate) fn usual_folder(&self) -> Option<PathBuf> {
        let dir = self.dir();
        self.usual
            .clone()
            .filter(|usual| *usual != dir && !usual.join(DATABASE_FILE).exists())
    }

    /// Copies the records with all their backups into another folder, compares, and goes on there. Those here stay.
    ///
    /// # Errors
    /// An error of the disk; the records are open where they were then.
    pub(crate) fn copy_to(&self, to: &Path) -> Result<(), CommandError> {
        if let Some(store) = self.let_go()
            && let Err(store) = close_alone(store)
        {
            self.state().store = Some(store);
            return Err(refusal(
                "records_busy",
                label("记录正忙着备份。", "The records are being backed up."),
                label("过一会儿再按一次。", "Press again in a moment."),
            ));
        }
        let dir = self.dir();
        let copied = std::fs::create_dir_all(to)
            .map_err(|error| crate::refusal::not_written(to, &error))
            .and_then(|()| copy_whole(&dir, to).map_err(|error| open_error(&error)));
        if copied.is_ok() {
            let mut state = self.state();
            Self::go_to(&mut state, to.to_owned());
            state.notices.clear();
            drop(state);
            self.remember_taking(&dir, to);
        }
        self.open_store();
        copied.map(|_| ())
    }

    /// Copies every file of the data folder into a new folder, and compares.
    ///
    /// # Errors
    /// The records are open, or an error of the disk.
    pub(crate) fn save_everything(&self, into: &Path) -> Result<CopiedFolder, CommandError> {
        let (dir, today) = (self.dir(), self.clock().today());
        if self.state().store.is_some() {
            return Err(refusal(
                "records_open",
                label("记录是打开着的。", "The records are open."),
                label("在「备份与恢复」里备份。", "Make a backup under Backups."),
            ));
        }
        let folder = files::free(into.join(format!("下乡志全部文件 {today}")));
        std::fs::create_dir_all(&folder).map_err(|error| crate::refusal::not_written(&folder, &error))?;
        copy_whole(&dir, &folder).map_err(|error| open_error(&error))
    }

    fn go_to(state: &mut State, dir: PathBuf) {
        state.dir = dir;
        state.store = None;
        state.problem = None;
    }

    fn remember_taking(&self, from: &Path, to: &Path) {
        let known = &mut self.state().known;
        known.change(self.config.as_deref(), |known| known.take(from, to));
    }

    /// Goes by this date while the window is open.
    ///
    /// # Errors
    /// It cannot be today.
    pub(crate) fn set_date(&self, date: NaiveDate) -> Result<(), CommandError> {
        let latest = RELEASED + chrono::Months::new(12 * 50);
        if date < RELEASED || date > latest {
            return Err(refusal(
                "date_impossible",
                label(
                    format!("今天不会是 {}。", problem::zh(date)),
                    format!("Today cannot be {date}."),
                ),
                label(
                    "看一下日历，填今天的日期。",
                    "Look at a calendar and enter today's date.",
                ),
            ));
        }
        let mut state = self.state();
        state.clock = state.clock.on(date);
        state.date_kept = Some(date);
        state.note(notices::of_date(date));
        drop(state);
        self.open_store();
        Ok(())
    }

    /// The computer's date is right after all.
    pub(crate) fn keep_date(&self) {
        let mut state = self.state();
        state.date_kept = Some(state.clock.today());
        drop(state);
        self.open_store();
    }

    /// Asks the other window to come to the front.
    ///
    /// # Errors
    /// It does not answer.
    pub(crate) fn show_other(&self) -> Result<(), CommandError> {
        let waiting = self.waiting();
        if self.ask_other(waiting.as_deref(), ANSWER_WITHIN) {
            return Ok(());
        }
        Err(refusal(
            "other_does_not_answer",
            label("那个窗口没有回应。", "The other window does not answer."),
            label(
                "在任务栏里找到它；实在没有，重新启动电脑再打开。",
                "Look for it in the task bar; failing that, restart the computer.",
            ),
        ))
    }

    /// The records are open in another window of this program: whether it came to the front and took the file that waits
    /// to be opened here. Then this start is over.
    pub fn hand_over(&self) -> bool {
        let held = |problem: &OpenProblem| problem.choices.contains(&ProblemChoice::ShowOther);
        let waiting = self.waiting();
        self.problem().as_ref().is_some_and(held) && self.ask_other(waiting.as_deref(), HAND_OVER_WITHIN)
    }

    fn ask_other(&self, file: Option<&Path>, within: Duration) -> bool {
        let ask = self.dir().join(SHOW_FILE);
        let words = file.map_or_else(String::new, |file| file.to_string_lossy().into_owned());
        let asked = replace_file(&ask, words.as_bytes(), Readers::Owner).is_ok();
        let start = Instant::now();
        while asked && start.elapsed() < within {
            if !ask.exists() {
                return true;
            }
            std::thread::park_timeout(Duration::from_millis(100));
        }
        // Nobody took it: it must not make a window jump up later.
        let _ = std::fs::remove_file(&ask);
        false
    }

    /// Whether a second start asked for this window to come to the front, and with which file.
    pub fn asked_to_show(&self) -> Option<Option<PathBuf>> {
        let state = self.state();
        state.store.as_ref()?;
        let ask = state.dir.join(SHOW_FILE);
        let words = std::fs::read_to_string(&ask).ok()?;
        std::fs::remove_file(&ask).ok()?;
        Some((!words.is_empty()).then(|| PathBuf::from(words)))
    }
}

/// Records were here, and are not: to begin empty ones in their place would hide that.
fn is_missing(state: &State) -> bool {
    !state.dir.join(DATABASE_FILE).exists()
        && !state.begins_anew
        && (state.known.held_records(&state.dir) || !backups(&state.dir).is_empty())
}

fn problem_of(state: &State, error: &OpenError) -> OpenProblem {
    let now = state.clock.now();
    let offset = FixedOffset::east_opt(CHINA);
    problem::of(
        error,
        &Circumstances {
            dir: &state.dir,
            today: china_date(now),
            time: offset.map_or_else(String::new, |offset| {
                now.with_timezone(&offset).format("%H:%M").to_string()
            }),
        },
    )
}

/// Closes the records once nobody else is at them: a backup under way, or a command that came at the same moment.
fn close_alone(mut store: Arc<Store>) -> Result<(), Arc<Store>> {
    let start = Instant::now();
    loop {
        match Arc::try_unwrap(store) {
            Ok(store) => {
                drop(store);
                return Ok(());
            }
            Err(shared) if start.elapsed() > PATIENCE => return Err(shared),
            Err(shared) => store = shared,
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// How long a copy waits for a backup under way.
const PATIENCE: Duration = Duration::from_secs(20);
