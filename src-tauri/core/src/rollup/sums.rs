//! What is to be paid, by scheme and department.

use std::collections::BTreeMap;

use super::order::{Tally, outcome_of};
use super::{Line, Outcome, Standing};
use crate::assess::Status;
use crate::language::Label;

/// Sums of money in fen over files that count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Money {
    /// How many files.
    pub people: u32,
    /// 应发
    pub subsidy_fen: u64,
    /// 扣减
    pub deducted_fen: u64,
    /// 实发
    pub payable_fen: u64,
    /// 科室奖励
    pub department_reward_fen: u64,
    /// Fines for departments, those for recalled days apart.
    pub department_fine_fen: u64,
    /// Fines for physicians, for recalled days.
    pub recall_fine_physician_fen: u64,
    /// Fines for departments, for recalled days.
    pub recall_fine_department_fen: u64,
}

/// The sums of one department under one scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoneyLine {
    /// The scheme's title.
    pub scheme: Label,
    /// 科室; blank where none is recorded.
    pub home_department: Box<str>,
    /// Its sums.
    pub money: Money,
}

/// How many files fail one requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failing {
    /// The requirement's title.
    pub title: Label,
    /// How many files that count fail it.
    pub files: u32,
}

/// Counts and sums over a roll-up.
#[derive(Debug, Clone, Default)]
pub struct Sums {
    /// Files of postings, whatever became of them.
    pub files: u32,
    /// 文件有问题
    pub at_fault: u32,
    /// 未达标: how many fail one requirement, two, and so on.
    pub failed: BTreeMap<u32, u32>,
    /// 还在派驻
    pub open: u32,
    /// 要问
    pub asks: u32,
    /// 可以通过
    pub passes: u32,
    /// Superseded or repeated.
    pub set_aside: u32,
    /// All that counts.
    pub money: Money,
    by_department: BTreeMap<(String, u32, Box<str>), (Label, Money)>,
    failing: Vec<(String, Failing)>,
}

impl Money {
    fn of(line: &Line) -> Self {
        let Some(posting) = &line.posting else {
            return Self::default();
        };
        let given = &posting.consequences;
        Self {
            people: 1,
            subsidy_fen: given.subsidy_fen,
            deducted_fen: given.deducted_fen,
            payable_fen: given.payable_fen,
            department_reward_fen: u64::from(given.department_reward_fen),
            department_fine_fen: u64::from(given.department_fine_fen),
            recall_fine_physician_fen: given.recall_fine_physician_fen,
            recall_fine_department_fen: given.recall_fine_department_fen,
        }
    }

    fn add(&mut self, other: &Self) {
        self.people += other.people;
        self.subsidy_fen += other.subsidy_fen;
        self.deducted_fen += other.deducted_fen;
        self.payable_fen += other.payable_fen;
        self.department_reward_fen += other.department_reward_fen;
        self.department_fine_fen += other.department_fine_fen;
        self.recall_fine_physician_fen += other.recall_fine_physician_fen;
        self.recall_fine_department_fen += other.recall_fine_department_fen;
    }
}

/// What of a line goes into counts and totals: little enough to be kept of a million files.
#[derive(Debug, Clone, Copy)]
pub struct Share {
    /// What decides on the outcome; none where the file says nothing to be relied on.
    tally: Option<Tally>,
    /// How many things of the assessment should be asked about.
    pub questions: u32,
    money: Money,
}

impl Share {
    /// Of a line.
    pub fn of(line: &Line) -> Self {
        Self {
            tally: line.posting.as_deref().map(Tally::of),
            questions: line.questions(),
            money: Money::of(line),
        }
    }
}

impl Sums {
    /// Takes a file that stands so into counts and totals, not into the sums by department and requirement.
    pub fn add_share(&mut self, share: &Share, standing: Standing, questions: u32) {
        self.files += 1;
        match outcome_of(share.tally, standing, questions) {
            Outcome::AtFault => self.at_fault += 1,
            Outcome::Failed(failed) => *self.failed.entry(failed).or_default() += 1,
            Outcome::Open => self.open += 1,
            Outcome::Asks => self.asks += 1,
            Outcome::Passes => self.passes += 1,
            Outcome::SetAside => self.set_aside += 1,
        }
        if matches!(standing, Standing::Counted { .. }) {
            self.money.add(&share.money);
        }
    }

    /// Takes in a line that stands so.
    pub fn add(&mut self, line: &Line, standing: Standing, questions: u32) {
        self.add_share(&Share::of(line), standing, questions);
        let (Standing::Counted { .. }, Some(posting)) = (standing, &line.posting) else {
            return;
        };
        let scheme = &posting.scheme;
        let key = (scheme.id.clone(), scheme.version, posting.home_department.clone());
        let sums = self.by_department.entry(key);
        sums.or_insert_with(|| (scheme.title.clone(), Money::default()))
            .1
            .add(&Money::of(line));
        for (name, figure) in scheme.requirements.iter().zip(&posting.requirements) {
            let fails = u32::from(matches!(figure.status, Status::NotMet | Status::Unreachable));
            match self.failing.iter_mut().find(|(id, _)| *id == name.id) {
                Some((_, failing)) => failing.files += fails,
                None => self.failing.push((
                    name.id.clone(),
                    Failing {
                        title: name.title.clone(),
                        files: fails,
                    },
                )),
            }
        }
    }

    /// The sums of each department under each scheme, in that order.
    pub fn departments(&self) -> Vec<MoneyLine> {
        let lines = self
            .by_department
            .iter()
            .map(|((.., department), (scheme, money))| MoneyLine {
                scheme: scheme.clone(),
                home_department: department.clone(),
                money: *money,
            });
        lines.collect()
    }

    /// How many fail each requirement, in the order of the first scheme met.
    pub fn failing(&self) -> Vec<Failing> {
        self.failing.iter().map(|(_, failing)| failing.clone()).collect()
    }
}
