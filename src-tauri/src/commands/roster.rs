//! 名单: who is sent when. It is the office's own planning: kept with the settings, in no log and no file.

use crate::app::App;
use crate::refusal::{label, refusal};
use crate::settings::Settings;
use crate::views::{CommandError, RosterView};
use xiaxiangzhi_core::posting::NAME_LIMIT;
use xiaxiangzhi_core::roster::{RosterEntry, questions};

/// More people than any hospital sends before a roster is begun anew.
const MOST: usize = 2_000;

pub(super) fn roster(app: &App) -> Result<RosterView, CommandError> {
    Ok(view(Settings::roster(&*app.store()?)))
}

/// Keeps the whole roster in the place of the one before.
pub(super) fn keep(app: &App, entries: Vec<RosterEntry>) -> Result<RosterView, CommandError> {
    if entries.len() > MOST {
        return Err(refused(
            format!("名单最多 {MOST} 人。"),
            format!("A roster holds at most {MOST} people."),
        ));
    }
    for entry in &entries {
        let texts = [
            Some(&entry.physician),
            Some(&entry.home_department),
            entry.title.as_ref(),
            entry.promotion_target.as_ref(),
            entry.recipient_unit.as_ref(),
        ];
        let bad = |text: &&String| text.chars().count() > NAME_LIMIT || text.chars().any(char::is_control);
        if entry.physician.trim().is_empty() || entry.home_department.trim().is_empty() {
            return Err(refused(
                "姓名和科室不能空着。".to_owned(),
                "Name and department are needed.".to_owned(),
            ));
        }
        if texts.into_iter().flatten().any(|text| bad(&text)) {
            return Err(refused(
                format!("每一项最多 {NAME_LIMIT} 个字，不含控制符。"),
                format!("Each field holds at most {NAME_LIMIT} characters, no control characters."),
            ));
        }
        if !(2004..=2100).contains(&entry.batch.year) || !(1..=4).contains(&entry.batch.quarter) {
            return Err(refused(
                "批次应为 2004 至 2100 年的一个季度。".to_owned(),
                "A batch is a quarter of the years 2004 to 2100.".to_owned(),
            ));
        }
    }
    let store = app.store()?;
    Settings::keep_roster(&store, &entries)?;
    Ok(view(entries))
}

fn view(mut entries: Vec<RosterEntry>) -> RosterView {
    entries.sort_by(|a, b| {
        (a.batch, &a.home_department, &a.physician).cmp(&(b.batch, &b.home_department, &b.physician))
    });
    RosterView {
        questions: questions(&entries),
        entries,
    }
}

fn refused(zh: String, en: String) -> CommandError {
    refusal(
        "bad_roster",
        label(zh, en),
        label("改好再存。", "Put it right and save again."),
    )
}
