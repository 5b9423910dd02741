//! A plan: the dates on which what is still needed is best done.
//!
//! Nothing is stored: the plan follows from the records, so it adapts to whatever is recorded. A date that the physician
//! fixed is kept as long as the rules and the other dates allow it.

use super::answer::{Phase, Requirement, Status};
use super::cadence::{self, Window};
use super::duty;
use super::forecast::open_dates;
use super::ground::Ground;
use super::planned::{DutyPlan, FixedDate, Plan, PlanState, PlannedDate, RefusedDate, WhyRefused};
use super::selection::{Choice, choose};
use super::{assess, assess_looking_ahead};
use crate::calendar::{Calendar, CalendarError};
use crate::posting::{Activity, ActivityKind, Half, Kind, Records};
use crate::scheme::{CadenceWindow, Duty, Scheme, ShortGap};
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;

/// No plan looks further ahead than this many dates: ten years.
const FURTHEST: usize = 3_660;
/// No more dates are fixed than this.
const MOST_FIXED: usize = 200;

/// Proposes dates for everything that is still needed, keeping the fixed ones where they hold.
///
/// A planned date keeps every gap to what is recorded, before it and ahead of it, is not wholly under leave, and is a workday
/// wherever workdays suffice. A duty that is not judged in this posting needs nothing. Following the plan meets every duty that is `planned`; where any dates would, some are found,
/// as long as no two duties count the same kind of activity.
///
/// # Errors
/// As [`assess`].
pub fn plan(
    scheme: &Scheme,
    records: &Records,
    calendar: &Calendar,
    as_of: NaiveDate,
    fixed: &[FixedDate],
) -> Result<Plan, CalendarError> {
    let standing = assess_looking_ahead(scheme, records, calendar, as_of)?;
    let mut followed = records.clone();
    let mut refused = Vec::new();
    let mut duties = Vec::new();
    for duty in &scheme.duties {
        let kind = kind_of(scheme, duty);
        // What an earlier duty plans may count here too, or stand in the way.
        let ground = Ground::new(scheme, &followed, calendar, as_of)?.looking_ahead();
        let dates: Vec<NaiveDate> = fixed
            .iter()
            .filter(|fixed| fixed.requirement == duty.id)
            .map(|fixed| fixed.date)
            .collect();
        let (state, dates) = Planner::new(&ground, duty).plan(dates, &mut refused);
        for planned in &dates {
            let times = std::iter::repeat_n(planned.date, planned.times as usize);
            followed
                .activities
                .extend(times.map(|date| activity(scheme, kind, date)));
        }
        let result = of(&standing.requirements, duty);
        duties.push(DutyPlan {
            requirement: duty.id.clone(),
            kind,
            state,
            dates,
            last_safe_date: result.and_then(|result| result.last_safe_date),
        });
    }
    let known = |id: &str| scheme.duties.iter().any(|duty| duty.id == id);
    refused.extend(
        fixed
            .iter()
            .filter(|fixed| !known(&fixed.requirement))
            .map(|fixed| RefusedDate {
                requirement: fixed.requirement.clone(),
                date: fixed.date,
                why: WhyRefused::UnknownRequirement,
                neighbour: None,
            }),
    );
    // The engine has the last word: a plan that another duty's dates spoil is none.
    let end = records.posting.end.succ_opt().unwrap_or(NaiveDate::MAX);
    let outcome = assess(scheme, &followed, calendar, as_of.max(end))?;
    for (duty, planned) in scheme.duties.iter().zip(&mut duties) {
        let met = of(&outcome.requirements, duty)
            .is_some_and(|result| matches!(result.status, Status::Met | Status::Recorded));
        if planned.state == PlanState::Planned && !met {
            planned.state = PlanState::Impossible;
            planned.dates.clear();
        }
    }
    Ok(Plan {
        as_of,
        duties,
        refused,
    })
}

fn of<'a>(requirements: &'a [Requirement], duty: &Duty) -> Option<&'a Requirement> {
    requirements.iter().find(|result| result.id == duty.id)
}

/// The first kind that no other duty counts, else the first.
fn kind_of(scheme: &Scheme, duty: &Duty) -> ActivityKind {
    let shared = |kind: &&ActivityKind| {
        let others = scheme.duties.iter().filter(|other| other.id != duty.id);
        others.into_iter().any(|other| other.kinds.contains(kind))
    };
    let own = duty.kinds.iter().find(|kind| !shared(kind));
    own.or(duty.kinds.first()).copied().unwrap_or(ActivityKind::Other)
}

/// One as long as any duty wants it.
fn activity(scheme: &Scheme, kind: ActivityKind, date: NaiveDate) -> Activity {
    let counting = scheme.duties.iter().filter(|duty| duty.kinds.contains(&kind));
    Activity {
        id: None,
        kind,
        date,
        title: None,
        place: None,
        minutes: counting.filter_map(|duty| duty.minimum_minutes).max(),
        participants: None,
        audience: None,
        note: None,
        counts_toward_assessment: true,
        tallies: BTreeMap::new(),
        attachments: Vec::new(),
        extra: serde_json::Map::new(),
    }
}

