//! Patients are never identified: texts that look like an ID card number, a mobile number or an inpatient number are
//! warned about before they are saved.
//!
//! A warning is a question, not a refusal: what only looks like such a number can be kept. The numbers themselves are never
//! repeated in a warning.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::language::Language;
use crate::log::{Entity, free_text_fields};

/// What a text looks like that could tell who a patient is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PatientIdentity {
    /// 身份证号, of eighteen digits with their check digit, or of fifteen.
    IdCard,
    /// 手机号
    Mobile,
    /// 住院号, 病案号, 门诊号, 床号
    Inpatient,
}

impl PatientIdentity {
    /// What it looks like and what to do about it.
    pub fn describe(self, language: Language) -> &'static str {
        match self {
            Self::IdCard => language.pick(
                "像是身份证号。记录里不写病人身份。",
                "looks like an ID number. Patients are never identified.",
            ),
            Self::Mobile => language.pick(
                "像是手机号。记录里不写病人身份。",
                "looks like a mobile number. Patients are never identified.",
            ),
            Self::Inpatient => language.pick(
                "像是住院号。记录里不写病人身份。",
                "looks like an inpatient number. Patients are never identified.",
            ),
        }
    }
}

/// A field of a record whose text looks like the identity of a patient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PatientWarning {
    /// The field as a JSON pointer into the record, or into the whole document.
    pub field: String,
    /// What its text looks like.
    pub identity: PatientIdentity,
}

/// What in a text looks like the identity of a patient; the gravest where there are several.
pub fn patient_identity(text: &str) -> Option<PatientIdentity> {
    let plain: Vec<char> = text.chars().map(plain).collect();
    let runs = digit_runs(&plain);
    let groups = groups(&plain, &runs);
    if groups.iter().any(is_id_card) {
        Some(PatientIdentity::IdCard)
    } else if groups.iter().any(is_mobile) {
        Some(PatientIdentity::Mobile)
    } else if names_inpatient(&plain) {
        Some(PatientIdentity::Inpatient)
    } else {
        None
    }
}

/// The texts of a record that are looked at, as JSON pointers; `*` stands for each item of a list. Every free text is among
/// them. 执业证号 is not: it is the physician's own, and as long as an old ID number.
pub fn text_fields(entity: Entity) -> Vec<String> {
    let names: &[&str] = match entity {
        Entity::Posting => &[
            "physician/name",
            "physician/education",
            "physician/specialty",
            "physician/title",
            "physician/promotion_target",
            "supporting_hospital",
            "home_department",
            "recipient_unit",
            "county_health_authority",
            "medical_team",
            "team_leader",
        ],
        Entity::Activity => &["place", "audience", "attachments/*/name"],
        Entity::Leave => &["recipient_approval/by", "notification/to"],
        Entity::Problem => &["responsible"],
        Entity::TallyItem => &["label", "unit"],
        Entity::Attachment => &["name"],
        _ => &[],
    };
    let free = free_text_fields(entity).iter();
    free.chain(names).map(|field| format!("/{field}")).collect()
}

/// The texts of a record, whole or as far as it is typed, that look like the identity of a patient.
pub fn patient_warnings(entity: Entity, record: &Value) -> Vec<PatientWarning> {
    let mut warnings = Vec::new();
    for field in text_fields(entity) {
        let parts: Vec<&str> = field.split('/').skip(1).collect();
        look(record, &parts, String::new(), &mut warnings);
    }
    warnings
}

/// [`patient_warnings`] for every record of a records document, with pointers into that document.
pub fn patient_warnings_in(document: &Value) -> Vec<PatientWarning> {
    let mut warnings = Vec::new();
    let mut add = |entity: Entity, place: String, record: &Value| {
        let found = patient_warnings(entity, record).into_iter();
        warnings.extend(found.map(|warning| PatientWarning {
            field: format!("{place}{}", warning.field),
            ..warning
        }));
    };
    for entity in Entity::ALL {
        if let Some(list) = entity.list() {
            let records = document.get(list).and_then(Value::as_array);
            for (index, record) in records.into_iter().flatten().enumerate() {
                add(entity, format!("/{list}/{index}"), record);
            }
        } else if let Some(record) = document.get(entity.name()) {
            add(entity, format!("/{}", entity.name()), record);
        }
    }
    warnings
}

