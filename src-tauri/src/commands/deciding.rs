//! The reviewer's remarks and decisions, and the signed file that takes them back to the physician.

use super::changes::key_in_log;
use super::export::{REVIEW_EXTENSION, review_kind, shown, write};
use super::view::key_on_page;
use crate::app::App;
use crate::desk::{Ask, Desk};
use crate::files;
use crate::refusal::{bad_request, label, refusal};
use crate::views::{self, CommandError, DecisionsMade, FileToDecide, MadeDecision};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use uuid::Uuid;
use xiaxiangzhi_core::log::{Digest, Entity, from_hex, to_hex};
use xiaxiangzhi_core::posting::{Posting, Records};
use xiaxiangzhi_core::reviewfile::{Decision, ReviewComment, Reviewer, open_review, verify};
use xiaxiangzhi_forms::posting_file_name;
use xiaxiangzhi_store::{Decided, ReviewDraft, Store, StoreError};

pub(super) fn review_draft(app: &App, log_id: Uuid, head: &str) -> Result<views::ReviewDraft, CommandError> {
    Ok(on_page(app.store()?.review_draft(log_id, &digest(head)?)?))
}

pub(super) fn keep_review_draft(
    app: &App,
    log_id: Uuid,
    head: &str,
    draft: views::ReviewDraft,
) -> Result<(), CommandError> {
    let draft = in_log(draft)?;
    app.store()?
        .keep_review_draft(log_id, &digest(head)?, &draft, app.clock().now())?;
    Ok(())
}

/// Decides on one file received. Nothing is decided where the dialog is cancelled.
pub(super) fn decide_review(
    app: &App,
    desk: &dyn Desk,
    sha256: String,
    draft: views::ReviewDraft,
) -> Result<Option<DecisionsMade>, CommandError> {
    let store = app.store()?;
    let draft = in_log(draft)?;
    let decision = draft.decision.ok_or(StoreError::Undecided)?;
    let posting = posting_of(&store, &sha256)?;
    let language = app.settings().language;
    let Some(path) = desk.save_file(&Ask {
        title: language.pick("存审核意见", "Save the review decision").to_owned(),
        file_name: name(&posting, decision),
        kind: review_kind(language),
        extension: REVIEW_EXTENSION,
    }) else {
        return Ok(None);
    };
    let path = files::with_extension(path, REVIEW_EXTENSION);
    made(app, &store, vec![(sha256, draft)], |_, _| path.clone()).map(Some)
}

/// Decides on several files in the same way, each with a grade of its own.
pub(super) fn decide_reviews(
    app: &App,
    desk: &dyn Desk,
    files_to_decide: Vec<FileToDecide>,
    decision: Decision,
    opinion: Option<&str>,
) -> Result<Option<DecisionsMade>, CommandError> {
    if files_to_decide.is_empty() {
        return Err(bad_request("nothing to decide on"));
    }
    let Some(folder) = folder_for_decisions(app, desk) else {
        return Ok(None);
    };
    decided_in(app, &*app.store()?, &folder, files_to_decide, decision, opinion).map(Some)
}

/// Where the files of several decisions go; none where the dialog was cancelled.
pub(super) fn folder_for_decisions(app: &App, desk: &dyn Desk) -> Option<PathBuf> {
    desk.choose_folder(app.settings().language.pick(
        "选一个文件夹，放审核意见",
        "Choose a folder for the review decisions",
    ))
}

/// Decides on several files received, and puts the decisions into a folder.
pub(super) fn decided_in(
    app: &App,
    store: &Store,
    folder: &Path,
    files_to_decide: Vec<FileToDecide>,
    decision: Decision,
    opinion: Option<&str>,
) -> Result<DecisionsMade, CommandError> {
    let heads: BTreeMap<String, (Uuid, String)> = store
        .received_files()?
        .into_iter()
        .map(|file| (file.sha256, (file.log_id, file.head)))
        .collect();
    let mut drafts = Vec::with_capacity(files_to_decide.len());
    for FileToDecide { sha256, grade } in files_to_decide {
        // What was written about one of them goes along with the decision.
        let written = match heads.get(&sha256) {
            Some((log_id, head)) => store.review_draft(*log_id, &digest(head)?)?,
            None => ReviewDraft::default(),
        };
        let draft = ReviewDraft {
            decision: Some(decision),
            grade: grade.or(written.grade),
            opinion: opinion.map(str::to_owned).or(written.opinion),
            comments: written.comments,
        };
        drafts.push((sha256, draft));
    }
    // Nobody was asked about these names, so nothing is replaced.
    let place = |posting: &Posting, decision| files::free(folder.join(name(posting, decision)));
    made(app, store, drafts, place)
}

