//! What each placeholder becomes for one posting.

use super::catalogue::list_of;
use crate::error::FormsError;
use crate::money::{in_capitals, yuan};
use crate::paper::Ground;
use crate::sheet::told;
use crate::wording::{days, long_date};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;
use xiaxiangzhi_core::assess::{Assessment, percent_shown};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::{Activity, ActivityKind, Half, Kind as _, Leave, Records, TALLIES};
use xiaxiangzhi_core::scheme::Scheme;

type Item = BTreeMap<&'static str, String>;

/// The words for a template, from the same assessment as our own form.
#[derive(Debug, Clone)]
pub struct Values {
    single: BTreeMap<String, String>,
    lists: BTreeMap<&'static str, Vec<Item>>,
    pub(super) as_of: NaiveDate,
}

impl Values {
    /// The words of a posting. Dates and amounts are said as on our own forms; what was not recorded is empty.
    ///
    /// # Errors
    /// [`FormsError::AmountOutOfRange`] if a scheme pays more than the capitals can say.
    pub fn of(ground: &Ground<'_>) -> Result<Self, FormsError> {
        let told = told(ground)?;
        let (records, assessment, head) = (ground.records, ground.assessment, ground.head);
        let mut single = person(records, ground.scheme);
        let mut say = |name: &str, text: String| single.insert(name.to_owned(), text);
        let in_all = ground.days_in_all;
        say(
            "posting.days_in_all",
            in_all.map_or_else(String::new, |all| all.days.to_string()),
        );
        say(
            "posting.count_in_all",
            in_all.map_or_else(String::new, |all| all.postings.to_string()),
        );
        let attendance = &assessment.attendance;
        for (name, count) in [
            ("attendance.scheduled", attendance.scheduled_half_days),
            ("attendance.attended", attendance.attended_half_days),
            ("attendance.needed", attendance.needed_half_days),
            ("attendance.leave", attendance.leave_half_days),
            ("attendance.official_duty", attendance.official_duty_half_days),
            (
                "attendance.compensatory_rest",
                attendance.compensatory_rest_half_days,
            ),
            ("attendance.absent", attendance.absent_half_days),
            ("attendance.unrecorded", attendance.unrecorded_half_days),
        ] {
            say(name, count.to_string());
        }
        let percent = percent_shown(attendance.attended_half_days, attendance.scheduled_half_days);
        say("attendance.percent", percent);
        let lectures = activities(records, |kind| kind == ActivityKind::Lecture);
        let rounds = activities(records, |kind| {
            matches!(kind, ActivityKind::WardRound | ActivityKind::TeachingRound)
        });
        let all = activities(records, |_| true);
        say("count.lectures", lectures.len().to_string());
        say("count.rounds", rounds.len().to_string());
        say("count.activities", all.len().to_string());
        say("count.leaves", records.leaves.len().to_string());
        for tally in TALLIES {
            let sum = assessment.tallies.get(tally.key).copied().unwrap_or(0);
            let text = if tally.key == "donation_value_fen" {
                yuan(sum)
            } else {
                sum.to_string()
            };
            say(&format!("tally.{}", tally.key), text);
        }
        say("workload", told.workload);
        say("leave.summary", told.leaves);
        say("verdict.text", told.verdict);
        say("verdict.phase", told.phase.to_owned());
        say("verdict.failed_count", assessment.failed.len().to_string());
        say("verdict.failed", told.failed);
        say("verdict.appraisal_form", told.appraisal.to_owned());
        say("verdict.sources", told.sources);
        let outcome = &assessment.consequences;
        for (name, fen) in [
            ("money.subsidy", outcome.subsidy_fen),
            ("money.deducted", outcome.deducted_fen),
            ("money.payable", outcome.payable_fen),
        ] {
            say(name, yuan(fen));
            say(&format!("{name}_capitals"), in_capitals(fen)?);
        }
        say("date.today", long_date(assessment.as_of));
        say("log.code", head.map(|head| head.code.clone()).unwrap_or_default());
        say("signature.physician", "签名：　　　　　年　　月　　日".to_owned());
        say(
            "signature.recipient",
            "负责人签名：　　　　　（盖章）　　　年　　月　　日".to_owned(),
        );
        say(
            "signature.medical_affairs",
            "审核人签名：　　　　　（盖章）　　　年　　月　　日".to_owned(),
        );
        let requirements = told.requirements.into_iter().map(|row| {
            let names = ["title", "required", "done", "detail", "status", "clause"];
            names.into_iter().zip(row).collect()
        });
        let tallies = told
            .tallies
            .into_iter()
            .map(|(name, value)| Item::from([("name", name), ("value", value.text())]));
        let lists = BTreeMap::from([
            ("duties", requirements.collect()),
            ("tallies", tallies.collect()),
            ("leaves", leaves(records, assessment)),
            ("lectures", lectures),
            ("rounds", rounds),
            ("activities", all),
            ("diary", diary(records)),
            ("days", each_day(records)),
        ]);
        Ok(Self {
            single,
            lists,
            as_of: assessment.as_of,
        })
    }

