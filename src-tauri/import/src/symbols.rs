//! Marks of an attendance sheet: what they mean until the sheet's own legend or a person says otherwise.

use crate::text::plain;
use crate::{Cell, Sheet, SymbolMeaning};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;
use xiaxiangzhi_core::posting::{HalfDayStatus, Kind as _, LeaveKind};
use xiaxiangzhi_core::scheme::{Scheme, marks};

/// What a mark says of a half-day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "MarkMeaning")]
pub enum Means {
    /// Nothing to enter: a rest day, a dash.
    Nothing,
    /// A status.
    Status(HalfDayStatus),
    /// On leave.
    Leave(LeaveKind),
}

/// The marks that are known without being told, and the words of legends, each as [`normal`] gives it.
pub fn default_symbols() -> Vec<(&'static str, Means)> {
    use HalfDayStatus::{Absent, CompensatoryRest, OfficialDuty, Present, Recalled};
    use LeaveKind::{
        AnnualLeave, BereavementLeave, HomeLeave, MarriageLeave, MaternityLeave, OtherLeave, PaternityLeave,
        PersonalLeave, SickLeave, StudyLeave,
    };
    let groups: [(Means, &[&str]); 17] = [
        (
            Means::Status(Present),
            &[
                "√", "V", "1", "出", "勤", "出勤", "正常", "上班", "在岗", "到岗", "到",
            ],
        ),
        (
            Means::Status(OfficialDuty),
            &["公", "差", "公差", "出差", "外出", "公出", "◇"],
        ),
        (
            Means::Status(CompensatoryRest),
            &["补", "补休", "调", "调休", "◐"],
        ),
        (Means::Status(Absent), &["×", "旷", "旷工", "缺勤"]),
        (Means::Status(Recalled), &["回", "擅自调回"]),
        (Means::Leave(PersonalLeave), &["○", "事", "事假"]),
        (Means::Leave(SickLeave), &["△", "病", "病假"]),
        (
            Means::Leave(AnnualLeave),
            &["年", "年假", "年休", "年休假", "公休", "☆"],
        ),
        (Means::Leave(HomeLeave), &["探", "探亲", "探亲假"]),
        (Means::Leave(MarriageLeave), &["婚", "婚假"]),
        (Means::Leave(MaternityLeave), &["产", "产假"]),
        (Means::Leave(PaternityLeave), &["陪", "陪产", "陪产假", "护理假"]),
        (Means::Leave(BereavementLeave), &["丧", "丧假"]),
        (Means::Leave(StudyLeave), &["学", "学习", "学习假"]),
        (Means::Leave(OtherLeave), &["□", "其他假"]),
        (
            Means::Nothing,
            &["休", "休息", "周末", "节", "节假日", "法定假", "放假", "无"],
        ),
        (Means::Nothing, &["-", "—", "–", "/", "\\", "——", "--"]),
    ];
    groups
        .into_iter()
        .flat_map(|(means, marks)| marks.iter().map(move |mark| (*mark, means)))
        .collect()
}

/// One way of writing for marks that are drawn in several.
pub(crate) fn normal(text: &str) -> String {
    plain(text)
        .chars()
        .map(|c| match c {
            '✓' | '✔' | '☑' | '✅' | 'v' => '√',
            '〇' | '◯' | '⭕' | '◦' => '○',
            '✗' | '✘' | '✕' | '✖' | '╳' | 'X' | 'x' | '❌' => '×',
            '∆' | 'Δ' | '▲' | '▵' => '△',
            '◆' => '◇',
            '■' => '□',
            '★' => '☆',
            other => other,
        })
        .collect()
}

/// The meanings in force for one sheet.
#[derive(Debug, Clone)]
pub(crate) struct Symbols(BTreeMap<String, Means>);

/// What one cell says of a day's two halves.
pub(crate) type Halves = (Option<Means>, Option<Means>);

