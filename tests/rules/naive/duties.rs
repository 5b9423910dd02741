//! Counted duties: which activities count, and until when the missing ones can still be done.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::records::{Activity, Posting};
use super::scheme::{Duty, Window};
use super::windows::{windows, years};

pub(super) struct Verdict {
    pub(super) status: &'static str,
    pub(super) counted: Vec<NaiveDate>,
    pub(super) excluded: Vec<(NaiveDate, &'static str)>,
    pub(super) still_needed: usize,
    pub(super) next_allowed_date: Option<NaiveDate>,
    pub(super) last_safe_date: Option<NaiveDate>,
    /// The windows that are over and had none.
    pub(super) missed: Vec<(NaiveDate, NaiveDate)>,
    pub(super) open_window: Option<(NaiveDate, NaiveDate)>,
    /// Where each window must have one and no number is asked: how many windows have one, of how many.
    pub(super) kept: Option<(i64, i64)>,
    /// Where the cadence is a year or several: each, how many in it, and whether one is asked.
    years: Option<Vec<(NaiveDate, NaiveDate, usize, bool)>>,
}

/// Judges one duty.
pub(super) fn judge(
    duty: &Duty,
    posting: &Posting,
    workday: &dyn Fn(NaiveDate) -> bool,
    as_of: NaiveDate,
) -> Verdict {
    let (counted, excluded) = sort_out(duty, posting, as_of);
    let mut empty = duty
        .cadence
        .map_or(Vec::new(), |cadence| windows(cadence, posting, workday));
    let all = empty.len();
    let by_year = match duty.cadence.map(|cadence| cadence.window) {
        Some(Window::PostingYears(length)) => Some(years(posting, length)),
        _ => None,
    };
    let by_year = by_year.map(|years| {
        let of_year = |(from, to): (NaiveDate, NaiveDate)| {
            let done = counted
                .iter()
                .filter(|date| from <= **date && **date <= to)
                .count();
            (from, to, done, empty.contains(&(from, to)))
        };
        years.into_iter().map(of_year).collect()
    });
    empty.retain(|(from, to)| !counted.iter().any(|date| from <= date && date <= to));
    let number = |windows: usize| i64::try_from(windows).expect("few windows");
    let kept = (number(all - empty.len()), number(all));
    let (missed, waiting): (Vec<_>, Vec<_>) = empty.into_iter().partition(|(_, to)| *to < as_of);
    let required = duty.cadence.is_some_and(|cadence| cadence.required);
    let wanted: &[_] = if required { &waiting } else { &[] };

    let still_needed = duty.minimum.saturating_sub(counted.len());
    let broken = duty.short_gap_fails && !broken_gaps(duty, &counted).is_empty();
    let lost = broken || required && !missed.is_empty();
    let ended = as_of > posting.end;
    let ahead = Ahead::new(duty, posting, &counted, wanted, as_of);
    let latest = ahead.latest_next(still_needed);
    let status = if !duty.judged.of(posting.station.as_deref()) {
        "recorded"
    } else if still_needed == 0 && wanted.is_empty() && !lost {
        "met"
    } else if ended {
        "not_met"
    } else if latest.is_some() && !lost {
        "reachable"
    } else {
        "unreachable"
    };
    let open = !ended && (status == "met" || status == "reachable");
    Verdict {
        status,
        kept: (required && duty.minimum == 0).then_some(kept),
        years: by_year,
        still_needed,
        next_allowed_date: if open { ahead.first_next() } else { None },
        last_safe_date: if status == "reachable" { latest } else { None },
        open_window: waiting
            .into_iter()
            .find(|(from, to)| *from <= as_of && as_of <= *to),
        counted,
        excluded,
        missed,
    }
}

/// What counts, in date order, and what does not with the first reason that applies.
pub(super) fn sort_out(
    duty: &Duty,
    posting: &Posting,
    as_of: NaiveDate,
) -> (Vec<NaiveDate>, Vec<(NaiveDate, &'static str)>) {
    let mut candidates: Vec<&Activity> = posting
        .activities
        .iter()
        .filter(|activity| duty.kinds.contains(&activity.kind))
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
        } else if !duty.short_gap_fails && too_close {
            excluded.push((date, "short_gap"));
        } else if activity.minutes < duty.minimum_minutes {
            excluded.push((date, "too_short"));
        } else {
            counted.push(date);
        }
    }
    (counted, excluded)
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

/// What can still be done, from `as_of` on.
struct Ahead<'a> {
    duty: &'a Duty,
    /// The dates on which one more would count, and how many would; nobody does more than are asked for at most.
    open: Vec<(NaiveDate, usize)>,
    /// The windows that must have one.
    wanted: &'a [(NaiveDate, NaiveDate)],
}

