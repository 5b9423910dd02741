//! The records of one posting, as they are stored and exchanged.

use super::kinds::{
    ActivityKind, DocumentKind, Half, HalfDayStatus, LeaveKind, OverrideKind, ProblemStatus, Sex, Station,
};
use crate::scheme::Scheme;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use ts_rs::TS;
use uuid::Uuid;

/// Fields of other programs, kept and handed on unread.
pub type Extra = Map<String, Value>;

/// Counts by key; a blank is no zero. Each 0 to 1,000,000.
pub type Tallies = BTreeMap<String, u32>;

macro_rules! record {
    ($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)+
            /// Fields of other programs, kept and handed on unread.
            #[serde(default, skip_serializing_if = "Map::is_empty")]
            #[ts(optional, as = "Option<BTreeMap<String, Value>>")]
            pub extra: Extra,
        }
    };
}

record! {
    /// One posting with all that was recorded in it.
    Records {
        /// Always `xiaxiangzhi.posting`.
        format: String,
        /// The version of this format: 1.
        version: u32,
        /// Who is posted where, when, and by which scheme.
        posting: Posting,
        /// Single dates that differ from the official calendar, one a date.
        #[serde(default)]
        calendar_overrides: Vec<CalendarOverride>,
        /// What each day was, at most one entry a date.
        #[serde(default)]
        days: Vec<Day>,
        /// Lectures, rounds and the rest, in the order in which they were entered.
        #[serde(default)]
        activities: Vec<Activity>,
        /// Leaves; no two cover the same half-day.
        #[serde(default)]
        leaves: Vec<Leave>,
        /// Papers handed in, at most one of a kind.
        #[serde(default)]
        documents: Vec<Document>,
        /// The support diary.
        #[serde(default)]
        problems: Vec<Problem>,
        /// The physician's own words at the end.
        #[serde(default)]
        summary: Summary,
        /// The posting's own statistics, beside the built-in tallies.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(optional, as = "Option<Vec<TallyItem>>")]
        tally_items: Vec<TallyItem>,
        /// The scheme used, whole; absent means the built-in one of `posting.scheme`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        scheme_document: Option<Box<Scheme>>,
    }
}

record! {
    /// Who is posted where, when, and by which scheme.
    Posting {
        /// The posting's identity, for good.
        id: Uuid,
        /// The posted physician.
        #[serde(default)]
        physician: Physician,
        /// 支援医院
        #[serde(default)]
        supporting_hospital: Option<String>,
        /// 科室
        #[serde(default)]
        home_department: Option<String>,
        /// 受援单位
        #[serde(default)]
        recipient_unit: Option<String>,
        /// 县卫生健康局
        #[serde(default)]
        county_health_authority: Option<String>,
        /// 医疗队, where the hospital sends one
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional = nullable)]
        medical_team: Option<String>,
        /// 队长 of that team
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional = nullable)]
        team_leader: Option<String>,
        /// 驻点 or 挂点
        #[serde(default)]
        station: Option<Station>,
        /// First day, included.
        start: NaiveDate,
        /// Last day, included.
        end: NaiveDate,
        /// The id of the scheme that judges the posting.
        scheme: String,
    }
}

record! {
    /// The posted physician, as the forms name her.
    #[derive(Default)]
    Physician {
        /// 姓名
        #[serde(default)]
        name: Option<String>,
        /// 性别
        #[serde(default)]
        sex: Option<Sex>,
        /// 出生日期
        #[serde(default)]
        birth_date: Option<NaiveDate>,
        /// 学历
        #[serde(default)]
        education: Option<String>,
        /// 专业
        #[serde(default)]
        specialty: Option<String>,
        /// 职称
        #[serde(default)]
        title: Option<String>,
        /// 执业证号
        #[serde(default)]
        licence_number: Option<String>,
        /// 拟晋升职称
        #[serde(default)]
        promotion_target: Option<String>,
    }
}

record! {
    /// A date that differs from the official calendar, by the clinic's roster or a notice loaded later.
    CalendarOverride {
        /// The date, unique among the overrides.
        date: NaiveDate,
        /// What the date is.
        kind: OverrideKind,
        /// Why.
        #[serde(default)]
        reason: Option<String>,
        /// The public holiday it belongs to, in Chinese (春节), also on make-up workdays; absent for a roster of the unit's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        holiday: Option<String>,
        /// The year whose published arrangement was loaded and says so; absent for a roster of the unit's own. A year with
        /// such a date is no longer provisional.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        arrangement_year: Option<u32>,
    }
}

record! {
    /// One day's entry.
    Day {
        /// The date, unique among the days.
        date: NaiveDate,
        /// The morning, or null while nothing is recorded.
        #[serde(default)]
        morning: Option<HalfDayStatus>,
        /// The afternoon, or null while nothing is recorded.
        #[serde(default)]
        afternoon: Option<HalfDayStatus>,
        /// 简单记录当日工作情况
        #[serde(default)]
        note: Option<String>,
        /// The day's counts.
        #[serde(default)]
        tallies: Tallies,
    }
}

