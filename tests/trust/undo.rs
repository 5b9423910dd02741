//! Undo and redo by the log's own definition, and what counts as a late entry.

use serde_json::json;
use uuid::Uuid;
use xiaxiangzhi_core::log::{Change, Entity};

use crate::support::{Kept, change, day, evening};

#[test]
fn undo_and_redo_go_back_and_forth_over_every_state() {
    let mut kept = Kept::new();
    let mut states = vec![kept.document()];
    for visits in 1..6 {
        kept.set(Entity::Day, "2026-01-05", day("门诊", visits), evening(5));
        states.push(kept.document());
    }
    for state in states.iter().rev().skip(1) {
        assert!(kept.undo(evening(5)));
        assert_eq!(&kept.document(), state);
    }
    assert!(!kept.undo(evening(5)), "what the log began with is not undone");
    for state in states.iter().skip(1) {
        assert!(kept.redo(evening(5)));
        assert_eq!(&kept.document(), state);
    }
    assert!(!kept.redo(evening(5)));

    kept.undo(evening(5));
    kept.set(Entity::Day, "2026-01-06", day("查房", 1), evening(6));
    assert!(!kept.log.can_redo(), "a new edit clears the redo side");
    assert!(kept.undo(evening(6)));
    assert_eq!(kept.document(), states[4]);
}

#[test]
fn a_batch_is_undone_as_one() {
    let mut kept = Kept::new();
    let before = kept.document();
    let batch = kept.counter.id();
    let mut changes = Vec::new();
    for date in ["2026-01-05", "2026-01-06", "2026-01-07"] {
        let mut one = change(kept.counter.id(), Entity::Day, date, day("批量填写", 1));
        one.batch = Some(batch);
        changes.push(one);
    }
    assert_eq!(kept.save(&changes, evening(7)), 3);
    let after = kept.document();
    assert!(kept.undo(evening(7)));
    assert_eq!(kept.document(), before);
    assert!(!kept.log.can_undo());
    assert!(kept.redo(evening(7)));
    assert_eq!(kept.document(), after);
    assert!(kept.undo(evening(7)));
    assert_eq!(kept.document(), before);
}

#[test]
fn a_batch_that_is_offered_again_adds_nothing() {
    let mut kept = Kept::new();
    kept.set(Entity::Day, "2026-01-05", day("门诊", 3), evening(5));
    let batch = Some(kept.counter.id());
    // The first of the two changes nothing, so no event has its id.
    let changes = [3, 4].map(|visits| Change {
        batch,
        ..change(kept.counter.id(), Entity::Day, "2026-01-05", day("门诊", visits))
    });
    assert_eq!(kept.save(&changes, evening(6)), 1);
    let after = kept.document();
    assert_eq!(kept.save(&changes, evening(6)), 0, "it is saved already");
    assert_eq!(kept.document(), after);
    assert!(kept.undo(evening(6)));
    assert_eq!(kept.save(&changes, evening(6)), 0, "also once it was undone");
}

#[test]
fn an_entry_after_its_day_is_late_by_china_s_dates() {
    let mut kept = Kept::new();
    // 15:59:59 UTC is still the same day in China, 16:00:00 is the next.
    let last_second = "2026-01-08T15:59:59Z".parse().unwrap();
    let midnight = "2026-01-08T16:00:00Z".parse().unwrap();
    kept.set(Entity::Day, "2026-01-08", day("门诊", 1), last_second);
    kept.set(Entity::Day, "2026-01-07", day("门诊", 1), midnight);
    let lecture = Uuid::from_u128(5).to_string();
    let on = |date: &str| json!({"kind": "lecture", "date": date, "title": "讲座"});
    kept.set(Entity::Activity, &lecture, on("2026-01-20"), evening(9));
    let late = |kept: &Kept, key: &str| {
        kept.log
            .entered()
            .iter()
            .find(|e| e.key == key)
            .unwrap()
            .late_days
    };
    assert_eq!(late(&kept, "2026-01-08"), 0);
    assert_eq!(late(&kept, "2026-01-07"), 2);
    assert_eq!(late(&kept, &lecture), 0);
    kept.set(Entity::Activity, &lecture, on("2026-01-06"), evening(9));
    assert_eq!(
        late(&kept, &lecture),
        3,
        "moved back: late from the moment it was moved"
    );
    kept.undo(evening(12));
    assert_eq!(late(&kept, &lecture), 0, "taken back: as it was");
    kept.set(Entity::Day, "2026-01-08", day("门诊，会诊", 2), evening(20));
    let entered = kept.log.entered();
    let day = entered.iter().find(|e| e.key == "2026-01-08").unwrap();
    assert_eq!(
        (day.late_days, &day.first_at[..], &day.last_at[..]),
        (0, "2026-01-08T15:59:59Z", "2026-01-20T09:45:00Z")
    );
}
