//! A roll-up that is held as a whole: for a screen and for a workbook.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{
    Contest, FileFacts, FileRow, Line, Outcome, Row, RowAmong, Standing, Sums, contests, failures_first,
    outcome, standings,
};
use crate::language::Language;
use crate::oddities::{Across, Facts, Oddity, OddityRule};
use crate::reviewfile::Verdict;

/// Every line with where it stands.
#[derive(Debug, Clone, Default)]
pub struct RollUp {
    lines: Vec<Arc<Line>>,
    standings: Vec<Standing>,
    /// What is odd between files, by their places.
    odd: BTreeMap<usize, Vec<Oddity>>,
}

/// The contests that were lost, by their newest files, in order: where a file does not continue the others of its log, none
/// of them counts. That a log went on from a backup, as it says itself, is no contradiction.
pub fn lost(files: &[FileFacts], decide: &dyn Fn(&Contest) -> Option<Verdict>) -> Vec<usize> {
    let mut lost: Vec<usize> = contests(files)
        .iter()
        .filter(|contest| !matches!(decide(contest), None | Some(Verdict::Restored { .. })))
        .map(|contest| contest.newest)
        .collect();
    lost.sort_unstable();
    lost
}

/// What is odd between the files that count, by their places.
pub fn odd_across(
    standings: &[Standing],
    mut facts: impl FnMut(usize) -> Option<Facts>,
) -> BTreeMap<usize, Vec<Oddity>> {
    let mut across = Across::new(&OddityRule::default());
    for (at, standing) in standings.iter().enumerate() {
        if let Standing::Counted { .. } = standing
            && let Some(facts) = facts(at)
        {
            across.add(at, facts);
        }
    }
    let mut odd: BTreeMap<usize, Vec<Oddity>> = BTreeMap::new();
    for (at, oddity) in across.finish() {
        odd.entry(at).or_default().push(oddity);
    }
    odd
}

/// How many things should be asked about a file that stands so: of the assessment, and what is odd.
pub fn questions_of(of_assessment: u32, standing: Standing, odd: &[&Oddity]) -> u32 {
    let among = RowAmong::new(standing, &|_| String::new(), odd, Language::Chinese);
    of_assessment + u32::try_from(among.questions.len()).unwrap_or(u32::MAX)
}

/// What speaks against the newest file of a contest as the continuation of the others.
pub type Decide<'a> = dyn Fn(&Contest, &[Arc<Line>]) -> Option<Verdict> + 'a;

impl RollUp {
    /// Of all lines; `decide` says what speaks against a file as the continuation of others.
    pub fn new(lines: Vec<Arc<Line>>, decide: &Decide<'_>) -> Self {
        let facts: Vec<FileFacts> = lines.iter().map(|line| FileFacts::of(line)).collect();
        let lost = lost(&facts, &|contest| decide(contest, &lines));
        let standings = standings(&facts, &lost);
        let to_compare = |at: usize| lines[at].facts.as_deref().cloned();
        Self {
            odd: odd_across(&standings, to_compare),
            standings,
            lines,
        }
    }

    /// The lines in the order of their paths.
    pub fn lines(&self) -> &[Arc<Line>] {
        &self.lines
    }

    /// Where a line stands.
    pub fn standing(&self, at: usize) -> Standing {
        self.standings.get(at).copied().unwrap_or(Standing::Refused)
    }

    /// What is odd about a line, by itself and among the others.
    fn odd(&self, at: usize) -> Vec<&Oddity> {
        let own = self.lines.get(at).into_iter().flat_map(|line| &line.odd);
        own.chain(self.odd.get(&at).into_iter().flatten()).collect()
    }

    /// How many things should be asked about a line.
    pub fn questions(&self, at: usize) -> u32 {
        let of_assessment = self.lines.get(at).map_or(0, |line| line.questions());
        questions_of(of_assessment, self.standing(at), &self.odd(at))
    }

    /// What is to be done about a line.
    pub fn outcome(&self, at: usize) -> Outcome {
        self.lines.get(at).map_or(Outcome::AtFault, |line| {
            outcome(line.posting.as_deref(), self.standing(at), self.questions(at))
        })
    }

    /// The places of the lines, failures first.
    pub fn failures_first(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.lines.len()).collect();
        order.sort_by(|&a, &b| {
            failures_first(
                (&self.lines[a], self.outcome(a)),
                (&self.lines[b], self.outcome(b)),
            )
        });
        order
    }

    /// A line as programs read it.
    pub fn row(&self, at: usize, language: Language) -> Option<Row> {
        let path = |other: usize| {
            self.lines
                .get(other)
                .map_or_else(String::new, |line| line.path.to_string())
        };
        Some(Row {
            file: FileRow::new(self.lines.get(at)?, language),
            among: RowAmong::new(self.standing(at), &path, &self.odd(at), language),
        })
    }

    /// Counts and sums.
    pub fn sums(&self) -> Sums {
        let mut sums = Sums::default();
        for (at, line) in self.lines.iter().enumerate() {
            sums.add(line, self.standing(at), self.questions(at));
        }
        sums
    }
}
