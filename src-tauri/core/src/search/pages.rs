//! Finding pages of text, such as those of help, as records are found: by words, by pinyin and its initials.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::TextPart;
use super::term::{Term, marked_whole};

/// A page that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FoundPage {
    /// Its place among the pages that were searched.
    pub page: usize,
    /// How well it fits: 0 best.
    pub rank: u8,
    /// Its texts that fit a term.
    pub texts: Vec<FoundText>,
}

/// A text of a page, with what was looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FoundText {
    /// Its place among the texts of the page.
    pub text: usize,
    /// The whole of it, in parts.
    pub parts: Vec<TextPart>,
}

/// The pages in which each term of the query fits some text, those that fit best first, else in their order. The first text
/// of a page is its title: what stands there fits better than what stands below, and letters better than pinyin. None where
/// the query is blank.
pub fn pages_with(query: &str, pages: &[Vec<String>]) -> Vec<FoundPage> {
    let terms = Term::all(query, None);
    if terms.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<FoundPage> = pages
        .iter()
        .enumerate()
        .filter_map(|(page, texts)| {
            let ranks = terms.iter().map(|term| rank(term, texts));
            let rank = ranks.collect::<Option<Vec<u8>>>()?.into_iter().max()?;
            let marked = texts.iter().enumerate().filter_map(|(text, words)| {
                marked_whole(words, &terms).map(|parts| FoundText { text, parts })
            });
            Some(FoundPage {
                page,
                rank,
                texts: marked.collect(),
            })
        })
        .collect();
    found.sort_by_key(|page| page.rank);
    found
}

fn rank(term: &Term, texts: &[String]) -> Option<u8> {
    let fits = texts.iter().enumerate().filter_map(|(at, text)| {
        let below = if at == 0 { 0 } else { 2 };
        term.fits(text).map(|fit| fit.rank() + below)
    });
    fits.min()
}