impl<'a> Ahead<'a> {
    fn new(
        duty: &'a Duty,
        posting: &Posting,
        counted: &[NaiveDate],
        wanted: &'a [(NaiveDate, NaiveDate)],
        as_of: NaiveDate,
    ) -> Self {
        let mut open = Vec::new();
        for date in posting.dates().into_iter().filter(|date| *date >= as_of) {
            let apart = counted
                .iter()
                .all(|other| (date - *other).num_days().abs() >= duty.gap_days);
            let same_day = counted.iter().filter(|other| **other == date).count();
            let most = match duty.max_per_day {
                _ if duty.gap_days > 0 => 1,
                Some(most) => most,
                None => same_day + duty.minimum.max(1),
            };
            if apart && same_day < most && !posting.wholly_on_leave(date) {
                open.push((date, most - same_day));
            }
        }
        Self { duty, open, wanted }
    }

    fn first_next(&self) -> Option<NaiveDate> {
        self.open.first().map(|(date, _)| *date)
    }

    /// The latest date for the next one: each is tried, from the last one backwards.
    fn latest_next(&self, needed: usize) -> Option<NaiveDate> {
        if needed == 0 && self.wanted.is_empty() {
            return None;
        }
        let mut known = HashMap::new();
        (0..self.open.len())
            .rev()
            .find(|place| {
                let date = self.open[*place].0;
                self.wanted.iter().all(|(_, to)| date <= *to) && self.fits(*place, needed, &mut known)
            })
            .map(|place| self.open[place].0)
    }

    /// Whether with one at this place, and others after it, so many are done and every window that is not over by then has
    /// one. Every choice of dates is tried; answers are kept, for the same question is asked again and again.
    fn fits(&self, place: usize, needed: usize, known: &mut HashMap<(usize, usize), bool>) -> bool {
        if let Some(answer) = known.get(&(place, needed)) {
            return *answer;
        }
        let (date, room) = self.open[place];
        let more = needed.saturating_sub(room);
        let later: Vec<_> = self.wanted.iter().filter(|(from, _)| date < *from).collect();
        let answer = (more == 0 && later.is_empty())
            || (place + 1..self.open.len()).any(|next| {
                let on = self.open[next].0;
                (on - date).num_days() >= self.duty.gap_days
                    && later.iter().all(|(_, to)| on <= *to)
                    && self.fits(next, more, known)
            });
        known.insert((place, needed), answer);
        answer
    }
}

impl Verdict {
    pub(super) fn to_json(&self, duty: &Duty) -> Value {
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
            "id": duty.id,
            "kind": "activities",
            "status": self.status,
            "minimum": duty.minimum,
            "amount": null,
            "counted": self.counted,
            "excluded": excluded,
            "gaps": gaps,
            "still_needed": self.still_needed,
            "next_allowed_date": self.next_allowed_date,
            "last_safe_date": self.last_safe_date,
            "open_window": self.open_window.map(|(from, to)| json!({"from": from, "to": to})),
            "years": self.years.as_ref().map(|years| {
                let of_year = |(from, to, done, asked): &(NaiveDate, NaiveDate, usize, bool)| {
                    json!({"from": from, "to": to, "amount": done, "minimum": 1, "asked": asked})
                };
                years.iter().map(of_year).collect::<Vec<Value>>()
            }),
            "absence_left_half_days": null,
        })
    }
}
