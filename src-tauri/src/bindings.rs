//! The TypeScript side of the contract: every type a command takes or answers, and the list of commands.

use crate::views;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};
use ts_rs::{Config, TS};
use xiaxiangzhi_core::assess::{Assessment, FirstAllowed, Plan};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::{ActivityKind, DocumentKind, Half, HalfDayStatus, Kind, LeaveKind, TALLIES};

macro_rules! table {
    ($($name:ident: $arguments:literal, $answer:literal;)+) => {
        /// Name, arguments and answer of each command.
        const COMMANDS: &[(&str, &str, &str)] = &[$((stringify!($name), $arguments, $answer),)+];
    };
}
with_commands!(table);

const HEADER: &str =
    "// Written by `cargo run --package xiaxiangzhi --example bindings`; a test fails when it is stale.\n";

/// The files with the words of the closed lists.
const WORDS: [(Language, &str); 2] = [
    (Language::Chinese, "words.zh-CN"),
    (Language::English, "words.en"),
];

/// Writes all of it into `folder`, which must be empty or hold an earlier version.
///
/// # Errors
/// When a file cannot be written.
pub fn write(folder: &Path) -> io::Result<()> {
    let config = Config::new().with_large_int("number").with_out_dir(folder);
    let export = || {
        views::AppState::export_all(&config)?;
        views::SettingsChange::export_all(&config)?;
        views::PeriodFacts::export_all(&config)?;
        views::Profile::export_all(&config)?;
        views::PostingView::export_all(&config)?;
        views::Change::export_all(&config)?;
        views::DraftSaved::export_all(&config)?;
        views::FormKind::export_all(&config)?;
        views::FormOptions::export_all(&config)?;
        views::FormState::export_all(&config)?;
        xiaxiangzhi_core::drafting::DraftedPassage::export_all(&config)?;
        views::FormFormat::export_all(&config)?;
        views::FormPages::export_all(&config)?;
        views::ExportedForms::export_all(&config)?;
        views::ExportedReviewFile::export_all(&config)?;
        views::KnownSchemes::export_all(&config)?;
        views::SchemeFault::export_all(&config)?;
        views::SchemeTrial::export_all(&config)?;
        views::OfficeFileOffer::export_all(&config)?;
        views::OfficeFileView::export_all(&config)?;
        views::TemplateView::export_all(&config)?;
        views::PlaceholderView::export_all(&config)?;
        views::TemplateReading::export_all(&config)?;
        views::LookedAt::export_all(&config)?;
        views::BlackArea::export_all(&config)?;
        views::PictureData::export_all(&config)?;
        views::ReviewView::export_all(&config)?;
        views::CodeFound::export_all(&config)?;
        views::CheckInMade::export_all(&config)?;
        views::ReviewDraft::export_all(&config)?;
        views::LookedAtReceipt::export_all(&config)?;
        views::FileToDecide::export_all(&config)?;
        views::DecisionsMade::export_all(&config)?;
        views::RollUpView::export_all(&config)?;
        views::RollUpFormat::export_all(&config)?;
        views::RosterView::export_all(&config)?;
        views::RollUpDecision::export_all(&config)?;
        views::RestorePreview::export_all(&config)?;
        views::Restored::export_all(&config)?;
        views::SecondPlace::export_all(&config)?;
        views::MovedAway::export_all(&config)?;
        views::DeletedPosting::export_all(&config)?;
        views::BackupPlace::export_all(&config)?;
        views::BackupReading::export_all(&config)?;
        views::ForeseenRestore::export_all(&config)?;
        views::SavedEverything::export_all(&config)?;
        views::RecordHistory::export_all(&config)?;
        views::RemovedRecord::export_all(&config)?;
        views::TextWarning::export_all(&config)?;
        views::Trial::export_all(&config)?;
        views::ExportedPlan::export_all(&config)?;
        Plan::export_all(&config)?;
        views::ArrangementView::export_all(&config)?;
        views::WorkbookView::export_all(&config)?;
        views::ImportPreview::export_all(&config)?;
        views::DayOffer::export_all(&config)?;
        views::OwnPhrase::export_all(&config)?;
        views::RemindersTo::export_all(&config)?;
        views::SearchResults::export_all(&config)?;
        views::FoundPage::export_all(&config)?;
        Assessment::export_all(&config)?;
        FirstAllowed::export_all(&config)
    };
    export().map_err(io::Error::other)?;
    let names = type_names(folder)?;
    fs::write(folder.join("index.ts"), index(&names))?;
    fs::write(folder.join("commands.ts"), commands(&names))?;
    for (language, file) in WORDS {
        fs::write(folder.join(format!("{file}.ts")), words(language))?;
    }
    Ok(())
}

/// The words of the closed lists, a file for each language, so that the page calls things what the forms call them.
fn words(language: Language) -> String {
    fn kinds<K: Kind>(language: Language) -> Vec<(&'static str, Value)> {
        let named = |kind: &K| (kind.name(), kind.label(language).into());
        K::ALL.iter().map(named).collect()
    }
    let tallies = TALLIES.iter().map(|tally| {
        let words = json!([tally.label(language), tally.unit(language)]);
        (tally.key, words)
    });
    let mut text = HEADER.to_owned();
    for (name, what, words) in [
        ("half", "string", kinds::<Half>(language)),
        ("status", "string", kinds::<HalfDayStatus>(language)),
        ("leaveKind", "string", kinds::<LeaveKind>(language)),
        ("activityKind", "string", kinds::<ActivityKind>(language)),
        ("documentKind", "string", kinds::<DocumentKind>(language)),
        ("tally", "[name: string, unit: string]", tallies.collect()),
    ] {
        let keys: Vec<String> = words.iter().map(|(key, _)| format!("{key:?}")).collect();
        let _ = writeln!(
            text,
            "export const {name}: Record<{}, {what}> = {{",
            keys.join(" | ")
        );
        for (key, word) in words {
            let _ = writeln!(text, "  {key}: {word},");
        }
        text += "};\n";
    }
    text
}

fn type_names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if let Some(name) = name.strip_suffix(".ts")
            && name != "index"
            && name != "commands"
            && WORDS.iter().all(|(_, words)| *words != name)
        {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}

fn index(names: &[String]) -> String {
    let mut text = HEADER.to_owned();
    text += "export type { JsonValue } from \"./serde_json/JsonValue\";\nexport type { CommandTable } from \"./commands\";\n";
    for name in names {
        let _ = writeln!(text, "export type {{ {name} }} from \"./{name}\";");
    }
    text
}

fn commands(names: &[String]) -> String {
    let mut table = "export interface CommandTable {\n".to_owned();
    for (name, arguments, answer) in COMMANDS {
        let arguments = if arguments.is_empty() {
            "Record<string, never>".to_owned()
        } else {
            format!("{{ {} }}", arguments.replace(", ", "; "))
        };
        let _ = writeln!(table, "  {name}: {{ args: {arguments}; answer: {answer} }};");
    }
    table += "}\n";
    let used = |name: &str| {
        table
            .split(|character: char| !character.is_alphanumeric())
            .any(|word| word == name)
    };
    let mut text = HEADER.to_owned();
    if used("JsonValue") {
        text += "import type { JsonValue } from \"./serde_json/JsonValue\";\n";
    }
    for name in names.iter().filter(|name| used(name)) {
        let _ = writeln!(text, "import type {{ {name} }} from \"./{name}\";");
    }
    text + "\n" + &table
}