impl Symbols {
    /// The known marks, those of the posting's scheme over them, then the sheet's own legend, and what a person said over all.
    pub(crate) fn of(sheet: &Sheet, scheme: Option<&Scheme>, said: &[SymbolMeaning]) -> Self {
        let defaults = default_symbols();
        let mut symbols = Self(
            defaults
                .into_iter()
                .map(|(mark, means)| (normal(mark), means))
                .collect(),
        );
        for mark in scheme.into_iter().flat_map(marks) {
            let status = HalfDayStatus::from_name(mark.key).map(Means::Status);
            let means = status.or_else(|| LeaveKind::from_name(mark.key).map(Means::Leave));
            if let (Some(means), false) = (means, mark.symbol.is_empty()) {
                symbols.0.insert(normal(&mark.symbol), means);
            }
        }
        for (mark, means) in legend(sheet, &symbols) {
            symbols.0.insert(mark, means);
        }
        for each in said {
            symbols.0.insert(normal(&each.symbol), each.means);
        }
        symbols
    }

    pub(crate) fn means(&self, mark: &str) -> Option<Means> {
        self.0.get(mark).copied()
    }

    /// Both halves of a day: √ for both, √/△ or √△ for one each, 上午√下午病.
    ///
    /// # Errors
    /// The mark that nobody has explained.
    pub(crate) fn day(&self, cell: &Cell) -> Result<Halves, String> {
        let text = normal(&cell.shown());
        if text.is_empty() {
            return Ok((None, None));
        }
        if let Some(means) = self.means(&text) {
            return Ok((Some(means), Some(means)));
        }
        if let Some((morning, afternoon)) = text.strip_prefix("上午").and_then(|rest| rest.split_once("下午"))
        {
            let tidy = |part: &str| part.trim_matches([':', ',', ';', '/']).to_owned();
            return Ok((
                Some(self.known(&tidy(morning))?),
                Some(self.known(&tidy(afternoon))?),
            ));
        }
        let split: Vec<&str> = text.split(['/', '\\', ',', '、', '|', ';']).collect();
        if let [morning, afternoon] = split.as_slice() {
            let half = |part: &str| match part {
                "" => Ok(None),
                mark => self.known(mark).map(Some),
            };
            return Ok((half(morning)?, half(afternoon)?));
        }
        let marks: Vec<char> = text.chars().collect();
        if let [morning, afternoon] = marks.as_slice()
            && let (Some(morning), Some(afternoon)) = (
                self.means(&morning.to_string()),
                self.means(&afternoon.to_string()),
            )
        {
            return Ok((Some(morning), Some(afternoon)));
        }
        Err(cell.shown())
    }

    /// One half of a day.
    pub(crate) fn half(&self, cell: &Cell) -> Result<Option<Means>, String> {
        let text = normal(&cell.shown());
        if text.is_empty() {
            return Ok(None);
        }
        self.means(&text).map(Some).ok_or_else(|| cell.shown())
    }

    fn known(&self, mark: &str) -> Result<Means, String> {
        self.means(mark).ok_or_else(|| mark.to_owned())
    }
}

/// Pairs of mark and word in a cell with at least two of them: 「√出勤 ○事假」, 「出勤√、事假○」.
fn legend(sheet: &Sheet, known: &Symbols) -> Vec<(String, Means)> {
    let cells = sheet.rows.iter().flatten();
    let found = cells.filter_map(|cell| match cell {
        Cell::Text(text) => Some(pairs(text, known)).filter(|pairs| pairs.len() >= 2),
        _ => None,
    });
    found.flatten().collect()
}

fn pairs(text: &str, known: &Symbols) -> Vec<(String, Means)> {
    let text = text
        .rsplit_once(['：', ':'])
        .filter(|(head, _)| head.chars().count() <= 4)
        .map_or(text, |(_, rest)| rest);
    let mut tokens: Vec<(bool, String)> = Vec::new();
    for c in normal(text).chars() {
        if matches!(
            c,
            ',' | '、' | ';' | ':' | '=' | '"' | '“' | '”' | '(' | ')' | '为' | '表' | '示' | '。'
        ) {
            continue;
        }
        let word = c.is_alphanumeric();
        match tokens.last_mut() {
            // Marks stand alone; words run on.
            Some((true, last)) if word => last.push(c),
            _ => tokens.push((word, c.to_string())),
        }
    }
    let mark_first = tokens.first().is_some_and(|(word, _)| !word);
    let pair = |two: &[(bool, String)]| {
        let [first, second] = two else { return None };
        let (mark, word) = if mark_first {
            (first, second)
        } else {
            (second, first)
        };
        if mark.0 || !word.0 || word.1.chars().count() < 2 {
            return None;
        }
        Some((mark.1.clone(), known.means(&word.1)?))
    };
    tokens.chunks(2).filter_map(pair).collect()
}
