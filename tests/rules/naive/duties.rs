//! Counted duties: which activities count, and until when the missing ones can still be done.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::params::{Duty, ShortGap};
use super::records::Posting;

pub(super) struct Judged {
    pub(super) status: &'static str,
    pub(super) counted: Vec<NaiveDate>,
    pub(super) excluded: Vec<(NaiveDate, &'static str)>,
    pub(super) still_needed: usize,
    pub(super) next_allowed_date: Option<NaiveDate>,
    pub(super) last_safe_date: Option<NaiveDate>,
}

/// Judges one duty.
pub(super) fn judge(duty: &Duty, posting: &Posting, as_of: NaiveDate) -> Judged {
    let mut candidates: Vec<_> = posting
        .activities
        .iter()
        .filter(|activity| duty.kinds.contains(&activity.kind.as_str()))
        .collect();
    // A stable sort: of several on one day the first in the file stays the first.
    candidates.sort_by_key(|activity| activity.date);

    let mut counted: Vec<NaiveDate> = Vec::new();
    let mut excluded = Vec::new();
    for activity in candidates {
        let date = activity.date;
        let same_day = counted.iter().filter(|other| **other == date).count();
        let too_close = counted
            .iter()
            .any(|other| (date - *other).num_days() < duty.gap_days);
        if !activity.counts {
            excluded.push((date, "marked_not_counted"));
        } else if !posting.has(date) {
            excluded.push((date, "outside_posting"));
        } else if date > as_of {
            excluded.push((date, "after_as_of"));
        } else if posting.wholly_on_leave(date) {
            excluded.push((date, "on_leave"));
        } else if duty.max_per_day.is_some_and(|most| same_day >= most) {
            excluded.push((date, "same_day"));
        } else if duty.short_gap == ShortGap::NotCounted && too_close {
            excluded.push((date, "short_gap"));
        } else {
            counted.push(date);
        }
    }

    let still_needed = duty.minimum.saturating_sub(counted.len());
    let broken = duty.short_gap == ShortGap::Fail && !broken_gaps(duty, &counted).is_empty();
    let ended = as_of > posting.end;
    let latest = latest_next(duty, posting, &counted, still_needed, as_of);
    let status = if still_needed == 0 && !broken {
        "met"
    } else if ended {
        "not_met"
    } else if latest.is_some() && !broken {
        "reachable"
    } else {
        "unreachable"
    };
    let open = !ended && status != "unreachable";
    Judged {
        status,
        still_needed,
        next_allowed_date: if open {
            first_next(duty, posting, &counted, as_of)
        } else {
            None
        },
        last_safe_date: if status == "reachable" { latest } else { None },
        counted,
        excluded,
    }
}

/// The gaps between consecutive counted ones, as (from, to, days).
pub(super) fn gaps(counted: &[NaiveDate]) -> Vec<(NaiveDate, NaiveDate, i64)> {
    counted
        .windows(2)
        .map(|pair| (pair[0], pair[1], (pair[1] - pair[0]).num_days()))
        .collect()
}

/// Those gaps that are too short.
pub(super) fn broken_gaps(duty: &Duty, counted: &[NaiveDate]) -> Vec<(NaiveDate, NaiveDate, i64)> {
    gaps(counted)
        .into_iter()
        .filter(|(_, _, days)| *days < duty.gap_days)
        .collect()
}

/// The dates of the posting that still lie ahead, today included.
fn ahead(posting: &Posting, as_of: NaiveDate) -> Vec<NaiveDate> {
    posting
        .dates()
        .into_iter()
        .filter(|date| *date >= as_of)
        .collect()
}

/// Whether one more could be done on `date`, next to those in `done`.
fn possible(duty: &Duty, posting: &Posting, done: &[NaiveDate], date: NaiveDate) -> bool {
    let same_day = done.iter().filter(|other| **other == date).count();
    done.iter()
        .all(|other| (date - *other).num_days().abs() >= duty.gap_days)
        && duty.max_per_day.is_none_or(|most| same_day < most)
        && !posting.wholly_on_leave(date)
}

fn first_next(duty: &Duty, posting: &Posting, counted: &[NaiveDate], as_of: NaiveDate) -> Option<NaiveDate> {
    ahead(posting, as_of)
        .into_iter()
        .find(|date| possible(duty, posting, counted, *date))
}

/// The latest date for the next one, found by trying each date from the last one backwards.
fn latest_next(
    duty: &Duty,
    posting: &Posting,
    counted: &[NaiveDate],
    still_needed: usize,
    as_of: NaiveDate,
) -> Option<NaiveDate> {
    if still_needed == 0 {
        return None;
    }
    let dates = ahead(posting, as_of);
    let mut done = counted.to_vec();
    dates.iter().copied().rev().find(|date| {
        if !possible(duty, posting, &done, *date) {
            return false;
        }
        done.push(*date);
        let fits = fits(duty, posting, &dates, &mut done, still_needed - 1);
        done.pop();
        fits
    })
}

/// Whether so many more fit on or after the last one done: every choice of dates is tried.
fn fits(duty: &Duty, posting: &Posting, dates: &[NaiveDate], done: &mut Vec<NaiveDate>, more: usize) -> bool {
    if more == 0 {
        return true;
    }
    let last = *done.last().expect("one has been placed");
    for date in dates.iter().copied().filter(|date| *date >= last) {
        if possible(duty, posting, done, date) {
            done.push(date);
            let rest_fits = fits(duty, posting, dates, done, more - 1);
            done.pop();
            if rest_fits {
                return true;
            }
        }
    }
    false
}

impl Judged {
    pub(super) fn to_json(&self, id: &str) -> Value {
        let excluded: Vec<Value> = self
            .excluded
            .iter()
            .map(|(date, reason)| json!({"date": date, "reason": reason}))
            .collect();
        let gaps: Vec<Value> = gaps(&self.counted)
            .into_iter()
            .map(|(from, to, days)| json!({"from": from, "to": to, "days": days}))
            .collect();
        json!({
            "id": id,
            "status": self.status,
            "counted": self.counted,
            "excluded": excluded,
            "gaps": gaps,
            "still_needed": self.still_needed,
            "next_allowed_date": self.next_allowed_date,
            "last_safe_date": self.last_safe_date,
            "absence_left_half_days": null,
        })
    }
}
