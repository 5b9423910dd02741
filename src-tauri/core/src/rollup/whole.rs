//! A roll-up that is held as a whole: for a screen and for a workbook.

use std::collections::BTreeMap;

use super::{
    Contest, FileFacts, FileRow, Line, Outcome, Row, RowAmong, RowQuestion, Standing, Sums, contests,
    failures_first, outcome, standings,
};
use crate::language::Language;
use crate::reviewfile::Verdict;

/// Every line with where it stands.
#[derive(Debug, Clone, Default)]
pub struct RollUp {
    lines: Vec<Line>,
    standings: Vec<Standing>,
    questions: BTreeMap<usize, Vec<RowQuestion>>,
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

impl RollUp {
    /// Of all lines; `decide` says what speaks against a file as the continuation of others.
    pub fn new(lines: Vec<Line>, decide: &dyn Fn(&Contest, &[Line]) -> Option<Verdict>) -> Self {
        let facts: Vec<FileFacts> = lines.iter().map(FileFacts::of).collect();
        let lost = lost(&facts, &|contest| decide(contest, &lines));
        Self {
            standings: standings(&facts, &lost),
            questions: BTreeMap::new(),
            lines,
        }
    }

    /// The lines in the order of their paths.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Where a line stands.
    pub fn standing(&self, at: usize) -> Standing {
        self.standings.get(at).copied().unwrap_or(Standing::Refused)
    }

    /// How many things should be asked about a line.
    pub fn questions(&self, at: usize) -> u32 {
        let odd = self.questions.get(&at).map_or(0, Vec::len);
        let several = matches!(self.standing(at), Standing::Counted { several_logs: true });
        self.lines.get(at).map_or(0, Line::questions)
            + u32::try_from(odd).unwrap_or(u32::MAX)
            + u32::from(several)
    }

    /// What is to be done about a line.
    pub fn outcome(&self, at: usize) -> Outcome {
        self.lines.get(at).map_or(Outcome::AtFault, |line| {
            let failed = line.posting.as_ref().map(|posting| posting.failed);
            outcome(failed, self.standing(at), self.questions(at))
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
        let questions = self.questions.get(&at).cloned().unwrap_or_default();
        Some(Row {
            file: FileRow::new(self.lines.get(at)?, language),
            among: RowAmong::new(self.standing(at), &path, questions, language),
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
