//! Attendance, half-day by half-day.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::records::{HalfDay, Posting};
use super::scheme::AttendanceRule;

/// What one scheduled half-day came to.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Leave,
    Present,
    OfficialDuty,
    CompensatoryRest,
    Absent,
    Recalled,
    Excluded(&'static str),
    Unrecorded,
    Remaining,
}

pub(super) struct Attendance {
    fates: Vec<(HalfDay, Fate)>,
    needed: usize,
    absence_left: Option<i64>,
    pub(super) status: &'static str,
    pub(super) recalled_workdays: usize,
}

/// Judges attendance over the whole posting.
pub(super) fn judge(
    posting: &Posting,
    rule: &AttendanceRule,
    workday: &dyn Fn(NaiveDate) -> bool,
    as_of: NaiveDate,
) -> Attendance {
    let mut fates = Vec::new();
    let mut rest_day_work: Vec<HalfDay> = Vec::new();
    for date in posting.dates() {
        for afternoon in [false, true] {
            let half = HalfDay { date, afternoon };
            let recorded = posting.recorded(half, as_of);
            let on_leave = posting.on_leave(half);
            if workday(date) {
                let fate = if on_leave {
                    Fate::Leave
                } else {
                    fate(posting, rule, half, recorded, &mut rest_day_work, as_of)
                };
                fates.push((half, fate));
            } else if recorded == Some("present") && !on_leave {
                rest_day_work.push(half);
            }
        }
    }

    let scheduled = fates.len();
    let attended = fates.iter().filter(|(_, fate)| attends(*fate)).count();
    let remaining = fates.iter().filter(|(_, fate)| *fate == Fate::Remaining).count();
    let enough = |half_days: usize| half_days * 100 >= rule.minimum_percent * scheduled;
    let needed = (0..=scheduled)
        .find(|half_days| enough(*half_days))
        .expect("all of them are enough");
    let judged = rule.judged.of(posting.station.as_deref());
    let status = if !judged {
        "recorded"
    } else if scheduled == 0 {
        "not_assessable"
    } else if enough(attended) {
        "met"
    } else if as_of > posting.end {
        "not_met"
    } else if enough(attended + remaining) {
        "reachable"
    } else {
        "unreachable"
    };
    let absence_left = (judged && scheduled > 0 && as_of <= posting.end)
        .then(|| absence_left(attended + remaining, &enough));
    let recalled_workdays = posting
        .dates()
        .into_iter()
        .filter(|date| {
            fates
                .iter()
                .any(|(half, fate)| half.date == *date && *fate == Fate::Recalled)
        })
        .count();
    Attendance {
        fates,
        needed,
        absence_left,
        status,
        recalled_workdays,
    }
}

fn fate(
    posting: &Posting,
    rule: &AttendanceRule,
    half: HalfDay,
    recorded: Option<&str>,
    rest_day_work: &mut Vec<HalfDay>,
    as_of: NaiveDate,
) -> Fate {
    match recorded {
        Some("present") if rule.work_note_required && !posting.has_work_record(half.date) => {
            Fate::Excluded("no_work_recorded")
        }
        Some("present") => Fate::Present,
        Some("official_duty") => Fate::OfficialDuty,
        Some("compensatory_rest") => match rest_day_work.iter().position(|work| work.date < half.date) {
            Some(oldest) => {
                rest_day_work.remove(oldest);
                Fate::CompensatoryRest
            }
            None => Fate::Excluded("no_rest_day_work"),
        },
        Some("absent") => Fate::Absent,
        Some("recalled") => Fate::Recalled,
        Some(other) => panic!("no such status: {other}"),
        None if half.date < as_of || as_of > posting.end => Fate::Unrecorded,
        None => Fate::Remaining,
    }
}

fn attends(fate: Fate) -> bool {
    matches!(fate, Fate::Present | Fate::OfficialDuty | Fate::CompensatoryRest)
}

/// Takes half-days away one after the other until it cannot be met; below zero, the half-days that are short.
fn absence_left(mut at_best: usize, enough: &dyn Fn(usize) -> bool) -> i64 {
    let mut left = 0;
    while !enough(at_best) {
        at_best += 1;
        left -= 1;
    }
    while left >= 0 && at_best > 0 && enough(at_best - 1) {
        at_best -= 1;
        left += 1;
    }
    left
}

impl Attendance {
    fn count(&self, fate: Fate) -> usize {
        self.fates.iter().filter(|(_, one)| *one == fate).count()
    }

    pub(super) fn attended(&self) -> usize {
        self.fates.iter().filter(|(_, fate)| attends(*fate)).count()
    }

    pub(super) fn figures_json(&self) -> Value {
        let mut excluded = Vec::new();
        for (half, fate) in &self.fates {
            if let Fate::Excluded(reason) = fate {
                excluded.push(json!({"date": half.date, "half": half.name(), "reason": reason}));
            }
        }
        json!({
            "scheduled_half_days": self.fates.len(),
            "attended_half_days": self.attended(),
            "leave_half_days": self.count(Fate::Leave),
            "unrecorded_half_days": self.count(Fate::Unrecorded),
            "absent_half_days": self.count(Fate::Absent),
            "recalled_half_days": self.count(Fate::Recalled),
            "official_duty_half_days": self.count(Fate::OfficialDuty),
            "compensatory_rest_half_days": self.count(Fate::CompensatoryRest),
            "remaining_half_days": self.count(Fate::Remaining),
            "needed_half_days": self.needed,
            "excluded": excluded,
        })
    }

    pub(super) fn requirement_json(&self, id: &str) -> Value {
        json!({
            "id": id,
            "kind": "attendance",
            "status": self.status,
            "minimum": self.needed,
            "amount": null,
            "counted": null,
            "excluded": null,
            "gaps": null,
            "still_needed": null,
            "next_allowed_date": null,
            "last_safe_date": null,
            "open_window": null,
            "years": null,
            "absence_left_half_days": self.absence_left,
        })
    }
}
