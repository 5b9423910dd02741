//! Workdays and rest days, the quarters and the handover.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use xiaxiangzhi_core::calendar::{
    Calendar, CalendarError, DayKind, FIRST_YEAR, LAST_PUBLISHED_YEAR, LAST_YEAR, Workdays, default_period,
    handover_date, quarter_start,
};

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn workday(text: &str) -> bool {
    Calendar::built_in().is_workday(date(text)).unwrap()
}

fn period(first: &str, last: &str, overrides: &[(&str, bool)]) -> Workdays {
    let overrides = overrides.iter().map(|(text, workday)| (date(text), *workday));
    Workdays::new(Calendar::built_in(), date(first), date(last), overrides).unwrap()
}

/// Every day of 2004-2026 against the package; the fixture's README says how it was made.
#[test]
fn equal_day_for_day_to_chinesecalendar() {
    let fixture = include_str!("../fixtures/calendar/chinesecalendar-1.11.0.txt");
    let mut next = NaiveDate::from_ymd_opt(FIRST_YEAR, 1, 1).unwrap();
    for line in fixture.lines() {
        let (month, marks) = line.split_once(' ').unwrap();
        assert_eq!(month, next.format("%Y-%m").to_string());
        for mark in marks.chars() {
            let day = Calendar::built_in().day(next).unwrap();
            assert_eq!(day.workday, mark == 'W', "{next}");
            assert!(!day.provisional, "{next}");
            next = next + Days::new(1);
        }
    }
    assert_eq!(
        next,
        NaiveDate::from_ymd_opt(LAST_PUBLISHED_YEAR + 1, 1, 1).unwrap()
    );
}

#[test]
fn the_first_quarter_of_2026_has_61_workdays() {
    let days = period("2026-01-05", "2026-04-05", &[]);
    assert_eq!(days.workdays().count(), 61);
    assert_eq!(days.days().count(), 91);
    assert_eq!(days.provisional_years(), Vec::<i32>::new());
}

#[test]
fn make_up_saturdays_of_spring_festival_2026_are_worked() {
    for text in ["2026-02-14", "2026-02-28"] {
        let day = Calendar::built_in().day(date(text)).unwrap();
        assert_eq!(day.date.weekday(), Weekday::Sat);
        assert!(day.workday && day.makeup_workday && !day.holiday);
        assert_eq!(day.name, Some("春节"));
    }
    let week = period("2026-02-16", "2026-02-22", &[]);
    assert_eq!(
        week.workdays().count(),
        0,
        "the week of the Spring Festival has no workday"
    );
}

#[test]
fn spring_festival_2020_is_the_amended_one() {
    for text in ["2020-01-31", "2020-02-01", "2020-02-02"] {
        assert!(!workday(text), "{text}");
    }
    assert!(workday("2020-02-03"));
    let year = Calendar::built_in().year(2020).unwrap();
    assert_eq!(year.notices.len(), 2);
    assert_eq!(year.notices[1].number, Some("国办发明电〔2020〕1号"));
}

#[test]
fn labour_day_2019_and_the_victory_day_of_2015_are_the_amended_ones() {
    assert!(workday("2019-04-28") && workday("2019-05-05"));
    assert!(!workday("2019-05-02") && !workday("2019-05-03"));
    assert!(!workday("2015-09-03") && !workday("2015-09-04") && workday("2015-09-06"));
}

#[test]
fn an_unpublished_year_is_weekends_and_the_thirteen_statutory_days() {
    let year = Calendar::built_in().year(2027).unwrap();
    assert!(year.provisional);
    assert_eq!(year.notices, vec![]);
    let named: Vec<String> = year
        .days
        .iter()
        .map(|day| format!("{} {}", day.date, day.name))
        .collect();
    let expected = [
        "2027-01-01 元旦",
        "2027-02-05 春节",
        "2027-02-06 春节",
        "2027-02-07 春节",
        "2027-02-08 春节",
        "2027-04-05 清明节",
        "2027-05-01 劳动节",
        "2027-05-02 劳动节",
        "2027-06-09 端午节",
        "2027-09-15 中秋节",
        "2027-10-01 国庆节",
        "2027-10-02 国庆节",
        "2027-10-03 国庆节",
    ];
    assert_eq!(named, expected);
    assert!(
        year.days
            .iter()
            .all(|day| day.statutory && day.kind == DayKind::Rest)
    );
    assert!(workday("2027-01-04"), "no make-up rest is guessed");
    assert!(!workday("2027-01-02") && !workday("2027-01-03"));
}

#[test]
fn every_provisional_year_has_its_thirteen_days() {
    for year in LAST_PUBLISHED_YEAR + 1..=LAST_YEAR {
        let info = Calendar::built_in().year(year).unwrap();
        assert!(info.provisional && !Calendar::is_published(year));
        // 中秋 can fall on one of the three days of 国庆.
        assert!(
            (12..=13).contains(&info.days.len()),
            "{year}: {}",
            info.days.len()
        );
        let eve = info.days.iter().find(|day| day.name == "春节").unwrap().date;
        assert!(eve >= NaiveDate::from_ymd_opt(year, 1, 20).unwrap(), "{eve}");
        assert!(eve <= NaiveDate::from_ymd_opt(year, 2, 20).unwrap(), "{eve}");
    }
}

