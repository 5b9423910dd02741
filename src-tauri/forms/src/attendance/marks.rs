//! What stands for a half-day, and the legend that says so.

use xiaxiangzhi_core::assess::{HalfCounted, HalfReason};
use xiaxiangzhi_core::posting::{HalfDayStatus, Kind as _};
use xiaxiangzhi_core::scheme::{Mark, Scheme, marks};

pub(super) struct Marks(Vec<Mark>);

impl Marks {
    pub(super) fn of(scheme: &Scheme) -> Self {
        Self(marks(scheme))
    }

    /// What stands in the cell of a half-day.
    pub(super) fn symbol(&self, counted: HalfCounted) -> String {
        let key = match counted {
            HalfCounted::Rest(None) | HalfCounted::Remaining => return String::new(),
            HalfCounted::Rest(Some(status)) => status.name(),
            HalfCounted::Present => HalfDayStatus::Present.name(),
            HalfCounted::OfficialDuty => HalfDayStatus::OfficialDuty.name(),
            HalfCounted::CompensatoryRest => HalfDayStatus::CompensatoryRest.name(),
            HalfCounted::Leave(kind) => kind.name(),
            HalfCounted::Excluded(HalfReason::NoWorkRecorded) => "no_work_recorded",
            HalfCounted::Excluded(HalfReason::NoRestDayWork) => "no_rest_day_work",
            HalfCounted::Absent => HalfDayStatus::Absent.name(),
            HalfCounted::Recalled => HalfDayStatus::Recalled.name(),
            HalfCounted::Unrecorded => "unrecorded",
        };
        let mark = self.0.iter().find(|mark| mark.key == key);
        mark.map(|mark| mark.symbol.clone()).unwrap_or_default()
    }

    /// Every mark with what it stands for: it is always printed, for there is no national standard.
    pub(super) fn legend(&self) -> String {
        let said: Vec<String> = self
            .0
            .iter()
            .map(|mark| match mark.symbol.as_str() {
                "" => format!("空白 {}", mark.label),
                symbol => format!("{symbol} {}", mark.label),
            })
            .collect();
        let present = self.symbol(HalfCounted::Present);
        format!(
            "符号：{}。阴影为休息日，其中{present}为休息日出勤，不计入应出勤；／ 不在派驻期内。",
            said.join("　")
        )
    }
}
