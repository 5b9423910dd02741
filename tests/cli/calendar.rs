//! `xxz calendar`

use crate::support::Place;

#[test]
fn a_published_year_names_its_notice_and_every_special_day() {
    let year = Place::new().json(&["calendar", "2026", "--json"]);
    assert_eq!(year["year"], 2026);
    assert_eq!(year["provisional"], false);
    assert_eq!(year["notices"][0]["number"], "国办发明电〔2025〕7号");
    assert_eq!(
        (year["workdays"].as_u64(), year["rest_days"].as_u64()),
        (Some(248), Some(117))
    );
    let days = year["days"].as_array().unwrap();
    let of = |date: &str| {
        days.iter()
            .find(|day| day["date"] == date)
            .unwrap_or_else(|| panic!("{date}"))
    };
    assert_eq!(
        (&of("2026-02-14")["kind"], &of("2026-02-14")["name"]),
        (&"work".into(), &"春节".into())
    );
    assert_eq!(
        (&of("2026-02-15")["kind"], &of("2026-02-15")["statutory"]),
        (&"rest".into(), &false.into())
    );
    assert_eq!(of("2026-02-17")["statutory"], true);
}

#[test]
fn an_unpublished_year_says_so() {
    let place = Place::new();
    let year = place.json(&["calendar", "2027", "--json"]);
    assert_eq!(
        (&year["provisional"], year["days"].as_array().unwrap().len()),
        (&true.into(), 13)
    );
    assert!(place.run(&["calendar", "2027"]).out.contains("Not published yet"));
    assert!(
        place
            .run(&["calendar", "2027", "--lang", "zh"])
            .out
            .contains("尚未公布")
    );
}

#[test]
fn a_year_outside_2004_to_2100_is_refused_with_what_is_allowed() {
    let place = Place::new();
    for year in ["2003", "2101", "-1"] {
        let run = place.run(&["calendar", year]);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{year}");
    }
    let (code, message, _) = place.refused(&["calendar", "2003"]);
    assert_eq!(code, "date_out_of_range");
    assert!(
        message.contains("2003") && message.contains("2004-01-01 to 2100-12-31"),
        "{message}"
    );
    let (code, message, _) = place.refused(&["calendar", "next"]);
    assert_eq!(
        (code.as_str(), message.as_str()),
        ("bad_argument", "YEAR cannot be \"next\"; allowed: 2004-2100")
    );
}
