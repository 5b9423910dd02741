//! The physician's side of the way back: taking a decision in, answering its comments, the reason for changing what was
//! approved.

use super::app::summary;
use super::export::{REVIEW_EXTENSION, review_kind};
use super::review::{chosen, offered};
use super::view::{key_on_page, posting_view};
use crate::app::App;
use crate::desk::{Ask, Desk};
use crate::refusal::{bad_request, label, not_read, refusal};
use crate::views::{
    AmendedRecord, AmendmentView, AnswerView, ChangedAfterApproval, CommandError, CommentView,
    LookedAtReceipt, PostingView, ReceiptView, ReceiptWords, ReviewOfPosting,
};
use std::path::{Path, PathBuf};
use uuid::Uuid;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::log::{Decision, Entity, fingerprint, from_hex, instant, parse_body, record_name};
use xiaxiangzhi_core::posting::{NAME_LIMIT, forbidden_character};
use xiaxiangzhi_core::reviewfile::{
    Amendment, COMMENT_LIMIT, CommentStanding, FileKind, ReadReceipt, ReviewFile, ReviewStanding, kind_of,
};
use xiaxiangzhi_store::{KeyStanding, NoReceipt, StoreError, read_review_file};

/// What kind of file a person gave, by its content and not its name; null where it is none of ours.
pub(super) fn kind_of_file(app: &App, path: String) -> Result<Option<&'static str>, CommandError> {
    let path = offered(app, PathBuf::from(path))?;
    let bytes = read_review_file(&path).map_err(|error| not_read(&path, &error))?;
    Ok(kind_of(&bytes).ok().map(FileKind::name))
}

pub(super) fn look_at_receipt(
    app: &App,
    desk: &dyn Desk,
    path: Option<String>,
) -> Result<Option<LookedAtReceipt>, CommandError> {
    let Some(path) = chosen(app, desk, path, ask)? else {
        return Ok(None);
    };
    app.opened(&path);
    // Taking it in follows, by the same path.
    app.allow(&path);
    let bytes = read_review_file(&path).map_err(|error| not_read(&path, &error))?;
    let store = app.store()?;
    let looked = store.look_at_review(&bytes).map_err(not_taken)?;
    let review = &looked.signed.content;
    let posting = store
        .logs()
        .into_iter()
        .find(|summary| summary.log_id == review.log)
        .and_then(summary)
        .ok_or_else(|| not_taken(StoreError::NoReceipt(NoReceipt::OtherPosting)))?;
    let reviewer = &review.reviewer;
    let (key, expected) = match looked.key {
        KeyStanding::Trusted { .. } => ("trusted", None),
        KeyStanding::Known => ("known", None),
        KeyStanding::FirstSeen => ("first_seen", None),
        KeyStanding::Changed { seen } => ("changed", Some(seen)),
    };
    Ok(Some(LookedAtReceipt {
        file_name: name_of(&path),
        path: path.to_string_lossy().into_owned(),
        posting,
        decision: review.decision,
        decided_at: review.decided_at.clone(),
        reviewer: [&reviewer.hospital, &reviewer.office, &reviewer.name]
            .map(|part| part.trim())
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" "),
        fingerprint: looked.fingerprint,
        key: key.to_owned(),
        expected,
        taken: looked.taken,
        overtaken: looked.overtaken,
    }))
}

/// Takes a decision in and opens its posting.
pub(super) fn take_receipt(
    app: &App,
    path: String,
    confirmed: Option<&str>,
) -> Result<PostingView, CommandError> {
    let path = offered(app, PathBuf::from(path))?;
    let bytes = read_review_file(&path).map_err(|error| not_read(&path, &error))?;
    let store = app.store()?;
    let looked = store.look_at_review(&bytes).map_err(not_taken)?;
    store
        .take_review(&bytes, confirmed, app.clock().now())
        .map_err(not_taken)?;
    let log_id = looked.signed.content.log;
    app.set_current(log_id)?;
    posting_view(app, &store, log_id)
}

pub(super) fn answer_comment(
    app: &App,
    comment: Uuid,
    text: &str,
    corrected: bool,
) -> Result<PostingView, CommandError> {
    let (store, log_id) = app.posting()?;
    if store.review_standing(log_id)?.comment(comment).is_none() {
        return Err(bad_request("there is no such comment"));
    }
    check_words(text, COMMENT_LIMIT)?;
    store.answer_comment(log_id, comment, text, corrected, app.clock().now())?;
    posting_view(app, &store, log_id)
}

pub(super) fn give_reason(app: &App, reason: &str) -> Result<PostingView, CommandError> {
    let (store, log_id) = app.posting()?;
    if reason.trim().is_empty() {
        return Err(refusal(
            "reason_missing",
            label("还没有写原因。", "No reason was given."),
            label("写一句为什么要改。", "Say in a sentence why it is changed."),
        ));
    }
    check_words(reason, NAME_LIMIT)?;
    store.give_reason(log_id, reason, app.clock().now())?;
    posting_view(app, &store, log_id)
}

fn check_words(text: &str, limit: usize) -> Result<(), CommandError> {
    let what = if text.chars().count() > limit {
        label(
            format!("太长了，最多 {limit} 个字。"),
            format!("Too long: at most {limit} characters."),
        )
    } else if text.chars().any(|c| c != '\n' && forbidden_character(c)) {
        label(
            "里面有不能用的特殊字符。",
            "It holds a special character that is not allowed.",
        )
    } else {
        return Ok(());
    };
    let next = label(
        "改好再存；写的还在这里。",
        "Correct it and save again; what you wrote is still here.",
    );
    Err(refusal("text_refused", what, next))
}

