//! What each leave still lacks: approval, the phone notice, the written explanation.

use chrono::NaiveDate;

use super::findings::Finding;
use super::records::{HalfDay, Leave, Posting};
use super::scheme::Scheme;

/// The findings about leaves; `as_of` does not matter to them.
pub(super) fn findings(
    posting: &Posting,
    scheme: &Scheme,
    workday: &dyn Fn(NaiveDate) -> bool,
) -> Vec<Finding> {
    let mut scheduled = Vec::new();
    for date in posting.dates().into_iter().filter(|date| workday(*date)) {
        scheduled.push(HalfDay {
            date,
            afternoon: false,
        });
        scheduled.push(HalfDay {
            date,
            afternoon: true,
        });
    }

    let mut found = Vec::new();
    for group in groups(posting, scheme, &scheduled) {
        let length = scheduled
            .iter()
            .filter(|half| group.iter().any(|leave| leave.covers(**half)))
            .count();
        if length == 0 {
            continue;
        }
        for leave in &group {
            let about = |code| Finding::new(code, None, leave.from.date, leave.to.date);
            if leave.approved_on.is_none() && leave.approved_by.trim().is_empty() {
                found.push(about("leave_unapproved"));
            }
            if leave.approved_on.is_some_and(|on| on > leave.from.date) {
                found.push(about("leave_approved_late"));
            }
            let notified = leave.notified_on.is_some() && !leave.notified_to.trim().is_empty();
            if length < scheme.written_from_half_days && !notified {
                found.push(about("leave_not_notified"));
            }
        }
        let explained = group.iter().any(|leave| leave.explained_on.is_some());
        if length >= scheme.written_from_half_days && !explained {
            let first = group
                .iter()
                .map(|leave| leave.from.date)
                .min()
                .expect("a group holds a leave");
            let last = group
                .iter()
                .map(|leave| leave.to.date)
                .max()
                .expect("a group holds a leave");
            found.push(Finding::new(
                "leave_without_written_explanation",
                None,
                first,
                last,
            ));
        }
    }
    found
}

/// Leaves with no scheduled half-day between them belong together, where the scheme groups them.
fn groups<'a>(posting: &'a Posting, scheme: &Scheme, scheduled: &[HalfDay]) -> Vec<Vec<&'a Leave>> {
    let mut in_order: Vec<&Leave> = posting.leaves.iter().collect();
    in_order.sort_by_key(|leave| leave.from);
    let mut groups: Vec<Vec<&Leave>> = Vec::new();
    for leave in in_order {
        let joins = scheme.group_adjacent
            && groups.last().is_some_and(|group| {
                let before = group.last().expect("a group holds a leave");
                !scheduled
                    .iter()
                    .any(|half| before.to < *half && *half < leave.from)
            });
        match groups.last_mut() {
            Some(group) if joins => group.push(leave),
            _ => groups.push(vec![leave]),
        }
    }
    groups
}
