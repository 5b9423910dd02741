//! 请假单: one leave a page with the steps of its route, or a table of all.

use crate::error::FormsError;
use crate::form::{Block, Cell, Form, Orientation, Role, Row, Table, Value};
use crate::kind::FormKind;
use crate::paper::{Ground, Layout};
use crate::record_pages::sheet_name;
use crate::wording::{days, long_date};
use crate::{person, sheet};
use xiaxiangzhi_core::assess::{GroupedLeave, LeaveGroup};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::{Half, Kind as _, Leave};

const FIELDS: [u16; 4] = [22, 68, 22, 68];
const TEXTS: [u16; 2] = [22, 158];
const ALL: [u16; 6] = [13, 20, 43, 18, 34, 52];

/// A leave with the group it is counted in.
struct Slip<'a> {
    leave: &'a Leave,
    grouped: &'a GroupedLeave,
    group: &'a LeaveGroup,
}

/// The leave slips of a posting, in date order.
pub(crate) fn leave_slips(ground: &Ground<'_>, layout: Layout) -> Result<Form, FormsError> {
    let slips: Vec<Slip<'_>> = ground
        .assessment
        .leave_groups
        .iter()
        .flat_map(|group| group.leaves.iter().map(move |grouped| (group, grouped)))
        .filter_map(|(group, grouped)| {
            let leave = ground
                .records
                .leaves
                .iter()
                .find(|leave| leave.id == grouped.id)?;
            Some(Slip {
                leave,
                grouped,
                group,
            })
        })
        .collect();
    if slips.is_empty() {
        return Err(FormsError::NothingRecorded {
            kind: FormKind::LeaveSlips,
        });
    }
    let mut blocks = Vec::new();
    if layout == Layout::Table {
        blocks.push(Block::Table(person::table(ground)));
        blocks.push(Block::Table(table(ground, &slips)));
        blocks.push(Block::Table(Table::new(
            &TEXTS,
            0,
            vec![confirmation(), office(ground)],
        )));
    } else {
        for (nth, slip) in (1_u32..).zip(&slips) {
            blocks.push(Block::Sheet {
                name: sheet_name(nth, Some(slip.leave.from)),
                title: ground.title(FormKind::LeaveSlips),
            });
            blocks.extend(page(ground, slip));
        }
    }
    blocks.extend(ground.provisional_paragraph());
    Ok(ground.form(FormKind::LeaveSlips, Orientation::Portrait, blocks))
}

fn page(ground: &Ground<'_>, slip: &Slip<'_>) -> Vec<Block> {
    let leave = slip.leave;
    let returned = leave
        .returned_on
        .map_or_else(String::new, |on| format!("{}销假", long_date(on)));
    let fields = vec![
        Row::from(vec![
            Cell::label("类别"),
            Cell::text(leave.kind.label(Language::Chinese)).centred(),
            Cell::label("时长"),
            Cell::text(length(slip.grouped)).centred(),
        ]),
        Row::from(vec![
            Cell::label("起止时间"),
            Cell::text(from_to(leave)).across(3),
        ]),
        Row::from(vec![
            Cell::label("事由"),
            person::value(leave.reason.as_ref()).across(3),
        ]),
    ];
    let sign = |name: &str, statement: String, signer: &str, seal: bool| {
        Row::from(vec![Cell::label(name), Cell::to_sign(statement, signer, seal)])
    };
    let steps = vec![
        Row::from(vec![Cell::label("办理程序"), Cell::text(route(ground, slip))]),
        sign("申请人", String::new(), "签名：", false),
        sign("一、受援\n单位批准", approval(leave), "负责人签名：", true),
        sign("二、医务部", notice(slip), "经办人签名：", true),
        sign("三、销假", returned, "签名：", false),
        Row::from(vec![
            Cell::label("依据"),
            Cell::text(format!(
                "《{}》{}：“{}”",
                ground.scheme.source.document,
                ground.scheme.leave.clause.number,
                ground.scheme.leave.clause.quote
            ))
            .as_note(),
        ]),
    ];
    vec![
        Block::Table(person::table(ground)),
        Block::Table(Table::new(&FIELDS, 0, fields)),
        Block::Table(Table::new(&TEXTS, 0, steps)),
    ]
}

