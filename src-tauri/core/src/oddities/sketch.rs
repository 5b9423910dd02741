//! Texts compared without keeping them: a sketch of 72 bytes says how much of two texts is alike.
//!
//! A text is taken as the set of all runs of three of its letters. Of each set a number of minima is kept, one for each of
//! several orders of all runs (`MinHash`): the share of minima that two sketches have in common is, near enough, the share of
//! runs that the two texts have in common.

/// The orders; a multiple of [`BAND`].
const ORDERS: usize = 36;
/// So many minima taken together find pairs without comparing all with all.
const BAND: usize = 3;
/// Bands of a sketch.
pub(super) const BANDS: usize = ORDERS / BAND;
/// Letters in a run.
const RUN: usize = 3;

/// What is kept of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sketch([u16; ORDERS]);

impl Sketch {
    /// The sketch of some letters; none if there are fewer than `least`, or too few to say anything.
    pub(super) fn of(letters: &[char], least: usize) -> Option<Self> {
        if letters.len() < least.max(RUN) {
            return None;
        }
        let mut minima = [u64::MAX; ORDERS];
        for run in letters.windows(RUN) {
            let run = run
                .iter()
                .fold(0_u64, |run, letter| mixed(run ^ u64::from(*letter)));
            for (minimum, order) in minima.iter_mut().zip(1_u64..) {
                *minimum = (*minimum).min(mixed(run.wrapping_add(order.wrapping_mul(STEP))));
            }
        }
        Some(Self(minima.map(|minimum| {
            let [.., high, low] = minimum.to_be_bytes();
            u16::from_be_bytes([high, low])
        })))
    }

    /// How much of two texts is alike, in percent.
    pub(super) fn alike(&self, other: &Self) -> u32 {
        let same = self
            .0
            .iter()
            .zip(&other.0)
            .filter(|(one, two)| one == two)
            .count();
        u32::try_from(same * 100 / ORDERS).unwrap_or_default()
    }

    /// One band of it: texts that are much alike have at least one in common.
    pub(super) fn band(&self, band: usize) -> [u16; BAND] {
        let from = band * BAND % ORDERS;
        [self.0[from], self.0[from + 1], self.0[from + 2]]
    }
}

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// Spreads a number over all numbers (`SplitMix64`).
fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(STEP);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A text's letters: no blanks, marks or digits, wide Latin letters as narrow ones, capitals as small ones. What is copied and
/// then dressed up with another number or comma stays the same.
pub(super) fn letters(text: &str) -> Vec<char> {
    let narrow = |letter: char| match letter {
        '\u{ff21}'..='\u{ff5a}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        _ => letter,
    };
    text.chars()
        .map(narrow)
        .filter(|letter| letter.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect()
}
