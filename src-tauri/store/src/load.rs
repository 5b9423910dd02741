//! From rows to logs, each checked against its chain.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::Connection;
use uuid::Uuid;
use xiaxiangzhi_core::log::{Beside, Blob, Digest, Log, LogError, SaltedText, public_key, to_hex};

/// A log in memory with what it needs to answer and to go on.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) log: Log,
    /// All texts; of the blobs only the schemes, photos stay in the database.
    pub(crate) beside: Beside,
    pub(crate) hashes: Vec<Digest>,
    pub(crate) seed: Option<[u8; 32]>,
}

impl Loaded {
    /// A log before its first event.
    pub(crate) fn new(id: Uuid, first_key: [u8; 32]) -> Self {
        Self {
            log: Log::new(id, first_key),
            beside: Beside::default(),
            hashes: Vec::new(),
            seed: None,
        }
    }
}

/// A log as the rows have it, with the first fault found in it.
pub(crate) struct Read {
    pub(crate) loaded: Loaded,
    pub(crate) fault: Option<LogError>,
}

/// Reads every log in one pass over the events.
pub(crate) fn read_logs(connection: &Connection, all_blobs: bool) -> rusqlite::Result<BTreeMap<Uuid, Read>> {
    let mut logs = BTreeMap::new();
    let mut statement = connection.prepare("SELECT log_id, public_key, seed FROM log")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id = Uuid::from_bytes(row.get(0)?);
        let loaded = Loaded {
            seed: row.get(2)?,
            ..Loaded::new(id, row.get(1)?)
        };
        logs.insert(id, Read { loaded, fault: None });
    }
    let mut statement = connection.prepare("SELECT log_id, n, body, hash FROM event ORDER BY seq")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let Some(read) = logs.get_mut(&Uuid::from_bytes(row.get(0)?)) else {
            continue;
        };
        if read.fault.is_some() {
            continue;
        }
        let n: u64 = row.get(1)?;
        let taken = if n == read.loaded.log.head().n + 1 {
            read.loaded
                .log
                .apply_stored(row.get_ref(2)?.as_blob()?, &row.get(3)?)
        } else {
            Err(LogError::ChainBroken { n })
        };
        match taken {
            Ok(head) => read.loaded.hashes.push(head.hash),
            Err(fault) => read.fault = Some(fault),
        }
    }
    read_beside(connection, &mut logs, all_blobs)?;
    for read in logs.values_mut() {
        let Loaded {
            log, beside, seed, ..
        } = &read.loaded;
        let own_seed = seed.is_none_or(|seed| public_key(&seed) == *log.public_key());
        if read.fault.is_none() {
            let key_fault = (!own_seed).then(|| LogError::Beside {
                what: "key",
                hash: to_hex(log.public_key()),
            });
            read.fault = log.check_beside(beside).err().or(key_fault);
        }
    }
    Ok(logs)
}

fn read_beside(
    connection: &Connection,
    logs: &mut BTreeMap<Uuid, Read>,
    all_blobs: bool,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare("SELECT log_id, hash, salt, text FROM text ORDER BY seq")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if let Some(read) = logs.get_mut(&Uuid::from_bytes(row.get(0)?)) {
            let text = SaltedText {
                salt: row.get(2)?,
                text: row.get(3)?,
            };
            read.loaded.beside.texts.insert(row.get(1)?, text);
        }
    }
    let mut statement = connection.prepare("SELECT log_id, hash, media_type, bytes FROM blob")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if let Some(read) = logs.get_mut(&Uuid::from_bytes(row.get(0)?)) {
            // By name or by type: if one of the two is damaged, the other still finds a scheme, and its hash is looked at.
            // The bytes of the others are not read at all.
            let is_scheme =
                row.get_ref(2)?.as_str() == Ok("application/json") || read.loaded.log.is_scheme(&row.get(1)?);
            if !all_blobs && !is_scheme {
                continue;
            }
            let bytes: Vec<u8> = row.get(3)?;
            let blob = Blob {
                media_type: row.get(2)?,
                bytes: Arc::from(bytes),
            };
            read.loaded.beside.blobs.insert(row.get(1)?, blob);
        }
    }
    Ok(())
}

/// What is at fault, in one line.
pub(crate) fn fault_text(id: Uuid, fault: &LogError) -> String {
    format!("posting {id}: {fault}")
}
