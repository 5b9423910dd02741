//! What is remembered of the places of records, outside of them: a folder that is gone cannot say that it was there.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use xiaxiangzhi_store::{Readers, replace_file};

const FILE: &str = "places.json";

/// The places of records that this user had open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Known {
    /// Data folders with records in them.
    records: BTreeSet<PathBuf>,
    /// The second place for backups of each, to find them when the records cannot be read.
    second: BTreeMap<PathBuf, PathBuf>,
    /// Data folders whose records were taken to another.
    taken_to: BTreeMap<PathBuf, PathBuf>,
}

impl Known {
    /// Reads what is kept in a folder; nothing where that is not there or not understood, for it is only an aid.
    pub(crate) fn read(folder: Option<&Path>) -> Self {
        folder.and_then(Self::kept).unwrap_or_default()
    }

    fn kept(folder: &Path) -> Option<Self> {
        serde_json::from_slice(&std::fs::read(folder.join(FILE)).ok()?).ok()
    }

    /// Changes it, and keeps it in a folder. What is kept there is read first: another window may have added to it. What cannot
    /// be kept is not remembered; the records do not depend on it.
    pub(crate) fn change(&mut self, folder: Option<&Path>, change: impl FnOnce(&mut Self)) {
        let kept = folder.and_then(Self::kept);
        if let Some(kept) = &kept {
            self.clone_from(kept);
        }
        change(self);
        let Some(folder) = folder.filter(|_| kept.as_ref() != Some(self)) else {
            return;
        };
        if let Ok(bytes) = serde_json::to_vec_pretty(self)
            && std::fs::create_dir_all(folder).is_ok()
        {
            let _ = replace_file(&folder.join(FILE), &bytes, Readers::Owner);
        }
    }

    /// There are records in this folder, and their backups also lie in that one.
    pub(crate) fn note(&mut self, dir: &Path, second: Option<PathBuf>) {
        self.records.insert(dir.to_owned());
        match second {
            Some(second) => self.second.insert(dir.to_owned(), second),
            None => self.second.remove(dir),
        };
    }

    pub(crate) fn held_records(&self, dir: &Path) -> bool {
        self.records.contains(dir)
    }

    pub(crate) fn second(&self, dir: &Path) -> Option<&Path> {
        self.second.get(dir).map(PathBuf::as_path)
    }

    /// The records of one folder are in another from now on.
    pub(crate) fn take(&mut self, from: &Path, to: &Path) {
        // Whoever goes back to a folder has taken them from where they went.
        self.taken_to.remove(to);
        if from != to {
            self.taken_to.insert(from.to_owned(), to.to_owned());
        }
    }

    /// Where the records of a folder are now: the folder itself, or where they were taken to.
    pub(crate) fn follow(&self, dir: &Path) -> PathBuf {
        let mut at = dir;
        // Each step leads to a folder not passed yet, or it is a circle and the first one is as good as any.
        for _ in 0..=self.taken_to.len() {
            match self.taken_to.get(at) {
                Some(next) => at = next,
                None => return at.to_owned(),
            }
        }
        dir.to_owned()
    }
}
