//! What can still be read of a damaged database: rows one by one, for one bad page must not hide the others.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use rusqlite::{Connection, params};
use uuid::Uuid;
use xiaxiangzhi_core::log::{Blob, Digest, EventKind, NewEvent, Prepared, SaltedText, parse_body, sha256};

use crate::OpenError;
use crate::adopt::AdoptedPosting;
use crate::contents::{Newer, open_to_look};
use crate::load::Loaded;

/// Rows as they stand there, believed only where a chain proves them.
#[derive(Default)]
pub(crate) struct Damaged {
    logs: BTreeMap<Uuid, ([u8; 32], Option<[u8; 32]>)>,
    events: BTreeMap<(Uuid, u64), (Vec<u8>, Digest)>,
    texts: BTreeMap<(Uuid, Digest), SaltedText>,
    blobs: BTreeMap<(Uuid, Digest), Blob>,
}

impl Damaged {
    /// Reads what can be read; nothing where even that fails.
    pub(crate) fn look(path: &Path) -> Self {
        let mut found = Self::default();
        found.look_also(path);
        found
    }

    /// Reads another copy of the same damaged database on top of it.
    pub(crate) fn look_also(&mut self, path: &Path) {
        // A disk that is failing often reads at the next try, and going on without costs what was entered last.
        for last_try in [false, false, true] {
            match open_to_look(path, Newer::Refuse) {
                Ok(opened) => {
                    if self.read(&opened.connection, last_try) {
                        return;
                    }
                }
                Err(OpenError::Io { .. } | OpenError::DiskFull { .. } | OpenError::ReadOnly { .. }) => {}
                Err(_) => return,
            }
        }
    }

    /// Answers whether all was read without an error. Where there is one, the last try goes round it row by row.
    fn read(&mut self, connection: &Connection, last_try: bool) -> bool {
        let id = |row: &rusqlite::Row<'_>| Ok::<_, rusqlite::Error>(Uuid::from_bytes(row.get(0)?));
        let logs = in_one_go(
            connection,
            "SELECT log_id, public_key, seed FROM log",
            &mut |row| {
                self.logs.insert(id(row)?, (row.get(1)?, row.get(2)?));
                Ok(())
            },
        );
        let events = each_row(
            connection,
            "SELECT log_id, n, body, hash FROM event",
            last_try,
            |row| {
                self.events
                    .insert((id(row)?, row.get(1)?), (row.get(2)?, row.get(3)?));
                Ok(())
            },
        );
        let texts = each_row(
            connection,
            "SELECT log_id, hash, salt, text FROM text",
            last_try,
            |row| {
                let text = SaltedText {
                    salt: row.get(2)?,
                    text: row.get(3)?,
                };
                self.texts.insert((id(row)?, row.get(1)?), text);
                Ok(())
            },
        );
        let blobs = each_row(
            connection,
            "SELECT log_id, hash, media_type, bytes FROM blob",
            last_try,
            |row| {
                let bytes: Vec<u8> = row.get(3)?;
                let hash: Digest = row.get(1)?;
                if sha256(&bytes) == hash {
                    let blob = Blob {
                        media_type: row.get(2)?,
                        bytes: bytes.into(),
                    };
                    self.blobs.insert((id(row)?, hash), blob);
                }
                Ok(())
            },
        );
        logs.is_ok() && events && texts && blobs
    }

    /// The last event of a posting that can be read, believed or not.
    pub(crate) fn last(&self, id: Uuid) -> u64 {
        let of_log = self.events.range((id, 0)..=(id, u64::MAX));
        of_log.last().map_or(0, |((_, n), _)| *n)
    }

    /// Postings that are not among these, before their first event.
    pub(crate) fn other_logs(&self, known: &[AdoptedPosting]) -> Vec<Loaded> {
        let known: HashSet<Uuid> = known.iter().map(|posting| posting.log_id).collect();
        let others = self.logs.iter().filter(|(id, _)| !known.contains(*id));
        others
            .map(|(id, (key, seed))| Loaded {
                seed: *seed,
                ..Loaded::new(*id, *key)
            })
            .collect()
    }