#[test]
fn a_published_year_names_its_notice_and_flags_statutory_days() {
    for year in FIRST_YEAR..=LAST_PUBLISHED_YEAR {
        let info = Calendar::built_in().year(year).unwrap();
        assert!(
            info.notices[0].title.contains(&format!("{year}年部分节假日安排")),
            "{year}"
        );
        assert_eq!(
            info.workdays + info.rest_days,
            if info.year % 4 == 0 { 366 } else { 365 }
        );
        let statutory = info.days.iter().filter(|day| day.statutory).count();
        let expected = match year {
            ..2008 | 2009 | 2020 => 10, // in the two, 中秋 falls on a day of 国庆
            2008..2025 => 11,
            _ => 13,
        };
        assert_eq!(statutory, expected, "{year}");
    }
    let info = Calendar::built_in().year(2026).unwrap();
    assert_eq!(info.notices[0].number, Some("国办发明电〔2025〕7号"));
    assert_eq!((info.workdays, info.rest_days), (248, 117));
}

#[test]
fn overrides_win_and_are_marked() {
    let days = period(
        "2026-03-02",
        "2026-03-08",
        &[("2026-03-07", true), ("2026-03-03", false), ("2027-01-01", true)],
    );
    assert_eq!(days.workdays().count(), 5);
    assert!(days.is_workday(date("2026-03-07")));
    assert!(!days.is_workday(date("2026-03-03")));
    assert!(days.day(date("2026-03-07")).unwrap().overridden);
    assert!(!days.day(date("2026-03-04")).unwrap().overridden);
    assert!(
        !days.is_workday(date("2026-03-09")),
        "a day outside the period is no workday of it"
    );
}

#[test]
fn a_worked_holiday_is_no_day_off_any_more() {
    let days = period(
        "2026-02-16",
        "2026-02-28",
        &[("2026-02-18", true), ("2026-02-28", false)],
    );
    let worked = days.day(date("2026-02-18")).unwrap();
    assert!(worked.workday && !worked.holiday);
    let rested = days.day(date("2026-02-28")).unwrap();
    assert!(!rested.workday && !rested.makeup_workday);
}

#[test]
fn a_period_into_2027_names_the_provisional_year() {
    let (start, end) = default_period(2026, 4).unwrap();
    assert_eq!((start, end), (date("2026-10-05"), date("2027-01-03")));
    let days = Workdays::new(Calendar::built_in(), start, end, []).unwrap();
    assert_eq!(days.provisional_years(), vec![2027]);
}

#[test]
fn quarters_start_on_their_first_monday() {
    let expected = [
        (1, "2026-01-05"),
        (2, "2026-04-06"),
        (3, "2026-07-06"),
        (4, "2026-10-05"),
    ];
    for (quarter, start) in expected {
        assert_eq!(quarter_start(2026, quarter).unwrap(), date(start));
    }
    assert_eq!(
        default_period(2026, 1).unwrap(),
        (date("2026-01-05"), date("2026-04-05"))
    );
}

#[test]
fn a_default_period_is_13_weeks_at_times_12_or_14() {
    let mut seen = std::collections::BTreeSet::new();
    for year in FIRST_YEAR..LAST_YEAR {
        for quarter in 1..=4 {
            let (start, end) = default_period(year, quarter).unwrap();
            assert_eq!(start.weekday(), Weekday::Mon);
            seen.insert((end - start).num_days() + 1);
        }
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), vec![84, 91, 98]);
}

#[test]
fn a_handover_on_a_holiday_monday_moves_to_the_next_workday() {
    let calendar = Calendar::built_in();
    assert_eq!(
        handover_date(calendar, date("2026-01-05")).unwrap(),
        date("2026-01-05")
    );
    // 2026-04-06 is 清明's third day, 2026-10-05 lies in 国庆.
    assert_eq!(
        handover_date(calendar, date("2026-04-06")).unwrap(),
        date("2026-04-07")
    );
    assert_eq!(
        handover_date(calendar, date("2026-10-05")).unwrap(),
        date("2026-10-08")
    );
}

#[test]
fn dates_and_quarters_that_do_not_exist_are_refused_with_what_is_allowed() {
    let calendar = Calendar::built_in();
    for text in ["2003-12-31", "2101-01-01"] {
        let error = calendar.day(date(text)).unwrap_err();
        assert_eq!(error, CalendarError::OutOfRange { value: text.into() });
        assert_eq!(
            error.to_string(),
            format!("{text} is outside the calendar: allowed are 2004-01-01 to 2100-12-31")
        );
        assert_eq!(error.code(), "date_out_of_range");
    }
    assert!(calendar.day(date("2004-01-01")).is_ok() && calendar.day(date("2100-12-31")).is_ok());
    assert!(calendar.year(2003).is_err() && calendar.year(2101).is_err());
    assert!(Workdays::new(calendar, date("2100-12-01"), date("2101-01-05"), []).is_err());
    assert!(handover_date(calendar, date("2003-12-31")).is_err());
    assert_eq!(quarter_start(2026, 5).unwrap_err().code(), "no_such_quarter");
    assert_eq!(quarter_start(2003, 1).unwrap_err().code(), "date_out_of_range");
}
