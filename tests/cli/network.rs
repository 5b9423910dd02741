//! `xxz` uses no network: not one socket is made, of any family.
#![cfg(target_os = "linux")]

use std::path::Path;
use std::process::Command;

use crate::support::{Place, fixtures};

/// The sockets that a program and its children made.
fn sockets(place: &Place, program: &str, words: &[&str]) -> Vec<String> {
    let trace = place.path("trace");
    let status = Command::new("strace")
        .args(["-f", "-qq", "-e", "trace=socket,connect,bind,sendto,execve", "-o"])
        .arg(&trace)
        .arg(program)
        .args(words)
        .current_dir(trace.parent().unwrap())
        .env("XDG_CONFIG_HOME", place.path("config"))
        .stdout(std::process::Stdio::null())
        .status()
        .expect("strace is missing: `cargo xtask test` installs it");
    assert!(status.success(), "{words:?}");
    let seen = std::fs::read_to_string(&trace).unwrap();
    std::fs::remove_file(&trace).unwrap();
    assert!(seen.contains("execve("), "the watch was there");
    let calls = seen.lines().filter(|call| !call.contains("execve("));
    calls.map(str::to_owned).collect()
}

#[test]
fn no_command_makes_a_socket() {
    let place = Place::new();
    let everything = fixtures().join("reviewfile/everything.xxz");
    let file = everything.to_str().unwrap();
    for words in [
        &["sample", "-o", "demo.json"][..],
        &["assess", "demo.json"],
        &["pack", "demo.json", "-o", "demo.xxz"],
        &["verify", file],
        &["unpack", file, "--to", "out"],
        &["export", "demo.json", "--to", "forms"],
        &["calendar", "2026"],
        &["schemes"],
        &["db", "import", file, "--data", "data"],
        &["db", "list", "--data", "data"],
        &["db", "check", "--data", "data"],
        &["db", "backup", "--data", "data"],
    ] {
        assert_eq!(
            sockets(&place, env!("CARGO_BIN_EXE_xxz"), words),
            Vec::<String>::new(),
            "{words:?}"
        );
    }
    assert!(place.path("forms").is_dir() && Path::new(&place.path("data/xiaxiangzhi.db")).exists());
}

/// The control: a child that tries is caught by the same watch.
#[test]
fn a_child_that_tries_is_caught() {
    let place = Place::new();
    let tries = "import socket; s = socket.socket(); s.setblocking(False); s.connect_ex(('127.0.0.1', 9))";
    place.write("tries.py", tries);
    let calls = sockets(&place, "sh", &["-c", "python3 tries.py; true"]);
    assert!(
        calls
            .iter()
            .any(|call| call.contains("connect(") && call.contains("htons(9)")),
        "{calls:?}"
    );
}
