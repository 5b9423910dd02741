//! `xxz export`

use std::fs;
use std::io::Cursor;

use calamine::{Reader as _, Xlsx};
use serde_json::{Value, json};

use crate::support::Place;

fn exported(place: &Place, arguments: &[&str]) -> Vec<Value> {
    let mut all = vec!["export"];
    all.extend(arguments);
    all.extend(["--as-of", "2026-04-06", "--json"]);
    place.json(&all)["files"].as_array().unwrap().clone()
}

fn bytes(place: &Place, file: &Value) -> Vec<u8> {
    fs::read(place.path(file["path"].as_str().unwrap())).unwrap()
}

#[test]
fn the_task_assessment_sheet_comes_in_every_format_under_a_readable_name() {
    let place = Place::new();
    place.run(&["sample", "-o", "demo.json"]);
    let files = exported(&place, &["demo.json", "--to", "out/forms", "--forms", "sheet"]);
    let kinds: Vec<_> = files
        .iter()
        .map(|file| (file["form"].clone(), file["format"].clone()))
        .collect();
    assert_eq!(
        kinds,
        ["pdf", "docx", "xlsx"].map(|format| (json!("sheet"), json!(format)))
    );
    for file in &files {
        let path = file["path"].as_str().unwrap();
        assert!(
            path.starts_with("out/forms/") && path.contains("任务考核表"),
            "{path}"
        );
        assert_eq!(file["bytes"].as_u64().unwrap(), bytes(&place, file).len() as u64);
    }
    assert!(bytes(&place, &files[0]).starts_with(b"%PDF-"));
    assert!(bytes(&place, &files[1]).starts_with(b"PK"));
    assert!(bytes(&place, &files[2]).starts_with(b"PK"));
}

#[test]
fn the_same_records_give_the_same_bytes() {
    let place = Place::new();
    place.run(&["sample", "-o", "demo.json"]);
    let first = exported(&place, &["demo.json", "--to", "a"]);
    let second = exported(&place, &["demo.json", "--to", "b"]);
    assert!(first.len() >= 16, "{first:?}");
    for (first, second) in first.iter().zip(&second) {
        assert!(
            bytes(&place, first) == bytes(&place, second),
            "{first} differs from {second}"
        );
    }
}

#[test]
fn a_review_file_is_exported_with_its_head_code() {
    let place = Place::new();
    place.run(&["sample", "-o", "demo.json"]);
    place.run(&["pack", "demo.json", "-o", "demo.xxz"]);
    let sheet = ["--forms", "sheet", "--formats", "xlsx"];
    let from_file = exported(&place, &[&["demo.xxz", "--to", "out"], &sheet[..]].concat());
    let from_records = exported(&place, &[&["demo.json", "--to", "plain"], &sheet[..]].concat());
    assert_eq!((from_file.len(), from_records.len()), (1, 1));
    assert_ne!(
        bytes(&place, &from_file[0]),
        bytes(&place, &from_records[0]),
        "the foot names the head"
    );
}

#[test]
fn what_cannot_be_made_is_refused_and_nothing_is_written() {
    let place = Place::new();
    place.run(&["sample", "-o", "demo.json"]);
    place.write("file", "in the way");
    for (arguments, code) in [
        (&["export", "demo.json"][..], "bad_usage"),
        (
            &["export", "demo.json", "--to", "out", "--forms", "poem"],
            "bad_argument",
        ),
        (
            &["export", "demo.json", "--to", "out", "--formats", "pdf,odt"],
            "bad_argument",
        ),
        (&["export", "demo.json", "--to", "file"], "write_failed"),
        (&["export", "nosuch.json", "--to", "out"], "read_failed"),
    ] {
        assert_eq!(place.refused(arguments).0, code, "{arguments:?}");
    }
    let mut sample: Value = serde_json::from_slice(&place.read("demo.json")).unwrap();
    // A character that no font has: unassigned, and so on no machine.
    sample["posting"]["physician"]["name"] = json!("李\u{3FFF0}梅");
    place.write("rare.json", sample.to_string());
    let (code, message, details) = place.refused(&["export", "rare.json", "--to", "out"]);
    assert_eq!(code, "missing_glyphs");
    assert!(message.contains("U+3FFF0"), "{message}");
    assert_eq!(details["missing_glyphs"][0]["code_point"], "U+3FFF0");
}

