//! The State Council's notices as they were worded, 2004-2026, read day by day.

use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;
use std::collections::BTreeMap;
use xiaxiangzhi_core::calendar::{
    Calendar, DayKind, DoubtCode, FIRST_YEAR, LAST_PUBLISHED_YEAR, NoticeReading, Standing, read_notice,
};

macro_rules! notices {
    ($($year:literal)+) => {
        const NOTICES: &[(i32, &str)] = &[
            $(($year, include_str!(concat!("../fixtures/calendar/notices/", $year, ".txt")))),+
        ];
    };
}
notices!(2004 2005 2006 2007 2008 2009 2010 2011 2012 2013 2014 2015 2016 2017 2018 2019 2020 2021 2022 2023 2024 2025 2026);

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn text_of(year: i32) -> &'static str {
    NOTICES.iter().find(|(at, _)| *at == year).unwrap().1
}

fn codes(reading: &NoticeReading) -> Vec<DoubtCode> {
    reading.doubts.iter().map(|doubt| doubt.code).collect()
}

fn said(reading: &NoticeReading, text: &str) -> Option<DayKind> {
    let wanted = date(text);
    reading
        .days
        .iter()
        .find(|day| day.date == wanted)
        .map(|day| day.kind)
}

/// The weeks, with what the notices said of them on top.
fn workday(said: &BTreeMap<NaiveDate, DayKind>, date: NaiveDate) -> bool {
    said.get(&date)
        .map_or(date.weekday().num_days_from_monday() < 5, |kind| {
            *kind == DayKind::Work
        })
}

#[test]
fn every_notice_since_2004_gives_the_built_in_calendar_day_for_day() {
    let mut all = BTreeMap::new();
    for (year, text) in NOTICES {
        let reading = read_notice(text, 1999);
        assert_eq!(reading.year, Some(*year));
        for day in reading.days {
            // A later year's notice may speak of the last days of the year before, and then has the last word.
            all.insert(day.date, day.kind);
        }
    }
    // The one date on which the built-in calendar keeps to its oracle rather than to the notice; published.json says so.
    assert_eq!(all.remove(&date("2005-12-31")), Some(DayKind::Work));
    let mut looked_at = 0;
    for date in NaiveDate::from_ymd_opt(FIRST_YEAR, 1, 1).unwrap().iter_days() {
        if date.year() > LAST_PUBLISHED_YEAR {
            break;
        }
        assert_eq!(
            workday(&all, date),
            Calendar::built_in().is_workday(date).unwrap(),
            "{date}"
        );
        looked_at += 1;
    }
    assert_eq!(looked_at, 8401, "the days of 23 years");
}

#[test]
fn a_notice_of_its_own_year_agrees_with_what_is_built_in_and_leaves_nothing_out() {
    for (year, text) in NOTICES {
        let reading = read_notice(text, 1999);
        let differing: Vec<NaiveDate> = reading
            .days
            .iter()
            .filter(|day| day.built_in != Standing::Agrees && day.date != date("2005-12-31"))
            .map(|day| day.date)
            .collect();
        assert_eq!(differing, vec![], "{year}");
        assert_eq!(reading.dropped, vec![], "{year}");
        assert_eq!(reading.unmentioned, Vec::<String>::new(), "{year}");
        let doubts: Vec<DoubtCode> = codes(&reading);
        let expected: &[DoubtCode] = match year {
            // 1 February was to be worked, before the holiday was made longer.
            2020 => &[DoubtCode::SaidTwice],
            2024 => &[DoubtCode::NotBinding],
            _ => &[],
        };
        assert_eq!(doubts, expected, "{year}: {:?}", reading.doubts);
        for day in &reading.days {
            assert!(
                day.sentence.contains('日') && !day.name.is_empty(),
                "{year}: {day:?}"
            );
        }
    }
}

#[test]
fn each_day_names_its_holiday_and_its_sentence() {
    let reading = read_notice(text_of(2026), 1999);
    assert_eq!(
        (reading.title.as_deref(), reading.number.as_deref()),
        (
            Some("国务院办公厅关于2026年部分节假日安排的通知"),
            Some("国办发明电〔2025〕7号")
        )
    );
    for day in &reading.days {
        let known = Calendar::built_in().day(day.date).unwrap();
        assert_eq!(Some(day.name.as_str()), known.name, "{}", day.date);
    }
    let saturday = reading
        .days
        .iter()
        .find(|day| day.date == date("2026-02-28"))
        .unwrap();
    assert_eq!(
        (saturday.kind, saturday.sentence.as_str()),
        (DayKind::Work, "2月14日（周六）、2月28日（周六）上班。")
    );
    assert_eq!(reading.days.len(), 39);
}

