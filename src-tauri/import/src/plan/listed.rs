//! Rows of a list that are each a whole record: what becomes of them.

use super::{Outcome, Planning, Standing};
use crate::compare::Compared;
use crate::fault::both;
use crate::gather::Place;
use serde_json::{Value, json};
use xiaxiangzhi_core::log::Entity;

/// A record that is there: its id, its value, and what a row would make of it.
pub(super) type Known = (String, Value, Compared);

impl Planning<'_> {
    /// A row that says what an earlier one says, which counts from 1.
    pub(super) fn repeated(&mut self, place: Place, item: String, entity: Entity, given: &Value, row: usize) {
        let why = both(|language| {
            language
                .pick("和第 {n} 行一样", "the same as row {n}")
                .replace("{n}", &row.to_string())
        });
        let standing = Standing {
            outcome: Outcome::Already,
            before: None,
            after: given,
            why: Some(why),
            replaceable: false,
        };
        self.stand(place, item, entity, "", standing);
    }

    /// A row whose record is there; `why` it is left alone where it says something else.
    pub(super) fn known(
        &mut self,
        place: Place,
        item: String,
        entity: Entity,
        (id, here, compared): &Known,
        why: (&str, &str),
    ) {
        let outcome = match (compared.adds, compared.differs) {
            (_, true) => Outcome::Conflict,
            (true, false) => Outcome::Completes,
            (false, false) => Outcome::Already,
        };
        let conflict = outcome == Outcome::Conflict;
        let standing = Standing {
            outcome,
            before: Some(here),
            after: &compared.value,
            why: conflict.then(|| both(|language| language.pick(why.0, why.1).to_owned())),
            replaceable: conflict,
        };
        self.stand(place, item, entity, id, standing);
    }

    /// A row whose record is not there yet: it gets an id.
    pub(super) fn new_record(&mut self, place: Place, item: String, entity: Entity, mut given: Value) {
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
        self.stand(place, item, entity, &id, standing);
    }
}
