//! A second implementation of the assessment, as plain as can be, that the property tests hold the real one
//! against.
//!
//! It was written from the rules alone. It walks date by date and half-day by half-day over plain vectors, finds
//! dates by trying every one of them, and knows nothing of the core's types: records come in as the JSON document
//! and the answer goes out as the JSON that `assess --json` promises. Speed and elegance are no aims here; being
//! obviously right is.

mod asked;
mod attendance;
mod choices;
mod consequences;
mod duties;
mod findings;
mod leaves;
mod records;
mod scheme;
mod windows;

use chrono::{Datelike, NaiveDate};
use serde_json::{Map, Value, json};

pub(crate) use choices::tried;

use findings::Finding;
use records::Posting;
use scheme::Scheme;

/// What the naive assessment asks of a calendar, overrides not yet applied.
pub(crate) struct PlainCalendar<'a> {
    pub(crate) workday: &'a dyn Fn(NaiveDate) -> bool,
    pub(crate) published: &'a dyn Fn(i32) -> bool,
}

/// The answer of `assess --json` to the records in `document` under the scheme in `scheme`, without messages, severities and
/// explanations.
pub(crate) fn assess(
    document: &Value,
    scheme: &Value,
    calendar: &PlainCalendar<'_>,
    as_of: NaiveDate,
) -> Value {
    let scheme = Scheme::read(scheme);
    let posting = Posting::read(document);
    let workday = |date: NaiveDate| match posting.overrides.iter().find(|one| one.date == date) {
        Some(one) => one.workday,
        None => (calendar.workday)(date),
    };
    let phase = if as_of < posting.start {
        "before"
    } else if as_of > posting.end {
        "ended"
    } else {
        "in_progress"
    };

    let ended = phase == "ended";
    let attendance = attendance::judge(&posting, &scheme.attendance, &workday, as_of);
    let verdicts: Vec<_> = scheme
        .duties
        .iter()
        .map(|duty| duties::judge(duty, &posting, &workday, as_of))
        .collect();
    let tallies = tallies(&posting, as_of);

    let mut found: Vec<Finding> = Vec::new();
    let mut requirements: Vec<Value> = Vec::new();
    for (duty, verdict) in scheme.duties.iter().zip(&verdicts) {
        requirements.push(verdict.to_json(duty));
    }
    for quota in &scheme.quotas {
        requirements.push(if quota.yearly {
            asked::yearly_quota(quota, &posting, as_of, &mut found)
        } else {
            asked::quota(quota, &posting, &tallies, ended)
        });
    }
    if let Some(rule) = &scheme.minimum {
        requirements.push(asked::duration(rule, &posting, as_of));
    }
    requirements.push(attendance.requirement_json(&scheme.attendance.id));
    let mut points = Value::Null;
    if let Some(sheet) = &scheme.sheet {
        let attended = i64::try_from(attendance.attended()).expect("few half-days");
        let kept = |id: &str| {
            let mut of = scheme.duties.iter().zip(&verdicts);
            of.find(|(duty, _)| duty.id == id)
                .and_then(|(_, verdict)| verdict.kept)
        };
        let (sum, requirement) =
            asked::points(sheet, &posting, &requirements, &kept, attended, &tallies, as_of);
        points = sum;
        requirements.insert(requirements.len() - 1, requirement);
    }
    let mut failed: Vec<String> = requirements
        .iter()
        .filter(|one| one["status"] == "not_met" || one["status"] == "unreachable")
        .map(|one| one["id"].as_str().expect("an id is text").to_owned())
        .collect();
    failed.sort();

    let mut provisional_years: Vec<i32> = Vec::new();
    for date in posting.dates() {
        let loaded = posting
            .overrides
            .iter()
            .any(|one| one.arranges == Some(date.year()));
        if !(calendar.published)(date.year()) && !loaded && !provisional_years.contains(&date.year()) {
            provisional_years.push(date.year());
        }
    }

    let allowances: Vec<Value> = scheme
        .allowances
        .iter()
        .map(|rule| asked::allowance(rule, &posting, as_of, &mut found))
        .collect();
    asked::documents(&scheme, &posting, as_of, &mut found);
    if attendance.status == "not_assessable" {
        found.push(Finding::undated(
            "not_assessable",
            Some(scheme.attendance.id.clone()),
        ));
    }
    let findings = findings::all(
        found,
        &posting,
        &scheme,
        &workday,
        as_of,
        &verdicts,
        &provisional_years,
    );
    json!({
        "as_of": as_of,
        "phase": phase,
        "calendar": {"provisional_years": provisional_years},
        "attendance": attendance.figures_json(),
        "requirements": requirements,
        "failed": failed,
        "consequences": consequences::of(&scheme, failed.len(), phase, attendance.recalled_workdays),
        "tallies": tallies,
        "allowances": allowances,
        "points": points,
        "findings": findings,
    })
}

/// Sums over the day entries and activities of the posting up to `as_of`, zero sums left out.
fn tallies(posting: &Posting, as_of: NaiveDate) -> Map<String, Value> {
    let mut sums = Map::new();
    let of_days = posting.days.iter().map(|day| (day.date, &day.tallies));
    let of_activities = posting
        .activities
        .iter()
        .map(|activity| (activity.date, &activity.tallies));
    for (date, tallies) in of_days.chain(of_activities) {
        if !posting.has(date) || date > as_of {
            continue;
        }
        for (key, count) in tallies {
            let before = sums.get(key).and_then(Value::as_i64).unwrap_or(0);
            sums.insert(key.clone(), json!(before + count));
        }
    }
    sums.retain(|_, sum| *sum != json!(0));
    sums
}
