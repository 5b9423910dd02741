//! Rows of the support diary against those that are there.

use super::{Outcome, Planning, Standing};
use crate::compare::{Compared, overlay};
use crate::fault::both;
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
            let row = *before.entry(given.to_string()).or_insert(place.row);
            if row != place.row {
                let why = both(|language| {
                    language
                        .pick("和第 {n} 行一样", "the same as row {n}")
                        .replace("{n}", &(row + 1).to_string())
                });
                let standing = Standing {
                    outcome: Outcome::Already,
                    before: None,
                    after: &given,
                    why: Some(why),
                    replaceable: false,
                };
                self.stand(place, key, Entity::Problem, "", standing);
                continue;
            }
            let Some((id, here, compared)) = self.known_problem(&part, &given, &mut claimed) else {
                self.new_problem(place, key, given);
                continue;
            };
            let outcome = match (compared.adds, compared.differs) {
                (_, true) => Outcome::Conflict,
                (true, false) => Outcome::Completes,
                (false, false) => Outcome::Already,
            };
            let why = (outcome == Outcome::Conflict).then(|| {
                both(|language| {
                    language
                        .pick(
                            "那天的日记里已有这个问题",
                            "the diary of that day has this problem",
                        )
                        .to_owned()
                })
            });
            let standing = Standing {
                outcome,
                before: Some(&here),
                after: &compared.value,
                why,
                replaceable: outcome == Outcome::Conflict,
            };
            self.stand(place, key, Entity::Problem, &id, standing);
        }
    }

    fn new_problem(&mut self, place: Place, key: String, mut given: Value) {
        let id = (self.id)().to_string();
        if let Some(fields) = given.as_object_mut() {
            fields.insert("id".to_owned(), json!(id));
        }
        let standing = Standing {
            outcome: Outcome::New,
            before: None,
            after: &given,
            why: None,
            replaceable: false,
        };
        self.stand(place, key, Entity::Problem, &id, standing);
    }

    /// The same problem of the same date, if no other row was taken for it.
    fn known_problem(
        &self,
        part: &ProblemPart,
        given: &Value,
        claimed: &mut BTreeSet<String>,
    ) -> Option<(String, Value, Compared)> {
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
