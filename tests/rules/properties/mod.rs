//! Properties that hold for every posting.
//!
//! The seed is fixed, so that a run is repeatable; together more than 20,000 postings are tried, most of them under schemes that
//! are as random. `PROPTEST_CASES` asks for more than the usual number, `XIAXIANGZHI_TORTURE=release` for fifty times as many. A
//! failing posting is shrunk and printed as the records document that shows the fault.

mod changes;
mod futures;
mod lines;
mod real;

pub(crate) use real::scheme_of;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use serde_json::Value;
use xiaxiangzhi_core::scheme::Scheme;

use super::generator::{Case, cases, long_cases};
use super::naive;

type Outcome = Result<(), TestCaseError>;

/// Tries a property on so many cases, and panics with the smallest failing one.
pub(crate) fn check<S: Strategy>(least: u32, strategy: &S, property: impl Fn(S::Value) -> Outcome) {
    let asked = Config::default();
    let config = Config {
        cases: asked.cases.max(amount(least)),
        failure_persistence: None,
        max_global_rejects: 1_000_000,
        ..asked
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[20; 32]);
    match TestRunner::new_with_rng(config, rng).run(strategy, property) {
        Ok(()) => {}
        Err(TestError::Fail(reason, case)) => panic!("{reason}\nfor {case:?}"),
        Err(TestError::Abort(reason)) => panic!("too few postings were tried: {reason}"),
    }
}

/// How many are tried: in an ordinary run as many as said, before a release fifty times as many.
fn amount(ordinary: u32) -> u32 {
    match std::env::var("XIAXIANGZHI_TORTURE").as_deref() {
        Ok("release") => ordinary * 50,
        Ok(other) => panic!("XIAXIANGZHI_TORTURE is {other:?}; it can be \"release\" or not be set"),
        Err(_) => ordinary,
    }
}

fn naive_assess(case: &Case) -> Value {
    naive::assess(&case.document, &case.scheme, &real::plain_calendar(), case.as_of)
}

/// The counted duties of a case's scheme.
fn duties_of(case: &Case) -> Vec<Value> {
    case.scheme["duties"].as_array().cloned().unwrap_or_default()
}

/// A requirement of an assessment.
fn requirement<'a>(assessment: &'a Value, id: &str) -> &'a Value {
    let all = assessment["requirements"].as_array().expect("requirements");
    all.iter()
        .find(|one| one["id"] == id)
        .expect("the requirement is assessed")
}

fn half_days(assessment: &Value, figure: &str) -> i64 {
    assessment["attendance"][figure]
        .as_i64()
        .expect("a number of half-days")
}

/// Fails where `part` is not found the same in `whole`, which may hold more fields.
fn agrees(path: &str, part: &Value, whole: &Value) -> Outcome {
    match (part, whole) {
        (Value::Object(fields), Value::Object(_)) if path != "/tallies" => {
            fields.iter().try_for_each(|(name, value)| {
                let there = whole
                    .get(name)
                    .ok_or_else(|| TestCaseError::fail(format!("no {path}/{name}")))?;
                agrees(&format!("{path}/{name}"), value, there)
            })
        }
        (Value::Array(ours), Value::Array(theirs)) if ours.len() == theirs.len() => ours
            .iter()
            .zip(theirs)
            .enumerate()
            .try_for_each(|(place, (our, their))| agrees(&format!("{path}/{place}"), our, their)),
        _ => {
            prop_assert!(
                part == whole,
                "{} is {} in the assessment, but should be {}",
                path,
                whole,
                part
            );
            Ok(())
        }
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The first and last date of a finding, to sort by: one without dates comes last.
fn dates_of(finding: &Value) -> (bool, Option<String>, Option<String>) {
    (
        finding["from"].is_null(),
        finding["from"].as_str().map(str::to_owned),
        finding["to"].as_str().map(str::to_owned),
    )
}

#[test]
fn the_assessment_is_the_one_worked_out_by_hand() {
    check(5_000, &cases(), |case| as_by_hand(&case));
}

/// The same for postings of more than a year, where numbers and duties are asked by the year.
#[test]
fn a_posting_of_years_is_the_one_worked_out_by_hand() {
    check(250, &long_cases(), |case| as_by_hand(&case));
}

fn as_by_hand(case: &Case) -> Outcome {
    let mut assessment = real::assess(case);
    let findings = assessment["findings"].as_array_mut().expect("a list");
    prop_assert!(findings.is_sorted_by_key(dates_of), "findings are not by date");
    // Findings of the same dates may come in any order.
    findings.sort_by_key(|finding| {
        (
            dates_of(finding),
            text(&finding["code"]).to_owned(),
            text(&finding["requirement"]).to_owned(),
        )
    });
    agrees("", &naive_assess(case), &assessment)
}

/// A hospital's own scheme survives being written and read.
#[test]
fn a_scheme_comes_back_as_it_was() {
    check(1_000, &cases(), |case| {
        let scheme = scheme_of(&case);
        let document = serde_json::to_value(&scheme).expect("a scheme is JSON");
        prop_assert_eq!(Scheme::from_value(document), Ok(scheme));
        Ok(())
    });
}

#[test]
fn every_scheduled_half_day_is_accounted_for_once() {
    check(2_000, &cases(), |case| {
        let assessment = real::assess(&case);
        let excluded = assessment["attendance"]["excluded"]
            .as_array()
            .expect("a list")
            .len();
        let figures = [
            "attended",
            "leave",
            "unrecorded",
            "absent",
            "recalled",
            "remaining",
        ];
        let sum: i64 = figures
            .iter()
            .map(|name| half_days(&assessment, &format!("{name}_half_days")))
            .sum();
        let sum = sum + i64::try_from(excluded).expect("a short list");
        prop_assert_eq!(half_days(&assessment, "scheduled_half_days"), sum);
        Ok(())
    });
}
