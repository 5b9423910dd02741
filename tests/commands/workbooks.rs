//! Workbooks that were kept before: read, seen row by row, entered as one step and taken back as one.

use crate::support::{Clinic, NOW, clock, profile};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use uuid::Uuid;
use xiaxiangzhi::App;
use xiaxiangzhi_core::log::{Beside, Change, Entity, EventKind, Exported, Log, Origin, public_key};
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::reviewfile::{Basis, Export, write};
use xiaxiangzhi_store::{Computer, Store};

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/fixtures/workbooks")
        .join(name)
}

/// The file is chosen in the dialog and read.
fn read(clinic: &Clinic, path: &Path) -> Value {
    clinic.answer(path);
    clinic.ok("read_workbook", json!({"path": null}))
}

/// The command's arguments: every sheet that is shown and has something to import, as it was guessed.
fn asked(book: &Value, replace: &Value) -> Value {
    let sheets = book["sheets"].as_array().unwrap();
    let mappings: Vec<&Value> = sheets
        .iter()
        .filter(|sheet| sheet["hidden"] == false && !sheet["guess"].is_null())
        .map(|sheet| &sheet["guess"])
        .collect();
    json!({"id": book["id"], "mappings": mappings, "replace": replace})
}

#[test]
fn an_attendance_sheet_is_seen_entered_as_one_step_and_harmless_a_second_time() {
    let clinic = Clinic::with_posting();
    let before = clinic.ok("posting_view", json!({}));
    let book = read(&clinic, &sample("attendance-of-two.xlsx"));
    assert_eq!(book["file"], "attendance-of-two.xlsx");
    assert_eq!(book["sheets"][1]["hidden"], true);
    assert_eq!(book["sheets"][0]["head"][0][0], "河口镇中心卫生院2026年2月考勤表");
    let preview = clinic.ok("preview_import", asked(&book, &json!([])));
    assert_eq!((&preview["days"], &preview["leaves"]), (&json!(12), &json!(2)));
    assert_eq!(preview["items"][0]["outcome"], "bad");
    assert_eq!(
        clinic.ok("posting_view", json!({}))["head"],
        before["head"],
        "looking stores nothing"
    );

    let view = clinic.ok("import_workbook", asked(&book, &json!([])));
    assert_eq!(view["records"]["days"].as_array().unwrap().len(), 12);
    assert_eq!(view["records"]["leaves"].as_array().unwrap().len(), 2);
    assert_eq!(view["undo"]["records"], 14);

    let again = clinic.ok("preview_import", asked(&book, &json!([])));
    assert_eq!((&again["days"], &again["leaves"]), (&json!(0), &json!(0)));
    let unchanged = clinic.ok("import_workbook", asked(&book, &json!([])));
    assert_eq!(unchanged["head"], view["head"]);

    let back = clinic.ok("undo", json!({}));
    assert_eq!(back["records"], before["records"]);
    let forth = clinic.ok("redo", json!({}));
    assert_eq!(forth["records"]["days"], view["records"]["days"]);
}

#[test]
fn our_own_attendance_sheet_says_what_it_was_made_from() {
    let mut clinic = Clinic::with_posting();
    for (date, morning, afternoon) in [
        ("2026-03-02", "present", "official_duty"),
        ("2026-03-03", "recalled", "recalled"),
        ("2026-03-04", "absent", "present"),
    ] {
        let day = json!({"date": date, "morning": morning, "afternoon": afternoon, "note": "门诊"});
        clinic.save("day", date, day);
    }
    let path = clinic.path("考勤.xlsx");
    clinic.answer(&path);
    clinic.ok(
        "export_forms",
        json!({"forms": ["attendance"], "formats": ["xlsx"]}),
    );
    let before = clinic.ok("posting_view", json!({}));
    let book = read(&clinic, &path);
    let (figures, months) = book["sheets"].as_array().unwrap().split_last().unwrap();
    assert_eq!(
        (&figures["figures"], &figures["guess"]),
        (&json!(true), &Value::Null),
        "the sums of the months are nothing to import"
    );
    assert!(
        months
            .iter()
            .all(|sheet| sheet["guess"]["layout"] == "grid" && sheet["figures"] == false)
    );
    let preview = clinic.ok("preview_import", asked(&book, &json!([])));
    let told = |outcome: &str| {
        let items = preview["items"].as_array().unwrap().iter();
        items.filter(|item| item["outcome"] == outcome).count()
    };
    assert_eq!((told("already"), told("conflict")), (3, 0), "{preview:#}");
    assert_eq!((&preview["days"], &preview["leaves"]), (&json!(0), &json!(0)));
    assert_eq!(clinic.ok("posting_view", json!({}))["head"], before["head"]);
}

