//! Files made to do harm, given to the real program: each is refused by its right name, within two seconds of a processor and
//! 256 MB, and leaves nothing behind.

mod containers;
mod documents;
mod signed;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::support::{Place, fixtures};
use crate::tried::{Tried, amount, caught};

/// A hostile file: what it is called, how it is given to the program, and what may be said of it.
pub(crate) struct Hostile {
    what: String,
    bytes: Vec<u8>,
    read_as: ReadAs,
    /// Verdicts or codes of errors; each with its place where it has one, `altered:events.jsonl`.
    said: Vec<&'static str>,
}

/// What the program is asked to take it for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReadAs {
    ReviewFile,
    Records,
    Scheme,
    Template,
}

impl Hostile {
    fn new(what: impl Into<String>, bytes: Vec<u8>, read_as: ReadAs, said: &[&'static str]) -> Self {
        Self {
            what: what.into(),
            bytes,
            read_as,
            said: said.to_vec(),
        }
    }

    fn arguments<'a>(&self, path: &'a str, sample: &'a str) -> Vec<&'a str> {
        match self.read_as {
            ReadAs::ReviewFile => vec!["verify", path, "--json"],
            ReadAs::Records => vec!["assess", path, "--json"],
            ReadAs::Scheme => vec!["assess", sample, "--scheme", path, "--json"],
            ReadAs::Template => vec![
                "export",
                sample,
                "--to",
                "papers",
                "--forms",
                "lectures",
                "--formats",
                "docx",
                "--template",
                path,
                "--json",
            ],
        }
    }
}

fn all() -> Vec<Hostile> {
    [containers::all(), signed::all(), documents::all()]
        .into_iter()
        .flatten()
        .collect()
}

/// What is in a folder, with lengths.
fn contents(folder: &Path) -> BTreeMap<String, u64> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|entry| {
            (
                entry.file_name().into_string().unwrap(),
                entry.metadata().unwrap().len(),
            )
        })
        .collect()
}

/// Runs a program on some arguments each, under limits.
fn limited(program: &str, folder: &Path, cases: &[Vec<&str>]) -> Vec<Value> {
    let list = tempfile::NamedTempFile::new().unwrap();
    fs::write(list.path(), serde_json::to_vec(cases).unwrap()).unwrap();
    let script = fixtures().join("../cli/run_limited.py");
    let output = Command::new("python3")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("LC_ALL", "C.UTF-8")
        .args([
            script.as_os_str(),
            program.as_ref(),
            folder.as_os_str(),
            list.path().as_os_str(),
        ])
        .output()
        .expect("python3 is missing: `cargo xtask test` installs it");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What was said: a verdict with its place, or an error's code; or how the program died.
fn said(run: &Value) -> String {
    let text = |stream: &str| run[stream].as_str().unwrap().to_owned();
    if text("err").contains("panicked") || run["status"].is_null() {
        return format!("died of {}: {}", run["signal"], text("err"));
    }
    let (answer, error): (Option<Value>, Option<Value>) = (
        serde_json::from_str(&text("out")).ok(),
        serde_json::from_str(&text("err")).ok(),
    );
    let verdict = answer.as_ref().and_then(|answer| answer["verdict"].as_str());
    let code = error.as_ref().and_then(|error| error["error"]["code"].as_str());
    let place = answer.as_ref().and_then(|answer| answer["place"].as_str());
    match (verdict, place, code) {
        (Some(verdict), Some(place), None) => format!("{verdict}:{place}"),
        (Some(word), None, None) | (None, None, Some(word)) => word.to_owned(),
        _ => format!("status {}: {} {}", run["status"], text("out"), text("err")),
    }
}

#[test]
fn hostile_files_are_refused_by_name_in_time_and_in_little_memory() {
    const MOST_KB: u64 = 256 * 1024;
    let tried = Tried::start("hostile-files");
    let count = usize::try_from(amount(150, 300)).unwrap();
    let cases = all();
    assert!(cases.len() >= 300, "{}", cases.len());
    let every = cases.len() / count;
    let cases: Vec<Hostile> = cases.into_iter().step_by(every).collect();
    assert!(cases.len() >= count);
    let names: BTreeSet<&str> = cases.iter().map(|case| case.what.as_str()).collect();
    assert_eq!(names.len(), cases.len());
    let place = Place::new();
    place.run(&["sample", "-o", "sample.json"]);
    let sample = place.path("sample.json").display().to_string();
    fs::create_dir(place.path("here")).unwrap();
    let files: Vec<String> = (0..cases.len())
        .map(|number| place.path(&format!("{number}")).display().to_string())
        .collect();
    // A hundred at a time, so that the large ones do not all lie on the disk at once.
    let (mut wrong, mut most) = (Vec::new(), 0);
    for (cases, files) in cases.chunks(100).zip(files.chunks(100)) {
        for (case, file) in cases.iter().zip(files) {
            fs::write(file, &case.bytes).unwrap();
        }
        let before = contents(place.path("").as_path());
        let arguments: Vec<_> = cases
            .iter()
            .zip(files)
            .map(|(case, file)| case.arguments(file, &sample))
            .collect();
        let runs = limited(env!("CARGO_BIN_EXE_xxz"), &place.path("here"), &arguments);
        assert_eq!(
            contents(place.path("").as_path()),
            before,
            "something was written"
        );
        for (case, run) in cases.iter().zip(&runs) {
            let (said, peak) = (said(run), run["peak_kb"].as_u64().unwrap());
            most = most.max(peak);
            if !case.said.contains(&said.as_str()) || peak > MOST_KB {
                wrong.push(format!("{}: {said} ({peak} kB) for {:?}", case.what, case.said));
            }
        }
        for file in files {
            fs::remove_file(file).unwrap();
        }
    }
    assert!(contents(&place.path("here")).is_empty());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    tried.held(
        cases.len() as u64,
        "files",
        &format!(
            "each named, nothing written, at most {} MB and 2 s of a processor",
            most / 1024
        ),
    );
}

/// Python's own readers of ZIP and JSON: they unpack what is offered and go as deep as they are led.
#[test]
fn a_reader_without_limits_is_caught() {
    let place = Place::new();
    let reader = place.write(
        "reader",
        "#!/usr/bin/python3\nimport sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nfor n in z.namelist(): z.read(n)\n",
    );
    let mut rights = fs::metadata(&reader).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut rights, 0o755);
    fs::set_permissions(&reader, rights).unwrap();
    let file = place.write("bomb", containers::bomb());
    let runs = limited(
        reader.to_str().unwrap(),
        &place.path(""),
        &[vec![file.to_str().unwrap()]],
    );
    let peak = runs[0]["peak_kb"].as_u64().unwrap();
    assert!(peak > 256 * 1024 || runs[0]["status"].is_null(), "{runs:?}");
    caught("hostile-files", "a reader that unpacks a small file of 400 MB");
}
