//! The verdicts of this version of the engine, kept as a text: whoever changes one sees it in the diff.

use crate::generator::any_case;
use crate::properties::scheme_of;
use chrono::{Days, NaiveDate};
use std::fmt::Write as _;
use std::path::Path;
use xiaxiangzhi_core::assess::{Assessment, assess};
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::sample::sample;
use xiaxiangzhi_core::scheme::{Scheme, built_in};

const HEAD: &str = "# Verdicts of the engine. Written by the test with UPDATE_VERDICTS=1; a line that changes is a verdict that changes.\n";

/// Set `UPDATE_VERDICTS=1` to write them anew. The random postings change with their generator too.
#[test]
fn the_verdicts_are_those_that_were_kept() {
    let mut now = HEAD.to_owned();
    let rotation = built_in("rotation_3m").unwrap();
    let records = sample(1, rotation).unwrap();
    let (start, end) = (records.posting.start, records.posting.end);
    for as_of in [start, start + Days::new(45), end + Days::new(1)] {
        writeln!(now, "\nrotation_3m, sample 1, {as_of}").unwrap();
        now += &verdict(rotation, &records, as_of);
    }
    for seed in 1..=12 {
        let case = any_case(seed);
        let scheme = scheme_of(&case);
        let records = Records::from_value(case.document).unwrap();
        writeln!(now, "\nrandom {seed}, {}", case.as_of).unwrap();
        now += &verdict(&scheme, &records, case.as_of);
    }

    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/verdicts.txt");
    if std::env::var_os("UPDATE_VERDICTS").is_some() {
        std::fs::write(&path, &now).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let changed: Vec<_> = now
        .lines()
        .zip(kept.lines())
        .filter(|(now, kept)| now != kept)
        .collect();
    assert!(
        changed.is_empty() && now.lines().count() == kept.lines().count(),
        "verdicts have changed; if that is meant, run the test with UPDATE_VERDICTS=1 (now, kept): {:#?}",
        &changed[..changed.len().min(5)]
    );
}

fn verdict(scheme: &Scheme, records: &Records, as_of: NaiveDate) -> String {
    let answer = assess(scheme, records, Calendar::built_in(), as_of).unwrap();
    let mut lines = String::new();
    let name = |value: serde_json::Value| value.as_str().unwrap_or("-").to_owned();
    let shown = |date: Option<NaiveDate>| date.map_or("-".to_owned(), |date| date.to_string());
    for one in &answer.requirements {
        let status = name(serde_json::to_value(one.status).unwrap());
        let done = match (&one.counted, one.amount) {
            (Some(counted), _) => counted.len().to_string(),
            (None, Some(amount)) => amount.to_string(),
            (None, None) => answer.attendance.attended_half_days.to_string(),
        };
        let (next, last) = (shown(one.next_allowed_date), shown(one.last_safe_date));
        writeln!(
            lines,
            "  {} {status}: {done} of {}, next {next}, last {last}",
            one.id, one.minimum
        )
        .unwrap();
    }
    lines += &money(&answer);
    for taken in &answer.allowances {
        let times: Vec<String> = taken.months.iter().map(|month| month.taken.to_string()).collect();
        writeln!(lines, "  {}: {}", taken.id, times.join(" ")).unwrap();
    }
    if let Some(points) = &answer.points {
        let grade = points.grade.as_deref().unwrap_or("-");
        writeln!(
            lines,
            "  points {}, {} waiting, grade {grade}",
            points.total, points.waiting
        )
        .unwrap();
    }
    for finding in &answer.findings {
        let code = name(serde_json::to_value(finding.code).unwrap());
        let of = finding.requirement.as_deref().unwrap_or("-");
        writeln!(
            lines,
            "  ! {code} {of} {} {}",
            shown(finding.from),
            shown(finding.to)
        )
        .unwrap();
    }
    lines
}

fn money(answer: &Assessment) -> String {
    let of = &answer.consequences;
    let form = serde_json::to_value(of.appraisal_form).unwrap();
    format!(
        "  {} failed: {} - {} fen, department {} - {} - {}, physician fined {}, form {}, repeated {}\n",
        answer.failed.len(),
        of.subsidy_fen,
        of.deducted_fen,
        of.department_reward_fen,
        of.department_fine_fen,
        of.recall_fine_department_fen,
        of.recall_fine_physician_fen,
        form.as_str().unwrap_or("-"),
        of.repeat_posting
    )
}
