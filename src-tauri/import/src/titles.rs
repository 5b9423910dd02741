//! What the title of a column, a sheet or a kind says.

use crate::Meaning;
use crate::text::plain;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::{ActivityKind, Kind, LeaveKind, TALLIES, TallyItem};

/// Words in titles, the telling ones first: the first that a title contains decides.
const COLUMNS: &[(&[&str], Meaning)] = &[
    (&["销假", "返岗", "返院", "归岗"], Meaning::ReturnedOn),
    (
        &["批准日期", "批准时间", "审批日期", "审批时间"],
        Meaning::ApprovedOn,
    ),
    (
        &["告知日期", "告知时间", "备案日期", "备案时间"],
        Meaning::NotifiedOn,
    ),
    (&["批准", "审批", "同意人"], Meaning::ApprovedBy),
    (&["告知", "备案", "医务部"], Meaning::NotifiedTo),
    (&["起止", "请假时间", "请假日期", "休假时间"], Meaning::Period),
    (&["开始", "起始", "起日", "自何日", "from"], Meaning::From),
    (&["结束", "截止", "止日", "至何日", "until"], Meaning::To),
    (
        &["天数", "序号", "编号", "星期", "周几", "合计"],
        Meaning::Nothing,
    ),
    (&["日期", "日子", "date"], Meaning::Date),
    (&["午别", "半天", "时段", "上下午", "上/下午"], Meaning::Half),
    (&["上午", "morning"], Meaning::Morning),
    (&["下午", "afternoon"], Meaning::Afternoon),
    (&["出勤", "考勤", "签到", "到岗"], Meaning::WholeDay),
    (
        &["题目", "主题", "课题", "讲座名称", "名称", "title"],
        Meaning::Title,
    ),
    (&["地点", "场所", "place"], Meaning::Place),
    (&["时长", "分钟", "学时", "课时", "minutes"], Meaning::Minutes),
    (&["对象", "听众", "受众", "audience"], Meaning::Audience),
    (&["事由", "原因", "理由", "reason"], Meaning::Reason),
    (
        &["类别", "类型", "形式", "种类", "假别", "假种", "kind"],
        Meaning::Kind,
    ),
    (&["姓名", "医师", "医生", "人员", "name"], Meaning::Person),
    (&["时间"], Meaning::Date),
];

/// Words in the titles of a support diary, the telling ones first.
const DIARY: &[(&[&str], Meaning)] = &[
    (&["序号", "编号", "天数", "单位"], Meaning::Nothing),
    (
        &["复查日期", "复查时间", "回访日期", "回访时间"],
        Meaning::RecheckedOn,
    ),
    (&["复查", "回访", "结果", "成效"], Meaning::Result),
    (&["期限", "限期", "时限", "截止"], Meaning::Due),
    (&["状态", "是否整改", "整改情况", "落实情况"], Meaning::Status),
    (&["责任", "负责"], Meaning::Responsible),
    (&["整改", "措施", "改进"], Meaning::CorrectiveAction),
    (&["指导", "意见", "建议"], Meaning::Guidance),
    (&["问题", "不足"], Meaning::Problem),
    (&["日期", "时间"], Meaning::Date),
    (&["姓名", "医师", "医生"], Meaning::Person),
];

/// Whether a row of titles is that of a support diary: problems, and what was done about them.
pub(crate) fn is_diary<'a>(titles: impl Iterator<Item = &'a str>) -> bool {
    let meanings: Vec<Meaning> = titles.filter_map(diary_meaning).collect();
    meanings.contains(&Meaning::Problem)
        && meanings.contains(&Meaning::Date)
        && [Meaning::Guidance, Meaning::CorrectiveAction, Meaning::Result]
            .iter()
            .any(|meaning| meanings.contains(meaning))
}

/// What a column's title says in a support diary.
pub(crate) fn diary_meaning(title: &str) -> Option<Meaning> {
    let title = plain(title);
    let known = DIARY
        .iter()
        .find(|(words, _)| words.iter().any(|word| title.contains(word)));
    known.map(|(_, meaning)| meaning.clone())
}

/// Words for texts, asked for only where no count is meant.
const TEXTS: &[&str] = &[
    "内容", "记录", "工作", "备注", "小结", "日志", "情况", "摘要", "做了", "干了", "note",
];

