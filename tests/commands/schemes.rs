//! Assessment schemes of a hospital's own: changed, kept in versions, tried, passed on as files, taken by a running posting.

use crate::support::{Clinic, profile, requirement};
use serde_json::{Value, json};
use std::path::PathBuf;

fn built_in(clinic: &Clinic) -> Value {
    known(clinic, "rotation_3m")
}

fn known(clinic: &Clinic, id: &str) -> Value {
    let all = clinic.ok("schemes", Value::Null);
    let schemes = all["schemes"].as_array().unwrap();
    let found = schemes.iter().find(|known| known["scheme"]["id"] == id);
    found.unwrap_or_else(|| panic!("no scheme {id}"))["scheme"].clone()
}

/// A copy of the default scheme with another gap between lectures.
fn ten_days(clinic: &Clinic) -> Value {
    let mut scheme = built_in(clinic);
    scheme["title"] = json!({"zh": "三月轮换（本院修订）", "en": "Rotation, our version"});
    scheme["duties"][0]["minimum_gap_days"] = json!(10);
    scheme
}

fn keep(clinic: &Clinic, scheme: &Value) -> Value {
    clinic.ok("keep_scheme", json!({"scheme": scheme}))
}

fn file(clinic: &Clinic, name: &str, text: &str) -> PathBuf {
    let path = clinic.path(name);
    std::fs::write(&path, text).unwrap();
    clinic.answer(&path);
    path
}

/// What a refusal says about a field, in Chinese.
fn fault<'a>(refusal: &'a Value, field: &str) -> &'a str {
    let faults = refusal["faults"].as_array().unwrap();
    let found = faults.iter().find(|fault| fault["field"] == field);
    found.unwrap_or_else(|| panic!("nothing about {field}: {refusal:#}"))["what"]["zh"]
        .as_str()
        .unwrap()
}

#[test]
fn a_copy_is_kept_in_versions_and_postings_begin_with_the_newest() {
    let clinic = Clinic::new();
    let before = clinic.ok("schemes", Value::Null);
    assert_eq!(before["schemes"][0]["scheme"]["id"], "rotation_3m");
    assert_eq!(before["schemes"][0]["built_in"], true);
    let usual = before["usual_marks"].as_array().unwrap();
    assert!(usual.contains(&json!({"key": "sick_leave", "symbol": "△"})));

    let first = keep(&clinic, &ten_days(&clinic));
    assert_eq!(
        (&first["id"], &first["version"]),
        (&json!("rotation_3m_own"), &json!(1))
    );
    let mut changed = first.clone();
    changed["duties"][0]["minimum"] = json!(5);
    let second = keep(&clinic, &changed);
    assert_eq!(
        (&second["id"], &second["version"]),
        (&json!("rotation_3m_own"), &json!(2))
    );

    // Another copy is another scheme, and needs a title of its own.
    let refusal = clinic.refused("keep_scheme", json!({"scheme": ten_days(&clinic)}));
    assert_eq!(refusal["code"], "scheme_title_taken");
    assert_eq!(fault(&refusal, "/title"), "名称和别的方案相同");
    let mut other = ten_days(&clinic);
    other["title"]["zh"] = json!("急诊科轮换");
    assert_eq!(keep(&clinic, &other)["id"], "rotation_3m_own_2");

    let after = clinic.ok("schemes", Value::Null);
    let ids: Vec<&Value> = after["schemes"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|known| known["built_in"] == false)
        .map(|known| &known["scheme"]["id"])
        .collect();
    assert_eq!(ids, ["rotation_3m_own", "rotation_3m_own_2"]);
    assert_eq!(known(&clinic, "rotation_3m_own"), second);
    assert_eq!(built_in(&clinic), before["schemes"][0]["scheme"], "never changed");

    assert_eq!(
        clinic.ok("propose_periods", json!({"scheme": "rotation_3m_own"})),
        clinic.ok("propose_periods", json!({"scheme": "rotation_3m"}))
    );
    let mut profile = profile();
    profile["scheme"] = json!("rotation_3m_own");
    let view = clinic.ok("create_posting", json!({"profile": profile}));
    assert_eq!(view["scheme"], second);
    assert_eq!(view["records"]["scheme_document"], second);
    assert_eq!(requirement(&view["assessment"], "teaching")["still_needed"], 5);
    profile["scheme"] = json!("nowhere");
    assert_eq!(
        clinic.refused("create_posting", json!({"profile": profile}))["code"],
        "unknown_scheme"
    );
}

