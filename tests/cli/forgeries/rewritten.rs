//! Logs made anew from end to end: right in themselves, and held against what was received before.

use std::fs;

use xiaxiangzhi_core::log::{public_key, to_hex};

use super::forgery::Forgery;
use super::kinds::{Case, KEY, THIEF};
use crate::format::kept;

/// Whole logs made anew by one who has the key, held against what was received before.
pub(super) fn the_past_rewritten() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut case = |what, against, verdict, work: &dyn Fn(&mut Forgery)| {
        let mut forgery = Forgery::of("everything.xxz", KEY);
        work(&mut forgery);
        forgery.rechain();
        cases.push(Case {
            what,
            bytes: forgery.bytes(),
            against: Some(against),
            verdict,
            place: None,
        });
    };
    let events = |f: &mut Forgery, change: &dyn Fn(&mut Vec<String>)| f.lines("events.jsonl", change);
    case("a count of January rewritten", "everything.xxz", "fork", &|f| {
        events(f, &|e| e[4] = e[4].replace("visits\":23", "visits\":32"));
    });
    case(
        "a count rewritten before a change of key, which then proves nothing",
        "earlier.xxz",
        "other_key",
        &|f| {
            events(f, &|e| e[4] = e[4].replace("visits\":23", "visits\":32"));
        },
    );
    case(
        "the instant of an entry rewritten",
        "everything.xxz",
        "fork",
        &|f| {
            events(f, &|e| e[20] = e[20].replace("2026-01-09T", "2026-01-08T"));
        },
    );
    case(
        "a reviewer's decision taken out",
        "everything.xxz",
        "fork",
        &|f| events(f, &|e| drop(e.remove(47))),
    );
    case(
        "a reviewer's decision rewritten",
        "everything.xxz",
        "fork",
        &|f| {
            events(f, &|e| e[47] = e[47].replace("\"returned\"", "\"approved\""));
        },
    );
    case("a jump of the clock taken out", "everything.xxz", "fork", &|f| {
        events(f, &|e| drop(e.remove(48)));
    });
    case("a loss claimed that never was", "everything.xxz", "fork", &|f| {
        events(f, &|e| {
            e[48] = e[51]
                .replace("000200000050", "0002000000aa")
                .replace(&"ab".repeat(32), &"cd".repeat(32));
        });
    });
    case(
        "held against a file that is forged itself",
        "forged-earlier.xxz",
        "earlier_not_genuine",
        &|_| {},
    );
    case("another posting", "example.xxz", "other_posting", &|_| {});
    case(
        "a new key that the old one did not sign",
        "earlier.xxz",
        "other_key",
        &|f| {
            events(f, &|e| {
                let end = e[52].find(",\"signature\"").unwrap();
                e[52] = format!("{}}}}}", &e[52][..end]);
            });
        },
    );
    case(
        "the log begun anew under another key",
        "everything.xxz",
        "other_key",
        &|f| {
            f.seed = THIEF;
            let own = to_hex(&public_key(&THIEF));
            events(f, &|e| {
                e[0] = e[0].replace(
                    "8139770ea87d175f56a35466c34c7ecccb8d8a91b4ee37a25df60f5b8fc9b394",
                    &own,
                );
                e.remove(52);
            });
        },
    );
    cases.push(Case {
        what: "an old file sent again",
        bytes: fs::read(kept("earlier.xxz")).unwrap(),
        against: Some("everything.xxz"),
        verdict: "older",
        place: None,
    });
    cases
}
