//! The review file on its way out.

use crate::app::App;
use crate::desk::{Ask, Desk};
use crate::files;
use crate::refusal::{label, no_printing, not_written};
use crate::views::{CommandError, ExportedReviewFile};
use std::collections::BTreeSet;
use std::path::Path;
use xiaxiangzhi_core::assess::default_as_of;
use xiaxiangzhi_core::language::{Label, Language};
use xiaxiangzhi_core::log::{Digest, from_hex};
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_forms::posting_file_name;
use xiaxiangzhi_store::{Enclosed, Readers, replace_file};

/// The extension of review files.
pub(super) const REVIEW_EXTENSION: &str = "xxz";

/// Prints what the page laid out on paper.
pub(super) fn print_window(desk: &dyn Desk) -> Result<(), CommandError> {
    if desk.print() { Ok(()) } else { Err(no_printing()) }
}

pub(super) fn export_review_file(
    app: &App,
    desk: &dyn Desk,
    pictures: &[String],
) -> Result<Option<ExportedReviewFile>, CommandError> {
    let (store, log_id) = app.posting()?;
    let records = Records::from_value(store.folded(log_id)?.document)?;
    let Some(path) = desk.save_file(&Ask {
        title: app
            .settings()
            .language
            .pick("导出审核文件", "Export the review file")
            .to_owned(),
        file_name: posting_file_name(&records.posting, "审核文件", REVIEW_EXTENSION),
        kind: review_kind(app.settings().language),
        extension: REVIEW_EXTENSION,
    }) else {
        return Ok(None);
    };
    let path = files::with_extension(path, REVIEW_EXTENSION);
    let as_of = default_as_of(&records, app.clock().today());
    // The export is entered in the log first, so the file holds its own export and forms made from now on carry its head.
    let chosen: BTreeSet<Digest> = pictures.iter().filter_map(|hash| from_hex(hash)).collect();
    let enclosed = Enclosed::Only(&chosen);
    let exported = store.export_review_file_with(log_id, as_of, app.clock().now(), enclosed)?;
    write(&path, &exported.bytes).map_err(|error| CommandError {
        safe: number_used_up(exported.number),
        ..error
    })?;
    Ok(Some(ExportedReviewFile {
        path: shown(&path),
        n: exported.n,
        code: exported.head_code,
    }))
}

fn number_used_up(number: u64) -> Label {
    label(
        format!("记录都在，没有改动；只是用掉了导出序号 {number}。"),
        format!("The records are safe; only export number {number} was used up."),
    )
}

pub(super) fn review_kind(language: Language) -> String {
    language
        .pick("下乡志审核文件", "Xiaxiangzhi review file")
        .to_owned()
}

pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), CommandError> {
    replace_file(path, bytes, Readers::Usual).map_err(|error| not_written(path, &error))
}

pub(super) fn shown(path: &Path) -> String {
    path.display().to_string()
}
