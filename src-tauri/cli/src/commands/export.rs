//! `xxz export`: forms as files, from the same assessment that `assess` prints.

use std::path::Path;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::ArgMatches;
use serde_json::{Value, json};
use xiaxiangzhi_core::assess::assess;
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::{DaysInAll, Records, days_in_all};
use xiaxiangzhi_core::scheme::Scheme;
use xiaxiangzhi_forms::{
    FileType, Form, FormKind, FormsError, Ground, Head, Layout, MissingGlyph, Options, Template,
    TemplateError, Values, docx, file_name, paper, pdf, placeholders, together, uncommon_characters, xlsx,
};

use super::days;
use crate::context::Context;
use crate::error::CliError;
use crate::{files, input, warning};

/// How long the physician was posted in all: this posting, and those that are named besides.
fn in_all(
    context: Context,
    matches: &ArgMatches,
    records: &Records,
    as_of: NaiveDate,
) -> Result<Option<DaysInAll>, CliError> {
    let mut spans = vec![days::span(records)];
    for path in days::paths(matches, "also") {
        let other = input::content(context, path)?.records;
        days::same_physician(context, records, &other, path)?;
        spans.push(days::span(&other));
    }
    Ok(days_in_all(spans, as_of))
}

/// Stands for every form that is made of single records.
const RECORDS: &str = "records";
const FORMATS: &[(&str, FileType)] = &[
    ("pdf", FileType::Pdf),
    ("docx", FileType::Docx),
    ("xlsx", FileType::Xlsx),
];

pub(super) fn run(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let names: Vec<&str> = FORMATS.iter().map(|(name, _)| *name).collect();
    let kinds = kinds(context, matches)?;
    let formats = chosen(context, matches, "formats", &names)?;
    let options = options(context, matches, &kinds)?;
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
        Some(path) => Some(own_form(context, path, &kinds, &formats)?),
        None => None,
    };

    let calendar = Calendar::built_in();
    let ground = Ground::new(records, scheme, &assessment, calendar, head.as_ref())
        .map_err(|error| CliError::calendar(context, &error))?
        .with_days_in_all(in_all(context, matches, records, as_of)?);
    // All of them are made before the first is written: a form that cannot be made leaves nothing half done. One that the
    // records do not allow is left out, unless there is no other.
    let mut forms: Vec<(FormKind, Form)> = Vec::new();
    let mut left_out: Vec<(FormKind, FormsError)> = Vec::new();
    let mut uncommon: Vec<MissingGlyph> = Vec::new();
    for kind in kinds {
        let form = match paper(kind, &ground, options) {
            Ok(form) => form,
            Err(why) if why.is_of_the_records() => {
                left_out.push((kind, why));
                continue;
            }
            Err(error) => return Err(failed(context, &error)),
        };
        if formats.iter().any(|format| *format != "pdf") {
            uncommon.extend(uncommon_characters(&form));
        }
        forms.push((kind, form));
    }
    let types: Vec<_> = FORMATS
        .iter()
        .filter(|(format, _)| formats.contains(format))
        .collect();
    let wanted: Vec<_> = forms
        .iter()
        .flat_map(|(kind, form)| {
            types
                .iter()
                .map(move |(format, file_type)| (kind, form, format, *file_type))
        })
        .collect();
    let made: Vec<(String, &str, &str, Vec<u8>)> = together(&wanted, |(kind, form, format, file_type)| {
        let bytes = match &template {
            Some(template) if *file_type == FileType::Docx => {
                let values = Values::of(&ground).map_err(|error| failed(context, &error))?;
                template.fill(&values).map_err(|error| refused(context, &error))?
            }
            _ => bytes_of(form, *file_type).map_err(|error| failed(context, &error))?,
        };
        Ok((file_name(form, *file_type), kind.id(), **format, bytes))
    })
    .into_iter()
    .collect::<Result<_, CliError>>()?;
    if let (true, Some((_, why))) = (made.is_empty(), left_out.first()) {
        return Err(failed(context, why));
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
    let not_made: Vec<Value> = left_out
        .iter()
        .map(|(kind, why)| json!({"form": kind.id(), "code": why.code(), "reason": why.to_string()}))
        .collect();
    context.answer(
        &json!({"as_of": as_of, "files": written, "left_out": not_made}),
        || {
            let lines: Vec<String> = made
                .iter()
                .map(|(name, ..)| format!("  {}\n", folder.join(name).display()))
                .collect();
            let not_made: Vec<String> = left_out
                .iter()
                .map(|(kind, why)| {
                    format!(
                        "{} {}: {}\n",
                        context.pick("未出", "left out:"),
                        kind.id(),
                        said(context, why)
                    )
                })
                .collect();
            format!(
                "{}\n{}{}",
                context.pick("已写入", "written"),
                lines.concat(),
                not_made.concat()
            )
        },
    )?;
    warning::of_uncommon_characters(context, &uncommon);
    Ok(ExitCode::SUCCESS)
}

