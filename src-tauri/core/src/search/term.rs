//! One word of a query, and what fits it.

use chrono::NaiveDate;
use ib_matcher::matcher::{IbMatcher, PinyinMatchConfig};
use ib_matcher::pinyin::PinyinNotation;
use std::ops::Range;

use super::TextPart;
use super::dates::{DateTerm, read};

/// The most terms that are looked at, and the most characters of one: more says nothing more.
const MOST_TERMS: usize = 8;
const LONGEST_TERM: usize = 60;
/// How much of a text is shown, in characters, and how much of that before the first mark.
const LONGEST_TEXT: usize = 72;
const BEFORE_MARK: usize = 18;

/// How a term fits a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// Letter by letter.
    Literally,
    /// By the reading of its characters.
    ByPinyin,
}

impl Fit {
    /// 0 best.
    pub(super) fn rank(self) -> u8 {
        match self {
            Self::Literally => 0,
            Self::ByPinyin => 1,
        }
    }
}

/// One word of a query.
pub(super) struct Term {
    /// In half-width lower case.
    text: String,
    /// Where it can be pinyin.
    pinyin: Option<IbMatcher<'static>>,
    date: Option<DateTerm>,
}

impl Term {
    /// The terms of a query; none if it is blank. Without a day for today none of them says a date.
    pub(super) fn all(query: &str, today: Option<NaiveDate>) -> Vec<Self> {
        let plain: String = query.chars().map(half_width).collect();
        plain
            .split_whitespace()
            .take(MOST_TERMS)
            .map(|word| Self::new(&word.chars().take(LONGEST_TERM).collect::<String>(), today))
            .collect()
    }

    fn new(word: &str, today: Option<NaiveDate>) -> Self {
        let text = word.to_lowercase();
        let letters = text.chars().any(|c| c.is_ascii_lowercase());
        let pinyin = letters.then(|| {
            // An input method parts syllables by an apostrophe; the last syllable may be half typed.
            let plain = text.replace('\'', "").replace('ü', "v");
            IbMatcher::builder(plain.as_str())
                .pinyin(PinyinMatchConfig::notations(
                    PinyinNotation::Ascii | PinyinNotation::AsciiFirstLetter,
                ))
                .is_pattern_partial(true)
                .build()
        });
        let date = today.and_then(|today| read(&text, today));
        Self { text, pinyin, date }
    }

    /// Whether it says the date of any of these days.
    pub(super) fn is_for_any_of(&self, first: NaiveDate, last: NaiveDate) -> bool {
        self.date.is_some_and(|date| date.says_any_of(first, last))
    }

    /// Whether and how it fits a text.
    pub(super) fn fits(&self, text: &str) -> Option<Fit> {
        if self.literally(text, 0).is_some() {
            return Some(Fit::Literally);
        }
        self.by_pinyin(text, 0).map(|_| Fit::ByPinyin)
    }

    fn literally(&self, text: &str, from: usize) -> Option<Range<usize>> {
        let rest = text.get(from..)?;
        // Letters are compared without their case; most texts have none, and then nothing is copied.
        let at = if rest.is_ascii() || self.pinyin.is_some() {
            find_without_case(rest, &self.text)?
        } else {
            rest.find(&self.text)?
        };
        Some(from + at..from + at + self.text.len())
    }

    fn by_pinyin(&self, text: &str, from: usize) -> Option<Range<usize>> {
        let rest = text.get(from..).filter(|rest| !rest.is_ascii())?;
        let found = self.pinyin.as_ref()?.find(rest)?;
        Some(from + found.start()..from + found.end())
    }

    /// Every place of a text that it fits.
    fn places(&self, text: &str) -> Vec<Range<usize>> {
        let all = |next: &dyn Fn(usize) -> Option<Range<usize>>| {
            let mut places: Vec<Range<usize>> = Vec::new();
            while let Some(place) = next(places.last().map_or(0, |last| last.end)) {
                if place.is_empty() {
                    break;
                }
                places.push(place);
            }
            places
        };
        let literally = all(&|from| self.literally(text, from));
        if literally.is_empty() {
            return all(&|from| self.by_pinyin(text, from));
        }
        literally
    }
}

/// Where `needle`, in lower case, begins in `text`, ASCII letters compared without their case.
fn find_without_case(text: &str, needle: &str) -> Option<usize> {
    let (text, needle) = (text.as_bytes(), needle.as_bytes());
    text.windows(needle.len())
        .position(|window| window.eq_ignore_ascii_case(needle))
}

/// Ｇ１　 as an input method may leave them, as g1 and a blank are typed elsewhere.
fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// A text around the first thing that fits, in parts; on one line.
pub(super) fn marked(text: &str, terms: &[Term]) -> Vec<TextPart> {
    let marks = marks(text, terms);
    let shown = window(text, marks.first().map_or(0, |mark| mark.start));
    let mut parts = parts(text, &marks, shown.clone());
    for part in &mut parts {
        part.text = part.text.replace(['\n', '\r', '\t'], " ");
    }
    if let Some(first) = parts.first_mut().filter(|_| shown.start > 0) {
        first.text.insert(0, '…');
    }
    if let Some(last) = parts.last_mut().filter(|_| shown.end < text.len()) {
        last.text.push('…');
    }
    parts
}

/// The whole of a text in parts, as it is; none where nothing fits.
pub(super) fn marked_whole(text: &str, terms: &[Term]) -> Option<Vec<TextPart>> {
    let marks = marks(text, terms);
    (!marks.is_empty()).then(|| parts(text, &marks, 0..text.len()))
}

/// What fits any of the terms, in order and apart from each other.
fn marks(text: &str, terms: &[Term]) -> Vec<Range<usize>> {
    let mut places: Vec<Range<usize>> = terms.iter().flat_map(|term| term.places(text)).collect();
    places.sort_by_key(|place| (place.start, place.end));
    let mut marks: Vec<Range<usize>> = Vec::new();
    for place in places {
        match marks.last_mut() {
            Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
            _ => marks.push(place),
        }
    }
    marks
}

/// What is shown of a text, cut where marks begin and end.
fn parts(text: &str, marks: &[Range<usize>], shown: Range<usize>) -> Vec<TextPart> {
    let mut parts = Vec::new();
    let mut push = |range: Range<usize>, marked: bool| {
        let range = range.start.max(shown.start)..range.end.min(shown.end);
        if let Some(words) = text.get(range).filter(|words| !words.is_empty()) {
            let text = words.to_owned();
            parts.push(TextPart { text, marked });
        }
    };
    let mut at = 0;
    for mark in marks {
        push(at..mark.start, false);
        push(mark.clone(), true);
        at = mark.end;
    }
    push(at..text.len(), false);
    parts
}

/// The part of a text that is shown, with the byte `at` near its beginning.
fn window(text: &str, at: usize) -> Range<usize> {
    let starts: Vec<usize> = text.char_indices().map(|(start, _)| start).collect();
    if starts.len() <= LONGEST_TEXT {
        return 0..text.len();
    }
    let mark = starts.partition_point(|start| *start < at);
    let first = mark.saturating_sub(BEFORE_MARK).min(starts.len() - LONGEST_TEXT);
    let end = starts.get(first + LONGEST_TEXT).copied();
    starts[first]..end.unwrap_or(text.len())
}
