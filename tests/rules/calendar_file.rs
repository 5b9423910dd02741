//! The calendar file of a plan, read back by a strict reader of RFC 5545.

use crate::build::{Build, date};
use std::collections::BTreeMap;
use xiaxiangzhi_core::assess::{FixedDate, plan};
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::ics::calendar_file;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::log::parse_instant;
use xiaxiangzhi_core::scheme::built_in;

type Event = BTreeMap<String, String>;

/// The events of a calendar file, the properties of their alarm as `VALARM.name`.
fn read(text: &str) -> Result<Vec<Event>, String> {
    let mut lines: Vec<String> = Vec::new();
    let Some(body) = text.strip_suffix("\r\n") else {
        return Err("the last line is not ended".into());
    };
    for raw in body.split("\r\n") {
        if raw.contains(['\r', '\n']) {
            return Err(format!("a bare line break in {raw:?}"));
        }
        if raw.len() > 75 {
            return Err(format!("{} octets: {raw}", raw.len()));
        }
        match (raw.strip_prefix(' '), lines.last_mut()) {
            (Some(more), Some(line)) => line.push_str(more),
            (None, _) => lines.push(raw.to_owned()),
            (Some(_), None) => return Err("begins folded".into()),
        }
    }
    let mut open: Vec<String> = Vec::new();
    let mut events: Vec<Event> = Vec::new();
    for line in &lines {
        let (name, value) = line.split_once(':').ok_or_else(|| format!("no colon: {line}"))?;
        if !name.split(';').next().is_some_and(|name| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-')
        }) {
            return Err(format!("no name: {line}"));
        }
        match name {
            "BEGIN" => {
                open.push(value.to_owned());
                if value == "VEVENT" {
                    events.push(Event::new());
                }
            }
            "END" if open.pop().as_deref() != Some(value) => return Err(format!("{value} was not open")),
            "END" => {}
            _ => {
                let within = open.last().ok_or("a property outside")?;
                let key = match within.as_str() {
                    "VALARM" => format!("VALARM.{name}"),
                    _ => name.to_owned(),
                };
                let value = match name {
                    "SUMMARY" | "DESCRIPTION" | "LOCATION" | "X-WR-CALNAME" => unescaped(value)?,
                    _ => value.to_owned(),
                };
                if within != "VCALENDAR"
                    && let Some(event) = events.last_mut()
                    && event.insert(key.clone(), value).is_some()
                {
                    return Err(format!("{key} twice"));
                }
            }
        }
    }
    if lines.first().map(String::as_str) != Some("BEGIN:VCALENDAR") || !open.is_empty() {
        return Err("not one whole calendar".into());
    }
    for name in ["VERSION:2.0", "PRODID:-//Xiaxiangzhi//Plan//ZH"] {
        if lines.iter().filter(|line| *line == name).count() != 1 {
            return Err(format!("{name} is missing"));
        }
    }
    Ok(events)
}

fn unescaped(value: &str) -> Result<String, String> {
    let mut text = String::new();
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n') => text.push('\n'),
                Some(escaped @ ('\\' | ';' | ',')) => text.push(escaped),
                other => return Err(format!("{other:?} escaped")),
            },
            ';' | ',' => return Err(format!("{character} not escaped in {value}")),
            character => text.push(character),
        }
    }
    Ok(text)
}

const UNIT: &str =
    "河口镇中心卫生院；门诊部, 二楼; 东侧\\西侧（新区分院，含家庭医生签约服务站和预防接种门诊）";

fn written(build: &Build, fixed: &[FixedDate], language: Language) -> String {
    let mut build = build.clone();
    build.document["posting"]["recipient_unit"] = UNIT.into();
    let records = build.records();
    let scheme = built_in("rotation_3m").unwrap();
    let plan = plan(scheme, &records, Calendar::built_in(), date("2026-03-19"), fixed).unwrap();
    let now = parse_instant("2026-03-19T09:32:08Z").unwrap();
    calendar_file(&plan, &records, scheme, language, now)
}

fn march() -> Build {
    Build::q1()
        .lectures(&["2026-01-14", "2026-01-28", "2026-03-13"])
        .rounds(&[
            "2026-01-06",
            "2026-01-13",
            "2026-01-20",
            "2026-01-27",
            "2026-02-10",
            "2026-02-25",
        ])
}

#[test]
fn each_date_is_a_whole_day_with_a_reminder_the_evening_before() {
    let events = read(&written(&march(), &[], Language::Chinese)).unwrap();
    let dates: Vec<&str> = events
        .iter()
        .map(|event| event["DTSTART;VALUE=DATE"].as_str())
        .collect();
    assert_eq!(dates, ["20260327", "20260320", "20260327"]);
    let lecture = &events[0];
    assert_eq!(lecture["DTEND;VALUE=DATE"], "20260328");
    assert_eq!(lecture["DTSTAMP"], "20260319T093208Z");
    assert_eq!(lecture["SUMMARY"], format!("授课 第 4 次 · {UNIT}"));
    assert_eq!(lecture["LOCATION"], UNIT);
    assert!(
        lecture["DESCRIPTION"].starts_with("最晚 4月5日。"),
        "{}",
        lecture["DESCRIPTION"]
    );
    assert_eq!(lecture["VALARM.TRIGGER"], "-PT6H");
    assert_eq!(lecture["VALARM.ACTION"], "DISPLAY");
    assert_eq!(lecture["VALARM.DESCRIPTION"], lecture["SUMMARY"]);
    let english = read(&written(&march(), &[], Language::English)).unwrap();
    assert_eq!(english[0]["SUMMARY"], format!("Teaching no. 4 · {UNIT}"));
}

#[test]
fn a_moved_date_is_the_same_event_and_no_two_events_are_one() {
    let moved = FixedDate {
        requirement: "teaching".into(),
        date: date("2026-04-01"),
    };
    let (before, after) = (
        read(&written(&march(), &[], Language::Chinese)).unwrap(),
        read(&written(&march(), &[moved], Language::Chinese)).unwrap(),
    );
    assert_eq!(after[0]["DTSTART;VALUE=DATE"], "20260401");
    assert_eq!(before[0]["UID"], after[0]["UID"]);
    let mut ids: Vec<&String> = before.iter().map(|event| &event["UID"]).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), before.len());
}

#[test]
fn the_reader_refuses_what_a_calendar_would_stumble_over() {
    let good = written(&march(), &[], Language::Chinese);
    assert!(read(&good).is_ok());
    let unfolded = good.replace("\r\n ", "");
    for (fault, text) in [
        ("lines not folded", unfolded),
        ("bare line feeds", good.replace("\r\n", "\n")),
        ("commas not escaped", good.replace("\\,", ",")),
        ("an alarm left open", good.replacen("END:VALARM\r\n", "", 1)),
        ("a calendar cut short", good.replace("END:VCALENDAR\r\n", "")),
    ] {
        assert!(read(&text).is_err(), "{fault}");
    }
}
