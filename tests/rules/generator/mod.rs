//! Random postings and schemes for the property tests.
//!
//! A posting is drawn as small plain numbers, so that proptest can shrink a failing one towards an empty posting, and
//! then written out as the JSON document that everybody exchanges. Only the documents and `as_of` leave this module. Every
//! document is valid input; most are untidy.

mod days;
mod records;
mod scheme;

use std::fmt;

use chrono::{Datelike as _, Days, NaiveDate, TimeDelta, Weekday};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

use days::day_list;
use records::{
    KINDS, LEAVE_KINDS, activity, document, document_list, gaps, leave_lengths, leave_list, numbered,
    override_list,
};
use scheme::{by_years, rotations, schemes};

/// One posting to assess.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) document: Value,
    /// The scheme's document.
    pub(crate) scheme: Value,
    pub(crate) as_of: NaiveDate,
}

impl fmt::Debug for Case {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let document = serde_json::to_string_pretty(&self.document).map_err(|_| fmt::Error)?;
        let scheme = serde_json::to_string_pretty(&self.scheme).map_err(|_| fmt::Error)?;
        write!(out, "as of {}, under {scheme}\n{document}", self.as_of)
    }
}

/// The first date of the posting in `document`.
pub(crate) fn start_of(document: &Value) -> NaiveDate {
    document["posting"]["start"]
        .as_str()
        .expect("a start")
        .parse()
        .expect("a date")
}

/// The last date of the posting in `document`.
pub(crate) fn end_of(document: &Value) -> NaiveDate {
    document["posting"]["end"]
        .as_str()
        .expect("an end")
        .parse()
        .expect("a date")
}

/// A list of the document, to be changed.
pub(crate) fn list_of<'a>(document: &'a mut Value, name: &str) -> &'a mut Vec<Value> {
    document[name].as_array_mut().expect("a list")
}

/// Any posting, under the default scheme, a variant of it, or any other.
pub(crate) fn cases() -> impl Strategy<Value = Case> {
    cases_under(prop_oneof![1 => rotations().boxed(), 2 => schemes().boxed()], 91)
}

/// Postings of more than a year, most of them, under schemes that ask something by the year.
pub(crate) fn long_cases() -> impl Strategy<Value = Case> {
    cases_under(by_years(), 700)
}

/// The case of a seed: always the same.
pub(crate) fn any_case(seed: u8) -> Case {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let tree = cases_under(schemes(), 91).new_tree(&mut runner);
    tree.expect("a case").current()
}

/// Any posting under any scheme, with leave over all but a few dates from `as_of` on, so that every choice can be tried.
pub(crate) fn sparse_cases() -> impl Strategy<Value = Case> {
    let free = vec(0..1_000_i64, 0..9);
    (cases_under(schemes(), 50), free, 0..8_i64).prop_map(|(mut case, free, ago)| {
        let (start, end) = (start_of(&case.document), end_of(&case.document));
        let length = (end - start).num_days() + 1;
        case.as_of = start + TimeDelta::days(length * ago / 10 - 1);
        let free: Vec<NaiveDate> = free
            .iter()
            .map(|offset| start + TimeDelta::days(offset % length))
            .collect();
        let away = start.iter_days().take_while(|date| *date <= end);
        let away = away.filter(|date| *date >= case.as_of && !free.contains(date));
        let mut leaves: Vec<Value> = Vec::new();
        for (number, date) in away.enumerate() {
            leaves.push(json!({
                "id": format!("0199a1c2-1111-7000-8000-{number:012}"), "kind": "study_leave",
                "from": date, "from_half": "morning", "to": date, "to_half": "afternoon",
            }));
        }
        *list_of(&mut case.document, "leaves") = leaves;
        case
    })
}

