//! Opening a colleague's file: checked first, then shown, never written to.

use super::deciding::decision_on_page;
use super::export::{REVIEW_EXTENSION, review_kind};
use super::receipts::{changed_after_approval, comment_on_page, standing_on_page};
use super::view::{assessment_of, calendar_of, entered, in_both, scheme_of};
use crate::app::App;
use crate::desk::{Ask, Desk};
use crate::refusal::{bad_request, label, not_read, refusal};
use crate::settings::Settings;
use crate::views::{
    CommandError, CommentView, FirstSeen, Head, RecentFile, ReviewVerdict, ReviewView, ReviewedFile,
    SchemeMove,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use uuid::Uuid;
use xiaxiangzhi_core::assess::default_as_of;
use xiaxiangzhi_core::language::{Label, Language};
use xiaxiangzhi_core::log::{Digest, Entity, Origin, fingerprint, instant, parse_body, sha256, to_hex};
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::reviewfile::{ReviewFile, ReviewStanding, Verdict, comment_standing, verify};
use xiaxiangzhi_forms::in_capitals;
use xiaxiangzhi_store::{Decided, Store, read_review_file};

pub(super) fn open_review_file(
    app: &App,
    desk: &dyn Desk,
    path: Option<String>,
) -> Result<Option<ReviewView>, CommandError> {
    let Some(path) = chosen(app, desk, path, ask)? else {
        return Ok(None);
    };
    app.opened(&path);
    let bytes = read_review_file(&path).map_err(|error| not_read(&path, &error))?;
    let file_name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let store = app.store().ok();
    // Where the records cannot be opened a file can still be judged, only not against earlier ones.
    let first_seen = store.as_ref().map(|store| Seen::before(store)).transpose()?;
    let verification = match &store {
        Some(store) => store.receive(&bytes, &file_name, app.clock().now())?.verification,
        None => verify(&bytes, None),
    };
    let reviewable = may_be_shown(&verification.verdict);
    let shown = verification.file.as_ref().filter(|_| reviewable);
    app.enclose(shown.map(enclosed).unwrap_or_default());
    let file = match shown {
        Some(file) => Some(reviewed(app, file, to_hex(&sha256(&bytes)), first_seen.as_ref())?),
        None => None,
    };
    if let (Some(store), Some(file)) = (store.filter(|store| store.read_only().is_none()), &file) {
        let posting = &file.records.posting;
        let recent = RecentFile {
            path: path.to_string_lossy().into_owned(),
            physician: posting.physician.name.clone().unwrap_or_default(),
            recipient_unit: posting.recipient_unit.clone().unwrap_or_default(),
            opened_at: instant(app.clock().now()),
        };
        Settings::remember_file(&store, recent)?;
    }
    let refused = file.is_none();
    Ok(Some(ReviewView {
        file_name,
        verdict: words(&verification.verdict),
        file,
        refusal: refused.then(|| refused_because(&verification.verdict)),
        confirmed: refused.then(|| confirmed(&verification.verdict)),
    }))
}

/// What is enclosed, but for schemes.
fn enclosed(file: &ReviewFile) -> BTreeMap<Digest, Arc<[u8]>> {
    let blobs = file.beside.blobs.iter();
    blobs
        .filter(|(digest, _)| !file.whole.log.is_scheme(digest))
        .map(|(digest, blob)| (*digest, Arc::clone(&blob.bytes)))
        .collect()
}

fn ask(language: Language) -> Ask {
    Ask {
        title: language.pick("打开审核文件", "Open a review file").to_owned(),
        file_name: String::new(),
        kind: review_kind(language),
        extension: REVIEW_EXTENSION,
    }
}

/// The file that a person dropped or asked for, or chooses now in a dialog; none if it is cancelled.
pub(super) fn chosen(
    app: &App,
    desk: &dyn Desk,
    path: Option<String>,
    ask: fn(Language) -> Ask,
) -> Result<Option<PathBuf>, CommandError> {
    match path {
        Some(path) => offered(app, PathBuf::from(path)).map(Some),
        None => Ok(desk.open_file(&ask(app.settings().language))),
    }
}

/// The page opens what a person chose outside it, now or lately, and nothing else on the disk.
pub(super) fn offered(app: &App, path: PathBuf) -> Result<PathBuf, CommandError> {
    let lately = |path: &PathBuf| {
        let files = app
            .store()
            .map(|store| Settings::recent_files(&store))
            .unwrap_or_default();
        files.iter().any(|file| Path::new(&file.path) == path)
    };
    if app.is_offered(&path) || lately(&path) {
        Ok(path)
    } else {
        Err(bad_request("that file was not chosen by anyone"))
    }
}

/// The first files seen of each log, before the present one is remembered.
struct Seen(Vec<(Uuid, FirstSeen)>);

impl Seen {
    fn before(store: &Store) -> Result<Self, CommandError> {
        // The newest come first.
        let files = store.received_files()?.into_iter().rev();
        Ok(Self(
            files
                .map(|file| {
                    let seen = FirstSeen {
                        at: file.received_at,
                        file_name: file.name,
                        n: file.n,
                    };
                    (file.log_id, seen)
                })
                .collect(),
        ))
    }

    fn of(&self, log_id: Uuid) -> Option<FirstSeen> {
        self.0
            .iter()
            .find(|(id, _)| *id == log_id)
            .map(|(_, seen)| seen.clone())
    }
}

fn reviewed(
    app: &App,
    file: &ReviewFile,
    sha256: String,
    seen: Option<&Seen>,
) -> Result<ReviewedFile, CommandError> {
    let records = Records::from_value(file.document())?;
    let today = app.clock().today();
    let manifest = &file.manifest;
    // A verified manifest holds an existing date.
    let as_of: NaiveDate = manifest.as_of.parse().map_err(bad_request)?;
    let head = file.head();
    let assessment = assessment_of(&records, as_of)?;
    let decisions = app
        .store()
        .and_then(|store| Ok(store.decisions(Some(manifest.log))?))
        .unwrap_or_default();
    let standing = standing_on_page(ReviewStanding::of(&file.whole.log, &file.beside));
    Ok(ReviewedFile {
        comments: comments_made(file, &decisions),
        receipts: standing.receipts,
        after_approval: changed_after_approval(file),
        sha256,
        head_hash: to_hex(&head.hash),
        decisions: decisions.into_iter().rev().map(decision_on_page).collect(),
        log_id: manifest.log,
        exported_at: manifest.at.clone(),
        export_number: manifest.export,
        as_of,
        head: Head {
            n: head.n,
            code: head.code(),
        },
        key_fingerprint: fingerprint(file.whole.log.public_key()),
        engine_version: manifest.engine.clone(),
        scheme: scheme_of(&records)?,
        payable_in_capitals: in_capitals(assessment.consequences.payable_fen)?,
        assessment,
        assessment_today: assessment_of(&records, default_as_of(&records, today))?,
        today,
        calendar: calendar_of(&records)?,
        entered: entered(file.whole.log.entered()),
        scheme_moves: scheme_moves(file)?,
        first_seen: seen.and_then(|seen| seen.of(manifest.log)),
        records,
    })
}

/// The comments made here, with what the file says became of them.
fn comments_made(file: &ReviewFile, decisions: &[Decided]) -> Vec<CommentView> {
    let log = &file.whole.log;
    let answered: BTreeMap<String, String> = log
        .entered()
        .into_iter()
        .filter(|record| record.entity == Entity::Answer)
        .map(|record| (record.key, record.last_at))
        .collect();
    let at = |key: &str| answered.get(key).cloned().unwrap_or_default();
    let comments = decisions.iter().rev().flat_map(|decided| {
        let review = &decided.review;
        review
            .comments
            .iter()
            .map(|comment| comment_standing(log, &file.beside, comment, review.head.n, at))
    });
    comments.map(comment_on_page).collect()
}

/// The first event only says what the posting began with.
fn scheme_moves(file: &ReviewFile) -> Result<Vec<SchemeMove>, CommandError> {
    let log = &file.whole.log;
    let numbers = log.numbers(Entity::Scheme, "").iter().skip(1);
    let versions = numbers.map(|n| {
        let body = usize::try_from(*n - 1).ok().and_then(|at| file.bodies.get(at));
        let event = body.map(|body| parse_body(*n, body)).transpose()?;
        let version = event.and_then(|event| log.version(*n, &event, &file.beside));
        Ok::<_, CommandError>(version.and_then(|version| {
            let value = version.value?;
            Some(SchemeMove {
                at: version.at,
                title: serde_json::from_value(value["title"].clone()).ok()?,
                version: u32::try_from(value["version"].as_u64()?).ok()?,
                reason: value["reason"].as_str().map(str::to_owned),
            })
        }))
    });
    versions.filter_map(Result::transpose).collect()
}

/// Another key is shown with a loud warning, since fingerprints can be compared by phone; a rewritten past is not.
fn may_be_shown(verdict: &Verdict) -> bool {
    matches!(
        verdict,
        Verdict::Genuine { .. } | Verdict::Older { .. } | Verdict::OtherKey { .. }
    )
}

fn words(verdict: &Verdict) -> ReviewVerdict {
    let code = match verdict {
        Verdict::Genuine {
            origin: Origin::Records,
        } => "packed_from_records",
        Verdict::NotOurs => "not_ours",
        other => other.code(),
    };
    ReviewVerdict {
        code: code.to_owned(),
        genuine: matches!(verdict, Verdict::Genuine { .. } | Verdict::Older { .. }),
        warning: !matches!(verdict, Verdict::Genuine { origin: Origin::App }),
        what: in_both(|language| verdict.describe(language)),
    }
}

fn refused_because(verdict: &Verdict) -> CommandError {
    let next = match verdict {
        Verdict::NewerFormat { .. } => label("请先升级本程序。", "Update this program first."),
        Verdict::NotOurs => label(
            "看看是不是选错了文件；审核文件的扩展名是 .xxz。",
            "See whether it is the right file; review files end in .xxz.",
        ),
        Verdict::Fork { .. } => label(
            "请打电话问对方，并留着两份文件。",
            "Ask the sender by phone, and keep both files.",
        ),
        _ => label(
            "请对方重新导出一份，换一种方式发来（例如 U 盘）。",
            "Ask for a fresh export, sent another way (a USB stick, for instance).",
        ),
    };
    CommandError {
        safe: label(
            "这个文件没有动过；本机的记录不受影响。",
            "The file was left as it is; the records here are not affected.",
        ),
        ..refusal(
            verdict.code(),
            in_both(|language| verdict.describe(language)),
            next,
        )
    }
}

/// How far a refused file can be confirmed. Never further than what was checked.
fn confirmed(verdict: &Verdict) -> Label {
    match verdict {
        Verdict::Altered { .. } | Verdict::Cut => label(
            "能确认的只有：它带着下乡志审核文件的格式标记。里面的内容一项也不能确认，所以不显示。",
            "All that can be confirmed is that it bears the mark of a review file. Nothing in it can be confirmed, so nothing is shown.",
        ),
        Verdict::NewerFormat { .. } => label(
            "它带着下乡志审核文件的格式标记；签名和内容要用更新的版本才能核对。",
            "It bears the mark of a review file; signature and content need a newer version to be checked.",
        ),
        Verdict::Fork { .. } => label(
            "这份文件的签名有效，但与之前收到的那份对不上：两份里至少有一份改写过以前的记录。",
            "Its signature is valid, but it contradicts the file received before: at least one of the two rewrote the past.",
        ),
        _ => label("一项也不能确认。", "Nothing about it can be confirmed."),
    }
}
