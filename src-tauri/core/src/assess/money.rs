//! What follows from the number of failed requirements, in fen.

use super::answer::{AppraisalForm, Consequences, Phase};
use super::ground::Ground;

pub(super) fn consequences(ground: &Ground<'_>, failed: usize, recalled_workdays: u32) -> Consequences {
    let rule = &ground.scheme.consequences;
    let step = rule.steps.get(failed).or(rule.steps.last());
    let subsidy_fen = rule.subsidy.total_fen();
    let months = step
        .map_or(0, |step| step.months_deducted)
        .min(rule.subsidy.months);
    let deducted_fen = u64::from(months) * rule.subsidy.month_fen();
    let appraisal_form = if step.is_some_and(|step| step.appraisal_withheld) {
        AppraisalForm::Withheld
    } else if ground.phase == Phase::Ended {
        AppraisalForm::Issued
    } else {
        AppraisalForm::Pending
    };
    let recalled = u64::from(recalled_workdays);
    Consequences {
        subsidy_fen,
        months_deducted: months,
        deducted_fen,
        payable_fen: subsidy_fen - deducted_fen,
        appraisal_form,
        repeat_posting: step.is_some_and(|step| step.repeat_posting),
        department_fine_fen: step.map_or(0, |step| step.department_fine_fen),
        department_reward_fen: rule.department_reward_fen,
        recall_fine_physician_fen: recalled * u64::from(rule.recall_fine_physician_fen),
        recall_fine_department_fen: recalled * u64::from(rule.recall_fine_department_fen),
    }
}
