//! 百分制: what a posting gives of the points of a sheet.

use super::answer::{Attendance, ItemPoints, Phase, Points, Requirement, RequirementKind, Status};
use super::asked::bare;
use super::ground::Ground;
use super::{cadence, duty, years};
use crate::scheme::{PointItem, PointSheet, PointSource};
use std::collections::BTreeMap;

/// The points of the sheet, as the posting stands, and the requirement that they are.
pub(super) fn judge(
    ground: &Ground<'_>,
    sheet: &PointSheet,
    requirements: &[Requirement],
    attendance: &Attendance,
    tallies: &BTreeMap<String, u64>,
) -> (Points, Requirement) {
    let reached = |id: &str| {
        let mut assessable = requirements.iter();
        let requirement = assessable.find(|one| one.id == id && one.status != Status::NotAssessable)?;
        let met = matches!(requirement.status, Status::Met | Status::Recorded);
        if let Some((kept, all)) = windows_kept(ground, requirement) {
            return Some((kept, all, met));
        }
        if let Some(years) = requirement
            .years
            .as_ref()
            .filter(|_| requirement.amount.is_some())
        {
            return Some((years::reached(years), u64::from(requirement.minimum), met));
        }
        let counted = requirement.counted.as_ref().map(|dates| dates.len() as u64);
        let reached = match requirement.kind {
            RequirementKind::Attendance => u64::from(attendance.attended_half_days),
            _ => requirement.amount.or(counted)?,
        };
        Some((reached, u64::from(requirement.minimum), met))
    };
    let items: Vec<ItemPoints> = sheet
        .items
        .iter()
        .map(|item| match &item.from {
            PointSource::Requirement(id) => match reached(id) {
                // Nothing to measure gives nothing.
                None => of(item, 0, 1, false),
                Some((reached, minimum, met)) => of(item, reached, minimum, met),
            },
            PointSource::Tally { key, full } => {
                let reached = tallies.get(key).copied().unwrap_or(0);
                of(item, reached, u64::from(*full), true)
            }
            PointSource::Document(kind) => {
                let handed_in = ground.records.documents.iter().any(|document| {
                    document.kind == *kind && document.submitted_on.is_some_and(|on| on <= ground.as_of)
                });
                of(item, u64::from(handed_in), 1, true)
            }
            PointSource::Office => ItemPoints {
                id: item.id.clone(),
                weight: item.weight,
                points: None,
                arithmetic: "由医务部评分".to_owned(),
            },
        })
        .collect();
    let total = items.iter().filter_map(|item| item.points).sum();
    let waiting: u32 = items
        .iter()
        .filter(|item| item.points.is_none())
        .map(|item| item.weight)
        .sum();
    let grade = sheet.grades.iter().find(|grade| total >= grade.from);
    let passed = total >= sheet.pass_mark;
    let status = match ground.phase {
        _ if !sheet.judged => Status::Recorded,
        _ if passed => Status::Met,
        // What the office gives can still make it pass: the office says it, not the program.
        Phase::Ended if total + waiting >= sheet.pass_mark => Status::Recorded,
        Phase::Ended => Status::NotMet,
        _ => Status::Reachable,
    };
    let sign = if passed { "≥" } else { "＜" };
    let requirement = Requirement {
        minimum: sheet.pass_mark,
        amount: Some(u64::from(total)),
        still_needed: Some(sheet.pass_mark.saturating_sub(total)),
        last_safe_date: (status == Status::Reachable).then(|| ground.end()),
        arithmetic: format!("{total} {sign} {}", sheet.pass_mark),
        ..bare(&sheet.id, RequirementKind::Points, status, &sheet.clause)
    };
    let points = Points {
        items,
        total,
        waiting,
        pass_mark: sheet.pass_mark,
        grade: grade.filter(|_| waiting == 0).map(|grade| grade.title.zh.clone()),
    };
    (points, requirement)
}

/// Where each window wants one and no number is asked besides: the windows that have one, of all.
fn windows_kept(ground: &Ground<'_>, requirement: &Requirement) -> Option<(u64, u64)> {
    let mut duties = ground.scheme.duties.iter();
    let duty = duties.find(|duty| duty.id == requirement.id)?;
    if duty.minimum > 0 || !duty::required(duty) {
        return None;
    }
    let counted = requirement.counted.as_deref().unwrap_or_default();
    let windows = cadence::windows(ground, duty);
    let kept = windows
        .iter()
        .filter(|window| counted.iter().any(|date| window.holds(*date)))
        .count();
    Some((kept as u64, windows.len() as u64))
}

/// The points of an item for what was reached of a number. Where a part gives a part, only the number counts; all or nothing
/// asks whatever else the requirement asks.
fn of(item: &PointItem, reached: u64, full: u64, met: bool) -> ItemPoints {
    let weight = u64::from(item.weight);
    let points = match (item.partial, reached >= full) {
        (true, true) => weight,
        (true, false) => reached * weight / full.max(1),
        (false, enough) if enough && met => weight,
        (false, _) => 0,
    };
    ItemPoints {
        id: item.id.clone(),
        weight: item.weight,
        points: u32::try_from(points).ok(),
        arithmetic: if item.partial {
            format!("{weight} × {} ÷ {full} ＝ {points}", reached.min(full))
        } else {
            format!("{reached} ／ {full} ＝ {points}")
        },
    }
}
