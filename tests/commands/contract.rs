//! What the page is written against must be what the program does.

use std::collections::BTreeMap;
use std::path::Path;

fn top() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            for (inner, text) in files(&path) {
                found.insert(format!("{name}/{inner}"), text);
            }
        } else {
            found.insert(
                name,
                std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n"),
            );
        }
    }
    found
}

#[test]
fn the_committed_types_are_current() {
    let fresh = tempfile::tempdir().unwrap();
    xiaxiangzhi::bindings::write(fresh.path()).unwrap();
    let committed = files(&top().join("ui/src/api/types"));
    let stale: Vec<String> = files(fresh.path())
        .into_iter()
        .filter(|(name, text)| committed.get(name) != Some(text))
        .map(|(name, _)| name)
        .collect();
    assert!(
        stale.is_empty(),
        "run `cargo run --package xiaxiangzhi --example bindings`; stale: {stale:?}"
    );
    let left_over: Vec<_> = committed
        .keys()
        .filter(|name| !fresh.path().join(name).exists())
        .collect();
    assert!(left_over.is_empty(), "no longer made: {left_over:?}");
}

#[test]
fn the_capability_names_each_command_and_nothing_else_but_events() {
    let text = std::fs::read_to_string(top().join("src-tauri/capabilities/main.json")).unwrap();
    let capability: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut granted: Vec<&str> = capability["permissions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|permission| permission.as_str().unwrap())
        .collect();
    granted.sort_unstable();
    let mut wanted: Vec<String> = xiaxiangzhi::NAMES
        .iter()
        .map(|name| format!("allow-{}", name.replace('_', "-")))
        .collect();
    wanted.extend([
        "core:event:allow-listen".to_owned(),
        "core:event:allow-unlisten".to_owned(),
    ]);
    wanted.sort_unstable();
    assert_eq!(granted, wanted);
    assert_eq!(capability["windows"], serde_json::json!(["main"]));
}

#[test]
fn the_window_loads_nothing_from_outside() {
    let text = std::fs::read_to_string(top().join("src-tauri/tauri.conf.json")).unwrap();
    let config: serde_json::Value = serde_json::from_str(&text).unwrap();
    let security = &config["app"]["security"];
    assert_eq!(security["freezePrototype"], true);
    let policy = security["csp"].as_str().unwrap();
    for directive in policy.split("; ") {
        let sources = directive.split_once(' ').unwrap().1;
        for source in sources.split(' ') {
            assert!(
                [
                    "'self'",
                    "'none'",
                    "data:",
                    "blob:",
                    "ipc:",
                    "http://ipc.localhost"
                ]
                .contains(&source),
                "{directive}"
            );
        }
    }
    assert_eq!(config["app"]["withGlobalTauri"], false);
}
