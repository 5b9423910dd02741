//! The real assessment, asked from outside: a records document in, the published JSON out.

use serde_json::Value;
use xiaxiangzhi_core::assess;
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::scheme::{self, Scheme};

use super::super::generator::Case;
use super::super::naive::{self, Params, PlainCalendar};

/// What `assess --json` answers.
pub(super) fn assess(case: &Case) -> Value {
    let records = Records::from_value(case.document.clone()).expect("the generated records are valid");
    let scheme = scheme_of(&case.params);
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

/// The default scheme with the numbers of `params`.
pub(crate) fn scheme_of(params: &Params) -> Scheme {
    let mut scheme = scheme::built_in("rotation_3m")
        .expect("the default scheme")
        .clone();
    let whole = |number: i64| u32::try_from(number).expect("a small number");
    let few = |number: usize| u32::try_from(number).expect("a small number");
    scheme.attendance.minimum_percent = few(params.minimum_percent);
    scheme.attendance.work_note_required = params.work_note_required;
    for duty in &params.duties {
        let rule = scheme
            .duties
            .iter_mut()
            .find(|rule| rule.id == duty.id)
            .expect("the duty");
        rule.minimum = few(duty.minimum);
        rule.minimum_gap_days = whole(duty.gap_days);
        rule.short_gap = match duty.short_gap {
            naive::ShortGap::Fail => scheme::ShortGap::Fail,
            naive::ShortGap::NotCounted => scheme::ShortGap::NotCounted,
        };
        rule.max_per_day = duty.max_per_day.map(few);
    }
    scheme
}
