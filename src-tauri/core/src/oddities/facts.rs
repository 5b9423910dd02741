//! What is kept of one file to compare it with others.

use super::sketch::{Sketch, letters};
use crate::log::{ERASED_TEXT, sha256};
use crate::posting::{Activity, ActivityKind, Half, HalfDayStatus, Kind, Records, Station};
use crate::scheme::OddityRule;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use uuid::Uuid;

/// More of a text says no more about whether it was copied.
const MOST_LETTERS: usize = 2_000;
/// As much of a title as a question repeats.
const MOST_OF_TITLE: usize = 24;
/// Short names of what may be the same in two files.
pub(super) type Mark = [u8; 16];

/// What is kept of one file to compare it with others: about a kilobyte for a posting of three months.
#[derive(Debug, Clone)]
pub struct Facts {
    pub(super) log: Uuid,
    pub(super) physician: Option<Box<str>>,
    pub(super) recipient_unit: Option<Box<str>>,
    /// What tells a person: the licence's number; the name with the date of birth.
    pub(super) persons: Box<[Mark]>,
    /// Whether she comes for the day, so that she may be posted to several places.
    pub(super) comes_for_the_day: bool,
    pub(super) start: NaiveDate,
    pub(super) end: NaiveDate,
    /// A bit for each half-day from `start` on that she was there.
    present: Box<[u8]>,
    pub(super) lectures: Box<[Lecture]>,
    pub(super) photos: Box<[Photo]>,
}

/// A lecture with a text long enough to be compared.
#[derive(Debug, Clone)]
pub(super) struct Lecture {
    pub(super) id: Uuid,
    pub(super) date: NaiveDate,
    pub(super) kind: ActivityKind,
    pub(super) title: Box<str>,
    pub(super) sketch: Sketch,
}

/// A photo that an activity shows.
#[derive(Debug, Clone)]
pub(super) struct Photo {
    pub(super) id: Uuid,
    pub(super) date: NaiveDate,
    pub(super) mark: Mark,
}

impl Facts {
    /// The facts of a file's records. Their `posting.id` is the log's id.
    pub fn of(records: &Records, rule: &OddityRule) -> Self {
        let posting = &records.posting;
        let boxed = |text: &Option<String>| text.as_deref().map(Box::from);
        Self {
            log: posting.id,
            physician: boxed(&posting.physician.name),
            recipient_unit: boxed(&posting.recipient_unit),
            persons: persons(records),
            comes_for_the_day: posting.station == Some(Station::Visiting),
            start: posting.start,
            end: posting.end,
            present: present(records),
            lectures: lectures(records, rule),
            photos: photos(records)
                .into_iter()
                .filter_map(|(photo, activity)| {
                    let (id, date) = (activity.id?, activity.date);
                    let mark = mark(photo);
                    Some(Photo { id, date, mark })
                })
                .collect(),
        }
    }

    /// The log they are of.
    pub fn log_id(&self) -> Uuid {
        self.log
    }

    /// The bytes they take in memory.
    pub fn bytes(&self) -> usize {
        let names = [&self.physician, &self.recipient_unit];
        let titles = self.lectures.iter().map(|lecture| lecture.title.len());
        size_of::<Self>()
            + names.into_iter().flatten().map(|name| name.len()).sum::<usize>()
            + titles.sum::<usize>()
            + size_of_val(&*self.persons)
            + size_of_val(&*self.present)
            + size_of_val(&*self.lectures)
            + size_of_val(&*self.photos)
    }

    /// Whether both are of one person.
    pub(super) fn same_person(&self, other: &Self) -> bool {
        self.persons.iter().any(|person| other.persons.contains(person))
    }

    /// The dates on which both say of the same half-day that they were there, and how many half-days these are.
    pub(super) fn both_present(&self, other: &Self) -> (Vec<NaiveDate>, usize) {
        let (from, to) = (self.start.max(other.start), self.end.min(other.end));
        let (mut dates, mut half_days) = (Vec::new(), 0);
        for date in from.iter_days().take_while(|date| *date <= to) {
            let both = Half::ALL
                .iter()
                .filter(|half| self.was_present(date, **half) && other.was_present(date, **half))
                .count();
            if both > 0 {
                dates.push(date);
                half_days += both;
            }
        }
        (dates, half_days)
    }

