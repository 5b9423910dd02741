//! Findings: what the office should look at, beside the verdict.

use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use super::duties::{Verdict, broken_gaps};
use super::leaves;
use super::records::{HalfDay, Posting};
use super::scheme::{Duty, Scheme};

pub(super) struct Finding {
    code: &'static str,
    requirement: Option<String>,
    between: Option<(NaiveDate, NaiveDate)>,
}

impl Finding {
    pub(super) fn new(
        code: &'static str,
        requirement: Option<String>,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Self {
        Self {
            code,
            requirement,
            between: Some((from, to)),
        }
    }

    pub(super) fn undated(code: &'static str, requirement: Option<String>) -> Self {
        Self {
            code,
            requirement,
            between: None,
        }
    }

    fn to_json(&self) -> Value {
        json!({
            "code": self.code,
            "requirement": self.requirement,
            "from": self.between.map(|(from, _)| from),
            "to": self.between.map(|(_, to)| to),
        })
    }
}

/// Every finding of these and of what else there is, by date, then code, then requirement; those without a date come last.
pub(super) fn all(
    mut found: Vec<Finding>,
    posting: &Posting,
    scheme: &Scheme,
    workday: &dyn Fn(NaiveDate) -> bool,
    as_of: NaiveDate,
    verdicts: &[Verdict],
    provisional_years: &[i32],
) -> Vec<Value> {
    found.extend(leaves::findings(posting, scheme, workday));
    for (duty, verdict) in scheme.duties.iter().zip(verdicts) {
        let of_duty = |code, from, to| Finding::new(code, Some(duty.id.clone()), from, to);
        for (from, to) in &verdict.missed {
            found.push(of_duty("cadence_missed", *from, *to));
        }
        if duty.short_gap_fails {
            for (from, to, _) in broken_gaps(duty, &verdict.counted) {
                found.push(of_duty("short_gap", from, to));
            }
        }
    }
    for date in posting.dates().into_iter().filter(|date| *date <= as_of) {
        found.extend(of_date(posting, scheme, verdicts, date, as_of));
    }
    for year in provisional_years {
        let dates: Vec<_> = posting
            .dates()
            .into_iter()
            .filter(|date| date.year() == *year)
            .collect();
        found.push(Finding::new(
            "provisional_calendar",
            None,
            dates[0],
            dates[dates.len() - 1],
        ));
    }
    found.sort_by_key(|one| {
        (
            one.between.is_none(),
            one.between,
            one.code,
            one.requirement.clone(),
        )
    });
    found.iter().map(Finding::to_json).collect()
}

/// What is odd about one date: presence under leave, activities on a day of absence.
fn of_date(
    posting: &Posting,
    scheme: &Scheme,
    verdicts: &[Verdict],
    date: NaiveDate,
    as_of: NaiveDate,
) -> Vec<Finding> {
    let mut found = Vec::new();
    let halves = [false, true].map(|afternoon| HalfDay { date, afternoon });
    if halves
        .iter()
        .any(|half| posting.on_leave(*half) && posting.recorded(*half, as_of) == Some("present"))
    {
        found.push(Finding::new(
            "present_during_leave",
            Some(scheme.attendance.id.clone()),
            date,
            date,
        ));
    }
    let away = halves.iter().any(|half| {
        let recorded = posting.recorded(*half, as_of);
        !posting.on_leave(*half) && (recorded == Some("absent") || recorded == Some("recalled"))
    });
    if away {
        for (duty, verdict) in scheme.duties.iter().zip(verdicts) {
            if verdict.counted.contains(&date) {
                found.push(Finding::new(
                    "activity_while_absent",
                    Some(duty.id.clone()),
                    date,
                    date,
                ));
            }
        }
        let named = |duty: &Duty, kind: &str| duty.kinds.iter().any(|one| one == kind);
        let unnamed = posting.activities.iter().any(|activity| {
            activity.date == date && !scheme.duties.iter().any(|duty| named(duty, &activity.kind))
        });
        if unnamed {
            found.push(Finding::new("activity_while_absent", None, date, date));
        }
    }
    found
}
