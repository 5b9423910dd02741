//! 月度封存: a month's head and attendance sheet, made by the physician and received by the reviewer.

use super::super::export::{REVIEW_EXTENSION, review_kind, shown as shown_path, write};
use super::super::forms::Posting;
use super::super::view::in_both;
use super::{Shown, confirmed, refused_because, since, words};
use crate::app::App;
use crate::desk::{Ask, Desk};
use crate::files;
use crate::refusal::{label, refusal};
use crate::views::{CheckInMade, CheckInView, CommandError, Head, ReviewVerdict, ReviewView};
use chrono::{Datelike, NaiveDate};
use xiaxiangzhi_core::assess::default_as_of;
use xiaxiangzhi_core::log::fingerprint;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::reviewfile::Verdict;
use xiaxiangzhi_forms::{FormKind, Options, paper, pdf, posting_file_name};
use xiaxiangzhi_store::Month;

const PDF: &str = "pdf";

/// Makes the check-in of a month that has begun. The head is the log's as it stands; no event is added.
pub(in crate::commands) fn make(
    app: &App,
    desk: &dyn Desk,
    month: NaiveDate,
) -> Result<Option<CheckInMade>, CommandError> {
    let (store, log_id) = app.posting()?;
    let today = app.clock().today();
    let first = month.with_day(1).unwrap_or(month);
    if first > today {
        return Err(refusal(
            "month_not_begun",
            label(
                format!(
                    "{}年{}月还没有开始，没有可以封存的。",
                    first.year(),
                    first.month()
                ),
                format!(
                    "{} has not begun; there is nothing to check in.",
                    first.format("%B %Y")
                ),
            ),
            label("到了那个月再封存。", "Check it in once it has begun."),
        ));
    }
    store.ensure_signing(log_id, app.clock().now())?;
    let records = Records::from_value(store.folded(log_id)?.document)?;
    let options = Options {
        month: Some(first),
        ..Options::default()
    };
    // Made before anybody is asked where to: a sheet that cannot be made leaves nothing half done.
    let posting = Posting::open(app)?;
    let sheet = pdf(&paper(
        FormKind::MonthlyAttendanceSheet,
        &posting.ground()?,
        options,
    )?)?;
    let what = format!("{}年{}月封存", first.year(), first.month());
    let language = app.settings().language;
    let Some(path) = desk.save_file(&Ask {
        title: language.pick("存月度封存文件", "Save the check-in").to_owned(),
        file_name: posting_file_name(&records.posting, &what, REVIEW_EXTENSION),
        kind: review_kind(language),
        extension: REVIEW_EXTENSION,
    }) else {
        return Ok(None);
    };
    let path = files::with_extension(path, REVIEW_EXTENSION);
    let folded = store.folded(log_id)?;
    let content = Month {
        month: first,
        as_of: default_as_of(&records, today).max(first),
        physician: records.posting.physician.name.unwrap_or_default(),
        recipient_unit: records.posting.recipient_unit.unwrap_or_default(),
        sheet,
    };
    let bytes = store.check_in(log_id, content, app.clock().now())?;
    write(&path, &bytes)?;
    Ok(Some(CheckInMade {
        path: shown_path(&path),
        month: first,
        head: Head {
            n: folded.n,
            code: folded.head_code,
        },
    }))
}

/// Receives a check-in: its head is a pin from now on.
pub(super) fn received(app: &App, shown: Shown, bytes: &[u8]) -> Result<ReviewView, CommandError> {
    let store = app.store()?;
    let received = store.receive_check_in(bytes, &shown.name, app.clock().now())?;
    app.set_reviewed(None);
    let mut view = ReviewView {
        path: shown
            .path
            .as_ref()
            .map(|path| path.to_string_lossy().into_owned()),
        file_name: shown.name.clone(),
        verdict: genuine(),
        file: None,
        refusal: None,
        confirmed: None,
        about: None,
        check_in: None,
        steps: Vec::new(),
    };
    match received {
        Err(verdict) => {
            view.verdict = words(&verdict);
            view.refusal = Some(refused_because(&verdict));
            view.confirmed = Some(match verdict {
                Verdict::OtherKey { ref seen, ref found } => label(
                    format!("上次的签名指纹：{seen}。这次的：{found}。"),
                    format!("Key fingerprint last time: {seen}. This time: {found}."),
                ),
                ref other => confirmed::in_words(other),
            });
        }
        Ok(signed) => {
            let check_in = signed.content;
            let name = std::path::Path::new(&shown.name).with_extension(PDF);
            app.set_sheet(name.to_string_lossy().into_owned(), check_in.sheet);
            view.check_in = Some(CheckInView {
                physician: check_in.physician,
                recipient_unit: check_in.recipient_unit,
                month: check_in.month,
                as_of: check_in.as_of,
                made_at: signed.manifest.at,
                key_fingerprint: fingerprint(&signed.key),
                pins: since::pins_alone(&store.pins(check_in.log)?, check_in.head),
                head: Head {
                    n: check_in.head.n,
                    code: check_in.head.code(),
                },
            });
        }
    }
    Ok(view)
}

fn genuine() -> ReviewVerdict {
    ReviewVerdict {
        code: "check_in".to_owned(),
        genuine: true,
        warning: false,
        what: in_both(|language| {
            language
                .pick(
                    "月度封存文件真实，未被改动；它的封存点已记下。",
                    "The check-in is genuine and unchanged; its seal is remembered.",
                )
                .to_owned()
        }),
        next: Vec::new(),
    }
}

/// Saves the attendance sheet of the check-in that is shown. Nothing of it was looked at but its hash.
pub(in crate::commands) fn save_sheet(app: &App, desk: &dyn Desk) -> Result<Option<String>, CommandError> {
    let sheet = app.sheet().ok_or_else(super::nothing_shown)?;
    let language = app.settings().language;
    let Some(path) = desk.save_file(&Ask {
        title: language.pick("存考勤表", "Save the attendance sheet").to_owned(),
        file_name: sheet.0.clone(),
        kind: PDF.to_uppercase(),
        extension: PDF,
    }) else {
        return Ok(None);
    };
    let path = files::with_extension(path, PDF);
    write(&path, &sheet.1)?;
    Ok(Some(shown_path(&path)))
}
