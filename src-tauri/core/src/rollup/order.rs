//! The order to look at files in: what is at fault first, then failures, then questions.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeSet;

use super::{Line, PostingFigures, RequirementFigure, Standing};
use crate::assess::{Severity, Status};

/// What is to be done about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// 文件有问题: refused or disputed.
    AtFault,
    /// 未达标: so many requirements are failed.
    Failed(u32),
    /// 还在派驻: nothing is failed, and something can still be met.
    Open,
    /// 要问: all is met, and something should be asked.
    Asks,
    /// 可以通过
    Passes,
    /// A later file of the log, or the same bytes, are there: nothing is to be done.
    SetAside,
}

/// What is to be done about a file that stands so and gives cause for so many questions.
pub fn outcome(posting: Option<&PostingFigures>, standing: Standing, questions: u32) -> Outcome {
    outcome_of(posting.map(Tally::of), standing, questions)
}

/// What of a posting decides on the outcome: how many requirements are failed, and whether one can still be met.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tally {
    failed: u32,
    open: bool,
}

impl Tally {
    pub(super) fn of(posting: &PostingFigures) -> Self {
        let open = |figure: &RequirementFigure| figure.status == Status::Reachable;
        Self {
            failed: posting.failed,
            open: posting.requirements.iter().any(open),
        }
    }
}

pub(super) fn outcome_of(tally: Option<Tally>, standing: Standing, questions: u32) -> Outcome {
    match (standing, tally) {
        (Standing::Superseded(_) | Standing::Duplicate(_), _) => Outcome::SetAside,
        (Standing::Refused | Standing::Disputed, _) | (_, None) => Outcome::AtFault,
        (Standing::Counted { .. }, Some(tally)) if tally.failed > 0 => Outcome::Failed(tally.failed),
        (Standing::Counted { .. }, Some(tally)) if tally.open => Outcome::Open,
        (Standing::Counted { .. }, Some(_)) if questions > 0 => Outcome::Asks,
        (Standing::Counted { .. }, Some(_)) => Outcome::Passes,
    }
}

impl Line {
    /// How many things of the assessment should be asked about: the same of one requirement, such as several windows missed, is
    /// one question. What costs a requirement is a verdict and none.
    pub fn questions(&self) -> u32 {
        let findings = self.posting.iter().flat_map(|posting| &posting.findings);
        let asked: BTreeSet<_> = findings
            .filter(|finding| finding.severity == Severity::Warning)
            .map(|finding| (finding.code, finding.requirement))
            .collect();
        u32::try_from(asked.len()).unwrap_or(u32::MAX)
    }
}

/// Orders two lines: at fault, most failures first, open, questions, the rest; then by department, name and path.
pub fn failures_first(a: (&Line, Outcome), b: (&Line, Outcome)) -> Ordering {
    let rank = |outcome: Outcome| match outcome {
        Outcome::AtFault => (0, Reverse(0)),
        Outcome::Failed(failed) => (1, Reverse(failed)),
        Outcome::Open => (2, Reverse(0)),
        Outcome::Asks => (3, Reverse(0)),
        Outcome::Passes => (4, Reverse(0)),
        Outcome::SetAside => (5, Reverse(0)),
    };
    let name = |line: &Line| line.posting.as_ref().map(|posting| posting.physician.clone());
    let department = |line: &Line| {
        line.posting
            .as_ref()
            .map(|posting| posting.home_department.clone())
    };
    rank(a.1)
        .cmp(&rank(b.1))
        .then_with(|| department(a.0).cmp(&department(b.0)))
        .then_with(|| name(a.0).cmp(&name(b.0)))
        .then_with(|| a.0.path.cmp(&b.0.path))
}
