//! Oddities planted in postings that are otherwise honest: found where they are, and nowhere else.

mod honest;
mod planted;
mod questions;

use std::collections::{BTreeMap, BTreeSet};

use xiaxiangzhi_core::oddities::{Across, Facts, Oddity, OddityCode, OddityRule, within};

use crate::support::{Dice, Tried, amount, caught};
use planted::Planted;

/// What came of one batch of postings.
#[derive(Default)]
struct Tally {
    postings: usize,
    planted: usize,
    found: usize,
    asked: usize,
    false_alarms: usize,
    facts_bytes: usize,
    kinds: BTreeSet<OddityCode>,
    missed: BTreeMap<OddityCode, usize>,
    wrong: BTreeMap<OddityCode, usize>,
}

impl Tally {
    /// Of a hundred planted at least 95 are found; of a hundred questions at most 2 have no ground.
    fn holds(&self) -> bool {
        self.found * 100 >= self.planted * 95 && self.false_alarms * 100 <= self.asked * 2
    }
}

fn look(rule: &OddityRule, seed: u64, postings: usize, tally: &mut Tally) {
    let mut dice = Dice::of(seed);
    let mut kept: Vec<_> = (0..postings as u64)
        .map(|number| honest::honest(&mut dice, number))
        .collect();
    let planted = planted::plant(&mut dice, &mut kept);
    let mut found: Vec<(usize, Oddity)> = Vec::new();
    let mut across = Across::new(rule);
    let mut files = Vec::new();
    for (file, one) in kept.iter().enumerate() {
        let (log, records) = honest::log_of(one, &mut dice);
        found.extend(
            within(&records, &log, rule)
                .unwrap()
                .into_iter()
                .map(|oddity| (file, oddity)),
        );
        let facts = Facts::of(&records, rule);
        tally.facts_bytes += facts.bytes();
        across.add(file, facts);
        files.push(log.id());
    }
    found.extend(across.finish());
    let is = |planted: &Planted, (file, oddity): &(usize, Oddity)| {
        let dates = planted.dates.is_empty() || oddity.dates.iter().any(|date| planted.dates.contains(date));
        let with = oddity.other.as_ref().map(|other| other.log_id) == planted.other.map(|with| files[with]);
        planted.file == *file && planted.code == oddity.code && dates && with
    };
    tally.postings += postings;
    tally.planted += planted.len();
    tally.kinds.extend(planted.iter().map(|one| one.code));
    tally.asked += found.len();
    for one in &planted {
        if found.iter().any(|oddity| is(one, oddity)) {
            tally.found += 1;
        } else {
            *tally.missed.entry(one.code).or_default() += 1;
        }
    }
    for oddity in &found {
        if !planted.iter().any(|one| is(one, oddity)) {
            tally.false_alarms += 1;
            *tally.wrong.entry(oddity.1.code).or_default() += 1;
        }
        let question = &oddity.1.question;
        assert!(
            question.zh.ends_with('？') && question.en.ends_with('?'),
            "{question:?}"
        );
        assert!(
            !oddity.1.dates.is_empty() && oddity.1.dates.is_sorted()
                || oddity.1.code == OddityCode::ClockJump
        );
    }
}

fn tried(rule: &OddityRule) -> Tally {
    let mut tally = Tally::default();
    for seed in 0..amount(2, 10) {
        look(rule, seed, 250, &mut tally);
    }
    tally
}

#[test]
fn what_is_odd_is_asked_about_and_little_else() {
    let tried_now = Tried::start("oddities");
    let tally = tried(&OddityRule::default());
    assert_eq!(tally.kinds.len(), 8, "each kind is planted");
    let bytes = tally.facts_bytes / tally.postings;
    assert!(
        tally.holds(),
        "missed {:?}, wrong {:?}",
        tally.missed,
        tally.wrong
    );
    assert!(bytes <= 1_024, "{bytes} bytes are kept of a file");
    tried_now.held(
        tally.postings as u64,
        "postings",
        &format!(
            "{} of {} planted found, {} of {} questions without ground, {bytes} bytes kept of each",
            tally.found, tally.planted, tally.false_alarms, tally.asked
        ),
    );
}

#[test]
fn detectors_that_are_too_shy_or_too_bold_do_not_hold() {
    let shy = OddityRule {
        same_text_percent: 100,
        one_sitting_workdays: 40,
        ..OddityRule::default()
    };
    let bold = OddityRule {
        same_text_percent: 5,
        one_sitting_workdays: 2,
        ..OddityRule::default()
    };
    let (mut missing, mut alarmed) = (Tally::default(), Tally::default());
    look(&shy, 0, 250, &mut missing);
    look(&bold, 0, 250, &mut alarmed);
    assert!(!missing.holds() && missing.found < missing.planted);
    assert!(!alarmed.holds() && alarmed.false_alarms > 0);
    caught("oddities", "thresholds too high miss, too low alarm");
}
