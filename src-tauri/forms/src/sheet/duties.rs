//! The rows of the requirements: what was asked, what was done, and on which dates.

use crate::form::{Cell, Row, Value};
use crate::paper::Ground;
use crate::wording::{Dates, span};
use std::collections::BTreeMap;
use xiaxiangzhi_core::assess::{
    Attendance, Excluded, ExcludedReason, FindingCode, HalfReason, Requirement, RequirementKind, Status,
    YearFigure, percent_shown,
};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::{Half, Kind as _, LeaveKind, tally_of};
use xiaxiangzhi_core::scheme::{CadenceRule, CadenceWindow, Clause, QuotaPer};

pub(super) fn row(ground: &Ground<'_>, requirement: &Requirement) -> Row {
    let amount = requirement.amount.unwrap_or(0);
    let (asked, done, detail) = match requirement.kind {
        RequirementKind::Activities => {
            let counted = requirement.counted.as_deref().unwrap_or_default();
            (
                duty_asked(ground, requirement),
                format!("{}次", counted.len()),
                duty_detail(ground, requirement, counted),
            )
        }
        RequirementKind::Tally => tally(ground, requirement, amount),
        RequirementKind::Duration => (
            at_least(requirement.minimum, "个月"),
            format!("{amount}个月"),
            format!("按起止日期，已满{amount}个月"),
        ),
        RequirementKind::Points => points(ground, requirement),
        RequirementKind::Attendance => attendance(ground, requirement),
    };
    Row::from(vec![
        Cell::label(title(ground, &requirement.id)),
        Cell::text(asked),
        Cell::text(done).centred(),
        Cell::text(detail),
        Cell::label(status(requirement.status)),
        Cell::text(number(&requirement.clause)).centred(),
    ])
}

/// The clause's number; a dash where the source says nothing.
fn number(clause: &Clause) -> String {
    if clause.quote.is_empty() {
        "—".to_owned()
    } else {
        clause.number.clone()
    }
}

/// 不少于4次; where nothing is asked, that it is recorded.
fn at_least(minimum: u32, unit: &str) -> String {
    if minimum == 0 {
        "如实记录".to_owned()
    } else {
        format!("不少于{minimum}{unit}")
    }
}

/// The unit of the statistic of a quota.
pub(super) fn unit(ground: &Ground<'_>, id: &str) -> &'static str {
    let quota = ground.scheme.quotas.iter().find(|quota| quota.id == id);
    let tally = quota.and_then(|quota| tally_of(&quota.tally));
    tally.map_or("", |tally| tally.unit(Language::Chinese))
}

/// A number of a statistic, in its unit.
fn tally(ground: &Ground<'_>, requirement: &Requirement, amount: u64) -> (String, String, String) {
    let quota = ground
        .scheme
        .quotas
        .iter()
        .find(|quota| quota.id == requirement.id);
    let tally = quota.and_then(|quota| tally_of(&quota.tally));
    let label = tally.map_or("", |tally| tally.label(Language::Chinese));
    let unit = unit(ground, &requirement.id);
    let amount = Value::count(i64::try_from(amount).unwrap_or(i64::MAX), unit).text();
    let detail = format!("{label}合计{amount}");
    let Some(quota) = quota.filter(|quota| quota.per == QuotaPer::PostingYear) else {
        return (at_least(requirement.minimum, unit), amount, detail);
    };
    let asked = match quota.minimum {
        0 => at_least(0, unit),
        minimum => format!("每年不少于{minimum}{unit}"),
    };
    let years = requirement.years.as_deref().unwrap_or_default();
    (asked, amount, join(detail, by_year(ground, years, unit)))
}

fn points(ground: &Ground<'_>, requirement: &Requirement) -> (String, String, String) {
    let sheet = ground.scheme.points.as_ref();
    let points = ground.assessment.points.as_ref();
    let items = sheet.iter().flat_map(|sheet| &sheet.items);
    let given = points.iter().flat_map(|points| &points.items);
    let said: Vec<String> = items
        .zip(given)
        .map(|(item, given)| match given.points {
            Some(points) => format!("{}{points}/{}", item.title.zh, item.weight),
            None => format!("{}＿＿/{}", item.title.zh, item.weight),
        })
        .collect();
    let total = requirement.amount.unwrap_or(0);
    let grade = points.and_then(|points| points.grade.as_deref());
    let waiting = points.map_or(0, |points| points.waiting);
    let done = match (total, waiting, grade) {
        (0, 1.., _) => "待评分".to_owned(),
        (_, 1.., _) => format!("{total}分\n待评{waiting}分"),
        (_, 0, Some(grade)) => format!("{total}分\n{grade}"),
        (_, 0, None) => format!("{total}分"),
    };
    (at_least(requirement.minimum, "分"), done, said.join("、"))
}

/// What people call a requirement.
pub(crate) fn title(ground: &Ground<'_>, id: &str) -> String {
    let label = ground.scheme.requirement_title(id);
    label.map_or_else(|| id.to_owned(), |label| label.get(Language::Chinese).to_owned())
}

pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::Met => "达标",
        Status::NotMet => "未达标",
        Status::Reachable => "尚可\n达标",
        Status::Unreachable => "已无法\n达标",
        Status::NotAssessable => "不能\n评定",
        Status::Recorded => "只记录",
    }
}

