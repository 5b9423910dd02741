//! Opening a colleague's file: checked first, then shown, never written to.

mod asked;
mod check_in;
mod confirmed;
mod since;

use super::deciding::decision_on_page;
use super::export::{REVIEW_EXTENSION, review_kind};
use super::receipts::{changed_after_approval, comment_on_page, standing_on_page};
use super::view::{assessment_of, calendar_of, entered, in_both, scheme_of};
use crate::app::{App, Reviewed};
use crate::desk::{Ask, Desk};
use crate::refusal::{bad_request, label, not_read, refusal};
use crate::settings::Settings;
use crate::views::{
    CommandError, CommentView, FirstSeen, Head, RecentFile, ReviewVerdict, ReviewView, ReviewedFile,
    SchemeMove,
};
pub(super) use asked::{accept_key, check_code, know_question, nothing_shown};
pub(super) use check_in::{make as make_check_in, save_sheet};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use xiaxiangzhi_core::assess::default_as_of;
use xiaxiangzhi_core::language::{Label, Language};
use xiaxiangzhi_core::log::{Digest, Entity, Origin, fingerprint, instant, parse_body, sha256, to_hex};
use xiaxiangzhi_core::oddities::{OddityRule, within};
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::reviewfile::{
    ReviewFile, ReviewStanding, Verdict, Verification, comment_standing, verify,
};
use xiaxiangzhi_forms::in_capitals;
use xiaxiangzhi_store::{Decided, Pin, Received, Store, is_check_in, read_review_file};

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
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let shown = Shown {
        path: Some(path),
        name,
    };
    if is_check_in(&bytes) {
        return check_in::received(app, shown, &bytes).map(Some);
    }
    let verification = judged(app, &bytes, &shown.name)?;
    answer_to(app, shown, &bytes, verification).map(Some)
}

/// Shows a file that was received before out of the records.
pub(super) fn open_received_file(app: &App, sha256: &str) -> Result<ReviewView, CommandError> {
    let store = app.store()?;
    let known = store
        .received_files()?
        .into_iter()
        .find(|file| file.sha256 == sha256);
    let bytes = store.received_bytes(sha256)?;
    let (Some(known), Some(bytes)) = (known, bytes) else {
        return Err(bad_request("no such file was received"));
    };
    let shown = Shown {
        path: None,
        name: known.name,
    };
    let verification = judged(app, &bytes, &shown.name)?;
    answer_to(app, shown, &bytes, verification)
}

/// Where the records cannot be opened a file can still be judged, only not against earlier ones.
fn judged(app: &App, bytes: &[u8], name: &str) -> Result<Received, CommandError> {
    match app.store() {
        Ok(store) => Ok(store.receive(bytes, name, app.clock().now())?),
        Err(_) => Ok(Received {
            verification: verify(bytes, None),
            first_seen: true,
        }),
    }
}

/// A file to be shown: where it lies, if anywhere, and its name.
struct Shown {
    path: Option<PathBuf>,
    name: String,
}

fn answer_to(app: &App, shown: Shown, bytes: &[u8], received: Received) -> Result<ReviewView, CommandError> {
    let Received {
        verification: Verification { verdict, file },
        first_seen,
    } = received;
    let store = app.store().ok();
    let seen = match (&store, &file) {
        (Some(store), Some(file)) => store.pins(file.manifest.log)?,
        _ => Vec::new(),
    };
    let other_key = matches!(verdict, Verdict::OtherKey { .. });
    let file =
        file.filter(|file| may_be_shown(&verdict) && (!other_key || since::passes_through(file, &seen)));
    app.enclose(file.as_ref().map(enclosed).unwrap_or_default());
    let mut view = ReviewView {
        path: shown
            .path
            .as_ref()
            .map(|path| path.to_string_lossy().into_owned()),
        file_name: shown.name.clone(),
        verdict: words(&verdict),
        file: None,
        refusal: None,
        confirmed: None,
        about: None,
        check_in: None,
        steps: Vec::new(),
    };
    let Some(file) = file else {
        app.set_reviewed(None);
        view.refusal = Some(refused_because(&verdict));
        view.confirmed = Some(confirmed::in_words(&verdict));
        if let Some((about, steps)) = store
            .map(|store| confirmed::follow(&store, bytes))
            .transpose()?
            .flatten()
        {
            view.about = Some(about);
            view.steps = steps;
        }
        return Ok(view);
    };
    let sha256 = to_hex(&sha256(bytes));
    let reviewed = reviewed(app, &file, sha256, store.as_deref(), &seen, first_seen)?;
    if let Some(store) = store.filter(|store| store.read_only().is_none())
        && let Some(path) = &view.path
    {
        let posting = &reviewed.records.posting;
        let recent = RecentFile {
            path: path.clone(),
            physician: posting.physician.name.clone().unwrap_or_default(),
            recipient_unit: posting.recipient_unit.clone().unwrap_or_default(),
            opened_at: instant(app.clock().now()),
        };
        Settings::remember_file(&store, recent)?;
    }
    view.file = Some(ReviewedFile {
        key_can_be_accepted: other_key,
        ..reviewed
    });
    app.set_reviewed(Some(Reviewed {
        path: shown.path,
        name: shown.name,
        file,
        waiting: other_key.then(|| bytes.to_vec()),
    }));
    Ok(view)
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

fn reviewed(
    app: &App,
    file: &ReviewFile,
    sha256: String,
    store: Option<&Store>,
    seen: &[Pin],
    first_seen: bool,
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
        questions: within(&records, &file.whole.log, OddityRule::of(&records))?,
        first_seen: seen.first().filter(|_| !first_seen).map(|pin| FirstSeen {
            at: pin.received_at.clone(),
            file_name: pin.name.clone(),
            n: pin.head.n,
        }),
        pins: since::pins(file, seen),
        keys: since::keys(file, seen),
        key_can_be_accepted: false,
        changes: store
            .map(|store| since::changes(store, file, seen, &records.tally_items))
            .transpose()?
            .flatten(),
        enclosed: enclosed(file).keys().map(|digest| to_hex(digest)).collect(),
        known_questions: store
            .map(|store| Settings::known_questions(store, manifest.log))
            .unwrap_or_default(),
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
        Verdict::Genuine { .. } | Verdict::Older { .. } | Verdict::OtherKey { .. } | Verdict::Restored { .. }
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
        genuine: matches!(
            verdict,
            Verdict::Genuine { .. } | Verdict::Older { .. } | Verdict::Restored { .. }
        ),
        warning: !matches!(verdict, Verdict::Genuine { origin: Origin::App }),
        what: in_both(|language| verdict.describe(language)),
        next: to_do(verdict),
    }
}

