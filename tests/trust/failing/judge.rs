//! Whether a place that a failing machine left behind keeps what was promised before it failed.

use std::fs;
use std::path::Path;

use serde_json::Value;
use xiaxiangzhi_core::reviewfile::verify;
use xiaxiangzhi_store::{Store, adopt, check, contents};

use crate::child::{date, entry};
use crate::failing::actor::Act;
use crate::failing::places::{self, ENTRIES, LATER};
use crate::support::{evening, posting_id};

/// What is wrong with a place after an act, if anything. `said` is all that the actor said before it was cut off.
pub(super) fn promises_kept(act: Act, root: &Path, said: &[String]) -> Result<(), String> {
    exports_whole(root, said)?;
    backups_whole(root, said)?;
    let opened = Store::open(&places::data(root));
    let store = match opened {
        Ok(store) => store,
        Err(error) if act == Act::Adopt && error.code() == "database_damaged" => {
            if said.iter().any(|words| words == "adopted") {
                return Err("the database is damaged still, though a backup was adopted".to_owned());
            }
            // Not adopted yet: then it must be possible now, and lose nothing.
            adopt(&places::data(root), &places::first_backup(root), evening(14))
                .map_err(|error| format!("a backup cannot be adopted any more: {error}"))?;
            Store::open(&places::data(root)).map_err(|error| error.to_string())?
        }
        Err(error) => return Err(format!("not opened: {error}")),
    };
    match act {
        Act::Migrate => return migrated(root, &store),
        Act::Restore => restored(&store, said)?,
        Act::Adopt => exactly(&store, ENTRIES + LATER, 0)?,
        _ => saved(act, &store, said)?,
    }
    drafts_there(&store, said)?;
    goes_on(&store)
}

/// As [`promises_kept`], and the whole database is checked.
pub(super) fn all_in_order(act: Act, root: &Path, said: &[String]) -> Result<(), String> {
    promises_kept(act, root, said)?;
    let report = check(&places::data(root)).map_err(|error| error.to_string())?;
    if report.ok {
        Ok(())
    } else {
        Err(format!("the check finds {report:?}"))
    }
}

/// The number that was said last with this word.
fn last(said: &[String], word: &str) -> Option<u64> {
    let mut of_word = said
        .iter()
        .filter_map(|words| words.strip_prefix(word)?.strip_prefix(' '));
    of_word.next_back().and_then(|number| number.parse().ok())
}

/// How many entries there are: the last one has the greatest number.
fn entries(store: &Store) -> u64 {
    store
        .folded(posting_id())
        .map_or(0, |folded| entries_in(&folded.document))
}

fn entries_in(document: &Value) -> u64 {
    let of_day = |day: &Value| day["tallies"]["outpatient_visits"].as_u64();
    let days = document["days"].as_array();
    let greatest = days.and_then(|days| days.iter().filter_map(of_day).max());
    greatest.map_or(0, |last| last + 1)
}

/// That these entries are there and nothing else: each as it was saved, and as many events as they take.
fn exactly(store: &Store, entries: u64, more: u64) -> Result<(), String> {
    let folded = store.folded(posting_id()).map_err(|error| error.to_string())?;
    let days = folded.document["days"].as_array().cloned().unwrap_or_default();
    for number in entries.saturating_sub(28)..entries {
        let mut there = days.iter().filter(|day| day["date"] == date(number));
        let visits = there
            .next()
            .and_then(|day| day["tallies"]["outpatient_visits"].as_u64());
        if visits != Some(number) || there.next().is_some() {
            return Err(format!(
                "entry {number} of {entries} is not there as it was saved"
            ));
        }
    }
    if days.len() as u64 != entries.min(28) {
        return Err(format!("{} days for {entries} entries", days.len()));
    }
    // The log's beginning is two events.
    let expected = 2 + entries + folded.exports + more;
    if folded.n == expected {
        Ok(())
    } else {
        Err(format!(
            "{entries} entries are {} events, not {expected}",
            folded.n
        ))
    }
}

fn saved(act: Act, store: &Store, said: &[String]) -> Result<(), String> {
    let promised = last(said, "entries").or((!begins(act)).then_some(ENTRIES));
    if store.folded(posting_id()).is_err() {
        return promised.map_or(Ok(()), |entries| {
            Err(format!("no posting, {entries} entries were promised"))
        });
    }
    let there = entries(store);
    if promised.is_some_and(|promised| there < promised) {
        return Err(format!(
            "{there} entries are there, {promised:?} were acknowledged"
        ));
    }
    if there > promised.unwrap_or(0) + 1 {
        return Err(format!(
            "{there} entries are there, only {promised:?} and one more were saved"
        ));
    }
    let exports = store.folded(posting_id()).map_or(0, |folded| folded.exports);
    if last(said, "exported").is_some_and(|promised| exports < promised) {
        return Err(format!("{exports} exports are entered, {said:?}"));
    }
    exactly(store, there, 0)
}

