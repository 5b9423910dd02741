//! What the fields of each record are called, and how their values are said.

use super::Entity;
use super::field_changes::label;
use crate::language::{Label, Language};
use crate::posting::{
    ActivityKind, Half, HalfDayStatus, Kind, LeaveKind, OverrideKind, ProblemStatus, Sex, Station,
};

/// One field of a record.
pub(super) struct Field {
    /// JSON pointer into the record.
    pub(super) pointer: &'static str,
    zh: &'static str,
    en: &'static str,
    /// How its value is said.
    pub(super) shown: Shown,
}

impl Field {
    pub(super) fn name(&self) -> Label {
        label(self.zh, self.en)
    }
}

/// How a value is said.
#[derive(Clone, Copy)]
pub(super) enum Shown {
    Text,
    Date,
    /// A date, with the field that says which half of it.
    Moment(&'static str),
    /// A value of a closed list.
    Kind(fn(&str) -> Option<Label>),
    /// A number with its unit.
    Count(&'static str, &'static str),
    /// True unless it says no.
    YesUnlessNo,
    /// Counts by key.
    Tallies,
    /// Files by name.
    Names,
}

impl Shown {
    /// The other field that is told along.
    pub(super) fn second(self) -> Option<&'static str> {
        match self {
            Self::Moment(half) => Some(half),
            _ => None,
        }
    }
}

const fn field(pointer: &'static str, zh: &'static str, en: &'static str, shown: Shown) -> Field {
    Field {
        pointer,
        zh,
        en,
        shown,
    }
}

fn kind<K: Kind>(name: &str) -> Option<Label> {
    let kind = K::from_name(name)?;
    Some(label(
        kind.label(Language::Chinese),
        kind.label(Language::English),
    ))
}

pub(super) fn half(name: &str) -> Option<Label> {
    kind::<Half>(name)
}

/// The fields of a record, in the order in which its form shows them.
pub(super) fn fields_of(entity: Entity) -> &'static [Field] {
    match entity {
        Entity::Posting => POSTING,
        Entity::Scheme => SCHEME,
        Entity::CalendarOverride => OVERRIDE,
        Entity::Day => DAY,
        Entity::Activity => ACTIVITY,
        Entity::Leave => LEAVE,
        Entity::Document => DOCUMENT,
        Entity::Problem => PROBLEM,
        Entity::Summary => SUMMARY,
        Entity::TallyItem => TALLY_ITEM,
        Entity::Attachment => ATTACHMENT,
        Entity::Answer => ANSWER,
        Entity::Amendment => AMENDMENT,
        Entity::Extra => &[],
    }
}

const ANSWER: &[Field] = &[field("/text", "答复", "Answer", Shown::Text)];

const AMENDMENT: &[Field] = &[field("/reason", "原因", "Reason", Shown::Text)];

const POSTING: &[Field] = &[
    field("/physician/name", "姓名", "Name", Shown::Text),
    field("/physician/sex", "性别", "Sex", Shown::Kind(kind::<Sex>)),
    field("/physician/birth_date", "出生日期", "Date of birth", Shown::Date),
    field("/physician/education", "学历", "Education", Shown::Text),
    field("/physician/specialty", "专业", "Specialty", Shown::Text),
    field("/physician/title", "职称", "Title", Shown::Text),
    field(
        "/physician/licence_number",
        "执业证号",
        "Licence number",
        Shown::Text,
    ),
    field(
        "/physician/promotion_target",
        "拟晋升职称",
        "Promotion to",
        Shown::Text,
    ),
    field(
        "/supporting_hospital",
        "支援医院",
        "Supporting hospital",
        Shown::Text,
    ),
    field("/home_department", "科室", "Department", Shown::Text),
    field("/recipient_unit", "受援单位", "Recipient unit", Shown::Text),
    field(
        "/county_health_authority",
        "县卫生健康局",
        "County health authority",
        Shown::Text,
    ),
    field("/medical_team", "医疗队", "Medical team", Shown::Text),
    field("/team_leader", "队长", "Team leader", Shown::Text),
    field("/station", "驻点方式", "Station", Shown::Kind(kind::<Station>)),
    field("/start", "第一天", "First day", Shown::Date),
    field("/end", "最后一天", "Last day", Shown::Date),
    field("/scheme", "考核方案", "Scheme", Shown::Text),
];

const SCHEME: &[Field] = &[
    field("/id", "方案", "Scheme", Shown::Text),
    field("/title/zh", "名称", "Title", Shown::Text),
    field("/version", "版本", "Version", Shown::Count("", "")),
    field("/reason", "换版的原因", "Why it was changed", Shown::Text),
];

