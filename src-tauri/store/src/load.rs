//! From rows to logs, each checked against its chain.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use rusqlite::Connection;
use uuid::Uuid;
use xiaxiangzhi_core::log::{
    Beside, Blob, Digest, Head, Log, LogError, Quick, SaltedText, next, public_key, to_hex,
};

/// A log in memory with what it needs to answer and to go on.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) log: Log,
    /// All texts; of the blobs only the schemes and decisions taken in, photos stay in the database.
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

/// All logs of a database.
pub(crate) struct ReadLogs {
    pub(crate) logs: BTreeMap<Uuid, Read>,
    /// The table of a row that belongs to no log. The chains do not see it: the log that lost it, its last event or its
    /// scheme's document, reads as if it had never had it.
    stray: Option<&'static str>,
}

impl ReadLogs {
    /// That a row belongs to no log, in words.
    pub(crate) fn stray(&self) -> Option<String> {
        self.stray
            .map(|table| format!("a row of {table} belongs to no posting"))
    }
}

/// Reads every log.
pub(crate) fn read_logs(connection: &Connection, all_blobs: bool) -> rusqlite::Result<ReadLogs> {
    read_logs_and(connection, all_blobs, || ()).map(|(read, ())| read)
}

/// Reads every log in one pass over the events, and does something more with the connection. A second thread folds meanwhile:
/// a log of ten years is opened at every start, and hashing and folding take about as long as all that the database does.
pub(crate) fn read_logs_and<T>(
    connection: &Connection,
    all_blobs: bool,
    more: impl FnOnce() -> T,
) -> rusqlite::Result<(ReadLogs, T)> {
    // Events are numbered through all logs: none has more than this.
    let most: usize =
        connection.query_row("SELECT coalesce(max(seq), 0) FROM event", [], |row| row.get(0))?;
    let (mut logs, mut heads) = (BTreeMap::new(), BTreeMap::new());
    let mut statement = connection.prepare("SELECT log_id, public_key, seed FROM log")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id = Uuid::from_bytes(row.get(0)?);
        let mut loaded = Loaded {
            seed: row.get(2)?,
            ..Loaded::new(id, row.get(1)?)
        };
        loaded.log.reserve(most);
        heads.insert(id, loaded.log.head());
        logs.insert(id, Read { loaded, fault: None });
    }
    let (mut read, texts, more) = std::thread::scope(|scope| {
        let (events, batches) = sync_channel(BATCHES_AHEAD);
        let folding = scope.spawn(move || fold(logs, &batches));
        let read = read_events(connection, heads, events).and_then(|()| read_texts(connection));
        let more = more();
        // A panic there is a panic here.
        let logs = folding
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        read.map(|texts| (logs, texts, more))
    })?;
    for (id, texts) in texts {
        if let Some(log) = read.logs.get_mut(&id) {
            log.loaded.beside.texts = texts.texts;
            log.fault = log.fault.take().or(texts.fault);
        } else {
            read.stray = Some("text");
        }
    }
    read_blobs(connection, &mut read, all_blobs)?;
    if connection
        .prepare("PRAGMA foreign_key_check(draft)")?
        .exists([])?
    {
        read.stray = Some("draft");
    }
    for read in read.logs.values_mut().filter(|read| read.fault.is_none()) {
        let Loaded {
            log, beside, seed, ..
        } = &read.loaded;
        let own_seed = seed.is_none_or(|seed| public_key(&seed) == *log.public_key());
        let key_fault = (!own_seed).then(|| altered("key", log.public_key()));
        read.fault = log.check_present(beside).err().or(key_fault);
    }
    Ok((read, more))
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
    /// The stored hash, if it is the one that the row's bytes and the row before it give.
    hash: Option<Digest>,
    /// Where its body ends among the bodies.
    end: usize,
}

