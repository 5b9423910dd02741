//! The commands that are called with nothing.

use super::{
    answer, app, arrangement, backups, changes, export, habits, history, keeping, office, pictures, plan,
    posting, recovery, review, rollup, roster, schemes, templates,
};
use crate::app::App;
use crate::desk::Desk;
use crate::refusal::bad_request;
use crate::views::CommandError;
use serde_json::Value;

pub(super) fn without_arguments(app: &App, desk: &dyn Desk, name: &str) -> Result<Value, CommandError> {
    match name {
        "app_state" => answer(app::app_state(app)),
        "window_ready" => {
            desk.show_window();
            Ok(Value::Null)
        }
        "close_window" => {
            desk.quit();
            Ok(Value::Null)
        }
        "save_check_in_sheet" => answer(review::save_sheet(app, desk)?),
        "schemes" => answer(schemes::schemes(app)),
        "create_sample" => answer(posting::create_sample(app)?),
        "posting_view" => answer(posting::view(app)?),
        "undo" => answer(changes::undo(app)?),
        "redo" => answer(changes::redo(app)?),
        "plan" => answer(plan::plan(app)?),
        "print_window" => answer(export::print_window(desk)?),
        "export_plan" => answer(plan::export_plan(app, desk)?),
        "open_arrangement" => answer(arrangement::open_arrangement(app, desk)?),
        "templates" => answer(templates::templates(app)?),
        "placeholders" => answer(templates::all_placeholders()),
        "choose_pictures" => answer(pictures::choose(app, desk)),
        "load_office_holidays" => answer(office::load_holidays(app, desk)?),
        "office_file_offer" => answer(office::offer(app)?),
        "known_offices" => answer(office::known(app)?),
        "recycle_bin" => answer(history::recycle_bin(app)?),
        "own_phrases" => answer(habits::own_phrases(app)?),
        "roster" => answer(roster::roster(app)?),
        "rollup_decisions" => answer(rollup::decisions(app)?),
        "stop_rollup" => {
            app.rolling().stop();
            answer(rollup::view(app, 0))
        }
        "clear_rollup" => {
            app.rolling().clear();
            answer(rollup::view(app, 0))
        }
        "backup_now" => answer(app::backup_now(app)?),
        "second_place" => answer(keeping::second_place(app)?),
        "choose_second_place" => answer(keeping::choose_second_place(app, desk)?),
        "forget_second_place" => answer(keeping::forget_second_place(app)?),
        "move_away" => answer(keeping::move_away(app, desk)?),
        "take_back" => answer(keeping::take_back(app)?),
        "choose_moving_file" => answer(keeping::choose_moving_file(app, desk)),
        "save_everything" => answer(recovery::save_everything(app, desk)?),
        "diagnosis" => answer(recovery::diagnosis(app)),
        "backup_places" => answer(backups::places(app)),
        "choose_backup_folder" => answer(backups::choose_folder(app, desk)),
        "choose_backup_file" => answer(backups::choose_file(app, desk)),
        _ => Err(bad_request(format!("no command is called {name}"))),
    }
}
