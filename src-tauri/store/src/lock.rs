//! One instance a data directory.
//!
//! `SQLite`'s own lock would do for safety, but it cannot say who holds it. So a lock file is held for as long as the database
//! is open, and the process id stands with the program's name in a file beside it: on Windows a locked file cannot be read by others. The system
//! lets the lock go when the process ends, however it ends, so nothing stale is left to ask about.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::OpenError;

const LOCK_FILE: &str = "xiaxiangzhi.lock";
const PID_FILE: &str = "xiaxiangzhi.pid";

/// Holds the data directory until dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
}

impl Lock {
    pub(crate) fn take(dir: &Path) -> Result<Self, OpenError> {
        let path = dir.join(LOCK_FILE);
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|error| OpenError::io("writing", dir, &error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let said = std::fs::read_to_string(dir.join(PID_FILE)).unwrap_or_default();
                let mut lines = said.lines();
                return Err(OpenError::Locked {
                    path: dir.to_owned(),
                    pid: lines.next().and_then(|line| line.trim().parse().ok()),
                    program: lines.next().map(str::to_owned).filter(|name| !name.is_empty()),
                });
            }
            Err(TryLockError::Error(error)) => return Err(OpenError::io("locking", dir, &error)),
        }
        // Only a courtesy to the next one who asks: on a full disk the database must still open.
        let said = format!("{}\n{}\n", std::process::id(), program_name());
        let _ = std::fs::write(dir.join(PID_FILE), said);
        Ok(Self { file })
    }
}

/// `xiaxiangzhi` for the window, `xxz` for the command line.
fn program_name() -> String {
    std::env::current_exe()
        .ok()
        .and_then(|path| Some(path.file_stem()?.to_string_lossy().into_owned()))
        .unwrap_or_default()
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing alone would not do: a process that is just being started has a copy of the handle for a moment.
        let _ = self.file.unlock();
    }
}
