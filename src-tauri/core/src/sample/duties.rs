//! The counted duties of a sample: as often and as far apart as the scheme asks.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::Value;

use super::activity::activity;
use super::random::Random;
use super::{Plan, words};
use crate::calendar::Workdays;
use crate::posting::{ActivityKind, Station};
use crate::scheme::{CadenceWindow, Duty, Scheme};

/// Whether the scheme is followed by visits: those who come for the day.
pub(super) fn by_visits(scheme: &Scheme) -> bool {
    visits(scheme).is_some()
}

/// The duty that is the visits themselves.
fn visits(scheme: &Scheme) -> Option<&Duty> {
    let mut duties = scheme.duties.iter();
    duties.find(|duty| duty.station == Some(Station::Visiting))
}

/// All activities, by date.
pub(super) fn activities(
    random: &mut Random,
    scheme: &Scheme,
    workdays: &Workdays,
    plan: &Plan,
    department: &words::Department,
) -> Vec<Value> {
    let taken = plan.taken();
    let visits = visits(scheme).map(|duty| (duty, dates(random, duty, workdays, &taken)));
    let mut dated: Vec<(NaiveDate, Value)> = Vec::new();
    for duty in &scheme.duties {
        let dates = match &visits {
            Some((visit, dates)) if duty.id == visit.id => dates.clone(),
            // Whoever comes for the day does the rest while there.
            Some((_, dates)) => dates.iter().copied().step_by(every(duty)).collect(),
            None => dates(random, duty, workdays, &taken),
        };
        for (number, date) in dates.into_iter().enumerate() {
            let kind = duty.kinds[number % duty.kinds.len()];
            let least = duty.minimum_minutes;
            dated.push((
                date,
                activity(random, scheme, kind, date, number, least, department),
            ));
        }
    }
    if let Some(date) = plan.free_clinic {
        let clinic = activity(
            random,
            scheme,
            ActivityKind::FreeClinic,
            date,
            0,
            None,
            department,
        );
        dated.push((date, clinic));
    }
    dated.sort_by_key(|(date, _)| *date);
    dated.into_iter().map(|(_, activity)| activity).collect()
}

/// One date in each window that has a free workday, gaps kept.
fn dates(
    random: &mut Random,
    duty: &Duty,
    workdays: &Workdays,
    taken: &BTreeSet<NaiveDate>,
) -> Vec<NaiveDate> {
    let mut dates: Vec<NaiveDate> = Vec::new();
    for window in windows(duty, workdays) {
        let far_enough = |date: &NaiveDate| {
            dates
                .last()
                .is_none_or(|last| (*date - *last).num_days() >= i64::from(duty.minimum_gap_days.max(1)))
        };
        let free: Vec<NaiveDate> = window
            .into_iter()
            .filter(|date| !taken.contains(date))
            .filter(far_enough)
            .collect();
        // From the middle of the window, so that neighbours stay well apart.
        let middle = &free[free.len() / 4..free.len() - free.len() / 4];
        if !middle.is_empty() {
            dates.push(random.pick(middle));
        }
    }
    dates
}

/// The workdays of each window; without a cadence, or with one of years, of as many stretches as must count and one more, or of the length at
/// which such a thing is usually done.
fn windows(duty: &Duty, workdays: &Workdays) -> Vec<Vec<NaiveDate>> {
    let all: Vec<NaiveDate> = workdays.days().map(|day| day.date).collect();
    let (Some(&first), Some(&last)) = (all.first(), all.last()) else {
        return Vec::new();
    };
    // Once a year is the least that is asked, not how often such a thing is done.
    let cadence = duty.cadence.as_ref();
    let often = cadence.filter(|cadence| !matches!(cadence.window, CadenceWindow::PostingYears(_)));
    let window = often.map_or_else(
        || {
            let length = u32::try_from((last - first).num_days() + 1).unwrap_or(u32::MAX);
            let stretch = length / (duty.minimum.max(1) + 1);
            CadenceWindow::Days(stretch.min(usual_days(duty)).max(1))
        },
        |cadence| cadence.window,
    );
    let workdays: Vec<NaiveDate> = workdays.workdays().collect();
    (0..)
        .map_while(|index| window.nth(first, index))
        .take_while(|(from, _)| *from <= last)
        .map(|(from, to)| {
            let within = |date: &NaiveDate| from <= *date && *date <= to;
            workdays.iter().copied().filter(within).collect()
        })
        .collect()
}

/// How many days usually lie between two where nobody says.
fn usual_days(duty: &Duty) -> u32 {
    match duty.kinds.first() {
        Some(ActivityKind::WardRound | ActivityKind::TeachingRound) => 10,
        Some(ActivityKind::SurgicalDemonstration | ActivityKind::MobileClinic | ActivityKind::FreeClinic) => {
            45
        }
        _ => 30,
    }
}

/// At every which visit.
fn every(duty: &Duty) -> usize {
    match duty.kinds.first() {
        Some(ActivityKind::WardRound | ActivityKind::TeachingRound) => 1,
        _ => 2,
    }
}
