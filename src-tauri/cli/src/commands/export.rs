//! `xxz export`: forms as files, from the same assessment that `assess` prints.

use std::path::Path;
use std::process::ExitCode;

use clap::ArgMatches;
use serde_json::{Value, json};
use xiaxiangzhi_core::assess::assess;
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::scheme::Scheme;
use xiaxiangzhi_forms::{
    FileType, Form, FormsError, Head, Template, TemplateError, Values, docx, file_name, pdf, placeholders,
    task_assessment_sheet, xlsx,
};

use crate::context::Context;
use crate::error::CliError;
use crate::{files, input};

/// The forms that can be made, by the name the command line gives them.
const FORMS: &[&str] = &["sheet"];
const FORMATS: &[(&str, FileType)] = &[
    ("pdf", FileType::Pdf),
    ("docx", FileType::Docx),
    ("xlsx", FileType::Xlsx),
];

pub(super) fn run(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let names: Vec<&str> = FORMATS.iter().map(|(name, _)| *name).collect();
    let forms = chosen(context, matches, "forms", FORMS)?;
    let formats = chosen(context, matches, "formats", &names)?;
    let content = input::content(context, super::required(matches, "FILE"))?;
    let records = &content.records;
    let scheme = Scheme::of(records).map_err(|error| CliError::bad_scheme(context, &error))?;
    let as_of = super::as_of(context, matches, records)?;
    let assessment = assess(scheme, records, Calendar::built_in(), as_of)
        .map_err(|error| CliError::calendar(context, &error))?;
    let head = content.file.as_ref().map(|file| Head {
        code: file.head().code(),
        n: file.head().n,
    });
    let folder = Path::new(super::required(matches, "to"));
    let template = match super::text(matches, "template") {
        Some(path) => Some(own_form(context, path, &forms, &formats)?),
        None => None,
    };

    // All of them are made before the first is written: a form that cannot be made leaves nothing half done.
    let mut made: Vec<(String, &str, &str, Vec<u8>)> = Vec::new();
    for name in forms {
        let form = task_assessment_sheet(records, scheme, &assessment, head.as_ref())
            .map_err(|error| failed(context, &error))?;
        for (format, file_type) in FORMATS.iter().filter(|(format, _)| formats.contains(format)) {
            let bytes = match &template {
                Some(template) if *file_type == FileType::Docx => {
                    let values = Values::of(records, scheme, &assessment, head.as_ref())
                        .map_err(|error| failed(context, &error))?;
                    template.fill(&values).map_err(|error| refused(context, &error))?
                }
                _ => bytes_of(&form, *file_type).map_err(|error| failed(context, &error))?,
            };
            made.push((file_name(&form, *file_type), name, format, bytes));
        }
    }
    files::folder(context, folder)?;
    let mut written: Vec<Value> = Vec::new();
    for (name, form, format, bytes) in &made {
        let path = folder.join(name);
        files::replace(context, &path, bytes)?;
        written.push(
            json!({"form": form, "format": format, "path": path.display().to_string(), "bytes": bytes.len()}),
        );
    }
    context.answer(&json!({"as_of": as_of, "files": written}), || {
        let lines: Vec<String> = made
            .iter()
            .map(|(name, ..)| format!("  {}\n", folder.join(name).display()))
            .collect();
        format!("{}\n{}", context.pick("已写入", "written"), lines.concat())
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The hospital's own document, for one form as DOCX.
fn own_form(context: Context, path: &str, forms: &[&str], formats: &[&str]) -> Result<Template, CliError> {
    if forms.len() != 1 {
        return Err(CliError::bad_argument(
            context,
            "--forms",
            forms.join(","),
            &FORMS.join(" | "),
        ));
    }
    if !formats.contains(&"docx") {
        return Err(CliError::bad_argument(
            context,
            "--formats",
            formats.join(","),
            "docx",
        ));
    }
    Template::read(&input::bytes(context, path)?).map_err(|error| refused(context, &error))
}

fn refused(context: Context, error: &TemplateError) -> CliError {
    let unknown = error
        .unknown()
        .iter()
        .map(|one| json!({"name": one.name, "nearest": one.nearest}));
    let details = match error.unknown() {
        [] => json!({}),
        _ => json!({
            "unknown": unknown.collect::<Vec<_>>(),
            "available": placeholders().iter().map(|one| one.name.as_str()).collect::<Vec<_>>(),
        }),
    };
    CliError::new(error.code(), error.label().get(context.language), details)
}

fn bytes_of(form: &Form, file_type: FileType) -> Result<Vec<u8>, FormsError> {
    match file_type {
        FileType::Pdf => pdf(form),
        FileType::Docx => docx(form),
        FileType::Xlsx => xlsx(form),
    }
}

/// A list such as `pdf,xlsx`, each of it among `known`; all of them if it is left out.
fn chosen<'a>(
    context: Context,
    matches: &'a ArgMatches,
    name: &str,
    known: &'a [&'a str],
) -> Result<Vec<&'a str>, CliError> {
    let Some(list) = super::text(matches, name) else {
        return Ok(known.to_vec());
    };
    let mut chosen: Vec<&str> = Vec::new();
    for word in list.split(',').map(str::trim) {
        if !known.contains(&word) {
            return Err(CliError::bad_argument(
                context,
                &format!("--{name}"),
                word,
                &known.join(", "),
            ));
        }
        if !chosen.contains(&word) {
            chosen.push(word);
        }
    }
    Ok(chosen)
}

fn failed(context: Context, error: &FormsError) -> CliError {
    let details = match error {
        FormsError::MissingGlyphs(glyphs) => json!({"missing_glyphs": glyphs.iter().map(|glyph| json!({
            "character": glyph.character, "code_point": glyph.code_point, "place": glyph.place,
        })).collect::<Vec<_>>()}),
        _ => json!({}),
    };
    let message = match (error, context.language) {
        (FormsError::MissingGlyphs(glyphs), Language::English) => {
            let list: Vec<String> = glyphs
                .iter()
                .map(|glyph| format!("{} ({}, in {})", glyph.character, glyph.code_point, glyph.place))
                .collect();
            format!(
                "no font here can print {}; install one with rare characters",
                list.join(", ")
            )
        }
        (_, Language::English) => format!("the form cannot be made: {error}"),
        (_, Language::Chinese) => error.to_string(),
    };
    CliError::new(error.code(), message, details)
}
