//! What is asked besides counted activities and attendance, and what may be had.

use chrono::{Days, NaiveDate};
use serde_json::{Map, Value, json};

use super::findings::Finding;
use super::records::Posting;
use super::scheme::{Allowance, Duration, Item, Quota, Scheme, Sheet, Source};
use super::windows::{months_after, years};

fn requirement(
    id: &str,
    kind: &str,
    status: &str,
    minimum: i64,
    amount: i64,
    last_safe: Option<NaiveDate>,
) -> Value {
    json!({
        "id": id,
        "kind": kind,
        "status": status,
        "minimum": minimum,
        "amount": amount,
        "counted": null,
        "excluded": null,
        "gaps": null,
        "still_needed": (minimum - amount).max(0),
        "next_allowed_date": null,
        "last_safe_date": last_safe.filter(|_| status == "reachable"),
        "open_window": null,
        "years": null,
        "absence_left_half_days": null,
    })
}

fn sum_of(tallies: &Map<String, Value>, key: &str) -> i64 {
    tallies.get(key).and_then(Value::as_i64).unwrap_or(0)
}

pub(super) fn quota(rule: &Quota, posting: &Posting, tallies: &Map<String, Value>, ended: bool) -> Value {
    let amount = sum_of(tallies, &rule.tally);
    let status = if !rule.judged.of(posting.station.as_deref()) {
        "recorded"
    } else if amount >= rule.minimum {
        "met"
    } else if ended {
        "not_met"
    } else {
        "reachable"
    };
    requirement(&rule.id, "tally", status, rule.minimum, amount, Some(posting.end))
}

/// A statistic that is asked in each year of the posting: the first, and each other that lies wholly in it.
pub(super) fn yearly_quota(
    rule: &Quota,
    posting: &Posting,
    as_of: NaiveDate,
    found: &mut Vec<Finding>,
) -> Value {
    let mut figures = Vec::new();
    let (mut amount, mut minimum, mut missing) = (0, 0, 0);
    let mut last_safe = None;
    let mut lost = false;
    let all = years(posting, 1);
    for (place, (from, to)) in all.iter().enumerate() {
        let mut of_year = 0;
        for date in from.iter_days().take_while(|date| date <= to && *date <= as_of) {
            let of_days = posting.days.iter().map(|day| (day.date, &day.tallies));
            let of_activities = posting.activities.iter();
            let of_activities = of_activities.map(|activity| (activity.date, &activity.tallies));
            for (on, tallies) in of_days.chain(of_activities) {
                for (key, count) in tallies {
                    if on == date && *key == rule.tally {
                        of_year += count;
                    }
                }
            }
        }
        let twelve = u32::try_from(place + 1).expect("few years") * 12;
        let whole = months_after(posting.start, twelve) - Days::new(1) <= posting.end;
        let asked = place == 0 || whole;
        figures.push(
            json!({"from": from, "to": to, "amount": of_year, "minimum": rule.minimum, "asked": asked}),
        );
        amount += of_year;
        if !asked {
            continue;
        }
        minimum += rule.minimum;
        if of_year < rule.minimum {
            missing += rule.minimum - of_year;
            last_safe = last_safe.or(Some(*to));
            if *to < as_of {
                lost = true;
                if all.len() > 1 {
                    found.push(Finding::new("year_short", Some(rule.id.clone()), *from, *to));
                }
            }
        }
    }
    let status = if !rule.judged.of(posting.station.as_deref()) {
        "recorded"
    } else if missing == 0 {
        "met"
    } else if as_of > posting.end {
        "not_met"
    } else if lost {
        "unreachable"
    } else {
        "reachable"
    };
    let mut answer = requirement(&rule.id, "tally", status, minimum, amount, last_safe);
    answer["still_needed"] = json!(missing);
    answer["years"] = json!(figures);
    answer
}

pub(super) fn duration(rule: &Duration, posting: &Posting, as_of: NaiveDate) -> Value {
    // Whole months served when a day is over.
    let whole = |last: NaiveDate| {
        let mut months = 0;
        while months_after(posting.start, months + 1) <= last + Days::new(1) {
            months += 1;
        }
        i64::from(months)
    };
    let long_enough = whole(posting.end) >= i64::from(rule.months);
    let ended = as_of > posting.end;
    let status = match (rule.judged.of(None), long_enough, ended) {
        (false, _, _) => "recorded",
        (true, true, true) => "met",
        (true, true, false) => "reachable",
        (true, false, true) => "not_met",
        (true, false, false) => "unreachable",
    };
    let served = whole(as_of.min(posting.end));
    requirement(&rule.id, "duration", status, i64::from(rule.months), served, None)
}

