//! The task assessment sheet as PDF, DOCX and XLSX, against the office suite and the script that one would use instead.

use crate::assessing::scheme;
use crate::measure::{in_turn, once};
use crate::table::Row;
use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use xiaxiangzhi_core::assess::{assess, default_as_of};
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::sample::sample;
use xiaxiangzhi_forms::{Form, FormKind, Ground, Options, docx, paper, pdf, xlsx};

const XXZ: &str = env!("CARGO_BIN_EXE_xxz");
const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/bench");

pub(crate) fn rows(rounds: usize) -> Vec<Row> {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let mut rows = as_pdf(rounds, folder.path());
    rows.extend(as_docx(rounds, folder.path()));
    rows.extend(as_xlsx(rounds, folder.path()));
    rows
}

fn as_pdf(rounds: usize, folder: &Path) -> Vec<Row> {
    if !starts("soffice") {
        return vec![Row::missing(
            "task assessment sheet as PDF",
            "soffice is not installed",
        )];
    }
    let sheet = folder.join("sheet.xlsx");
    std::fs::write(&sheet, xlsx(&form(0)).expect("XLSX")).expect("a writable folder");
    let posting = posting_file(folder);
    // A form that was set before is set faster, so each turn takes another posting's.
    let mut seed = 0;
    let mut in_process = || {
        seed += 1;
        let form = form(seed);
        once(|| drop(black_box(pdf(&form).expect("PDF"))))
    };
    let mut process = || once(|| export(&posting, folder, "pdf"));
    let mut peer = || once(|| convert(&sheet, folder));
    let times = in_turn(rounds, &mut [&mut in_process, &mut process, &mut peer]);
    let compared = |what, ours, goal, least: f64| {
        Row::compared(what, (ours, &times[2]), "soffice, warm", goal, |ratio| {
            Some(ratio <= 1.0 / least)
        })
    };
    vec![
        compared(
            "task assessment sheet as PDF, in process",
            &times[0],
            ">= 20 x faster",
            20.0,
        ),
        compared(
            "task assessment sheet as PDF, whole xxz process",
            &times[1],
            ">= 5 x faster",
            5.0,
        ),
    ]
}

fn as_docx(rounds: usize, folder: &Path) -> Vec<Row> {
    let ours = form(0);
    let same = folder.join("same.docx");
    std::fs::write(&same, docx(&ours).expect("DOCX")).expect("a writable folder");
    let Some(mut peer) = Peer::start("docx", "docx_peer.py", &same) else {
        return vec![Row::missing(
            "task assessment sheet as DOCX",
            "no Python with python-docx",
        )];
    };
    let mut in_process = || once(|| drop(black_box(docx(&ours).expect("DOCX"))));
    let times = in_turn(rounds, &mut [&mut in_process, &mut || peer.write()]);
    let times = (&times[0], &times[1]);
    let reached = |ratio: f64| Some(ratio <= 0.1);
    vec![Row::compared(
        "task assessment sheet as DOCX, in process",
        times,
        "python-docx",
        ">= 10 x faster",
        reached,
    )]
}

fn as_xlsx(rounds: usize, folder: &Path) -> Vec<Row> {
    let ours = form(0);
    let same = folder.join("same.xlsx");
    std::fs::write(&same, xlsx(&ours).expect("XLSX")).expect("a writable folder");
    let Some(mut peer) = Peer::start("openpyxl", "openpyxl_peer.py", &same) else {
        return vec![Row::missing(
            "task assessment sheet as XLSX",
            "no Python with openpyxl",
        )];
    };
    let mut in_process = || once(|| drop(black_box(xlsx(&ours).expect("XLSX"))));
    let times = in_turn(rounds, &mut [&mut in_process, &mut || peer.write()]);
    let times = (&times[0], &times[1]);
    let reached = |ratio: f64| Some(ratio <= 0.1);
    vec![Row::compared(
        "task assessment sheet as XLSX, in process",
        times,
        "openpyxl",
        ">= 10 x faster",
        reached,
    )]
}

fn records(seed: u64) -> Records {
    sample(seed, scheme()).expect("the default scheme has a sample")
}

fn form(seed: u64) -> Form {
    let records = records(seed);
    let as_of = default_as_of(&records, records.posting.end);
    let calendar = Calendar::built_in();
    let assessment = assess(scheme(), &records, calendar, as_of).expect("a sample can be assessed");
    let ground = Ground::new(&records, scheme(), &assessment, calendar, None).expect("a sample has its days");
    paper(FormKind::TaskAssessmentSheet, &ground, Options::default()).expect("a sample fits the form")
}

fn posting_file(folder: &Path) -> PathBuf {
    let path = folder.join("posting.json");
    run(Command::new(XXZ).args(["sample", "-o"]).arg(&path));
    path
}

fn export(posting: &Path, folder: &Path, format: &str) {
    let to = folder.join("exported");
    let _ = std::fs::remove_dir_all(&to);
    run(Command::new(XXZ)
        .arg("export")
        .arg(posting)
        .arg("--to")
        .arg(&to)
        .args(["--forms", "sheet", "--formats", format]));
}

fn convert(sheet: &Path, folder: &Path) {
    // A profile of its own: the user's may be open, and the first turn, which makes it, is not counted.
    let profile = format!(
        "-env:UserInstallation=file://{}",
        folder.join("profile").display()
    );
    let mut command = Command::new("soffice");
    run(command
        .args([&profile, "--headless", "--convert-to", "pdf", "--outdir"])
        .arg(folder)
        .arg(sheet));
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

/// A Python that writes the same file whenever it is told to.
struct Peer {
    child: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Peer {
    fn start(module: &str, script: &str, ours: &Path) -> Option<Self> {
        let has_it = |python: &&str| {
            Command::new(python)
                .args(["-c", &format!("import {module}")])
                .output()
                .is_ok_and(|out| out.status.success())
        };
        let python = ["/usr/bin/python3", "python3"].into_iter().find(has_it)?;
        let mut command = Command::new(python);
        let mut child = command
            .arg(Path::new(SCRIPTS).join(script))
            .arg(ours)
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

    fn write(&mut self) -> f64 {
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
