//! Papers made of single records: lectures, rounds, activities, the support diary, the daily log. Here the table of all
//! of them; `record_pages` sets one a page.

use crate::error::FormsError;
use crate::form::{Block, Cell, Form, Orientation, Role, Row, Table, Value};
use crate::kind::FormKind;
use crate::paper::{Ground, Layout};
use crate::wording::short_date;
use crate::{person, record_pages};
use chrono::{Datelike, NaiveDate};
use xiaxiangzhi_core::assess::HalfCounted;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::{Activity, ActivityKind, Day, Half, Kind as _, Problem, Tallies, tally_of};

/// The shares of a landscape page's columns; they sum to 265. A date with its year stands on one line of 26.
const ACTIVITY: [u16; 9] = [12, 26, 22, 48, 32, 30, 14, 20, 61];
const PROBLEM: [u16; 10] = [12, 26, 40, 38, 38, 18, 26, 16, 26, 25];
const DAY: [u16; 5] = [26, 20, 20, 104, 95];
const SIGNATURES: [u16; 4] = [22, 90, 22, 131];

/// A paper of records as it is wanted.
pub(crate) fn record_paper(kind: FormKind, ground: &Ground<'_>, layout: Layout) -> Result<Form, FormsError> {
    let table = match kind {
        FormKind::SupportDiary => problem_table(ground, &problems(ground)),
        FormKind::DailyLog => day_table(ground, &days(ground)),
        _ => activity_table(ground, &activities(ground, kind)),
    };
    if table.rows.len() == 1 {
        return Err(FormsError::NothingRecorded { kind });
    }
    // A day fills no page of its own.
    if layout == Layout::OneAPage && kind != FormKind::DailyLog {
        return Ok(record_pages::one_a_page(kind, ground));
    }
    let mut blocks = vec![who(ground), Block::Table(table), Block::Table(signatures())];
    if kind == FormKind::DailyLog {
        blocks.extend(ground.provisional_paragraph());
    }
    Ok(ground.form(kind, Orientation::Landscape, blocks))
}

/// Which paper an activity stands on.
pub(crate) fn belongs(activity: ActivityKind, paper: FormKind) -> bool {
    let its = match activity {
        ActivityKind::Lecture
        | ActivityKind::Training
        | ActivityKind::SurgicalDemonstration
        | ActivityKind::CaseDiscussion
        | ActivityKind::Mentoring => FormKind::LectureRecords,
        ActivityKind::WardRound | ActivityKind::TeachingRound | ActivityKind::Consultation => {
            FormKind::RoundRecords
        }
        ActivityKind::HealthEducation
        | ActivityKind::FreeClinic
        | ActivityKind::MobileClinic
        | ActivityKind::SupportVisit
        | ActivityKind::HomeVisit
        | ActivityKind::EmergencyResponse
        | ActivityKind::Other => FormKind::ActivityRecords,
    };
    its == paper
}

/// The activities of a paper, in date order.
pub(crate) fn activities<'a>(ground: &Ground<'a>, kind: FormKind) -> Vec<&'a Activity> {
    let all = ground.records.activities.iter();
    let mut chosen: Vec<&Activity> = all.filter(|one| belongs(one.kind, kind)).collect();
    chosen.sort_by_key(|one| one.date);
    chosen
}

/// The support diary in date order, rows without a date last.
pub(crate) fn problems<'a>(ground: &Ground<'a>) -> Vec<&'a Problem> {
    let mut all: Vec<&Problem> = ground.records.problems.iter().collect();
    all.sort_by_key(|one| (one.date.is_none(), one.date));
    all
}

/// The days with something on them, in date order.
pub(crate) fn days<'a>(ground: &Ground<'a>) -> Vec<&'a Day> {
    let kept = |day: &&Day| {
        day.morning.is_some() || day.afternoon.is_some() || day.note.is_some() || !day.tallies.is_empty()
    };
    let mut all: Vec<&Day> = ground.records.days.iter().filter(kept).collect();
    all.sort_by_key(|day| day.date);
    all
}

/// 授课, or 授课（标明不计入考核）
pub(crate) fn kind_of(activity: &Activity) -> String {
    let label = activity.kind.label(Language::Chinese);
    if activity.counts_toward_assessment {
        label.to_owned()
    } else {
        format!("{label}（标明不计入考核）")
    }
}

/// 门诊23人次、上转1例; zeros and blanks are left out.
pub(crate) fn counts(ground: &Ground<'_>, tallies: &Tallies) -> String {
    let said: Vec<String> = tallies
        .iter()
        .filter(|(_, count)| **count > 0)
        .map(|(key, count)| {
            if key == "donation_value_fen" {
                let money = Value::Money {
                    fen: u64::from(*count),
                };
                return format!("捐赠价值{}", money.text());
            }
            let own = ground.records.tally_items.iter().find(|item| item.key == *key);
            let (label, unit) = match (tally_of(key), own) {
                (Some(tally), _) => (tally.label(Language::Chinese), tally.unit(Language::Chinese)),
                (None, Some(item)) => (item.label.as_str(), item.unit.as_deref().unwrap_or_default()),
                (None, None) => (key.as_str(), ""),
            };
            format!("{label}{}", Value::count(*count, unit).text())
        })
        .collect();
    said.join("、")
}

