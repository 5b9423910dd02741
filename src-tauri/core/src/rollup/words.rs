//! The words of a roll-up, for tables and programs alike.

use super::{FindingFigure, SchemeFacts, Standing};
use crate::assess::FindingCode;
use crate::language::Language;

/// A file's verdict in two or three words; the whole sentence is the line's reason.
pub fn verdict_word(code: &str, language: Language) -> &'static str {
    let (chinese, english) = match code {
        "genuine" => ("真实", "genuine"),
        "restored" => ("真实，曾从备份恢复", "genuine, restored"),
        "older" => ("比已收到的旧", "older than one seen"),
        "fork" => ("与另一份矛盾", "contradicts another"),
        "other_key" => ("签名与上次不同", "another key"),
        "altered" => ("与导出时不一样", "altered"),
        "cut" => ("不完整", "cut off"),
        "empty" => ("空文件", "empty"),
        "newer_format" => ("版本更新", "newer version"),
        "not_a_review_file" => ("不是审核文件", "not a review file"),
        "too_big" => ("过大", "too big"),
        "unreadable" => ("读不了", "unreadable"),
        "not_assessable" => ("不能考核", "cannot be assessed"),
        _ => ("有问题", "at fault"),
    };
    language.pick(chinese, english)
}

/// Whether a file counts, in a few words.
pub fn standing_word(standing: Standing, language: Language) -> &'static str {
    let (chinese, english) = match standing {
        Standing::Counted { .. } => ("计入", "counted"),
        Standing::Superseded(_) => ("已有更新的", "superseded"),
        Standing::Duplicate(_) => ("与另一份相同", "same as another"),
        Standing::Disputed => ("与另一份矛盾，未计", "disputed"),
        Standing::Refused => ("未计", "not counted"),
    };
    language.pick(chinese, english)
}

/// What a kind of finding is called.
pub fn finding_title(code: FindingCode, language: Language) -> &'static str {
    let (chinese, english) = match code {
        FindingCode::PresentDuringLeave => ("请假当天记了出勤", "present while on leave"),
        FindingCode::ActivityWhileAbsent => ("旷工或擅自调回当天有活动", "activity while absent or recalled"),
        FindingCode::CadenceMissed => ("这一段没有", "none in this window"),
        FindingCode::LeaveUnapproved => ("请假没有受援单位批准的记录", "leave without a recorded approval"),
        FindingCode::LeaveApprovedLate => ("请假开始后才批准", "leave approved after it began"),
        FindingCode::LeaveNotNotified => ("请假没有电话报备的记录", "leave without a recorded call"),
        FindingCode::LeaveWithoutWrittenExplanation => (
            "三天以上请假没有书面说明",
            "long leave without a written explanation",
        ),
        FindingCode::ShortGap => ("两次间隔太短", "two too close together"),
        FindingCode::DocumentMissing => ("材料没有上交", "a paper not handed in"),
        FindingCode::NotAssessable => ("没有应出勤，无法评定", "nothing is scheduled"),
        FindingCode::ProvisionalCalendar => ("放假安排未公布，暂按推算", "holidays not published yet"),
        FindingCode::AllowanceExceeded => ("次数多于每月惯例", "more often than usual in a month"),
        FindingCode::YearShort => ("有一年不足", "too few in a year of the posting"),
    };
    language.pick(chinese, english)
}

/// A finding as a sentence: the requirement, the dates, and what was found.
pub fn finding_sentence(finding: &FindingFigure, scheme: &SchemeFacts, language: Language) -> String {
    if let (Some(message), Language::Chinese) = (&finding.message, language) {
        return message.to_string();
    }
    let colon = language.pick("：", ": ");
    let about = finding
        .requirement
        .and_then(|at| scheme.requirements.get(usize::from(at)))
        .map(|name| format!("{}{colon}", name.title.get(language)))
        .unwrap_or_default();
    let dates = match (finding.from, finding.to) {
        (Some(from), Some(to)) if from != to => {
            format!("{from}{}{to}{colon}", language.pick("至", " to "))
        }
        (Some(date), _) | (None, Some(date)) => format!("{date}{colon}"),
        (None, None) => String::new(),
    };
    format!("{about}{dates}{}", finding_title(finding.code, language))
}