#[test]
fn every_fault_of_a_draft_is_told_with_its_place_and_what_is_allowed() {
    let clinic = Clinic::new();
    let good = ten_days(&clinic);
    assert_eq!(clinic.ok("check_scheme", json!({"scheme": good})), json!([]));
    let cases: [(&str, Value, &str, &str); 9] = [
        ("/title/zh", json!(" "), "1 到 200 个字", "1 to 200 characters"),
        ("/duties/0/minimum", json!(1001), "0 到 1000", "0 to 1000"),
        ("/duties/0/minimum_gap_days", json!(400), "0 到 366", "0 to 366"),
        ("/duties/0/cadence/window/days", json!(0), "1 到 366", "1 to 366"),
        ("/duties/1/max_per_day", json!(0), "1 到 1000，或不填", "or null"),
        ("/attendance/minimum_percent", json!(101), "0 到 100", "0 to 100"),
        (
            "/leave/written_from_half_days",
            json!(2000),
            "0 到 1000",
            "0 to 1000",
        ),
        (
            "/consequences/steps/1/months_deducted",
            json!(4),
            "0 到 3",
            "0 to 3",
        ),
        (
            "/tallies/0",
            json!("nonsense"),
            "统计目录里的一项",
            "tally catalogue",
        ),
    ];
    let mut all = good.clone();
    for (place, value, zh, en) in &cases {
        let mut draft = good.clone();
        *draft.pointer_mut(place).unwrap() = value.clone();
        *all.pointer_mut(place).unwrap() = value.clone();
        let faults = clinic.ok("check_scheme", json!({"scheme": draft}));
        assert_eq!(faults.as_array().unwrap().len(), 1, "{faults:#}");
        assert_eq!(faults[0]["place"], *place);
        let said = |language: &str| faults[0]["what"][language].as_str().unwrap().to_owned();
        assert!(said("zh").contains(zh), "{}", said("zh"));
        assert!(said("en").contains(en), "{}", said("en"));
    }
    let faults = clinic.ok("check_scheme", json!({"scheme": all}));
    assert_eq!(faults.as_array().unwrap().len(), cases.len(), "{faults:#}");
    let refusal = clinic.refused("keep_scheme", json!({"scheme": all}));
    assert_eq!(refusal["code"], "invalid_scheme");
    assert_eq!(refusal["faults"].as_array().unwrap().len(), cases.len());
    let left = clinic.ok("schemes", Value::Null);
    let all_built_in = |known: &Value| known["built_in"] == true;
    assert!(left["schemes"].as_array().unwrap().iter().all(all_built_in));
}

#[test]
fn a_scheme_leaves_as_a_file_and_is_loaded_elsewhere() {
    let office = Clinic::new();
    assert_eq!(
        office.ok("export_scheme", json!({"scheme": built_in(&office)})),
        Value::Null,
        "the dialog was cancelled"
    );
    let kept = keep(&office, &ten_days(&office));
    let path = office.path("本院方案.json");
    office.answer(&path);
    let saved = office.ok("export_scheme", json!({"scheme": kept}));
    assert_eq!(saved, json!(path));
    assert!(
        office
            .desk
            .asked
            .lock()
            .unwrap()
            .contains(&"考核方案_三月轮换（本院修订）_第1版.json".to_owned())
    );

    let clinic = Clinic::new();
    assert_eq!(clinic.ok("load_scheme", json!({"path": null})), Value::Null);
    clinic.answer(&path);
    assert_eq!(clinic.ok("load_scheme", json!({"path": null})), kept);
    assert_eq!(known(&clinic, "rotation_3m_own"), kept);
    assert_eq!(clinic.ok("load_scheme", json!({"path": null})), kept, "once more");

    // A file that was dropped, and one that nobody chose.
    let asked = json!({"path": path});
    assert_eq!(
        clinic.refused("load_scheme", asked.clone())["code"],
        "bad_request"
    );
    clinic.app.offer(path.clone());
    assert_eq!(clinic.ok("load_scheme", asked), kept);

    // The same version with other numbers is no version.
    let mut forged = kept.clone();
    forged["duties"][0]["minimum"] = json!(1);
    file(&clinic, "other.json", &forged.to_string());
    let refusal = clinic.refused("load_scheme", json!({"path": null}));
    assert_eq!(refusal["code"], "scheme_differs");
    assert_eq!(fault(&refusal, "/version"), "“1”已有；应为：2 以上");
    let mut posing = built_in(&clinic);
    posing["duties"][0]["minimum"] = json!(1);
    file(&clinic, "posing.json", &posing.to_string());
    let refusal = clinic.refused("load_scheme", json!({"path": null}));
    assert_eq!(fault(&refusal, "/id"), "“rotation_3m”是自带方案；应为：别的 id");
    assert_eq!(known(&clinic, "rotation_3m_own"), kept, "nothing changed");
}

