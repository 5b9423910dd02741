//! The order to look at files in: what is at fault first, then failures, then questions.

use std::cmp::{Ordering, Reverse};

use super::{Line, Standing};
use crate::assess::Severity;

/// What is to be done about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// 文件有问题: refused or disputed.
    AtFault,
    /// 未达标: so many requirements are failed.
    Failed(u32),
    /// 要问: nothing is failed, and something should be asked.
    Asks,
    /// 可以通过
    Passes,
    /// A later file of the log, or the same bytes, are there: nothing is to be done.
    SetAside,
}

/// What is to be done about a file that stands so, failed so many requirements (none where it says nothing) and gives cause
/// for so many questions.
pub fn outcome(failed: Option<u32>, standing: Standing, questions: u32) -> Outcome {
    match (standing, failed) {
        (Standing::Superseded(_) | Standing::Duplicate(_), _) => Outcome::SetAside,
        (Standing::Refused | Standing::Disputed, _) | (_, None) => Outcome::AtFault,
        (Standing::Counted { .. }, Some(failed)) if failed > 0 => Outcome::Failed(failed),
        (Standing::Counted { .. }, Some(_)) if questions > 0 => Outcome::Asks,
        (Standing::Counted { .. }, Some(_)) => Outcome::Passes,
    }
}

impl Line {
    /// How many things of the assessment should be asked about. What costs a requirement is a verdict, not a question.
    pub fn questions(&self) -> u32 {
        let findings = self.posting.iter().flat_map(|posting| &posting.findings);
        let asked = findings.filter(|finding| finding.severity == Severity::Warning);
        u32::try_from(asked.count()).unwrap_or(u32::MAX)
    }
}

/// Orders two lines: at fault, most failures first, questions, the rest; then by department, name and path.
pub fn failures_first(a: (&Line, Outcome), b: (&Line, Outcome)) -> Ordering {
    let rank = |outcome: Outcome| match outcome {
        Outcome::AtFault => (0, Reverse(0)),
        Outcome::Failed(failed) => (1, Reverse(failed)),
        Outcome::Asks => (2, Reverse(0)),
        Outcome::Passes => (3, Reverse(0)),
        Outcome::SetAside => (4, Reverse(0)),
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
