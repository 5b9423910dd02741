//! A year's arrangement, loaded into a posting.

use crate::build::Build;
use serde_json::{Value, json};
use xiaxiangzhi_core::arrangement::{Arrangement, Effect, effect, likely_year, read, text_of_file};
use xiaxiangzhi_core::assess::workdays_of;
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::posting::{CalendarOverride, Records};

/// Invented: nobody knows the real one yet.
const OF_2027: &str = "国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕99号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至12日（周五）放假调休，共8天。2月14日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
";

fn posting(start: &str, end: &str, overrides: Vec<CalendarOverride>) -> Records {
    let mut document: Value = serde_json::to_value(Build::q1().records()).unwrap();
    document["posting"]["start"] = json!(start);
    document["posting"]["end"] = json!(end);
    document["calendar_overrides"] = json!(overrides);
    Records::from_value(document).unwrap()
}

fn effects(records: &Records, arrangement: &Arrangement) -> Vec<Effect> {
    arrangement
        .calendar_overrides
        .iter()
        .map(|wanted| effect(records, wanted))
        .collect()
}

#[test]
fn a_loaded_year_is_provisional_no_more_and_names_its_holidays() {
    let arrangement = read(OF_2027, 1999).unwrap();
    let before = posting("2027-01-04", "2027-04-04", vec![]);
    assert!(
        effects(&before, &arrangement)
            .iter()
            .all(|effect| *effect == Effect::Added)
    );
    let days = workdays_of(Calendar::built_in(), &before).unwrap();
    assert_eq!(days.provisional_years(), [2027]);
    assert_eq!(days.workdays().count(), 63);

    let after = posting("2027-01-04", "2027-04-04", arrangement.calendar_overrides.clone());
    let days = workdays_of(Calendar::built_in(), &after).unwrap();
    assert_eq!(days.provisional_years(), Vec::<i32>::new());
    assert_eq!(
        days.workdays().count(),
        61,
        "four more workdays off, two weekend days worked"
    );
    let day = |text: &str| *days.day(text.parse().unwrap()).unwrap();
    let (off, worked) = (day("2027-02-10"), day("2027-02-14"));
    assert!(off.holiday && !off.workday && off.name == Some("春节"));
    assert!(worked.makeup_workday && worked.workday && worked.name == Some("春节"));
    assert!(!day("2027-03-02").provisional && !day("2027-03-02").overridden);
}

#[test]
fn loading_again_does_nothing_and_the_roster_of_the_unit_stays() {
    let arrangement = read(OF_2027, 1999).unwrap();
    let again = posting("2027-01-04", "2027-04-04", arrangement.calendar_overrides.clone());
    assert!(
        effects(&again, &arrangement)
            .iter()
            .all(|effect| *effect == Effect::Already)
    );

    let mut own = arrangement.calendar_overrides[3].clone();
    (own.holiday, own.arrangement_year, own.reason) = (None, None, Some("卫生院值班".to_owned()));
    let roster = posting("2027-01-04", "2027-04-04", vec![own]);
    assert_eq!(effects(&roster, &arrangement)[3], Effect::OwnRoster);
    let roster_alone = workdays_of(Calendar::built_in(), &roster).unwrap();
    assert_eq!(
        roster_alone.provisional_years(),
        [2027],
        "a roster settles no year"
    );

    let corrected = read(&OF_2027.replace("2月20日（周六）", "2月21日（周日）"), 1999).unwrap();
    let mut found = effects(&again, &corrected);
    found.retain(|effect| *effect != Effect::Already);
    assert_eq!(found, [Effect::Added]);
}

#[test]
fn what_is_built_in_already_needs_no_override() {
    let arrangement = read(include_str!("../fixtures/calendar/notices/2026.txt"), 1999).unwrap();
    let records = posting("2026-01-05", "2026-04-05", vec![]);
    assert!(
        effects(&records, &arrangement)
            .iter()
            .all(|effect| *effect == Effect::BuiltIn)
    );
    assert!(!Effect::BuiltIn.is_change() && !Effect::Already.is_change() && !Effect::OwnRoster.is_change());
}

#[test]
fn overrides_as_json_are_the_same_arrangement() {
    let arrangement = read(OF_2027, 1999).unwrap();
    let list = serde_json::to_string(&arrangement.calendar_overrides).unwrap();
    let records = posting("2027-01-04", "2027-04-04", arrangement.calendar_overrides.clone());
    for text in [
        list.clone(),
        format!("\u{FEFF} {{\"calendar_overrides\": {list}}}"),
        serde_json::to_string(&records).unwrap(),
        serde_json::to_string(&arrangement).unwrap(),
    ] {
        let read = read(&text, 1999).unwrap();
        assert_eq!(read.calendar_overrides, arrangement.calendar_overrides);
        assert_eq!(read.reading.year, Some(2027));
        assert_eq!(read.reading.days.len(), 16);
    }
    for refused in [
        "{}",
        "[1]",
        "[{\"date\": \"2027-02-30\", \"kind\": \"workday\"}]",
        "{",
        "[{\"date\": 1}]",
    ] {
        assert!(read(refused, 1999).is_err(), "{refused}");
    }
}

#[test]
fn the_likely_year_is_the_first_that_is_not_published() {
    let year = |start: &str, end: &str| likely_year(start.parse().unwrap(), end.parse().unwrap());
    assert_eq!(year("2026-10-05", "2027-01-03"), 2027);
    assert_eq!(year("2026-01-05", "2026-04-05"), 2026);
}

#[test]
fn text_files_are_read_in_the_codes_that_are_about() {
    let text = "元旦：1月1日放假。";
    let utf16 = |mark: [u8; 2], pair: fn(u16) -> [u8; 2]| -> Vec<u8> {
        mark.into_iter()
            .chain(text.encode_utf16().flat_map(pair))
            .collect()
    };
    for bytes in [
        text.as_bytes().to_vec(),
        [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        utf16([0xFF, 0xFE], u16::to_le_bytes),
        utf16([0xFE, 0xFF], u16::to_be_bytes),
        b"\xD4\xAA\xB5\xA9\xA3\xBA1\xD4\xC21\xC8\xD5\xB7\xC5\xBC\xD9\xA1\xA3".to_vec(),
    ] {
        assert_eq!(
            text_of_file(&bytes)
                .as_deref()
                .map(|read| read.trim_start_matches('\u{FEFF}')),
            Some(text)
        );
    }
    assert_eq!(text_of_file(b"PK\x03\x04\0\0\0"), None);
    assert_eq!(text_of_file(b"\xFF\xFF\xFF"), None);
}
