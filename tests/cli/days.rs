//! `xxz days`, and the days in all on the appraisal form.

use crate::support::Place;
use serde_json::{Value, json};

/// A sample posting moved to other dates, of another physician where one is named.
fn posting(place: &Place, file: &str, (start, end): (&str, &str), name: &str) -> Value {
    let records = json!({
        "format": "xiaxiangzhi.posting", "version": 1,
        "posting": {"id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a11", "start": start, "end": end,
            "physician": {"name": name}, "scheme": "yicheng", "station": "visiting"},
    });
    place.write(file, records.to_string());
    records
}

const FIRST: (&str, &str) = ("2025-01-06", "2025-04-06");
const SECOND: (&str, &str) = ("2025-04-01", "2025-06-30");

#[test]
fn days_of_several_postings_are_summed_and_overlaps_count_once() {
    let place = Place::new();
    posting(&place, "one.json", FIRST, "李晓梅");
    posting(&place, "two.json", SECOND, "李晓梅 ");
    let answer = place.json(&["days", "one.json", "two.json", "--as-of", "2025-12-31", "--json"]);
    assert_eq!(
        answer["in_all"],
        json!({"postings": 2, "days": 176, "overlapping_days": 6, "from": "2025-01-06", "until": "2025-06-30"})
    );
    assert_eq!(answer["files"][1]["days"], 91);
    let told = place.run(&[
        "days",
        "one.json",
        "two.json",
        "--as-of",
        "2025-12-31",
        "--lang",
        "zh",
    ]);
    assert!(
        told.out.contains("2 次派驻，截至 2025-12-31 累计 176 天"),
        "{}",
        told.out
    );
    let before = place.json(&["days", "one.json", "--as-of", "2025-01-01", "--json"]);
    assert_eq!(before["in_all"], Value::Null, "not begun");
}

#[test]
fn days_of_two_people_are_no_sum() {
    let place = Place::new();
    posting(&place, "one.json", FIRST, "李晓梅");
    posting(&place, "two.json", SECOND, "王建国");
    for arguments in [
        &["days", "one.json", "two.json", "--json"][..],
        &[
            "export", "one.json", "--also", "two.json", "--to", "out", "--json",
        ],
    ] {
        let (code, message, details) = place.refused(arguments);
        assert_eq!(code, "different_physicians");
        assert!(message.contains("two.json"), "{message}");
        assert_eq!(
            (&details["value"], &details["allowed"]),
            (&json!("王建国"), &json!("李晓梅"))
        );
    }
    assert!(!place.path("out").exists(), "nothing was written");
}
