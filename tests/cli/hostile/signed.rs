//! Files that are signed and whole, and hold what no program of ours would write.

use serde_json::{Value, json};

use super::{Hostile, ReadAs};
use crate::forgeries::forgery::Forgery;
use crate::forgeries::kinds::KEY;
use xiaxiangzhi_core::log::{sha256, to_hex};

pub(super) fn all() -> Vec<Hostile> {
    let mut found = manifests();
    found.extend(events());
    found.extend(records());
    found.extend(texts());
    found.extend(blobs());
    found
}

fn made(what: impl Into<String>, said: &[&'static str], work: &dyn Fn(&mut Forgery)) -> Hostile {
    let mut forgery = Forgery::of("everything.xxz", KEY);
    work(&mut forgery);
    Hostile::new(what, forgery.bytes(), ReadAs::ReviewFile, said)
}

fn deep(open: &str, depth: usize, close: &str) -> String {
    format!("{}1{}", open.repeat(depth), close.repeat(depth))
}

fn manifests() -> Vec<Hostile> {
    let written = |what: &str, said: &'static str, change: &dyn Fn(String) -> String| {
        made(what, &[said], &|f| {
            let text = String::from_utf8(f.entry("manifest.json").clone()).unwrap();
            *f.entry("manifest.json") = change(text).into_bytes();
            f.sign();
        })
    };
    let manifest = "altered:manifest.json";
    let end = |text: String, more: &str| format!("{},{more}}}", &text[..text.len() - 1]);
    vec![
        written("no manifest", manifest, &|_| String::new()),
        written("a manifest that is a list", manifest, &|_| "[]".to_owned()),
        written("a manifest of half a document", manifest, &|text| {
            text[..text.len() / 2].to_owned()
        }),
        written("a manifest a thousand deep", manifest, &|text| {
            end(text, &format!("\"x\":{}", deep("[", 1_000, "]")))
        }),
        written("a manifest thirty thousand deep", manifest, &|text| {
            end(text, &format!("\"x\":{}", deep("{\"a\":", 30_000, "}")))
        }),
        written("a manifest with a key twice", manifest, &|text| {
            end(text, "\"export\":3")
        }),
        written("a manifest with a number beyond all", manifest, &|text| {
            text.replace("\"export\":3", "\"export\":1e999")
        }),
        written("a manifest with a number below zero", manifest, &|text| {
            text.replace("\"n\":56", "\"n\":-1")
        }),
        written("a manifest with half an event", manifest, &|text| {
            text.replace("\"n\":56", "\"n\":56.5")
        }),
        written("a manifest with half a letter", manifest, &|text| {
            text.replace("0.1.0", "\\ud800")
        }),
        written("a manifest of 300 kB", "too_big", &|text| {
            end(text, &format!("\"x\":\"{}\"", "x".repeat(300_000)))
        }),
        written("a manifest with a key of another length", manifest, &|text| {
            text.replace("511c34a1", "511c34")
        }),
        written("a manifest behind a mark of order", manifest, &|text| {
            format!("\u{feff}{text}")
        }),
    ]
}

