//! What a reviewer is asked, word for word; and when nothing is asked.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use serde_json::{Value, json};
use xiaxiangzhi_core::log::{ClockJump, Entity, EventKind, Origin, instant};
use xiaxiangzhi_core::oddities::{Across, Facts, Oddity, OddityCode, OddityRule, within};
use xiaxiangzhi_core::posting::Records;

use crate::support::{Counter, Kept, day};

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An instant by China's clocks.
fn at(text: &str) -> DateTime<Utc> {
    let (date, time) = text.split_once(' ').unwrap();
    let local = self::date(date).and_time(time.parse().unwrap());
    local.and_utc() - TimeDelta::hours(8)
}

fn asked(kept: &Kept) -> Vec<Oddity> {
    within(&records(kept), &kept.log, &OddityRule::default()).unwrap()
}

fn records(kept: &Kept) -> Records {
    Records::from_value(kept.document()).unwrap()
}

/// The only question, in both languages.
fn only(kept: &Kept, code: OddityCode) -> (String, String) {
    let asked = asked(kept);
    let [oddity] = &asked[..] else { panic!("{asked:?}") };
    assert_eq!(oddity.code, code);
    (oddity.question.zh.clone(), oddity.question.en.clone())
}

/// The workdays from the second to the twenty-seventh of February 2026: Spring Festival lies between them.
fn february() -> Vec<NaiveDate> {
    let days = [2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 14, 24, 25, 26, 27];
    days.into_iter()
        .map(|day| NaiveDate::from_ymd_opt(2026, 2, day).unwrap())
        .collect()
}

fn in_one_sitting(dates: &[NaiveDate], from: DateTime<Utc>, minutes: i64) -> Kept {
    let mut kept = Kept::new();
    let last = i64::try_from(dates.len()).unwrap() - 1;
    for (number, date) in (0..).zip(dates) {
        let at = from + TimeDelta::seconds(minutes * 60 * number / last);
        kept.set(
            Entity::Day,
            &date.to_string(),
            day("门诊", 11 + number.unsigned_abs()),
            at,
        );
    }
    kept
}

#[test]
fn days_entered_in_one_sitting() {
    let kept = in_one_sitting(&february(), at("2026-03-01 20:14:00"), 38);
    let (zh, en) = only(&kept, OddityCode::OneSitting);
    assert_eq!(
        zh,
        "2月2日—27日 共 15 个工作日，都在 3月1日 20:14—20:52 录入。当时是怎样补的？"
    );
    assert_eq!(
        en,
        "2–27 February: 15 workdays were all entered on 1 March 20:14–20:52. From what were they filled in?"
    );
    let oddity = &asked(&kept)[0];
    assert_eq!(oddity.dates, february());
    assert_eq!(oddity.records.len(), 15);
    assert_eq!(
        (oddity.records[0].entity, &*oddity.records[0].key),
        (Entity::Day, "2026-02-02")
    );
    assert_eq!(oddity.instants, ["2026-03-01T12:14:00Z", "2026-03-01T12:52:00Z"]);

    let ahead = in_one_sitting(&february(), at("2026-02-01 20:14:00"), 0);
    let (zh, _) = only(&ahead, OddityCode::OneSitting);
    assert_eq!(
        zh,
        "2月2日—27日 共 15 个工作日，在 2月1日 20:14 就已录入。还没到的日子为什么先写了？"
    );

    // Nine days are no month; entered with long breaks they are several sittings; and what the office switched off stays off.
    assert!(asked(&in_one_sitting(&february()[..9], at("2026-03-01 20:14:00"), 38)).is_empty());
    assert!(asked(&in_one_sitting(&february(), at("2026-03-01 08:00:00"), 14 * 31)).is_empty());
    let off = OddityRule {
        one_sitting_workdays: 0,
        ..OddityRule::default()
    };
    assert!(within(&records(&kept), &kept.log, &off).unwrap().is_empty());
}

#[test]
fn a_log_packed_from_records_has_no_sittings() {
    let kept = in_one_sitting(&february(), at("2026-03-01 20:14:00"), 38);
    let mut packed = Kept {
        log: xiaxiangzhi_core::log::Log::new(kept.log.id(), *kept.log.first_key()),
        ..Kept::new()
    };
    packed.bodies.clear();
    let mut counter = Counter::default();
    let mut id = || counter.id();
    let (_, changes) = xiaxiangzhi_core::log::changes_of(&kept.document(), &mut id).unwrap();
    let first = packed
        .log
        .prepare_first(
            id(),
            Origin::Records,
            &changes,
            at("2026-04-06 08:00:00"),
            &mut || [3; 16],
        )
        .unwrap();
    packed.keep(&first);
    assert!(asked(&packed).is_empty());
}

