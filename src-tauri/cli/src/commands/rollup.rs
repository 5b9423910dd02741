//! `xxz rollup`: many review files, a line each. A bad file is a line with its reason.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;
use serde_json::json;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::rollup::{
    FileFacts, FileRow, Line, RollUp, RowAmong, Share, Standing, Sums, lost, standings,
};
use xiaxiangzhi_forms::{CSV_MARK, MOST_SHEET_ROWS, csv_header, csv_line, csv_tail, rollup_workbook};
use xiaxiangzhi_store::rollup::{Spool, Stop, contested, find_review_files, roll_up, unreadable};

use crate::context::Context;
use crate::error::CliError;
use crate::files;
use crate::report::labels;

/// What the answer is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    /// People, findings and money.
    Workbook,
    /// A header and a line a file.
    Csv,
    /// One JSON array, an element a line.
    Json,
    /// A JSON document a line.
    JsonLines,
}

/// What there is to judge.
struct Wanted {
    files: Vec<PathBuf>,
    /// Places that could not be looked into: lines after those of the files.
    unreadable: Vec<Line>,
    passed_over: u64,
}

impl Wanted {
    fn path(&self, at: usize) -> String {
        match (self.files.get(at), at.checked_sub(self.files.len())) {
            (Some(path), _) => path.to_string_lossy().into_owned(),
            (None, Some(at)) => self
                .unreadable
                .get(at)
                .map_or_else(String::new, |line| line.path.to_string()),
            (None, None) => String::new(),
        }
    }
}

pub(super) fn run(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let output = Path::new(super::required(matches, "to"));
    let format = format(context, output)?;
    let paths: Vec<PathBuf> = matches
        .get_many::<String>("PATH")
        .into_iter()
        .flatten()
        .map(PathBuf::from)
        .collect();
    for path in &paths {
        // What is not there at all is a slip of the pen, not a bad file among many.
        std::fs::metadata(path)
            .map_err(|error| CliError::read_failed(context, &path.to_string_lossy(), &error))?;
    }
    let found = find_review_files(&paths);
    let wanted = Wanted {
        unreadable: found
            .unreadable
            .iter()
            .map(|(path, error)| unreadable(path, error))
            .collect(),
        files: found.files,
        passed_over: found.passed_over,
    };
    let sums = match format {
        Format::Workbook => workbook(context, &wanted, output)?,
        _ => lines(context, &wanted, format, output)?,
    };
    let answer = json!({
        "path": output.to_string_lossy(),
        "files": sums.files,
        "passed_over": wanted.passed_over,
        "at_fault": sums.at_fault,
        "failed": sums.failed.values().sum::<u32>(),
        "to_be_asked": sums.asks,
        "passing": sums.passes,
        "set_aside": sums.set_aside,
        "counted": sums.money.people,
        "payable_fen": sums.money.payable_fen,
    });
    context.answer(&answer, || told(context, output, &sums, wanted.passed_over))?;
    Ok(ExitCode::SUCCESS)
}

fn format(context: Context, output: &Path) -> Result<Format, CliError> {
    let extension = output
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    match extension.as_str() {
        "xlsx" => Ok(Format::Workbook),
        "csv" => Ok(Format::Csv),
        "json" => Ok(Format::Json),
        "jsonl" | "ndjson" => Ok(Format::JsonLines),
        _ => Err(CliError::bad_argument(
            context,
            "--to",
            output.display(),
            ".xlsx, .csv, .json, .jsonl",
        )),
    }
}

/// Judges all files and hands over their lines in order.
fn judged(wanted: &Wanted, take: &mut dyn FnMut(Line) -> io::Result<()>) -> io::Result<()> {
    let mut result = Ok(());
    roll_up(&wanted.files, &|_| None, &Stop::default(), &mut |line, _| {
        result = take(line);
        result.is_ok()
    });
    result?;
    wanted.unreadable.iter().cloned().try_for_each(take)
}