/// What one duty's plan stands on.
struct Planner<'a> {
    ground: &'a Ground<'a>,
    duty: &'a Duty,
    counted: Vec<NaiveDate>,
    needed: usize,
    open: Vec<NaiveDate>,
    /// How many more count on each open date.
    room: Vec<u32>,
    /// Windows of the cadence that are not over and have no counted one.
    windows: Vec<Window>,
    required: bool,
    lost: bool,
}

impl<'a> Planner<'a> {
    fn new(ground: &'a Ground<'a>, duty: &'a Duty) -> Self {
        let (counted, _) = duty::sort_out(ground, duty);
        let judged = duty::judged(ground, duty);
        let required = judged && duty::required(duty);
        let gap = i64::from(duty.minimum_gap_days);
        let broken = judged
            && duty.short_gap == ShortGap::Fail
            && counted
                .windows(2)
                .any(|pair| (pair[1] - pair[0]).num_days() < gap);
        let missed = required && !cadence::missed(ground, duty, &counted).is_empty();
        let (open, room) = open_dates(ground, duty, &counted)
            .into_iter()
            .take(FURTHEST)
            .unzip();
        let windows = cadence::open(ground, duty, &counted);
        Self {
            ground,
            duty,
            needed: if judged {
                (duty.minimum as usize).saturating_sub(counted.len())
            } else {
                0
            },
            counted,
            open,
            room,
            windows,
            required,
            // A broken gap or a missed window cannot be made good.
            lost: ground.phase == Phase::Ended || broken || missed,
        }
    }

    fn plan(&self, fixed: Vec<NaiveDate>, refused: &mut Vec<RefusedDate>) -> (PlanState, Vec<PlannedDate>) {
        if self.lost {
            return (PlanState::Impossible, Vec::new());
        }
        let Some(mut dates) = self.dates(&[]) else {
            return (PlanState::Impossible, Vec::new());
        };
        let mut kept: Vec<NaiveDate> = Vec::new();
        for date in fixed.into_iter().take(MOST_FIXED) {
            if kept.contains(&date) {
                continue;
            }
            let (why, neighbour) = if let Some(obstacle) = self.obstacle(date, &kept) {
                obstacle
            } else {
                kept.push(date);
                if let Some(with) = self.dates(&kept) {
                    dates = with;
                    continue;
                }
                kept.pop();
                (WhyRefused::NoRoom, None)
            };
            refused.push(RefusedDate {
                requirement: self.duty.id.clone(),
                date,
                why,
                neighbour,
            });
        }
        let state = if dates.is_empty() {
            PlanState::NothingNeeded
        } else {
            PlanState::Planned
        };
        (state, self.spread(&dates, &kept))
    }

    /// Why a date cannot be fixed whatever else is planned.
    fn obstacle(&self, date: NaiveDate, kept: &[NaiveDate]) -> Option<(WhyRefused, Option<NaiveDate>)> {
        let gap = i64::from(self.duty.minimum_gap_days);
        let near = |others: &[NaiveDate]| {
            let closest = others
                .iter()
                .copied()
                .min_by_key(|other| (date - *other).num_days().abs());
            closest.filter(|other| (date - *other).num_days().abs() < gap)
        };
        if date < self.ground.as_of {
            Some((WhyRefused::Past, None))
        } else if !self.ground.within(date) {
            Some((WhyRefused::OutsidePosting, None))
        } else if self.ground.wholly_on_leave(date) {
            Some((WhyRefused::OnLeave, None))
        } else if let Some(other) = near(&self.counted).or(near(kept)) {
            Some((WhyRefused::ShortGap, Some(other)))
        } else if self.open.binary_search(&date).is_err() {
            Some((WhyRefused::SameDay, None))
        } else {
            None
        }
    }

    /// The best dates with these among them.
    fn dates(&self, fixed: &[NaiveDate]) -> Option<Vec<NaiveDate>> {
        let capacity: u64 = self.room.iter().map(|room| u64::from(*room)).sum();
        if capacity < self.needed as u64 {
            return None;
        }
        let mut intervals: Vec<(NaiveDate, NaiveDate)> = fixed.iter().map(|date| (*date, *date)).collect();
        if self.required {
            intervals.extend(self.windows.iter().map(|window| (window.from, window.to)));
        }
        let window_of: Vec<Option<NaiveDate>> = self
            .open
            .iter()
            .map(|date| {
                let window = self.windows.iter().find(|window| window.holds(*date));
                window.map(|window| window.from)
            })
            .collect();
        let ideals = self.ideals();
        let penalties: Vec<u64> = self
            .open
            .iter()
            .zip(&window_of)
            .map(|(date, window)| self.penalty(*date, window.is_some()))
            .collect();
        let chosen = choose(
            &Choice {
                dates: &self.open,
                gap_days: i64::from(self.duty.minimum_gap_days),
                // Where there are more needed than dates, dates are used twice.
                at_least: if self.duty.minimum_gap_days == 0 {
                    self.needed.min(self.open.len())
                } else {
                    self.needed
                },
                intervals: &intervals,
                stretches: &window_of,
            },
            |index, nth| {
                let away = (self.open[index] - ideals.of(nth)).num_days().unsigned_abs();
                penalties[index] + 10 * away.min(90)
            },
        )?;
        Some(chosen.into_iter().map(|index| self.open[index]).collect())
    }

