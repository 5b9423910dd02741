//! The application as a whole: settings, postings, what went wrong at the start.

use super::CommandError;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::{Physician, Station};

/// Which of the two doors was taken; changeable at any time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 派驻医师
    Physician,
    /// 审核
    Supervisor,
}

/// Light, dark, or as the system says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// A review file that was opened on this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RecentFile {
    /// Where it lies.
    pub path: String,
    /// 姓名; blank where it was not filled in.
    pub physician: String,
    /// 受援单位; blank where it was not filled in.
    pub recipient_unit: String,
    /// When it was opened last.
    pub opened_at: String,
}

/// Who reviews; blank until filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OfficeProfile {
    /// 医院
    pub hospital: String,
    /// 部门, such as 医务部
    pub office: String,
    /// 姓名
    pub name: String,
}

/// Everything the window needs before a posting is open.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AppState {
    /// The door taken; null before the first run is over.
    pub role: Option<Role>,
    /// The language of the interface.
    pub language: Language,
    /// The theme.
    pub theme: Theme,
    /// Type size in per cent: 100 to 200.
    pub type_size: u32,
    /// Who reviews.
    pub office: OfficeProfile,
    /// The postings of this computer, the one worked on last first.
    pub postings: Vec<PostingSummary>,
    /// The posting that is open.
    pub current: Option<Uuid>,
    /// Why the records could not be opened; then nothing but this and the settings can be shown.
    pub problem: Option<super::OpenProblem>,
    /// The version of the program.
    pub version: String,
    /// Today in China.
    pub today: NaiveDate,
    /// A review file that waits to be opened: given as an argument, by a second start, or dropped before the page was
    /// ready. Pass it to `open_review_file`.
    pub opened_file: Option<String>,
    /// The review files opened lately, the last one first. Each may be passed to `open_review_file`.
    pub recent_files: Vec<RecentFile>,
    /// When the newest backup was made and verified.
    pub backup: Option<super::BackupInfo>,
    /// The folder that holds the records, for people to find.
    pub data_folder: String,
    /// Why nothing can be changed; null if it can.
    pub read_only: Option<super::ReadOnlyReason>,
    /// What there is to know, the most urgent first.
    pub notices: Vec<super::AppNotice>,
    /// Who shares this computer, the one who was here last first.
    pub physicians: Vec<PhysicianChoice>,
    /// When these records moved to another computer; then they can only be read here.
    pub moved_at: Option<String>,
    /// The other computer on which the records were worked on a short time before this one.
    pub other_computer: Option<OtherComputer>,
    /// Why the last automatic backup, or its second copy, was not made; null once one was.
    pub backup_trouble: Option<BackupTrouble>,
}

/// One physician of several who share a computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PhysicianChoice {
    /// 姓名; blank while not filled in.
    pub name: String,
    /// The posting to go on with.
    pub posting: PostingSummary,
    /// How many postings are theirs.
    #[ts(type = "number")]
    pub postings: usize,
}

/// Another computer that had the records open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OtherComputer {
    /// What people call it.
    pub name: String,
    /// When it had them open last.
    pub last_at: String,
}

/// An automatic backup that did not succeed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackupTrouble {
    /// When it was tried.
    pub at: String,
    /// What happened, whether the data is safe, what to do next.
    pub error: CommandError,
}

/// One posting in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PostingSummary {
    /// Its log.
    pub log_id: Uuid,
    /// 姓名; blank while not filled in.
    pub physician: String,
    /// 受援单位; blank while not filled in.
    pub recipient_unit: String,
    /// First day.
    pub start: NaiveDate,
    /// Last day.
    pub end: NaiveDate,
    /// Events so far.
    #[ts(type = "number")]
    pub n: u64,
    /// When the last event was entered.
    pub last_at: Option<String>,
}

/// A change of settings; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
#[ts(optional_fields)]
pub struct SettingsChange {
    /// The door.
    pub role: Option<Role>,
    /// The language.
    pub language: Option<Language>,
    /// The theme.
    pub theme: Option<Theme>,
    /// Type size in per cent: 100 to 200.
    pub type_size: Option<u32>,
    /// Who reviews.
    pub office: Option<OfficeProfile>,
}

/// A period a posting could have, with what it would ask for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PeriodFacts {
    /// The year of the first day.
    pub year: i32,
    /// The quarter whose default period this is, 1 to 4; null for a period of one's own.
    pub quarter: Option<u32>,
    /// First day.
    pub start: NaiveDate,
    /// Last day.
    pub end: NaiveDate,
    /// 交接日: the first workday from the start on.
    pub handover_date: NaiveDate,
    /// Days, both ends included.
    #[ts(type = "number")]
    pub days: i64,
    /// Workdays among them.
    pub workdays: u32,
    /// 应出勤: twice the workdays.
    pub scheduled_half_days: u32,
    /// Whether it reaches into a year whose holidays are not published yet.
    pub provisional: bool,
}

/// What the three questions of the first run ask.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The posted physician.
    pub physician: Physician,
    /// 支援医院
    pub supporting_hospital: Option<String>,
    /// 科室
    pub home_department: Option<String>,
    /// 受援单位
    pub recipient_unit: Option<String>,
    /// 县卫生健康局
    pub county_health_authority: Option<String>,
    /// 驻点 or 挂点
    pub station: Option<Station>,
    /// First day, included.
    pub start: NaiveDate,
    /// Last day, included.
    pub end: NaiveDate,
    /// The id of a scheme that is built in or the hospital's own; `rotation_3m`.
    pub scheme: String,
}
