//! `xxz plan`

use crate::support::Place;

#[test]
fn a_plan_is_told_and_written_as_a_calendar() {
    let place = Place::new();
    place.run(&["sample", "-o", "demo.json"]);
    let answer = place.json(&[
        "plan",
        "demo.json",
        "--as-of",
        "2026-01-12",
        "-o",
        "plan.ics",
        "--json",
    ]);
    assert_eq!(answer["as_of"], "2026-01-12");
    assert_eq!(answer["duties"][0]["requirement"], "teaching");
    let events: usize = answer["duties"]
        .as_array()
        .unwrap()
        .iter()
        .map(|duty| duty["dates"].as_array().unwrap().len())
        .sum();
    let text = String::from_utf8(place.read("plan.ics")).unwrap();
    assert_eq!(text.matches("BEGIN:VEVENT\r\n").count(), events);
    let told = place.run(&["plan", "demo.json", "--as-of", "2026-01-12", "--lang", "zh"]);
    assert!(told.out.contains("授课："), "{}", told.out);
}
