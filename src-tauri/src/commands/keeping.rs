//! Backup and restore, the second place, moving to another computer, deleting a posting.

use super::app::{app_state, info};
use super::backups;
use super::view::key_on_page;
use crate::app::App;
use crate::desk::{Ask, Desk};
use crate::files;
use crate::refusal::{label, refusal};
use crate::views::{
    AppState, BackupPlace, Becomes, CommandError, DeletedPosting, MovedAway, PostingRestore, RecordChange,
    RestorePreview, RestoreRelation, RestoreStep, Restored, SecondCopy, SecondPlace,
};
use std::path::Path;
use uuid::Uuid;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::log::{field_changes, record_name};
use xiaxiangzhi_core::posting::{Records, TallyItem};
use xiaxiangzhi_store::{LogSummary, Relation, SecondCopy as Copied, Store, StoreError};

/// The extension of the one file with everything for another computer.
const MOVING_EXTENSION: &str = "xxzdata";

pub(super) fn preview_restore(app: &App, path: &str) -> Result<RestorePreview, CommandError> {
    let store = app.store()?;
    let preview = store
        .preview_restore(&backups::known(app, path)?)
        .map_err(of_backup)?;
    Ok(RestorePreview {
        at: preview.backup,
        postings: preview
            .postings
            .into_iter()
            .map(|posting| posting_restore(&store, posting))
            .collect(),
    })
}

/// What is wrong is wrong with the backup, not with the records.
fn of_backup(error: StoreError) -> CommandError {
    match error {
        StoreError::Open(open) => backups::not_verified(&open),
        other => other.into(),
    }
}

/// Asks for the file that was written on the other computer. Answers all places, the chosen one last.
pub(super) fn choose_moving_file(app: &App, desk: &dyn Desk) -> Option<Vec<BackupPlace>> {
    let language = app.settings().language;
    let chosen = desk.open_file(&Ask {
        title: language
            .pick("从另一台电脑搬来", "Bring records from another computer")
            .to_owned(),
        file_name: String::new(),
        kind: moving_kind(language),
        extension: MOVING_EXTENSION,
    })?;
    app.choose_for_backups(chosen);
    Some(backups::places(app))
}

fn posting_restore(store: &Store, posting: xiaxiangzhi_store::PostingRestore) -> PostingRestore {
    let own = own_tallies(store, posting.summary.log_id);
    let LogSummary {
        log_id,
        physician,
        recipient_unit,
        start,
        end,
        ..
    } = posting.summary;
    let (relation, events) = match posting.relation {
        Relation::Same => (RestoreRelation::Same, 0),
        Relation::Earlier { events } => (RestoreRelation::Earlier, events),
        Relation::Later { events } => (RestoreRelation::Later, events),
        Relation::Forked { n } => (RestoreRelation::Forked, n),
        Relation::Absent => (RestoreRelation::Absent, 0),
        Relation::NotInBackup => (RestoreRelation::NotInBackup, 0),
    };
    PostingRestore {
        log_id,
        physician: physician.unwrap_or_default(),
        recipient_unit: recipient_unit.unwrap_or_default(),
        start,
        end,
        relation,
        events,
        changes: posting
            .changes
            .into_iter()
            .map(|change| record_change(change, &own))
            .collect(),
    }
}

fn record_change(change: xiaxiangzhi_store::RecordChange, own: &[TallyItem]) -> RecordChange {
    let (now, then) = (change.now.as_ref(), change.then.as_ref());
    RecordChange {
        name: record_name(change.entity, &change.key, now.or(then)),
        becomes: match (now, then) {
            (Some(_), None) => Becomes::Goes,
            (None, _) => Becomes::ComesBack,
            (Some(_), Some(_)) => Becomes::Changed,
        },
        fields: field_changes(change.entity, now, then, own),
        entity: change.entity.name().to_owned(),
        key: key_on_page(change.entity, change.key),
    }
}

