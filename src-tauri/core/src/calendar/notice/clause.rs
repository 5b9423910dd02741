//! One sentence after another: dates, and what is said of them.

mod dates;

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use super::text::{NoticeText, Sentence, holidays_in};
use super::{DoubtCode, NoticeDoubt};
use crate::calendar::{Calendar, DayKind};
use dates::{Read, Reader};

/// Longest span that one clause can give; a longer one is a slip of the pen.
const LONGEST_SPAN: u64 = 31;

/// What was read so far, over all notices of the text.
#[derive(Default)]
pub(super) struct Found {
    pub(super) title: Option<String>,
    pub(super) number: Option<String>,
    pub(super) year: Option<i32>,
    pub(super) days: BTreeMap<NaiveDate, Said>,
    pub(super) doubts: Vec<NoticeDoubt>,
}

/// What is said of a date, and where.
#[derive(Clone)]
pub(super) struct Said {
    pub(super) kind: DayKind,
    pub(super) name: String,
    pub(super) sentence: String,
}

/// The words that say what dates are; of two that start alike the longer comes first.
const WORDS: &[(&str, Word)] = &[
    ("不放假", Word::Nothing),
    ("不调休", Word::Nothing),
    ("不上班", Word::Nothing),
    ("调整到", Word::Move),
    ("调整至", Word::Move),
    ("调至", Word::Move),
    ("调到", Word::Move),
    ("移至", Word::Move),
    ("公休", Word::Settled),
    ("法定", Word::Settled),
    ("放假", Word::Rest),
    ("补休", Word::Rest),
    ("调休", Word::Rest),
    ("连休", Word::Rest),
    ("休息", Word::Rest),
    ("上班", Word::Work),
    ("延长", Word::Extend),
    ("起", Word::From),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    Rest,
    Work,
    /// The dates before rest anyway, unless they are moved.
    Settled,
    /// The rest of the dates before goes to the dates after.
    Move,
    Extend,
    From,
    Nothing,
}

pub(super) fn read(notice: &NoticeText, year: i32, found: &mut Found) {
    // Weekend days whose rest goes elsewhere are worked, said or not: 2008's notice does not say it of 27 and 28 September.
    let mut moved = Vec::new();
    // The holiday spoken of and its days off: a later sentence that writes 22日 means one of them.
    let mut spoken_of: Option<(String, NaiveDate, NaiveDate)> = None;
    for sentence in &notice.sentences {
        let name = sentence
            .heading
            .clone()
            .or_else(|| holidays_in(&sentence.shown))
            .or_else(|| notice.name.clone())
            .unwrap_or_else(|| "节假日".to_owned());
        let span = spoken_of
            .take()
            .and_then(|(of, first, last)| (of == name).then_some((first, last)));
        let mut clause = Clause::new(sentence, name, year, found, &mut moved);
        clause.reader.span = span;
        clause.read();
        spoken_of = clause.reader.span.map(|(first, last)| (clause.name, first, last));
    }
    for (date, said) in moved {
        let weekend = date.weekday().num_days_from_monday() >= 5;
        if weekend && !found.days.contains_key(&date) {
            found.days.insert(date, said);
        }
    }
}

/// What is known of dates that nothing decisive was said of yet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pending {
    /// Nothing.
    Open,
    /// They rest anyway.
    Settled,
    /// Rest days were moved there.
    Targets,
    /// They are only a beginning: 2月3日起.
    Beginning,
}

struct Clause<'a> {
    sentence: &'a Sentence,
    name: String,
    reader: Reader,
    found: &'a mut Found,
    moved: &'a mut Vec<(NaiveDate, Said)>,
    /// Dates nothing was said of yet.
    pending: Vec<NaiveDate>,
    /// What the pending dates are, as far as it was said.
    standing: Pending,
    extends: bool,
    /// How many days the last span off has, for 共N天.
    span: usize,
}

