//! 汇总: many files at once. Nothing of them is kept; those received before are consulted.

use super::deciding::{decided_in, folder_for_decisions};
use super::export::{shown, write};
use super::review::offered;
use crate::app::App;
use crate::desk::{Ask, Desk};
use crate::files;
use crate::refusal::{bad_request, label, not_read, refusal};
use crate::views::{
    CommandError, DecisionsMade, FileToDecide, RollUpDecision, RollUpFailing, RollUpFigure, RollUpFormat,
    RollUpLine, RollUpMoney, RollUpOutcome, RollUpRequirement, RollUpScheme, RollUpSums, RollUpView,
};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::log::{Origin, sha256, to_hex};
use xiaxiangzhi_core::reviewfile::Decision;
use xiaxiangzhi_core::rollup::{Line, Outcome, RollUp, RowAmong, SchemeFacts, Standing, Sums, outcome};
use xiaxiangzhi_forms::{
    CSV_MARK, FormsError, MOST_SHEET_ROWS, csv_header, csv_line, csv_tail, rollup_workbook,
};
use xiaxiangzhi_store::read_review_file;

/// The most lines of one answer: what a page takes in between two frames.
const MOST_LINES: usize = 2_000;

/// Adds files and folders that were dropped, or a folder that is chosen now. Null where the dialog was cancelled.
pub(super) fn add(
    app: &App,
    desk: &dyn Desk,
    paths: Option<Vec<String>>,
) -> Result<Option<RollUpView>, CommandError> {
    let chosen = if let Some(paths) = paths {
        let paths = paths.into_iter();
        paths
            .map(|path| offered(app, PathBuf::from(path)))
            .collect::<Result<Vec<_>, _>>()?
    } else {
        let language = app.settings().language;
        let title = language.pick("加入文件夹", "Add a folder of review files");
        let Some(folder) = desk.choose_folder(title) else {
            return Ok(None);
        };
        vec![folder]
    };
    app.rolling().add(chosen, app.store().ok());
    Ok(Some(view(app, 0)))
}

/// How it stands, with the lines from a place on.
pub(super) fn view(app: &App, from: usize) -> RollUpView {
    let rolling = app.rolling();
    let standing = rolling.standing();
    let whole = standing.whole.as_deref().filter(|_| !standing.running);
    let lines = rolling.lines(from, MOST_LINES, |at, line, scheme| {
        let among = whole.map(|whole| (whole.standing(at), whole.questions(at)));
        line_view(at, line, scheme, among)
    });
    RollUpView {
        round: standing.round,
        running: standing.running,
        done: standing.done,
        all: standing.all,
        passed_over: standing.passed_over,
        seconds: standing.seconds,
        lines,
        sums: whole.map(|whole| sums(&whole.sums())),
        schemes: rolling
            .schemes()
            .iter()
            .map(|scheme| scheme_view(scheme))
            .collect(),
    }
}

fn scheme_view(scheme: &SchemeFacts) -> RollUpScheme {
    let requirements = scheme.requirements.iter().map(|name| RollUpRequirement {
        id: name.id.clone(),
        title: name.title.clone(),
        kind: name.kind,
    });
    RollUpScheme {
        id: scheme.id.clone(),
        version: scheme.version,
        title: scheme.title.clone(),
        requirements: requirements.collect(),
        grades: scheme.grades.clone(),
    }
}

