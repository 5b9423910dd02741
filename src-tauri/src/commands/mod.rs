//! The commands, one file a screen: parse, call below, answer. Window and bridge go through [`call`], so both do the same.

mod app;
mod arguments;
mod arrangement;
mod backups;
mod changes;
mod deciding;
mod diagnosis;
mod export;
mod forms;
mod habits;
mod history;
mod import;
mod keeping;
mod office;
mod pictures;
mod plan;
mod posting;
mod receipts;
mod recovery;
mod review;
mod rollup;
mod roster;
mod scheme_files;
mod schemes;
mod search;
mod tallies;
mod templates;
mod trial_sample;
mod view;
mod without_arguments;

use crate::app::App;
use crate::desk::Desk;
use crate::refusal::bad_request;
use crate::views::CommandError;
use arguments::{
    Answering, AnyFile, Approving, Backup, Changes, CheckInMonth, Choice, Date, Dates, Deciding,
    DecidingMany, DecisionName, Deletion, Draft, DraftName, ErasedPicture, File, Fingerprint, Form, From,
    Importing, Keeping, KeptPicture, Key, Leaving, Looked, Looking, Moved, NewPosting, NotedQuestion,
    Nothing, Notice, OfficeFile, OpenPosting, OtherScheme, OwnTally, Pages, Papers, Paths, Period,
    PhraseWanted, Planned, Query, ReadTemplate, Reason, Receipt, ReceivedFile, Reminding, ReviewOf,
    Reviewing, Roster, Saved, SchemeDraft, SchemeName, Settings, Steps, TakenOffice, Template, Text,
    TwoSchemes, TypedCode, Version,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use without_arguments::without_arguments;
use xiaxiangzhi_core::search::pages_with;

macro_rules! names {
    ($($name:ident: $arguments:literal, $answer:literal;)+) => {
        /// Every command's name.
        pub const NAMES: &[&str] = &[$(stringify!($name)),+];
    };
}
with_commands!(names);

/// Carries out one command.
///
/// # Errors
/// The refusal in plain words; nothing was changed then.
pub fn call(app: &App, desk: &dyn Desk, name: &str, arguments: Value) -> Result<Value, CommandError> {
    match name {
        "create_posting" => {
            let NewPosting { profile } = parse(arguments)?;
            answer(posting::create(app, profile)?)
        }
        "open_posting" => {
            let OpenPosting { log_id } = parse(arguments)?;
            answer(posting::open(app, log_id)?)
        }
        "change_settings" => {
            let Settings { change } = parse(arguments)?;
            answer(app::change_settings(app, &change)?)
        }
        "answer_problem" => {
            let Choice { choice } = parse(arguments)?;
            answer(recovery::answer_problem(app, desk, choice)?)
        }
        "propose_periods" => {
            let SchemeName { scheme } = parse(arguments)?;
            answer(posting::propose_periods(app, &scheme)?)
        }
        "check_scheme" => {
            let SchemeDraft { scheme } = parse(arguments)?;
            answer(schemes::check(scheme))
        }
        "keep_scheme" => {
            let SchemeDraft { scheme } = parse(arguments)?;
            answer(schemes::keep(app, scheme)?)
        }
        "export_scheme" => {
            let SchemeDraft { scheme } = parse(arguments)?;
            answer(scheme_files::export(app, desk, scheme)?)
        }
        "load_scheme" => {
            let File { path } = parse(arguments)?;
            answer(scheme_files::load(app, desk, path)?)
        }
        "try_scheme" => {
            let TwoSchemes { before, after } = parse(arguments)?;
            answer(schemes::try_out(app, before, after)?)
        }
        "move_scheme" => {
            let OtherScheme {
                scheme,
                version,
                reason,
            } = parse(arguments)?;
            answer(schemes::move_to(app, &scheme, version, &reason)?)
        }
        "period_facts" => {
            let Period { start, end } = parse(arguments)?;
            answer(posting::period_facts(start, end)?)
        }
        "save" => {
            let Changes { changes } = parse(arguments)?;
            answer(changes::save(app, changes)?)
        }
        "save_draft" => {
            let Draft { entity, key, value } = parse(arguments)?;
            answer(changes::save_draft(app, &entity, &key, value)?)
        }
        "discard_draft" => {
            let DraftName { entity, key } = parse(arguments)?;
            answer(changes::discard_draft(app, &entity, &key)?)
        }
        "preview" => {
            let Changes { changes } = parse(arguments)?;
            answer(changes::preview(app, changes)?)
        }
        "trial" => {
            let Changes { changes } = parse(arguments)?;
            answer(plan::trial(app, changes)?)
        }
        "move_planned" => {
            let Moved {
                requirement,
                from,
                to,
            } = parse(arguments)?;
            answer(plan::move_planned(app, &requirement, from, to)?)
        }
        "first_allowed" => {
            let Planned {
                requirement,
                date,
                except_id,
            } = parse(arguments)?;
            answer(changes::first_allowed(app, &requirement, date, except_id)?)
        }
        "form_preview" | "reviewed_form_preview" => {
            let Form { form, options } = parse(arguments)?;
            let posting = papers_of(app, name)?;
            answer(forms::form_preview(&posting, form, options.unwrap_or_default())?)
        }
        "export_forms" | "export_reviewed_forms" => {
            let Papers {
                forms,
                formats,
                options,
            } = parse(arguments)?;
            answer(forms::export_forms(
                app,
                desk,
                &papers_of(app, name)?,
                &forms,
                &formats,
                options.unwrap_or_default(),
            )?)
        }
        "forms" | "reviewed_forms" => answer(forms::states(&papers_of(app, name)?)?),
        "draft_summary" => answer(forms::draft_summary(app)?),
        "read_template" => {
            let File { path } = parse(arguments)?;
            answer(templates::read_template(app, desk, path)?)
        }
        "keep_template" => {
            let ReadTemplate { form, id } = parse(arguments)?;
            answer(templates::keep(app, form, id)?)
        }
        "remove_template" => {
            let Template { form } = parse(arguments)?;
            answer(templates::remove(app, form)?)
        }
        "try_template" => {
            let Template { form } = parse(arguments)?;
            answer(templates::try_out(app, desk, form)?)
        }
        "open_review_file" => {
            let File { path } = parse(arguments)?;
            answer(review::open_review_file(app, desk, path)?)
        }
        "make_check_in" => {
            let CheckInMonth { month } = parse(arguments)?;
            answer(review::make_check_in(app, desk, month)?)
        }
        "open_received_file" => {
            let ReceivedFile { sha256 } = parse(arguments)?;
            answer(review::open_received_file(app, &sha256)?)
        }
        "accept_key" => {
            let Fingerprint { fingerprint } = parse(arguments)?;
            answer(review::accept_key(app, &fingerprint)?)
        }
        "check_code" => {
            let TypedCode { code } = parse(arguments)?;
            answer(review::check_code(app, &code)?)
        }
        "know_question" => {
            let NotedQuestion {
                log_id,
                question,
                known,
            } = parse(arguments)?;
            answer(review::know_question(app, log_id, &question, known)?)
        }
        "roll_up" => {
            let Paths { paths } = parse(arguments)?;
            answer(rollup::add(app, desk, paths)?)
        }
        "rollup_view" => {
            let From { from } = parse(arguments)?;
            answer(rollup::view(app, from))
        }
        "keep_roster" => {
            let Roster { entries } = parse(arguments)?;
            answer(roster::keep(app, entries)?)
        }
        "decide_rollup" => {
            let Approving { lines, grade } = parse(arguments)?;
            answer(rollup::decide(app, desk, &lines, grade.as_deref())?)
        }
        "export_rollup" => {
            let Saved { format } = parse(arguments)?;
            answer(rollup::export(app, desk, format)?)
        }
        "preview_restore" => {
            let Backup { path } = parse(arguments)?;
            answer(keeping::preview_restore(app, &path)?)
        }
        "restore" => {
            let Backup { path } = parse(arguments)?;
            answer(keeping::restore(app, &path)?)
        }
        "undo_restore" => {
            let Steps { steps } = parse(arguments)?;
            answer(keeping::undo_restore(app, &steps)?)
        }
        "delete_posting" => {
            let Deletion { log_id, typed } = parse(arguments)?;
            answer(keeping::delete_posting(app, log_id, &typed)?)
        }
        "read_backup" => {
            let Backup { path } = parse(arguments)?;
            answer(backups::read(app, &path)?)
        }
        "foresee_restore" => {
            let Backup { path } = parse(arguments)?;
            answer(recovery::foresee_restore(app, &path)?)
        }
        "adopt_backup" => {
            let Backup { path } = parse(arguments)?;
            answer(recovery::adopt_backup(app, &path)?)
        }
        "set_date" => {
            let Date { date } = parse(arguments)?;
            answer(recovery::set_date(app, date)?)
        }
        "put_away_notice" => {
            let Notice { code } = parse(arguments)?;
            answer(recovery::put_away_notice(app, &code))
        }
        "record_history" => {
            let DraftName { entity, key } = parse(arguments)?;
            answer(history::record_history(app, &entity, &key)?)
        }
        "go_back" => {
            let Version { entity, key, n } = parse(arguments)?;
            answer(history::go_back(app, &entity, &key, n)?)
        }
        "erase_texts" => {
            let DraftName { entity, key } = parse(arguments)?;
            answer(history::erase_texts(app, &entity, &key)?)
        }
        "text_warnings" => {
            let Changes { changes } = parse(arguments)?;
            answer(history::text_warnings(&changes)?)
        }
        "set_tally_item" => {
            let OwnTally { key, name, unit } = parse(arguments)?;
            answer(tallies::set_tally_item(app, key, &name, &unit)?)
        }
        "read_arrangement" => {
            let Text { text } = parse(arguments)?;
            answer(arrangement::read_arrangement(app, text)?)
        }
        "read_workbook" => {
            let File { path } = parse(arguments)?;
            answer(import::read_workbook(app, desk, path)?)
        }
        "preview_import" => {
            let Importing {
                id,
                mappings,
                replace,
            } = parse(arguments)?;
            answer(import::preview_import(app, id, &mappings, &replace)?)
        }
        "import_workbook" => {
            let Importing {
                id,
                mappings,
                replace,
            } = parse(arguments)?;
            answer(import::import_workbook(app, id, &mappings, &replace)?)
        }
        "search" => {
            let Query { query } = parse(arguments)?;
            answer(search::search(app, &query)?)
        }
        "search_pages" => {
            let Pages { query, pages } = parse(arguments)?;
            answer(pages_with(&query, &pages))
        }
        "remove_tally_item" => {
            let Key { key } = parse(arguments)?;
            answer(tallies::remove_tally_item(app, &key)?)
        }
        "day_offers" => {
            let Dates { dates } = parse(arguments)?;
            answer(habits::day_offers(app, &dates)?)
        }
        "want_phrase" => {
            let PhraseWanted { text, wanted } = parse(arguments)?;
            answer(habits::want_phrase(app, &text, wanted)?)
        }
        "set_reminders" => {
            let Reminding { to } = parse(arguments)?;
            answer(habits::set_reminders(app, to)?)
        }
        "look_at_picture" => {
            let Looking { path, base64 } = parse(arguments)?;
            answer(pictures::look_at(app, path, base64)?)
        }
        "keep_picture" => {
            let Keeping { id, areas } = parse(arguments)?;
            answer(pictures::keep(app, id, &areas)?)
        }
        "look_away" => {
            let Looked { id } = parse(arguments)?;
            app.look_away(id);
            Ok(Value::Null)
        }
        "picture" => {
            let KeptPicture { sha256, thumbnail } = parse(arguments)?;
            answer(pictures::picture(app, &sha256, thumbnail)?)
        }
        "erase_picture" => {
            let ErasedPicture { sha256 } = parse(arguments)?;
            answer(pictures::erase(app, &sha256)?)
        }
        "reviewed_picture" => {
            let KeptPicture { sha256, thumbnail } = parse(arguments)?;
            answer(pictures::reviewed(app, &sha256, thumbnail)?)
        }
        "kind_of_file" => {
            let AnyFile { path } = parse(arguments)?;
            answer(receipts::kind_of_file(app, path)?)
        }
        "look_at_receipt" => {
            let File { path } = parse(arguments)?;
            answer(receipts::look_at_receipt(app, desk, path)?)
        }
        "take_receipt" => {
            let Receipt { path, fingerprint } = parse(arguments)?;
            answer(receipts::take_receipt(app, path, fingerprint.as_deref())?)
        }
        "answer_comment" => {
            let Answering {
                comment,
                text,
                corrected,
            } = parse(arguments)?;
            answer(receipts::answer_comment(app, comment, &text, corrected)?)
        }
        "give_reason" => {
            let Reason { reason } = parse(arguments)?;
            answer(receipts::give_reason(app, &reason)?)
        }
        "review_draft" => {
            let ReviewOf { log_id, head } = parse(arguments)?;
            answer(deciding::review_draft(app, log_id, &head)?)
        }
        "keep_review_draft" => {
            let Reviewing { log_id, head, draft } = parse(arguments)?;
            answer(deciding::keep_review_draft(app, log_id, &head, draft)?)
        }
        "decide_review" => {
            let Deciding { sha256, draft } = parse(arguments)?;
            answer(deciding::decide_review(app, desk, sha256, draft)?)
        }
        "decide_reviews" => {
            let DecidingMany {
                files,
                decision,
                opinion,
            } = parse(arguments)?;
            answer(deciding::decide_reviews(
                app,
                desk,
                files,
                decision,
                opinion.as_deref(),
            )?)
        }
        "export_decision" => {
            let DecisionName { sha256 } = parse(arguments)?;
            answer(deciding::export_decision(app, desk, &sha256)?)
        }
        "export_office_file" => {
            let OfficeFile { schemes } = parse(arguments)?;
            answer(office::export(app, desk, &schemes)?)
        }
        "look_at_office_file" => {
            let File { path } = parse(arguments)?;
            answer(office::look_at(app, desk, path)?)
        }
        "take_office_file" => {
            let TakenOffice { id, fingerprint } = parse(arguments)?;
            answer(office::take(app, id, fingerprint.as_deref())?)
        }
        "export_review_file" => {
            let Leaving { pictures } = parse(arguments)?;
            answer(export::export_review_file(app, desk, &pictures)?)
        }
        _ => {
            let Nothing {} = parse(arguments)?;
            without_arguments(app, desk, name)
        }
    }
}

/// The papers of the posting that is open, or of the review file that is shown.
fn papers_of(app: &App, command: &str) -> Result<forms::Posting, CommandError> {
    if command.contains("reviewed") {
        forms::Posting::reviewed(app)
    } else {
        forms::Posting::open(app)
    }
}

fn parse<T: DeserializeOwned>(arguments: Value) -> Result<T, CommandError> {
    // A command without arguments may come with none at all.
    let arguments = if arguments.is_null() {
        Value::Object(serde_json::Map::default())
    } else {
        arguments
    };
    serde_json::from_value(arguments).map_err(bad_request)
}

fn answer(value: impl Serialize) -> Result<Value, CommandError> {
    serde_json::to_value(value).map_err(bad_request)
}