fn look(value: &Value, parts: &[&str], place: String, warnings: &mut Vec<PatientWarning>) {
    match parts {
        [] => {
            if let Some(identity) = value.as_str().and_then(patient_identity) {
                warnings.push(PatientWarning {
                    field: place,
                    identity,
                });
            }
        }
        ["*", rest @ ..] => {
            for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                look(item, rest, format!("{place}/{index}"), warnings);
            }
        }
        [name, rest @ ..] => {
            if let Some(inner) = value.get(name) {
                look(inner, rest, format!("{place}/{name}"), warnings);
            }
        }
    }
}

/// Full-width digits, letters and signs as their plain ones; every dash and blank as one.
fn plain(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        '‐'..='―' | '−' => '-',
        '\u{3000}' | '\u{a0}' | '\t' => ' ',
        other => other,
    }
}

/// Digits without a gap: where they begin, and how many they are.
fn digit_runs(text: &[char]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, character) in text.iter().enumerate() {
        if character.is_ascii_digit() {
            match runs.last_mut() {
                Some((start, length)) if *start + *length == at => *length += 1,
                _ => runs.push((at, 1)),
            }
        }
    }
    runs
}

/// A number as it may be written: its digits, and how they were grouped.
#[derive(Clone)]
struct Group {
    digits: String,
    parts: Vec<usize>,
}

/// Runs that only one and the same blank or dash parts, in every length: a count may stand right before a number.
fn groups(text: &[char], runs: &[(usize, usize)]) -> Vec<Group> {
    let mut groups = Vec::new();
    for first in 0..runs.len() {
        let mut group = Group {
            digits: String::new(),
            parts: Vec::new(),
        };
        let mut sign = None;
        for (nth, (start, length)) in runs[first..].iter().enumerate().take(LONGEST_GROUP) {
            if nth > 0 {
                let (before, before_length) = runs[first + nth - 1];
                let gap = &text[before + before_length..*start];
                let [parting @ (' ' | '-')] = gap else { break };
                if sign.is_some_and(|sign| sign != *parting) {
                    break;
                }
                sign = Some(*parting);
            }
            if *length > 18 {
                break;
            }
            group.digits.extend(&text[*start..start + length]);
            group.parts.push(*length);
            if is_decimal(text, runs[first].0, start + length) {
                continue;
            }
            groups.push(group.clone());
            // The check character of an ID card, or the X of 「X光」.
            if matches!(text.get(start + length), Some('x' | 'X')) {
                let mut checked = group.clone();
                checked.digits.push('X');
                if let Some(last) = checked.parts.last_mut() {
                    *last += 1;
                }
                groups.push(checked);
            }
        }
    }
    groups
}

/// The most parts that a number is written in.
const LONGEST_GROUP: usize = 4;

/// Whether the digits are part of a number with a decimal point.
fn is_decimal(text: &[char], start: usize, end: usize) -> bool {
    let digit = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(char::is_ascii_digit);
    let point = |at: Option<usize>| at.and_then(|at| text.get(at)) == Some(&'.');
    (point(start.checked_sub(1)) && digit(start.checked_sub(2))) || (point(Some(end)) && digit(Some(end + 1)))
}

/// GB 11643-1999, and the form of fifteen digits before it.
fn is_id_card(group: &Group) -> bool {
    let whole: &[&[usize]] = &[
        &[18],
        &[6, 8, 4],
        &[6, 4, 4, 4],
        &[3, 3, 8, 4],
        &[14, 4],
        &[6, 12],
        &[15],
        &[6, 6, 3],
    ];
    if !whole.contains(&group.parts.as_slice()) {
        return false;
    }
    let digits = &group.digits;
    let province = digits.get(..2).and_then(|two| two.parse().ok()).unwrap_or(0);
    if !matches!(province, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83 | 91) {
        return false;
    }
    match digits.len() {
        18 => {
            let year = digits.get(6..10).and_then(|year| year.parse().ok());
            year.is_some_and(|year: i32| (1860..=2100).contains(&year) && is_date(year, digits.get(10..14)))
                && check_digit(digits) == digits.chars().last()
        }
        15 => {
            let year = digits.get(6..8).and_then(|year| year.parse::<i32>().ok());
            year.is_some_and(|year| is_date(1900 + year, digits.get(8..12))) && !digits.ends_with('X')
        }
        _ => false,
    }
}

