//! A row of the support diary.

use super::Line;
use crate::Meaning;
use crate::fault::Problem;
use crate::gather::{ProblemPart, Reading};
use crate::text::{plain_cell, words};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::{Kind as _, NOTE_LIMIT, ProblemStatus};

impl Line {
    pub(super) fn problem(&mut self, reading: &Reading<'_>) -> Option<ProblemPart> {
        let date = self.needed(reading, &Meaning::Date);
        let problem = self.words_of(reading, &Meaning::Problem);
        let guidance = self.words_of(reading, &Meaning::Guidance);
        let corrective_action = self.words_of(reading, &Meaning::CorrectiveAction);
        let responsible = self.title(reading, &Meaning::Responsible);
        let due = self.date(reading, &Meaning::Due);
        let status = self.of(reading, &Meaning::Status, |cell| {
            let text = plain_cell(cell);
            match status_of(&text) {
                _ if text.is_empty() => Ok(None),
                Some(status) => Ok(Some(status)),
                None => Err(Problem::UnknownStatus),
            }
        });
        let rechecked_on = self.date(reading, &Meaning::RecheckedOn);
        let result = self.words_of(reading, &Meaning::Result);
        Some(ProblemPart {
            date: date?,
            problem,
            guidance,
            corrective_action,
            responsible,
            due,
            status,
            rechecked_on,
            result,
        })
    }

    fn words_of(&mut self, reading: &Reading<'_>, meaning: &Meaning) -> Option<String> {
        self.of(reading, meaning, |cell| words(cell, NOTE_LIMIT, false))
    }
}

fn status_of(text: &str) -> Option<ProblemStatus> {
    match text {
        "未整改" | "整改中" | "否" | "未完成" => Some(ProblemStatus::Open),
        "整改完成" | "已完成" | "是" | "完成" => Some(ProblemStatus::Corrected),
        "已销号" | "销号" | "复查合格" => Some(ProblemStatus::Closed),
        text => ProblemStatus::ALL
            .iter()
            .copied()
            .find(|status| status.label(Language::Chinese) == text),
    }
}
