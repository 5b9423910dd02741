//! `xxz rollup`: a folder of all sorts becomes a table that a person, a spreadsheet and a database can read.

use std::collections::BTreeMap;
use std::fs;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use serde_json::{Value, json};

use crate::support::Place;

/// A folder with five people's files: one is there twice over in an earlier state and once more as it is, two contradict each
/// other, and five files are at fault; beside them are papers of other kinds.
fn folder() -> Place {
    let place = Place::new();
    for folder in ["in", "in/second quarter", "data"] {
        fs::create_dir(place.path(folder)).unwrap();
    }
    for (seed, change) in [("1", ""), ("2", ""), ("3", "failing"), ("4", "formula")] {
        place.run(&["sample", "--seed", seed, "-o", "records.json"]);
        let mut records: Value = serde_json::from_slice(&place.read("records.json")).unwrap();
        records["posting"]["physician"]["name"] = json!(format!("甲医师{seed}"));
        if change == "failing" {
            records["activities"] = json!([]);
        }
        if change == "formula" {
            records["posting"]["home_department"] = json!("=HYPERLINK(\"http://example.test\",\"儿,科\")");
        }
        place.write(&format!("{seed}.json"), records.to_string());
        pack(&place, &format!("{seed}.json"), &format!("in/{seed}.xxz"));
    }
    // One person's log as it grows: imported, exported twice.
    fs::rename(place.path("in/1.xxz"), place.path("first.xxz")).unwrap();
    place.json(&["db", "import", "first.xxz", "--data", "data", "--json"]);
    let id = crate::database::id(&place);
    for name in ["in/1-earlier.xxz", "in/second quarter/1-later.xxz (1)"] {
        let export = [
            "db",
            "export",
            &id,
            "-o",
            name,
            "--as-of",
            "2026-04-06",
            "--data",
            "data",
        ];
        assert_eq!(place.run(&export).status, 0);
    }
    fs::copy(
        place.path("in/second quarter/1-later.xxz (1)"),
        place.path("in/same.xxz"),
    )
    .unwrap();
    // Two logs under one id that are not one the continuation of the other.
    place.run(&["sample", "--seed", "5", "-o", "5.json"]);
    pack(&place, "5.json", "in/5.xxz");
    pack(&place, "5.json", "in/5-another.xxz");
    let good = place.read("in/2.xxz");
    let mut altered = good.clone();
    let middle = altered.len() / 2;
    altered[middle] ^= 1;
    place.write("in/altered.xxz", altered);
    place.write("in/cut.xxz", &good[..good.len() - 100]);
    place.write("in/empty.xxz", "");
    place.write("in/foreign.xxz", "no review file");
    place.write("in/notes.txt", "not ours");
    place.write("in/list.xlsx", "not ours either");
    // Content decides: a review file that lost its name is found all the same.
    fs::rename(place.path("in/3.xxz"), place.path("in/3.bin")).unwrap();
    place
}

fn pack(place: &Place, records: &str, to: &str) {
    let run = place.run(&["pack", records, "-o", to, "--as-of", "2026-04-06"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""), "{to}");
}

/// What the answer says of the folder above, whatever is written.
const COUNTS: [(&str, u64); 6] = [
    ("files", 12),
    ("passed_over", 2),
    ("at_fault", 6),
    ("set_aside", 2),
    ("failed", 1),
    ("counted", 4),
];

