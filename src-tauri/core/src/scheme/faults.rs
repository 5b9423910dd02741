//! Collecting what is wrong with a scheme.

use super::SchemeError;
use super::error::shortened;
use crate::language::Label;

/// The most characters of a title.
const LONGEST_NAME: usize = 200;

/// What was found so far.
#[derive(Default)]
pub(super) struct Faults(pub(super) Vec<SchemeError>);

impl Faults {
    pub(super) fn must(&mut self, holds: bool, place: &str, value: impl ToString, allowed: &Label) {
        if !holds {
            self.0.push(SchemeError::Value {
                place: place.into(),
                value: shortened(value.to_string()),
                allowed: allowed.clone(),
            });
        }
    }

    /// What something is called; nobody needs an English name, for the Chinese one stands for it.
    pub(super) fn name(&mut self, place: &str, name: &Label) {
        let plain = |text: &str| !text.chars().any(char::is_control) && text.chars().count() <= LONGEST_NAME;
        self.must(
            plain(&name.zh) && !name.zh.trim().is_empty(),
            &format!("{place}/zh"),
            &name.zh,
            &both("1 到 200 个字，一行", "1 to 200 characters in one line"),
        );
        self.must(
            plain(&name.en),
            &format!("{place}/en"),
            &name.en,
            &both(
                "不超过 200 个字，一行，或不填",
                "at most 200 characters in one line, or none",
            ),
        );
    }
}

/// The first of several faults; there is one, or there would be no faults.
pub(super) fn first(faults: Vec<SchemeError>) -> SchemeError {
    let found = faults.into_iter().next();
    found.unwrap_or_else(|| SchemeError::Unreadable("no fault at line 0".to_owned()))
}

pub(super) fn both(zh: &str, en: &str) -> Label {
    Label {
        zh: zh.to_owned(),
        en: en.to_owned(),
    }
}

pub(super) fn range(from: u32, to: u32) -> Label {
    both(&format!("{from} 到 {to}"), &format!("{from} to {to}"))
}

pub(super) fn range_or_null(to: u32) -> Label {
    both(&format!("1 到 {to}，或不填"), &format!("1 to {to}, or null"))
}

pub(super) fn ids_allowed() -> Label {
    both("小写字母、数字、下划线，各不相同", "a-z 0-9 _, each once")
}

pub(super) fn tallies_allowed() -> Label {
    both("统计目录里的一项", "a key of the tally catalogue")
}
