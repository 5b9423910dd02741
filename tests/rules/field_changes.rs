//! What changed in a record, in the trade's words; and what a record is called.

use serde_json::{Value, json};
use xiaxiangzhi_core::log::{Entity, field_changes, record_name};
use xiaxiangzhi_core::posting::TallyItem;
use xiaxiangzhi_core::schema::records as records_schema;

/// `name: before -> after` of each change, in one language.
fn told(
    entity: Entity,
    before: Option<&Value>,
    after: Option<&Value>,
    pick: fn(&Value) -> &Value,
) -> Vec<String> {
    let own = [TallyItem {
        key: "own_1".to_owned(),
        label: "针灸".to_owned(),
        unit: Some("人次".to_owned()),
        extra: serde_json::Map::new(),
    }];
    field_changes(entity, before, after, &own)
        .into_iter()
        .map(|change| {
            let change = json!(change);
            let text = |field: &str| pick(&change[field]).as_str().unwrap_or("—").to_owned();
            format!("{}: {} -> {}", text("name"), text("before"), text("after"))
        })
        .collect()
}

fn zh(label: &Value) -> &Value {
    &label["zh"]
}

fn en(label: &Value) -> &Value {
    &label["en"]
}

#[test]
fn changes_are_told_in_the_words_of_the_trade() {
    let day = json!({"date": "2026-03-02", "morning": "present", "afternoon": null, "note": "门诊",
                     "tallies": {"outpatient_visits": 20, "own_1": 3}});
    let changed = json!({"date": "2026-03-02", "morning": "official_duty", "afternoon": "present",
                         "note": "〔已抹去〕", "tallies": {"outpatient_visits": 23, "referrals_up": 0}});
    assert_eq!(
        told(Entity::Day, Some(&day), Some(&changed), zh),
        [
            "上午: 出勤 -> 公差",
            "下午: — -> 出勤",
            "门诊: 20 人次 -> 23 人次",
            "针灸: 3 人次 -> —",
            "上转: — -> 0 例",
            "记录: 门诊 -> 〔已抹去〕",
        ]
    );
    assert_eq!(
        told(Entity::Day, Some(&day), Some(&changed), en)[5],
        "Record: 门诊 -> [erased]"
    );
    assert_eq!(
        told(Entity::Day, None, Some(&day), zh),
        [
            "上午: — -> 出勤",
            "门诊: — -> 20 人次",
            "针灸: — -> 3 人次",
            "记录: — -> 门诊"
        ],
        "blanks are not worth a line"
    );
    assert_eq!(told(Entity::Day, Some(&day), Some(&day), zh), [""; 0]);

    let lecture = json!({"id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a11", "kind": "lecture", "date": "2026-01-14",
                         "title": "高血压", "minutes": 60, "counts_toward_assessment": true, "attachments": []});
    let mut uncounted = lecture.clone();
    uncounted["counts_toward_assessment"] = json!(false);
    uncounted["attachments"] = json!([{"sha256": "00", "name": "签到表.jpg"}]);
    assert_eq!(
        told(Entity::Activity, Some(&lecture), Some(&uncounted), zh),
        ["计入考核: 计入 -> 不计入", "附件: — -> 签到表.jpg"]
    );
    assert_eq!(
        told(Entity::Activity, None, Some(&lecture), en),
        [
            "Kind: — -> Lecture",
            "Date: — -> 14 January 2026",
            "Title: — -> 高血压",
            "Length: — -> 60 minutes"
        ]
    );
    assert!(told(Entity::Activity, None, Some(&uncounted), zh).contains(&"计入考核: — -> 不计入".to_owned()));

    let leave = json!({"kind": "sick_leave", "from": "2026-03-05", "from_half": "morning",
                       "to": "2026-03-05", "to_half": "afternoon", "recipient_approval": null});
    let shorter = json!({"kind": "sick_leave", "from": "2026-03-05", "from_half": "afternoon",
                         "to": "2026-03-05", "to_half": "afternoon", "recipient_approval": {"by": "王院长", "on": "2026-03-04"}});
    assert_eq!(
        told(Entity::Leave, Some(&leave), Some(&shorter), zh),
        [
            "从: 2026年3月5日 上午 -> 2026年3月5日 下午",
            "批准人: — -> 王院长",
            "批准日期: — -> 2026年3月4日"
        ]
    );
}

