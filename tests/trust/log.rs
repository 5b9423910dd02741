//! The log by itself: chain, fold, undo, late entries, texts beside the chain.

use serde_json::{Value, json};
use uuid::Uuid;
use xiaxiangzhi_core::log::{
    ERASED_TEXT, Entity, EventKind, Head, Log, LogError, Redacted, TypedCode, changes_of, genesis, head_code,
    next, public_key, read_whole, sha256, to_hex, typed_code,
};

use crate::support::{Kept, SEED, change, day, evening, posting_id};

#[test]
fn the_chain_is_the_one_described() {
    let key = public_key(&SEED);
    let log_id = posting_id();
    let mut first = b"XXZ1-gen\0".to_vec();
    first.extend_from_slice(log_id.as_bytes());
    first.extend_from_slice(&key);
    assert_eq!(genesis(log_id, &key), sha256(&first));

    let body = b"{\"v\":1}";
    let mut second = b"XXZ1-ev\0".to_vec();
    second.extend_from_slice(&sha256(&first));
    second.extend_from_slice(&7_u64.to_be_bytes());
    second.extend_from_slice(&7_u32.to_be_bytes());
    second.extend_from_slice(body);
    assert_eq!(next(&sha256(&first), 7, body), sha256(&second));
}

#[test]
fn a_body_reads_as_the_page_on_trust_says() {
    let mut kept = Kept::new();
    kept.set(Entity::Day, "2026-01-05", day("内科门诊", 23), evening(5));
    let body: Value = serde_json::from_slice(kept.bodies.last().unwrap()).unwrap();
    assert_eq!(body["v"], 1);
    assert_eq!(body["at"], "2026-01-05T09:45:00Z");
    assert_eq!(
        (&body["set"], &body["key"]),
        (&json!("day"), &json!("2026-01-05"))
    );
    let without_note =
        json!({"morning": "present", "afternoon": "present", "tallies": {"outpatient_visits": 23}});
    assert_eq!(body["value"], without_note);
    let hash = body["texts"]["note"].as_str().unwrap();
    let text = kept.beside.texts.values().next().unwrap();
    assert_eq!(
        hash,
        to_hex(&sha256(&[&text.salt[..], "内科门诊".as_bytes()].concat()))
    );
    let names: Vec<_> = body.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, ["v", "id", "at", "set", "key", "value", "texts"]);
}

#[test]
fn the_last_value_wins_and_null_removes() {
    let mut kept = Kept::new();
    kept.set(Entity::Day, "2026-01-06", day("查房", 5), evening(6));
    kept.set(Entity::Day, "2026-01-05", day("门诊", 20), evening(6));
    kept.set(Entity::Day, "2026-01-06", day("查房，会诊", 6), evening(6));
    let lecture = Uuid::from_u128(9);
    let value = json!({"kind": "lecture", "date": "2026-01-06", "title": "高血压分级管理"});
    kept.set(Entity::Activity, &lecture.to_string(), value, evening(6));
    kept.set(
        Entity::Summary,
        "",
        json!({"self_appraisal": "已完成", "suggestions": ""}),
        evening(6),
    );
    let document = kept.document();
    assert_eq!(document["days"][0]["date"], "2026-01-05");
    assert_eq!(document["days"][1]["note"], "查房，会诊");
    assert_eq!(document["days"].as_array().unwrap().len(), 2);
    assert_eq!(document["activities"][0]["title"], "高血压分级管理");
    assert_eq!(document["activities"][0]["id"], lecture.to_string());
    assert_eq!(document["summary"], json!({"self_appraisal": "已完成"}));
    assert_eq!(document["posting"]["id"], posting_id().to_string());

    kept.set(Entity::Day, "2026-01-06", Value::Null, evening(7));
    assert_eq!(kept.document()["days"].as_array().unwrap().len(), 1);
}

#[test]
fn one_event_at_a_time_gives_what_the_whole_fold_gives() {
    let mut kept = Kept::new();
    for number in 0..40_u32 {
        let date = format!("2026-01-{:02}", 5 + number % 20);
        kept.set(
            Entity::Day,
            &date,
            day(&format!("第{number}次"), u64::from(number)),
            evening(25),
        );
        if number % 3 == 0 {
            kept.undo(evening(25));
        }
        if number % 6 == 0 {
            kept.redo(evening(25));
        }
        let whole = read_whole(
            posting_id(),
            public_key(&SEED),
            kept.bodies.iter().map(|body| (&body[..], None)),
        );
        let whole = whole.unwrap();
        assert_eq!(whole.log.document(&kept.beside), kept.document());
        assert_eq!(whole.log.head(), kept.log.head());
        assert_eq!(whole.log.entered(), kept.log.entered());
        assert_eq!(
            (whole.log.can_undo(), whole.log.can_redo()),
            (kept.log.can_undo(), kept.log.can_redo())
        );
        whole.log.check_beside(&kept.beside).unwrap();
    }
}