fn ask(language: Language) -> Ask {
    Ask {
        title: language.pick("打开审核意见", "Open a review decision").to_owned(),
        file_name: String::new(),
        kind: review_kind(language),
        extension: REVIEW_EXTENSION,
    }
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// Why a decision was not taken in, and what to do.
fn not_taken(error: StoreError) -> CommandError {
    let StoreError::NoReceipt(why) = error else {
        return error.into();
    };
    let next = match &why {
        NoReceipt::NotGenuine(_) => label(
            "请医务部重新发一份，换一种方式（例如 U 盘）。",
            "Ask the office to send it again, another way (a USB stick, for instance).",
        ),
        NoReceipt::OtherPosting => label(
            "看看是不是别人的，或在记着那次派驻的电脑上打开。",
            "See whether it is somebody else's, or open it on the computer that has that posting.",
        ),
        NoReceipt::UnknownHead { .. } => label(
            "在导出那份审核文件的电脑上打开；如果记录恢复过，请重新导出一份交去审核。",
            "Open it on the computer that exported the reviewed file; if the records were restored since, export again and hand that in.",
        ),
        NoReceipt::KeyNotConfirmed { .. } => label(
            "打电话给医务部，逐组核对指纹，再收下。",
            "Ring the office up and compare the fingerprint group by group, then take it in.",
        ),
    };
    let what = label(why.describe(Language::Chinese), why.describe(Language::English));
    CommandError {
        safe: label(
            "没有收下；记录没有改动。",
            "It was not taken in; the records are unchanged.",
        ),
        ..refusal(why.code(), what, next)
    }
}

/// How a posting stands with its reviewer, for the page.
pub(super) fn standing_on_page(standing: ReviewStanding) -> ReviewOfPosting {
    let counts = standing.counts;
    let closed_at = standing
        .receipts
        .iter()
        .filter(|_| standing.needs_reason)
        .find(|receipt| Some(&receipt.taken.receipt.sha256) == counts.as_ref())
        .map(|receipt| receipt.taken.receipt.decided_at.clone());
    let receipts: Vec<ReceiptView> = standing
        .receipts
        .into_iter()
        .map(|receipt| receipt_on_page(receipt, counts.as_deref()))
        .collect();
    ReviewOfPosting {
        open_comments: receipts
            .iter()
            .flat_map(|receipt| &receipt.comments)
            .filter(|comment| comment.answer.is_none())
            .count(),
        receipts,
        closed_at,
        amendments: standing.amendments.into_iter().map(amendment_on_page).collect(),
    }
}

fn amendment_on_page(amendment: Amendment) -> AmendmentView {
    AmendmentView {
        reason: amendment.reason,
        at: amendment.at,
    }
}

fn receipt_on_page(read: ReadReceipt, counts: Option<&str>) -> ReceiptView {
    let taken_at = read.taken_at();
    let receipt = read.taken.receipt;
    ReceiptView {
        taken_at,
        n: receipt.n,
        decided_at: receipt.decided_at,
        decision: receipt.decision,
        grade: receipt.grade,
        counts: counts == Some(&receipt.sha256),
        fingerprint: from_hex(&receipt.key).map_or_else(String::new, |key| fingerprint(&key)),
        sha256: receipt.sha256,
        words: read.review.map(|signed| {
            let review = signed.content;
            ReceiptWords {
                opinion: review.opinion,
                as_of: review.as_of,
                failed: review.failed,
                payable_fen: review.payable_fen,
                appraisal_form: review.appraisal_form,
                hospital: review.reviewer.hospital,
                office: review.reviewer.office,
                reviewer: review.reviewer.name,
            }
        }),
        comments: read.comments.into_iter().map(comment_on_page).collect(),
    }
}

pub(super) fn comment_on_page(standing: CommentStanding) -> CommentView {
    let comment = standing.comment;
    CommentView {
        id: comment.id,
        entity: comment.entity.name().to_owned(),
        key: key_on_page(comment.entity, comment.key),
        name: standing.name,
        text: comment.text,
        present: standing.present,
        changed: standing.changed,
        answer: standing.answer.map(|answer| AnswerView {
            text: answer.text,
            corrected: answer.corrected,
            at: answer.at,
        }),
    }
}

/// What a file says was changed after it was approved; null where it was not, or nothing was.
pub(super) fn changed_after_approval(file: &ReviewFile) -> Option<ChangedAfterApproval> {
    let log = &file.whole.log;
    let approval = log
        .standing_receipt()
        .filter(|taken| taken.receipt.decision == Decision::Approved)?;
    let standing = ReviewStanding::of(log, &file.beside);
    let reasons: Vec<_> = standing
        .amendments
        .into_iter()
        .filter(|amendment| amendment.sha256 == approval.receipt.sha256)
        .map(amendment_on_page)
        .collect();
    let changes: Vec<_> = log
        .changed_after(approval.receipt.n)
        .into_iter()
        .map(|(entity, key, n)| changed_record(file, entity, key, n))
        .collect();
    (!changes.is_empty() || !reasons.is_empty()).then(|| ChangedAfterApproval {
        approved_at: approval.receipt.decided_at.clone(),
        taken_at: instant(approval.at),
        reasons,
        changes,
    })
}

fn changed_record(file: &ReviewFile, entity: Entity, key: String, n: u64) -> AmendedRecord {
    let body = usize::try_from(n - 1).ok().and_then(|at| file.bodies.get(at));
    let event = body.and_then(|body| parse_body(n, body).ok());
    let now = file.whole.log.record(entity, &key, &file.beside);
    AmendedRecord {
        entity: entity.name().to_owned(),
        name: record_name(entity, &key, now.as_ref()),
        key: key_on_page(entity, key),
        at: event.map(|event| instant(event.at)).unwrap_or_default(),
        present: now.is_some(),
    }
}
