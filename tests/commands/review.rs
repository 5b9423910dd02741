//! The supervisor's side.

use crate::support::{Clinic, NOW};
use serde_json::{Value, json};
use std::path::PathBuf;

/// A physician's exported file.
pub(crate) fn exported(clinic: &mut Clinic) -> PathBuf {
    clinic.day("2026-03-16", 31);
    clinic.activity("lecture", "2026-03-02");
    let path = clinic.path("审核.xxz");
    clinic.answer(&path);
    clinic.ok("export_review_file", Value::Null);
    path
}

#[test]
fn another_machine_comes_to_the_same_verdict() {
    let mut physician = Clinic::with_posting();
    let path = exported(&mut physician);
    let own = physician.ok("posting_view", Value::Null);

    let supervisor = Clinic::in_folder(tempfile::tempdir().unwrap(), "2026-04-08T02:00:00Z");
    supervisor.answer(&path);
    let review = supervisor.ok("open_review_file", json!({"path": null}));
    assert_eq!(review["verdict"]["code"], "genuine");
    assert_eq!(review["verdict"]["genuine"], true);
    assert_eq!(review["refusal"], Value::Null);
    let file = &review["file"];
    assert_eq!(file["assessment"], own["assessment"]);
    assert_eq!(file["assessment_today"], own["if_nothing_more"]);
    assert_eq!(file["records"], own["records"]);
    assert_eq!(file["head"], own["head"]);
    assert_eq!(file["as_of"], "2026-03-19");
    assert_eq!(file["first_seen"], Value::Null);
    let late: Vec<&Value> = file["entered"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["entity"] == "day")
        .map(|entry| &entry["late_days"])
        .collect();
    assert_eq!(late, [3]);

    let again = supervisor.ok("open_review_file", json!({"path": null}));
    assert_eq!(again["file"]["first_seen"]["at"], "2026-04-08T02:00:00Z");
    assert_eq!(again["file"]["first_seen"]["file_name"], "审核.xxz");
}

#[test]
fn an_older_file_is_shown_with_a_warning() {
    let mut physician = Clinic::with_posting();
    let old = exported(&mut physician);
    physician.day("2026-03-17", 12);
    let new = physician.path("新.xxz");
    physician.answer(&new);
    physician.ok("export_review_file", Value::Null);

    let supervisor = Clinic::new();
    supervisor.answer(&new);
    supervisor.ok("open_review_file", json!({"path": null}));
    supervisor.answer(&old);
    let review = supervisor.ok("open_review_file", json!({"path": null}));
    assert_eq!(review["verdict"]["code"], "older");
    assert_eq!(review["verdict"]["warning"], true);
    assert!(review["file"].is_object());
}

#[test]
fn bad_files_are_refused_in_three_parts_and_show_nothing() {
    let mut physician = Clinic::with_posting();
    let path = exported(&mut physician);
    let good = std::fs::read(&path).unwrap();
    let mut altered = good.clone();
    let middle = altered.len() / 2;
    altered[middle] ^= 1;
    let cases: &[(&str, &[u8], &str)] = &[
        ("one byte changed", &altered, "altered"),
        ("empty", b"", "empty"),
        ("another format", b"%PDF-1.7 nothing of ours", "not_ours"),
        ("cut", &good[..good.len() - 40], "cut"),
    ];
    let supervisor = Clinic::new();
    for (name, bytes, code) in cases {
        let path = supervisor.path("来件.xxz");
        std::fs::write(&path, bytes).unwrap();
        supervisor.answer(&path);
        let review = supervisor.ok("open_review_file", json!({"path": null}));
        assert_eq!(review["verdict"]["code"], *code, "{name}: {review:#}");
        assert_eq!(review["verdict"]["genuine"], false, "{name}");
        assert_eq!(review["file"], Value::Null, "{name}");
        for part in ["what", "safe", "next"] {
            assert!(
                !review["refusal"][part]["zh"].as_str().unwrap().is_empty(),
                "{name}"
            );
            assert!(
                !review["refusal"][part]["en"].as_str().unwrap().is_empty(),
                "{name}"
            );
        }
        assert!(!review["confirmed"]["zh"].as_str().unwrap().is_empty(), "{name}");
        assert_eq!(
            std::fs::read(&path).unwrap(),
            *bytes,
            "{name}: the file was touched"
        );
    }
}