fn names(answer: &Value) -> Vec<(&str, &str)> {
    let files = answer["files"].as_array().unwrap().iter();
    files
        .map(|file| (file["form"].as_str().unwrap(), file["format"].as_str().unwrap()))
        .collect()
}

#[test]
fn forms_are_chosen_by_name_and_records_stands_for_all_papers_of_records() {
    let place = Place::new();
    place.run(&["sample", "-o", "demo.json"]);
    let made = |forms: &str| {
        place.json(&[
            "export",
            "demo.json",
            "--to",
            "out",
            "--as-of",
            "2026-04-06",
            "--forms",
            forms,
            "--formats",
            "xlsx",
            "--json",
        ])
    };
    let answer = made("summary,records,attendance,appraisal,sheet,lectures");
    let kinds: Vec<&str> = names(&answer).iter().map(|(form, _)| *form).collect();
    let every = [
        "sheet",
        "attendance",
        "appraisal",
        "summary",
        "daily",
        "lectures",
        "rounds",
        "leave",
        "activities",
        "diary",
    ];
    assert_eq!(kinds, every);
    assert_eq!(answer["left_out"], json!([]));
    assert_eq!(names(&made("leave")), [("leave", "xlsx")]);
}

#[test]
fn a_form_that_the_records_do_not_allow_is_left_out_with_the_reason_or_refused_where_it_is_the_only_one() {
    let place = Place::new();
    let records = json!({
        "format": "xiaxiangzhi.posting", "version": 1,
        "posting": {"id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a11", "start": "2026-01-05", "end": "2026-04-05",
            "scheme": "rotation_3m"},
    });
    place.write("empty.json", records.to_string());
    let answer = place.json(&[
        "export",
        "empty.json",
        "--to",
        "out",
        "--as-of",
        "2026-04-06",
        "--forms",
        "attendance,appraisal,diary",
        "--formats",
        "xlsx",
        "--json",
    ]);
    assert_eq!(names(&answer), [("attendance", "xlsx")]);
    let left: Vec<_> = answer["left_out"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["code"].clone())
        .collect();
    assert_eq!(left, ["appraisal_withheld", "nothing_recorded"]);
    let (code, message, _) = place.refused(&[
        "export",
        "empty.json",
        "--to",
        "none",
        "--as-of",
        "2026-04-06",
        "--forms",
        "appraisal",
    ]);
    assert_eq!(code, "appraisal_withheld");
    assert!(message.contains("四（三）"), "{message}");
    assert!(!place.path("none").exists(), "nothing is written");
}

/// The names of files in a folder that hold a word.
fn files_of(place: &Place, folder: &str, word: &str) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(place.path(folder))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains(word))
        .collect();
    names.sort();
    names
}

#[test]
fn one_month_and_a_blank_attendance_sheet_lie_beside_the_whole_one() {
    let place = Place::new();
    place.run(&["sample", "-o", "demo.json"]);
    let attendance = [
        "demo.json",
        "--to",
        "out",
        "--forms",
        "attendance",
        "--formats",
        "xlsx",
    ];
    let made = |more: &[&str]| exported(&place, &[&attendance[..], more].concat());
    let whole = made(&[]);
    let march = made(&["--month", "2026-03"]);
    let blank = made(&["--blank"]);
    let both = made(&["--month", "2026-03", "--blank"]);
    assert_eq!([whole.len(), march.len(), blank.len(), both.len()], [1, 1, 1, 1]);
    let names = files_of(&place, "out", "月考勤表");
    assert_eq!(names.len(), 4, "none took another's place: {names:?}");
    let ends = |end: &str| names.iter().filter(|name| name.ends_with(end)).count();
    assert_eq!(ends("-2026年3月-月考勤表.xlsx"), 1, "{names:?}");
    assert_eq!(ends("-2026年3月-月考勤表（空白）.xlsx"), 1, "{names:?}");
    assert_eq!(ends("-2026年1-4月-月考勤表（空白）.xlsx"), 1, "{names:?}");
    let sheets = |files: &[Value]| {
        let book = Xlsx::new(Cursor::new(bytes(&place, &files[0]))).unwrap();
        book.sheet_names()
    };
    assert_eq!(sheets(&march), ["2026年3月", "数据"]);
    // A blank sheet has no figures to calculate with.
    assert_eq!(
        sheets(&blank),
        ["2026年1月", "2026年2月", "2026年3月", "2026年4月"]
    );
    assert_eq!(sheets(&both), ["2026年3月"]);
}

