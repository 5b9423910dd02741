//! What looks like the identity of a patient is found in every text, and ordinary notes are left alone.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};
use xiaxiangzhi_core::log::{Entity, free_text_fields};
use xiaxiangzhi_core::privacy::PatientIdentity::{self, IdCard, Inpatient, Mobile};
use xiaxiangzhi_core::privacy::{patient_identity, patient_warnings, patient_warnings_in, text_fields};
use xiaxiangzhi_core::sample::sample;
use xiaxiangzhi_core::schema;
use xiaxiangzhi_core::scheme::built_in;

/// The number of the standard's own example; no person has it.
const ID: &str = "11010519491231002X";

#[test]
fn numbers_that_tell_who_a_patient_is_are_found() {
    let table = [
        // ID cards: plain, lower case, full width, grouped, amid words.
        (ID, Some(IdCard)),
        ("11010519491231002x", Some(IdCard)),
        ("患者１１０１０５１９４９１２３１００２Ｘ复诊", Some(IdCard)),
        ("110105 19491231 002X", Some(IdCard)),
        ("110105-1949-1231-002X", Some(IdCard)),
        ("身份证110105194912310038。", Some(IdCard)),
        // Of fifteen digits, with a date that exists.
        ("旧证110105491231002", Some(IdCard)),
        // Mobile numbers.
        ("13812345678", Some(Mobile)),
        ("电话：138-1234-5678", Some(Mobile)),
        ("138 1234 5678", Some(Mobile)),
        ("１９９８７６５４３２１", Some(Mobile)),
        ("138—1234—5678", Some(Mobile)),
        ("+86 13812345678", Some(Mobile)),
        ("+8613812345678", Some(Mobile)),
        ("家属 8 13812345678", Some(Mobile)),
        ("13812345678X光检查", Some(Mobile)),
        ("11010519491231006XX光", None),
        ("11010519491231002XX光", Some(IdCard)),
        // Inpatient numbers.
        ("住院号123456", Some(Inpatient)),
        ("住院号：0012345", Some(Inpatient)),
        ("病案号为Z20260012", Some(Inpatient)),
        ("门诊号 20260302001", Some(Inpatient)),
        ("床号: 12", Some(Inpatient)),
        ("床号１２", Some(Inpatient)),
        ("病历号(8812)", Some(Inpatient)),
        ("MRN 88123", Some(Inpatient)),
        ("Inpatient No. 88123", Some(Inpatient)),
        // The gravest of several.
        ("住院号123456，13812345678，11010519491231002X", Some(IdCard)),
        ("住院号123456，电话13812345678", Some(Mobile)),
        // Near misses: another check digit, no such day, no such province, one digit more or less.
        ("110105194912310021", None),
        ("110105194913310028", None),
        ("99010519491231002X", None),
        ("1101051949123100", None),
        ("1101051949123100200", None),
        ("110105491331002", None),
        ("860105491231002", None),
        ("12812345678", None),
        ("1381234567", None),
        ("138123456789", None),
        ("13812345678901", None),
        ("3.13812345678", None),
        // Dates, counts, document numbers, money, times, vital signs.
        ("2026-03-02", None),
        ("2026年3月2日", None),
        ("20260302", None),
        ("2026-03-02 2026-04-05", None),
        ("门诊 13 人次，随访 20 人", None),
        ("13 20 25 18 222", None),
        ("1,390,000.00 元", None),
        ("云卫办〔2026〕138号", None),
        ("文号 202600138001", None),
        ("血压 138/88，心率 72", None),
        ("8:00-17:30", None),
        ("0871-63112233", None),
        ("400-820-8820", None),
        ("住院号源充足", None),
        ("门诊号放出30个", None),
        ("加门诊号 30 个", None),
        ("查看住院病人 12 人，3 床好转", None),
        ("床号召大家早起", None),
        ("", None),
    ];
    for (text, expected) in table {
        assert_eq!(patient_identity(text), expected, "{text}");
    }
}

/// A check digit for seventeen digits, worked out another way: the whole number must leave 1 when divided by 11.
fn with_check(seventeen: &str) -> String {
    let last = (0..11).find(|last| {
        let digits = seventeen
            .chars()
            .map(|digit| digit.to_digit(10).unwrap())
            .chain([*last]);
        let sum: u32 = digits
            .zip((0..18).rev())
            .map(|(digit, power)| digit * (2_u32.pow(power) % 11))
            .sum();
        sum % 11 == 1
    });
    match last.unwrap() {
        10 => format!("{seventeen}X"),
        digit => format!("{seventeen}{digit}"),
    }
}

proptest! {
    #[test]
    fn every_id_number_is_found_and_every_other_check_digit_is_not(
        area in 110_100_u32..=659_099, year in 1900_u32..2026, month in 1_u32..=12, day in 1_u32..=28,
        order in 0_u32..1000, words in "[\\p{Han}a-z ，。]{0,10}",
    ) {
        prop_assume!([11..=15, 21..=23, 31..=37, 41..=46, 50..=54, 61..=65].iter().any(|provinces| provinces.contains(&(area / 10_000))));
        let seventeen = format!("{area}{year}{month:02}{day:02}{order:03}");
        let whole = with_check(&seventeen);
        let text = format!("{words}{whole}{words}");
        prop_assert_eq!(patient_identity(&text), Some(IdCard));
        for other in "0123456789X".chars().filter(|other| !whole.ends_with(*other)) {
            let text = format!("{seventeen}{other}");
            prop_assert_eq!(patient_identity(&text), None, "{}", text);
        }
    }

    #[test]
    fn nothing_makes_it_panic(text in "\\PC{0,60}|[0-9Xx \\-－—０-９住院号床门诊:：]{0,80}") {
        let _ = patient_identity(&text);
    }
}

