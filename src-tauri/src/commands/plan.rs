//! What would be if, and what to do when.

use super::changes::supposed;
use super::export::{shown, write};
use super::view::scheme_of;
use crate::app::App;
use crate::desk::{Ask, Desk};
use crate::files;
use crate::refusal::{label, refusal};
use crate::settings::Settings;
use crate::views::{self, CommandError, ExportedPlan, Trial};
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
use xiaxiangzhi_forms::posting_file_name;
use xiaxiangzhi_store::Store;

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
    planned(app, &records, &Settings::fixed_dates(&store, log_id))
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
    let records = Records::from_value(store.folded(log_id)?.document)?;
    let before = Settings::fixed_dates(&store, log_id);
    let dated = |date: NaiveDate| FixedDate {
        requirement: requirement.to_owned(),
        date,
    };
    // What no longer holds, such as a date that is past, is let go for good.
    let dropped = planned(app, &records, &before)?.refused;
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
    remember(&store, log_id, &fixed)?;
    Ok(plan)
}

fn is(refused: &RefusedDate, fixed: &FixedDate) -> bool {
    refused.date == fixed.date && refused.requirement == fixed.requirement
}

fn remember(store: &Store, log_id: Uuid, fixed: &[FixedDate]) -> Result<(), CommandError> {
    Ok(Settings::remember_fixed_dates(store, log_id, fixed)?)
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
    let plan = planned(app, &records, &Settings::fixed_dates(&store, log_id))?;
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
