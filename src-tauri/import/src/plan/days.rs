//! Days of an import against the days that are there.

use super::{Outcome, Planning, Standing};
use crate::Means;
use crate::compare::overlay;
use crate::fault::{Problem, both};
use crate::gather::{DayPart, Place};
use crate::leaves::{Days, HALVES};
use serde_json::{Value, json};
use std::collections::btree_map::Entry;
use xiaxiangzhi_core::log::Entity;
use xiaxiangzhi_core::posting::{Half, HalfDayStatus};

impl Planning<'_> {
    /// Adds what one row says of a date to what others said. Rows for one half each make one day.
    pub(super) fn one_day(&mut self, days: &mut Days, part: DayPart, place: Place) {
        let mut entry = match days.entry(part.date) {
            Entry::Vacant(entry) => {
                entry.insert((part, place));
                return;
            }
            Entry::Occupied(entry) => entry,
        };
        let (here, first) = entry.get_mut();
        let apart = part.half.is_some() && here.half.is_some() && part.half != here.half;
        let clash = HALVES.iter().any(|half| {
            let both = (here.of(*half), part.of(*half));
            matches!(both, (Some(first), Some(second)) if first != second)
        });
        let texts =
            !apart && matches!((&here.note, &part.note), (Some(first), Some(second)) if first != second);
        let counts = !apart
            && part
                .tallies
                .iter()
                .any(|(key, count)| here.tallies.get(key).is_some_and(|first| first != count));
        if clash || texts || counts {
            let row = first.row + 1;
            return self.bad_for(place, &Problem::Contradicts { row });
        }
        for (half, part) in [
            (&mut here.morning, part.morning),
            (&mut here.afternoon, part.afternoon),
        ] {
            *half = half.or(part);
        }
        here.assumed = [0, 1].map(|half| here.assumed[half] || part.assumed[half]);
        match (&mut here.note, part.note) {
            (Some(note), Some(more)) if *note != more => {
                note.push('\n');
                note.push_str(&more);
            }
            (note @ None, more) => *note = more,
            _ => {}
        }
        for (key, count) in part.tallies {
            let sum = here.tallies.entry(key).or_insert(0);
            *sum = if apart { *sum + count } else { count };
        }
    }

    pub(super) fn days(&mut self, days: &Days) {
        for (day, place) in days.values() {
            self.day(day, *place);
        }
    }

    fn day(&mut self, day: &DayPart, place: Place) {
        let stored = self
            .existing
            .records
            .days
            .iter()
            .find(|here| here.date == day.date);
        let covering = &self.covering;
        let on_leave = |half| covering.iter().any(|leave| leave.covers(day.date, half));
        // What nobody wrote gives way to what is known.
        let gives_way = |half| {
            let assumed = day.assumed[usize::from(half == Half::Afternoon)];
            assumed && (on_leave(half) || stored.is_some_and(|here| here.half(half).is_some()))
        };
        let status = |half| match day.of(half) {
            Some(Means::Status(status)) if !gives_way(half) => Some(status),
            _ => None,
        };
        let present = |half: &&Half| status(**half) == Some(HalfDayStatus::Present);
        if HALVES.iter().filter(present).any(|half| on_leave(*half)) {
            return self.bad_for(place, &Problem::OnLeave);
        }
        let given = json!({
            "morning": status(Half::Morning),
            "afternoon": status(Half::Afternoon),
            "note": day.note,
            "tallies": if day.tallies.is_empty() { Value::Null } else { json!(day.tallies) },
        });
        let says = given
            .as_object()
            .is_some_and(|given| given.values().any(|value| !value.is_null()));
        if !says {
            return;
        }
        let here = stored.map(|here| json!(here));
        let blank =
            json!({"date": day.date, "morning": null, "afternoon": null, "note": null, "tallies": {}});
        let compared = overlay(here.as_ref().unwrap_or(&blank), &given);
        let outcome = match (&here, compared.adds, compared.differs) {
            (None, ..) => Outcome::New,
            (Some(_), _, true) => Outcome::Conflict,
            (Some(_), true, false) => Outcome::Completes,
            (Some(_), false, false) => Outcome::Already,
        };
        let why = (outcome == Outcome::Conflict).then(|| {
            both(|language| {
                language
                    .pick("那天已经记了别的", "that day has another entry")
                    .to_owned()
            })
        });
        let standing = Standing {
            outcome,
            before: here.as_ref(),
            after: &compared.value,
            why,
            replaceable: outcome == Outcome::Conflict,
        };
        let key = day.date.to_string();
        self.stand(place, format!("day/{key}"), Entity::Day, &key, standing);
    }
}
