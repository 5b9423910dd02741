//! What keeps the records: automatic backups and their failures, and the computer they are kept on.

use super::App;
use crate::refusal::{label, refusal};
use crate::settings::Settings;
use crate::views::{BackupTrouble, CommandError};
use chrono::{DateTime, Duration, Utc};
use std::sync::Arc;
use uuid::Uuid;
use xiaxiangzhi_core::log::{instant, parse_instant};
use xiaxiangzhi_store::{BackupInfo, Computer, OtherComputer, SecondCopy, Store, StoreError};

/// Another computer that had the records open within this time may still have them open.
const SHORT_TIME: Duration = Duration::days(2);

#[derive(Default)]
pub(crate) struct Keeping {
    /// None where this computer cannot be told from others.
    computer: Option<Computer>,
    /// The computer that had the records open shortly before.
    other: Option<OtherComputer>,
    /// When they moved away from here.
    moved_at: Option<String>,
    /// The last automatic backup that failed; none once one succeeded.
    trouble: Option<BackupTrouble>,
    /// What became of the last copy for the second place.
    second: Option<SecondCopy>,
}

impl Keeping {
    /// The records were opened here.
    pub(crate) fn opened(&mut self, store: &Store, now: DateTime<Utc>) {
        self.trouble = Settings::backup_trouble(store);
        let Some(computer) = &self.computer else { return };
        // That another computer had them is only a warning: not knowing it keeps nobody from the records.
        let other = store.at_computer(computer, now).ok().flatten();
        self.other = other.filter(|other| {
            parse_instant(&other.last_at).is_some_and(|last| (now - last).abs() <= SHORT_TIME)
        });
        self.moved_at = store.left_at(computer).ok().flatten();
    }
}

impl App {
    /// Says on which computer this is, so that two at once are noticed and an old copy stays behind.
    #[must_use]
    pub fn on_computer(self, computer: Option<Computer>) -> Self {
        {
            let mut state = self.state();
            state.keeping.computer = computer;
            let (store, clock) = (state.store.clone(), state.clock);
            if let Some(store) = store.filter(|_| state.problem.is_none()) {
                state.keeping.opened(&store, clock.now());
            }
        }
        self
    }

    /// This computer.
    ///
    /// # Errors
    /// It cannot be told from others, because nothing can be kept in the user's settings.
    pub(crate) fn computer(&self) -> Result<Computer, CommandError> {
        self.state().keeping.computer.clone().ok_or_else(|| {
            refusal(
                "computer_not_known",
                label(
                    "认不出这台电脑：用户设置文件夹不能写入。",
                    "This computer cannot be told from others: nothing can be kept in the user's settings folder.",
                ),
                label(
                    "请管电脑的人看看这个用户的设置文件夹。",
                    "Ask whoever looks after this computer to look at the settings folder of this user.",
                ),
            )
        })
    }

    pub(crate) fn other_computer(&self) -> Option<OtherComputer> {
        self.state().keeping.other.clone()
    }

    pub(crate) fn moved_at(&self) -> Option<String> {
        self.state().keeping.moved_at.clone()
    }

    pub(crate) fn backup_trouble(&self) -> Option<BackupTrouble> {
        self.state().keeping.trouble.clone()
    }

    /// What became of the last copy for the second place, if one was tried since the start.
    pub(crate) fn second_copy(&self) -> Option<SecondCopy> {
        self.state().keeping.second.clone()
    }

    /// The second place is another one now: what became of earlier copies says nothing about it.
    pub(crate) fn forget_second_copy(&self) {
        self.state().keeping.second = None;
    }

    /// The records moved away from here, came back, or were restored: what is known of them is read again.
    pub(crate) fn look_again(&self) {
        let mut state = self.state();
        let Some(store) = state.store.clone() else { return };
        if let Some(computer) = state.keeping.computer.clone() {
            // What was noticed at the start holds; this computer is the last one now.
            let _ = store.at_computer(&computer, state.clock.now());
            state.keeping.moved_at = store.left_at(&computer).ok().flatten();
        }
        // Settings that could not be stored hold until the window closes.
        if store.read_only().is_none() {
            state.settings = Settings::read(&store);
        }
        let logs = store.logs();
        let there = |id: &Uuid| logs.iter().any(|log| log.log_id == *id);
        state.current = state
            .current
            .filter(there)
            .or_else(|| Settings::current(&store).filter(there))
            .or_else(|| logs.first().map(|log| log.log_id));
    }