fn begins(act: Act) -> bool {
    matches!(act, Act::Save | Act::Unsynced)
}

/// Drafts that were kept are there, or have become entries.
fn drafts_there(store: &Store, said: &[String]) -> Result<(), String> {
    let Some(number) = last(said, "draft") else {
        return Ok(());
    };
    let drafts = store.drafts(posting_id()).map_err(|error| error.to_string())?;
    let kept = drafts.iter().any(|draft| draft.value == entry(number).value);
    if kept || entries(store) > number {
        Ok(())
    } else {
        Err(format!("the draft {number} is gone"))
    }
}

/// The restore is there as a whole or not at all, and can be taken back.
fn restored(store: &Store, said: &[String]) -> Result<(), String> {
    if entries(store) != ENTRIES {
        if said.iter().any(|words| words == "restored") {
            return Err("the restore is gone".to_owned());
        }
        return exactly(store, ENTRIES + LATER, 0);
    }
    exactly(store, ENTRIES, 2 * LATER)?;
    store
        .undo(posting_id(), evening(15))
        .map_err(|error| error.to_string())?;
    exactly(store, ENTRIES + LATER, 2 * LATER)
}

/// The old format's records are all there in the new one, and the old database beside it.
fn migrated(root: &Path, store: &Store) -> Result<(), String> {
    let kept = contents(&places::backups(root).join("before-format-2.db"))
        .map_err(|error| format!("the copy of the old format: {error}"))?;
    let here: Vec<_> = store
        .logs()
        .into_iter()
        .map(|log| (log.log_id, log.head))
        .collect();
    let there = kept
        .postings
        .into_iter()
        .map(|log| (log.summary.log_id, log.summary.head));
    if here.len() == 1 && here.iter().cloned().eq(there) {
        Ok(())
    } else {
        Err(format!("after the change of format there are {here:?}"))
    }
}

/// The entry that was under way is offered again, and one more: each is there once then.
fn goes_on(store: &Store) -> Result<(), String> {
    let Ok(before) = store.folded(posting_id()) else {
        return Ok(());
    };
    let there = entries(store);
    for number in there.saturating_sub(1)..=there {
        store
            .save(posting_id(), &[entry(number)], evening(16))
            .map_err(|error| format!("saving does not go on: {error}"))?;
    }
    let after = store.folded(posting_id()).map_err(|error| error.to_string())?;
    if (after.n, entries(store)) == (before.n + 1, there + 1) {
        Ok(())
    } else {
        Err(format!("one entry more made {} events of {}", after.n, before.n))
    }
}

/// Whatever has a backup's name is a whole backup, and all that were promised are there.
fn backups_whole(root: &Path, said: &[String]) -> Result<(), String> {
    let mut found = Vec::new();
    for file in fs::read_dir(places::backups(root))
        .into_iter()
        .flatten()
        .flatten()
    {
        let path = file.path();
        if path.extension().is_some_and(|end| end == "db") {
            let inside = contents(&path).map_err(|error| format!("half a backup: {error}"))?;
            found.push((file.file_name(), inside.events));
        }
    }
    for words in said.iter().filter_map(|words| words.strip_prefix("backup ")) {
        let (events, path) = words.split_once(' ').unwrap_or_default();
        let promised = (Path::new(path).file_name(), events.parse().ok());
        if !found
            .iter()
            .any(|(name, events)| (Some(name.as_os_str()), Some(*events)) == promised)
        {
            return Err(format!("the backup {words} is not there: {found:?}"));
        }
    }
    Ok(())
}

/// Whatever has an exported file's name is a whole one, as new as was promised; the note of the last export is right.
fn exports_whole(root: &Path, said: &[String]) -> Result<(), String> {
    let promised = last(said, "exported");
    let number = match fs::read(places::review_file(root)) {
        Err(_) => None,
        Ok(bytes) => {
            let judged = verify(&bytes, None);
            if !judged.verdict.is_genuine() {
                return Err(format!(
                    "an exported file of {} bytes: {}",
                    bytes.len(),
                    judged.verdict.code()
                ));
            }
            judged.file.map(|file| file.whole.log.exports())
        }
    };
    if number < promised {
        return Err(format!(
            "the export on the disk is {number:?}, {promised:?} was promised"
        ));
    }
    match fs::read(places::data(root).join("xiaxiangzhi.exports.json")) {
        Err(_) if promised.is_some() => Err("the last export is not noted".to_owned()),
        Err(_) => Ok(()),
        Ok(bytes) => {
            let noted: Value =
                serde_json::from_slice(&bytes).map_err(|error| format!("the note of exports: {error}"))?;
            let noted = noted[posting_id().to_string()]["number"].as_u64();
            if noted < promised {
                return Err(format!(
                    "the noted export is {noted:?}, {promised:?} was promised"
                ));
            }
            Ok(())
        }
    }
}
