//! Single records in the database: their history, the recycle bin, going back, erasing; and deleting a whole posting.

use std::fmt::Write as _;
use std::process::ExitCode;

use clap::ArgMatches;
use serde::Serialize;
use serde_json::json;
use xiaxiangzhi_core::language::Label;
use xiaxiangzhi_core::log::{Entity, FieldChange, HowSet, Version, field_changes};
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_store::{Store, StoreError};

use super::{data, open, posting_id, refused};
use crate::clock;
use crate::commands::required;
use crate::context::Context;
use crate::error::CliError;

fn store(context: Context, matches: &ArgMatches) -> Result<Store, CliError> {
    open(context, &data(context, matches)?, false)
}

/// `day/2026-03-02`, or `posting` for a record that stands alone.
fn record(context: Context, matches: &ArgMatches) -> Result<(Entity, &str), CliError> {
    let word = required(matches, "record");
    let (name, key) = word.split_once('/').unwrap_or((word, ""));
    let allowed = || {
        let names: Vec<&str> = Entity::ALL.into_iter().map(Entity::name).collect();
        let lead = context.pick(
            "种类/键，如 day/2026-03-02；种类是",
            "KIND/KEY such as day/2026-03-02; kinds are",
        );
        format!("{lead} {}", names.join(", "))
    };
    Entity::from_name(name)
        .filter(|entity| entity.check_key(key).is_ok())
        .map(|entity| (entity, key))
        .ok_or_else(|| CliError::bad_argument(context, "--record", word, &allowed()))
}

pub(super) fn history(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let id = posting_id(context, matches, "ID")?;
    let (entity, key) = record(context, matches)?;
    let store = store(context, matches)?;
    let failed = |error: StoreError| refused(context, &error);
    let versions = store.history(id, entity, key).map_err(failed)?;
    let document = store.folded(id).map_err(failed)?.document;
    let own = Records::from_value(document)
        .map_err(|bad| failed(bad.into()))?
        .tally_items;
    let mut before = None;
    let told = versions.iter().map(|version| {
        let after = version.value.as_ref();
        let changes = field_changes(entity, std::mem::replace(&mut before, after), after, &own);
        Told { version, changes }
    });
    let told: Vec<Told<'_>> = told.collect();
    context.answer(
        &json!({"posting": id, "record": format!("{entity}/{key}"), "versions": told}),
        || {
            if told.is_empty() {
                return format!(
                    "{}\n",
                    context.pick("没有这条记录", "there never was such a record")
                );
            }
            told.iter().map(|told| lines(context, told)).collect()
        },
    )?;
    Ok(ExitCode::SUCCESS)
}

/// A version, with what differs from the one before it.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    version: &'a Version,
    changes: Vec<FieldChange>,
}

fn lines(context: Context, Told { version, changes }: &Told<'_>) -> String {
    let how = match (version.how, version.value.is_some()) {
        (HowSet::Entered, true) => context.pick("填写", "entered"),
        (HowSet::Entered, false) => context.pick("删除", "removed"),
        (HowSet::Undone, _) => context.pick("撤销", "undone"),
        (HowSet::Redone, _) => context.pick("重做", "redone"),
    };
    let word = |label: &Option<Label>| {
        label.as_ref().map_or("—".to_owned(), |label| {
            context.pick(&label.zh, &label.en).to_owned()
        })
    };
    let mut text = format!("n={}  {}  {how}\n", version.n, version.at);
    for FieldChange {
        name, before, after, ..
    } in changes
    {
        let name = context.pick(&name.zh, &name.en);
        let _ = writeln!(text, "  {name}  {} → {}", word(before), word(after));
    }
    text
}

