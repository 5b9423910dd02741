//! Ways out of what stands between a person and their records.

use super::app::app_state;
use super::backups::{in_language, known};
use super::diagnosis;
use crate::app::App;
use crate::desk::Desk;
use crate::refusal::{bad_request, open_error};
use crate::views::{AppState, CommandError, ForeseenRestore, LaterRecord, ProblemChoice, SavedEverything};
use chrono::NaiveDate;
use xiaxiangzhi_store::foresee;

pub(super) fn answer_problem(
    app: &App,
    desk: &dyn Desk,
    choice: ProblemChoice,
) -> Result<AppState, CommandError> {
    match choice {
        ProblemChoice::Retry => app.open_store(),
        ProblemChoice::Quit => desk.quit(),
        ProblemChoice::ReadOnly => app.open_for_reading()?,
        ProblemChoice::ShowOther => {
            app.show_other()?;
            desk.quit();
        }
        ProblemChoice::FindFolder => {
            let title = in_language(app, "记录所在的文件夹", "The folder with the records");
            if let Some(folder) = desk.choose_folder(title) {
                app.find(&folder)?;
            }
        }
        ProblemChoice::CopyHere => {
            let title = in_language(app, "拷到哪个文件夹", "Copy to which folder");
            // Without a usual folder that is free somebody has to say where.
            let to = app.usual_folder().or_else(|| desk.choose_folder(title));
            if let Some(to) = to {
                app.copy_to(&to)?;
            }
        }
        ProblemChoice::StartNew => app.start_new(),
        ProblemChoice::KeepDate => app.keep_date(),
        ProblemChoice::Restore | ProblemChoice::SaveAll | ProblemChoice::SetDate => {
            return Err(bad_request("this choice has a command of its own"));
        }
    }
    Ok(app_state(app))
}

/// What restoring a backup would bring, while the records cannot be opened.
pub(super) fn foresee_restore(app: &App, path: &str) -> Result<ForeseenRestore, CommandError> {
    let backup = known(app, path)?;
    let foreseen = foresee(&app.dir(), &backup).map_err(|error| open_error(&error))?;
    Ok(ForeseenRestore {
        path: path.to_owned(),
        salvaged: foreseen.postings.iter().map(|posting| posting.salvaged).sum(),
        lost: foreseen.postings.iter().map(|posting| posting.lost).sum(),
        later: foreseen
            .later
            .into_iter()
            .rev()
            .map(|later| LaterRecord {
                entity: later.entity.name().to_owned(),
                key: later.key,
                times: later.times,
            })
            .collect(),
    })
}

/// Goes on from a backup; the damaged file is kept under another name.
pub(super) fn adopt_backup(app: &App, path: &str) -> Result<AppState, CommandError> {
    let backup = known(app, path)?;
    app.adopt(&backup)?;
    Ok(app_state(app))
}

/// Copies everything to a folder that is chosen; none if the dialog was cancelled.
pub(super) fn save_everything(app: &App, desk: &dyn Desk) -> Result<Option<SavedEverything>, CommandError> {
    let title = in_language(app, "全部另存到", "Save all files to");
    let Some(into) = desk.choose_folder(title) else {
        return Ok(None);
    };
    let copied = app.save_everything(&into)?;
    Ok(Some(SavedEverything {
        folder: copied.folder.display().to_string(),
        files: copied.files,
        bytes: copied.bytes,
    }))
}

pub(super) fn set_date(app: &App, date: NaiveDate) -> Result<AppState, CommandError> {
    app.set_date(date)?;
    Ok(app_state(app))
}

pub(super) fn put_away_notice(app: &App, code: &str) -> AppState {
    app.put_away(code);
    app_state(app)
}

pub(super) fn diagnosis(app: &App) -> String {
    diagnosis::text(app)
}
