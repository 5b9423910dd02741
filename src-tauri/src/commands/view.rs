//! From a log to what the screens show.

use super::app::{last_backup, summary};
use super::habits::Habits;
use super::pictures::room;
use super::plan;
use super::receipts::standing_on_page;
use crate::app::App;
use crate::refusal::{label, refusal};
use crate::views::{CommandError, DiaryRow, DiaryStep, Draft, Entered, Head, PostingView, Step};
use chrono::NaiveDate;
use serde_json::Value;
use uuid::Uuid;
use xiaxiangzhi_core::assess::{
    Assessment, assess, assess_if_nothing_more, comes_for_the_day, default_as_of, time_lines, workdays_of,
};
use xiaxiangzhi_core::calendar::{Calendar, CalendarDay};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::log::{EnteredRecord, Entity, StepName, record_name};
use xiaxiangzhi_core::posting::{DaysInAll, Problem, ProblemStatus, Records, days_in_all};
use xiaxiangzhi_core::scheme::{Scheme, SchemeError};
use xiaxiangzhi_store::{ReadOnly, Store};

/// The posting that is open.
pub(super) fn posting_view(app: &App, store: &Store, log_id: Uuid) -> Result<PostingView, CommandError> {
    let mut folded = store.folded(log_id)?;
    let named = |step: StepName| step_view(store, log_id, &folded.document, step);
    let undo = folded.undo.clone().map(named).transpose()?;
    let redo = folded.redo.clone().map(named).transpose()?;
    let document = std::mem::take(&mut folded.document);
    let records = Records::from_value(document)?;
    let scheme = scheme_of(&records)?;
    let (planned_undo, planned_redo) = plan::next_steps(store, log_id, &folded, &scheme);
    let today = app.clock().today();
    let as_of = default_as_of(&records, today);
    let drafts = store.drafts(log_id)?;
    let assessment = assess(&scheme, &records, Calendar::built_in(), as_of)?;
    let habits = Habits::read(store, log_id);
    Ok(PostingView {
        log_id,
        if_nothing_more: assess_if_nothing_more(&scheme, &records, Calendar::built_in(), as_of)?,
        time_lines: time_lines(&scheme, &records, Calendar::built_in(), as_of)?,
        calendar: calendar_of(&records)?,
        phrases: habits.offer(log_id, &records, today).phrases,
        reminders: habits.reminders(&scheme, &records, &assessment, today, store.read_only().is_none()),
        days_in_all: days_in_all_of(store, &records, today).filter(|all| all.postings > 1),
        comes_for_the_day: comes_for_the_day(&records, &assessment),
        assessment,
        diary: diary(&records, today),
        pictures: room(&records),
        records,
        scheme,
        today,
        head: Head {
            n: folded.n,
            code: folded.head_code,
        },
        key_fingerprint: folded.fingerprint,
        entered: entered(folded.entered),
        drafts: drafts
            .into_iter()
            .filter_map(|draft| {
                Some(Draft {
                    entity: draft.entity.name().to_owned(),
                    key: key_on_page(draft.entity, draft.key),
                    value: draft.value?,
                    at: draft.at,
                })
            })
            .collect(),
        saved_at: folded.last_at,
        backup_at: last_backup(store).map(|backup| backup.at),
        undo: planned_undo.or(undo),
        redo: planned_redo.or(redo),
        read_only: store.read_only().map(read_only_code),
        review: standing_on_page(store.review_standing(log_id)?),
    })
}

/// How long the physician of these records was posted in all, as far as the postings are kept here. Whoever has no name yet
/// has this one.
pub(super) fn days_in_all_of(store: &Store, records: &Records, as_of: NaiveDate) -> Option<DaysInAll> {
    let posting = &records.posting;
    let own = posting
        .physician
        .name
        .as_deref()
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let Some(own) = own else {
        return days_in_all([(posting.start, posting.end)], as_of);
    };
    let theirs = store.logs().into_iter().filter_map(summary);
    let theirs = theirs.filter(|each| each.physician.trim() == own);
    days_in_all(theirs.map(|each| (each.start, each.end)), as_of)
}

