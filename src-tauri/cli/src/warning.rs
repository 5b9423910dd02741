//! What is not an error: texts that look like the identity of a patient. Said on standard error once the answer is out, so
//! that standard output holds the answer alone and an error stays the only thing said where there is one.

use std::io::{self, Write};

use serde_json::{Value, json};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::privacy::patient_warnings_in;

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
    // Nobody is left to tell if standard error is gone.
    let _ = writeln!(io::stderr().lock(), "{text}");
}
