//! The monthly attendance sheets: their totals are the assessment's, and every half-day has its mark.

use crate::ground::{self, cells};
use chrono::{Days, NaiveDate};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::path::Path;
use xiaxiangzhi_core::assess::HalfReason;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_forms::{Block, Form, FormKind, Options, Value, typeset, xlsx};

const ATTENDANCE: FormKind = FormKind::MonthlyAttendanceSheet;

/// The figures of a form, summed up by label: of the months, and of the whole posting.
fn sums(form: &Form) -> (BTreeMap<&str, i64>, BTreeMap<&str, i64>) {
    let (mut months, mut whole) = (BTreeMap::new(), BTreeMap::new());
    for figure in &form.figures {
        if let Value::Count { count, .. } = &figure.value {
            let sums = if figure.group == "派驻期合计" {
                &mut whole
            } else {
                &mut months
            };
            *sums.entry(figure.label.as_str()).or_insert(0) += count;
        }
    }
    (months, whole)
}

fn agrees(name: &str, records: &Records, as_of: &str) {
    let form = ground::form(ATTENDANCE, records, as_of);
    let attendance = ground::assessed(records, as_of).attendance;
    let (months, whole) = sums(&form);
    let positive = |sums: &BTreeMap<&str, i64>| -> BTreeMap<String, i64> {
        let kept = sums.iter().filter(|(_, count)| **count > 0);
        kept.map(|(label, count)| ((*label).to_owned(), *count)).collect()
    };
    assert_eq!(positive(&months), positive(&whole), "{name}: months and posting");
    let get = |label: &str| months.get(label).copied().unwrap_or(0);
    let excluded = |reason| {
        i64::try_from(
            attendance
                .excluded
                .iter()
                .filter(|one| one.reason == reason)
                .count(),
        )
        .unwrap()
    };
    for (label, wanted) in [
        ("应出勤", i64::from(attendance.scheduled_half_days)),
        ("实出勤", attendance.attended_half_days.into()),
        ("其中公差", attendance.official_duty_half_days.into()),
        ("其中补休", attendance.compensatory_rest_half_days.into()),
        ("旷工", attendance.absent_half_days.into()),
        ("未填", attendance.unrecorded_half_days.into()),
        ("擅自调回", attendance.recalled_half_days.into()),
        ("无记录不计", excluded(HalfReason::NoWorkRecorded)),
        ("补休不计", excluded(HalfReason::NoRestDayWork)),
        ("尚余", attendance.remaining_half_days.into()),
    ] {
        assert_eq!(get(label), wanted, "{name} as of {as_of}: {label}");
    }
    let leave: i64 = months
        .iter()
        .filter(|(label, _)| label.ends_with('假'))
        .map(|(_, count)| count)
        .sum();
    assert_eq!(
        leave,
        i64::from(attendance.leave_half_days),
        "{name} as of {as_of}: leave"
    );
}

#[test]
fn the_months_of_every_case_sum_up_to_its_assessment() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/cases");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let Some(expected) = name
            .strip_suffix(".json")
            .filter(|stem| !stem.ends_with(".expected"))
        else {
            continue;
        };
        let read = |path: &Path| -> Json { serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap() };
        let records = Records::from_value(read(&path)).unwrap();
        let expected = read(&path.with_file_name(format!("{expected}.expected.json")));
        agrees(&name, &records, expected["as_of"].as_str().unwrap());
        seen += 1;
    }
    assert!(seen >= 10, "{seen} cases");
}

#[test]
fn the_months_of_made_up_postings_sum_up_to_their_assessments() {
    let statuses = [
        "present",
        "official_duty",
        "compensatory_rest",
        "absent",
        "recalled",
        "",
    ];
    for seed in 0..60_u32 {
        // A small generator of its own, so that a failure can be made again from its seed.
        let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
        let mut next = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) % below
        };
        let start = ground::date("2026-09-01") + Days::new(next(120).into());
        let length = 1 + next(130);
        let day = |nth: u32| start + Days::new(nth.into());
        let days: Vec<Json> = (0..length)
            .filter_map(|nth| {
                let mut status = || Some(statuses[next(6) as usize]).filter(|status| !status.is_empty());
                let (morning, afternoon) = (status(), status());
                let note = (next(4) > 0).then_some("门诊");
                (next(8) > 0).then(
                    || json!({"date": day(nth), "morning": morning, "afternoon": afternoon, "note": note}),
                )
            })
            .collect();
        let from = next(length);
        let document = json!({
            "format": "xiaxiangzhi.posting", "version": 1,
            "posting": {"id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a11", "start": start, "end": day(length - 1),
                "scheme": "rotation_3m"},
            "days": days,
            "leaves": [{"id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a12",
                "kind": (["sick_leave", "home_leave", "maternity_leave"][next(3) as usize]),
                "from": day(from), "from_half": "afternoon", "to": day(from + next(20) + 1), "to_half": "morning"}],
        });
        let records = Records::from_value(document).unwrap();
        let as_of = day(next(length + 10)).to_string();
        agrees(&format!("seed {seed}"), &records, &as_of);
    }
}

