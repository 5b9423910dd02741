//! What is not an error: texts that look like the identity of a patient, characters that few fonts have. Said on standard error once the answer is out, so
//! that standard output holds the answer alone and an error stays the only thing said where there is one.

use std::io::{self, Write};

use serde_json::{Value, json};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::privacy::patient_warnings_in;
use xiaxiangzhi_forms::MissingGlyph;

use crate::context::Context;

/// The most places named to a person; a program gets all of them.
const FEW: usize = 10;

/// Warns of every text in some records that looks like the identity of a patient: where, never what.
pub(crate) fn of_patients(context: Context, path: &str, records: &Records) {
    let warnings = patient_warnings_in(&json!(records));
    if warnings.is_empty() {
        return;
    }
    let text = if context.json_errors {
        let warnings: Vec<Value> = warnings
            .iter()
            .map(|warning| {
                json!({
                    "code": "patient_identity",
                    "message": warning.identity.describe(context.language),
                    "details": {"path": path, "place": warning.field, "identity": warning.identity},
                })
            })
            .collect();
        json!({ "warnings": warnings }).to_string()
    } else {
        let mut lines: Vec<String> = warnings
            .iter()
            .take(FEW)
            .map(|warning| {
                let lead = context.pick("注意：", "warning: ");
                format!(
                    "{lead}{path} {} {}",
                    warning.field,
                    warning.identity.describe(context.language)
                )
            })
            .collect();
        if let Some(more) = warnings.len().checked_sub(FEW).filter(|more| *more > 0) {
            lines.push(match context.language {
                Language::Chinese => format!("注意：另有 {more} 处"),
                Language::English => format!("warning: and {more} more"),
            });
        }
        lines.join("\n")
    };
    say(&text);
}

/// Warns of characters that a document or a workbook may not show on another machine; each once with its places.
pub(crate) fn of_uncommon_characters(context: Context, found: &[MissingGlyph]) {
    let mut known: Vec<(&MissingGlyph, Vec<&str>)> = Vec::new();
    for glyph in found {
        match known.iter_mut().find(|(one, _)| one.character == glyph.character) {
            Some((_, places)) if places.contains(&glyph.place.as_str()) => {}
            Some((_, places)) => places.push(&glyph.place),
            None => known.push((glyph, vec![&glyph.place])),
        }
    }
    if known.is_empty() {
        return;
    }
    let said: Vec<String> = known
        .iter()
        .map(|(glyph, _)| format!("{}（{}）", glyph.character, glyph.code_point))
        .collect();
    let message = match context.language {
        Language::Chinese => format!(
            "DOCX、XLSX 里的这些字，打开文件的电脑要有带它们的字体（如 宋体-ExtB、Noto Serif CJK SC）才显示得出来：{}",
            said.join("、")
        ),
        Language::English => format!(
            "whoever opens the DOCX or XLSX needs a font with these characters (such as SimSun-ExtB or Noto Serif CJK SC): {}",
            said.join(", ")
        ),
    };
    say(&if context.json_errors {
        let characters: Vec<Value> = known
            .iter()
            .map(|(glyph, places)| {
                json!({"character": glyph.character, "code_point": glyph.code_point, "places": places})
            })
            .collect();
        let warning = json!({
            "code": "uncommon_characters", "message": message, "details": {"characters": characters},
        });
        json!({"warnings": [warning]}).to_string()
    } else {
        format!("{}{message}", context.pick("注意：", "warning: "))
    });
}

fn say(text: &str) {
    // Nobody is left to tell if standard error is gone.
    let _ = writeln!(io::stderr().lock(), "{text}");
}