impl<'a> Clause<'a> {
    fn new(
        sentence: &'a Sentence,
        name: String,
        year: i32,
        found: &'a mut Found,
        moved: &'a mut Vec<(NaiveDate, Said)>,
    ) -> Self {
        let new_year = name.contains("元旦");
        Self {
            sentence,
            name,
            reader: Reader::new(year, new_year),
            found,
            moved,
            pending: Vec::new(),
            standing: Pending::Open,
            extends: false,
            span: 0,
        }
    }

    fn read(&mut self) {
        let text: &'a [char] = &self.sentence.body;
        if self.sentence.shown.contains("鼓励") {
            if text
                .windows(2)
                .any(|two| two[0].is_ascii_digit() && two[1] == '日')
            {
                self.doubt(DoubtCode::NotBinding, None, None, None);
            }
            return;
        }
        let mut at = 0;
        while let Some(sign) = text.get(at).copied() {
            let rest = &text[at..];
            if sign.is_ascii_digit() {
                at += self.number(rest);
            } else if sign == '（' {
                at += dates::bracket(rest).map_or(1, |inside| inside.len() + 2);
            } else if matches!(sign, '，' | '；' | '。') {
                self.pause();
                at += 1;
            } else if let Some((word, length)) = word(rest) {
                self.word(word, &rest[length..]);
                at += length;
            } else if matches!(sign, '至' | '到') && self.extends && self.pending.is_empty() {
                at += 1 + self.extension(&rest[1..]);
            } else if sign == '共' {
                at += 1;
                self.count(&text[at..]);
            } else {
                at += 1;
            }
        }
        self.pause();
        if !self.pending.is_empty() {
            let first = self.pending.first().copied();
            self.doubt(DoubtCode::Unread, first, None, None);
        }
    }

    /// A date, a span of dates, or a number that is neither. Answers how many signs were read.
    fn number(&mut self, text: &[char]) -> usize {
        let (read, length) = self.reader.read(text);
        match read {
            Read::None => {}
            Read::Impossible(said) => self.doubt(DoubtCode::ImpossibleDate, None, Some(said), None),
            Read::Span(first, last) => {
                for end in [&first, &last] {
                    if let Some((said, is)) = end.weekday_fault() {
                        self.doubt(DoubtCode::WeekdayDiffers, Some(end.date), Some(said), Some(is));
                    }
                    if first.date == last.date {
                        break;
                    }
                }
                if self.standing == Pending::Settled {
                    self.forget();
                }
                self.push(first.date, last.date);
            }
        }
        length
    }

    fn push(&mut self, first: NaiveDate, last: NaiveDate) {
        let span = u64::try_from((last - first).num_days()).ok();
        if span.is_none_or(|days| days >= LONGEST_SPAN) {
            self.doubt(
                DoubtCode::ImpossibleDate,
                Some(first),
                Some(format!("{first}—{last}")),
                None,
            );
            return;
        }
        for date in first.iter_days().take_while(|date| *date <= last) {
            if Calendar::built_in().day(date).is_err() {
                self.doubt(
                    DoubtCode::ImpossibleDate,
                    Some(date),
                    Some(date.to_string()),
                    None,
                );
                return;
            }
            if !self.pending.contains(&date) {
                self.pending.push(date);
            }
        }
    }

    fn word(&mut self, word: Word, after: &[char]) {
        match word {
            Word::Extend => self.extends = true,
            Word::From if !self.pending.is_empty() => self.standing = Pending::Beginning,
            Word::Settled if self.standing == Pending::Open => self.standing = Pending::Settled,
            Word::Nothing | Word::From | Word::Settled => {}
            Word::Move => {
                let sentence = self.said(DayKind::Work);
                for date in std::mem::take(&mut self.pending) {
                    self.moved.push((date, sentence.clone()));
                }
                self.standing = Pending::Targets;
            }
            Word::Rest => {
                if self.standing == Pending::Beginning {
                    self.begin(after);
                }
                self.take(DayKind::Rest);
                self.count(after);
            }
            Word::Work if self.standing == Pending::Beginning => self.forget(),
            Word::Work => self.take(DayKind::Work),
        }
    }

