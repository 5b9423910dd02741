//! What would be if, and what to do when.

use super::changes::supposed;
use super::export::{shown, write};
use super::view::scheme_of;
use crate::app::App;
use crate::desk::{Ask, Desk};
use crate::files;
use crate::kept_plan::{KeptPlan, LogSteps, PlanStep};
use crate::refusal::{label, refusal};
use crate::settings::Settings;
use crate::views::{self, CommandError, ExportedPlan, Step, Trial};
use chrono::{Datelike, NaiveDate};
use uuid::Uuid;
use xiaxiangzhi_core::assess::{
    self, FixedDate, Plan, RefusedDate, WhyRefused, assess_if_nothing_more, assess_looking_ahead,
    default_as_of,
};
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::ics::calendar_file;
use xiaxiangzhi_core::language::Label;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::scheme::Scheme;
use xiaxiangzhi_forms::posting_file_name;
use xiaxiangzhi_store::{Folded, Store};

/// The verdict under assumptions. With none it is what stands ahead anyway.
pub(super) fn trial(app: &App, changes: Vec<views::Change>) -> Result<Trial, CommandError> {
    let records = if changes.is_empty() {
        let (store, log_id) = app.posting()?;
        Records::from_value(store.folded(log_id)?.document)?
    } else {
        supposed(app, changes)?
    };
    let scheme = scheme_of(&records)?;
    let as_of = default_as_of(&records, app.clock().today());
    let calendar = Calendar::built_in();
    Ok(Trial {
        assessment: assess_looking_ahead(&scheme, &records, calendar, as_of)?,
        if_nothing_more: assess_if_nothing_more(&scheme, &records, calendar, as_of)?,
    })
}

pub(super) fn plan(app: &App) -> Result<Plan, CommandError> {
    let (store, log_id) = app.posting()?;
    let records = Records::from_value(store.folded(log_id)?.document)?;
    planned(app, &records, &Settings::plan(&store, log_id).fixed)
}

fn planned(app: &App, records: &Records, fixed: &[FixedDate]) -> Result<Plan, CommandError> {
    let as_of = default_as_of(records, app.clock().today());
    Ok(assess::plan(
        &scheme_of(records)?,
        records,
        Calendar::built_in(),
        as_of,
        fixed,
    )?)
}

/// Fixes a date of the plan, lets one go, or does both, which moves it. Refused where the rules do not allow the date.
pub(super) fn move_planned(
    app: &App,
    requirement: &str,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) -> Result<Plan, CommandError> {
    let (store, log_id) = app.posting()?;
    let folded = store.folded(log_id)?;
    let at = log_steps(&folded);
    let records = Records::from_value(folded.document)?;
    let mut kept = Settings::plan(&store, log_id);
    let before = &kept.fixed;
    let dated = |date: NaiveDate| FixedDate {
        requirement: requirement.to_owned(),
        date,
    };
    // What no longer holds, such as a date that is past, is let go for good.
    let dropped = planned(app, &records, before)?.refused;
    let mut fixed: Vec<FixedDate> = before
        .iter()
        .filter(|each| !dropped.iter().any(|refused| is(refused, each)))
        .filter(|each| from.map(dated).as_ref() != Some(each))
        .cloned()
        .collect();
    if let Some(to) = to.map(dated)
        && !fixed.contains(&to)
    {
        fixed.push(to);
    }
    let plan = planned(app, &records, &fixed)?;
    if let Some(refused) = plan.refused.first() {
        return Err(not_allowed(refused, &records));
    }
    if let Some(about) = to.or(from).map(dated)
        && fixed != kept.fixed
    {
        kept.fix(fixed, about, at);
        Settings::keep_plan(&store, log_id, &kept)?;
    }
    Ok(plan)
}

fn is(refused: &RefusedDate, fixed: &FixedDate) -> bool {
    refused.date == fixed.date && refused.requirement == fixed.requirement
}

fn log_steps(folded: &Folded) -> LogSteps {
    LogSteps {
        undo: folded.undo_id,
        redo: folded.redo_id,
    }
}

/// Takes back the last step of the plan, if it was done after the last entry; whether it was.
pub(super) fn undo(store: &Store, log_id: Uuid) -> Result<bool, CommandError> {
    taken(store, log_id, KeptPlan::undo)
}

/// Makes the step of the plan again that was taken back last, if nothing was entered since; whether it was.
pub(super) fn redo(store: &Store, log_id: Uuid) -> Result<bool, CommandError> {
    taken(store, log_id, KeptPlan::redo)
}

fn taken(
    store: &Store,
    log_id: Uuid,
    take: impl FnOnce(&mut KeptPlan, LogSteps) -> bool,
) -> Result<bool, CommandError> {
    let mut kept = Settings::plan(store, log_id);
    let taken = take(&mut kept, log_steps(&store.folded(log_id)?));
    if taken {
        Settings::keep_plan(store, log_id, &kept)?;
    }
    Ok(taken)
}