/// Words for counts, beside the labels of the catalogue.
const COUNTS: &[(&str, &[&str])] = &[
    ("outpatient_visits", &["门诊", "接诊", "诊疗人次", "outpatient"]),
    ("emergency_visits", &["急诊"]),
    ("admissions", &["收治", "住院", "入院"]),
    ("operations", &["手术"]),
    ("anaesthesias", &["麻醉"]),
    ("consultations", &["会诊"]),
    ("rescued_critical_patients", &["抢救", "急危重"]),
    ("referrals_up", &["上转", "向上转诊"]),
    ("referrals_down", &["下转", "向下转诊"]),
    ("leaflets", &["宣传资料", "宣传单", "传单", "资料份数"]),
    ("health_records_created", &["建档", "健康档案"]),
    ("free_clinic_visits", &["义诊"]),
    ("health_education_audience", &["健教人", "健康教育人", "宣教人"]),
    ("village_doctors_trained", &["培训乡村医生", "培训村医"]),
    ("ward_patients_seen", &["查房诊视", "查房人"]),
    ("check_ups", &["体检"]),
];

/// What a column's title says; none where it says nothing that is known. `counts` is whether the cells below are counts.
pub(crate) fn meaning_of(title: &str, own: &[TallyItem], counts: bool) -> Option<Meaning> {
    let whole = plain(title).to_lowercase();
    if let Some(item) = own.iter().find(|item| plain(&item.label).to_lowercase() == whole) {
        return Some(Meaning::Tally(item.key.clone()));
    }
    // What stands in brackets explains: 今天做了什么（不写患者姓名）is no column of names.
    let title = whole.split('(').next().unwrap_or_default().to_owned();
    if title.is_empty() {
        return None;
    }
    if let Some((_, meaning)) = COLUMNS
        .iter()
        .find(|(words, _)| words.iter().any(|word| title.contains(word)))
    {
        return Some(meaning.clone());
    }
    let labelled = TALLIES
        .iter()
        .find(|tally| tally.key != "donation_value_fen" && title.contains(tally.label(Language::Chinese)))
        .map(|tally| tally.key);
    let named = COUNTS
        .iter()
        .find(|(_, words)| words.iter().any(|word| title.contains(word)))
        .map(|(key, _)| *key);
    if let Some(key) = labelled.or(named)
        && counts
    {
        return Some(Meaning::Tally(key.to_owned()));
    }
    if title.contains("人数") || title.contains("听课") {
        return Some(Meaning::Participants);
    }
    if title.contains("工作量") {
        return Some(Meaning::Workload);
    }
    let text = TEXTS.iter().any(|word| title.contains(word)) || labelled.or(named).is_some();
    text.then_some(Meaning::Note)
}

/// Words for kinds of activity, the telling ones first.
const ACTIVITIES: &[(&[&str], ActivityKind)] = &[
    (&["教学查房"], ActivityKind::TeachingRound),
    (&["查房"], ActivityKind::WardRound),
    (
        &["手术示教", "手术带教", "示教"],
        ActivityKind::SurgicalDemonstration,
    ),
    (&["病例讨论", "病案讨论"], ActivityKind::CaseDiscussion),
    (
        &["健康教育", "健教", "宣教", "健康宣传"],
        ActivityKind::HealthEducation,
    ),
    (&["讲座", "授课", "讲课"], ActivityKind::Lecture),
    (&["义诊"], ActivityKind::FreeClinic),
    (&["巡回医疗", "巡诊"], ActivityKind::MobileClinic),
    (&["培训"], ActivityKind::Training),
    (&["会诊"], ActivityKind::Consultation),
    (&["带教"], ActivityKind::Mentoring),
    (&["入户", "随访", "家访"], ActivityKind::HomeVisit),
    (&["走访"], ActivityKind::SupportVisit),
    (&["突发", "应急"], ActivityKind::EmergencyResponse),
];

/// The kind of activity that a word names.
pub(crate) fn activity_kind(text: &str) -> Option<ActivityKind> {
    let text = plain(text);
    let labelled = |kind: &ActivityKind| {
        kind.label(Language::English).eq_ignore_ascii_case(&text) || kind.label(Language::Chinese) == text
    };
    ActivityKind::ALL.iter().copied().find(labelled).or_else(|| {
        ACTIVITIES
            .iter()
            .find(|(words, _)| words.iter().any(|word| text.contains(word)))
            .map(|(_, kind)| *kind)
    })
}

/// The kind of leave that a word names.
pub(crate) fn leave_kind(text: &str) -> Option<LeaveKind> {
    let text = plain(text);
    let exact = LeaveKind::ALL.iter().copied().find(|kind| {
        kind.label(Language::Chinese) == text || kind.label(Language::English).eq_ignore_ascii_case(&text)
    });
    let of_mark = |fits: &dyn Fn(&str) -> bool| {
        crate::default_symbols()
            .into_iter()
            .find_map(|(mark, means)| match means {
                crate::Means::Leave(kind) if fits(mark) => Some(kind),
                _ => None,
            })
    };
    // 事假（半天） is a 事假; of single letters only the letter itself is one.
    exact
        .or_else(|| of_mark(&|mark| mark == text))
        .or_else(|| of_mark(&|mark| mark.ends_with('假') && text.contains(mark)))
}
