//! Postings as honest people keep them, with what only looks odd: a week filled in on Sunday, a common title, a clock set right.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use serde_json::{Value, json};
use uuid::Uuid;
use xiaxiangzhi_core::log::{
    Beside, Change, ClockJump, EventKind, Log, Origin, changes_of, instant, public_key,
};
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::sample::sample;
use xiaxiangzhi_core::scheme::built_in;

use crate::support::{Dice, SEED};

/// A posting about to be entered: what, and when each of it.
#[derive(Clone)]
pub(crate) struct Kept {
    pub(crate) document: Value,
    /// For each change that it takes: the record's entity and key, and the instant.
    pub(crate) entered: Vec<((String, String), DateTime<Utc>)>,
    /// Where the clock jumped: at which instant of the true time, and for how long it showed how much less.
    pub(crate) jumps: Vec<Jump>,
}

#[derive(Clone, Copy)]
pub(crate) struct Jump {
    pub(crate) at: DateTime<Utc>,
    pub(crate) until: DateTime<Utc>,
    pub(crate) back: TimeDelta,
}

const FAMILY: [&str; 20] = [
    "安", "白", "程", "邓", "方", "顾", "韩", "江", "康", "卢", "孟", "倪", "潘", "秦", "邵", "陶", "魏",
    "薛", "叶", "邹",
];
const GIVEN: [&str; 20] = [
    "明哲", "雨桐", "国强", "慧敏", "思远", "丽娟", "建国", "晓峰", "玉兰", "志刚", "秋月", "文博", "素珍",
    "家豪", "若水", "永康", "春燕", "子墨", "凤英", "长青",
];
const OPENINGS: [&str; 12] = [
    "结合本地病例讲解",
    "用幻灯片介绍",
    "先提问再讲",
    "对照指南逐条说明",
    "以上周门诊的一例引入，讲",
    "应院长要求专题讲解",
    "从护理角度谈",
    "给新来的同事系统讲",
    "放映教学片后讲解",
    "围绕常见误区分析",
    "按问答形式梳理",
    "分组演练并说明",
];
const MATTERS: [&str; 48] = [
    "诊断标准与分级",
    "首诊要问的几句话",
    "用药的起始剂量和加减",
    "哪些情况必须上转",
    "家属怎样配合",
    "随访间隔和登记",
    "查体的手法要领",
    "化验单怎么看",
    "抗菌药物的适应证",
    "急救流程和分工",
    "老年人的特殊之处",
    "妊娠期的禁忌",
    "转运途中的监护",
    "医患沟通的说法",
    "病历里容易漏写的内容",
    "药物不良反应的识别",
    "与相似疾病的鉴别",
    "饮食和运动的建议",
    "器械的检查与保养",
    "手卫生与隔离",
    "慢病管理平台的填报",
    "疼痛评估的方法",
    "输液速度的掌握",
    "康复训练的步骤",
    "夜间值班怎么处理",
    "村里常见的土办法错在哪",
    "过敏史的询问",
    "儿童按体重计算",
    "吸氧指征",
    "心电图上的典型改变",
    "什么时候请会诊",
    "出院带药怎么交代",
    "伤口换药的次序",
    "血压计的校准",
    "空腹与餐后的差别",
    "家庭病床的查房",
    "中医适宜技术的配合",
    "报告卡的时限",
    "影像片的摆放与阅读",
    "留观病人的观察要点",
    "氨茶碱与茶碱缓释片的换算",
    "胰岛素注射部位轮换",
    "导管的固定",
    "便秘与腹泻的处理",
    "睡眠不好的原因",
    "复诊时的对照",
    "基层没有的检查怎么替代",
    "医保目录内的选择",
];
const ENDINGS: [&str; 12] = [
    "，课后有四人提问",
    "，现场示范一遍",
    "，发了讲义",
    "，大家反映能用上",
    "，约定下次考一考",
    "，由护士长总结",
    "，请村医回去照做",
    "，留了三道题",
    "，拍了照片存档",
    "，院长到场",
    "，有两人缺席，另补讲",
    "，结束时已过下班时间",
];

/// A text as somebody writes it after a lecture.
pub(crate) fn lecture_note(dice: &mut Dice) -> String {
    let mut note = String::from(*dice.pick(&OPENINGS));
    for part in 0..3 + dice.index(4) {
        if part > 0 {
            note.push_str(dice.pick::<&str>(&["、", "，再讲", "；其次是", "，特别是", "，然后"]));
        }
        note.push_str(dice.pick::<&str>(&MATTERS));
    }
    note.push_str(dice.pick::<&str>(&ENDINGS));
    note
}

pub(crate) fn date_of(record: &Value, field: &str) -> NaiveDate {
    record[field].as_str().unwrap().parse().unwrap()
}

/// China's evening of a date, some time between half past five and nine.
pub(crate) fn evening_of(dice: &mut Dice, date: NaiveDate) -> DateTime<Utc> {
    let minutes = i64::try_from(dice.below(210)).unwrap();
    date.and_hms_opt(9, 30, 0).unwrap().and_utc() + TimeDelta::minutes(minutes)
}

