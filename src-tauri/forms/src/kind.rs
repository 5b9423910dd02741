//! Which papers there are.

use serde::{Deserialize, Serialize};

macro_rules! form_kinds {
    ($($(#[$meta:meta])* $kind:ident = $id:literal, $name:literal, $title:literal;)+) => {
        /// The papers of a posting.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum FormKind {
            $($(#[$meta])* #[serde(rename = $id)] $kind,)+
        }

        impl FormKind {
            /// All of them, in the order in which an office files them.
            pub const ALL: &'static [Self] = &[$(Self::$kind),+];

            /// The name that programs and the command line use; it never changes.
            pub fn id(self) -> &'static str {
                match self { $(Self::$kind => $id),+ }
            }

            /// What people call it; also the end of its file's name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name),+ }
            }

            /// Its title as printed, where the scheme has no other.
            pub fn title(self) -> &'static str {
                match self { $(Self::$kind => $title),+ }
            }
        }
    };
}

form_kinds! {
    /// What the physician hands in at the end.
    TaskAssessmentSheet = "sheet", "任务考核表", "卫生下乡任务考核表";
    /// A month a page.
    MonthlyAttendanceSheet = "attendance", "月考勤表", "卫生下乡月考勤表";
    /// What the recipient unit fills in.
    ServiceAppraisalForm = "appraisal", "服务鉴定表", "医生到农村医疗卫生机构服务鉴定表";
    /// What the physician writes.
    PostingSummary = "summary", "下乡总结", "卫生下乡工作总结";
    /// What each day's work was.
    DailyLog = "daily", "工作日志", "卫生下乡工作日志";
    /// Lectures, trainings and what else is taught.
    LectureRecords = "lectures", "讲座记录", "讲座（授课）记录";
    /// Ward rounds, teaching rounds and what else is done at the bed.
    RoundRecords = "rounds", "查房记录", "查房记录";
    /// Leaves with their route.
    LeaveSlips = "leave", "请假单", "下乡人员请假单";
    /// Free clinics, health education and the rest.
    ActivityRecords = "activities", "义诊与健康教育记录", "义诊、健康教育及其他活动记录";
    /// Problems found, guidance, what was put right.
    SupportDiary = "diary", "帮扶日记", "帮扶日记";
}

impl FormKind {
    /// The papers that are made of single records; one with no such record does not exist.
    pub const RECORDS: &'static [Self] = &[
        Self::DailyLog,
        Self::LectureRecords,
        Self::RoundRecords,
        Self::LeaveSlips,
        Self::ActivityRecords,
        Self::SupportDiary,
    ];

    /// Whether its records can be had in one table and one a page.
    pub fn has_layouts(self) -> bool {
        self != Self::DailyLog && Self::RECORDS.contains(&self)
    }

    /// The kind of that id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.id() == id)
    }
}
