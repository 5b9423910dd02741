//! The hospital's own forms: kept with the scheme, so that every posting judged by it is printed on them.

use super::export::{shown, write};
use super::forms::Posting;
use super::review::chosen;
use super::view::scheme_of;
use crate::app::App;
use crate::desk::{Ask, Desk};
use crate::files;
use crate::refusal::{label, not_read, refusal};
use crate::settings::{KeptTemplate, Settings};
use crate::views::{
    CommandError, ExportedForms, FormKind, PlaceholderView, TemplateReading, TemplateView, UnknownName,
};
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use uuid::Uuid;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_forms::{
    self as papers, FileType, Ground, Options, Template, TemplateError, TemplateReport, UnknownPlaceholder,
    Values, file_name, paper, placeholders,
};
use xiaxiangzhi_store::{Store, new_id};

/// The most bytes that are read of a file: one more than a template may have.
const LARGEST: u64 = 10_000_001;

pub(super) fn templates(app: &App) -> Result<Vec<TemplateView>, CommandError> {
    let (store, scheme) = of_scheme(app)?;
    Ok(FormKind::ALL
        .iter()
        .map(|form| view(&store, &scheme, *form))
        .collect())
}

pub(super) fn all_placeholders() -> Vec<PlaceholderView> {
    let view = |one: &xiaxiangzhi_forms::Placeholder| PlaceholderView {
        name: one.name.clone(),
        meaning: one.meaning.clone(),
        group: one.group.clone(),
        example: one.example.clone(),
        repeats: one.repeats,
    };
    placeholders().iter().map(view).collect()
}

/// Reads a document that a person chose or dropped, to be looked at. Nothing of it is kept; nothing if the dialog is
/// cancelled.
pub(super) fn read_template(
    app: &App,
    desk: &dyn Desk,
    path: Option<String>,
) -> Result<Option<TemplateReading>, CommandError> {
    app.posting()?;
    if let Some(path) = &path {
        app.opened(Path::new(path));
    }
    refuse_where_only_read(app)?;
    let Some(path) = chosen(app, desk, path, ask)? else {
        return Ok(None);
    };
    let bytes = read(&path).map_err(|error| not_read(&path, &error))?;
    let template = Template::read(&bytes)?;
    let file = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let TemplateReport {
        known,
        unknown,
        unused,
    } = template.report();
    let likely = template.likely_form(&file);
    let id = new_id(app.clock().now())?;
    app.look_at_template(id, KeptTemplate::new(file.clone(), &bytes));
    Ok(Some(TemplateReading {
        id,
        file,
        likely: FormKind::ALL
            .into_iter()
            .find(|form| likely == Some((*form).into())),
        known,
        unknown: unknown.into_iter().map(UnknownName::from).collect(),
        unused,
    }))
}

/// Keeps the document that was read last in the place of our own form, or of the one before.
pub(super) fn keep(app: &App, form: FormKind, id: Uuid) -> Result<TemplateView, CommandError> {
    let (store, scheme) = of_scheme(app)?;
    refuse_where_only_read(app)?;
    let kept = app.looked_at_template(id).ok_or_else(put_away)?;
    Template::read(&kept.bytes().ok_or_else(put_away)?)?.check()?;
    Settings::keep_template(&store, &scheme, key(form), Some(&kept))?;
    Ok(view(&store, &scheme, form))
}

pub(super) fn remove(app: &App, form: FormKind) -> Result<TemplateView, CommandError> {
    let (store, scheme) = of_scheme(app)?;
    Settings::keep_template(&store, &scheme, key(form), None)?;
    Ok(view(&store, &scheme, form))
}