/// Event 10 and what stands in its place.
fn events() -> Vec<Hostile> {
    let start = "{\"v\":1,\"id\":\"0199c0de-0000-7000-9000-0002000000f0\",\"at\":\"2026-01-07T09:45:00Z\"";
    let set = |more: &str| format!("{start},{more}}}");
    let value = |value: &str| {
        set(&format!(
            "\"set\":\"day\",\"key\":\"2026-03-03\",\"value\":{value}"
        ))
    };
    let here = ["altered:events.jsonl:10"];
    let mut cases: Vec<(String, String)> = [
        ("a value of 33 levels", value(&format!("{{\"x\":{}}}", deep("[", 33, "]")))),
        ("a value of 10,000 levels", value(&format!("{{\"x\":{}}}", deep("[", 10_000, "]")))),
        ("a value of 10,000 objects", value(&format!("{{\"x\":{}}}", deep("{\"a\":", 9_000, "}")))),
        ("a value that means something to the reader", value("{\"$serde_json::private::RawValue\":\"x\"}")),
        ("a number beyond all", value("{\"tallies\":{\"outpatient_visits\":1e999}}")),
        ("a number of 400 digits", value(&format!("{{\"x\":{}}}", "9".repeat(400)))),
        ("half a letter", value("{\"note\":\"\\ud800\"}")),
        ("a value that is a list", value("[]")),
        ("a value that is a text", value("\"x\"")),
        ("no value", set("\"set\":\"day\",\"key\":\"2026-03-03\"")),
        ("a day that is none", set("\"set\":\"day\",\"key\":\"2026-02-30\",\"value\":{}")),
        ("a key that leads outside", set("\"set\":\"day\",\"key\":\"../../etc/passwd\",\"value\":{}")),
        ("an id in capitals", set("\"set\":\"activity\",\"key\":\"0199C0DE-0000-7000-A000-000000000002\",\"value\":{}")),
        ("a photo named by no hash", set("\"set\":\"attachment\",\"key\":\"<img src=x>\",\"value\":{}")),
        ("a text by half a hash", set("\"set\":\"day\",\"key\":\"2026-03-03\",\"value\":{},\"texts\":{\"note\":\"ab\"}")),
        ("a text in a field for none", set(&format!("\"set\":\"day\",\"key\":\"2026-03-03\",\"value\":{{}},\"texts\":{{\"morning\":\"{}\"}}", "a".repeat(64)))),
        ("a step both undone and redone", set("\"set\":\"day\",\"key\":\"2026-03-03\",\"value\":{},\"undoes\":\"0199c0de-0000-7000-9000-000200000005\",\"redoes\":\"0199c0de-0000-7000-9000-000200000005\"")),
        ("an export with a number beyond all", set("\"exported\":{\"number\":9007199254740992,\"as_of\":\"2026-04-06\"}")),
        ("an export on no date", set("\"exported\":{\"number\":1,\"as_of\":\"soon\"}")),
        ("a decision that is a list", set("\"receipt\":[]")),
        ("a jump from nowhere", set("\"clock_jump\":{\"from\":\"\",\"to\":\"\"}")),
        ("half a key", set("\"key_changed\":{\"public_key\":\"abcd\",\"signature\":null}")),
        ("a hash to erase that is none", set("\"redacted\":{\"texts\":[\"x\"]}")),
        ("two things at once", set("\"receipt\":{},\"redacted\":{\"texts\":[]}")),
        ("an instant with a leap second", value("{}").replace("09:45:00", "23:59:60")),
        ("an instant of elsewhere", value("{}").replace("09:45:00Z", "09:45:00+08:00")),
        ("a version of none", value("{}").replace("\"v\":1", "\"v\":0")),
        ("no JSON", "hello".to_owned()),
        ("half an event", value("{}")[..60].to_owned()),
        ("a tab", value("{\t}")),
        ("an event behind a mark of order", format!("\u{feff}{}", value("{}"))),
    ]
    .into_iter()
    .map(|(what, body)| (what.to_owned(), body))
    .collect();
    cases.push((
        "the id of another event".to_owned(),
        value("{}").replace("0000f0", "000005"),
    ));
    let mut found: Vec<Hostile> = cases
        .into_iter()
        .map(|(what, body)| {
            made(format!("an event: {what}"), &here, &|f| {
                f.lines("events.jsonl", &|events| events.insert(9, body.clone()));
                f.rechain();
            })
        })
        .collect();
    for (what, said, count, line) in [
        (
            "an event of 70 kB",
            "too_big",
            1,
            value(&format!("{{\"x\":\"{}\"}}", "x".repeat(70_000))),
        ),
        ("20,000 events more", "too_big", 20_000, value("{}")),
        ("a million lines", "too_big", 1_000_000, String::new()),
    ] {
        found.push(made(what, &[said], &|f| {
            f.lines("events.jsonl", &|events| {
                events.extend((0..count).map(|_| line.clone()));
            });
            f.reseal(|_| {});
        }));
    }
    found
}

