//! Points item by item, and what was taken of what may be had.

use super::{Report, labels};
use xiaxiangzhi_core::assess::{Assessment, Points};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::scheme::Scheme;

/// The items of the sheet of points, each with its arithmetic.
pub(super) fn points_lines(report: &mut Report, scheme: &Scheme, points: &Points) {
    let language = report.language;
    let items = scheme.points.iter().flat_map(|sheet| &sheet.items);
    for (item, given) in items.zip(&points.items) {
        let said = labels::arithmetic(language, &given.arithmetic);
        let title = item.title.get(language);
        report.fact(title, title, format!("{said} / {}", given.weight));
    }
    if points.waiting > 0 {
        report.fact("等医务部评的分", "Points the office still gives", points.waiting);
    }
    if let Some(grade) = &points.grade {
        report.fact("等次", "Grade", grade);
    }
}

/// Trips home and the like, month by month.
pub(super) fn allowance_lines(report: &mut Report, scheme: &Scheme, assessment: &Assessment) {
    for taken in &assessment.allowances {
        let Some(rule) = scheme.allowances.iter().find(|rule| rule.id == taken.id) else {
            continue;
        };
        report.heading(rule.title.get(report.language));
        report.clause(&rule.clause);
        let most = taken.per_posting_month;
        let months: Vec<String> = taken
            .months
            .iter()
            .map(|month| match report.language {
                Language::Chinese => format!("{} 起 {} / {most} 次", month.from, month.taken),
                Language::English => format!("from {}: {} / {most}", month.from, month.taken),
            })
            .collect();
        let months = report.list(months);
        report.fact("按派驻月", "By month of the posting", months);
    }
}