#[test]
fn the_same_event_again_is_not_a_second_one() {
    let mut kept = Kept::new();
    let id = kept.set(Entity::Day, "2026-01-05", day("门诊", 1), evening(5));
    assert_eq!(
        kept.save(
            &[change(id, Entity::Day, "2026-01-05", day("门诊", 1))],
            evening(5)
        ),
        0
    );
    let mut again = Log::new(posting_id(), public_key(&SEED));
    for body in &kept.bodies {
        again.apply(body).unwrap();
    }
    let head: Head = again.head();
    let refused = again.apply(kept.bodies.last().unwrap());
    assert!(matches!(refused, Err(LogError::Malformed { .. })), "{refused:?}");
    assert_eq!(again.head(), head);
}

#[test]
fn an_erased_text_leaves_the_chain_whole_and_the_record_not_blank() {
    let mut kept = Kept::new();
    kept.set(Entity::Day, "2026-01-05", day("写错了的名字", 1), evening(5));
    let hash = *kept.beside.texts.keys().next().unwrap();
    let id = kept.counter.id();
    let event = EventKind::Redacted(Redacted { texts: vec![hash] });
    let redacted = kept.log.prepare_event(id, evening(6), event).unwrap();
    kept.keep(&redacted);
    kept.beside.texts.remove(&hash);
    assert_eq!(kept.document()["days"][0]["note"], ERASED_TEXT);
    let bodies = kept.bodies.iter().map(|body| (&body[..], None));
    let whole = read_whole(posting_id(), public_key(&SEED), bodies).unwrap();
    whole.log.check_beside(&kept.beside).unwrap();
    // Editing the day's numbers keeps the erased text erased, not written out as a text of its own.
    kept.set(Entity::Day, "2026-01-05", day(ERASED_TEXT, 2), evening(6));
    assert!(kept.beside.texts.is_empty());
    assert_eq!(kept.document()["days"][0]["note"], ERASED_TEXT);
}

#[test]
fn changed_cut_and_swapped_events_are_noticed() {
    let mut kept = Kept::new();
    for visits in 1..6 {
        kept.set(Entity::Day, "2026-01-05", day("门诊", visits), evening(5));
    }
    let mut stored = Vec::new();
    let mut log = Log::new(posting_id(), public_key(&SEED));
    for body in &kept.bodies {
        stored.push((body.clone(), log.apply(body).unwrap().hash));
    }
    let read = |rows: &[(Vec<u8>, [u8; 32])]| {
        read_whole(
            posting_id(),
            public_key(&SEED),
            rows.iter().map(|(body, hash)| (&body[..], Some(*hash))),
        )
        .map(|w| w.log.head().n)
    };
    assert_eq!(read(&stored), Ok(stored.len() as u64));
    let mut changed = stored.clone();
    let at = changed[3].0.windows(4).position(|w| w == b"its\"").unwrap() + 5;
    changed[3].0[at] ^= 1;
    assert_eq!(read(&changed), Err(LogError::ChainBroken { n: 4 }));
    let mut without = stored.clone();
    without.remove(2);
    assert_eq!(read(&without), Err(LogError::ChainBroken { n: 3 }));
    let mut swapped = stored.clone();
    swapped.swap(3, 4);
    assert_eq!(read(&swapped), Err(LogError::ChainBroken { n: 4 }));
    assert!(
        read_whole(
            posting_id(),
            public_key(&[1; 32]),
            stored.iter().map(|(b, h)| (&b[..], Some(*h)))
        )
        .is_err()
    );
}