    fn was_present(&self, date: NaiveDate, half: Half) -> bool {
        place(self.start, date, half)
            .and_then(|(byte, bit)| Some(self.present.get(byte)? & bit != 0))
            .unwrap_or_default()
    }
}

/// The byte and the bit of a half-day.
fn place(start: NaiveDate, date: NaiveDate, half: Half) -> Option<(usize, u8)> {
    let days = usize::try_from((date - start).num_days()).ok()?;
    let at = days * 2 + usize::from(half == Half::Afternoon);
    Some((at / 8, 1 << (at % 8)))
}

fn present(records: &Records) -> Box<[u8]> {
    let (start, end) = (records.posting.start, records.posting.end);
    let mut bits: Vec<u8> = Vec::new();
    for day in records.days.iter().filter(|day| day.date <= end) {
        for half in Half::ALL {
            if day.half(*half) != Some(HalfDayStatus::Present) {
                continue;
            }
            if let Some((byte, bit)) = place(start, day.date, *half) {
                if bits.len() <= byte {
                    bits.resize(byte + 1, 0);
                }
                bits[byte] |= bit;
            }
        }
    }
    bits.into()
}

fn mark(text: &str) -> Mark {
    let mut mark = Mark::default();
    let digest = sha256(text.as_bytes());
    mark.copy_from_slice(&digest[..16]);
    mark
}

fn persons(records: &Records) -> Box<[Mark]> {
    let physician = &records.posting.physician;
    let told = |text: &Option<String>| {
        let text: String = text
            .iter()
            .flat_map(|text| text.chars())
            .filter(|c| !c.is_whitespace())
            .collect();
        (!text.is_empty()).then_some(text)
    };
    let licence = told(&physician.licence_number).map(|number| format!("licence {number}"));
    let named = told(&physician.name).zip(physician.birth_date);
    let named = named.map(|(name, born)| format!("name {name} {born}"));
    licence.into_iter().chain(named).map(|text| mark(&text)).collect()
}

fn lectures(records: &Records, rule: &OddityRule) -> Box<[Lecture]> {
    let least = usize::try_from(rule.same_text_characters).unwrap_or(usize::MAX);
    let taught = |activity: &&Activity| {
        matches!(
            activity.kind,
            ActivityKind::Lecture
                | ActivityKind::Training
                | ActivityKind::HealthEducation
                | ActivityKind::CaseDiscussion
        )
    };
    let lectures = records.activities.iter().filter(taught).filter_map(|activity| {
        // Titles are alike by nature: what is taught is the same everywhere.
        let note = activity.note.as_deref().filter(|note| *note != ERASED_TEXT)?;
        let mut letters = letters(note);
        letters.truncate(MOST_LETTERS);
        let title = activity.title.as_deref().unwrap_or_default();
        Some(Lecture {
            id: activity.id?,
            date: activity.date,
            kind: activity.kind,
            title: title.chars().take(MOST_OF_TITLE).collect::<String>().into(),
            sketch: Sketch::of(&letters, least)?,
        })
    });
    lectures.collect()
}

/// Each photo with each activity that shows it, once. What is no picture may well go with several: a notice, a plan.
pub(super) fn photos(records: &Records) -> Vec<(&str, &Activity)> {
    let mut shown = BTreeMap::new();
    for activity in &records.activities {
        for attachment in &activity.attachments {
            let picture = attachment
                .media_type
                .as_deref()
                .is_some_and(|media_type| media_type.starts_with("image/"));
            if picture {
                shown
                    .entry((attachment.sha256.as_str(), activity.date, activity.id))
                    .or_insert(activity);
            }
        }
    }
    shown
        .into_iter()
        .map(|((photo, ..), activity)| (photo, activity))
        .collect()
}

/// What an activity is called in a question.
pub(super) fn kind_said(kind: ActivityKind) -> (&'static str, &'static str) {
    use crate::language::Language;
    (kind.label(Language::Chinese), kind.label(Language::English))
}
