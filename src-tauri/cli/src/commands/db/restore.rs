//! `xxz db restore`: what could be gone back to, what it would change, and doing it.

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use clap::ArgMatches;
use serde_json::{Value, json};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_store::{
    Adopted, BackupContents, DATABASE_FILE, OpenError, Relation, RestorePreview, Restored, Store, adopt,
    backups, contents,
};

use super::{data, not_open, open, refused};
use crate::clock;
use crate::commands::text;
use crate::context::Context;
use crate::error::CliError;

pub(super) fn run(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let folder = data(context, matches)?;
    let Some(from) = text(matches, "from").map(Path::new) else {
        return choices(context, &folder);
    };
    if matches.get_flag("preview") {
        return preview(context, &folder, from);
    }
    // Looked at first: a bad backup must not be what makes an empty folder into a database.
    contents(from).map_err(|error| not_open(context, &error))?;
    let missing = !folder.join(DATABASE_FILE).exists();
    let opened = if missing && folder.exists() {
        Ok(None)
    } else {
        Store::open(&folder).map(Some)
    };
    match opened {
        Ok(Some(store)) => {
            drop(store);
            let store = open(context, &folder, true)?;
            let done = store
                .restore(from, clock::now())
                .map_err(|error| refused(context, &error))?;
            went_back(context, &done)
        }
        Ok(None) | Err(OpenError::Damaged { .. }) => {
            let done = adopt(&folder, from, clock::now()).map_err(|error| not_open(context, &error))?;
            went_on(context, &done)
        }
        Err(error) => Err(not_open(context, &error)),
    }
}

fn choices(context: Context, folder: &Path) -> Result<ExitCode, CliError> {
    let mut lines = Vec::new();
    let mut rows = Vec::new();
    for backup in backups(folder) {
        let path = backup.path.display();
        match contents(&backup.path) {
            Ok(found) => {
                lines.push(listed(context, &found));
                rows.push(json!({"path": backup.path, "at": backup.at, "verified": true, "contents": found}));
            }
            // Said, and kept: it may be the only trace there is.
            Err(error) => {
                let bad = context.pick("核对不符，不能恢复", "does not verify, cannot be restored");
                lines.push(format!("{}  {bad}  {path}\n", backup.at));
                rows.push(json!({
                    "path": backup.path, "at": backup.at, "verified": false,
                    "problem": {"code": error.code(), "message": error.describe(context.language)},
                }));
            }
        }
    }
    context.answer(&json!({"data": folder, "backups": rows}), || {
        if lines.is_empty() {
            return format!("{}\n", context.pick("没有备份", "no backups"));
        }
        lines.concat()
    })?;
    Ok(ExitCode::SUCCESS)
}

fn listed(context: Context, found: &BackupContents) -> String {
    let at = found.at.as_deref().unwrap_or("—");
    let path = found.path.display();
    let to = found
        .postings
        .iter()
        .filter_map(|posting| posting.last_day.as_deref())
        .max();
    let to = to.unwrap_or("—");
    match context.language {
        Language::Chinese => format!("{at}  {} 条，到 {to}  已核对  {path}\n", found.events),
        Language::English => format!("{at}  {} events, to {to}  verified  {path}\n", found.events),
    }
}

fn preview(context: Context, folder: &Path, from: &Path) -> Result<ExitCode, CliError> {
    let store = open(context, folder, false)?;
    let preview = store
        .preview_restore(from)
        .map_err(|error| refused(context, &error))?;
    context.answer(&json!(preview), || shown(context, &preview))?;
    Ok(ExitCode::SUCCESS)
}

fn shown(context: Context, preview: &RestorePreview) -> String {
    let mut text = String::new();
    for posting in &preview.postings {
        let summary = &posting.summary;
        let name = summary.physician.as_deref().unwrap_or("—");
        let _ = writeln!(
            text,
            "{}  {name}  {}",
            summary.log_id,
            relation(context, posting.relation)
        );
        for change in &posting.changes {
            let sign = match (&change.now, &change.then) {
                (None, Some(_)) => '+',
                (Some(_), None) => '-',
                _ => '~',
            };
            let _ = writeln!(text, "  {sign} {}/{}", change.entity, change.key);
        }
    }
    text
}

fn relation(context: Context, relation: Relation) -> String {
    let zh = context.language == Language::Chinese;
    match relation {
        Relation::Same if zh => "与现在一样".to_owned(),
        Relation::Same => "as it is now".to_owned(),
        Relation::Earlier { events } if zh => format!("备份之后又有 {events} 条；恢复可以撤销"),
        Relation::Earlier { events } => format!("{events} events since; restoring can be undone"),
        Relation::Later { events } if zh => format!("备份比现在多 {events} 条，会续接上"),
        Relation::Later { events } => format!("the backup has {events} events more, which will be appended"),
        Relation::Forked { n } if zh => format!("两边各自写过，从第 {n} 条起不同；恢复会改成备份里的样子"),
        Relation::Forked { n } => {
            format!(
                "both went on by themselves, they differ from event {n} on; restoring sets it as in the backup"
            )
        }
        Relation::Absent if zh => "现在没有，会连同全部历史恢复".to_owned(),
        Relation::Absent => "not here; it comes back with its whole history".to_owned(),
        Relation::NotInBackup if zh => "备份里没有，不动".to_owned(),
        Relation::NotInBackup => "not in the backup; left alone".to_owned(),
    }
}

fn went_back(context: Context, done: &Restored) -> Result<ExitCode, CliError> {
    let answer: Value = json!({"did": "restored", "restored": done});
    context.answer(&answer, || match context.language {
        Language::Chinese => format!(
            "已恢复：{} 次派驻，{} 条。恢复前的样子备份在 {}\n",
            done.postings.len(),
            done.events,
            done.before.path.display()
        ),
        Language::English => format!(
            "restored: {} postings, {} events. What was there before is in {}\n",
            done.postings.len(),
            done.events,
            done.before.path.display()
        ),
    })?;
    Ok(ExitCode::SUCCESS)
}

fn went_on(context: Context, done: &Adopted) -> Result<ExitCode, CliError> {
    context.answer(&json!({"did": "adopted", "adopted": done}), || {
        let salvaged: u64 = done.postings.iter().map(|posting| posting.salvaged).sum();
        let lost: u64 = done.postings.iter().map(|posting| posting.lost).sum();
        let aside = done
            .kept_aside
            .as_ref()
            .map_or_else(|| "—".to_owned(), |path| path.display().to_string());
        match context.language {
            Language::Chinese => {
                format!("已从备份恢复；之后的 {salvaged} 条还读得出，已补回；{lost} 条丢失。受损的文件留在 {aside}\n")
            }
            Language::English => format!(
                "goes on from the backup; {salvaged} later events could still be read and came along; {lost} are lost. The damaged file is kept as {aside}\n"
            ),
        }
    })?;
    Ok(ExitCode::SUCCESS)
}
