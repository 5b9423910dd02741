//! A workbook that was kept before: its sheets, and what an import of it would do.

use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;
use xiaxiangzhi_import::{Item, Mapping, SheetFound};

/// A workbook that was read and of which nothing is entered yet.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct WorkbookView {
    /// What it is called by the commands that follow.
    pub id: Uuid,
    /// The file's name.
    pub file: String,
    /// Its sheets.
    pub sheets: Vec<SheetView>,
}

/// One sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SheetView {
    /// Its name; a text file's has none.
    pub name: String,
    /// Not shown by the program that wrote it.
    pub hidden: bool,
    /// How many rows it has.
    pub rows: usize,
    /// Its first rows as they are shown, each as wide as the sheet or as is shown of it.
    pub head: Vec<Vec<String>>,
    /// It holds the figures of one of our own papers.
    pub figures: bool,
    /// How it is best read; null where there is nothing to import.
    pub guess: Option<Mapping>,
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ImportPreview {
    /// Every row: the bad ones first, then conflicts, then what is entered.
    pub items: Vec<Item>,
    /// What was found in each sheet that is read.
    pub sheets: Vec<SheetFound>,
    /// How many days would be entered or changed.
    pub days: usize,
    /// How many activities.
    pub activities: usize,
    /// How many leaves.
    pub leaves: usize,
    /// How many rows of the support diary.
    pub problems: usize,
}
