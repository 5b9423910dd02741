//! What is asked by the year of the posting: a number of a statistic in each, or one of a duty.

use super::answer::{
    Finding, FindingCode, Phase, Requirement, RequirementKind, Severity, Status, YearFigure,
};
use super::asked::bare;
use super::cadence;
use super::ground::Ground;
use crate::scheme::{CadenceWindow, Duty, DutyOf, Quota};
use chrono::NaiveDate;

/// The verdict on a statistic that is asked each year. What a year lacks can be made good until its last day.
pub(super) fn quota(ground: &Ground<'_>, quota: &Quota, findings: &mut Vec<Finding>) -> Requirement {
    let years: Vec<YearFigure> = spans(ground, 1)
        .into_iter()
        .enumerate()
        .map(|(index, span)| YearFigure {
            from: span.from,
            to: span.to,
            amount: sum(ground, &quota.tally, span.from, span.to),
            minimum: quota.minimum,
            // Else a posting that is a day short of a year would ask for nothing at all.
            asked: span.whole || index == 0,
        })
        .collect();
    let amount = years.iter().map(|year| year.amount).sum();
    let asked = years.iter().filter(|year| year.asked).count();
    let still_needed = years
        .iter()
        .fold(0, |sum: u32, year| sum.saturating_add(year.missing()));
    let judged = quota.judged && quota.duty_of == DutyOf::Person;
    let mut short = years.iter().filter(|year| year.missing() > 0);
    let lost = short.clone().any(|year| year.to < ground.as_of);
    let status = match ground.phase {
        _ if !judged => Status::Recorded,
        _ if still_needed == 0 => Status::Met,
        Phase::Ended => Status::NotMet,
        _ if lost => Status::Unreachable,
        _ => Status::Reachable,
    };
    if years.len() > 1 {
        let over = |year: &&YearFigure| year.to < ground.as_of;
        findings.extend(
            short
                .clone()
                .filter(over)
                .map(|year| finding(quota, year, judged)),
        );
    }
    Requirement {
        minimum: quota
            .minimum
            .saturating_mul(u32::try_from(asked).unwrap_or(u32::MAX)),
        amount: Some(amount),
        still_needed: Some(still_needed),
        last_safe_date: short
            .next()
            .map(|year| year.to)
            .filter(|_| status == Status::Reachable),
        arithmetic: arithmetic(&years),
        years: Some(years),
        ..bare(&quota.id, RequirementKind::Tally, status, &quota.clause)
    }
}

/// What was counted of a duty in each of its years, where the year is its cadence.
pub(super) fn of_duty(ground: &Ground<'_>, duty: &Duty, counted: &[NaiveDate]) -> Option<Vec<YearFigure>> {
    let CadenceWindow::PostingYears(length) = duty.cadence.as_ref()?.window else {
        return None;
    };
    let wanted = cadence::windows(ground, duty);
    let years = spans(ground, length).into_iter().map(|span| YearFigure {
        from: span.from,
        to: span.to,
        amount: counted
            .iter()
            .filter(|date| (span.from..=span.to).contains(date))
            .count() as u64,
        minimum: 1,
        asked: wanted
            .iter()
            .any(|window| window.from == span.from && window.to == span.to),
    });
    Some(years.collect())
}

/// What was reached of what all years ask: more than is asked in one makes good for no other.
pub(super) fn reached(years: &[YearFigure]) -> u64 {
    let asked = years.iter().filter(|year| year.asked);
    asked.map(|year| year.amount.min(u64::from(year.minimum))).sum()
}

struct Span {
    from: NaiveDate,
    to: NaiveDate,
    whole: bool,
}

/// The posting, cut after every so many years.
fn spans(ground: &Ground<'_>, length: u32) -> Vec<Span> {
    let end = ground.end();
    (0..)
        .map_while(|index| cadence::nth(ground.start(), CadenceWindow::PostingYears(length), index))
        .take_while(|window| window.from <= end)
        .map(|window| Span {
            from: window.from,
            to: window.to.min(end),
            whole: window.to <= end,
        })
        .collect()
}

/// A statistic over the days and activities between two dates, up to `as_of`.
fn sum(ground: &Ground<'_>, key: &str, from: NaiveDate, to: NaiveDate) -> u64 {
    let until = to.min(ground.as_of);
    let days = ground.records.days.iter().map(|day| (day.date, &day.tallies));
    let activities = ground.records.activities.iter();
    let activities = activities.map(|activity| (activity.date, &activity.tallies));
    days.chain(activities)
        .filter(|(date, _)| from <= *date && *date <= until)
        .filter_map(|(_, tallies)| tallies.get(key))
        .map(|count| u64::from(*count))
        .sum()
}

/// 第1年 2 ≥ 2；第2年 1 ＜ 2; as a plain sum where the posting has one year.
fn arithmetic(years: &[YearFigure]) -> String {
    let said = |year: &YearFigure| {
        let (amount, minimum) = (year.amount, u64::from(year.minimum));
        if minimum == 0 || !year.asked {
            return amount.to_string();
        }
        let sign = if amount >= minimum { "≥" } else { "＜" };
        format!("{amount} {sign} {minimum}")
    };
    if let [year] = years {
        return said(year);
    }
    let each = years.iter().enumerate().map(|(index, year)| {
        let short = if year.asked { "" } else { "（不满一年）" };
        format!("第{}年{short} {}", index + 1, said(year))
    });
    each.collect::<Vec<_>>().join("；")
}

fn finding(quota: &Quota, year: &YearFigure, judged: bool) -> Finding {
    let (effect, severity) = if judged {
        ("这一项因此不达标", Severity::Error)
    } else {
        ("只记录，不评定", Severity::Info)
    };
    Finding {
        code: FindingCode::YearShort,
        severity,
        requirement: Some(quota.id.clone()),
        from: Some(year.from),
        to: Some(year.to),
        message: format!(
            "{}—{} {} {}，应不少于 {}，{effect}。",
            year.from, year.to, quota.title.zh, year.amount, year.minimum
        ),
    }
}