fn workbook(context: Context, wanted: &Wanted, output: &Path) -> Result<Sums, CliError> {
    let mut lines = Vec::with_capacity(wanted.files.len());
    judged(wanted, &mut |line| {
        lines.push(line);
        Ok(())
    })
    .map_err(|error| CliError::write_failed(context, output, &error))?;
    let rollup = RollUp::new(lines, &|contest, lines| {
        contested(
            contest,
            &wanted.files[contest.newest],
            lines[contest.newest].sha256,
        )
    });
    let findings = |line: &Line| line.posting.as_ref().map_or(0, |posting| posting.findings.len());
    let rows = rollup
        .lines()
        .iter()
        .map(findings)
        .sum::<usize>()
        .max(rollup.lines().len());
    if rows >= MOST_SHEET_ROWS {
        let message = match context.language {
            Language::Chinese => format!("工作表最多 {MOST_SHEET_ROWS} 行，放不下；请改用 .csv 或 .jsonl"),
            Language::English => {
                format!("more rows than the {MOST_SHEET_ROWS} of a sheet; write .csv or .jsonl instead")
            }
        };
        return Err(CliError::new(
            "too_many_rows",
            message,
            json!({"rows": rows, "limit": MOST_SHEET_ROWS}),
        ));
    }
    let bytes =
        rollup_workbook(&rollup, context.language).map_err(|error| CliError::internal(&error.to_string()))?;
    files::replace(context, output, &bytes)?;
    Ok(rollup.sums())
}

/// Writes each file's line to the disk as it comes; which files count is added when all are known. A few dozen bytes a file
/// are held.
fn lines(context: Context, wanted: &Wanted, format: Format, output: &Path) -> Result<Sums, CliError> {
    let folder = output
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let refused = |error: io::Error| CliError::write_failed(context, output, &error);
    let mut spool = Spool::on_the_disk_of(folder).map_err(refused)?;
    let mut facts: Vec<FileFacts> = Vec::with_capacity(wanted.files.len());
    let mut shares: Vec<Share> = Vec::with_capacity(wanted.files.len());
    judged(wanted, &mut |line| {
        let row = FileRow::new(&line, context.language);
        let piece = match format {
            Format::Csv => csv_line(&row),
            _ => serde_json::to_vec(&row)?,
        };
        facts.push(FileFacts::of(&line));
        shares.push(Share::of(&line));
        spool.push(&piece)
    })
    .map_err(refused)?;
    let lost = lost(&facts, &|contest| {
        let sha256 = facts[contest.newest].sha256();
        contested(contest, &wanted.files[contest.newest], sha256)
    });
    let standings = standings(&facts, &lost);
    drop(facts);
    let mut sums = Sums::default();
    let path = |at: usize| wanted.path(at);
    let several = |standing| u32::from(matches!(standing, Standing::Counted { several_logs: true }));
    for (share, standing) in shares.iter().zip(&standings) {
        sums.add_share(share, *standing, share.questions + several(*standing));
    }
    let last = standings.len().saturating_sub(1);
    files::replace_with(context, output, |file| {
        let mut file = BufWriter::new(file);
        match format {
            Format::Csv => {
                file.write_all(CSV_MARK.as_bytes())?;
                file.write_all(&csv_header())?;
            }
            Format::Json => file.write_all(b"[\n")?,
            _ => {}
        }
        spool.each(|at, piece| {
            let among = RowAmong::new(standings[at], &path, Vec::new(), context.language);
            if format == Format::Csv {
                file.write_all(piece)?;
                let questions = shares[at].questions + several(standings[at]);
                return file.write_all(&csv_tail(
                    among.standing,
                    among.in_favour_of.as_deref(),
                    questions,
                ));
            }
            // Both are objects: the first without its end and the second without its beginning are one.
            let rest = serde_json::to_vec(&among)?;
            file.write_all(&piece[..piece.len() - 1])?;
            file.write_all(b",")?;
            file.write_all(&rest[1..])?;
            file.write_all(if format == Format::Json && at != last {
                b",\n"
            } else {
                b"\n"
            })
        })?;
        if format == Format::Json {
            file.write_all(b"]\n")?;
        }
        file.flush()
    })?;
    Ok(sums)
}

fn told(context: Context, output: &Path, sums: &Sums, passed_over: u64) -> String {
    let failed: u32 = sums.failed.values().sum();
    let payable = labels::yuan(context.language, sums.money.payable_fen);
    let (path, money) = (output.display(), &sums.money);
    let mut text = match context.language {
        Language::Chinese => format!(
            "已写入 {path}\n  来件 {} 份：可以通过 {}，要问 {}，未达标 {failed}，文件有问题 {}，不另计 {}\n  应付补助 {payable}，{} 人\n",
            sums.files, sums.passes, sums.asks, sums.at_fault, sums.set_aside, money.people
        ),
        Language::English => format!(
            "written: {path}\n  {} files: {} pass, {} to be asked, {failed} not met, {} at fault, {} set aside\n  Payable: {payable}, {} people\n",
            sums.files, sums.passes, sums.asks, sums.at_fault, sums.set_aside, money.people
        ),
    };
    if passed_over > 0 {
        text += &match context.language {
            Language::Chinese => format!("  跳过不是审核文件的 {passed_over} 个\n"),
            Language::English => format!("  {passed_over} files of other kinds passed over\n"),
        };
    }
    text
}