#[test]
fn amendments_alone_say_what_they_can_and_no_more() {
    let labour = text_of(2019).split_once("国务院办公厅关于调整").unwrap().1;
    let labour = read_notice(&format!("国务院办公厅关于调整{labour}"), 1999);
    assert_eq!(labour.days.len(), 6);
    assert_eq!(labour.number.as_deref(), Some("国办发明电〔2019〕3号"));
    assert!(labour.days.iter().all(|day| day.name == "劳动节"));
    assert_eq!(said(&labour, "2019-04-28"), Some(DayKind::Work));
    assert!(labour.unmentioned.contains(&"春节".to_owned()));

    let spring = text_of(2020).split_once("国务院办公厅关于延长").unwrap().1;
    let spring = read_notice(&format!("国务院办公厅关于延长{spring}"), 1999);
    assert_eq!((spring.days.len(), codes(&spring)), (0, vec![DoubtCode::NoStart]));

    let victory = read_notice(text_of(2015).split_once("\n\n").unwrap().1, 1999);
    let days: Vec<String> = victory
        .days
        .iter()
        .map(|day| format!("{} {:?}", day.date, day.kind))
        .collect();
    assert_eq!(
        days,
        [
            "2015-09-03 Rest",
            "2015-09-04 Rest",
            "2015-09-05 Rest",
            "2015-09-06 Work"
        ]
    );
    assert_eq!(
        victory.days[0].name,
        "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日"
    );
}

