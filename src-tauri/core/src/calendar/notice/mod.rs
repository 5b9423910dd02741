//! Reads the State Council's yearly notice (国务院办公厅关于20XX年部分节假日安排的通知) and its amendments, day by day.
//!
//! Pure and total: any text has an answer. What is taken is only what a sentence says in so many words; what has dates and
//! was not understood, or contradicts itself, is listed as a doubt instead of being guessed at.

mod clause;
mod compare;
mod text;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

use super::DayKind;
use crate::language::Language;

/// What a notice says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct NoticeReading {
    /// Its title, from the last notice in the text: 国务院办公厅关于2026年部分节假日安排的通知.
    pub title: Option<String>,
    /// Its number: 国办发明电〔2025〕7号.
    pub number: Option<String>,
    /// The year it arranges; null while no day was read.
    pub year: Option<i32>,
    /// Every date it names as off or worked, in date order, one a date.
    pub days: Vec<NoticeDay>,
    /// What was not read, or contradicts itself, in the order of the text.
    pub doubts: Vec<NoticeDoubt>,
    /// Special days that the built-in calendar has for a holiday the notice speaks of, and the notice does not.
    pub dropped: Vec<super::SpecialDay>,
    /// The holidays of the built-in calendar's year that the notice does not speak of.
    pub unmentioned: Vec<String>,
}

/// One date of a notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct NoticeDay {
    /// The date.
    pub date: NaiveDate,
    /// Off or worked.
    pub kind: DayKind,
    /// The holiday it belongs to, in Chinese.
    pub name: String,
    /// The sentence that says so.
    pub sentence: String,
    /// How the built-in calendar sees the date.
    pub built_in: Standing,
}

/// A date of a notice against the built-in calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The published arrangement that is built in says the same.
    Agrees,
    /// The published arrangement that is built in says otherwise.
    Differs,
    /// The year is provisional, and the rule assumed the same.
    Assumed,
    /// The year is provisional, and the rule assumed otherwise.
    Corrects,
}

/// What a reader has to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct NoticeDoubt {
    /// What it is.
    pub code: DoubtCode,
    /// The sentence.
    pub sentence: String,
    /// The date concerned.
    pub date: Option<NaiveDate>,
    /// What the text says: 星期六, 8.
    pub said: Option<String>,
    /// What it should be by the calendar: 星期日, 7.
    pub is: Option<String>,
}

/// Why a sentence, or a part of one, was not taken as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum DoubtCode {
    /// It has dates, and does not say whether they are off or worked. Not taken.
    Unread,
    /// A date that no calendar has, or outside 2004 to 2100. Not taken.
    ImpossibleDate,
    /// 延长…至: from which day on is not said. Not taken.
    NoStart,
    /// An encouragement to the units, not an arrangement. Not taken.
    NotBinding,
    /// The weekday written beside a date is not the date's. Taken by the date.
    WeekdayDiffers,
    /// 共N天 is not the number of days named. Taken by the days.
    CountDiffers,
    /// A date is off in one sentence and worked in another. Taken by the later one.
    SaidTwice,
    /// No year is written anywhere; the likely one was taken.
    NoYear,
}

/// Reads a notice; several pasted one after another are read in turn, the later over the earlier. `likely_year` is
/// taken where the text names no year at all, and the doubt [`DoubtCode::NoYear`] says so.
pub fn read_notice(text: &str, likely_year: i32) -> NoticeReading {
    let mut found = clause::Found::default();
    for notice in text::notices(text) {
        let year = notice.year.unwrap_or(likely_year);
        let before = found.days.len();
        clause::read(&notice, year, &mut found);
        if notice.year.is_none() && found.days.len() > before {
            found.doubts.insert(
                0,
                NoticeDoubt {
                    code: DoubtCode::NoYear,
                    sentence: String::new(),
                    date: None,
                    said: None,
                    is: Some(year.to_string()),
                },
            );
        }
        if found.days.len() > before || found.title.is_none() {
            found.title = notice.title.or(found.title);
            found.number = notice.number.or(found.number);
            found.year = Some(year);
        }
    }
    compare::with_built_in(found)
}

impl NoticeDoubt {
    /// What is to be looked at, in a sentence without the notice's own words.
    pub fn describe(&self, language: Language) -> String {
        let said = self.said.as_deref().unwrap_or_default();
        let is = self.is.as_deref().unwrap_or_default();
        let date = self.date.map(|date| date.to_string()).unwrap_or_default();
        let (zh, en) = match self.code {
            DoubtCode::Unread => (
                "有日期，看不出放假还是上班，没有采用".to_owned(),
                "has dates, but not whether they are off or worked; not taken".to_owned(),
            ),
            DoubtCode::ImpossibleDate => (
                format!("没有 {said} 这样的日期，没有采用"),
                format!("there is no date {said}; not taken"),
            ),
            DoubtCode::NoStart => (
                "延长的假期从哪天起没有写，请和原来的通知一起读".to_owned(),
                "from which day the holiday is longer is not said; read it together with the first notice"
                    .to_owned(),
            ),
            DoubtCode::NotBinding => (
                "是鼓励，不是安排，没有采用".to_owned(),
                "an encouragement, not an arrangement; not taken".to_owned(),
            ),
            DoubtCode::WeekdayDiffers => (
                format!("{date} 写的是{said}，日历上是{is}"),
                format!("{date} is written as {said} and is {is}"),
            ),
            DoubtCode::CountDiffers => (
                format!("写的是共 {said} 天，数下来是 {is} 天"),
                format!("says {said} days in all, and names {is}"),
            ),
            DoubtCode::SaidTwice => (
                format!("{date} 前后说法不同，按后面的"),
                format!("{date} is spoken of twice and differently; the later is taken"),
            ),
            DoubtCode::NoYear => (
                format!("没有写年份，按 {is} 年读"),
                format!("no year is written; read as {is}"),
            ),
        };
        match language {
            Language::Chinese => zh,
            Language::English => en,
        }
    }
}
