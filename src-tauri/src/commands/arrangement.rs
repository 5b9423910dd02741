//! Loading a year's holidays. Nothing is stored here: taking it is an ordinary save of the changes answered.

use crate::app::App;
use crate::desk::{Ask, Desk};
use crate::refusal::{label, not_read, refusal};
use crate::views::{ArrangementView, Change, CommandError};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use xiaxiangzhi_core::arrangement::{Arrangement, effect, likely_year, read, text_of_file};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::log::Entity;
use xiaxiangzhi_core::posting::{BadRecords, Records};
use xiaxiangzhi_store::new_id;

/// A notice has some 1,500 characters; a page of a newspaper around it does no harm.
const LARGEST: usize = 1_000_000;

pub(super) fn read_arrangement(app: &App, text: String) -> Result<ArrangementView, CommandError> {
    arrangement(app, text, None)
}

pub(super) fn open_arrangement(app: &App, desk: &dyn Desk) -> Result<Option<ArrangementView>, CommandError> {
    let Some((name, text)) = open_text(app, desk)? else {
        return Ok(None);
    };
    arrangement(app, text, Some(name)).map(Some)
}

/// The text of a notice's file that a person chooses, with the file's name.
pub(super) fn open_text(app: &App, desk: &dyn Desk) -> Result<Option<(String, String)>, CommandError> {
    let Some(path) = desk.open_file(&ask(app.settings().language)) else {
        return Ok(None);
    };
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let bytes = bytes(&path).map_err(|error| not_read(&path, &error))?;
    let text = text_of_file(&bytes)
        .filter(|_| bytes.len() <= LARGEST)
        .ok_or_else(|| no_text(&name))?;
    Ok(Some((name, text)))
}

/// At most one byte more than is read.
fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(LARGEST as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn ask(language: Language) -> Ask {
    Ask {
        title: language.pick("打开放假通知", "Open a holiday notice").to_owned(),
        file_name: String::new(),
        kind: language.pick("文字或 JSON", "Text or JSON").to_owned(),
        extension: "txt,json",
    }
}

fn no_text(name: &str) -> CommandError {
    refusal(
        "not_a_text",
        label(
            format!("“{name}”不是文字文件（.txt 或 .json）。"),
            format!("“{name}” is not a text file (.txt or .json)."),
        ),
        label(
            "打开通知，选中全文复制，再贴到这里。",
            "Open the notice, copy all of it, and paste it here.",
        ),
    )
}

fn arrangement(app: &App, text: String, file: Option<String>) -> Result<ArrangementView, CommandError> {
    let (store, log_id) = app.posting()?;
    if text.len() > LARGEST {
        return Err(refusal(
            "too_big",
            label("贴进来的文字太长了。", "What was pasted is too long."),
            label("只贴通知的正文。", "Paste the notice alone."),
        ));
    }
    let records = Records::from_value(store.folded(log_id)?.document)?;
    let year = likely_year(records.posting.start, records.posting.end);
    let Arrangement {
        reading,
        calendar_overrides,
    } = read(&text, year).map_err(|bad| not_overrides(&bad))?;
    let effects: Vec<_> = calendar_overrides
        .iter()
        .map(|wanted| effect(&records, wanted))
        .collect();
    let now = app.clock().now();
    let changes = calendar_overrides
        .iter()
        .zip(&effects)
        .filter(|(_, effect)| effect.is_change())
        .map(|(wanted, _)| {
            Ok(Change {
                event_id: new_id(now)?,
                entity: Entity::CalendarOverride.name().to_owned(),
                key: wanted.date.to_string(),
                value: Some(serde_json::json!(wanted)),
            })
        })
        .collect::<Result<_, CommandError>>()?;
    Ok(ArrangementView {
        text,
        file,
        reading,
        effects,
        changes,
    })
}

pub(super) fn not_overrides(bad: &BadRecords) -> CommandError {
    let first = |language: Language| {
        bad.faults
            .first()
            .map(|fault| format!("{} {}", fault.pointer, fault.problem.describe(language)))
            .unwrap_or_default()
    };
    refusal(
        bad.code(),
        label(
            format!("这份 JSON 读不成放假安排：{}。", first(Language::Chinese).trim()),
            format!(
                "This JSON holds no arrangement: {}.",
                first(Language::English).trim()
            ),
        ),
        label(
            "用 xxz calendar --notice 写出的文件，或贴通知的正文。",
            "Use a file written by xxz calendar --notice, or paste the notice.",
        ),
    )
}
