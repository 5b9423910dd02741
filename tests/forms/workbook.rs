//! The workbook, as calamine reads it.

use crate::ground::{self, cells, squeezed};
use calamine::{Data, Reader, Xlsx};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Cursor;
use xiaxiangzhi_forms::{Form, FormKind, Value, xlsx};

fn read(form: &Form) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(xlsx(form).unwrap())).unwrap()
}

/// A line of the second sheet.
struct Line {
    group: String,
    label: String,
    value: Data,
    unit: String,
}

fn lines(form: &Form) -> Vec<Line> {
    let range = read(form).worksheet_range("数据").unwrap();
    let line = |row: &[Data]| Line {
        group: row[0].to_string(),
        label: row[1].to_string(),
        value: row[2].clone(),
        unit: row[3].to_string(),
    };
    range.rows().skip(1).map(line).collect()
}

/// Counts and fen of the tests are small, so a workbook's numbers hold them exactly.
fn number(count: impl TryInto<i32>) -> Data {
    let Ok(count) = count.try_into() else {
        panic!("too large")
    };
    Data::Float(f64::from(count))
}

fn yuan(fen: u64) -> Data {
    Data::Float(f64::from(u32::try_from(fen).unwrap()) / 100.0)
}

#[test]
fn every_figure_is_a_real_number_or_date_equal_to_the_assessment() {
    let (records, form) = ground::sample();
    let assessment = ground::assessed(&records, "2026-04-06");
    let lines = lines(&form);
    assert_eq!(lines.len(), form.figures.len());
    for (line, figure) in lines.iter().zip(&form.figures) {
        assert_eq!((&line.group, &line.label), (&figure.group, &figure.label));
        match &figure.value {
            Value::Count { count, unit } => {
                assert_eq!((&line.value, &line.unit), (&number(*count), unit), "{figure:?}");
            }
            Value::Money { fen } => assert_eq!(line.value, yuan(*fen), "{figure:?}"),
            Value::Date { date } => {
                let Data::DateTime(cell) = &line.value else {
                    panic!("{figure:?} is {:?}", line.value)
                };
                assert_eq!(cell.as_datetime().unwrap().date(), *date);
            }
            Value::Words { text } => assert_eq!(line.value.to_string(), *text),
        }
    }
    let of = |group: &str, label: &str| -> Vec<&Data> {
        let chosen = lines
            .iter()
            .filter(|line| line.group == group && line.label == label);
        chosen.map(|line| &line.value).collect()
    };
    let attendance = &assessment.attendance;
    for (group, label, wanted) in [
        ("出勤", "应出勤", number(attendance.scheduled_half_days)),
        ("出勤", "实出勤", number(attendance.attended_half_days)),
        ("考勤", "要求不少于", number(attendance.needed_half_days)),
        ("出勤", "其中公差", number(attendance.official_duty_half_days)),
        ("出勤", "旷工", number(attendance.absent_half_days)),
        ("出勤", "未填", number(attendance.unrecorded_half_days)),
        ("工作量", "门诊", number(assessment.tallies["outpatient_visits"])),
        ("处理", "未达标", number(assessment.failed.len())),
        ("处理", "实发", yuan(assessment.consequences.payable_fen)),
    ] {
        assert_eq!(of(group, label), [&wanted], "{group} {label}");
    }
    for (requirement, title) in assessment.requirements.iter().zip(["授课", "查房"]) {
        assert_eq!(
            of(title, "计入").len(),
            requirement.counted.as_ref().unwrap().len(),
            "{title}"
        );
    }
}

#[test]
fn the_parts_of_the_attendance_add_up() {
    let (records, form) = ground::sample();
    let attendance = ground::assessed(&records, "2026-04-06").attendance;
    let mut sums: BTreeMap<bool, i64> = BTreeMap::new();
    for figure in form.figures.iter().filter(|figure| figure.group == "出勤") {
        let Value::Count { count, .. } = &figure.value else {
            panic!("{figure:?}")
        };
        if !["应出勤", "实出勤"].contains(&figure.label.as_str()) {
            *sums.entry(figure.label.starts_with("其中")).or_default() += count;
        }
    }
    assert_eq!(sums[&true], i64::from(attendance.attended_half_days));
    assert_eq!(
        sums[&true] + sums[&false],
        i64::from(attendance.scheduled_half_days)
    );
}

