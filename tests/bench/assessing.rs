//! Assessing postings.

use crate::measure::{alone, exponent, once, seconds, shown};
use crate::table::Row;
use chrono::Days;
use std::hint::black_box;
use xiaxiangzhi_core::assess::{assess, default_as_of};
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::posting::{Activity, Day, Leave, Records};
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
    let mut rows = vec![
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
    ];
    rows.extend(more_records(rounds.min(3), &one));
    rows
}

/// 10,000 postings with the usual number of records, ten and a hundred times as many; 1,000 and 200 stand for them.
fn more_records(rounds: usize, usual: &Records) -> [Row; 2] {
    let calendar = Calendar::built_in();
    let of_10_000 = |times: usize, postings: usize| {
        let records = multiplied(usual, times);
        let as_of = default_as_of(&records, records.posting.end);
        let took = alone(rounds, || {
            once(|| {
                for _ in 0..postings {
                    black_box(
                        assess(scheme(), black_box(&records), calendar, as_of).expect("it can be assessed"),
                    );
                }
            })
        });
        let share = u32::try_from(MOST / postings).map_or(f64::NAN, f64::from);
        took.median() * share
    };
    let (at_1, at_10, at_100) = (
        of_10_000(1, MOST),
        of_10_000(10, MOST / 10),
        of_10_000(100, MOST / 50),
    );
    let row = |times: &str, took: f64, exponent: f64| {
        Row::words(
            &format!("  10,000 postings with {times} the records"),
            shown(took),
            format!("{} for 1 x", shown(at_1)),
            format!("exponent {exponent:.2}"),
            "",
            None,
        )
    };
    [
        row("10 x", at_10, exponent(at_1, at_10) * 2.0),
        row("100 x", at_100, exponent(at_1, at_100)),
    ]
}

/// The posting so many times over, one after the other: the days, activities and leaves of one that is so many times as long.
fn multiplied(usual: &Records, times: usize) -> Records {
    let (start, end) = (usual.posting.start, usual.posting.end);
    let length = (end - start).num_days().unsigned_abs() + 1;
    let mut records = usual.clone();
    for later in (1_u64..).take(times - 1).map(|nth| Days::new(nth * length)) {
        records.posting.end = end + later;
        records.days.extend(usual.days.iter().cloned().map(|day| Day {
            date: day.date + later,
            ..day
        }));
        let activities = usual.activities.iter().cloned();
        records.activities.extend(activities.map(|activity| Activity {
            date: activity.date + later,
            ..activity
        }));
        records
            .leaves
            .extend(usual.leaves.iter().cloned().map(|leave| Leave {
                from: leave.from + later,
                to: leave.to + later,
                ..leave
            }));
    }
    records
}
