//! What must hold in a sheet of points.

use super::check::id_like;
use super::faults::{Faults, both, ids_allowed, range, tallies_allowed};
use super::{CadenceRule, Duty, PointSheet, PointSource, Scheme};
use crate::posting::{MOST_COUNTED, tally_of};
use std::collections::HashSet;

impl Scheme {
    /// What must hold in a sheet of points.
    pub(super) fn check_points<'a>(
        &'a self,
        found: &mut Faults,
        sheet: &'a PointSheet,
        ids: &mut HashSet<&'a str>,
    ) {
        found.must(
            id_like(&sheet.id) && ids.insert(&sheet.id),
            "/points/id",
            &sheet.id,
            &ids_allowed(),
        );
        let mut items = HashSet::new();
        for (index, item) in sheet.items.iter().enumerate() {
            let at = |field: &str| format!("/points/items/{index}/{field}");
            found.must(
                id_like(&item.id) && items.insert(&item.id),
                &at("id"),
                &item.id,
                &ids_allowed(),
            );
            found.must(
                (1..=100).contains(&item.weight),
                &at("weight"),
                item.weight,
                &range(1, 100),
            );
            match &item.from {
                PointSource::Requirement(id) => {
                    let known: Vec<&str> = self.measured().collect();
                    let allowed = if known.is_empty() {
                        both(
                            "有数量要求的一项，可这个方案没有",
                            "a requirement that asks a number: there is none",
                        )
                    } else {
                        both(&known.join("、"), &known.join(", "))
                    };
                    let fits = known.contains(&id.as_str());
                    found.must(fits, &at("from/requirement"), id, &allowed);
                }
                PointSource::Tally { key, full } => {
                    found.must(
                        tally_of(key).is_some(),
                        &at("from/tally/key"),
                        key,
                        &tallies_allowed(),
                    );
                    let full_fits = (1..=MOST_COUNTED).contains(full);
                    found.must(full_fits, &at("from/tally/full"), full, &range(1, MOST_COUNTED));
                }
                PointSource::Document(_) | PointSource::Office => {}
            }
        }
        let sum: u64 = sheet.items.iter().map(|item| u64::from(item.weight)).sum();
        found.must(
            sum == 100,
            "/points/items",
            sum,
            &both("各项权重合计 100", "weights that add up to 100"),
        );
        found.must(
            sheet.pass_mark <= 100,
            "/points/pass_mark",
            sheet.pass_mark,
            &range(0, 100),
        );
        let mut above = 101;
        for (index, grade) in sheet.grades.iter().enumerate() {
            let place = format!("/points/grades/{index}/from");
            found.must(
                grade.from < above,
                &place,
                grade.from,
                &both(
                    "0 到 100，后一档低于前一档",
                    "0 to 100, each below the one before",
                ),
            );
            above = grade.from;
        }
    }

    /// The ids of what an item of points may come from: what asks a number, for only that can be reached in part or in full.
    fn measured(&self) -> impl Iterator<Item = &str> {
        let asks = |duty: &&Duty| {
            let required = duty.cadence.iter().any(|one| one.rule == CadenceRule::Required);
            duty.minimum > 0 || required
        };
        let duties = self.duties.iter().filter(asks).map(|duty| duty.id.as_str());
        let quotas = self.quotas.iter().filter(|quota| quota.minimum > 0);
        let duration = self.period.minimum.iter().map(|rule| rule.id.as_str());
        let attendance = [&self.attendance]
            .into_iter()
            .filter(|rule| rule.minimum_percent > 0);
        duties
            .chain(quotas.map(|quota| quota.id.as_str()))
            .chain(duration)
            .chain(attendance.map(|rule| rule.id.as_str()))
    }
}