    /// The events after the log's end that are true to its chain and whose texts are there too; the log is brought up to
    /// them.
    pub(crate) fn salvage(&self, loaded: &mut Loaded) -> Prepared {
        // A text may be missing because a later event erased it. That is in order if that event can be had as well.
        let mut whole = Loaded {
            log: loaded.log.clone(),
            beside: loaded.beside.clone(),
            hashes: Vec::new(),
            seed: loaded.seed,
        };
        let prepared = self.follow(&mut whole, true);
        if whole.log.check_beside(&whole.beside).is_ok() {
            *loaded = whole;
            return prepared;
        }
        self.follow(loaded, false)
    }

    fn follow(&self, loaded: &mut Loaded, erased_may_miss: bool) -> Prepared {
        let id = loaded.log.id();
        let mut prepared = Prepared::default();
        while let Some((body, hash)) = self.events.get(&(id, loaded.log.head().n + 1)) {
            let n = loaded.log.head().n + 1;
            let Some(texts) = self.texts_of(n, body, loaded, erased_may_miss) else {
                break;
            };
            if loaded.log.apply_stored(body, hash).is_err() {
                break;
            }
            for text in texts {
                loaded.beside.texts.insert(text.digest(), text.clone());
                prepared.texts.push(text);
            }
            prepared.events.push(NewEvent {
                n,
                // The id is in the body; rows need only number and bytes.
                id: Uuid::nil(),
                body: body.clone(),
                hash: *hash,
            });
        }
        let Loaded { log, beside, .. } = loaded;
        beside.texts.retain(|hash, _| !log.is_redacted(hash));
        prepared.texts.retain(|text| !log.is_redacted(&text.digest()));
        let blobs = log
            .blob_digests()
            .into_iter()
            .filter_map(|hash| self.blobs.get(&(id, hash)));
        prepared.blobs = blobs.cloned().collect();
        prepared
    }

    /// The texts an event needs that are not there yet; none if one of them cannot be had.
    fn texts_of(
        &self,
        n: u64,
        body: &[u8],
        loaded: &Loaded,
        erased_may_miss: bool,
    ) -> Option<Vec<SaltedText>> {
        let EventKind::Set(set) = parse_body(n, body).ok()?.kind else {
            return Some(Vec::new());
        };
        let mut texts = Vec::new();
        for hash in set.texts.values() {
            if loaded.beside.texts.contains_key(hash) || loaded.log.is_redacted(hash) {
                continue;
            }
            match self.texts.get(&(loaded.log.id(), *hash)) {
                Some(text) if text.digest() == *hash => texts.push(text.clone()),
                _ if erased_may_miss => {}
                _ => return None,
            }
        }
        Some(texts)
    }
}

/// Reads a table; if asked to, round what cannot be read. Answers whether there was nothing of that kind.
fn each_row(
    connection: &Connection,
    select: &str,
    round_errors: bool,
    mut take: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<()>,
) -> bool {
    let whole = in_one_go(connection, select, &mut take).is_ok();
    if !whole && round_errors {
        // What was read before the error is only read again.
        row_by_row(connection, select, take);
    }
    whole
}

/// An error if the table cannot be read to its end; a row that is not as it should be is passed over.
fn in_one_go(
    connection: &Connection,
    select: &str,
    take: &mut impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(select)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let _ = take(row);
    }
    Ok(())
}

fn row_by_row(
    connection: &Connection,
    select: &str,
    mut take: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<()>,
) {
    /// No stretch of bad pages is as long; it means the end of the table.
    const END: u32 = 20_000;
    let Ok(mut statement) = connection.prepare(&format!("{select} WHERE rowid = ?1")) else {
        return;
    };
    let mut misses = 0;
    for row in 1_i64.. {
        match statement.query_row(params![row], |row| take(row)) {
            Ok(()) => misses = 0,
            Err(_) if misses > END => return,
            Err(_) => misses += 1,
        }
    }
}