#[test]
fn bodies_from_outside_are_refused_with_a_reason() {
    let id = "01990000-0000-7000-8000-00000000ffff";
    let event = |rest: &str| format!("{{\"v\":1,\"id\":\"{id}\",\"at\":\"2026-01-05T09:45:00Z\",{rest}}}");
    let table = [
        (String::new(), "event_malformed"),
        ("[]".to_owned(), "event_malformed"),
        (event("\"set\":\"day\",\"key\":\"2026-01-05\",\"value\":{}"), ""),
        (event("\"set\":\"day\",\"key\":\"2026-01-05\",\"value\":null"), ""),
        (
            event("\"set\":\"day\",\"key\":\"2026-01-05\",\"value\":7"),
            "event_malformed",
        ),
        (event("\"set\":\"day\",\"key\":\"2026-01-05\""), "event_malformed"),
        (
            event("\"set\":\"day\",\"key\":\"2026-02-30\",\"value\":{}"),
            "event_malformed",
        ),
        (event("\"set\":\"day\",\"value\":{}"), "event_malformed"),
        (
            event("\"set\":\"weather\",\"key\":\"1\",\"value\":{}"),
            "event_malformed",
        ),
        (
            event("\"set\":\"day\",\"key\":\"2026-01-05\",\"value\":{},\"surprise\":1"),
            "event_malformed",
        ),
        (
            event("\"set\":\"day\",\"key\":\"2026-01-05\",\"value\":{},\"texts\":{\"note\":\"9f2c\"}"),
            "event_malformed",
        ),
        (
            event(
                "\"set\":\"day\",\"key\":\"2026-01-05\",\"value\":{},\"exported\":{\"number\":1,\"as_of\":\"2026-01-05\"}",
            ),
            "event_malformed",
        ),
        (
            event("\"exported\":{\"number\":1,\"as_of\":\"2026-01-05\"},\"key\":\"1\""),
            "event_malformed",
        ),
        (
            event(
                "\"created\":{\"log\":\"0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a11\",\"public_key\":\"00\",\"origin\":\"app\"}",
            ),
            "event_malformed",
        ),
        (
            event("\"set\":\"day\",\n\"key\":\"2026-01-05\",\"value\":{}"),
            "event_malformed",
        ),
        (
            event("\"set\":\"day\",\"key\":\"2026-01-05\",\"value\":{}").replace("\"v\":1", "\"v\":2"),
            "event_newer",
        ),
        ("{\"v\":3,\"whatever\":true}".to_owned(), "event_newer"),
        (
            event("\"set\":\"day\",\"key\":\"2026-01-05\",\"value\":{}")
                .replace("09:45:00Z", "09:45:00+08:00"),
            "event_malformed",
        ),
        (
            event(&format!(
                "\"set\":\"day\",\"key\":\"2026-01-05\",\"value\":{{\"x\":\"{}\"}}",
                "长".repeat(30_000)
            )),
            "log_too_large",
        ),
    ];
    for (body, code) in table {
        let mut kept = Kept::new();
        let head = kept.log.head();
        let got = kept.log.apply(body.as_bytes());
        assert_eq!(
            got.as_ref().err().map_or("", LogError::code),
            code,
            "{body}: {got:?}"
        );
        assert_eq!(kept.log.head() == head, !code.is_empty(), "{body}");
    }
}

#[test]
fn changes_with_a_wrong_key_or_value_are_refused() {
    let mut kept = Kept::new();
    let id = kept.counter.id();
    let table = [
        (Entity::Day, "2026-1-5", json!({}), "bad_key"),
        (Entity::Day, "", json!({}), "bad_key"),
        (Entity::Activity, "lecture", json!({}), "bad_key"),
        (Entity::Posting, "x", json!({}), "bad_key"),
        (Entity::Day, "2026-01-05", json!([]), "bad_value"),
        (
            Entity::Day,
            "2026-01-05",
            json!({"date": "2026-01-06"}),
            "bad_value",
        ),
        (Entity::Day, "2026-01-05", json!({"note": 7}), "bad_value"),
        (Entity::Posting, "", json!({"id": id.to_string()}), "bad_value"),
        (
            Entity::Day,
            "2026-01-05",
            json!({"note": "长".repeat(20_000)}),
            "log_too_large",
        ),
    ];
    for (entity, key, value, code) in table {
        let counter = &mut kept.counter;
        let changes = [change(id, entity, key, value)];
        let got = kept
            .log
            .prepare(&kept.beside, &changes, evening(5), &mut || counter.salt());
        assert_eq!(got.unwrap_err().code(), code, "{entity} {key}");
    }
}

