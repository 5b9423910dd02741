//! The application as a whole: state, settings, problems, backups.

use crate::app::App;
use crate::settings::Settings;
use crate::views::{
    AppState, BackupInfo, CommandError, OtherComputer, PhysicianChoice, PostingSummary, SettingsChange,
};
use chrono::NaiveDate;
use std::path::Path;
use uuid::Uuid;
use xiaxiangzhi_store::{LogSummary, Store};

pub(super) fn app_state(app: &App) -> AppState {
    let store = app.store().ok();
    let settings = app.settings();
    let postings: Vec<PostingSummary> = store
        .as_ref()
        .map(|store| store.logs().into_iter().filter_map(summary).collect())
        .unwrap_or_default();
    AppState {
        physicians: physicians(&postings, app.current(), app.clock().today()),
        role: settings.role,
        language: settings.language,
        theme: settings.theme,
        type_size: settings.type_size,
        office: settings.office,
        postings,
        current: app.current(),
        problem: app.problem(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        today: app.clock().today(),
        opened_file: app.waiting().map(|path| path.to_string_lossy().into_owned()),
        recent_files: store
            .as_ref()
            .map(|store| Settings::recent_files(store))
            .unwrap_or_default(),
        backup: store.and_then(|store| last_backup(&store)),
        data_folder: app.dir().display().to_string(),
        moved_at: app.moved_at(),
        other_computer: app.other_computer().map(|other| OtherComputer {
            name: other.name,
            last_at: other.last_at,
        }),
        backup_trouble: app.backup_trouble(),
        read_only: app.read_only(),
        notices: app.notices(),
    }
}

/// Who shares this computer, the one who was here last first. Each with the posting to go on with: the one that was open,
/// else the one that runs today, else the one worked on last.
fn physicians(postings: &[PostingSummary], current: Option<Uuid>, today: NaiveDate) -> Vec<PhysicianChoice> {
    let mut found: Vec<(&str, Vec<&PostingSummary>)> = Vec::new();
    for posting in postings {
        let name = posting.physician.trim();
        match found.iter_mut().find(|(known, _)| *known == name) {
            Some((_, theirs)) => theirs.push(posting),
            None => found.push((name, vec![posting])),
        }
    }
    let mut choices: Vec<PhysicianChoice> = found
        .into_iter()
        .filter_map(|(name, theirs)| {
            let open = theirs.iter().find(|posting| Some(posting.log_id) == current);
            let running = || {
                theirs
                    .iter()
                    .find(|posting| (posting.start..=posting.end).contains(&today))
            };
            let posting = open.or_else(running).or_else(|| theirs.first())?;
            Some(PhysicianChoice {
                name: name.to_owned(),
                posting: PostingSummary::clone(posting),
                postings: theirs.len(),
            })
        })
        .collect();
    // The others stay in the order of their last entries.
    choices.sort_by_key(|choice| Some(choice.posting.log_id) != current);
    choices
}

/// A log whose posting has no dates cannot be listed; valid records always have them.
pub(super) fn summary(log: LogSummary) -> Option<PostingSummary> {
    let date = |text: Option<String>| text.and_then(|text| text.parse::<NaiveDate>().ok());
    Some(PostingSummary {
        log_id: log.log_id,
        physician: log.physician.unwrap_or_default(),
        recipient_unit: log.recipient_unit.unwrap_or_default(),
        start: date(log.start)?,
        end: date(log.end)?,
        n: log.n,
        last_at: log.last_at,
    })
}

pub(super) fn change_settings(app: &App, change: &SettingsChange) -> Result<AppState, CommandError> {
    let changed = app.settings().with(change)?;
    // Without records that can be written to there is no place to keep them; they hold until the window closes.
    if let Ok(store) = app.store()
        && store.read_only().is_none()
    {
        Settings::store(&store, change)?;
    }
    app.set_settings(changed);
    Ok(app_state(app))
}

pub(super) fn backup_now(app: &App) -> Result<BackupInfo, CommandError> {
    let made = app.store()?.backup(app.clock().now());
    app.note_backup(&made);
    Ok(info(&made?))
}

pub(super) fn last_backup(store: &Store) -> Option<BackupInfo> {
    store.last_backup().as_ref().map(info)
}

/// A backup gets its name only after it was reopened and found whole, so one that is there is verified.
pub(super) fn info(backup: &xiaxiangzhi_store::BackupInfo) -> BackupInfo {
    BackupInfo {
        at: backup.at.clone(),
        file: backup
            .path
            .file_name()
            .unwrap_or(Path::new("").as_os_str())
            .to_string_lossy()
            .into_owned(),
        verified: true,
    }
}
