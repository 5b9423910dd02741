//! A second place for backups, such as a USB stick: each backup is copied there too, and read back there.
//!
//! It may be absent at any time; that is said, never an obstacle.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::backup::{BackupInfo, backups_in, thin};
use crate::{Store, StoreError, contents, open, random};

const SETTING: &str = "second_place";
/// What the folders for second copies begin with.
pub(crate) const FOLDER: &str = "xiaxiangzhi-backups-";

/// The second place, as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SecondPlace {
    /// The folder that was chosen.
    pub folder: PathBuf,
    /// Whether it is there now.
    pub present: bool,
    /// The newest backup there.
    pub last: Option<BackupInfo>,
}

/// What became of the copy in the second place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "copy")]
pub enum SecondCopy {
    /// No second place was chosen.
    NotChosen,
    /// Copied, and read back there.
    Made,
    /// The place is not there now.
    Absent,
    /// It could not be written or did not read back.
    Failed {
        /// What the system said.
        detail: String,
    },
}

impl Store {
    /// Chooses the folder for second copies, or none. A folder of its own is made in it at the next backup, so that two
    /// computers that use the same stick do not thin out each other's.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn set_second_place(&self, folder: Option<&Path>) -> Result<(), StoreError> {
        let value = match folder {
            None => String::new(),
            Some(folder) => {
                let mark: [u8; 2] = random()?;
                let name = format!("{FOLDER}{:02x}{:02x}", mark[0], mark[1]);
                folder.join(name).to_string_lossy().into_owned()
            }
        };
        self.set_setting(SETTING, &value)
    }

    /// Chooses a folder and makes its first backup, so that it is known to be good for that. Where no backup could be made the
    /// former place stands.
    ///
    /// # Errors
    /// As [`Store::backup`].
    pub fn begin_second_place(&self, folder: &Path, at: DateTime<Utc>) -> Result<BackupInfo, StoreError> {
        let former = self.setting(SETTING)?.unwrap_or_default();
        self.set_second_place(Some(folder))?;
        self.backup(at).inspect_err(|_| {
            // The error of the backup is what matters.
            let _ = self.set_setting(SETTING, &former);
        })
    }

    /// The second place, if one was chosen.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn second_place(&self) -> Result<Option<SecondPlace>, StoreError> {
        Ok(self.second_folder()?.map(|own| SecondPlace {
            present: own.parent().is_some_and(Path::is_dir),
            last: backups_in(&own).into_iter().next(),
            folder: own.parent().unwrap_or(&own).to_owned(),
        }))
    }

    /// The backups in the second place, the newest first.
    pub fn second_backups(&self) -> Vec<BackupInfo> {
        self.second_folder()
            .ok()
            .flatten()
            .map(|own| backups_in(&own))
            .unwrap_or_default()
    }

    fn second_folder(&self) -> Result<Option<PathBuf>, StoreError> {
        let chosen = self.setting(SETTING)?;
        Ok(chosen.filter(|path| !path.is_empty()).map(PathBuf::from))
    }

    /// Copies a backup that was just made to the second place.
    pub(crate) fn copy_to_second(&self, made: &Path) -> SecondCopy {
        match self.second_folder() {
            Ok(None) => SecondCopy::NotChosen,
            Ok(Some(own)) if !own.parent().is_some_and(Path::is_dir) => SecondCopy::Absent,
            Ok(Some(own)) => match copy(made, &own) {
                Ok(()) => SecondCopy::Made,
                Err(detail) => SecondCopy::Failed { detail },
            },
            Err(error) => SecondCopy::Failed {
                detail: error.to_string(),
            },
        }
    }
}

fn copy(made: &Path, own: &Path) -> Result<(), String> {
    let said = |error: std::io::Error| error.to_string();
    fs::create_dir_all(own).map_err(said)?;
    let new = own.join("new-backup.tmp");
    let name = made.file_name().unwrap_or_default();
    let done = (|| {
        fs::copy(made, &new).map_err(said)?;
        File::open(&new).and_then(|file| file.sync_all()).map_err(said)?;
        let (here, there) = (contents(made), contents(&new));
        let (here, there) = (
            here.map_err(|error| error.to_string())?,
            there.map_err(|error| error.to_string())?,
        );
        if here.postings != there.postings {
            return Err("the copy does not read back as what was copied".to_owned());
        }
        fs::rename(&new, own.join(name)).map_err(said)?;
        open::sync_dir(own).map_err(said)?;
        // The folder may be new: it must last, too.
        own.parent().map_or(Ok(()), open::sync_dir).map_err(said)
    })();
    match &done {
        // Only what this call itself wrote.
        Err(_) => drop(fs::remove_file(&new)),
        Ok(()) => thin(own),
    }
    done
}
