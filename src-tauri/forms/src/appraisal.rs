//! 医生到农村医疗卫生机构服务鉴定表: what the physician declares, and what the units judge and seal.

use crate::error::FormsError;
use crate::form::{Align, Block, Cell, Form, Orientation, Row, Table};
use crate::kind::FormKind;
use crate::paper::{Ground, draft_note};
use crate::person::{fields, period, team, units, value};
use crate::sheet;
use chrono::Datelike;
use xiaxiangzhi_core::assess::{AppraisalForm, percent_shown};
use xiaxiangzhi_core::drafting;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::Kind as _;

const PERSON: [u16; 6] = [24, 40, 20, 36, 24, 36];
const TEXTS: [u16; 2] = [24, 156];
/// 综合考核: an aspect, what is said of it, its grade.
const ASPECTS: [u16; 4] = [24, 28, 74, 54];
const GRADES: [&str; 3] = ["优秀", "合格", "不合格"];
const NAMES: [&str; 6] = [
    "政治思想",
    "医德医风",
    "业务水平",
    "工作态度",
    "考勤情况",
    "工作实绩",
];

/// The service appraisal form of a posting; a draft marked so until the posting has ended.
pub(crate) fn service_appraisal_form(ground: &Ground<'_>) -> Result<Form, FormsError> {
    let state = ground.assessment.consequences.appraisal_form;
    if state == AppraisalForm::Withheld {
        return Err(withheld(ground));
    }
    let draft = state == AppraisalForm::Pending;
    let mut blocks = Vec::new();
    if draft {
        blocks.push(draft_note("派驻未期满，期满后按考核结果确定是否出具。"));
    }
    blocks.extend([
        Block::Table(person(ground)),
        Block::Table(Table::new(&TEXTS, 0, declared(ground))),
        Block::Table(Table::new(&ASPECTS, 0, aspects(ground))),
        Block::Table(Table::new(&TEXTS, 0, judged(ground))),
    ]);
    blocks.extend(ground.provisional_paragraph());
    let mut form = ground.form(FormKind::ServiceAppraisalForm, Orientation::Portrait, blocks);
    form.draft = draft;
    if draft {
        form.title.push_str("（草稿）");
    }
    Ok(form)
}

/// Why there is no form: the failed requirements and the clause.
pub(crate) fn withheld(ground: &Ground<'_>) -> FormsError {
    let failed = &ground.assessment.failed;
    let titles: Vec<String> = failed.iter().map(|id| sheet::duties::title(ground, id)).collect();
    FormsError::Withheld {
        reason: format!("未达标{}项（{}）", failed.len(), titles.join("、")),
        clause: ground.scheme.consequences.clause.clone(),
    }
}

fn person(ground: &Ground<'_>) -> Table {
    let posting = &ground.records.posting;
    let physician = &posting.physician;
    let born = physician
        .birth_date
        .map(|date| format!("{}年{}月", date.year(), date.month()));
    let sex = physician.sex.map(|sex| sex.label(Language::Chinese).to_owned());
    let length = (posting.end - posting.start).num_days() + 1;
    let in_all = ground
        .days_in_all
        .filter(|all| ground.scheme.days_in_all && all.postings > 1);
    let in_all = in_all.map_or_else(String::new, |all| {
        format!(
            "；历次派驻{}次，共{}天，重叠的日子只算一次",
            all.postings, all.days
        )
    });
    let centred = |text: Option<&String>| value(text).centred();
    let mut rows = Vec::new();
    for line in [
        vec![
            ("姓名", centred(physician.name.as_ref())),
            ("性别", centred(sex.as_ref())),
            ("出生年月", centred(born.as_ref())),
        ],
        vec![
            ("学历", centred(physician.education.as_ref())),
            ("专业", centred(physician.specialty.as_ref())),
            ("执业证号", centred(physician.licence_number.as_ref())),
        ],
        vec![
            ("现任职称", centred(physician.title.as_ref())),
            ("科室", centred(posting.home_department.as_ref())),
            ("拟晋升职称", centred(physician.promotion_target.as_ref())),
        ],
        units(ground, "派出单位"),
        team(ground),
    ] {
        rows.extend(fields(6, line));
    }
    rows.push(Row::from(vec![
        Cell::label("起止时间"),
        Cell::text(format!("{}，累计{length}天{in_all}", period(ground))).across(5),
    ]));
    Table::new(&PERSON, 0, rows)
}