#[test]
fn the_first_sheet_is_the_paper() {
    for form in [
        ground::sample().1,
        ground::sheet(&ground::longest(), "2026-03-20"),
    ] {
        let range = read(&form).worksheet_range("任务考核表").unwrap();
        let texts: Vec<String> = range
            .used_cells()
            .map(|(_, _, cell)| squeezed(&cell.to_string()))
            .collect();
        let mut rest = texts.concat();
        for text in cells(&form) {
            let text = squeezed(&text);
            let Some(at) = rest.find(&text) else {
                panic!("{text} is not in {rest}")
            };
            // A box to sign is two rows, so the next label may stand between; only what was read is dropped.
            rest.replace_range(at..at + text.len(), "");
        }
    }
}

#[test]
fn data_never_becomes_a_formula() {
    let records = ground::changed(|document| {
        document["posting"]["recipient_unit"] = json!("=1+1");
        document["posting"]["supporting_hospital"] = json!("@SUM(A1)");
        document["posting"]["home_department"] = json!("{=1}");
    });
    let form = ground::sheet(&records, "2026-04-06");
    let mut book = read(&form);
    for name in book.sheet_names() {
        assert_eq!(
            book.worksheet_formula(&name).unwrap().used_cells().count(),
            0,
            "{name}"
        );
    }
    let range = book.worksheet_range("任务考核表").unwrap();
    for text in ["=1+1", "@SUM(A1)", "{=1}"] {
        assert!(
            range
                .used_cells()
                .any(|(_, _, cell)| *cell == Data::String(text.to_owned())),
            "{text}"
        );
    }
}

#[test]
fn every_sheet_is_a4_one_page_wide_with_heights_of_its_own_and_no_formula() {
    for (name, form) in crate::docx::forms() {
        let bytes = xlsx(&form).unwrap();
        let parts = crate::package::files(&bytes);
        let text = |content: &[u8]| String::from_utf8(content.to_vec()).unwrap();
        let sheets: Vec<String> = parts
            .iter()
            .filter(|(file, _)| file.starts_with("xl/worksheets/sheet"))
            .map(|(_, content)| text(content))
            .collect();
        for sheet in &sheets {
            assert!(
                sheet.contains("paperSize=\"9\"") && sheet.contains("<pageSetUpPr fitToPage=\"1\"/>"),
                "{name}"
            );
            assert!(!sheet.contains("fitToWidth"), "{name}: more pages wide than one");
            assert!(!sheet.contains("<f>"), "{name}: a formula");
            let paper = sheet.matches("<row ").count() - sheet.matches("customHeight=\"1\"").count();
            // The head of the figures is a line of usual height.
            assert!(paper <= 1, "{name}: {paper} rows without a height");
        }
        let book = crate::package::part(&bytes, "xl/workbook.xml");
        assert_eq!(book.matches("_xlnm.Print_Area").count(), sheets.len(), "{name}");
        let styles = crate::package::part(&bytes, "xl/styles.xml");
        let usual = styles.split("<font>").nth(1).unwrap();
        assert!(
            usual.contains("<sz val=\"11\"/>") && usual.contains("<name val=\"宋体\"/>"),
            "{name}: {usual}"
        );
    }
}

#[test]
fn no_paper_reaches_outside_its_workbook_and_a_list_repeats_its_column_names() {
    for (name, form) in crate::docx::forms() {
        let bytes = xlsx(&form).unwrap();
        let parts = crate::package::files(&bytes);
        for (file, content) in &parts {
            let text = String::from_utf8_lossy(content);
            assert!(
                !file.contains("externalLink")
                    && !text.contains("TargetMode")
                    && !text.contains("AlternateContent"),
                "{name} {file}"
            );
        }
        let book = crate::package::part(&bytes, "xl/workbook.xml");
        let listed = FormKind::RECORDS.contains(&form.kind) && form.kind != FormKind::LeaveSlips;
        assert_eq!(
            book.contains("Print_Titles"),
            listed || !form.figures.is_empty(),
            "{name}"
        );
        let first = crate::package::part(&bytes, "xl/worksheets/sheet1.xml");
        assert_eq!(first.contains("state=\"frozen\""), listed, "{name}");
    }
}

#[test]
fn the_same_form_gives_the_same_bytes() {
    let (_, form) = ground::sample();
    let (first, second) = (xlsx(&form).unwrap(), xlsx(&form).unwrap());
    assert!(first == second, "two runs differ");
}