#[test]
fn what_is_there_stays_unless_it_is_to_be_replaced() {
    let mut clinic = Clinic::with_posting();
    clinic.save(
        "day",
        "2026-03-03",
        json!({"date": "2026-03-03", "morning": "official_duty"}),
    );
    let path = clinic.path("补记.csv");
    std::fs::write(
        &path,
        "日期,上午,下午,工作内容\n3月2日,√,√,门诊\n3月3日,√,√,门诊\n",
    )
    .unwrap();
    let book = read(&clinic, &path);
    let preview = clinic.ok("preview_import", asked(&book, &json!([])));
    let conflict = &preview["items"][0];
    assert_eq!(
        (&conflict["outcome"], &preview["days"]),
        (&json!("conflict"), &json!(1))
    );
    let view = clinic.ok("import_workbook", asked(&book, &json!([])));
    let day = |view: &Value, date: &str| {
        let days = view["records"]["days"].as_array().unwrap();
        days.iter().find(|day| day["date"] == date).unwrap()["morning"].clone()
    };
    assert_eq!(day(&view, "2026-03-03"), "official_duty");
    let view = clinic.ok("import_workbook", asked(&book, &json!([conflict["id"]])));
    assert_eq!(day(&view, "2026-03-03"), "present");
    let back = clinic.ok("undo", json!({}));
    assert_eq!(day(&back, "2026-03-03"), "official_duty");
    assert_eq!(
        day(&back, "2026-03-02"),
        "present",
        "the import before is a step of its own"
    );
}

#[test]
fn files_that_cannot_be_read_are_refused_in_words_and_change_nothing() {
    let clinic = Clinic::with_posting();
    assert_eq!(
        clinic.ok("read_workbook", json!({"path": null})),
        Value::Null,
        "a cancelled dialog is no fault"
    );
    let path = clinic.path("照片.xlsx");
    for (bytes, code) in [
        (vec![0xFF, 0xD8, 0xFF, 0xE0, 0, 0], "not_a_workbook"),
        (vec![0xD0, 0xCF, 0x11, 0xE0, 0, 0], "old_or_encrypted_workbook"),
        (b"PK\x03\x04".to_vec(), "damaged_workbook"),
        (Vec::new(), "empty_workbook"),
        (vec![b'1'; 10 * 1024 * 1024 + 1], "workbook_too_large"),
    ] {
        std::fs::write(&path, bytes).unwrap();
        clinic.answer(&path);
        let refusal = clinic.refused("read_workbook", json!({"path": null}));
        assert_eq!(refusal["code"], code);
        assert!(
            refusal["what"]["zh"].as_str().unwrap().contains("照片.xlsx"),
            "{refusal}"
        );
        assert_eq!(refusal["safe"]["zh"], "数据没有改动。");
    }
    std::fs::remove_file(&path).unwrap();
    assert_eq!(
        clinic.refused("read_workbook", json!({"path": null}))["code"],
        "file_not_read"
    );
    let path = clinic.path("别处.csv");
    std::fs::write(&path, "日期,工作内容\n3月2日,门诊\n").unwrap();
    assert_eq!(
        clinic.refused("read_workbook", json!({"path": path}))["code"],
        "bad_request",
        "the page opens nothing that nobody chose"
    );
    clinic.app.offer(path.clone());
    assert_eq!(
        clinic.ok("read_workbook", json!({"path": path}))["file"],
        "别处.csv"
    );
}

#[test]
fn a_workbook_that_was_put_away_and_records_that_are_only_read_are_refused() {
    let clinic = Clinic::with_posting();
    let first = read(&clinic, &sample("work-utf8.csv"));
    read(&clinic, &sample("lectures-gbk.csv"));
    assert_eq!(
        clinic.refused("preview_import", asked(&first, &json!([])))["code"],
        "workbook_gone"
    );
    let clinic = moved_away(clinic);
    clinic.answer(&sample("work-utf8.csv"));
    let refusal = clinic.refused("read_workbook", json!({"path": null}));
    assert_eq!(refusal["code"], "read_only");
    assert!(
        refusal["what"]["zh"].as_str().unwrap().contains("搬到另一台电脑"),
        "{refusal}"
    );
}

