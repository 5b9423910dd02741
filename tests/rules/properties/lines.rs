//! Duties along the posting, as the screens draw them.

use std::collections::BTreeSet;

use chrono::Days;
use proptest::prelude::*;
use serde_json::Value;
use xiaxiangzhi_core::assess::time_lines;
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::posting::Records;

use super::super::generator::{cases, end_of, start_of};
use super::{check, duties_of, real, requirement, scheme_of};

#[test]
fn the_cells_of_a_line_cover_the_posting_once_and_say_what_was_missed() {
    check(1_500, &cases(), |case| {
        let records = Records::from_value(case.document.clone()).expect("valid records");
        let lines =
            time_lines(&scheme_of(&case), &records, Calendar::built_in(), case.as_of).expect("known years");
        let assessment = real::assess(&case);
        prop_assert_eq!(lines.len(), duties_of(&case).len());
        for (line, duty) in lines.iter().zip(duties_of(&case)) {
            let mut next = start_of(&case.document);
            for cell in &line.cells {
                prop_assert_eq!(cell.from, next, "{}", line.requirement);
                prop_assert!(cell.from <= cell.to);
                next = cell.to + Days::new(1);
            }
            prop_assert_eq!(
                next,
                end_of(&case.document) + Days::new(1),
                "{}",
                line.requirement
            );

            let missed = line.cells.iter().filter(|cell| cell.missed);
            let missed: BTreeSet<_> = missed
                .map(|cell| (cell.from.to_string(), cell.to.to_string()))
                .collect();
            let findings = assessment["findings"].as_array().expect("a list").iter();
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let found: BTreeSet<_> = findings
                .filter(|one| one["code"] == "cadence_missed" && one["requirement"] == duty["id"])
                .map(|one| (text(&one["from"]), text(&one["to"])))
                .collect();
            prop_assert_eq!(missed, found, "{}", line.requirement);

            // With a least gap, no date is both too close to another and open.
            let both = line.allowed.iter().any(|open| {
                line.blocked
                    .iter()
                    .any(|blocked| blocked.from <= open.to && open.from <= blocked.to)
            });
            prop_assert!(
                !both,
                "{}: {:?} and {:?}",
                line.requirement,
                line.allowed,
                line.blocked
            );
            let verdict = requirement(&assessment, &line.requirement);
            let nothing_ahead = line.planned.is_empty();
            if let (Some(open), Some(date), true) = (
                line.allowed.first(),
                verdict["next_allowed_date"].as_str(),
                nothing_ahead,
            ) {
                prop_assert_eq!(open.from.to_string(), date, "{}", line.requirement);
            }
        }
        Ok(())
    });
}