/// Events that are in order and amount to records that are not.
fn records() -> Vec<Hostile> {
    let day = |value: Value| ("day", "2026-03-03".to_owned(), value);
    let id = "0199c0de-0000-7000-a000-0000000000f1".to_owned();
    let leave = |from: &str, to: &str| json!({"kind": "sick_leave", "from": from, "from_half": "morning", "to": to, "to_half": "afternoon"});
    let cases = [
        (
            "a count below zero",
            day(json!({"tallies": {"outpatient_visits": -1}})),
        ),
        (
            "a count over a million",
            day(json!({"tallies": {"outpatient_visits": 1_000_001}})),
        ),
        (
            "half a patient",
            day(json!({"tallies": {"outpatient_visits": 0.5}})),
        ),
        (
            "a count of nothing known",
            day(json!({"tallies": {"<script>": 1}})),
        ),
        (
            "a half-day of its own kind",
            day(json!({"morning": "=HYPERLINK(\"http://x\")"})),
        ),
        ("a field of its own", day(json!({"bonus": 1}))),
        (
            "an activity of its own kind",
            (
                "activity",
                id.clone(),
                json!({"kind": "party", "date": "2026-03-03"}),
            ),
        ),
        (
            "an activity on no date",
            (
                "activity",
                id.clone(),
                json!({"kind": "lecture", "date": "2026-02-30"}),
            ),
        ),
        (
            "a place that reads backwards",
            (
                "activity",
                id.clone(),
                json!({"kind": "lecture", "date": "2026-03-03", "place": "\u{202e}室议会"}),
            ),
        ),
        (
            "a place of 201 letters",
            (
                "activity",
                id.clone(),
                json!({"kind": "lecture", "date": "2026-03-03", "place": "长".repeat(201)}),
            ),
        ),
        (
            "a leave over another",
            ("leave", id.clone(), leave("2026-01-21", "2026-01-22")),
        ),
        (
            "a leave that ends before it begins",
            ("leave", id.clone(), leave("2026-03-05", "2026-03-04")),
        ),
        (
            "a leave in the year 1",
            ("leave", id, leave("0001-01-01", "0001-01-02")),
        ),
        (
            "a paper of its own kind",
            (
                "document",
                "diploma".to_owned(),
                json!({"submitted_on": "2026-03-03"}),
            ),
        ),
        (
            "a posting of a hundred years",
            (
                "posting",
                String::new(),
                json!({"start": "2004-01-01", "end": "2100-12-31", "scheme": "rotation_3m"}),
            ),
        ),
        (
            "a posting that ends before it begins",
            (
                "posting",
                String::new(),
                json!({"start": "2026-04-05", "end": "2026-01-05", "scheme": "rotation_3m"}),
            ),
        ),
        (
            "a posting without a start",
            (
                "posting",
                String::new(),
                json!({"end": "2026-01-05", "scheme": "rotation_3m"}),
            ),
        ),
        (
            "a name with a line's end",
            (
                "posting",
                String::new(),
                json!({"physician": {"name": "a\nb"}, "start": "2026-01-05", "end": "2026-04-05", "scheme": "rotation_3m"}),
            ),
        ),
    ];
    cases
        .into_iter()
        .map(|(what, (entity, key, value))| {
            made(format!("records: {what}"), &["altered:records", "altered:events.jsonl:56"], &|f| {
                f.lines("events.jsonl", &|events| {
                    let mut event = json!({"v": 1, "id": "0199c0de-0000-7000-9000-0002000000f0", "at": "2026-01-23T09:45:00Z", "set": entity});
                    if !key.is_empty() {
                        event["key"] = key.clone().into();
                    }
                    event["value"] = value.clone();
                    let last = events.len() - 1;
                    events.insert(last, event.to_string());
                });
                f.rechain();
            })
        })
        .collect()
}