fn line_view(at: usize, line: &Line, scheme: Option<usize>, among: Option<(Standing, u32)>) -> RollUpLine {
    let alone = if line.may_count() {
        Standing::Counted { several_logs: false }
    } else {
        Standing::Refused
    };
    let (standing, questions) = among.unwrap_or((alone, line.questions()));
    let counts = matches!(standing, Standing::Counted { .. });
    let posting = line.posting.as_deref();
    let shown = posting.filter(|_| counts);
    RollUpLine {
        at,
        path: line.path.to_string(),
        file_name: line.file_name().to_owned(),
        sha256: line.sha256.map(|digest| to_hex(&digest)),
        // Nobody is known to have entered it: that it was not changed since says less.
        verdict: match posting {
            Some(posting) if posting.origin == Origin::Records && line.verdict == "genuine" => {
                "packed_from_records"
            }
            _ => line.verdict,
        }
        .to_owned(),
        reason: line.reason.as_deref().cloned(),
        standing: RowAmong::new(standing, &|_| String::new(), &[], Language::Chinese)
            .standing
            .to_owned(),
        outcome: match outcome(posting, standing, questions) {
            Outcome::AtFault => RollUpOutcome::AtFault,
            Outcome::Failed(_) => RollUpOutcome::Failed,
            Outcome::Open => RollUpOutcome::Open,
            Outcome::Asks => RollUpOutcome::Asks,
            Outcome::Passes => RollUpOutcome::Passes,
            Outcome::SetAside => RollUpOutcome::SetAside,
        },
        log_id: posting.map(|posting| posting.log),
        physician: posting.map_or_else(String::new, |posting| posting.physician.to_string()),
        home_department: posting.map_or_else(String::new, |posting| posting.home_department.to_string()),
        recipient_unit: posting.map_or_else(String::new, |posting| posting.recipient_unit.to_string()),
        start: posting.map(|posting| posting.start),
        end: posting.map(|posting| posting.end),
        scheme,
        figures: shown.map_or_else(Vec::new, |posting| {
            let figures = posting.requirements.iter().map(|each| RollUpFigure {
                status: each.status,
                figure: each.figure,
                short_gap_days: each.short_gap_days,
            });
            figures.collect()
        }),
        failed: shown.map_or(0, |posting| posting.failed),
        questions: if counts { questions } else { 0 },
        payable_fen: shown.map(|posting| posting.consequences.payable_fen),
    }
}

/// What was decided here on files of the roll-up, the last word on each.
pub(super) fn decisions(app: &App) -> Result<Vec<RollUpDecision>, CommandError> {
    let made = app.store()?.decisions(None)?;
    let made: HashMap<_, _> = made
        .iter()
        .filter_map(|made| Some(((made.review.log, made.review.head_hash()?), &made.review)))
        .collect();
    let standing = app.rolling().standing();
    let lines = standing
        .whole
        .iter()
        .flat_map(|whole| whole.lines().iter().enumerate());
    let decided = lines.filter_map(|(at, line)| {
        let posting = line.posting.as_deref()?;
        let review = made.get(&(posting.log, posting.head.hash))?;
        Some(RollUpDecision {
            at,
            approved: review.decision == Decision::Approved,
            grade: review.grade.clone(),
        })
    });
    Ok(decided.collect())
}

/// Approves the files of some lines with one grade: a folder is asked for once, and a signed file for each goes into it. Only
/// then are those files remembered as received.
pub(super) fn decide(
    app: &App,
    desk: &dyn Desk,
    lines: &[usize],
    grade: Option<&str>,
) -> Result<Option<DecisionsMade>, CommandError> {
    let standing = app.rolling().standing();
    let whole = standing
        .whole
        .filter(|_| !standing.running)
        .ok_or_else(still_reading)?;
    let chosen = lines
        .iter()
        .map(|&at| {
            let counts = matches!(whole.standing(at), Standing::Counted { .. });
            whole.lines().get(at).filter(|_| counts)
        })
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| bad_request("a file that does not count cannot be approved"))?;
    let Some(folder) = folder_for_decisions(app, desk) else {
        return Ok(None);
    };
    let store = app.store()?;
    let mut files = Vec::with_capacity(chosen.len());
    for line in chosen {
        let path = Path::new(&*line.path);
        let bytes = read_review_file(path).map_err(|error| not_read(path, &error))?;
        if line.sha256 != Some(sha256(&bytes)) {
            return Err(changed_since(line.file_name()));
        }
        store.receive(&bytes, line.file_name(), app.clock().now())?;
        files.push(FileToDecide {
            sha256: to_hex(&sha256(&bytes)),
            grade: grade.map(str::to_owned),
        });
    }
    decided_in(app, &store, &folder, files, Decision::Approved, None).map(Some)
}

fn changed_since(name: &str) -> CommandError {
    refusal(
        "changed_since",
        label(
            format!("「{name}」核对之后变了，没有签发任何结论。"),
            format!("{name} has changed since it was checked; nothing was decided."),
        ),
        label(
            "重新加入它所在的文件夹，再审核。",
            "Add its folder again, then decide.",
        ),
    )
}

