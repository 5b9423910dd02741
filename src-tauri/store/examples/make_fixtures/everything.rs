//! A log with every kind of event, every entity, and every way a record can come and go.

use serde_json::{Value, json};
use xiaxiangzhi_core::log::{
    Blob, ClockJump, Entity, EventKind, ExportedHead, KeyChanged, Redacted, Restored, instant,
    key_change_message, public_key, sign, to_hex,
};
use xiaxiangzhi_core::scheme::built_in;

use crate::story::{Story, as_of, evening};

pub(crate) struct Everything {
    pub(crate) story: Story,
    /// The file of the first export, before the key changed.
    pub(crate) earlier: Vec<u8>,
    /// The file of the last export.
    pub(crate) file: Vec<u8>,
}

fn id(number: u128) -> String {
    uuid::Uuid::from_u128(0x0199_c0de_0000_7000_a000_0000_0000_0000 | number).to_string()
}

fn day(note: &str, visits: u64) -> Value {
    json!({"morning": "present", "afternoon": "present", "note": note, "tallies": {"outpatient_visits": visits, "own_bp": 4}})
}

fn lecture(date: &str, title: &str) -> Value {
    json!({"kind": "lecture", "date": date, "title": title, "place": "二楼会议室", "minutes": 60, "participants": 12,
        "note": "讨论两例", "counts_toward_assessment": true})
}

pub(crate) fn make() -> Everything {
    let mut story = Story::new("0199c0de-0000-7000-8000-000000000002", [2; 32]);
    begin(&mut story);
    records(&mut story);
    steps(&mut story);
    attachments(&mut story);
    let earlier = story.export(as_of(), evening(18));
    let receipt =
        r#"{"decision":"returned","comments":[{"about":"2026-01-08","text":"请补充"}],"weight":0.5}"#;
    story.event(EventKind::Receipt(receipt.into()), evening(19));
    let jump = ClockJump {
        from: instant(evening(19)),
        to: "2020-01-01T00:00:00Z".to_owned(),
    };
    story.event(EventKind::ClockJump(jump), evening(19));
    erase(&mut story);
    go_on_elsewhere(&mut story);
    // Another version of the scheme, taken back: both documents belong to the log.
    let mut scheme = json!(built_in("rotation_3m").unwrap());
    scheme["version"] = json!(2);
    story.set("scheme", "", &scheme, evening(22));
    story.undo(evening(22));
    let file = story.export(as_of(), evening(23));
    Everything { story, earlier, file }
}

fn begin(story: &mut Story) {
    let posting = json!({
        "physician": {"name": "李晓梅", "sex": "female", "title": "主治医师", "promotion_target": "副主任医师"},
        "supporting_hospital": "市第一医院", "home_department": "心内科", "recipient_unit": "青石镇卫生院", "station": "resident",
        "start": "2026-01-05", "end": "2026-04-05", "scheme": "rotation_3m", "extra": {"编号": 17}
    });
    let item = json!({"label": "血压测量", "unit": "人次"});
    let scheme = json!(built_in("rotation_3m").unwrap());
    story.begin(
        &posting,
        &[("scheme", "", scheme), ("tally_item", "own_bp", item)],
    );
}

fn records(story: &mut Story) {
    let leave = json!({"kind": "personal_leave", "from": "2026-01-20", "from_half": "morning", "to": "2026-01-21", "to_half": "afternoon",
        "reason": "家中老人住院", "recipient_approval": {"by": "王院长", "on": "2026-01-15"}});
    let problem = json!({"date": "2026-01-12", "problem": "病历书写不规范", "guidance": "示范三份", "corrective_action": "每周抽查",
        "responsible": "张医师", "due": "2026-02-10", "status": "corrected", "result": "已规范"});
    let summary = json!({"self_appraisal": "完成各项任务。\n收获很多。", "suggestions": "增加\"慢病\"培训"});
    // Not by date: the document sorts days, and leaves the others as they came.
    for (entity, key, value) in [
        ("day", "2026-01-07", day("内科门诊，高血压随访", 23)),
        ("day", "2026-01-05", day("报到，熟悉环境", 11)),
        (
            "calendar_override",
            "2026-03-07",
            json!({"kind": "workday", "reason": "卫生院值班"}),
        ),
        (
            "calendar_override",
            "2026-02-13",
            json!({"kind": "rest_day", "reason": "停电"}),
        ),
        ("activity", &id(2), lecture("2026-01-14", "高血压分级管理")),
        ("activity", &id(1), lecture("2026-01-07", "合理用药")),
        (
            "activity",
            &id(3),
            json!({"kind": "ward_round", "date": "2026-01-08", "title": "查房"}),
        ),
        ("leave", &id(4), leave),
        (
            "document",
            "posting_summary",
            json!({"submitted_on": "2026-04-01"}),
        ),
        (
            "document",
            "monthly_attendance_sheet",
            json!({"submitted_on": "2026-02-02"}),
        ),
        ("problem", &id(5), problem),
        ("summary", "", summary),
        (
            "extra",
            "",
            json!({"来源": "示例", "比": 0.25, "大": 9_007_199_254_740_993_u64, "层": [[], {"空": null}]}),
        ),
    ] {
        story.set(entity, key, &value, evening(7));
    }
}

