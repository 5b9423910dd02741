//! The office file: made by an office for its physicians, looked at and taken on a physician's computer.

use super::arrangement;
use super::changes;
use super::export::{REVIEW_EXTENSION, review_kind, shown, write};
use super::review::chosen;
use super::schemes::schemes;
use super::templates::refuse_where_only_read;
use crate::app::App;
use crate::desk::{Ask, Desk};
use crate::files;
use crate::refusal::{bad_request, label, not_read, refusal};
use crate::settings::{KeptTemplate, Settings};
use crate::views::{
    CommandError, FormKind, KnownOfficeView, OfferedScheme, OfferedYear, OfficeFileOffer, OfficeFileView,
    OfficeKey, OfficeSchemeView, OfficeTemplateView, SchemeTaken,
};
use chrono::{Datelike as _, Days};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;
use xiaxiangzhi_core::arrangement::{effect, likely_year, read as arrangement_of};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::log::{Change, Entity, fingerprint};
use xiaxiangzhi_core::posting::{CalendarOverride, Records};
use xiaxiangzhi_core::reviewfile::{FileKind, Office, OfficeTemplate, Signed, SignedFile, kind_of, open};
use xiaxiangzhi_core::scheme::{Scheme, built_in};
use xiaxiangzhi_forms::{self as papers, Template};
use xiaxiangzhi_store::{KnownOffice, Store, new_id, read_review_file};

/// What this computer could put into an office file.
pub(super) fn offer(app: &App) -> Result<OfficeFileOffer, CommandError> {
    let store = app.store()?;
    let profile = app.settings().office;
    Ok(OfficeFileOffer {
        hospital: profile.hospital,
        office: profile.office,
        fingerprint: store.office_fingerprint()?,
        schemes: schemes(app)
            .schemes
            .into_iter()
            .map(|known| OfferedScheme {
                forms: forms_of(&store, &known.scheme.id)
                    .into_iter()
                    .map(|(form, _)| form)
                    .collect(),
                id: known.scheme.id,
                version: known.scheme.version,
                title: known.scheme.title,
                built_in: known.built_in,
            })
            .collect(),
        years: years(&Settings::office_calendar(&store)),
    })
}

/// The documents of a scheme's own, by form.
fn forms_of(store: &Store, scheme: &str) -> Vec<(FormKind, KeptTemplate)> {
    let kept = FormKind::ALL.into_iter().map(|form| {
        let key = papers::FormKind::from(form).id();
        Settings::template(store, scheme, key).map(|kept| (form, kept))
    });
    kept.flatten().collect()
}

fn years(days: &[CalendarOverride]) -> Vec<OfferedYear> {
    let mut years: BTreeMap<i32, u32> = BTreeMap::new();
    for day in days {
        let year = day.arrangement_year.and_then(|year| i32::try_from(year).ok());
        *years.entry(year.unwrap_or_else(|| day.date.year())).or_default() += 1;
    }
    let year = |(year, days)| OfferedYear { year, days };
    years.into_iter().map(year).collect()
}

/// Reads a notice that a person chooses, and remembers its holidays for the next office file, in place of what was loaded
/// for the same dates. Nothing if the dialog is cancelled.
pub(super) fn load_holidays(app: &App, desk: &dyn Desk) -> Result<Option<OfficeFileOffer>, CommandError> {
    let store = app.store()?;
    refuse_where_only_read(app)?;
    let Some((name, text)) = arrangement::open_text(app, desk)? else {
        return Ok(None);
    };
    let today = app.clock().today();
    let read = arrangement_of(&text, likely_year(today, today + Days::new(366)));
    let read = read.map_err(|bad| arrangement::not_overrides(&bad))?;
    if read.calendar_overrides.is_empty() || !read.reading.doubts.is_empty() {
        return Err(refusal(
            "notice_unclear",
            label(
                format!("“{name}”里有读不准的日子，没有载入。"),
                format!("“{name}” holds days that cannot be read for sure; it was not loaded."),
            ),
            label(
                "只留通知正文再试，或用 xxz calendar --notice 看是哪几天。",
                "Keep the notice alone and try again, or see which days with xxz calendar --notice.",
            ),
        ));
    }
    let days = read.calendar_overrides;
    let mut kept = Settings::office_calendar(&store);
    kept.retain(|known| days.iter().all(|day| day.date != known.date));
    kept.extend(days);
    kept.sort_by_key(|day| day.date);
    Settings::keep_office_calendar(&store, &kept)?;
    offer(app).map(Some)
}