/// Which papers a leave of this length needs, and with which others it is counted together.
fn route(ground: &Ground<'_>, slip: &Slip<'_>) -> String {
    if slip.group.half_days == 0 {
        return "全在休息日，不占工作日，无须办理。".to_owned();
    }
    let together = if slip.group.leaves.len() > 1 {
        format!(
            "与相邻的请假合并计算，{}至{}共{}。",
            long_date(slip.group.from),
            long_date(slip.group.to),
            days(slip.group.half_days)
        )
    } else {
        String::new()
    };
    let limit = days(ground.scheme.leave.written_from_half_days);
    let then = if slip.group.written {
        format!("满{limit}：受援单位负责人批准后，书面向医务部主任说明原因。")
    } else {
        format!("不满{limit}：受援单位负责人批准后，电话通知医务部备案。")
    };
    format!("{together}{then}")
}

fn approval(leave: &Leave) -> String {
    let Some(approval) = &leave.recipient_approval else {
        return "批准意见：".to_owned();
    };
    let by = approval.by.as_deref().map(|by| format!("批准人：{by}"));
    let on = approval.on.map(|on| format!("批准日期：{}", long_date(on)));
    let said: Vec<String> = by.into_iter().chain(on).collect();
    if said.is_empty() {
        "批准意见：".to_owned()
    } else {
        said.join("　　")
    }
}

fn notice(slip: &Slip<'_>) -> String {
    let leave = slip.leave;
    let mut said: Vec<String> = Vec::new();
    if let Some(written) = &leave.written_explanation {
        said.push(format!("书面说明：{}交", long_date(written.on)));
    }
    if let Some(notice) = &leave.notification {
        let to = notice.to.as_deref().unwrap_or_default();
        let on = notice.on.map(long_date).unwrap_or_default();
        if !(to.is_empty() && on.is_empty()) {
            said.push(format!(
                "电话告知：{on}{}{to}",
                if on.is_empty() { "" } else { "　" }
            ));
        }
    }
    if said.is_empty() {
        let awaited = if slip.group.written {
            "书面说明："
        } else {
            "电话备案："
        };
        said.push(awaited.to_owned());
    }
    said.join("\n")
}

fn length(grouped: &GroupedLeave) -> String {
    if grouped.half_days == 0 {
        "不占工作日".to_owned()
    } else {
        format!("{}（{}个半天）", days(grouped.half_days), grouped.half_days)
    }
}

fn from_to(leave: &Leave) -> String {
    let half = |half: Half| half.label(Language::Chinese);
    format!(
        "{}{}至{}{}",
        long_date(leave.from),
        half(leave.from_half),
        long_date(leave.to),
        half(leave.to_half)
    )
}

fn table(ground: &Ground<'_>, slips: &[Slip<'_>]) -> Table {
    let heads = ["序号", "类别", "起止时间", "半天数", "事由", "手续"];
    let mut rows = vec![Row::from(heads.map(Cell::label).to_vec())];
    rows.extend((1_u32..).zip(slips).map(|(nth, slip)| {
        Row::from(vec![
            Cell::text(nth.to_string()).centred(),
            Cell::text(slip.leave.kind.label(Language::Chinese)).centred(),
            Cell::text(from_to(slip.leave)),
            Cell::figure(Value::count(slip.grouped.half_days, "")),
            person::value(slip.leave.reason.as_ref()),
            Cell::text(sheet::leave::papers(ground, slip.group, slip.leave)),
        ])
    }));
    Table::new(&ALL, 1, rows)
}

fn confirmation() -> Row {
    Row::from(vec![
        Cell::label("受援单位\n负责人"),
        Cell::to_sign("以上情况属实。", "负责人签名：", true),
    ])
}

fn office(ground: &Ground<'_>) -> Row {
    let clause = &ground.scheme.leave.clause;
    Row::from(vec![
        Cell::label("依据"),
        Cell {
            role: Role::Note,
            ..Cell::text(format!("{}：“{}”", clause.number, clause.quote))
        },
    ])
}