record! {
    /// A lecture, a round, a free clinic: something done on one date.
    Activity {
        /// The record's identity; the app always gives one.
        #[serde(default)]
        id: Option<Uuid>,
        /// What it was.
        kind: ActivityKind,
        /// When it was.
        date: NaiveDate,
        /// 题目
        #[serde(default)]
        title: Option<String>,
        /// 地点
        #[serde(default)]
        place: Option<String>,
        /// Length in minutes.
        #[serde(default)]
        minutes: Option<u32>,
        /// How many took part.
        #[serde(default)]
        participants: Option<u32>,
        /// 听众
        #[serde(default)]
        audience: Option<String>,
        /// 记录
        #[serde(default)]
        note: Option<String>,
        /// 计入考核: false keeps it on record and leaves it out of the assessment.
        #[serde(default = "yes")]
        counts_toward_assessment: bool,
        /// The activity's own counts.
        #[serde(default)]
        tallies: Tallies,
        /// Sign-in sheets, photos.
        #[serde(default)]
        attachments: Vec<Attachment>,
    }
}

fn yes() -> bool {
    true
}

record! {
    /// A file that goes with an activity, named by its hash.
    Attachment {
        /// SHA-256 of its bytes, 64 lower-case hexadecimal digits.
        sha256: String,
        /// The name it came with.
        #[serde(default)]
        name: Option<String>,
        /// Its media type.
        #[serde(default)]
        media_type: Option<String>,
        /// Its length in bytes.
        #[serde(default)]
        #[ts(type = "number | null")]
        length: Option<u64>,
    }
}

record! {
    /// One leave, from one half-day to another, both included.
    Leave {
        /// The record's identity.
        id: Uuid,
        /// 类别
        kind: LeaveKind,
        /// First date.
        from: NaiveDate,
        /// First half-day.
        from_half: Half,
        /// Last date.
        to: NaiveDate,
        /// Last half-day.
        to_half: Half,
        /// 事由
        #[serde(default)]
        reason: Option<String>,
        /// 受援单位负责人批准
        #[serde(default)]
        recipient_approval: Option<Approval>,
        /// 电话告知医务部
        #[serde(default)]
        notification: Option<Notification>,
        /// 书面说明
        #[serde(default)]
        written_explanation: Option<WrittenExplanation>,
        /// 销假
        #[serde(default)]
        returned_on: Option<NaiveDate>,
    }
}

record! {
    /// The recipient head's approval of a leave.
    Approval {
        /// Who approved.
        #[serde(default)]
        by: Option<String>,
        /// When.
        #[serde(default)]
        on: Option<NaiveDate>,
    }
}

record! {
    /// The phone notice to the medical affairs office.
    Notification {
        /// Who was told.
        #[serde(default)]
        to: Option<String>,
        /// When.
        #[serde(default)]
        on: Option<NaiveDate>,
    }
}

record! {
    /// The written explanation to the director of the medical affairs office.
    WrittenExplanation {
        /// When it was handed in.
        on: NaiveDate,
    }
}

record! {
    /// A paper handed in.
    Document {
        /// Which, unique among the documents.
        kind: DocumentKind,
        /// When; null while it is not.
        #[serde(default)]
        submitted_on: Option<NaiveDate>,
    }
}

record! {
    /// A row of the support diary.
    Problem {
        /// The record's identity; the app always gives one.
        #[serde(default)]
        id: Option<Uuid>,
        /// When it was found.
        #[serde(default)]
        date: Option<NaiveDate>,
        /// 问题
        #[serde(default)]
        problem: Option<String>,
        /// 指导
        #[serde(default)]
        guidance: Option<String>,
        /// 整改
        #[serde(default)]
        corrective_action: Option<String>,
        /// 责任人
        #[serde(default)]
        responsible: Option<String>,
        /// 期限
        #[serde(default)]
        due: Option<NaiveDate>,
        /// How far it has been put right.
        #[serde(default)]
        status: Option<ProblemStatus>,
        /// 复查日期
        #[serde(default)]
        rechecked_on: Option<NaiveDate>,
        /// 复查结果
        #[serde(default)]
        result: Option<String>,
    }
}

record! {
    /// The physician's own words at the end. A section of the posting summary that is absent is drafted from the records.
    #[derive(Default)]
    Summary {
        /// 自我鉴定
        #[serde(default)]
        self_appraisal: Option<String>,
        /// 问题与建议
        #[serde(default)]
        suggestions: Option<String>,
        /// 基本情况, in place of the draft.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        basics: Option<String>,
        /// 政治思想与医德, in place of the draft.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        conduct: Option<String>,
        /// 医疗工作, in place of the draft.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        medical_work: Option<String>,
        /// 教学带教, in place of the draft.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        teaching: Option<String>,
        /// 公共卫生与义诊, in place of the draft.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        public_health: Option<String>,
        /// 体会
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        reflections: Option<String>,
    }
}

record! {
    /// A statistic of the posting's own.
    TallyItem {
        /// Its key in `tallies`: lower-case letters, digits and underscores, none of the built-in ones.
        key: String,
        /// Its label.
        label: String,
        /// Its unit.
        #[serde(default)]
        unit: Option<String>,
    }
}

impl Day {
    /// What was entered for one half.
    pub fn half(&self, half: Half) -> Option<HalfDayStatus> {
        match half {
            Half::Morning => self.morning,
            Half::Afternoon => self.afternoon,
        }
    }
}

impl Leave {
    /// The first half-day covered.
    pub fn first(&self) -> (NaiveDate, Half) {
        (self.from, self.from_half)
    }

    /// The last half-day covered.
    pub fn last(&self) -> (NaiveDate, Half) {
        (self.to, self.to_half)
    }

    /// Whether the leave covers this half-day.
    pub fn covers(&self, date: NaiveDate, half: Half) -> bool {
        self.first() <= (date, half) && (date, half) <= self.last()
    }
}
