//! Entering, taking back, and asking what would be.

use super::pictures;
use super::plan;
use super::view::{assessment_of, posting_view, scheme_of};
use crate::app::App;
use crate::refusal::{bad_records, bad_request, label, refusal};
use crate::views::{self, CommandError, DraftSaved, FaultView, PostingView};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use std::collections::BTreeSet;
use uuid::Uuid;
use xiaxiangzhi_core::assess::{self, Assessment, FindingCode, FirstAllowed, default_as_of};
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::log::{Beside, Change, Entity, Log, LogError, Origin, changes_of};
use xiaxiangzhi_core::posting::{BadRecords, Half, HalfDayStatus, Kind, Records};
use xiaxiangzhi_store::{Store, new_id};

/// What records a person can change. The scheme changes by commands of its own, and what other programs keep stays.
const EDITABLE: &[Entity] = &[
    Entity::Posting,
    Entity::CalendarOverride,
    Entity::Day,
    Entity::Activity,
    Entity::Leave,
    Entity::Document,
    Entity::Problem,
    Entity::Summary,
    Entity::TallyItem,
];

pub(super) fn save(app: &App, changes: Vec<views::Change>) -> Result<PostingView, CommandError> {
    let (store, log_id) = app.posting()?;
    let now = app.clock().now();
    enter(&store, log_id, to_changes(changes, now)?, now)?;
    posting_view(app, &store, log_id)
}

/// Stores changes that have been made into events, once the records they give are found to hold together.
pub(super) fn enter(
    store: &Store,
    log_id: Uuid,
    mut changes: Vec<Change>,
    now: DateTime<Utc>,
) -> Result<(), CommandError> {
    let document = store.folded(log_id)?.document;
    pictures::follow(&document, &mut changes, now)?;
    let after_document = with_changes(&document, &changes, now)?;
    let after = Records::from_value(after_document.clone()).map_err(|bad| placed(&bad, &after_document))?;
    refuse_present_under_leave(&Records::from_value(document)?, &after)?;
    store_changes(store, log_id, &changes, now)
}

/// Stores changes; the drafts they came from are spent.
fn store_changes(
    store: &Store,
    log_id: Uuid,
    changes: &[Change],
    now: DateTime<Utc>,
) -> Result<(), CommandError> {
    let drafts = store.drafts(log_id)?;
    let draft_of = |change: &Change| {
        drafts
            .iter()
            .find(|draft| draft.entity == change.entity && draft.key == change.key)
    };
    if let [only] = changes
        && draft_of(only).is_some_and(|draft| draft.value == only.value)
    {
        // One write instead of two: the draft itself becomes the event.
        store.commit_draft(log_id, only.entity, &only.key, now)?;
        return Ok(());
    }
    store.save(log_id, changes, now)?;
    for change in changes.iter().filter(|change| draft_of(change).is_some()) {
        store.discard_draft(log_id, change.entity, &change.key)?;
    }
    Ok(())
}

/// Several changes at once are one batch. On a retry the events that are in the log already are left out.
fn to_changes(changes: Vec<views::Change>, now: DateTime<Utc>) -> Result<Vec<Change>, CommandError> {
    let batch = match changes.as_slice() {
        [] => return Err(bad_request("nothing to save")),
        [_] => None,
        _ => Some(new_id(now)?),
    };
    changes
        .into_iter()
        .map(|change| {
            let entity = editable(&change.entity)?;
            Ok(Change {
                event_id: change.event_id,
                entity,
                key: key_in_log(entity, change.key),
                value: change.value,
                batch,
            })
        })
        .collect()
}

/// Records that stand alone have a blank key in the log, and their entity's name on the page.
pub(super) fn key_in_log(entity: Entity, key: String) -> String {
    match entity.key_field() {
        None if key == entity.name() => String::new(),
        _ => key,
    }
}

pub(super) fn editable(name: &str) -> Result<Entity, CommandError> {
    Entity::from_name(name)
        .filter(|entity| EDITABLE.contains(entity))
        .ok_or_else(|| bad_request(format!("no records are called {name}")))
}

/// The document as it would be: a log of its own is begun from it and goes on with the changes, so that there is no
/// second way of folding.
fn with_changes(document: &Value, changes: &[Change], now: DateTime<Utc>) -> Result<Value, LogError> {
    let mut ids = 0_u128;
    let mut next = || {
        ids += 1;
        Uuid::from_u128(ids)
    };
    let (log_id, mut all) = changes_of(document, &mut next)?;
    let first = next();
    all.extend_from_slice(changes);
    let mut log = Log::new(log_id, [0; 32]);
    let prepared = log.prepare_first(first, Origin::App, &all, now, &mut || [0; 16])?;
    for event in &prepared.events {
        log.apply(&event.body)?;
    }
    let mut beside = Beside::default();
    beside.extend(&prepared);
    Ok(log.document(&beside))
}

/// Nobody is present and on leave. Records from elsewhere may say so, and then it is a finding; here it is not entered.
fn refuse_present_under_leave(before: &Records, after: &Records) -> Result<(), CommandError> {
    let known = contradictions(before)?;
    let Some(date) = contradictions(after)?
        .into_iter()
        .find(|date| !known.contains(date))
    else {
        return Ok(());
    };
    let present = [Half::Morning, Half::Afternoon].into_iter().filter(|half| {
        after
            .days
            .iter()
            .any(|day| day.date == date && day.half(*half) == Some(HalfDayStatus::Present))
            && after.leaves.iter().any(|leave| leave.covers(date, *half))
    });
    let halves: Vec<Half> = present.collect();
    let named = |language: Language, joint: &str| {
        let names: Vec<&str> = halves.iter().map(|half| half.label(language)).collect();
        names.join(joint)
    };
    Err(refusal(
        "present_during_leave",
        label(
            format!(
                "{date} {}在请假中，不能同时记为出勤。",
                named(Language::Chinese, "和")
            ),
            format!(
                "{date} ({}) is on leave and cannot be present at the same time.",
                named(Language::English, ", ").to_lowercase()
            ),
        ),
        label(
            "先缩短请假，或把那半天的出勤清除。",
            "Shorten the leave first, or clear that half-day.",
        ),
    ))
}

