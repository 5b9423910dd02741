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

#[test]
fn a_notice_is_read_day_by_day_and_becomes_overrides() {
    let place = Place::new();
    let text = include_str!("../fixtures/calendar/notices/2026.txt").replace("2026年部分", "2027年部分");
    // As a notice of 2027 its weekdays are all wrong, which is told and not hidden.
    place.write("notice.txt", text.as_bytes());
    let read = place.json(&["calendar", "--notice", "notice.txt", "--json"]);
    assert_eq!(
        (&read["year"], read["days"].as_array().unwrap().len()),
        (&2027.into(), 39)
    );
    assert!(
        read["doubts"]
            .as_array()
            .unwrap()
            .iter()
            .all(|doubt| doubt["code"] == "weekday_differs")
    );
    let first = &read["calendar_overrides"][0];
    assert_eq!(
        (
            &first["date"],
            &first["kind"],
            &first["holiday"],
            &first["arrangement_year"]
        ),
        (
            &"2027-01-01".into(),
            &"rest_day".into(),
            &"元旦".into(),
            &2027.into()
        )
    );
    // What it wrote is read again, and is the same.
    place.write(
        "overrides.json",
        read["calendar_overrides"].to_string().as_bytes(),
    );
    let again = place.json(&["calendar", "--notice", "overrides.json", "--json"]);
    assert_eq!(again["calendar_overrides"], read["calendar_overrides"]);
    let told = place
        .run(&["calendar", "--notice", "notice.txt", "--lang", "zh"])
        .out;
    assert!(
        told.contains("2027-01-04 周一 元旦 班") && told.contains("写的是周四")
            || told.contains("写的是星期四"),
        "{told}"
    );
}

#[test]
fn a_notice_in_the_code_of_chinese_windows_is_read_and_other_files_are_refused() {
    let place = Place::new();
    // 元旦：1月1日放假。 in GB 18030.
    let gb18030 = b"\xD4\xAA\xB5\xA9\xA3\xBA1\xD4\xC21\xC8\xD5\xB7\xC5\xBC\xD9\xA1\xA3";
    place.write("gb.txt", gb18030);
    let read = place.json(&["calendar", "--notice", "gb.txt", "--json"]);
    assert_eq!(read["days"][0]["name"], "元旦");
    assert_eq!(read["doubts"][0]["code"], "no_year");
    place.write("day.txt", "今天门诊 23 人次。".as_bytes());
    assert_eq!(
        place.refused(&["calendar", "--notice", "day.txt"]).0,
        "not_a_notice"
    );
    place.write("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    assert_eq!(
        place.refused(&["calendar", "--notice", "picture.png"]).0,
        "not_a_text"
    );
    place.write("wrong.json", br#"[{"date": "2027-01-01", "kind": "holiday"}]"#);
    let (code, message, _) = place.refused(&["calendar", "--notice", "wrong.json"]);
    assert!(
        code == "unknown_kind" || message.contains("holiday"),
        "{code}: {message}"
    );
}