#[test]
fn work_on_a_day_of_leave() {
    let mut kept = Kept::new();
    let when = at("2026-03-06 17:30:00");
    let leave = json!({"kind": "personal_leave", "from": "2026-03-05", "from_half": "afternoon",
                       "to": "2026-03-06", "to_half": "afternoon"});
    kept.set(Entity::Leave, "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5b01", leave, when);
    let round = |date: &str| json!({"kind": "ward_round", "date": date, "title": "查房"});
    // On the first day only the afternoon is under leave.
    kept.set(
        Entity::Activity,
        "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5b02",
        round("2026-03-05"),
        when,
    );
    kept.set(
        Entity::Day,
        "2026-03-05",
        json!({"morning": "present", "note": "门诊"}),
        when,
    );
    kept.set(Entity::Day, "2026-03-06", json!({"note": "请假回家"}), when);
    assert!(asked(&kept).is_empty());
    kept.set(
        Entity::Activity,
        "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5b03",
        round("2026-03-06"),
        when,
    );
    let (zh, en) = only(&kept, OddityCode::EntriesOnLeave);
    assert_eq!(zh, "3月6日 在事假期间，又记了查房。请假当天回去了吗？");
    assert_eq!(
        en,
        "6 March: on leave (personal leave), yet there is an entry of work (ward round). Was the leave broken off that day?"
    );
    let keys: Vec<_> = asked(&kept)[0]
        .records
        .iter()
        .map(|record| record.entity)
        .collect();
    assert_eq!(keys, [Entity::Activity, Entity::Leave]);
}

#[test]
fn the_same_round_number_day_after_day() {
    let of = |numbers: &dyn Fn(u64) -> u64, days: u64| {
        let mut kept = Kept::new();
        for number in 0..days {
            let date = date("2026-01-05") + Days::new(number);
            let evening = date.and_hms_opt(9, 45, 0).unwrap().and_utc();
            kept.set(
                Entity::Day,
                &date.to_string(),
                day("门诊", numbers(number)),
                evening,
            );
        }
        kept
    };
    let (zh, en) = only(&of(&|_| 20, 12), OddityCode::SameNumber);
    assert_eq!(zh, "1月5日—16日 有 12 天，门诊都记 20 人次。是每天实际的数吗？");
    assert_eq!(
        en,
        "5–16 January: Outpatient visits is 20 on each of 12 days. Are these the numbers of the days themselves?"
    );
    assert!(asked(&of(&|_| 20, 9)).is_empty(), "too few days");
    assert!(asked(&of(&|_| 23, 30)).is_empty(), "not round");
    assert!(asked(&of(&|_| 5, 30)).is_empty(), "too small to say anything");
    assert!(
        asked(&of(&|number| 20 + number % 3 * 5, 60)).is_empty(),
        "rounded, and not the same"
    );
}

#[test]
fn all_lectures_at_the_end() {
    let mut kept = Kept::new();
    let mut lecture = |day: &str| {
        let id = kept.counter.id().to_string();
        let value = json!({"kind": "lecture", "date": day, "title": "高血压分级管理"});
        kept.set(Entity::Activity, &id, value, at("2026-04-01 17:30:00"));
        asked(&kept)
    };
    // The last fortnight of a posting to 5 April begins on 23 March.
    assert!(lecture("2026-03-23").is_empty());
    let [oddity] = &lecture("2026-03-30")[..] else {
        panic!("no question")
    };
    assert_eq!(
        oddity.question.zh,
        "2 次授课都在最后 14 天（3月23日—4月5日）。此前为什么没有讲？"
    );
    assert_eq!(
        oddity.question.en,
        "All 2 lectures lie in the last 14 days (23 March – 5 April). Why was there none before?"
    );
    assert!(lecture("2026-03-22").is_empty());
}

