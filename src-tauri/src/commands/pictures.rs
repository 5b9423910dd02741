//! Pictures that go with activities: looked at, blacked out, kept, shown again.

use super::changes;
use super::review::offered;
use crate::app::App;
use crate::desk::{Ask, Desk};
use crate::refusal::{bad_request, label, not_read, refusal};
use crate::views::{BlackArea, CommandError, LookedAt, PictureData, PictureRoom, PostingView};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use uuid::Uuid;
use xiaxiangzhi_core::language::{Label, Language};
use xiaxiangzhi_core::log::{Change, Entity, Version, from_hex, to_hex};
use xiaxiangzhi_core::picture::{
    Area, MAX_FILE_BYTES, MAX_POSTING_BYTES, MAX_POSTING_PICTURES, Picture, PictureError, read_picture,
};
use xiaxiangzhi_core::posting::{Attachment, Records};
use xiaxiangzhi_store::{Store, new_id};

/// The longest side of a thumbnail: 30 pixels at 200 % type on a dense screen.
const THUMBNAIL: u32 = 144;

/// Asks for pictures. The page may look at those that were chosen.
pub(super) fn choose(app: &App, desk: &dyn Desk) -> Vec<String> {
    let language = app.settings().language;
    let chosen = desk.open_pictures(&Ask {
        title: language.pick("选择图片", "Choose pictures").to_owned(),
        file_name: String::new(),
        kind: language.pick("图片", "Pictures").to_owned(),
        extension: "jpg",
    });
    chosen
        .into_iter()
        .map(|path| {
            app.offer(path.clone());
            app.opened(&path);
            path.display().to_string()
        })
        .collect()
}

/// Reads a picture that a person chose, dropped or pasted. Nothing of it is kept.
pub(super) fn look_at(
    app: &App,
    path: Option<String>,
    base64: Option<String>,
) -> Result<LookedAt, CommandError> {
    app.posting()?;
    let bytes = match (path, base64) {
        (Some(path), None) => {
            let path = offered(app, PathBuf::from(path))?;
            app.opened(&path);
            read(&path).map_err(|error| not_read(&path, &error))?
        }
        (None, Some(text)) => STANDARD.decode(text).map_err(bad_request)?,
        _ => return Err(bad_request("either a path or bytes")),
    };
    let pixels = read_picture(&bytes).map_err(|error| not_taken(&error))?;
    drop(bytes);
    let picture = pixels.encode().map_err(|error| not_taken(&error))?;
    let id = new_id(app.clock().now())?;
    app.look_at(id, pixels);
    Ok(LookedAt {
        id,
        data_url: data_url(&picture),
        width: picture.width,
        height: picture.height,
        bytes: picture.bytes.len(),
    })
}