#[test]
fn the_notes_of_a_hundred_samples_are_left_alone() {
    for seed in 0..100 {
        let records = sample(seed, built_in("rotation_3m").unwrap()).unwrap();
        assert_eq!(patient_warnings_in(&json!(records)), [], "seed {seed}");
    }
}

#[test]
fn every_free_text_of_every_record_is_looked_at() {
    let mut looked_at = 0;
    for entity in Entity::ALL {
        for field in free_text_fields(entity) {
            let warnings = patient_warnings(entity, &json!({ *field: format!("复诊 {ID}") }));
            assert_eq!(
                warnings
                    .iter()
                    .map(|warning| (warning.field.as_str(), warning.identity))
                    .collect::<Vec<_>>(),
                [(format!("/{field}").as_str(), IdCard)],
                "{entity}"
            );
            looked_at += 1;
        }
    }
    assert!(looked_at >= 11, "only {looked_at} free texts");
}

/// Texts of records that are not looked at, each with its reason.
const LEFT_OUT: [(&str, &str); 7] = [
    ("CalendarOverride/holiday", "the name of a public holiday"),
    ("Posting/scheme", "the id of a scheme"),
    (
        "Physician/licence_number",
        "the physician's own, as long as an old ID number",
    ),
    ("Attachment/sha256", "a hash"),
    ("Attachment/media_type", "a media type"),
    ("TallyItem/key", "made by the program"),
    ("Activity/id", "an id"),
];

/// The texts of a records document as its schema has them: those without a closed list or a format.
fn texts(schema: &Value, definition: &str, place: &str, found: &mut BTreeSet<(String, String)>) {
    let properties = schema["$defs"][definition]["properties"].as_object().unwrap();
    for (name, property) in properties {
        let pointer = format!("{place}/{name}");
        let types = property["type"]
            .as_array()
            .cloned()
            .unwrap_or_else(|| vec![property["type"].clone()]);
        let item = property
            .pointer("/items/$ref")
            .map(|item| (item, format!("{pointer}/*")));
        let inner = property
            .pointer("/anyOf/0/$ref")
            .or_else(|| property.get("$ref"))
            .map(|inner| (inner, pointer.clone()));
        if types.contains(&json!("string")) && property.get("format").is_none() {
            found.insert((format!("{definition}/{name}"), pointer));
        } else if let Some((reference, pointer)) = item.or(inner) {
            let definition = reference.as_str().unwrap().rsplit('/').next().unwrap();
            if schema["$defs"][definition].get("properties").is_some() {
                texts(schema, definition, &pointer, found);
            }
        }
    }
}

#[test]
fn every_text_of_the_schema_is_looked_at_or_left_out_for_a_reason() {
    let schema = schema::records();
    let entities = [
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
    let mut all = 0;
    for (entity, definition) in entities {
        let mut found = BTreeSet::new();
        texts(&schema, definition, "", &mut found);
        let known = text_fields(entity);
        for (name, pointer) in &found {
            let left_out = LEFT_OUT.iter().any(|(field, _)| field == name);
            assert!(
                known.contains(pointer) != left_out,
                "{entity}: {name} at {pointer}"
            );
        }
        all += found.len();
        let there: Vec<&String> = found.iter().map(|(_, pointer)| pointer).collect();
        for pointer in &known {
            assert!(there.contains(&pointer), "{entity} has no text {pointer}");
        }
    }
    assert!(all >= 25, "only {all} texts found in the schema");
}

#[test]
fn a_document_is_told_where() {
    let document = json!({
        "posting": {"physician": {"name": "13812345678", "licence_number": "110105491231002"}},
        "days": [{"date": "2026-01-05", "note": "门诊"}, {"date": "2026-01-06", "note": "住院号 123456"}],
        "activities": [{"id": "0199a1c2-7d1e-7c3a-9f10-213812345678", "title": ID,
                        "attachments": [{"sha256": "00", "name": "138-1234-5678.jpg"}]}],
        "leaves": [{"notification": {"to": "赵主任 13812345678"}}],
        "summary": {"suggestions": "床号 3"},
        "extra": {"other": "13812345678"},
    });
    let told: Vec<(String, PatientIdentity)> = patient_warnings_in(&document)
        .into_iter()
        .map(|warning| (warning.field, warning.identity))
        .collect();
    let expected = [
        ("/posting/physician/name", Mobile),
        ("/days/1/note", Inpatient),
        ("/activities/0/title", IdCard),
        ("/activities/0/attachments/0/name", Mobile),
        ("/leaves/0/notification/to", Mobile),
        ("/summary/suggestions", Inpatient),
    ];
    assert_eq!(
        told,
        expected.map(|(field, identity)| (field.to_owned(), identity))
    );
}