/// A month's row of marks: the 31 cells behind the label of a half.
fn marks(form: &Form, month: usize, half: &str) -> Vec<(String, bool)> {
    let mut sheets = 0;
    for block in &form.blocks {
        match block {
            Block::Sheet { .. } => sheets += 1,
            Block::Table(table) if sheets == month + 1 => {
                if let Some(row) = table.rows.iter().find(|row| row.cells[0].words() == half) {
                    let days = row.cells.iter().skip(1);
                    return days.map(|cell| (cell.words(), cell.shaded)).collect();
                }
            }
            _ => {}
        }
    }
    panic!("no {half} in month {month}")
}

fn every_kind() -> Records {
    ground::changed(|document| {
        document["days"] = json!([
            {"date": "2026-03-01", "morning": "present"},
            {"date": "2026-03-02", "morning": "present", "afternoon": "official_duty", "note": "门诊"},
            {"date": "2026-03-03", "morning": "present", "afternoon": "absent"},
            {"date": "2026-03-04", "morning": "compensatory_rest", "afternoon": "compensatory_rest"},
            {"date": "2026-03-05", "morning": "recalled"},
        ]);
        document["activities"] = json!([]);
        document["leaves"] = json!([
            {"id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a12", "kind": "personal_leave", "from": "2026-03-06",
                "from_half": "morning", "to": "2026-03-06", "to_half": "morning"},
            {"id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a13", "kind": "sick_leave", "from": "2026-03-06",
                "from_half": "afternoon", "to": "2026-03-06", "to_half": "afternoon"},
        ]);
    })
}

#[test]
fn every_half_day_has_its_mark_and_the_legend_says_what_each_means() {
    let form = ground::form(ATTENDANCE, &every_kind(), "2026-04-06");
    let texts = |half| -> Vec<String> { marks(&form, 2, half).into_iter().map(|(text, _)| text).collect() };
    assert_eq!(texts("上午")[..7], ["√", "√", "※", "补", "回", "○", ""]);
    assert_eq!(texts("下午")[..7], ["", "公", "×", "⊙", "", "△", ""]);
    let shaded: Vec<usize> = (1..)
        .zip(marks(&form, 2, "上午"))
        .filter(|(_, cell)| cell.1)
        .map(|(day, _)| day)
        .collect();
    assert_eq!(shaded, [1, 7, 8, 14, 15, 21, 22, 28, 29]);
    // February: Spring Festival is shaded, the make-up Saturdays are not, and a date that does not exist is crossed out.
    let february = marks(&form, 1, "上午");
    assert!(february[15].1 && !february[13].1 && !february[27].1);
    assert_eq!(february[28].0, "／");
    let legends: Vec<&String> = form
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Paragraph { text, .. } if text.starts_with("符号：") => Some(text),
            _ => None,
        })
        .collect();
    assert_eq!(legends.len(), 4);
    for part in [
        "√ 出勤",
        "○ 事假",
        "△ 病假",
        "× 旷工",
        "空白 未填",
        "阴影为休息日",
    ] {
        assert!(legends.iter().all(|legend| legend.contains(part)), "{part}");
    }
}

#[test]
fn a_scheme_may_have_marks_and_a_title_of_its_own() {
    let mut scheme = ground::scheme().clone();
    scheme
        .attendance
        .symbols
        .insert("present".to_owned(), "●".to_owned());
    scheme
        .form_titles
        .insert("attendance".to_owned(), "市一院下乡考勤".to_owned());
    let form = ground::judged_by(
        &scheme,
        ATTENDANCE,
        &every_kind(),
        "2026-04-06",
        Options::default(),
    )
    .unwrap();
    assert_eq!(marks(&form, 2, "上午")[1].0, "●");
    assert_eq!(form.title, "市一院下乡考勤");
    let legend = |block: &Block| matches!(block, Block::Paragraph { text, .. } if text.contains("● 出勤"));
    assert!(form.blocks.iter().any(legend));
}