/// What the parts of a scheme are called that are too long to be told.
pub(super) const SCHEME_PARTS: &[(&str, &str, &str)] = &[
    ("summary", "说明", "Summary"),
    ("source", "出处", "Source"),
    ("period", "派驻期", "Period"),
    ("duties", "任务", "Duties"),
    ("quotas", "数量要求", "Numbers asked"),
    ("attendance", "考勤", "Attendance"),
    ("leave", "请假", "Leave"),
    ("consequences", "补助与处理", "Consequences"),
    ("documents", "上交材料", "Papers"),
    ("allowances", "可享受", "Allowances"),
    ("points", "百分制", "Points"),
    ("appraisal", "鉴定", "Appraisal"),
    ("tallies", "统计", "Statistics"),
    ("form_titles", "表格标题", "Titles of forms"),
    ("oddities", "需要问一问", "Questions to ask"),
    ("noted", "只记录", "Only stated"),
];

const OVERRIDE: &[Field] = &[
    field("/kind", "安排", "Arrangement", Shown::Kind(kind::<OverrideKind>)),
    field("/holiday", "节日", "Holiday", Shown::Text),
    field(
        "/arrangement_year",
        "哪年的安排",
        "Arrangement of",
        Shown::Count("年", ""),
    ),
    field("/reason", "事由", "Reason", Shown::Text),
];

const DAY: &[Field] = &[
    field("/morning", "上午", "Morning", Shown::Kind(kind::<HalfDayStatus>)),
    field(
        "/afternoon",
        "下午",
        "Afternoon",
        Shown::Kind(kind::<HalfDayStatus>),
    ),
    field("/tallies", "工作量", "Counts", Shown::Tallies),
    field("/note", "记录", "Record", Shown::Text),
];

const ACTIVITY: &[Field] = &[
    field("/kind", "类别", "Kind", Shown::Kind(kind::<ActivityKind>)),
    field("/date", "日期", "Date", Shown::Date),
    field("/title", "题目", "Title", Shown::Text),
    field("/place", "地点", "Place", Shown::Text),
    field("/minutes", "时长", "Length", Shown::Count("分钟", "minutes")),
    field("/participants", "人数", "Participants", Shown::Count("人", "")),
    field("/audience", "听众", "Audience", Shown::Text),
    field("/tallies", "工作量", "Counts", Shown::Tallies),
    field("/note", "记录", "Note", Shown::Text),
    field(
        "/counts_toward_assessment",
        "计入考核",
        "Counts toward the assessment",
        Shown::YesUnlessNo,
    ),
    field("/attachments", "附件", "Attachments", Shown::Names),
];

const LEAVE: &[Field] = &[
    field("/kind", "类别", "Kind", Shown::Kind(kind::<LeaveKind>)),
    field("/from", "从", "From", Shown::Moment("/from_half")),
    field("/to", "到", "To", Shown::Moment("/to_half")),
    field("/reason", "事由", "Reason", Shown::Text),
    field("/recipient_approval/by", "批准人", "Approved by", Shown::Text),
    field("/recipient_approval/on", "批准日期", "Approved on", Shown::Date),
    field("/notification/to", "告知谁", "Told to", Shown::Text),
    field("/notification/on", "告知日期", "Told on", Shown::Date),
    field(
        "/written_explanation/on",
        "书面说明",
        "Written explanation",
        Shown::Date,
    ),
    field("/returned_on", "销假", "Returned", Shown::Date),
];

const DOCUMENT: &[Field] = &[field("/submitted_on", "上交日期", "Handed in on", Shown::Date)];

const PROBLEM: &[Field] = &[
    field("/date", "日期", "Date", Shown::Date),
    field("/problem", "问题", "Problem", Shown::Text),
    field("/guidance", "指导", "Guidance", Shown::Text),
    field("/corrective_action", "整改", "Corrective action", Shown::Text),
    field("/responsible", "责任人", "Responsible", Shown::Text),
    field("/due", "期限", "Due", Shown::Date),
    field("/status", "状态", "Status", Shown::Kind(kind::<ProblemStatus>)),
    field("/rechecked_on", "复查日期", "Rechecked on", Shown::Date),
    field("/result", "复查结果", "Result of the recheck", Shown::Text),
];

const SUMMARY: &[Field] = &[
    field("/self_appraisal", "自我鉴定", "Self-appraisal", Shown::Text),
    field("/suggestions", "建议", "Suggestions", Shown::Text),
    field("/basics", "基本情况", "Basics", Shown::Text),
    field("/conduct", "政治思想与医德", "Conduct", Shown::Text),
    field("/medical_work", "医疗工作", "Medical work", Shown::Text),
    field("/teaching", "教学带教", "Teaching", Shown::Text),
    field(
        "/public_health",
        "公共卫生与义诊",
        "Public health and free clinics",
        Shown::Text,
    ),
    field("/reflections", "体会", "Reflections", Shown::Text),
];

const TALLY_ITEM: &[Field] = &[
    field("/label", "名称", "Name", Shown::Text),
    field("/unit", "单位", "Unit", Shown::Text),
];

const ATTACHMENT: &[Field] = &[
    field("/name", "文件名", "File name", Shown::Text),
    field("/media_type", "类型", "Type", Shown::Text),
    field("/length", "大小", "Size", Shown::Count("字节", "bytes")),
];