fn contradictions(records: &Records) -> Result<BTreeSet<NaiveDate>, CommandError> {
    let last = records.posting.end.succ_opt().unwrap_or(records.posting.end);
    let findings = assessment_of(records, last)?.findings;
    Ok(findings
        .into_iter()
        .filter(|finding| finding.code == FindingCode::PresentDuringLeave)
        .filter_map(|finding| finding.from)
        .collect())
}

/// Faults in a document, each with the record it lies in.
pub(super) fn placed(bad: &BadRecords, document: &Value) -> CommandError {
    let faults = bad
        .faults
        .iter()
        .map(|fault| {
            let (entity, key, field) = place(&fault.pointer, document);
            FaultView {
                entity: entity.map(|entity| entity.name().to_owned()),
                key,
                field,
                what: label(
                    fault.problem.describe(Language::Chinese),
                    fault.problem.describe(Language::English),
                ),
            }
        })
        .collect();
    bad_records(bad, faults)
}

/// `/days/3/note` -> the day's date and `/note`.
fn place(pointer: &str, document: &Value) -> (Option<Entity>, Option<String>, String) {
    let whole = || (None, None, pointer.to_owned());
    let mut parts = pointer.splitn(4, '/').skip(1);
    let Some(list) = parts.next() else { return whole() };
    let entity = match list {
        "posting" => Entity::Posting,
        "summary" => Entity::Summary,
        "calendar_overrides" => Entity::CalendarOverride,
        "days" => Entity::Day,
        "activities" => Entity::Activity,
        "leaves" => Entity::Leave,
        "documents" => Entity::Document,
        "problems" => Entity::Problem,
        "tally_items" => Entity::TallyItem,
        _ => return whole(),
    };
    let Some(key_field) = entity.key_field() else {
        let field = pointer.get(list.len() + 1..).unwrap_or_default();
        return (Some(entity), Some(entity.name().to_owned()), field.to_owned());
    };
    let Some(index) = parts.next() else { return whole() };
    let key = document
        .pointer(&format!("/{list}/{index}/{key_field}"))
        .and_then(Value::as_str)
        .map(str::to_owned);
    let field = parts.next().map_or_else(String::new, |rest| format!("/{rest}"));
    (Some(entity), key, field)
}

pub(super) fn save_draft(
    app: &App,
    entity: &str,
    key: &str,
    value: Option<Value>,
) -> Result<DraftSaved, CommandError> {
    let (store, log_id) = app.posting()?;
    let entity = editable(entity)?;
    let key = &key_in_log(entity, key.to_owned());
    let now = app.clock().now();
    if value.is_none() {
        store.discard_draft(log_id, entity, key)?;
        return Ok(DraftSaved {
            at: xiaxiangzhi_core::log::instant(now),
        });
    }
    let draft = store.draft(log_id, entity, key, value, now)?;
    Ok(DraftSaved { at: draft.at })
}

pub(super) fn discard_draft(app: &App, entity: &str, key: &str) -> Result<PostingView, CommandError> {
    let (store, log_id) = app.posting()?;
    let entity = editable(entity)?;
    store.discard_draft(log_id, entity, &key_in_log(entity, key.to_owned()))?;
    posting_view(app, &store, log_id)
}

pub(super) fn undo(app: &App) -> Result<PostingView, CommandError> {
    let (store, log_id) = app.posting()?;
    if !plan::undo(&store, log_id)? {
        store.undo(log_id, app.clock().now())?;
    }
    posting_view(app, &store, log_id)
}

pub(super) fn redo(app: &App) -> Result<PostingView, CommandError> {
    let (store, log_id) = app.posting()?;
    if !plan::redo(&store, log_id)? {
        store.redo(log_id, app.clock().now())?;
    }
    posting_view(app, &store, log_id)
}

/// The records as they would be; nothing is stored.
pub(super) fn supposed(app: &App, changes: Vec<views::Change>) -> Result<Records, CommandError> {
    let (store, log_id) = app.posting()?;
    let now = app.clock().now();
    let changes = to_changes(changes, now)?;
    let document = with_changes(&store.folded(log_id)?.document, &changes, now)?;
    Records::from_value(document.clone()).map_err(|bad| placed(&bad, &document))
}

/// The verdict as it would be; nothing is stored.
pub(super) fn preview(app: &App, changes: Vec<views::Change>) -> Result<Assessment, CommandError> {
    let records = supposed(app, changes)?;
    assessment_of(&records, default_as_of(&records, app.clock().today()))
}

/// What a date that is being typed would do to the gaps of a requirement.
pub(super) fn first_allowed(
    app: &App,
    requirement: &str,
    date: NaiveDate,
    except: Option<Uuid>,
) -> Result<Option<FirstAllowed>, CommandError> {
    let (store, log_id) = app.posting()?;
    let records = Records::from_value(store.folded(log_id)?.document)?;
    let scheme = scheme_of(&records)?;
    Ok(assess::first_allowed(
        &scheme,
        &records,
        Calendar::built_in(),
        requirement,
        date,
        except,
    )?)
}
