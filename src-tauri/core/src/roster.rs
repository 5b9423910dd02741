//! 名单: who is sent in which batch, and what about it should be asked. The source's rules for a round of postings are
//! principles of the office's own planning, so nothing here is a verdict.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::language::Label;

/// 每次派 3 人, 二（一）.
const SENT_AT_A_TIME: usize = 3;

/// A quarter in which a batch is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, TS)]
pub struct Batch {
    /// The year, 2004 to 2100.
    pub year: i32,
    /// The quarter, 1 to 4.
    pub quarter: u32,
}

/// Where somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum RosterStatus {
    /// 待派
    Planned,
    /// 在派
    Sent,
    /// 已完成
    Done,
    /// 后延: the department asked for a later batch; somebody is planned there anew.
    Deferred,
}

/// One person on the roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct RosterEntry {
    /// Its id.
    pub id: Uuid,
    /// The name.
    pub physician: String,
    /// 科室
    pub home_department: String,
    /// 职称
    pub title: Option<String>,
    /// 拟晋升职称; null for whoever is not due for promotion.
    pub promotion_target: Option<String>,
    /// 受援单位
    pub recipient_unit: Option<String>,
    /// When.
    pub batch: Batch,
    /// How far it is.
    pub status: RosterStatus,
}

/// What kind of question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RosterCode {
    /// Not three of a batch to one unit.
    NotThree,
    /// Fewer than half of a batch to one unit are of intermediate title.
    FewIntermediate,
    /// A department deferred twice before all departments have served.
    DeferredAgain,
    /// Somebody due for promotion waits behind one of the same department who is not.
    PromotionWaits,
    /// One person in two batches.
    Twice,
}

/// Something to ask about a roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RosterQuestion {
    /// What kind.
    pub code: RosterCode,
    /// The people it is about.
    pub entries: Vec<Uuid>,
    /// What was seen, and the question.
    pub question: Label,
}

/// What should be asked about a roster, batch by batch.
pub fn questions(entries: &[RosterEntry]) -> Vec<RosterQuestion> {
    let mut found = batches(entries);
    found.extend(deferred_again(entries));
    found.extend(promotion_waits(entries));
    found.extend(twice(entries));
    found
}

fn ask(code: RosterCode, about: &[&RosterEntry], zh: String, en: String) -> RosterQuestion {
    RosterQuestion {
        code,
        entries: about.iter().map(|entry| entry.id).collect(),
        question: Label { zh, en },
    }
}

fn goes(entry: &&RosterEntry) -> bool {
    entry.status != RosterStatus::Deferred
}

/// 每次需要向受援卫生院派遣3名支援人员，原则上以中级职称为主
fn batches(entries: &[RosterEntry]) -> Vec<RosterQuestion> {
    let mut sent: BTreeMap<(Batch, &str), Vec<&RosterEntry>> = BTreeMap::new();
    for entry in entries.iter().filter(goes) {
        let unit = entry.recipient_unit.as_deref().unwrap_or_default();
        sent.entry((entry.batch, unit)).or_default().push(entry);
    }
    let mut found = Vec::new();
    for ((batch, unit), people) in sent {
        let (n, Batch { year, quarter }) = (people.len(), batch);
        let (unit_zh, unit_en) = if unit.is_empty() {
            ("未写受援单位".to_owned(), "an unnamed unit".to_owned())
        } else {
            (unit.to_owned(), unit.to_owned())
        };
        if n != SENT_AT_A_TIME {
            found.push(ask(
                RosterCode::NotThree,
                &people,
                format!("{year}年第{quarter}季度派往{unit_zh}的有 {n} 人，原则上每次 3 人：是否调整？"),
                format!("{year} Q{quarter}: {n} go to {unit_en}, three as a rule. Adjust it?"),
            ));
        }
        let intermediate = people.iter().filter(|entry| is_intermediate(entry)).count();
        if intermediate * 2 < n {
            found.push(ask(
                RosterCode::FewIntermediate,
                &people,
                format!("{year}年第{quarter}季度派往{unit_zh}的 {n} 人中有 {intermediate} 人是中级职称，原则上以中级为主：是否调整？"),
                format!("{year} Q{quarter}: {intermediate} of {n} to {unit_en} are of intermediate title, most as a rule. Adjust it?"),
            ));
        }
    }
    found
}

/// 主治医师, 主管药师/护师/技师, 中级
fn is_intermediate(entry: &RosterEntry) -> bool {
    let title = entry.title.as_deref().unwrap_or_default();
    ["主治", "主管", "中级"].iter().any(|word| title.contains(word))
}

/// 在所有科室轮转完成前每个科室只可申请后延一次
fn deferred_again(entries: &[RosterEntry]) -> Vec<RosterQuestion> {
    let mut departments: BTreeMap<&str, (Vec<&RosterEntry>, bool)> = BTreeMap::new();
    for entry in entries {
        let (deferred, served) = departments.entry(&entry.home_department).or_default();
        if entry.status == RosterStatus::Deferred {
            deferred.push(entry);
        }
        *served |= matches!(entry.status, RosterStatus::Sent | RosterStatus::Done);
    }
    if departments.values().all(|(_, served)| *served) {
        return Vec::new();
    }
    let again = departments
        .into_iter()
        .filter(|(_, (deferred, _))| deferred.len() > 1);
    again
        .map(|(department, (deferred, _))| {
            let n = deferred.len();
            ask(
                RosterCode::DeferredAgain,
                &deferred,
                format!("{department}已后延 {n} 次，所有科室轮完前只可一次：是否调至最后一批？"),
                format!("{department} deferred {n} times, once is allowed until all have served. Move it to the last batch?"),
            )
        })
        .collect()
}

/// 优先安排需要晋升人员下乡
fn promotion_waits(entries: &[RosterEntry]) -> Vec<RosterQuestion> {
    let waiting = entries
        .iter()
        .filter(|entry| entry.status == RosterStatus::Planned && entry.promotion_target.is_some());
    waiting
        .filter_map(|due| {
            let before = entries.iter().find(|other| {
                other.status == RosterStatus::Planned
                    && other.promotion_target.is_none()
                    && other.home_department == due.home_department
                    && other.batch < due.batch
            })?;
            let (first, second) = (&before.physician, &due.physician);
            let target = due.promotion_target.as_deref().unwrap_or_default();
            Some(ask(
                RosterCode::PromotionWaits,
                &[due, before],
                format!("{second}要晋升{target}，却排在同科室的{first}之后：是否对调？"),
                format!("{second} is due for promotion and goes after {first} of the same department. Exchange them?"),
            ))
        })
        .collect()
}

fn twice(entries: &[RosterEntry]) -> Vec<RosterQuestion> {
    let mut people: BTreeMap<(&str, &str), Vec<&RosterEntry>> = BTreeMap::new();
    let open = entries
        .iter()
        .filter(|entry| matches!(entry.status, RosterStatus::Planned | RosterStatus::Sent));
    for entry in open {
        let person = (entry.home_department.as_str(), entry.physician.trim());
        people.entry(person).or_default().push(entry);
    }
    let twice = people.into_iter().filter(|(_, batches)| batches.len() > 1);
    twice
        .map(|((department, name), batches)| {
            ask(
                RosterCode::Twice,
                &batches,
                format!("{department}的{name}排了 {} 次：是否重复？", batches.len()),
                format!(
                    "{name} of {department} is planned {} times. Is it entered twice?",
                    batches.len()
                ),
            )
        })
        .collect()
}