fn still_reading() -> CommandError {
    refusal(
        "still_reading",
        label("来件还没有核对完。", "The files are still being checked."),
        label(
            "等核对完，或按「取消」停下，再做这一步。",
            "Wait until it is done, or cancel it, then go on.",
        ),
    )
}

fn sums(sums: &Sums) -> RollUpSums {
    RollUpSums {
        met: sums.passes + sums.asks,
        open: sums.open,
        at_fault: sums.at_fault,
        set_aside: sums.set_aside,
        failed: sums
            .failed
            .iter()
            .map(|(failed, files)| (*failed, *files))
            .collect(),
        failing: sums
            .failing()
            .into_iter()
            .map(|failing| RollUpFailing {
                title: failing.title,
                files: failing.files,
            })
            .collect(),
        people: sums.money.people,
        payable_fen: sums.money.payable_fen,
        departments: sums
            .departments()
            .into_iter()
            .map(|line| RollUpMoney {
                scheme: line.scheme,
                home_department: line.home_department.into(),
                people: line.money.people,
                subsidy_fen: line.money.subsidy_fen,
                deducted_fen: line.money.deducted_fen,
                payable_fen: line.money.payable_fen,
                fines_fen: line.money.department_fine_fen
                    + line.money.recall_fine_physician_fen
                    + line.money.recall_fine_department_fen,
                reward_fen: line.money.department_reward_fen,
            })
            .collect(),
    }
}

/// Saves it; null where the dialog was cancelled.
pub(super) fn export(
    app: &App,
    desk: &dyn Desk,
    format: RollUpFormat,
) -> Result<Option<String>, CommandError> {
    let language = app.settings().language;
    let standing = app.rolling().standing();
    let whole = standing
        .whole
        .filter(|_| !standing.running)
        .ok_or_else(still_reading)?;
    let (extension, kind) = match format {
        RollUpFormat::Xlsx => ("xlsx", "Excel"),
        RollUpFormat::Csv => ("csv", "CSV"),
        RollUpFormat::Jsonl => ("jsonl", "JSON Lines"),
    };
    let name = language.pick("汇总", "roll-up");
    let Some(path) = desk.save_file(&Ask {
        title: language.pick("导出表格", "Export the table").to_owned(),
        file_name: format!("{name}-{}.{extension}", app.clock().today()),
        kind: kind.to_owned(),
        extension,
    }) else {
        return Ok(None);
    };
    let path = files::with_extension(path, extension);
    let bytes = match format {
        RollUpFormat::Xlsx => workbook(&whole, language)?,
        RollUpFormat::Csv => csv(&whole, language),
        RollUpFormat::Jsonl => json_lines(&whole, language),
    };
    write(&path, &bytes)?;
    Ok(Some(shown(&path)))
}

fn workbook(whole: &RollUp, language: Language) -> Result<Vec<u8>, CommandError> {
    let findings = |line: &Line| line.posting.as_ref().map_or(0, |posting| posting.findings.len());
    if whole
        .lines()
        .iter()
        .map(|line| findings(line))
        .sum::<usize>()
        .max(whole.lines().len())
        >= MOST_SHEET_ROWS
    {
        return Err(refusal(
            "too_many_rows",
            label(
                "行数超过工作表的上限。",
                "There are more rows than a sheet holds.",
            ),
            label("请导出 CSV 或 JSON Lines。", "Export CSV or JSON lines."),
        ));
    }
    rollup_workbook(whole, language).map_err(|error: FormsError| CommandError::from(error))
}

fn csv(whole: &RollUp, language: Language) -> Vec<u8> {
    let mut bytes = CSV_MARK.as_bytes().to_vec();
    bytes.extend(csv_header());
    for at in 0..whole.lines().len() {
        if let Some(row) = whole.row(at, language) {
            bytes.extend(csv_line(&row.file));
            let other = row.among.in_favour_of.as_deref();
            bytes.extend(csv_tail(row.among.standing, other, whole.questions(at)));
        }
    }
    bytes
}

fn json_lines(whole: &RollUp, language: Language) -> Vec<u8> {
    let rows = (0..whole.lines().len()).filter_map(|at| whole.row(at, language));
    let mut bytes = Vec::new();
    for line in rows.filter_map(|row| serde_json::to_vec(&row).ok()) {
        bytes.extend(line);
        bytes.push(b'\n');
    }
    bytes
}