/// Never more of a file than is looked at: a longer one comes back one byte too long.
fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?
        .take(MAX_FILE_BYTES as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Keeps a picture that is looked at, with parts of it black. It goes with no record yet.
pub(super) fn keep(app: &App, id: Uuid, areas: &[BlackArea]) -> Result<Attachment, CommandError> {
    let (store, log_id) = app.posting()?;
    let Some(mut pixels) = app.looked_at(id) else {
        return Err(refusal(
            "picture_gone",
            label("这张图片已经放下了。", "This picture was put away."),
            label("再添加一次。", "Add it once more."),
        ));
    };
    for area in areas {
        pixels.blacken(Area {
            x: area.x,
            y: area.y,
            width: area.width,
            height: area.height,
        });
    }
    let picture = pixels.encode().map_err(|error| not_taken(&error))?;
    let taken = named(&store, log_id)?;
    let hash = to_hex(&xiaxiangzhi_core::log::sha256(&picture.bytes));
    let length = picture.bytes.len() as u64;
    let fits =
        taken.len() < MAX_POSTING_PICTURES && taken.values().sum::<u64>() + length <= MAX_POSTING_BYTES;
    if !taken.contains_key(&hash) && !fits {
        return Err(no_room());
    }
    store.keep_picture(log_id, picture.media_type, &picture.bytes)?;
    app.look_away(id);
    Ok(Attachment {
        sha256: hash,
        name: None,
        media_type: Some(picture.media_type.to_owned()),
        length: Some(length),
        extra: serde_json::Map::new(),
    })
}

/// The pictures that records and forms name, with their lengths in bytes.
fn named(store: &Store, log_id: Uuid) -> Result<BTreeMap<String, u64>, CommandError> {
    let records = Records::from_value(store.folded(log_id)?.document)?;
    let mut named = lengths(&records);
    for draft in store.drafts(log_id)? {
        let value = draft.value.unwrap_or_default();
        named.extend(attachments_of(&value).map(|each| {
            let text = each["sha256"].as_str().unwrap_or_default();
            (text.to_owned(), each["length"].as_u64().unwrap_or_default())
        }));
    }
    Ok(named)
}

fn lengths(records: &Records) -> BTreeMap<String, u64> {
    records
        .activities
        .iter()
        .flat_map(|activity| &activity.attachments)
        .map(|each| (each.sha256.clone(), each.length.unwrap_or_default()))
        .collect()
}

pub(super) fn room(records: &Records) -> PictureRoom {
    let taken = lengths(records);
    PictureRoom {
        count: taken.len(),
        bytes: taken.values().sum(),
        most_bytes: MAX_POSTING_BYTES,
    }
}

/// A kept picture; null where its bytes are not on this computer. What is shown was read under the same limits as what
/// comes from outside: records can come in a file.
pub(super) fn picture(app: &App, sha256: &str, thumbnail: bool) -> Result<Option<PictureData>, CommandError> {
    let (store, log_id) = app.posting()?;
    let digest = from_hex(sha256).ok_or_else(|| bad_request("no SHA-256"))?;
    let Some(blob) = store.picture(log_id, &digest)? else {
        return Ok(None);
    };
    Ok(shown(&blob.bytes, thumbnail))
}

/// Erases a picture that lies in the recycle bin for good. The page has asked twice; there is no way back.
pub(super) fn erase(app: &App, sha256: &str) -> Result<(), CommandError> {
    let (store, log_id) = app.posting()?;
    let digest = from_hex(sha256).ok_or_else(|| bad_request("no SHA-256"))?;
    store.erase_picture(log_id, &digest)?;
    Ok(())
}

/// A picture of the review file that was opened last; null where it is not enclosed.
pub(super) fn reviewed(
    app: &App,
    sha256: &str,
    thumbnail: bool,
) -> Result<Option<PictureData>, CommandError> {
    let digest = from_hex(sha256).ok_or_else(|| bad_request("no SHA-256"))?;
    Ok(app.enclosed(&digest).and_then(|bytes| shown(&bytes, thumbnail)))
}

/// Bytes as they may be shown; none where they are no picture.
pub(super) fn shown(bytes: &[u8], thumbnail: bool) -> Option<PictureData> {
    let pixels = read_picture(bytes).ok()?;
    let picture = if thumbnail {
        pixels.thumbnail(THUMBNAIL)
    } else {
        pixels.encode()
    }
    .ok()?;
    Some(PictureData {
        data_url: data_url(&picture),
        width: picture.width,
        height: picture.height,
    })
}

/// Attachments are records of their own and follow the activities that name them: one that is named for the first time is
/// set with it, one that no activity names any more is removed with it, in the same step.
pub(super) fn follow(
    document: &Value,
    changes: &mut Vec<Change>,
    now: DateTime<Utc>,
) -> Result<(), CommandError> {
    let mut by_activity: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    for activity in document["activities"].as_array().into_iter().flatten() {
        let id = activity["id"].as_str().unwrap_or_default().to_owned();
        by_activity.insert(id, attachments_of(activity).collect());
    }
    let hashes = |by_activity: &BTreeMap<String, Vec<&Value>>| -> BTreeSet<String> {
        let all = by_activity.values().flatten();
        all.filter_map(|each| each["sha256"].as_str().map(str::to_ascii_lowercase))
            .collect()
    };
    let before = hashes(&by_activity);
    let null = Value::Null;
    for change in changes.iter().filter(|change| change.entity == Entity::Activity) {
        let value = change.value.as_ref().unwrap_or(&null);
        by_activity.insert(change.key.to_ascii_lowercase(), attachments_of(value).collect());
    }
    let after = hashes(&by_activity);
    let mut following: Vec<(String, Option<Value>)> = Vec::new();
    for hash in before.difference(&after) {
        following.push((hash.clone(), None));
    }
    for hash in after.difference(&before).filter(|hash| from_hex(hash).is_some()) {
        let found = by_activity.iter().find_map(|(activity, attachments)| {
            let its = |each: &&&Value| each["sha256"].as_str() == Some(hash.as_str());
            attachments.iter().find(its).map(|each| (activity, *each))
        });
        if let Some((activity, each)) = found {
            let value = json!({
                "name": each["name"], "media_type": each["media_type"], "length": each["length"],
                "activity": activity
            });
            following.push((hash.clone(), Some(value)));
        }
    }
    if following.is_empty() {
        return Ok(());
    }
    let batch = match changes.iter().find_map(|change| change.batch) {
        Some(batch) => batch,
        None => new_id(now)?,
    };
    for change in changes.iter_mut() {
        change.batch = Some(batch);
    }
    for (key, value) in following {
        changes.push(Change {
            event_id: new_id(now)?,
            entity: Entity::Attachment,
            key,
            value,
            batch: Some(batch),
        });
    }
    Ok(())
}

/// Takes a picture out of the recycle bin: it goes with the activity again that it went with last.
pub(super) fn put_back(app: &App, sha256: &str, version: &Version) -> Result<PostingView, CommandError> {
    let (store, log_id) = app.posting()?;
    let value = version.value.clone().unwrap_or_default();
    let activity = value["activity"].as_str().unwrap_or_default();
    let document = store.folded(log_id)?.document;
    let list = document["activities"].as_array().into_iter().flatten();
    let Some(mut found) = list.into_iter().find(|each| each["id"] == activity).cloned() else {
        return Err(refusal(
            "activity_removed",
            label(
                "这张图片所在的那条记录也删除了。",
                "The record that this picture went with was deleted, too.",
            ),
            label(
                "先还原那条记录，图片会跟着回来。",
                "Restore that record first; the picture comes back with it.",
            ),
        ));
    };
    let again = json!({
        "sha256": sha256, "name": value["name"], "media_type": value["media_type"], "length": value["length"]
    });
    match found["attachments"].as_array_mut() {
        Some(attachments) => attachments.push(again),
        None => found["attachments"] = json!([again]),
    }
    let change = crate::views::Change {
        event_id: new_id(app.clock().now())?,
        entity: Entity::Activity.name().to_owned(),
        key: activity.to_owned(),
        value: Some(found),
    };
    changes::save(app, vec![change])
}

pub(super) fn attachments_of(activity: &Value) -> impl Iterator<Item = &Value> {
    activity["attachments"].as_array().into_iter().flatten()
}

fn data_url(picture: &Picture) -> String {
    format!(
        "data:{};base64,{}",
        picture.media_type,
        STANDARD.encode(&picture.bytes)
    )
}

fn not_taken(error: &PictureError) -> CommandError {
    let both = |text: &dyn Fn(Language) -> String| -> Label {
        label(text(Language::Chinese), text(Language::English))
    };
    CommandError {
        safe: label(
            "没有添加。原来的文件没有动，记录也没有动。",
            "It was not added. The file and the records are as they were.",
        ),
        ..refusal(
            error.code(),
            both(&|language| error.describe(language)),
            both(&|language| error.way_out(language).to_owned()),
        )
    }
}

fn no_room() -> CommandError {
    let megabytes = MAX_POSTING_BYTES / 1_000_000;
    refusal(
        "pictures_full",
        label(
            format!("没有添加：一次派驻的图片最多 {megabytes} MB、{MAX_POSTING_PICTURES} 张，已经放满了。"),
            format!(
                "Not added: the pictures of a posting have {megabytes} MB and {MAX_POSTING_PICTURES} places, and all are taken."
            ),
        ),
        label(
            "删掉几张不用的，再添加。",
            "Delete some that are not needed, then add it.",
        ),
    )
}