#[test]
fn a_bad_file_is_refused_with_place_value_and_what_is_allowed() {
    let clinic = Clinic::new();
    let before = clinic.ok("schemes", Value::Null);
    let good = ten_days(&clinic);
    let with = |place: &str, value: Value| {
        let mut scheme = good.clone();
        scheme["id"] = json!("ours");
        *scheme.pointer_mut(place).unwrap() = value;
        scheme.to_string()
    };
    let without = |place: &str, field: &str| {
        let mut scheme = good.clone();
        let object = scheme.pointer_mut(place).unwrap().as_object_mut().unwrap();
        object.shift_remove(field).unwrap();
        scheme.to_string()
    };
    for (text, place, said) in [
        ("{".to_owned(), "", "不是 JSON 文件"),
        ("[1, 2]".to_owned(), "/0", "“1”不行；应为：文字"),
        ("7".to_owned(), "", "不是 JSON 文件"),
        (
            with("/format", json!("xiaxiangzhi.posting")),
            "/format",
            "“xiaxiangzhi.posting”不是考核方案；应为：xiaxiangzhi.scheme",
        ),
        (
            with("/duties/0/minimum", json!("四")),
            "/duties/0/minimum",
            "“四”不行；应为：0 以上的整数",
        ),
        (
            with("/duties/0/minimum", json!(-1)),
            "/duties/0/minimum",
            "“-1”不行；应为：0 以上的整数",
        ),
        (
            with("/duties/0/short_gap", json!("ignore")),
            "/duties/0/short_gap",
            "“ignore”不行；应为：fail 或 not_counted",
        ),
        (
            with("/duties/0/kinds/0", json!("lecturing")),
            "/duties/0/kinds/0",
            "“lecturing”不行；应为：lecture、ward_round",
        ),
        (
            with("/attendance/work_note_required", json!("yes")),
            "/attendance/work_note_required",
            "“yes”不行；应为：true 或 false",
        ),
        (
            without("/attendance", "minimum_percent"),
            "/attendance/minimum_percent",
            "缺这一项",
        ),
        (
            with("/attendance", json!({"pass": 80})),
            "/attendance/pass",
            "没有叫这个名字的项",
        ),
        (
            with("/attendance/minimum_percent", json!(180)),
            "/attendance/minimum_percent",
            "“180”不行；应为：0 到 100",
        ),
    ] {
        file(&clinic, "方案.json", &text);
        let refusal = clinic.refused("load_scheme", json!({"path": null}));
        assert_eq!(refusal["code"], "invalid_scheme");
        assert!(fault(&refusal, place).starts_with(said), "{refusal:#}");
        let what = refusal["what"]["zh"].as_str().unwrap();
        assert!(
            what.starts_with("“方案.json”没有载入：") && what.contains(said),
            "{what}"
        );
        assert_eq!(refusal["safe"]["zh"], "数据没有改动。");
    }
    // Two faults are named together.
    let mut two = good.clone();
    two["duties"][0]["minimum"] = json!(2000);
    two["attendance"]["minimum_percent"] = json!(180);
    file(&clinic, "two.json", &two.to_string());
    let refusal = clinic.refused("load_scheme", json!({"path": null}));
    assert_eq!(refusal["faults"].as_array().unwrap().len(), 2);
    assert!(refusal["what"]["zh"].as_str().unwrap().contains("共 2 处"));
    assert_eq!(clinic.ok("schemes", Value::Null), before);
}

