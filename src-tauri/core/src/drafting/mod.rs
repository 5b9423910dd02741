//! 下乡总结 and 自我鉴定, drafted from what the records hold.
//!
//! Nothing is named that was not recorded, and nothing that sums up to zero. Each figure carries the records it counts, so
//! that a screen can show them. What the physician wrote in place of a passage is never touched: the draft stands beside it,
//! with the figures that the written words do not have.

mod counting;
mod passages;

use crate::assess::{Assessment, DayCounted};
use crate::language::{Label, Language};
use crate::posting::{Records, Summary};
use counting::Ground;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A part of the posting summary, or the self-appraisal: the field of `summary` that holds what the physician wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Passage {
    /// 基本情况
    Basics,
    /// 政治思想与医德
    Conduct,
    /// 医疗工作
    MedicalWork,
    /// 教学带教
    Teaching,
    /// 公共卫生与义诊
    PublicHealth,
    /// 问题与建议
    Suggestions,
    /// 体会
    Reflections,
    /// 自我鉴定, which stands on the service appraisal form.
    SelfAppraisal,
}

impl Passage {
    /// All of them, in the order of the paper.
    pub const ALL: [Self; 8] = [
        Self::Basics,
        Self::Conduct,
        Self::MedicalWork,
        Self::Teaching,
        Self::PublicHealth,
        Self::Suggestions,
        Self::Reflections,
        Self::SelfAppraisal,
    ];

    /// Its heading.
    pub fn title(self, language: Language) -> &'static str {
        match self {
            Self::Basics => language.pick("基本情况", "Basics"),
            Self::Conduct => language.pick("政治思想与医德", "Conduct"),
            Self::MedicalWork => language.pick("医疗工作", "Medical work"),
            Self::Teaching => language.pick("教学带教", "Teaching"),
            Self::PublicHealth => language.pick("公共卫生与义诊", "Public health and free clinics"),
            Self::Suggestions => language.pick("问题与建议", "Problems and suggestions"),
            Self::Reflections => language.pick("体会", "Reflections"),
            Self::SelfAppraisal => language.pick("自我鉴定", "Self-appraisal"),
        }
    }

    /// What the physician wrote in its place; blank is as good as nothing.
    pub fn written(self, summary: &Summary) -> Option<&str> {
        let field = match self {
            Self::Basics => &summary.basics,
            Self::Conduct => &summary.conduct,
            Self::MedicalWork => &summary.medical_work,
            Self::Teaching => &summary.teaching,
            Self::PublicHealth => &summary.public_health,
            Self::Suggestions => &summary.suggestions,
            Self::Reflections => &summary.reflections,
            Self::SelfAppraisal => &summary.self_appraisal,
        };
        field.as_deref().filter(|text| !text.trim().is_empty())
    }
}

/// A record that a figure counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
pub struct Counted {
    /// `day`, `activity`, `leave` or `problem`.
    pub entity: String,
    /// Its key: the date of a day, the id of anything else; null for an activity or a problem without an id.
    pub key: Option<String>,
    /// Its date.
    pub date: Option<chrono::NaiveDate>,
}

/// A piece of a passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case", tag = "run")]
#[ts(rename = "DraftedRun")]
pub enum Run {
    /// Words.
    Words {
        /// The words.
        text: String,
    },
    /// A figure.
    Figure {
        /// As it is written: 1,290, 80.3%.
        text: String,
        /// What it is, for whoever asks: 门诊.
        of: String,
        /// The records it counts, in date order; empty where it is worked out from the whole log, as a rate is.
        records: Vec<Counted>,
    },
}

impl Run {
    /// Its words.
    pub fn text(&self) -> &str {
        match self {
            Self::Words { text } | Self::Figure { text, .. } => text,
        }
    }
}

/// A passage as the records have it, and as the physician wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DraftedPassage {
    /// Which; also the field of `summary` that keeps what is written.
    pub passage: Passage,
    /// Its heading.
    pub heading: Label,
    /// The draft; empty where the records say nothing of it.
    pub runs: Vec<Run>,
    /// What the physician wrote in its place, kept whatever the records say by now.
    pub written: Option<String>,
    /// Places in `runs` of the figures that the written words do not have: those that have changed since, or were left out.
    pub not_in_written: Vec<usize>,
}

impl DraftedPassage {
    /// Its heading in Chinese, as forms print it.
    pub fn title(&self) -> &'static str {
        self.passage.title(Language::Chinese)
    }

    /// The draft's words.
    pub fn drafted(&self) -> String {
        self.runs.iter().map(Run::text).collect()
    }

    /// What the paper says: what was written, else the draft.
    pub fn text(&self) -> String {
        self.written.clone().unwrap_or_else(|| self.drafted())
    }
}

/// Every passage, in the order of the paper, from the same records, assessment and half-days as the forms.
pub fn draft(records: &Records, assessment: &Assessment, days: &[DayCounted]) -> Vec<DraftedPassage> {
    let ground = Ground {
        records,
        assessment,
        days,
    };
    Passage::ALL
        .into_iter()
        .map(|passage| {
            let runs = passages::runs(&ground, passage);
            let written = passage.written(&records.summary).map(str::to_owned);
            let not_in_written = written
                .as_deref()
                .map_or_else(Vec::new, |text| missing(&runs, text));
            DraftedPassage {
                passage,
                heading: Label {
                    zh: passage.title(Language::Chinese).to_owned(),
                    en: passage.title(Language::English).to_owned(),
                },
                runs,
                written,
                not_in_written,
            }
        })
        .collect()
}

/// The self-appraisal as the service appraisal form prints it.
pub fn self_appraisal_text(records: &Records, assessment: &Assessment, days: &[DayCounted]) -> String {
    draft(records, assessment, days)
        .iter()
        .find(|one| one.passage == Passage::SelfAppraisal)
        .map(DraftedPassage::text)
        .unwrap_or_default()
}

/// The figures of a draft that a text does not have. Commas within numbers do not matter, and 12 is not found in 120.
fn missing(runs: &[Run], text: &str) -> Vec<usize> {
    let known = numbers(text);
    runs.iter()
        .enumerate()
        .filter(|(_, run)| match run {
            Run::Words { .. } => false,
            Run::Figure { text, .. } => !numbers(text).iter().all(|number| known.contains(number)),
        })
        .map(|(nth, _)| nth)
        .collect()
}

fn numbers(text: &str) -> Vec<String> {
    let mut numbers = vec![String::new()];
    let characters: Vec<char> = text.chars().collect();
    for (nth, &character) in characters.iter().enumerate() {
        // Typed with an input method, a digit may be a wide one.
        let digit = match character {
            '０'..='９' => char::from_u32(u32::from(character) - u32::from('０') + u32::from('0')),
            '0'..='9' => Some(character),
            _ => None,
        };
        let between = nth > 0
            && characters.get(nth - 1).is_some_and(char::is_ascii_digit)
            && characters.get(nth + 1).is_some_and(char::is_ascii_digit);
        match (digit, character, numbers.last_mut()) {
            (Some(digit), _, Some(last)) => last.push(digit),
            (None, '.', Some(last)) if between => last.push('.'),
            (None, ',' | '，', _) if between => {}
            _ => numbers.push(String::new()),
        }
    }
    numbers.retain(|number| !number.is_empty());
    numbers
}