#[test]
fn a_clock_that_went_back() {
    let mut kept = Kept::new();
    let set = |kept: &mut Kept, day: &str, when: DateTime<Utc>| {
        kept.set(
            Entity::Day,
            day,
            json!({"morning": "present", "note": "门诊"}),
            when,
        );
    };
    let jump = |kept: &mut Kept, from: DateTime<Utc>, to: DateTime<Utc>| {
        let id = kept.counter.id();
        let said = EventKind::ClockJump(ClockJump {
            from: instant(from),
            to: instant(to),
        });
        let prepared = kept.log.prepare_event(id, to, said).unwrap();
        kept.keep(&prepared);
    };
    let (late, early) = (at("2026-03-01 20:14:00"), at("2026-02-03 08:00:00"));
    set(&mut kept, "2026-03-01", late);
    jump(&mut kept, late, early);
    set(&mut kept, "2026-02-03", early + TimeDelta::minutes(1));
    set(&mut kept, "2026-02-04", early + TimeDelta::minutes(2));
    set(&mut kept, "2026-03-02", late + TimeDelta::days(1));
    let (zh, en) = only(&kept, OddityCode::ClockJump);
    assert_eq!(
        zh,
        "电脑时钟从 3月1日 20:14 回到了 2月3日 08:00，其后按这个时间录入 2 条。时钟为什么改了？"
    );
    assert_eq!(
        en,
        "The PC's clock went from 1 March 20:14 back to 3 February 08:00, and 2 entries were made by that time. Why was it \
         changed?"
    );

    // Ahead and back again; a step that the log does not own to; a few minutes; two months without an entry.
    let mut ahead = Kept::new();
    jump(&mut ahead, at("2026-01-06 08:00:00"), at("2026-05-01 08:00:00"));
    set(&mut ahead, "2026-01-06", at("2026-05-01 08:01:00"));
    jump(&mut ahead, at("2026-05-01 08:01:00"), at("2026-01-06 09:00:00"));
    set(&mut ahead, "2026-01-07", at("2026-01-07 09:00:00"));
    assert_eq!(
        only(&ahead, OddityCode::ClockJump).0,
        "电脑时钟曾走到 5月1日 08:01，又回到 1月6日 09:00，走快时录入 1 条。时钟为什么改了？"
    );
    let mut silent = Kept::new();
    set(&mut silent, "2026-03-01", late);
    set(&mut silent, "2026-02-03", early);
    assert_eq!(asked(&silent).len(), 1);
    let mut right = Kept::new();
    set(&mut right, "2026-03-01", late);
    jump(&mut right, late, late - TimeDelta::minutes(20));
    jump(&mut right, late, late + TimeDelta::days(60));
    assert!(asked(&right).is_empty());
}

/// Two files, and what is asked of the first about the second.
fn between(first: &Value, second: &Value) -> Vec<Oddity> {
    let rule = OddityRule::default();
    let mut across = Across::new(&rule);
    for (name, document) in [("first", first), ("second", second)] {
        across.add(
            name,
            Facts::of(&Records::from_value(document.clone()).unwrap(), &rule),
        );
    }
    let found = across.finish();
    let (of_first, of_second): (Vec<_>, Vec<_>) = found.into_iter().partition(|(name, _)| *name == "first");
    assert_eq!(of_first.len(), of_second.len(), "each is asked about the other");
    of_first.into_iter().map(|(_, oddity)| oddity).collect()
}

fn posting(number: u8, name: &str) -> Value {
    json!({
        "format": "xiaxiangzhi.posting", "version": 1,
        "posting": {
            "id": format!("0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5c{number:02}"),
            "physician": {"name": name, "birth_date": "1986-05-14"},
            "recipient_unit": format!("第{number}镇卫生院"), "station": "resident",
            "start": "2026-01-05", "end": "2026-04-05", "scheme": "rotation_3m"
        },
        "days": [{"date": "2026-03-02", "morning": "present", "afternoon": "present"}],
        "activities": [{"id": format!("0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5d{number:02}"), "kind": "lecture",
                        "date": "2026-03-10", "title": "骨折的现场固定"}]
    })
}