fn rows(place: &Place, to: &str) -> Vec<Value> {
    let answer = place.json(&["rollup", "in", "--to", to, "--json"]);
    for (field, count) in COUNTS {
        assert_eq!(answer[field], json!(count), "{to}: {field} in {answer}");
    }
    let text = String::from_utf8(place.read(to)).unwrap();
    if to.ends_with("json") {
        serde_json::from_str(&text).unwrap()
    } else {
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

#[test]
fn each_file_is_a_line_and_the_newest_genuine_one_of_a_log_counts() {
    let place = folder();
    let rows = rows(&place, "out.json");
    let told: BTreeMap<&str, [&str; 3]> = rows
        .iter()
        .map(|row| {
            let told = [&row["verdict"]["code"], &row["standing"], &row["in_favour_of"]];
            let [code, standing, other] = told.map(|value| value.as_str().unwrap_or("-"));
            (row["path"].as_str().unwrap(), [code, standing, other])
        })
        .collect();
    let expected = BTreeMap::from([
        ("in/1-earlier.xxz", ["genuine", "superseded", "in/same.xxz"]),
        // Of two with the same bytes the first by path counts.
        ("in/same.xxz", ["genuine", "counted", "-"]),
        (
            "in/second quarter/1-later.xxz (1)",
            ["genuine", "duplicate", "in/same.xxz"],
        ),
        ("in/2.xxz", ["genuine", "counted", "-"]),
        ("in/3.bin", ["genuine", "counted", "-"]),
        ("in/4.xxz", ["genuine", "counted", "-"]),
        ("in/5.xxz", ["genuine", "disputed", "-"]),
        ("in/5-another.xxz", ["genuine", "disputed", "-"]),
        ("in/altered.xxz", ["altered", "refused", "-"]),
        ("in/cut.xxz", ["cut", "refused", "-"]),
        ("in/empty.xxz", ["empty", "refused", "-"]),
        ("in/foreign.xxz", ["not_a_review_file", "refused", "-"]),
    ]);
    assert_eq!(told, expected);
    // What is refused says why, and nothing of what cannot be relied on.
    for row in rows.iter().filter(|row| row["standing"] == "refused") {
        assert!(
            row["verdict"]["reason"].is_string() && row["physician"].is_null(),
            "{row}"
        );
    }
}

#[test]
fn figures_are_those_of_the_assessment() {
    let place = folder();
    let rows = rows(&place, "out.jsonl");
    for seed in ["2", "4"] {
        let row = rows
            .iter()
            .find(|row| row["path"] == format!("in/{seed}.xxz"))
            .unwrap();
        let assessment = place.json(&[
            "assess",
            &format!("{seed}.json"),
            "--as-of",
            "2026-04-06",
            "--json",
        ]);
        assert_eq!(row["consequences"], assessment["consequences"]);
        assert_eq!(
            row["failed"],
            json!(assessment["failed"].as_array().unwrap().len())
        );
        let findings = row["findings"].as_array().unwrap();
        assert_eq!(findings.len(), assessment["findings"].as_array().unwrap().len());
        for (ours, full) in row["requirements"]
            .as_array()
            .unwrap()
            .iter()
            .zip(assessment["requirements"].as_array().unwrap())
        {
            assert_eq!(
                (&ours["id"], &ours["status"], &ours["minimum"]),
                (&full["id"], &full["status"], &full["minimum"])
            );
        }
        let attended = &assessment["attendance"]["attended_half_days"];
        assert_eq!(&row["attendance"]["attended_half_days"], attended);
    }
}

#[test]
fn json_lines_follow_the_published_schema_and_the_array_holds_the_same() {
    let place = folder();
    let lines = rows(&place, "out.jsonl");
    assert_eq!(lines, rows(&place, "out.json"));
    let schema = place.json(&["schema", "rollup"]);
    let validator = jsonschema::validator_for(&schema).unwrap();
    for line in &lines {
        let faults: Vec<String> = validator
            .iter_errors(line)
            .map(|error| error.to_string())
            .collect();
        assert_eq!(faults, Vec::<String>::new(), "{line}");
    }
    // The schema is not one that accepts anything.
    let mut wrong = lines[0].clone();
    wrong["standing"] = json!(7);
    assert!(!validator.is_valid(&wrong));
}

/// Reads CSV by the rules of COPY ... (FORMAT csv, HEADER) of `PostgreSQL`: a blank field without quotes is null, one with quotes
/// is empty; quotes are doubled; line ends outside quotes are all of one kind; no zero bytes; every line has the header's columns.
fn copied(text: &str) -> Vec<Vec<Option<String>>> {
    assert!(!text.contains('\0'));
    let (mut table, mut row, mut field) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut inside) = (false, false);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match (inside, character) {
            (true, '"') if characters.peek() == Some(&'"') => field.push(characters.next().unwrap()),
            (true, '"') => inside = false,
            (true, other) => field.push(other),
            (false, '"') => {
                assert!(field.is_empty() && !quoted, "a quote within a field: {field}");
                (inside, quoted) = (true, true);
            }
            (false, ',' | '\r') => {
                row.push((quoted || !field.is_empty()).then(|| std::mem::take(&mut field)));
                quoted = false;
                if character == '\r' {
                    assert_eq!(characters.next(), Some('\n'), "a lone carriage return");
                    table.push(std::mem::take(&mut row));
                }
            }
            (false, '\n') => panic!("a line end of another kind"),
            (false, other) => {
                assert!(!quoted, "something after the closing quote");
                field.push(other);
            }
        }
    }
    assert!(
        !inside && row.is_empty() && field.is_empty(),
        "the last line has no end"
    );
    table
}

#[test]
fn csv_loads_by_the_rules_of_copy_and_holds_no_formula() {
    let place = folder();
    place.write("in/=cmd,\"x\"\n.xxz", "");
    let answer = place.json(&["rollup", "in", "--to", "out.csv", "--json"]);
    let text = String::from_utf8(place.read("out.csv")).unwrap();
    let table = copied(text.strip_prefix('\u{feff}').expect("a byte order mark"));
    let header: Vec<String> = table[0].iter().map(|name| name.clone().unwrap()).collect();
    assert_eq!(table.len() as u64, 1 + answer["files"].as_u64().unwrap());
    let at = |name: &str| header.iter().position(|each| each == name).unwrap();
    let mut payable = 0;
    for row in &table[1..] {
        assert_eq!(row.len(), header.len());
        for text in row.iter().flatten() {
            assert!(!text.starts_with(['=', '+', '-', '@', '\t', '\r']), "{text}");
        }
        if row[at("standing")].as_deref() == Some("counted") {
            payable += row[at("payable_fen")].as_deref().unwrap().parse::<u64>().unwrap();
        }
        assert_eq!(
            row[at("physician")].is_none(),
            row[at("standing")].as_deref() == Some("refused")
        );
    }
    assert_eq!(json!(payable), answer["payable_fen"]);
    let department = table
        .iter()
        .find(|row| row[at("path")].as_deref() == Some("in/4.xxz"))
        .unwrap();
    assert_eq!(
        department[at("home_department")].as_deref(),
        Some("'=HYPERLINK(\"http://example.test\",\"儿,科\")")
    );
}