/// The support diary in the order to look at it.
fn diary(records: &Records, today: NaiveDate) -> Vec<DiaryRow> {
    let mut rows: Vec<(&Problem, DiaryRow)> = records
        .problems
        .iter()
        .filter_map(|problem| {
            let next = match problem.status {
                None | Some(ProblemStatus::Open) => Some(DiaryStep::Correct),
                Some(ProblemStatus::Corrected) => Some(DiaryStep::Recheck),
                Some(ProblemStatus::Closed) => None,
            };
            let due = problem.due.filter(|_| next == Some(DiaryStep::Correct));
            let row = DiaryRow {
                id: problem.id?,
                next,
                overdue_days: due.map_or(0, |due| (today - due).num_days().max(0)),
            };
            Some((problem, row))
        })
        .collect();
    rows.sort_by(|(a, first), (b, second)| {
        let closed = first.next.is_none().cmp(&second.next.is_none());
        closed.then_with(|| {
            let far = NaiveDate::MAX;
            match first.next {
                Some(_) => (a.due.unwrap_or(far), a.date).cmp(&(b.due.unwrap_or(far), b.date)),
                None => (b.rechecked_on, b.date).cmp(&(a.rechecked_on, a.date)),
            }
        })
    });
    rows.into_iter().map(|(_, row)| row).collect()
}

/// A step with the name of the record it touches, as that record is now or was last.
fn step_view(store: &Store, log_id: Uuid, document: &Value, step: StepName) -> Result<Step, CommandError> {
    let list = document.get(step.entity.list().unwrap_or_default());
    let key_field = step.entity.key_field().unwrap_or_default();
    let now = list
        .and_then(Value::as_array)
        .and_then(|records| records.iter().find(|record| record[key_field] == *step.key))
        .cloned();
    let last = match now {
        None if step.entity.list().is_some() => {
            let past = store.history(log_id, step.entity, &step.key)?;
            past.into_iter().rev().find_map(|version| version.value)
        }
        now => now,
    };
    Ok(Step {
        entity: step.entity.name().to_owned(),
        name: record_name(step.entity, &step.key, last.as_ref()),
        key: key_on_page(step.entity, step.key),
        records: step.records,
        stays: step.stays,
    })
}

pub(super) fn read_only_code(reason: ReadOnly) -> String {
    match reason {
        ReadOnly::OpenedForReading => "opened_for_reading",
        ReadOnly::Moved => "moved",
    }
    .to_owned()
}

/// The scheme that records are judged by.
pub(super) fn scheme_of(records: &Records) -> Result<Scheme, CommandError> {
    Scheme::of(records).cloned().map_err(|error| bad_scheme(&error))
}

fn bad_scheme(error: &SchemeError) -> CommandError {
    refusal(
        error.code(),
        label(
            format!("考核方案不能用：{error}"),
            format!("The scheme cannot be used: {error}"),
        ),
        label("换一个考核方案。", "Choose another scheme."),
    )
}

/// The verdict on records as of a date.
pub(super) fn assessment_of(records: &Records, as_of: NaiveDate) -> Result<Assessment, CommandError> {
    assessment_by(&scheme_of(records)?, records, as_of)
}

/// The verdict on records as of a date by a scheme that need not be their own.
pub(super) fn assessment_by(
    scheme: &Scheme,
    records: &Records,
    as_of: NaiveDate,
) -> Result<Assessment, CommandError> {
    Ok(assess(scheme, records, Calendar::built_in(), as_of)?)
}

/// Every date of the posting, overrides applied.
pub(super) fn calendar_of(records: &Records) -> Result<Vec<CalendarDay>, CommandError> {
    let workdays = workdays_of(Calendar::built_in(), records)?;
    Ok(workdays.days().copied().collect())
}

pub(super) fn entered(records: Vec<EnteredRecord>) -> Vec<Entered> {
    records
        .into_iter()
        .map(|record| Entered {
            entity: record.entity.name().to_owned(),
            key: key_on_page(record.entity, record.key),
            first_at: record.first_at,
            last_at: record.last_at,
            late_days: record.late_days,
        })
        .collect()
}

/// Records that stand alone have a blank key in the log, and their entity's name on the page.
pub(super) fn key_on_page(entity: Entity, key: String) -> String {
    if key.is_empty() {
        entity.name().to_owned()
    } else {
        key
    }
}

/// Used where only one language exists so far, such as findings.
pub(super) fn in_both(text: impl Fn(Language) -> String) -> xiaxiangzhi_core::language::Label {
    label(text(Language::Chinese), text(Language::English))
}