/// The posting of one honest physician; no two have a name and a birthday in common.
pub(crate) fn honest(dice: &mut Dice, number: u64) -> Kept {
    let scheme = match dice.below(8) {
        0 => "tongyu_year",
        1 => "county_tcm",
        _ => "rotation_3m",
    };
    let records = sample(dice.number(), built_in(scheme).unwrap()).unwrap();
    let mut document = serde_json::to_value(records).unwrap();
    let physician = &mut document["posting"]["physician"];
    let index = usize::try_from(number).unwrap();
    physician["name"] = format!("{}{}", FAMILY[index % 20], GIVEN[index / 20 % 20]).into();
    // Namesakes differ in their birthday.
    let born = NaiveDate::from_ymd_opt(1975, 1, 1).unwrap() + Days::new(number * 11 % 7_000);
    physician["birth_date"] = json!(born);
    if dice.once_in(2) {
        physician["licence_number"] = format!("110{:012}", number * 7 + 3).into();
    }
    document["posting"]["recipient_unit"] = format!("第{}镇卫生院", number + 1).into();
    if dice.once_in(3) {
        describe_lectures(dice, &mut document);
    }
    attach(dice, &mut document, number);
    let weekly = dice.once_in(10);
    let mut entered = Vec::new();
    for (entity, field) in [("day", "days"), ("activity", "activities")] {
        for record in document[field].as_array().unwrap() {
            let date = date_of(record, "date");
            let late = match dice.below(40) {
                0 => 1 + dice.below(5),
                _ if weekly => u64::from(6 - chrono::Datelike::weekday(&date).num_days_from_monday()),
                _ => 0,
            };
            let key = record[if entity == "day" { "date" } else { "id" }]
                .as_str()
                .unwrap();
            entered.push((
                (entity.to_owned(), key.to_owned()),
                evening_of(dice, date + Days::new(late)),
            ));
        }
    }
    let mut jumps = Vec::new();
    if dice.once_in(10) {
        let start = date_of(&document["posting"], "start");
        let date = start + Days::new(20 + dice.below(40));
        let at = evening_of(dice, date) + TimeDelta::hours(5);
        let back = TimeDelta::minutes(3 + i64::try_from(dice.below(50)).unwrap());
        jumps.push(Jump {
            at,
            until: at + back,
            back,
        });
    }
    Kept {
        document,
        entered,
        jumps,
    }
}

/// Some write much of a lecture, some a few common words.
fn describe_lectures(dice: &mut Dice, document: &mut Value) {
    for activity in document["activities"].as_array_mut().unwrap() {
        if activity["kind"] == "lecture" {
            activity["note"] = match dice.below(4) {
                0 => "课件讲解，现场答疑，反馈良好".into(),
                _ => lecture_note(dice).into(),
            };
        }
    }
}

pub(crate) fn photo(number: u64) -> Value {
    let sha256 = format!("{:016x}{:048x}", Dice::of(number).number(), number);
    json!({"sha256": sha256, "name": "现场.jpg", "media_type": "image/jpeg", "length": 90_000})
}

/// Photos of their own, and a notice that all were sent.
fn attach(dice: &mut Dice, document: &mut Value, number: u64) {
    let mut next = number * 1_000;
    for activity in document["activities"].as_array_mut().unwrap() {
        if dice.once_in(3) {
            next += 1;
            let notice = json!({"sha256": "a".repeat(64), "name": "通知.pdf", "media_type": "application/pdf", "length": 1});
            activity["attachments"] = json!([photo(next), notice]);
        }
    }
}

/// The same posting so many days later.
pub(crate) fn later(value: &mut Value, days: u64) {
    match value {
        Value::String(text) if text.len() == 10 => {
            if let Ok(date) = text.parse::<NaiveDate>() {
                *text = (date + Days::new(days)).to_string();
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|one| later(one, days)),
        Value::Object(fields) => fields.values_mut().for_each(|one| later(one, days)),
        _ => {}
    }
}

/// The log that entering it gives, and the records that the log amounts to.
pub(crate) fn log_of(kept: &Kept, dice: &mut Dice) -> (Log, Records) {
    let mut id = || {
        Uuid::from_u128(
            (u128::from(dice.number()) << 64 | u128::from(dice.number())) & !(0xf << 76) | (7 << 76),
        )
    };
    let (log_id, changes) = changes_of(&kept.document, &mut id).unwrap();
    let start = date_of(&kept.document["posting"], "start")
        .and_hms_opt(0, 30, 0)
        .unwrap()
        .and_utc();
    let mut timed: Vec<(DateTime<Utc>, Change)> = changes
        .into_iter()
        .map(|change| {
            let record = (change.entity.name().to_owned(), change.key.clone());
            let at = kept
                .entered
                .iter()
                .find(|(of, _)| *of == record)
                .map_or(start, |(_, at)| *at);
            (at, change)
        })
        .collect();
    timed.sort_by_key(|(at, _)| *at);
    let mut log = Log::new(log_id, public_key(&SEED));
    let mut beside = Beside::default();
    let mut counter = 0_u64;
    let mut salt = || {
        counter += 1;
        let mut salt = [7; 16];
        salt[..8].copy_from_slice(&counter.to_be_bytes());
        salt
    };
    let first = log
        .prepare_first(id(), Origin::App, &[], start, &mut salt)
        .unwrap();
    log.apply(&first.events[0].body).unwrap();
    let mut shown = start;
    for (at, change) in timed {
        let now = kept
            .jumps
            .iter()
            .filter(|jump| jump.at <= at && at < jump.until)
            .fold(at, |at, jump| at - jump.back);
        if shown - now > TimeDelta::minutes(2) || (now - shown > TimeDelta::days(45)) {
            let jump = EventKind::ClockJump(ClockJump {
                from: instant(shown),
                to: instant(now),
            });
            let said = log.prepare_event(id(), now, jump).unwrap();
            log.apply(&said.events[0].body).unwrap();
        }
        shown = now;
        let prepared = log.prepare(&beside, &[change], now, &mut salt).unwrap();
        beside.extend(&prepared);
        for event in &prepared.events {
            log.apply(&event.body).unwrap();
        }
    }
    let records = Records::from_value(log.document(&beside)).unwrap();
    (log, records)
}
