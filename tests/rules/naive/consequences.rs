//! The money, the appraisal form and the repeated posting.

use serde_json::{Value, json};

use super::params::Params;

/// The consequences of so many failed requirements and recalled workdays.
pub(super) fn of(params: &Params, failed: usize, phase: &str, recalled_workdays: usize) -> Value {
    let recall_fine_fen = params.recall_fine_fen * i64::try_from(recalled_workdays).expect("few days");
    let appraisal_form = if params.withheld[failed] {
        "withheld"
    } else if phase == "ended" {
        "issued"
    } else {
        "pending"
    };
    json!({
        "subsidy_fen": params.subsidy_fen,
        "deducted_fen": params.deducted_fen[failed],
        "payable_fen": params.subsidy_fen - params.deducted_fen[failed],
        "appraisal_form": appraisal_form,
        "repeat_posting": params.repeat_posting[failed],
        "department_fine_fen": params.department_fine_fen[failed],
        "department_reward_fen": params.department_reward_fen,
        "recall_fine_physician_fen": recall_fine_fen,
        "recall_fine_department_fen": recall_fine_fen,
    })
}
