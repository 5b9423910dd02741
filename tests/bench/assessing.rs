//! Assessing postings.

use crate::measure::{alone, exponent, once, seconds, shown};
use crate::table::Row;
use std::hint::black_box;
use xiaxiangzhi_core::assess::{assess, default_as_of};
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::sample::sample;
use xiaxiangzhi_core::scheme::{Scheme, built_in};

const MOST: usize = 10_000;

pub(crate) fn scheme() -> &'static Scheme {
    built_in("rotation_3m").expect("the default scheme is built in")
}

pub(crate) fn rows(rounds: usize) -> Vec<Row> {
    let calendar = Calendar::built_in();
    let assessed = |records: &Records| {
        let as_of = default_as_of(records, records.posting.end);
        black_box(assess(scheme(), black_box(records), calendar, as_of).expect("a sample can be assessed"));
    };
    let one = sample(1, scheme()).expect("the default scheme has a sample");
    let single = alone(rounds, || seconds(|| assessed(&one)));

    // 100 different postings, gone through again and again: the memory that 10,000 take is not the subject.
    let postings: Vec<Records> = (0..100).filter_map(|seed| sample(seed, scheme()).ok()).collect();
    let many = |count: usize| {
        alone(rounds.min(5), || {
            once(|| postings.iter().cycle().take(count).for_each(assessed))
        })
    };
    let (few, most) = (many(MOST / 100).median(), many(MOST));
    vec![
        Row::timed("assess one posting (91 days)", &single, "< 200 us", 200e-6),
        Row::timed("assess 10,000 postings, one core", &most, "< 2 s", 2.0),
        Row::words(
            "  growth from 100 to 10,000 postings",
            shown(most.median()),
            format!("{} for 100", shown(few)),
            format!("exponent {:.2}", exponent(few, most.median())),
            "",
            None,
        ),
    ]
}
