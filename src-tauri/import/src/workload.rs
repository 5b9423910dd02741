//! 工作量 in words, as papers have it: 门诊23人次、上转1例.

use crate::text::plain;
use std::collections::BTreeMap;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::{MOST_COUNTED, TALLIES, TallyItem};

/// Money is kept in fen and written in yuan.
const MONEY: &str = "donation_value_fen";

/// The counts of a text, by key, and the lines of it that say something else.
pub(crate) fn read(text: &str, own: &[TallyItem]) -> (BTreeMap<String, u32>, Vec<String>) {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let mut words = Vec::new();
    for line in text.lines() {
        match line_of_counts(line, own) {
            Some(said) if said.keys().all(|key| !counts.contains_key(key)) => counts.extend(said),
            _ => words.push(line.to_owned()),
        }
    }
    (counts, words)
}

/// The counts of a line that holds nothing else, each once; any other line is one of words.
fn line_of_counts(line: &str, own: &[TallyItem]) -> Option<BTreeMap<String, u32>> {
    let mut counts = BTreeMap::new();
    let parts = line.split(['、', '，', '；', ';']).map(plain);
    for part in parts.filter(|part| !part.is_empty()) {
        let (key, count) = one(&part, own)?;
        if counts.insert(key, count).is_some() {
            return None;
        }
    }
    (!counts.is_empty()).then_some(counts)
}

/// 门诊23人次: the longest label that it begins with, then a number, then perhaps a unit.
fn one(part: &str, own: &[TallyItem]) -> Option<(String, u32)> {
    let built_in = TALLIES
        .iter()
        .map(|tally| (tally.label(Language::Chinese).to_owned(), tally.key));
    let own = own.iter().map(|item| (plain(&item.label), item.key.as_str()));
    let labels = built_in.chain(own).filter(|(label, _)| !label.is_empty());
    let (label, key) = labels
        .filter(|(label, _)| part.starts_with(label.as_str()))
        .max_by_key(|(label, _)| label.len())?;
    let rest = part[label.len()..].trim_start_matches(':').replace(',', "");
    let end = rest
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(rest.len());
    let (number, unit) = rest.split_at(end);
    if unit.chars().any(|c| !c.is_alphabetic()) {
        return None;
    }
    let count = if key == MONEY {
        (unit == "元").then(|| in_fen(number)).flatten()?
    } else {
        number.parse().ok()?
    };
    (count <= MOST_COUNTED).then(|| (key.to_owned(), count))
}

fn in_fen(yuan: &str) -> Option<u32> {
    let (whole, part) = yuan.split_once('.').unwrap_or((yuan, ""));
    let fen: u32 = match part.len() {
        0 => 0,
        1 => part.parse::<u32>().ok()?.checked_mul(10)?,
        2 => part.parse().ok()?,
        _ => return None,
    };
    whole.parse::<u32>().ok()?.checked_mul(100)?.checked_add(fen)
}