/// The records went to another computer; this one can only read them.
fn moved_away(mut clinic: Clinic) -> Clinic {
    let empty = App::open(&clinic.path("elsewhere"), clock(NOW));
    let here = Computer {
        id: Uuid::from_u128(1),
        name: "卫生院的电脑".to_owned(),
    };
    clinic.app = std::mem::replace(&mut clinic.app, empty).on_computer(Some(here));
    clinic.answer(&clinic.path("搬家.xxzdata"));
    clinic.ok("move_away", Value::Null);
    clinic
}

/// A posting whose log holds the decision of the office, as a review file of another computer.
fn decided(decision: &str) -> (Uuid, Vec<u8>) {
    let seed = [7; 32];
    let id = Uuid::from_u128(0x0199_0000_0000_7000_9000_0000_0000_0000);
    let at = NOW.parse().unwrap();
    let mut log = Log::new(id, public_key(&seed));
    let (mut beside, mut bodies, mut number) = (Beside::default(), Vec::new(), 0);
    let mut next = || {
        number += 1;
        Uuid::from_u128(id.as_u128() + number)
    };
    let posting = Change {
        event_id: next(),
        entity: Entity::Posting,
        key: String::new(),
        value: Some(profile()),
        batch: None,
    };
    let first = log
        .prepare_first(next(), Origin::App, &[posting], at, &mut || [0; 16])
        .unwrap();
    let receipt = json!({"decision": decision, "n": 2}).to_string();
    let exported = Exported {
        number: 1,
        as_of: "2026-03-19".to_owned(),
    };
    let later = [EventKind::Receipt(receipt.into()), EventKind::Exported(exported)];
    let mut keep = |log: &mut Log, prepared: xiaxiangzhi_core::log::Prepared| {
        beside.extend(&prepared);
        for event in prepared.events {
            log.apply(&event.body).unwrap();
            bodies.push(event.body);
        }
    };
    keep(&mut log, first);
    for event in later {
        let prepared = log.prepare_event(next(), at, event).unwrap();
        keep(&mut log, prepared);
    }
    let records = Records::from_value(log.document(&beside)).unwrap();
    let file = Export {
        log: &log,
        bodies: &bodies,
        beside: &beside,
        seed: &seed,
        basis: &Basis::of(&records).unwrap(),
        as_of: "2026-03-19".parse().unwrap(),
        at,
    };
    (id, write(&file).unwrap())
}

#[test]
fn after_a_decision_and_after_the_end_an_import_is_answered_as_any_other_change_is() {
    for (decision, now) in [
        ("approved", NOW),
        ("returned", NOW),
        ("approved", "2026-06-01T02:00:00Z"),
    ] {
        let folder = TempDir::new().unwrap();
        let (id, file) = decided(decision);
        let store = Store::open(&folder.path().join("data")).unwrap();
        store.import(&file, now.parse().unwrap()).unwrap();
        drop(store);
        let mut clinic = Clinic::in_folder(folder, now);
        clinic.ok("open_posting", json!({"logId": id}));
        let path = clinic.path("补.csv");
        std::fs::write(&path, "日期,上午,下午,工作内容\n3月2日,√,√,门诊\n").unwrap();
        let book = read(&clinic, &path);
        let day = clinic.change(
            "day",
            "2026-03-03",
            json!({"date": "2026-03-03", "morning": "present"}),
        );
        let answered = |answer: Result<Value, Value>| match answer {
            Ok(view) => json!(view["records"]["days"].as_array().unwrap().len()),
            Err(refusal) => refusal["code"].clone(),
        };
        let imported = answered(clinic.call("import_workbook", asked(&book, &json!([]))));
        let saved = answered(clinic.call("save", json!({"changes": [day]})));
        let both = match imported.as_u64() {
            Some(days) => saved == json!(days + 1),
            None => saved == imported,
        };
        assert!(
            both,
            "{decision}, {now}: {imported} for the import, {saved} for a save"
        );
    }
}

#[test]
fn without_a_posting_there_is_nothing_to_import_into() {
    let clinic = Clinic::new();
    clinic.answer(&sample("work-utf8.csv"));
    assert_eq!(
        clinic.refused("read_workbook", json!({"path": null}))["code"],
        "no_posting"
    );
}
