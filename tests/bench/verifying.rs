//! Opening a review file from elsewhere: what trust costs.

use crate::measure::{exponent, in_turn, seconds, shown};
use crate::support::{Kept, SEED, day, evening};
use crate::table::Row;
use chrono::{Days, NaiveDate};
use std::hint::black_box;
use xiaxiangzhi_core::log::{Entity, EventKind, Exported, public_key, sha256, sign, signed_by};
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::reviewfile::{Basis, Export, Verdict, verify, write};

pub(crate) fn rows(rounds: usize) -> Vec<Row> {
    let measured = [30, 300, 3_000].map(|events| {
        let file = review_file(events);
        let signature = sign(&SEED, &file[..256]);
        let mut ours = || {
            seconds(|| {
                let verdict = verify(black_box(&file), None).verdict;
                assert!(matches!(verdict, Verdict::Genuine { .. }), "{verdict:?}");
            })
        };
        let mut limit = || {
            seconds(|| {
                black_box(sha256(black_box(&file)));
                assert!(signed_by(&public_key(&SEED), black_box(&file[..256]), &signature));
            })
        };
        let times = in_turn(rounds, &mut [&mut ours, &mut limit]);
        (times[0].clone(), times[1].clone(), file.len())
    });
    let [small, (ours, limit, bytes), large] = &measured;
    vec![
        Row::compared(
            &format!("open and verify a .xxz (300 events, {} kB)", bytes / 1000),
            (ours, limit),
            "one hash, one signature",
            "<= 2 x, < 10 ms",
            |ratio| Some(ratio <= 2.0 && ours.median() < 0.010),
        ),
        Row::words(
            "  growth from 30 to 3,000 events",
            shown(large.0.median()),
            format!("{} for 30", shown(small.0.median())),
            format!("exponent {:.2}", exponent(small.0.median(), large.0.median())),
            "",
            None,
        ),
    ]
}

/// A file of about so many events: the days of a posting, each written and corrected again and again.
fn review_file(events: u64) -> Vec<u8> {
    let mut kept = Kept::new();
    let first = NaiveDate::from_ymd_opt(2026, 1, 5).expect("a date");
    for number in 0..events {
        let date = first + Days::new(number % 90);
        let note = format!("门诊日常工作，第{number}次记录：上午坐诊，下午随访慢病病人，整理病历。");
        kept.set(Entity::Day, &date.to_string(), day(&note, number), evening(20));
    }
    let exported = Exported {
        number: 1,
        as_of: "2026-04-06".to_owned(),
    };
    let id = kept.counter.id();
    let prepared = kept
        .log
        .prepare_event(id, evening(21), EventKind::Exported(exported))
        .expect("an event");
    kept.keep(&prepared);
    let records = Records::from_value(kept.document()).expect("the days are in order");
    write(&Export {
        log: &kept.log,
        bodies: &kept.bodies,
        beside: &kept.beside,
        seed: &SEED,
        basis: &Basis::of(&records).expect("the scheme is built in"),
        as_of: NaiveDate::from_ymd_opt(2026, 4, 6).expect("a date"),
        at: evening(21),
    })
    .expect("a log within its limits")
}