fn texts() -> Vec<Hostile> {
    let zeros = "0".repeat(32);
    let mut cases = vec![
        ("no JSON", "hello".to_owned()),
        ("a list", "[]".to_owned()),
        ("a short salt", "{\"salt\":\"00\",\"text\":\"x\"}".to_owned()),
        (
            "a salt in capitals",
            format!("{{\"salt\":\"{}\",\"text\":\"x\"}}", "A".repeat(32)),
        ),
        (
            "a salt of Chinese",
            format!("{{\"salt\":\"{}\",\"text\":\"x\"}}", "盐".repeat(32)),
        ),
        (
            "a salt of 64 digits",
            format!("{{\"salt\":\"{zeros}{zeros}\",\"text\":\"x\"}}"),
        ),
        (
            "half a letter",
            format!("{{\"salt\":\"{zeros}\",\"text\":\"\\ud800\"}}"),
        ),
        (
            "a field more",
            format!("{{\"salt\":\"{zeros}\",\"text\":\"x\",\"by\":\"y\"}}"),
        ),
        (
            "a text twice",
            format!("{{\"salt\":\"{zeros}\",\"text\":\"x\",\"text\":\"y\"}}"),
        ),
        (
            "a text that is a number",
            format!("{{\"salt\":\"{zeros}\",\"text\":1}}"),
        ),
        (
            "a text of no event",
            format!("{{\"salt\":\"{zeros}\",\"text\":\"<script>alert(1)</script>\"}}"),
        ),
    ];
    cases.push((
        "a text of 5 MB",
        format!("{{\"salt\":\"{zeros}\",\"text\":\"{}\"}}", "x".repeat(5 << 20)),
    ));
    let mut found: Vec<Hostile> = cases
        .into_iter()
        .map(|(what, line)| {
            made(format!("a text: {what}"), &["altered:texts.jsonl"], &|f| {
                f.lines("texts.jsonl", &|texts| texts.push(line.clone()));
                f.reseal(|_| {});
            })
        })
        .collect();
    found.push(made("80,001 texts", &["too_big"], &|f| {
        f.lines("texts.jsonl", &|texts| {
            texts.extend((0..80_001).map(|_| "{}".to_owned()));
        });
        f.reseal(|_| {});
    }));
    found
}

fn blobs() -> Vec<Hostile> {
    let mut found = Vec::new();
    for (what, count, size) in [
        ("a photo of 60 MB of no event", 1, 60 << 20),
        ("450 photos of no event", 450, 100_000),
    ] {
        let mut forgery = Forgery::of("everything.xxz", KEY);
        for number in 0..count {
            let mut data = vec![0; size];
            data[0] = u8::try_from(number % 251).unwrap();
            data[1] = u8::try_from(number / 251).unwrap();
            forgery
                .entries
                .push((format!("blobs/{}", to_hex(&sha256(&data))), data));
        }
        forgery.entries[5..].sort();
        forgery.reseal(|_| {});
        let mut hostile = Hostile::new(what, forgery.bytes(), ReadAs::ReviewFile, &[]);
        let first = forgery.entries[5..]
            .iter()
            .map(|(name, _)| name)
            .find(|name| !KNOWN.contains(&name.as_str()))
            .unwrap();
        hostile.said = vec![String::leak(format!("altered:{first}"))];
        found.push(hostile);
    }
    // The scheme's own blob, with the events that name it.
    for (what, scheme) in [
        ("no JSON", b"hello".to_vec()),
        ("a list", b"[]".to_vec()),
        (
            "a scheme fifty thousand deep",
            deep("[", 50_000, "]").into_bytes(),
        ),
        ("a scheme of 40 MB", vec![b' '; 40 << 20]),
        ("another format", b"{\"format\":\"a poem\"}".to_vec()),
    ] {
        let name = format!("blobs/{}", to_hex(&sha256(&scheme)));
        let mut hostile = made(format!("the scheme: {what}"), &[], &|f| {
            f.lines("events.jsonl", &|events| {
                let digest = name.trim_start_matches("blobs/");
                for event in [2, 53, 54] {
                    events[event] = events[event]
                        .replace(&KNOWN[2][6..], digest)
                        .replace(&KNOWN[0][6..], digest);
                }
            });
            f.entries.retain(|(name, _)| name != KNOWN[0] && name != KNOWN[2]);
            f.entries.push((name.clone(), scheme.clone()));
            f.entries[5..].sort();
            f.rechain();
        });
        hostile.said = vec![String::leak(format!("altered:{name}")), "altered:records"];
        found.push(hostile);
    }
    found
}

const KNOWN: [&str; 3] = [
    "blobs/6ef7ca425753367067a0be7a6ae45ce65d1ebe7aa718257946dd392e8a917e83",
    "blobs/a8626d27cb132ba09adef83553c2f97237b6866ebd3a054fae183736b5de1786",
    "blobs/cec749da405881b1e9b640c9b59264ffee227dbae66e8dc5159a7eaf5c993e11",
];
