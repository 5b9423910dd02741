//! What leaves a database and comes back: files, backups, restarts and kills.

use std::fs;
use std::path::Path;

use xiaxiangzhi_core::log::Entity;
use xiaxiangzhi_core::reviewfile::verify;
use xiaxiangzhi_store::{Imported, Store, check};

use super::life::{Life, same};
use crate::store::fresh;
use crate::support::{Dice, evening, memory_dir, posting_id, profile};

impl Life {
    pub(super) fn export(&mut self) -> Result<(), String> {
        let file = self
            .store()
            .export_review_file(posting_id(), self.at.date_naive(), self.at)
            .map_err(|error| error.to_string())?;
        let state = self.state.as_mut().unwrap();
        state.take_key(&mut self.world);
        state.chain.push(self.world.token());
        state.exports += 1;
        same("the export's number", &file.number, &state.exports)?;
        let judged = verify(&file.bytes, None);
        same("the verdict on an export", &judged.verdict.code(), &"genuine")?;
        let document = judged.file.map(|file| file.document()).unwrap_or_default();
        let expected = self.world.document(state, &posting_id().to_string());
        same("the document in an export", &document, &expected)?;
        self.files.push((file.bytes, state.clone()));
        Ok(())
    }

    pub(super) fn import(&mut self, dice: &mut Dice) -> Result<(), String> {
        if self.files.is_empty() {
            return Ok(());
        }
        let (bytes, then) = dice.pick(&self.files);
        let imported = self.store().import(bytes, self.at);
        let mut taken = then.clone();
        taken.has_key = false;
        taken.drafts.clear();
        let expected = match self.state.as_ref() {
            None => Some("added"),
            // All of it is here, whichever key it went on with.
            Some(here) if then.begins(here) => Some("unchanged"),
            Some(here) if here.begins(then) && then.key == here.key => {
                taken.has_key = here.has_key;
                taken.drafts = here.drafts.clone();
                Some("extended")
            }
            // Of a posting that has another key since, or went another way, nothing is taken.
            Some(_) => None,
        };
        if matches!(expected, Some("added" | "extended")) {
            self.state = Some(taken);
        }
        let imported = imported.ok().map(|imported| match imported {
            Imported::Added { .. } => "added",
            Imported::Extended { .. } => "extended",
            Imported::Unchanged { .. } => "unchanged",
        });
        same("an import", &imported, &expected)
    }

    /// The same posting begun elsewhere, under another key.
    pub(super) fn import_foreign(&mut self) -> Result<(), String> {
        let code = self.store().import(&foreign(), self.at).err().map(|e| e.code());
        let refused = code.is_some_and(|code| matches!(code, "other_key" | "fork"));
        same("refusing a foreign file", &refused, &true)
    }

    pub(super) fn back_up(&mut self) -> Result<(), String> {
        let backup = self.store().backup(self.at).map_err(|error| error.to_string())?;
        let kept = self.kept.path().join(format!("{}.db", self.backups.len()));
        fs::copy(&backup.path, &kept).unwrap();
        self.backups.push((kept, self.state.clone()));
        Ok(())
    }

    pub(super) fn restore(&mut self, dice: &mut Dice) -> Result<(), String> {
        if self.backups.is_empty() {
            return Ok(());
        }
        let (path, then) = dice.pick(&self.backups).clone();
        let preview = self
            .store()
            .preview_restore(&path)
            .map_err(|error| error.to_string())?;
        let previewed = preview
            .postings
            .iter()
            .find(|posting| posting.summary.log_id == posting_id())
            .map_or(0, |posting| posting.changes.len());
        let restored = self
            .store()
            .restore(&path, self.at)
            .map_err(|error| error.to_string())?;
        let mut events = 0;
        let mut set_back = false;
        match (self.state.as_mut(), then) {
            (_, None) => {}
            (None, Some(then)) => {
                events = then.chain.len();
                self.state = Some(then);
            }
            (Some(here), Some(then)) if here.chain == then.chain => {}
            (Some(here), Some(then)) if here.begins(&then) => {
                events = then.chain.len() - here.chain.len();
                let drafts = std::mem::take(&mut here.drafts);
                let has_key = then.has_key || here.has_key;
                *here = then;
                (here.drafts, here.has_key) = (drafts, has_key);
            }
            (Some(here), Some(then)) => {
                here.take_key(&mut self.world);
                events = self.world.set_back(here, &then);
                set_back = true;
            }
        }
        if set_back {
            same("records that a restore changes", &previewed, &events)?;
        }
        same("events of a restore", &restored.events, &events)
    }

    pub(super) fn restart(&mut self) -> Result<(), String> {
        self.store = None;
        let report = check(self.home.path()).map_err(|error| error.to_string())?;
        same("the check", &report.ok, &true)?;
        self.store = Some(Store::open(self.home.path()).map_err(|error| error.to_string())?);
        Ok(())
    }

    /// As after a kill: what is on the disk, the write-ahead log with it, and nothing that closing would have done.
    pub(super) fn kill(&mut self) -> Result<(), String> {
        let home = memory_dir();
        copy(self.home.path(), home.path());
        self.store = None;
        self.home = home;
        self.store = Some(Store::open(self.home.path()).map_err(|error| error.to_string())?);
        Ok(())
    }
}

/// A review file of the same posting from another database, the same at every call.
fn foreign() -> Vec<u8> {
    static FILE: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    let make = || {
        let dir = memory_dir();
        let store = Store::open(dir.path()).unwrap();
        store
            .create(posting_id(), evening(5), &[fresh(Entity::Posting, "", profile())])
            .unwrap();
        store
            .export_review_file(posting_id(), evening(6).date_naive(), evening(6))
            .unwrap()
            .bytes
    };
    FILE.get_or_init(make).clone()
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&target).unwrap();
            copy(&entry.path(), &target);
        } else if entry.file_name() != "xiaxiangzhi.lock" {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