/// A sheet's cells, blanks left out.
fn sheet(bytes: &[u8], name: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(bytes.to_vec())).unwrap();
    let range = book.worksheet_range(name).unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn the_workbook_holds_people_findings_and_money_as_real_figures() {
    let place = folder();
    let answer = place.json(&["rollup", "in", "--to", "out.xlsx", "--lang", "zh", "--json"]);
    let bytes = place.read("out.xlsx");
    let people = sheet(&bytes, "人员");
    let column = |title: &str| {
        let found = people[0]
            .iter()
            .position(|cell| *cell == Data::String(title.to_owned()));
        found.unwrap_or_else(|| panic!("no column {title} in {:?}", people[0]))
    };
    assert_eq!(people.len() as u64, 1 + answer["files"].as_u64().unwrap());
    // What is at fault stands first, then the failures.
    let verdicts: Vec<String> = people[1..]
        .iter()
        .map(|row| row[column("结论")].to_string())
        .collect();
    let ranks = ["未算", "未达标", "达标，要问", "达标", "不计"];
    let order: Vec<usize> = verdicts
        .iter()
        .map(|verdict| ranks.iter().position(|rank| rank == verdict).unwrap())
        .collect();
    assert!(order.is_sorted(), "{verdicts:?}");
    let yuan: f64 = people[1..]
        .iter()
        .map(|row| match &row[column("实发（元）")] {
            Data::Float(yuan) => *yuan,
            Data::Empty => 0.0,
            other => panic!("no number: {other:?}"),
        })
        .sum();
    let payable = answer["payable_fen"].as_f64().unwrap() / 100.0;
    assert!((yuan - payable).abs() < 0.001, "{yuan} {payable}");
    let dated = people[1..]
        .iter()
        .filter(|row| matches!(row[column("开始")], Data::DateTime(_)))
        .count();
    assert_eq!(dated, 8);
    // The names of departments are words, whatever they look like.
    let words = people
        .iter()
        .flatten()
        .filter(|cell| cell.to_string().starts_with("=HYPERLINK"));
    assert_eq!(words.filter(|cell| matches!(cell, Data::String(_))).count(), 1);
    let money = sheet(&bytes, "金额");
    let total = money.last().unwrap();
    assert_eq!(total[0], Data::String("合计".to_owned()));
    assert_eq!(total[2], Data::Float(4.0));
    assert_eq!(total[5], Data::Float(payable));
    let findings = sheet(&bytes, "发现");
    assert!(findings.len() > 1 && findings[0][3] == Data::String("事项".to_owned()));
}

#[test]
fn the_same_files_give_the_same_bytes() {
    let place = folder();
    for name in ["csv", "json", "jsonl", "xlsx"] {
        let (one, two) = (format!("one.{name}"), format!("two.{name}"));
        place.json(&["rollup", "in", "--to", &one, "--json"]);
        place.json(&["rollup", "in", "--to", &two, "--json"]);
        assert!(place.read(&one) == place.read(&two), "{name}");
    }
    assert!(
        !place.names().iter().any(|name| name.starts_with(".xiaxiangzhi")),
        "a part was left"
    );
}

#[test]
fn a_slip_of_the_pen_is_one_error_and_nothing_is_written() {
    let place = folder();
    for (arguments, code) in [
        (&["rollup", "nowhere", "--to", "out.csv"][..], "read_failed"),
        (&["rollup", "in", "--to", "out.docx"], "bad_argument"),
        (&["rollup", "in", "--to", "no folder/out.csv"], "write_failed"),
        (&["rollup", "in"], "bad_usage"),
        (&["rollup", "--to", "out.csv"], "bad_usage"),
    ] {
        assert_eq!(place.refused(arguments).0, code, "{arguments:?}");
    }
}

#[test]
fn an_empty_folder_is_an_empty_table() {
    let place = Place::new();
    fs::create_dir(place.path("in")).unwrap();
    for (name, content) in [("out.json", "[\n]\n"), ("out.jsonl", "")] {
        place.json(&["rollup", "in", "--to", name, "--json"]);
        assert_eq!(String::from_utf8(place.read(name)).unwrap(), content);
    }
    let answer = place.json(&["rollup", "in", "--to", "out.xlsx", "--json"]);
    assert_eq!(answer["files"], json!(0));
}