/// Makes the office file with these schemes, their documents and the holidays loaded. Nothing if the dialog is cancelled.
pub(super) fn export(app: &App, desk: &dyn Desk, chosen: &[String]) -> Result<Option<String>, CommandError> {
    let store = app.store()?;
    refuse_where_only_read(app)?;
    let profile = app.settings().office;
    let hospital = profile.hospital.trim().to_owned();
    if hospital.is_empty() {
        return Err(refusal(
            "office_unnamed",
            label("还没有写医院的名称。", "The hospital has no name yet."),
            label(
                "先在「个人与单位」写上医院，再做医务部文件。",
                "Write the hospital under Person and units, then make the office file.",
            ),
        ));
    }
    let known = schemes(app).schemes;
    let wanted: Vec<Scheme> = known
        .into_iter()
        .map(|known| known.scheme)
        .filter(|scheme| chosen.contains(&scheme.id))
        .collect();
    let mut templates = Vec::new();
    for scheme in &wanted {
        for (form, kept) in forms_of(&store, &scheme.id) {
            templates.push(OfficeTemplate {
                scheme: scheme.id.clone(),
                form: papers::FormKind::from(form).id().to_owned(),
                bytes: kept.bytes().unwrap_or_default(),
                name: kept.name,
            });
        }
    }
    let office = Office {
        office: profile.office.trim().to_owned(),
        schemes: wanted,
        templates,
        calendar: Settings::office_calendar(&store),
        hospital,
    };
    let language = app.settings().language;
    let Some(path) = desk.save_file(&Ask {
        title: language.pick("存医务部文件", "Save the office file").to_owned(),
        file_name: format!(
            "{}_{}.{REVIEW_EXTENSION}",
            language.pick("医务部文件", "Office"),
            files::plain(&office.hospital)
        ),
        kind: review_kind(language),
        extension: REVIEW_EXTENSION,
    }) else {
        return Ok(None);
    };
    let path = files::with_extension(path, REVIEW_EXTENSION);
    let now = app.clock().now();
    let bytes = office.write(&store.office_seed(now)?, now).map_err(bad_request)?;
    write(&path, &bytes)?;
    Ok(Some(shown(&path)))
}

/// Reads an office file that a person chose or gave, to be looked at. Nothing is taken. Null where the dialog is cancelled,
/// and where a file that was given is of another kind: then it is for somebody else to open.
pub(super) fn look_at(
    app: &App,
    desk: &dyn Desk,
    path: Option<String>,
) -> Result<Option<OfficeFileView>, CommandError> {
    let given = path.is_some();
    let Some(path) = chosen(app, desk, path, ask)? else {
        return Ok(None);
    };
    let bytes = read_review_file(&path).map_err(|error| not_read(&path, &error))?;
    if given && kind_of(&bytes) != Ok(FileKind::Office) {
        return Ok(None);
    }
    app.opened(&path);
    let signed = read(&bytes)?;
    let store = app.store()?;
    let id = new_id(app.clock().now())?;
    app.look_at_office(id, Arc::from(bytes));
    let known = store.known_offices()?;
    let office = &signed.content;
    Ok(Some(OfficeFileView {
        id,
        file: name_of(&path),
        hospital: office.hospital.clone(),
        office: office.office.clone(),
        fingerprint: fingerprint(&signed.key),
        at: signed.manifest.at.clone(),
        key: standing(&known, &signed),
        known: known.into_iter().map(on_page).collect(),
        schemes: office
            .schemes
            .iter()
            .map(|scheme| OfficeSchemeView {
                id: scheme.id.clone(),
                version: scheme.version,
                title: scheme.title.clone(),
                taken: taken(&store, scheme),
            })
            .collect(),
        templates: templates(office)?
            .into_iter()
            .map(|(form, template)| OfficeTemplateView {
                form,
                scheme: template.scheme.clone(),
                name: template.name.clone(),
            })
            .collect(),
        years: years(&office.calendar),
        posting_days: u32::try_from(of_posting(app, office)?.len()).unwrap_or(u32::MAX),
    }))
}

/// Takes what is in the office file that was looked at: its schemes and documents for new postings, its holidays, its key. A
/// key that changed is taken only by whoever says its fingerprint.
pub(super) fn take(
    app: &App,
    id: Uuid,
    confirmed: Option<&str>,
) -> Result<Vec<KnownOfficeView>, CommandError> {
    let store = app.store()?;
    refuse_where_only_read(app)?;
    let bytes = app.looked_at_office(id).ok_or_else(put_away)?;
    let signed = read(&bytes)?;
    let office = &signed.content;
    let print = fingerprint(&signed.key);
    if standing(&store.known_offices()?, &signed) == OfficeKey::Changed && confirmed != Some(&print) {
        return Err(refusal(
            "office_key_changed",
            label(
                "这个医务部的签名钥匙和以前的不同，没有采用。",
                "This office signed with another key than before; nothing was taken.",
            ),
            label(
                "给医务部打电话核对指纹，对上了再采用。",
                "Compare the fingerprint with the office by telephone, then take it.",
            ),
        ));
    }
    let templates = templates(office)?;
    let changes = of_posting(app, office)?;
    let now = app.clock().now();
    for scheme in &office.schemes {
        if matches!(taken(&store, scheme), SchemeTaken::Added | SchemeTaken::Replaced) {
            Settings::keep_scheme(&store, scheme)?;
        }
    }
    for (form, template) in templates {
        let kept = KeptTemplate::new(template.name.clone(), &template.bytes);
        Settings::keep_template(
            &store,
            &template.scheme,
            papers::FormKind::from(form).id(),
            Some(&kept),
        )?;
    }
    if !office.calendar.is_empty() {
        Settings::keep_office_calendar(&store, &office.calendar)?;
    }
    if let (Ok((store, log_id)), false) = (app.posting(), changes.is_empty()) {
        changes::enter(&store, log_id, changes, now)?;
    }
    store.know_office(&signed.key, &office.hospital, &office.office, now)?;
    known(app)
}