/// What an undo and a redo would take next, where that is a step of the plan.
pub(super) fn next_steps(
    store: &Store,
    log_id: Uuid,
    folded: &Folded,
    scheme: &Scheme,
) -> (Option<Step>, Option<Step>) {
    let kept = Settings::plan(store, log_id);
    let at = log_steps(folded);
    let named = |step: &PlanStep| step_view(&step.about, scheme);
    (kept.next_undo(at).map(named), kept.next_redo(at).map(named))
}

fn step_view(about: &FixedDate, scheme: &Scheme) -> Step {
    let duty = scheme.duties.iter().find(|duty| duty.id == about.requirement);
    let title = duty.map_or_else(|| label("活动", "activity"), |duty| duty.title.clone());
    let FixedDate { requirement, date } = about;
    Step {
        entity: "plan".to_owned(),
        key: requirement.clone(),
        name: label(
            format!("计划 {}月{}日 {}", date.month(), date.day(), title.zh),
            format!("the plan for {} on {date}", title.en.to_lowercase()),
        ),
        records: 1,
        stays: true,
    }
}

fn not_allowed(refused: &RefusedDate, records: &Records) -> CommandError {
    let date = refused.date;
    let short = format!("{}月{}日", date.month(), date.day());
    let near = refused.neighbour.unwrap_or(date);
    let near_short = format!("{}月{}日", near.month(), near.day());
    let days = (date - near).num_days().abs();
    let end = records.posting.end;
    let what = match refused.why {
        WhyRefused::Past => label(format!("{short} 已经过去。"), format!("{date} is past.")),
        WhyRefused::OutsidePosting => label(
            format!("{short} 不在派驻期内。"),
            format!("{date} lies outside the posting."),
        ),
        WhyRefused::OnLeave => label(
            format!("{short} 全天请假，不计入。"),
            format!("{date} is wholly on leave; nothing counts."),
        ),
        WhyRefused::SameDay => label(
            format!("{short} 已经有一次，同一天不再计入。"),
            format!("{date} has one already; no other counts."),
        ),
        WhyRefused::ShortGap => label(
            format!("{short} 离 {near_short} 那次只有 {days} 天，间隔不足。"),
            format!("{date} is only {days} days from the one on {near}."),
        ),
        WhyRefused::NoRoom => label(
            format!(
                "放在 {short}，{}月{}日 前就排不下其余几次了。",
                end.month(),
                end.day()
            ),
            format!("With {date} the others do not fit before {end}."),
        ),
        WhyRefused::UnknownRequirement => label("方案里没有这一项。", "The scheme has no such duty."),
    };
    refusal(refused_code(refused.why), what, next())
}

fn refused_code(why: WhyRefused) -> &'static str {
    match why {
        WhyRefused::Past => "planned_in_the_past",
        WhyRefused::OutsidePosting => "planned_outside_posting",
        WhyRefused::OnLeave => "planned_on_leave",
        WhyRefused::SameDay => "planned_same_day",
        WhyRefused::ShortGap => "planned_too_close",
        WhyRefused::NoRoom => "planned_no_room",
        WhyRefused::UnknownRequirement => "bad_request",
    }
}

fn next() -> Label {
    label(
        "换一天。原来的日期没有动。",
        "Choose another date. The plan is as it was.",
    )
}

/// Writes the plan as a calendar file for the phone. Null where the dialog was cancelled.
pub(super) fn export_plan(app: &App, desk: &dyn Desk) -> Result<Option<ExportedPlan>, CommandError> {
    let (store, log_id) = app.posting()?;
    let records = Records::from_value(store.folded(log_id)?.document)?;
    let plan = planned(app, &records, &Settings::plan(&store, log_id).fixed)?;
    let dates = plan.duties.iter().map(|duty| duty.dates.len()).sum();
    if dates == 0 {
        return Err(refusal(
            "nothing_planned",
            label("没有要做的日期，不用导出。", "There is no date to export."),
            label(
                "各项都达标，或已无法达标。",
                "Every duty is met, or cannot be met any more.",
            ),
        ));
    }
    let language = app.settings().language;
    let extension = "ics";
    let Some(path) = desk.save_file(&Ask {
        title: language.pick("导出计划", "Export the plan").to_owned(),
        file_name: posting_file_name(&records.posting, language.pick("计划", "plan"), extension),
        kind: language.pick("日历文件", "Calendar file").to_owned(),
        extension,
    }) else {
        return Ok(None);
    };
    let path = files::with_extension(path, extension);
    let text = calendar_file(
        &plan,
        &records,
        &scheme_of(&records)?,
        language,
        app.clock().now(),
    );
    write(&path, text.as_bytes())?;
    Ok(Some(ExportedPlan {
        path: shown(&path),
        dates,
    }))
}