#[test]
fn a_file_given_as_an_argument_waits_until_it_is_opened() {
    let mut physician = Clinic::with_posting();
    let path = exported(&mut physician);
    let supervisor = Clinic::in_folder(tempfile::tempdir().unwrap(), NOW);
    supervisor.app.offer(path.clone());
    let waiting = supervisor.ok("app_state", Value::Null)["opened_file"].clone();
    assert_eq!(waiting, path.to_str().unwrap());
    let review = supervisor.ok("open_review_file", json!({"path": waiting}));
    assert_eq!(review["file_name"], "审核.xxz");
    assert_eq!(
        supervisor.ok("app_state", Value::Null)["opened_file"],
        Value::Null
    );
}

#[test]
fn a_file_that_is_gone_and_a_dialog_that_is_cancelled() {
    let supervisor = Clinic::new();
    assert_eq!(
        supervisor.ok("open_review_file", json!({"path": null})),
        Value::Null
    );
    supervisor.answer(&supervisor.path("gone.xxz"));
    let refusal = supervisor.refused("open_review_file", json!({"path": null}));
    assert_eq!(refusal["code"], "file_not_read");
}

#[test]
fn what_was_opened_lately_is_one_press_away() {
    let mut physician = Clinic::with_posting();
    let first = exported(&mut physician);
    physician.day("2026-03-17", 12);
    let second = physician.path("后来.xxz");
    physician.answer(&second);
    physician.ok("export_review_file", Value::Null);

    let supervisor = Clinic::new();
    let recent = |clinic: &Clinic| -> Vec<String> {
        let files = clinic.ok("app_state", Value::Null)["recent_files"].clone();
        files
            .as_array()
            .unwrap()
            .iter()
            .map(|file| file["path"].as_str().unwrap().to_owned())
            .collect()
    };
    for path in [&first, &second, &first] {
        supervisor.answer(path);
        supervisor.ok("open_review_file", json!({"path": null}));
    }
    let paths = [&first, &second].map(|path| path.to_string_lossy().into_owned());
    assert_eq!(recent(&supervisor), paths, "the last one first, each once");
    let state = supervisor.ok("app_state", Value::Null);
    assert_eq!(state["recent_files"][0]["opened_at"], NOW);
    assert_eq!(state["recent_files"][0]["physician"], "李晓梅");

    // A file that is refused is none to go back to.
    let altered = supervisor.path("改过.xxz");
    let mut bytes = std::fs::read(&second).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&altered, bytes).unwrap();
    supervisor.answer(&altered);
    assert_ne!(
        supervisor.ok("open_review_file", json!({"path": null}))["refusal"],
        Value::Null
    );
    assert_eq!(recent(&supervisor), paths);

    // The page opens one again without a dialog, also after a restart, and nothing else on the disk.
    let supervisor = supervisor.restart(NOW);
    let review = supervisor.ok("open_review_file", json!({"path": paths[1]}));
    assert_eq!(review["file_name"], "后来.xxz");
    let refused = supervisor.refused("open_review_file", json!({"path": altered}));
    assert_eq!(refused["code"], "bad_request");
    std::fs::remove_file(&second).unwrap();
    let gone = supervisor.refused("open_review_file", json!({"path": paths[1]}));
    assert_ne!(gone["code"], "bad_request");
}

/// Exports once more after another day was entered, or changed.
pub(crate) fn exported_later(clinic: &mut Clinic, name: &str, date: &str, visits: u32) -> PathBuf {
    clinic.day(date, visits);
    let path = clinic.path(name);
    clinic.answer(&path);
    clinic.ok("export_review_file", Value::Null);
    path
}

/// The same records on two computers.
pub(crate) fn twins(clinic: Clinic) -> (Clinic, Clinic) {
    let clinic = clinic.restart(NOW);
    clinic.app.leave();
    let Clinic { folder, app, .. } = clinic;
    drop(app);
    let other = tempfile::tempdir().unwrap();
    let data = other.path().join("data");
    std::fs::create_dir(&data).unwrap();
    for entry in std::fs::read_dir(folder.path().join("data")).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_file() {
            std::fs::copy(entry.path(), data.join(entry.file_name())).unwrap();
        }
    }
    (Clinic::in_folder(folder, NOW), Clinic::in_folder(other, NOW))
}

pub(crate) fn open(clinic: &Clinic, path: &std::path::Path) -> Value {
    clinic.answer(path);
    clinic.ok("open_review_file", json!({"path": null}))
}

