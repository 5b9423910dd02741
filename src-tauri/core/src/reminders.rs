//! What will be lost if it is not done soon, to be said when the program is opened. Taken from the assessment: nothing is
//! counted here.

use crate::assess::{Assessment, Phase, Status};
use crate::posting::{Kind as _, Records};
use crate::scheme::Scheme;
use chrono::{Days, NaiveDate};
use serde::Serialize;
use ts_rs::TS;

/// A duty is brought to mind once no more than so many days are left to its last safe date.
const AHEAD_DAYS: u64 = 21;
/// Attendance is brought to mind once no more than so many half-days may still be missed.
const FEW_HALF_DAYS: i64 = 4;

/// Something at stake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Reminder {
    /// What kind.
    pub stake: Stake,
    /// The requirement's id in the scheme, or the document's kind.
    pub of: String,
    /// The last safe date of a duty, the day by which a document is due; null for attendance.
    pub date: Option<NaiveDate>,
    /// How many are still needed, or how many half-days may still be missed; null for a document.
    #[ts(type = "number | null")]
    pub left: Option<i64>,
}

/// What is at stake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stake {
    /// After the date a duty can no longer be met.
    Duty,
    /// Few half-days may still be missed.
    Attendance,
    /// A document can be handed in and was not.
    Document,
}

/// What is at stake on a date, the duty with the earliest last safe date first.
#[must_use]
pub fn reminders(
    scheme: &Scheme,
    records: &Records,
    assessment: &Assessment,
    today: NaiveDate,
) -> Vec<Reminder> {
    let mut found: Vec<Reminder> = Vec::new();
    let soon = today.checked_add_days(Days::new(AHEAD_DAYS)).unwrap_or(today);
    if assessment.phase == Phase::Before {
        return found;
    }
    for requirement in &assessment.requirements {
        if requirement.status != Status::Reachable {
            continue;
        }
        let duty = requirement.last_safe_date.filter(|date| *date <= soon);
        let few = requirement
            .absence_left_half_days
            .filter(|left| (0..=FEW_HALF_DAYS).contains(left));
        if let Some(date) = duty {
            found.push(Reminder {
                stake: Stake::Duty,
                of: requirement.id.clone(),
                date: Some(date),
                left: requirement.still_needed.map(i64::from),
            });
        } else if few.is_some() {
            found.push(Reminder {
                stake: Stake::Attendance,
                of: requirement.id.clone(),
                date: None,
                left: few,
            });
        }
    }
    let end = records.posting.end;
    for document in &scheme.documents {
        let opens = end.checked_sub_days(Days::new(u64::from(document.opens_days_before_end)));
        let handed_in = records
            .documents
            .iter()
            .any(|known| known.kind == document.kind && known.submitted_on.is_some());
        let due = document.due(&records.posting);
        if document.is_asked(records) && !handed_in && opens.is_some_and(|opens| opens <= today) {
            found.push(Reminder {
                stake: Stake::Document,
                of: document.kind.name().to_owned(),
                date: Some(due.unwrap_or(end)),
                left: None,
            });
        }
    }
    found.sort_by_key(|reminder| (reminder.stake, reminder.date));
    found
}
