//! What a record was and the way back to it, the recycle bin, erasing texts, and warnings of what tells who a patient is.

use super::changes::{self, editable, key_in_log};
use super::pictures;
use super::view::{key_on_page, posting_view};
use crate::app::App;
use crate::refusal::{label, refusal};
use crate::views::{
    self, CommandError, CopiesElsewhere, PostingView, RecordHistory, RecordVersion, RemovedRecord,
    TextWarning, VersionHow,
};
use serde_json::Value;
use std::collections::BTreeSet;
use uuid::Uuid;
use xiaxiangzhi_core::log::{Entity, HowSet, Version, field_changes, from_hex, record_name};
use xiaxiangzhi_core::posting::{Records, TallyItem};
use xiaxiangzhi_core::privacy::patient_warnings;
use xiaxiangzhi_store::{Store, backups, new_id};

pub(super) fn record_history(app: &App, entity: &str, key: &str) -> Result<RecordHistory, CommandError> {
    let (store, log_id) = app.posting()?;
    let (entity, key) = told_of(entity, key)?;
    let versions = store.history(log_id, entity, &key)?;
    let own = own_tallies(&store, log_id)?;
    let last_value = versions.iter().rev().find_map(|version| version.value.as_ref());
    Ok(RecordHistory {
        entity: entity.name().to_owned(),
        name: record_name(entity, &key, last_value),
        versions: told(entity, &versions, &own),
        texts: store.texts_of(log_id, entity, &key)?,
        copies: copies(&store, log_id)?,
        key: key_on_page(entity, key),
    })
}

fn named(entity: &str, key: &str) -> Result<(Entity, String), CommandError> {
    let entity = editable(entity)?;
    Ok((entity, key_in_log(entity, key.to_owned())))
}

/// A record whose history is told: also the scheme, which changes by a way of its own.
fn told_of(entity: &str, key: &str) -> Result<(Entity, String), CommandError> {
    if entity == Entity::Scheme.name() {
        return Ok((Entity::Scheme, String::new()));
    }
    named(entity, key)
}

fn own_tallies(store: &Store, log_id: Uuid) -> Result<Vec<TallyItem>, CommandError> {
    Ok(Records::from_value(store.folded(log_id)?.document)?.tally_items)
}

/// The newest first, each against the one before it.
fn told(entity: Entity, versions: &[Version], own: &[TallyItem]) -> Vec<RecordVersion> {
    let mut told: Vec<RecordVersion> = versions
        .iter()
        .enumerate()
        .map(|(index, version)| {
            let before = index
                .checked_sub(1)
                .and_then(|before| versions[before].value.as_ref());
            let after = version.value.as_ref();
            let earlier = versions[..index.saturating_sub(1)]
                .iter()
                .find(|earlier| after.is_some() && earlier.value.as_ref() == after);
            let how = match version.how {
                HowSet::Undone => VersionHow::Undone,
                HowSet::Redone => VersionHow::Redone,
                HowSet::Entered if after.is_none() => VersionHow::Removed,
                HowSet::Entered if earlier.is_some() => VersionHow::WentBack,
                HowSet::Entered if before.is_none() => VersionHow::Entered,
                HowSet::Entered => VersionHow::Changed,
            };
            RecordVersion {
                n: version.n,
                at: version.at.clone(),
                late_days: version.late_days,
                how,
                together: version.batch.is_some(),
                as_at: earlier
                    .filter(|_| how == VersionHow::WentBack)
                    .map(|earlier| earlier.at.clone()),
                current: index + 1 == versions.len(),
                changes: field_changes(entity, before, after, own),
            }
        })
        .collect();
    told.reverse();
    told
}

fn copies(store: &Store, log_id: Uuid) -> Result<CopiesElsewhere, CommandError> {
    let (here, second) = (backups(store.dir()), store.second_backups());
    let folded = store.folded(log_id)?;
    Ok(CopiesElsewhere {
        backups: here.len(),
        last_backup_at: here.into_iter().next().map(|backup| backup.at),
        second_backups: second.len(),
        last_second_backup_at: second.into_iter().next().map(|backup| backup.at),
        exports: folded.exports,
        last_export_at: folded.exported_at,
    })
}

