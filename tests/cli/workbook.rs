//! `xxz import`: a workbook kept before, tried out, written, harmless a second time, and refused where rows are bad.

use serde_json::{Value, json};
use xiaxiangzhi_store::Store;

use crate::database::id;
use crate::support::{Place, fixtures};

const GOOD: &str = "日期,上午,下午,门诊,工作内容\n2025-02-10,√,√,12,门诊\n2025-02-11,√,公,9,门诊\n";
const BAD: &str =
    "日期,上午,下午,门诊,工作内容\n2025-02-10,√,√,12,门诊\n2025-02-30,√,√,9,门诊\n2025-02-12,√,※,约十,门诊\n";

/// A database with a posting in which 2025-02-11 is entered as an absence.
fn place() -> (Place, String) {
    let place = Place::new();
    let records = json!({
        "format": "xiaxiangzhi.posting", "version": 1,
        "posting": {
            "id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a11", "physician": {"name": "李晓梅"},
            "start": "2025-01-06", "end": "2025-04-06", "scheme": "rotation_3m"
        },
        "days": [{"date": "2025-02-11", "morning": "absent"}]
    });
    place.write("records.json", records.to_string());
    for arguments in [
        &["pack", "records.json", "-o", "records.xxz"][..],
        &["db", "import", "records.xxz", "--data", "data"],
    ] {
        assert_eq!(place.run(arguments).status, 0, "{arguments:?}");
    }
    place.write("good.csv", GOOD);
    place.write("bad.csv", BAD);
    let id = id(&place);
    (place, id)
}

/// The answer to a run that ends with a status.
fn answer(place: &Place, status: i32, arguments: &[&str]) -> Value {
    let run = place.run(arguments);
    assert_eq!(
        (run.status, run.err.as_str()),
        (status, ""),
        "{arguments:?}: {run:?}"
    );
    run.answer()
}

/// The days that the database holds.
fn days(place: &Place, id: &str) -> Vec<Value> {
    let export = [
        "db",
        "export",
        id,
        "-o",
        "out.xxz",
        "--as-of",
        "2025-04-07",
        "--data",
        "data",
    ];
    assert_eq!(place.run(&export).status, 0);
    std::fs::remove_dir_all(place.path("out")).ok();
    assert_eq!(place.run(&["unpack", "out.xxz", "--to", "out"]).status, 0);
    let records: Value = serde_json::from_slice(&place.read("out/records.json")).unwrap();
    records["days"].as_array().unwrap().clone()
}

fn head(place: &Place) -> Value {
    place.json(&["db", "list", "--data", "data", "--json"])["postings"][0]["n"].clone()
}