/// The note and the counts of a record, what there is of them.
pub(crate) fn content(note: Option<&String>, counts: &str) -> String {
    let parts = [note.map(String::as_str).unwrap_or_default(), counts];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.trim().is_empty()).collect();
    parts.join("\n")
}

fn activity_table(ground: &Ground<'_>, activities: &[&Activity]) -> Table {
    let heads = [
        "序号",
        "日期",
        "类别",
        "题目",
        "地点",
        "对象",
        "人数",
        "时长",
        "内容与工作量",
    ];
    let mut rows = vec![Row::from(heads.map(Cell::label).to_vec())];
    rows.extend((1_u32..).zip(activities).map(|(nth, one)| {
        Row::from(vec![
            Cell::text(nth.to_string()).centred(),
            Cell::text(narrow_date(ground, one.date)).centred(),
            Cell::text(kind_of(one)).centred(),
            person::value(one.title.as_ref()),
            person::value(one.place.as_ref()),
            person::value(one.audience.as_ref()),
            amount(one.participants, ""),
            amount(one.minutes, "分钟"),
            Cell::text(content(one.note.as_ref(), &counts(ground, &one.tallies))),
        ])
    }));
    Table::new(&ACTIVITY, 1, rows)
}

/// A date for a narrow column: 1月5日, and 2026.10.5 where the posting or the date lies in another year.
pub(crate) fn narrow_date(ground: &Ground<'_>, date: NaiveDate) -> String {
    let posting = &ground.records.posting;
    if [posting.start, posting.end]
        .iter()
        .all(|end| end.year() == date.year())
    {
        short_date(date)
    } else {
        format!("{}.{}.{}", date.year(), date.month(), date.day())
    }
}

/// A figure that may not be known.
pub(crate) fn amount(count: Option<u32>, unit: &str) -> Cell {
    count.map_or_else(|| Cell::text(""), |count| Cell::figure(Value::count(count, unit)))
}

fn problem_table(ground: &Ground<'_>, problems: &[&Problem]) -> Table {
    let heads = [
        "序号",
        "日期",
        "发现的问题",
        "指导意见",
        "整改措施",
        "责任人",
        "整改期限",
        "状态",
        "复查日期",
        "复查结果",
    ];
    let date = |date: Option<NaiveDate>| {
        let said = date.map(|date| narrow_date(ground, date));
        Cell::text(said.unwrap_or_default()).centred()
    };
    let mut rows = vec![Row::from(heads.map(Cell::label).to_vec())];
    rows.extend((1_u32..).zip(problems).map(|(nth, one)| {
        Row::from(vec![
            Cell::text(nth.to_string()).centred(),
            date(one.date),
            person::value(one.problem.as_ref()),
            person::value(one.guidance.as_ref()),
            person::value(one.corrective_action.as_ref()),
            person::value(one.responsible.as_ref()).centred(),
            date(one.due),
            Cell::text(
                one.status
                    .map(|status| status.label(Language::Chinese))
                    .unwrap_or_default(),
            )
            .centred(),
            date(one.rechecked_on),
            person::value(one.result.as_ref()),
        ])
    }));
    Table::new(&PROBLEM, 1, rows)
}

fn day_table(ground: &Ground<'_>, days: &[&Day]) -> Table {
    let heads = ["日期", "上午", "下午", "工作记录", "工作量"];
    let mut rows = vec![Row::from(heads.map(Cell::label).to_vec())];
    rows.extend(days.iter().map(|day| {
        // A leave goes before what was entered, here as in the assessment.
        let counted = ground.days.iter().find(|one| one.day.date == day.date);
        let status = |half: Half| {
            let leave = match counted.map(|one| one.half(half)) {
                Some(HalfCounted::Leave(kind)) => Some(kind.label(Language::Chinese)),
                _ => None,
            };
            let entered = day.half(half).map(|status| status.label(Language::Chinese));
            Cell::text(leave.or(entered).unwrap_or_default()).centred()
        };
        Row::from(vec![
            Cell::text(narrow_date(ground, day.date)).centred(),
            status(Half::Morning),
            status(Half::Afternoon),
            person::value(day.note.as_ref()),
            Cell::text(counts(ground, &day.tallies)),
        ])
    }));
    Table::new(&DAY, 1, rows)
}

/// Who, where and when in one line: a table of all needs no more.
fn who(ground: &Ground<'_>) -> Block {
    let posting = &ground.records.posting;
    let parts = [
        ("姓名", posting.physician.name.as_ref()),
        ("支援医院", posting.supporting_hospital.as_ref()),
        ("受援单位", posting.recipient_unit.as_ref()),
    ];
    let mut said: Vec<String> = parts
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}：{}", value?)))
        .collect();
    said.push(format!("派驻起止：{}", person::period(ground)));
    let said = said.join("　　");
    // Two lines of usual size; names that need more are set smaller.
    let long = said.chars().count() > 140;
    Block::paragraph(said, if long { Role::Note } else { Role::Body })
}

fn signatures() -> Table {
    Table::new(
        &SIGNATURES,
        0,
        vec![Row::from(vec![
            Cell::label("本人签名"),
            Cell::to_sign("以上记录属实。", "签名：", false),
            Cell::label("受援单位"),
            Cell::to_sign("以上记录属实。", "负责人签名：", true),
        ])],
    )
}
