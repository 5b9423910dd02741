//! The application as a whole: state, settings, problems, backups.

use crate::app::App;
use crate::settings::Settings;
use crate::views::{AppState, BackupInfo, CommandError, PostingSummary, SettingsChange};
use chrono::NaiveDate;
use std::path::Path;
use xiaxiangzhi_store::{LogSummary, Store};

pub(super) fn app_state(app: &App) -> AppState {
    let store = app.store().ok();
    let settings = app.settings();
    AppState {
        role: settings.role,
        language: settings.language,
        theme: settings.theme,
        type_size: settings.type_size,
        office: settings.office,
        postings: store
            .as_ref()
            .map(|store| store.logs().into_iter().filter_map(summary).collect())
            .unwrap_or_default(),
        current: app.current(),
        problem: app.problem(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        today: app.clock().today(),
        opened_file: app.waiting().map(|path| path.to_string_lossy().into_owned()),
        backup: store.and_then(|store| last_backup(&store)),
        data_folder: app.dir().display().to_string(),
        read_only: app.read_only(),
        notices: app.notices(),
    }
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
    Ok(info(&app.store()?.backup(app.clock().now())?))
}

pub(super) fn last_backup(store: &Store) -> Option<BackupInfo> {
    store.last_backup().as_ref().map(info)
}

/// A backup gets its name only after it was reopened and found whole, so one that is there is verified.
fn info(backup: &xiaxiangzhi_store::BackupInfo) -> BackupInfo {
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