fn duty_asked(ground: &Ground<'_>, requirement: &Requirement) -> String {
    let mut asked = at_least(requirement.minimum, "次");
    if let Some(gap) = requirement.minimum_gap_days.filter(|gap| *gap > 0) {
        asked = format!("{asked}，每次相隔不少于{gap}天");
    }
    let often = match required_cadence(ground, &requirement.id) {
        None => return asked,
        Some(CadenceWindow::Days(days)) => format!("每{days}天不少于1次"),
        Some(CadenceWindow::CalendarWeek) => "每周不少于1次".to_owned(),
        Some(CadenceWindow::PostingYears(1)) => "每年不少于1次".to_owned(),
        Some(CadenceWindow::PostingYears(years)) => format!("每{years}年不少于1次"),
        Some(CadenceWindow::PostingMonths(1) | CadenceWindow::CalendarMonths(1)) => {
            "每月不少于1次".to_owned()
        }
        Some(CadenceWindow::PostingMonths(months) | CadenceWindow::CalendarMonths(months)) => {
            format!("每{months}个月不少于1次")
        }
    };
    if requirement.minimum == 0 {
        return often;
    }
    format!("{asked}，{often}")
}

/// The windows of a duty whose cadence is judged; where it is only advised, the sheet does not ask for it.
fn required_cadence(ground: &Ground<'_>, id: &str) -> Option<CadenceWindow> {
    let duty = ground.scheme.duties.iter().find(|duty| duty.id == id)?;
    let cadence = duty
        .cadence
        .as_ref()
        .filter(|cadence| cadence.rule == CadenceRule::Required)?;
    Some(cadence.window)
}

/// 缺：3月2日至15日
fn missed_windows(ground: &Ground<'_>, requirement: &Requirement) -> Option<String> {
    required_cadence(ground, &requirement.id)?;
    let posting = &ground.records.posting;
    let mut dates = Dates::within(posting.start, posting.end);
    let missed = ground.assessment.findings.iter().filter(|finding| {
        finding.code == FindingCode::CadenceMissed && finding.requirement.as_ref() == Some(&requirement.id)
    });
    let said: Vec<String> = missed
        .filter_map(|finding| finding.from.zip(finding.to))
        .map(|(from, to)| span((from, Half::Morning), (to, Half::Afternoon), &mut dates))
        .collect();
    (!said.is_empty()).then(|| format!("缺{}次：{}", said.len(), said.join("、")))
}

/// 第1年2次；第2年1次（不足）; nothing for a posting of one year, where the sum says it. A year that still runs is not short.
fn by_year(ground: &Ground<'_>, years: &[YearFigure], unit: &str) -> Option<String> {
    if years.len() < 2 {
        return None;
    }
    let said = years.iter().enumerate().map(|(index, year)| {
        let short = if year.missing() > 0 && year.to < ground.assessment.as_of {
            "（不足）"
        } else {
            ""
        };
        format!("第{}年{}{unit}{short}", index + 1, year.amount)
    });
    Some(said.collect::<Vec<_>>().join("；"))
}

/// A line more, where there is one.
fn join(detail: String, line: Option<String>) -> String {
    match line {
        Some(line) => format!("{detail}\n{line}"),
        None => detail,
    }
}

fn duty_detail(ground: &Ground<'_>, requirement: &Requirement, counted: &[chrono::NaiveDate]) -> String {
    let posting = &ground.records.posting;
    let least = requirement.minimum_gap_days.filter(|gap| *gap > 0);
    let mut dates = Dates::within(posting.start, posting.end);
    // Where gaps matter, each later date is followed by the days since the one before.
    let gaps = requirement.gaps.as_deref().unwrap_or_default();
    let said: Vec<String> = counted
        .iter()
        .enumerate()
        .map(|(nth, date)| {
            let gap = nth.checked_sub(1).and_then(|before| gaps.get(before));
            let date = dates.next(*date);
            match (least, gap) {
                (Some(least), Some(gap)) if gap.days < i64::from(least) => {
                    format!("{date}（仅隔{}天）", gap.days)
                }
                (Some(_), Some(gap)) => format!("{date}（隔{}天）", gap.days),
                _ => date,
            }
        })
        .collect();
    let mut detail = if said.is_empty() {
        "无".to_owned()
    } else {
        said.join("、")
    };
    let years = requirement.years.as_deref().unwrap_or_default();
    detail = join(detail, by_year(ground, years, "次"));
    detail = join(detail, missed_windows(ground, requirement));
    let excluded = requirement.excluded.as_deref().unwrap_or_default();
    if !excluded.is_empty() {
        detail.push('\n');
        detail.push_str(&excluded_detail(ground, excluded));
    }
    detail
}

