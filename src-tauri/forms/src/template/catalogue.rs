//! Every placeholder there is: its name, what it stands for, an example.

use serde::Serialize;
use std::sync::LazyLock;
use xiaxiangzhi_core::language::{Label, Language};
use xiaxiangzhi_core::posting::TALLIES;

/// A placeholder of templates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Placeholder {
    /// What stands between the braces, such as `physician.name`.
    pub name: String,
    /// What it stands for.
    pub meaning: Label,
    /// What it is about, with others of its kind.
    pub group: Label,
    /// What it may become.
    pub example: String,
    /// Whether a table row that holds it comes once for each record.
    pub repeats: bool,
}

/// The lists: a row with a placeholder of one of them comes once for each of its records.
pub(super) const LISTS: [&str; 8] = [
    "duties",
    "tallies",
    "leaves",
    "lectures",
    "rounds",
    "activities",
    "diary",
    "days",
];

/// What the placeholders are about by what their names begin with, in Chinese and English.
const GROUPS: &[(&[&str], &str, &str)] = &[
    (&["physician"], "本人", "The physician"),
    (&["posting"], "派驻", "The posting"),
    (&["attendance"], "考勤", "Attendance"),
    (&["count", "workload", "leave"], "次数和汇总", "Counts and sums"),
    (&["tally"], "各项工作量", "Each statistic"),
    (&["verdict"], "系统判定", "The verdict"),
    (&["money"], "补助", "The subsidy"),
    (&["summary"], "自我鉴定和建议", "Self-appraisal and suggestions"),
    (
        &["date", "log", "signature"],
        "日期、封存码、签章",
        "Date, sealing code, lines to sign",
    ),
    (&["duties"], "考核项", "Requirements"),
    (&["tallies"], "工作量项目", "Statistics"),
    (&["leaves"], "请假", "Leaves"),
    (&["lectures"], "授课", "Lectures"),
    (&["rounds"], "查房", "Rounds"),
    (&["activities"], "全部活动", "All activities"),
    (&["diary"], "帮扶日记", "Support diary"),
    (&["days"], "每天", "Each day"),
];