    /// How many records a list has.
    pub(super) fn count(&self, list: &str) -> usize {
        self.lists.get(list).map_or(0, Vec::len)
    }

    /// What a placeholder becomes: within a repeated row, the field of that record; outside of one, those of all.
    pub(super) fn text(&self, name: &str, row: Option<(&str, usize)>) -> String {
        let Some(list) = list_of(name) else {
            return self.single.get(name).cloned().unwrap_or_default();
        };
        let field = name.split_once('.').map(|(_, field)| field).unwrap_or_default();
        let items = self.lists.get(list).map(Vec::as_slice).unwrap_or_default();
        let of = |item: &Item| item.get(field).cloned().unwrap_or_default();
        match row {
            Some((own, nth)) if own == list => items.get(nth).map(of).unwrap_or_default(),
            _ => {
                let said: Vec<String> = items.iter().map(of).filter(|text| !text.is_empty()).collect();
                said.join("、")
            }
        }
    }
}

fn said(date: Option<NaiveDate>) -> String {
    date.map(long_date).unwrap_or_default()
}

fn person(records: &Records, scheme: &Scheme) -> BTreeMap<String, String> {
    let (posting, physician) = (&records.posting, &records.posting.physician);
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let label = |label: Option<&'static str>| label.unwrap_or_default().to_owned();
    let born = physician.birth_date;
    [
        ("physician.name", text(&physician.name)),
        (
            "physician.sex",
            label(physician.sex.map(|sex| sex.label(Language::Chinese))),
        ),
        ("physician.birth_date", said(born)),
        (
            "physician.birth_month",
            born.map(|date| format!("{}年{}月", date.year(), date.month()))
                .unwrap_or_default(),
        ),
        ("physician.education", text(&physician.education)),
        ("physician.specialty", text(&physician.specialty)),
        ("physician.title", text(&physician.title)),
        ("physician.licence_number", text(&physician.licence_number)),
        ("physician.promotion_target", text(&physician.promotion_target)),
        ("posting.supporting_hospital", text(&posting.supporting_hospital)),
        ("posting.home_department", text(&posting.home_department)),
        ("posting.recipient_unit", text(&posting.recipient_unit)),
        (
            "posting.county_health_authority",
            text(&posting.county_health_authority),
        ),
        ("posting.medical_team", text(&posting.medical_team)),
        ("posting.team_leader", text(&posting.team_leader)),
        (
            "posting.station",
            label(posting.station.map(|station| station.label(Language::Chinese))),
        ),
        ("posting.start", long_date(posting.start)),
        ("posting.end", long_date(posting.end)),
        (
            "posting.period",
            format!("{}至{}", long_date(posting.start), long_date(posting.end)),
        ),
        (
            "posting.days",
            ((posting.end - posting.start).num_days() + 1).to_string(),
        ),
        ("posting.scheme", scheme.title.get(Language::Chinese).to_owned()),
        ("summary.self_appraisal", text(&records.summary.self_appraisal)),
        ("summary.suggestions", text(&records.summary.suggestions)),
    ]
    .into_iter()
    .map(|(name, text)| (name.to_owned(), text))
    .collect()
}