#[test]
fn one_text_for_two_lectures() {
    let (mut first, mut second) = (posting(1, "周启明"), posting(2, "王志远"));
    assert!(between(&first, &second).is_empty(), "a common title says nothing");
    for one in [&mut first, &mut second] {
        one["activities"][0]["note"] = "课件讲解，现场答疑，反馈良好".into();
    }
    assert!(
        between(&first, &second).is_empty(),
        "a common phrase says nothing"
    );
    let note = "从上周一例桡骨骨折讲起：先看伤口和远端血运，再说夹板长度与衬垫，最后两人一组练习三角巾，护士长点评，十二人参加。";
    for one in [&mut first, &mut second] {
        one["activities"][0]["note"] = note.into();
    }
    second["activities"][0]["date"] = "2026-03-11".into();
    let asked = between(&first, &second);
    assert_eq!(
        asked[0].question.zh,
        "3月10日「骨折的现场固定」与王志远 3月11日 的授课记录文字相同。是两人合讲吗？"
    );
    assert_eq!(
        asked[0].question.en,
        "Lecture “骨折的现场固定” of 10 March has the same text as that of 王志远 of 11 March. Was it given by both together?"
    );
    let other = asked[0].other.as_ref().unwrap();
    assert_eq!(other.log_id.to_string(), second["posting"]["id"]);
    assert_eq!(other.record.as_ref().unwrap().key, second["activities"][0]["id"]);
    second["activities"][0]["note"] = note.replace("桡骨", "胫骨").replace("十二人", "９ 人").into();
    let asked = between(&first, &second);
    assert!(asked[0].question.zh.contains("大半相同"), "{asked:?}");
    // The same log in two files, and one person's two postings.
    second["posting"]["id"] = first["posting"]["id"].clone();
    assert!(between(&first, &second).is_empty());
}

#[test]
fn one_person_in_two_places() {
    let (first, mut second) = (posting(1, "周启明"), posting(2, "周启明"));
    let asked = between(&first, &second);
    assert_eq!(
        asked[0].question.zh,
        "1月5日—4月5日 同时派驻第1镇卫生院和第2镇卫生院，有 2 个半天两处都记了出勤。这些天在哪里？"
    );
    assert_eq!(asked[0].dates, [date("2026-03-02")]);
    second["days"] = json!([]);
    assert!(
        between(&first, &second)[0]
            .question
            .zh
            .ends_with("这段时间在哪里？")
    );
    second["posting"]["station"] = "visiting".into();
    assert!(
        between(&first, &second).is_empty(),
        "whoever comes for the day may serve two places"
    );
    second["posting"]["station"] = "resident".into();
    second["posting"]["recipient_unit"] = first["posting"]["recipient_unit"].clone();
    assert!(
        between(&first, &second)[0]
            .question
            .zh
            .ends_with("以哪一份为准？")
    );
    second["posting"]["physician"]["birth_date"] = "1986-05-15".into();
    assert!(between(&first, &second).is_empty(), "a namesake");
    let mut first = first;
    for one in [&mut first, &mut second] {
        one["posting"]["physician"]["licence_number"] = "110320000012345".into();
    }
    assert_eq!(between(&first, &second).len(), 1, "one licence");
    second["posting"]["start"] = "2026-04-06".into();
    second["posting"]["end"] = "2026-07-05".into();
    assert!(between(&first, &second).is_empty(), "one after the other");
}

#[test]
fn one_photo_twice() {
    let photo =
        json!([{"sha256": "5".repeat(64), "name": "现场.jpg", "media_type": "image/jpeg", "length": 9}]);
    let (mut first, mut second) = (posting(1, "周启明"), posting(2, "王志远"));
    first["activities"][0]["attachments"] = photo.clone();
    second["activities"][0]["attachments"] = photo.clone();
    let asked = between(&first, &second);
    assert_eq!(
        asked[0].question.zh,
        "3月10日 的照片与王志远 3月10日 的是同一张。是一起办的活动吗？"
    );
    second["activities"][0]["attachments"][0]["media_type"] = "application/pdf".into();
    assert!(between(&first, &second).is_empty(), "a notice may go with many");

    let mut kept = Kept::new();
    for day in ["2026-03-02", "2026-03-09"] {
        let id = kept.counter.id().to_string();
        let value = json!({"kind": "ward_round", "date": day, "title": "查房", "attachments": photo});
        kept.set(
            Entity::Activity,
            &id,
            value,
            date(day).and_hms_opt(9, 0, 0).unwrap().and_utc(),
        );
    }
    assert_eq!(
        only(&kept, OddityCode::SamePhoto),
        (
            "3月2日、3月9日 的 2 次活动用了同一张照片。是传错了吗？".to_owned(),
            "2 activities (2 March, 9 March) show the same photo. Was it attached by mistake?".to_owned()
        )
    );
}
