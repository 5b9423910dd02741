//! Sums over half-days, in the parts that the assessment has.

use std::collections::BTreeMap;
use xiaxiangzhi_core::assess::{DayCounted, HalfCounted, HalfReason};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::{Half, Kind as _, LeaveKind};

/// Half-days of some days of a posting.
#[derive(Debug, Default)]
pub(super) struct Totals {
    pub(super) scheduled: u32,
    pub(super) attended: u32,
    official_duty: u32,
    compensatory_rest: u32,
    leaves: BTreeMap<LeaveKind, u32>,
    absent: u32,
    recalled: u32,
    unrecorded: u32,
    no_work_recorded: u32,
    no_rest_day_work: u32,
    remaining: u32,
}

impl Totals {
    pub(super) fn of(days: &[DayCounted]) -> Self {
        let mut totals = Self::default();
        for day in days {
            for half in Half::ALL {
                totals.add(day.half(*half));
            }
        }
        totals
    }

    fn add(&mut self, counted: HalfCounted) {
        if matches!(counted, HalfCounted::Rest(_)) {
            return;
        }
        self.scheduled += 1;
        match counted {
            HalfCounted::Rest(_) => {}
            HalfCounted::Present => self.attended += 1,
            HalfCounted::OfficialDuty => {
                self.attended += 1;
                self.official_duty += 1;
            }
            HalfCounted::CompensatoryRest => {
                self.attended += 1;
                self.compensatory_rest += 1;
            }
            HalfCounted::Leave(kind) => *self.leaves.entry(kind).or_default() += 1,
            HalfCounted::Excluded(HalfReason::NoWorkRecorded) => self.no_work_recorded += 1,
            HalfCounted::Excluded(HalfReason::NoRestDayWork) => self.no_rest_day_work += 1,
            HalfCounted::Absent => self.absent += 1,
            HalfCounted::Recalled => self.recalled += 1,
            HalfCounted::Unrecorded => self.unrecorded += 1,
            HalfCounted::Remaining => self.remaining += 1,
        }
    }

    /// The columns of the sheet: the usual ones always, the rare ones where they are not zero. 公差 and 补休 are among the
    /// attended; all the others with the attended sum up to the scheduled. Of those who come for the day only what happened is
    /// summed: the workdays they spent at home are neither due nor left blank.
    pub(super) fn items(&self, by_the_day: bool) -> Vec<(&'static str, u32)> {
        let leave = |kind: LeaveKind| self.leaves.get(&kind).copied().unwrap_or(0);
        let mut items = vec![
            ("应出勤", self.scheduled),
            ("实出勤", self.attended),
            ("其中公差", self.official_duty),
            ("其中补休", self.compensatory_rest),
        ];
        for kind in LeaveKind::ALL {
            let usual = matches!(kind, LeaveKind::PersonalLeave | LeaveKind::SickLeave);
            if usual || leave(*kind) > 0 {
                items.push((kind.label(Language::Chinese), leave(*kind)));
            }
        }
        items.push(("旷工", self.absent));
        items.push(("未填", self.unrecorded));
        let rare = [
            ("擅自调回", self.recalled),
            ("无记录不计", self.no_work_recorded),
            ("补休不计", self.no_rest_day_work),
            ("尚余", self.remaining),
        ];
        items.extend(rare.into_iter().filter(|(_, count)| *count > 0));
        if by_the_day {
            items.retain(|(label, _)| !matches!(*label, "应出勤" | "未填" | "尚余"));
        }
        items
    }
}
