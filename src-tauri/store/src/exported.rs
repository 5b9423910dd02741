//! The last export of each posting, in a small file beside the database: if the database is lost, whoever goes on from a
//! backup can still say which head others have seen.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use uuid::Uuid;
use xiaxiangzhi_core::log::ExportedHead;

use crate::{StoreError, open};

const FILE: &str = "xiaxiangzhi.exports.json";

fn path(dir: &Path) -> PathBuf {
    dir.join(FILE)
}

/// The last exports known; none where the file is absent or makes no sense, for it is only an aid.
///
/// # Errors
/// The disk cannot be read: then nothing is known of what is there.
pub(crate) fn read(dir: &Path) -> std::io::Result<BTreeMap<Uuid, ExportedHead>> {
    match fs::read(path(dir)) {
        Ok(bytes) => Ok(serde_json::from_slice(&bytes).unwrap_or_default()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(BTreeMap::new()),
        Err(error) => Err(error),
    }
}

/// Remembers an export, durable when this returns.
pub(crate) fn remember(dir: &Path, log: Uuid, head: ExportedHead) -> Result<(), StoreError> {
    let io = |error: std::io::Error| StoreError::io("remembering the export", &error);
    let mut all = read(dir).map_err(io)?;
    all.insert(log, head);
    let bytes = serde_json::to_vec_pretty(&all).unwrap_or_default();
    let new = dir.join("xiaxiangzhi.exports.new");
    File::create(&new)
        .and_then(|mut file| file.write_all(&bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&new, path(dir)))
        .and_then(|()| open::sync_dir(dir))
        .map_err(io)
}
