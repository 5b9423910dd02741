//! What a reviewer asks of the file that is shown: a code from paper, another file's key, the questions taken note of.

use super::{Shown, answer_to};
use crate::app::App;
use crate::refusal::{bad_request, label, refusal};
use crate::settings::Settings;
use crate::views::{CodeFound, CommandError, ReviewView};
use uuid::Uuid;
use xiaxiangzhi_core::log::typed_code;

/// More than there ever are of one file.
const MOST_QUESTIONS: usize = 1000;
/// Longer than any name of a question.
const LONGEST_QUESTION: usize = 400;

pub(in crate::commands) fn nothing_shown() -> CommandError {
    refusal(
        "no_review_file",
        label("现在没有打开的来件。", "No review file is open."),
        label("重新打开那份文件。", "Open the file again."),
    )
}

/// Looks up a code typed in from paper among the states of the file that is shown.
pub(in crate::commands) fn check_code(app: &App, code: &str) -> Result<CodeFound, CommandError> {
    let reviewed = app.reviewed().ok_or_else(nothing_shown)?;
    Ok(typed_code(code, &reviewed.file.whole.hashes).into())
}

/// Takes the key of the file that is shown as the one to expect, after a person compared fingerprints.
pub(in crate::commands) fn accept_key(app: &App, fingerprint: &str) -> Result<ReviewView, CommandError> {
    let reviewed = app.reviewed().ok_or_else(nothing_shown)?;
    let found = xiaxiangzhi_core::log::fingerprint(reviewed.file.whole.log.public_key());
    let bytes = reviewed.waiting.as_deref().filter(|_| found == fingerprint);
    let bytes = bytes.ok_or_else(|| bad_request("that key waits for no answer"))?;
    let store = app.store()?;
    let taken = store.accept_key(bytes, &reviewed.name, app.clock().now())?;
    let shown = Shown {
        path: reviewed.path.clone(),
        name: reviewed.name.clone(),
    };
    answer_to(app, shown, bytes, taken)
}

/// Whether a question about a log was taken note of; it comes back struck out then, also with later files.
pub(in crate::commands) fn know_question(
    app: &App,
    log_id: Uuid,
    question: &str,
    known: bool,
) -> Result<Vec<String>, CommandError> {
    if question.len() > LONGEST_QUESTION {
        return Err(bad_request("too long for the name of a question"));
    }
    let store = app.store()?;
    let mut questions = Settings::known_questions(&store, log_id);
    questions.retain(|other| other != question);
    if known {
        questions.push(question.to_owned());
        let surplus = questions.len().saturating_sub(MOST_QUESTIONS);
        questions.drain(..surplus);
    }
    Settings::remember_known_questions(&store, log_id, &questions)?;
    Ok(questions)
}
