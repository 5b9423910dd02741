//! From rows to logs, each checked against its chain.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

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

/// Reads every log.
pub(crate) fn read_logs(connection: &Connection, all_blobs: bool) -> rusqlite::Result<BTreeMap<Uuid, Read>> {
    read_logs_and(connection, all_blobs, || ()).map(|(logs, ())| logs)
}

/// Reads every log in one pass over the events, and does something more with the connection. A second thread folds meanwhile:
/// a log of ten years is opened at every start, and hashing and folding take about as long as all that the database does.
pub(crate) fn read_logs_and<T>(
    connection: &Connection,
    all_blobs: bool,
    more: impl FnOnce() -> T,
) -> rusqlite::Result<(BTreeMap<Uuid, Read>, T)> {
    // Events are numbered through all logs: none has more than this.
    let most: usize =
        connection.query_row("SELECT coalesce(max(seq), 0) FROM event", [], |row| row.get(0))?;
    let mut logs = BTreeMap::new();
    let mut statement = connection.prepare("SELECT log_id, public_key, seed FROM log")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id = Uuid::from_bytes(row.get(0)?);
        let mut loaded = Loaded {
            seed: row.get(2)?,
            ..Loaded::new(id, row.get(1)?)
        };
        loaded.log.reserve(most);
        logs.insert(id, Read { loaded, fault: None });
    }
    let (mut logs, besides, more) = std::thread::scope(|scope| {
        let (events, batches) = sync_channel(BATCHES_AHEAD);
        let folding = scope.spawn(move || fold(logs, &batches));
        let read = read_events(connection, events).and_then(|()| read_beside(connection, all_blobs));
        let more = more();
        // A panic there is a panic here.
        let logs = folding
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        read.map(|besides| (logs, besides, more))
    })?;
    for (id, read) in besides {
        if let Some(log) = logs.get_mut(&id) {
            log.loaded.beside = read.beside;
            log.fault = log.fault.take().or(read.fault);
        }
    }
    for read in logs.values_mut().filter(|read| read.fault.is_none()) {
        let Loaded {
            log, beside, seed, ..
        } = &read.loaded;
        let own_seed = seed.is_none_or(|seed| public_key(&seed) == *log.public_key());
        let key_fault = (!own_seed).then(|| LogError::Beside {
            what: "key",
            hash: to_hex(log.public_key()),
        });
        read.fault = log.check_present(beside).err().or(key_fault);
    }
    Ok((logs, more))
}

/// How many batches may wait to be folded: enough for ten years, and no more memory than that for anything stranger.
const BATCHES_AHEAD: usize = 256;
/// When a batch is handed over, in bytes of its bodies.
const BATCH_BYTES: usize = 32 * 1024;

/// Some events as the rows have them, their bodies in one piece.
#[derive(Default)]
struct Batch {
    rows: Vec<Row>,
    bodies: Vec<u8>,
}

struct Row {
    log: Uuid,
    n: u64,
    hash: Digest,
    /// Where its body ends among the bodies.
    end: usize,
}

fn read_events(connection: &Connection, to: SyncSender<Batch>) -> rusqlite::Result<()> {
    let mut statement = connection.prepare("SELECT log_id, n, body, hash FROM event ORDER BY seq")?;
    let mut rows = statement.query([])?;
    let mut batch = Batch::default();
    while let Some(row) = rows.next()? {
        batch.bodies.extend_from_slice(row.get_ref(2)?.as_blob()?);
        batch.rows.push(Row {
            log: Uuid::from_bytes(row.get(0)?),
            n: row.get(1)?,
            hash: row.get(3)?,
            end: batch.bodies.len(),
        });
        if batch.bodies.len() >= BATCH_BYTES {
            // Nobody takes it only after a panic over there, which is reported there.
            let _ = to.send(std::mem::take(&mut batch));
        }
    }
    let _ = to.send(batch);
    Ok(())
}

/// Takes events until no more come. Of a log with a fault the rest is passed over.
fn fold(mut logs: BTreeMap<Uuid, Read>, batches: &Receiver<Batch>) -> BTreeMap<Uuid, Read> {
    for Batch { rows, bodies } in batches {
        let mut start = 0;
        for row in rows {
            let body = &bodies[start..row.end];
            start = row.end;
            let Some(read) = logs.get_mut(&row.log).filter(|read| read.fault.is_none()) else {
                continue;
            };
            let log = &mut read.loaded.log;
            let taken = if row.n == log.head().n + 1 {
                log.apply_stored(body, &row.hash)
            } else {
                Err(LogError::ChainBroken { n: row.n })
            };
            match taken {
                Ok(head) => read.loaded.hashes.push(head.hash),
                Err(fault) => read.fault = Some(fault),
            }
        }
    }
    logs
}

/// What stands beside one log, with the first that does not have its hash.
#[derive(Default)]
struct ReadBeside {
    beside: Beside,
    fault: Option<LogError>,
}

impl ReadBeside {
    fn check(&mut self, what: &'static str, stored_under: &Digest, own: &Digest) {
        if own != stored_under && self.fault.is_none() {
            self.fault = Some(LogError::Beside {
                what,
                hash: to_hex(stored_under),
            });
        }
    }
}

fn read_beside(connection: &Connection, all_blobs: bool) -> rusqlite::Result<BTreeMap<Uuid, ReadBeside>> {
    let mut besides: BTreeMap<Uuid, ReadBeside> = BTreeMap::new();
    let mut statement = connection.prepare("SELECT log_id, hash, salt, text FROM text ORDER BY seq")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let of = besides.entry(Uuid::from_bytes(row.get(0)?)).or_default();
        let hash = row.get(1)?;
        let text = SaltedText {
            salt: row.get(2)?,
            text: row.get(3)?,
        };
        of.check("text", &hash, &text.digest());
        of.beside.texts.insert(hash, text);
    }
    let schemes_only = if all_blobs {
        ""
    } else {
        "WHERE media_type = 'application/json'"
    };
    let mut statement = connection.prepare(&format!(
        "SELECT log_id, hash, media_type, bytes FROM blob {schemes_only}"
    ))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let of = besides.entry(Uuid::from_bytes(row.get(0)?)).or_default();
        let hash = row.get(1)?;
        let bytes: Vec<u8> = row.get(3)?;
        let blob = Blob {
            media_type: row.get(2)?,
            bytes: Arc::from(bytes),
        };
        of.check("blob", &hash, &blob.digest());
        of.beside.blobs.insert(hash, blob);
    }
    Ok(besides)
}

/// What is at fault, in one line.
pub(crate) fn fault_text(id: Uuid, fault: &LogError) -> String {
    format!("posting {id}: {fault}")
}