/// Hands the events over, each linked to the one before. `heads` are those of the logs before their first event.
fn read_events(
    connection: &Connection,
    mut heads: BTreeMap<Uuid, Head>,
    to: SyncSender<Batch>,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare("SELECT log_id, n, body, hash FROM event ORDER BY seq")?;
    let mut rows = statement.query([])?;
    let mut batch = Batch::default();
    while let Some(row) = rows.next()? {
        let (log, n) = (Uuid::from_bytes(row.get(0)?), row.get(1)?);
        let body = row.get_ref(2)?.as_blob()?;
        let hash: Digest = row.get(3)?;
        let linked = heads.get_mut(&log).is_some_and(|head| {
            let linked = n == head.n + 1 && next(&head.hash, n, body) == hash;
            *head = Head { n, hash };
            linked
        });
        batch.bodies.extend_from_slice(body);
        batch.rows.push(Row {
            log,
            n,
            hash: linked.then_some(hash),
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
fn fold(mut logs: BTreeMap<Uuid, Read>, batches: &Receiver<Batch>) -> ReadLogs {
    let mut stray = None;
    for Batch { rows, bodies } in batches {
        let mut start = 0;
        for row in rows {
            let body = &bodies[start..row.end];
            start = row.end;
            let Some(read) = logs.get_mut(&row.log) else {
                stray = Some("event");
                continue;
            };
            if read.fault.is_some() {
                continue;
            }
            let taken = row
                .hash
                .ok_or(LogError::ChainBroken { n: row.n })
                .and_then(|hash| read.loaded.log.apply_linked(body, hash));
            match taken {
                Ok(head) => read.loaded.hashes.push(head.hash),
                Err(fault) => read.fault = Some(fault),
            }
        }
    }
    ReadLogs { logs, stray }
}

/// The texts of one log, with the first that does not have its hash.
#[derive(Default)]
struct ReadTexts {
    texts: Quick<Digest, SaltedText>,
    fault: Option<LogError>,
}

fn read_texts(connection: &Connection) -> rusqlite::Result<BTreeMap<Uuid, ReadTexts>> {
    let mut texts: BTreeMap<Uuid, ReadTexts> = BTreeMap::new();
    let mut statement = connection.prepare("SELECT log_id, hash, salt, text FROM text ORDER BY seq")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let of = texts.entry(Uuid::from_bytes(row.get(0)?)).or_default();
        let hash = row.get(1)?;
        let text = SaltedText {
            salt: row.get(2)?,
            text: row.get(3)?,
        };
        if text.digest() != hash {
            of.fault.get_or_insert(altered("text", &hash));
        }
        of.texts.insert(hash, text);
    }
    Ok(texts)
}

/// Blobs come last, when it is known which are schemes.
fn read_blobs(connection: &Connection, all: &mut ReadLogs, all_blobs: bool) -> rusqlite::Result<()> {
    let mut statement = connection.prepare("SELECT log_id, hash, media_type, bytes FROM blob")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let Some(read) = all.logs.get_mut(&Uuid::from_bytes(row.get(0)?)) else {
            all.stray = Some("blob");
            continue;
        };
        let hash = row.get(1)?;
        // By name or by type: if one of the two is damaged, the other still finds a scheme, and its hash is looked at.
        // The bytes of the others are not read at all.
        let is_scheme =
            row.get_ref(2)?.as_str() == Ok("application/json") || read.loaded.log.is_scheme(&hash);
        if !all_blobs && !is_scheme && !read.loaded.log.is_receipt(&hash) {
            continue;
        }
        let bytes: Vec<u8> = row.get(3)?;
        let blob = Blob {
            media_type: row.get(2)?,
            bytes: Arc::from(bytes),
        };
        if blob.digest() != hash {
            read.fault.get_or_insert(altered("blob", &hash));
        }
        read.loaded.beside.blobs.insert(hash, blob);
    }
    Ok(())
}

fn altered(what: &'static str, hash: &Digest) -> LogError {
    LogError::Beside {
        what,
        hash: to_hex(hash),
    }
}

/// What is at fault, in one line.
pub(crate) fn fault_text(id: Uuid, fault: &LogError) -> String {
    format!("posting {id}: {fault}")
}
