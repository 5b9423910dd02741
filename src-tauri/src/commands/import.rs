//! Workbooks that were kept before: read, looked at as often as wanted, and then entered as one batch.

use super::changes::enter;
use super::review::chosen;
use super::view::posting_view;
use crate::app::App;
use crate::desk::{Ask, Desk};
use crate::refusal::{label, not_read, refusal};
use crate::views::{CommandError, ImportPreview, PostingView, SheetView, WorkbookView};
use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;
use xiaxiangzhi_core::assess::workdays_of;
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::log::Entity;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_import::{
    Existing, ImportError, MAX_FILE_BYTES, Mapping, Plan, Sheet, Workbook, guess, plan,
};
use xiaxiangzhi_store::new_id;

/// So much of a sheet is shown to choose its columns by.
const ROWS_SHOWN: usize = 14;
const COLUMNS_SHOWN: usize = 40;
const CHARACTERS_SHOWN: usize = 60;

/// Reads a workbook that a person chose or dropped. Nothing of it is entered.
pub(super) fn read_workbook(
    app: &App,
    desk: &dyn Desk,
    path: Option<String>,
) -> Result<Option<WorkbookView>, CommandError> {
    let (store, log_id) = app.posting()?;
    if let Some(path) = &path {
        app.opened(Path::new(path));
    }
    refuse_where_only_read(app)?;
    let Some(path) = chosen(app, desk, path, ask)? else {
        return Ok(None);
    };
    let bytes = read(&path).map_err(|error| not_read(&path, &error))?;
    let file = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let workbook = Workbook::read(&bytes).map_err(|error| not_taken(&file, &error))?;
    let records = Records::from_value(store.folded(log_id)?.document)?;
    let sheets = workbook
        .sheets
        .iter()
        .enumerate()
        .map(|(index, sheet)| SheetView {
            name: sheet.name.clone(),
            hidden: sheet.hidden,
            rows: sheet.rows.len(),
            head: head(sheet),
            figures: sheet.is_figures(),
            guess: guess(&workbook, index, &file, &records),
        })
        .collect();
    let id = new_id(app.clock().now())?;
    app.keep_workbook(id, Arc::new(workbook));
    Ok(Some(WorkbookView { id, file, sheets }))
}

/// What an import would do; nothing is stored.
pub(super) fn preview_import(
    app: &App,
    id: Uuid,
    mappings: &[Mapping],
    replace: &BTreeSet<String>,
) -> Result<ImportPreview, CommandError> {
    let mut number = 0_u128;
    let plan = planned(app, id, mappings, replace, &mut || {
        number += 1;
        Uuid::from_u128(number)
    })?;
    Ok(ImportPreview {
        days: plan.saves(Entity::Day),
        activities: plan.saves(Entity::Activity),
        leaves: plan.saves(Entity::Leave),
        problems: plan.saves(Entity::Problem),
        items: plan.items,
        sheets: plan.sheets,
    })
}

/// Enters what the preview shows, as one batch: one step back takes all of it away.
pub(super) fn import_workbook(
    app: &App,
    id: Uuid,
    mappings: &[Mapping],
    replace: &BTreeSet<String>,
) -> Result<PostingView, CommandError> {
    let (store, log_id) = app.posting()?;
    refuse_where_only_read(app)?;
    let now = app.clock().now();
    let mut failed = None;
    let plan = planned(app, id, mappings, replace, &mut || {
        new_id(now).unwrap_or_else(|error| {
            failed = Some(error);
            Uuid::nil()
        })
    })?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    let changes = plan.into_changes(|| new_id(now))?;
    if !changes.is_empty() {
        enter(&store, log_id, changes, now)?;
    }
    posting_view(app, &store, log_id)
}

fn planned(
    app: &App,
    id: Uuid,
    mappings: &[Mapping],
    replace: &BTreeSet<String>,
    new: &mut dyn FnMut() -> Uuid,
) -> Result<Plan, CommandError> {
    let (store, log_id) = app.posting()?;
    let Some(workbook) = app.workbook(id) else {
        return Err(refusal(
            "workbook_gone",
            label("这个表格已经放下了。", "This workbook was put away."),
            label("再选一次文件。", "Choose the file once more."),
        ));
    };
    let records = Records::from_value(store.folded(log_id)?.document)?;
    let workdays = workdays_of(Calendar::built_in(), &records)?;
    let existing = Existing {
        records: &records,
        workdays: &workdays,
        today: app.clock().today(),
    };
    Ok(plan(&workbook, mappings, existing, replace, new))
}

fn refuse_where_only_read(app: &App) -> Result<(), CommandError> {
    match app.read_only() {
        None => Ok(()),
        Some(because) => Err(refusal(
            "read_only",
            because.reason,
            label(
                "在能写的地方打开，再导入。",
                "Import where the records can be written to.",
            ),
        )),
    }
}

fn ask(language: Language) -> Ask {
    Ask {
        title: language.pick("选择以前记的表格", "Choose a workbook").to_owned(),
        file_name: String::new(),
        kind: language.pick("表格", "Workbooks").to_owned(),
        extension: "xlsx,csv",
    }
}

/// At most one byte more than is read.
fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?
        .take(MAX_FILE_BYTES as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn not_taken(file: &str, error: &ImportError) -> CommandError {
    let what = |language: Language| {
        let named = language.pick("“{file}”：", "“{file}”: ").replace("{file}", file);
        format!("{named}{}", error.describe(language))
    };
    let next = |language: Language| error.next(language).to_owned();
    refusal(
        error.code(),
        label(what(Language::Chinese), what(Language::English)),
        label(next(Language::Chinese), next(Language::English)),
    )
}

/// The first rows, all of one width.
fn head(sheet: &Sheet) -> Vec<Vec<String>> {
    let width = sheet.width().min(COLUMNS_SHOWN);
    let shown = |row: usize, column: usize| {
        let text = sheet.cell(row, column).shown();
        let plain: String = text.chars().filter(|c| !c.is_control() || *c == '\n').collect();
        match plain.char_indices().nth(CHARACTERS_SHOWN) {
            Some((end, _)) => format!("{}…", &plain[..end]),
            None => plain,
        }
    };
    (0..sheet.rows.len().min(ROWS_SHOWN))
        .map(|row| (0..width).map(|column| shown(row, column)).collect())
        .collect()
}
