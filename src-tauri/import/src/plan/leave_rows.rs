//! Leaves of an import against those that are there, and against days that were entered as present.

use super::{Outcome, Planning, Standing};
use crate::compare::overlay;
use crate::fault::{Problem, both};
use crate::gather::{LeavePart, Place};
use crate::leaves::HALVES;
use serde_json::{Value, json};
use xiaxiangzhi_core::language::Label;
use xiaxiangzhi_core::log::Entity;
use xiaxiangzhi_core::posting::{HalfDayStatus, Leave};

impl Planning<'_> {
    pub(super) fn leaves(&mut self, leaves: Vec<(LeavePart, Place)>) {
        // Those of lists come first: they say more than marks do.
        let mut taken: Vec<(LeavePart, Place)> = Vec::new();
        for (part, place) in leaves {
            let overlapping = taken.iter().find(|(other, _)| overlap(&part, other));
            match overlapping {
                Some((other, _)) if part.marked && within(&part, other) => continue,
                Some((_, first)) => {
                    let row = first.row + 1;
                    self.bad_for(place, &Problem::Overlaps { row });
                }
                None => self.leave(&part, place),
            }
            taken.push((part, place));
        }
    }

    fn leave(&mut self, part: &LeavePart, place: Place) {
        let name = format!("leave/{}/{}", place.sheet, place.cell());
        let given = given(part);
        let records = self.existing.records;
        let overlapping: Vec<&Leave> = records
            .leaves
            .iter()
            .filter(|leave| {
                leave.first() <= (part.to, part.to_half) && (part.from, part.from_half) <= leave.last()
            })
            .collect();
        let within = |leave: &Leave| {
            leave.kind == part.kind
                && leave.first() <= (part.from, part.from_half)
                && (part.to, part.to_half) <= leave.last()
        };
        match overlapping.as_slice() {
            [] => self.new_leave(part, place, name, given),
            [here] => {
                let value = json!(here);
                // Marks say no more than that one was away; a list says from when to when.
                let compared = if part.marked && within(here) {
                    overlay(&value, &Value::Null)
                } else {
                    overlay(&value, &given)
                };
                let outcome = match (compared.adds, compared.differs) {
                    (_, true) => Outcome::Conflict,
                    (true, false) => Outcome::Completes,
                    (false, false) => Outcome::Already,
                };
                let present = self.present_on(part);
                let conflict = outcome == Outcome::Conflict;
                let why = match &present {
                    Some(present) if conflict => Some(present.clone()),
                    _ => conflict.then(|| {
                        both(|language| {
                            language
                                .pick("和已有的请假重叠", "overlaps a leave that is there")
                                .to_owned()
                        })
                    }),
                };
                let id = here.id.to_string();
                let standing = Standing {
                    outcome,
                    before: Some(&value),
                    after: &compared.value,
                    why,
                    replaceable: conflict && present.is_none(),
                };
                let entered = self.stand(place, name, Entity::Leave, &id, standing);
                if entered && let Ok(leave) = serde_json::from_value::<Leave>(compared.value) {
                    self.covering.retain(|other| other.id != leave.id);
                    self.covering.push(leave);
                }
            }
            [_, ..] => {
                let why = both(|language| {
                    language
                        .pick(
                            "和已有的几次请假重叠，先改那几次",
                            "overlaps several leaves; change those first",
                        )
                        .to_owned()
                });
                self.refused_leave(place, name, &given, why);
            }
        }
    }

    fn new_leave(&mut self, part: &LeavePart, place: Place, name: String, mut given: Value) {
        if let Some(why) = self.present_on(part) {
            return self.refused_leave(place, name, &given, why);
        }
        let id = (self.id)();
        if let Some(fields) = given.as_object_mut() {
            fields.insert("id".to_owned(), json!(id));
            fields.insert("written_explanation".to_owned(), Value::Null);
            for field in ["recipient_approval", "notification"] {
                let blank = fields
                    .get(field)
                    .and_then(Value::as_object)
                    .is_none_or(|inner| inner.values().all(Value::is_null));
                if blank {
                    fields.insert(field.to_owned(), Value::Null);
                }
            }
        }
        let standing = Standing {
            outcome: Outcome::New,
            before: None,
            after: &given,
            why: None,
            replaceable: false,
        };
        self.stand(place, name, Entity::Leave, &id.to_string(), standing);
        if let Ok(leave) = serde_json::from_value::<Leave>(given) {
            self.covering.push(leave);
        }
    }

    fn refused_leave(&mut self, place: Place, name: String, given: &Value, why: Label) {
        let standing = Standing {
            outcome: Outcome::Conflict,
            before: None,
            after: given,
            why: Some(why),
            replaceable: false,
        };
        self.stand(place, name, Entity::Leave, "", standing);
    }

    /// The first day that is entered as present where the leave would lie.
    fn present_on(&self, part: &LeavePart) -> Option<Label> {
        let mut days: Vec<_> = self.existing.records.days.iter().collect();
        days.sort_by_key(|day| day.date);
        let date = days.into_iter().find_map(|day| {
            let present = HALVES
                .iter()
                .any(|half| day.half(*half) == Some(HalfDayStatus::Present) && covers(part, day.date, *half));
            present.then_some(day.date)
        })?;
        Some(both(|language| {
            language
                .pick(
                    "{date} 已记为出勤，先改那天",
                    "{date} is entered as present; change that day first",
                )
                .replace("{date}", &date.to_string())
        }))
    }
}

fn covers(part: &LeavePart, date: chrono::NaiveDate, half: xiaxiangzhi_core::posting::Half) -> bool {
    (part.from, part.from_half) <= (date, half) && (date, half) <= (part.to, part.to_half)
}

/// Whether one leave says all that the other does.
fn within(one: &LeavePart, other: &LeavePart) -> bool {
    one.kind == other.kind
        && (other.from, other.from_half) <= (one.from, one.from_half)
        && (one.to, one.to_half) <= (other.to, other.to_half)
}

fn overlap(one: &LeavePart, other: &LeavePart) -> bool {
    (one.from, one.from_half) <= (other.to, other.to_half)
        && (other.from, other.from_half) <= (one.to, one.to_half)
}

fn given(part: &LeavePart) -> Value {
    json!({
        "kind": part.kind,
        "from": part.from,
        "from_half": part.from_half,
        "to": part.to,
        "to_half": part.to_half,
        "reason": part.reason,
        "recipient_approval": {"by": part.approved_by, "on": part.approved_on},
        "notification": {"to": part.notified_to, "on": part.notified_on},
        "returned_on": part.returned_on,
    })
}
