//! One record a page, each to be signed and sealed: what goes into a file of evidence.

use crate::form::{Block, Cell, Form, Orientation, Row, Table};
use crate::kind::FormKind;
use crate::paper::Ground;
use crate::person;
use crate::records::{activities, amount, content, counts, kind_of, problems};
use crate::wording::long_date;
use chrono::NaiveDate;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::{Activity, Kind as _, Problem};

/// The shares of the columns; they sum to 180, as those of the person's table do.
const FIELDS: [u16; 4] = [22, 68, 22, 68];
const TEXTS: [u16; 2] = [22, 158];

/// Every record of a paper on a page of its own.
pub(crate) fn one_a_page(kind: FormKind, ground: &Ground<'_>) -> Form {
    let title = ground.title(kind);
    let pages: Vec<(Option<NaiveDate>, Vec<Block>)> = if kind == FormKind::SupportDiary {
        let all = problems(ground);
        all.iter().map(|one| (one.date, problem(ground, one))).collect()
    } else {
        let all = activities(ground, kind);
        all.iter()
            .map(|one| (Some(one.date), activity(ground, one)))
            .collect()
    };
    let mut blocks = Vec::new();
    for (nth, (date, page)) in (1_u32..).zip(pages) {
        blocks.push(Block::Sheet {
            name: sheet_name(nth, date),
            title: title.clone(),
        });
        blocks.extend(page);
    }
    ground.form(kind, Orientation::Portrait, blocks)
}

/// 1 2026-01-14: the number keeps the names apart.
pub(crate) fn sheet_name(nth: u32, date: Option<NaiveDate>) -> String {
    date.map_or_else(|| nth.to_string(), |date| format!("{nth} {date}"))
}

fn activity(ground: &Ground<'_>, one: &Activity) -> Vec<Block> {
    let fields = vec![
        Row::from(vec![
            Cell::label("日期"),
            Cell::text(long_date(one.date)).centred(),
            Cell::label("类别"),
            Cell::text(kind_of(one)).centred(),
        ]),
        Row::from(vec![
            Cell::label("题目"),
            person::value(one.title.as_ref()).across(3),
        ]),
        Row::from(vec![
            Cell::label("地点"),
            person::value(one.place.as_ref()),
            Cell::label("对象"),
            person::value(one.audience.as_ref()),
        ]),
        Row::from(vec![
            Cell::label("参加人数"),
            amount(one.participants, "人"),
            Cell::label("时长"),
            amount(one.minutes, "分钟"),
        ]),
    ];
    let names: Vec<&str> = one
        .attachments
        .iter()
        .filter_map(|file| file.name.as_deref())
        .collect();
    let said = content(one.note.as_ref(), &counts(ground, &one.tallies));
    // Where nothing was recorded there is room to write by hand.
    let said = if said.is_empty() {
        "　\n　\n　\n　".to_owned()
    } else {
        said
    };
    let mut texts = vec![text("内容", &said)];
    if !one.attachments.is_empty() {
        let names = if names.is_empty() {
            String::new()
        } else {
            format!("：{}", names.join("、"))
        };
        texts.push(text("附件", &format!("{}件{names}", one.attachments.len())));
    }
    texts.extend(signed());
    vec![
        Block::Table(person::table(ground)),
        Block::Table(Table::new(&FIELDS, 0, fields)),
        Block::Table(Table::new(&TEXTS, 0, texts)),
    ]
}

fn problem(ground: &Ground<'_>, one: &Problem) -> Vec<Block> {
    let date = |date: Option<NaiveDate>| Cell::text(date.map(long_date).unwrap_or_default()).centred();
    let status = one
        .status
        .map(|status| status.label(Language::Chinese))
        .unwrap_or_default();
    let first = vec![Row::from(vec![
        Cell::label("日期"),
        date(one.date),
        Cell::label("状态"),
        Cell::text(status).centred(),
    ])];
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    let texts = vec![
        text("发现的\n问题", &said(&one.problem)),
        text("指导意见", &said(&one.guidance)),
        text("整改措施", &said(&one.corrective_action)),
    ];
    let then = vec![
        Row::from(vec![
            Cell::label("责任人"),
            person::value(one.responsible.as_ref()).centred(),
            Cell::label("整改期限"),
            date(one.due),
        ]),
        Row::from(vec![
            Cell::label("复查日期"),
            date(one.rechecked_on),
            Cell::label("复查结果"),
            person::value(one.result.as_ref()),
        ]),
    ];
    vec![
        Block::Table(person::table(ground)),
        Block::Table(Table::new(&FIELDS, 0, first)),
        Block::Table(Table::new(&TEXTS, 0, texts)),
        Block::Table(Table::new(&FIELDS, 0, then)),
        Block::Table(Table::new(&TEXTS, 0, signed())),
    ]
}

fn text(name: &str, text: &str) -> Row {
    Row::from(vec![Cell::label(name), Cell::text(text)])
}

fn signed() -> Vec<Row> {
    let row = |name: &str, signer: &str, seal: bool| {
        Row::from(vec![
            Cell::label(name),
            Cell::to_sign("以上记录属实。", signer, seal),
        ])
    };
    vec![
        row("本人签名", "签名：", false),
        row("受援单位\n负责人", "负责人签名：", true),
    ]
}
