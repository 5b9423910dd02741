//! Papers as PDF, DOCX and XLSX, against the office suite and the scripts that one would use instead: the task assessment
//! sheet by itself, and the full set of a posting.

use crate::assessing::scheme;
use crate::measure::{Times, in_turn, once};
use crate::peer::Peer;
use crate::table::Row;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use xiaxiangzhi_core::assess::{assess, default_as_of};
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::sample::sample;
use xiaxiangzhi_forms::{Form, FormKind, FormsError, Ground, Options, docx, paper, pdf, together, xlsx};

const XXZ: &str = env!("CARGO_BIN_EXE_xxz");

/// What is measured: one form, or all that a posting has.
struct Papers {
    what: &'static str,
    kinds: &'static [FormKind],
}

const MEASURED: [Papers; 2] = [
    Papers {
        what: "task assessment sheet",
        kinds: &[FormKind::TaskAssessmentSheet],
    },
    Papers {
        what: "full set of papers",
        kinds: FormKind::ALL,
    },
];

/// Bytes of a form.
type Writer = fn(&Form) -> Result<Vec<u8>, FormsError>;

pub(crate) fn rows(rounds: usize) -> Vec<Row> {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let mut rows = Vec::new();
    for papers in &MEASURED {
        rows.extend(as_pdf(rounds, papers, folder.path()));
        rows.push(written_again(
            rounds,
            papers,
            folder.path(),
            ("DOCX", docx),
            ("docx", "docx_peer.py", "python-docx"),
        ));
        rows.push(written_again(
            rounds,
            papers,
            folder.path(),
            ("XLSX", xlsx),
            ("openpyxl", "openpyxl_peer.py", "openpyxl"),
        ));
    }
    rows
}

fn as_pdf(rounds: usize, papers: &Papers, folder: &Path) -> Vec<Row> {
    let what = format!("{} as PDF", papers.what);
    if !starts("soffice") {
        return vec![Row::missing(&what, "soffice is not installed")];
    }
    let documents = written(&forms(papers, 0), folder, "docx", docx);
    let posting = posting_file(folder);
    // A form that was set before is set faster, so each turn takes another posting's.
    let mut seed = 0;
    let mut in_process = || {
        seed += 1;
        let forms = forms(papers, seed);
        once(|| drop(black_box(together(&forms, |form| pdf(form).expect("PDF")))))
    };
    let mut process = || once(|| export(&posting, papers, folder));
    let mut peer = || once(|| convert(&documents, folder));
    let times = in_turn(rounds, &mut [&mut in_process, &mut process, &mut peer]);
    let compared = |how: &str, ours: &Times, least: f64| {
        let goal = format!(">= {least} x faster");
        let what = format!("{what}, {how}");
        Row::compared(&what, (ours, &times[2]), "soffice, warm", &goal, |ratio| {
            Some(ratio <= 1.0 / least)
        })
    };
    vec![
        compared("in process", &times[0], 20.0),
        compared("whole xxz process", &times[1], 5.0),
    ]
}

/// The same papers written by us and by a script.
fn written_again(
    rounds: usize,
    papers: &Papers,
    folder: &Path,
    (format, writer): (&str, Writer),
    (module, script, name): (&str, &str, &str),
) -> Row {
    let what = format!("{} as {format}", papers.what);
    let ours = forms(papers, 0);
    let files = written(&ours, folder, &format.to_lowercase(), writer);
    let Some(mut peer) = Peer::start(module, script, &files) else {
        return Row::missing(&what, &format!("no Python with {name}"));
    };
    let mut in_process = || {
        once(|| {
            drop(black_box(together(&ours, |form| {
                writer(form).expect("a document")
            })));
        })
    };
    let times = in_turn(rounds, &mut [&mut in_process, &mut || peer.write()]);
    let what = format!("{what}, in process");
    Row::compared(&what, (&times[0], &times[1]), name, ">= 10 x faster", |ratio| {
        Some(ratio <= 0.1)
    })
}

/// The papers of an invented posting that has ended.
fn forms(papers: &Papers, seed: u64) -> Vec<Form> {
    let records = sample(seed, scheme()).expect("the default scheme has a sample");
    let as_of = default_as_of(&records, records.posting.end);
    let calendar = Calendar::built_in();
    let assessment = assess(scheme(), &records, calendar, as_of).expect("a sample can be assessed");
    let ground = Ground::new(&records, scheme(), &assessment, calendar, None).expect("a sample has its days");
    let made = papers
        .kinds
        .iter()
        .map(|kind| paper(*kind, &ground, Options::default()));
    // A paper that the records do not allow is left out, as it is by an export.
    made.filter_map(|form| match form {
        Err(why) if why.is_of_the_records() => None,
        form => Some(form.expect("a sample fits its papers")),
    })
    .collect()
}

fn written(forms: &[Form], folder: &Path, extension: &str, writer: Writer) -> Vec<PathBuf> {
    let written = forms.iter().map(|form| {
        let path = folder.join(format!("{}.{extension}", form.kind.id()));
        std::fs::write(&path, writer(form).expect("a document")).expect("a writable folder");
        path
    });
    written.collect()
}

fn posting_file(folder: &Path) -> PathBuf {
    let path = folder.join("posting.json");
    run(Command::new(XXZ).args(["sample", "-o"]).arg(&path));
    path
}

fn export(posting: &Path, papers: &Papers, folder: &Path) {
    let to = folder.join("exported");
    let _ = std::fs::remove_dir_all(&to);
    let ids: Vec<&str> = papers.kinds.iter().map(|kind| kind.id()).collect();
    run(Command::new(XXZ)
        .arg("export")
        .arg(posting)
        .arg("--to")
        .arg(&to)
        .args(["--forms", &ids.join(","), "--formats", "pdf"]));
}

/// All of them by one start of the office suite, which is faster than a start for each.
fn convert(documents: &[PathBuf], folder: &Path) {
    // A profile of its own: the user's may be open, and the first turn, which makes it, is not counted.
    let profile = format!(
        "-env:UserInstallation=file://{}",
        folder.join("profile").display()
    );
    let mut command = Command::new("soffice");
    run(command
        .args([&profile, "--headless", "--convert-to", "pdf", "--outdir"])
        .arg(folder)
        .args(documents));
}

fn run(command: &mut Command) {
    let out = command.output().expect("the program can be started");
    assert!(
        out.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&out.stderr)
    );
}

fn starts(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .output()
        .is_ok_and(|out| out.status.success())
}