/// How the papers are wanted; what belongs to a paper that is not asked for is refused, not passed over.
fn options(context: Context, matches: &ArgMatches, kinds: &[FormKind]) -> Result<Options, CliError> {
    let attendance = kinds.contains(&FormKind::MonthlyAttendanceSheet);
    let ids: Vec<&str> = kinds.iter().map(|kind| kind.id()).collect();
    let not_for = |allowed: &str| CliError::bad_argument(context, "--forms", ids.join(","), allowed);
    let (month, blank) = (super::text(matches, "month"), matches.get_flag("blank"));
    if (month.is_some() || blank) && !attendance {
        return Err(not_for("attendance"));
    }
    let month = month.map(|word| {
        let first = format!("{word}-01").parse().ok();
        let exact = |date: &NaiveDate| date.format("%Y-%m").to_string() == word;
        first
            .filter(exact)
            .ok_or_else(|| CliError::bad_argument(context, "--month", word, "YYYY-MM"))
    });
    let layout = match super::text(matches, "layout") {
        None => Layout::Usual,
        Some(_) if !kinds.iter().any(|kind| kind.has_layouts()) => {
            let allowed: Vec<&str> = FormKind::ALL
                .iter()
                .filter(|kind| kind.has_layouts())
                .map(|kind| kind.id())
                .collect();
            return Err(not_for(&allowed.join(", ")));
        }
        Some("table") => Layout::Table,
        Some("pages") => Layout::OneAPage,
        Some(word) => {
            return Err(CliError::bad_argument(context, "--layout", word, "table, pages"));
        }
    };
    Ok(Options {
        month: month.transpose()?,
        blank,
        layout,
    })
}

/// The forms of `--forms`, each once, in the order of the office's file; every one if it is left out.
fn kinds(context: Context, matches: &ArgMatches) -> Result<Vec<FormKind>, CliError> {
    let mut known: Vec<&str> = FormKind::ALL.iter().map(|kind| kind.id()).collect();
    known.push(RECORDS);
    let names = chosen(context, matches, "forms", &known)?;
    let wanted = |kind: &&FormKind| {
        names.contains(&kind.id()) || (names.contains(&RECORDS) && FormKind::RECORDS.contains(kind))
    };
    Ok(FormKind::ALL.iter().filter(wanted).copied().collect())
}

/// The hospital's own document, for one form as DOCX.
fn own_form(
    context: Context,
    path: &str,
    kinds: &[FormKind],
    formats: &[&str],
) -> Result<Template, CliError> {
    let join = |kinds: &[FormKind], between: &str| {
        let names: Vec<&str> = kinds.iter().map(|kind| kind.id()).collect();
        names.join(between)
    };
    if kinds.len() != 1 {
        let (said, allowed) = (join(kinds, ","), join(FormKind::ALL, " | "));
        return Err(CliError::bad_argument(context, "--forms", &said, &allowed));
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
    known: &[&'a str],
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
    CliError::new(error.code(), said(context, error), details)
}

fn said(context: Context, error: &FormsError) -> String {
    match (error, context.language) {
        (FormsError::MissingGlyphs(glyphs), Language::English) => {
            let list: Vec<String> = glyphs
                .iter()
                .map(|glyph| format!("{} ({}, in {})", glyph.character, glyph.code_point, glyph.place))
                .collect();
            format!(
                "no font here can print {}; install one with rare characters (such as Noto Serif CJK SC or SimSun-ExtB)",
                list.join(", ")
            )
        }
        (FormsError::Withheld { reason, clause }, Language::English) => format!(
            "the scheme withholds the service appraisal form: {reason}; clause {}: {}",
            clause.number, clause.quote
        ),
        (FormsError::NothingRecorded { kind }, Language::English) => {
            format!("no record belongs on this form ({})", kind.name())
        }
        (
            FormsError::OutsidePosting {
                year,
                month,
                start,
                end,
            },
            Language::English,
        ) => {
            format!("{year}-{month:02} has no day of the posting ({start} to {end})")
        }
        (_, Language::English) => format!("the form cannot be made: {error}"),
        (_, Language::Chinese) => error.to_string(),
    }
}