    /// Remembers how a backup went, until one goes otherwise.
    pub(crate) fn note_backup(&self, made: &Result<BackupInfo, StoreError>) {
        let error = match made {
            Ok(BackupInfo {
                second: SecondCopy::Failed { detail },
                ..
            }) => Some(second_failed(detail)),
            Ok(_) => None,
            Err(error) => Some(not_backed_up(error)),
        };
        let mut state = self.state();
        if let Ok(made) = made {
            state.keeping.second = Some(made.second.clone()).filter(|copy| *copy != SecondCopy::NotChosen);
        }
        let before = state.keeping.trouble.is_some();
        state.keeping.trouble = error.map(|error| BackupTrouble {
            at: instant(state.clock.now()),
            error,
        });
        let store = state.store.clone();
        let trouble = state.keeping.trouble.clone();
        drop(state);
        if let Some(store) = store.filter(|_| before && trouble.is_none()) {
            // One that stays after all is only out of date, and the next backup tries again.
            let _ = Settings::remember_backup_trouble(&store, None);
        }
    }

    /// A backup if one is due; for quiet moments. Answers whether there is news of backups.
    pub fn backup_if_due(&self) -> bool {
        let Ok(store) = self.store() else { return false };
        let made = store.backup_if_due(self.clock().now(), false).transpose();
        if let Some(made) = &made {
            self.note_backup(made);
        }
        let _ = store.keep_last_seen();
        self.remember_place(&store);
        made.is_some()
    }

    /// The window closes: a last backup, then the records are let go.
    pub fn leave(&self) {
        drop(self.let_go());
    }

    /// A last backup, and the records are closed as soon as what is answered is dropped and nobody else is at them. Nobody sees it
    /// fail any more, so the next start says it.
    pub(crate) fn let_go(&self) -> Option<Arc<Store>> {
        let usable = self.store().is_ok();
        let (store, computer) = {
            let mut state = self.state();
            (state.store.take(), state.keeping.computer.clone())
        };
        let store = store.filter(|_| usable)?;
        let now = self.clock().now();
        // Before the backup, so that it does not hold what nobody kept. What stays is let go of the next time.
        let _ = store.sweep_pictures();
        if let Some(made) = store.backup_if_due(now, true).transpose() {
            let trouble = made.err().map(|error| BackupTrouble {
                at: instant(now),
                error: not_backed_up(&error),
            });
            if trouble.is_some() || self.backup_trouble().is_some() {
                // Where even this cannot be stored, the next start tries a backup by itself and says how it went.
                let _ = Settings::remember_backup_trouble(&store, trouble.as_ref());
            }
        }
        if let Some(computer) = computer {
            // Until now, for another computer that opens them next.
            let _ = store.at_computer(&computer, now);
        }
        let _ = store.keep_last_seen();
        self.remember_place(&store);
        store.tidy();
        Some(store)
    }
}

fn not_backed_up(error: &StoreError) -> CommandError {
    let (zh, en) = reason(error);
    CommandError {
        safe: label(
            "记录都在，以前的备份也都在。",
            "The records are safe, and so are all earlier backups.",
        ),
        ..refusal(
            error.code(),
            label(
                format!("备份没有做成：{zh}"),
                format!("The backup was not made: {en}"),
            ),
            label(
                "先解决上面说的，再按「现在备份」。",
                "Put right what is said above, then back up now.",
            ),
        )
    }
}

fn reason(error: &StoreError) -> (String, String) {
    match error {
        StoreError::DiskFull => ("磁盘已满。".to_owned(), "the disk is full.".to_owned()),
        StoreError::Io { detail, .. } | StoreError::BackupNotVerified { detail } => {
            (format!("{detail}。"), format!("{detail}."))
        }
        other => {
            use xiaxiangzhi_core::language::Language::{Chinese, English};
            (other.describe(Chinese), other.describe(English))
        }
    }
}

fn second_failed(detail: &str) -> CommandError {
    CommandError {
        safe: label(
            "记录都在，本机的备份已做好并核对。",
            "The records are safe; the backup on this computer was made and verified.",
        ),
        ..refusal(
            "second_copy_failed",
            label(
                format!("第二处的备份没有写成：{detail}。"),
                format!("The copy in the second place was not written: {detail}."),
            ),
            label(
                "看看那个文件夹能不能写，或另选一处。",
                "See whether that folder can be written to, or choose another.",
            ),
        )
    }
}
