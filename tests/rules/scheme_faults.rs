//! A scheme file that cannot be used is refused with what stands where, and what may stand there.

use serde_json::{Value, json};
use xiaxiangzhi_core::scheme::{FORM_NAMES, Scheme, SchemeError, built_in};

fn document(id: &str) -> Value {
    serde_json::to_value(built_in(id).unwrap()).unwrap()
}

/// The scheme with a value put at a JSON pointer; what has no place yet is added to what holds it.
fn changed(id: &str, pointer: &str, value: Value) -> Value {
    let mut document = document(id);
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap() {
        Value::Array(list) => list[field.parse::<usize>().unwrap()] = value,
        parent => parent[field] = value,
    }
    document
}

/// One case for each check: the scheme, what is changed, to what, the place that the refusal names (a dot where it is the
/// same), what it says may stand there.
const CASES: &str = r#"
rotation_3m | /id | "三月" | . | a-z 0-9 _
rotation_3m | /version | 0 | . | 1 to 1000000
rotation_3m | /period/quarters | 0 | . | 1 to 20
rotation_3m | /period/quarters | 21 | . | 1 to 20
rotation_3m | /period/months | 3 | . | 0, for this period is counted in quarters
yicheng | /period/months | 0 | . | 1 to 60
yicheng | /period/months | 61 | . | 1 to 60
yicheng | /period/quarters | 1 | . | 0, for this period is counted in months
city_plan_72 | /period/minimum/id | "rounds" | /duties/0/id | IDS
city_plan_72 | /period/minimum/id | "attendance" | . | IDS
city_plan_72 | /period/minimum/months | 0 | . | 1 to 60
rotation_3m | /duties/1/id | "teaching" | . | IDS
rotation_3m | /duties/0/id | "attendance" | . | IDS
rotation_3m | /duties/0/id | "Teaching" | . | IDS
rotation_3m | /duties/0/kinds | [] | . | at least one activity kind
rotation_3m | /duties/0/minimum | 1001 | . | 0 to 1000
rotation_3m | /duties/0/minimum_gap_days | 367 | . | 0 to 366
rotation_3m | /duties/0/max_per_day | 0 | . | 1 to 1000, or null
county_support | /duties/0/minimum_minutes | 0 | . | 1 to 1000000, or null
rotation_3m | /duties/0/cadence/window/days | 0 | . | 1 to 366
rotation_3m | /duties/0/cadence/window/days | 367 | . | 1 to 366
thousand_doctors | /duties/1/cadence/window/posting_months | 0 | . | 1 to 60
township_outreach | /duties/0/cadence/window/calendar_months | 61 | . | 1 to 60
county_support | /duties/0/cadence/window/posting_years | 6 | . | 1 to 5
township_outreach | /quotas/0/id | "attendance" | . | IDS
township_outreach | /quotas/0/tally | "smiles" | . | TALLIES
township_outreach | /quotas/0/minimum | 1000001 | . | 0 to 1000000
tongyu_year | /allowances/0/id | "suggestions" | . | IDS
tongyu_year | /allowances/0/per_posting_month | 0 | . | 1 to 31
tongyu_year | /allowances/0/per_posting_month | 32 | . | 1 to 31
rotation_3m | /attendance/minimum_percent | 101 | . | 0 to 100
rotation_3m | /consequences/steps | [] | . | a row for 0 failed, and more
rotation_3m | /consequences/steps/1/failed | 2 | . | 0, 1, 2 ... in order
rotation_3m | /consequences/steps/1/months_deducted | 4 | . | 0 to 3
yicheng | /consequences/steps/0/months_deducted | 1 | . | 0 to 0
yicheng | /tallies/0 | "smiles" | . | TALLIES
heze_points | /points/id | "attendance" | . | IDS
heze_points | /points/items/1/id | "service" | . | IDS
heze_points | /points/items/0/weight | 0 | . | 1 to 100
heze_points | /points/items/0/weight | 101 | . | 1 to 100
heze_points | /points/items/0/weight | 4294967295 | . | 1 to 100
heze_points | /points/items/0/weight | 31 | /points/items | weights that add up to 100
heze_points | /points/items | [] | . | weights that add up to 100
heze_points | /points/items/0/from | {"requirement": "points"} | /points/items/0/from/requirement | a requirement that asks a number: there is none
heze_points | /points/items/0/from | {"requirement": "outreach"} | /points/items/0/from/requirement | a requirement that asks a number: there is none
heze_points | /points/items/0/from | {"tally": {"key": "smiles", "full": 1}} | /points/items/0/from/tally/key | TALLIES
heze_points | /points/items/0/from | {"tally": {"key": "leaflets", "full": 0}} | /points/items/0/from/tally/full | 1 to 1000000
heze_points | /points/pass_mark | 101 | . | 0 to 100
heze_points | /points/grades | [{"from": 101, "title": {"zh": "优秀", "en": "Excellent"}}] | /points/grades/0/from | GRADES
heze_points | /points/grades | [{"from": 80, "title": {"zh": "良", "en": "A"}}, {"from": 80, "title": {"zh": "中", "en": "B"}}] | /points/grades/1/from | GRADES
rotation_3m | /attendance/symbols | {"asleep": "Z"} | /attendance/symbols/asleep | MARKS
rotation_3m | /attendance/symbols | {"present": "出勤了"} | /attendance/symbols/present | 1 or 2 characters
rotation_3m | /attendance/symbols | {"present": "×"} | /attendance/symbols/present | each mark for one thing only
rotation_3m | /form_titles | {"sheet": " "} | /form_titles/sheet | 1 to 40 characters in one line
rotation_3m | /form_titles | {"poem": "诗"} | /form_titles/poem | FORMS
rotation_3m | /oddities | {"same_text_percent": 101} | /oddities/same_text_percent | 0 to 100
rotation_3m | /oddities | {"same_text_characters": 1001} | /oddities/same_text_characters | 0 to 1000
rotation_3m | /oddities | {"one_sitting_workdays": 1001} | /oddities/one_sitting_workdays | 0 to 1000
rotation_3m | /oddities | {"sitting_pause_minutes": 1441} | /oddities/sitting_pause_minutes | 0 to 1440
rotation_3m | /oddities | {"clock_jump_hours": 10001} | /oddities/clock_jump_hours | 0 to 10000
rotation_3m | /oddities | {"same_number_days": 1001} | /oddities/same_number_days | 0 to 1000
rotation_3m | /oddities | {"last_lectures_days": 367} | /oddities/last_lectures_days | 0 to 366
"#;