/// Saves a copy filled with the posting that is open.
pub(super) fn try_out(
    app: &App,
    desk: &dyn Desk,
    form: FormKind,
) -> Result<Option<ExportedForms>, CommandError> {
    let posting = Posting::open(app)?;
    let ground = posting.ground()?;
    let paper = paper(form.into(), &ground, Options::default())?;
    let Some(bytes) = filled(app, form, &ground)? else {
        return Err(no_template());
    };
    let language = app.settings().language;
    let Some(path) = desk.save_file(&Ask {
        title: language.pick("保存填好的一份", "Save a filled copy").to_owned(),
        file_name: file_name(&paper, FileType::Docx),
        kind: "DOCX".to_owned(),
        extension: "docx",
    }) else {
        return Ok(None);
    };
    let path = files::with_extension(path, "docx");
    write(&path, &bytes)?;
    Ok(Some(ExportedForms {
        paths: vec![shown(&path)],
        left_out: Vec::new(),
    }))
}

/// The form on the hospital's own document, where the scheme has one.
pub(super) fn filled(
    app: &App,
    form: FormKind,
    ground: &Ground<'_>,
) -> Result<Option<Vec<u8>>, CommandError> {
    let (store, _) = app.posting()?;
    let Some(kept) = Settings::template(&store, &ground.scheme.id, key(form)) else {
        return Ok(None);
    };
    let template = Template::read(&kept.bytes().ok_or_else(no_template)?)?;
    Ok(Some(template.fill(&Values::of(ground)?)?))
}

/// A scheme that was copied from another is printed on the same forms, until it has its own.
pub(super) fn copy_templates(store: &Store, from: &str, to: &str) -> Result<(), CommandError> {
    for form in FormKind::ALL.iter().map(|form| key(*form)) {
        if let (Some(kept), None) = (
            Settings::template(store, from, form),
            Settings::template(store, to, form),
        ) {
            Settings::keep_template(store, to, form, Some(&kept))?;
        }
    }
    Ok(())
}

/// A form's name in settings.
fn key(form: FormKind) -> &'static str {
    papers::FormKind::from(form).id()
}

fn of_scheme(app: &App) -> Result<(std::sync::Arc<Store>, String), CommandError> {
    let (store, log_id) = app.posting()?;
    let records = Records::from_value(store.folded(log_id)?.document)?;
    let scheme = scheme_of(&records)?.id;
    Ok((store, scheme))
}

fn view(store: &Store, scheme: &str, form: FormKind) -> TemplateView {
    let kept = Settings::template(store, scheme, key(form));
    let name = kept.as_ref().map(|kept| kept.name.clone());
    let template = kept.and_then(|kept| Template::read(&kept.bytes()?).ok());
    let report = template.map(|template| template.report());
    let (known, unknown, unused) = report
        .map(|report| (report.known, report.unknown, report.unused))
        .unwrap_or_default();
    TemplateView {
        form,
        name,
        known,
        unknown: unknown.into_iter().map(UnknownName::from).collect(),
        unused,
    }
}

impl From<UnknownPlaceholder> for UnknownName {
    fn from(one: UnknownPlaceholder) -> Self {
        Self {
            name: one.name,
            nearest: one.nearest,
        }
    }
}

fn ask(language: Language) -> Ask {
    Ask {
        title: language
            .pick("选单位自己的表格", "Choose the hospital's own form")
            .to_owned(),
        file_name: String::new(),
        kind: language.pick("文档", "Document").to_owned(),
        extension: "docx",
    }
}

pub(super) fn refuse_where_only_read(app: &App) -> Result<(), CommandError> {
    app.read_only().map_or(Ok(()), |because| {
        let next = label(
            "在能写的地方打开，再载入。",
            "Load it where the records can be written to.",
        );
        Err(refusal("read_only", because.reason, next))
    })
}

fn put_away() -> CommandError {
    refusal(
        "template_gone",
        label("这个文档已经放下了。", "This document was put away."),
        label("再选一次文件。", "Choose the file once more."),
    )
}

fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn no_template() -> CommandError {
    refusal(
        "template_missing",
        label(
            "这张表还没有单位自己的模板。",
            "This form has no template of the hospital's own.",
        ),
        label("先载入一个 .docx 模板。", "Load a .docx template first."),
    )
}

impl From<TemplateError> for CommandError {
    fn from(error: TemplateError) -> Self {
        refusal(
            error.code(),
            error.label().clone(),
            label("改好后再载入。", "Correct it, then load it again."),
        )
    }
}
