//! Making a posting, and opening one.

use super::changes;
use super::office::holidays_within;
use super::schemes::{known_scheme, unknown_scheme};
use super::view::posting_view;
use crate::app::App;
use crate::refusal::{bad_request, label, refusal};
use crate::views::{CommandError, PeriodFacts, PostingView, Profile};
use chrono::{Datelike, Months, NaiveDate};
use uuid::Uuid;
use xiaxiangzhi_core::calendar::{Calendar, Workdays, default_period, handover_date};
use xiaxiangzhi_core::log::changes_of;
use xiaxiangzhi_core::posting::{FORMAT, Posting, Records, Summary, VERSION};
use xiaxiangzhi_core::sample::sample;
use xiaxiangzhi_core::scheme::{PeriodStart, Scheme, built_in, built_in_ids};
use xiaxiangzhi_store::new_id;

/// The likeliest periods of a scheme. By quarters: this one first, then the one before, then the next; by months: those
/// that began with this month, with the one before, and that begin with the next.
pub(super) fn propose_periods(app: &App, scheme: &str) -> Result<Vec<PeriodFacts>, CommandError> {
    let scheme = known_scheme(app, scheme)?;
    let today = app.clock().today();
    if scheme.period.starts == PeriodStart::AnyDay {
        return by_months(today, scheme.period.months);
    }
    // By its default period, not by the month: early January belongs to the quarter before.
    let month_quarter = (today.year(), today.month0() / 3 + 1);
    let this = if today < default_period(month_quarter.0, month_quarter.1)?.0 {
        before(month_quarter)
    } else {
        month_quarter
    };
    [this, before(this), after(this)]
        .into_iter()
        .map(|(year, quarter)| {
            let start = default_period(year, quarter)?.0;
            let end = (1..scheme.period.quarters).fold((year, quarter), |at, _| after(at));
            facts(start, default_period(end.0, end.1)?.1, Some(quarter))
        })
        .collect()
}

fn by_months(today: NaiveDate, months: u32) -> Result<Vec<PeriodFacts>, CommandError> {
    let first = today.with_day(1).unwrap_or(today);
    let one = Months::new(1);
    let starts = [
        Some(first),
        first.checked_sub_months(one),
        first.checked_add_months(one),
    ];
    let periods = starts.into_iter().flatten().filter_map(|start| {
        let end = start.checked_add_months(Months::new(months))?.pred_opt()?;
        Some((start, end))
    });
    periods.map(|(start, end)| facts(start, end, None)).collect()
}

fn before((year, quarter): (i32, u32)) -> (i32, u32) {
    if quarter == 1 {
        (year - 1, 4)
    } else {
        (year, quarter - 1)
    }
}

fn after((year, quarter): (i32, u32)) -> (i32, u32) {
    if quarter == 4 {
        (year + 1, 1)
    } else {
        (year, quarter + 1)
    }
}

pub(super) fn period_facts(start: NaiveDate, end: NaiveDate) -> Result<PeriodFacts, CommandError> {
    if end < start {
        return Err(refusal(
            "ends_before_start",
            label("结束日期早于开始日期。", "The last day is before the first."),
            label("改一下其中一个日期。", "Change one of the two."),
        ));
    }
    let quarter = start.month0() / 3 + 1;
    let default = default_period(start.year(), quarter).ok();
    facts(start, end, (default == Some((start, end))).then_some(quarter))
}

fn facts(start: NaiveDate, end: NaiveDate, quarter: Option<u32>) -> Result<PeriodFacts, CommandError> {
    let calendar = Calendar::built_in();
    let workdays = Workdays::new(calendar, start, end, [])?;
    let count = u32::try_from(workdays.workdays().count()).unwrap_or(u32::MAX);
    Ok(PeriodFacts {
        year: start.year(),
        quarter,
        start,
        end,
        handover_date: handover_date(calendar, start)?,
        days: (end - start).num_days() + 1,
        workdays: count,
        scheduled_half_days: count.saturating_mul(2),
        provisional: !workdays.provisional_years().is_empty(),
    })
}

pub(super) fn create(app: &App, profile: Profile) -> Result<PostingView, CommandError> {
    let scheme = known_scheme(app, &profile.scheme)?;
    let id = new_id(app.clock().now())?;
    let mut records = Records {
        format: FORMAT.to_owned(),
        version: VERSION,
        posting: Posting {
            id,
            physician: profile.physician,
            supporting_hospital: profile.supporting_hospital,
            home_department: profile.home_department,
            recipient_unit: profile.recipient_unit,
            county_health_authority: profile.county_health_authority,
            medical_team: None,
            team_leader: None,
            station: profile.station,
            start: profile.start,
            end: profile.end,
            scheme: profile.scheme,
            extra: serde_json::Map::default(),
        },
        calendar_overrides: Vec::new(),
        days: Vec::new(),
        activities: Vec::new(),
        leaves: Vec::new(),
        documents: Vec::new(),
        problems: Vec::new(),
        summary: Summary::default(),
        tally_items: Vec::new(),
        scheme_document: None,
        extra: serde_json::Map::default(),
    };
    let store = app.store()?;
    records.calendar_overrides = holidays_within(&store, &records);
    begin(app, records, &scheme)
}

/// A posting to look around in: everything in it is invented.
pub(super) fn create_sample(app: &App) -> Result<PostingView, CommandError> {
    let scheme = built_in_ids()
        .first()
        .and_then(|id| built_in(id))
        .ok_or_else(|| unknown_scheme(""))?;
    let mut records = sample(1, scheme).map_err(bad_request)?;
    // Nobody has recorded what lies ahead.
    let today = app.clock().today();
    records.days.retain(|day| day.date <= today);
    records.activities.retain(|activity| activity.date <= today);
    records
        .documents
        .retain(|document| document.submitted_on.is_none_or(|on| on <= today));
    // A second sample is a second posting.
    records.posting.id = new_id(app.clock().now())?;
    begin(app, records, scheme)
}

/// Stores a posting that is not there yet. It carries its scheme whole, so that a verdict can be had anywhere.
fn begin(app: &App, mut records: Records, scheme: &Scheme) -> Result<PostingView, CommandError> {
    let store = app.store()?;
    let now = app.clock().now();
    records.scheme_document = Some(Box::new(scheme.clone()));
    let document = serde_json::to_value(&records).map_err(bad_request)?;
    Records::from_value(document.clone()).map_err(|bad| changes::placed(&bad, &document))?;
    let mut failed = None;
    let (log_id, changes) = changes_of(&document, &mut || {
        new_id(now).unwrap_or_else(|error| {
            failed = Some(error);
            Uuid::nil()
        })
    })?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    store.create(log_id, now, &changes)?;
    app.set_current(log_id)?;
    posting_view(app, &store, log_id)
}

pub(super) fn open(app: &App, log_id: Uuid) -> Result<PostingView, CommandError> {
    let store = app.store()?;
    let view = posting_view(app, &store, log_id)?;
    app.set_current(log_id)?;
    Ok(view)
}

pub(super) fn view(app: &App) -> Result<PostingView, CommandError> {
    let (store, log_id) = app.posting()?;
    posting_view(app, &store, log_id)
}
