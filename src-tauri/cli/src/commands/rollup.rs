//! `xxz rollup`: many review files, a line each. A bad file is a line with its reason.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::ArgMatches;
use serde_json::json;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::oddities::Oddity;
use xiaxiangzhi_core::rollup::{
    FileFacts, FileRow, Line, RollUp, RowAmong, Share, Sums, lost, odd_across, questions_of, standings,
};
use xiaxiangzhi_forms::{CSV_MARK, MOST_SHEET_ROWS, csv_header, csv_line, csv_tail, rollup_workbook};
use xiaxiangzhi_store::rollup::{
    Spool, Stop, contested, find_review_files, roll_up, unreadable as unreadable_line,
};

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
    let unreadable = found.unreadable.iter();
    let wanted = Wanted {
        unreadable: unreadable
            .map(|(path, error)| unreadable_line(path, error))
            .collect(),
        files: found.files,
    };
    let (sums, other_kinds) = match format {
        Format::Workbook => workbook(context, &wanted, output)?,
        _ => lines(context, &wanted, format, output)?,
    };
    let passed_over = found.passed_over + other_kinds;
    let answer = json!({
        "path": output.to_string_lossy(),
        "files": sums.files,
        "passed_over": passed_over,
        "at_fault": sums.at_fault,
        "failed": sums.failed.values().sum::<u32>(),
        "open": sums.open,
        "to_be_asked": sums.asks,
        "passing": sums.passes,
        "set_aside": sums.set_aside,
        "counted": sums.money.people,
        "payable_fen": sums.money.payable_fen,
    });
    context.answer(&answer, || told(context, output, &sums, passed_over))?;
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

/// Judges all files and hands over the lines of postings in order, each with its path's place. Answers how many signed files
/// of other kinds there were.
fn judged(wanted: &Wanted, take: &mut dyn FnMut(usize, Line) -> io::Result<()>) -> io::Result<u64> {
    let (mut result, mut other_kinds) = (Ok(()), 0);
    roll_up(
        &wanted.files,
        &|_| None,
        &Stop::default(),
        &mut |line, progress| {
            if line.is_of_other_kind() {
                other_kinds += 1;
            } else {
                result = take(progress.done - 1, line);
            }
            result.is_ok()
        },
    );
    result?;
    for (at, line) in wanted.unreadable.iter().enumerate() {
        take(wanted.files.len() + at, line.clone())?;
    }
    Ok(other_kinds)
}

fn workbook(context: Context, wanted: &Wanted, output: &Path) -> Result<(Sums, u64), CliError> {
    let mut lines = Vec::with_capacity(wanted.files.len());
    let other_kinds = judged(wanted, &mut |_, line| {
        lines.push(Arc::new(line));
        Ok(())
    })
    .map_err(|error| CliError::write_failed(context, output, &error))?;
    let rollup = RollUp::new(lines, &|contest, lines| {
        let newest = &lines[contest.newest];
        contested(contest, Path::new(&*newest.path), newest.sha256)
    });
    let findings = |line: &Line| line.posting.as_ref().map_or(0, |posting| posting.findings.len());
    let rows = rollup
        .lines()
        .iter()
        .map(|line| findings(line))
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
    Ok((rollup.sums(), other_kinds))
}

/// Writes each file's line to the disk as it comes; which files count is added when all are known. A few dozen bytes a file
/// are held.
fn lines(context: Context, wanted: &Wanted, format: Format, output: &Path) -> Result<(Sums, u64), CliError> {
    let folder = output
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let refused = |error: io::Error| CliError::write_failed(context, output, &error);
    let mut spool = Spool::on_the_disk_of(folder).map_err(refused)?;
    let mut facts: Vec<FileFacts> = Vec::with_capacity(wanted.files.len());
    // What lines are compared by, and what is odd about each by itself.
    let (mut to_compare, mut odd) = (Vec::new(), Vec::new());
    // Which path each line is of.
    let mut places: Vec<usize> = Vec::with_capacity(wanted.files.len());
    let mut shares: Vec<Share> = Vec::with_capacity(wanted.files.len());
    let other_kinds = judged(wanted, &mut |place, mut line| {
        let row = FileRow::new(&line, context.language);
        let piece = match format {
            Format::Csv => csv_line(&row),
            _ => serde_json::to_vec(&row)?,
        };
        places.push(place);
        facts.push(FileFacts::of(&line));
        to_compare.push(line.facts.take().map(|facts| *facts));
        odd.push(std::mem::take(&mut line.odd));
        shares.push(Share::of(&line));
        spool.push(&piece)
    })
    .map_err(refused)?;
    let lost = lost(&facts, &|contest| {
        let sha256 = facts[contest.newest].sha256();
        contested(contest, &wanted.files[places[contest.newest]], sha256)
    });
    let standings = standings(&facts, &lost);
    drop(facts);
    let across = odd_across(&standings, |at| to_compare.get_mut(at).and_then(Option::take));
    let odd = |at: usize| -> Vec<&Oddity> {
        odd[at]
            .iter()
            .chain(across.get(&at).into_iter().flatten())
            .collect()
    };
    let questions = |at: usize| questions_of(shares[at].questions, standings[at], &odd(at));
    let mut sums = Sums::default();
    // Only what is read can count in another's favour.
    let path = |at: usize| {
        let file = places.get(at).and_then(|place| wanted.files.get(*place));
        file.map_or_else(String::new, |path| path.to_string_lossy().into_owned())
    };
    for (at, share) in shares.iter().enumerate() {
        sums.add_share(share, standings[at], questions(at));
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
            let among = RowAmong::new(standings[at], &path, &odd(at), context.language);
            if format == Format::Csv {
                file.write_all(piece)?;
                return file.write_all(&csv_tail(
                    among.standing,
                    among.in_favour_of.as_deref(),
                    questions(at),
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
    Ok((sums, other_kinds))
}

fn told(context: Context, output: &Path, sums: &Sums, passed_over: u64) -> String {
    let failed: u32 = sums.failed.values().sum();
    let payable = labels::yuan(context.language, sums.money.payable_fen);
    let (path, money) = (output.display(), &sums.money);
    let mut text = match context.language {
        Language::Chinese => format!(
            "已写入 {path}\n  来件 {} 份：可以通过 {}，要问 {}，未达标 {failed}，还在派驻 {}，文件有问题 {}，不另计 {}\n  应付补助 {payable}，{} 人\n",
            sums.files, sums.passes, sums.asks, sums.open, sums.at_fault, sums.set_aside, money.people
        ),
        Language::English => format!(
            "written: {path}\n  {} files: {} pass, {} to be asked, {failed} not met, {} not yet over, {} at fault, {} set aside\n  Payable: {payable}, {} people\n",
            sums.files, sums.passes, sums.asks, sums.open, sums.at_fault, sums.set_aside, money.people
        ),
    };
    if passed_over > 0 {
        let (before, after) = match context.language {
            Language::Chinese => ("跳过不是审核文件的 ", " 个"),
            Language::English => ("passed over, of other kinds: ", ""),
        };
        text.extend(["  ", before, &passed_over.to_string(), after, "\n"]);
    }
    text
}
