//! The money, the appraisal form and the repeated posting.

use serde_json::{Value, json};

use super::scheme::Scheme;

/// The consequences of so many failed requirements and recalled workdays.
pub(super) fn of(scheme: &Scheme, failed: usize, phase: &str, recalled_workdays: usize) -> Value {
    let recalled = i64::try_from(recalled_workdays).expect("few days");
    // The last row stands for more.
    let step = &scheme.steps[failed.min(scheme.steps.len() - 1)];
    let appraisal_form = if step.withheld {
        "withheld"
    } else if phase == "ended" {
        "issued"
    } else {
        "pending"
    };
    json!({
        "subsidy_fen": scheme.month_fen * scheme.months_paid,
        "months_deducted": step.months_deducted,
        "deducted_fen": scheme.month_fen * step.months_deducted,
        "payable_fen": scheme.month_fen * (scheme.months_paid - step.months_deducted),
        "appraisal_form": appraisal_form,
        "repeat_posting": step.repeat_posting,
        "department_fine_fen": step.department_fine_fen,
        "department_reward_fen": scheme.department_reward_fen,
        "recall_fine_physician_fen": scheme.recall_fine_physician_fen * recalled,
        "recall_fine_department_fen": scheme.recall_fine_department_fen * recalled,
    })
}
