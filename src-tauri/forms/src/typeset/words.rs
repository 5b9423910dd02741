//! Where the lines of a text may not end.

use serde::Serialize;

/// Units that a number is read with.
const UNITS: &str = "年月日天次项个元条版%";
/// The most digits, commas, points and strokes of a number.
const DIGITS: usize = 10;
/// The most numbers with units that are read as one, as in 2026年1月5日.
const NUMBERS: usize = 3;
/// The most characters in a bracket that stays with the number before it.
const BRACKET: usize = 10;
/// A run of letters and digits as long as this may end a line anywhere rather than leave its cell.
const RUN: usize = 16;

/// A part of a line.
#[derive(Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub(super) enum Part<'a> {
    /// Words that the typesetter breaks as it likes.
    Plain(&'a str),
    /// Words that stay together.
    Whole([&'a str; 1]),
}

/// The lines of a text, each in its parts.
pub(super) type Lines<'a> = Vec<Vec<Part<'a>>>;

pub(super) fn lines(text: &str) -> Lines<'_> {
    text.split('\n').map(line).collect()
}

/// A date, a count with its unit and the short bracket behind it are read as one, so they stay together; a long run of
/// letters is taken apart.
fn line(line: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut plain, mut at) = (0, 0);
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        let run = rest.bytes().take_while(u8::is_ascii_graphic).count();
        let whole = if run >= RUN { 0 } else { counted(rest) };
        if run < RUN && whole == 0 {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        parts.extend(
            line.get(plain..at)
                .filter(|words| !words.is_empty())
                .map(Part::Plain),
        );
        if run >= RUN {
            parts.extend((at..at + run).filter_map(|letter| Some(Part::Whole([line.get(letter..=letter)?]))));
            at += run;
        } else {
            parts.extend(line.get(at..at + whole).map(|words| Part::Whole([words])));
            at += whole;
        }
        plain = at;
    }
    parts.extend(
        line.get(plain..)
            .filter(|words| !words.is_empty())
            .map(Part::Plain),
    );
    parts
}

/// How many bytes of a date or of counts with their units a text begins with, the bracket behind them included but for its
/// closing mark: that stays with the mark behind it, or the two would not be drawn together.
fn counted(text: &str) -> usize {
    let mut end = 0;
    for _ in 0..NUMBERS {
        match text.get(end..).and_then(number) {
            Some(length) => end += length,
            None => break,
        }
    }
    if end == 0 {
        return 0;
    }
    let Some(bracket) = text.get(end..).and_then(|rest| rest.strip_prefix('（')) else {
        return end;
    };
    let within: usize = bracket
        .chars()
        .take_while(|character| !matches!(character, '（' | '）') && !character.is_whitespace())
        .take(BRACKET)
        .map(char::len_utf8)
        .sum();
    if within > 0 && bracket.get(within..).is_some_and(|rest| rest.starts_with('）')) {
        end + '（'.len_utf8() + within
    } else {
        end
    }
}

/// How many bytes of a number with its unit a text begins with.
fn number(text: &str) -> Option<usize> {
    if !text.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let digits = text
        .bytes()
        .take(DIGITS)
        .take_while(|byte| byte.is_ascii_digit() || b",./".contains(byte))
        .count();
    let unit = text.get(digits..)?.chars().next()?;
    UNITS.contains(unit).then(|| digits + unit.len_utf8())
}