    /// 自1月28日起放假8天
    fn begin(&mut self, after: &[char]) {
        let days = dates::count(skip_words(after)).unwrap_or(0);
        match self.pending.as_slice() {
            [first] if (1..=LONGEST_SPAN).contains(&days) => {
                let (first, last) = (*first, first.checked_add_days(Days::new(days - 1)));
                self.pending.clear();
                if let Some(last) = last {
                    self.push(first, last);
                }
            }
            _ => {}
        }
        self.standing = Pending::Open;
    }

    /// 延长2020年春节假期至2月2日: from the day after the holiday's last one that the text gives.
    fn extension(&mut self, text: &[char]) -> usize {
        let (read, length) = self.reader.read(text);
        self.extends = false;
        let Read::Span(_, last) = read else {
            return 0;
        };
        let start = self
            .found
            .days
            .iter()
            .rev()
            .find(|(date, said)| **date < last.date && said.kind == DayKind::Rest && said.name == self.name)
            .and_then(|(date, _)| date.checked_add_days(Days::new(1)));
        match start {
            Some(start) => {
                self.push(start, last.date);
                self.take(DayKind::Rest);
            }
            None => self.doubt(DoubtCode::NoStart, Some(last.date), None, None),
        }
        length
    }

    /// After a comma: moved rest days have come to an end, and what rests anyway needs nothing.
    fn pause(&mut self) {
        match self.standing {
            Pending::Targets => self.take(DayKind::Rest),
            Pending::Settled | Pending::Beginning => self.pending.clear(),
            Pending::Open => {}
        }
        self.standing = Pending::Open;
    }

    fn forget(&mut self) {
        self.pending.clear();
        self.standing = Pending::Open;
    }

    fn take(&mut self, kind: DayKind) {
        let dates = std::mem::take(&mut self.pending);
        let moved = self.standing == Pending::Targets;
        if !moved {
            self.standing = Pending::Open;
        }
        if dates.is_empty() {
            return;
        }
        if kind == DayKind::Rest && !moved {
            self.span = dates.len();
            if let (Some(first), Some(last)) = (dates.first(), dates.last()) {
                self.reader.span = Some((*first, *last));
            }
        }
        let said = self.said(kind);
        for date in dates {
            let before = self.found.days.get(&date).map(|before| before.kind);
            if before.is_some_and(|before| before != kind) {
                self.doubt(DoubtCode::SaidTwice, Some(date), None, None);
            }
            if before != Some(kind) {
                self.found.days.insert(date, said.clone());
            }
        }
    }

    /// 共8天
    fn count(&mut self, text: &[char]) {
        if let Some(days) = dates::count(skip_words(text)) {
            let span = std::mem::take(&mut self.span);
            if span > 0 && usize::try_from(days) != Ok(span) {
                self.doubt(
                    DoubtCode::CountDiffers,
                    None,
                    Some(days.to_string()),
                    Some(span.to_string()),
                );
            }
        }
    }

    fn said(&self, kind: DayKind) -> Said {
        Said {
            kind,
            name: self.name.clone(),
            sentence: self.sentence.shown.clone(),
        }
    }

    fn doubt(&mut self, code: DoubtCode, date: Option<NaiveDate>, said: Option<String>, is: Option<String>) {
        self.found.doubts.push(NoticeDoubt {
            code,
            sentence: self.sentence.shown.clone(),
            date,
            said,
            is,
        });
    }
}

fn word(text: &[char]) -> Option<(Word, usize)> {
    WORDS.iter().find_map(|(word, meaning)| {
        let length = word.chars().count();
        word.chars()
            .eq(text.iter().copied().take(length))
            .then_some((*meaning, length))
    })
}

/// Between 放假 and its number of days: 放假调休8天, 放假共8天.
fn skip_words(mut text: &[char]) -> &[char] {
    while let [first, rest @ ..] = text {
        if !"放假调公休共".contains(*first) {
            break;
        }
        text = rest;
    }
    text
}
