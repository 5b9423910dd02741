//! What leaves the program: forms and the review file.

use super::templates;
use super::view::{assessment_of, scheme_of};
use crate::app::App;
use crate::desk::{Ask, Desk};
use crate::files;
use crate::refusal::{bad_request, label, not_written};
use crate::views::{CommandError, ExportedForms, ExportedReviewFile, FormFormat, FormKind, FormPages};
use std::collections::BTreeSet;
use std::path::Path;
use uuid::Uuid;
use xiaxiangzhi_core::assess::{Assessment, default_as_of};
use xiaxiangzhi_core::language::{Label, Language};
use xiaxiangzhi_core::log::{Digest, from_hex};
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::scheme::Scheme;
use xiaxiangzhi_forms::{
    FileType, Form, Head, docx, file_name, missing_glyphs, pdf, svg_pages, task_assessment_sheet, xlsx,
};
use xiaxiangzhi_store::{Enclosed, Readers, Store, replace_file};

/// The extension of review files.
pub(super) const REVIEW_EXTENSION: &str = "xxz";

pub(super) fn form_preview(app: &App, kind: FormKind) -> Result<FormPages, CommandError> {
    let (store, log_id) = app.posting()?;
    let form = form(app, &store, log_id, kind)?;
    let missing = missing_glyphs(&form);
    // A page with a blank where a name belongs would be signed unseen: the characters are named instead.
    let pages = if missing.is_empty() {
        svg_pages(&form)?
    } else {
        Vec::new()
    };
    Ok(FormPages {
        pages,
        missing_glyphs: missing
            .into_iter()
            .map(|glyph| glyph.character.to_string())
            .collect(),
    })
}

/// All that forms are made from.
pub(super) struct Basis {
    pub(super) records: Records,
    pub(super) scheme: Scheme,
    pub(super) assessment: Assessment,
    pub(super) head: Head,
}

pub(super) fn basis(app: &App, store: &Store, log_id: Uuid) -> Result<Basis, CommandError> {
    let folded = store.folded(log_id)?;
    let records = Records::from_value(folded.document)?;
    let as_of = default_as_of(&records, app.clock().today());
    Ok(Basis {
        scheme: scheme_of(&records)?,
        assessment: assessment_of(&records, as_of)?,
        head: Head {
            code: folded.head_code,
            n: folded.n,
        },
        records,
    })
}

impl Basis {
    pub(super) fn form(&self, kind: FormKind) -> Result<Form, CommandError> {
        match kind {
            FormKind::Sheet => Ok(task_assessment_sheet(
                &self.records,
                &self.scheme,
                &self.assessment,
                Some(&self.head),
            )?),
        }
    }
}

fn form(app: &App, store: &Store, log_id: Uuid, kind: FormKind) -> Result<Form, CommandError> {
    basis(app, store, log_id)?.form(kind)
}

pub(super) fn export_forms(
    app: &App,
    desk: &dyn Desk,
    forms: &[FormKind],
    formats: &[FormFormat],
) -> Result<Option<ExportedForms>, CommandError> {
    let (store, log_id) = app.posting()?;
    let mut files = Vec::new();
    let basis = basis(app, &store, log_id)?;
    for kind in forms {
        let form = basis.form(*kind)?;
        for format in formats {
            let file_type = match format {
                FormFormat::Pdf => FileType::Pdf,
                FormFormat::Docx => FileType::Docx,
                FormFormat::Xlsx => FileType::Xlsx,
            };
            let bytes = match format {
                FormFormat::Pdf => pdf(&form)?,
                FormFormat::Docx => match templates::filled(&store, *kind, &basis)? {
                    Some(own) => own,
                    None => docx(&form)?,
                },
                FormFormat::Xlsx => xlsx(&form)?,
            };
            files.push((file_name(&form, file_type), file_type.extension(), bytes));
        }
    }
    let language = app.settings().language;
    let paths = match files.as_slice() {
        [] => return Err(bad_request("nothing to export")),
        [(name, extension, bytes)] => {
            let Some(path) = desk.save_file(&Ask {
                title: language.pick("导出表格", "Export the form").to_owned(),
                file_name: name.clone(),
                kind: extension.to_uppercase(),
                extension,
            }) else {
                return Ok(None);
            };
            let path = files::with_extension(path, extension);
            write(&path, bytes)?;
            vec![path]
        }
        several => {
            let title = language.pick("选一个文件夹，放导出的表格", "Choose a folder for the forms");
            let Some(folder) = desk.choose_folder(title) else {
                return Ok(None);
            };
            let mut paths = Vec::new();
            for (name, _, bytes) in several {
                // Nobody was asked about these names, so nothing is replaced.
                let path = files::free(folder.join(name));
                write(&path, bytes)?;
                paths.push(path);
            }
            paths
        }
    };
    Ok(Some(ExportedForms {
        paths: paths.iter().map(|path| shown(path)).collect(),
    }))
}

pub(super) fn export_review_file(
    app: &App,
    desk: &dyn Desk,
    pictures: &[String],
) -> Result<Option<ExportedReviewFile>, CommandError> {
    let (store, log_id) = app.posting()?;
    let sheet = form(app, &store, log_id, FormKind::Sheet)?;
    let Some(path) = desk.save_file(&Ask {
        title: app
            .settings()
            .language
            .pick("导出审核文件", "Export the review file")
            .to_owned(),
        file_name: review_file_name(&sheet),
        kind: review_kind(app.settings().language),
        extension: REVIEW_EXTENSION,
    }) else {
        return Ok(None);
    };
    let path = files::with_extension(path, REVIEW_EXTENSION);
    let records = Records::from_value(store.folded(log_id)?.document)?;
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

/// `李晓梅-河口镇中心卫生院-2026年1-4月-审核文件.xxz`, by the same rules as the forms' names.
fn review_file_name(sheet: &Form) -> String {
    let name = file_name(sheet, FileType::Pdf);
    let stem = name
        .strip_suffix(".pdf")
        .and_then(|stem| stem.strip_suffix(sheet.kind.name()))
        .unwrap_or_default();
    format!("{stem}审核文件.{REVIEW_EXTENSION}")
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
