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

/// The last exports known; none where the file is absent or cannot be read, for it is only an aid.
pub(crate) fn read(dir: &Path) -> BTreeMap<Uuid, ExportedHead> {
    fs::read(path(dir))
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default()
}

/// Remembers an export, durable when this returns.
pub(crate) fn remember(dir: &Path, log: Uuid, head: ExportedHead) -> Result<(), StoreError> {
    let io = |error: std::io::Error| StoreError::io("remembering the export", &error);
    let mut all = read(dir);
    all.insert(log, head);
    let bytes = serde_json::to_vec_pretty(&all).unwrap_or_default();
    let new = dir.join("xiaxiangzhi.exports.new");
    File::create(&new)
        .and_then(|mut file| file.write_all(&bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&new, path(dir)))
        .and_then(|()| open::sync_dir(dir))
        .map_err(io)
}
