//! `xxz db`: the application's database without its window.

mod moving;
mod records;
mod restore;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;
use serde_json::{Value, json};
use uuid::Uuid;
use xiaxiangzhi_core::assess::default_as_of;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_store::{
    CheckReport, Computer, DATABASE_FILE, Enclosed, Imported, LogSummary, OpenError, Store, StoreError,
    backups, check, default_dir,
};

use crate::context::Context;
use crate::error::CliError;
use crate::{clock, files, input, warning};

pub(super) fn run(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    match matches.subcommand() {
        Some(("list", matches)) => list(context, matches),
        Some(("check", matches)) => checked(context, matches),
        Some(("backup", matches)) => backup(context, matches),
        Some(("export", matches)) => export(context, matches),
        Some(("import", matches)) => import(context, matches),
        Some(("restore", matches)) => restore::run(context, matches),
        Some(("move", matches)) => moving::run(context, matches),
        Some(("history", matches)) => records::history(context, matches),
        Some(("bin", matches)) => records::bin(context, matches),
        Some(("revert", matches)) => records::revert(context, matches),
        Some(("erase", matches)) => records::erase(context, matches),
        Some(("delete", matches)) => records::delete(context, matches),
        _ => Err(CliError::internal("no such command")),
    }
}

/// `--data DIR`, else where the application keeps its data.
pub(super) fn data(context: Context, matches: &ArgMatches) -> Result<PathBuf, CliError> {
    let given = super::text(matches, "data").map(PathBuf::from);
    given.or_else(default_dir).ok_or_else(|| {
        let message = context.pick(
            "找不到本机的数据文件夹，请用 --data 指定",
            "no data folder is known here; give one with --data",
        );
        CliError::new("no_data_folder", message, json!({}))
    })
}

/// Opens what is there; only `import` may make a database where there is none.
pub(super) fn open(context: Context, folder: &Path, may_make: bool) -> Result<Store, CliError> {
    if !may_make && !folder.join(DATABASE_FILE).exists() {
        return Err(no_database(context, folder));
    }
    let store = Store::open(folder).map_err(|error| not_open(context, &error))?;
    if let Some(computer) = Computer::this() {
        store
            .at_computer(&computer, clock::now())
            .map_err(|error| refused(context, &error))?;
    }
    Ok(store)
}

/// The posting that a command names in one of its arguments.
pub(super) fn posting_id(context: Context, matches: &ArgMatches, argument: &str) -> Result<Uuid, CliError> {
    let word = super::required(matches, argument);
    let allowed = context.pick("派驻的 UUID，见 xxz db list", "a posting's UUID, see xxz db list");
    let shown = if argument == "ID" {
        argument.to_owned()
    } else {
        format!("--{argument}")
    };
    Uuid::parse_str(word).map_err(|_| CliError::bad_argument(context, &shown, word, allowed))
}

fn no_database(context: Context, folder: &Path) -> CliError {
    let folder = folder.display().to_string();
    let message = format!("{folder}{}", context.pick(" 里没有数据库", " has no database"));
    CliError::new("no_database", message, json!({"path": folder}))
}

fn not_open(context: Context, error: &OpenError) -> CliError {
    CliError::new(
        error.code(),
        error.describe(context.language),
        json!({"reason": error.to_string()}),
    )
}

pub(super) fn refused(context: Context, error: &StoreError) -> CliError {
    CliError::new(
        error.code(),
        error.describe(context.language),
        json!({"reason": error.to_string()}),
    )
}

fn list(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let folder = data(context, matches)?;
    let logs = open(context, &folder, false)?.logs();
    context.answer(
        &json!({"data": folder.display().to_string(), "postings": logs}),
        || {
            if logs.is_empty() {
                return format!("{}\n", context.pick("没有派驻", "no postings"));
            }
            logs.iter().map(line).collect()
        },
    )?;
    Ok(ExitCode::SUCCESS)
}

fn line(log: &LogSummary) -> String {
    let known = |text: &Option<String>| text.clone().unwrap_or_else(|| "—".into());
    let period = format!("{} — {}", known(&log.start), known(&log.end));
    format!(
        "{}  {}  {}  {period}  n={}\n",
        log.log_id,
        known(&log.physician),
        known(&log.recipient_unit),
        log.n
    )
}