#[test]
fn records_come_in_a_table_or_one_a_page() {
    let place = Place::new();
    place.run(&["sample", "-o", "demo.json"]);
    let made = |layout: &[&str]| {
        let lectures = [
            "demo.json",
            "--to",
            "out",
            "--forms",
            "lectures",
            "--formats",
            "docx",
        ];
        bytes(&place, &exported(&place, &[&lectures[..], layout].concat())[0])
    };
    let (usual, table, pages) = (
        made(&[]),
        made(&["--layout", "table"]),
        made(&["--layout", "pages"]),
    );
    assert!(usual == table, "a table is usual for lectures");
    assert!(pages != table);
}

#[test]
fn options_of_other_papers_and_other_months_are_refused_and_nothing_is_written() {
    let place = Place::new();
    place.run(&["sample", "-o", "demo.json"]);
    place.write("own.docx", "");
    for (arguments, code, named) in [
        (&["--month", "2026-3"][..], "bad_argument", "YYYY-MM"),
        (&["--month", "2026-13"], "bad_argument", "2026-13"),
        (&["--month", "2026-05"], "outside_posting", "2026-05"),
        (&["--forms", "sheet", "--blank"], "bad_argument", "attendance"),
        (
            &["--forms", "sheet", "--month", "2026-03"],
            "bad_argument",
            "attendance",
        ),
        (
            &["--forms", "attendance", "--layout", "pages"],
            "bad_argument",
            "lectures",
        ),
        (&["--layout", "poster"], "bad_argument", "table, pages"),
        (
            &["--forms", "attendance", "--template", "own.docx", "--blank"],
            "bad_usage",
            "--",
        ),
    ] {
        let all = [&["export", "demo.json", "--to", "out"], arguments].concat();
        let (refused, message, _) = place.refused(&all);
        assert_eq!(refused, code, "{arguments:?}: {message}");
        assert!(message.contains(named), "{arguments:?}: {message}");
    }
}

#[test]
fn characters_that_few_fonts_have_are_named_once_the_document_is_written() {
    let place = Place::new();
    place.run(&["sample", "-o", "demo.json"]);
    let mut sample: Value = serde_json::from_slice(&place.read("demo.json")).unwrap();
    sample["posting"]["physician"]["name"] = json!("张䶮㛃𬎆");
    sample["posting"]["recipient_unit"] = json!("𬎆河镇卫生院");
    place.write("rare.json", sample.to_string());
    let export = |formats: &str| {
        let run = place.run(&[
            "export",
            "rare.json",
            "--to",
            "out",
            "--forms",
            "sheet",
            "--formats",
            formats,
            "--json",
        ]);
        assert_eq!(run.status, 0, "{run:?}");
        assert_eq!(run.answer()["files"].as_array().unwrap().len(), 1);
        run.err
    };
    for formats in ["docx", "xlsx"] {
        let said: Value = serde_json::from_str(&export(formats)).unwrap();
        let warning = &said["warnings"][0];
        assert_eq!(warning["code"], "uncommon_characters");
        assert!(warning["message"].as_str().unwrap().contains("SimSun-ExtB"));
        // 䶮 and 㛃 are in the national table and in 宋体; 𬎆 lies beyond both.
        assert_eq!(
            warning["details"]["characters"],
            json!([{"character": "𬎆", "code_point": "U+2C386", "places": ["姓名", "受援单位"]}])
        );
    }
    sample["posting"]["physician"]["name"] = json!("张䶮㛃");
    sample["posting"]["recipient_unit"] = json!("河口镇卫生院");
    place.write("rare.json", sample.to_string());
    assert_eq!(export("docx"), "", "nothing to say of a common name");
}