/// What to do about a file that is shown although something about it is out of the ordinary.
fn to_do(verdict: &Verdict) -> Vec<Label> {
    match verdict {
        Verdict::Genuine {
            origin: Origin::Records,
        } => vec![
            label(
                "对照纸质记录再下结论。",
                "Hold it against the records on paper before deciding.",
            ),
            label(
                "要看填写经过，请本人从自己的下乡志导出一份。",
                "To see what was entered when, ask for an export from the physician's own program.",
            ),
        ],
        Verdict::Older { .. } => vec![
            label(
                "以较新的那份为准，这份只供对照。",
                "Go by the newer one; this one is for comparing.",
            ),
            label(
                "不清楚该看哪一份，请打电话问本人。",
                "If it is not clear which one counts, ask the physician by phone.",
            ),
        ],
        Verdict::Restored { .. } => vec![
            label(
                "看「改动」，与之前收到的逐条对照。",
                "See “Changes”: record by record against the file received before.",
            ),
            label(
                "问一问记录是怎么丢的、从哪天的备份恢复的。",
                "Ask how the records were lost, and which day's backup they were restored from.",
            ),
        ],
        Verdict::OtherKey { .. } => vec![
            label(
                "打电话给本人，请对方在自己电脑上打开「设置—派驻」，读出签名指纹，与下面「这次」的对照。",
                "Phone the physician and have them read out the key fingerprint under Settings, Postings; compare it with the one of this time.",
            ),
            label(
                "一样，就按「已核对指纹，接受新密钥」；不一样，不要审核。",
                "If it is the same, accept the new key; if not, do not review this file.",
            ),
        ],
        _ => Vec::new(),
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
            "请打电话问本人，哪一份是对的。\n两份文件都留着，不要删。",
            "Ask the physician by phone which of the two is right.\nKeep both files.",
        ),
        Verdict::OtherKey { .. } => label(
            "打电话给本人，核对签名指纹，问问是不是重装过程序或另建过记录。\n请本人从记录完整的那台电脑重新导出一份。",
            "Phone the physician: compare fingerprints, and ask whether the records were begun anew.\nAsk for an export from the computer that has all the records.",
        ),
        Verdict::Empty | Verdict::Cut => label(
            "请对方重新发送，等传完再打开；或换一种方式发来（例如 U 盘）。",
            "Ask for it again and wait until it has arrived; or have it sent another way (a USB stick, for instance).",
        ),
        Verdict::TooBig { .. } => label(
            "请对方少附几张照片，重新导出一份。",
            "Ask for a fresh export with fewer photos enclosed.",
        ),
        _ => label(
            "请本人在自己的电脑上重新导出一次，再发来。\n新文件仍打不开时，换一种方式发来（例如 U 盘）。",
            "Ask for a fresh export from the physician's own computer.\nIf that cannot be opened either, have it sent another way (a USB stick, for instance).",
        ),
    };
    CommandError {
        safe: label(
            "安全。这个文件没有动过，本机没有保存它的任何内容；以前收到的和本机的记录都不受影响。",
            "Yes. The file was left as it is and nothing of it was kept; what was received before and the records here are not affected.",
        ),
        ..refusal(
            verdict.code(),
            in_both(|language| verdict.describe(language)),
            next,
        )
    }
}
