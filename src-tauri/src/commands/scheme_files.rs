//! A hospital's scheme as a file: passed on, and taken in.

use super::export::{shown, write};
use super::review::chosen;
use super::schemes::{examined, placed, said};
use super::templates::refuse_where_only_read;
use crate::app::App;
use crate::desk::{Ask, Desk};
use crate::files;
use crate::refusal::{bad_request, label, not_read};
use crate::settings::Settings;
use crate::views::CommandError;
use serde_json::Value;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::scheme::{Scheme, SchemeError, built_in};

/// A scheme has some 20,000 bytes.
const LARGEST: u64 = 1_000_000;

/// Saves a scheme as a file that can be passed on. Nothing if the dialog is cancelled.
pub(super) fn export(app: &App, desk: &dyn Desk, scheme: Value) -> Result<Option<String>, CommandError> {
    let scheme = examined(scheme)?;
    let language = app.settings().language;
    let version = scheme.version;
    let title = files::plain(scheme.title.get(language));
    let Some(path) = desk.save_file(&Ask {
        title: language
            .pick("考核方案另存为文件", "Save the scheme as a file")
            .to_owned(),
        file_name: language
            .pick(
                &format!("考核方案_{title}_第{version}版.json"),
                &format!("Scheme_{title}_v{version}.json"),
            )
            .to_owned(),
        ..ask(language)
    }) else {
        return Ok(None);
    };
    let path = files::with_extension(path, "json");
    let mut text = serde_json::to_string_pretty(&scheme).map_err(bad_request)?;
    text.push('\n');
    write(&path, text.as_bytes())?;
    Ok(Some(shown(&path)))
}

/// Takes in a scheme's file that somebody chose or dropped. Nothing if the dialog is cancelled.
pub(super) fn load(app: &App, desk: &dyn Desk, path: Option<String>) -> Result<Option<Scheme>, CommandError> {
    let store = app.store()?;
    if let Some(path) = &path {
        app.opened(Path::new(path));
    }
    refuse_where_only_read(app)?;
    let Some(path) = chosen(app, desk, path, ask)? else {
        return Ok(None);
    };
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let bytes = read(&path).map_err(|error| not_read(&path, &error))?;
    let scheme = of_file(&bytes).map_err(|faults| bad_file(&name, &faults))?;
    let there = built_in(&scheme.id).cloned().or_else(|| {
        let mut kept = Settings::schemes(&store).into_iter();
        kept.find(|known| known.id == scheme.id && known.version == scheme.version)
    });
    match there {
        Some(there) if there == scheme => {}
        Some(there) => return Err(taken(&name, &there, built_in(&scheme.id).is_some())),
        None => Settings::keep_scheme(&store, &scheme)?,
    }
    Ok(Some(scheme))
}

fn of_file(bytes: &[u8]) -> Result<Scheme, Vec<SchemeError>> {
    let no_text = |why: &str| vec![SchemeError::Unreadable(why.to_owned())];
    if bytes.len() as u64 > LARGEST {
        return Err(no_text("> 1 MB"));
    }
    let text = str::from_utf8(bytes).map_err(|error| no_text(&error.to_string()))?;
    // Once as a text, which also finds a field that is there twice; then again for every fault.
    Scheme::from_json(text).map_err(|first| {
        let value = serde_json::from_str(text.trim_start_matches('\u{FEFF}'));
        let all = value.ok().and_then(|value| Scheme::examined(value).err());
        all.unwrap_or_else(|| vec![first])
    })
}

fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn ask(language: Language) -> Ask {
    Ask {
        title: language.pick("载入考核方案", "Load a scheme").to_owned(),
        file_name: String::new(),
        kind: language.pick("考核方案", "Scheme").to_owned(),
        extension: "json",
    }
}

fn taken(file: &str, there: &Scheme, built_in: bool) -> CommandError {
    let version = there.version;
    let next = if built_in {
        label(
            "请对方把文件里的 id 改成别的，再载入。",
            "Ask for a file with another id, then load that.",
        )
    } else {
        label(
            format!("请对方用第 {} 版或以后的版本号另存，再载入。", version + 1),
            format!("Ask for it as version {} or later, then load that.", version + 1),
        )
    };
    let (place, allowed) = if built_in {
        (
            "/id",
            label(
                format!("“{}”是自带方案；应为：别的 id", there.id),
                format!("“{}” came with the program; allowed: another id", there.id),
            ),
        )
    } else {
        (
            "/version",
            label(
                format!("“{version}”已有；应为：{} 以上", version + 1),
                format!("“{version}” is there already; allowed: {} and above", version + 1),
            ),
        )
    };
    placed(
        "scheme_differs",
        label(
            format!(
                "“{file}”没有载入：这里已有「{}」第 {version} 版，内容与它不同。",
                there.title.zh
            ),
            format!(
                "“{file}” was not loaded: version {version} of “{}” is here already and differs.",
                there.title.en
            ),
        ),
        next,
        vec![(place, allowed)],
    )
}

fn bad_file(file: &str, faults: &[SchemeError]) -> CommandError {
    let first = faults.first().map(|fault| (fault.place(), said(fault)));
    let (place, said_first) = first.unwrap_or_else(|| ("", label("", "")));
    let more = match faults.len() {
        0 | 1 => label("", ""),
        count => label(format!("（共 {count} 处）"), format!(" ({count} faults)")),
    };
    let at = if place.is_empty() {
        String::new()
    } else {
        format!("{place} ")
    };
    placed(
        "invalid_scheme",
        label(
            format!("“{file}”没有载入：{at}{}{}。", said_first.zh, more.zh),
            format!("“{file}” was not loaded: {at}{}{}.", said_first.en, more.en),
        ),
        label(
            "请对方改好这几处，或从能用的方案另存一份再改。",
            "Have these places corrected, or begin from a scheme that works.",
        ),
        faults.iter().map(|fault| (fault.place(), said(fault))).collect(),
    )
}
