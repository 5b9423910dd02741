//! The words for verdicts, reasons and findings.

use xiaxiangzhi_core::assess::{
    AppraisalForm, ExcludedReason, Finding, FindingCode, HalfReason, Phase, Severity, Status,
};
use xiaxiangzhi_core::language::{Label, Language};

pub(super) fn phase(language: Language, phase: Phase) -> &'static str {
    match phase {
        Phase::Before => language.pick("尚未开始", "not begun"),
        Phase::InProgress => language.pick("进行中", "in progress"),
        Phase::Ended => language.pick("已结束", "ended"),
    }
}

pub(super) fn status(language: Language, status: Status) -> &'static str {
    match status {
        Status::Met => language.pick("达标", "met"),
        Status::NotMet => language.pick("未达标", "not met"),
        Status::Reachable => language.pick("可以达标", "can be met"),
        Status::Unreachable => language.pick("已无法达标", "cannot be met any more"),
        Status::NotAssessable => language.pick("不能评定", "not assessable"),
        Status::Recorded => language.pick("只记录", "recorded, not judged"),
    }
}

pub(super) fn excluded(language: Language, reason: ExcludedReason) -> &'static str {
    match reason {
        ExcludedReason::MarkedNotCounted => language.pick("标为不计入考核", "marked as not counted"),
        ExcludedReason::OutsidePosting => language.pick("不在派驻期内", "outside the posting"),
        ExcludedReason::AfterAsOf => language.pick("在截至日期之后", "after the date of the assessment"),
        ExcludedReason::OnLeave => language.pick("当天全天请假", "on leave all that day"),
        ExcludedReason::SameDay => language.pick("当天已计入", "another one counts that day"),
        ExcludedReason::ShortGap => language.pick("离上一次太近", "too close to the last one"),
        ExcludedReason::TooShort => language.pick("时长不足或没有填时长", "too short, or of no known length"),
    }
}

pub(super) fn half(language: Language, reason: HalfReason) -> &'static str {
    match reason {
        HalfReason::NoWorkRecorded => language.pick("没有工作记录", "no work recorded"),
        HalfReason::NoRestDayWork => {
            language.pick("没有可抵的休息日工作", "no rest-day work to set against it")
        }
    }
}

pub(super) fn appraisal(language: Language, form: AppraisalForm) -> &'static str {
    match form {
        AppraisalForm::Pending => language.pick("派驻结束后定", "pending until the end"),
        AppraisalForm::Issued => language.pick("予以填写", "issued"),
        AppraisalForm::Withheld => language.pick("不予填写", "withheld"),
    }
}

pub(super) fn severity(language: Language, severity: Severity) -> &'static str {
    match severity {
        Severity::Info => language.pick("须知", "note"),
        Severity::Warning => language.pick("提醒", "warning"),
        Severity::Error => language.pick("不合格", "error"),
    }
}

/// Fen as yuan, exact.
pub(crate) fn yuan(language: Language, fen: u64) -> String {
    format!("{}.{:02}{}", fen / 100, fen % 100, language.pick(" 元", " yuan"))
}

/// A finding's sentence in English; the core's own message is the Chinese one.
pub(super) fn finding_in_english<'a>(finding: &Finding, title: impl Fn(&str) -> Option<&'a Label>) -> String {
    let what = match finding.code {
        FindingCode::PresentDuringLeave => "recorded as present while on leave; counted as leave",
        FindingCode::ActivityWhileAbsent => "an activity on a date recorded as absent or recalled",
        FindingCode::CadenceMissed => "none in this window",
        FindingCode::LeaveUnapproved => "leave without a recorded approval by the recipient unit",
        FindingCode::LeaveApprovedLate => "leave approved after it began",
        FindingCode::LeaveNotNotified => "leave without a recorded call to the medical affairs office",
        FindingCode::LeaveWithoutWrittenExplanation => {
            "leave of three days or more without a written explanation"
        }
        FindingCode::ShortGap => "two counted ones are too close together",
        FindingCode::DocumentMissing => "a document has not been handed in",
        FindingCode::NotAssessable => "nothing is scheduled, so attendance cannot be assessed",
        FindingCode::ProvisionalCalendar => {
            "holidays not published yet; weekends and statutory days are assumed"
        }
        FindingCode::AllowanceExceeded => "more often in this month than is usual",
        FindingCode::YearShort => "less than asked in this year of the posting",
    };
    let dates = match (finding.from, finding.to) {
        (Some(from), Some(to)) if from == to => format!("{from}: "),
        (Some(from), Some(to)) => format!("{from} — {to}: "),
        (Some(date), None) | (None, Some(date)) => format!("{date}: "),
        (None, None) => String::new(),
    };
    let about = finding
        .requirement
        .as_deref()
        .and_then(title)
        .map(|label| format!("{}: ", label.en));
    format!("{dates}{}{what}", about.unwrap_or_default())
}

/// The arithmetic in the words of the language; the figures are the core's.
pub(super) fn arithmetic(language: Language, text: &str) -> String {
    if language == Language::Chinese {
        return text.to_owned();
    }
    let words = [
        ("最短间隔", "shortest gap"),
        ("应出勤", "scheduled"),
        ("已出勤", "attended"),
        ("剩余", "remaining"),
        ("必须", "needed"),
        ("由医务部评分", "the office gives the points"),
        ("个时段", "windows"),
        ("个半天", "half-days"),
        ("到岗", "attended"),
        ("缺", "missed"),
        ("次", "times"),
        ("个月", " months"),
        (" 个", ""),
        ("满", " is "),
        ("天", "days"),
        ("；", "; "),
        ("，", ", "),
        ("÷", "/"),
        ("＜", "<"),
        ("＞", ">"),
        ("＝", "="),
        ("＋", "+"),
        ("－", "-"),
    ];
    words.iter().fold(text.to_owned(), |text, (chinese, english)| {
        text.replace(chinese, english)
    })
}