fn cases_under(schemes: impl Strategy<Value = Value>, usual: u64) -> impl Strategy<Value = Case> {
    let time = (starts(), lengths(usual), 0..=1_000_i64, 0..4_u8);
    let days = (0..4_usize, vec(any::<u32>(), 132));
    let series = vec((0..KINDS.len(), 0..1_000_i64, 5..16_i64, 1..12_i64), 0..5);
    let singles = vec((0..KINDS.len(), 0..1_000_i64, 1..4_u8, 0..5_u8, 0..24_u8), 0..10);
    let rest = (
        vec(
            (
                gaps(),
                leave_lengths(),
                0..8_usize,
                0..6_usize,
                any::<bool>(),
                0..LEAVE_KINDS.len(),
            ),
            0..5,
        ),
        vec((0..1_000_i64, any::<bool>()), 0..6),
        prop_oneof![40 => Just(false), 1 => Just(true)],
        vec(document(), 0..4),
        (schemes, 0..4_usize),
        any::<u32>(),
    );
    (time, days, series, singles, rest).prop_map(|(time, days, series, singles, rest)| {
        let (start, length, as_of, ended) = time;
        let (leaves, overrides, only_rest_days, documents, (scheme, station), order) = rest;
        let end = start + Days::new(length - 1);
        let length = i64::try_from(length).expect("a short posting");
        let station = [Value::Null, json!("resident"), json!("visiting"), Value::Null][station].clone();
        // A quarter of the postings have just ended; the others stand anywhere from before to after.
        let as_of = match ended {
            3 => end + Days::new(1),
            _ => start + TimeDelta::days(as_of * (length + 19) / 1_000 - 10),
        };
        let within = |offset: i64| start + TimeDelta::days(offset % (length + 12) - 6);
        let mut activities = Vec::new();
        for (kind, first, step, count) in series {
            let first = within(first % 40);
            activities.extend((0..count).map(|nth| activity(kind, first + TimeDelta::days(nth * step), 0, 18)));
        }
        for (kind, offset, times, tallies, marked) in singles {
            activities.extend((0..times).map(|_| activity(kind, within(offset), tallies, marked)));
        }
        let document = json!({
            "format": "xiaxiangzhi.posting",
            "version": 1,
            "posting": {
                "id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a11",
                "physician": {"name": "李晓梅"},
                "start": start,
                "end": end,
                "scheme": scheme["id"],
                "station": station,
            },
            "calendar_overrides": shuffled(override_list(start, end, only_rest_days, &overrides, &within), order),
            "days": shuffled(day_list(start, length, days.0, &days.1), order),
            "activities": numbered(shuffled(activities, order)),
            "leaves": shuffled(leave_list(start, &leaves), order),
            "documents": document_list(as_of, &documents),
        });
        Case { document, scheme, as_of }
    })
}

/// Handovers of 2019 to 2027, any other dates, and dates around the Spring Festival and the year's end.
fn starts() -> impl Strategy<Value = NaiveDate> {
    let date = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a date");
    prop_oneof![
        6 => (2019..=2027_i32, 0..4_u32).prop_map(move |(year, quarter)| first_monday(date(year, quarter * 3 + 1, 1))),
        2 => (0..3_285_u64).prop_map(move |days| date(2019, 1, 1) + Days::new(days)),
        2 => (2019..=2027_i32, 0..40_u64).prop_map(move |(year, days)| date(year, 1, 10) + Days::new(days)),
        2 => (2019..=2027_i32, 0..75_u64).prop_map(move |(year, days)| date(year, 10, 15) + Days::new(days)),
    ]
}

fn first_monday(date: NaiveDate) -> NaiveDate {
    date.iter_days()
        .find(|day| day.weekday() == Weekday::Mon)
        .expect("every week has a Monday")
}

/// Lengths of postings where `usual` is the usual one: it, a week more or less, and any shorter and somewhat longer.
fn lengths(usual: u64) -> impl Strategy<Value = u64> {
    let week = prop_oneof![Just((usual - 7).max(1)), Just(usual + 7)];
    prop_oneof![2 => Just(usual), 1 => week, 5 => 1..=usual + usual / 3, 1 => 1..=5_u64]
}

/// The list in another order; in the same one for 0.
pub(crate) fn shuffled(list: Vec<Value>, order: u32) -> Vec<Value> {
    let key = |place: usize| {
        (u64::try_from(place).expect("a short list") + 1).wrapping_mul(u64::from(order)) % 9_973
    };
    let mut keyed: Vec<_> = list
        .into_iter()
        .enumerate()
        .map(|(place, one)| (key(place), one))
        .collect();
    keyed.sort_by_key(|(key, _)| *key);
    keyed.into_iter().map(|(_, one)| one).collect()
}