/// The offices whose files were taken here, the latest first.
pub(super) fn known(app: &App) -> Result<Vec<KnownOfficeView>, CommandError> {
    Ok(app.store()?.known_offices()?.into_iter().map(on_page).collect())
}

/// The office's holidays within a posting that begins.
pub(super) fn holidays_within(store: &Store, records: &Records) -> Vec<CalendarOverride> {
    let within = records.posting.start..=records.posting.end;
    let days = Settings::office_calendar(store).into_iter();
    days.filter(|day| within.contains(&day.date) && effect(records, day).is_change())
        .collect()
}

/// What its holidays change in the posting that is open, as one step.
fn of_posting(app: &App, office: &Office) -> Result<Vec<Change>, CommandError> {
    let Ok((store, log_id)) = app.posting() else {
        return Ok(Vec::new());
    };
    let records = Records::from_value(store.folded(log_id)?.document)?;
    let posting = &records.posting;
    let now = app.clock().now();
    let batch = new_id(now)?;
    let within = |day: &&CalendarOverride| (posting.start..=posting.end).contains(&day.date);
    let days = office.calendar.iter().filter(within);
    days.filter(|day| effect(&records, day).is_change())
        .map(|day| {
            Ok(Change {
                event_id: new_id(now)?,
                entity: Entity::CalendarOverride,
                key: day.date.to_string(),
                value: Some(json!(day)),
                batch: Some(batch),
            })
        })
        .collect()
}

fn read(bytes: &[u8]) -> Result<Box<Signed<Office>>, CommandError> {
    let refused = |why: String, why_english: String| {
        refusal(
            "not_an_office_file",
            label(
                format!("这个文件没有采用：{why}"),
                format!("This file was not taken: {why_english}"),
            ),
            label(
                "请医务部再发一次医务部文件。",
                "Ask the office to send its file once more.",
            ),
        )
    };
    match open(bytes) {
        Ok(SignedFile::Office(signed)) => Ok(signed),
        Ok(_) => Err(refused(
            "它不是医务部文件。".to_owned(),
            "it is no office file.".to_owned(),
        )),
        Err(verdict) => Err(refused(
            verdict.describe(Language::Chinese),
            verdict.describe(Language::English),
        )),
    }
}

fn standing(known: &[KnownOffice], signed: &Signed<Office>) -> OfficeKey {
    let office = &signed.content;
    let same_name = |known: &KnownOffice| known.hospital == office.hospital && known.office == office.office;
    if known.iter().any(|known| known.key == signed.key) {
        OfficeKey::Known
    } else if known.iter().any(same_name) {
        OfficeKey::Changed
    } else if known.is_empty() {
        OfficeKey::First
    } else {
        OfficeKey::OtherOffice
    }
}

fn taken(store: &Store, scheme: &Scheme) -> SchemeTaken {
    if built_in(&scheme.id).is_some() {
        return SchemeTaken::BuiltIn;
    }
    let mut kept = Settings::schemes(store).into_iter();
    match kept.find(|known| known.id == scheme.id && known.version == scheme.version) {
        Some(known) if known == *scheme => SchemeTaken::Here,
        Some(_) => SchemeTaken::Replaced,
        None => SchemeTaken::Added,
    }
}

/// Its documents with the forms they are for; a document that cannot be filled is named.
fn templates(office: &Office) -> Result<Vec<(FormKind, &OfficeTemplate)>, CommandError> {
    office
        .templates
        .iter()
        .map(|template| {
            let form = FormKind::ALL
                .into_iter()
                .find(|form| papers::FormKind::from(*form).id() == template.form);
            let fills = Template::read(&template.bytes).and_then(|read| read.check());
            match (form, fills) {
                (Some(form), Ok(())) => Ok((form, template)),
                _ => Err(refusal(
                    "bad_template",
                    label(
                        format!("里面的表格模板“{}”用不了。", template.name),
                        format!("Its document “{}” cannot be filled.", template.name),
                    ),
                    label(
                        "请医务部换好模板，再发一次。",
                        "Ask the office to put another document in and send the file again.",
                    ),
                )),
            }
        })
        .collect()
}

fn on_page(known: KnownOffice) -> KnownOfficeView {
    KnownOfficeView {
        hospital: known.hospital,
        office: known.office,
        fingerprint: known.fingerprint,
        at: known.at,
    }
}

fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

fn ask(language: Language) -> Ask {
    Ask {
        title: language.pick("载入医务部文件", "Load an office file").to_owned(),
        file_name: String::new(),
        kind: language.pick("医务部文件", "Office file").to_owned(),
        extension: REVIEW_EXTENSION,
    }
}

fn put_away() -> CommandError {
    refusal(
        "office_file_gone",
        label("这个文件已经放下了。", "This file was put away."),
        label("再选一次文件。", "Choose the file once more."),
    )
}
