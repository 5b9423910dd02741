//! Finding records: by words, by pinyin and its initials, by kind, by date; what lies in the recycle bin, too.
//!
//! A query is a few terms parted by blanks, and a record is found if each of them fits it. A term of letters is also read as
//! pinyin: `gaoxueya`, `gxy` and `gaoxy` all fit 高血压, by whichever reading a character has. A term that says a date
//! (`3.2`, `0302`, `3月`, `今天`, `周三`) also fits what is for that date.

mod dates;
mod lines;
mod pages;
mod term;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::cmp::Reverse;
use std::sync::Arc;
use ts_rs::TS;

use crate::language::{Label, Language};
use crate::log::{Entity, Quick, Removed};
use crate::posting::TallyItem;
use lines::Line;
pub use pages::{FoundPage, FoundText, pages_with};
use term::{Fit, Term};

/// The most lines that are shown of one record.
const MOST_LINES: usize = 3;

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SearchResults {
    /// The records that were found, those that fit best first; at most as many as were asked for.
    pub found: Vec<FoundRecord>,
    /// How many there are in all.
    #[ts(type = "number")]
    pub total: usize,
}

/// A record that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FoundRecord {
    /// The kind of record.
    pub entity: String,
    /// Its key.
    pub key: String,
    /// What it is called, in parts: 3月2日 的记录.
    pub name: Vec<TextPart>,
    /// The first day it is for; null where it is for none.
    pub date: Option<NaiveDate>,
    /// The last day it is for, where that is another.
    pub until: Option<NaiveDate>,
    /// Whether what fits is its date.
    pub by_date: bool,
    /// When it was removed; null where it is there.
    pub removed_at: Option<String>,
    /// What fits, or what it says where that is its date or kind alone.
    pub lines: Vec<FoundLine>,
}

/// One text of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FoundLine {
    /// What the field is called.
    pub name: Label,
    /// The text around what fits, in parts.
    pub parts: Vec<TextPart>,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TextPart {
    /// The words.
    pub text: String,
    /// Whether they are what was looked for.
    pub marked: bool,
}

/// A posting's records, made ready to be searched.
#[derive(Debug, Clone)]
pub struct Index {
    records: Vec<Arc<Indexed>>,
    /// Every text once: most of what records say, such as 出勤, many of them say.
    texts: Vec<Arc<str>>,
    /// Where each text stands.
    numbers: Quick<Arc<str>, usize>,
    /// Own statistics, whose names the records' lines show.
    own: Vec<TallyItem>,
}

#[derive(Debug)]
struct Indexed {
    entity: Entity,
    key: String,
    value: Value,
    dates: Option<(NaiveDate, NaiveDate)>,
    removed_at: Option<String>,
    lines: Vec<Line>,
    /// The numbers of the texts of its kind, then those of each line.
    texts: Vec<(Vec<usize>, bool)>,
}

/// How each text of an index fits one term.
type Fits = Vec<Option<Fit>>;

/// A record as the document or the recycle bin has it.
struct Source<'a> {
    entity: Entity,
    key: &'a str,
    value: &'a Value,
    removed_at: Option<&'a str>,
}

impl Index {
    /// Reads a posting's document as the log folds it, and what is removed from it.
    pub fn new(document: &Value, removed: &[Removed]) -> Self {
        let empty = Self {
            records: Vec::new(),
            texts: Vec::new(),
            numbers: Quick::default(),
            own: own_of(document),
        };
        empty.renewed(document, removed)
    }

    /// The index after a change: what did not change is taken over, which is most of it and costs next to nothing.
    #[must_use]
    pub fn renewed(&self, document: &Value, removed: &[Removed]) -> Self {
        let own = own_of(document);
        let mut before: Quick<(Entity, &str, Option<&str>), &Arc<Indexed>> = Quick::default();
        // Where an own statistic was renamed, every record that counts it says something else.
        let mut next = if own == self.own {
            let known = self.records.iter();
            before.extend(known.map(|record| {
                let place = (record.entity, record.key.as_str(), record.removed_at.as_deref());
                (place, record)
            }));
            Self {
                records: Vec::new(),
                texts: self.texts.clone(),
                numbers: self.numbers.clone(),
                own,
            }
        } else {
            Self {
                records: Vec::new(),
                texts: Vec::new(),
                numbers: Quick::default(),
                own,
            }
        };
        for source in sources(document, removed) {
            let place = (source.entity, source.key, source.removed_at);
            let known = before.get(&place).filter(|known| known.value == *source.value);
            let record = known.map_or_else(|| Arc::new(next.read(&source)), |known| Arc::clone(known));
            next.records.push(record);
        }
        next
    }

    fn read(&mut self, source: &Source<'_>) -> Indexed {
        let (entity, key, value) = (source.entity, source.key, source.value);
        let kind = lines::kind_of(entity, key, value);
        let lines = lines::lines_of(entity, value, source.removed_at.is_some(), &self.own);
        let names = [kind.zh.as_str(), kind.en.as_str()].map(|name| self.number(name));
        let mut texts = vec![(names.to_vec(), true)];
        for line in &lines {
            texts.push((
                line.texts().map(|text| self.number(text)).collect(),
                line.own_words,
            ));
        }
        Indexed {
            entity,
            key: key.to_owned(),
            value: value.clone(),
            dates: lines::dates_of(entity, key, value),
            removed_at: source.removed_at.map(str::to_owned),
            lines,
            texts,
        }
    }

