//! `xxz sample`

use crate::support::Place;

#[test]
fn the_same_seed_writes_the_same_bytes() {
    let place = Place::new();
    for (name, seed) in [("a.json", "5"), ("b.json", "5"), ("c.json", "6")] {
        let run = place.run(&["sample", "--seed", seed, "-o", name]);
        assert_eq!((run.status, run.err.as_str()), (0, ""));
    }
    assert_eq!(place.read("a.json"), place.read("b.json"));
    assert_ne!(place.read("a.json"), place.read("c.json"));
    assert_eq!(
        place.names(),
        ["a.json", "b.json", "c.json"],
        "no temporary file is left"
    );
}

#[test]
fn a_sample_can_be_piped_into_an_assessment() {
    let place = Place::new();
    let sample = place.run(&["sample", "-o", "-"]);
    let run = place.run_with(
        &["assess", "-", "--as-of", "2026-04-06", "--json"],
        sample.out.as_bytes(),
        &[],
    );
    assert_eq!(run.status, 0);
    assert_eq!(run.answer()["failed"], serde_json::json!([]));
    assert_eq!(run.answer()["phase"], "ended");
}

#[test]
fn json_names_what_was_written() {
    let place = Place::new();
    let answer = place.json(&["sample", "--seed", "9", "-o", "demo.json", "--json"]);
    assert_eq!(
        (&answer["path"], &answer["seed"]),
        (&"demo.json".into(), &9.into())
    );
}

#[test]
fn a_sample_follows_a_scheme_file() {
    let place = Place::new();
    let mut scheme = place.json(&["schemes", "rotation_3m", "--json"]);
    scheme["id"] = "our_own".into();
    scheme["duties"][0]["minimum"] = 5.into();
    place.write("own.json", scheme.to_string());
    place.run(&["sample", "--scheme", "./own.json", "-o", "demo.json"]);
    let answer = place.json(&["assess", "demo.json", "--as-of", "2026-04-06", "--json"]);
    assert_eq!(answer["scheme"]["id"], "our_own");
    assert_eq!(
        (&answer["requirements"][0]["minimum"], &answer["failed"]),
        (&5.into(), &serde_json::json!([]))
    );
}

#[test]
fn bad_use_is_refused_and_nothing_is_written() {
    let place = Place::new();
    for (arguments, code) in [
        (&["sample"][..], "bad_usage"),
        (&["sample", "--seed", "x", "-o", "demo.json"], "bad_argument"),
        (
            &["sample", "--scheme", "nope", "-o", "demo.json"],
            "unknown_scheme",
        ),
        (&["sample", "-o", "no/such/folder/demo.json"], "write_failed"),
        (&["sample", "-o", "."], "write_failed"),
    ] {
        assert_eq!(place.refused(arguments).0, code, "{arguments:?}");
    }
}

#[test]
fn a_sample_of_every_scheme_is_assessed_with_nothing_failed() {
    let place = Place::new();
    let list = place.json(&["schemes", "--json"]);
    let ids: Vec<&str> = list["schemes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|scheme| scheme["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), 11);
    for id in ids {
        place.json(&["sample", "--scheme", id, "-o", "demo.json", "--json"]);
        let answer = place.json(&["assess", "demo.json", "--json"]);
        assert_eq!(answer["scheme"]["id"], id);
        assert_eq!(answer["phase"], "ended", "{id}");
        assert_eq!(
            (&answer["failed"], &answer["findings"]),
            (&serde_json::json!([]), &serde_json::json!([])),
            "{id}"
        );
        for language in ["zh", "en"] {
            let run = place.run(&["assess", "demo.json", "--lang", language]);
            assert_eq!((run.status, run.err.as_str()), (0, ""), "{id}");
            assert!(!run.out.contains("「」"), "{id}: an empty clause is quoted");
            let money = run.out.contains("补助应发") || run.out.contains("Payable");
            assert_eq!(money, id == "rotation_3m", "{id}: {}", run.out);
        }
    }
}
