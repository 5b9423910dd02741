//! System calls as strace writes them, one by one.

use std::collections::HashMap;

/// A finished system call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Call {
    pub(super) thread: u32,
    pub(super) name: String,
    arguments: Vec<String>,
    /// What it answered; none for an error or a call that never came back.
    pub(super) answer: Option<u64>,
    /// Whether the answer was put in its mouth.
    pub(super) injected: bool,
}

impl Call {
    /// A number among the arguments, such as a length or a file's number.
    pub(super) fn number(&self, at: usize) -> Option<u64> {
        self.arguments.get(at)?.parse().ok()
    }

    /// Words among the arguments, such as flags.
    pub(super) fn words(&self, at: usize) -> &str {
        self.arguments.get(at).map_or("", String::as_str)
    }

    /// Bytes among the arguments: data or a path.
    pub(super) fn bytes(&self, at: usize) -> Vec<u8> {
        let text = self.words(at).trim_matches('"');
        assert!(
            !self.words(at).ends_with("..."),
            "strace has cut {} short",
            self.name
        );
        text.split("\\x")
            .skip(1)
            .map(|pair| u8::from_str_radix(pair, 16).unwrap())
            .collect()
    }
}

/// All calls of a trace in the order in which they ended.
pub(super) fn calls(trace: &str) -> Vec<Call> {
    let mut begun: HashMap<u32, String> = HashMap::new();
    let mut calls = Vec::new();
    for line in trace.lines() {
        let Some((thread, rest)) = line.split_once(' ') else {
            continue;
        };
        let thread = thread.parse().unwrap();
        let rest = rest.trim_start();
        if let Some(start) = rest.strip_suffix(" <unfinished ...>") {
            begun.insert(thread, start.to_owned());
            continue;
        }
        let whole = match rest.strip_prefix("<... ") {
            Some(resumed) => {
                let Some((_, end)) = resumed.split_once(" resumed>") else {
                    continue;
                };
                begun.remove(&thread).unwrap_or_default() + end
            }
            None => rest.to_owned(),
        };
        calls.extend(call(thread, &whole));
    }
    // Begun and never come back: the process was killed in it.
    let cut_off = begun.into_iter();
    calls.extend(cut_off.filter_map(|(thread, start)| call(thread, &(start + ") = ?"))));
    calls
}

fn call(thread: u32, line: &str) -> Option<Call> {
    let (name, rest) = line.split_once('(')?;
    let (arguments, answer) = rest.rsplit_once(" = ")?;
    let arguments = arguments.trim_end().strip_suffix(')')?;
    let number = answer.split(' ').next()?;
    Some(Call {
        thread,
        name: name.to_owned(),
        arguments: arguments.split(", ").map(str::to_owned).collect(),
        answer: number.parse().ok(),
        injected: answer.contains("(INJECTED)"),
    })
}