/// As it comes out of a browser, a chat or an old text file.
#[test]
fn the_way_it_was_copied_does_not_matter() {
    let plain = text_of(2026);
    let expected = read_notice(plain, 1999).days;
    let half_width = plain
        .replace('（', "(")
        .replace('）', ")")
        .replace('：', ":")
        .replace('，', ",");
    let full_width: String = plain
        .chars()
        .map(|sign| match sign {
            '0'..='9' => char::from_u32(u32::from(sign) - 48 + 0xFF10).unwrap(),
            other => other,
        })
        .collect();
    let spaced = plain
        .replace('月', " 月\u{a0}")
        .replace('\n', "\r\n\r\n\u{3000}\u{3000}");
    let one_line = plain.replace('\n', "");
    let wrapped: String = plain
        .split('\n')
        .flat_map(|line| {
            let chars: Vec<char> = line.chars().collect();
            chars
                .chunks(23)
                .map(|part| part.iter().collect::<String>() + "\n")
                .collect::<Vec<_>>()
        })
        .collect();
    let with_page = format!(
        "首页 > 政策\n2025-11-04 18:00 来源：新华社\n{plain}责任编辑：某某\n上一篇：2025年放假安排\n"
    );
    for (how, text) in [
        ("half width", half_width),
        ("full width", full_width),
        ("spaced", spaced),
        ("one line", one_line),
        ("wrapped", wrapped),
        ("with the page around it", with_page),
    ] {
        let days = read_notice(&text, 1999).days;
        let short = |days: &[xiaxiangzhi_core::calendar::NoticeDay]| {
            days.iter()
                .map(|day| (day.date, day.kind, day.name.clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(short(&days), short(&expected), "{how}");
    }
}

#[test]
fn clauses_alone_take_the_likely_year_and_say_so() {
    let reading = read_notice("春节：2月5日至12日放假调休，共8天。2月14日（星期日）上班。", 2027);
    assert_eq!(
        (reading.year, codes(&reading)),
        (Some(2027), vec![DoubtCode::NoYear])
    );
    assert_eq!(reading.days.len(), 9);
    assert_eq!(said(&reading, "2027-02-14"), Some(DayKind::Work));
    let corrected: Vec<NaiveDate> = reading
        .days
        .iter()
        .filter(|day| day.built_in == Standing::Corrects)
        .map(|day| day.date)
        .collect();
    assert_eq!(
        corrected,
        [
            "2027-02-09",
            "2027-02-10",
            "2027-02-11",
            "2027-02-12",
            "2027-02-14"
        ]
        .map(date)
    );
    assert!(reading.unmentioned.contains(&"中秋节".to_owned()));
}

#[test]
fn what_contradicts_itself_or_was_not_understood_is_listed() {
    let cases: &[(&str, DoubtCode, Option<&str>, usize)] = &[
        (
            "一、元旦：1月1日（星期日）放假。",
            DoubtCode::WeekdayDiffers,
            Some("2027-01-01"),
            1,
        ),
        (
            "二、春节：2月5日至11日放假调休，共8天。",
            DoubtCode::CountDiffers,
            None,
            7,
        ),
        ("三、清明节：2月30日放假。", DoubtCode::ImpossibleDate, None, 0),
        ("三、清明节：4月5日。", DoubtCode::Unread, Some("2027-04-05"), 0),
        (
            "三、清明节：4月5日放假。4月5日上班。",
            DoubtCode::SaidTwice,
            Some("2027-04-05"),
            1,
        ),
        (
            "四、劳动节：5月1日至6月30日放假。",
            DoubtCode::ImpossibleDate,
            Some("2027-05-01"),
            0,
        ),
        (
            "四、劳动节：2101年5月1日放假。",
            DoubtCode::ImpossibleDate,
            Some("2101-05-01"),
            0,
        ),
        (
            "鼓励各单位安排职工在除夕（2月5日）休息。",
            DoubtCode::NotBinding,
            None,
            0,
        ),
    ];
    for (clause, code, at, days) in cases {
        let reading = read_notice(
            &format!("国务院办公厅关于2027年部分节假日安排的通知\n{clause}"),
            1999,
        );
        assert_eq!(codes(&reading), [*code], "{clause}");
        assert_eq!(reading.doubts[0].date, at.map(date), "{clause}");
        assert!(clause.ends_with(&reading.doubts[0].sentence), "{clause}");
        assert_eq!(reading.days.len(), *days, "{clause}");
    }
    let wrong_weekday = read_notice("2027年元旦：1月1日（星期日）放假。", 1999);
    let doubt = &wrong_weekday.doubts[0];
    assert_eq!(
        (doubt.said.as_deref(), doubt.is.as_deref()),
        (Some("星期日"), Some("星期五"))
    );
}

#[test]
fn a_notice_that_differs_from_the_built_in_one_shows_where() {
    let changed = text_of(2026).replace("5月9日（周六）上班", "5月10日（周日）上班");
    let reading = read_notice(&changed, 1999);
    let differs: Vec<NaiveDate> = reading
        .days
        .iter()
        .filter(|day| day.built_in == Standing::Differs)
        .map(|day| day.date)
        .collect();
    assert_eq!(differs, [date("2026-05-10")]);
    let dropped: Vec<NaiveDate> = reading.dropped.iter().map(|day| day.date).collect();
    assert_eq!(dropped, [date("2026-05-09")]);
}

#[test]
fn a_text_that_is_no_notice_gives_no_day() {
    for text in [
        "",
        "\u{FEFF}\n\n",
        "今天门诊 23 人次。",
        "{\"calendar_overrides\": []}",
        "会议定于3月5日（周五）下午召开。",
        "（（（（1月1日",
    ] {
        let reading = read_notice(text, 2027);
        assert_eq!((reading.days.len(), reading.year), (0, None), "{text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Any text has an answer: its days in order, one a date, within the calendar.
    #[test]
    fn any_text_has_an_answer(text in "(?s).{0,200}", year in -300_000i32..300_000) {
        sound(&read_notice(&text, year));
    }

    /// So have pieces of notices in any order, with anything between them.
    #[test]
    fn pieces_of_notices_have_an_answer(
        pieces in prop::collection::vec(
            prop_oneof![
                prop::sample::select(vec![
                    "一、", "元旦：", "春节", "“五一”：", "1月1日", "12月31日", "2月30日", "31日", "2026年", "99999年", "至", "—", "（星期六）",
                    "（", "）", "放假", "调休", "共8天", "十天", "上班", "调至", "公休日", "补休", "起", "延长", "鼓励", "，", "；", "。", "\n", "、",
                    "国务院办公厅关于2027年部分节假日安排的通知", "国办发明电〔2026〕8号", "国务院办公厅2026年11月4日", "周",
                ]).prop_map(str::to_owned),
                ".{0,3}",
            ],
            0..60,
        ),
        year in 1990i32..2110,
    ) {
        sound(&read_notice(&pieces.concat(), year));
    }

    /// A notice with some of its signs changed is read without a panic, and to at most a few days more than it has.
    #[test]
    fn a_damaged_notice_has_an_answer(
        at in 0usize..23,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<char>(), any::<bool>()), 1..12),
    ) {
        let mut chars: Vec<char> = NOTICES[at].1.chars().collect();
        for (place, sign, remove) in changes {
            let place = place.index(chars.len());
            if remove { chars.remove(place); } else { chars[place] = sign; }
        }
        sound(&read_notice(&chars.into_iter().collect::<String>(), NOTICES[at].0));
    }
}

fn sound(reading: &NoticeReading) {
    assert!(reading.days.windows(2).all(|two| two[0].date < two[1].date));
    assert!(
        reading
            .days
            .iter()
            .all(|day| Calendar::built_in().day(day.date).is_ok())
    );
    assert_eq!(reading.year.is_some(), !reading.days.is_empty());
}
