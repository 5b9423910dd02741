//! From where on something in a file is worth a question. A question is no verdict: none of these touches the assessment.

use super::Scheme;
use super::faults::{Faults, range};
use crate::posting::Records;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use ts_rs::TS;

/// From where on a reviewer is asked to look. What a scheme leaves out is as in [`OddityRule::default`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields, default)]
pub struct OddityRule {
    /// How much of the notes of two lectures is alike, in percent; 0 asks no such question.
    pub same_text_percent: u32,
    /// The least characters of such a note, blanks, marks and digits apart: short ones are alike by nature.
    pub same_text_characters: u32,
    /// How many workdays are entered in one sitting, days after or before they were; 0 asks no such question.
    pub one_sitting_workdays: u32,
    /// The longest pause within a sitting, in minutes.
    pub sitting_pause_minutes: u32,
    /// How many hours the clock jumps, back or ahead; 0 asks no such question.
    pub clock_jump_hours: u32,
    /// On how many days a statistic is the same round number; 0 asks no such question.
    pub same_number_days: u32,
    /// How many of a posting's last days hold all its lectures; 0 asks no such question.
    pub last_lectures_days: u32,
    /// Whether one person in two places at a time is asked about.
    pub two_places: bool,
    /// Whether the same photo at two activities is asked about.
    pub same_photo: bool,
    /// Whether work entered on days of leave is asked about.
    pub entries_on_leave: bool,
}

impl Default for OddityRule {
    fn default() -> Self {
        Self {
            same_text_percent: 65,
            same_text_characters: 24,
            one_sitting_workdays: 10,
            sitting_pause_minutes: 30,
            clock_jump_hours: 12,
            same_number_days: 10,
            last_lectures_days: 14,
            two_places: true,
            same_photo: true,
            entries_on_leave: true,
        }
    }
}

static USUAL: LazyLock<OddityRule> = LazyLock::new(OddityRule::default);

impl Scheme {
    /// From where on something is worth a question.
    pub fn oddity_rule(&self) -> &OddityRule {
        self.oddities.as_ref().unwrap_or(&USUAL)
    }

    pub(super) fn check_oddities(&self, found: &mut Faults) {
        let Some(rule) = &self.oddities else { return };
        for (field, value, most) in [
            ("same_text_percent", rule.same_text_percent, 100),
            ("same_text_characters", rule.same_text_characters, 1_000),
            ("one_sitting_workdays", rule.one_sitting_workdays, 1_000),
            ("sitting_pause_minutes", rule.sitting_pause_minutes, 1_440),
            ("clock_jump_hours", rule.clock_jump_hours, 10_000),
            ("same_number_days", rule.same_number_days, 1_000),
            ("last_lectures_days", rule.last_lectures_days, 366),
        ] {
            found.must(
                value <= most,
                &format!("/oddities/{field}"),
                value,
                &range(0, most),
            );
        }
    }
}

impl OddityRule {
    /// The rule of the scheme that judges these records; the usual one where there is no such scheme.
    pub fn of(records: &Records) -> &Self {
        Scheme::of(records).map_or(&*USUAL, Scheme::oddity_rule)
    }
}
