//! Backups: where they lie, and what is in each. All of it works while the records are open and while they cannot be.

use super::app::summary;
use crate::app::App;
use crate::desk::{Ask, Desk};
use crate::refusal::{label, refusal};
use crate::views::{
    BackupContents, BackupFile, BackupPlace, BackupPlaceKind, BackupPosting, BackupReading, CommandError,
};
use chrono::NaiveDate;
use std::path::{Path, PathBuf};
use xiaxiangzhi_store::{BackupInfo, OpenError, PostingContents, contents, find_backups};

/// Where backups lie, the data folder first. Only names are looked at, so that the answer is there at once.
pub(super) fn places(app: &App) -> Vec<BackupPlace> {
    let dir = app.dir();
    let mut places = vec![BackupPlace {
        kind: BackupPlaceKind::DataFolder,
        folder: dir.display().to_string(),
        present: dir.is_dir(),
        backups: files(find_backups(&dir.join("backups"))),
    }];
    places.extend(second(app));
    places.extend(app.chosen_for_backups().into_iter().map(|chosen| BackupPlace {
        kind: BackupPlaceKind::Chosen,
        present: chosen.exists(),
        folder: chosen.display().to_string(),
        backups: files(find_backups(&chosen)),
    }));
    places
}

fn second(app: &App) -> Option<BackupPlace> {
    let Ok(store) = app.store() else {
        // The setting is in records that cannot be opened; it was remembered outside of them.
        let folder = app.known_second_place()?;
        return Some(BackupPlace {
            kind: BackupPlaceKind::SecondPlace,
            present: folder.is_dir(),
            backups: files(find_backups(&folder)),
            folder: folder.display().to_string(),
        });
    };
    let place = store.second_place().ok()??;
    Some(BackupPlace {
        kind: BackupPlaceKind::SecondPlace,
        folder: place.folder.display().to_string(),
        present: place.present,
        backups: files(store.second_backups()),
    })
}

fn files(found: Vec<BackupInfo>) -> Vec<BackupFile> {
    found
        .into_iter()
        .map(|backup| {
            let name = backup.path.file_name().unwrap_or_default().to_string_lossy();
            BackupFile {
                name: name.clone().into_owned(),
                before_format: name.starts_with("before-format-"),
                path: backup.path.to_string_lossy().into_owned(),
                at: backup.at,
                bytes: backup.bytes,
            }
        })
        .collect()
}

/// Asks for a folder with backups. Answers all places, the chosen one last; none if the dialog was cancelled.
pub(super) fn choose_folder(app: &App, desk: &dyn Desk) -> Option<Vec<BackupPlace>> {
    let title = in_language(app, "备份所在的文件夹", "The folder with backups");
    app.choose_for_backups(desk.choose_folder(title)?);
    Some(places(app))
}

/// Asks for one backup file.
pub(super) fn choose_file(app: &App, desk: &dyn Desk) -> Option<Vec<BackupPlace>> {
    let ask = Ask {
        title: in_language(app, "选一份备份", "Choose a backup").to_owned(),
        file_name: String::new(),
        kind: in_language(app, "备份", "Backup").to_owned(),
        extension: "db",
    };
    app.choose_for_backups(desk.open_file(&ask)?);
    Some(places(app))
}

pub(super) fn in_language(app: &App, chinese: &'static str, english: &'static str) -> &'static str {
    app.settings().language.pick(chinese, english)
}

/// Reads one backup through. That it does not verify is an answer, not an error.
pub(super) fn read(app: &App, path: &str) -> Result<BackupReading, CommandError> {
    let backup = known(app, path)?;
    let (found, refusal) = match contents(&backup) {
        Ok(found) => (Some(found), None),
        Err(error) => (None, Some(not_verified(&error))),
    };
    Ok(BackupReading {
        path: path.to_owned(),
        contents: found.map(|found| BackupContents {
            events: found.events,
            last_day: found.postings.iter().filter_map(last_day).max(),
            postings: found.postings.into_iter().filter_map(posting).collect(),
            received_files: found.received_files,
        }),
        refusal,
    })
}

/// The page can have only those files read that it was shown.
pub(super) fn known(app: &App, path: &str) -> Result<PathBuf, CommandError> {
    places(app)
        .iter()
        .flat_map(|place| &place.backups)
        .find(|backup| backup.path == path)
        .map(|backup| PathBuf::from(&backup.path))
        .ok_or_else(|| gone(Path::new(path)))
}

fn gone(path: &Path) -> CommandError {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    refusal(
        "backup_gone",
        label(
            format!("备份“{name}”不在原处了。"),
            format!("The backup “{name}” is no longer there."),
        ),
        label(
            "换一份，或插上存放它的盘。",
            "Choose another, or plug in the drive it is on.",
        ),
    )
}

fn posting(found: PostingContents) -> Option<BackupPosting> {
    Some(BackupPosting {
        last_day: last_day(&found),
        recorded_half_days: found.recorded_half_days,
        lectures: found.lectures,
        rounds: found.rounds,
        leaves: found.leaves,
        attachments: found.attachments,
        summary: summary(found.summary)?,
    })
}

fn last_day(posting: &PostingContents) -> Option<NaiveDate> {
    posting.last_day.as_ref()?.parse().ok()
}

/// Why a backup is of no use, in the words of a backup and not of the records themselves.
pub(super) fn not_verified(error: &OpenError) -> CommandError {
    let (zh, en) = match error {
        OpenError::Newer { .. } => ("由更新的版本写成", "It was written by a newer version."),
        OpenError::NotOurs { .. } => ("不是下乡志的备份", "It is not a backup of ours."),
        OpenError::Damaged { .. } => (
            "内容对不上，不能用",
            "It is not as it was written and cannot be used.",
        ),
        OpenError::Permission { .. } => ("没有权限读取", "It may not be read."),
        _ => ("读不出来", "It cannot be read."),
    };
    refusal(
        error.code(),
        label(zh, en),
        match error {
            OpenError::Newer { .. } => label("先升级本程序。", "Update this program first."),
            _ => label("换一份备份。", "Choose another backup."),
        },
    )
}