/// In the order of their dates.
fn activities(records: &Records, wanted: impl Fn(ActivityKind) -> bool) -> Vec<Item> {
    let mut chosen: Vec<&Activity> = records.activities.iter().filter(|one| wanted(one.kind)).collect();
    chosen.sort_by_key(|one| one.date);
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let item = |(nth, one): (usize, &Activity)| {
        Item::from([
            ("number", (nth + 1).to_string()),
            ("kind", one.kind.label(Language::Chinese).to_owned()),
            ("date", long_date(one.date)),
            ("title", text(&one.title)),
            ("place", text(&one.place)),
            ("minutes", number(one.minutes)),
            ("participants", number(one.participants)),
            ("audience", text(&one.audience)),
            ("note", text(&one.note)),
            (
                "counts",
                if one.counts_toward_assessment {
                    "是"
                } else {
                    "否"
                }
                .to_owned(),
            ),
        ])
    };
    chosen.into_iter().enumerate().map(item).collect()
}

fn leaves(records: &Records, assessment: &Assessment) -> Vec<Item> {
    let counted = |leave: &Leave| {
        let grouped = assessment.leave_groups.iter().flat_map(|group| &group.leaves);
        let own = grouped.into_iter().find(|one| one.id == leave.id)?;
        (own.half_days > 0).then(|| days(own.half_days))
    };
    let half = |date, half: Half| format!("{}{}", long_date(date), half.label(Language::Chinese));
    let mut leaves: Vec<&Leave> = records.leaves.iter().collect();
    leaves.sort_by_key(|leave| leave.first());
    let item = |(nth, leave): (usize, &Leave)| {
        let approval = leave.recipient_approval.as_ref();
        Item::from([
            ("number", (nth + 1).to_string()),
            ("kind", leave.kind.label(Language::Chinese).to_owned()),
            ("from", half(leave.from, leave.from_half)),
            ("to", half(leave.to, leave.to_half)),
            ("length", counted(leave).unwrap_or_default()),
            ("reason", leave.reason.clone().unwrap_or_default()),
            (
                "approved_by",
                approval
                    .and_then(|approval| approval.by.clone())
                    .unwrap_or_default(),
            ),
            ("approved_on", said(approval.and_then(|approval| approval.on))),
            (
                "notified_on",
                said(leave.notification.as_ref().and_then(|notice| notice.on)),
            ),
            ("returned_on", said(leave.returned_on)),
        ])
    };
    leaves.into_iter().enumerate().map(item).collect()
}

fn diary(records: &Records) -> Vec<Item> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut problems: Vec<_> = records.problems.iter().collect();
    problems.sort_by_key(|problem| problem.date);
    let item = |(nth, one): (usize, &xiaxiangzhi_core::posting::Problem)| {
        Item::from([
            ("number", (nth + 1).to_string()),
            ("date", said(one.date)),
            ("problem", text(&one.problem)),
            ("guidance", text(&one.guidance)),
            ("corrective_action", text(&one.corrective_action)),
            ("responsible", text(&one.responsible)),
            ("due", said(one.due)),
            (
                "status",
                one.status
                    .map(|status| status.label(Language::Chinese))
                    .unwrap_or_default()
                    .to_owned(),
            ),
            ("rechecked_on", said(one.rechecked_on)),
            ("result", text(&one.result)),
        ])
    };
    problems.into_iter().enumerate().map(item).collect()
}

/// Every date of the posting; a half-day of leave says its kind.
fn each_day(records: &Records) -> Vec<Item> {
    let entries: BTreeMap<NaiveDate, _> = records.days.iter().map(|day| (day.date, day)).collect();
    let dates = records
        .posting
        .start
        .iter_days()
        .take_while(|date| *date <= records.posting.end);
    dates
        .map(|date| {
            let entry = entries.get(&date);
            let half = |half: Half| {
                let leave = records.leaves.iter().find(|leave| leave.covers(date, half));
                let status = entry.and_then(|day| day.half(half));
                let leave = leave.map(|leave| leave.kind.label(Language::Chinese));
                leave
                    .or_else(|| status.map(|status| status.label(Language::Chinese)))
                    .unwrap_or_default()
                    .to_owned()
            };
            let weekdays = ["一", "二", "三", "四", "五", "六", "日"];
            let weekday = usize::try_from(date.weekday().num_days_from_monday()).unwrap_or_default();
            Item::from([
                ("date", long_date(date)),
                (
                    "weekday",
                    weekdays.get(weekday).copied().unwrap_or_default().to_owned(),
                ),
                ("morning", half(Half::Morning)),
                ("afternoon", half(Half::Afternoon)),
                ("note", entry.and_then(|day| day.note.clone()).unwrap_or_default()),
            ])
        })
        .collect()
}
