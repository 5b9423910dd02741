//! The records, read from the JSON document into the few plain things an assessment needs.

use chrono::NaiveDate;
use serde_json::Value;

/// Half a day; mornings sort before afternoons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct HalfDay {
    pub(super) date: NaiveDate,
    pub(super) afternoon: bool,
}

impl HalfDay {
    pub(super) fn name(self) -> &'static str {
        if self.afternoon { "afternoon" } else { "morning" }
    }
}

pub(super) struct Override {
    pub(super) date: NaiveDate,
    pub(super) workday: bool,
    /// The year whose loaded arrangement it belongs to.
    pub(super) arranges: Option<i32>,
}

pub(super) struct Day {
    pub(super) date: NaiveDate,
    pub(super) morning: Option<String>,
    pub(super) afternoon: Option<String>,
    pub(super) note: String,
    pub(super) tallies: Vec<(String, i64)>,
}

impl Day {
    pub(super) fn status(&self, afternoon: bool) -> Option<&str> {
        if afternoon {
            self.afternoon.as_deref()
        } else {
            self.morning.as_deref()
        }
    }
}

pub(super) struct Activity {
    pub(super) kind: String,
    pub(super) date: NaiveDate,
    pub(super) counts: bool,
    /// 0 where nothing is said.
    pub(super) minutes: i64,
    pub(super) tallies: Vec<(String, i64)>,
}

pub(super) struct Leave {
    pub(super) kind: String,
    pub(super) from: HalfDay,
    pub(super) to: HalfDay,
    pub(super) approved_by: String,
    pub(super) approved_on: Option<NaiveDate>,
    pub(super) notified_to: String,
    pub(super) notified_on: Option<NaiveDate>,
    pub(super) explained_on: Option<NaiveDate>,
}

impl Leave {
    pub(super) fn covers(&self, half: HalfDay) -> bool {
        self.from <= half && half <= self.to
    }
}

pub(super) struct Document {
    pub(super) kind: String,
    pub(super) submitted_on: Option<NaiveDate>,
}

pub(super) struct Posting {
    pub(super) start: NaiveDate,
    pub(super) end: NaiveDate,
    /// How the physician is stationed, if it is said.
    pub(super) station: Option<String>,
    pub(super) overrides: Vec<Override>,
    pub(super) days: Vec<Day>,
    pub(super) activities: Vec<Activity>,
    pub(super) leaves: Vec<Leave>,
    pub(super) documents: Vec<Document>,
}

impl Posting {
    /// Reads a valid document; panics on any other.
    pub(super) fn read(document: &Value) -> Self {
        Self {
            start: date(&document["posting"]["start"]).expect("a start"),
            end: date(&document["posting"]["end"]).expect("an end"),
            station: document["posting"]["station"].as_str().map(str::to_owned),
            overrides: list(&document["calendar_overrides"])
                .map(|one| Override {
                    date: date(&one["date"]).expect("an override's date"),
                    workday: one["kind"] == "workday",
                    arranges: one["arrangement_year"]
                        .as_i64()
                        .map(|year| i32::try_from(year).expect("a year")),
                })
                .collect(),
            days: list(&document["days"])
                .map(|one| Day {
                    date: date(&one["date"]).expect("a day's date"),
                    morning: one["morning"].as_str().map(str::to_owned),
                    afternoon: one["afternoon"].as_str().map(str::to_owned),
                    note: text(&one["note"]),
                    tallies: tallies(&one["tallies"]),
                })
                .collect(),
            activities: list(&document["activities"])
                .map(|one| Activity {
                    kind: text(&one["kind"]),
                    date: date(&one["date"]).expect("an activity's date"),
                    counts: one["counts_toward_assessment"] != false,
                    minutes: one["minutes"].as_i64().unwrap_or(0),
                    tallies: tallies(&one["tallies"]),
                })
                .collect(),
            leaves: list(&document["leaves"])
                .map(|one| Leave {
                    kind: text(&one["kind"]),
                    from: half(&one["from"], &one["from_half"]),
                    to: half(&one["to"], &one["to_half"]),
                    approved_by: text(&one["recipient_approval"]["by"]),
                    approved_on: date(&one["recipient_approval"]["on"]),
                    notified_to: text(&one["notification"]["to"]),
                    notified_on: date(&one["notification"]["on"]),
                    explained_on: date(&one["written_explanation"]["on"]),
                })
                .collect(),
            documents: list(&document["documents"])
                .map(|one| Document {
                    kind: text(&one["kind"]),
                    submitted_on: date(&one["submitted_on"]),
                })
                .collect(),
        }
    }

    /// Every date from `start` to `end`.
    pub(super) fn dates(&self) -> Vec<NaiveDate> {
        self.start
            .iter_days()
            .take_while(|date| *date <= self.end)
            .collect()
    }

    pub(super) fn has(&self, date: NaiveDate) -> bool {
        self.start <= date && date <= self.end
    }

    pub(super) fn on_leave(&self, half: HalfDay) -> bool {
        self.leaves.iter().any(|leave| leave.covers(half))
    }

    pub(super) fn wholly_on_leave(&self, date: NaiveDate) -> bool {
        self.on_leave(HalfDay {
            date,
            afternoon: false,
        }) && self.on_leave(HalfDay {
            date,
            afternoon: true,
        })
    }

    /// What is recorded for a half-day; entries dated after `as_of` are not there yet.
    pub(super) fn recorded(&self, half: HalfDay, as_of: NaiveDate) -> Option<&str> {
        if half.date > as_of {
            return None;
        }
        self.days
            .iter()
            .find(|day| day.date == half.date)?
            .status(half.afternoon)
    }

    /// A note that says something, a count above zero, or an activity.
    pub(super) fn has_work_record(&self, date: NaiveDate) -> bool {
        let entry = self.days.iter().find(|day| day.date == date);
        let note = entry.is_some_and(|day| day.note.chars().any(|letter| !letter.is_whitespace()));
        let tally = entry.is_some_and(|day| day.tallies.iter().any(|(_, count)| *count > 0));
        note || tally || self.activities.iter().any(|activity| activity.date == date)
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().map(Vec::as_slice).unwrap_or_default().iter()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn date(value: &Value) -> Option<NaiveDate> {
    value.as_str().map(|text| text.parse().expect("an ISO date"))
}

fn half(date_value: &Value, half_value: &Value) -> HalfDay {
    HalfDay {
        date: date(date_value).expect("a leave's date"),
        afternoon: half_value == "afternoon",
    }
}

fn tallies(value: &Value) -> Vec<(String, i64)> {
    let Some(map) = value.as_object() else {
        return Vec::new();
    };
    map.iter()
        .map(|(key, count)| (key.clone(), count.as_i64().unwrap_or(0)))
        .collect()
}