/// Name, meaning in Chinese and English, example.
const NAMES: &[(&str, &str, &str, &str)] = &[
    ("physician.name", "姓名", "Name", "李晓梅"),
    ("physician.sex", "性别", "Sex", "女"),
    (
        "physician.birth_date",
        "出生日期",
        "Date of birth",
        "1988年6月3日",
    ),
    ("physician.birth_month", "出生年月", "Month of birth", "1988年6月"),
    ("physician.education", "学历", "Education", "本科"),
    ("physician.specialty", "专业", "Specialty", "内科学"),
    ("physician.title", "职称", "Title", "主治医师"),
    (
        "physician.licence_number",
        "执业证号",
        "Licence number",
        "110441000000001",
    ),
    (
        "physician.promotion_target",
        "拟晋升职称",
        "Title applied for",
        "副主任医师",
    ),
    (
        "posting.supporting_hospital",
        "支援医院",
        "Supporting hospital",
        "望山市第二人民医院",
    ),
    ("posting.home_department", "科室", "Home department", "心内科"),
    (
        "posting.recipient_unit",
        "受援单位",
        "Recipient unit",
        "河口镇中心卫生院",
    ),
    (
        "posting.county_health_authority",
        "县级卫生健康行政部门",
        "County health authority",
        "双河县卫生健康局",
    ),
    ("posting.medical_team", "医疗队", "Medical team", "赴双河县医疗队"),
    ("posting.team_leader", "队长", "Team leader", "周启明"),
    ("posting.station", "驻点或挂点", "Kind of station", "驻点"),
    ("posting.start", "开始日期", "First day", "2026年1月5日"),
    ("posting.end", "结束日期", "Last day", "2026年4月5日"),
    (
        "posting.period",
        "起止日期",
        "Period",
        "2026年1月5日至2026年4月5日",
    ),
    ("posting.days", "派驻天数", "Days of the posting", "91"),
    (
        "posting.days_in_all",
        "历次派驻累计天数",
        "Days of all postings",
        "273",
    ),
    ("posting.count_in_all", "历次派驻次数", "How many postings", "3"),
    ("posting.scheme", "考核方案", "Scheme", "三月轮换"),
    (
        "attendance.scheduled",
        "应出勤（半天）",
        "Scheduled half-days",
        "122",
    ),
    (
        "attendance.attended",
        "实出勤（半天）",
        "Attended half-days",
        "118",
    ),
    ("attendance.percent", "考勤率", "Attendance rate", "96.7%"),
    ("attendance.needed", "达标需要（半天）", "Half-days needed", "98"),
    ("attendance.leave", "请假（半天）", "Half-days of leave", "3"),
    (
        "attendance.official_duty",
        "公差（半天）",
        "Half-days of official duty",
        "1",
    ),
    (
        "attendance.compensatory_rest",
        "补休（半天）",
        "Half-days of compensatory rest",
        "1",
    ),
    ("attendance.absent", "旷工（半天）", "Half-days absent", "0"),
    (
        "attendance.unrecorded",
        "未填（半天）",
        "Half-days without an entry",
        "1",
    ),
    (
        "count.lectures",
        "授课次数（全部记录）",
        "Lectures on record",
        "7",
    ),
    ("count.rounds", "查房次数（全部记录）", "Rounds on record", "12"),
    ("count.activities", "全部活动次数", "Activities on record", "21"),
    ("count.leaves", "请假次数", "Leaves on record", "1"),
    (
        "workload",
        "工作量，一行",
        "Workload in one line",
        "门诊1,131人次　查房诊视149人次",
    ),
    (
        "leave.summary",
        "请假汇总，一行",
        "Leaves in one line",
        "共1次3个半天：2月2日下午至3日下午事假1天半（批准2月1日）。",
    ),
    (
        "verdict.text",
        "系统判定，整句",
        "The verdict in full",
        "截至2026年4月6日（已期满），未达标0项；实发1,320元。",
    ),
    ("verdict.phase", "阶段", "Phase", "已期满"),
    ("verdict.failed_count", "未达标项数", "Requirements not met", "0"),
    ("verdict.failed", "未达标的项目", "Which were not met", "无"),
    (
        "verdict.appraisal_form",
        "服务鉴定表可否出具",
        "Whether the appraisal form is issued",
        "可以出具",
    ),
    (
        "verdict.sources",
        "依据条款",
        "The clauses",
        "《卫生下乡工作制度》四（二）……",
    ),
    ("money.subsidy", "补助应发", "Subsidy", "1,320元"),
    (
        "money.subsidy_capitals",
        "补助应发，大写",
        "Subsidy in capitals",
        "壹仟叁佰贰拾元整",
    ),
    ("money.deducted", "扣减", "Deducted", "0元"),
    (
        "money.deducted_capitals",
        "扣减，大写",
        "Deducted, in capitals",
        "零元整",
    ),
    ("money.payable", "实发", "Payable", "1,320元"),
    (
        "money.payable_capitals",
        "实发，大写",
        "Payable, in capitals",
        "壹仟叁佰贰拾元整",
    ),
    (
        "summary.self_appraisal",
        "自我鉴定",
        "Self-appraisal",
        "派驻期间……",
    ),
    (
        "summary.suggestions",
        "建议",
        "Suggestions",
        "建议配备动态血压仪。",
    ),
    ("date.today", "考核日期", "Date of the assessment", "2026年4月6日"),
    (
        "log.code",
        "封存码",
        "Sealing code",
        "7KQ2 M4XD 9RTA W3HE C6PN 0VJS 5B",
    ),
    (
        "signature.physician",
        "本人签名行",
        "Line for the physician to sign",
        "签名：　　　　　年　　月　　日",
    ),
    (
        "signature.recipient",
        "受援单位签章行",
        "Line for the recipient unit",
        "负责人签名：　　　　　（盖章）　　　年　　月　　日",
    ),
    (
        "signature.medical_affairs",
        "医务部签章行",
        "Line for the medical affairs office",
        "审核人签名：　　　　　（盖章）　　　年　　月　　日",
    ),
    ("duties.title", "考核项", "Requirement", "授课"),
    ("duties.required", "要求", "Asked", "不少于4次，每次相隔不少于7天"),
    ("duties.done", "完成", "Done", "7次"),
    (
        "duties.detail",
        "明细",
        "Dates and gaps",
        "1月7日、22日（隔15天）",
    ),
    ("duties.status", "结论", "Conclusion", "达标"),
    ("duties.clause", "依据条款", "Clause", "四（二）"),
    ("tallies.name", "工作量项目", "Statistic", "门诊"),
    ("tallies.value", "数量", "Figure", "1,131人次"),
    ("leaves.number", "序号", "Number", "1"),
    ("leaves.kind", "请假类别", "Kind of leave", "事假"),
    ("leaves.from", "从", "From", "2026年2月2日下午"),
    ("leaves.to", "到", "To", "2026年2月3日下午"),
    ("leaves.length", "时长", "Length", "1天半"),
    ("leaves.reason", "事由", "Reason", "家中有事"),
    ("leaves.approved_by", "批准人", "Approved by", "王院长"),
    ("leaves.approved_on", "批准日期", "Approved on", "2026年2月1日"),
    (
        "leaves.notified_on",
        "电话告知日期",
        "Office told on",
        "2026年2月1日",
    ),
    ("leaves.returned_on", "销假日期", "Returned on", "2026年2月4日"),
    ("diary.number", "序号", "Number", "1"),
    ("diary.date", "发现日期", "Found on", "2026年1月12日"),
    ("diary.problem", "问题", "Problem", "处方无诊断"),
    ("diary.guidance", "指导", "Guidance", "讲解处方书写规范"),
    ("diary.corrective_action", "整改", "Corrective action", "每周抽查"),
    ("diary.responsible", "责任人", "Responsible", "陈医生"),
    ("diary.due", "期限", "Due", "2026年1月26日"),
    ("diary.status", "整改情况", "State", "已整改"),
    ("diary.rechecked_on", "复查日期", "Rechecked on", "2026年1月27日"),
    ("diary.result", "复查结果", "Result", "合格"),
    ("days.date", "日期", "Date", "2026年1月5日"),
    ("days.weekday", "星期", "Weekday", "一"),
    ("days.morning", "上午", "Morning", "出勤"),
    ("days.afternoon", "下午", "Afternoon", "出勤"),
    ("days.note", "工作情况", "Day's note", "门诊18人次"),
];