/// Gives a record an earlier value again, by the same way as a form would: one entry, which can be undone.
pub(super) fn go_back(app: &App, entity: &str, key: &str, n: u64) -> Result<PostingView, CommandError> {
    let (store, log_id) = app.posting()?;
    if entity == Entity::Attachment.name() {
        return pictures::put_back(app, key, &version_of(&store, log_id, Entity::Attachment, key, n)?);
    }
    let (entity, key) = named(entity, key)?;
    let version = version_of(&store, log_id, entity, &key, n)?;
    let change = views::Change {
        event_id: new_id(app.clock().now())?,
        entity: entity.name().to_owned(),
        key,
        value: version.value,
    };
    changes::save(app, vec![change])
}

/// Whether the bytes of a picture are on this computer.
fn is_here(store: &Store, log_id: Uuid, sha256: &str) -> bool {
    let found = from_hex(sha256).and_then(|digest| store.picture(log_id, &digest).ok());
    found.flatten().is_some()
}

fn version_of(
    store: &Store,
    log_id: Uuid,
    entity: Entity,
    key: &str,
    n: u64,
) -> Result<Version, CommandError> {
    store
        .history(log_id, entity, key)?
        .into_iter()
        .find(|version| version.n == n)
        .ok_or_else(|| {
            refusal(
                "no_such_version",
                label("这条记录没有那一版。", "This record has no such version."),
                label("重新打开修改记录再选。", "Open its history again and choose."),
            )
        })
}

pub(super) fn recycle_bin(app: &App) -> Result<Vec<RemovedRecord>, CommandError> {
    let (store, log_id) = app.posting()?;
    let records = Records::from_value(store.folded(log_id)?.document)?;
    let own = records.tally_items;
    let ids = records.activities.iter().filter_map(|activity| activity.id);
    let activities: BTreeSet<String> = ids.map(|id| id.to_string()).collect();
    let removed = store.recycle_bin(log_id)?.into_iter();
    Ok(removed
        .filter(|removed| match removed.entity {
            // One whose activity was removed comes back with it.
            Entity::Attachment => {
                activities.contains(removed.value["activity"].as_str().unwrap_or_default())
                    && is_here(&store, log_id, &removed.key)
            }
            entity => editable(entity.name()).is_ok(),
        })
        .map(|removed| RemovedRecord {
            entity: removed.entity.name().to_owned(),
            name: record_name(removed.entity, &removed.key, Some(&removed.value)),
            key: key_on_page(removed.entity, removed.key),
            at: removed.at,
            n: removed.n,
            held: field_changes(removed.entity, None, Some(&removed.value), &own),
        })
        .collect())
}

/// Erases every text that a record has or ever had. The page has asked twice; there is no way back.
pub(super) fn erase_texts(app: &App, entity: &str, key: &str) -> Result<PostingView, CommandError> {
    let (store, log_id) = app.posting()?;
    let (entity, key) = told_of(entity, key)?;
    store.erase_texts(log_id, entity, &key, app.clock().now())?;
    super::habits::forget_erased(&store, log_id)?;
    posting_view(app, &store, log_id)
}

/// What among texts that are being typed looks like the identity of a patient. Nothing is stored, and no posting need be
/// open.
pub(super) fn text_warnings(changes: &[views::Change]) -> Result<Vec<TextWarning>, CommandError> {
    let mut warnings = Vec::new();
    for change in changes {
        let (entity, _) = told_of(&change.entity, &change.key)?;
        let found = patient_warnings(entity, change.value.as_ref().unwrap_or(&Value::Null));
        warnings.extend(found.into_iter().map(|warning| TextWarning {
            entity: change.entity.clone(),
            key: change.key.clone(),
            field: warning.field,
            identity: warning.identity,
        }));
    }
    Ok(warnings)
}
