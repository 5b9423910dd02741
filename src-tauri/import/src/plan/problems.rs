//! Rows of the support diary against those that are there.

use super::Planning;
use super::listed::Known;
use crate::compare::overlay;
use crate::gather::{Place, ProblemPart};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use xiaxiangzhi_core::log::Entity;

impl Planning<'_> {
    pub(super) fn problems(&mut self, problems: Vec<(ProblemPart, Place)>) {
        let mut claimed = BTreeSet::new();
        let mut before: BTreeMap<String, usize> = BTreeMap::new();
        for (part, place) in problems {
            let given = given(&part);
            let key = format!("problem/{}/{}", place.sheet, place.cell());
            if let Some(row) = before.get(&given.to_string()) {
                self.repeated(place, key, Entity::Problem, &given, *row);
                continue;
            }
            before.insert(given.to_string(), place.row + 1);
            match self.known_problem(&part, &given, &mut claimed) {
                None => self.new_record(place, key, Entity::Problem, given),
                Some(known) => {
                    let why = (
                        "那天的日记里已有这个问题",
                        "the diary of that day has this problem",
                    );
                    self.known(place, key, Entity::Problem, &known, why);
                }
            }
        }
    }

    /// The same problem of the same date, if no other row was taken for it.
    fn known_problem(
        &self,
        part: &ProblemPart,
        given: &Value,
        claimed: &mut BTreeSet<String>,
    ) -> Option<Known> {
        let here = self.existing.records.problems.iter();
        let (id, value) = here
            .filter(|each| each.date == Some(part.date) && each.problem == part.problem)
            .filter_map(|each| Some((each.id?.to_string(), json!(each))))
            .find(|(id, _)| !claimed.contains(id))?;
        claimed.insert(id.clone());
        let compared = overlay(&value, given);
        Some((id, value, compared))
    }
}

fn given(part: &ProblemPart) -> Value {
    json!({
        "date": part.date,
        "problem": part.problem,
        "guidance": part.guidance,
        "corrective_action": part.corrective_action,
        "responsible": part.responsible,
        "due": part.due,
        "status": part.status,
        "rechecked_on": part.rechecked_on,
        "result": part.result,
    })
}
