//! A Python script that does the same work whenever it is told to, and says how long it took.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/bench");

/// The script, started and ready.
pub(crate) struct Peer {
    child: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Peer {
    /// Starts a script on files of ours that it is to write again; none where no Python has the module it needs.
    pub(crate) fn start(module: &str, script: &str, ours: &[PathBuf]) -> Option<Self> {
        let has_it = |python: &&str| {
            Command::new(python)
                .args(["-c", &format!("import {module}")])
                .output()
                .is_ok_and(|out| out.status.success())
        };
        let python = ["/usr/bin/python3", "python3"].into_iter().find(has_it)?;
        let mut child = Command::new(python)
            .arg(Path::new(SCRIPTS).join(script))
            .args(ours)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let (orders, answers) = (child.stdin.take()?, BufReader::new(child.stdout.take()?));
        let mut peer = Self {
            child,
            orders,
            answers,
        };
        (peer.answer() == "ready").then_some(peer)
    }

    /// The seconds that writing all of them took.
    pub(crate) fn write(&mut self) -> f64 {
        writeln!(self.orders, "write").expect("the script listens");
        self.answer().parse().expect("the script answers in seconds")
    }

    fn answer(&mut self) -> String {
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("the script answers");
        line.trim().to_owned()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