#[test]
fn records_go_into_a_log_and_come_out_the_same() {
    let mut kept = Kept::new();
    let lecture = Uuid::from_u128(77).to_string();
    kept.set(
        Entity::Activity,
        &lecture,
        json!({"kind": "lecture", "date": "2026-01-06", "title": "讲座"}),
        evening(6),
    );
    kept.set(Entity::Day, "2026-01-05", day("门诊", 4), evening(6));
    kept.set(
        Entity::Scheme,
        "",
        json!({"id": "rotation_3m", "version": 1}),
        evening(6),
    );
    kept.set(
        Entity::CalendarOverride,
        "2026-03-07",
        json!({"kind": "workday", "reason": "卫生院值班"}),
        evening(6),
    );
    kept.set(
        Entity::TallyItem,
        "stoves",
        json!({"label": "灶台", "unit": "个"}),
        evening(6),
    );
    kept.set(Entity::Extra, "", json!({"office": {"row": 7}}), evening(6));
    let document = kept.document();
    assert_eq!(document["scheme_document"]["version"], 1);
    assert_eq!(document["extra"]["office"]["row"], 7);

    let mut counter = crate::support::Counter::default();
    let (id, changes) = changes_of(&document, &mut || counter.id()).unwrap();
    assert_eq!(id, posting_id());
    let log = Log::new(id, public_key(&SEED));
    let created = counter.id();
    let first = log
        .prepare_first(
            created,
            xiaxiangzhi_core::log::Origin::Records,
            &changes,
            evening(9),
            &mut || counter.salt(),
        )
        .unwrap();
    let mut packed = Kept {
        log,
        beside: xiaxiangzhi_core::log::Beside::default(),
        bodies: Vec::new(),
        counter,
    };
    packed.keep(&first);
    assert_eq!(packed.document(), document);
}

#[test]
fn the_code_on_paper_is_long_enough_and_easy_to_read_out() {
    let code = head_code(&sha256(b"head"));
    let groups: Vec<_> = code.split(' ').collect();
    assert!(groups.iter().all(|group| group.len() == 4));
    assert!(groups.len() * 4 * 5 >= 128);
    assert!(!code.contains(['I', 'L', 'O', 'U']));
    assert_eq!(head_code(&[0; 32]), "0000 0000 0000 0000 0000 0000 0000");
    assert_eq!(head_code(&[255; 32]), "ZZZZ ZZZZ ZZZZ ZZZZ ZZZZ ZZZZ ZZZZ");
}

#[test]
fn a_code_typed_from_paper_is_found_however_it_is_written() {
    let hashes: Vec<_> = (0..40_u8).map(|n| sha256(&[n])).collect();
    let code = head_code(&hashes[39]);
    let earlier = head_code(&hashes[6]);
    let wide: String = code
        .chars()
        .map(|each| match each {
            ' ' => '\u{3000}',
            _ => char::from_u32(u32::from(each) + 0xFEE0).unwrap(),
        })
        .collect();
    let alike = |text: &str| text.replace('0', "o").replace('1', "l").replace('V', "u");
    let swapped = |text: &str, at: usize| {
        let mut letters: Vec<char> = text.chars().collect();
        letters[at] = if letters[at] == '7' { '8' } else { '7' };
        letters.into_iter().collect::<String>()
    };
    let cases = [
        (code.clone(), TypedCode::Head),
        (earlier.clone(), TypedCode::Event { n: 7 }),
        (code.replace(' ', ""), TypedCode::Head),
        (code.replace(' ', "-"), TypedCode::Head),
        (code.to_lowercase(), TypedCode::Head),
        (alike(&code), TypedCode::Head),
        (alike(&earlier).to_uppercase(), TypedCode::Event { n: 7 }),
        (wide, TypedCode::Head),
        (format!("\n {code}。"), TypedCode::Head),
        (swapped(&code, 6), TypedCode::Nearly { n: 40, group: 2 }),
        (
            swapped(&swapped(&earlier, 33), 20),
            TypedCode::Nearly { n: 7, group: 5 },
        ),
        (head_code(&sha256(b"another log")), TypedCode::Foreign),
        (String::new(), TypedCode::Length { letters: 0 }),
        (code[..19].to_owned(), TypedCode::Length { letters: 16 }),
        (format!("{code}7"), TypedCode::Length { letters: 29 }),
        (format!("{code}码"), TypedCode::Unreadable { character: '码' }),
        (format!("{code}+"), TypedCode::Unreadable { character: '+' }),
    ];
    for (typed, expected) in cases {
        assert_eq!(typed_code(&typed, &hashes), expected, "{typed:?}");
    }
    // None of these letters is one of a code, so nothing else can be meant by them.
    assert!(!code.contains(['I', 'L', 'O', 'U']));
    assert_eq!(typed_code(&code, &[]), TypedCode::Foreign);
}
