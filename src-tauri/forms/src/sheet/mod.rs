//! 任务考核表: what the physician hands in at the end. Every figure on it comes from the assessment.

pub(crate) mod duties;
mod figures;
pub(crate) mod leave;
mod told;
mod verdict;

pub(crate) use told::told;

use crate::error::FormsError;
use crate::form::{Block, Cell, Form, Orientation, Row, Table, Value};
use crate::kind::FormKind;
use crate::paper::Ground;
use crate::person;
use crate::wording::long_date;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::{Kind as _, tally_of};

/// The shares of the columns; each line sums to 180, so that the rules of the tables meet.
const PERSON: [u16; 8] = [20, 30, 14, 14, 20, 36, 16, 30];
const REQUIREMENTS: [u16; 6] = [20, 34, 20, 71, 16, 19];
const REMARKS: [u16; 2] = [20, 160];

/// The task assessment sheet (任务考核表) of a posting.
pub(crate) fn task_assessment_sheet(ground: &Ground<'_>) -> Result<Form, FormsError> {
    let blocks = vec![
        Block::Table(person(ground)),
        Block::Table(requirements(ground)),
        Block::Table(remarks(ground)?),
        Block::Table(signatures()),
    ];
    let mut form = ground.form(FormKind::TaskAssessmentSheet, Orientation::Portrait, blocks);
    form.figures = figures::figures(ground);
    Ok(form)
}

fn person(ground: &Ground<'_>) -> Table {
    let posting = &ground.records.posting;
    let physician = &posting.physician;
    let value = |text: &Option<String>| Cell::text(text.clone().unwrap_or_default());
    let sex = physician.sex.map(|sex| sex.label(Language::Chinese).to_owned());
    let days = (posting.end - posting.start).num_days() + 1;
    let scheduled = ground.assessment.attendance.scheduled_half_days;
    let due = if ground.comes_for_the_day() {
        String::new()
    } else {
        format!("；应出勤{scheduled}个半天")
    };
    let period = format!(
        "{}至{}，共{days}天{due}",
        long_date(posting.start),
        long_date(posting.end)
    );
    let mut rows = person::fields(
        8,
        vec![
            ("姓名", value(&physician.name).centred()),
            ("性别", value(&sex).centred()),
            ("职称", value(&physician.title).centred()),
            ("科室", value(&posting.home_department).centred()),
        ],
    );
    rows.extend(person::fields(8, person::units(ground, "支援医院")));
    rows.push(Row::from(vec![
        Cell::label("起止日期"),
        Cell::text(period).across(7),
    ]));
    Table::new(&PERSON, 0, rows)
}

fn requirements(ground: &Ground<'_>) -> Table {
    let heads = ["考核项", "要求", "完成", "明细", "结论", "依据条款"];
    let mut rows = vec![Row {
        cells: heads.map(Cell::label).to_vec(),
    }];
    rows.extend(
        ground
            .assessment
            .requirements
            .iter()
            .map(|requirement| duties::row(ground, requirement)),
    );
    Table {
        columns: REQUIREMENTS.to_vec(),
        header_rows: 1,
        rows,
    }
}

fn remarks(ground: &Ground<'_>) -> Result<Table, FormsError> {
    let remark = |name: &str, text: String| Row::from(vec![Cell::label(name), Cell::text(text)]);
    let mut rows = vec![
        Row::from(vec![
            Cell::label("依据"),
            Cell::text(verdict::sources(ground)).as_note(),
        ]),
        remark("工作量", workload(ground)),
        remark("请假", leave::summary(ground)),
        remark("系统判定", verdict::verdict(ground)?),
    ];
    if let Some(note) = ground.provisional_note() {
        rows.push(remark("日历说明", note));
    }
    Ok(Table {
        columns: REMARKS.to_vec(),
        header_rows: 0,
        rows,
    })
}

fn signatures() -> Table {
    let row = |name: &str, statement: &str, signer: &str, seal: bool| {
        Row::from(vec![Cell::label(name), Cell::to_sign(statement, signer, seal)])
    };
    Table {
        columns: REMARKS.to_vec(),
        header_rows: 0,
        rows: vec![
            row("本人签名", "以上记录属实。", "签名：", false),
            row("受援单位\n负责人", "以上情况属实。", "负责人签名：", true),
            row("医务部\n审核", "审核意见：", "审核人签名：", true),
        ],
    }
}

/// The tallies that the scheme shows, then the posting's own, with label and value.
pub(crate) fn tallies(ground: &Ground<'_>) -> Vec<(String, Value)> {
    let sum = |key: &str| ground.assessment.tallies.get(key).copied().unwrap_or(0);
    let built_in = ground
        .scheme
        .tallies
        .iter()
        .filter_map(|key| tally_of(key))
        .map(|tally| {
            let (label, unit) = (tally.label(Language::Chinese), tally.unit(Language::Chinese));
            (label.to_owned(), tally.key, unit.to_owned())
        });
    let own = ground.records.tally_items.iter().map(|item| {
        (
            item.label.clone(),
            item.key.as_str(),
            item.unit.clone().unwrap_or_default(),
        )
    });
    built_in
        .chain(own)
        .filter(|(_, key, _)| sum(key) > 0)
        .map(|(label, key, unit)| {
            let value = if key == "donation_value_fen" {
                Value::Money { fen: sum(key) }
            } else {
                Value::count(i64::try_from(sum(key)).unwrap_or(i64::MAX), &unit)
            };
            (label, value)
        })
        .collect()
}

pub(crate) fn workload(ground: &Ground<'_>) -> String {
    let items: Vec<String> = tallies(ground)
        .iter()
        .map(|(label, value)| format!("{label}{}", value.text()))
        .collect();
    if items.is_empty() {
        "无".to_owned()
    } else {
        items.join("　")
    }
}