#[test]
fn a_trial_shows_what_would_come_and_writes_nothing() {
    let (place, id) = place();
    let before = head(&place);
    let arguments = ["import", "good.csv", "--into", &id, "--data", "data"];
    let trial = answer(&place, 0, &[&arguments[..], &["--json"]].concat());
    assert_eq!((&trial["written"], &trial["days"]), (&json!(false), &json!(1)));
    let outcomes: Vec<&Value> = trial["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["outcome"])
        .collect();
    assert_eq!(outcomes, ["conflict", "new"]);
    assert_eq!(head(&place), before);
    let run = place.run_with(&arguments, b"", &[("LC_ALL", "zh_CN.UTF-8")]);
    assert_eq!(
        run.out,
        "与已有的不同，没有动 1\n  A3  2月11日 的记录  那天已经记了别的\n新记 1\n  A2  2月10日 的记录\n\
         试看，没有写入。会写入：1 天的记录、0 次活动、0 次请假\n"
    );
}

#[test]
fn written_records_are_there_once_and_can_be_undone() {
    let (place, id) = place();
    let write = [
        "import", "good.csv", "--into", &id, "--write", "--data", "data", "--json",
    ];
    let written = answer(&place, 0, &write);
    assert_eq!((&written["written"], &written["days"]), (&json!(true), &json!(1)));
    let stored = days(&place, &id);
    assert_eq!(stored.len(), 2);
    assert_eq!(
        (&stored[0]["date"], &stored[0]["note"], &stored[0]["tallies"]),
        (
            &json!("2025-02-10"),
            &json!("门诊"),
            &json!({"outpatient_visits": 12})
        )
    );
    assert_eq!(stored[1]["morning"], "absent", "what differs is left alone");
    let after = head(&place);
    let again = answer(&place, 0, &write);
    assert_eq!((&again["written"], &again["days"]), (&json!(true), &json!(0)));
    assert_eq!(head(&place), after, "the same file twice enters nothing");
    assert_eq!(place.run(&["db", "check", "--data", "data"]).status, 0);
    let store = Store::open(&place.path("data")).unwrap();
    let undone = store.undo(id.parse().unwrap(), "2025-04-07T01:00:00Z".parse().unwrap());
    assert!(undone.unwrap().is_some());
    drop(store);
    assert_eq!(days(&place, &id).len(), 1, "one step takes it back");
}

#[test]
fn bad_rows_come_first_and_keep_everything_from_being_written_unless_they_are_to_be_skipped() {
    let (place, id) = place();
    let before = head(&place);
    let arguments = ["import", "bad.csv", "--into", &id, "--data", "data"];
    let write = [&arguments[..], &["--write"]].concat();
    for (arguments, said) in [
        (&arguments[..], "a trial, nothing was written"),
        (&write, "rows are bad, so nothing was written"),
    ] {
        let run = place.run_with(arguments, b"", &[("LC_ALL", "en_US.UTF-8")]);
        assert_eq!((run.status, run.err.as_str()), (1, ""), "{arguments:?}");
        assert!(
            run.out.starts_with(
                "bad 2\n  A3  \"2025-02-30\" does not exist in the calendar\n  C4  \"※\" is a mark without a meaning; choose one \
                 first\n  D4  \"约十\" must be a whole number from 0 to 1,000,000\nnew 1\n"
            ),
            "{}",
            run.out
        );
        assert!(run.out.contains(said), "{}", run.out);
        assert_eq!(head(&place), before);
    }
    let skipped = answer(&place, 0, &[&write[..], &["--skip-bad", "--json"]].concat());
    assert_eq!((&skipped["written"], &skipped["days"]), (&json!(true), &json!(1)));
    assert_eq!(days(&place, &id)[0]["date"], "2025-02-10");
}

#[test]
fn a_mapping_that_was_changed_is_followed() {
    let (place, id) = place();
    let arguments = ["import", "bad.csv", "--into", &id, "--data", "data", "--json"];
    let mut mappings = answer(&place, 1, &arguments)["mappings"].clone();
    mappings[0]["symbols"] = json!([{"symbol": "※", "means": {"status": "compensatory_rest"}}]);
    mappings[0]["columns"][3] = json!("nothing");
    place.write("mapping.json", mappings.to_string());
    let with = [&arguments[..], &["--mapping", "mapping.json"]].concat();
    let items = answer(&place, 1, &with)["items"].clone();
    let bad = |item: &&Value| item["outcome"] == "bad";
    assert_eq!(
        items.as_array().unwrap().iter().filter(bad).count(),
        1,
        "only the day that does not exist"
    );
    mappings[0]["sheet"] = json!(7);
    place.write("mapping.json", mappings.to_string());
    assert_eq!(place.refused(&with).0, "bad_argument");
    place.write("mapping.json", "{}");
    assert_eq!(place.refused(&with).0, "bad_argument");
}

#[test]
fn a_whole_workbook_is_read_and_its_other_sheets_are_named() {
    let (place, id) = place();
    let sample = fixtures().join("workbooks/attendance-of-two.xlsx");
    let arguments = [
        "import",
        sample.to_str().unwrap(),
        "--into",
        &id,
        "--data",
        "data",
        "--json",
    ];
    let trial = answer(&place, 1, &arguments);
    assert_eq!(trial["sheets"][0]["people"], json!(["李晓梅", "周建国"]));
    place.write(
        "figures.csv",
        "类别,项目,数值,单位,说明\n出勤,应出勤,122,个半天,\n",
    );
    let figures = ["import", "figures.csv", "--into", &id, "--data", "data"];
    let run = place.run_with(&figures, b"", &[("LC_ALL", "zh_CN.UTF-8")]);
    assert_eq!(
        (run.status, run.out.as_str()),
        (
            0,
            "表格：没有可导入的\n试看，没有写入。会写入：0 天的记录、0 次活动、0 次请假\n"
        )
    );
}

#[test]
fn what_cannot_be_done_is_refused_in_words() {
    let (place, id) = place();
    place.write("old.xls", [0xD0, 0xCF, 0x11, 0xE0, 0, 0]);
    let other = "0199a1c2-7d1e-7c3a-9f10-000000000000";
    for (arguments, code) in [
        (
            ["old.xls", "--into", &id, "--data", "data"],
            "old_or_encrypted_workbook",
        ),
        (["absent.csv", "--into", &id, "--data", "data"], "read_failed"),
        (["good.csv", "--into", "李晓梅", "--data", "data"], "bad_argument"),
        (["good.csv", "--into", other, "--data", "data"], "no_such_posting"),
        (["good.csv", "--into", &id, "--data", "nowhere"], "no_database"),
    ] {
        let arguments = [&["import"][..], &arguments].concat();
        assert_eq!(place.refused(&arguments).0, code, "{arguments:?}");
    }
}
