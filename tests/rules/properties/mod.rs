//! Properties that hold for every posting.
//!
//! The seed is fixed, so that a run is repeatable; `PROPTEST_CASES` asks for more postings than the usual number. A
//! failing posting is shrunk and printed as the records document that shows the fault.

mod changes;
mod futures;
mod real;

pub(crate) use real::scheme_of;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use serde_json::Value;

use super::generator::{Case, cases};
use super::naive;

type Outcome = Result<(), TestCaseError>;

/// Tries a property on so many cases, and panics with the smallest failing one.
pub(crate) fn check<S: Strategy>(least: u32, strategy: &S, property: impl Fn(S::Value) -> Outcome) {
    let asked = Config::default();
    let config = Config {
        cases: asked.cases.max(least),
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

fn naive_assess(case: &Case) -> Value {
    naive::assess(&case.document, &case.params, &real::plain_calendar(), case.as_of)
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

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// The first and last date of a finding, to sort by: one without dates comes last.
fn dates_of(finding: &Value) -> (bool, Option<String>, Option<String>) {
    (
        finding["from"].is_null(),
        text(&finding["from"]),
        text(&finding["to"]),
    )
}

#[test]
fn the_assessment_is_the_one_worked_out_by_hand() {
    check(5_000, &cases(), |case| {
        let mut assessment = real::assess(&case);
        let findings = assessment["findings"].as_array_mut().expect("a list");
        prop_assert!(findings.is_sorted_by_key(dates_of), "findings are not by date");
        // Findings of the same dates may come in any order.
        findings.sort_by_key(|finding| {
            (
                dates_of(finding),
                text(&finding["code"]),
                text(&finding["requirement"]),
            )
        });
        agrees("", &naive_assess(&case), &assessment)
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
