//! The two languages every message exists in.

use serde::{Deserialize, Serialize};

/// A language the program speaks. Chinese is written first, English is complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, ts_rs::TS)]
pub enum Language {
    /// 简体中文
    #[default]
    #[serde(rename = "zh-CN")]
    Chinese,
    /// English
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// Picks one of two texts.
    pub fn pick<'a>(self, chinese: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }
}

/// The months as English says them.
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A text in both languages, as a scheme carries its titles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// 简体中文
    pub zh: String,
    /// English; blank where somebody wrote none, and then the Chinese stands for it
    #[serde(default)]
    pub en: String,
}

impl Label {
    /// The text in `language`.
    pub fn get(&self, language: Language) -> &str {
        if self.en.trim().is_empty() {
            return &self.zh;
        }
        language.pick(&self.zh, &self.en)
    }
}
