//! The lines of the sheet one by one, for a hospital's own form: it says them as ours does.

use super::{Ground, duties, leave, tallies, verdict, workload};
use crate::error::FormsError;
use crate::form::Value;

/// What the sheet says, line by line.
pub(crate) struct Told {
    /// For each requirement: what it is, what was asked, done, on which dates, the conclusion, the clause.
    pub(crate) requirements: Vec<Vec<String>>,
    pub(crate) tallies: Vec<(String, Value)>,
    pub(crate) workload: String,
    pub(crate) leaves: String,
    pub(crate) verdict: String,
    pub(crate) sources: String,
    /// The requirements that were not met.
    pub(crate) failed: String,
    pub(crate) phase: &'static str,
    pub(crate) appraisal: &'static str,
}

pub(crate) fn told(ground: &Ground<'_>) -> Result<Told, FormsError> {
    let assessment = ground.assessment;
    let requirements = assessment.requirements.iter().map(|requirement| {
        let row = duties::row(ground, requirement);
        row.cells
            .iter()
            .map(|cell| cell.words().replace('\n', " "))
            .collect()
    });
    let failed: Vec<String> = assessment
        .failed
        .iter()
        .map(|id| duties::title(ground, id))
        .collect();
    Ok(Told {
        requirements: requirements.collect(),
        tallies: tallies(ground),
        workload: workload(ground),
        leaves: leave::summary(ground),
        verdict: verdict::verdict(ground)?,
        sources: verdict::sources(ground),
        failed: if failed.is_empty() {
            "无".to_owned()
        } else {
            failed.join("、")
        },
        phase: verdict::phase(assessment.phase),
        appraisal: verdict::appraisal(assessment.consequences.appraisal_form),
    })
}