#[test]
fn no_change_is_hidden() {
    let before = json!({"extra": {"other": 1}});
    let after = json!({"extra": {"other": 2}});
    assert_eq!(
        told(Entity::Day, Some(&before), Some(&after), zh),
        [r#"extra: {"other":1} -> {"other":2}"#]
    );
    let [before, after] = [1, 2].map(|n| json!({"recipient_approval": {"extra": {"n": n}}}));
    assert_eq!(told(Entity::Leave, Some(&before), Some(&after), zh).len(), 1);
}

/// The entity of each list and object of a records document.
const PLACES: [(Entity, &str); 9] = [
    (Entity::Posting, "Posting"),
    (Entity::CalendarOverride, "CalendarOverride"),
    (Entity::Day, "Day"),
    (Entity::Activity, "Activity"),
    (Entity::Leave, "Leave"),
    (Entity::Document, "Document"),
    (Entity::Problem, "Problem"),
    (Entity::Summary, "Summary"),
    (Entity::TallyItem, "TallyItem"),
];

#[test]
fn every_field_has_a_name_of_its_own() {
    let schema = records_schema();
    for (entity, definition) in PLACES {
        let properties = schema["$defs"][definition]["properties"].as_object().unwrap();
        assert!(!properties.is_empty(), "{definition}");
        for field in properties.keys() {
            if Some(field.as_str()) == entity.key_field() || ["id", "extra"].contains(&field.as_str()) {
                continue;
            }
            let nested = match field.as_str() {
                "physician" => json!({"name": "1"}),
                "recipient_approval" => json!({"by": "1"}),
                "notification" => json!({"to": "1"}),
                "written_explanation" => json!({"on": "1"}),
                "tallies" => json!({"outpatient_visits": 1}),
                "attachments" => json!([{"name": "1"}]),
                "counts_toward_assessment" => json!(false),
                "from_half" | "to_half" => continue,
                _ => json!("1"),
            };
            let value = json!({ field: nested });
            let changes = field_changes(entity, None, Some(&value), &[]);
            assert_eq!(changes.len(), 1, "{definition}/{field}");
            assert_ne!(
                &changes[0].name.zh, field,
                "{definition}/{field} has no Chinese name"
            );
            assert_ne!(
                &changes[0].name.en, field,
                "{definition}/{field} has no English name"
            );
        }
    }
}

#[test]
fn records_are_called_by_date_kind_and_title() {
    let lecture = json!({"kind": "lecture", "date": "2026-01-14", "title": "高血压分级管理"});
    let long = json!({"kind": "ward_round", "date": "2026-01-14", "title": "一二三四五六七八九十一二三四五六七八九十一二三四五"});
    let leave = json!({"kind": "personal_leave", "from": "2026-02-03", "to": "2026-02-04"});
    let table = [
        (
            Entity::Day,
            "2026-03-02",
            None,
            "3月2日 的记录",
            "the entry of 2 March",
        ),
        (
            Entity::Activity,
            "x",
            Some(&lecture),
            "1月14日 授课《高血压分级管理》",
            "lecture of 14 January “高血压分级管理”",
        ),
        (
            Entity::Activity,
            "x",
            Some(&long),
            "1月14日 查房《一二三四五六七八九十一二三四五六七八九十一二三…》",
            "ward round of 14 January “一二三四五六七八九十一二三四五六七八九十一二三…”",
        ),
        (Entity::Activity, "x", None, "活动", "activity"),
        (
            Entity::Leave,
            "x",
            Some(&leave),
            "2月3日至2月4日 事假",
            "personal leave from 3 February to 4 February",
        ),
        (
            Entity::Document,
            "posting_summary",
            None,
            "下乡总结的上交日期",
            "when the posting summary was handed in",
        ),
        (
            Entity::Summary,
            "",
            None,
            "自我鉴定和建议",
            "self-appraisal and suggestions",
        ),
    ];
    for (entity, key, value, zh, en) in table {
        let name = record_name(entity, key, value);
        assert_eq!((name.zh.as_str(), name.en.as_str()), (zh, en));
    }
}