/// The own statistics of a posting, for their labels; none where it is not here.
fn own_tallies(store: &Store, log_id: Uuid) -> Vec<TallyItem> {
    let document = store.folded(log_id).map(|folded| folded.document);
    let records = document
        .ok()
        .and_then(|document| Records::from_value(document).ok());
    records.map(|records| records.tally_items).unwrap_or_default()
}

pub(super) fn restore(app: &App, path: &str) -> Result<Restored, CommandError> {
    let store = app.store()?;
    let path = backups::known(app, path)?;
    let relations = store.preview_restore(&path).map_err(of_backup)?.postings;
    let done = store.restore(&path, app.clock().now());
    // Postings come back one by one: also after a failure there may be other ones than before.
    app.look_again();
    let done = done.map_err(of_backup)?;
    let set_back = |id: &Uuid| {
        relations.iter().any(|posting| {
            posting.summary.log_id == *id
                && matches!(
                    posting.relation,
                    Relation::Earlier { .. } | Relation::Forked { .. }
                )
        })
    };
    let undo = done
        .postings
        .iter()
        .filter(|id| set_back(id))
        .map(|id| {
            Ok(RestoreStep {
                log_id: *id,
                n: store.folded(*id)?.n,
            })
        })
        .collect::<Result<_, CommandError>>()?;
    app.note_backup(&Ok(done.before.clone()));
    Ok(Restored {
        before: info(&done.before),
        postings: done.postings.len(),
        undo,
    })
}

/// Takes a restore back in every posting it set back, or in none where something was entered since.
pub(super) fn undo_restore(app: &App, steps: &[RestoreStep]) -> Result<(), CommandError> {
    let store = app.store()?;
    for step in steps {
        if store.folded(step.log_id)?.n != step.n {
            return Err(refusal(
                "changed_since",
                label(
                    "恢复以后又有新的记录，没有撤销。",
                    "Something was entered after the restore, so it was not taken back.",
                ),
                label(
                    "恢复前的记录在「备份与恢复」的最新一份备份里。",
                    "The records from before the restore are in the newest backup.",
                ),
            ));
        }
    }
    for step in steps {
        store.undo(step.log_id, app.clock().now())?;
    }
    Ok(())
}

pub(super) fn second_place(app: &App) -> Result<Option<SecondPlace>, CommandError> {
    let store = app.store()?;
    let Some(place) = store.second_place()? else {
        return Ok(None);
    };
    let (copy, reason) = match app.second_copy() {
        None | Some(Copied::NotChosen) => (None, None),
        Some(Copied::Made) => (Some(SecondCopy::Made), None),
        Some(Copied::Absent) => (Some(SecondCopy::Absent), None),
        Some(Copied::Failed { detail }) => (Some(SecondCopy::Failed), Some(detail)),
    };
    Ok(Some(SecondPlace {
        folder: place.folder.display().to_string(),
        present: place.present,
        last_at: place.last.map(|backup| backup.at),
        backups: store.second_backups().len(),
        copy,
        reason,
    }))
}

/// A place that was chosen gets its first backup at once, so that it is known to be good for that.
pub(super) fn choose_second_place(app: &App, desk: &dyn Desk) -> Result<Option<SecondPlace>, CommandError> {
    let store = app.store()?;
    let title = app
        .settings()
        .language
        .pick("选一个文件夹，放第二份备份", "Choose a folder for second backups");
    let Some(folder) = desk.choose_folder(title) else {
        return second_place(app);
    };
    if folder.starts_with(app.dir()) {
        return Err(refusal(
            "place_inside_records",
            label(
                "这个文件夹就在记录的文件夹里，坏了会一起坏。",
                "That folder lies within the records' own: what harms one harms the other.",
            ),
            label(
                "选 U 盘、另一块硬盘或共享文件夹。",
                "Choose a USB stick, another disk or a shared folder.",
            ),
        ));
    }
    let made = store.begin_second_place(&folder, app.clock().now());
    if made.is_ok() {
        app.forget_second_copy();
    }
    app.note_backup(&made);
    made?;
    second_place(app)
}