fn declared(ground: &Ground<'_>) -> Vec<Row> {
    let row = |name: &str, text: String| Row::from(vec![Cell::label(name), Cell::text(text)]);
    let attendance = &ground.assessment.attendance;
    let (attended, scheduled) = (attendance.attended_half_days, attendance.scheduled_half_days);
    let words = drafting::self_appraisal_text(ground.records, ground.assessment, &ground.days);
    let leaves = sheet::leave::summary(ground);
    let attended = if ground.comes_for_the_day() {
        format!("{}；请假{leaves}", known_attendance(ground))
    } else {
        format!(
            "应出勤{scheduled}个半天，实出勤{attended}个半天，考勤率{}；请假{leaves}",
            percent_shown(attended, scheduled)
        )
    };
    vec![
        Row::from(vec![Cell::label("自我鉴定").down(2), Cell::text(words)]),
        Row::from(vec![Cell::to_sign("", "本人签名：", false)]),
        row("工作量", sheet::workload(ground)),
        row("考勤", attended),
    ]
}

/// □优秀　□合格　□不合格, or the scheme's own grades.
fn grades(ground: &Ground<'_>) -> String {
    let own = ground.scheme.appraisal.as_ref();
    let own = own.map(|appraisal| appraisal.grades.iter().map(|grade| grade.zh.as_str()).collect());
    let grades: Vec<&str> = own.unwrap_or_else(|| GRADES.to_vec());
    let boxes: Vec<String> = grades.iter().map(|grade| format!("□{grade}")).collect();
    boxes.join("　")
}

fn aspects(ground: &Ground<'_>) -> Vec<Row> {
    let own = ground.scheme.appraisal.as_ref();
    let own = own.map(|appraisal| {
        appraisal
            .aspects
            .iter()
            .map(|aspect| aspect.zh.as_str())
            .collect()
    });
    let names: Vec<&str> = own.unwrap_or_else(|| NAMES.to_vec());
    let count = u16::try_from(names.len()).unwrap_or(1);
    let grades = grades(ground);
    names
        .iter()
        .enumerate()
        .map(|(nth, name)| {
            // What the records can say of an aspect stands there already; the judgement is the unit's.
            let known = if *name == "考勤情况" {
                known_attendance(ground)
            } else {
                String::new()
            };
            let mut cells = Vec::new();
            if nth == 0 {
                cells.push(Cell::label("受援单位\n综合考核").down(count));
            }
            cells.push(Cell::label(*name));
            cells.push(Cell::text(known));
            cells.push(Cell {
                align: Align::Center,
                ..Cell::text(grades.clone())
            });
            Row::from(cells)
        })
        .collect()
}

/// 考勤率98.3%; of those who come for the day how often they came, for no rate can be worked out.
fn known_attendance(ground: &Ground<'_>) -> String {
    let attendance = &ground.assessment.attendance;
    let (attended, scheduled) = (attendance.attended_half_days, attendance.scheduled_half_days);
    if ground.comes_for_the_day() {
        format!("到岗{attended}个半天")
    } else {
        format!("考勤率{}", percent_shown(attended, scheduled))
    }
}

fn judged(ground: &Ground<'_>) -> Vec<Row> {
    let grades = grades(ground);
    let sealed = |name: &str, statement: &str| {
        Row::from(vec![
            Cell::label(name),
            Cell::to_sign(statement, "负责人签名：", true),
        ])
    };
    vec![
        sealed("受援单位\n考核等次", &format!("考核等次：{grades}\n考核意见：")),
        sealed("县级卫生\n健康行政\n部门审核", "审核意见："),
        sealed("支援医院\n意见", "意见："),
        Row::from(vec![
            Cell::label("存档"),
            Cell::text("本表一式三份，受援单位、支援医院各存一份，一份存入本人档案。"),
        ]),
    ]
}
