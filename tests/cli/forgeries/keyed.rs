//! Forgeries by one who has a key: that of the log, a former one of it, or one of their own.

use xiaxiangzhi_core::log::{public_key, sha256, sign, to_hex};

use super::forgery::{Forgery, other_spelling, small_order};
use super::kinds::{Case, FORMER_KEY, KEY, PHOTO, SCHEME, THIEF};

/// What is done with a key: that of the log, a former one of it, or the forger's own.
pub(super) fn with_a_key() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut case = |what, verdict, place, work: &dyn Fn(&mut Forgery)| {
        let mut forgery = Forgery::of("everything.xxz", KEY);
        work(&mut forgery);
        cases.push(Case {
            what,
            bytes: forgery.bytes(),
            against: None,
            verdict,
            place,
        });
    };
    let altered = "altered";
    let (signature, manifest, events) = (Some("signature"), Some("manifest.json"), Some("events.jsonl"));
    let (texts, container) = (Some("texts.jsonl"), Some("container"));
    let signed_by = |f: &mut Forgery, seed: [u8; 32]| {
        f.seed = seed;
        f.reseal(|manifest| manifest["key"] = to_hex(&public_key(&seed)).into());
    };
    case("a manifest changed and not signed", altered, signature, &|f| {
        f.replace(
            "manifest.json",
            "\"as_of\":\"2026-04-06\"",
            "\"as_of\":\"2026-04-05\"",
        );
    });
    case("signed by another key in silence", altered, signature, &|f| {
        f.seed = THIEF;
        f.sign();
    });
    case("signed without saying what for", altered, signature, &|f| {
        let manifest = f.entry("manifest.json").clone();
        *f.entry("signature") = sign(&KEY, &manifest).to_vec();
    });
    case("signed as a decision of an office", altered, signature, &|f| {
        let message = [b"XXZ1-review\0", &f.entry("manifest.json")[..]].concat();
        *f.entry("signature") = sign(&KEY, &message).to_vec();
    });
    case(
        "a signature in its other spelling",
        altered,
        signature,
        &other_spelling,
    );
    case(
        "a signature by a key of small order",
        altered,
        signature,
        &small_order,
    );
    case("signed by another key that it names", altered, events, &|f| {
        signed_by(f, THIEF);
    });
    case("signed by the key before the change", altered, events, &|f| {
        signed_by(f, FORMER_KEY);
    });
    case("a number of events that is not so", altered, events, &|f| {
        f.reseal(|m| m["head"]["n"] = 55.into());
    });
    case("a head that is not so", altered, events, &|f| {
        f.reseal(|m| m["head"]["hash"] = "ab".repeat(32).into());
    });
    case("another origin", altered, events, &|f| {
        f.reseal(|m| m["origin"] = "records".into());
    });
    case("another number of the export", altered, events, &|f| {
        f.reseal(|m| m["export"] = 4.into());
    });
    case("another date of the verdict", altered, events, &|f| {
        f.reseal(|m| m["as_of"] = "2026-03-31".into());
    });
    case("another posting's id", altered, Some("events.jsonl:1"), &|f| {
        f.reseal(|m| m["log"] = "0199c0de-0000-7000-8000-000000000009".into());
    });
    case("another scheme than the log's", altered, manifest, &|f| {
        f.reseal(|m| m["scheme"]["id"] = "yicheng".into());
    });
    case("another version of the scheme", altered, manifest, &|f| {
        f.reseal(|m| m["scheme"]["version"] = 7.into());
    });
    case("another kind in the manifest", altered, manifest, &|f| {
        f.reseal(|m| m["kind"] = "review".into());
    });
    case("a field more in the manifest", altered, manifest, &|f| {
        f.reseal(|m| m["approved"] = true.into());
    });
    case("no instant of the export", altered, manifest, &|f| {
        f.reseal(|m| m["at"] = "yesterday".into());
    });
    case(
        "a newer format in the manifest only",
        "newer_format",
        None,
        &|f| f.reseal(|m| m["version"] = 2.into()),
    );
    case(
        "an entry that the manifest does not name",
        altered,
        container,
        &|f| {
            f.reseal(|m| drop(m["entries"].as_array_mut().unwrap().pop()));
        },
    );
    case("a wrong length in the manifest", altered, texts, &|f| {
        f.reseal(|m| m["entries"][2]["length"] = 1.into());
    });
    case("a wrong hash in the manifest", altered, texts, &|f| {
        f.reseal(|m| m["entries"][2]["sha256"] = "0".repeat(64).into());
    });
    // Events changed and all else signed anew, but for the chain.
    let lines = |change: &dyn Fn(&mut Vec<String>)| {
        let change = |f: &mut Forgery| {
            f.lines("events.jsonl", change);
            f.reseal(|_| {});
        };
        let mut forgery = Forgery::of("everything.xxz", KEY);
        change(&mut forgery);
        forgery.bytes()
    };
    let mut event = |what, verdict, place, change: &dyn Fn(&mut Vec<String>)| {
        cases.push(Case {
            what,
            bytes: lines(change),
            against: None,
            verdict,
            place,
        });
    };
    event("a count changed", altered, events, &|e| {
        e[4] = e[4].replace("visits\":23", "visits\":32");
    });
    event("the last event cut off", altered, events, &|e| drop(e.pop()));
    event("an event taken out", altered, events, &|e| drop(e.remove(21)));
    event("two events swapped", altered, events, &|e| e.swap(12, 13));
    event("an event twice", altered, Some("events.jsonl:6"), &|e| {
        e.insert(5, e[4].clone());
    });
    event("no beginning", altered, Some("events.jsonl:1"), &|e| {
        drop(e.remove(0));
    });
    event("a second beginning", altered, Some("events.jsonl:57"), &|e| {
        e.push(e[0].replace("000200000001\"", "0002000000ff\""));
    });
    event("an empty line", altered, Some("events.jsonl:10"), &|e| {
        e.insert(9, String::new());
    });
    event("an event of a newer program", "newer_format", None, &|e| {
        e[9] = e[9].replace("{\"v\":1", "{\"v\":2");
    });
    event(
        "an event about nothing known",
        altered,
        Some("events.jsonl:10"),
        &|e| {
            e[9] = e[9].replace("\"set\":\"activity\"", "\"set\":\"bonus\"");
        },
    );
    event(
        "an event with two meanings",
        altered,
        Some("events.jsonl:10"),
        &|e| {
            e[9] = e[9].replace("\"set\":\"activity\"", "\"set\":\"activity\",\"set\":\"day\"");
        },
    );
    // What stands beside the chain.
    let mut beside = |what, place, work: &dyn Fn(&mut Forgery)| {
        let mut forgery = Forgery::of("everything.xxz", KEY);
        work(&mut forgery);
        forgery.reseal(|_| {});
        cases.push(Case {
            what,
            bytes: forgery.bytes(),
            against: None,
            verdict: altered,
            place,
        });
    };
    beside("a text changed", texts, &|f| {
        f.replace("texts.jsonl", "下村巡诊", "下村义诊");
    });
    beside("a text left out", texts, &|f| {
        f.lines("texts.jsonl", &|t| drop(t.remove(0)));
    });
    beside("a text of no event", texts, &|f| {
        f.lines("texts.jsonl", &|t| {
            t.push(format!("{{\"salt\":\"{}\",\"text\":\"优秀\"}}", "0".repeat(32)));
        });
    });
    beside("a salt changed", texts, &|f| {
        f.lines("texts.jsonl", &|t| {
            t[0] = t[0]
                .replace("\"salt\":\"5a", "\"salt\":\"5b")
                .replace("\"salt\":\"0", "\"salt\":\"1");
        });
    });
    beside(
        "a picture of no event",
        Some("blobs/74087a9dfa27f3cdd41c96e0c7718b1c66fe30015fb79009c9cbb51a61344151"),
        &|f| {
            let data = b"of no event".to_vec();
            f.entries
                .push((format!("blobs/{}", to_hex(&sha256(&data))), data));
            f.entries[5..].sort();
        },
    );
    beside("a photo replaced under its name", Some(PHOTO), &|f| {
        *f.entry(PHOTO) = b"another picture".to_vec();
    });
    beside("the scheme left out", Some(SCHEME), &|f| {
        f.entries.retain(|(name, _)| name != SCHEME);
    });
    cases
}
