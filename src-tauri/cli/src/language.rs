//! Which language the program speaks on this run.

use std::ffi::OsString;

use xiaxiangzhi_core::language::Language;

/// `--lang zh|en` wherever it stands; else the locale (`LC_ALL`, then `LC_MESSAGES`, then `LANG`); else English.
pub(crate) fn of(arguments: &[OsString], variable: impl Fn(&str) -> Option<String>) -> Language {
    let asked = asked_for(arguments);
    let locale = || {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| variable(name).filter(|value| !value.is_empty()))
    };
    let word = asked.or_else(locale).unwrap_or_default();
    if word.to_ascii_lowercase().starts_with("zh") {
        Language::Chinese
    } else {
        Language::English
    }
}

/// The value of `--lang`. Help is written before the arguments are parsed, so it is looked for by hand.
fn asked_for(arguments: &[OsString]) -> Option<String> {
    let mut words = arguments.iter().skip(1).filter_map(|word| word.to_str());
    while let Some(word) = words.next() {
        if word == "--" {
            return None;
        }
        if word == "--lang" {
            return words.next().map(str::to_owned);
        }
        if let Some(value) = word.strip_prefix("--lang=") {
            return Some(value.to_owned());
        }
    }
    None
}