    /// What speaks against a date, whatever else is chosen.
    fn penalty(&self, date: NaiveDate, serves_cadence: bool) -> u64 {
        let ground = self.ground;
        let rest_day = !ground.workdays.is_workday(date);
        let away =
            Half::ALL.iter().any(|half| ground.on_leave(date, *half)) || ground.absent_or_recalled(date);
        let late = self.duty.cadence.is_some() && !serves_cadence;
        100_000 * u64::from(rest_day)
            + 30_000 * u64::from(away)
            + 10_000 * u64::from(late)
            + 50 * u64::from(date == ground.as_of)
    }

    /// Where the dates would lie best: on in the rhythm of the last one, closer together where the time is short.
    fn ideals(&self) -> Ideals {
        let ground = self.ground;
        let first_possible = ground
            .as_of
            .succ_opt()
            .unwrap_or(ground.as_of)
            .max(ground.start());
        let left = (ground.end() - first_possible).num_days().max(0);
        let needed = i64::try_from(self.needed).unwrap_or(i64::MAX).max(1);
        let rhythm = match self.duty.cadence.as_ref().map(|cadence| cadence.window) {
            Some(CadenceWindow::Days(days)) => i64::from(days),
            Some(CadenceWindow::CalendarWeek) => 7,
            Some(CadenceWindow::PostingMonths(months) | CadenceWindow::CalendarMonths(months)) => {
                30 * i64::from(months)
            }
            Some(CadenceWindow::PostingYears(years)) => 365 * i64::from(years),
            None => left / needed,
        };
        let rhythm = rhythm.max(i64::from(self.duty.minimum_gap_days)).max(1);
        let last = self.counted.iter().rfind(|date| **date <= ground.as_of);
        // The first of all comes in the middle of its stretch, for one has only just arrived.
        let first = match last {
            Some(last) => last.checked_add_days(Days::new(rhythm.unsigned_abs())),
            None => first_possible
                .checked_add_days(Days::new(rhythm.unsigned_abs() / 2))
                .filter(|first| (ground.end() - *first).num_days() >= rhythm.saturating_mul(needed - 1)),
        };
        let first = first
            .filter(|next| first_possible <= *next && *next <= ground.end())
            .unwrap_or(first_possible);
        let room = (ground.end() - first).num_days().max(0);
        let step = room
            .checked_div(needed - 1)
            .map_or(rhythm, |even| rhythm.min(even))
            .max(1);
        Ideals { first, step }
    }

    /// Chosen dates as lines of the plan, with what does not fit on dates of their own.
    fn spread(&self, dates: &[NaiveDate], kept: &[NaiveDate]) -> Vec<PlannedDate> {
        let mut times: Vec<u32> = vec![1; dates.len()];
        let room = |date: &NaiveDate| {
            let place = self.open.binary_search(date).ok();
            place.map_or(1, |place| self.room[place])
        };
        let mut more = self.needed.saturating_sub(dates.len());
        while more > 0 {
            let mut placed = false;
            for (date, times) in dates.iter().zip(&mut times) {
                if more > 0 && *times < room(date) {
                    *times += 1;
                    more -= 1;
                    placed = true;
                }
            }
            if !placed {
                break;
            }
        }
        let mut done_before = 0_u32;
        dates
            .iter()
            .zip(times)
            .map(|(date, times)| {
                let counted = self.counted.iter().filter(|counted| *counted < date).count();
                let ordinal = u32::try_from(counted)
                    .unwrap_or(u32::MAX)
                    .saturating_add(done_before)
                    + 1;
                done_before += times;
                PlannedDate {
                    date: *date,
                    ordinal,
                    times,
                    fixed: kept.contains(date),
                    rest_day: !self.ground.workdays.is_workday(*date),
                }
            })
            .collect()
    }
}

struct Ideals {
    first: NaiveDate,
    step: i64,
}

impl Ideals {
    fn of(&self, nth: usize) -> NaiveDate {
        let days = u64::try_from(self.step).unwrap_or(0).saturating_mul(nth as u64);
        self.first
            .checked_add_days(Days::new(days))
            .unwrap_or(NaiveDate::MAX)
    }
}