/// February of a posting in which these are as long as records allow.
pub(crate) fn long_names(long: &[&str]) -> Form {
    let records = ground::changed(|document| {
        let posting = &mut document["posting"];
        for (name, words) in [
            ("name", "阿"),
            ("department", "心"),
            ("hospital", "W"),
            ("unit", "镇"),
        ] {
            if long.contains(&name) {
                let field = match name {
                    "name" => &mut posting["physician"]["name"],
                    "department" => &mut posting["home_department"],
                    "hospital" => &mut posting["supporting_hospital"],
                    _ => &mut posting["recipient_unit"],
                };
                *field = words.repeat(200).into();
            }
        }
    });
    let options = Options {
        month: Some(ground::date("2026-02-01")),
        ..Options::default()
    };
    ground::wanted(ATTENDANCE, &records, "2026-04-06", options).unwrap()
}

#[test]
fn the_signatures_stay_on_the_page_of_the_month_whatever_the_names_are() {
    for long in [
        &["name"][..],
        &["hospital"],
        &["hospital", "unit"],
        &["name", "department", "hospital", "unit"],
    ] {
        let form = long_names(long);
        assert_eq!(typeset(&form).unwrap().page_count(), 1, "{long:?}");
    }
}

#[test]
fn one_month_can_be_asked_for_and_another_is_refused() {
    let options = |month: NaiveDate| Options {
        month: Some(month),
        ..Options::default()
    };
    let records = every_kind();
    let form = ground::wanted(
        ATTENDANCE,
        &records,
        "2026-04-06",
        options(ground::date("2026-03-31")),
    )
    .unwrap();
    assert_eq!(
        form.subject.period,
        Some((ground::date("2026-03-01"), ground::date("2026-03-31")))
    );
    assert_eq!(typeset(&form).unwrap().page_count(), 1);
    let refused = ground::wanted(
        ATTENDANCE,
        &records,
        "2026-04-06",
        options(ground::date("2026-05-01")),
    )
    .unwrap_err();
    assert_eq!(refused.code(), "outside_posting");
    assert!(refused.to_string().contains("2026年5月不在派驻期内"), "{refused}");
}

#[test]
fn a_blank_sheet_has_its_calendar_and_nothing_else() {
    let options = Options {
        blank: true,
        ..Options::default()
    };
    let form = ground::wanted(ATTENDANCE, &every_kind(), "2026-04-06", options).unwrap();
    assert!(form.figures.is_empty());
    assert!(marks(&form, 2, "上午").iter().all(|(text, _)| text.is_empty()));
    assert!(marks(&form, 2, "上午")[0].1, "the first of March is a Sunday");
    assert!(cells(&form).iter().all(|text| !text.contains('%')));
}

#[test]
fn a_month_is_a_sheet_of_the_workbook_with_real_numbers() {
    use calamine::{Data, Reader, Xlsx};
    let form = ground::form(ATTENDANCE, &every_kind(), "2026-04-06");
    let mut book = Xlsx::new(std::io::Cursor::new(xlsx(&form).unwrap())).unwrap();
    assert_eq!(
        book.sheet_names(),
        ["2026年1月", "2026年2月", "2026年3月", "2026年4月", "数据"]
    );
    let range = book.worksheet_range("2026年3月").unwrap();
    let numbers = range
        .used_cells()
        .filter(|(_, _, cell)| matches!(cell, Data::Float(_)));
    // 22 workdays of March are 44 half-days.
    assert!(numbers.clone().any(|(_, _, cell)| *cell == Data::Float(44.0)));
    assert!(numbers.count() >= 8);
}

#[test]
fn a_year_that_is_not_published_is_said_on_every_page_that_counts_days() {
    let records = ground::empty();
    for kind in [
        ATTENDANCE,
        FormKind::PostingSummary,
        FormKind::TaskAssessmentSheet,
        FormKind::ServiceAppraisalForm,
    ] {
        let form = ground::form(kind, &records, "2026-11-02");
        let text = serde_json::to_string(&form).unwrap();
        let pages = if kind == ATTENDANCE { 4 } else { 1 };
        assert_eq!(text.matches("2027年放假安排尚未公布").count(), pages, "{kind:?}");
    }
}