pub(super) fn forget_second_place(app: &App) -> Result<(), CommandError> {
    app.store()?.set_second_place(None)?;
    app.forget_second_copy();
    Ok(())
}

pub(super) fn move_away(app: &App, desk: &dyn Desk) -> Result<Option<MovedAway>, CommandError> {
    let store = app.store()?;
    let computer = app.computer()?;
    if let Some(reason) = store.read_only() {
        return Err(StoreError::ReadOnly { reason }.into());
    }
    let language = app.settings().language;
    let today = app.clock().today();
    let Some(path) = desk.save_file(&Ask {
        title: language
            .pick("搬到另一台电脑", "Move to another computer")
            .to_owned(),
        file_name: format!(
            "{}-{today}.{MOVING_EXTENSION}",
            language.pick("下乡志搬家", "xiaxiangzhi-move")
        ),
        kind: moving_kind(language),
        extension: MOVING_EXTENSION,
    }) else {
        return Ok(None);
    };
    let path = files::with_extension(path, MOVING_EXTENSION);
    let moved = store.move_to(&path, &computer, app.clock().now());
    app.look_again();
    let moved = moved.map_err(|error| not_moved(&path, error))?;
    Ok(Some(MovedAway {
        path: path.display().to_string(),
        postings: moved.contents.postings.len(),
        events: moved.contents.events,
        app: app_state(app),
    }))
}

fn moving_kind(language: Language) -> String {
    language
        .pick("下乡志搬家文件", "Xiaxiangzhi moving file")
        .to_owned()
}

fn not_moved(path: &Path, error: StoreError) -> CommandError {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (zh, en) = match &error {
        StoreError::DiskFull => ("磁盘已满".to_owned(), "the disk is full".to_owned()),
        StoreError::Io { detail, .. } | StoreError::BackupNotVerified { detail } => {
            (detail.clone(), detail.clone())
        }
        other => (other.describe(Language::Chinese), other.to_string()),
    };
    CommandError {
        safe: label(
            "没有搬走：记录都在这台电脑上，照常能写。",
            "Nothing has moved: the records are on this computer and can be written to as before.",
        ),
        ..refusal(
            error.code(),
            label(
                format!("“{name}”没有写成：{zh}。"),
                format!("“{name}” was not written: {en}."),
            ),
            label("换一个地方再存一次。", "Save it in another place."),
        )
    }
}

pub(super) fn take_back(app: &App) -> Result<AppState, CommandError> {
    app.store()?.take_back(&app.computer()?)?;
    app.look_again();
    Ok(app_state(app))
}

/// The one thing that Ctrl+Z does not take back, so the physician or the unit is typed as it is shown.
pub(super) fn delete_posting(app: &App, log_id: Uuid, typed: &str) -> Result<DeletedPosting, CommandError> {
    let store = app.store()?;
    let posting = store
        .logs()
        .into_iter()
        .find(|log| log.log_id == log_id)
        .ok_or(StoreError::NoSuchLog { id: log_id })?;
    let names = [&posting.physician, &posting.recipient_unit]
        .into_iter()
        .flatten()
        .map(|name| name.trim())
        .filter(|name| !name.is_empty());
    let mut names: Vec<&str> = names.collect();
    if names.is_empty() {
        // A posting without names is told apart by its first day.
        names.extend(posting.start.as_deref());
    }
    if !names.contains(&typed.trim()) {
        return Err(refusal(
            "not_confirmed",
            label(
                "写的与要删的这份不符，没有删除。",
                "What was typed does not name this posting; nothing was deleted.",
            ),
            label(
                "照屏幕上的姓名或单位写一遍。",
                "Type the physician's name or the unit as shown.",
            ),
        ));
    }
    let backup = store.delete_log(log_id, app.clock().now())?;
    app.note_backup(&Ok(backup.clone()));
    app.look_again();
    Ok(DeletedPosting {
        folder: backup
            .path
            .parent()
            .map(|folder| folder.display().to_string())
            .unwrap_or_default(),
        backup: info(&backup),
        app: app_state(app),
    })
}
