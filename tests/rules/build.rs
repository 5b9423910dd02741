//! Postings made for one question, in the shape of a records document.

use chrono::NaiveDate;
use serde_json::{Value, json};
use xiaxiangzhi_core::assess::{Assessment, Requirement, assess};
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::scheme::Scheme;

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A records document that is changed step by step and then assessed.
#[derive(Clone)]
pub(crate) struct Build {
    pub(crate) document: Value,
    next_id: u32,
}

impl Build {
    /// An empty posting under `rotation_3m`.
    pub(crate) fn new(start: &str, end: &str) -> Self {
        let posting = json!({
            "id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a11", "start": start, "end": end, "scheme": "rotation_3m",
        });
        let document = json!({
            "format": "xiaxiangzhi.posting", "version": 1, "posting": posting, "calendar_overrides": [], "days": [],
            "activities": [], "leaves": [], "documents": [],
        });
        Self { document, next_id: 0 }
    }

    /// The first quarter of 2026: 91 days, 122 half-days, the Spring Festival within.
    pub(crate) fn q1() -> Self {
        Self::new("2026-01-05", "2026-04-05")
    }

    fn push(mut self, list: &str, record: Value) -> Self {
        self.document[list].as_array_mut().unwrap().push(record);
        self
    }

    fn id(&mut self) -> String {
        self.next_id += 1;
        format!("0199a1c2-0000-7000-8000-{:012}", self.next_id)
    }

    pub(crate) fn day(self, date: &str, morning: Option<&str>, afternoon: Option<&str>, note: &str) -> Self {
        let day =
            json!({"date": date, "morning": morning, "afternoon": afternoon, "note": note, "tallies": {}});
        self.push("days", day)
    }

    /// Present with a note on the first `half_days` scheduled half-days.
    pub(crate) fn present(mut self, half_days: usize) -> Self {
        let records = self.records();
        let (start, end) = (records.posting.start, records.posting.end);
        let workdays = start.iter_days().take_while(|date| *date <= end);
        let workdays = workdays.filter(|date| Calendar::built_in().day(*date).unwrap().workday);
        for (index, date) in workdays.enumerate() {
            let status = |half: usize| (index * 2 + half < half_days).then_some("present");
            if status(0).is_some() {
                self = self.day(&date.to_string(), status(0), status(1), "门诊");
            }
        }
        self
    }

    pub(crate) fn activity(mut self, kind: &str, date: &str, counts: bool) -> Self {
        let activity =
            json!({"id": self.id(), "kind": kind, "date": date, "counts_toward_assessment": counts});
        self.push("activities", activity)
    }

    pub(crate) fn lectures(self, dates: &[&str]) -> Self {
        dates
            .iter()
            .fold(self, |build, date| build.activity("lecture", date, true))
    }

    pub(crate) fn rounds(self, dates: &[&str]) -> Self {
        dates
            .iter()
            .fold(self, |build, date| build.activity("ward_round", date, true))
    }

    /// A leave between two half-days written `2026-02-03 morning`, with whatever else it says.
    pub(crate) fn leave(mut self, from: &str, to: &str, more: Value) -> Self {
        let (from, from_half) = from.split_once(' ').unwrap();
        let (to, to_half) = to.split_once(' ').unwrap();
        let mut leave = json!({
            "id": self.id(), "kind": "personal_leave", "from": from, "from_half": from_half, "to": to,
            "to_half": to_half,
        });
        leave
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        self.push("leaves", leave)
    }

    pub(crate) fn calendar_override(self, date: &str, kind: &str) -> Self {
        self.push(
            "calendar_overrides",
            json!({"date": date, "kind": kind, "reason": "值班表"}),
        )
    }

    pub(crate) fn records(&self) -> Records {
        Records::from_value(self.document.clone()).unwrap()
    }

    pub(crate) fn assess(&self, as_of: &str) -> Assessment {
        let records = self.records();
        assess(
            Scheme::of(&records).unwrap(),
            &records,
            Calendar::built_in(),
            date(as_of),
        )
        .unwrap()
    }

    /// The assessment the day after the posting.
    pub(crate) fn ended(&self) -> Assessment {
        self.assess(&self.records().posting.end.succ_opt().unwrap().to_string())
    }
}

pub(crate) fn requirement<'a>(assessment: &'a Assessment, id: &str) -> &'a Requirement {
    assessment
        .requirements
        .iter()
        .find(|requirement| requirement.id == id)
        .unwrap()
}

/// Codes of the findings as JSON names them.
pub(crate) fn codes(assessment: &Assessment) -> Vec<String> {
    let name = |finding: &xiaxiangzhi_core::assess::Finding| {
        serde_json::to_value(finding.code)
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned()
    };
    assessment.findings.iter().map(name).collect()
}
