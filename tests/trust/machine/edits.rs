//! Edits of every kind of record, valid and not.

use serde_json::{Value, json};
use uuid::Uuid;
use xiaxiangzhi_core::log::{Change, Entity};
use xiaxiangzhi_core::scheme::built_in;

use super::model::Slot;
use crate::support::{Dice, profile};

const TITLES: &[&str] = &["讲座", "查房", ""];
const NOTES: &[&str] = &["门诊", "查房，教学", "随访\n高血压", "", "  "];

/// The records that edits are about: few, so that they meet often.
pub(super) fn slot(dice: &mut Dice) -> Slot {
    let id = |dice: &mut Dice| Uuid::from_u128(0x0199 << 112 | u128::from(1 + dice.below(3))).to_string();
    match dice.below(24) {
        0 => (Entity::Posting, String::new()),
        1 => (Entity::Scheme, String::new()),
        2 | 3 => (
            Entity::CalendarOverride,
            format!("2026-03-{:02}", 7 + dice.below(2)),
        ),
        4..=10 => (Entity::Day, format!("2026-01-{:02}", 5 + dice.below(4))),
        11..=13 => (Entity::Activity, id(dice)),
        14..=16 => (Entity::Leave, id(dice)),
        17 => (Entity::Document, "posting_summary".to_owned()),
        18 | 19 => (Entity::Problem, id(dice)),
        20 => (Entity::Summary, String::new()),
        21 => (Entity::TallyItem, "own".to_owned()),
        22 => (Entity::Attachment, "ab".repeat(32)),
        _ => (Entity::Extra, String::new()),
    }
}

fn note(dice: &mut Dice) -> Value {
    if dice.once_in(6) {
        Value::Null
    } else {
        json!(dice.pick(NOTES))
    }
}

/// A value that the record could have; whether it goes with the others is another question.
pub(super) fn value(entity: Entity, dice: &mut Dice) -> Option<Value> {
    if dice.once_in(5) && entity != Entity::Posting {
        return None;
    }
    let status =
        |dice: &mut Dice| *dice.pick(&[Some("present"), Some("absent"), Some("official_duty"), None]);
    Some(match entity {
        Entity::Posting => {
            let mut value = profile();
            value["end"] = json!(dice.pick(&["2026-04-05", "2026-04-12"]));
            value["home_department"] = json!(dice.pick(&["心内科", "骨科"]));
            value
        }
        Entity::Scheme => {
            let mut value = json!(built_in("rotation_3m").unwrap());
            value["version"] = json!(1 + dice.below(2));
            value
        }
        Entity::CalendarOverride => {
            json!({"kind": dice.pick(&["workday", "rest_day"]), "reason": note(dice)})
        }
        Entity::Day => {
            let tallies = match dice.below(4) {
                0 => json!({}),
                1 => json!({"own": dice.below(3)}),
                _ => json!({"outpatient_visits": dice.below(3)}),
            };
            json!({"morning": status(dice), "afternoon": status(dice), "note": note(dice), "tallies": tallies})
        }
        Entity::Activity => json!({"kind": dice.pick(&["lecture", "ward_round"]), "date": "2026-01-14",
            "title": note_line(dice), "minutes": dice.below(2) * 60, "note": note(dice)}),
        Entity::Leave => {
            let from = 1 + dice.below(12);
            let to = from + dice.below(4);
            json!({"kind": "personal_leave", "from": format!("2026-02-{from:02}"), "from_half": "morning",
                "to": format!("2026-02-{to:02}"), "to_half": "afternoon", "reason": note(dice)})
        }
        Entity::Document => json!({"submitted_on": dice.pick(&["2026-04-01", "2026-04-02"])}),
        Entity::Problem => {
            json!({"date": "2026-01-20", "problem": note(dice), "result": note(dice), "status": "open"})
        }
        Entity::Summary => json!({"self_appraisal": note(dice), "suggestions": note(dice)}),
        Entity::TallyItem => json!({"label": dice.pick(&["家访", "宣教"]), "unit": "次"}),
        Entity::Attachment => json!({"name": dice.pick(&["表.jpg", "照片.jpg"]), "length": 9}),
        Entity::Extra => json!({"other": {"n": dice.below(3)}}),
        Entity::Answer => json!({"corrected": dice.once_in(2), "text": note(dice)}),
        Entity::Amendment => json!({"reason": note(dice)}),
    })
}

fn note_line(dice: &mut Dice) -> &'static str {
    dice.pick::<&'static str>(TITLES)
}

/// A change that nothing makes valid.
pub(super) fn broken(dice: &mut Dice) -> (Slot, Option<Value>) {
    let day = |key: &str, value: Value| ((Entity::Day, key.to_owned()), Some(value));
    let posting = (Entity::Posting, String::new());
    let id = Uuid::from_u128(0x0199 << 112 | 9).to_string();
    match dice.below(11) {
        0 => day("2026-01-05", json!({"morning": "asleep"})),
        1 => day("2026-01-06", json!({"tallies": {"outpatient_visits": -1}})),
        2 => day("2026-01-06", json!({"tallies": {"unheard_of": 1}})),
        3 => day("2026-01-07", json!({"note": "响\u{7}铃"})),
        4 => day("2026-13-01", json!({"morning": "present"})),
        5 => day("2026-01-08", json!(7)),
        6 => day("2026-01-05", json!({"note": 5})),
        7 => (posting, None),
        8 => {
            let mut value = profile();
            value["end"] = json!("2025-12-31");
            (posting, Some(value))
        }
        9 => (
            (Entity::Activity, id),
            Some(json!({"kind": "dance", "date": "2026-01-14"})),
        ),
        _ => (
            (Entity::Activity, id),
            Some(json!({"kind": "lecture", "date": "2026-01-14", "title": "长".repeat(201)})),
        ),
    }
}

/// A change under an id of its own.
pub(super) fn change(id: Uuid, slot: Slot, value: Option<Value>, batch: Option<Uuid>) -> Change {
    Change {
        event_id: id,
        entity: slot.0,
        key: slot.1,
        value,
        batch,
    }
}