    fn number(&mut self, text: &str) -> usize {
        if let Some(known) = self.numbers.get(text) {
            return *known;
        }
        let text: Arc<str> = text.into();
        self.texts.push(Arc::clone(&text));
        self.numbers.insert(text, self.texts.len() - 1);
        self.texts.len() - 1
    }

    /// The records that every term of the query fits, those that fit best first, then the latest; what is removed comes last.
    /// At most `most` of them. Texts of closed lists are answered in `language`, and found in either.
    pub fn search(&self, query: &str, language: Language, today: NaiveDate, most: usize) -> SearchResults {
        let terms = Term::all(query, Some(today));
        if terms.is_empty() {
            return SearchResults {
                found: Vec::new(),
                total: 0,
            };
        }
        let fits: Vec<(&Term, Fits)> = terms
            .iter()
            .map(|term| (term, self.texts.iter().map(|text| term.fits(text)).collect()))
            .collect();
        let mut hits: Vec<(u8, &Indexed)> = self
            .records
            .iter()
            .filter_map(|record| Some((record.rank(&fits)?, &**record)))
            .collect();
        hits.sort_by_key(|(rank, record)| {
            let date = record.dates.map(|(_, last)| last);
            // The same few words stand in many days: what is rarer comes before them.
            let routine = record.entity == Entity::Day && !terms.iter().any(|term| record.is_for(term));
            (record.removed_at.is_some(), *rank, routine, Reverse(date))
        });
        SearchResults {
            total: hits.len(),
            found: hits
                .into_iter()
                .take(most)
                .map(|(_, record)| record.found(&terms, language))
                .collect(),
        }
    }
}

/// The posting's own statistics.
fn own_of(document: &Value) -> Vec<TallyItem> {
    let items = document.get("tally_items");
    items
        .and_then(|items| serde_json::from_value(items.clone()).ok())
        .unwrap_or_default()
}

/// All that can be found, in a fixed order.
fn sources<'a>(document: &'a Value, removed: &'a [Removed]) -> Vec<Source<'a>> {
    let mut sources = Vec::new();
    let mut add = |entity, key, value| {
        sources.push(Source {
            entity,
            key,
            value,
            removed_at: None,
        });
    };
    for entity in Entity::ALL {
        if let Some(list) = entity.list() {
            let list = document.get(list).and_then(Value::as_array);
            for record in list.into_iter().flatten() {
                let key = entity.key_field().and_then(|field| record.get(field)?.as_str());
                if let Some(key) = key {
                    add(entity, key, record);
                }
            }
        } else if matches!(entity, Entity::Posting | Entity::Summary)
            && let Some(record) = document.get(entity.name())
        {
            add(entity, "", record);
        }
    }
    let gone = removed.iter().filter(|gone| gone.entity.list().is_some());
    sources.extend(gone.map(|gone| Source {
        entity: gone.entity,
        key: &gone.key,
        value: &gone.value,
        removed_at: Some(&gone.at),
    }));
    sources
}

impl Indexed {
    /// How well the terms fit, 0 best; none where one of them does not fit at all.
    fn rank(&self, terms: &[(&Term, Fits)]) -> Option<u8> {
        let mut worst = 0;
        for (term, fits) in terms {
            worst = worst.max(self.rank_of(term, fits)?);
        }
        Some(worst)
    }

    fn rank_of(&self, term: &Term, fits: &Fits) -> Option<u8> {
        let date = self.is_for(term).then_some(0);
        let texts = self.texts.iter().filter_map(|(texts, own_words)| {
            let fit = texts.iter().find_map(|text| fits[*text])?;
            Some(fit.rank() + if *own_words { 0 } else { 2 })
        });
        date.into_iter().chain(texts).min()
    }

    fn is_for(&self, term: &Term) -> bool {
        self.dates
            .is_some_and(|(first, last)| term.is_for_any_of(first, last))
    }

    fn found(&self, terms: &[Term], language: Language) -> FoundRecord {
        let fitting = |line: &&Line| {
            let mut texts = line.texts();
            texts.any(|text| terms.iter().any(|term| term.fits(text).is_some()))
        };
        let mut shown: Vec<&Line> = self.lines.iter().filter(fitting).collect();
        // Its own words before what is chosen from a list; the order of the form within.
        shown.sort_by_key(|line| !line.own_words);
        if shown.is_empty() {
            shown.extend(self.lines.iter().filter(|line| line.own_words).take(1));
        }
        let first = self.dates.map(|(first, _)| first);
        let name = crate::log::record_name(self.entity, &self.key, Some(&self.value));
        FoundRecord {
            entity: self.entity.name().to_owned(),
            key: self.key.clone(),
            name: term::marked(name.get(language), terms),
            date: first,
            until: self
                .dates
                .map(|(_, last)| last)
                .filter(|last| Some(*last) != first),
            by_date: terms.iter().any(|term| self.is_for(term)),
            removed_at: self.removed_at.clone(),
            lines: shown
                .into_iter()
                .take(MOST_LINES)
                .map(|line| FoundLine {
                    name: line.name.clone(),
                    parts: term::marked(line.said.get(language), terms),
                })
                .collect(),
        }
    }
}
