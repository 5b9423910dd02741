//! How far a refused file can be confirmed: never further than what was seen before in a genuine one.

use crate::refusal::label;
use crate::views::{ConfirmedKind, ConfirmedStep, SeemsToBe};
use xiaxiangzhi_core::language::Label;
use xiaxiangzhi_core::log::{Digest, EventKind, head_code, parse_body, record_name};
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::reviewfile::{ReviewFile, Verdict, trace, verify};
use xiaxiangzhi_store::{Pin, Store, StoreError};

/// Letters of a code that are shown where two are compared.
const SHOWN_OF_CODE: usize = 19;

/// In a sentence, for a file of which nothing was seen before.
pub(super) fn in_words(verdict: &Verdict) -> Label {
    match verdict {
        Verdict::Altered { .. } | Verdict::Cut => label(
            "能确认的只有：它带着下乡志审核文件的格式标记。里面的内容一项也不能确认，所以不显示。",
            "All that can be confirmed is that it bears the mark of a review file. Nothing in it can be confirmed, so nothing is shown.",
        ),
        Verdict::NewerFormat { .. } => label(
            "它带着下乡志审核文件的格式标记；签名和内容要用更新的版本才能核对。",
            "It bears the mark of a review file; signature and content need a newer version to be checked.",
        ),
        Verdict::Fork { .. } | Verdict::OtherKey { .. } => label(
            "这份文件的签名有效，但与之前收到的那份对不上：两份里至少有一份改写过以前的记录。",
            "Its signature is valid, but it contradicts the file received before: at least one of the two rewrote the past.",
        ),
        _ => label("一项也不能确认。", "Nothing about it can be confirmed."),
    }
}

/// Follows the events of a refused file along what was seen of the log that it names.
pub(super) fn follow(
    store: &Store,
    bytes: &[u8],
) -> Result<Option<(SeemsToBe, Vec<ConfirmedStep>)>, StoreError> {
    let Some(trace) = trace(bytes) else {
        return Ok(None);
    };
    let pins = store.pins(trace.log)?;
    // A file that does not even begin like one seen before only bears its number.
    let Some((last, received)) = received(store, &pins)? else {
        return Ok(None);
    };
    if trace.hashes.first() != received.whole.hashes.first() {
        return Ok(None);
    }
    Ok(Some((
        seems_to_be(last, &received),
        steps(&trace.hashes, &pins, last, &received),
    )))
}

/// The file received that reaches furthest.
fn received<'a>(store: &Store, pins: &'a [Pin]) -> Result<Option<(&'a Pin, ReviewFile)>, StoreError> {
    let Some(last) = pins
        .iter()
        .filter(|pin| pin.month.is_none())
        .max_by_key(|pin| pin.head.n)
    else {
        return Ok(None);
    };
    let bytes = store.received_bytes(&last.sha256)?;
    let file = bytes.and_then(|bytes| verify(&bytes, None).file);
    Ok(file.map(|file| (last, file)))
}

fn seems_to_be(last: &Pin, received: &ReviewFile) -> SeemsToBe {
    let posting = Records::from_value(received.document())
        .map(|records| records.posting)
        .ok();
    let of =
        |field: fn(&xiaxiangzhi_core::posting::Posting) -> Option<String>| posting.as_ref().and_then(field);
    SeemsToBe {
        physician: of(|posting| posting.physician.name.clone()).unwrap_or_default(),
        department: of(|posting| posting.home_department.clone()),
        recipient_unit: of(|posting| posting.recipient_unit.clone()).unwrap_or_default(),
        received_sha256: last.sha256.clone(),
        received_at: last.received_at.clone(),
    }
}

fn steps(found: &[Digest], pins: &[Pin], last: &Pin, received: &ReviewFile) -> Vec<ConfirmedStep> {
    let step = |kind, from: u64, to: u64| ConfirmedStep {
        kind,
        from,
        to,
        seen_at: None,
        record: None,
        codes: None,
    };
    let hash_at = |n: u64| usize::try_from(n - 1).ok().and_then(|at| found.get(at));
    let mut steps = Vec::new();
    let mut pins: Vec<&Pin> = pins.iter().collect();
    pins.sort_by_key(|pin| pin.head.n);
    pins.dedup_by_key(|pin| pin.head);
    let (held, broken): (Vec<&Pin>, Vec<&Pin>) = pins
        .into_iter()
        .filter(|pin| hash_at(pin.head.n).is_some())
        .partition(|pin| hash_at(pin.head.n) == Some(&pin.head.hash));
    let mut confirmed = 0;
    for pin in held {
        steps.push(ConfirmedStep {
            seen_at: Some(pin.received_at.clone()),
            ..step(ConfirmedKind::Pin, pin.head.n, pin.head.n)
        });
        confirmed = pin.head.n;
    }
    let same = found
        .iter()
        .zip(&received.whole.hashes)
        .take_while(|(found, seen)| found == seen)
        .count();
    let joined = u64::try_from(same).unwrap_or_default();
    if joined > confirmed {
        steps.push(step(ConfirmedKind::Joined, confirmed + 1, joined));
        confirmed = joined;
    }
    if let (Some(now), Some(then)) = (found.get(same), received.whole.hashes.get(same)) {
        let n = joined + 1;
        let begins = |hash: &Digest| head_code(hash).chars().take(SHOWN_OF_CODE).collect();
        steps.push(ConfirmedStep {
            seen_at: Some(last.received_at.clone()),
            record: received
                .bodies
                .get(same)
                .and_then(|body| record_of(n, body, received)),
            codes: Some([begins(then), begins(now)]),
            ..step(ConfirmedKind::Differs, n, n)
        });
        confirmed = n;
    }
    for pin in broken {
        steps.push(ConfirmedStep {
            seen_at: Some(pin.received_at.clone()),
            ..step(ConfirmedKind::BrokenPin, pin.head.n, pin.head.n)
        });
        confirmed = confirmed.max(pin.head.n);
    }
    let length = found.len() as u64;
    if length > confirmed {
        steps.push(step(ConfirmedKind::Unconfirmed, confirmed + 1, length));
    }
    steps
}

/// The record that an event of a genuine file set.
fn record_of(n: u64, body: &[u8], file: &ReviewFile) -> Option<Label> {
    let event = parse_body(n, body).ok()?;
    let EventKind::Set(set) = &event.kind else {
        return None;
    };
    let version = file.whole.log.version(n, &event, &file.beside)?;
    Some(record_name(set.entity, &set.key, version.value.as_ref()))
}