#[test]
fn a_change_is_tried_on_a_sample_that_just_meets_the_rules_and_on_the_open_posting() {
    let mut clinic = Clinic::with_posting();
    clinic.activity("lecture", "2026-01-14");
    clinic.activity("lecture", "2026-01-21");
    let before = built_in(&clinic);
    let after = ten_days(&clinic);
    let trial = clinic.ok("try_scheme", json!({"before": before, "after": after}));
    let sample = &trial["sample"];
    let teaching = |side: &str| requirement(&sample[side], "teaching")["status"].clone();
    assert_eq!(
        (teaching("before"), teaching("after")),
        (json!("met"), json!("not_met"))
    );
    let gaps: Vec<u64> = requirement(&sample["before"], "teaching")["gaps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|gap| gap["days"].as_u64().unwrap())
        .collect();
    assert_eq!(gaps, [7, 7, 14]);
    let paid = |side: &str| sample[side]["consequences"]["payable_fen"].clone();
    assert_eq!((paid("before"), paid("after")), (json!(132_000), json!(88_000)));
    let posting = &trial["posting"];
    assert_eq!(posting["start"], "2026-01-05");
    assert_eq!(requirement(&posting["before"], "teaching")["status"], "reachable");
    assert_eq!(
        requirement(&posting["after"], "teaching")["status"],
        "unreachable"
    );
    assert_eq!(
        clinic.ok("posting_view", Value::Null)["scheme"],
        before,
        "only tried"
    );

    let nobody = Clinic::new();
    let all = nobody.ok("schemes", Value::Null);
    for scheme in all["schemes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|known| &known["scheme"])
    {
        let trial = nobody.ok("try_scheme", json!({"before": scheme, "after": scheme}));
        assert_eq!(trial["posting"], Value::Null);
        assert_eq!(trial["sample"]["before"], trial["sample"]["after"]);
        assert_eq!(trial["sample"]["before"]["failed"], json!([]), "{}", scheme["id"]);
    }
}

#[test]
fn a_running_posting_keeps_its_version_until_it_is_moved_with_a_reason() {
    let mut clinic = Clinic::with_posting();
    clinic.activity("lecture", "2026-01-14");
    clinic.activity("lecture", "2026-01-21");
    let first = built_in(&clinic);
    let own = keep(&clinic, &ten_days(&clinic));
    let view = clinic.ok("posting_view", Value::Null);
    assert_eq!(view["scheme"], first, "keeping a scheme moves nobody");

    let to = |version: u32, reason: &str| json!({"scheme": own["id"], "version": version, "reason": reason});
    let refusal = clinic.refused("move_scheme", to(1, " 改版 "));
    assert_eq!(refusal["code"], "reason_needed");
    assert_eq!(fault(&refusal, "/reason"), "至少 4 个字");
    assert_eq!(
        clinic.refused("move_scheme", to(7, "医务部通知"))["code"],
        "unknown_scheme"
    );
    assert_eq!(
        clinic.ok("posting_view", Value::Null)["head"],
        view["head"],
        "nothing was entered"
    );

    let moved = clinic.ok("move_scheme", to(1, "医务部 3月1日通知改版"));
    assert_eq!(moved["scheme"], own);
    assert_eq!(moved["records"]["posting"]["scheme"], own["id"]);
    assert_eq!(
        requirement(&moved["assessment"], "teaching")["status"],
        "unreachable"
    );
    assert_eq!(
        clinic.refused("move_scheme", to(1, "医务部通知"))["code"],
        "already_judged_by_it"
    );

    let history = clinic.ok("record_history", json!({"entity": "scheme", "key": "scheme"}));
    assert_eq!(history["name"]["zh"], "考核方案");
    let told: Vec<(&Value, &Value)> = history["versions"][0]["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| (&change["name"]["zh"], &change["after"]["zh"]))
        .collect();
    assert!(
        told.contains(&(&json!("换版的原因"), &json!("医务部 3月1日通知改版"))),
        "{told:?}"
    );
    assert!(told.contains(&(&json!("名称"), &json!("三月轮换（本院修订）"))));
    assert!(told.contains(&(&json!("任务"), &json!("改过的"))));
    assert_eq!(history["versions"].as_array().unwrap().len(), 2);

    // A reviewer reads the change and its reason in the file.
    let path = clinic.path("review.xxz");
    clinic.answer(&path);
    clinic.ok("export_review_file", json!({"pictures": []}));
    let reviewed = clinic.ok("open_review_file", json!({"path": null}));
    assert_eq!(reviewed["verdict"]["genuine"], true);
    assert_eq!(
        reviewed["file"]["scheme_moves"],
        json!([{
            "at": "2026-03-19T09:32:08Z",
            "title": own["title"],
            "version": 1,
            "reason": "医务部 3月1日通知改版"
        }])
    );

    // Taken back like any other step, and the log tells both.
    let back = clinic.ok("undo", Value::Null);
    assert_eq!(back["scheme"], first);
    assert_eq!(back["records"]["posting"]["scheme"], "rotation_3m");
    let history = clinic.ok("record_history", json!({"entity": "scheme", "key": "scheme"}));
    assert_eq!(history["versions"][0]["how"], "undone");
    assert_eq!(history["versions"].as_array().unwrap().len(), 3);
}

#[test]
fn own_schemes_survive_a_restart_and_come_along_with_a_backup() {
    let clinic = Clinic::with_posting();
    let kept = keep(&clinic, &ten_days(&clinic));
    clinic.ok("backup_now", Value::Null);
    let backup = crate::keeping::newest(&clinic);
    let clinic = clinic.restart(crate::support::NOW);
    assert_eq!(known(&clinic, "rotation_3m_own"), kept);

    let other = Clinic::with_posting();
    let copy = other.path("copy.db");
    std::fs::copy(&backup, &copy).unwrap();
    other.answer(&copy);
    other.ok("choose_backup_file", Value::Null);
    other.ok("restore", json!({"path": copy}));
    assert_eq!(known(&other, "rotation_3m_own"), kept);
}
