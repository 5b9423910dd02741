//! Jumps of the computer's clock: noticed by the last time that was seen, and left in each log that is written to.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use xiaxiangzhi_core::log::{ClockJump, EventKind, instant, parse_instant};

use crate::save::insert;
use crate::store::Inner;
use crate::{Store, StoreError, new_id};

const SETTING: &str = "time_seen";
/// Clocks are set right by a minute now and then; that is no jump.
const BACK: TimeDelta = TimeDelta::minutes(2);
/// Between two postings a clinic PC may stand still for weeks.
const AHEAD: TimeDelta = TimeDelta::days(45);

/// What is known of the time.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    kept: Option<Kept>,
}

/// What outlives the program.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Kept {
    /// The last time seen.
    last: Option<String>,
    /// A jump that a log still has to say.
    to_say: BTreeMap<Uuid, ClockJump>,
}

/// Which way a clock jumped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Jump {
    /// By more than two minutes.
    Back,
    /// By more than 45 days.
    Ahead,
}

/// How the clock stands to the last time known.
fn jump(last: DateTime<Utc>, now: DateTime<Utc>) -> Option<Jump> {
    match now - last {
        step if step < -BACK => Some(Jump::Back),
        step if step > AHEAD => Some(Jump::Ahead),
        _ => None,
    }
}

impl Store {
    /// The last time known: that of the last entry in any log, or a later one at which the records were open.
    pub fn last_seen(&self) -> Option<DateTime<Utc>> {
        let mut inner = self.inner();
        inner.last_seen()
    }

    /// Takes note of the time. A jump is left in the log of each posting there is, as soon as that log is written to.
    ///
    /// # Errors
    /// A jump could not be kept for the logs to say.
    pub fn see(&self, now: DateTime<Utc>) -> Result<Option<Jump>, StoreError> {
        let mut inner = self.inner();
        if inner.read_only.is_some() {
            return Ok(None);
        }
        let last = inner.last_seen();
        let jumped = last.and_then(|last| jump(last, now));
        if let (Some(last), Some(_)) = (last, jumped) {
            let said = ClockJump {
                from: instant(last),
                to: instant(now),
            };
            let logs: Vec<Uuid> = inner.logs.keys().copied().collect();
            let kept = inner.kept_time();
            for id in logs {
                kept.to_say.entry(id).or_insert_with(|| said.clone());
            }
        }
        inner.kept_time().last = Some(instant(now));
        if jumped.is_some() {
            inner.keep_time()?;
        }
        Ok(jumped)
    }

    /// Keeps the last time seen for the next start; for quiet moments.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn keep_last_seen(&self) -> Result<(), StoreError> {
        let mut inner = self.inner();
        if inner.read_only.is_some() || inner.seen.kept.is_none() {
            return Ok(());
        }
        inner.keep_time()
    }
}

impl Inner {
    fn last_seen(&mut self) -> Option<DateTime<Utc>> {
        if let Some(last) = self.kept_time().last.as_deref().and_then(parse_instant) {
            return Some(last);
        }
        self.logs
            .values()
            .filter_map(|loaded| parse_instant(&loaded.log.last_at()?))
            .max()
    }

    /// What was kept at the last start, read once. What was entered after it was kept is later.
    fn kept_time(&mut self) -> &mut Kept {
        if self.seen.kept.is_none() {
            let stored: Option<String> = self.connected().ok().and_then(|connection| {
                connection
                    .query_row("SELECT value FROM setting WHERE key = ?1", [SETTING], |row| {
                        row.get(0)
                    })
                    .ok()
            });
            let mut kept: Kept = stored
                .and_then(|text| serde_json::from_str(&text).ok())
                .unwrap_or_default();
            let entered = self.logs.values().filter_map(|loaded| loaded.log.last_at()).max();
            // RFC 3339 in UTC and whole seconds: the order of the texts is that of the instants.
            if entered > kept.last && kept.to_say.is_empty() {
                kept.last = entered;
            }
            self.seen.kept = Some(kept);
        }
        self.seen.kept.get_or_insert_default()
    }

    fn keep_time(&mut self) -> Result<(), StoreError> {
        let value = serde_json::to_string(self.kept_time()).map_err(|error| StoreError::Io {
            operation: "keeping the time",
            detail: error.to_string(),
        })?;
        self.write("keeping the time", |connection| {
            connection.execute(
                "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
                params![SETTING, value],
            )
        })?;
        Ok(())
    }

    /// Leaves a jump of the clock in a log that is about to be written to.
    pub(crate) fn say_jump(&mut self, log_id: Uuid, at: DateTime<Utc>) -> Result<(), StoreError> {
        let Some(jump) = self.kept_time().to_say.remove(&log_id) else {
            return Ok(());
        };
        let prepared =
            self.log(log_id)?
                .log
                .prepare_event(new_id(at)?, at, EventKind::ClockJump(jump.clone()))?;
        let written = self.write("saying that the clock jumped", |connection| {
            insert(connection, log_id, &prepared)
        });
        if let Err(error) = written {
            self.kept_time().to_say.insert(log_id, jump);
            return Err(error);
        }
        self.acknowledge(log_id, &prepared, at)?;
        self.keep_time()
    }
}
