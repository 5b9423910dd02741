//! What a physician writes again and again, learnt from their own notes: nothing is offered that they did not write, but for a
//! few words to begin with.

use crate::log::ERASED_TEXT;
use crate::posting::{Day, Records};
use chrono::{Datelike, NaiveDate};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The most characters of a note that is offered again.
const LONGEST: usize = 24;
/// The most characters of a part of a note.
const LONGEST_PART: usize = 10;
/// The most characters of the last note, which is offered whole.
const LONGEST_LAST: usize = 120;
/// How many phrases are offered.
const MOST: usize = 6;
/// How many parts are offered.
const MOST_PARTS: usize = 4;
/// A use within so many days of the date counts as recent.
const RECENT_DAYS: u64 = 28;
/// Offered while the physician has none of their own.
pub const FIRST_PHRASES: &[&str] = &["内科门诊", "慢病随访", "病房查房", "家庭医生签约"];

/// A phrase and the days on which it was written, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// As it was written.
    pub text: String,
    /// The days whose notes hold it.
    pub days: Vec<NaiveDate>,
}

/// What is offered for the note of a day, the likeliest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// Whole notes.
    pub phrases: Vec<String>,
    /// Parts of notes, to be put together.
    pub parts: Vec<String>,
    /// The last day before with a note or counts; its note is left out where it is too long to be offered.
    pub last: Option<Day>,
}

/// The physician's whole short notes, by how often they were used.
#[must_use]
pub fn own_phrases(records: &Records) -> Vec<Phrase> {
    collect(records, |note| {
        let short = note.chars().count() <= LONGEST && !note.contains('\n');
        short.then_some(note).into_iter().collect()
    })
}

fn own_parts(records: &Records) -> Vec<Phrase> {
    collect(records, |note| {
        note.split(['，', ',', '；', ';', '。', '、', '\n'])
            .map(str::trim)
            .filter(|part| (2..=LONGEST_PART).contains(&part.chars().count()))
            // What holds a figure was true of one day only.
            .filter(|part| !part.chars().any(char::is_numeric))
            .collect()
    })
}

fn collect<'a>(records: &'a Records, phrases_of: impl Fn(&'a str) -> Vec<&'a str>) -> Vec<Phrase> {
    let mut days: Vec<&Day> = records.days.iter().collect();
    days.sort_by_key(|day| day.date);
    let mut used: BTreeMap<&str, Vec<NaiveDate>> = BTreeMap::new();
    for day in days {
        let note = day.note.as_deref().unwrap_or_default().trim();
        if note.is_empty() || note.contains(ERASED_TEXT) {
            continue;
        }
        for phrase in phrases_of(note) {
            used.entry(phrase).or_default().push(day.date);
        }
    }
    let mut phrases: Vec<Phrase> = used
        .into_iter()
        .map(|(text, days)| Phrase {
            text: text.to_owned(),
            days,
        })
        .collect();
    phrases.sort_by_key(|phrase| Reverse((phrase.days.len(), phrase.days.last().copied())));
    phrases
}

/// What is likely to be written on a date, without the phrases that are not wanted.
#[must_use]
pub fn offer(records: &Records, on: NaiveDate, wanted: impl Fn(&str) -> bool) -> Offer {
    Offer {
        phrases: likeliest(own_phrases(records), on, MOST, &wanted),
        parts: likeliest(own_parts(records), on, MOST_PARTS, &wanted),
        last: last_before(records, on),
    }
}

fn likeliest(
    mut own: Vec<Phrase>,
    on: NaiveDate,
    most: usize,
    wanted: &impl Fn(&str) -> bool,
) -> Vec<String> {
    own.sort_by_key(|phrase| Reverse((likelihood(phrase, on), phrase.days.last().copied())));
    let own = own.into_iter().map(|phrase| phrase.text);
    let mut offered: Vec<String> = Vec::new();
    for phrase in own.chain(FIRST_PHRASES.iter().map(|first| (*first).to_owned())) {
        if offered.len() < most && wanted(&phrase) && !offered.contains(&phrase) {
            offered.push(phrase);
        }
    }
    offered
}

/// A use of late weighs more than an old one, and one on the same day of the week most of all: rounds on Mondays, villages on
/// Thursdays.
fn likelihood(phrase: &Phrase, on: NaiveDate) -> u32 {
    let weight = |day: &NaiveDate| {
        if *day == on {
            return 0;
        }
        let recent = on.signed_duration_since(*day).num_days().unsigned_abs() <= RECENT_DAYS;
        let same = day.weekday() == on.weekday();
        (if recent { 4 } else { 1 }) * (if same { 5 } else { 1 })
    };
    phrase.days.iter().map(weight).sum()
}

fn last_before(records: &Records, on: NaiveDate) -> Option<Day> {
    let mut last = records
        .days
        .iter()
        .filter(|day| day.date < on && (day.note.is_some() || !day.tallies.is_empty()))
        .max_by_key(|day| day.date)?
        .clone();
    let offered = |note: &String| !note.contains(ERASED_TEXT) && note.trim().chars().count() <= LONGEST_LAST;
    last.note = last.note.filter(offered);
    Some(last)
}
