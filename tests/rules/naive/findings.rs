//! Findings: what the office should look at, beside the verdict.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde_json::{Value, json};

use super::duties::{Judged, broken_gaps};
use super::leaves;
use super::params::{Cadence, Duty, Params, ShortGap};
use super::records::{HalfDay, Posting};

pub(super) struct Finding {
    code: &'static str,
    requirement: Option<&'static str>,
    between: Option<(NaiveDate, NaiveDate)>,
}

impl Finding {
    pub(super) fn new(
        code: &'static str,
        requirement: Option<&'static str>,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Self {
        Self {
            code,
            requirement,
            between: Some((from, to)),
        }
    }

    fn undated(code: &'static str, requirement: Option<&'static str>) -> Self {
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

/// Every finding, by date, then code, then requirement; those without a date come last.
pub(super) fn all(
    posting: &Posting,
    params: &Params,
    workday: &dyn Fn(NaiveDate) -> bool,
    as_of: NaiveDate,
    judged: &[Judged],
    attendance_status: &str,
    provisional_years: &[i32],
) -> Vec<Value> {
    let mut found = leaves::findings(posting, params, workday);
    for (duty, verdict) in params.duties.iter().zip(judged) {
        for (from, to) in windows(duty.cadence, posting, workday) {
            let done = verdict.counted.iter().any(|date| from <= *date && *date <= to);
            if to < as_of && !done {
                found.push(Finding::new("cadence_missed", Some(duty.id), from, to));
            }
        }
        if duty.short_gap == ShortGap::Fail {
            for (from, to, _) in broken_gaps(duty, &verdict.counted) {
                found.push(Finding::new("short_gap", Some(duty.id), from, to));
            }
        }
    }
    for date in posting.dates().into_iter().filter(|date| *date <= as_of) {
        found.extend(of_date(posting, params, judged, date, as_of));
    }
    if as_of > posting.end {
        for kind in &params.documents {
            let handed_in = posting.documents.iter().any(|document| {
                document.kind == *kind && document.submitted_on.is_some_and(|on| on <= as_of)
            });
            if !handed_in {
                found.push(Finding::undated("document_missing", None));
            }
        }
    }
    if attendance_status == "not_assessable" {
        found.push(Finding::undated("not_assessable", Some("attendance")));
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
    found.sort_by_key(|one| (one.between.is_none(), one.between, one.code, one.requirement));
    found.iter().map(Finding::to_json).collect()
}

/// What is odd about one date: presence under leave, activities on a day of absence.
fn of_date(
    posting: &Posting,
    params: &Params,
    judged: &[Judged],
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
            Some("attendance"),
            date,
            date,
        ));
    }
    let away = halves.iter().any(|half| {
        let recorded = posting.recorded(*half, as_of);
        !posting.on_leave(*half) && (recorded == Some("absent") || recorded == Some("recalled"))
    });
    if away {
        for (duty, verdict) in params.duties.iter().zip(judged) {
            if verdict.counted.contains(&date) {
                found.push(Finding::new("activity_while_absent", Some(duty.id), date, date));
            }
        }
        let named = |duty: &Duty, kind: &str| duty.kinds.contains(&kind);
        let unnamed = posting.activities.iter().any(|activity| {
            activity.date == date && !params.duties.iter().any(|duty| named(duty, &activity.kind))
        });
        if unnamed {
            found.push(Finding::new("activity_while_absent", None, date, date));
        }
    }
    found
}

/// The windows that lie wholly in the posting; weeks without a workday are skipped.
fn windows(
    cadence: Cadence,
    posting: &Posting,
    workday: &dyn Fn(NaiveDate) -> bool,
) -> Vec<(NaiveDate, NaiveDate)> {
    let mut windows = Vec::new();
    match cadence {
        Cadence::Days(length) => {
            let mut from = posting.start;
            while posting.has(from + Days::new(length - 1)) {
                windows.push((from, from + Days::new(length - 1)));
                from = from + Days::new(length);
            }
        }
        Cadence::Weeks => {
            for monday in posting
                .dates()
                .into_iter()
                .filter(|date| date.weekday() == Weekday::Mon)
            {
                let sunday = monday + Days::new(6);
                let works = monday.iter_days().take(7).any(workday);
                if posting.has(sunday) && works {
                    windows.push((monday, sunday));
                }
            }
        }
    }
    windows
}