#[test]
fn a_later_file_passes_through_the_states_seen_before_and_tells_what_changed() {
    let mut physician = Clinic::with_posting();
    let first = exported(&mut physician);
    let supervisor = Clinic::new();
    let review = open(&supervisor, &first);
    assert_eq!(review["file"]["changes"], Value::Null);
    assert_eq!(review["file"]["pins"][0]["this"], true);

    physician.day("2026-03-17", 12);
    let second = exported_later(&mut physician, "后来.xxz", "2026-03-16", 30);
    let later = supervisor.restart("2026-03-31T02:00:00Z");
    let file = open(&later, &second)["file"].clone();
    let pins: Vec<(bool, bool)> = file["pins"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pin| (pin["holds"] == true, pin["this"] == true))
        .collect();
    assert_eq!(pins, [(true, false), (true, true)]);
    assert_eq!(file["pins"][0]["received_at"], NOW);
    let changes = &file["changes"];
    assert_eq!(changes["file_name"], "审核.xxz");
    let told: Vec<(&str, &str)> = changes["records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|record| (record["key"].as_str().unwrap(), record["how"].as_str().unwrap()))
        .collect();
    assert_eq!(told, [("2026-03-16", "changed"), ("2026-03-17", "added")]);
    let changed = &changes["records"][0];
    assert_eq!(changed["name"]["zh"], "3月16日 的记录");
    assert_eq!(
        changed["fields"],
        json!([{"field": "/tallies/outpatient_visits", "name": {"zh": "门诊", "en": changed["fields"][0]["name"]["en"]},
            "before": {"zh": "31 人次", "en": changed["fields"][0]["before"]["en"]},
            "after": {"zh": "30 人次", "en": changed["fields"][0]["after"]["en"]}}])
    );
    assert_eq!(changed["at"], NOW, "when it was entered, not when it came");

    // What was received can be looked at again without its file.
    std::fs::remove_file(&first).unwrap();
    let again = later.ok("open_received_file", json!({"sha256": file["pins"][0]["sha256"]}));
    assert_eq!(
        (&again["verdict"]["code"], &again["path"]),
        (&json!("older"), &Value::Null)
    );
    assert_eq!(again["file_name"], "审核.xxz");
    assert_eq!(
        later.refused("open_received_file", json!({"sha256": "00"}))["code"],
        "bad_request"
    );
}

#[test]
fn a_code_from_paper_is_looked_up_in_the_file_that_is_shown() {
    let mut physician = Clinic::with_posting();
    let first = exported(&mut physician);
    let printed = physician.ok("posting_view", Value::Null)["head"].clone();
    let second = exported_later(&mut physician, "后来.xxz", "2026-03-17", 12);
    let supervisor = Clinic::new();
    let nothing = supervisor.refused("check_code", json!({"code": printed["code"]}));
    assert_eq!(nothing["code"], "no_review_file");
    let file = open(&supervisor, &second)["file"].clone();
    let check = |code: &str| supervisor.ok("check_code", json!({"code": code}));
    assert_eq!(
        check(file["head"]["code"].as_str().unwrap()),
        json!({"is": "head"})
    );
    let code = printed["code"].as_str().unwrap();
    assert_eq!(check(code), json!({"is": "event", "n": printed["n"]}));
    assert_eq!(
        check(&code.to_lowercase()),
        json!({"is": "event", "n": printed["n"]})
    );
    assert_eq!(check("7KQ2"), json!({"is": "length", "letters": 4}));
    open(&supervisor, &first);
    let later = file["head"]["code"].as_str().unwrap();
    assert_eq!(
        check(later),
        json!({"is": "foreign"}),
        "it was printed after that file"
    );
}

#[test]
fn a_question_that_was_taken_note_of_stays_so_for_later_files_of_the_log() {
    let mut physician = Clinic::with_posting();
    let first = exported(&mut physician);
    let supervisor = Clinic::new();
    let log = open(&supervisor, &first)["file"]["log_id"].clone();
    let know = |question: &str, known: bool| {
        supervisor.ok(
            "know_question",
            json!({"logId": log, "question": question, "known": known}),
        )
    };
    assert_eq!(know("late 2026-03-19", true), json!(["late 2026-03-19"]));
    assert_eq!(
        know("gap 2026-03-02", true),
        json!(["late 2026-03-19", "gap 2026-03-02"])
    );
    assert_eq!(know("late 2026-03-19", false), json!(["gap 2026-03-02"]));
    let too_long = "x".repeat(401);
    let refused = supervisor.refused(
        "know_question",
        json!({"logId": log, "question": too_long, "known": true}),
    );
    assert_eq!(refused["code"], "bad_request");
    let second = exported_later(&mut physician, "后来.xxz", "2026-03-17", 12);
    let supervisor = supervisor.restart(NOW);
    let review = open(&supervisor, &second);
    assert_eq!(review["file"]["known_questions"], json!(["gap 2026-03-02"]));
}

#[test]
fn a_refused_file_is_followed_as_far_as_it_is_what_was_seen_before() {
    let mut physician = Clinic::with_posting();
    let first = exported(&mut physician);
    let (mut physician, mut twin) = twins(physician);
    let second = exported_later(&mut physician, "后来.xxz", "2026-03-17", 12);
    let supervisor = Clinic::new();
    let began = open(&supervisor, &first)["file"]["head"]["n"].as_u64().unwrap();
    let seen = open(&supervisor, &second)["file"]["head"]["n"].as_u64().unwrap();

    // The same log went on elsewhere: it was rewritten from the day on that differs.
    let forked = exported_later(&mut twin, "另一份.xxz", "2026-03-18", 7);
    let review = open(&supervisor, &forked);
    assert_eq!(review["verdict"]["code"], "fork");
    assert_eq!(review["about"]["physician"], "李晓梅");
    let steps: Vec<(&str, u64, u64)> = review["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| {
            (
                step["kind"].as_str().unwrap(),
                step["from"].as_u64().unwrap(),
                step["to"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        steps,
        [
            ("pin", began, began),
            ("differs", began + 1, began + 1),
            ("broken_pin", seen, seen),
        ]
    );
    let differs = &review["steps"][1];
    assert_eq!(
        differs["record"]["zh"], "3月17日 的记录",
        "as the file seen before has it"
    );
    assert_ne!(differs["codes"][0], differs["codes"][1]);

    // A genuine file that was damaged on the way: what comes before the damage is what was seen.
    let mut damaged = std::fs::read(&second).unwrap();
    let at = damaged
        .windows(11)
        .rposition(|part| part == b"2026-03-17\"")
        .unwrap();
    damaged[at + 3] = b'5';
    let path = supervisor.path("损坏.xxz");
    std::fs::write(&path, &damaged).unwrap();
    let review = open(&supervisor, &path);
    assert_eq!(review["verdict"]["code"], "altered");
    assert_eq!(review["about"]["physician"], "李晓梅");
    assert_eq!(
        (&review["steps"][0]["kind"], &review["steps"][1]["kind"]),
        (&json!("pin"), &json!("differs"))
    );
    assert_eq!(review["file"], Value::Null);

    // Of a log never seen nothing is said, however well it begins.
    let stranger = Clinic::new();
    let review = open(&stranger, &path);
    assert_eq!((&review["about"], &review["steps"]), (&Value::Null, &json!([])));
}

#[test]
fn the_papers_of_a_reviewed_file_are_its_own() {
    let mut physician = Clinic::with_posting();
    let path = exported(&mut physician);
    // A supervisor with a posting of their own: its papers are others.
    let mut supervisor = Clinic::with_posting();
    let refused = supervisor.refused("reviewed_forms", Value::Null);
    assert_eq!(refused["code"], "no_review_file");
    supervisor.day("2026-03-17", 5);
    open(&supervisor, &path);
    let forms = supervisor.ok("reviewed_forms", Value::Null);
    let sheet = &forms.as_array().unwrap()[0];
    assert_eq!(
        (&sheet["form"], &sheet["left_out"]),
        (&json!("sheet"), &Value::Null)
    );
    let preview = supervisor.ok("reviewed_form_preview", json!({"form": "sheet", "options": null}));
    assert!(!preview["pages"].as_array().unwrap().is_empty());
    let made = |clinic: &Clinic, command: &str, name: &str| {
        let to = clinic.path(name);
        clinic.answer(&to);
        let arguments = json!({"forms": ["sheet"], "formats": ["xlsx"], "options": null});
        assert_eq!(clinic.ok(command, arguments)["paths"], json!([to]));
        std::fs::read(to).unwrap()
    };
    let reviewed = made(&supervisor, "export_reviewed_forms", "来件.xlsx");
    assert_eq!(
        reviewed,
        made(&physician, "export_forms", "本人.xlsx"),
        "what the supervisor signs is what the physician saw"
    );
    assert_ne!(reviewed, made(&supervisor, "export_forms", "自己.xlsx"));
}