/// 不计入3次：2月3日、5日（当日请假）；3月2日（同日已计）
fn excluded_detail(ground: &Ground<'_>, excluded: &[Excluded]) -> String {
    let mut reasons: Vec<ExcludedReason> = Vec::new();
    for one in excluded {
        if !reasons.contains(&one.reason) {
            reasons.push(one.reason);
        }
    }
    // An activity may lie outside the posting, so its own dates say whether years are needed.
    let posting = &ground.records.posting;
    let start = excluded
        .iter()
        .map(|one| one.date)
        .fold(posting.start, chrono::NaiveDate::min);
    let end = excluded
        .iter()
        .map(|one| one.date)
        .fold(posting.end, chrono::NaiveDate::max);
    let said: Vec<String> = reasons
        .into_iter()
        .map(|reason| {
            let mut dates = Dates::within(start, end);
            let of_reason = excluded.iter().filter(|one| one.reason == reason);
            let said: Vec<String> = of_reason.map(|one| dates.next(one.date)).collect();
            format!("{}（{}）", said.join("、"), excluded_reason(reason))
        })
        .collect();
    format!("不计入{}次：{}", excluded.len(), said.join("；"))
}

pub(super) fn excluded_reason(reason: ExcludedReason) -> &'static str {
    match reason {
        ExcludedReason::MarkedNotCounted => "标明不计",
        ExcludedReason::OutsidePosting => "不在派驻期内",
        ExcludedReason::AfterAsOf => "在考核日之后",
        ExcludedReason::OnLeave => "当日请假",
        ExcludedReason::SameDay => "同日已计",
        ExcludedReason::ShortGap => "间隔不足",
        ExcludedReason::TooShort => "时长不足",
    }
}

fn attendance(ground: &Ground<'_>, requirement: &Requirement) -> (String, String, String) {
    let attendance = &ground.assessment.attendance;
    let (attended, scheduled) = (attendance.attended_half_days, attendance.scheduled_half_days);
    let percent = ground.scheme.attendance.minimum_percent;
    let asked = if ground.scheme.attendance.judged {
        format!("考勤率不低于{percent}%（{}个半天）", requirement.minimum)
    } else {
        at_least(0, "")
    };
    if ground.comes_for_the_day() {
        let detail = format!("挂点，按到岗记：{}", line_of(attended_parts(attendance)));
        return (asked, format!("{attended}个半天"), detail);
    }
    let done = format!("{attended}/{scheduled}\n{}", percent_shown(attended, scheduled));
    let detail = format!(
        "按半天计：{}\n{}",
        line_of(attended_parts(attendance)),
        line_of(missed_parts(ground))
    );
    (asked, done, detail)
}

/// 出勤118、公差1
fn line_of(items: Vec<(String, u32)>) -> String {
    let said: Vec<String> = items
        .into_iter()
        .map(|(name, count)| format!("{name}{count}"))
        .collect();
    said.join("、")
}

/// What was attended, in half-days; the parts sum up to `attended_half_days`.
pub(super) fn attended_parts(attendance: &Attendance) -> Vec<(String, u32)> {
    let (duty, rest) = (
        attendance.official_duty_half_days,
        attendance.compensatory_rest_half_days,
    );
    let present = attendance.attended_half_days.saturating_sub(duty + rest);
    let mut parts = vec![("出勤".to_owned(), present)];
    for (name, count) in [("公差", duty), ("补休", rest)] {
        if count > 0 {
            parts.push((name.to_owned(), count));
        }
    }
    parts
}

/// What was not attended, in half-days; with the attended the parts sum up to `scheduled_half_days`.
pub(super) fn missed_parts(ground: &Ground<'_>) -> Vec<(String, u32)> {
    let attendance = &ground.assessment.attendance;
    let mut kinds: BTreeMap<LeaveKind, u32> = BTreeMap::new();
    for leave in ground
        .assessment
        .leave_groups
        .iter()
        .flat_map(|group| &group.leaves)
    {
        *kinds.entry(leave.kind).or_default() += leave.half_days;
    }
    let mut parts: Vec<(String, u32)> = kinds
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| (kind.label(Language::Chinese).to_owned(), count))
        .collect();
    let no_work = excluded_half_days(attendance, HalfReason::NoWorkRecorded);
    let no_rest = excluded_half_days(attendance, HalfReason::NoRestDayWork);
    parts.extend([
        ("旷工".to_owned(), attendance.absent_half_days),
        ("未填".to_owned(), attendance.unrecorded_half_days),
    ]);
    let rare = [
        ("擅自调回", attendance.recalled_half_days),
        ("无工作记录不计", no_work),
        ("补休无可抵不计", no_rest),
        ("尚余", attendance.remaining_half_days),
    ];
    parts.extend(
        rare.into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(name, count)| (name.to_owned(), count)),
    );
    parts
}

fn excluded_half_days(attendance: &Attendance, reason: HalfReason) -> u32 {
    let count = attendance
        .excluded
        .iter()
        .filter(|half| half.reason == reason)
        .count();
    u32::try_from(count).unwrap_or(u32::MAX)
}
