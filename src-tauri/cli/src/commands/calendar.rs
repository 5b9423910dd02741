//! `xxz calendar`

use std::process::ExitCode;

use chrono::{Datelike, NaiveDate};
use clap::ArgMatches;
use xiaxiangzhi_core::calendar::{Calendar, DayKind, FIRST_YEAR, LAST_YEAR, YearInfo};
use xiaxiangzhi_core::language::Language;

use crate::context::Context;
use crate::error::CliError;

pub(super) fn run(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let word = super::required(matches, "YEAR");
    let allowed = format!("{FIRST_YEAR}-{LAST_YEAR}");
    let year: i32 = word
        .parse()
        .map_err(|_| CliError::bad_argument(context, "YEAR", word, &allowed))?;
    let info = Calendar::built_in()
        .year(year)
        .map_err(|error| CliError::calendar(context, &error))?;
    context.answer(&info, || text(context, &info))?;
    Ok(ExitCode::SUCCESS)
}

fn text(context: Context, info: &YearInfo) -> String {
    let (year, workdays, rest_days) = (info.year, info.workdays, info.rest_days);
    let mut lines = vec![match context.language {
        Language::Chinese => format!("{year}年：工作日 {workdays} 天，休息日 {rest_days} 天"),
        Language::English => format!("{year}: {workdays} workdays, {rest_days} rest days"),
    }];
    for notice in &info.notices {
        lines.push(format!(
            "  《{}》{}",
            notice.title,
            notice.number.unwrap_or_default()
        ));
    }
    if info.provisional {
        let warning = context.pick(
            "  本年安排尚未公布：按周末和 13 天法定节假日推算，公布后请改用公布的安排。",
            "  Not published yet: weekends plus the 13 statutory days; use the arrangement once it is published.",
        );
        lines.push(warning.to_owned());
    }
    lines.extend(info.note.map(|note| format!("  {note}")));
    lines.push(String::new());
    for day in &info.days {
        let kind = match day.kind {
            DayKind::Rest if day.statutory => context.pick("休（法定）", "rest (statutory)"),
            DayKind::Rest => context.pick("休", "rest"),
            DayKind::Work => context.pick("班", "work"),
        };
        lines.push(format!(
            "  {} {} {} {kind}",
            day.date,
            weekday(context, day.date),
            day.name
        ));
    }
    lines.join("\n") + "\n"
}

fn weekday(context: Context, date: NaiveDate) -> &'static str {
    let day = date.weekday().num_days_from_monday() as usize;
    let chinese = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    let english = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    context.language.pick(chinese[day], english[day])
}
