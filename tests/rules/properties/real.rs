//! The real assessment, asked from outside: a records document in, the published JSON out.

use serde_json::Value;
use xiaxiangzhi_core::assess;
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::scheme::Scheme;

use super::super::generator::Case;
use super::super::naive::PlainCalendar;

/// What `assess --json` answers.
pub(super) fn assess(case: &Case) -> Value {
    let records = Records::from_value(case.document.clone()).expect("the generated records are valid");
    let scheme = scheme_of(case);
    let answer = assess::assess(&scheme, &records, Calendar::built_in(), case.as_of).expect("a known year");
    serde_json::to_value(answer).expect("an assessment is JSON")
}

/// The built-in calendar as the naive assessment asks it.
pub(super) fn plain_calendar() -> PlainCalendar<'static> {
    PlainCalendar {
        workday: &|date| Calendar::built_in().is_workday(date).expect("a known year"),
        published: &Calendar::is_published,
    }
}

/// The scheme of a case, read from its document as a hospital's own would be.
pub(crate) fn scheme_of(case: &Case) -> Scheme {
    Scheme::from_value(case.scheme.clone()).expect("the generated schemes are valid")
}