/// Steps taken back and made again, one by one and as a batch.
fn steps(story: &mut Story) {
    story.set("day", "2026-01-08", &day("义诊", 30), evening(8));
    story.undo(evening(8));
    story.redo(evening(8));
    story.batch(
        &[
            ("day", "2026-01-09", day("门诊", 8)),
            ("day", "2026-01-08", day("义诊，改正", 31)),
            ("tally_item", "own_ecg", json!({"label": "心电图", "unit": "份"})),
        ],
        evening(9),
    );
    story.undo(evening(9));
    story.redo(evening(9));
    story.undo(evening(9));
    story.redo(evening(10));
    // A record that goes, comes back, and keeps its place; and one that stays away.
    story.set("activity", &id(2), &Value::Null, evening(10));
    story.set(
        "activity",
        &id(2),
        &lecture("2026-01-14", "高血压分级管理（重讲）"),
        evening(11),
    );
    story.set("activity", &id(3), &Value::Null, evening(11));
    story.set("day", "2026-01-12", &json!({"morning": "absent"}), evening(12));
    story.undo(evening(12));
    // A step undone and then left behind by a new edit.
    story.set("day", "2026-01-13", &day("下村巡诊", 9), evening(13));
}

fn attachments(story: &mut Story) {
    let blob = |bytes: &[u8]| Blob {
        media_type: "image/png".to_owned(),
        bytes: bytes.into(),
    };
    let (sent, kept_back, removed) = (
        blob(b"\x89PNG not really"),
        blob(b"not included"),
        blob(b"removed again"),
    );
    for blob in [&sent, &kept_back, &removed] {
        let value = json!({"name": "签到表.png", "media_type": blob.media_type, "length": blob.bytes.len()});
        story.set("attachment", &to_hex(&blob.digest()), &value, evening(14));
    }
    story.set(
        "attachment",
        &to_hex(&removed.digest()),
        &Value::Null,
        evening(14),
    );
    let mut named = lecture("2026-01-07", "合理用药");
    named["attachments"] = json!([{"sha256": to_hex(&sent.digest()), "name": "签到表.png"}]);
    story.set("activity", &id(1), &named, evening(14));
    for blob in [sent, removed] {
        story.beside.blobs.insert(blob.digest(), blob);
    }
}

/// A note with a name in it by mistake, and its correction: both of its texts go.
fn erase(story: &mut Story) {
    story.set("day", "2026-01-05", &day("接诊张三（示例姓名）", 11), evening(19));
    let texts = story.log.texts_of(Entity::Day, "2026-01-05");
    assert_eq!(texts.len(), 2);
    story.beside.texts.retain(|hash, _| !texts.contains(hash));
    story.event(EventKind::Redacted(Redacted { texts }), evening(19));
}

/// The log goes on from a backup, and then with another key.
fn go_on_elsewhere(story: &mut Story) {
    let n = story.log.head().n;
    let restored = Restored {
        backup: instant(evening(20)),
        replaced_to: n + 5,
        exported: Some(ExportedHead {
            number: 2,
            n: n + 4,
            hash: "ab".repeat(32),
        }),
    };
    story.event(EventKind::Restored(restored), evening(21));
    let seed = [22; 32];
    let message = key_change_message(story.log.id(), &story.log.head(), &public_key(&seed));
    let change = KeyChanged {
        public_key: public_key(&seed),
        signature: Some(sign(&story.seed, &message).to_vec()),
    };
    story.event(EventKind::KeyChanged(change), evening(21));
    story.seed = seed;
    assert!(story.log.key_changes_proved());
}
