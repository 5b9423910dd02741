//! What the program learns from a physician's own notes, and what it brings to mind.

use crate::app::App;
use crate::refusal::bad_request;
use crate::views::{CommandError, DayOffer, OwnPhrase, PostingView, Reminders, RemindersTo};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;
use xiaxiangzhi_core::assess::Assessment;
use xiaxiangzhi_core::log::{sha256, to_hex};
use xiaxiangzhi_core::phrases::{self, FIRST_PHRASES, Offer, Phrase};
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::reminders::reminders;
use xiaxiangzhi_core::scheme::Scheme;
use xiaxiangzhi_store::{Store, StoreError};

/// The name of the setting that holds them.
const SETTING: &str = "habits";
/// The most days that offers are made for at once.
const MOST_DAYS: usize = 400;

/// How a physician likes it, kept with the data but beside the records: it is nobody else's business.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Habits {
    /// Reminders are not wanted.
    reminders_off: bool,
    /// The last day on which they were shown.
    reminders_shown: Option<NaiveDate>,
    /// Phrases that are not to be offered, as hashes: a text that is erased must not stay here.
    unwanted: BTreeSet<String>,
}

fn hash(log_id: Uuid, phrase: &str) -> String {
    to_hex(&sha256(&[log_id.as_bytes(), phrase.as_bytes()].concat()))
}

impl Habits {
    /// Reads them; what is missing or not understood is as if never set.
    pub(super) fn read(store: &Store, log_id: Uuid) -> Self {
        let kept = store.posting_setting(log_id, SETTING).ok().flatten();
        kept.and_then(|json| serde_json::from_str(&json).ok())
            .unwrap_or_default()
    }

    fn keep(&self, store: &Store, log_id: Uuid) -> Result<(), CommandError> {
        let json = serde_json::to_string(self).map_err(bad_request)?;
        Ok(store.set_posting_setting(log_id, SETTING, &json)?)
    }

    fn wants(&self, log_id: Uuid, phrase: &str) -> bool {
        self.unwanted.is_empty() || !self.unwanted.contains(&hash(log_id, phrase))
    }

    pub(super) fn offer(&self, log_id: Uuid, records: &Records, on: NaiveDate) -> Offer {
        phrases::offer(records, on, |phrase| self.wants(log_id, phrase))
    }

    /// What is to be shown now. Where nothing can be kept it would come up again and again, so nothing is.
    pub(super) fn reminders(
        &self,
        scheme: &Scheme,
        records: &Records,
        assessment: &Assessment,
        today: NaiveDate,
        can_keep: bool,
    ) -> Reminders {
        let now = if self.reminders_off || self.reminders_shown == Some(today) || !can_keep {
            Vec::new()
        } else {
            reminders(scheme, records, assessment, today)
        };
        Reminders {
            on: !self.reminders_off,
            now,
        }
    }
}

fn records_of(store: &Store, log_id: Uuid) -> Result<Records, CommandError> {
    Ok(Records::from_value(store.folded(log_id)?.document)?)
}

pub(super) fn day_offers(app: &App, dates: &[NaiveDate]) -> Result<Vec<DayOffer>, CommandError> {
    if dates.len() > MOST_DAYS {
        return Err(bad_request(format!("more than {MOST_DAYS} days")));
    }
    let (store, log_id) = app.posting()?;
    let records = records_of(&store, log_id)?;
    let habits = Habits::read(&store, log_id);
    let offer = |&date: &NaiveDate| {
        let Offer { phrases, parts, last } = habits.offer(log_id, &records, date);
        DayOffer {
            date,
            phrases,
            parts,
            last,
        }
    };
    Ok(dates.iter().map(offer).collect())
}

/// The physician's own, and those there are to begin with.
fn known_phrases(records: &Records) -> Vec<Phrase> {
    let mut known = phrases::own_phrases(records);
    for first in FIRST_PHRASES {
        if !known.iter().any(|phrase| phrase.text == *first) {
            known.push(Phrase {
                text: (*first).to_owned(),
                days: Vec::new(),
            });
        }
    }
    known
}

pub(super) fn own_phrases(app: &App) -> Result<Vec<OwnPhrase>, CommandError> {
    let (store, log_id) = app.posting()?;
    let records = records_of(&store, log_id)?;
    let habits = Habits::read(&store, log_id);
    let told = |phrase: Phrase| OwnPhrase {
        days: phrase.days.len(),
        last: phrase.days.last().copied(),
        wanted: habits.wants(log_id, &phrase.text),
        text: phrase.text,
    };
    Ok(known_phrases(&records).into_iter().map(told).collect())
}

pub(super) fn want_phrase(app: &App, text: &str, wanted: bool) -> Result<Vec<OwnPhrase>, CommandError> {
    let (store, log_id) = app.posting()?;
    let mut habits = Habits::read(&store, log_id);
    let hash = hash(log_id, text);
    if wanted {
        habits.unwanted.remove(&hash);
    } else {
        habits.unwanted.insert(hash);
    }
    habits.keep(&store, log_id)?;
    own_phrases(app)
}

pub(super) fn set_reminders(app: &App, to: RemindersTo) -> Result<PostingView, CommandError> {
    let (store, log_id) = app.posting()?;
    let mut habits = Habits::read(&store, log_id);
    match to {
        RemindersTo::Shown => habits.reminders_shown = Some(app.clock().today()),
        RemindersTo::Off => habits.reminders_off = true,
        RemindersTo::On => habits.reminders_off = false,
    }
    habits.keep(&store, log_id)?;
    super::view::posting_view(app, &store, log_id)
}

/// After texts were erased: what no note says any more is not kept as a hash either, for a short text can be guessed.
pub(super) fn forget_erased(store: &Store, log_id: Uuid) -> Result<(), StoreError> {
    let mut habits = Habits::read(store, log_id);
    let before = habits.clone();
    let Ok(records) = Records::from_value(store.folded(log_id)?.document) else {
        return Ok(());
    };
    let said: BTreeSet<String> = known_phrases(&records)
        .iter()
        .map(|phrase| hash(log_id, &phrase.text))
        .collect();
    habits.unwanted.retain(|hash| said.contains(hash));
    match serde_json::to_string(&habits) {
        Ok(json) if habits != before => store.set_posting_setting(log_id, SETTING, &json),
        _ => Ok(()),
    }
}