#[test]
fn each_value_out_of_range_is_named_with_its_place_and_what_is_allowed() {
    let words = |short: &str| match short {
        "IDS" => "a-z 0-9 _, each once".to_owned(),
        "TALLIES" => "a key of the tally catalogue".to_owned(),
        "GRADES" => "0 to 100, each below the one before".to_owned(),
        "MARKS" => {
            "a half-day's status, a kind of leave, no_work_recorded, no_rest_day_work, unrecorded".to_owned()
        }
        "FORMS" => FORM_NAMES.join(", "),
        whole => whole.to_owned(),
    };
    let mut tried = 0;
    for case in CASES.lines().filter(|line| !line.is_empty()) {
        let parts: Vec<&str> = case.split(" | ").collect();
        let &[id, pointer, value, place, allowed] = parts.as_slice() else {
            panic!("{case}");
        };
        let place = if place == "." { pointer } else { place };
        let value: Value = serde_json::from_str(value).unwrap();
        let refused = Scheme::from_value(changed(id, pointer, value)).unwrap_err();
        let SchemeError::Value {
            place: at,
            value: stands,
            allowed: may,
        } = &refused
        else {
            panic!("{case}: {refused}");
        };
        assert_eq!((at.as_str(), &may.en), (place, &words(allowed)), "{case}");
        assert!(!stands.is_empty(), "{case}");
        assert_eq!(refused.code(), "invalid_scheme");
        assert_eq!(
            refused.to_string(),
            format!("{at}: {stands} is not allowed; allowed: {}", may.en)
        );
        tried += 1;
    }
    assert_eq!(tried, 62);
}

#[test]
fn what_is_no_scheme_says_so() {
    let refused =
        Scheme::from_value(changed("yicheng", "/format", json!("xiaxiangzhi.posting"))).unwrap_err();
    assert_eq!(refused, SchemeError::Format("xiaxiangzhi.posting".to_owned()));
    for (pointer, value, said) in [
        ("/duties/0/kinds", json!(["juggling"]), "juggling"),
        ("/duties/0/cadence/window", json!({"years": 1}), "years"),
        ("/period/starts", json!("someday"), "someday"),
        ("/documents", json!([{"kind": "poem"}]), "poem"),
        ("/colour", json!("red"), "colour"),
        ("/quotas", json!([{"id": "x"}]), "missing field"),
    ] {
        let refused = Scheme::from_value(changed("thousand_doctors", pointer, value)).unwrap_err();
        assert!(
            matches!(&refused, SchemeError::Misfit { place, .. } if place.starts_with(pointer)),
            "{pointer}: {refused}"
        );
        assert!(refused.to_string().contains(said), "{pointer}: {refused}");
    }
    for id in ["rotation_3m", "county_support"] {
        assert!(
            Scheme::from_value(document(id)).is_ok(),
            "the control: {id} as it is"
        );
    }
}