/// What was taken of an allowance in each month of the posting that has begun.
pub(super) fn allowance(
    rule: &Allowance,
    posting: &Posting,
    as_of: NaiveDate,
    found: &mut Vec<Finding>,
) -> Value {
    let mut months = Vec::new();
    for month in 0.. {
        let from = months_after(posting.start, month);
        let to = (months_after(posting.start, month + 1) - Days::new(1)).min(posting.end);
        if from > posting.end || from > as_of {
            break;
        }
        let mut taken = 0;
        for leave in &posting.leaves {
            if leave.kind == rule.leave && from <= leave.from.date && leave.from.date <= to {
                taken += 1;
            }
        }
        if taken > rule.times {
            found.push(Finding::new("allowance_exceeded", None, from, to));
        }
        months.push(json!({"from": from, "to": to, "taken": taken}));
    }
    json!({"id": rule.id, "months": months, "per_posting_month": rule.times})
}

fn handed_in(kind: &str, posting: &Posting, as_of: NaiveDate) -> bool {
    posting
        .documents
        .iter()
        .any(|document| document.kind == kind && document.submitted_on.is_some_and(|on| on <= as_of))
}

/// Papers that are asked and were not handed in by the day they are due, or by the posting's end.
pub(super) fn documents(scheme: &Scheme, posting: &Posting, as_of: NaiveDate, found: &mut Vec<Finding>) {
    for rule in &scheme.documents {
        let due = rule
            .due_days_after_start
            .and_then(|days| posting.start.checked_add_days(Days::new(days)))
            .filter(|due| posting.has(*due));
        let late = as_of > posting.end || due.is_some_and(|due| as_of > due);
        let asked = match &rule.only_with {
            None => true,
            Some(kind) => posting
                .activities
                .iter()
                .any(|activity| activity.kind == *kind && posting.has(activity.date)),
        };
        if late && asked && !handed_in(&rule.kind, posting, as_of) {
            found.push(match due {
                Some(due) => Finding::new("document_missing", None, due, due),
                None => Finding::undated("document_missing", None),
            });
        }
    }
}

/// The sheet of points, and the requirement that it is.
pub(super) fn points(
    sheet: &Sheet,
    posting: &Posting,
    requirements: &[Value],
    kept: &dyn Fn(&str) -> Option<(i64, i64)>,
    attended: i64,
    tallies: &Map<String, Value>,
    as_of: NaiveDate,
) -> (Value, Value) {
    let given = |item: &Item| -> Option<i64> {
        let (reached, full, met) = match &item.from {
            Source::Office => return None,
            Source::Document(kind) => (i64::from(handed_in(kind, posting, as_of)), 1, true),
            Source::Tally(key, full) => (sum_of(tallies, key), *full, true),
            Source::Requirement(id) => {
                let of = requirements
                    .iter()
                    .find(|one| one["id"] == **id)
                    .expect("a requirement");
                let reached = if of["kind"] == "attendance" {
                    attended
                } else if of["kind"] == "tally" && of["years"].is_array() {
                    // More than is asked in one year makes good for no other.
                    let years = of["years"].as_array().expect("years");
                    let of_year = |year: &Value| {
                        let most = if year["asked"] == true {
                            year["minimum"].as_i64()
                        } else {
                            None
                        };
                        year["amount"].as_i64().expect("a sum").min(most.unwrap_or(0))
                    };
                    years.iter().map(of_year).sum()
                } else if let Some(counted) = of["counted"].as_array() {
                    i64::try_from(counted.len()).expect("few")
                } else {
                    of["amount"].as_i64().expect("an amount")
                };
                if of["status"] == "not_assessable" {
                    return Some(0);
                }
                let met = of["status"] == "met" || of["status"] == "recorded";
                match kept(id) {
                    Some((kept, windows)) => (kept, windows, met),
                    None => (reached, of["minimum"].as_i64().expect("a minimum"), met),
                }
            }
        };
        Some(match (item.partial, reached >= full) {
            (true, true) => item.weight,
            (true, false) => item.weight * reached / full,
            (false, enough) if enough && met => item.weight,
            (false, _) => 0,
        })
    };
    let mut items = Vec::new();
    let (mut total, mut waiting) = (0, 0);
    for item in &sheet.items {
        let points = given(item);
        match points {
            Some(points) => total += points,
            None => waiting += item.weight,
        }
        items.push(json!({"id": item.id, "weight": item.weight, "points": points}));
    }
    let ended = as_of > posting.end;
    let status = if !sheet.judged.of(None) {
        "recorded"
    } else if total >= sheet.pass_mark {
        "met"
    } else if !ended {
        "reachable"
    } else if total + waiting >= sheet.pass_mark {
        // The office says it, not the program.
        "recorded"
    } else {
        "not_met"
    };
    let grade = sheet
        .grades
        .iter()
        .find(|(from, _)| waiting == 0 && total >= *from);
    let points = json!({
        "items": items,
        "total": total,
        "waiting": waiting,
        "pass_mark": sheet.pass_mark,
        "grade": grade.map(|(_, title)| title),
    });
    let end = Some(posting.end);
    (
        points,
        requirement(&sheet.id, "points", status, sheet.pass_mark, total, end),
    )
}