/// The fields of lectures, rounds and all activities.
const ACTIVITY: &[(&str, &str, &str, &str)] = &[
    ("number", "序号", "number", "1"),
    ("kind", "类别", "kind", "授课"),
    ("date", "日期", "date", "2026年1月7日"),
    ("title", "题目", "title", "高血压规范管理"),
    ("place", "地点", "place", "卫生院会议室"),
    ("minutes", "时长（分钟）", "length in minutes", "60"),
    ("participants", "人数", "participants", "18"),
    ("audience", "听众", "audience", "乡村医生"),
    ("note", "记录", "note", "重点讲解随访"),
    ("counts", "是否计入考核", "whether it counts", "是"),
];

/// Every placeholder a template may hold, those of the whole posting first.
pub fn placeholders() -> &'static [Placeholder] {
    static ALL: LazyLock<Vec<Placeholder>> = LazyLock::new(|| {
        let one = |name: String, zh: String, en: String, example: &str| Placeholder {
            repeats: list_of(&name).is_some(),
            group: group_of(&name),
            name,
            meaning: Label { zh, en },
            example: example.to_owned(),
        };
        let mut all: Vec<Placeholder> = NAMES
            .iter()
            .map(|(name, zh, en, example)| {
                one((*name).to_owned(), (*zh).to_owned(), (*en).to_owned(), example)
            })
            .collect();
        for (list, zh, en) in [
            ("lectures", "授课", "Lectures"),
            ("rounds", "查房", "Rounds"),
            ("activities", "活动", "Activities"),
        ] {
            all.extend(ACTIVITY.iter().map(|(field, zh_field, en_field, example)| {
                one(
                    format!("{list}.{field}"),
                    format!("{zh}：{zh_field}"),
                    format!("{en}: {en_field}"),
                    example,
                )
            }));
        }
        all.extend(TALLIES.iter().map(|tally| {
            let said = |language| format!("{}（{}）", tally.label(language), tally.unit(language));
            let (zh, en) = (said(Language::Chinese), tally.label(Language::English).to_owned());
            one(format!("tally.{}", tally.key), zh, en, "12")
        }));
        let place = |name: &str| {
            GROUPS
                .iter()
                .position(|(firsts, ..)| firsts.contains(&first_of(name)))
        };
        all.sort_by_key(|placeholder| (placeholder.repeats, place(&placeholder.name)));
        all
    });
    &ALL
}

fn first_of(name: &str) -> &str {
    name.split('.').next().unwrap_or_default()
}

fn group_of(name: &str) -> Label {
    let group = GROUPS
        .iter()
        .find(|(firsts, ..)| firsts.contains(&first_of(name)));
    let (zh, en) = group.map_or(("", ""), |(_, zh, en)| (*zh, *en));
    Label {
        zh: zh.to_owned(),
        en: en.to_owned(),
    }
}

/// The list a placeholder belongs to.
pub(super) fn list_of(name: &str) -> Option<&'static str> {
    let (first, _) = name.split_once('.')?;
    LISTS.into_iter().find(|list| *list == first)
}

pub(super) fn is_known(name: &str) -> bool {
    placeholders().iter().any(|placeholder| placeholder.name == name)
}

/// The known name that was most likely meant.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    let scored = placeholders().iter().map(|placeholder| {
        let own = placeholder.name.as_str();
        (strsim::jaro_winkler(name, own), own)
    });
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 > 0.75).then_some(best.1)
}