fn checked(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let folder = data(context, matches)?;
    if !folder.join(DATABASE_FILE).exists() {
        return Err(no_database(context, &folder));
    }
    let report = match check(&folder) {
        Ok(report) => report,
        // So damaged that it cannot be looked through: the answer is "no", as for damage that can.
        Err(OpenError::Damaged { detail, .. }) => CheckReport {
            ok: false,
            structure: vec![detail],
            logs: Vec::new(),
        },
        Err(error) => return Err(not_open(context, &error)),
    };
    context.answer(&report, || {
        let fine = context.pick("完好", "in order");
        let damaged = context.pick(
            "有损坏；原文件保持不动，可从备份恢复",
            "damaged; the file was left as it is, restore a backup",
        );
        let mut lines = vec![if report.ok { fine } else { damaged }.to_owned()];
        lines.extend(report.structure.iter().map(|line| format!("  {line}")));
        lines.extend(report.logs.iter().map(|log| {
            format!(
                "  {}  n={}  {}",
                log.log_id,
                log.n,
                log.message.as_deref().unwrap_or(fine)
            )
        }));
        lines.join("\n") + "\n"
    })?;
    Ok(if report.ok {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

fn backup(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let folder = data(context, matches)?;
    let made = open(context, &folder, false)?
        .backup(clock::now())
        .map_err(|error| refused(context, &error))?;
    let all = backups(&folder).len();
    context.answer(&json!({"backup": made, "backups": all}), || {
        let label = context.pick("已备份并核对：", "backed up and checked: ");
        format!("{label}{} ({} B)\n", made.path.display(), made.bytes)
    })?;
    Ok(ExitCode::SUCCESS)
}

fn export(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let id = posting_id(context, matches, "ID")?;
    let store = open(context, &data(context, matches)?, false)?;
    let folded = store.folded(id).map_err(|error| refused(context, &error))?;
    let records = Records::from_value(folded.document)
        .map_err(|bad| CliError::bad_records(context, &id.to_string(), &bad))?;
    let as_of = if super::text(matches, "as-of").is_some() {
        super::as_of(context, matches, &records)?
    } else {
        default_as_of(&records, clock::today_in_china())
    };
    let enclosed = if matches.get_flag("pictures") {
        Enclosed::All
    } else {
        Enclosed::Only(&BTreeSet::new())
    };
    let file = store
        .export_review_file_with(id, as_of, clock::now(), enclosed)
        .map_err(|error| refused(context, &error))?;
    let output = super::required(matches, "output");
    files::replace(context, Path::new(output), &file.bytes)?;
    let answer = json!({
        "path": output,
        "bytes": file.bytes.len(),
        "export": file.number,
        "events": file.n,
        "head": file.head,
        "head_code": file.head_code,
        "as_of": as_of,
    });
    context.answer(&answer, || match context.language {
        Language::Chinese => format!(
            "已写入 {output}\n  第 {} 次导出，封存码：{}\n",
            file.number, file.head_code
        ),
        Language::English => format!(
            "written: {output}\n  export {}, head code: {}\n",
            file.number, file.head_code
        ),
    })?;
    Ok(ExitCode::SUCCESS)
}

fn import(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let path = super::required(matches, "FILE");
    // What cannot be imported must not leave an empty database behind.
    let bytes = input::bytes(context, path)?;
    let verification = xiaxiangzhi_core::reviewfile::verify(&bytes, None);
    let verdict = verification.verdict;
    let Some(file) = verification.file.filter(|_| verdict.is_genuine()) else {
        return Err(input::not_genuine(context, path, &verdict));
    };
    let store = open(context, &data(context, matches)?, true)?;
    let imported = store.import(&bytes, clock::now()).map_err(|error| match &error {
        StoreError::NotImported { verdict } => input::not_genuine(context, path, verdict),
        _ => refused(context, &error),
    })?;
    let answer: Value = json!(imported);
    context.answer(&answer, || match (imported, context.language) {
        (Imported::Added { log_id, events }, Language::Chinese) => {
            format!("新增派驻 {log_id}，{events} 条记录\n")
        }
        (Imported::Added { log_id, events }, Language::English) => {
            format!("added posting {log_id}, {events} events\n")
        }
        (Imported::Extended { log_id, events }, Language::Chinese) => {
            format!("派驻 {log_id} 续接 {events} 条记录\n")
        }
        (Imported::Extended { log_id, events }, Language::English) => {
            format!("posting {log_id} goes on with {events} events\n")
        }
        (Imported::Unchanged { log_id }, Language::Chinese) => format!("派驻 {log_id} 已是最新，没有改动\n"),
        (Imported::Unchanged { log_id }, Language::English) => {
            format!("posting {log_id} is up to date; nothing changed\n")
        }
    })?;
    if let Ok(records) = Records::from_value(file.document()) {
        warning::of_patients(context, path, &records);
    }
    Ok(ExitCode::SUCCESS)
}
