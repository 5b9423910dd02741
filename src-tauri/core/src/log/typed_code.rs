//! A head's code typed in from paper: which event of a log it is of, if of any.

use super::{Digest, head_code};

/// Letters of a head's code.
const LETTERS: usize = 28;
/// Letters of one group.
const GROUP: usize = 4;
/// So few wrong letters are a slip of the eye: by chance two codes hardly ever share half of theirs.
const SLIPS: usize = 4;

/// What a typed code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypedCode {
    /// The head's: the paper was printed with this very state of the log.
    Head,
    /// An earlier event's: the log passes through the state that the paper was printed with.
    Event {
        /// Its number.
        n: u64,
    },
    /// Of no event of this log.
    Foreign,
    /// Of no event, but nearly that of one: most likely mistyped.
    Nearly {
        /// That event's number.
        n: u64,
        /// The first group of four that differs, from 1.
        group: usize,
    },
    /// Not as many letters as a code has.
    Length {
        /// How many there are, of 28.
        letters: usize,
    },
    /// A character that stands in no code.
    Unreadable {
        /// That character.
        character: char,
    },
}

/// Looks a code up among `hashes`, `h1` to `hn` of a log. Spaces, dashes and dots do not matter, nor does the case; letters
/// that no code has stand for the digits or letters that they look like: O for 0, I and L for 1, U for V.
pub fn typed_code(text: &str, hashes: &[Digest]) -> TypedCode {
    let mut typed = Vec::with_capacity(LETTERS);
    for character in text.chars() {
        match read(character) {
            Read::Letter(letter) => typed.push(letter),
            Read::Apart => {}
            Read::Strange => return TypedCode::Unreadable { character },
        }
    }
    if typed.len() != LETTERS {
        return TypedCode::Length { letters: typed.len() };
    }
    let mut nearest = (SLIPS + 1, TypedCode::Foreign);
    for (n, hash) in (1..).zip(hashes) {
        let differs: Vec<usize> = code_letters(hash)
            .zip(&typed)
            .enumerate()
            .filter_map(|(at, (letter, typed))| (letter != *typed).then_some(at))
            .collect();
        match differs.first() {
            None if n == hashes.len() as u64 => return TypedCode::Head,
            None => return TypedCode::Event { n },
            Some(at) if differs.len() < nearest.0 => {
                let group = at / GROUP + 1;
                nearest = (differs.len(), TypedCode::Nearly { n, group });
            }
            Some(_) => {}
        }
    }
    nearest.1
}

fn code_letters(hash: &Digest) -> impl Iterator<Item = u8> {
    head_code(hash)
        .into_bytes()
        .into_iter()
        .filter(|byte| *byte != b' ')
}

/// What a character in a typed code is.
enum Read {
    /// A letter or digit of a code.
    Letter(u8),
    /// It only parts groups.
    Apart,
    /// It stands in no code.
    Strange,
}

fn read(character: char) -> Read {
    // Full width, as an input method leaves it.
    let narrow = match u32::from(character) {
        wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(character),
        _ => character,
    };
    match narrow.to_ascii_uppercase() {
        'O' => Read::Letter(b'0'),
        'I' | 'L' => Read::Letter(b'1'),
        'U' => Read::Letter(b'V'),
        letter if letter.is_ascii_alphanumeric() => u8::try_from(letter).map_or(Read::Strange, Read::Letter),
        '-' | '.' | '_' | '·' | '—' | '–' | '−' | '。' => Read::Apart,
        blank if blank.is_whitespace() => Read::Apart,
        _ => Read::Strange,
    }
}