fn is_date(year: i32, month_and_day: Option<&str>) -> bool {
    let part = |from: usize| {
        let text = month_and_day?.get(from..from + 2)?;
        text.parse::<u32>().ok()
    };
    matches!((part(0), part(2)), (Some(month), Some(day)) if NaiveDate::from_ymd_opt(year, month, day).is_some())
}

/// The eighteenth character that the first seventeen ask for; none unless these are digits.
fn check_digit(digits: &str) -> Option<char> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let mut sum = 0;
    for (digit, weight) in digits.chars().zip(WEIGHTS) {
        sum += digit.to_digit(10)? * weight;
    }
    "10X98765432".chars().nth((sum % 11) as usize)
}

/// 1, then 3 to 9, then nine more; with 86 before it or not.
fn is_mobile(group: &Group) -> bool {
    let whole: &[&[usize]] = &[
        &[11],
        &[3, 4, 4],
        &[3, 8],
        &[7, 4],
        &[3, 3, 5],
        &[4, 3, 4],
        &[13],
        &[2, 11],
        &[2, 3, 4, 4],
        &[2, 3, 8],
    ];
    if !whole.contains(&group.parts.as_slice()) {
        return false;
    }
    let digits = match group.digits.len() {
        13 => group.digits.strip_prefix("86"),
        _ => Some(group.digits.as_str()),
    };
    digits.is_some_and(|digits| {
        let mut digits = digits.bytes();
        digits.next() == Some(b'1')
            && matches!(digits.next(), Some(b'3'..=b'9'))
            && !group.digits.ends_with('X')
    })
}

/// What inpatient numbers are called. A number after the last few can be a count of appointments.
const NUMBER_NAMES: &[(&str, bool)] = &[
    ("住院号", false),
    ("病案号", false),
    ("病历号", false),
    ("床号", false),
    ("床位号", false),
    ("门诊号", true),
    ("就诊号", true),
    ("inpatient no", false),
    ("inpatient number", false),
    ("medical record no", false),
    ("hospital no", false),
    ("bed no", false),
    ("mrn", false),
];

/// Words that make a count of the number before them.
const COUNTED: &str = "个人张次名位例条份余多";

fn names_inpatient(text: &[char]) -> bool {
    let lower: Vec<char> = text.iter().map(char::to_ascii_lowercase).collect();
    NUMBER_NAMES.iter().any(|(name, may_be_count)| {
        let name: Vec<char> = name.chars().collect();
        (0..lower.len())
            .any(|at| lower[at..].starts_with(&name) && numbered(&lower[at + name.len()..], *may_be_count))
    })
}

/// Whether a number follows, after the few signs and letters that may stand between.
fn numbered(rest: &[char], may_be_count: bool) -> bool {
    let sign = |character: &&char| {
        matches!(
            **character,
            ' ' | ':' | '#' | '.' | '-' | '为' | '是' | '码' | '(' | '【' | '"' | '“'
        )
    };
    let signs = rest.iter().take(4).take_while(sign).count();
    let rest = &rest[signs..];
    let letters = rest
        .iter()
        .take(3)
        .take_while(|character| character.is_ascii_alphabetic())
        .count();
    let rest = &rest[letters..];
    let digits = rest
        .iter()
        .take_while(|character| character.is_ascii_digit())
        .count();
    let after = rest[digits..].iter().find(|character| **character != ' ');
    digits > 0 && !(may_be_count && after.is_some_and(|after| COUNTED.contains(*after)))
}