/// Writes the file of a decision again: it was not written, or got lost on its way.
pub(super) fn export_decision(
    app: &App,
    desk: &dyn Desk,
    sha256: &str,
) -> Result<Option<String>, CommandError> {
    let store = app.store()?;
    let none = || bad_request("there is no such decision");
    let bytes = store.decision_bytes(sha256)?.ok_or_else(none)?;
    let review = open_review(&bytes).map_err(|_| none())?.content;
    let language = app.settings().language;
    let file_name = match store.received_with(review.log, review.head_hash())? {
        Some(received) => name(&posting_of(&store, &received)?, review.decision),
        None => format!("{}.{REVIEW_EXTENSION}", what(review.decision)),
    };
    let Some(path) = desk.save_file(&Ask {
        title: language.pick("存审核意见", "Save the review decision").to_owned(),
        file_name,
        kind: review_kind(language),
        extension: REVIEW_EXTENSION,
    }) else {
        return Ok(None);
    };
    let path = files::with_extension(path, REVIEW_EXTENSION);
    write(&path, &bytes)?;
    Ok(Some(shown(&path)))
}

fn made(
    app: &App,
    store: &Store,
    drafts: Vec<(String, ReviewDraft)>,
    mut place: impl FnMut(&Posting, Decision) -> PathBuf,
) -> Result<DecisionsMade, CommandError> {
    let office = app.settings().office;
    let reviewer = Reviewer {
        hospital: office.hospital,
        office: office.office,
        name: office.name,
    };
    let new = store
        .decide(&drafts, &reviewer, app.clock().now())
        .map_err(not_decided)?;
    let mut paths = Vec::with_capacity(new.len());
    for decision in &new {
        let path = place(&decision.posting, decision.decided.review.decision);
        write(&path, &decision.decided.bytes).map_err(|error| CommandError {
            safe: label(
                "审核结论已经记下，没有丢；只是文件没有写成。",
                "The decision is kept; only its file was not written.",
            ),
            next: label(
                "换一个文件夹，用「再存一份」写出来。",
                "Choose another folder with Save again.",
            ),
            ..error
        })?;
        paths.push(shown(&path));
    }
    Ok(DecisionsMade {
        paths,
        decisions: new.into_iter().map(|new| decision_on_page(new.decided)).collect(),
    })
}

fn not_decided(error: StoreError) -> CommandError {
    match error {
        StoreError::Undecided => refusal(
            "undecided",
            label(
                "还没有选退回还是通过。",
                "Neither returned nor approved was chosen.",
            ),
            label("先选一个，再签发。", "Choose one, then sign."),
        ),
        StoreError::ReviewFile(error) if error.code() == "bad_content" => refusal(
            "bad_content",
            label(
                format!("这里有不能签发的内容：{error}。"),
                format!("Something in it cannot be signed: {error}."),
            ),
            label(
                "改短一些，或去掉特殊字符，再签发。",
                "Shorten it or take out special characters, then sign again.",
            ),
        ),
        error => error.into(),
    }
}

fn posting_of(store: &Store, sha256: &str) -> Result<Posting, CommandError> {
    let not_received = || StoreError::NotReceived {
        sha256: sha256.to_owned(),
    };
    let bytes = store.received_bytes(sha256)?.ok_or_else(not_received)?;
    let file = verify(&bytes, None).file.ok_or_else(not_received)?;
    Ok(Records::from_value(file.document())?.posting)
}

fn what(decision: Decision) -> &'static str {
    match decision {
        Decision::Returned => "审核意见（退回）",
        Decision::Approved => "审核意见（通过）",
    }
}

fn name(posting: &Posting, decision: Decision) -> String {
    posting_file_name(posting, what(decision), REVIEW_EXTENSION)
}

/// A decision as the page shows it.
pub(super) fn decision_on_page(decided: Decided) -> MadeDecision {
    let review = decided.review;
    MadeDecision {
        sha256: to_hex(&decided.sha256),
        n: review.head.n,
        as_of: review.as_of,
        decided_at: review.decided_at,
        decision: review.decision,
        grade: review.grade,
        opinion: review.opinion,
        comments: review.comments.into_iter().map(comment_on_page).collect(),
        failed: review.failed,
        payable_fen: review.payable_fen,
        reviewer: review.reviewer.name,
    }
}

fn on_page(draft: ReviewDraft) -> views::ReviewDraft {
    views::ReviewDraft {
        decision: draft.decision,
        grade: draft.grade,
        opinion: draft.opinion,
        comments: draft.comments.into_iter().map(comment_on_page).collect(),
    }
}

pub(super) fn comment_on_page(comment: ReviewComment) -> views::ReviewComment {
    views::ReviewComment {
        id: comment.id,
        entity: comment.entity.name().to_owned(),
        key: key_on_page(comment.entity, comment.key),
        text: comment.text,
    }
}

fn in_log(draft: views::ReviewDraft) -> Result<ReviewDraft, CommandError> {
    let comments = draft.comments.into_iter().map(|comment| {
        let entity = Entity::from_name(&comment.entity)
            .ok_or_else(|| bad_request(format!("no records are called {}", comment.entity)))?;
        let key = key_in_log(entity, comment.key);
        entity.check_key(&key).map_err(bad_request)?;
        Ok(ReviewComment {
            id: comment.id,
            entity,
            key,
            text: comment.text,
        })
    });
    Ok(ReviewDraft {
        decision: draft.decision,
        grade: draft.grade,
        opinion: draft.opinion,
        comments: comments.collect::<Result<_, CommandError>>()?,
    })
}

fn digest(head: &str) -> Result<Digest, CommandError> {
    from_hex(head).ok_or_else(|| bad_request("a head is 64 hexadecimal digits"))
}
