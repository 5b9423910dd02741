//! Scheme + posting + calendar + date -> assessment.
//!
//! A pure function: a reviewer's machine gets the same verdict from the same records. Everything is counted in whole
//! half-days and whole days; no rounded figure is ever compared.

mod answer;
mod asked;
mod attendance;
mod cadence;
mod duty;
mod forecast;
mod ground;
mod half_day;
mod leave;
mod line;
mod money;
mod plan;
mod planned;
mod points;
mod selection;
mod words;
mod years;

pub use answer::{
    AllowanceMonth, AllowanceTaken, AppraisalForm, Assessment, Attendance, CalendarNote, Consequences,
    Excluded, ExcludedHalf, ExcludedReason, Finding, FindingCode, Gap, GroupedLeave, HalfReason, ItemPoints,
    LeaveGroup, OpenWindow, Phase, Points, Requirement, RequirementKind, SchemeName, Severity, Status,
    YearFigure,
};
pub use attendance::comes_for_the_day;
pub use forecast::{FirstAllowed, SinceLast, first_allowed};
pub use ground::workdays_of;
pub use half_day::{DayCounted, HalfCounted, half_days};
pub use line::{DateSpan, LineCell, LineGap, TimeLine, time_lines};
pub use plan::plan;
pub use planned::{DutyPlan, FixedDate, Plan, PlanState, PlannedDate, RefusedDate, WhyRefused};
pub use words::percent_shown;

use crate::calendar::{Calendar, CalendarError};
use crate::posting::Records;
use crate::scheme::Scheme;
use chrono::{Datelike, NaiveDate};
use ground::Ground;
use std::collections::BTreeMap;

/// Assesses a posting as of a date, by rules.
///
/// # Errors
/// [`CalendarError`] if the posting lies outside the years the calendar knows; checked records never do.
pub fn assess(
    scheme: &Scheme,
    records: &Records,
    calendar: &Calendar,
    as_of: NaiveDate,
) -> Result<Assessment, CalendarError> {
    Ok(verdict(&Ground::new(scheme, records, calendar, as_of)?))
}

/// The assessment as of a date if all activities that are dated ahead were done: what a trial asks. Statuses, forecasts and
/// attendance are those of `as_of`; nothing is taken to have been attended that is not recorded.
///
/// # Errors
/// As [`assess`].
pub fn assess_looking_ahead(
    scheme: &Scheme,
    records: &Records,
    calendar: &Calendar,
    as_of: NaiveDate,
) -> Result<Assessment, CalendarError> {
    Ok(verdict(
        &Ground::new(scheme, records, calendar, as_of)?.looking_ahead(),
    ))
}

fn verdict(ground: &Ground<'_>) -> Assessment {
    let scheme = ground.scheme;
    let mut findings = Vec::new();

    let (attendance, recalled_workdays) = attendance::count(ground, &mut findings);
    let mut requirements: Vec<Requirement> = scheme
        .duties
        .iter()
        .map(|duty| duty::judge(ground, duty, &mut findings))
        .collect();
    let tallies = tallies(ground);
    requirements.extend(
        scheme
            .quotas
            .iter()
            .map(|quota| asked::quota(ground, quota, &tallies, &mut findings)),
    );
    let minimum = scheme.period.minimum.as_ref();
    requirements.extend(minimum.map(|rule| asked::duration(ground, rule)));
    requirements.push(attendance::judge(ground, &attendance, &mut findings));
    let points = scheme.points.as_ref().map(|sheet| {
        let (points, requirement) = points::judge(ground, sheet, &requirements, &attendance, &tallies);
        requirements.insert(requirements.len() - 1, requirement);
        points
    });
    let allowances = scheme
        .allowances
        .iter()
        .map(|rule| asked::allowance(ground, rule, &mut findings))
        .collect();
    duty::unnamed_while_absent(ground, &mut findings);
    let leave_groups = leave::groups(ground, &mut findings);
    asked::documents(ground, &mut findings);
    let provisional_years = provisional(ground, &mut findings);

    let mut failed: Vec<String> = requirements
        .iter()
        .filter(|requirement| matches!(requirement.status, Status::NotMet | Status::Unreachable))
        .map(|requirement| requirement.id.clone())
        .collect();
    failed.sort();
    let consequences = money::consequences(ground, failed.len(), recalled_workdays);
    findings.sort_by(|a, b| {
        let place = |finding: &Finding| {
            let far = NaiveDate::MAX;
            (
                finding.from.unwrap_or(far),
                finding.to.unwrap_or(far),
                finding.code,
                finding.requirement.clone(),
            )
        };
        place(a).cmp(&place(b))
    });
    Assessment {
        scheme: SchemeName {
            id: scheme.id.clone(),
            version: scheme.version,
        },
        as_of: ground.as_of,
        phase: ground.phase,
        calendar: CalendarNote { provisional_years },
        attendance,
        requirements,
        failed,
        consequences,
        tallies,
        allowances,
        points,
        leave_groups,
        findings,
    }
}

/// The assessment if nothing more were done: the one on the day after the last, with the records as they are.
///
/// # Errors
/// As [`assess`].
pub fn assess_if_nothing_more(
    scheme: &Scheme,
    records: &Records,
    calendar: &Calendar,
    as_of: NaiveDate,
) -> Result<Assessment, CalendarError> {
    let after = records.posting.end.succ_opt().unwrap_or(NaiveDate::MAX);
    assess(scheme, records, calendar, as_of.max(after))
}

/// The date an assessment is made on when nobody says: today in China, at most the day after the posting.
pub fn default_as_of(records: &Records, china_today: NaiveDate) -> NaiveDate {
    china_today.min(records.posting.end.succ_opt().unwrap_or(NaiveDate::MAX))
}

fn provisional(ground: &Ground<'_>, findings: &mut Vec<Finding>) -> Vec<i32> {
    let years = ground.workdays.provisional_years();
    for &year in &years {
        let of_year = |date: &NaiveDate| date.year() == year;
        let mut dates = ground.workdays.days().map(|day| day.date).filter(of_year);
        let (from, to) = (dates.next(), dates.next_back());
        findings.push(Finding {
            code: FindingCode::ProvisionalCalendar,
            severity: Severity::Info,
            requirement: None,
            from,
            to: to.or(from),
            message: format!("{year}年的放假安排还没有公布，暂按周末和法定节假日计算。"),
        });
    }
    years
}

fn tallies(ground: &Ground<'_>) -> BTreeMap<String, u64> {
    let mut sums = BTreeMap::new();
    let entries = ground.records.days.iter().map(|day| (day.date, &day.tallies));
    let activities = ground
        .records
        .activities
        .iter()
        .map(|activity| (activity.date, &activity.tallies));
    for (date, tallies) in entries.chain(activities) {
        if ground.within(date) && date <= ground.as_of {
            for (key, &count) in tallies {
                if count > 0 {
                    *sums.entry(key.clone()).or_insert(0) += u64::from(count);
                }
            }
        }
    }
    sums
}