pub(super) fn bin(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let id = posting_id(context, matches, "ID")?;
    let removed = store(context, matches)?
        .recycle_bin(id)
        .map_err(|error| refused(context, &error))?;
    context.answer(&json!({"posting": id, "removed": removed}), || {
        if removed.is_empty() {
            return format!("{}\n", context.pick("回收站是空的", "the recycle bin is empty"));
        }
        removed.iter().fold(String::new(), |mut text, one| {
            let _ = writeln!(
                text,
                "{}  {}/{}  n={}  {}",
                one.at, one.entity, one.key, one.n, one.value
            );
            text
        })
    })?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn revert(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let id = posting_id(context, matches, "ID")?;
    let (entity, key) = record(context, matches)?;
    let word = required(matches, "to");
    let allowed = context.pick(
        "历史里的条数，见 xxz db history",
        "a number in its history, see xxz db history",
    );
    let n: u64 = word
        .parse()
        .map_err(|_| CliError::bad_argument(context, "--to", word, allowed))?;
    let store = store(context, matches)?;
    let known = store
        .history(id, entity, key)
        .map_err(|error| refused(context, &error))?
        .iter()
        .any(|version| version.n == n);
    if !known {
        return Err(CliError::bad_argument(context, "--to", word, allowed));
    }
    let saved = store
        .go_back(id, entity, key, n, clock::now())
        .map_err(|error| refused(context, &error))?;
    context.answer(
        &json!({"record": format!("{entity}/{key}"), "went_back_to": n, "saved": saved}),
        || {
            if saved.events == 0 {
                return format!(
                    "{}\n",
                    context.pick("已经是那个样子，没有改动", "it is so already; nothing changed")
                );
            }
            format!(
                "{}{entity}/{key} (n={})\n",
                context.pick("已改回：", "set back: "),
                saved.n
            )
        },
    )?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn erase(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let id = posting_id(context, matches, "ID")?;
    let (entity, key) = record(context, matches)?;
    let store = store(context, matches)?;
    let saved = store
        .erase_texts(id, entity, key, clock::now())
        .map_err(|error| refused(context, &error))?;
    let exports = store
        .folded(id)
        .map_err(|error| refused(context, &error))?
        .exports;
    let copies: Vec<String> = xiaxiangzhi_store::backups(store.dir())
        .into_iter()
        .map(|backup| backup.path.display().to_string())
        .collect();
    let answer = json!({
        "record": format!("{entity}/{key}"), "erased": saved.is_some(), "backups": copies, "exports": exports,
    });
    context.answer(&answer, || {
        if saved.is_none() {
            return format!(
                "{}\n",
                context.pick("这条记录没有文字", "that record has no text")
            );
        }
        let done = context.pick(
            "文字已从数据库抹除，记录仍算数。抹不到的副本：",
            "the text is erased from the database; the record still counts. Copies out of reach: ",
        );
        let (backups, sent) = (
            context.pick("份备份", "backups"),
            context.pick("次已导出的文件", "exported files"),
        );
        format!(
            "{done}{} {backups}, {exports} {sent}\n{}",
            copies.len(),
            copies.iter().fold(String::new(), |mut text, path| {
                let _ = writeln!(text, "  {path}");
                text
            })
        )
    })?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn delete(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let id = posting_id(context, matches, "ID")?;
    let store = store(context, matches)?;
    let logs = store.logs();
    let name = logs
        .iter()
        .find(|log| log.log_id == id)
        .and_then(|log| log.physician.clone());
    let word = required(matches, "confirm");
    // Which posting it is must be known before it is gone; a wrong id says so by itself.
    store.folded(id).map_err(|error| refused(context, &error))?;
    if name.as_deref().unwrap_or_default() != word {
        let allowed = context.pick(
            "这次派驻的医师姓名，一字不差",
            "the name of that posting's physician, letter by letter",
        );
        return Err(CliError::bad_argument(context, "--confirm", word, allowed));
    }
    store
        .delete_log(id, clock::now())
        .map_err(|error| refused(context, &error))?;
    let backup = store
        .last_backup()
        .map(|backup| backup.path.display().to_string());
    context.answer(&json!({"deleted": id, "backup": backup}), || {
        let done = context.pick("已删除；删除前的备份：", "deleted; the backup made before: ");
        format!("{done}{}\n", backup.as_deref().unwrap_or("—"))
    })?;
    Ok(ExitCode::SUCCESS)
}
